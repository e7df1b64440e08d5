"""How a person keeps the library in order, and what they say of names: lists of that. Writes nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence

from reader.library import flat
from reader.library.store import Store
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


def contents(store: Store) -> list[tuple[Collection, int]]:
    """Return every collection with the number of documents in it and in those inside it."""
    counts: dict[str, int] = dict(
        store.rows(
            "select above.id, count(distinct document_id) from collection as above join collection as below"
            " on below.folded = above.folded"
            " or substr(below.folded, 1, length(above.folded) + 1) = above.folded || '/'"
            " join membership on collection_id = below.id join document on document.id = document_id"
            " where removed = '' group by above.id"
        )
    )
    return [(each, counts.get(each.id, 0)) for each in flat.found(store, Collection, "order by folded")]


def inside(store: Store, collection_ids: Sequence[str]) -> list[Membership]:
    """Return what is in collections."""
    where = "where collection_id in (select value from json_each(?)) order by added, id"
    return flat.found(store, Membership, where, [json.dumps(list(collection_ids))])


def memberships(store: Store, document_ids: Sequence[int]) -> list[Membership]:
    """Return in which collections documents are."""
    where = "where document_id in (select value from json_each(?)) order by added, id"
    return flat.found(store, Membership, where, [json.dumps(list(document_ids))])


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
