"""The middle of the window: the article, or a view of the library in its place. Knows no library."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from ui.theme import Theme
from ui.views.away import AwayView


class View(Protocol):
    """What a view is besides a widget."""

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""

    def refresh(self) -> None:
        """It is about to be seen: show what is stored now."""


class Middle(QStackedWidget):
    """The article first; a view is made when it is first asked for: the start does not wait for it."""

    leaving = Signal()  # another view is about to be shown in place of what is seen
    changed = Signal(str)  # the name of the view that is seen, "" for the article
    returned = Signal(str)  # to a view that was left, which is shown again

    def __init__(self, page: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        self._makers: dict[str, Callable[[], QWidget]] = {}
        self._titles: dict[str, str] = {}  # of the views that show what is in the library
        self._views: dict[str, QWidget] = {}
        self._theme: Theme | None = None
        self._shown = ""
        self._is_away = False  # the library
        self.away = AwayView(self)
        self.away.closed.connect(self.show_page)
        self.addWidget(page)
        self.addWidget(self.away)

    def add(self, name: str, make: Callable[[], QWidget], *, title: str = "") -> None:
        """Know of a view, a widget that is a `View` too; with a `title` it shows what is in the library."""
        self._makers[name] = make
        if title:
            self._titles[name] = title

    @property
    def shown(self) -> str:
        """The name of the view that is seen, "" for the article."""
        return self._shown

    @property
    def shows_library(self) -> bool:
        """Tell whether a view is seen of what is in the library."""
        return self._shown in self._titles

    def knows(self, name: str) -> bool:
        """Tell whether there is such a view."""
        return name in self._makers

    def made(self) -> frozenset[str]:
        """Return the views that were seen already."""
        return frozenset(self._views)

    def view(self, name: str) -> QWidget:
        """Return a view, made if it was not seen yet."""
        if name not in self._views:
            made = self._makers[name]()
            if self._theme is not None:
                made.set_theme(self._theme)  # type: ignore[attr-defined]  # a View
            self._views[name] = made
            self.addWidget(made)
        return self._views[name]

    def show_view(self, name: str) -> None:
        """Show a view as things are now, and give it the keyboard."""
        view = self.view(name)
        if name != self._shown:
            self.leaving.emit()
        if self._is_covered(name):
            self._show(name, self._cover(name))
        else:
            view.refresh()  # type: ignore[attr-defined]  # a View
            self._show(name, view)

    def return_to(self, name: str) -> None:
        """Show a view that was left, as things are now."""
        self.show_view(name)
        if not self._is_covered(name):
            self.returned.emit(name)

    def show_page(self) -> None:
        """Show the article."""
        self._show("", self._page)

    def refresh(self) -> None:
        """Bring the view that is seen in line with what is stored."""
        if self._shown and not self._is_covered(self._shown):
            self._views[self._shown].refresh()  # type: ignore[attr-defined]  # a View

    # ------------------------------------------------------------ while the library can't be read

    def set_away(self, away: bool) -> None:
        """Say in the place of what is in the library that it can't be read, or show it again."""
        if away == self._is_away:
            return
        self._is_away = away
        name = self._shown
        if name not in self._titles:
            return
        focus = QApplication.focusWidget()
        held = focus is not None and self.isAncestorOf(focus)
        self.refresh()
        view = self._views[name]
        part = view.focusWidget()  # the last that had the keyboard; Qt gives it to any other
        self.setCurrentWidget(self._cover(name) if away else view)
        if held:
            self.give_keyboard(None if away else part)

    def _is_covered(self, name: str) -> bool:
        return self._is_away and name in self._titles

    def _cover(self, name: str) -> QWidget:
        self.away.show_title(self._titles[name])
        return self.away

    def give_keyboard(self, widget: QWidget | None = None) -> None:
        """Give the keyboard to what is seen, or to a part of it."""
        (widget or self.currentWidget() or self._page).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, name: str, widget: QWidget) -> None:
        self.setCurrentWidget(widget)
        if name != self._shown:
            self._shown = name
            self.changed.emit(name)
        self.give_keyboard()

    def set_theme(self, theme: Theme) -> None:
        """Give the views that there are the theme's colours."""
        self._theme = theme
        self.away.set_theme(theme)
        for view in self._views.values():
            view.set_theme(theme)  # type: ignore[attr-defined]  # a View

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape, where a view has no use for it, leads back to the article."""
        if event.key() == Qt.Key.Key_Escape and self._shown:
            self.show_page()
        else:
            super().keyPressEvent(event)
