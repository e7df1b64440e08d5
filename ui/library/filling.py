"""Joins what fills the library by itself with the window: the analysis behind, and the watched folders."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ui.analyst import Analyst
from ui.article.navigating import Navigator
from ui.configuring import Configurer
from ui.frame import Frame
from ui.library.backlog import Backlog
from ui.library.opening import FileIntake
from ui.library.shelf import Shelf
from ui.library.watching import Watcher
from ui.preferences import Preferences
from ui.session import Session
from ui.tasks import Tasks


class Filler(QObject):
    """Builds the two and lets them hear what concerns them."""

    def __init__(
        self,
        session: Session,
        analyst: Analyst,
        frame: Frame,
        navigator: Navigator,
        *,
        preferences: Preferences,
        tasks: Tasks,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self.backlog = Backlog(session, analyst, frame, preferences=preferences, tasks=tasks)
        self.watcher = Watcher(
            session, navigator, preferences=preferences, tasks=tasks, messages=frame.messages, window=window
        )

    def join(self, intake: FileIntake, shelf: Shelf, configurer: Configurer) -> None:
        """Begin when there is a library, go on when files came in, and be set in the settings."""
        shelf.ready.connect(self.watcher.start)
        self.watcher.lost_requested.connect(intake.lost_requested)
        intake.library_changed.connect(self.backlog.look_soon)
        configurer.add(self.backlog.add_setting)
        configurer.add(self.watcher.add_setting)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do."""
        return {"analyse_library": self.backlog.toggle, "watch": self.watcher.ask}

    def use(self, actions: Mapping[str, QAction]) -> None:
        """Take the actions, to show in them what is on."""
        self.backlog.use(actions)
