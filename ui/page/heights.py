"""The heights of all blocks of a page, known or estimated; answers where a block is and what is where."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate


class Heights:
    """A Fenwick tree over block heights in pixels: change one, or find one, in O(log n)."""

    __slots__ = ("_heights", "_top_bit", "_tree")

    def __init__(self, heights: Iterable[float] = ()) -> None:
        self._heights = list(heights)
        n = len(self._heights)
        tree = [0.0, *self._heights]
        for i in range(1, n + 1):
            parent = i + (i & -i)
            if parent <= n:
                tree[parent] += tree[i]
        self._tree = tree
        self._top_bit = 1 << n.bit_length() >> 1

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, block: int) -> float:
        return self._heights[block]

    @property
    def total(self) -> float:
        """The height of all blocks together."""
        return self.top(len(self._heights))

    def top(self, block: int) -> float:
        """Return the sum of the heights of all blocks before `block`."""
        total = 0.0
        while block > 0:
            total += self._tree[block]
            block &= block - 1
        return total

    def tops(self) -> list[float]:
        """Return the top of every block, in one pass."""
        return [0.0, *accumulate(self._heights)][:-1] if self._heights else []

    def set(self, block: int, height: float) -> None:
        """Correct the height of one block."""
        change = height - self._heights[block]
        if not change:
            return
        self._heights[block] = height
        i = block + 1
        while i < len(self._tree):
            self._tree[i] += change
            i += i & -i

    def at(self, y: float) -> int:
        """Return the block at height `y`; the first or the last one when `y` lies outside."""
        if y <= 0 or not self._heights:
            return 0
        block, bit = 0, self._top_bit
        while bit:
            following = block + bit
            if following < len(self._tree) and self._tree[following] <= y:
                block = following
                y -= self._tree[following]
            bit >>= 1
        return min(block, len(self._heights) - 1)
