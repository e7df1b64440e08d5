"""Tags: the words of the codebook, and which record carries which. What carries them is `records`' matter."""

from __future__ import annotations

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


def used(store: Store) -> list[Used]:
    """Return every tag with what carries it, by their names; what was put away is not counted."""
    own: dict[tuple[str, str], int] = {}
    for kind in CARRIERS:
        rows = store.rows(
            f"select tag_id, count(*) from {kind}_tag join {kind} on {kind}.id = {kind}_id"
            " join document on document.id = document_id where document.removed = '' group by tag_id"
        )
        own |= {(kind, id): number for id, number in rows}
    pairs = " union ".join(
        f"select tag_id, document_id from {kind}_tag join {kind} on {kind}.id = {kind}_id"
        for kind in CARRIERS
    )
    articles: dict[str, int] = dict(
        store.rows(
            f"select above.id, count(distinct document_id) from tag as above join tag as below"
            " on below.folded = above.folded"
            " or substr(below.folded, 1, length(above.folded) + 1) = above.folded || '/'"
            f" join ({pairs}) on tag_id = below.id join document on document.id = document_id"
            " where document.removed = '' group by above.id"
        )
    )
    return [
        Used(
            _tag(row),
            own.get(("highlight", row[3]), 0),
            own.get(("note", row[3]), 0),
            own.get(("details", row[3]), 0),
            articles.get(row[3], 0),
        )
        for row in store.rows(f"{_TAG} order by folded")
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
