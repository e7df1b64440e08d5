"""A text as words, and the words as numbers. Knows of no other text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from reader.document import Span

# A word, or a sign alone; the scripts that part no words are compared sign by sign.
_WORD = re.compile(r"[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+|\S")


class Words:
    """The words of a text as numbers, and where each begins; `numbers` is shared by the texts compared."""

    def __init__(self, text: str, numbers: dict[str, int], start: int = 0, end: int | None = None) -> None:
        self.text = text
        self.ids: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        for found in _WORD.finditer(text, start, len(text) if end is None else end):
            self.ids.append(numbers.setdefault(found.group(), len(numbers)))
            self.starts.append(found.start())
            self.ends.append(found.end())

    def within(self, span: Span) -> tuple[int, int]:
        """Return the half-open range of the words that a span touches."""
        return bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)


def occurrences(words: list[int], row: list[int]) -> list[int]:
    """Return where these words stand in a row."""
    first, size = words[0], len(words)
    found: list[int] = []
    at = -1
    while True:
        try:
            at = row.index(first, at + 1)
        except ValueError:
            return found
        if row[at : at + size] == words:
            found.append(at)
