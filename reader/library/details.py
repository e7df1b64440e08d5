"""What a person says of a document as a whole: kept apart, never overwritten by reading its source."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from reader.document import Metadata
from reader.library import tagging
from reader.library.keys import keys_of
from reader.library.store import Row, Store, text
from reader.model import Details, ReadingState

_COLUMNS = (
    "document_id",
    "title",
    "byline",
    "date",
    "site",
    "language",
    "address",
    "state",
    "removed",
    "updated",
    "id",
)
_DETAILS = f"select {', '.join(_COLUMNS)} from details"


def of_document(store: Store, document_id: int) -> Details | None:
    """Return what a person says of a document, or None."""
    found = _found(store, "where document_id = ?", document_id)
    return found[0] if found else None


def of_documents(store: Store, document_ids: Sequence[int]) -> dict[int, Details]:
    """Return what a person says of documents, by their ids; nothing of those of whom they say nothing."""
    where = "where document_id in (select value from json_each(?))"
    return {each.document_id: each for each in _found(store, where, json.dumps(list(document_ids)))}


def with_id(store: Store, id: str) -> Details | None:
    """Return the record with this id, or None."""
    found = _found(store, "where id = ?", id)
    return found[0] if found else None


def with_tags(store: Store, tag_ids: Sequence[str]) -> list[Details]:
    """Return what has one of these tags."""
    return _found(store, tagging.CARRYING.format(kind="details"), json.dumps(list(tag_ids)))


def _found(store: Store, where: str, value: object) -> list[Details]:
    rows = store.rows(f"{_DETAILS} {where}", [value])
    tags = tagging.uses(store, "details", where, [value]) if rows else {}
    return [_details(row, tuple(tags.get(row[-1], ()))) for row in rows]


def _details(row: Row, tags: tuple[str, ...]) -> Details:
    title, byline, date, site, language, address = (None if each is None else text(each) for each in row[1:7])
    state, removed, updated, id = row[7:]
    return Details(
        row[0],
        title,
        byline,
        date,
        site,
        language,
        address,
        ReadingState(state) if state else None,
        tags,
        removed,
        id=id,
        updated=updated,
    )


def given(store: Store, document_id: int) -> Metadata | None:
    """Return what the source says of a document, or None when it is not there."""
    row = store.row(
        "select given_title, byline, date, site, language, address from document where id = ?", [document_id]
    )
    return Metadata(*(text(each) for each in row)) if row else None


def write(store: Store, record: Details, *, before: Details | None) -> None:
    """Keep what a person says; within a transaction."""
    values: list[Any] = [
        record.document_id,
        record.title,
        record.byline,
        record.date,
        record.site,
        record.language,
        record.address,
        record.state,
        record.removed,
        record.updated,
        record.id,
    ]
    if before is None:
        marks = ", ".join("?" * len(_COLUMNS))
        store.run(f"insert into details ({', '.join(_COLUMNS)}) values ({marks})", values)
    else:
        sets = ", ".join(f"{name} = ?" for name in _COLUMNS[:-1])
        store.run(f"update details set {sets} where id = ?", values)
    if before is None or before.tags != record.tags:
        tagging.write_uses(store, "details", record.id, record.tags, is_new=before is None)
    _follow(store, record.document_id, before, record)


def delete(store: Store, record: Details) -> None:
    """Let the source be right again; within a transaction."""
    store.run("delete from details where id = ?", [record.id])
    _follow(store, record.document_id, record, None)


def _follow(store: Store, document_id: int, before: Details | None, after: Details | None) -> None:
    """Bring what was made of the details in line with them.

    What was found in the text depends on its date and its language, so it is found anew.
    """
    if _listed_by(before) != _listed_by(after):
        refold(store, document_id)
    removed = after.removed if after else ""
    if removed != (before.removed if before else ""):
        store.run("update document set removed = ? where id = ?", [removed, document_id])
    if _read_by(before) != _read_by(after):
        store.run(
            "delete from analysis where text_id in (select id from document_text where document_id = ?)",
            [document_id],
        )


def _listed_by(details: Details | None) -> tuple[str | None, ...]:
    return (details.title, details.byline, details.site, details.date) if details else (None,) * 4


def _read_by(details: Details | None) -> tuple[str | None, str | None]:
    return (details.date, details.language) if details else (None, None)


def refold(store: Store, document_id: int) -> None:
    """Write down by what a document is searched for and put in order; within a transaction."""
    row = store.row(
        "select coalesce(nullif(details.title, ''), document.title),"
        " coalesce(details.byline, document.byline), coalesce(details.site, document.site),"
        " coalesce(details.date, document.date) from document"
        " left join details on details.document_id = document.id where document.id = ?",
        [document_id],
    )
    if row is not None:
        title, byline, site, date = (text(each) for each in row)
        columns = {
            "folded": " ".join((title, byline, site)).casefold(),
            **keys_of(title, byline, site, date),
        }
        sets = ", ".join(f"{name} = ?" for name in columns)
        store.run(f"update document set {sets} where id = ?", [*columns.values(), document_id])
