"""The strip beside the scroll bar: where the quotations, the highlights and the chosen name are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from reader.document import Span
from reader.model import Colour
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
        self._later.timeout.connect(self.refresh_now)
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

    def refresh_now(self) -> None:
        """Draw the map anew with the next painting."""
        self._later.stop()
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
        sheet = page.sheet
        tops, heights, blocks, starts = sheet.heights.tops(), sheet.heights, sheet.blocks, sheet.starts
        scale = self.height() / max(sheet.height, float(page.viewport().height()))

        # A row of pixels is painted once, however many marks lie in it.
        def paint(spans: Iterable[Span], colour: QColor, least: float) -> None:
            painter.setBrush(colour)
            end = -1.0
            for span in spans:
                index = bisect_right(starts, span.start) - 1
                block = blocks[index].span
                each = heights[index] * scale / max(1, block.end - block.start)
                top = tops[index] * scale + max(0, span.start - block.start) * each
                tall = max(least, (span.end - span.start) * each)
                if top + tall > end + 0.7:
                    painter.drawRoundedRect(QRectF(2, top, 7, tall), 1.5, 1.5)
                    end = top + tall

        if page.marks.shown & Layers.QUOTES:
            faint = QColor(theme.colour("quote_bar"))
            faint.setAlphaF(0.45)
            paint((part for quote in page.marks.quotes.marks for part in quote.content), faint, 2)
        if page.marks.shown & Layers.HIGHLIGHTS:
            for colour in Colour:
                spans = (mark.span for mark in page.marks.highlights.marks if mark.colour is colour)
                paint(spans, theme.colour(f"{colour}_edge"), 3)
        paint(page.marks.found.marks[:2000], theme.colour("person"), 2)
        paint(self._name_spans, theme.colour("person"), 2)
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
        self.refresh_now()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask to go to the place that was clicked."""
        sheet = self._page.sheet
        total = max(sheet.height, float(self._page.viewport().height()))
        at = min(event.position().y() / max(1, self.height()) * total, total - FOOT)
        offset = sheet.blocks[sheet.heights.at(at)].span.start
        self.place_requested.emit(Span(offset, offset))
