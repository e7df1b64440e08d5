"""What can be done with articles of the library, one or many: collected, tagged, marked, edited, put away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QMessageBox, QWidget

from reader.document import Metadata, file_of
from reader.errors import LibraryError, MissingFile, ReaderError
from reader.model import Change, Collection, ReadingState
from reader.text import excerpt
from ui.article.detailing import Detailer
from ui.dialogs.bar import Message
from ui.frame import Frame
from ui.library.carrying import AT_ONCE, Carrier, Make
from ui.library.collecting import LONGEST, Collector
from ui.library.order_desk import delete_for_good
from ui.menus import for_once, place_over
from ui.numbers import figures
from ui.session import Session
from ui.tasks import Tasks
from ui.undoing import UndoBar

if TYPE_CHECKING:
    from reader.library import Library


class Filer(QObject):
    """Asks what is to be done, does it as one change, and tells."""

    deleted = Signal(list)  # ids, for good

    def __init__(
        self,
        session: Session,
        frame: Frame,
        carrier: Carrier,
        detailer: Detailer,
        *,
        tasks: Tasks,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._frame, self._carrier, self._detailer = session, frame, carrier, detailer
        self._tasks, self._window = tasks, window
        self._undo = UndoBar(session.history, frame.messages, parent=self)
        self.collector = Collector(session, carrier, self._undo, window=window)
        self.dialog: QWidget | None = None
        self._begun: Message | None = None  # that tells of a long change under way
        carrier.began.connect(self._on_began)
        carrier.ended.connect(self._on_ended)
        carrier.refused.connect(lambda error: session.problem.emit(error, "warning"))

    # ------------------------------------------------------------ one way in

    def act(self, what: str, ids: Sequence[int]) -> None:
        """Do what a key, a button or a menu asks for with articles."""
        if not ids or self._session.library is None:
            return
        acts: dict[str, Callable[[], object]] = {
            "collect": lambda: self.collections_menu(ids).popup(place_over(self._frame.middle)),
            "tags": lambda: self.ask_tags(ids),
            "state": lambda: self.states_menu(ids).popup(place_over(self._frame.middle)),
            "read": lambda: self.mark(ids, ReadingState.READ),
            "unread": lambda: self.mark(ids, ReadingState.UNREAD),
            "edit": lambda: self.edit(ids),
            "put_away": lambda: self.put_away(ids),
            "put_back": lambda: self.put_back(ids),
            "delete": lambda: self.ask_delete(ids),
        }
        acts[what]()

    def menu(self, ids: Sequence[int], *, away: bool, open_it: Callable[[int], object]) -> QMenu:
        """Return the menu of articles that are chosen; `away` where they were put away."""
        menu = for_once(QMenu(self._window))
        if len(ids) == 1:
            menu.addAction(self.tr("Open")).triggered.connect(lambda: open_it(ids[0]))
            menu.addAction(self.tr("Show its file")).triggered.connect(lambda: self.show_file(ids[0]))
            menu.addSeparator()
        if away:
            menu.addAction(self.tr("Put back")).triggered.connect(lambda: self.put_back(ids))
            menu.addAction(self.tr("Delete for good…")).triggered.connect(lambda: self.ask_delete(ids))
            return menu
        collections = self.collections_menu(ids, menu)
        collections.setTitle(self.tr("Collections"))
        menu.addMenu(collections)
        menu.addAction(self.tr("Tags…") + "\tT").triggered.connect(lambda: self.ask_tags(ids))
        states = self.states_menu(ids, menu)
        states.setTitle(self.tr("Mark as"))
        menu.addMenu(states)
        menu.addAction(self.tr("Edit details…") + "\tE").triggered.connect(lambda: self.edit(ids))
        menu.addSeparator()
        menu.addAction(self.tr("Put away") + "\tDel").triggered.connect(lambda: self.put_away(ids))
        return menu

    def _do(self, make: Make, ids: Sequence[int], told: str) -> None:
        self._carrier.do(make, size=len(ids), done=lambda change: self._undo.tell(told))

    def _on_began(self, size: int) -> None:
        self._undo.drop()  # nothing can be undone meanwhile
        words = self.tr("{} entries of the library are being changed. You can read on meanwhile.")
        self._begun = self._frame.messages.show_message(words.format(figures(size)))
        self._begun.passes = False

    def _on_ended(self) -> None:
        begun, self._begun = self._begun, None
        if begun is not None:
            self._frame.messages.drop(begun)

    def _number(self, ids: Sequence[int], one: str, many: str) -> str:
        """Return the sentence for one article, or for many with how many."""
        return one if len(ids) == 1 else many.format(figures(len(ids)))

    # ------------------------------------------------------------ collections

    def collections_menu(self, ids: Sequence[int], parent: QWidget | None = None) -> QMenu:
        """Return a menu of the collections; those are checked that all of the articles are in."""
        menu = QMenu(parent) if parent is not None else for_once(QMenu(self._window))
        library = self._session.library
        try:
            collections = library.named()[1] if library is not None else []
            counts = library.holding(ids) if library is not None else {}
        except ReaderError as error:
            self._session.problem.emit(error, "warning")
            return menu
        for collection in collections:
            action = menu.addAction(excerpt(collection.name, limit=LONGEST).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(counts.get(collection.id, 0) == len(ids))
            # A partial would be called without the value: a C++ signal leaves out what has a default.
            action.triggered.connect(
                lambda on, collection=collection: self._toggle_collection(ids, collection, on=on)
            )
        if collections:
            menu.addSeparator()
        menu.addAction(self.tr("New collection…")).triggered.connect(
            lambda: self.collector.ask_new(put=lambda name: self._collect_anew(ids, name))
        )
        return menu

    def _collect_anew(self, ids: Sequence[int], name: str) -> str:
        """Put articles into a collection that was just named; return why that can't be, or ""."""
        from reader import ordering

        if len(ids) > AT_ONCE:
            self.collect(ids, name)  # in a thread
            return ""
        action = self.tr("put into a collection")
        refused = self.collector.kept(lambda library: ordering.put_into(library, ids, name, action=action))
        if not refused:
            self._undo.tell(self._collected(ids, name))
        return refused

    def _toggle_collection(self, ids: Sequence[int], collection: Collection, *, on: bool) -> None:
        if on:
            self.collect(ids, collection.name)
        else:
            self.take_out(ids, collection.name)

    def collect(self, ids: Sequence[int], name: str) -> None:
        """Put articles into a collection."""
        from reader import ordering

        action = self.tr("put into a collection")
        self._do(
            lambda library: ordering.put_into(library, ids, name, action=action),
            ids,
            self._collected(ids, name),
        )

    def _collected(self, ids: Sequence[int], name: str) -> str:
        one, many = self.tr("The article is in “{}”."), self.tr("{} articles are in “{}”.")
        shown = excerpt(name, limit=LONGEST)
        return one.format(shown) if len(ids) == 1 else many.format(figures(len(ids)), shown)

    def take_out(self, ids: Sequence[int], name: str) -> None:
        """Take articles out of a collection."""
        from reader import ordering

        action = self.tr("take out of a collection")
        one, many = self.tr("The article is out of “{}”."), self.tr("{} articles are out of “{}”.")
        shown = excerpt(name, limit=LONGEST)
        told = one.format(shown) if len(ids) == 1 else many.format(figures(len(ids)), shown)
        self._do(lambda library: ordering.take_out(library, ids, name, action=action), ids, told)

    # ------------------------------------------------------------ tags and states

    def ask_tags(self, ids: Sequence[int]) -> None:
        """Ask for the tags of articles, and how far one is with them."""
        from reader import ordering
        from ui.dialogs.filing import AS_IT_IS, FilingDialog

        library = self._session.library
        if library is None:
            return
        try:
            held = library.details_of(ids)
            known = [tag.name for tag in library.named()[0]]
        except ReaderError as error:
            self._session.problem.emit(error, "warning")
            return
        carried = [held[id].tags if id in held else () for id in ids]
        everywhere = set.intersection(*({tag.casefold() for tag in tags} for tags in carried))
        common = [tag for tag in carried[0] if tag.casefold() in everywhere]
        state = held[ids[0]].state if ids[0] in held else None
        dialog = FilingDialog(len(ids), common, state, known, self._window)

        def save(tags: tuple[str, ...], wanted: object) -> None:
            gone = [tag for tag in common if tag.casefold() not in {each.casefold() for each in tags}]
            action = self.tr("tag articles")

            def make(found: Library) -> Change | None:
                tagged = ordering.tag(found, ids, add=tags, remove=gone, action=action)
                if wanted == AS_IT_IS:
                    return tagged
                assert wanted is None or isinstance(wanted, ReadingState)
                return ordering.file_under(found, ids, add=tags, remove=gone, state=wanted, action=action)

            one, many = self.tr("The article is tagged."), self.tr("{} articles are tagged.")
            self._do(make, ids, self._number(ids, one, many))

        dialog.save_requested.connect(save)
        self.dialog = dialog
        dialog.open()

    def states_menu(self, ids: Sequence[int], parent: QWidget | None = None) -> QMenu:
        """Return a menu of how far one is with articles."""
        menu = QMenu(parent) if parent is not None else for_once(QMenu(self._window))
        for words, state in (
            (self.tr("Read") + "\tR", ReadingState.READ),
            (self.tr("Unread") + "\tU", ReadingState.UNREAD),
            (self.tr("Reading"), ReadingState.READING),
        ):
            menu.addAction(words).triggered.connect(lambda _=False, state=state: self.mark(ids, state))
        menu.addSeparator()
        menu.addAction(self.tr("As it was read")).triggered.connect(lambda: self.mark(ids, None))
        return menu

    def mark(self, ids: Sequence[int], state: ReadingState | None) -> None:
        """Say how far one is with articles."""
        from reader import ordering

        told = {
            ReadingState.READ: (
                self.tr("The article is marked as read."),
                self.tr("{} articles are marked as read."),
            ),
            ReadingState.UNREAD: (
                self.tr("The article is marked as unread."),
                self.tr("{} articles are marked as unread."),
            ),
            ReadingState.READING: (
                self.tr("The article is marked as being read."),
                self.tr("{} articles are marked as being read."),
            ),
            None: (
                self.tr("The article is as far as you have read it."),
                self.tr("{} articles are as far as you have read them."),
            ),
        }[state]
        action = self.tr("mark as read or unread")
        make = partial(ordering.set_state, ids=ids, state=state, action=action)
        self._do(lambda library: make(library), ids, self._number(ids, *told))

    def edit(self, ids: Sequence[int]) -> None:
        """Edit the details of one article, or say the same of several."""
        from reader import ordering
        from ui.dialogs.details import DetailsDialog

        if len(ids) == 1:
            self._detailer.ask(ids[0])
            return
        dialog = DetailsDialog(Metadata(), {}, self._window, several=len(ids))

        def save(said: dict[str, str]) -> None:
            known = {each.name for each in fields(Metadata)}
            wanted = {name: value for name, value in said.items() if name in known}
            action = self.tr("edit the details")
            self._do(
                lambda library: ordering.edit(library, ids, wanted, action=action),
                ids,
                self.tr("The details of {} articles are kept.").format(figures(len(ids))),
            )
            dialog.accept()

        dialog.save_requested.connect(save)
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    # ------------------------------------------------------------ put away, and for good

    def put_away(self, ids: Sequence[int]) -> None:
        """Put articles away: they are in no list and found by no search."""
        from reader import ordering

        action = self.tr("put articles away")
        one = self.tr("The article is put away, with your notes. “Put away” under State shows it.")
        many = self.tr("{} articles are put away, with your notes. “Put away” under State shows them.")
        self._do(
            lambda library: ordering.put_away(library, ids, action=action), ids, self._number(ids, one, many)
        )

    def put_back(self, ids: Sequence[int]) -> None:
        """Have articles in the library again."""
        from reader import ordering

        action = self.tr("put articles back")
        one = self.tr("The article is in the library again.")
        many = self.tr("{} articles are in the library again.")
        self._do(
            lambda library: ordering.put_back(library, ids, action=action), ids, self._number(ids, one, many)
        )

    def ask_delete(self, ids: Sequence[int]) -> None:
        """Ask whether articles that were put away are to be deleted for good."""
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Delete for good"))
        one = self.tr("Delete this article with all its highlights and notes?")
        many = self.tr("Delete {} articles with all their highlights and notes?")
        box.setText(self._number(ids, one, many))
        box.setInformativeText(
            self.tr(
                "This can’t be undone, and what you did before can’t be undone any more either. The files"
                " stay where they are. A copy of the library as it is now is made before: “Restore a"
                " backup…” has it."
            )
        )
        delete = box.addButton(self.tr("Delete for good"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        delete.clicked.connect(lambda: self._delete(list(ids)))
        box.finished.connect(box.deleteLater)
        self.dialog = box
        box.open()

    def _delete(self, ids: list[int]) -> None:
        session = self._session

        def done(number: int) -> None:
            session.history.forget()  # a step from before could only be refused
            self.deleted.emit(ids)
            session.library_changed.emit(None)
            one, many = self.tr("The article is deleted."), self.tr("{} articles are deleted.")
            self._frame.messages.show_message(self._number(ids, one, many))

        self._tasks.run(
            lambda task: delete_for_good(session.paths, ids),
            done=done,
            failed=lambda error: session.problem.emit(error, "error"),
        )

    def show_file(self, id: int) -> None:
        """Show the folder of an article's file."""
        library = self._session.library
        try:
            entry = library.entry(id) if library is not None else None
        except ReaderError as error:
            self._session.problem.emit(error, "warning")
            return
        file = Path(file_of(entry.source)) if entry is not None and entry.source else None
        if file is None or not file.exists():
            gone = MissingFile(
                self.tr("The file is gone; the text and your notes are here."),
                self.tr("Open it again from where it is now, and Scholion will know it."),
            )
            self._session.problem.emit(gone, "warning")
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent))):
            unseen = LibraryError(
                self.tr("The folder could not be shown."), self.tr("It is “{}”.").format(file.parent)
            )
            self._session.problem.emit(unseen, "warning")
