"""Searching everything at once: a page of documents, each with its hits. Writes nothing.

Snippets and places are made for the documents of the page alone; FTS5 itself says which words matched.
"""

from __future__ import annotations

import re
import secrets
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from reader.document import Span
from reader.library.search.matching import TAGGED, Matches, matches, named_match, packed, quotation_match
from reader.library.search.meaning import FIRST_NAMED, spoken
from reader.library.search.query import Field, Node, Said, Words, leaves, parse
from reader.library.store import Store, text
from reader.text import one_line

_BEFORE, _LENGTH = 60, 180
_ORDER = ("title", "note", "highlight", "tag", "person", "quotation", "text")
_DOCUMENT = """
select document.id, source_path, document.address, coalesce(nullif(details.title, ''), document.title),
    coalesce(details.date, document.date), coalesce(details.site, document.site),
    coalesce(details.byline, document.byline), format
from document left join details on details.document_id = document.id
where document.id in (select value from json_each(?))
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a document matches. `kind` is text, note, highlight, quotation, title, person or tag.

    `start` and `end` count code points of its text: the first match, the quotation, the first mention, or
    the highlight that has the note or the tag; both are 0 where there is no such place. `count` is how
    often the text matches, 1 for other kinds. `marks` are the words of the snippet that matched.
    """

    kind: str
    snippet: str
    start: int = 0
    end: int = 0
    count: int = 1
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A document that matches, with its hits: what is kept with it first, its text last."""

    document_id: int
    path: str
    title: str
    date: str
    hits: tuple[Hit, ...]
    site: str = ""
    byline: str = ""
    format: str = ""


def count(store: Store, query: str) -> int:
    """Return how many documents match. Raises QueryError."""
    return matches(store, parse(query)).count(store)


def every(store: Store, query: str) -> list[int]:
    """Return all documents that match, in the order of rank. Raises QueryError."""
    return matches(store, parse(query)).page(store, offset=0, limit=None)


def search(store: Store, query: str, *, offset: int, limit: int | None) -> list[Found]:
    """Return a page of the documents that match, in the order of rank. Raises QueryError."""
    node = parse(query)
    found: Matches = matches(store, node)
    ids = found.page(store, offset=offset, limit=limit)
    rows = {row[0]: row for row in store.rows(_DOCUMENT, [packed(ids)])}
    finder = _Finder(store, node, ids, beside=found.beside(ids))
    results = []
    for id in ids:
        if id in rows:
            path, address, title, date, site, byline, format = (text(each) for each in rows[id][1:])
            hits = finder.hits(id, title=title)
            results.append(Found(id, path or address, title, date, hits, site, byline, format))
    return results


def places(store: Store, query: str, document_id: int) -> tuple[Span, ...]:
    """Return where the text of one document matches, in reading order. Raises QueryError."""
    words = (leaf for leaf in leaves(parse(query), wanted=True) if isinstance(leaf, Words))
    asked = _any(leaf.fts for leaf in words if not leaf.kinds or {"text", "quote"} & {*leaf.kinds})
    return tuple(_marked(store, asked, [document_id]).get(document_id, ([], ""))[0])


def _any(parts: Iterable[str]) -> str:
    return " OR ".join(dict.fromkeys(parts))


class _Finder:
    """Looks for the hits in a page of documents; those `beside` have words elsewhere than in the text."""

    def __init__(self, store: Store, node: Node, ids: Sequence[int], *, beside: Sequence[int]) -> None:
        self._store = store
        self._leaves = list(leaves(node, wanted=True))
        words = [leaf for leaf in self._leaves if isinstance(leaf, Words)]
        self._in = {
            kind: _any(leaf.fts for leaf in words if not leaf.kinds or kind in leaf.kinds)
            for kind in ("text", "note", "title", "person", "tag")
        }
        asked = [leaf for leaf in self._leaves if isinstance(leaf, Said)]
        said = [leaf.words for leaf in asked if not leaf.speaker]
        said += [leaf.fts for leaf in words if "quote" in leaf.kinds]
        self._said = _any(f"({quotation_match(each)})" for each in said)
        self._spoken = [leaf for leaf in dict.fromkeys(asked) if leaf.speaker]
        self._mark = _mark()
        self._texts = _marked(store, self._in["text"], ids)
        # Where quotations are asked for as such, only those that match are shown.
        self._quoted = self._said_in(() if self._said or self._spoken else list(self._texts))
        self._beside: dict[int, list[Hit]] = {}
        fields = {leaf.name for leaf in self._leaves if isinstance(leaf, Field)}
        parts = (
            (self._titles, ids if fields & {"by", "site"} else beside),
            (self._kept, beside),
            (self._tags, ids if "tag" in fields else beside),
            (self._people, beside),
            (self._quotations, ids),
        )
        for part, among in parts:
            for id, hit in part(among) if among else ():
                self._beside.setdefault(id, []).append(hit)

    def hits(self, id: int, *, title: str) -> tuple[Hit, ...]:
        """Return the hits in a document; its title when only what is known of it was asked for."""
        found = list(self._beside.get(id, ()))
        if id in self._texts:
            spans, words = self._texts[id]
            found += self._around(id, words, spans)
            first = spans[0]
            found.append(_hit("text", words, spans, first.start, first.end, count=len(spans)))
        if not found:
            found.append(Hit("title", one_line(title)))
        return tuple(sorted(found, key=lambda hit: (_ORDER.index(hit.kind), hit.start)))

    def _said_in(self, ids: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
        """Return where the quotations of documents are."""
        found: dict[int, list[tuple[int, int]]] = {}
        rows = self._store.rows(
            "select distinct document.id, start_offset, end_offset from document"
            " join analysis on text_id = current_text_id join quotation on analysis_id = analysis.id"
            " where document.id in (select value from json_each(?)) order by start_offset",
            [packed(ids)],
        )
        for id, start, end in rows:
            found.setdefault(id, []).append((start, end))
        return found

    def _around(self, id: int, whole: str, spans: list[Span]) -> Iterator[Hit]:
        """Give the quotations that a match of the text lies in."""
        starts = [span.start for span in spans]
        for start, end in self._quoted.get(id, ()):
            inside = spans[bisect_left(starts, start) : bisect_left(starts, end)]
            if inside and inside[0].end <= end:
                within = [Span(span.start - start, span.end - start) for span in inside]
                yield _hit("quotation", whole[start:end], within, start, end)

    def _kept(self, ids: Sequence[int]) -> Iterator[tuple[int, Hit]]:
        """Give the notes and the highlighted passages that match."""
        if not self._in["note"]:
            return
        rows = self._store.rows(
            "select searchable.document_id, kind, cast(highlight(searchable_index, 0, ?1, ?1) as blob),"
            " case text_hash when (select text_hash from document_text where id = current_text_id)"
            " then start_offset end, end_offset"
            " from searchable_index join searchable on searchable.id = searchable_index.rowid"
            " join document on document.id = searchable.document_id"
            " left join highlight on highlight.id = record_id"
            " where searchable_index match ?2 and kind <> 'tag'"
            " and searchable.document_id in (select value from json_each(?3)) order by searchable.id",
            [self._mark, self._in["note"], packed(ids)],
        )
        for id, kind, marked, start, end in rows:
            spans, words = _parted(marked, self._mark)
            placed = (start, end) if start is not None else (0, 0)
            yield id, _hit("note" if kind == "note" else "highlight", words, spans, *placed)

    def _titles(self, ids: Sequence[int]) -> Iterator[tuple[int, Hit]]:
        """Give the titles, bylines and sites that match."""
        asked = [f"({self._in['title']})"] if self._in["title"] else []
        fields = (leaf for leaf in self._leaves if isinstance(leaf, Field) and leaf.name in ("by", "site"))
        asked += [f"({named_match(leaf)})" for leaf in fields]
        if not asked:
            return
        columns = ", ".join(f"cast(highlight(title_index, {n}, ?1, ?1) as blob)" for n in range(3))
        rows = self._store.rows(
            f"select rowid, {columns} from title_index where title_index match ?2 and rowid between ?3"
            " and ?4 and +rowid in (select value from json_each(?5))",
            [self._mark, _any(asked), min(ids), max(ids), packed(ids)],
        )
        for id, *marked in rows:
            for spans, words in (_parted(each, self._mark) for each in marked):
                if spans:
                    yield id, _hit("title", words, spans)

    def _tags(self, ids: Sequence[int]) -> Iterator[tuple[int, Hit]]:
        """Give the tags that match, each with the first passage that has it."""
        folded = [leaf.value for leaf in self._leaves if isinstance(leaf, Field) and leaf.name == "tag"]
        asked = [(TAGGED, each) for each in folded]
        if self._in["tag"]:
            found = (
                "tag.id in (select record_id from searchable_index join searchable"
                " on searchable.id = searchable_index.rowid where searchable_index match ?1 and kind = 'tag')"
            )
            asked.append((found, self._in["tag"]))
        seen = set()
        for where, value in asked:
            rows = self._store.rows(
                "select document_id, name, start_offset as first, end_offset from tag"
                " join highlight_tag on tag_id = tag.id join highlight on highlight.id = highlight_id"
                f" where {where} and document_id in (select value from json_each(?2))"
                " union all select document_id, name, null, null from tag"
                " join note_tag on tag_id = tag.id join note on note.id = note_id"
                f" where {where} and document_id in (select value from json_each(?2))"
                " union all select document_id, name, null, null from tag"
                " join details_tag on tag_id = tag.id join details on details.id = details_id"
                f" where {where} and document_id in (select value from json_each(?2))"
                " order by first nulls last",
                [value, packed(ids)],
            )
            for id, name, start, end in rows:
                if (id, name) not in seen:
                    seen.add((id, name))
                    yield id, Hit("tag", one_line(text(name)), start or 0, end or 0)

    def _people(self, ids: Sequence[int]) -> Iterator[tuple[int, Hit]]:
        """Give the people whose full names match, each with the first mention."""
        if not self._in["person"]:
            return
        rows = self._store.rows(FIRST_NAMED, [self._in["person"], packed(ids)])
        for id, name, start, end in rows:
            yield id, Hit("person", one_line(text(name)), start or 0, end or 0)

    def _quotations(self, ids: Sequence[int]) -> Iterator[tuple[int, Hit]]:
        """Give the quotations that were asked for as such."""
        if self._said:
            yield from self._quoted_with(self._said, "document.id", ids)
        for leaf in self._spoken:
            numbers = [number for number, _ in spoken(self._store, leaf, document_ids=ids)]
            if leaf.words:
                yield from self._quoted_with(quotation_match(leaf.words), "quotation.id", numbers)
            else:
                yield from self._quoted_whole(numbers)

    def _quoted_with(self, words: str, what: str, numbers: Sequence[int]) -> Iterator[tuple[int, Hit]]:
        """Give quotations with words in them; `what` has one of the numbers."""
        rows = self._store.rows(
            "select document.id, cast(highlight(quotation_index, 0, ?, ?) as blob), start_offset, end_offset"
            " from quotation_index join quotation on quotation.id = quotation_index.rowid"
            " join analysis on analysis.id = analysis_id join document on current_text_id = text_id"
            f" where quotation_index match ? and {what} in (select value from json_each(?))",
            [self._mark, self._mark, words, packed(numbers)],
        )
        for id, marked, start, end in rows:
            spans, shown = _parted(marked, self._mark)
            yield id, _hit("quotation", shown, spans, start, end)

    def _quoted_whole(self, numbers: Sequence[int]) -> Iterator[tuple[int, Hit]]:
        rows = self._store.rows(
            "select document_id, quotation.words, start_offset, end_offset from json_each(?) as wanted"
            " cross join quotation on quotation.id = wanted.value"
            " cross join analysis on analysis.id = analysis_id"
            " cross join document_text on document_text.id = text_id",
            [packed(numbers)],
        )
        for id, words, start, end in rows:
            yield id, _hit("quotation", text(words), [], start, end)


def _marked(store: Store, asked: str, ids: Sequence[int]) -> dict[int, tuple[list[Span], str]]:
    """Return the texts that match an expression, each after the places of the matches."""
    if not (ids and asked):
        return {}
    mark = _mark()
    # With a plus the rowids are not looked up one by one: each would open the index anew, 0.2 ms.
    rows = store.rows(
        "select rowid, cast(highlight(text_index, 0, ?1, ?1) as blob),"
        " case when instr(cast(text as blob), x'00') then text end from text_index"
        " where text_index match ?2 and rowid between ?3 and ?4"
        " and +rowid in (select value from json_each(?5))",
        [mark, asked, min(ids), max(ids), packed(ids)],
    )
    return {
        id: _parted(marked, mark) if torn is None else _sought(marked, mark, text(torn))
        for id, marked, torn in rows
    }


def _mark() -> str:
    return secrets.token_hex(4)  # nothing in a text can look like it


def _parted(marked: bytes, mark: str) -> tuple[list[Span], str]:
    """Return where the marked words are, and the text without the marks."""
    parts = text(marked).split(mark)
    spans = []
    at = 0
    for number, part in enumerate(parts):
        if number % 2:
            spans.append(Span(at, at + len(part)))
        at += len(part)
    return spans, "".join(parts)


def _sought(marked: bytes, mark: str, whole: str) -> tuple[list[Span], str]:
    """Return where the marked words are in a text with NUL, of which FTS5 leaves out what follows one."""
    parts = text(marked).split(mark)
    spans = []
    at = 0
    for before, words in zip(parts[::2], parts[1::2], strict=False):
        # Up to the first NUL nothing is missing.
        at = whole.find(words, at + len(before))
        spans.append(Span(at, at + len(words)))
        at += len(words)
    return spans, whole


def _hit(kind: str, words: str, spans: Sequence[Span], start: int = 0, end: int = 0, count: int = 1) -> Hit:
    """Make a hit whose snippet is around the first of the matches in some words."""
    line, marks = snippet(words, spans)
    return Hit(kind, line, start, end, count, marks)


def snippet(words: str, spans: Sequence[Span]) -> tuple[str, tuple[Span, ...]]:
    """Return one line around the first match, cut at words, and where the matches are in it."""
    first = spans[0] if spans else Span(0, 0)
    start = max(0, first.start - _BEFORE)
    end = min(len(words), max(start + _LENGTH, first.end))
    if start:
        blank = re.compile(r"\s").search(words, start, first.start)
        start = blank.end() if blank else start
    if end < len(words):
        blank_at = max(words.rfind(" ", first.end, end), words.rfind("\n", first.end, end))
        end = blank_at if blank_at > 0 else end
    shift = 1 if start else 0
    shown = words[start:end]
    line = one_line(shown)

    def place(at: int) -> int:
        if line == shown:
            return shift + at - start
        return shift + len(one_line(words[start:at] + "|")) - 1  # so that a blank before it counts

    marks = tuple(
        Span(place(span.start), place(span.end))
        for span in takewhile(lambda span: span.end <= end, spans)
        if span.start < span.end
    )
    return ("…" if start else "") + line + ("…" if end < len(words) else ""), marks
