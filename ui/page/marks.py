"""What is marked on the page, layer by layer, in code points of the document; knows nothing of pixels."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntFlag
from operator import attrgetter, sub
from typing import Generic, TypeVar

from reader.document import Span
from reader.model import Colour, Highlight, Mention, Quote, QuoteKind


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


M = TypeVar("M", Mention, Quote, Marked, Span)
LONGEST_NAME = 500  # nothing longer is a name


class MarkLayer(Generic[M]):
    """The marks of one kind in reading order; finds those of a part of the text in O(log n).

    Nothing is computed of marks that nobody looks at, so a hundred thousand are taken over in no time.
    `longest` tells how far before a place a mark may begin that covers it; None: it is measured.
    `version` grows with every change, so that what was computed from the layer can be kept until then.
    """

    __slots__ = ("_end_of", "_longest", "_marks", "_measured", "_start_of", "version")

    def __init__(self, span: str = "span", *, longest: int | None = None) -> None:
        prefix = f"{span}." if span else ""
        self._start_of: Callable[[M], int] = attrgetter(f"{prefix}start")
        self._end_of: Callable[[M], int] = attrgetter(f"{prefix}end")
        self._marks: list[M] = []
        self._measured = longest is None
        self._longest = longest or 0
        self.version = 0

    def __len__(self) -> int:
        return len(self._marks)

    @property
    def marks(self) -> Sequence[M]:
        """All marks in reading order."""
        return self._marks

    def replace_all(self, marks: Iterable[M]) -> None:
        """Take `marks`, in reading order, in place of everything."""
        before = set(map(id, self._marks))
        old, self._marks = self._marks, list(marks)
        if self._measured:  # one mark more among thousands: only that one need be measured
            fresh = [mark for mark in self._marks if id(mark) not in before]
            self._longest = max(self._longest if old and self._marks else 0, self._measure(fresh))
        self.version += 1

    def replace(self, where: Span, marks: Iterable[M]) -> None:
        """Take `marks`, in reading order, in place of those that start within `where`."""
        new = list(marks)
        low = bisect_left(self._marks, where.start, key=self._start_of)
        high = bisect_left(self._marks, where.end, key=self._start_of)
        self._marks[low:high] = new
        if self._measured:
            self._longest = max(self._longest, self._measure(new))
        self.version += 1

    def _measure(self, marks: Sequence[M]) -> int:
        return max(map(sub, map(self._end_of, marks), map(self._start_of, marks)), default=0)

    def within(self, where: Span) -> list[M]:
        """Return the marks that share a character with `where`, in reading order."""
        low = bisect_left(self._marks, where.start - self._longest, key=self._start_of)
        high = bisect_left(self._marks, where.end, key=self._start_of)
        return [mark for mark in self._marks[low:high] if self._end_of(mark) > where.start]

    def at(self, offset: int) -> M | None:
        """Return the shortest mark that covers the character at `offset`."""
        found = self.within(Span(offset, offset + 1))
        return min(found, key=lambda mark: self._end_of(mark) - self._start_of(mark), default=None)


@dataclass(slots=True)
class Marks:
    """All that may be marked on the page; `shown` is the mask of the layers that are."""

    names: MarkLayer[Mention] = field(default_factory=lambda: MarkLayer(longest=LONGEST_NAME))
    quotes: MarkLayer[Quote] = field(default_factory=MarkLayer)
    highlights: MarkLayer[Marked] = field(default_factory=MarkLayer)
    found: MarkLayer[Span] = field(default_factory=lambda: MarkLayer(""))
    shown: Layers = Layers.ALL
    selected: Span | None = None
    current: Span | None = None
    found_current: Span | None = None

    def clear(self) -> None:
        """Forget every mark; the mask stays."""
        for layer in (self.names, self.quotes, self.highlights, self.found):
            layer.replace_all(())
        self.selected = self.current = self.found_current = None

    def pieces(self, block: Span) -> list[QuotePiece]:
        """Return the quotations' parts within one block, in reading order."""
        found = []
        for quote in self.quotes.within(block):
            first = quote.content[0]
            for part in quote.content:
                start, end = max(part.start, block.start), min(part.end, block.end)
                if start < end:
                    named = part is first and start == part.start
                    found.append(QuotePiece(Span(start, end), quote, first=named))
        return found

    def quote_at(self, offset: int) -> Quote | None:
        """Return the quotation, the shortest of several, whose words cover the character at `offset`."""
        place = Span(offset, offset + 1)
        found = [quote for quote in self.quotes.within(place) if any(s.covers(place) for s in quote.content)]
        return min(found, key=lambda quote: len(quote.span), default=None)
