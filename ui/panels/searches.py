"""The searches that are kept: listed at the left, run by a click, renamed and deleted. Knows no library."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QVBoxLayout, QWidget

from reader.model import SavedSearch
from reader.text import one_line
from ui.menus import for_once
from ui.panels.links import Link
from ui.theme import Theme, interface_font


class Searches(QFrame):
    """A heading, and a link for each search; nothing where none is kept."""

    requested = Signal(object)  # SavedSearch
    rename_requested = Signal(object)
    delete_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Searches that are kept"))
        self._theme: Theme | None = None
        self._folded = False
        self.links: list[Link] = []
        heading = QLabel(self.tr("SEARCHES"), self)
        heading.setObjectName("sectionTitle")
        font = interface_font(-2, QFont.Weight.DemiBold)
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 106)
        heading.setFont(font)
        heading.setContentsMargins(8, 0, 0, 2)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 2)
        self._column.setSpacing(1)
        self._column.addWidget(heading)
        self.hide()

    def show_searches(self, searches: Sequence[SavedSearch]) -> None:
        """List these."""
        before = self.links
        focused = next((n for n, link in enumerate(before) if link.hasFocus()), None)
        self.links = [self._link(each) for each in searches]
        if focused is not None and self.links:
            self.links[min(focused, len(self.links) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        for link in before:
            self._column.removeWidget(link)
            link.hide()
            link.deleteLater()
        self._show()

    def fold(self, folded: bool) -> None:
        """Make room for something else, or be seen again."""
        self._folded = folded
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self.links) and not self._folded)

    def _link(self, search: SavedSearch) -> Link:
        link = Link(one_line(search.name), self)
        link.setShortcut(QKeySequence())  # an ampersand in a name is no key
        link.setAccessibleName(one_line(search.name))
        link.setCheckable(False)
        link.setToolTip(search.query)
        link.theme = self._theme
        link.clicked.connect(lambda: self.requested.emit(search))
        link.stepped.connect(partial(self._step, link))
        link.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        link.customContextMenuRequested.connect(partial(self._show_menu, link, search))
        for key, signal in (
            (Qt.Key.Key_F2, self.rename_requested),
            (Qt.Key.Key_Delete, self.delete_requested),
        ):
            shortcut = QShortcut(QKeySequence(key), link)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(partial(signal.emit, search))
        self._column.addWidget(link)
        link.show()  # only what is seen can have the keyboard
        return link

    def _show_menu(self, link: Link, search: SavedSearch, at: QPoint) -> None:
        menu = for_once(QMenu(self))  # the links are made anew when a search is kept elsewhere
        menu.addAction(self.tr("Search"), partial(self.requested.emit, search))
        menu.addAction(self.tr("Rename… (F2)"), partial(self.rename_requested.emit, search))
        menu.addAction(self.tr("Delete (Del)"), partial(self.delete_requested.emit, search))
        menu.popup(link.mapToGlobal(at))

    def _step(self, link: Link, step: int) -> None:
        at = (self.links.index(link) + step) % len(self.links)
        self.links[at].setFocus(Qt.FocusReason.TabFocusReason)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme
        for link in self.links:
            link.theme = theme
            link.update()
