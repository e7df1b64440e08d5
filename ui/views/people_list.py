"""The people of the library as a list: filtered, ordered, fetched a page at a time. Knows no database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QLocale, QModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.text import one_line
from ui.numbers import figures
from ui.panels.filter_field import FilterField
from ui.panels.pages import Pages
from ui.panels.rows import ROW, CountedModel, Index, RowDelegate, RowList, draw_lines, in_lines, line_step
from ui.theme import Theme, interface_font
from ui.views.heading import Heading


class Person(Protocol):
    """What a row shows of a person."""

    @property
    def name(self) -> str: ...
    @property
    def documents(self) -> int: ...
    @property
    def quotations(self) -> int: ...
    @property
    def mentions(self) -> int: ...
    @property
    def is_body(self) -> bool: ...


Fetch = Callable[[int, int], Sequence[Person]]


def role_of(person: Person) -> str:
    """Return the colour role of a person or a body."""
    return "organisation" if person.is_body else "person"


class PeopleModel(CountedModel):
    """The people, fetched a page at a time when a row of it is looked at."""

    failed = Signal(object)  # ReaderError

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pages: Pages[Person] = Pages(self.failed.emit)

    def set_source(self, count: int, fetch: Fetch) -> None:
        """Take `count` people from `fetch(offset, limit)` in place of the present ones."""
        self._pages.set_source(count, fetch)
        self.set_count(count)

    def person(self, row: int) -> Person | None:
        """Return the person of a row; None when it is not there (any more) or can't be fetched."""
        return self._pages.row(row)

    def row_of(self, name: str, *, near: int = 0) -> int | None:
        """Return the row of a person among those that have been looked at; `near` is where they were last."""
        for row in (near, 0):
            self.person(row)  # fetches its page
        return next((row for row, person in self._pages.fetched() if person.name == name), None)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the person, or their words for screen readers and typing ahead."""
        person = self.person(index.row()) if index.isValid() else None
        if person is None:
            return None
        if role == ROW:
            return person
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return one_line(person.name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{one_line(person.name)}. {self.amount(person)}"
        return None

    def amount(self, person: Person) -> str:
        """Return how often a person is quoted and in how many articles they are."""
        number = QLocale().toString
        quoted = self.tr("{} quotation") if person.quotations == 1 else self.tr("{} quotations")
        inside = self.tr("{} article") if person.documents == 1 else self.tr("{} articles")
        shown = [quoted.format(number(person.quotations))] if person.quotations else []
        return " · ".join([*shown, inside.format(number(person.documents))])


class PersonDelegate(RowDelegate):
    """A mark in the colour of people or bodies, the name, and under it the counts."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines."""
        high = line_step(interface_font(), 1.4) + line_step(interface_font(-1.5), 1.35)
        return QSize(80, round(high + 11))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one person."""
        person: Person | None = index.data(ROW)
        model = self.view.model()
        if person is None or not isinstance(model, PeopleModel):
            return
        selected, hovered, focused = self.state(option)
        theme, room = self.theme, self.view.row_frame(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or hovered:
            painter.setPen(theme.colour("accent") if focused and selected else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selection" if selected else "hover"))
            painter.drawRoundedRect(room.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        font, small = interface_font(0, QFont.Weight.Medium), interface_font(-1.5)
        step = line_step(font, 1.4)
        at = QPointF(room.left() + 20, room.top() + 5)
        wide = room.width() - 28
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(role_of(person)))
        painter.drawRoundedRect(QRectF(room.left() + 8, at.y() + step * 0.18, 3, step * 0.64), 1.5, 1.5)
        painter.setPen(theme.colour("ink"))
        draw_lines(painter, in_lines(person.name, font, wide, lines=1), font, at, wide, leading=1.4)
        painter.setPen(theme.colour("soft" if selected else "faint"))
        below = QPointF(at.x(), at.y() + step)
        draw_lines(
            painter, in_lines(model.amount(person), small, wide, lines=1), small, below, wide, leading=1.35
        )
        painter.restore()


class PeopleList(QFrame):
    """Title, filter, order and list. Several can be chosen, to be made one."""

    source_requested = Signal(str, str)  # words, order
    person_requested = Signal(str)
    problem = Signal(object)  # ReaderError
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._order = "quoted"
        self._quiet = False  # who is current changes without anybody asking for them
        self._is_alone = False  # no page stands beside it
        self._is_listed = False  # who there is has been told
        self.heading = Heading(self.tr("People"), "", self, inset=False)
        self.heading.remark.hide()
        self.heading.closed.connect(self.closed)
        self.filter = FilterField(self)
        self.filter.setPlaceholderText(self.tr("Filter by name"))
        self.filter.setAccessibleName(self.tr("Filter by name"))
        self.order = QToolButton(self)
        self.order.setObjectName("quietButton")
        self.order.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.order.setMenu(self._order_menu())
        self.total = QLabel("", self)
        self.total.setProperty("role", "faint")
        self.list = RowList(self)
        self.list.setAccessibleName(self.tr("People of the library"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setUniformItemSizes(True)
        self.model = PeopleModel(self)
        self.delegate = PersonDelegate(self.list)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self._lay_out()
        self.model.failed.connect(self.problem)
        self.filter.textChanged.connect(self.ask)
        self.filter.left_down.connect(self.enter)
        self.list.requested.connect(self._on_requested)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self._show_order()

    def _order_menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for key in ("quoted", "documents", "name"):
            action = menu.addAction(self._order_words(key))
            action.setCheckable(True)
            action.setChecked(key == self._order)
            action.triggered.connect(lambda _=False, chosen=key: self.show_in_order(chosen))
            group.addAction(action)
        return menu

    def _order_words(self, key: str) -> str:
        return {
            "quoted": self.tr("Most quoted"),
            "documents": self.tr("In most articles"),
            "name": self.tr("By name"),
        }[key]

    def _lay_out(self) -> None:
        top, tools = QVBoxLayout(), QHBoxLayout()
        top.setContentsMargins(28, 22, 14, 4)
        top.setSpacing(10)
        tools.addWidget(self.order)
        tools.addStretch(1)
        tools.addWidget(self.total)
        top.addWidget(self.heading)
        top.addWidget(self.filter)
        top.addLayout(tools)
        inside = QVBoxLayout()
        inside.setContentsMargins(16, 0, 2, 8)
        inside.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(inside, 1)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.delegate.set_theme(theme)
        self.heading.set_theme(theme)

    # ------------------------------------------------------------ shown

    def ask(self) -> None:
        """Ask for the people that are wanted now."""
        self.source_requested.emit(self.filter.text().strip(), self._order)

    def show_in_order(self, order: str) -> None:
        """Show the people "quoted" (the most quoted first), by "documents" or by "name"."""
        self._order = order
        self._show_order()
        self.ask()

    def _show_order(self) -> None:
        self.order.setText(self._order_words(self._order) + " ▾")

    def show_source(self, count: int, fetch: Fetch) -> None:
        """Show these people; who is chosen and the place in the list stay."""
        chosen, scrolled = self.chosen(), self.list.verticalScrollBar().value()
        current = max(0, self.list.currentIndex().row())
        self._quiet = True
        self.model.set_source(count, fetch)
        self._quiet = False
        self.total.setText(figures(count))
        self._is_listed = True
        self._say_empty()
        if len(chosen) == 1:
            self.select(chosen[0], near=current)
        self.list.verticalScrollBar().setValue(scrolled)

    def be_alone(self, alone: bool) -> None:
        """Say what to do where there is nobody, when there is no page beside it that does."""
        self._is_alone = alone
        self._say_empty()

    def nobody_yet(self) -> str:
        """Return what to do while the library has no people; nothing until it was asked who there is."""
        if not self._is_listed:
            return ""
        return self.tr(
            "Nobody is named in your library yet. Open an article: who is named and quoted in it stands"
            " here as soon as it has been read."
        )

    def _say_empty(self) -> None:
        if self.filter.text().strip():
            self.list.set_empty(
                self.tr("Nobody has such a name. Press Escape in the field to see everybody.")
            )
        else:
            self.list.set_empty(self.nobody_yet() if self._is_alone else "")

    def select(self, name: str, *, near: int = 0) -> None:
        """Make a person the chosen one, without asking for their page; one who is not in sight is not."""
        row = self.model.row_of(name, near=near)
        self._quiet = True
        if row is None:
            self.list.clearSelection()
        else:
            self.list.setCurrentIndex(self.model.index(row))
        self._quiet = False

    def chosen(self) -> list[str]:
        """Return the names of the people who are chosen, in the order of the list."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedRows())
        return [person.name for row in rows if (person := self.model.person(row)) is not None]

    # ------------------------------------------------------------ asked

    def offer(self, *buttons: QAbstractButton) -> None:
        """Offer what these buttons do in the menu of the list."""
        for button in buttons:
            action = QAction(button.text(), self.list)
            action.triggered.connect(button.click)
            self.list.addAction(action)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def enter(self) -> None:
        """Put the keyboard into the list, and show the first person where none is chosen."""
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        if self.model.rowCount() and not self.list.selectionModel().hasSelection():
            self.list.setCurrentIndex(self.model.index(0))

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        person = self.model.person(index.row()) if index.isValid() else None
        if person is not None and not self._quiet:
            self.person_requested.emit(person.name)

    def _on_requested(self, index: QModelIndex, _shift: bool) -> None:
        self._on_current(index, QModelIndex())
