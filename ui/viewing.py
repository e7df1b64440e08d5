"""Joins the views of the library with the window: made when asked for, left when an article is opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.frame import Frame
from ui.session import Session


class Viewer(QObject):
    """Shows a view in the article's place, and the article again."""

    def __init__(self, session: Session, frame: Frame) -> None:
        super().__init__(frame)
        self._session, self._frame = session, frame
        self._behind: int | None = None  # the article that comes without taking a view's place
        frame.library.links.requested.connect(self.show)
        frame.middle.changed.connect(frame.library.links.choose)
        session.document_opened.connect(self._on_opened)
        session.library_changed.connect(frame.middle.refresh)

    def add(self, name: str, make: Callable[[], QWidget], *, title: str = "", link: str = "") -> None:
        """Know of a view; with a `title` it shows what is in the library.

        With `link` the left side leads to it under these words, which are its title too.
        """
        self._frame.middle.add(name, make, title=title or link)
        if link:
            self._frame.library.links.add(name, link)

    def show(self, name: str) -> None:
        """Show a view; asked for again, it makes room for the article."""
        middle = self._frame.middle
        if not middle.knows(name):
            return  # a link may lead elsewhere
        if middle.shown == name:
            middle.show_page()
        else:
            middle.show_view(name)

    def open_behind(self, document_id: int) -> None:
        """Open an article that nobody asked for just now: a view of the library that is seen stays."""
        self._behind = document_id
        self._session.open(document_id)

    def _on_opened(self) -> None:
        behind, self._behind = self._behind, None
        middle = self._frame.middle
        if middle.shows_library and behind is not None and behind == self._session.document_id:
            middle.give_keyboard()  # the page has taken it
        else:
            middle.show_page()
