"""Who said what across the library: joins the view of people with the session; merges and parts them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from reader.document import Span
from reader.errors import QueryError, ReaderError
from reader.model import Change, Details, Identity
from reader.text import excerpt
from ui.article.navigating import Navigator
from ui.changes import when_changed
from ui.frame import Frame
from ui.library.portraits import (
    Around,
    Portrait,
    gather_about,
    gather_around,
    gather_matching,
    gather_portrait,
)
from ui.session import Session
from ui.tasks import Tasks
from ui.theme import THEMES, Theme
from ui.undoing import UndoBar
from ui.viewing import Viewer
from ui.views.people import PeopleView

if TYPE_CHECKING:
    from reader.library.people.register import Person, Register
    from reader.merging import Said
    from reader.suggesting import Suggestion
    from ui.dialogs.people import MergeDialog, PartDialog

PEOPLE = "people"


class Gatherer(QObject):
    """Shows the view of people, and does what is asked for in it."""

    def __init__(
        self, session: Session, frame: Frame, navigator: Navigator, viewer: Viewer, *, tasks: Tasks
    ) -> None:
        super().__init__(frame)
        self._session, self._frame, self._navigator = session, frame, navigator
        self._viewer, self._tasks, self._messages = viewer, tasks, frame.messages
        self._asked = ("", "quoted")  # words and order of the list
        self._wanted = ""  # the person whose page is on its way
        self.dialog: MergeDialog | PartDialog | None = None
        self._undo_bar = UndoBar(session.history, frame.messages, parent=self)
        viewer.add(PEOPLE, self._make, link=self.tr("People"))
        frame.middle.returned.connect(self._on_returned)
        when_changed(session, self.follow, Details, Identity)

    def _make(self) -> QWidget:
        view = PeopleView(self._sayings, self._mentioned, self._frame.middle)
        view.source_requested.connect(self._list)
        view.person_requested.connect(self._gather)
        view.closed.connect(self._frame.middle.show_page)
        view.people.problem.connect(self._on_problem)
        page = view.page
        page.problem.connect(self._on_problem)
        page.open_requested.connect(self._open)
        page.about_requested.connect(self._find)
        page.merge_requested.connect(self.ask_merge)
        page.part_requested.connect(self.ask_part)
        page.suggestion_accepted.connect(self._accept)
        page.suggestion_refused.connect(self._refuse)
        return view

    @property
    def view(self) -> PeopleView:
        """The view, made if it was not seen yet."""
        view = self._frame.middle.view(PEOPLE)
        assert isinstance(view, PeopleView)
        return view

    @property
    def _people(self) -> Register | None:
        return self._session.library.people if self._session.library is not None else None

    # ------------------------------------------------------------ shown

    def show(self) -> None:
        """Show the view; asked for again, it makes room for the article."""
        self._viewer.show(PEOPLE)

    def show_person(self, name: str) -> None:
        """Show who is meant by a name of the open article."""
        people = self._people
        if people is None:
            return
        try:
            meant = people.meant(name, self._session.document_id)
            known = people.person(meant) is not None
        except ReaderError as error:
            self._on_problem(error)
            return
        if not known:
            self._messages.show_message(
                self.tr("“{}” is not among the people yet.").format(excerpt(name, limit=60)),
                self.tr("People, and bodies that are quoted, are there as soon as the article is read."),
            )
            return
        self._frame.middle.show_view(PEOPLE)
        self._gather(meant)
        self.view.enter_page()

    def show_chosen(self) -> None:
        """Show the person whose name was clicked last in the article, or say what to do."""
        name = self._navigator.chosen_name
        if name is None:
            self._messages.show_message(self.tr("Click a name first, on the page or among the names."))
        else:
            self.show_person(name)

    def _on_returned(self, name: str) -> None:
        if name == PEOPLE:
            self.view.come_back()

    def follow(self) -> None:
        """Count the people that there are now, whoever has written."""
        people = self._people
        try:
            number = people.count() if people is not None else None
        except ReaderError:
            return  # told by what else lists the library
        self._frame.library.links.show_count(PEOPLE, number)

    def _list(self, match: str, order: str) -> None:
        people = self._people
        self._asked = (match, order)
        if people is None:
            return
        if match or order == "name":
            paths = self._session.paths
            self._tasks.run(
                lambda task: gather_matching(paths, match, order),
                done=lambda ids: self._on_matching((match, order), ids),
                failed=self._on_problem,
            )
            return
        try:
            self.view.show_source(
                people.count(), lambda offset, limit: self._page(order, offset=offset, limit=limit)
            )
        except ReaderError as error:
            self._on_problem(error)

    def _page(self, order: str, *, offset: int, limit: int) -> list[Person]:
        people = self._people
        return people.page(order=order, offset=offset, limit=limit) if people is not None else []

    def _on_matching(self, asked: tuple[str, str], ids: list[int]) -> None:
        if asked == self._asked:
            self.view.show_source(len(ids), lambda offset, limit: self._those(ids[offset : offset + limit]))

    def _those(self, ids: Sequence[int]) -> list[Person]:
        people = self._people
        return people.those(ids) if people is not None else []

    def _gather(self, name: str) -> None:
        paths = self._session.paths
        self._wanted = name
        self._tasks.run(
            lambda task: gather_portrait(paths, name),
            done=lambda portrait: self._on_portrait(name, portrait),
            failed=self._on_problem,
        )

    def _on_portrait(self, name: str, portrait: Portrait | None) -> None:
        if name != self._wanted:
            return
        view = self.view
        if portrait is None:
            # They were merged into another, or their articles are gone.
            people = self._people
            meant = people.meant(name) if people is not None else name
            if meant != name:
                self._gather(meant)
            else:
                view.show_nobody()
            return
        view.show_portrait(portrait)
        paths = self._session.paths
        self._tasks.run(
            lambda task: gather_around(paths, name),
            done=lambda around: self._on_around(name, around),
            failed=self._on_problem,
        )
        if words := view.page.about.text().strip():
            self._find(words)

    def _on_around(self, name: str, around: Around) -> None:
        if self._shown == name:
            self.view.page.show_around(around)

    def _find(self, words: str) -> None:
        name, page, paths = self._shown, self.view.page, self._session.paths
        if page.portrait is not None and not words:
            page.show_quotations(page.portrait.quotations)
        elif name:
            self._tasks.run(
                lambda task: gather_about(paths, name, words),
                done=lambda spots: self._on_found(name, words, spots),
                failed=self._on_words,
            )

    def _on_found(self, name: str, words: str, spots: Sequence[Any]) -> None:
        page = self.view.page
        if self._shown == name and page.about.text().strip() == words:
            page.show_quotations(spots)

    def _on_words(self, error: ReaderError) -> None:
        # While somebody is still typing, a phrase without its end is no problem.
        if not isinstance(error, QueryError):
            self._on_problem(error)
            return
        self.view.page.show_quotations(())

    def _sayings(self, ids: Sequence[int]) -> Mapping[int, Any]:
        people = self._people
        return people.sayings(ids) if people is not None else {}

    def _mentioned(self, ids: Sequence[int]) -> Mapping[int, Any]:
        people = self._people
        return people.mentioned(ids) if people is not None else {}

    @property
    def _shown(self) -> str:
        portrait = self.view.page.portrait
        return portrait.person.name if portrait is not None else ""

    def _on_problem(self, error: ReaderError) -> None:
        self._session.problem.emit(error, "warning")

    def _open(self, document_id: int, span: Span | None) -> None:
        self._navigator.open(document_id, at=span)

    # ------------------------------------------------------------ who is who

    def _said(self) -> Said | None:
        from reader.merging import Said

        library = self._session.library
        try:
            return Said(library.identities(), library.distinctions()) if library is not None else None
        except ReaderError as error:
            self._on_problem(error)
            return None

    def ask_merge(self) -> None:
        """Ask who is one with the person that is shown, or with those that are chosen in the list."""
        from ui.dialogs.people import MergeDialog

        chosen = self.view.people.chosen()
        names = chosen if len(chosen) > 1 else [self._shown] if self._shown else []
        dialog = MergeDialog(names, self._theme, self._frame.window())
        dialog.source_requested.connect(lambda words: self._list_for(dialog, words))
        dialog.merge_requested.connect(self.merge)
        self._list_for(dialog, "")
        self._show_dialog(dialog)
        dialog.field.setFocus()

    def _list_for(self, dialog: MergeDialog, words: str) -> None:
        people = self._people
        if people is None:
            return
        paths, chosen = self._session.paths, tuple(dialog.chosen)

        def take(ids: list[int]) -> None:
            asked = (dialog.field.text().strip(), tuple(dialog.chosen)) if self.dialog is dialog else None
            if asked == (words, chosen):
                dialog.show_source(len(ids), lambda offset, limit: self._those(ids[offset : offset + limit]))

        self._tasks.run(
            lambda task: gather_matching(paths, words, "documents", but=chosen),
            done=take,
            failed=self._on_problem,
        )

    def ask_part(self) -> None:
        """Ask in which articles the person that is shown is another."""
        from ui.dialogs.people import PartDialog

        portrait = self.view.page.portrait
        if portrait is None:
            return
        name = portrait.person.name
        dialog = PartDialog(name, portrait.appearances, self._proposed, self._frame.window())
        dialog.part_requested.connect(lambda other, ids: self.part(name, other, ids))
        self._show_dialog(dialog)
        dialog.list.setFocus()

    def _proposed(self, document_ids: Sequence[int]) -> str:
        """Return a name that tells another person from the one that is shown."""
        people, name = self._people, self._shown
        if people is None:
            return name
        role = ""
        try:
            if document_ids:
                role = next((words for words, _ in people.roles(name, document_ids=document_ids)), "")
            proposed = f"{name} ({excerpt(role, limit=40)})" if role else f"{name} (2)"
            number = 2
            while people.person(proposed) is not None:
                number += 1
                proposed = f"{name} ({number})"
        except ReaderError as error:
            self._on_problem(error)
            return name
        return proposed

    def _show_dialog(self, dialog: MergeDialog | PartDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._forget_dialog)
        dialog.open()

    def _forget_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    @property
    def _theme(self) -> Theme:
        return self._frame.page.theme if self._frame.page.theme is not None else THEMES["light"]

    def merge(self, names: Sequence[str], into: str) -> None:
        """Let several people be one, or one have another name."""
        from reader.merging import merged

        said = self._said()
        if said is None:
            return
        action = self.tr("merge people") if len(names) > 1 else self.tr("rename a person")
        change = merged(said, names, into, action=action)
        target = into if said.who(into) in names else said.who(into)
        if len(names) > 1:
            told = self.tr("{} names are one person now: “{}”.").format(len(names), excerpt(target, limit=60))
        else:
            told = self.tr("They are called “{}” now.").format(excerpt(target, limit=60))
        self._do(change, told, target)

    def part(self, name: str, other: str, document_ids: Sequence[int]) -> None:
        """Let a person be another in some articles."""
        from reader.merging import parted

        said = self._said()
        if said is None:
            return
        try:
            change = parted(said, name, other, document_ids, action=self.tr("part a person"))
        except ValueError:
            self._messages.show_message(
                self.tr("“{}” is the same person.").format(excerpt(other, limit=60)),
                self.tr("Give the other person a name of their own."),
                kind="warning",
            )
            return
        self._do(change, self.tr("“{}” is another person there now.").format(excerpt(other, limit=60)), name)

    def _accept(self, suggestion: Suggestion) -> None:
        shown, other = self._shown, suggestion.person.name
        fuller = max((shown, other), key=lambda name: (len(name.split()), len(name), name == shown))
        self.merge([shown, other], fuller)

    def _refuse(self, suggestion: Suggestion) -> None:
        from reader.merging import refused

        change = refused(self._shown, suggestion.person.name, action=self.tr("keep people apart"))
        told = self.tr("“{}” will not be suggested again.")
        self._do(change, told.format(excerpt(suggestion.person.name, limit=60)), self._shown)

    def _do(self, change: Change, told: str, name: str) -> None:
        """Make a change, tell of it, and show the person of this name."""
        if not (change.before or change.after):
            return
        if self._session.do(change):
            self._undo_bar.tell(told)
            self._gather(name)
