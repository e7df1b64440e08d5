"""The columns of tables: how wide each is, for all the rows of a table. Draws nothing, and sets no line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from PySide6.QtGui import QFontMetricsF

from reader.document import Block, BlockKind
from ui.page.setting import Typography

LOOKED_AT = 200  # rows from the first one on that say how wide the columns are
MOST_COLUMNS = 16
MEASURED = 5  # the longest cells of a column that are measured
LONGEST = 400  # letters of a cell that are measured
GAPS = (1.4, 0.8)  # between columns, in sizes of the text; the second one where it gets tight
LEAST = 1.6  # a column, in sizes of the text
HEADING = 60  # letters; a longer cell is none of a heading

_FIGURE = re.compile(r"[\s(+\-−–±~<>≈$€£¥]*\d[\d.,:’'\u00a0\u202f ]*[\s)%‰°*†]*(?:[A-Za-z]{1,3}|[a-z]+ion)?")
_NOTHING = frozenset({"", "-", "–", "—", "−", "…", "..", "n/a", "N/A", "?"})


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column begins, how wide it is, and whether its cells stand at its right."""

    left: float
    width: float
    right: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A run of rows: the numbers of its first block and of the one after the last, and its columns.

    No columns: they don't fit, and the cells of a row follow one another as room allows. `headed` where
    the first row names the columns. `measure` is the room of the text around, which a table need not fill.
    """

    start: int
    stop: int
    columns: tuple[Column, ...]
    width: float
    measure: float
    gap: float
    headed: bool


class Tables:
    """Finds the table that a row is in; each is measured once."""

    def __init__(self, text: str, blocks: Sequence[Block], typography: Typography, width: float) -> None:
        self._text = text
        self._blocks = blocks
        self._typography = typography
        self._width = width
        self._known: list[Table] = []

    def of(self, index: int) -> Table:
        """Return the table that block `index`, a row, is in."""
        for table in reversed(self._known):
            if table.start <= index < table.stop:
                return table
        start = stop = index
        while start and self._blocks[start - 1].kind is BlockKind.TABLE_ROW:
            start -= 1
        while stop < len(self._blocks) and self._blocks[stop].kind is BlockKind.TABLE_ROW:
            stop += 1
        made = self._measured(start, stop)
        self._known.append(made)
        return made

    def _measured(self, start: int, stop: int) -> Table:
        face = self._typography.face(BlockKind.TABLE_ROW, 0)
        rows = [
            self._blocks[index].span.of(self._text).split("\t")
            for index in range(start, min(stop, start + LOOKED_AT))
        ]
        rows = [row for row in rows if len(row) > 1] or rows  # what runs across says nothing of the columns
        count = max(map(len, rows))
        by_column = [[row[number].strip() for row in rows if number < len(row)] for number in range(count)]
        figures = [are_figures(cells[1:] if stop - start > 1 else cells) for cells in by_column]
        first = self._blocks[start].span.of(self._text).split("\t")
        headed = stop - start > 1 and is_heading(first, figures)
        gap, widths = face.size * GAPS[0], None
        if 1 < count <= MOST_COLUMNS:
            metrics = QFontMetricsF(face.font)
            least = [max(face.size * LEAST, wide) for wide in (_widest_word(c, metrics) for c in by_column)]
            natural = [max(low, _widest(c, metrics)) for c, low in zip(by_column, least, strict=True)]
            for gap in (face.size * times for times in GAPS):
                widths = shared(least, natural, self._width - gap * (count - 1))
                if widths is not None:
                    break
        if widths is None:
            return Table(start, stop, (), self._width, self._width, gap, headed)
        columns, left = [], 0.0
        for wide, right in zip(widths, figures, strict=True):
            columns.append(Column(left, wide, right))
            left += wide + gap
        return Table(start, stop, tuple(columns), left - gap, self._width, gap, headed)


def shared(least: Sequence[float], natural: Sequence[float], room: float) -> list[float] | None:
    """Share `room` between columns: their own widths, less of the long ones, or None: it is too little."""
    if sum(natural) <= room:
        # A table that nearly fills the measure fills it; a small one gets some air and no more.
        spare = min(room - sum(natural), sum(natural) * 0.4) / len(natural)
        return [wide + spare for wide in natural]
    if sum(least) > room:
        return None
    widths, left = list(least), room - sum(least)
    wish = [high - low for low, high in zip(least, natural, strict=True)]
    # Short columns get what they want, so that a date is not broken; the long ones share what is left, the
    # longer getting more, but not in proportion: a column of sentences would starve the others.
    for number in sorted(range(len(wish)), key=natural.__getitem__):
        if natural[number] <= room / (len(wish) + 1) and wish[number] <= left:
            widths[number] += wish[number]
            left, wish[number] = left - wish[number], 0.0
    weight = sum(map(sqrt, wish))
    for number in sorted(range(len(wish)), key=wish.__getitem__):
        more = min(wish[number], left * sqrt(wish[number]) / weight) if weight > 0 else 0.0
        widths[number] += more
        left, weight = left - more, weight - sqrt(wish[number])
    return widths


def are_figures(cells: Sequence[str]) -> bool:
    """Tell whether a column holds numbers: most of its cells do, those with nothing in them left out."""
    told = [cell for cell in cells if cell not in _NOTHING]
    return bool(told) and sum(is_figure(cell) for cell in told) >= 0.75 * len(told)


def is_figure(cell: str) -> bool:
    """Tell whether a cell holds a number, with its sign or its unit."""
    return len(cell) < 30 and _FIGURE.fullmatch(cell) is not None


def is_heading(row: Sequence[str], figures: Sequence[bool]) -> bool:
    """Tell whether a first row names the columns: short words, where figures or several columns follow."""
    cells = [cell.strip() for cell in row]
    if any(len(cell) > HEADING or (is_figure(cell) and not _is_year(cell)) for cell in cells):
        return False
    named = sum(bool(cell) for cell in cells)
    return named >= max(1, len(figures) - 1) and (any(figures) or len(figures) > 2)


def _is_year(cell: str) -> bool:
    return len(cell) == 4 and cell.isdecimal() and cell[:2] in ("17", "18", "19", "20", "21")


def _widest(cells: Sequence[str], metrics: QFontMetricsF) -> float:
    longest = sorted(cells, key=len)[-MEASURED:]
    # A heading may be set in a heavier face.
    return 2 + max(metrics.horizontalAdvance(cell[:LONGEST]) * 1.05 for cell in [*longest, *cells[:1]])


def _widest_word(cells: Sequence[str], metrics: QFontMetricsF) -> float:
    words = {word[:24] for cell in cells for word in cell[:LONGEST].split()}
    longest = sorted(words, key=len)[-MEASURED:]
    return 2 + max((metrics.horizontalAdvance(word) * 1.05 for word in longest), default=0.0)
