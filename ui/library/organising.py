"""Joins what keeps the library in order with the session: the table, the shelves at the left, the article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QMenu, QWidget

from reader.errors import QueryError, ReaderError
from reader.lists import Asked, Filter, Grouped, Listed, Overview, under
from reader.model import Details, ReadingState, Tag
from ui.article.detailing import Detailer
from ui.article.navigating import Navigator
from ui.changes import OF_ARTICLES, when_changed
from ui.frame import Frame
from ui.library.carrying import Carrier
from ui.library.filing import Filer
from ui.library.order_desk import files_gone, list_documents, look_over
from ui.library.shelf import Shelf
from ui.menus import for_once
from ui.panels.shelves import Named
from ui.preferences import Preferences
from ui.renewing import Renewal
from ui.session import Session
from ui.tasks import Tasks
from ui.viewing import Viewer
from ui.views.library import LibraryView, order_in_words, order_of

if TYPE_CHECKING:
    from reader.library import Entry

LIBRARY, UNREAD = "library", "unread"
MOST_TAGS = 4  # of them are listed at the left; the codebook has all
SOON_MS = 60  # several changes in a row make one look at the library


class Organiser(QObject):
    """Lists, narrows, and hands what is asked for to the filer."""

    overlooked = Signal(object)  # Overview: what there is to choose from now

    def __init__(
        self,
        session: Session,
        frame: Frame,
        shelf: Shelf,
        navigator: Navigator,
        viewer: Viewer,
        detailer: Detailer,
        *,
        preferences: Preferences,
        tasks: Tasks,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._frame, self._shelf, self._tasks = session, frame, shelf, tasks
        self._navigator, self._viewer, self._preferences = navigator, viewer, preferences
        self.carrier = Carrier(session, tasks=tasks)
        self.filer = Filer(session, frame, self.carrier, detailer, tasks=tasks, window=window)
        self.overview, self.has_looked = Overview(), False
        self._asked = Asked()
        self._lists = 0  # the list that was asked for last
        self._overview = Renewal(
            lambda: look_over(session.paths),
            done=self._on_looked,
            failed=lambda error: session.problem.emit(error, "warning"),
            tasks=tasks,
            parent=self,
        )
        self._known_files: set[str] = set()
        self._gone: set[str] = set()
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._look)
        links, shelves = frame.library.links, frame.library.shelves
        viewer.add(LIBRARY, self._make, title=self.tr("Library"), link=self.tr("All articles"))
        links.add(UNREAD, self.tr("Unread"))
        links.requested.connect(lambda key: self.narrow(state=ReadingState.UNREAD) if key == UNREAD else None)
        when_changed(session, self._soon.start, *OF_ARTICLES)
        shelf.written.connect(self._on_written)
        when_changed(session, self._show_filed, Details, Tag)
        session.document_opened.connect(self._show_filed)
        session.document_opened.connect(self._offer_back)
        frame.page.filed_clicked.connect(partial(self._act_on_article, "tags"))
        self.filer.deleted.connect(self._on_deleted)
        shelves.collection_requested.connect(lambda name: self.narrow(collection=name))
        shelves.tag_requested.connect(lambda name: self.narrow(tag=name))
        shelves.new_requested.connect(self.filer.collector.ask_new)
        shelves.rename_requested.connect(self.filer.collector.ask_rename)
        shelves.delete_requested.connect(self.filer.collector.delete)
        shelves.menu_requested.connect(self._show_collection_menu)
        shelves.articles_dropped.connect(lambda name, ids: self.filer.collect(ids, name))
        shelves.folded_changed.connect(lambda keys: preferences.change(folded_shelves=keys))
        shelves.fold(preferences.settings.folded_shelves)
        frame.library.all.clicked.connect(lambda: self._narrow(Filter()))
        frame.library.found.table_requested.connect(self._show_found)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do that are of this."""
        return {
            "library": partial(self._viewer.show, LIBRARY),
            "found_table": self._show_found,
            "tag_article": partial(self._act_on_article, "tags"),
            "collect_article": partial(self._act_on_article, "collect"),
            "mark_read": self._mark_article,
            "put_away": partial(self._act_on_article, "put_away"),
        }

    # ------------------------------------------------------------ the table

    def _make(self) -> QWidget:
        view = LibraryView(self._frame.middle)
        settings = self._preferences.settings
        by, descending = order_of(settings.library_order)
        group = Grouped(settings.library_group) if settings.library_group in set(Grouped) else None
        self._asked = replace(self._asked, by=by, descending=descending, group=group)
        view.table.arrange(settings.library_columns)
        view.set_asked(self._asked)
        view.offer(self.overview)
        view.closed.connect(self._frame.middle.show_page)
        view.refresh_requested.connect(self._on_refresh)
        view.asked_changed.connect(self._on_asked)
        view.open_requested.connect(self._open)
        view.act_requested.connect(self.filer.act)
        view.menu_requested.connect(self._show_menu)
        view.columns_changed.connect(lambda columns: self._preferences.change(library_columns=columns))
        view.seen_changed.connect(self._look_for_files)
        view.table.table.failed.connect(lambda error: self._session.problem.emit(error, "warning"))
        return view

    @property
    def _view(self) -> LibraryView:
        view = self._frame.middle.view(LIBRARY)
        assert isinstance(view, LibraryView)
        return view

    def show(self, wanted: Filter) -> None:
        """Show the table with these articles."""
        self._asked = replace(self._asked, filter=wanted)
        self._view.set_asked(replace(self._view.asked, filter=wanted))
        self._asked = self._view.asked
        if self._frame.middle.shown == LIBRARY:
            self._list()
        else:
            self._frame.middle.show_view(LIBRARY)

    def _show_found(self) -> None:
        """Show the table with what the search at the left finds."""
        from reader.library.search.query import parse

        query = self._frame.library.search_text()
        try:
            if query:
                parse(query)
                self.show(Filter(found=query))
            else:
                self._frame.messages.show_message(self.tr("Search the library first: Ctrl+Shift+F."))
        except QueryError as error:
            self._session.problem.emit(error, "warning")

    def _on_asked(self, asked: Asked) -> None:
        self._asked = asked
        self._preferences.change(
            library_order=order_in_words(asked.by, descending=asked.descending),
            library_group=str(asked.group or ""),
        )
        self._list()

    def _on_refresh(self) -> None:
        self._known_files.clear()
        self._list()

    def _list(self) -> None:
        if self._session.library is None:
            return
        self._lists += 1
        number, asked, paths = self._lists, self._asked, self._session.paths

        def take(listed: Listed) -> None:
            if number == self._lists:
                self._view.show_list(listed, self._lines)

        self._tasks.run(
            lambda task: list_documents(paths, asked),
            done=take,
            failed=lambda error: self._session.problem.emit(error, "warning"),
        )

    def _lines(self, ids: Sequence[int]) -> Sequence[Entry]:
        library = self._session.library
        return library.lines(ids) if library is not None else ()

    def _open(self, id: int) -> None:
        self._navigator.open(id)

    def _show_menu(self, ids: list[int], at: QPoint) -> None:
        away = self._asked.filter.put_away
        self.filer.menu(ids, away=away, open_it=self._open).popup(at)

    def _look_for_files(self) -> None:
        """Find out, off the interface thread, whether the files of what is seen are there."""
        sources = {each.source for each in self._view.table.seen() if each.source} - self._known_files
        if not sources:
            return
        self._known_files |= sources

        def take(gone: set[str]) -> None:
            before = set(self._gone)
            self._gone = (self._gone - sources) | gone
            if self._gone != before:
                self._view.table.table.show_gone(self._gone)

        self._tasks.run(lambda task: files_gone(list(sources)), done=take)

    def _on_written(self) -> None:
        """Follow what another window, or a thread, has written."""
        self._soon.start()
        self._show_filed()

    # ------------------------------------------------------------ the shelves

    def _look(self) -> None:
        """Look over the library, in a thread."""
        if self._session.library is not None:
            self._overview.ask()

    def _on_looked(self, overview: Overview) -> None:
        self.overview, self.has_looked = overview, True
        library = self._frame.library
        library.links.show_count(LIBRARY, overview.documents)
        library.links.show_count(UNREAD, overview.unread)
        used = [each for each in overview.tags if each.articles]
        used.sort(key=lambda each: -each.articles)
        library.shelves.show_names(
            [Named(each.name, number, description=each.description) for each, number in overview.collections],
            [
                Named(each.tag.name, each.articles, each.tag.colour, each.tag.description)
                for each in used[:MOST_TAGS]
            ],
        )
        wanted = self._shelf.filter
        collections = (each.name for each, _ in overview.collections)
        tags = (each.tag.name for each in overview.tags)
        if (wanted.collection and not any(under(each, wanted.collection) for each in collections)) or (
            wanted.tag and not any(under(each, wanted.tag) for each in tags)
        ):
            self._narrow(Filter())  # it was deleted, or is called otherwise now
        if LIBRARY in self._frame.middle.made():
            self._view.offer(overview)
        self.overlooked.emit(overview)

    def narrow(self, *, collection: str = "", tag: str = "", state: ReadingState | None = None) -> None:
        """List only these articles at the left, and in the table where that is seen; once more: all."""
        wanted = Filter(collection=collection, tag=tag, state=state)
        self._narrow(Filter() if wanted == self._shelf.filter else wanted)

    def _narrow(self, wanted: Filter) -> None:
        words = wanted.collection.rpartition("/")[2] or " / ".join(wanted.tag.split("/"))
        if wanted.state is ReadingState.UNREAD:
            words = self.tr("Unread")
        self._shelf.narrow(wanted, words)
        self._frame.library.shelves.choose(collection=wanted.collection, tag=wanted.tag)
        self._frame.library.links.link(UNREAD).setChecked(wanted.state is ReadingState.UNREAD)
        if self._frame.middle.shown == LIBRARY:
            self.show(wanted)

    def _show_collection_menu(self, name: str, at: QPoint) -> None:
        menu = for_once(QMenu(self._frame))
        menu.addAction(self.tr("Show as a table")).triggered.connect(
            lambda: self.show(Filter(collection=name))
        )
        menu.addAction(self.tr("New collection inside…")).triggered.connect(
            lambda: self.filer.collector.ask_new(within=name)
        )
        menu.addAction(self.tr("Rename…") + "\tF2").triggered.connect(
            lambda: self.filer.collector.ask_rename(name)
        )
        described = {each.name: each.description for each, _ in self.overview.collections}
        menu.addAction(self.tr("Describe…")).triggered.connect(
            lambda: self.filer.collector.ask_description(name, described.get(name, ""))
        )
        menu.addAction(self.tr("Delete") + "\tDel").triggered.connect(
            lambda: self.filer.collector.delete(name)
        )
        menu.popup(at)

    # ------------------------------------------------------------ the article in front

    def _article(self) -> Sequence[int]:
        """Return the open article, or tell that there is none to do something with."""
        id = self._session.document_id
        if id is None:
            self._frame.messages.show_message(self.tr("Open an article of the library first."))
        return () if id is None else (id,)

    def _show_filed(self) -> None:
        """Show the tags of the open article, and what its reader says of it, on the page."""
        session, details = self._session, None
        if session.library is not None and session.document_id is not None:
            with suppress(ReaderError):  # what lists the library tells that it can't be read
                details = session.library.details(session.document_id)
        states = {
            ReadingState.READ: self.tr("read"),
            ReadingState.UNREAD: self.tr("unread"),
            ReadingState.READING: self.tr("being read"),
        }
        words = states[details.state] if details is not None and details.state is not None else ""
        if details is not None and details.removed:
            words = self.tr("put away")
        self._frame.page.show_filed(details.tags if details is not None else (), words)

    def _offer_back(self) -> None:
        """Offer to put back an article that was put away and is opened all the same."""
        session, id = self._session, self._session.document_id
        details = None
        if session.library is not None and id is not None:
            with suppress(ReaderError):  # told by what lists the library
                details = session.library.details(id)
        if id is not None and details is not None and details.removed:
            self._frame.messages.show_message(
                self.tr("This article was put away; it is in no list and found by no search."),
                action_text=self.tr("Put it back"),
                action=partial(self.filer.put_back, (id,)),
            )

    def _act_on_article(self, what: str) -> None:
        self.filer.act(what, self._article())

    def _mark_article(self) -> None:
        """Mark the open article as read, or as unread where it was read."""
        ids = self._article()
        library = self._session.library
        if not ids or library is None:
            return
        entry = None
        with suppress(ReaderError):  # it is told when the change is made
            entry = library.entry(ids[0])
        is_read = entry is not None and entry.state is ReadingState.READ
        self.filer.mark(ids, ReadingState.UNREAD if is_read else ReadingState.READ)

    def _on_deleted(self, ids: Sequence[int]) -> None:
        """Show another article where the open one was deleted."""
        if self._session.document_id not in ids:
            return
        newest = self._shelf.newest()
        if newest is not None:
            self._session.open(newest)
        else:
            self._session.leave()
