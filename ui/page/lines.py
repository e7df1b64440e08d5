"""A block set in lines: a paragraph, a row of cells, a picture. Where its characters are, in pixels.

A block's own coordinates start at the column's left edge and the block's top; knows nothing of scrolling
or marks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from unicodedata import bidirectional

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QTextCharFormat, QTextLayout, QTextOption

from reader.document import Block, Span, StyleKind
from ui.offsets import Utf16Map
from ui.page.setting import Face
from ui.page.tables import Column, Table

LEAST_WIDTH = 20.0


@dataclass(frozen=True, slots=True)
class Cell:
    """The lines ``first..last`` of a layout that stand in one cell, and the room that is the cell's."""

    first: int
    last: int
    room: QRectF


@dataclass(slots=True)
class SetBlock:
    """A block set in lines.

    `cells` are those of a table's row, by which lines stand side by side. `frame` is where a picture
    stands, and `words` what is said of it below, or in its place.
    """

    index: int
    block: Block
    face: Face
    layout: QTextLayout
    units: Utf16Map
    extra_above: float
    text_height: float
    extra_below: float = 0.0
    cells: tuple[Cell, ...] = ()
    table: Table | None = None
    frame: QRectF | None = None
    words: QTextLayout | None = None
    opens_notes: bool = False
    kept: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    @property
    def text_top(self) -> float:
        """Where the first line begins."""
        return self.face.above + self.extra_above

    @property
    def height(self) -> float:
        """The whole height, with the space and the furniture above and below."""
        return self.text_top + self.text_height + self.extra_below + self.face.below

    @property
    def origin(self) -> QPointF:
        """Where the layout is to be drawn."""
        return QPointF(self.face.indent, self.text_top)

    def cached(self, name: str, key: Any, make: Callable[[], Any]) -> Any:
        """Return what `make` made for `key`, making it again only when `key` has changed."""
        held = self.kept.get(name)
        if held is None or held[0] != key:
            held = (key, make())
            self.kept[name] = held
        return held[1]

    def rects(self, span: Span) -> list[QRectF]:
        """Return one rectangle a line for the part of `span` (code points of the text) in this block."""
        start = self.units.to_units(max(span.start, self.block.span.start) - self.block.span.start)
        end = self.units.to_units(min(span.end, self.block.span.end) - self.block.span.start)
        if start >= end:
            return []
        if self.frame is not None:
            return [self.frame.translated(0, self.text_top)]
        found = []
        first = self.layout.lineForTextPosition(start).lineNumber()
        for number in range(max(0, first), self.layout.lineCount()):
            line = self.layout.lineAt(number)
            begin, stop = line.textStart(), line.textStart() + line.textLength()
            if begin >= end:
                break
            left = line.cursorToX(max(start, begin))[0]  # type: ignore[index]
            right = line.cursorToX(min(end, stop))[0]  # type: ignore[index]
            if end >= stop:  # blanks that hang at the line's end are not worth a tint
                right = min(right, line.naturalTextRect().right()) if right > left else right
            left, right = sorted((left, right))
            middle = self.text_top + line.y() + line.ascent() - self.face.size * 0.29
            top = middle - self.face.line_height * 0.46
            found.append(QRectF(self.face.indent + left, top, right - left, self.face.line_height * 0.92))
        return found

    def baseline(self, rect: QRectF) -> float:
        """Return the baseline of the line that `rect` (from `rects`) lies on."""
        if self.frame is not None:
            return rect.bottom()
        at = rect.center()
        line = self.layout.lineAt(self.line_at(at.x(), at.y()))
        return self.text_top + line.y() + line.ascent()

    def line_at(self, x: float, y: float) -> int:
        """Return the number of the line at a point of the block, the nearest one outside."""
        first, last, down = 0, self.layout.lineCount() - 1, y - self.text_top
        if self.cells:
            cell = min(self.cells, key=lambda each: _distance(each.room, x, down))
            first, last, down = cell.first, cell.last, down - cell.room.top()
        return max(first, min(first + int(down // self.face.line_height), last))

    def offset_at(self, x: float, y: float) -> int:
        """Return the document's offset nearest to the point."""
        if self.frame is not None:
            return self.block.span.start if x < self.frame.center().x() else self.block.span.end
        line = self.layout.lineAt(self.line_at(x, y))
        if not line.isValid():
            return self.block.span.start
        return self.block.span.start + self.units.to_points(line.xToCursor(x - self.face.indent))

    def caret(self, offset: int) -> QRectF:
        """Return the thin rectangle of a caret before the character at `offset`."""
        if self.frame is not None:
            x = self.frame.left() - 3 if offset <= self.block.span.start else self.frame.right() + 2
            return QRectF(x, self.text_top + self.frame.top(), 1.5, self.frame.height())
        unit = self.units.to_units(offset - self.block.span.start)
        line = self.layout.lineForTextPosition(unit)
        if not line.isValid():
            return QRectF(self.face.indent, self.text_top, 1.5, self.face.line_height)
        x = line.cursorToX(unit)[0]  # type: ignore[index]
        return QRectF(self.face.indent + x, self.text_top + line.y(), 1.5, line.height())


def _distance(room: QRectF, x: float, y: float) -> tuple[float, float]:
    """Tell how far a point is from a cell: in height first, since cells of one height stand side by side."""
    return _outside(room.top(), room.bottom(), y), _outside(room.left(), room.right(), x)


def _outside(low: float, high: float, at: float) -> float:
    return max(low - at, 0.0, at - high)


def set_block(
    index: int,
    block: Block,
    text: str,
    face: Face,
    *,
    width: float,
    extra_above: float = 0.0,
    link: QColor | None = None,
    leads: Callable[[str], bool] = lambda target: False,
    table: Table | None = None,
) -> SetBlock:
    """Break a block into lines of at most `width` pixels (indent included).

    A link that `leads` somewhere in the document is in the colour `link`.
    """
    words = block.span.of(text)
    units = Utf16Map(words)
    # Qt breaks a line at these; a block is one paragraph, and a blank keeps the offsets.
    shown = words.translate(_SHOWN)
    if table is not None:
        shown = shown.replace("\t", _CELL_END)
    layout = QTextLayout(shown, face.font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    if table is None and runs_leftwards(shown):
        option.setAlignment(Qt.AlignmentFlag.AlignRight)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    formats = [
        _format(style.kind, style.span, block, units, link)
        for style in block.styles
        # Any other link is set as the text around it: it is not followed, and underlines are for names.
        if style.kind is not StyleKind.LINK or leads(style.target)
    ]
    if table is not None and table.headed and index == table.start:
        formats.insert(0, _format(StyleKind.STRONG, block.span, block, units, link))
    if formats:
        layout.setFormats(formats)
    if table is None:
        height = _set_lines(layout, face, max(LEAST_WIDTH, width - face.indent))
        return SetBlock(index, block, face, layout, units, extra_above, height)
    ends = [units.to_units(place + 1) for place, letter in enumerate(words) if letter == "\t"]
    ends.append(units.to_units(len(words)))
    set_cells = _set_columns if table.columns else _set_flow
    cells, height = set_cells(layout, face, table, ends)
    return SetBlock(index, block, face, layout, units, extra_above, height, cells=cells, table=table)


def runs_leftwards(text: str) -> bool:
    """Tell whether a paragraph is written from right to left: as its first letter is, which is Qt's rule."""
    first = next((way for way in map(bidirectional, text) if way in ("L", "R", "AL")), "L")
    return first != "L"


_SHOWN = {0x0B: " ", 0x0A: " ", 0x0C: " ", 0x0D: " ", 0x85: " ", 0x2028: " ", 0x2029: " "}
_CELL_END = "\u2028"  # Qt breaks the line here, so that every cell has lines of its own


def _set_lines(layout: QTextLayout, face: Face, width: float) -> float:
    y = 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0.0, y + (face.line_height - line.height()) / 2))
        y += face.line_height
    layout.endLayout()
    return y


def _set_columns(
    layout: QTextLayout, face: Face, table: Table, ends: Sequence[int]
) -> tuple[tuple[Cell, ...], float]:
    """Set every cell in its column; return the cells and the height of the tallest.

    `ends` are the places in the layout's text where the cells end, each after its separator.
    """
    made: list[tuple[int, int, QRectF]] = []
    number, tallest, y = 0, face.line_height, 0.0
    layout.beginLayout()
    for place, end in enumerate(ends):
        # A row that was not looked at may have more cells: they stand one below another in the last column.
        column = table.columns[min(place, len(table.columns) - 1)]
        if len(ends) == 1:  # a heading within the table
            column = Column(0.0, table.measure)
        first, top = number, 0.0 if place < len(table.columns) else y
        y = top
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(LEAST_WIDTH, column.width))
            left = column.left
            if column.right:
                left += max(0.0, column.width - line.naturalTextWidth())
            line.setPosition(QPointF(left, y + (face.line_height - line.height()) / 2))
            y += face.line_height
            number += 1
            if line.textStart() + line.textLength() >= end:
                break
        if number > first:
            made.append((first, number - 1, QRectF(column.left, top, column.width, y - top)))
        tallest = max(tallest, y)
    layout.endLayout()
    return _filling(made, tallest, len(table.columns)), tallest


def _filling(made: Sequence[tuple[int, int, QRectF]], height: float, columns: int) -> tuple[Cell, ...]:
    """Give every cell the whole height of its row, but for those that share a column."""
    shared = len(made) > columns
    cells = []
    for place, (first, last, room) in enumerate(made):
        if not shared or place < columns - 1:
            room.setHeight(height)
        cells.append(Cell(first, last, room))
    return tuple(cells)


def _set_flow(
    layout: QTextLayout, face: Face, table: Table, ends: Sequence[int]
) -> tuple[tuple[Cell, ...], float]:
    """Set the cells one after another, as many side by side as there is room for."""
    number, x, y, bottom = 0, 0.0, 0.0, 0.0
    cells: list[Cell] = []
    layout.beginLayout()
    for end in ends:
        first = number
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(LEAST_WIDTH, table.width))
            wide = line.naturalTextWidth()
            if number > first or (x and x + wide > table.width):
                x, y = 0.0, bottom
            line.setPosition(QPointF(x, y + (face.line_height - line.height()) / 2))
            bottom = y + face.line_height
            cells.append(Cell(number, number, QRectF(x, y, wide, face.line_height)))
            number += 1
            if line.textStart() + line.textLength() >= end:
                x += wide + table.gap
                break
    layout.endLayout()
    return tuple(cells), max(bottom, face.line_height)


def _format(
    kind: StyleKind, span: Span, block: Block, units: Utf16Map, link: QColor | None
) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start = units.to_units(span.start - block.span.start)
    made.length = units.to_units(span.end - block.span.start) - made.start
    shape = QTextCharFormat()
    match kind:
        case StyleKind.EMPHASIS:
            shape.setFontItalic(True)
        case StyleKind.STRONG:
            shape.setFontWeight(QFont.Weight.DemiBold)
        case StyleKind.CODE:
            mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
            shape.setFontFamilies([mono.family()])
        case StyleKind.RAISED:
            shape.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        case StyleKind.LINK if link is not None:
            shape.setForeground(link)
    made.format = shape
    return made
