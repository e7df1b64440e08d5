"""Builds and joins what is done with the library as a whole, as `ui.app` does for the rest of the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from reader.model import Change, Correction, Details, Highlight, Note
from reader.paths import Paths
from ui.analyst import Analyst
from ui.article.correcting import Corrector
from ui.article.detailing import Detailer
from ui.article.navigating import Navigator
from ui.configuring import SETTINGS, Configurer
from ui.frame import Frame
from ui.library.coding import CODEBOOK, Coder
from ui.library.covering import Covering
from ui.library.filling import Filler
from ui.library.forms import FormChooser
from ui.library.keeping import Keeper
from ui.library.moving import Mover
from ui.library.opening import FileIntake
from ui.library.organising import Organiser
from ui.library.people import Gatherer
from ui.library.reach import Reach
from ui.library.reviewing import CORRECTIONS, Reviewer
from ui.library.search_keeping import SearchKeeper
from ui.library.searching import Searcher
from ui.library.settling import LOST, Settler
from ui.library.shelf import Shelf
from ui.modelling import ModelChooser
from ui.preferences import Preferences
from ui.session import Session
from ui.tasks import Tasks
from ui.undoing import StepBar
from ui.viewing import Viewer


class Wing(QObject):
    """The views of the library, its search, and what fills it; links at the left in the order of making."""

    def __init__(
        self,
        session: Session,
        frame: Frame,
        navigator: Navigator,
        *,
        paths: Paths,
        analyst: Analyst,
        shelf: Shelf,
        intake: FileIntake,
        keeper: Keeper,
        detailer: Detailer,
        corrector: Corrector,
        chooser: ModelChooser,
        preferences: Preferences,
        tasks: Tasks,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self.viewer = Viewer(session, frame)
        self.reach = Reach(session, shelf, frame.messages, tasks=tasks)
        self.organiser = Organiser(
            session,
            frame,
            shelf,
            navigator,
            self.viewer,
            detailer,
            preferences=preferences,
            tasks=tasks,
            window=window,
        )
        self.coder = Coder(session, frame, self.organiser, self.viewer, window=window)
        self.people = Gatherer(session, frame, navigator, self.viewer, tasks=tasks)
        self.reviewer = Reviewer(session, frame, navigator, self.viewer, tasks=tasks)
        self.settler = Settler(session, frame, navigator, self.viewer, tasks=tasks)
        self.searcher = Searcher(session, frame, navigator, tasks=tasks)
        self.search_keeper = SearchKeeper(session, frame, self.searcher, window=window)
        self.mover = Mover(shelf, paths, tasks=tasks, messages=frame.messages, window=window)
        self.configurer = Configurer(
            preferences,
            paths,
            frame,
            self.viewer,
            keeper=keeper,
            mover=self.mover,
            chooser=chooser,
            tasks=tasks,
        )
        self.filler = Filler(
            session, analyst, frame, navigator, preferences=preferences, tasks=tasks, window=window
        )
        self.form_chooser = FormChooser(session, frame, self.configurer, self.searcher, tasks=tasks)
        intake.lost_requested.connect(partial(self.viewer.show, LOST))
        corrector.person_requested.connect(self.people.show_person)
        shelf.written.connect(frame.middle.refresh)
        for each in (self.people, self.reviewer, self.settler, self.search_keeper, self.searcher):
            shelf.written.connect(each.follow)
        self.filler.join(intake, shelf, self.configurer)
        Covering(self.reach, session, frame, self.viewer)
        self._session, self._frame = session, frame
        StepBar(session.history, frame.messages, self._is_seen, parent=self)

    def _is_seen(self, change: Change) -> bool:
        """Tell whether the page shows all that is changed; a view may show it, or not just now."""
        records = (*change.before, *change.after)
        return not self._frame.middle.shown and all(
            isinstance(each, Highlight | Note | Details | Correction)
            and each.document_id == self._session.document_id
            for each in records
        )

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions of the library do, by their keys."""
        show = self.viewer.show
        return {
            **self.organiser.handlers(),
            **self.filler.handlers(),
            "codebook": partial(show, CODEBOOK),
            "corrections": partial(show, CORRECTIONS),
            "keep_search": self.search_keeper.keep,
            "lost": partial(show, LOST),
            "next_result": partial(self.searcher.step, 1),
            "people": self.people.show,
            "person": self.people.show_chosen,
            "previous_result": partial(self.searcher.step, -1),
            "search_help": self.searcher.show_help,
            "search_library": self.searcher.focus,
            "settings": partial(show, SETTINGS),
        }

    def use(self, actions: Mapping[str, QAction]) -> None:
        """Take the actions that follow what goes on here."""
        self.filler.use(actions)
