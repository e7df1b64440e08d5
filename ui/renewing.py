"""What a view shows, gathered anew when it is asked for: never twice at a time, and never too old."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from reader.errors import ReaderError
from ui.tasks import Tasks


class Renewal(QObject):
    """Runs `work` in a thread; asked for again meanwhile, it is run once more at the end.

    `done` and `failed` are called on the interface thread, as in `Tasks.run`.
    """

    def __init__(
        self,
        work: Callable[[], Any],
        *,
        done: Callable[[Any], object],
        failed: Callable[[ReaderError], object],
        tasks: Tasks,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._work, self._done, self._failed, self._tasks = work, done, failed, tasks
        self._is_busy = self._is_wanted_again = False

    def ask(self) -> None:
        """Gather now, or once more after what is under way."""
        if self._is_busy:
            self._is_wanted_again = True
            return
        self._is_busy = True
        self._tasks.run(
            lambda task: self._work(), done=self._done, failed=self._failed, finished=self._on_finished
        )

    def _on_finished(self) -> None:
        self._is_busy = False
        if self._is_wanted_again:
            self._is_wanted_again = False
            self.ask()
