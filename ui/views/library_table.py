"""The library as a table: rows of one height, columns that can be sorted, moved, sized, shown and hidden."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from reader.lists import Group, Sorted
from reader.text import one_line
from ui.dates import date_in_words
from ui.menus import for_once
from ui.panels.rows import Index, write_instead
from ui.theme import Theme
from ui.views.library_cells import CellDelegate
from ui.views.library_model import ASCENDING, COLUMNS, LibraryTable, translated

if TYPE_CHECKING:
    from reader.library import Entry

# What a letter asks for.
KEYS = {
    Qt.Key.Key_T: "tags",
    Qt.Key.Key_C: "collect",
    Qt.Key.Key_R: "read",
    Qt.Key.Key_U: "unread",
    Qt.Key.Key_E: "edit",
    Qt.Key.Key_Delete: "put_away",
}
LEAST_TITLE = 240
MOST_KEPT = 500  # chosen rows that are looked for again in another list
LOOK_MS = 150  # after so long without scrolling the files of what is seen are looked for


class TableView(QTableView):
    """Rows that are chosen as wholes; keys and menus ask for what can be done with them."""

    open_requested = Signal(int)
    keyed = Signal(str)  # one of `KEYS`
    sorted = Signal(object, bool)  # Sorted, descending
    arranged = Signal()  # columns were moved, sized, shown or hidden
    seen_changed = Signal()  # other rows are in sight
    chosen_changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("libraryTable")
        self.setAccessibleName(self.tr("Articles"))
        self._empty = self._without = ""
        self._sorted_by, self._descending = Sorted.ADDED, True
        self.table = LibraryTable(self)
        self.delegate = CellDelegate(self, self.table, self.group_words)
        self.setModel(self.table)
        self.setItemDelegate(self.delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        # What is scrolled is moved as it is, and what comes into sight painted alone: its ground is ours.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(
            self.delegate.sizeHint(QStyleOptionViewItem(), self.rootIndex()).height()
        )
        self._looks = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._looks.timeout.connect(self.seen_changed)
        self._set_header()
        self.doubleClicked.connect(self._on_double_clicked)
        self.entered.connect(lambda index: self._hover(index.row()))
        self.verticalScrollBar().valueChanged.connect(lambda _: self._looks.start())
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())

    def _set_header(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setHighlightSections(False)
        # With the table's own a header asks every row of it, a column at a time, whether all are chosen.
        header.setSelectionModel(QItemSelectionModel(self.table, header))
        header.setMinimumSectionSize(48)
        header.setStretchLastSection(False)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        for number, column in enumerate(COLUMNS):
            header.resizeSection(number, column.width)
            header.setSectionHidden(number, not column.usual)
        header.sectionClicked.connect(self._on_header_clicked)
        header.sectionResized.connect(self._on_resized)
        header.sectionMoved.connect(lambda *_: self.arranged.emit())
        header.customContextMenuRequested.connect(
            lambda at: self.columns_menu().popup(header.viewport().mapToGlobal(at))
        )

    def _on_resized(self, number: int, *_: int) -> None:
        if number:
            self._fit_titles()
            self.arranged.emit()

    # ------------------------------------------------------------ columns

    def columns_menu(self) -> QMenu:
        """Return a menu that shows and hides columns."""
        menu = for_once(QMenu(self))
        header = self.horizontalHeader()
        for number, column in enumerate(COLUMNS):
            action = QAction(translated(column.title), menu)
            action.setCheckable(True)
            action.setChecked(not header.isSectionHidden(number))
            action.setEnabled(number > 0)  # without titles there would be nothing to click on
            action.toggled.connect(lambda on, number=number: self._show_column(number, on))
            menu.addAction(action)
        return menu

    def _show_column(self, number: int, shown: bool) -> None:
        self.horizontalHeader().setSectionHidden(number, not shown)
        self._fit_titles()
        self.arranged.emit()

    def columns(self) -> tuple[str, ...]:
        """Return the columns that are shown, in their order, as "key:width"."""
        header = self.horizontalHeader()
        order = (header.logicalIndex(place) for place in range(header.count()))
        return tuple(
            f"{COLUMNS[number].key}:{header.sectionSize(number)}"
            for number in order
            if not header.isSectionHidden(number)
        )

    def arrange(self, columns: Sequence[str]) -> None:
        """Show these columns, as `columns` returns them; what is unknown is passed over."""
        known = {column.key: number for number, column in enumerate(COLUMNS)}
        wanted = [each.partition(":")[::2] for each in columns]
        wanted = [(key, width) for key, width in wanted if key in known and width.isdecimal()]
        if not wanted or "title" not in {key for key, _ in wanted}:
            return
        header = self.horizontalHeader()
        header.blockSignals(True)
        for number in range(header.count()):
            header.setSectionHidden(number, True)
        for place, (key, width) in enumerate(wanted):
            number = known[key]
            header.setSectionHidden(number, False)
            header.moveSection(header.visualIndex(number), place)
            header.resizeSection(number, max(48, min(2000, int(width))))
        header.blockSignals(False)
        self.updateGeometries()
        self._fit_titles()

    def show_sorted(self, by: Sorted, descending: bool) -> None:
        """Mark the column that decides the order."""
        number = next(number for number, column in enumerate(COLUMNS) if column.by is by)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(number, order)

    def _on_header_clicked(self, number: int) -> None:
        """Sort by a column, or turn its order around."""
        column, header = COLUMNS[number], self.horizontalHeader()
        if column.by is not None:
            # Qt has turned the indicator already; it stands at this column in any case.
            again = self._sorted_by is column.by
            descending = not self._descending if again else column.by not in ASCENDING
            self.sorted.emit(column.by, descending)
        else:
            header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.show_sorted(self._sorted_by, self._descending)

    def set_order(self, by: Sorted, descending: bool) -> None:
        """Say what the list that is shown is sorted by."""
        self._sorted_by, self._descending = by, descending
        self.show_sorted(by, descending)

    # ------------------------------------------------------------ rows

    def chosen(self) -> list[int]:
        """Return the ids of the documents that are chosen."""
        selection = self.selectionModel().selection()
        spans = sorted((each.top(), each.bottom()) for each in map(selection.at, range(selection.count())))
        return self.table.ids(range(top, bottom + 1) for top, bottom in spans)

    def choose(self, ids: Sequence[int], current: int | None) -> None:
        """Choose documents, as far as they are listed; `current` has the keyboard."""
        chosen = QItemSelection()
        last = len(COLUMNS) - 1
        for row in self.table.rows_of(ids) if len(ids) <= MOST_KEPT else ():
            chosen.select(self.table.index(row, 0), self.table.index(row, last))
        selection = self.selectionModel()
        selection.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        row_at = self.table.row_of(current) if current is not None else None
        if row_at is not None:
            selection.setCurrentIndex(self.table.index(row_at, 0), QItemSelectionModel.SelectionFlag.NoUpdate)

    def current(self) -> int | None:
        """Return the document that has the keyboard."""
        row = self.currentIndex().row()
        ids = self.table.ids([range(row, row + 1)]) if self.currentIndex().isValid() else []
        return ids[0] if ids else None

    def seen(self) -> list[Entry]:
        """Return the documents that are in sight."""
        first = self.rowAt(0)
        last = self.rowAt(self.viewport().height() - 1)
        rows = range(max(0, first), last + 1 if last >= 0 else self.table.rowCount())
        found = (self.table.entry(row) for row in rows)
        return [entry for entry in found if entry is not None]

    def look(self) -> None:
        """Tell soon that other rows may be in sight."""
        self._looks.start()

    def set_empty(self, sentence: str) -> None:
        """Say what to do next, where there is no row."""
        self._empty = sentence
        self.setAccessibleDescription(sentence)
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.delegate.take(theme)
        self.viewport().update()

    def say_without(self, words: str) -> None:
        """Say what the group is called that has no name."""
        self._without = words

    def group_words(self, group: Group) -> str:
        """Return a group's heading as it is shown."""
        return date_in_words(" / ".join(one_line(group.name).split("/"))) or self._without

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the titles have the room that the other columns leave."""
        super().resizeEvent(event)
        self._fit_titles()

    def _fit_titles(self) -> None:
        header = self.horizontalHeader()
        others = sum(header.sectionSize(number) for number in range(1, header.count()))
        roomy = self.viewport().width() - others >= LEAST_TITLE
        mode = QHeaderView.ResizeMode.Stretch if roomy else QHeaderView.ResizeMode.Interactive
        if mode is not header.sectionResizeMode(0):
            header.setSectionResizeMode(0, mode)
            if not roomy:
                header.resizeSection(0, LEAST_TITLE)

    def _hover(self, row: int) -> None:
        before, self.delegate.hovered = self.delegate.hovered, row
        for each in {before, row} - {-1} if before != row else ():
            top = self.rowViewportPosition(each)
            self.viewport().update(0, top, self.viewport().width(), self.rowHeight(each))

    def leaveEvent(self, event: object) -> None:
        """No row is under the pointer."""
        self._hover(-1)

    def _on_double_clicked(self, index: Index) -> None:
        ids = self.table.ids([range(index.row(), index.row() + 1)])
        if ids:
            self.open_requested.emit(ids[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, letters ask for what can be done, Home and End go to the first and the last row."""
        key = Qt.Key(event.key())
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        current = self.current()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None:
            self.open_requested.emit(current)
        elif plain and key in KEYS:
            self.keyed.emit(KEYS[key])
        elif plain and key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.table.rowCount():
            ends = (0 if self.table.group(0) is None else 1, self.table.rowCount() - 1)
            self.selectRow(ends[key == Qt.Key.Key_End])
            if key == Qt.Key.Key_Home:
                self.scrollToTop()  # the heading of the first group too
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters ask for what can be done, so they do not look for titles."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, or the sentence that says what to do next."""
        ground = QPainter(self.viewport())
        ground.fillRect(event.rect(), self.delegate.theme.colour("paper"))
        ground.end()
        super().paintEvent(event)
        if self._empty and self.table.rowCount() == 0:
            write_instead(self.viewport(), self._empty, self.delegate.theme)
