"""When somebody is quoted and named: a small plot by month or by year, painted here. Knows no library."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QLocale, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.dates import date_in_words
from ui.theme import THEMES, Theme, interface_font

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_YEAR = re.compile(r"\d{4}")
MOST_MONTHS = 48  # a longer time is shown by years
HEIGHT = 62
WIDEST = 22.0  # pixels of a bar
GAP = 0.3  # of a bar's room


@dataclass(frozen=True, slots=True)
class Bucket:
    """A month or a year (ISO 8601), how many articles name somebody then, and in how many quotations."""

    date: str
    articles: int
    quotations: int


def buckets(dated: Iterable[tuple[str, int]]) -> list[Bucket]:
    """Count articles, given as (date, quotations), by month or by year, the empty ones between too.

    What has no date is left out; where some know their year alone, or the time is long, it is by year.
    """
    known = [(date, quotations) for date, quotations in dated if _YEAR.match(date)]
    if not known:
        return []
    by_month = all(_MONTH.match(date) for date, _ in known)
    if by_month:
        numbers = [int(date[:4]) * 12 + int(date[5:7]) - 1 for date, _ in known]
        by_month = max(numbers) - min(numbers) < MOST_MONTHS
    if not by_month:
        numbers = [int(date[:4]) for date, _ in known]
    articles: dict[int, int] = {}
    quoted: dict[int, int] = {}
    for number, (_, quotations) in zip(numbers, known, strict=True):
        articles[number] = articles.get(number, 0) + 1
        quoted[number] = quoted.get(number, 0) + quotations
    return [
        Bucket(
            f"{number // 12:04}-{number % 12 + 1:02}" if by_month else f"{number:04}",
            articles.get(number, 0),
            quoted.get(number, 0),
        )
        for number in range(min(numbers), max(numbers) + 1)
    ]


class TimePlot(QWidget):
    """A bar for each month or year; a click or Enter asks for what was said from then on."""

    chosen = Signal(str)  # the date of the bucket

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = THEMES["light"]
        self._role = "person"
        self.buckets: list[Bucket] = []
        self.current: int | None = None
        self._kept = ""  # the date of the bucket that alone is shown
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Articles and quotations over time"))

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme
        self.update()

    def show_buckets(self, several: list[Bucket], role: str) -> None:
        """Show these; `role` is the colour of quotations. Fewer than two say nothing by their height."""
        self.buckets, self._role, self.current = several, role, None
        self.setVisible(len(several) > 1)
        self.setAccessibleDescription(
            "; ".join(self.words(each) for each in several if each.articles or each.quotations)
        )
        self.update()

    def keep(self, date: str) -> None:
        """Mark the bucket of this date as the one that alone is shown, or ("") none."""
        self._kept = date
        self.update()

    def words(self, bucket: Bucket) -> str:
        """Return a bucket in words."""
        number = QLocale().toString
        articles = self.tr("{} article") if bucket.articles == 1 else self.tr("{} articles")
        quotations = self.tr("{} quotation") if bucket.quotations == 1 else self.tr("{} quotations")
        return self.tr("{}: {}, {}").format(
            date_in_words(bucket.date, full=True),
            quotations.format(number(bucket.quotations)),
            articles.format(number(bucket.articles)),
        )

    def sizeHint(self) -> QSize:
        """As wide as there is room, and low."""
        return QSize(240, HEIGHT)

    # ------------------------------------------------------------ painted

    def _room(self) -> QRectF:
        below = QFontMetricsF(interface_font(-2.5)).height() + 3
        return QRectF(1, 4, self.width() - 2, self.height() - 4 - below)

    def _step(self) -> float:
        return min(WIDEST, self._room().width() / max(1, len(self.buckets)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw articles softly, quotations in the colour of the name, the ends of the time below."""
        if not self.buckets:
            return
        theme, room, step = self._theme, self._room(), self._step()
        most = max(max(each.articles, each.quotations) for each in self.buckets) or 1
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for place, each in enumerate(self.buckets):
            if place == self.current or each.date == self._kept:
                painter.setBrush(theme.colour("selection" if each.date == self._kept else "hover"))
                painter.setPen(
                    theme.colour("accent") if self.hasFocus() and place == self.current else Qt.PenStyle.NoPen
                )
                painter.drawRoundedRect(
                    QRectF(room.left() + place * step, 0.5, step, room.bottom() + 1), 3, 3
                )
                painter.setPen(Qt.PenStyle.NoPen)
            left = room.left() + place * step + step * GAP / 2
            wide = max(1.0, step * (1 - GAP))
            for count, role, inset in (
                (each.articles, "thumb", 0.0),
                (each.quotations, self._role, min(wide * 0.22, 3.0)),
            ):
                if count:
                    high = max(2.0, room.height() * count / most)
                    painter.setBrush(theme.colour(role))
                    painter.drawRoundedRect(
                        QRectF(left + inset, room.bottom() - high, wide - 2 * inset, high), 1.5, 1.5
                    )
        painter.fillRect(
            QRectF(room.left(), room.bottom(), step * len(self.buckets), 1), theme.colour("hairline")
        )
        self._paint_ends(painter, room, step)

    def _paint_ends(self, painter: QPainter, room: QRectF, step: float) -> None:
        painter.setFont(interface_font(-2.5))
        painter.setPen(self._theme.colour("faint"))
        first, last = date_in_words(self.buckets[0].date), date_in_words(self.buckets[-1].date)
        metrics = painter.fontMetrics()
        below = QRectF(room.left(), room.bottom() + 2, room.width(), metrics.height())
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, first)
        end = room.left() + step * len(self.buckets)
        left = max(end - metrics.horizontalAdvance(last), room.left() + metrics.horizontalAdvance(first) + 12)
        painter.drawText(
            QRectF(left, below.top(), room.right() - left, below.height()), Qt.AlignmentFlag.AlignLeft, last
        )

    # ------------------------------------------------------------ pointed at

    def _at(self, at: QPoint) -> int | None:
        place = int((at.x() - self._room().left()) // self._step())
        return place if 0 <= place < len(self.buckets) else None

    def _show(self, place: int | None, at: QPoint | None = None) -> None:
        if place != self.current:
            self.current = place
            self.update()
        if place is not None:
            QToolTip.showText(
                self.mapToGlobal(at or QPoint(round(place * self._step()), 0)),
                self.words(self.buckets[place]),
                self,
            )
        else:
            QToolTip.hideText()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what the bar under the pointer counts."""
        place = self._at(event.position().toPoint())
        self.setCursor(Qt.CursorShape.ArrowCursor if place is None else Qt.CursorShape.PointingHandCursor)
        self._show(place, event.position().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        """Mark no bar any more."""
        self._show(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for what was said then."""
        place = self._at(event.position().toPoint())
        if place is not None and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(self.buckets[place].date)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from bar to bar, Enter asks for what was said then."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if key in steps and self.buckets:
            start = -1 if self.current is None and steps[key] > 0 else (self.current or 0)
            self._show(max(0, min(len(self.buckets) - 1, start + steps[key])))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.chosen.emit(self.buckets[self.current].date)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first bar."""
        super().focusInEvent(event)
        if self.current is None and self.buckets:
            self.current = 0
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Mark no bar any more."""
        super().focusOutEvent(event)
        self.current = None
        self.update()
