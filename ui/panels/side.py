"""The left side: the library, and behind a second tab the contents of an article that has sections."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from reader.document import Section
from ui.panels.contents import ContentsPanel
from ui.panels.findings import Tab
from ui.panels.library import LibraryPanel
from ui.theme import Theme

TABS = ("library", "contents")


class SidePanel(QFrame):
    """Two panels, one of which is seen; without sections there are no tabs, and the library alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidePanel")
        self.library, self.contents = LibraryPanel(self), ContentsPanel(self)
        self.has_contents = False
        titles = (self.tr("Library"), self.tr("Contents"))
        self.tabs = {key: Tab(title, self) for key, title in zip(TABS, titles, strict=True)}
        self.stack = QStackedWidget(self)
        self._group = QButtonGroup(self)
        self._bar = QFrame(self)
        self._bar.setObjectName("tabBar")
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(10, 6, 10, 0)
        row.setSpacing(2)
        panels: tuple[QWidget, ...] = (self.library, self.contents)
        for key, panel in zip(TABS, panels, strict=True):
            tab = self.tabs[key]
            self._group.addButton(tab)
            self.stack.addWidget(panel)
            tab.clicked.connect(partial(self.show_tab, key))
            tab.stepped.connect(partial(self._step, key))
            row.addWidget(tab)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self.stack, 1)
        self.tabs["library"].setChecked(True)
        self._bar.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.library.set_theme(theme)
        self.contents.set_theme(theme)

    def set_sections(self, sections: Sequence[Section]) -> None:
        """Show the contents of another article; one without sections shows the library."""
        self.has_contents = bool(sections)
        self.contents.set_sections(sections)
        self._bar.setVisible(self.has_contents)
        if not sections:
            self.show_tab("library")

    @property
    def tab(self) -> str:
        """The tab that is seen: "library" or "contents"."""
        return TABS[self.stack.currentIndex()]

    def show_tab(self, key: str, *_clicked: bool) -> None:
        """Show a tab."""
        self.stack.setCurrentIndex(TABS.index(key))
        self.tabs[key].setChecked(True)

    def _step(self, key: str, step: int) -> None:
        following = TABS[(TABS.index(key) + step) % len(TABS)]
        self.show_tab(following)
        self.tabs[following].setFocus(Qt.FocusReason.TabFocusReason)
