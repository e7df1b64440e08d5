"""What the reader has selected, and how keys and clicks extend it; in code points, without pixels."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from reader.document import Span

WORD = re.compile(r"\w+(?:['’\-]\w+)*")


class Grain(Enum):
    """What a click takes: once a character, twice a word, three times the paragraph."""

    CHARACTER = 1
    WORD = 2
    PARAGRAPH = 3


def word_at(text: str, offset: int, within: Span) -> Span:
    """Return the word of ``text[within]`` at `offset`, or the single character there."""
    for found in WORD.finditer(text, within.start, within.end):
        if found.start() <= offset < found.end() or found.end() == offset:
            return Span(found.start(), found.end())
        if found.start() > offset:
            break
    return Span(offset, min(offset + 1, within.end)) if offset <= within.end else Span(offset, offset)


def word_stop(text: str, offset: int, *, forward: bool) -> int:
    """Return the next place where a word begins (backward) or ends (forward)."""
    if forward:
        found = WORD.search(text, offset, offset + 20_000)
        return found.end() if found else min(len(text), offset + 20_000)
    low = max(0, offset - 2_000)
    starts = [found.start() for found in WORD.finditer(text, low, offset)]
    return starts[-1] if starts else low


@dataclass(frozen=True, slots=True)
class Selection:
    """A selection from `origin`, which stays, to `caret`, which moves. Both are offsets."""

    origin: int = 0
    caret: int = 0

    @property
    def span(self) -> Span | None:
        """What is selected, or None."""
        if self.origin == self.caret:
            return None
        return Span(min(self.origin, self.caret), max(self.origin, self.caret))

    def to(self, caret: int) -> Selection:
        """Return the selection with its moving end at `caret`."""
        return Selection(self.origin, caret)

    def around(self, first: Span, last: Span) -> Selection:
        """Return the selection from one whole word or paragraph to another, in the drag's direction."""
        if last.start < first.start:
            return Selection(first.end, last.start)
        return Selection(first.start, max(first.end, last.end))


def trimmed(text: str, span: Span) -> Span | None:
    """Return `span` without white space at its ends; None when nothing is left."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    end = span.end - (len(words) - len(words.rstrip()))
    return Span(start, end) if start < end else None
