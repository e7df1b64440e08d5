"""The codebook: every tag with its colour, what it means and how often it is used, nested by the names."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QStandardItem,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.lists import Used
from reader.text import one_line
from ui.numbers import figures
from ui.theme import Theme
from ui.views.heading import Heading
from ui.views.tag_tree import MEANING, NAME, NUMBERS, USED, TagModel, TagTree


class CodebookView(QFrame):
    """Heading, what can be done with the tag that is chosen, and the tree."""

    closed = Signal()
    refresh_requested = Signal()
    new_requested = Signal(str)  # the tag that it may stand under
    rename_requested = Signal(str, str)  # a tag's name, the wanted one
    describe_requested = Signal(str, str)  # a tag's name, what it means
    nest_requested = Signal(str, str)
    merge_requested = Signal(str)
    delete_requested = Signal(str)
    show_requested = Signal(str)
    menu_requested = Signal(str, QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("view")
        self._used: tuple[Used, ...] | None = None
        self._order: list[str] = []  # the ids of the tags as they are listed
        self._folded: set[str] = set()
        self._filling = False
        self.heading = Heading(self.tr("Tags"), "", self)
        self.new = QPushButton(self.tr("New tag"), self)
        self.merge = QPushButton(self.tr("Merge into…"), self)
        self.delete = QPushButton(self.tr("Delete"), self)
        for button in (self.new, self.merge, self.delete):
            self.heading.tools.addWidget(button)
        self.tree = TagTree(self)
        self.tree.setAccessibleName(self.tr("Tags"))
        self.model = TagModel(self)
        self.tree.setModel(self.model)
        inside = QHBoxLayout()
        inside.setContentsMargins(20, 0, 6, 8)
        inside.addWidget(self.tree)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addLayout(inside, 1)
        self.setFocusProxy(self.tree)
        self._join()
        self._fill(())

    def _join(self) -> None:
        tree = self.tree
        self.heading.closed.connect(self.closed)
        self.new.clicked.connect(lambda: self.new_requested.emit(""))
        self.merge.clicked.connect(lambda: self._with_chosen(self.merge_requested.emit))
        self.delete.clicked.connect(lambda: self._with_chosen(self.delete_requested.emit))
        tree.nest_requested.connect(self.nest_requested)
        tree.show_requested.connect(self.show_requested)
        tree.customContextMenuRequested.connect(self._on_menu)
        tree.collapsed.connect(lambda index: self._folded.add(str(index.data(NAME)).casefold()))
        tree.expanded.connect(lambda index: self._folded.discard(str(index.data(NAME)).casefold()))
        tree.selectionModel().selectionChanged.connect(lambda *_: self._show_state())
        self.model.itemChanged.connect(self._on_edited)
        tree.delete_requested.connect(lambda: self._with_chosen(self.delete_requested.emit))

    # ------------------------------------------------------------ shown

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.heading.set_theme(theme)
        self.tree.delegate.theme = theme
        self.tree.viewport().update()

    def refresh(self) -> None:
        """Ask for the tags there are now."""
        self.refresh_requested.emit()

    def show_tags(self, used: Sequence[Used]) -> None:
        """Show these; what is folded or chosen stays so, as far as it is there, under another name too."""
        self.tree.set_empty(
            self.tr(
                "There is no tag yet. Mark a passage and press T, press Shift+T to tag a whole article, or"
                " make one here. A tag called money/budget stands under money."
            )
        )
        if tuple(used) != self._used:
            self._fill(used)

    def _fill(self, used: Sequence[Used]) -> None:
        self._used = tuple(used)
        chosen, wanted = self.chosen(), self._wanted()
        self._order = [each.tag.id for each in used]
        scrolled = self.tree.verticalScrollBar().value()
        self._filling = True
        self.model.clear()
        self.model.setHorizontalHeaderLabels(
            [
                self.tr("Tag"),
                self.tr("What it means"),
                self.tr("Highlights"),
                self.tr("Notes"),
                self.tr("Articles"),
            ]
        )
        nodes: dict[str, QStandardItem] = {}
        for each in used:
            self._add(each.tag.name, each, nodes)
        self._filling = False
        self._set_header()
        for folded, item in nodes.items():
            self.tree.setExpanded(item.index(), folded not in self._folded)
        items = {each.tag.id: nodes[each.tag.name.casefold()] for each in used}
        held = next((items[id] for id in wanted if id in items), nodes.get(chosen.casefold()))
        if held is not None:
            self.tree.setAutoScroll(False)  # it would unfold what the reader has folded
            self.tree.setCurrentIndex(held.index())
            self.tree.setAutoScroll(True)
        elif used and not chosen:
            self.tree.setCurrentIndex(self.model.index(0, 0))
        self.tree.verticalScrollBar().setValue(scrolled)
        self._show_state()

    def _wanted(self) -> list[str]:
        """Return which tags are to be the chosen one: that which is, be it renamed; else its neighbours."""
        used: Used | None = self.tree.currentIndex().siblingAtColumn(0).data(USED)
        if used is None or used.tag.id not in self._order:
            return []
        at = self._order.index(used.tag.id)
        return [*self._order[at:], *reversed(self._order[:at])]

    def _set_header(self) -> None:
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(60)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(0, 260)
        for number in range(NUMBERS, self.model.columnCount()):
            header.setSectionResizeMode(number, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(number, 88)
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            self.model.setHeaderData(
                number, Qt.Orientation.Horizontal, side, Qt.ItemDataRole.TextAlignmentRole
            )

    def _add(self, name: str, used: Used | None, nodes: dict[str, QStandardItem]) -> QStandardItem:
        """Put a tag under the one it is in; a name above it that is no tag stands there all the same."""
        parent, _, last = name.rpartition("/")
        above = self.model.invisibleRootItem()
        if parent:
            held = nodes.get(parent.casefold())
            above = held if held is not None else self._add(parent, None, nodes)
        item = QStandardItem(one_line(last))
        item.setData(name, NAME)
        item.setData(used, USED)
        row = [item, QStandardItem(one_line(used.tag.description) if used else "")]
        row[1].setEditable(used is not None)
        for number in (used.highlights, used.notes, used.articles) if used else (0, 0, 0):
            counted = QStandardItem(figures(number) if number else "")
            counted.setEditable(False)
            row.append(counted)
        above.appendRow(row)
        nodes[name.casefold()] = item
        return item

    def _show_state(self) -> None:
        number = len(self._used or ())
        told = self.tr(
            "Press F2 to rename a tag, drag one onto another to put it under that, double-click to see"
        )
        self.heading.say(f"{told} {self.tr('what has it.')}" if number else "")
        self.heading.remark.setVisible(bool(number))
        for button in (self.merge, self.delete):
            button.setVisible(bool(number))
            button.setEnabled(bool(self.chosen()))

    # ------------------------------------------------------------ asked

    def chosen(self) -> str:
        """Return the name of the tag that is chosen, or ""."""
        index = self.tree.currentIndex()
        return str(index.siblingAtColumn(0).data(NAME) or "") if index.isValid() else ""

    def _with_chosen(self, ask: Callable[[str], object]) -> None:
        name = self.chosen()
        if name:
            ask(name)

    def _on_edited(self, item: QStandardItem) -> None:
        """Ask for what was written in place."""
        if self._filling:
            return
        name = str(item.index().siblingAtColumn(0).data(NAME))
        parent, written = name.rpartition("/")[0], item.text()
        self._used = None  # what is stored is shown again, be it kept or refused
        if item.column() == 0:
            wanted = f"{parent}/{written}" if parent else written
            self._ask_later(lambda: self.rename_requested.emit(name, wanted))
        else:
            self._ask_later(lambda: self.describe_requested.emit(name, written))

    def _ask_later(self, ask: Callable[[], None]) -> None:
        """Ask when the field is gone: the answer may take its row away."""
        QTimer.singleShot(0, self, ask)

    def _on_menu(self, at: QPoint) -> None:
        index = self.tree.indexAt(at)
        if index.isValid():
            self.menu_requested.emit(
                str(index.siblingAtColumn(0).data(NAME)), self.tree.viewport().mapToGlobal(at)
            )

    def edit_name(self) -> None:
        """Let the name of the chosen tag be written anew."""
        self.tree.edit_current(0)

    def edit_meaning(self) -> None:
        """Let what the chosen tag means be written anew."""
        self.tree.edit_current(MEANING)
