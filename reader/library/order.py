"""How a person keeps the library in order, and what they say of names: lists of that. Writes nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence

from reader.library import flat
from reader.library.store import Store
from reader.library.tagging import nested
from reader.model import Collection, Correction, Distinction, Identity, Membership, SavedSearch, Scope


def collections(store: Store) -> list[tuple[Collection, int]]:
    """Return every collection with the number of its documents, in the order of their names."""
    counts: dict[str, int] = dict(
        store.rows(
            "select collection_id, count(*) from membership join document on document.id = document_id"
            " where removed = '' group by collection_id"
        )
    )
    return [(each, counts.get(each.id, 0)) for each in flat.found(store, Collection, "order by folded")]


def named(store: Store) -> list[Collection]:
    """Return every collection, in the order of their names."""
    return flat.found(store, Collection, "order by folded")


def contents(store: Store) -> list[tuple[Collection, int]]:
    """Return every collection with the number of documents in it and in those inside it."""
    known = flat.found(store, Collection, "order by folded")
    seen = "document_id not in (select id from document where removed > '')"
    counts: dict[str, int] = dict(
        store.rows(f"select collection_id, count(*) from membership where {seen} group by collection_id")
    )
    for id, below in nested((each.id, each.name.casefold()) for each in known).items():
        row = store.row(
            "select count(distinct document_id) from membership"
            f" where collection_id in (select value from json_each(?)) and {seen}",
            [json.dumps(below)],
        )
        counts[id] = row[0] if row else 0
    return [(each, counts.get(each.id, 0)) for each in known]


def inside(store: Store, collection_ids: Sequence[str]) -> list[Membership]:
    """Return what is in collections."""
    where = "where collection_id in (select value from json_each(?)) order by added, id"
    return flat.found(store, Membership, where, [json.dumps(list(collection_ids))])


def memberships(store: Store, document_ids: Sequence[int]) -> list[Membership]:
    """Return in which collections documents are."""
    where = "where document_id in (select value from json_each(?)) order by added, id"
    return flat.found(store, Membership, where, [json.dumps(list(document_ids))])


def holding(store: Store, document_ids: Sequence[int]) -> dict[str, int]:
    """Return how many of these documents each collection holds, by its id; those with none are left out."""
    return dict(
        store.rows(
            "select collection_id, count(*) from membership"
            " where document_id in (select value from json_each(?)) group by collection_id",
            [json.dumps(list(document_ids))],
        )
    )


def saved_searches(store: Store) -> list[SavedSearch]:
    """Return the questions that are kept, in the order of their names."""
    return flat.found(store, SavedSearch, "order by name collate nocase, id")


def identities(store: Store) -> list[Identity]:
    """Return what was said of who is who, the oldest first."""
    return flat.found(store, Identity, "order by created, id")


def distinctions(store: Store) -> list[Distinction]:
    """Return which names were said not to mean the same person, the oldest first."""
    return flat.found(store, Distinction, "order by created, id")


def corrections(store: Store, document_id: int | None) -> list[Correction]:
    """Return every correction, or those made in a document or said of all of them, the oldest first."""
    if document_id is None:
        return flat.found(store, Correction, "order by created, id")
    where = "where document_id = ? or scope = ? order by created, id"
    return flat.found(store, Correction, where, [document_id, Scope.EVERYWHERE])


def count_corrections(store: Store) -> int:
    """Return how many corrections there are."""
    row = store.row("select count(*) from correction")
    return row[0] if row else 0
