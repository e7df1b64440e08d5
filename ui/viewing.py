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
        self._frame = frame
        frame.library.links.requested.connect(self.show)
        frame.middle.changed.connect(frame.library.links.choose)
        session.document_opened.connect(frame.middle.show_page)
        session.library_changed.connect(frame.middle.refresh)

    def add(self, name: str, make: Callable[[], QWidget], *, link: str = "") -> None:
        """Know of a view; with `link` the left side leads to it under these words."""
        self._frame.middle.add(name, make)
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
