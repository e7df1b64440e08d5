"""The articles that are yet to be analysed: one after the other, behind the one in front. No widgets."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction

from reader.document import Document
from reader.errors import AnalysisError, LibraryError, ReaderError
from reader.model import Analysis, Correction, Details, Held, Identity
from reader.settings import Settings
from ui.analyst import Analyst
from ui.changes import when_changed
from ui.desk import fetch_behind, list_wanting, save_analysis
from ui.frame import Frame
from ui.numbers import figures
from ui.preferences import Preferences
from ui.session import Session
from ui.tasks import Tasks

if TYPE_CHECKING:
    from PySide6.QtWidgets import QCheckBox

    from reader.analysing import Expectations
    from reader.library import State
    from ui.views.settings import SettingsView

SETTLE_MS = 3000  # after so long without a change of the library, it is looked what is left to do
TRIES = 2  # how often one text is given to a process that dies over it


class Backlog(QObject):
    """Has the articles without present findings analysed, the last opened first, while it is switched on.

    What is left when the window closes is found again at the next start.
    """

    def __init__(
        self, session: Session, analyst: Analyst, frame: Frame, *, preferences: Preferences, tasks: Tasks
    ) -> None:
        super().__init__(frame)
        self._session, self._analyst, self._frame = session, analyst, frame
        self._preferences, self._tasks = preferences, tasks
        self._has_model = self._is_stopped = self._is_looking = False
        self._expectations: Expectations | None = None
        self._waiting: deque[int] = deque()
        self._present: int | None = None  # that is being fetched or analysed
        self._fetched: tuple[Document, Held] | None = None
        self._done = 0
        self._tries: dict[tuple[int, str], int] = {}  # by document and text
        self._box: QCheckBox | None = None
        self._action: QAction | None = None
        self._later = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._later.timeout.connect(self.look)
        when_changed(session, self.look_soon, Details, Identity, Correction)
        session.document_opened.connect(self._on_document)
        analyst.ready.connect(self._on_ready)
        analyst.lost.connect(self._on_lost)
        analyst.done_behind.connect(self._on_done)
        preferences.changed.connect(self._on_preferences)
        frame.foot.work.clicked.connect(self.stop)

    def use(self, actions: Mapping[str, QAction]) -> None:
        """Take the action that switches it on and off."""
        self._action = actions["analyse_library"]
        self._action.setChecked(self._preferences.settings.analyse_library)

    # ------------------------------------------------------------ what is to be done

    @property
    def _is_on(self) -> bool:
        wanted = self._preferences.settings.analyse_library and not self._is_stopped
        return wanted and self._has_model and self._session.library is not None

    def look_soon(self) -> None:
        """Look when the library has not changed for a while."""
        self._later.start()

    def look(self) -> None:
        """Look which articles are to be analysed, and go on with them."""
        if not self._is_on:
            return
        if self._is_looking:
            self._later.start()
            return
        from reader.analysing import Expectations

        self._is_looking = True
        expectations = self._expectations = self._expectations or Expectations()
        paths, model = self._session.paths, self._analyst.model
        self._tasks.run(
            lambda task: list_wanting(paths, model=model, expectations=expectations),
            done=lambda states: self._on_listed(states, model),
            failed=self._on_problem,
            finished=self._on_looked,
        )

    def _on_looked(self) -> None:
        self._is_looking = False

    def _on_listed(self, states: list[State], model: str) -> None:
        if model != self._analyst.model:
            self._later.start()
            return
        self._waiting = deque(
            state.document_id
            for state in states
            if state.document_id not in (self._present, self._session.document_id)
            and self._tries.get((state.document_id, state.text_hash), 0) < TRIES
        )
        self._next()

    def _next(self) -> None:
        """Take up the next article, if there is one and nothing is under way."""
        if self._present is None and self._is_on and self._waiting:
            id = self._waiting.popleft()
            self._present = id
            paths, model = self._session.paths, self._analyst.model
            self._tasks.run(
                lambda task: fetch_behind(paths, id, model=model),
                done=partial(self._on_fetched, id),
                failed=self._on_problem,
            )
        self._show()

    def _on_fetched(self, id: int, fetched: tuple[Document, Held] | None) -> None:
        if self._present != id:
            return
        if fetched is None or id == self._session.document_id or not self._is_on:
            self._present = None
            self._next()
            return
        from reader.analysing import job_behind

        self._fetched = fetched
        self._analyst.analyse_behind(job_behind(0, *fetched))

    # ------------------------------------------------------------ what becomes of it

    def _on_done(self, outcome: Analysis | AnalysisError) -> None:
        id, fetched = self._present, self._fetched
        self._present = self._fetched = None
        if id is None or fetched is None:
            return
        document, held = fetched
        if isinstance(outcome, AnalysisError):
            key = id, document.text_hash
            self._tries[key] = self._tries.get(key, 0) + 1
            if self._tries[key] < TRIES:
                self._waiting.append(id)
            self._next()
            return
        self._done += 1
        paths = self._session.paths
        self._tasks.run(
            lambda task: save_analysis(
                paths, id, outcome, text_hash=document.text_hash, corrected=held.digest
            ),
            done=self._on_saved,
            failed=self._on_problem,
        )
        self._next()

    def _on_saved(self, _: object) -> None:
        """Let those who show the whole library hear of it, once it has been gone through."""
        if self._present is None and not self._waiting:
            self._session.library_changed.emit(None)

    def _on_document(self) -> None:
        """Leave the article that has come to the front: it is analysed there."""
        if self._present is not None and self._present == self._session.document_id:
            self._leave()
            self._next()

    def _on_ready(self) -> None:
        self._has_model = True
        if self._present is None:
            self._later.start()

    def _on_lost(self) -> None:
        """Wait until there is a model again."""
        self._has_model = False
        self._present = self._fetched = None
        self._show()

    def _on_problem(self, error: ReaderError) -> None:
        """The library can't be read or written, which is told where the reader's own work meets it."""
        self._leave()
        self._waiting.clear()
        self._show()
        if not isinstance(error, LibraryError):
            self._session.problem.emit(error, "warning")

    def _leave(self) -> None:
        if self._fetched is not None:
            self._analyst.drop_behind()
        self._present = self._fetched = None

    # ------------------------------------------------------------ shown and asked

    def _show(self) -> None:
        left = len(self._waiting) + (self._present is not None)
        foot = self._frame.foot
        if not left or not self._is_on:
            self._done = 0
            foot.show_work("")
            return
        number, total = figures(self._done + 1), figures(self._done + left)
        foot.show_work(
            self.tr("Analysing {} of {}").format(number, total),
            self.tr("{} of {}").format(number, total),
            self.tr("Names and quotations of articles in the library are being found. Click to stop."),
        )

    def stop(self) -> None:
        """Do no more until the next start, or until the reader says so."""
        done, left = self._done, len(self._waiting) + (self._present is not None)
        self._is_stopped = True
        self._leave()
        self._show()
        self._frame.messages.show_message(
            self.tr("Stopped: {} of {} articles are analysed.").format(figures(done), figures(done + left)),
            self.tr("The others are analysed when you open them, or after the next start."),
            action_text=self.tr("Go on"),
            action=self.go_on,
        )

    def go_on(self) -> None:
        """Do what is left."""
        self._is_stopped = False
        self.look()

    def toggle(self) -> None:
        """Switch it off or on for good."""
        self._preferences.change(analyse_library=not self._preferences.settings.analyse_library)

    def _on_preferences(self, before: Settings, after: Settings) -> None:
        if before.model != after.model:
            self._has_model = False  # until it is loaded
            self._present = self._fetched = None
            self._tries.clear()
        if before.analyse_library != after.analyse_library:
            self._is_stopped = False
            if not after.analyse_library:
                self._leave()
                self._waiting.clear()
            self.look()
            self._show()
        for shown in (self._box, self._action):
            if shown is not None:
                shown.setChecked(after.analyse_library)

    def add_setting(self, view: SettingsView) -> None:
        """Put what can be chosen into the view of the settings."""
        section = view.section(self.tr("Analysis"))
        self._box = section.check(
            self.tr("Analyse all articles of the library"),
            self.tr(
                "One after the other, while you read; the open article always comes first. Then you can find"
                " what somebody said in articles that you have not opened yet."
            ),
        )
        self._box.setChecked(self._preferences.settings.analyse_library)
        self._box.clicked.connect(lambda checked: self._preferences.change(analyse_library=checked))
