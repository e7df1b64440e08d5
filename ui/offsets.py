"""Code points to UTF-16 code units and back: the only file that knows that Qt counts otherwise."""

from __future__ import annotations

from bisect import bisect_left, bisect_right


class Utf16Map:
    """Converts offsets within one short text between code points and UTF-16 units.

    Characters outside the Basic Multilingual Plane are the only ones that differ; their places are
    kept, so that texts without them cost nothing.
    """

    __slots__ = ("_astral", "_astral_units")

    def __init__(self, text: str) -> None:
        if text.isascii() or not text or max(text) <= "\uffff":
            self._astral: list[int] = []
        else:
            self._astral = [i for i, c in enumerate(text) if c > "\uffff"]
        self._astral_units = [place + rank for rank, place in enumerate(self._astral)]

    def to_units(self, point: int) -> int:
        """Return the UTF-16 offset of the code point offset `point`."""
        if not self._astral:
            return point
        return point + bisect_left(self._astral, point)

    def to_points(self, unit: int) -> int:
        """Return the code point offset of `unit`; the middle of a pair counts as its start."""
        if not self._astral:
            return unit
        return unit - bisect_right(self._astral_units, unit - 1)
