"""The person's layer: highlights, notes, tags, details; changed by a `Change`. Nothing of the machine's."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

from reader.document import Span
from reader.errors import Conflict
from reader.library import details
from reader.library.store import Row, Store, text
from reader.model import Anchor, Change, Colour, Details, Highlight, Note, Record, Tag, new_id, now

_HIGHLIGHT = (
    "select id, document_id, start_offset, end_offset, exact, prefix, suffix, text_hash, colour, note,"
    " created, updated from highlight"
)
_NOTE = "select id, document_id, body, created, updated from note"
_TAG = "select name, colour, description, id from tag"
_TABLES = {Highlight: "highlight", Note: "note", Tag: "tag", Details: "details"}


def apply(store: Store, change: Change) -> None:
    """Do a change as one transaction and write it into the journal.

    Raises Conflict, nothing being changed, when a record is not as `change.before` says.
    """
    old = {record.id: record for record in change.before}
    kept = {record.id for record in change.after}
    try:
        with store.transaction():
            for record in change.before:
                if not _same(stored(store, record), record):
                    raise _conflict()
            # Tags come first and go last: the other records refer to them.
            for tag in (record for record in change.after if isinstance(record, Tag)):
                _write_tag(store, tag, is_new=tag.id not in old)
            for record in change.before:
                if record.id not in kept:
                    _delete(store, record)
            for record in change.after:
                _write(store, record, before=old.get(record.id))
            for tag in (
                record for record in change.before if isinstance(record, Tag) and record.id not in kept
            ):
                store.run("delete from tag where id = ?", [tag.id])
            store.run(
                "insert into change (made, action, before, after) values (?, ?, ?, ?)",
                [now(), change.action, _journal(change.before), _journal(change.after)],
            )
    except sqlite3.IntegrityError as error:
        raise _conflict() from error


def _conflict() -> Conflict:
    return Conflict(
        "This was changed, or is used, in another place in the meantime.",
        "Open the article again to see how it is now, then repeat your change.",
    )


def _delete(store: Store, record: Record) -> None:
    if isinstance(record, Details):
        details.delete(store, record)
    elif not isinstance(record, Tag):
        store.run(f"delete from {_TABLES[type(record)]} where id = ?", [record.id])


def _write(store: Store, record: Record, *, before: Record | None) -> None:
    if isinstance(record, Highlight):
        _write_highlight(store, record, before=before)
    elif isinstance(record, Note):
        _write_note(store, record, before=before)
    elif isinstance(record, Details):
        details.write(store, record, before=before if isinstance(before, Details) else None)


def stored(store: Store, record: Record) -> Record | None:
    """Return the record of the same kind and id as it is in the library, or None."""
    if isinstance(record, Highlight):
        found = _highlights(store, "where id = ?", [record.id])
        return found[0] if found else None
    if isinstance(record, Note):
        notes = _notes(store, "where id = ?", [record.id])
        return notes[0] if notes else None
    if isinstance(record, Details):
        return details.with_id(store, record.id)
    row = store.row(f"{_TAG} where id = ?", [record.id])
    return _tag(row) if row else None


def _same(one: Record | None, other: Record) -> bool:
    """Compare records; the tags they carry without regard to case, as the library keeps them."""
    if not (isinstance(one, Highlight | Note) and isinstance(other, Highlight | Note)):
        return one == other
    return replace(one, tags=tuple(_folded(one.tags))) == replace(other, tags=tuple(_folded(other.tags)))


def _folded(names: Iterable[str]) -> dict[str, str]:
    """Return the names by what makes them unique, the first spelling of each, in order."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name.casefold(), name)
    return found


def _write_highlight(store: Store, record: Highlight, *, before: Record | None) -> None:
    anchor = record.anchor
    values = [
        record.document_id,
        anchor.text_hash,
        anchor.span.start,
        anchor.span.end,
        anchor.exact,
        anchor.prefix,
        anchor.suffix,
        record.colour.value,
        record.note,
        record.created,
        record.updated,
        record.id,
    ]
    if before is None:
        store.run(
            "insert into highlight (document_id, text_hash, start_offset, end_offset, exact, prefix, suffix,"
            " colour, note, created, updated, id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )
    else:
        store.run(
            "update highlight set document_id = ?, text_hash = ?, start_offset = ?, end_offset = ?,"
            " exact = ?, prefix = ?, suffix = ?, colour = ?, note = ?, created = ?, updated = ? where id = ?",
            values,
        )
    _write_uses(store, "highlight", record.id, record.tags, is_new=before is None)


def _write_note(store: Store, record: Note, *, before: Record | None) -> None:
    values = [record.document_id, record.body, record.created, record.updated, record.id]
    if before is None:
        store.run("insert into note (document_id, body, created, updated, id) values (?, ?, ?, ?, ?)", values)
    else:
        store.run("update note set document_id = ?, body = ?, created = ?, updated = ? where id = ?", values)
    _write_uses(store, "note", record.id, record.tags, is_new=before is None)


def _write_tag(store: Store, tag: Tag, *, is_new: bool) -> None:
    values = [tag.name, tag.name.casefold(), tag.colour, tag.description, tag.id]
    if is_new:
        store.run("insert into tag (name, folded, colour, description, id) values (?, ?, ?, ?, ?)", values)
    else:
        store.run("update tag set name = ?, folded = ?, colour = ?, description = ? where id = ?", values)


def _write_uses(store: Store, kind: str, id: str, names: Sequence[str], *, is_new: bool) -> None:
    """Give a highlight or a note these tags; a tag that is not there yet is made."""
    if not is_new:
        store.run(f"delete from {kind}_tag where {kind}_id = ?", [id])
    for position, (folded, name) in enumerate(_folded(names).items()):
        row = store.run("select id from tag where folded = ?", [folded]).fetchone()
        tag = row[0] if row else new_id()
        if row is None:
            _write_tag(store, Tag(name, id=tag), is_new=True)
        store.run(
            f"insert into {kind}_tag ({kind}_id, tag_id, position) values (?, ?, ?)", [id, tag, position]
        )


def _journal(records: Iterable[Record]) -> str:
    return json.dumps([{"kind": _TABLES[type(record)], **asdict(record)} for record in records])


def highlights(store: Store, document_id: int) -> list[Highlight]:
    """Return a document's highlights in reading order."""
    return _highlights(
        store, "where document_id = ? order by start_offset, end_offset, created, id", [document_id]
    )


def _highlights(store: Store, where: str, parameters: list[Any]) -> list[Highlight]:
    rows = store.rows(f"{_HIGHLIGHT} {where}", parameters)
    tags = _uses(store, "highlight", where, parameters) if rows else {}
    return [
        Highlight(
            document_id=row[1],
            anchor=Anchor(Span(row[2], row[3]), *(text(each) for each in row[4:8])),
            colour=Colour(row[8]),
            note=text(row[9]),
            tags=tuple(tags.get(row[0], ())),
            id=row[0],
            created=row[10],
            updated=row[11],
        )
        for row in rows
    ]


def notes(store: Store, document_id: int) -> list[Note]:
    """Return the notes on a document as a whole, the oldest first."""
    return _notes(store, "where document_id = ? order by created, id", [document_id])


def _notes(store: Store, where: str, parameters: list[Any]) -> list[Note]:
    rows = store.rows(f"{_NOTE} {where}", parameters)
    tags = _uses(store, "note", where, parameters) if rows else {}
    return [
        Note(row[1], text(row[2]), tuple(tags.get(row[0], ())), id=row[0], created=row[3], updated=row[4])
        for row in rows
    ]


def _uses(store: Store, kind: str, where: str, parameters: list[Any]) -> dict[str, list[str]]:
    """Return the names of the tags of each record that `where` chooses."""
    found: dict[str, list[str]] = {}
    rows = store.rows(
        f"select {kind}_id, name from {kind}_tag join tag on tag.id = tag_id"
        f" where {kind}_id in (select id from {kind} {where}) order by position",
        parameters,
    )
    for id, name in rows:
        found.setdefault(id, []).append(text(name))
    return found


def tags(store: Store) -> list[tuple[Tag, int]]:
    """Return every tag with the number of its uses, the most used first."""
    rows = store.rows(
        "select name, colour, description, id, (select count(*) from highlight_tag where tag_id = tag.id)"
        " + (select count(*) from note_tag where tag_id = tag.id) as uses from tag order by uses desc, folded"
    )
    return [(_tag(row), row[4]) for row in rows]


def _tag(row: Row) -> Tag:
    return Tag(text(row[0]), Colour(row[1]) if row[1] else None, text(row[2]), id=row[3])
