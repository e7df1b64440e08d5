"""Tags as a tree: renamed in place, dragged onto one another, painted with their dots. Knows no codebook."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QByteArray,
    QMimeData,
    QModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from reader.lists import Used
from ui.panels.rows import Index, draw_arrow, draw_ring, hairline_of, write_instead
from ui.theme import THEMES, interface_font

TAG = "application/x-scholion-tag"  # the name of a tag that is dragged
NAME = Qt.ItemDataRole.UserRole + 1
USED = Qt.ItemDataRole.UserRole + 2
DOT = 11.0
MEANING = 1  # the column that says what a tag means
NUMBERS = 2  # the first of the columns that count


class TagDelegate(QStyledItemDelegate):
    """Paints a tag with its dot, what it means in a softer ink, and the numbers at the right."""

    def __init__(self, view: TagTree) -> None:
        super().__init__(view)
        self.theme = THEMES["light"]
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are of one height."""
        return QSize(60, self._view.fontMetrics().height() + 17)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        theme = self.theme
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first = index.sibling(index.row(), 0)
        aimed = bool(self._view.target) and first.data(NAME) == self._view.target
        if aimed or state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.colour("selection"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, theme.colour("hover"))
        painter.fillRect(hairline_of(option.rect), theme.colour("hairline"))
        room = QRectF(option.rect).adjusted(6, 0, -8, 0)
        used: Used | None = first.data(USED)
        painter.setFont(interface_font())
        side = Qt.AlignmentFlag.AlignLeft
        if index.column() == 0:
            self._paint_dot(painter, room, used)
            room.setLeft(room.left() + DOT + 10)
            painter.setPen(theme.colour("ink" if used else "soft"))
        elif index.column() < NUMBERS:
            painter.setPen(theme.colour("soft"))
        else:
            painter.setPen(theme.colour("faint"))
            side = Qt.AlignmentFlag.AlignRight
        words = painter.fontMetrics().elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()
        if first == self._view.currentIndex().siblingAtColumn(0) and self._view.hasFocus():
            draw_ring(painter, option.rect, theme)

    def _paint_dot(self, painter: QPainter, room: QRectF, used: Used | None) -> None:
        dot = QRectF(room.left(), room.center().y() - DOT / 2, DOT, DOT)
        colour = used.tag.colour if used else None
        painter.setPen(QPen(self.theme.colour(f"{colour}_edge" if colour else "thumb"), 1.3))
        painter.setBrush(self.theme.colour(str(colour) if colour else "paper"))
        painter.drawEllipse(dot)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave the dot in sight."""
        left = round(DOT) + 10 if index.column() == 0 else 0
        editor.setGeometry(option.rect.adjusted(left, 3, -2, -3))


class TagTree(QTreeView):
    """Tags that can be renamed in place, and dragged onto one another."""

    nest_requested = Signal(str, str)  # a tag, and the one to put it under ("": under none)
    show_requested = Signal(str)
    delete_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.target = ""
        self._empty = ""
        self.delegate = TagDelegate(self)
        self.setItemDelegate(self.delegate)
        self.setUniformRowHeights(True)
        self.setIndentation(22)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.SelectedClicked)
        self.setExpandsOnDoubleClick(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.doubleClicked.connect(lambda index: self._show(index))

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Draw the arrow of a tag with others under it, on the ground of its row."""
        theme = self.delegate.theme
        chosen = self.selectionModel().isRowSelected(index.row(), index.parent())
        aimed = bool(self.target) and index.data(NAME) == self.target
        if chosen or aimed:
            painter.fillRect(rect, theme.colour("selection"))
        painter.fillRect(hairline_of(rect), theme.colour("hairline"))
        if index == self.currentIndex().siblingAtColumn(0) and self.hasFocus():
            draw_ring(painter, rect, theme)
        model = self.model()
        if model is not None and model.hasChildren(index):
            draw_arrow(
                painter, QPointF(rect.right() - 7, rect.center().y()), theme, down=self.isExpanded(index)
            )

    def _show(self, index: QModelIndex) -> None:
        name = index.siblingAtColumn(0).data(NAME)
        if name:
            self.show_requested.emit(name)

    def set_empty(self, sentence: str) -> None:
        """Say what to do next, where there is no tag."""
        self._empty = sentence
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter shows what has the tag, Delete deletes it, Shift+F2 says what it means."""
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not editing:
            self._show(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete and not editing:
            self.delete_requested.emit()
        elif event.key() == Qt.Key.Key_F2 and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.edit_current(MEANING)
        elif event.key() == Qt.Key.Key_Escape and not editing:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def edit_current(self, column: int) -> None:
        """Let the name (0) or the meaning (`MEANING`) of the current tag be written anew."""
        index = self.currentIndex().siblingAtColumn(column)
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    # ------------------------------------------------------------ dragged

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a tag."""
        if event.mimeData().hasFormat(TAG):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Mark the tag that is meant; beside them all none is."""
        self._aim(event.position().toPoint())
        if event.mimeData().hasFormat(TAG):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: object) -> None:
        """None is meant any more."""
        self._aim(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the tag to be put under the other."""
        self._aim(event.position().toPoint())
        target = self.target
        self._aim(None)
        if event.mimeData().hasFormat(TAG):
            event.acceptProposedAction()
            name = bytes(event.mimeData().data(TAG).data()).decode("utf-8", "surrogatepass")
            self.nest_requested.emit(name, target)

    def _aim(self, at: QPoint | None) -> None:
        index = self.indexAt(at) if at is not None else QModelIndex()
        self.target = index.siblingAtColumn(0).data(NAME) if index.isValid() else ""
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tags, or the sentence that says what to do next."""
        super().paintEvent(event)
        model = self.model()
        if self._empty and (model is None or model.rowCount() == 0):
            write_instead(self.viewport(), self._empty, self.delegate.theme)


class TagModel(QStandardItemModel):
    """Tags as a tree; what is dragged is a tag's name."""

    def mimeTypes(self) -> list[str]:
        """Name what is dragged."""
        return [TAG]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        """Return the tag that is dragged."""
        data = QMimeData()
        name = next((each.sibling(each.row(), 0).data(NAME) for each in indexes), "")
        data.setData(TAG, QByteArray(name.encode("utf-8", "surrogatepass")))
        return data
