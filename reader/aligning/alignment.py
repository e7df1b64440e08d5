"""An old text laid beside the new one: a span of the one is found in the other, or lost. Guesses nothing.

Two texts are compared word by word by their longest common subsequence. A passage has its place where putting
it there agrees with the whole comparison and clearly better than any other place does, and than the place of
any other passage of the same words; what surrounds it must have stayed, too. What does not fit into the
order is compared once more by itself: it may have been moved. Long texts are first laid side by side by the
sentences that each has once, and only the neighbourhood of a passage is compared word by word.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property

from reader.aligning.compared import Compared
from reader.aligning.sentences import Sentences
from reader.aligning.words import Words
from reader.document import Span
from reader.model import Located, Place

# The comparison of two texts takes so many bits at most, twice; larger ones are compared in parts.
_MOST_BITS = 60_000_000
_LONG_TEXT = 60_000
# Of a long text so many characters around a passage are compared, and so many sentences looked at for a move.
_AROUND, _SENTENCES_AROUND = 6_000, 4


class Alignment:
    """An old text laid beside the new one."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old, new

    def locate(self, span: Span) -> Located:
        """Find what stood at `span` of the old text: EXACT, MOVED, CHANGED or LOST, as for an anchor."""
        if not span.of(self._old).strip():
            return Located(Place.LOST)
        if self._old == self._new:
            return Located(Place.EXACT, span)
        if self._is_short:
            return self._whole.locate(span)
        for old, new in self._neighbourhoods(span):
            numbers: dict[str, int] = {}
            compared = Compared(
                Words(self._old, numbers, old.start, old.end), Words(self._new, numbers, new.start, new.end)
            )
            located = compared.locate(span)
            if located.span is not None:
                return located
        return Located(Place.LOST)

    @cached_property
    def _is_short(self) -> bool:
        return len(self._old) <= _LONG_TEXT and len(self._new) <= _LONG_TEXT and self._bits <= _MOST_BITS

    @property
    def _bits(self) -> int:
        return len(self._whole.old.ids) * len(self._whole.new.ids)

    @cached_property
    def _whole(self) -> Compared:
        numbers: dict[str, int] = {}
        return Compared(Words(self._old, numbers), Words(self._new, numbers))

    # ------------------------------------------------------------ long texts

    def _neighbourhoods(self, span: Span) -> Iterator[tuple[Span, Span]]:
        """Yield what to compare around a passage of a long text: where it stayed, then where it may be."""
        for around in (_AROUND, _AROUND // 6):
            old, new = self._beside(span, around)
            if len(old) * len(new) <= _MOST_BITS:
                yield old, new
                break
        near = bisect_right(self._sentences.old_starts, span.start) - 1
        low = max(near - _SENTENCES_AROUND, 0)
        for number in range(low, near + _SENTENCES_AROUND + 1):
            place = self._sentences.moved.get(number)
            if place is not None and len(span) <= _AROUND:
                around = _AROUND // 2
                at = self._sentences.old_starts[number]
                yield (
                    Span(max(min(span.start, at) - around, 0), min(span.end + around, len(self._old))),
                    Span(max(place - around, 0), min(place + len(span) + around, len(self._new))),
                )

    def _beside(self, span: Span, around: int) -> tuple[Span, Span]:
        """Return the stretch around a passage, from a sentence that stayed to another, in both texts."""
        chain, starts = self._sentences.chain, self._sentences.chain_starts
        first = bisect_right(starts, span.start - around) - 1
        last = bisect_left(starts, span.end + around)
        old_start, new_start = chain[first] if first >= 0 else (0, 0)
        old_end, new_end = chain[last] if last < len(chain) else (len(self._old), len(self._new))
        return Span(old_start, old_end), Span(new_start, new_end)

    @cached_property
    def _sentences(self) -> Sentences:
        return Sentences(self._old, self._new)
