"""The person's layer: highlights, notes, tags and more, changed by a `Change`. Nothing of the machine's."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

from reader.document import Span
from reader.errors import Conflict
from reader.library import details, flat, tagging
from reader.library.store import Store, text
from reader.model import Anchor, Change, Collection, Colour, Details, Highlight, Note, Record, Tag, now

_HIGHLIGHT = (
    "select id, document_id, start_offset, end_offset, exact, prefix, suffix, text_hash, colour, note,"
    " created, updated from highlight"
)
_NOTE = "select id, document_id, body, created, updated from note"
_TABLES: dict[type[Record], str] = {
    Highlight: "highlight",
    Note: "note",
    Tag: "tag",
    Details: "details",
}
_REFERRED_TO = (Tag, Collection)
_TAGGED = (Highlight, Note, Details)


def apply(store: Store, change: Change) -> Change:
    """Do a change as one transaction and write it into the journal; return it with the tags that it made.

    Raises Conflict, nothing being changed, when a record is not as `change.before` says.
    """
    old = {record.id: record for record in change.before}
    kept = {record.id for record in change.after}
    try:
        with store.transaction():
            for record in change.before:
                if not _same(stored(store, record), record):
                    raise _conflict()
            _free_names(store, change.before)
            # What others refer to comes first and goes last.
            for record in (each for each in change.after if isinstance(each, _REFERRED_TO)):
                _write(store, record, before=old.get(record.id))
            made = tagging.bring(
                store,
                (name for each in change.after if isinstance(each, _TAGGED) for name in each.tags),
                known=change.brings,
            )
            gone = [record for record in change.before if record.id not in kept]
            for record in (each for each in gone if not isinstance(each, _REFERRED_TO)):
                _delete(store, record)
            for record in (each for each in change.after if not isinstance(each, _REFERRED_TO)):
                _write(store, record, before=old.get(record.id))
            for record in (each for each in gone if isinstance(each, _REFERRED_TO)):
                _delete(store, record)
            taken = tagging.take(store, change.takes)
            store.run(
                "insert into change (made, action, before, after) values (?, ?, ?, ?)",
                [now(), change.action, _journal((*change.before, *taken)), _journal((*made, *change.after))],
            )
    except sqlite3.IntegrityError as error:
        raise _conflict() from error
    return replace(change, brings=made) if made else change


def _free_names(store: Store, records: Iterable[Record]) -> None:
    """Let names that are unique be taken by others within one change: two may swap theirs."""
    for record in records:
        if isinstance(record, _REFERRED_TO):
            store.run(f"update {_table(record)} set folded = id where id = ?", [record.id])


def _conflict() -> Conflict:
    return Conflict(
        "This was changed, or is used, in another place in the meantime.",
        "Open the article again to see how it is now, then repeat your change.",
    )


def _delete(store: Store, record: Record) -> None:
    if isinstance(record, Details):
        details.delete(store, record)
    else:
        store.run(f"delete from {_table(record)} where id = ?", [record.id])


def _write(store: Store, record: Record, *, before: Record | None) -> None:
    if isinstance(record, Highlight):
        _write_highlight(store, record, before=before)
    elif isinstance(record, Note):
        _write_note(store, record, before=before)
    elif isinstance(record, Tag):
        tagging.write(store, record, is_new=before is None)
    elif isinstance(record, Details):
        details.write(store, record, before=before if isinstance(before, Details) else None)
    else:
        flat.write(store, record, is_new=before is None)


def stored(store: Store, record: Record) -> Record | None:
    """Return the record of the same kind and id as it is in the library, or None."""
    found: list[Any]
    if isinstance(record, Highlight):
        found = _highlights(store, "where id = ?", [record.id])
    elif isinstance(record, Note):
        found = _notes(store, "where id = ?", [record.id])
    elif isinstance(record, Tag):
        return tagging.with_id(store, record.id)
    elif isinstance(record, Details):
        return details.with_id(store, record.id)
    else:
        found = flat.found(store, type(record), "where id = ?", [record.id])
    return found[0] if found else None


def _same(one: Record | None, other: Record) -> bool:
    """Compare records; the tags they carry without regard to case, as the library keeps them."""
    if not (isinstance(one, _TAGGED) and isinstance(other, _TAGGED)):
        return one == other
    plain = (replace(each, tags=tuple(tagging.folded(each.tags))) for each in (one, other))
    return next(plain) == next(plain)


def _table(record: Record) -> str:
    return _TABLES.get(type(record)) or flat.table_of(record)  # type: ignore[arg-type]  # one or the other


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
    tagging.write_uses(store, "highlight", record.id, record.tags, is_new=before is None)


def _write_note(store: Store, record: Note, *, before: Record | None) -> None:
    values = [record.document_id, record.body, record.created, record.updated, record.id]
    if before is None:
        store.run("insert into note (document_id, body, created, updated, id) values (?, ?, ?, ?, ?)", values)
    else:
        store.run("update note set document_id = ?, body = ?, created = ?, updated = ? where id = ?", values)
    tagging.write_uses(store, "note", record.id, record.tags, is_new=before is None)


def _journal(records: Iterable[Record]) -> str:
    return json.dumps([{"kind": _table(record), **asdict(record)} for record in records])


def highlights(store: Store, document_id: int) -> list[Highlight]:
    """Return a document's highlights in reading order."""
    return _highlights(
        store, "where document_id = ? order by start_offset, end_offset, created, id", [document_id]
    )


def unsettled(store: Store) -> dict[int, int]:
    """Return the documents with highlights made in another text of theirs, each with their number."""
    # From the highlights on: SQLite would go through the documents, of which most have none.
    return dict(
        store.rows(
            "select highlight.document_id, count(*) from highlight"
            " cross join document on document.id = highlight.document_id"
            " cross join document_text on document_text.id = current_text_id"
            " where highlight.text_hash <> document_text.text_hash and removed = ''"
            " group by highlight.document_id order by coalesce(opened, document.added) desc"
        )
    )


def _highlights(store: Store, where: str, parameters: list[Any]) -> list[Highlight]:
    rows = store.rows(f"{_HIGHLIGHT} {where}", parameters)
    tags = tagging.uses(store, "highlight", where, parameters) if rows else {}
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


def carriers(store: Store, tag_ids: Sequence[str]) -> list[Highlight | Note | Details]:
    """Return everything that has one of these tags, in documents that were put away too."""
    packed = [json.dumps(list(tag_ids))]
    return [
        *_highlights(store, tagging.CARRYING.format(kind="highlight"), packed),
        *_notes(store, tagging.CARRYING.format(kind="note"), packed),
        *details.with_tags(store, tag_ids),
    ]


def notes(store: Store, document_id: int) -> list[Note]:
    """Return the notes on a document as a whole, the oldest first."""
    return _notes(store, "where document_id = ? order by created, id", [document_id])


def _notes(store: Store, where: str, parameters: list[Any]) -> list[Note]:
    rows = store.rows(f"{_NOTE} {where}", parameters)
    tags = tagging.uses(store, "note", where, parameters) if rows else {}
    return [
        Note(row[1], text(row[2]), tuple(tags.get(row[0], ())), id=row[0], created=row[3], updated=row[4])
        for row in rows
    ]
