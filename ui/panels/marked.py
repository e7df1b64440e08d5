"""A few lines of words, some of which are set off as on a page where something was found. Knows no search."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

from reader.document import Span
from ui.offsets import Utf16Map
from ui.panels.rows import line_step
from ui.theme import Theme


class Marked:
    """Words set in at most `lines` lines; what is left out shows as "…". `marks` count code points."""

    def __init__(
        self, words: str, marks: Sequence[Span], font: QFont, width: float, *, lines: int, leading: float
    ) -> None:
        self._font, self._width = font, max(20.0, width)
        self._step = line_step(font, leading)
        self._layout = self._set(words)
        if self._layout.lineCount() > lines:
            words = self._shortened(words, lines)
            self._layout = self._set(words)
        self.words = words
        self.marks = tuple(mark for mark in marks if mark.end <= len(words))
        self._units = Utf16Map(words)
        self.height = self._step * self._layout.lineCount()

    def _set(self, words: str) -> QTextLayout:
        layout = QTextLayout(words, self._font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        number = 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._width)
            line.setPosition(QPointF(0, number * self._step + (self._step - line.height()) / 2))
            number += 1
        layout.endLayout()
        return layout

    def _shortened(self, words: str, lines: int) -> str:
        last = self._layout.lineAt(lines - 1)
        units = Utf16Map(words)
        start = units.to_points(last.textStart())
        kept = QFontMetricsF(self._font).elidedText(
            words[start:], Qt.TextElideMode.ElideRight, self._width - 2
        )
        return words[:start] + kept

    def paint(self, painter: QPainter, at: QPointF, theme: Theme) -> None:
        """Draw it from a point downwards."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("find"))
        for mark in self.marks:
            start, end = self._units.to_units(mark.start), self._units.to_units(mark.end)
            for number in range(self._layout.lineCount()):
                line = self._layout.lineAt(number)
                first = max(start, line.textStart())
                last = min(end, line.textStart() + line.textLength())
                if first < last:
                    left = line.cursorToX(first)[0]  # type: ignore[index]
                    right = line.cursorToX(last)[0]  # type: ignore[index]
                    box = QRectF(left - 1, line.y(), right - left + 2, line.height())
                    painter.drawRoundedRect(box.translated(at).adjusted(0, 1, 0, -1), 3, 3)
        painter.setPen(theme.colour("ink"))
        self._layout.draw(painter, at)
