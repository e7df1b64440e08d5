"""A passage and its place in one comparison of two texts: where it must be, or nowhere. No characters."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from reader.aligning.subsequence import Comparison
from reader.aligning.words import Words, occurrences

# So many words on each side are the surroundings, and may have been pushed so much further.
_NEAR, _PUSHED = 10, 14
# Words are kept in runs of so many; what is kept beside them is not further from them.
_RUN, _GAP = 3, 4
# A passage of so many words is long; one of fewer is short.
_LONG, _SHORT = 6, 3
# So far around a passage nothing else may take the place of what is kept, but for so little of it.
_WIDE, _NEEDED = 16, 0.5


class Round:
    """Some words of the old text held against some of the new; pieces that do not touch are kept apart."""

    def __init__(self, old: Words, new: Words, old_at: Sequence[int], new_at: Sequence[int]) -> None:
        self._old_at, self._new_at = _parted(old_at), _parted(new_at)
        self._old_of = {at: row for row, at in enumerate(self._old_at) if at >= 0}
        # What parts the pieces is another number on either side, so that it is never common.
        self._old = [old.ids[at] if at >= 0 else -1 for at in self._old_at]
        self._new = [new.ids[at] if at >= 0 else -2 for at in self._new_at]
        self._table = Comparison(self._old, self._new)

    @cached_property
    def kept(self) -> dict[int, int]:
        """The pairs of words, by their numbers in the texts, that stand in a run of them or between two."""
        return {self._old_at[i]: self._new_at[j] for i, j in self._pairs.items()}

    @cached_property
    def _pairs(self) -> dict[int, int]:
        """The pairs without those that chance brings: single words that both texts have somewhere."""
        runs = _runs(self._table.pairs)
        kept: dict[int, int] = {}
        for number, (i, j, size) in enumerate(runs):
            before = number and runs[number - 1]
            after = number + 1 < len(runs) and runs[number + 1]
            between = (
                before
                and after
                and max(before[2], after[2]) >= _RUN
                and max(i - before[0] - before[2], j - before[1] - before[2]) <= _GAP
                and max(after[0] - i, after[1] - j) - size <= _GAP
            )
            if size >= _RUN or between:
                kept.update((i + step, j + step) for step in range(size))
        return kept

    def _support(self, a: int, size: int, at: int) -> int:
        """Return how many of the words around a passage have stayed around its place."""
        return sum(self._sides(a, size, at))

    def _sides(self, a: int, size: int, at: int) -> tuple[int, int]:
        """Return how many words have stayed before and after a passage."""
        before = (self._pairs.get(i, -1) for i in range(max(a - _NEAR, 0), a))
        after = (self._pairs.get(i, -1) for i in range(a + size, a + size + _NEAR))
        return (
            sum(at - _PUSHED <= j < at for j in before),
            sum(at + size <= j < at + size + _PUSHED for j in after),
        )

    def _there(self, a: int, size: int) -> int:
        """Return how many words there are around a passage."""
        return min(a, _NEAR) + min(len(self._old) - a - size, _NEAR)

    def place(self, first: int, last: int) -> int | None:
        """Return where the words of a passage stand, unaltered and beyond doubt."""
        a = self._old_of.get(first)
        size, table = last - first, self._table
        if a is None or self._old_of.get(last - 1) != a + size - 1:
            return None
        words = self._old[a : a + size]
        places = occurrences(words, self._new)
        if not places:
            return None
        before, after = table.all_before(a), table.all_after(a + size)
        worth = {at: before[at] + size + after[at + size] for at in places}
        best = max(places, key=lambda at: worth[at])
        without = max(one + other for one, other in zip(before, after, strict=True))
        rivals = [worth[at] for at in places if at != best]
        rivals += [
            table.before(other, best) + size + table.after(other + size, best + size)
            for other in occurrences(words, self._old)
            if other != a
        ]
        support = self._support(a, size, best)
        altered = self._there(a, size) - support
        lead = worth[best] - max(rivals, default=0)
        # Of a short passage more of the surroundings must have stayed.
        least = min(8 if size < 3 else 6 if size < 6 else 4, max(self._there(a, size) // 2, 1))
        missed = worth[best] - without
        if missed < (size if size < _LONG else _NEEDED * size) or lead < 1 + altered // 2:
            return None
        if size < _SHORT and not self._is_held(a, size, best):
            return None
        if (support < least and size < len(self._old)) or not self._is_needed(a, size, best):
            return None
        return self._new_at[best]

    def _is_held(self, a: int, size: int, at: int) -> bool:
        """Tell whether both sides have stayed, or the words next to the passage on the one that has."""
        next_to_it = self._pairs.get(a - 1) == at - 1 or self._pairs.get(a + size) == at + size
        if all(self._sides(a, size, at)):
            return size > 1 or next_to_it
        before = all(self._pairs.get(a - step) == at - step for step in range(1, _RUN + 1))
        return before or all(self._pairs.get(a + size + step) == at + size + step for step in range(_RUN))

    def _is_needed(self, a: int, size: int, at: int, width: int = 0) -> bool:
        """Tell whether nothing else would do as well, were the passage and a side of it not there.

        Where a copy was taken out, the other one is not missed on that side.
        """
        width = width or size
        return all(
            self._is_missed(max(a - before, 0), a + size + after, max(at - before, 0), at + width + after)
            for before, after in ((_WIDE, 0), (0, _WIDE), (_WIDE, _WIDE))
        )

    def _is_missed(self, low: int, high: int, start: int, end: int) -> bool:
        table, high, end = self._table, min(high, len(self._old)), min(end, len(self._new))
        kept = sum(start <= self._pairs.get(i, -1) < end for i in range(low, high))
        before, after = table.all_before(low), table.all_after(high)
        missed = table.length - max(one + other for one, other in zip(before, after, strict=True))
        if missed < _NEEDED * kept:
            return False
        before, after = self._turned.all_before(start), self._turned.all_after(end)
        missed = table.length - max(one + other for one, other in zip(before, after, strict=True))
        return missed >= _NEEDED * kept

    @cached_property
    def _turned(self) -> Comparison:
        return Comparison(self._new, self._old)

    def altered(self, first: int, last: int) -> tuple[int, int] | None:
        """Return where a passage stands of which some words were altered, by those that were kept."""
        a = self._old_of.get(first)
        kept = (
            [self._pairs[i] for i in range(a, a + last - first) if i in self._pairs] if a is not None else []
        )
        if a is None or not kept or self._old_of.get(last - 1) != a + last - first - 1:
            return None
        start, end = kept[0], kept[-1] + 1
        if not self._is_needed(a, last - first, start, end - start):
            return None
        # Altered words at the ends stand beside the kept ones, as many as there were.
        left = next(i for i in range(a, a + last - first) if i in self._pairs) - a
        right = a + last - first - 1 - max(i for i in range(a, a + last - first) if i in self._pairs)
        taken = set(self._pairs.values())
        while left and start and start - 1 not in taken and self._new_at[start - 1] >= 0:
            start, left = start - 1, left - 1
        while right and end < len(self._new_at) and end not in taken and self._new_at[end] >= 0:
            end, right = end + 1, right - 1
        return self._new_at[start], self._new_at[end - 1] + 1


def _runs(pairs: dict[int, int]) -> list[tuple[int, int, int]]:
    """Return where pairs follow one another on both sides: (old, new, how many)."""
    runs: list[tuple[int, int, int]] = []
    for i, j in pairs.items():
        if runs and (i, j) == (runs[-1][0] + runs[-1][2], runs[-1][1] + runs[-1][2]):
            runs[-1] = (runs[-1][0], runs[-1][1], runs[-1][2] + 1)
        else:
            runs.append((i, j, 1))
    return runs


def _parted(at: Sequence[int]) -> list[int]:
    """Return the numbers of words with a -1 wherever one is left out."""
    out: list[int] = []
    for number in at:
        if out and out[-1] != number - 1:
            out.append(-1)
        out.append(number)
    return out
