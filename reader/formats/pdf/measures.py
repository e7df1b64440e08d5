"""What is usual in a document and in a column: the size of the body, edges, and the way from line to line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from reader.formats.pdf.columns import Line, Region
from reader.formats.pdf.parts import Look, Piece

_HYPHENED = re.compile(r"(?<![\w’'])\w[\w’']*(?:-\w[\w’']*)+")
_GOOD_PART = 0.2
_WORDS = re.compile(r"[^\W\d_]{3,}")


class Usual(NamedTuple):
    """What most of the document is set in, and the words that occur in it.

    `largest` is the largest size in which a good part of it is set.
    """

    size: float
    largest: float
    bold: bool
    mono: bool
    hyphened: frozenset[str]
    words: frozenset[str]

    @property
    def look(self) -> int:
        """The look that is no emphasis, since most of the document has it."""
        return (Look.BOLD if self.bold else 0) | (Look.MONO if self.mono else 0)


def usual(regions: Iterable[Region]) -> Usual:
    """Measure a document by its characters."""
    sizes: Counter[float] = Counter()
    bold = mono = 0
    hyphened: set[str] = set()
    words: set[str] = set()
    for region in regions:
        for line in region.lines:
            text = line.piece.text
            sizes[round(line.piece.size * 2) / 2] += len(text)
            for run in line.piece.runs:
                bold += len(run.text) if run.look & Look.BOLD else 0
                mono += len(run.text) if run.look & Look.MONO else 0
            if "-" in text:
                hyphened.update(word.casefold() for word in _HYPHENED.findall(text))
            words.update(word.casefold() for word in _WORDS.findall(text))
    total = sizes.total()
    size = max(sizes, key=lambda each: (sizes[each], -each), default=10.0)
    largest = max((each for each, count in sizes.items() if count >= _GOOD_PART * total), default=size)
    half = 0.5 * total
    return Usual(size, max(size, largest), bold > half, mono > half, frozenset(hyphened), frozenset(words))


class Column(NamedTuple):
    """What is usual in a region: where lines begin and end, and how far their base lines are apart.

    `hangs` tells that paragraphs begin further left than their other lines do.
    """

    left: float
    right: float
    leading: float
    hangs: bool


def column_of(region: Region) -> Column:
    """Measure a region."""
    pieces = [line.piece for line in region.lines]
    lefts = Counter(round(piece.left) for piece in pieces)
    usual_left = max(lefts, key=lambda each: (lefts[each] + lefts[each - 1] + lefts[each + 1], -each))
    left = median(piece.left for piece in pieces if abs(piece.left - usual_left) <= 1.5)
    size = median(piece.size for piece in pieces)
    outside = [piece for piece in pieces if piece.left < left - 0.7 * size]
    rights = sorted(piece.right for piece in pieces)
    right = rights[min(len(rights) - 1, int(0.9 * len(rights)))]
    hangs = len(outside) >= max(2, len(pieces) // 8)
    return Column(left, right, _leading(pieces, size), hangs)


def _leading(pieces: Sequence[Piece], size: float) -> float:
    """Return the usual way from one base line to the next: the middle one of those that are not gaps."""
    ways = [
        after.base - before.base
        for before, after in pairwise(pieces)
        if abs(before.size - after.size) < 0.1 * size and 0.5 * size < after.base - before.base < 3 * size
    ]
    if not ways:
        return 1.2 * size
    ways.sort()
    # Where every line is its own paragraph, the ways between are all alike as well.
    return ways[(len(ways) - 1) // 2]


def look_of(line: Line) -> int:
    """Return the look that nearly all of a line has."""
    runs = line.piece.runs
    total = sum(len(run.text) for run in runs)
    look = Look.PLAIN
    for one in (Look.BOLD, Look.ITALIC, Look.MONO):
        if sum(len(run.text) for run in runs if run.look & one) >= 0.9 * total:
            look |= one
    return look
