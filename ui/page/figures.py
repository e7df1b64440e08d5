"""Paints the words of a block with what belongs to them: markers, rules, and the hairlines of tables."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from reader.document import BlockKind, Span
from ui.page.lines import SetBlock
from ui.theme import Theme

NOTES_RULE = 96.0  # the short line above the footnotes
MARKER_GAP = 0.55  # between a marker and the words, in sizes of the text


def paint_words(painter: QPainter, held: SetBlock, theme: Theme, *, current: Span | None) -> None:
    """Draw the words of a block; the painter's origin is the block's top left.

    Where a link has led to it (`current` is its beginning), its marker is in the accent.
    """
    kind = held.block.kind
    if kind is BlockKind.RULE:
        _line(painter, theme, held.text_top + held.text_height / 2, held.layout.lineAt(0).width())
        return
    soft = kind in (BlockKind.CAPTION, BlockKind.FOOTNOTE)
    painter.setPen(theme.colour("soft" if soft else "ink"))
    held.layout.draw(painter, held.origin)
    if held.block.marker:
        start = held.block.span.start
        _paint_marker(painter, held, theme.colour("accent" if current == Span(start, start) else "soft"))
    if kind is BlockKind.QUOTE:
        x = held.face.indent - held.face.line_height * 0.5
        painter.setPen(QPen(theme.colour("hairline"), 2))
        painter.drawLine(QLineF(x, held.text_top, x, held.text_top + held.text_height))
    if held.opens_notes:
        _line(painter, theme, round(held.text_top - held.face.size * 0.9) + 0.5, NOTES_RULE)
    if held.table is not None:
        _paint_table(painter, held, theme)


def _line(painter: QPainter, theme: Theme, y: float, width: float) -> None:
    painter.setPen(QPen(theme.colour("hairline"), 1))
    painter.drawLine(QLineF(0, y, width, y))


def _paint_marker(painter: QPainter, held: SetBlock, colour: QColor) -> None:
    """Hang the marker before the words, its end in line with those of its neighbours."""
    first = held.layout.lineAt(0)
    wide = QFontMetricsF(held.face.font).horizontalAdvance(held.block.marker)
    x = held.face.indent - held.face.size * MARKER_GAP - wide
    painter.setPen(colour)
    painter.setFont(held.face.font)
    painter.drawText(QPointF(x, held.text_top + first.y() + first.ascent()), held.block.marker)


def _paint_table(painter: QPainter, held: SetBlock, theme: Theme) -> None:
    """Draw a hairline below a row that another follows; the one below a heading is a little stronger."""
    table = held.table
    if table is None or held.index + 1 >= table.stop:
        return
    y = round(held.height) - 0.5
    if table.headed and held.index == table.start:
        strong = theme.colour("faint")
        strong.setAlphaF(0.6)
        painter.setPen(QPen(strong, 1))
        painter.drawLine(QLineF(0, y, table.width, y))
    else:
        _line(painter, theme, y, table.width)
