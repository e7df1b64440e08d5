"""How a block is set: its face, size and measure, its lines, and where its characters are.

Works in pixels of the column; knows nothing of scrolling, colours or marks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QTextCharFormat, QTextLayout, QTextOption

from reader.document import Block, BlockKind, Span, StyleKind
from ui.offsets import Utf16Map
from ui.theme import INTERFACE_SIZE, READING_SIZE, interface_pixels, page_font

LINE_HEIGHT = 1.62
HEADING_SIZES = {1: 1.46, 2: 1.26, 3: 1.12}
TITLE_SIZE = 1.72
RUNNING_TEXT = (
    "it was a long winter, and the people of the town had little to say to those who came in on the train; "
)


@dataclass(frozen=True, slots=True)
class Face:
    """The type of one kind of block, in pixels: size, line height, space above and below, indent."""

    font: QFont
    size: float
    line_height: float
    above: float
    below: float
    indent: float = 0.0


class Typography:
    """The faces of every kind of block at one scale, and the estimates made from them."""

    def __init__(self, *, scale: float, measure: int) -> None:
        self.scale = scale
        body = page_font(scale)
        self.body = body
        metrics = QFontMetricsF(body)
        # A measure counts average letters of running text; "averageCharWidth" leaves out the blanks.
        self.letter = metrics.horizontalAdvance(RUNNING_TEXT) / len(RUNNING_TEXT)
        self.size = READING_SIZE * scale * interface_pixels() / INTERFACE_SIZE
        self.width = round(self.letter * measure)
        self.face = lru_cache(maxsize=64)(self._face)

    @property
    def title_font(self) -> QFont:
        """The face of a title."""
        return self.face(BlockKind.TITLE, 0).font

    def _face(self, kind: BlockKind, level: int) -> Face:
        size = self.size
        below = size * 0.97
        match kind:
            case BlockKind.TITLE:
                return self._made(TITLE_SIZE, QFont.Weight.DemiBold, 1.22, 0, size * 0.5)
            case BlockKind.HEADING:
                times = HEADING_SIZES.get(level, 1.0)
                return self._made(times, QFont.Weight.DemiBold, 1.3, size * 0.9, size * 0.45)
            case BlockKind.CODE:
                mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
                mono.setPointSizeF(self.body.pointSizeF() * 0.84)
                return Face(mono, size * 0.84, size * 1.35, 0, 0, size)
            case BlockKind.TABLE_ROW:
                return self._made(0.88, QFont.Weight.Normal, 1.5, 0, size * 0.25)
            case BlockKind.CAPTION | BlockKind.FOOTNOTE:
                return self._made(0.84, QFont.Weight.Normal, 1.5, 0, below * 0.7)
            case BlockKind.LIST_ITEM:
                return self._made(
                    1, QFont.Weight.Normal, LINE_HEIGHT, 0, size * 0.35, size * 1.6 * max(1, level)
                )
            case BlockKind.QUOTE:
                return self._made(1, QFont.Weight.Normal, LINE_HEIGHT, 0, below, size * 1.4 * max(1, level))
            case BlockKind.RULE:
                return self._made(1, QFont.Weight.Normal, 1, 0, below)
        return self._made(1, QFont.Weight.Normal, LINE_HEIGHT, 0, below)

    def _made(
        self,
        times: float,
        weight: QFont.Weight,
        leading: float,
        above: float,
        below: float,
        indent: float = 0.0,
    ) -> Face:
        font = QFont(self.body)
        font.setPointSizeF(self.body.pointSizeF() * times)
        font.setWeight(weight)
        return Face(font, self.size * times, self.size * times * leading, above, below, indent)

    def estimates(self, blocks: Iterable[Block], width: float) -> Iterator[float]:
        """Guess the heights of blocks that are not set yet."""
        known: dict[tuple[BlockKind, int], tuple[int, float, float]] = {}
        for block in blocks:
            kind = (block.kind, block.level)
            if kind not in known:
                face = self.face(*kind)
                letters = max(1, int((width - face.indent) / (self.letter * face.size / self.size)))
                known[kind] = (letters, face.line_height, face.above + face.below)
            letters, line_height, around = known[kind]
            span = block.span
            yield ((span.end - span.start + letters - 1) // letters or 1) * line_height + around


@dataclass(slots=True)
class SetBlock:
    """A block set in lines. Its own coordinates start at the column's left edge and the block's top."""

    index: int
    block: Block
    face: Face
    layout: QTextLayout
    units: Utf16Map
    extra_above: float
    text_height: float
    extra_below: float = 0.0
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
        line = self.layout.lineAt(self.line_at(rect.center().y()))
        return self.text_top + line.y() + line.ascent()

    def line_at(self, y: float) -> int:
        """Return the number of the line at height `y` of the block, the nearest one outside."""
        number = int((y - self.text_top) // self.face.line_height)
        return max(0, min(number, self.layout.lineCount() - 1))

    def offset_at(self, x: float, y: float) -> int:
        """Return the document's offset nearest to the point."""
        line = self.layout.lineAt(self.line_at(y))
        if not line.isValid():
            return self.block.span.start
        return self.block.span.start + self.units.to_points(line.xToCursor(x - self.face.indent))

    def caret(self, offset: int) -> QRectF:
        """Return the thin rectangle of a caret before the character at `offset`."""
        unit = self.units.to_units(offset - self.block.span.start)
        line = self.layout.lineForTextPosition(unit)
        if not line.isValid():
            return QRectF(self.face.indent, self.text_top, 1.5, self.face.line_height)
        x = line.cursorToX(unit)[0]  # type: ignore[index]
        return QRectF(self.face.indent + x, self.text_top + line.y(), 1.5, line.height())


def set_block(
    index: int, block: Block, text: str, typography: Typography, *, width: float, extra_above: float = 0.0
) -> SetBlock:
    """Break a block into lines of at most `width` pixels (indent included)."""
    face = typography.face(block.kind, block.level)
    words = block.span.of(text)
    units = Utf16Map(words)
    # Qt breaks a line at these; a block is one paragraph, and a blank keeps the offsets.
    shown = words.translate(_SHOWN)
    layout = QTextLayout(shown, face.font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    if block.kind is BlockKind.TABLE_ROW:
        option.setTabStopDistance(typography.size * 7)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    if block.styles:
        # A link is set as the text around it: it is never followed, and underlines are for names.
        layout.setFormats(
            [_format(s.kind, s.span, block, units) for s in block.styles if s.kind is not StyleKind.LINK]
        )
    layout.beginLayout()
    y = 0.0
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(20.0, width - face.indent))
        line.setPosition(QPointF(0.0, y + (face.line_height - line.height()) / 2))
        y += face.line_height
    layout.endLayout()
    return SetBlock(index, block, face, layout, units, extra_above, y)


_SHOWN = {0x0A: " ", 0x0B: " ", 0x0C: " ", 0x0D: " ", 0x85: " ", 0x2028: " ", 0x2029: " "}


def _format(kind: StyleKind, span: Span, block: Block, units: Utf16Map) -> QTextLayout.FormatRange:
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
    made.format = shape
    return made
