"""The library's file as the window holds it: opened, tried again, watched, listed. No documents, no notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from reader.errors import LibraryDamaged, LibraryMissing, ReaderError
from reader.lists import Asked, Filter, Listed
from reader.model import Details, Record
from reader.paths import Paths
from ui.changes import OF_ARTICLES, touches
from ui.desk import prepare
from ui.dialogs.bar import MessageBar
from ui.library.order_desk import list_documents
from ui.panels.library import Entry, Fetch, Ids, LibraryPanel
from ui.session import Session
from ui.tasks import Tasks

if TYPE_CHECKING:
    from reader.library import Library

WATCH_MS = 2000  # how often another window's writing is looked for
NEAR = 1000  # rows that SQLite skips in less time than it takes to list the ids of a large library


class Everything:
    """All articles, those added last first: the first few at once, the others when one goes that far."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._ids: list[int] | None = None

    def ids(self) -> list[int]:
        """Return the ids of all, which for a hundred thousand takes about a frame, once."""
        if self._ids is None:
            self._ids = self._library.ids(order="added")
        return self._ids

    def fetch(self, offset: int, limit: int) -> Sequence[Entry]:
        """Return some lines."""
        if self._ids is None and offset < NEAR:
            return self._library.entries(order="added", offset=offset, limit=limit)
        return self._library.lines(self.ids()[offset : offset + limit])


class Shelf(QObject):
    """Opens the library for the session and keeps the panel in line with it."""

    ready = Signal()  # the session has its library now
    written = Signal()  # another window, or a task of this one, has written
    damaged = Signal(object)  # LibraryDamaged: it was not opened
    missing = Signal(object)  # LibraryMissing: it is not where it was chosen to be

    def __init__(
        self, session: Session, panel: LibraryPanel, paths: Paths, *, tasks: Tasks, messages: MessageBar
    ) -> None:
        super().__init__(panel)
        self._session, self._panel, self._paths = session, panel, paths
        self._tasks, self._messages = tasks, messages
        self._data_version = 0
        self._total: int | None = None
        self._filter = Filter()
        self._watch = QTimer(self, interval=WATCH_MS)
        self._watch.timeout.connect(self.look_for_changes)
        session.library_changed.connect(self._on_changed)

    def open(self) -> None:
        """Open the library, what takes long in a thread; one that can't be opened may be tried again."""
        self._tasks.run(
            lambda task: prepare(self._paths),
            done=lambda _: self.take(),
            failed=self._on_failed,
        )

    def _on_failed(self, error: ReaderError) -> None:
        if isinstance(error, LibraryDamaged):
            self.damaged.emit(error)
            return
        if isinstance(error, LibraryMissing):
            self.missing.emit(error)
            return
        self._messages.show_message(
            error.what, error.next, kind="error", action_text=self.tr("Try again"), action=self.open
        )

    def take(self) -> None:
        """Give the session a library that has been made ready, unless it has one."""
        from reader.library import Library

        if self._session.library is not None:
            return
        try:
            library = Library.open(
                self._paths.library, backups=self._paths.backups, must_exist=self._paths.is_chosen
            )
            self._data_version = library.data_version()
        except ReaderError as error:
            self._session.problem.emit(error, "error")
            return
        self._session.use_library(library)
        self._watch.start()
        self.ready.emit()

    def newest(self) -> int | None:
        """Return the document that was opened last, or None."""
        library = self._session.library
        try:
            entries = library.entries(limit=1) if library is not None else []
        except ReaderError:
            return None  # told already, by listing it
        return entries[0].id if entries else None

    def let_go(self) -> None:
        """Let the file go, so that another can take its place; `open` opens it again."""
        self._watch.stop()
        self._session.close()

    @property
    def is_empty(self) -> bool:
        """Tell whether there is a library with nothing in it yet."""
        return self._total == 0

    def holds(self, document_id: int) -> bool:
        """Tell whether a document is in the library; one that can't be asked holds nothing."""
        library = self._session.library
        try:
            return library is not None and library.entry(document_id) is not None
        except ReaderError:
            return False  # told already, by listing it

    def close(self) -> None:
        """Look no further."""
        self._watch.stop()

    def narrow(self, wanted: Filter, words: str) -> None:
        """List only some articles, which are called `words`; without a filter all of them."""
        self._filter = wanted
        self._panel.narrow(words)
        self.refresh()

    @property
    def filter(self) -> Filter:
        """Which articles are listed while nothing is searched."""
        return self._filter

    def _on_changed(self, kinds: frozenset[type[Record]] | None) -> None:
        """Show what was written; which articles there are, and their order, only some of it changes."""
        if not touches(kinds, *OF_ARTICLES):
            return
        if touches(kinds, Details) or self._filter != Filter():
            self.refresh()
        else:
            self._panel.refresh()

    def refresh(self) -> None:
        """List the library anew."""
        library = self._session.library
        if library is None:
            return
        try:
            self._total = library.count()
        except ReaderError as error:
            self._session.problem.emit(error, "warning")
            return
        if self._filter != Filter():
            self._list_some()
            return
        everything = Everything(library)
        self._show(self._total, everything.fetch, everything.ids)

    def _list_some(self) -> None:
        """List those of a collection, a tag or a state: in a large library longer than a frame."""
        wanted = self._filter

        def take(listed: Listed) -> None:
            library = self._session.library
            if wanted == self._filter and library is not None:
                self._show(
                    len(listed.ids),
                    lambda offset, limit: library.lines(listed.ids[offset : offset + limit]),
                    lambda: listed.ids,
                )

        self._tasks.run(
            lambda task: list_documents(self._paths, Asked(wanted)),
            done=take,
            failed=lambda error: self._session.problem.emit(error, "warning"),
        )

    def _show(self, count: int, fetch: Fetch, ids: Ids) -> None:
        self._panel.set_source(count, fetch, self._total, ids=ids)
        if self._session.document_id is not None:
            self._panel.select(self._session.document_id)

    def look_for_changes(self) -> None:
        """Show what another window has written."""
        if self._session.library is None:
            return
        try:
            version = self._session.library.data_version()
        except ReaderError as error:
            self._session.problem.emit(error, "warning")
            return
        if version != self._data_version:
            self._data_version = version
            self.refresh()
            self._session.look_again()
            self.written.emit()
