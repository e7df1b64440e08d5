"""What was read of a damaged library is made to fit: values that can't be, references to what is lost.

Nothing that a person wrote is left out for it; what the machine found is, and is found anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any

from reader.document import Block, Document, Span
from reader.library import details, flat, packing, tagging
from reader.library.store import Store, text
from reader.model import (
    Colour,
    Correction,
    Details,
    Highlight,
    Label,
    Note,
    QuoteKind,
    ReadingState,
    Record,
    Remark,
    Scope,
    Tag,
    now,
)
from reader.text import excerpt

Named = dict[str, Any]
_SENSELESS = (ValueError, TypeError, KeyError, IndexError, AttributeError)

# ---------------------------------------------------------------- rows


def row(table: str, named: Named) -> Named | None:
    """Return a row so that it can be read again, None for one of which nothing is left."""
    mend = _MENDS.get(table)
    return mend(dict(named)) if mend else named


def _highlight(named: Named) -> Named:
    if named["colour"] not in set(Colour):
        named["colour"] = Colour.YELLOW
    if not 0 <= named["start_offset"] <= named["end_offset"]:
        # It is looked for by its words, as in a text that is not known.
        named |= {"text_hash": "", "start_offset": 0, "end_offset": len(text(named["exact"]))}
    return named


def _tag(named: Named) -> Named:
    return named if named["colour"] in set(Colour) else named | {"colour": None}


def _details(named: Named) -> Named:
    return named | {"state": None} if named.get("state") not in (None, *ReadingState) else named


def _correction(named: Named) -> Named | None:
    known = _known(named, "remark", Remark) and _known(named, "scope", Scope)
    return named if known and (named["label"] is None or _known(named, "label", Label)) else None


def _found(named: Named) -> Named | None:
    known = _known(named, "label", Label) and _known(named, "kind", QuoteKind)
    try:
        for name in ("content", "quoted", "cue", "source"):
            for start, end in json.loads(named.get(name, "[]")):
                Span(start, end)
        if not all(isinstance(each, str) for each in json.loads(named.get("aliases", "[]"))):
            return None
        Span(named.get("start_offset", 0), named.get("end_offset", 0))
    except _SENSELESS:
        return None
    return named if known else None


def _known(named: Named, name: str, words: type[StrEnum]) -> bool:
    return name not in named or named[name] in set(words)


def _document_text(named: Named) -> Named:
    """Keep a text under the name that it has now, so that its undamaged source is known to differ."""
    whole = text(named["text"])
    named["text_hash"] = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
    try:
        blocks = packing.blocks_in(named["blocks"])
        ends = [0, *(each for block in blocks for each in (block.span.start, block.span.end)), len(whole)]
        if ends != sorted(ends):
            raise ValueError
    except _SENSELESS:
        named["blocks"] = packing.blocks(_paragraphs(whole))
    for name, unpack in (
        ("contents", packing.contents_in),
        ("pages", packing.pages_in),
        ("warnings", _sentences),
    ):
        try:
            unpack(named.get(name, "[]"))
        except _SENSELESS:
            named[name] = "[]"
    return named


def _sentences(stored: str) -> None:
    if not all(isinstance(each, str) for each in json.loads(stored)):
        raise ValueError


def _paragraphs(whole: str) -> list[Block]:
    found, start = [], 0
    for line in whole.split("\n"):
        if line.strip():
            found.append(Block(Span(start, start + len(line))))
        start += len(line) + 1
    return found


_MENDS: Mapping[str, Callable[[Named], Named | None]] = {
    "highlight": _highlight,
    "tag": _tag,
    "details": _details,
    "correction": _correction,
    "mention": _found,
    "entity": _found,
    "quotation": _found,
    "document_text": _document_text,
}


# ---------------------------------------------------------------- what belongs together


def texts(store: Store) -> None:
    """Let each document show a text of its own that is there, and no picture another's place."""
    store.run(
        "update document set current_text_id ="
        " (select max(id) from document_text where document_id = document.id)"
        " where not exists (select 1 from document_text as shown"
        " where shown.id = current_text_id and shown.document_id = document.id)"
    )
    store.run(
        "delete from picture where rowid in (select rowid from picture as one where number >"
        " (select count(*) from picture where text_id = one.text_id and number < one.number))"
    )


def tags(store: Store, states: Mapping[str, Record | None]) -> None:
    """Make the tags again that are lost and in use, by what the journal says of them or their carriers."""
    for kind in tagging.CARRIERS:
        lost = store.rows(
            f"select {kind}_id, tag_id, position from {kind}_tag where tag_id not in (select id from tag)"
        )
        for carrier, tag_id, position in lost:
            tag = states.get(tag_id)
            if not isinstance(tag, Tag):
                record = states.get(carrier)
                names = record.tags if isinstance(record, Highlight | Note | Details) else ()
                if position >= len(names):
                    continue
                tag = Tag(names[position], id=tag_id)
            known = store.row("select id from tag where folded = ?", [tag.name.casefold()])
            if known is None:
                tagging.write(store, tag, is_new=True)
            elif known[0] != tag_id:
                store.run(f"update or ignore {kind}_tag set tag_id = ? where tag_id = ?", [known[0], tag_id])


def without_forgotten(store: Store, states: Mapping[str, Record | None]) -> dict[str, Record | None]:
    """Return how records were left; those of a document that was deleted for good went with it."""
    forgotten = {id for (id,) in store.rows("select document_id from forgotten")}
    return {
        id: None if getattr(each, "document_id", None) in forgotten else each for id, each in states.items()
    }


def documents(store: Store, lost: Iterable[Record]) -> None:
    """Give the texts of a lost document, and what a person wrote on it, a document again."""
    needed = {getattr(each, "document_id", None) for each in lost}
    for table in _tables(store):
        for parent, column, deletes in _references(store, table):
            if parent == "document" and deletes != "SET NULL":
                needed |= {id for (id,) in store.rows(f'select distinct "{column}" from "{table}"')}
    known = {id for (id,) in store.rows("select id from document union select document_id from forgotten")}
    columns = [
        (name, kind.lower())
        for _, name, kind, not_null, default, key in store.rows("pragma table_info(document)")
        if not_null and default is None and not key
    ]
    for id in sorted(each for each in needed - known if isinstance(each, int) and each > 0):
        row = store.row("select text from document_text where document_id = ? order by id desc", [id])
        title = Document(text(row[0]), ()).title if row else f"Lost article {id}"
        told: Named = {name: "" if kind == "text" else 0 for name, kind in columns}
        told |= {"id": id, "title": excerpt(title), "added": now(), "folded": title.casefold()}
        names, marks = ", ".join(told), ", ".join("?" * len(told))
        store.run(f"insert into document ({names}) values ({marks})", list(told.values()))
    texts(store)


def references(store: Store) -> set[str]:
    """Take away what refers to something lost, or let it refer to nothing where the tables say so.

    Returns the tables that something was taken from.
    """
    torn: set[str] = set()
    while broken := store.rows("pragma foreign_key_check"):
        for table, rowid, _, number in broken:
            column, deletes = next(
                (row[3], row[6])
                for row in store.rows(f'pragma foreign_key_list("{table}")')
                if row[0] == number
            )
            if deletes == "SET NULL":
                store.run(f'update "{table}" set "{column}" = null where rowid = ?', [rowid])
            else:
                store.run(f'delete from "{table}" where rowid = ?', [rowid])
                torn.add(table)
    for (id,) in store.rows("select id from correction"):
        try:
            flat.found(store, Correction, "where id = ?", [id])
        except ValueError:  # it lacks what its remark needs
            store.run("delete from correction where id = ?", [id])
            torn.add("correction")
    return torn


def machine(store: Store) -> set[str]:
    """Return the tables of what the machine found."""
    return {
        table
        for table in _tables(store)
        if table == "analysis" or "analysis" in {parent for parent, _, _ in _references(store, table)}
    }


def doubt(store: Store) -> None:
    """Have everything found anew when it is opened; until then what is left is searched."""
    store.run("update analysis set model = ''")


def index(store: Store) -> None:
    """Make the indexes anew of what the tables have."""
    for name, sql in store.rows("select name, sql from sqlite_master where sql like 'create virtual%'"):
        if "content =" in sql:
            store.run(f'insert into "{name}" ("{name}") values (\'rebuild\')')


def titles(store: Store) -> None:
    """Let documents be searched by what holds of them now."""
    for (id,) in store.rows("select id from document"):
        details.refold(store, id)


def _tables(store: Store) -> list[str]:
    return [name for (name,) in store.rows("select name from sqlite_master where type = 'table'")]


def _references(store: Store, table: str) -> list[tuple[str, str, str]]:
    """Return the references of a table: to which, by which column, and what a deletion there does."""
    return [(row[2], row[3], row[6]) for row in store.rows(f'pragma foreign_key_list("{table}")')]
