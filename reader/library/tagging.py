"""Tags: the words of the codebook, and which record carries which. What carries them is `records`' matter."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from reader.library.store import Row, Store, text
from reader.lists import Used
from reader.model import Colour, Tag, new_id

_TAG = "select name, colour, description, id from tag"
CARRIERS = ("highlight", "note", "details")  # each has a table of its own that says which tags it has

# Of a kind of `CARRIERS`: those that carry one of the tags in a JSON array of ids.
CARRYING = (
    "where id in (select {kind}_id from {kind}_tag"
    " where tag_id in (select value from json_each(?))) order by id"
)


def with_id(store: Store, id: str) -> Tag | None:
    """Return the tag with this id, or None."""
    row = store.row(f"{_TAG} where id = ?", [id])
    return _tag(row) if row else None


def counted(store: Store) -> list[tuple[Tag, int]]:
    """Return every tag with the number of its uses, the most used first."""
    uses = " + ".join(f"(select count(*) from {kind}_tag where tag_id = tag.id)" for kind in CARRIERS)
    rows = store.rows(
        f"select name, colour, description, id, {uses} as uses from tag order by uses desc, folded"
    )
    return [(_tag(row), row[4]) for row in rows]


def named(store: Store) -> list[Tag]:
    """Return every tag, in the order of their names."""
    return [_tag(row) for row in store.rows(f"{_TAG} order by folded")]


def nested(names: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return for what has others under it, by id, the ids of it and of those; names come folded."""
    ids = {folded: id for id, folded in names}
    found: dict[str, list[str]] = {}
    for folded, id in ids.items():
        parts = folded.split("/")
        for length in range(1, len(parts)):
            above = ids.get("/".join(parts[:length]))
            if above is not None:
                found.setdefault(above, [above]).append(id)
    return found


def used(store: Store) -> list[Used]:
    """Return every tag with what carries it, by their names; what was put away is not counted."""
    known = named(store)
    own: dict[tuple[str, str], int] = {}
    for kind in CARRIERS:
        # Those that were put away are few: they are counted by themselves.
        away = store.rows(
            f"select tag_id, count(*) from document join {kind} on document_id = document.id"
            f" join {kind}_tag on {kind}_id = {kind}.id where document.removed > '' group by tag_id"
        )
        own |= {
            (kind, id): number
            for id, number in store.rows(f"select tag_id, count(*) from {kind}_tag group by tag_id")
        }
        for id, number in away:
            own[kind, id] -= number
    pairs = " union ".join(
        f"select tag_id, document_id from {kind}_tag join {kind} on {kind}.id = {kind}_id"
        " where tag_id in (select value from json_each(?1))"
        for kind in CARRIERS
    )
    seen = f"from ({pairs}) where document_id not in (select id from document where removed > '')"
    every = json.dumps([each.id for each in known])
    articles: dict[str, int] = dict(store.rows(f"select tag_id, count(*) {seen} group by tag_id", [every]))
    for id, below in nested((each.id, each.name.casefold()) for each in known).items():
        row = store.row(f"select count(distinct document_id) {seen}", [json.dumps(below)])
        articles[id] = row[0] if row else 0
    return [
        Used(
            each,
            own.get(("highlight", each.id), 0),
            own.get(("note", each.id), 0),
            own.get(("details", each.id), 0),
            articles.get(each.id, 0),
        )
        for each in known
    ]


def write(store: Store, tag: Tag, *, is_new: bool) -> None:
    """Keep a tag; within a transaction."""
    values = [tag.name, tag.name.casefold(), tag.colour, tag.description, tag.id]
    if is_new:
        store.run("insert into tag (name, folded, colour, description, id) values (?, ?, ?, ?, ?)", values)
    else:
        store.run("update tag set name = ?, folded = ?, colour = ?, description = ? where id = ?", values)


def folded(names: Iterable[str]) -> dict[str, str]:
    """Return the names by what makes them unique, the first spelling of each, in order."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name.casefold(), name)
    return found


def bring(store: Store, names: Iterable[str], *, known: Iterable[Tag]) -> tuple[Tag, ...]:
    """Make the tags of these names that are wanting, as they were `known` before; return them."""
    before = {each.name.casefold(): each for each in known}
    made = []
    for key, name in folded(names).items():
        if store.run("select id from tag where folded = ?", [key]).fetchone() is None:
            made.append(before.get(key) or Tag(name))
            write(store, made[-1], is_new=True)
    return tuple(made)


def take(store: Store, tags: Iterable[Tag]) -> tuple[Tag, ...]:
    """Take tags away that are as they were and that nothing has; return them."""
    has = " or ".join(f"exists (select 1 from {kind}_tag where tag_id = ?1)" for kind in CARRIERS)
    gone = []
    for tag in tags:
        row = store.run(f"select {has}", [tag.id]).fetchone()
        if with_id(store, tag.id) == tag and not row[0]:
            store.run("delete from tag where id = ?", [tag.id])
            gone.append(tag)
    return tuple(gone)


def write_uses(store: Store, kind: str, id: str, names: Sequence[str], *, is_new: bool) -> None:
    """Give a record of a kind of `CARRIERS` these tags; a tag that is not there yet is made."""
    if not is_new:
        store.run(f"delete from {kind}_tag where {kind}_id = ?", [id])
    for position, (key, name) in enumerate(folded(names).items()):
        row = store.run("select id from tag where folded = ?", [key]).fetchone()
        tag = row[0] if row else new_id()
        if row is None:
            write(store, Tag(name, id=tag), is_new=True)
        store.run(
            f"insert into {kind}_tag ({kind}_id, tag_id, position) values (?, ?, ?)", [id, tag, position]
        )


def uses(store: Store, kind: str, where: str, parameters: Sequence[Any]) -> dict[str, list[str]]:
    """Return the names of the tags of each record of a kind that `where` chooses, by its id."""
    found: dict[str, list[str]] = {}
    rows = store.rows(
        f"select {kind}_id, name from {kind}_tag join tag on tag.id = tag_id"
        f" where {kind}_id in (select id from {kind} {where}) order by position",
        parameters,
    )
    for id, name in rows:
        found.setdefault(id, []).append(text(name))
    return found


def _tag(row: Row) -> Tag:
    return Tag(text(row[0]), Colour(row[1]) if row[1] else None, text(row[2]), id=row[3])
