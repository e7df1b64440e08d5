"""Cards of different heights in a list: measured once for a width. Knows no quotation, no note."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from ui.panels.rows import (
    ROW,
    SIDE,
    Index,
    RowDelegate,
    RowList,
    draw_card,
    draw_lines,
    draw_pills,
    in_lines,
    line_step,
    place_pills,
)
from ui.theme import interface_font

GAP = 8.0  # between cards
INSET_X, INSET_Y = 12.0, 10.0
MOST_MEASURED = 4000
SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a card in one font and colour; `above` is its distance to the one before, in pixels."""

    words: str
    font: QFont
    role: str
    lines: int
    leading: float = 1.45
    above: float = 0.0


@dataclass(frozen=True, slots=True)
class Face:
    """What a card shows: an optional aside at the right of its first line, its pieces, its pills."""

    pieces: tuple[Piece, ...]
    aside: str = ""
    pills: tuple[str, ...] = ()
    edge: str = ""  # a colour role, or ""
    link: str = ""  # words after the last piece, in the accent, that can be clicked
    heading: bool = False  # set straight on the panel's ground, without a card


@dataclass(slots=True)
class Measured:
    """A face broken into lines for one width."""

    lines: list[list[str]]
    pills: list[tuple[str, QRectF]]
    height: float
    aside_width: float = field(default=0.0)
    link: QRectF = field(default_factory=QRectF)  # from the corner of what is inside the card


class CardDelegate(RowDelegate):
    """Measures and paints the faces that `face` makes of rows."""

    def __init__(self, view: RowList) -> None:
        super().__init__(view)
        self._measured: dict[tuple[Any, bool, int], tuple[Face, Measured]] = {}

    def face(self, row: Any, *, current: bool) -> Face:
        """Return what a row shows."""
        raise NotImplementedError

    def forget(self) -> None:
        """Rows mean something else now: measure them anew."""
        self._measured.clear()

    def _is_current(self, index: Index) -> bool:
        return bool(index.row() == self.view.currentIndex().row())

    def _measure(self, row: Any, *, current: bool, width: int) -> tuple[Face, Measured]:
        key = (row, current, width)
        known = self._measured.get(key)
        if known is not None:
            return known
        face = self.face(row, current=current)
        inner = width - 2 * SIDE - 2 * INSET_X
        aside = QFontMetricsF(interface_font(-2)).horizontalAdvance(face.aside) + 10 if face.aside else 0.0
        around = INSET_Y if face.heading else 2 * INSET_Y
        lines, height = [], around
        for number, piece in enumerate(face.pieces):
            room = inner - (aside if number == 0 else 0)
            broken = in_lines(piece.words, piece.font, room, lines=piece.lines)
            lines.append(broken)
            height += piece.above + len(broken) * line_step(piece.font, piece.leading)
        link = QRectF()
        if face.link:
            link, more = _place_link(face, lines[-1] if lines else [], height - around, inner)
            height += more
        pills = place_pills(face.pills, interface_font(-2), inner)
        if pills:
            height += pills[-1][1].bottom() + 7
        if len(self._measured) >= MOST_MEASURED:
            self._measured.clear()
        self._measured[key] = face, Measured(lines, pills, height, aside, link)
        return self._measured[key]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its words are at the list's width."""
        row = index.data(ROW)
        if row is None:
            return QSize(80, 1)
        width = self.view.width()
        _, measured = self._measure(row, current=self._is_current(index), width=width)
        return QSize(80, round(measured.height + GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one card."""
        row = index.data(ROW)
        if row is None:
            return
        current, (chosen, *_) = self._is_current(index), self.state(option)
        face, measured = self._measure(row, current=current, width=self.view.width())
        frame = self.view.row_frame(option.rect).adjusted(0.5, 1.5, -0.5, 1.5 - GAP)
        painter.save()
        if not face.heading:
            edge: QColor | None = self.theme.colour(face.edge) if face.edge else None
            draw_card(
                painter,
                frame,
                self.theme,
                current=chosen,
                focused=current and self.view.hasFocus(),
                edge=edge,
            )
        self._paint_face(painter, frame, face, measured)
        painter.restore()

    def link_rect(self, index: Index) -> QRectF:
        """Return where the link of a card is in the viewport; empty where it has none."""
        row = index.data(ROW)
        if row is None:
            return QRectF()
        _, measured = self._measure(row, current=self._is_current(index), width=self.view.width())
        frame = self.view.row_frame(self.view.visualRect(index)).adjusted(0.5, 1.5, -0.5, 1.5 - GAP)
        corner = frame.topLeft() + QPointF(INSET_X, INSET_Y - 1)
        return measured.link.translated(corner) if not measured.link.isEmpty() else QRectF()

    def _paint_face(self, painter: QPainter, frame: QRectF, face: Face, measured: Measured) -> None:
        inner = frame.adjusted(INSET_X, INSET_Y - 1, -INSET_X, 0)
        y = inner.top()
        for piece, broken in zip(face.pieces, measured.lines, strict=True):
            y += piece.above
            painter.setPen(self.theme.colour(piece.role))
            at = QPointF(inner.left(), y)
            y += draw_lines(painter, broken, piece.font, at, inner.width() + 2, leading=piece.leading)
        if face.link:
            painter.setPen(self.theme.colour("accent"))
            painter.setFont(_link_font(face))
            box = measured.link.translated(inner.topLeft())
            words = painter.fontMetrics().elidedText(
                face.link, Qt.TextElideMode.ElideRight, round(box.width())
            )
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
            y = max(y, box.bottom())
        if face.aside and face.pieces:
            font = interface_font(-2)
            step = line_step(face.pieces[0].font, face.pieces[0].leading)
            painter.setPen(self.theme.colour("faint"))
            left = inner.right() - QFontMetricsF(font).horizontalAdvance(face.aside)
            leading = step / line_step(font, 1.0)
            at = QPointF(left, inner.top() + (step - line_step(font, leading)) / 2)
            draw_lines(painter, [face.aside], font, at, inner.right() - left + 2, leading=leading)
        if measured.pills:
            draw_pills(painter, measured.pills, interface_font(-2), QPointF(inner.left(), y + 7), self.theme)


def _link_font(face: Face) -> QFont:
    return face.pieces[-1].font if face.pieces else interface_font(-1.5)


def _place_link(face: Face, last: list[str], bottom: float, inner: float) -> tuple[QRectF, float]:
    """Return where the link is, after the words of the last line or below it, and the height it adds.

    `bottom` is that of the last line, which a separator is added to where the link stands beside it.
    """
    font = _link_font(face)
    metrics, step = QFontMetricsF(font), line_step(font, face.pieces[-1].leading if face.pieces else 1.45)
    wide = metrics.horizontalAdvance(face.link) + 2
    if last:
        words = last[-1] + SEPARATOR if last[-1] else ""
        before = metrics.horizontalAdvance(words)
        if before + wide <= inner:
            last[-1] = words
            return QRectF(before, bottom - step, wide, step), 0.0
    return QRectF(0, bottom, min(wide, inner), step), step


class CardList(RowList):
    """A list of cards; the current one may be higher, so rows are placed anew when it changes."""

    link_requested = Signal(object)  # QModelIndex

    def _link_at(self, at: QPoint) -> Index | None:
        index, delegate = self.indexAt(at), self.itemDelegate()
        if not index.isValid() or not isinstance(delegate, CardDelegate):
            return None
        return index if delegate.link_rect(index).adjusted(-3, -2, 3, 2).contains(QPointF(at)) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A link is not the card: the card stays as it is."""
        link = self._link_at(event.position().toPoint())
        if link is not None and event.button() is Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.link_requested.emit(link)
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over a link."""
        super().mouseMoveEvent(event)
        over = self._link_at(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def setModel(self, model: Any) -> None:
        """Watch the current row of the model."""
        super().setModel(model)
        self.selectionModel().currentChanged.connect(lambda *_: self.scheduleDelayedItemsLayout())
