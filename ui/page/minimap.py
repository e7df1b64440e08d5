"""The strip beside the scroll bar: where the quotations, the highlights and the chosen name are."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from reader.model import Span
from ui.page.marks import Layers
from ui.page.sheet import FOOT
from ui.page.view import PageView

WIDTH = 12
DELAY_MS = 60


class Minimap(QWidget):
    """A map of marks; a click asks to go to that part of the text."""

    place_requested = Signal(object)  # Span

    def __init__(self, page: PageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self._name_spans: tuple[Span, ...] = ()
        self._picture: QPixmap | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(DELAY_MS)
        self._later.timeout.connect(self._redraw)
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(self.tr("Map of quotations and highlights"))

    def sizeHint(self) -> QSize:
        """A narrow strip."""
        return QSize(WIDTH, 100)

    def show_name(self, spans: tuple[Span, ...]) -> None:
        """Show where one name is mentioned."""
        self._name_spans = spans
        self.refresh()

    def refresh(self) -> None:
        """Draw the map anew soon; many changes make one drawing."""
        if not self._later.isActive():
            self._later.start()

    def _redraw(self) -> None:
        self._picture = None
        self.update()

    def _drawn(self) -> QPixmap:
        page, theme = self._page, self._page.theme
        ratio = self.devicePixelRatioF()
        picture = QPixmap(QSize(round(WIDTH * ratio), max(1, round(self.height() * ratio))))
        picture.setDevicePixelRatio(ratio)
        picture.fill(theme.colour("paper"))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        tops, sheet = page.sheet.heights.tops(), page.sheet
        scale = self.height() / max(sheet.height, float(page.viewport().height()))

        def y(offset: int) -> float:
            index = sheet.index_at(offset)
            block = sheet.blocks[index].span
            part = (offset - block.start) / max(1, len(block))
            return (tops[index] + min(1.0, part) * sheet.heights[index]) * scale

        def mark(span: Span, colour: QColor, least: float) -> None:
            top = y(span.start)
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(2, top, 7, max(least, y(span.end) - top)), 1.5, 1.5)

        if page.marks.shown & Layers.QUOTES:
            faint = QColor(theme.colour("quote_bar"))
            faint.setAlphaF(0.45)
            for piece in page.marks.quotes.marks:
                mark(piece.span, faint, 2)
        if page.marks.shown & Layers.HIGHLIGHTS:
            for marked in page.marks.highlights.marks:
                mark(marked.span, theme.colour(f"{marked.colour}_edge"), 3)
        for span in (*page.marks.found.marks[:2000], *self._name_spans):
            mark(span, theme.colour("person"), 2)
        painter.end()
        return picture

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the kept picture and the hairline."""
        if self._picture is None:
            self._picture = self._drawn()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.setPen(self._page.theme.colour("hairline"))
        painter.drawLine(QPointF(0.5, 0), QPointF(0.5, self.height()))

    def resizeEvent(self, event: object) -> None:
        """Draw anew at the new height."""
        self._redraw()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask to go to the place that was clicked."""
        sheet = self._page.sheet
        total = max(sheet.height, float(self._page.viewport().height()))
        at = min(event.position().y() / max(1, self.height()) * total, total - FOOT)
        offset = sheet.blocks[sheet.heights.at(at)].span.start
        self.place_requested.emit(Span(offset, offset))
