"""The library's file as the window holds it: opened, tried again, watched, listed. No documents, no notes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from reader.errors import LibraryDamaged, LibraryMissing, ReaderError
from reader.lists import Asked, Filter, Listed
from reader.model import Details, Record
from reader.paths import Paths
from ui.changes import OF_ARTICLES, touches
from ui.desk import FileId, file_of_library, prepare
from ui.dialogs.bar import MessageBar
from ui.library.order_desk import list_documents
from ui.panels.library import Entry, Fetch, Ids, LibraryPanel
from ui.session import Session
from ui.tasks import Tasks

WATCH_MS = 2000  # how often another window's writing is looked for
NEAR = 1000  # rows that SQLite skips in less time than it takes to list the ids of a large library


class Everything:
    """All articles, those added last first: the first few at once, the others when one goes that far.

    A library that was let go meanwhile has nothing to show; who lets it go says so.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._ids: list[int] | None = None

    def ids(self) -> list[int]:
        """Return the ids of all, which for a hundred thousand takes about a frame, once."""
        library = self._session.library
        if self._ids is None and library is not None:
            self._ids = library.ids(order="added")
        return self._ids or []

    def fetch(self, offset: int, limit: int) -> Sequence[Entry]:
        """Return some lines."""
        library = self._session.library
        if library is None:
            return ()
        if self._ids is None and offset < NEAR:
            return library.entries(order="added", offset=offset, limit=limit)
        return library.lines(self.ids()[offset : offset + limit])


class Shelf(QObject):
    """Opens the library for the session and keeps the panel in line with it."""

    ready = Signal()  # the session has its library now
    failed = Signal(object)  # LibraryError: it could not be opened
    released = Signal()  # it was let go, to be opened again
    due = Signal()  # time to look whether all is as it was
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
        self._told = ""  # why it could not be opened, as was said last
        self._may_make = True  # a library where there is none: not where one was, and is missed
        self._under_way = 0  # openings
        self._asks = 0  # what was asked of the file; an opening that was overtaken comes to nobody
        self.file: FileId | None = None  # of the library that is open
        self._total: int | None = None
        self._filter = Filter()
        self._watch = QTimer(self, interval=WATCH_MS)
        self._watch.timeout.connect(self.look_for_changes)
        self._watch.timeout.connect(self.due)
        session.library_changed.connect(self._on_changed)

    def open(self) -> None:
        """Open the library, what takes long in a thread; one that can't be opened may be tried again."""
        self._told = ""
        self._prepare(may_make=self._may_make)

    def open_again(self) -> None:
        """Try once more by itself: nothing is made, and what was told is not told again."""
        if not self._under_way:
            self._prepare(may_make=False)

    def _prepare(self, *, may_make: bool) -> None:
        self._asks += 1
        self._under_way += 1
        asks = self._asks
        self._tasks.run(
            lambda task: prepare(self._paths, may_make=may_make),
            done=lambda _: self.take() if asks == self._asks else None,
            failed=lambda error: self._on_failed(error) if asks == self._asks else None,
            finished=self._on_prepared,
        )

    def _on_prepared(self) -> None:
        self._under_way -= 1

    def _on_failed(self, error: ReaderError) -> None:
        self._watch.start()
        self.failed.emit(error)
        told, self._told = self._told, error.what
        if told == error.what:
            return
        if isinstance(error, LibraryDamaged):
            self.damaged.emit(error)
            return
        if isinstance(error, LibraryMissing):
            self._may_make = False
            if self._paths.is_chosen:
                self.missing.emit(error)
                return
        self._messages.show_message(
            error.what, error.next, kind="error", action_text=self.tr("Try again"), action=self.open
        )

    def take(self) -> None:
        """Give the session a library that has been made ready, unless it has one."""
        if self._session.library is None and self._take():
            self.ready.emit()

    def take_again(self) -> None:
        """Open the library anew that was out of reach; in another file than before nothing can be undone."""
        before = self.file
        self._session.close()
        if not self._take():
            return
        if self.file == before:
            self._session.look_again()
        else:
            self._session.history.forget()
            self.ready.emit()

    def _take(self) -> bool:
        from reader.library import Library

        try:
            library = Library.open(self._paths.library, backups=self._paths.backups, must_exist=True)
            self._data_version = library.data_version()
        except ReaderError as error:
            self._on_failed(error)
            return False
        self.file = file_of_library(self._paths)
        self._session.use_library(library)
        self._watch.start()
        return True

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
        self._asks += 1
        self._session.close()
        self.released.emit()

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
        everything = Everything(self._session)
        self._show(self._total, everything.fetch, everything.ids)

    def _list_some(self) -> None:
        """List those of a collection, a tag or a state: in a large library longer than a frame."""
        wanted = self._filter

        def fetch(listed: Listed, offset: int, limit: int) -> Sequence[Entry]:
            library = self._session.library
            return library.lines(listed.ids[offset : offset + limit]) if library is not None else ()

        def take(listed: Listed) -> None:
            if wanted == self._filter:
                self._show(len(listed.ids), partial(fetch, listed), lambda: listed.ids)

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
