"""The whole library as a table: found, sorted, grouped, and put in order. Shows and asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.lists import Asked, Filter, Grouped, Listed, Overview, Sorted
from reader.text import one_line
from ui.panels.flow import FlowLayout
from ui.theme import Theme
from ui.views.heading import Heading
from ui.views.library_filters import FilterBar
from ui.views.library_model import Lines
from ui.views.library_table import TableView

ROOM_FOR_ROW = 480  # narrower, the buttons stand below how many are chosen


class ChosenBar(QFrame):
    """At the foot: how many are chosen, and what can be done with them."""

    asked = Signal(str)  # "collect", "tags", "state", "edit", "put_away", "put_back", "delete"

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("chosenBar")
        self.words = QLabel(self)
        self.words.setProperty("role", "quiet")
        titles = {
            "collect": self.tr("Collections…"),
            "tags": self.tr("Tags…"),
            "state": self.tr("Mark as…"),
            "edit": self.tr("Details…"),
            "put_away": self.tr("Put away"),
            "put_back": self.tr("Put back"),
            "delete": self.tr("Delete for good…"),
        }
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(28, 6, 18, 6)
        self._row.setSpacing(4)
        self._row.addWidget(self.words, 1)
        acts = QWidget(self)
        row = FlowLayout(acts, spacing=4)
        self._row.addWidget(acts)
        self.buttons: dict[str, QPushButton] = {}
        for key, title in titles.items():
            button = QPushButton(title, self)
            button.setProperty("role", "link")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click the keys still go to the table
            button.clicked.connect(lambda _=False, key=key: self.asked.emit(key))
            row.addWidget(button)
            self.buttons[key] = button

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in two rows where there is little room."""
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if self.width() < ROOM_FOR_ROW else ways.LeftToRight)

    def show_chosen(self, chosen: int, total: int, *, away: bool) -> None:
        """Say how many are chosen of how many; `away` where they were put away."""
        number = QLocale()
        if chosen:
            words = self.tr("{} of {} chosen").format(number.toString(chosen), number.toString(total))
        else:
            words = (self.tr("{} article") if total == 1 else self.tr("{} articles")).format(
                number.toString(total)
            )
        self.words.setText(words)
        for key, button in self.buttons.items():
            button.setVisible(bool(chosen) and (key in ("put_back", "delete")) == away)


class LibraryView(QFrame):
    """Heading, filters, table and foot; what is asked for is in `asked`."""

    closed = Signal()
    refresh_requested = Signal()
    asked_changed = Signal(object)  # Asked
    open_requested = Signal(int)
    act_requested = Signal(str, list)  # what, ids; what are those of the table's keys and the foot's buttons
    menu_requested = Signal(list, QPoint)
    columns_changed = Signal(tuple)
    seen_changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("view")
        self.asked = Asked()
        self._listed_for: Asked | None = None  # what the list answers that is shown
        self._described: dict[str, str] = {}  # collections, by their folded names
        self.heading = Heading(self.tr("Library"), "", self)
        self.heading.remark.hide()
        self.group = self._tool(self.tr("Group"))
        self.columns = self._tool(self.tr("Columns"))
        self.filters = FilterBar(self)
        self.table = TableView(self)
        self.foot = ChosenBar(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.filters)
        inside = QHBoxLayout()
        inside.setContentsMargins(20, 0, 6, 0)
        inside.addWidget(self.table)
        column.addLayout(inside, 1)
        column.addWidget(self.foot)
        self.setFocusProxy(self.table)
        self._join()
        self._show_state()

    def _tool(self, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("quietButton")
        button.setText(f"{words} ▾")
        button.setAccessibleName(words)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.heading.tools.addWidget(button)
        return button

    def _join(self) -> None:
        menu = QMenu(self.group)
        menu.aboutToShow.connect(partial(self._fill_groups, menu))
        self.group.setMenu(menu)
        self.columns.clicked.connect(
            lambda: self.table.columns_menu().popup(
                self.columns.mapToGlobal(self.columns.rect().bottomLeft())
            )
        )
        self.heading.closed.connect(self.closed)
        self.filters.changed.connect(self._on_filter)
        self.filters.words.left_down.connect(self._enter_table)
        self.table.sorted.connect(lambda by, down: self._ask(replace(self.asked, by=by, descending=down)))
        self.table.open_requested.connect(self.open_requested)
        self.table.keyed.connect(self._on_act)
        self.table.arranged.connect(lambda: self.columns_changed.emit(self.table.columns()))
        self.table.seen_changed.connect(self.seen_changed)
        self.table.chosen_changed.connect(self._show_state)
        self.table.customContextMenuRequested.connect(self._on_menu)
        self.foot.asked.connect(self._on_act)

    # ------------------------------------------------------------ shown

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.heading.set_theme(theme)
        self.table.set_theme(theme)

    def refresh(self) -> None:
        """Ask for the list as it is now."""
        self.refresh_requested.emit()

    def set_asked(self, asked: Asked) -> None:
        """Take what is asked for, without telling."""
        self.asked = asked
        self.filters.set_filter(asked.filter)
        self.table.set_order(asked.by, asked.descending)
        without = {
            Grouped.COLLECTION: self.tr("In no collection"),
            Grouped.SOURCE: self.tr("Without a source"),
        }
        self.table.say_without(without.get(asked.group or Grouped.YEAR, self.tr("Without a date")))
        self.group.setText(f"{self._groups().get(asked.group, self.tr('Group'))} ▾")
        self._show_described()

    def show_list(self, listed: Listed, lines: Lines) -> None:
        """Show a list; what is chosen stays chosen, as far as it is in it.

        Where all of that is gone from the same list, what moved up into its place is chosen.
        """
        before, chosen, current = self.table.table.listed.ids, self.table.chosen(), self.table.current()
        scrolled = self.table.verticalScrollBar().value()
        is_same = self.asked == self._listed_for
        self._listed_for = self.asked
        if self.table.table.set_list(listed, lines):
            if is_same and current in chosen and not {*chosen} & (now := {*listed.ids}):
                current = _after(current, before, now)
                chosen = [current] if current is not None else []
            self.table.choose(chosen, current)
            self.table.verticalScrollBar().setValue(scrolled)
        self.table.look()
        self._show_state()

    def offer(self, overview: Overview) -> None:
        """Offer these collections, tags and types to narrow by."""
        self.filters.offer(overview)
        self._described = {
            each.name.casefold(): one_line(each.description) for each, _ in overview.collections
        }
        self._show_described()

    def _show_described(self) -> None:
        """Say under the heading what the collection is for that is shown."""
        words = self._described.get(self.asked.filter.collection.casefold(), "")
        self.heading.say(words)
        self.heading.remark.setVisible(bool(words))

    def _show_state(self) -> None:
        listed = self.table.table.listed
        self.foot.show_chosen(len(self.table.chosen()), len(set(listed.ids)), away=self.asked.filter.put_away)
        if self._listed_for is None:
            empty = ""  # of a library that is still listed, or is not there, nobody knows what is in it
        elif self.asked.filter.put_away:
            empty = self.tr("Nothing is put away. An article that you put away can be had back from here.")
        elif self.asked.filter != Filter():
            empty = self.tr("No article is like that. Press “Show all” above to see the others.")
        else:
            empty = self.tr("There is no article in the library yet. Drop one here, or press Ctrl+O.")
        self.table.set_empty(empty)

    # ------------------------------------------------------------ asked

    def _ask(self, asked: Asked) -> None:
        if asked != self.asked:
            self.set_asked(asked)
            self._show_state()
            self.asked_changed.emit(asked)

    def _on_filter(self, wanted: Filter) -> None:
        self._ask(replace(self.asked, filter=wanted))

    def _groups(self) -> dict[Grouped | None, str]:
        return {
            Grouped.COLLECTION: self.tr("By collection"),
            Grouped.YEAR: self.tr("By year"),
            Grouped.MONTH: self.tr("By month"),
            Grouped.SOURCE: self.tr("By source"),
        }

    def _fill_groups(self, menu: QMenu) -> None:
        menu.clear()
        for group, words in {None: self.tr("Not grouped"), **self._groups()}.items():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(group is self.asked.group)
            action.triggered.connect(lambda _=False, group=group: self._ask(replace(self.asked, group=group)))

    def _enter_table(self) -> None:
        table = self.table
        table.setFocus()
        if table.table.rowCount() and not table.currentIndex().isValid():
            table.selectRow(0 if table.table.group(0) is None else 1)

    def _on_act(self, what: str) -> None:
        chosen: Sequence[int] = self.table.chosen()
        if what == "put_away" and self.asked.filter.put_away:
            what = "delete"  # the Delete key, where they were put away already
        if chosen:
            self.act_requested.emit(what, list(chosen))

    def _on_menu(self, at: QPoint) -> None:
        chosen = self.table.chosen()
        if chosen:
            self.menu_requested.emit(chosen, self.table.viewport().mapToGlobal(at))


def _after(gone: int, before: Sequence[int], now: set[int]) -> int | None:
    """Return the one of the present ids that came next, or else the one before."""
    at = before.index(gone)
    return next((id for id in (*before[at + 1 :], *reversed(before[:at])) if id in now), None)


def order_in_words(by: Sorted, *, descending: bool) -> str:
    """Return an order as it is kept in the settings."""
    return f"{by}:{'down' if descending else 'up'}"


def order_of(words: str) -> tuple[Sorted, bool]:
    """Return the order that `order_in_words` wrote down; the usual one for what is none."""
    key, _, way = words.partition(":")
    return (Sorted(key), way != "up") if key in Sorted.__members__.values() else (Sorted.ADDED, True)
