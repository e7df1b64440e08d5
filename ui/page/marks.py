"""What is marked on the page, layer by layer, in code points of the document; knows nothing of pixels."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntFlag
from operator import attrgetter, sub
from typing import Generic, TypeVar

from reader.model import Block, Colour, Highlight, Mention, Quote, QuoteKind, Span


class Layers(IntFlag):
    """Which layers are shown: hiding one is clearing one bit."""

    NONE = 0
    NAMES = 1
    QUOTES = 2
    HIGHLIGHTS = 4
    ALL = NAMES | QUOTES | HIGHLIGHTS


@dataclass(frozen=True, slots=True)
class QuotePiece:
    """The part of a quotation that lies in one block; `first` where its speaker is to be named."""

    span: Span
    quote: Quote
    first: bool

    @property
    def reported(self) -> bool:
        """Tell whether the words are reported, not quoted."""
        return self.quote.kind is QuoteKind.INDIRECT


@dataclass(frozen=True, slots=True)
class Marked:
    """A person's highlight where it stands in this text."""

    span: Span
    highlight: Highlight

    @property
    def colour(self) -> Colour:
        """The marker pen."""
        return self.highlight.colour


M = TypeVar("M", Mention, QuotePiece, Marked, Span)


class MarkLayer(Generic[M]):
    """The marks of one kind in reading order; finds those of a block in O(log n).

    `version` grows with every change, so that what was computed from the layer can be kept until then.
    """

    __slots__ = ("_end_of", "_longest", "_marks", "_start_of", "_starts", "version")

    def __init__(self, span: str = "span") -> None:
        # Getters in C: a hundred thousand marks are taken over within a frame or two.
        prefix = f"{span}." if span else ""
        self._start_of: Callable[[M], int] = attrgetter(f"{prefix}start")
        self._end_of: Callable[[M], int] = attrgetter(f"{prefix}end")
        self._marks: list[M] = []
        self._starts: list[int] = []
        self._longest = 0
        self.version = 0

    def __len__(self) -> int:
        return len(self._marks)

    @property
    def marks(self) -> Sequence[M]:
        """All marks in reading order."""
        return self._marks

    def replace_all(self, marks: Iterable[M]) -> None:
        """Take `marks` in place of everything."""
        self._marks, self._starts, self._longest = self._ordered(marks)
        self.version += 1

    def replace(self, where: Span, marks: Iterable[M]) -> None:
        """Take `marks` in place of those that start within `where`."""
        low = bisect_left(self._starts, where.start)
        high = bisect_left(self._starts, where.end)
        self._marks[low:high], self._starts[low:high], longest = self._ordered(marks)
        self._longest = max(self._longest, longest)
        self.version += 1

    def _ordered(self, marks: Iterable[M]) -> tuple[list[M], list[int], int]:
        """Return the marks in order, their starts, and the length of the longest."""
        ordered = sorted(marks, key=self._start_of)
        starts = list(map(self._start_of, ordered))
        return ordered, starts, max(map(sub, map(self._end_of, ordered), starts), default=0)

    def within(self, where: Span) -> list[M]:
        """Return the marks that share a character with `where`, in reading order."""
        low = bisect_left(self._starts, where.start - self._longest)
        high = bisect_left(self._starts, where.end)
        return [mark for mark in self._marks[low:high] if self._end_of(mark) > where.start]

    def at(self, offset: int) -> M | None:
        """Return the shortest mark that covers the character at `offset`."""
        found = self.within(Span(offset, offset + 1))
        return min(found, key=lambda mark: self._end_of(mark) - self._start_of(mark), default=None)


def pieces(quote: Quote, blocks: Sequence[Block], starts: Sequence[int]) -> list[QuotePiece]:
    """Cut a quotation at the ends of the blocks (whose starts are `starts`)."""
    found: list[QuotePiece] = []
    for content in quote.content:
        index = max(0, bisect_left(starts, content.start + 1) - 1)
        if content.end <= blocks[index].span.end and blocks[index].span.start <= content.start:
            found.append(QuotePiece(content, quote, not found))
            continue
        while index < len(blocks) and blocks[index].span.start < content.end:
            block = blocks[index].span
            start, end = max(content.start, block.start), min(content.end, block.end)
            if start < end:
                found.append(QuotePiece(Span(start, end), quote, first=not found))
            index += 1
    return found
