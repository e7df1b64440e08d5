"""Searches that are kept: made, run, renamed and deleted, each as one change that can be undone."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog, QLineEdit, QWidget

from reader.errors import ReaderError
from reader.model import Change, SavedSearch
from ui.changes import when_changed
from ui.frame import Frame
from ui.library.searching import Searcher
from ui.session import Session


class SearchKeeper(QObject):
    """Joins the star and the list of searches with the session."""

    def __init__(self, session: Session, frame: Frame, searcher: Searcher, *, window: QWidget) -> None:
        super().__init__(frame)
        self._session, self._window = session, window
        self._panel, self._messages = frame.library, frame.messages
        self.dialog: QInputDialog | None = None
        self._kept: list[SavedSearch] = []
        searches = self._panel.searches
        searches.requested.connect(lambda search: searcher.run(search.query))
        searches.rename_requested.connect(self._ask_name)
        searches.delete_requested.connect(self._delete)
        self._panel.search.keep_requested.connect(self.keep)
        self._panel.search_changed.connect(lambda _: self._show_star())
        when_changed(session, self.follow, SavedSearch)

    def keep(self) -> None:
        """Keep the search in the field, or keep it no longer."""
        query = self._panel.search_text()
        if not query:
            self._messages.show_message(self.tr("Search for something first, then keep the search."))
            return
        known = self._known(query)
        if known is not None:
            self._delete(known)
        elif self._session.do(Change(self.tr("keep a search"), after=(SavedSearch(query, query),))):
            self._messages.show_message(self.tr("The search is kept; it is listed under “Searches”."))

    def _known(self, query: str) -> SavedSearch | None:
        return next((each for each in self._kept if each.query == query), None)

    def _delete(self, search: SavedSearch) -> None:
        if self._session.do(Change(self.tr("delete a search"), before=(search,))):
            self._messages.show_message(self.tr("The search is kept no longer; Ctrl+Z brings it back."))

    def _ask_name(self, search: SavedSearch) -> None:
        dialog = self.dialog = QInputDialog(self._window)
        dialog.setWindowTitle(self.tr("Rename the search"))
        dialog.setLabelText(self.tr("Name of the search:"))
        dialog.setTextEchoMode(QLineEdit.EchoMode.Normal)
        dialog.setTextValue(search.name)
        dialog.textValueSelected.connect(lambda name: self._rename(search, name))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _rename(self, search: SavedSearch, name: str) -> None:
        name = " ".join(name.split())
        if name and name != search.name:
            renamed = replace(search, name=name)
            self._session.do(Change(self.tr("rename a search"), before=(search,), after=(renamed,)))

    def follow(self) -> None:
        """List the searches that are kept now, here or by another window."""
        library = self._session.library
        try:
            kept = library.saved_searches() if library is not None else []
        except ReaderError:
            return  # told by what else lists the library
        if kept != self._kept:
            self._kept = kept
            self._panel.searches.show_searches(kept)
        self._show_star()

    def _show_star(self) -> None:
        self._panel.search.show_kept(self._known(self._panel.search_text()) is not None)
