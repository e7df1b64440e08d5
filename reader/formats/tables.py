"""Which tables of a page hold figures, and in which columns their cells stand. Sets nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Element = Any
"""An lxml element; lxml has no types of its own."""

# A cell with more text, or with what has a shape of its own, lays out a page.
_LONGEST_CELL = 400
_SHAPED = ("h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "figure", "article", "section", "form")
_MARKED = ("caption", "th", "thead", "tfoot")
# A span is a claim of the page; wider or longer ones are mistakes.
_WIDEST_SPAN, _MOST_COLUMNS = 40, 400


def columns(table: Element) -> dict[Element, int]:
    """Return how many tabs stand before each cell of a table of figures; nothing for a table of layout.

    Cells that span several columns or rows keep those after them in line.
    """
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return {}
    if next(table.iterdescendants("table"), None) is not None:
        return {}
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iterdescendants("tr")]
    if max(map(len, rows), default=0) < 2 or _is_layout(table, rows):
        return {}
    return dict(_placed(rows))


def _is_layout(table: Element, rows: list[list[Element]]) -> bool:
    marked = next(table.iterdescendants(*_MARKED), None) is not None
    if not marked and next(table.iterdescendants(*_SHAPED), None) is not None:
        return True
    longest = 10 * _LONGEST_CELL if marked else _LONGEST_CELL
    return any(_is_longer(cell, longest) for row in rows for cell in row)


def _is_longer(cell: Element, limit: int) -> bool:
    length = 0
    for text in cell.itertext():
        length += len(text) if not text.isspace() else 0
        if length > limit:
            return True
    return False


def _placed(rows: list[list[Element]]) -> Iterator[tuple[Element, int]]:
    """Yield each cell with the columns between it and the one before it in its row."""
    hanging: dict[int, int] = {}  # column → rows that a cell from above still covers
    for row in rows:
        column = before = 0
        below: dict[int, int] = {}
        for cell in row:
            while hanging.get(column):
                column += 1
            # Beyond any sheet's width cells only follow each other.
            yield cell, column - before if column < _MOST_COLUMNS else 1
            before = column
            wide, deep = _span(cell, "colspan"), _span(cell, "rowspan")
            for covered in range(column, column + wide):
                below[covered] = deep
            column += wide
        hanging = {at: left - 1 for at, left in {**hanging, **below}.items() if left > 1}


def _span(cell: Element, name: str) -> int:
    value = cell.get(name) or "1"
    return max(1, min(int(value), _WIDEST_SPAN)) if value.isdecimal() and len(value) < 5 else 1
