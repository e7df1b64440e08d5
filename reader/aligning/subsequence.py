"""The longest common subsequence of two rows of numbers, with all that can be asked of it. Knows no text.

Hyyrö's bit-parallel method (2004): a row of the table is one integer, whose zero bits say where the length
grows, so that a table of thousands by thousands takes some hundredths of a second and a few megabytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate


class Comparison:
    """Two rows, `old` and `new`, and their common subsequences."""

    def __init__(self, old: Sequence[int], new: Sequence[int]) -> None:
        self.old, self.new = old, new
        self._forward = _table(old, new)
        self._backward = _table(old[::-1], new[::-1])
        self.length = self.before(len(old), len(new))

    def before(self, i: int, j: int) -> int:
        """Return how much ``old[:i]`` and ``new[:j]`` have in common."""
        return (~self._forward[i] & ((1 << j) - 1)).bit_count()

    def after(self, i: int, j: int) -> int:
        """Return how much ``old[i:]`` and ``new[j:]`` have in common."""
        row = self._backward[len(self.old) - i]
        return (~row & ((1 << (len(self.new) - j)) - 1)).bit_count()

    def all_before(self, i: int) -> list[int]:
        """Return `before` of `i` and every j."""
        return _counts(self._forward[i], len(self.new))

    def all_after(self, i: int) -> list[int]:
        """Return `after` of `i` and every j."""
        return _counts(self._backward[len(self.old) - i], len(self.new))[::-1]

    @cached_property
    def pairs(self) -> dict[int, int]:
        """Which of the old is which of the new, where the leftmost and the rightmost way agree."""
        n, m = len(self.old), len(self.new)
        one = _way(self._forward, n, m)
        other = {n - 1 - i: m - 1 - j for i, j in _way(self._backward, n, m).items()}
        return {i: j for i, j in sorted(one.items()) if other.get(i) == j}


def common(old: Sequence[int], new: Sequence[int]) -> int:
    """Return how much two rows have in common."""
    masks: dict[int, int] = {}
    for index, number in enumerate(new):
        masks[number] = masks.get(number, 0) | 1 << index
    row = full = (1 << len(new)) - 1
    for number in old:
        shared = row & masks.get(number, 0)
        row = ((row + shared) | (row - shared)) & full
    return len(new) - row.bit_count()


def _table(old: Sequence[int], new: Sequence[int]) -> list[int]:
    masks: dict[int, int] = {}
    for index, number in enumerate(new):
        masks[number] = masks.get(number, 0) | 1 << index
    full = (1 << len(new)) - 1
    row = full
    rows = [row]
    for number in old:
        common = row & masks.get(number, 0)
        row = ((row + common) | (row - common)) & full
        rows.append(row)
    return rows


def _counts(row: int, width: int) -> list[int]:
    """Return the number of zero bits among the first j, for every j."""
    if not width:
        return [0]
    bits = format(row, f"0{width}b")[::-1]
    return list(accumulate((bit == "0" for bit in bits), initial=0))


def _way(rows: list[int], i: int, j: int) -> dict[int, int]:
    """Return the pairs of one longest common subsequence."""
    pairs: dict[int, int] = {}
    while i and j:
        bit = 1 << (j - 1)
        if rows[i] & bit:
            j -= 1
        elif not rows[i - 1] & bit:
            i -= 1
        else:
            i -= 1
            j -= 1
            pairs[i] = j
    return pairs
