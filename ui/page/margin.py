"""What stands beside the text: the speaker of a quotation, the cards of notes. Measures and paints them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption

from reader.model import Highlight
from ui.page.lines import runs_leftwards
from ui.page.marks import QuotePiece
from ui.theme import Theme, interface_font

CARD_LINES = 7
PADDING = 10.0


def speaker_font() -> QFont:
    """Small capitals of the margin: the interface's face, small, spaced, in capitals."""
    font = interface_font(-2.5, QFont.Weight.DemiBold)
    font.setCapitalization(QFont.Capitalization.AllUppercase)
    font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 105)
    return font


def words_of(text: str, piece: QuotePiece) -> str:
    """Return the source's own words when they do not name the speaker: "she", "the minister"."""
    quote = piece.quote
    if not quote.source or not quote.speaker:
        return ""
    words = " ".join(span.of(text) for span in quote.source)
    names_them = {*quote.speaker.casefold().split()} & {*words.casefold().replace(",", " ").split()}
    return "" if names_them else words


def set_text(
    text: str, font: QFont, width: float, *, lines: int, right: bool = False
) -> tuple[QTextLayout, float]:
    """Break `text` into at most `lines` lines, the last one elided; return the layout and its height."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    at_right = right or runs_leftwards(text)
    option.setAlignment(Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft)
    layout.setTextOption(option)
    y = _break(layout, width, lines)
    drawn = layout.lineAt(layout.lineCount() - 1)
    if layout.lineCount() == lines and drawn.textStart() + drawn.textLength() < len(layout.text()):
        kept = layout.text()[: drawn.textStart()]
        rest = QFontMetricsF(font).elidedText(
            layout.text()[drawn.textStart() :], Qt.TextElideMode.ElideRight, width - 2
        )
        layout.setText(kept + rest)
        y = _break(layout, width, lines)
    return layout, y


def _break(layout: QTextLayout, width: float, lines: int) -> float:
    y = 0.0
    layout.beginLayout()
    for _ in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(20.0, width))
        line.setPosition(QPointF(0, y))
        y += line.height()
    layout.endLayout()
    return y


class NoteCard:
    """The card of one note, set to a width: its words and its tags as pills."""

    def __init__(self, highlight: Highlight, width: float) -> None:
        self.highlight = highlight
        self.width = width
        inner = width - 2 * PADDING - 3
        self._words: QTextLayout | None = None
        words_height = 0.0
        if highlight.note:
            words = "\u2028".join(highlight.note.strip().splitlines())
            self._words, words_height = set_text(words, interface_font(-0.5), inner, lines=CARD_LINES)
        self._pill_font = interface_font(-2)
        metrics = QFontMetricsF(self._pill_font)
        self._pills: list[tuple[str, QRectF]] = []
        x, y = 0.0, words_height + (7 if words_height else 0)
        row = metrics.height() + 3
        for tag in highlight.tags:
            shown = metrics.elidedText(tag, Qt.TextElideMode.ElideRight, inner - 18)
            wide = metrics.horizontalAdvance(shown) + 16
            if x and x + wide > inner:
                x, y = 0.0, y + row + 4
            self._pills.append((shown, QRectF(x, y, wide, row)))
            x += wide + 5
        content = self._pills[-1][1].bottom() if self._pills else words_height
        self.height = content + 2 * PADDING

    def paint(self, painter: QPainter, at: QPointF, theme: Theme, *, current: bool) -> None:
        """Draw the card with its top left corner at `at`."""
        frame = QRectF(at.x(), at.y(), self.width, self.height)
        painter.setPen(Qt.PenStyle.NoPen)
        shadow = theme.colour("shadow")
        for grow in (2.0, 1.0):
            painter.setBrush(shadow)
            painter.drawRoundedRect(frame.adjusted(-grow / 2, 0, grow / 2, grow), 8, 8)
        edge = theme.colour(f"{self.highlight.colour}_edge")
        painter.setBrush(edge)
        painter.drawRoundedRect(frame, 8, 8)
        painter.setBrush(theme.colour("card"))
        painter.drawRoundedRect(frame.adjusted(3, 0, 0, 0), 6, 6)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("accent" if current else "hairline"), 1.5 if current else 1))
        painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        inner = QPointF(at.x() + PADDING + 3, at.y() + PADDING)
        if self._words is not None:
            painter.setPen(theme.colour("ink"))
            self._words.draw(painter, inner)
        painter.setFont(self._pill_font)
        for name, rect in self._pills:
            pill = rect.translated(inner)
            painter.setPen(QPen(theme.colour("hairline"), 1))
            painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
            painter.setPen(theme.colour("soft"))
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, name)


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker's name in the margin, set: where it stands in its block, and its height."""

    top: float
    height: float
    name: QTextLayout
    remark: QTextLayout | None
    name_height: float
    speaker: str

    def paint(self, painter: QPainter, left: float, top: float, theme: Theme, role: str) -> None:
        """Draw the label for a block whose top is `top`, in the colour of the speaker's `role`."""
        painter.setPen(theme.colour(role))
        self.name.draw(painter, QPointF(left, top + self.top))
        if self.remark is not None:
            painter.setPen(theme.colour("faint"))
            self.remark.draw(painter, QPointF(left, top + self.top + self.name_height))


def stack(tops: Sequence[float], heights: Sequence[float], *, gap: float = 8.0) -> list[float]:
    """Move things that want to stand at `tops` down until none overlaps the one before."""
    placed: list[float] = []
    free = float("-inf")
    for top, height in zip(tops, heights, strict=True):
        free = max(top, free)
        placed.append(free)
        free += height + gap
    return placed
