"""The documents in the library: their texts, what is known about them, and where the reader was. No notes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reader.document import JOINT, Document, Metadata, Picture, ReadAs, file_of
from reader.errors import Conflict
from reader.library import backup, details, listing, packing
from reader.library.keys import keys_of
from reader.library.listing import Entry
from reader.library.store import Store, storable, text
from reader.model import ReadingPlace, now

# A row of a file that has no name of its own.
_ROW = re.compile(rf"{JOINT}\d+\Z")


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a document that was added: "new", "known", or "changed" (a new text of a known one)."""

    id: int
    outcome: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A document that was read from a place, by what it is known, and how it is to be read."""

    id: int
    file_hash: str
    text_hash: str
    read_as: ReadAs = ReadAs()


def text_hashes(store: Store, ids: Sequence[int]) -> dict[int, str]:
    """Return the hash of the newest text of each of these documents, as far as they are there."""
    return dict(
        store.rows(
            "select document.id, text_hash from document"
            " join document_text on document_text.id = current_text_id"
            " where document.id in (select value from json_each(?))",
            [json.dumps(list(ids))],
        )
    )


def find(store: Store, document: Document) -> int | None:
    """Return the id of the document with this text, else of that from the same place, else of the same file.

    None when there is none of them. The number of a row is no place: with a new row before it, it is that of
    another text.
    """
    row = store.row(
        "select document.id from document join document_text on document_text.id = current_text_id"
        " where text_hash = ? order by source_path = ? desc, document.id",
        [document.text_hash, document.source],
    )
    if row is not None:
        return int(row[0])
    if not document.source or _ROW.search(document.source):
        return None
    row = store.row(
        "select id from document where source_path = ? order by current_text_id desc", [document.source]
    )
    return row[0] if row else _of_file(store, document.source, document.file_hash)


def _of_file(store: Store, source: str, file_hash: str) -> int | None:
    """Return the id of the document that was read from a file of the same bytes (and has its name in it)."""
    if not source or not file_hash:
        return None
    rows = store.rows(
        "select id, source_path from document where file_hash = ? order by current_text_id desc", [file_hash]
    )
    name = source.partition(JOINT)[2]
    return next((id for id, known in rows if text(known).partition(JOINT)[2] == name), None)


def read_as(store: Store, source: str, file_hash: str) -> ReadAs:
    """Return how a person wants a file to be read: that from this place, or else one of the same bytes."""
    columns = "select chosen_encoding, shows_whole_page from document where"
    row = store.row(f"{columns} source_path = ? order by current_text_id desc", [source]) if source else None
    if row is None:
        known = _of_file(store, source, file_hash)
        row = None if known is None else store.row(f"{columns} id = ?", [known])
    return ReadAs(text(row[0]), bool(row[1])) if row else ReadAs()


def kept_from(store: Store, source: str) -> Kept | None:
    """Return the document that was read from this place last, or None."""
    row = store.row(
        "select document.id, file_hash, text_hash, chosen_encoding, shows_whole_page from document"
        " join document_text on document_text.id = current_text_id"
        " where source_path = ? order by current_text_id desc",
        [source],
    )
    if row is None or not source:
        return None
    return Kept(row[0], text(row[1]), text(row[2]), ReadAs(text(row[3]), bool(row[4])))


def unread_files(store: Store, changed: Mapping[str, float]) -> list[str]:
    """Return those of the files from which nothing was read, nor one of several in them, since they changed.

    `changed` says of each file when that was, in seconds since 1970.
    """
    # One of several in a file is called by the file, the joint and its name there; these bound such names.
    after = JOINT[:-1] + chr(ord(JOINT[-1]) + 1)
    sql = (
        "select max(document_text.added) from document"
        " join document_text on document_text.document_id = document.id"
        " where source_path = ? or (source_path >= ? and source_path < ?)"
    )
    unread = []
    for name, when in changed.items():
        (read,) = store.row(sql, [name, name + JOINT, name + after]) or (None,)
        if read is None or datetime.fromisoformat(read).timestamp() < when:
            unread.append(name)
    return unread


def add(store: Store, document: Document, *, added: str) -> Added:
    """Put a document into the library, or recognise it; nothing of an older text is lost."""
    return add_all(store, [document], added=added)[0]


def add_all(store: Store, documents: Iterable[Document], *, added: str) -> list[Added]:
    """Put several documents in as one transaction."""
    several = list(documents)
    found: list[Added] = []
    fresh: list[int] = []
    fresh_marks: set[str] = set()
    with store.transaction():
        next_id = _next_id(store)
        known_marks = _known_marks(store, several)
        for document in several:
            here = _marks(document)
            if fresh_marks & here:  # one of the fresh may be the same
                _settle(store, fresh)
                fresh, fresh_marks = [], set()
            known = find(store, document) if known_marks & here else None
            found.append(_add(store, document, known, next_id, added=added))
            known_marks |= here
            if found[-1].outcome == "new":
                next_id = None  # the numbers go on from there
                fresh.append(found[-1].id)
                fresh_marks |= here
        _settle(store, fresh)
    return found


def _marks(document: Document) -> set[str]:
    """Return by what `find` may know a document again: its text, its place, its file and its name in that."""
    marks = {document.text_hash, document.source}
    if document.file_hash:
        marks.add(_mark_of_file(document.file_hash, document.source))
    return marks - {""}


def _mark_of_file(file_hash: str, source: str) -> str:
    return file_hash + JOINT + source.partition(JOINT)[2]


def _known_marks(store: Store, documents: Sequence[Document]) -> set[str]:
    """Return which marks of these documents the library has: one with none of them is in it nowhere.

    All are asked for at once, for most of what is taken in is new.
    """
    texts = {each.text_hash for each in documents}
    places = {each.source for each in documents if each.source}
    files = {each.file_hash for each in documents if each.file_hash}
    # What goes in as bytes is no text to compare with.
    odd = {each for each in places if isinstance(storable(each), bytes)}
    within = "in (select value from json_each(?))"
    same = store.rows(
        f"select text_hash from document_text where text_hash {within}"
        f" union all select source_path from document where source_path {within}",
        [json.dumps([*texts]), json.dumps([*places - odd])],
    )
    read = store.rows(
        f"select file_hash, source_path from document where file_hash {within}", [json.dumps([*files])]
    )
    return odd.union(
        (text(mark) for (mark,) in same), (_mark_of_file(hash, text(source)) for hash, source in read)
    )


def _settle(store: Store, fresh: list[int]) -> None:
    """Give new documents their only text, and have them indexed.

    All in one statement: between statements with triggers FTS5 writes out what it holds, which for one
    document after the other takes three times as long.
    """
    if fresh:
        store.run(
            "update document set folded = folded, current_text_id ="
            " (select id from document_text where document_id = document.id)"
            " where id in (select value from json_each(?))",
            [json.dumps(fresh)],
        )


def _add(store: Store, document: Document, known: int | None, next_id: int | None, *, added: str) -> Added:
    """Add a document that is `known` or new, then under the next number; a new one has yet to be settled."""
    if known is None:
        columns = {"id": next_id, **_facts(document), "added": added}
        marks = ", ".join("?" * len(columns))
        sql = f"insert into document ({', '.join(columns)}) values ({marks})"
        new = store.run(sql, list(columns.values())).lastrowid or 0
        _write_text(store, new, document, is_first=True)
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
        text_id = _write_text(store, known, document)
        store.run("update document set current_text_id = ? where id = ?", [text_id, known])
        details.refold(store, known)
    return Added(known, "known" if same_text else "changed")


def _next_id(store: Store) -> int | None:
    """Return a number that no document has or had, None where SQLite gives the next one by itself.

    What refers to one that was deleted for good (a step that can be undone, a draft) must not hit another.
    """
    row = store.row("select max(document_id) + 1 from forgotten")
    if row is None or row[0] is None:
        return None
    highest = store.row("select max(id) + 1 from document")
    return max(int(row[0]), int(highest[0] or 0) if highest else 0)


def _is_from_here(document: Document, *, before: str) -> bool:
    """Tell whether the document's file is the one known before, or that one is gone."""
    if not document.source or document.source == before:
        return document.source == before
    try:
        return not (before and (Path(before).exists() or Path(file_of(before)).exists()))
    except (OSError, ValueError):
        return False


def _facts(document: Document) -> dict[str, str | int]:
    known, title = document.metadata, document.title
    return {
        "title": title,
        "given_title": known.title,
        "byline": known.byline,
        "site": known.site,
        "date": known.date,
        "language": known.language,
        "address": known.address,
        "format": document.format,
        "source_path": document.source,
        "file_hash": document.file_hash,
        "folded": " ".join((title, known.byline, known.site)).casefold(),
        **keys_of(title, known.byline, known.site, known.date),
        "words": len(document.text.split()),
        "chosen_encoding": document.read_as.encoding,
        "shows_whole_page": int(document.read_as.whole),
    }


def _write_text(store: Store, document_id: int, document: Document, *, is_first: bool = False) -> int:
    """Write down a text of a document, the first one or another, and return its id."""
    written = store.run(
        "insert into document_text"
        " (document_id, text_hash, text, blocks, warnings, contents, pages, encoding, added)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (document_id, text_hash)"
        " do update set blocks = excluded.blocks, warnings = excluded.warnings,"
        " contents = excluded.contents, pages = excluded.pages, encoding = excluded.encoding",
        [
            document_id,
            document.text_hash,
            document.text,
            packing.blocks(document.blocks),
            packing.compact(document.warnings),
            packing.contents(document.contents),
            packing.pages(document.pages),
            document.encoding,
            now(),
        ],
    )
    before: tuple[Picture, ...] = ()
    if is_first:
        id = written.lastrowid or 0
    else:
        row = store.run(
            "select id from document_text where document_id = ? and text_hash = ?",
            [document_id, document.text_hash],
        ).fetchone()
        id, before = int(row[0]), _pictures(store, row[0])
    if before != document.pictures:
        store.run("delete from picture where text_id = ?", [id])
        store.run_many(
            "insert into picture (text_id, number, data, width, height) values (?, ?, ?, ?, ?)",
            (
                (id, number, each.data, each.width, each.height)
                for number, each in enumerate(document.pictures)
            ),
        )
    return id


def _pictures(store: Store, text_id: int) -> tuple[Picture, ...]:
    rows = store.rows("select data, width, height from picture where text_id = ? order by number", [text_id])
    return tuple(Picture(*row) for row in rows)


def fetch(store: Store, document_id: int) -> Document | None:
    """Return a document with its newest text and what a person says of it, or None."""
    row = store.row(
        "select text, blocks, warnings, source_path, format, file_hash, encoding, chosen_encoding,"
        " shows_whole_page, contents, pages, current_text_id"
        " from document join document_text on document_text.id = current_text_id where document.id = ?",
        [document_id],
    )
    if row is None:
        return None
    return Document(
        text(row[0]),
        packing.blocks_in(row[1]),
        metadata(store, document_id) or Metadata(),
        source=text(row[3]),
        format=text(row[4]),
        file_hash=text(row[5]),
        warnings=tuple(json.loads(row[2])),
        encoding=text(row[6]),
        read_as=ReadAs(text(row[7]), bool(row[8])),
        pictures=_pictures(store, row[11]),
        contents=packing.contents_in(row[9]),
        pages=packing.pages_in(row[10]),
    )


def text_of(store: Store, text_hash: str) -> str | None:
    """Return the text of this hash, be it the newest of its document or an old one, or None."""
    row = store.row("select text from document_text where text_hash = ? limit 1", [text_hash])
    return text(row[0]) if row and text_hash else None


def metadata(store: Store, document_id: int) -> Metadata | None:
    """Return what holds of a document: what a person says, and else its source."""
    given, said = details.given(store, document_id), details.of_document(store, document_id)
    return said.over(given) if given and said else given


def entry(store: Store, document_id: int) -> Entry | None:
    """Return one line of the library, or None."""
    found = listing.entries(store, [document_id])
    return found[0] if found else None


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


def delete_for_good(store: Store, document_ids: Sequence[int], *, backups: Path) -> None:
    """Delete documents that were put away with all that hangs on them, after a copy of the library."""
    packed = [json.dumps(list(document_ids))]
    backup.make(store.path, backups, why="before-deleting")
    with store.transaction():
        (kept,) = store.row(
            "select count(*) from json_each(?) left join document on document.id = value"
            " where document.id is null or document.removed = ''",
            packed,
        ) or (0,)
        if kept:
            raise Conflict(
                "Not all of these articles are put away any more, so none was deleted.",
                "Look at what is put away now, and choose again.",
            )
        store.run(
            "insert into forgotten (document_id, forgotten) select value, ? from json_each(?)",
            [now(), *packed],
        )
        store.run("delete from document where id in (select value from json_each(?))", packed)
