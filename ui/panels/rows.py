"""What the panels' lists share: a quiet list, a model of growing length, words set in lines, cards, pills.

No row of any panel enters here: each panel has its own values, model and delegate.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from reader.text import one_line
from ui.offsets import Utf16Map
from ui.theme import THEMES, Theme, interface_font

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole  # the row's own value
ROW_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
LONGEST = 2000  # characters of one text that are ever set in lines
SIDE = 12.0  # between rows and the edges of the list; a scroll bar finds room in it
LETTERS = 70  # so many stand in a line, on average, where a list says that it is empty
STEP = 100  # rows that are measured at once


# ---------------------------------------------------------------- words in lines


def line_step(font: QFont, leading: float) -> float:
    """Return the distance of two lines in pixels; `leading` is a multiple of the font's size."""
    return max(QFontMetricsF(font).height(), float(round(QFontInfo(font).pixelSize() * leading)))


def in_lines(text: str, font: QFont, width: float, *, lines: int) -> list[str]:
    """Break `text` into at most `lines` lines of `width` pixels; what is left out shows as "…"."""
    text = one_line(text[:LONGEST]) + ("…" if len(text) > LONGEST else "")
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    units = Utf16Map(text)
    broken: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(20.0, width))
        start = units.to_points(line.textStart())
        if len(broken) == lines - 1:
            rest = QFontMetricsF(font).elidedText(text[start:], Qt.TextElideMode.ElideRight, width)
            broken.append(rest)
            break
        broken.append(text[start : units.to_points(line.textStart() + line.textLength())].rstrip())
    layout.endLayout()
    return broken


def draw_lines(
    painter: QPainter, broken: Sequence[str], font: QFont, at: QPointF, width: float, *, leading: float
) -> float:
    """Draw lines from the point `at` downwards and return the height they took."""
    painter.setFont(font)
    step = line_step(font, leading)
    for number, line in enumerate(broken):
        box = QRectF(at.x(), at.y() + number * step, width, step)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)
    return step * len(broken)


# ---------------------------------------------------------------- cards and pills


def draw_card(
    painter: QPainter,
    frame: QRectF,
    theme: Theme,
    *,
    current: bool,
    focused: bool,
    edge: QColor | None = None,
) -> None:
    """Draw the ground of a card: hairline, or the accent's ring; `edge` colours its left."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    shape.addRoundedRect(frame, 9, 9)
    painter.fillPath(shape, theme.colour("card"))
    if edge is not None:
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(QRectF(frame.left(), frame.top(), 4, frame.height()), edge)
        painter.restore()
    ring = theme.colour("accent" if current else "hairline")
    painter.setPen(QPen(ring, (2.4 if focused else 1.8) if current else 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(frame, 9, 9)


def place_pills(tags: Sequence[str], font: QFont, width: float) -> list[tuple[str, QRectF]]:
    """Place tags as pills in rows of `width` pixels, from the origin."""
    metrics = QFontMetricsF(font)
    height = metrics.height() + 4
    placed: list[tuple[str, QRectF]] = []
    x = y = 0.0
    for tag in tags:
        shown = metrics.elidedText(one_line(tag), Qt.TextElideMode.ElideRight, width - 18)
        wide = metrics.horizontalAdvance(shown) + 16
        if x and x + wide > width:
            x, y = 0.0, y + height + 4
        placed.append((shown, QRectF(x, y, wide, height)))
        x += wide + 5
    return placed


def draw_pills(
    painter: QPainter, pills: Sequence[tuple[str, QRectF]], font: QFont, at: QPointF, theme: Theme
) -> None:
    """Draw placed pills with their origin at `at`."""
    painter.setFont(font)
    for words, box in pills:
        pill = box.translated(at)
        painter.setPen(QPen(theme.colour("hairline"), 1))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setPen(theme.colour("soft"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)


def write_instead(viewport: QWidget, sentence: str, theme: Theme) -> None:
    """Write what to do next where the rows of a wide table would be."""
    painter = QPainter(viewport)
    painter.setPen(theme.colour("soft"))
    painter.setFont(interface_font())
    room = viewport.rect().adjusted(60, 60, -60, -20)
    painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, sentence)
    painter.end()


def hairline_of(cell: QRect) -> QRect:
    """Return the lowest line of pixels of a cell: drawn so, the lines of neighbours meet."""
    return QRect(cell.left(), cell.bottom(), cell.width(), 1)


def draw_ring(painter: QPainter, cell: QRect, theme: Theme) -> None:
    """Mark a cell of the row that has the keyboard: a line above and one below."""
    accent = theme.colour("accent")
    painter.fillRect(QRect(cell.left(), cell.top(), cell.width(), 1), accent)
    painter.fillRect(hairline_of(cell), accent)


def draw_arrow(painter: QPainter, at: QPointF, theme: Theme, *, down: bool) -> None:
    """Draw the arrow of something that unfolds, around a point; it points down where it is unfolded."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(theme.colour("soft"), 1.4)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    steps = [(-3.0, -1.5), (0.0, 1.5), (3.0, -1.5)] if down else [(-1.5, -3.0), (1.5, 0.0), (-1.5, 3.0)]
    painter.drawPolyline([at + QPointF(x, y) for x, y in steps])
    painter.restore()


# ---------------------------------------------------------------- the list


class GrowingModel(QAbstractListModel):
    """Rows of a sequence, of which the view sees the first few hundred and more as it scrolls on.

    A list of cards of different heights measures every row that it knows of; it need not know of all.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: Sequence[Any] = ()
        self._shown = 0

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Count the rows that the view knows of."""
        return 0 if parent.isValid() else self._shown

    def canFetchMore(self, parent: Index) -> bool:
        """Tell whether there are rows that the view does not know of yet."""
        return not parent.isValid() and self._shown < len(self._rows)

    def fetchMore(self, parent: Index) -> None:
        """Show the view some more rows."""
        self.reach(self._shown + STEP - 1)

    def reach(self, row: int) -> None:
        """Let the view know of all rows up to `row`."""
        wanted = min(row + 1, len(self._rows))
        if wanted > self._shown:
            self.beginInsertRows(QModelIndex(), self._shown, wanted - 1)
            self._shown = wanted
            self.endInsertRows()

    def rows(self) -> Sequence[Any]:
        """Return all rows, those too that the view does not know of."""
        return self._rows

    def replace(self, rows: Sequence[Any]) -> None:
        """Take other rows in place of the present ones."""
        self.beginResetModel()
        self._shown = min(len(rows), max(self._shown, STEP))
        self._rows = rows
        self.endResetModel()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row's value, or what a screen reader and typing ahead see of it."""
        if not index.isValid() or index.row() >= self._shown:
            return None
        if role == ROW:
            return self.value(self._rows[index.row()])
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.words(self.value(self._rows[index.row()]))
        return None

    def value(self, row: Any) -> Any:
        """Return what a row shows, where making it of every row at once would take too long."""
        return row

    def words(self, row: Any) -> str:
        """Return a row in words."""
        return str(row)


class CountedModel(QStringListModel):
    """A number of rows whose values are fetched when they are looked at.

    A view asks for the number once a row whenever it lays out its rows: so it is Qt that counts them.
    """

    def set_count(self, count: int) -> None:
        """Take other rows in place of the present ones."""
        self.setStringList([""] * count)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be chosen, and nothing else."""
        return ROW_FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags


class RowDelegate(QStyledItemDelegate):
    """Paints rows in a theme's colours."""

    def __init__(self, view: RowList) -> None:
        super().__init__(view)
        self.theme = THEMES["light"]
        self.view = view

    @staticmethod
    def state(option: QStyleOptionViewItem) -> tuple[bool, bool, bool]:
        """Tell whether a row is current, under the pointer, and in a list that has the focus."""
        state: QStyle.StateFlag = option.state
        return (
            bool(state & QStyle.StateFlag.State_Selected),
            bool(state & QStyle.StateFlag.State_MouseOver),
            bool(state & QStyle.StateFlag.State_Active and state & QStyle.StateFlag.State_HasFocus),
        )

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.theme = theme
        self.view.viewport().update()


class RowList(QListView):
    """A list without a frame; a click or Enter asks for a row, Shift turns the direction around."""

    requested = Signal(object, bool)  # QModelIndex, with Shift

    def __init__(self, parent: QWidget, empty: str = "") -> None:
        super().__init__(parent)
        self._empty = empty
        self._pressed: QPersistentModelIndex | None = None
        self._measured_for = -1  # pixels of the width
        self._height = 0  # before it changes
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Fixed)  # with another height nothing is measured anew
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(24)

    def set_empty(self, sentence: str) -> None:
        """Say what to do next, where there is no row."""
        if sentence != self._empty:
            self._empty = sentence
            self.setAccessibleDescription(sentence)
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks for the current row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.requested.emit(
                self.currentIndex(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            )
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember which row a click began on."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = QPersistentModelIndex(self.indexAt(event.position().toPoint()))
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click that ends on the row it began on asks for it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        meant = event.button() is Qt.MouseButton.LeftButton and index.isValid() and index == self._pressed
        if meant and index.flags() & Qt.ItemFlag.ItemIsEnabled:
            self.requested.emit(index, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows are measured for a width: measure them anew where it has changed.

        A current row that was seen stays in sight of a lower list. The old size of the event is none where
        the list was out of sight meanwhile.
        """
        super().resizeEvent(event)
        before, self._height = self._height, event.size().height()
        current = self.visualRect(self.currentIndex())
        if current.top() >= 0 and current.bottom() < before and current.bottom() >= self._height:
            self.scrollTo(self.currentIndex())
        if event.size().width() != self._measured_for:
            self._measured_for = event.size().width()
            self.scheduleDelayedItemsLayout()

    def paintEvent(self, event: Any) -> None:
        """Paint the rows, or the sentence that says what to do next."""
        super().paintEvent(event)
        model = self.model()
        if self._empty and (model is None or model.rowCount() == 0):
            painter = QPainter(self.viewport())
            delegate = self.itemDelegate()
            theme = delegate.theme if isinstance(delegate, RowDelegate) else THEMES["light"]
            painter.setPen(theme.colour("soft"))
            painter.setFont(interface_font())
            room = self.viewport().rect().adjusted(18, 26, -18, -8)
            spare = room.width() - LETTERS * painter.fontMetrics().averageCharWidth()
            room.adjust(max(0, spare // 2), 0, -max(0, spare // 2), 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, self._empty)
            painter.end()

    def row_frame(self, rect: QRect) -> QRectF:
        """Return where a row may draw: as wide with a scroll bar as without, so that no line breaks anew."""
        return QRectF(SIDE, rect.top(), self.width() - 2 * SIDE, rect.height())

    def show_row(self, row: int) -> None:
        """Make a row current and bring it into sight."""
        model = self.model()
        if isinstance(model, GrowingModel):
            model.reach(row)
        index = model.index(row, 0)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
