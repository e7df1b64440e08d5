"""Highlights whose words a new text changed or no longer has, laid beside what they were made on. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from reader.document import Document, Span
from reader.model import Change, Highlight, now
from reader.text import one_line

if TYPE_CHECKING:  # the window shows these values before the library is loaded
    from reader.library import Library

_AROUND = 90  # characters on either side
_MOST_WORDS = 3000  # of longer passages the words are not compared one by one


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a passage, and whether they stand in the other text as well."""

    words: str
    same: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage in one line, in pieces, between what stands before and after it."""

    before: str
    pieces: tuple[Piece, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A highlight that a person has to decide on; `title` is that of its document.

    `was` is the passage it was made on. `now` is where its words may be now, at `span` of the present text;
    both are None for one that is lost.
    """

    highlight: Highlight
    title: str
    was: Passage
    now: Passage | None = None
    span: Span | None = None


def gather(library: Library) -> Iterator[Unsettled]:
    """Give every highlight that needs a person, document by document, the one opened last first.

    What can be found again without doubt is moved on the way.
    """
    from reader.intake import Finder, find_again

    for document_id in library.unsettled():
        document = library.document(document_id)
        if document is None:
            continue
        find_again(library, document_id, document)
        finder = Finder(library, document)
        for highlight in library.highlights(document_id):
            if highlight.anchor.text_hash != document.text_hash:
                yield _compared(library, document, highlight, finder.locate(highlight.anchor).span)


def _compared(library: Library, document: Document, highlight: Highlight, span: Span | None) -> Unsettled:
    anchor = highlight.anchor
    old = library.text_of(anchor.text_hash)
    if old is None:
        prefix, exact, suffix = anchor.prefix, anchor.exact, anchor.suffix
    else:
        prefix, exact, suffix = _around(old, anchor.span)
    title = one_line(document.title)
    if span is None:
        return Unsettled(highlight, title, Passage(prefix, (Piece(one_line(exact), True),), suffix))
    before, words, after = _around(document.text, span)
    was, now = _pieces(one_line(exact), one_line(words))
    return Unsettled(highlight, title, Passage(prefix, was, suffix), Passage(before, now, after), span)


def _around(text: str, span: Span) -> tuple[str, str, str]:
    """Return what stands before a passage, the passage, and what stands after it; cut at words."""
    words = span.of(text)
    if words.strip():  # blanks at its ends part it from what stands around
        blank = len(words) - len(words.lstrip())
        span = Span(span.start + blank, span.start + blank + len(words.strip()))
    start, end = max(0, span.start - _AROUND), min(len(text), span.end + _AROUND)
    before, after = text[start : span.start], text[span.end : end]
    if start and " " in before:
        before = "…" + before[before.index(" ") + 1 :]
    if end < len(text) and " " in after:
        after = after[: after.rindex(" ")] + "…"
    return one_line(before + "|")[:-1], span.of(text), one_line("|" + after)[1:]


def _pieces(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Compare two passages word by word."""
    one, two = old.split(), new.split()
    if len(one) + len(two) > _MOST_WORDS:
        return (Piece(old, False),), (Piece(new, False),)
    was: list[Piece] = []
    now: list[Piece] = []
    for kind, i, j, k, m in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        for pieces, words in ((was, one[i:j]), (now, two[k:m])):
            if words:
                pieces += [Piece(" ", True)] if pieces else []
                pieces.append(Piece(" ".join(words), kind == "equal"))
    return tuple(was), tuple(now)


def placed(highlight: Highlight, document: Document, span: Span) -> Change:
    """Return the change that puts a highlight on these words of its document, whatever it was made on."""
    from reader.anchoring import describe

    fresh = replace(highlight, anchor=describe(document, span), updated=now())
    return Change("place a highlight", before=(highlight,), after=(fresh,))
