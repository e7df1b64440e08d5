"""Whether a search finds English words in all their forms: chosen in the settings, made in a task."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCheckBox

from reader.errors import ReaderError
from reader.paths import Paths
from ui.configuring import Configurer
from ui.frame import Frame
from ui.library.asking import find_every_form, finds_every_form
from ui.library.searching import Searcher
from ui.session import Session
from ui.tasks import Task, Tasks
from ui.views.settings import SettingsView


class FormChooser(QObject):
    """Puts the choice into the settings, and has the indexes made anew when it changes."""

    def __init__(
        self,
        session: Session,
        frame: Frame,
        configurer: Configurer,
        searcher: Searcher,
        *,
        tasks: Tasks,
    ) -> None:
        super().__init__(frame)
        self._session, self._messages, self._searcher = session, frame.messages, searcher
        self._paths: Paths = session.paths
        self._tasks = tasks
        self._task: Task | None = None
        self.box: QCheckBox | None = None
        configurer.add(self._fill)
        self._messages.cancelled.connect(self._cancel)

    def _fill(self, view: SettingsView) -> None:
        section = view.section(self.tr("Searching the library"))
        self.box = section.check(
            self.tr("Find English words in all their forms"),
            self.tr(
                "“Closing” then finds “close” and “closed” too. The library is indexed anew for that, which"
                " takes a few seconds for ten thousand articles; you can read and write meanwhile."
            ),
        )
        self.box.clicked.connect(self.choose)
        view.refresh_requested.connect(self._look)

    def _look(self) -> None:
        if self._task is None and self._session.library is not None:
            self._tasks.run(
                lambda task: finds_every_form(self._paths), done=self._show, failed=self._on_problem
            )

    def _show(self, on: bool) -> None:
        if self.box is not None and self._task is None:
            self.box.setEnabled(True)
            self.box.setChecked(on)

    def choose(self, on: bool) -> None:
        """Have English words found in all their forms, or not."""
        if self._task is not None:
            return
        if self.box is not None:
            self.box.setEnabled(False)
        words = self.tr("Indexing the library anew…")
        self._messages.show_progress(words)
        self._task = self._tasks.run(
            lambda task: find_every_form(task, self._paths, on, words=words),
            done=lambda _: self._on_done(on),
            failed=self._on_problem,
            progress=self._messages.show_progress,
            finished=self._on_finished,
        )

    def _on_done(self, on: bool) -> None:
        self._messages.show_message(
            self.tr("English words are found in all their forms now.")
            if on
            else self.tr("Words are found as they are written now.")
        )
        self._searcher.ask_anew()

    def _on_finished(self) -> None:
        self._task = None
        self._messages.hide_progress()
        self._look()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _on_problem(self, error: ReaderError) -> None:
        self._session.problem.emit(error, "warning")
