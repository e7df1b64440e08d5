"""The documents in the library: their texts, what is known about them, and where the reader was. No notes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from reader.document import Block, BlockKind, Document, Metadata, Span, Style, StyleKind
from reader.library.store import Row, Store, text
from reader.model import ReadingPlace, now

_ORDERS = {
    "opened": "coalesce(opened, added) desc, id desc",
    "added": "added desc, id",
    "title": "title collate nocase, id",
    "date": "date desc, id desc",
}


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a document that was added: "new", "known", or "changed" (a new text of a known one)."""

    id: int
    outcome: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the library: all but the text.

    `progress` runs from 0 to 1. `notes` counts those on the document and those on highlights; `opened`
    is "" for one that was never shown.
    """

    id: int
    title: str
    byline: str
    site: str
    date: str
    format: str
    source: str
    added: str
    opened: str
    progress: float
    highlights: int
    notes: int
    words: int


def find(store: Store, document: Document) -> int | None:
    """Return the id of the document with this text, or else of the one from the same file; None without."""
    row = store.row(
        "select document.id from document join document_text on document_text.id = current_text_id"
        " where text_hash = ? order by source_path = ? desc, document.id",
        [document.text_hash, document.source],
    )
    if row is None and document.source:
        row = store.row(
            "select id from document where source_path = ? order by current_text_id desc", [document.source]
        )
    return row[0] if row else None


def add(store: Store, document: Document, *, added: str) -> Added:
    """Put a document into the library, or recognise it; nothing of an older text is lost."""
    with store.transaction():
        known = find(store, document)
        if known is None:
            columns = {**_facts(document), "added": added}
            marks = ", ".join("?" * len(columns))
            sql = f"insert into document ({', '.join(columns)}) values ({marks})"
            new = store.run(sql, list(columns.values())).lastrowid or 0
            _set_text(store, new, document)
            return Added(new, "new")
        row = store.row(
            "select source_path, text_hash from document"
            " join document_text on document_text.id = current_text_id where document.id = ?",
            [known],
        ) or ("", "")
        same_text = row[1] == document.text_hash
        if not same_text or _is_from_here(document, before=text(row[0])):
            facts = _facts(document)
            sets = ", ".join(f"{name} = ?" for name in facts)
            store.run(f"update document set {sets} where id = ?", [*facts.values(), known])
            _set_text(store, known, document)
        return Added(known, "known" if same_text else "changed")


def _is_from_here(document: Document, *, before: str) -> bool:
    """Tell whether the document's file is the one known before, or that one is gone."""
    if not document.source or document.source == before:
        return document.source == before
    try:
        return not before or not Path(before).exists()
    except (OSError, ValueError):
        return False


def _facts(document: Document) -> dict[str, str | int]:
    known = document.metadata
    return {
        "title": document.title,
        "given_title": known.title,
        "byline": known.byline,
        "site": known.site,
        "date": known.date,
        "language": known.language,
        "address": known.address,
        "format": document.format,
        "source_path": document.source,
        "file_hash": document.file_hash,
        "folded": " ".join((document.title, known.byline, known.site)).casefold(),
        "words": len(document.text.split()),
    }


def _set_text(store: Store, document_id: int, document: Document) -> None:
    store.run(
        "insert into document_text (document_id, text_hash, text, blocks, warnings, added)"
        " values (?, ?, ?, ?, ?, ?) on conflict (document_id, text_hash)"
        " do update set blocks = excluded.blocks, warnings = excluded.warnings",
        [
            document_id,
            document.text_hash,
            document.text,
            json.dumps([_packed(block) for block in document.blocks]),
            json.dumps(document.warnings),
            now(),
        ],
    )
    store.run(
        "update document set current_text_id ="
        " (select id from document_text where document_id = document.id and text_hash = ?) where id = ?",
        [document.text_hash, document_id],
    )


def fetch(store: Store, document_id: int) -> Document | None:
    """Return a document with its newest text, or None."""
    row = store.row(
        "select text, blocks, warnings, given_title, byline, date, site, language, address, source_path,"
        " format, file_hash from document join document_text on document_text.id = current_text_id"
        " where document.id = ?",
        [document_id],
    )
    if row is None:
        return None
    return Document(
        text(row[0]),
        tuple(_unpacked(*each) for each in json.loads(row[1])),
        Metadata(*(text(each) for each in row[3:9])),
        source=text(row[9]),
        format=text(row[10]),
        file_hash=text(row[11]),
        warnings=tuple(json.loads(row[2])),
    )


def _packed(block: Block) -> list[object]:
    """A block as JSON: [start, end, kind, level, marker, [[start, end, kind, target], ...]]."""
    styles = [[style.span.start, style.span.end, style.kind, style.target] for style in block.styles]
    return [block.span.start, block.span.end, block.kind, block.level, block.marker, styles]


def _unpacked(
    start: int, end: int, kind: str, level: int, marker: str, styles: list[tuple[int, int, str, str]]
) -> Block:
    return Block(
        Span(start, end),
        BlockKind(kind),
        level,
        tuple(Style(Span(first, last), StyleKind(each), target) for first, last, each, target in styles),
        marker,
    )


_ENTRY = """
select id, title, byline, site, date, format, source_path, added, coalesce(opened, ''), progress,
    (select count(*) from highlight where document_id = document.id),
    (select count(*) from note where document_id = document.id)
        + (select count(*) from highlight where document_id = document.id and note <> ''),
    words
from document
"""


def entry(store: Store, document_id: int) -> Entry | None:
    """Return one line of the library, or None."""
    row = store.row(_ENTRY + "where id = ?", [document_id])
    return _entry(row) if row else None


def entries(store: Store, *, match: str, order: str, offset: int, limit: int | None) -> list[Entry]:
    """Return a page of the library; every word of `match` is in the title, the byline or the site."""
    where, words = _matching(match)
    sql = f"{_ENTRY}{where} order by {_ORDERS[order]} limit ? offset ?"
    return [_entry(row) for row in store.rows(sql, [*words, -1 if limit is None else limit, offset])]


def count(store: Store, *, match: str) -> int:
    """Return how many documents match."""
    where, words = _matching(match)
    row = store.row(f"select count(*) from document {where}", words)
    return row[0] if row else 0


def _matching(match: str) -> tuple[str, list[str]]:
    words = match.casefold().split()
    # A folded text with half a surrogate pair is stored as bytes, in which instr finds no text.
    clauses = " and ".join(["instr(cast(folded as text), cast(? as text)) > 0"] * len(words))
    return (f"where {clauses}" if words else ""), words


def _entry(row: Row) -> Entry:
    title, byline, site, date, format, source, added, opened = (text(each) for each in row[1:9])
    return Entry(row[0], title, byline, site, date, format, source, added, opened, *row[9:])


def place(store: Store, document_id: int) -> ReadingPlace:
    """Return where the reader was; the beginning for a document that was never read."""
    row = store.row("select place_offset, progress from document where id = ?", [document_id])
    return ReadingPlace(*row) if row else ReadingPlace()


def set_place(store: Store, document_id: int, where: ReadingPlace) -> None:
    """Remember where the reader is."""
    with store.transaction():
        store.run(
            "update document set place_offset = ?, progress = ? where id = ?",
            [where.offset, where.progress, document_id],
        )


def set_opened(store: Store, document_id: int) -> None:
    """Remember that a document is shown now."""
    with store.transaction():
        store.run("update document set opened = ? where id = ?", [now(), document_id])
