"""What a person says of a document as a whole: kept apart, never overwritten by reading its source."""

from __future__ import annotations

from typing import Any

from reader.document import Metadata
from reader.library import tagging
from reader.library.keys import keys_of
from reader.library.store import Store, text
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
    return _found(store, "where document_id = ?", document_id)


def with_id(store: Store, id: str) -> Details | None:
    """Return the record with this id, or None."""
    return _found(store, "where id = ?", id)


def _found(store: Store, where: str, value: object) -> Details | None:
    row = store.row(f"{_DETAILS} {where}", [value])
    if row is None:
        return None
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
        tuple(tagging.uses(store, "details", "where id = ?", [id]).get(id, ())),
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
    refold(store, document_id)
    store.run("update document set removed = ? where id = ?", [after.removed if after else "", document_id])
    if _read_by(before) != _read_by(after):
        store.run(
            "delete from analysis where text_id in (select id from document_text where document_id = ?)",
            [document_id],
        )


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
