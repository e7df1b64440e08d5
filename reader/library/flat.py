"""Records that are one row of one table: how each is written and read. No transactions, no journal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from reader.document import Span
from reader.library.store import Row, Store, text
from reader.model import (
    Anchor,
    Collection,
    Correction,
    Distinction,
    Identity,
    Label,
    Membership,
    Remark,
    SavedSearch,
    Scope,
)

Flat = Collection | Membership | SavedSearch | Identity | Distinction | Correction
AnyFlat = TypeVar("AnyFlat", Collection, Membership, SavedSearch, Identity, Distinction, Correction)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A table, its columns (the id among them), and the ways between a row and a record."""

    table: str
    columns: tuple[str, ...]
    row: Callable[[Any], Sequence[Any]]
    record: Callable[[Row], Flat]


def _correction_row(one: Correction) -> Sequence[Any]:
    anchor = one.anchor
    placed = (
        (anchor.text_hash, anchor.span.start, anchor.span.end, anchor.exact, anchor.prefix, anchor.suffix)
        if anchor
        else (None,) * 6
    )
    return (
        one.id,
        one.document_id or None,
        one.remark,
        one.scope,
        one.text,
        one.label,
        one.other,
        one.source,
        *placed,
        one.created,
    )


def _correction(row: Row) -> Correction:
    id, document_id, remark, scope, words, label, other, source, *placed, created = row
    text_hash, start, end, exact, prefix, suffix = placed
    anchor = None
    if start is not None:
        anchor = Anchor(Span(start, end), text(exact), text(prefix), text(suffix), text(text_hash))
    return Correction(
        Remark(remark),
        Scope(scope),
        text(words),
        Label(label) if label else None,
        text(other),
        text(source),
        anchor,
        document_id or 0,
        id,
        created,
    )


_KINDS: dict[type[Any], _Kind] = {
    Collection: _Kind(
        "collection",
        ("id", "name", "folded", "description"),
        lambda one: (one.id, one.name, one.name.casefold(), one.description),
        lambda row: Collection(text(row[1]), text(row[3]), id=row[0]),
    ),
    Membership: _Kind(
        "membership",
        ("id", "collection_id", "document_id", "added"),
        lambda one: (one.id, one.collection_id, one.document_id, one.added),
        lambda row: Membership(row[1], row[2], id=row[0], added=row[3]),
    ),
    SavedSearch: _Kind(
        "saved_search",
        ("id", "name", "query", "created"),
        lambda one: (one.id, one.name, one.query, one.created),
        lambda row: SavedSearch(text(row[1]), text(row[2]), id=row[0], created=row[3]),
    ),
    Identity: _Kind(
        "identity",
        ("id", "name", "person", "document_id", "created"),
        lambda one: (one.id, one.name, one.person, one.document_id, one.created),
        lambda row: Identity(text(row[1]), text(row[2]), row[3], id=row[0], created=row[4]),
    ),
    Distinction: _Kind(
        "distinction",
        ("id", "name", "other", "created"),
        lambda one: (one.id, one.name, one.other, one.created),
        lambda row: Distinction(text(row[1]), text(row[2]), id=row[0], created=row[3]),
    ),
    Correction: _Kind(
        "correction",
        (
            "id",
            "document_id",
            "remark",
            "scope",
            "words",
            "label",
            "other",
            "source",
            "text_hash",
            "start_offset",
            "end_offset",
            "exact",
            "prefix",
            "suffix",
            "created",
        ),
        _correction_row,
        _correction,
    ),
}


def table_of(record: Flat) -> str:
    """Return the table a record is kept in."""
    return _KINDS[type(record)].table


def found(store: Store, kind: type[AnyFlat], rest: str = "", parameters: Sequence[Any] = ()) -> list[AnyFlat]:
    """Return the records of a kind that `rest` (``where … order by …``) chooses."""
    what = _KINDS[kind]
    rows = store.rows(f"select {', '.join(what.columns)} from {what.table} {rest}", parameters)
    return [what.record(row) for row in rows]  # type: ignore[misc]  # a kind makes what it is the kind of


def write(store: Store, record: Flat, *, is_new: bool) -> None:
    """Keep a record; within a transaction."""
    what = _KINDS[type(record)]
    if is_new:
        marks = ", ".join("?" * len(what.columns))
        sql = f"insert into {what.table} ({', '.join(what.columns)}) values ({marks})"
        store.run(sql, what.row(record))
        return
    sets = ", ".join(f"{name} = ?" for name in what.columns)
    store.run(f"update {what.table} set {sets} where id = ?", [*what.row(record), record.id])


def delete(store: Store, record: Flat) -> None:
    """Forget a record; within a transaction."""
    store.run(f"delete from {table_of(record)} where id = ?", [record.id])
