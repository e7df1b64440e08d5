"""The collections and the most used tags at the left: a click shows what is in them. Shows and asks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from reader.model import Colour
from reader.text import one_line
from ui.numbers import figures
from ui.panels.rows import Index, draw_arrow
from ui.theme import THEMES, Theme, interface_font

ARTICLES = "application/x-scholion-articles"  # a JSON array of ids, dragged onto a collection
NAME = Qt.ItemDataRole.UserRole + 1
COUNT = Qt.ItemDataRole.UserRole + 2
COLOUR = Qt.ItemDataRole.UserRole + 3
MOST_ROWS = 5  # of a section that are seen without scrolling
DOT = 9.0


@dataclass(frozen=True, slots=True)
class Named:
    """A collection or a tag as it is listed: its whole name, how many articles, the dot, and what for."""

    name: str
    count: int
    colour: Colour | None = None
    description: str = ""


class NameDelegate(QStyledItemDelegate):
    """Paints a row as a link: a dot where it has a colour, the name, and the number at the right."""

    def __init__(self, view: NameTree) -> None:
        super().__init__(view)
        self.theme = THEMES["light"]
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line, as high as a link."""
        return QSize(60, self._view.fontMetrics().height() + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        theme, view = self.theme, self._view
        state: QStyle.StateFlag = option.state
        chosen = index.data(NAME) == view.chosen and bool(view.chosen)
        focused = bool(state & QStyle.StateFlag.State_HasFocus) and view.hasFocus()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = QRectF(0.5, option.rect.top() + 0.5, view.viewport().width() - 1, option.rect.height() - 1)
        target = view.target == index.data(NAME) and bool(view.target)
        if chosen or target or focused or state & QStyle.StateFlag.State_MouseOver:
            ring = focused or target
            painter.setPen(QPen(theme.colour("accent"), 1) if ring else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selection" if chosen or target else "hover"))
            painter.drawRoundedRect(row, 8, 8)
        room = QRectF(option.rect).adjusted(0 if view.rootIsDecorated() else 8, 0, -8, 0)
        if index.model().hasChildren(index):
            arrow = QPointF(room.left() - 7, room.center().y() + 0.5)
            draw_arrow(painter, arrow, theme, down=view.isExpanded(index))
        colour = index.data(COLOUR)
        if view.has_dots:
            self._paint_dot(painter, room, colour)
            room.setLeft(room.left() + DOT + 9)
        number = figures(index.data(COUNT))
        painter.setFont(interface_font())
        metrics = painter.fontMetrics()
        painter.setPen(theme.colour("faint"))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)
        room.setRight(room.right() - metrics.horizontalAdvance(number) - 8)
        painter.setPen(theme.colour("ink"))
        words = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()

    def _paint_dot(self, painter: QPainter, room: QRectF, colour: Colour | None) -> None:
        dot = QRectF(room.left() + 1, room.center().y() - DOT / 2 + 0.5, DOT, DOT)
        edge = self.theme.colour(f"{colour}_edge" if colour else "thumb")
        painter.setPen(QPen(edge, 1.2))
        painter.setBrush(self.theme.colour(str(colour)) if colour else QColor(0, 0, 0, 0))
        painter.drawEllipse(dot)


class NameTree(QTreeView):
    """Names, those under another folded into it; takes articles that are dropped on one."""

    requested = Signal(str)
    menu_requested = Signal(str, QPoint)  # the name, and the place on the screen
    rename_requested = Signal(str)
    delete_requested = Signal(str)
    dropped = Signal(str, list)  # the name, ids

    def __init__(self, parent: QWidget, *, dots: bool = False, takes: bool = False) -> None:
        super().__init__(parent)
        self.has_dots = dots
        self.chosen = ""
        self.target = ""
        self._takes = takes
        self._folded: set[str] = set()
        self._names: tuple[Named, ...] = ()
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.delegate = NameDelegate(self)
        self.setItemDelegate(self.delegate)
        self.setHeaderHidden(True)
        self.setIndentation(16)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setExpandsOnDoubleClick(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAcceptDrops(takes)
        self.customContextMenuRequested.connect(self._on_menu)
        self.collapsed.connect(lambda index: self._on_folded(index, True))
        self.expanded.connect(lambda index: self._on_folded(index, False))

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Leave the arrows to the delegate: its ground is as wide as the row."""

    # ------------------------------------------------------------ shown

    def show_names(self, names: Sequence[Named], *, flat: bool = False) -> None:
        """Show these; what is folded in stays so. With `flat` whole names stand one under the other."""
        if tuple(names) == self._names:
            return
        self._names = tuple(names)
        current = self.currentIndex().data(NAME)
        self._model.clear()
        nodes: dict[str, QStandardItem] = {}
        for named in names:
            if flat:
                self._model.appendRow(self._item(named, " / ".join(named.name.split("/"))))
            else:
                self._add(named, nodes)
        self.setRootIsDecorated(any(item.rowCount() for item in nodes.values()))
        for folded, item in nodes.items():
            self.setExpanded(item.index(), folded not in self._folded)
        found = self._index_of(current) if current else None
        if found is not None:
            self.setCurrentIndex(found)
        self._fit()

    def _item(self, named: Named, shown: str) -> QStandardItem:
        item = QStandardItem(one_line(shown))
        item.setEditable(False)
        item.setData(named.name, NAME)
        item.setData(named.count, COUNT)
        item.setData(named.colour, COLOUR)
        tip = one_line(named.name)
        if named.description:  # as HTML, which breaks long lines
            tip = f"<b>{escape(tip)}</b><br>{escape(one_line(named.description))}"
        item.setToolTip(tip)
        item.setAccessibleText(f"{one_line(named.name)}, {named.count}")
        item.setAccessibleDescription(one_line(named.description))
        return item

    def _add(self, named: Named, nodes: dict[str, QStandardItem]) -> QStandardItem:
        """Put a name under the one it is in; one that is nobody's own name stands there all the same."""
        parent, _, last = named.name.rpartition("/")
        item = self._item(named, last)
        above = self._model.invisibleRootItem()
        if parent:
            held = nodes.get(parent.casefold())
            above = held if held is not None else self._add(Named(parent, named.count), nodes)
        above.appendRow(item)
        nodes[named.name.casefold()] = item
        return item

    def choose(self, name: str) -> None:
        """Mark the one whose articles are shown; "" for none."""
        self.chosen = name
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.delegate.theme = theme
        self.viewport().update()

    def _indices(self, parent: Index = QModelIndex()) -> list[QModelIndex]:  # noqa: B008 - Qt's own value
        found = []
        for row in range(self._model.rowCount(parent)):
            index = self._model.index(row, 0, parent)
            found.append(index)
            found += self._indices(index)
        return found

    def _index_of(self, name: str) -> QModelIndex | None:
        return next((each for each in self._indices() if each.data(NAME) == name), None)

    def _on_folded(self, index: QModelIndex, folded: bool) -> None:
        name = index.data(NAME).casefold()
        if folded:
            self._folded.add(name)
        else:
            self._folded.discard(name)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the rows that are unfolded, up to a few."""
        seen, index = 0, self._model.index(0, 0)
        while index.isValid():
            seen += 1
            index = self.indexBelow(index)
        rows = min(seen, MOST_ROWS)
        height = self.delegate.sizeHint(QStyleOptionViewItem(), QModelIndex()).height()
        self.setFixedHeight(rows * height + (height // 2 if seen > rows else 0) + 2)

    # ------------------------------------------------------------ asked

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a name asks for what is in it; one on the arrow folds."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        meant = event.button() is Qt.MouseButton.LeftButton and index.isValid()
        if meant and self.visualRect(index).contains(at):
            self.requested.emit(index.data(NAME))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks, F2 renames, Delete deletes."""
        name = self.currentIndex().data(NAME)
        key = event.key()
        if name and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.requested.emit(name)
        elif name and key == Qt.Key.Key_F2:
            self.rename_requested.emit(name)
        elif name and key == Qt.Key.Key_Delete:
            self.delete_requested.emit(name)
        else:
            super().keyPressEvent(event)

    def _on_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_requested.emit(index.data(NAME), self.viewport().mapToGlobal(at))

    # ------------------------------------------------------------ dropped on

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take articles."""
        if self._takes and event.mimeData().hasFormat(ARTICLES):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Mark the collection that is meant."""
        index = self.indexAt(event.position().toPoint())
        self._aim(index.data(NAME) if index.isValid() else "")
        if self.target and event.mimeData().hasFormat(ARTICLES):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: object) -> None:
        """No collection is meant any more."""
        self._aim("")

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the articles to be put there."""
        name = self.target
        self._aim("")
        if name and event.mimeData().hasFormat(ARTICLES):
            event.acceptProposedAction()
            self.dropped.emit(name, json.loads(bytes(event.mimeData().data(ARTICLES).data())))

    def _aim(self, name: str) -> None:
        self.target = name or ""
        self.viewport().update()


class Section(QFrame):
    """A heading that folds, perhaps a button at its right, and names under it."""

    folded = Signal(bool)

    def __init__(self, title: str, tree: NameTree, parent: QWidget) -> None:
        super().__init__(parent)
        self.tree = tree
        tree.setParent(self)
        tree.setAccessibleName(title)
        self.title = QToolButton(self)
        self.title.setProperty("role", "section")
        self.title.setText(title.upper())
        self.title.setCheckable(True)
        self.title.setChecked(True)
        self.title.setToolTip(self.tr("Fold or unfold"))
        font = interface_font(-2, QFont.Weight.DemiBold)
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 106)
        self.title.setFont(font)
        self.button = QToolButton(self)
        self.button.setObjectName("quietButton")
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(1)
        column.addLayout(head)
        column.addWidget(tree)
        self.title.toggled.connect(self._on_toggled)

    def fold(self, folded: bool) -> None:
        """Fold or unfold, without telling."""
        self.title.blockSignals(True)
        self.title.setChecked(not folded)
        self.title.blockSignals(False)
        self._show()

    def _on_toggled(self) -> None:
        self._show()
        self.folded.emit(not self.title.isChecked())

    def _show(self) -> None:
        self.tree.setVisible(self.title.isChecked() and self.tree.model().rowCount() > 0)


class Shelves(QFrame):
    """The collections, and the tags that are used most."""

    collection_requested = Signal(str)
    tag_requested = Signal(str)
    new_requested = Signal()  # a collection
    rename_requested = Signal(str)
    delete_requested = Signal(str)
    menu_requested = Signal(str, QPoint)
    all_tags_requested = Signal()
    articles_dropped = Signal(str, list)
    folded_changed = Signal(tuple)  # the keys of the sections that are folded

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.collections = Section(self.tr("Collections"), NameTree(self, takes=True), self)
        self.tags = Section(self.tr("Tags"), NameTree(self, dots=True), self)
        self.collections.button.setText("+")
        self.collections.button.setToolTip(self.tr("New collection"))
        self.collections.button.setAccessibleName(self.tr("New collection"))
        self.tags.button.setText(self.tr("all"))
        self.tags.button.setToolTip(self.tr("Show every tag"))
        self.tags.button.setAccessibleName(self.tr("Show every tag"))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 2)
        column.setSpacing(0)
        column.addWidget(self.collections)
        column.addWidget(self.tags)
        tree = self.collections.tree
        tree.requested.connect(self.collection_requested)
        tree.rename_requested.connect(self.rename_requested)
        tree.delete_requested.connect(self.delete_requested)
        tree.menu_requested.connect(self.menu_requested)
        tree.dropped.connect(self.articles_dropped)
        self.collections.button.clicked.connect(lambda: self.new_requested.emit())
        self.tags.tree.requested.connect(self.tag_requested)
        self.tags.button.clicked.connect(lambda: self.all_tags_requested.emit())
        for section in (self.collections, self.tags):
            section.folded.connect(self._on_folded)
        self.tags.hide()

    def show_names(self, collections: Sequence[Named], tags: Sequence[Named]) -> None:
        """List the collections as a tree, and the tags as they come."""
        self.collections.tree.show_names(collections)
        self.tags.tree.show_names(tags, flat=True)
        self.tags.setVisible(bool(tags))
        for section in (self.collections, self.tags):
            section.fold(not section.title.isChecked())

    def choose(self, *, collection: str = "", tag: str = "") -> None:
        """Mark what is shown."""
        self.collections.tree.choose(collection)
        self.tags.tree.choose(tag)

    def fold(self, keys: Sequence[str]) -> None:
        """Fold the sections of these keys: "collections", "tags"."""
        self.collections.fold("collections" in keys)
        self.tags.fold("tags" in keys)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.collections.tree.set_theme(theme)
        self.tags.tree.set_theme(theme)

    def _on_folded(self) -> None:
        sections = {"collections": self.collections, "tags": self.tags}
        self.folded_changed.emit(
            tuple(key for key, section in sections.items() if not section.title.isChecked())
        )
