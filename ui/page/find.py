"""Finding words in the text, without regard to case; the offsets are those of the text as it is."""

from __future__ import annotations

from bisect import bisect_right

from reader.document import Span

MOST = 10_000


class Folded:
    """A text folded for searching, with the way back: folding can lengthen it ("ß" becomes "ss")."""

    def __init__(self, text: str) -> None:
        self.folded = text.casefold()
        # Offsets shift only behind characters that grow; those are few, and kept in order.
        self._grown_at: list[int] = []
        self._grown_by: list[int] = []
        if len(self.folded) != len(text):
            grown = 0
            for place, letter in enumerate(text):
                more = len(letter.casefold()) - 1 if not letter.isascii() else 0
                if more:
                    self._grown_at.append(place + grown)
                    grown += more
                    self._grown_by.append(grown)

    def _back(self, folded: int, *, end: bool) -> int:
        index = bisect_right(self._grown_at, folded - 1 if end else folded) - 1
        if index < 0:
            return folded
        before = self._grown_by[index - 1] if index else 0
        own = self._grown_by[index] - before
        start = self._grown_at[index]
        if folded <= start + own:  # inside a character that grew: the whole of it
            return start - before + (1 if end and folded > start else 0)
        return folded - self._grown_by[index]

    def find_all(self, words: str) -> list[Span]:
        """Return where `words` occur, in order, without overlaps; at most 10,000 places."""
        wanted = words.casefold()
        if not wanted:
            return []
        found: list[Span] = []
        at = self.folded.find(wanted)
        while at >= 0 and len(found) < MOST:
            end = at + len(wanted)
            found.append(Span(self._back(at, end=False), self._back(end, end=True)))
            at = self.folded.find(wanted, end)
        return found
