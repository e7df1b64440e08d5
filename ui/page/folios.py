"""The numbers of printed pages in the margin, each beside the line where its page begins."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from ui.page.lines import SetBlock
from ui.page.surface import Surface
from ui.theme import interface_font

ROOM = 44.0  # right of the text, at a scale of one
GAP = 10.0


def pages_begun(page: Surface, held: SetBlock) -> list[tuple[float, str]]:
    """Return the pages that begin in a block: the middle of the line, in the block's pixels, and the label.

    Of pages without any text, which all begin at one place, the last one is told: the text is on it.
    """
    pages, index, span = page.document.pages, held.index, held.block.span
    before = page.sheet.blocks[index - 1].span.end if index else 0
    low = bisect_left(pages, before, key=lambda each: each.span.start)
    high = bisect_left(pages, span.end, key=lambda each: each.span.start)
    found: dict[float, str] = {}
    for each in pages[low:high]:
        caret = held.caret(max(each.span.start, span.start))
        found[caret.top() + min(caret.height(), held.face.line_height) / 2] = each.label
    return list(found.items())


def paint_folios(painter: QPainter, page: Surface, held: SetBlock, top: float) -> None:
    """Write the pages that begin in a block beside it; the painter's origin is the viewport's."""
    if not page.document.pages:
        return
    begun: list[tuple[float, str]] = held.cached("pages", None, lambda: pages_begun(page, held))
    if not begun:
        return
    font = interface_font(-2.5)
    metrics = QFontMetricsF(font)
    left = page.column.left + page.column.width + GAP
    painter.setFont(font)
    painter.setPen(page.theme.colour("faint"))
    for middle, label in begun:
        words = QCoreApplication.translate("Folios", "p. {}").format(label)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, ROOM - GAP + 4)
        painter.drawText(QPointF(left, top + middle + metrics.ascent() / 2 - 1), shown)
