"""The right side: Names, Quotes and Notes behind flat tabs, and how far the reading of the machine is."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.numbers import figures
from ui.panels.names import NamesPanel
from ui.panels.notes import NotesPanel
from ui.panels.quotes import QuotesPanel
from ui.theme import Theme

TABS = ("names", "quotes", "notes")


class Tab(QToolButton):
    """A flat tab with a number after its title; left and right lead to its neighbours."""

    stepped = Signal(int)

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = title
        self.setProperty("role", "tab")
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Put the number after the title, where there is something to count."""
        shown = figures(count)
        self.setText(f"{self._title}  {shown}" if count else self._title)
        self.setAccessibleName(f"{self._title}, {shown}" if count else self._title)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go to the neighbours."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)


class FindingsPanel(QFrame):
    """Three panels, one of which is seen."""

    tab_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findingsPanel")
        self.setAccessibleName(self.tr("Names, quotes and notes"))
        self.names, self.quotes, self.notes = NamesPanel(self), QuotesPanel(self), NotesPanel(self)
        titles = (self.tr("Names"), self.tr("Quotes"), self.tr("Notes"))
        self.tabs = {key: Tab(title, self) for key, title in zip(TABS, titles, strict=True)}
        self.stack = QStackedWidget(self)
        self._group = QButtonGroup(self)
        bar = QFrame(self)
        bar.setObjectName("tabBar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(10, 6, 10, 0)
        row.setSpacing(2)
        panels: tuple[NamesPanel | QuotesPanel | NotesPanel, ...] = (self.names, self.quotes, self.notes)
        for key, panel in zip(TABS, panels, strict=True):
            tab = self.tabs[key]
            self._group.addButton(tab)
            self.stack.addWidget(panel)
            panel.count_changed.connect(tab.show_count)
            tab.clicked.connect(partial(self.show_tab, key))
            tab.stepped.connect(partial(self._step, key))
            row.addWidget(tab)
        row.addStretch(1)
        self.progress_words, self.progress_bar = QLabel(self), QProgressBar(self)
        self.progress = self._progress_row()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.progress)
        column.addWidget(self.stack, 1)
        self.tabs["names"].setChecked(True)

    def _progress_row(self) -> QWidget:
        whole = QWidget(self)
        self.progress_words.setProperty("role", "faint")
        self.progress_bar.setTextVisible(False)
        self.progress_bar.setRange(0, 100)
        column = QVBoxLayout(whole)
        column.setContentsMargins(18, 9, 18, 2)
        column.setSpacing(5)
        column.addWidget(self.progress_words)
        column.addWidget(self.progress_bar)
        whole.hide()
        return whole

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        for panel in (self.names, self.quotes, self.notes):
            panel.set_theme(theme)

    @property
    def tab(self) -> str:
        """The tab that is seen: "names", "quotes" or "notes"."""
        return TABS[self.stack.currentIndex()]

    def show_tab(self, tab: str | int, *_clicked: bool) -> None:
        """Show a tab by its key or its place; an unknown key changes nothing."""
        key = TABS[tab] if isinstance(tab, int) else tab
        if key not in TABS:
            return
        changed = key != self.tab
        self.stack.setCurrentIndex(TABS.index(key))
        self.tabs[key].setChecked(True)
        if changed:
            self.tab_changed.emit(key)

    def _step(self, key: str, step: int) -> None:
        place = (TABS.index(key) + step) % len(TABS)
        self.show_tab(place)
        self.tabs[TABS[place]].setFocus(Qt.FocusReason.TabFocusReason)

    def focus_list(self) -> None:
        """Put the keyboard into the list that is seen."""
        panel = (self.names, self.quotes, self.notes)[self.stack.currentIndex()]
        panel.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_counts(self, names: int, quotes: int, notes: int) -> None:
        """Show these numbers on the tabs."""
        for key, count in zip(TABS, (names, quotes, notes), strict=True):
            self.tabs[key].show_count(count)

    def show_progress(self, fraction: float | None) -> None:
        """Say how much of the article is analysed (0..1), or nothing when all of it is (None)."""
        self.progress.setVisible(fraction is not None)
        if fraction is not None:
            percent = max(0, min(100, round(fraction * 100)))
            self.progress_words.setText(self.tr("Reading the article… {} %").format(percent))
            self.progress_bar.setValue(percent)
