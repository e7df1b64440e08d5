"""Window first: paints a bare window, and only then loads and joins the rest of the program."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QApplication

from reader.errors import ReaderError
from reader.paths import Paths
from reader.settings import Settings, load_settings
from ui.main_window import PAPERS, MainWindow

if TYPE_CHECKING:
    from ui.app import Application


def settings_of(paths: Paths) -> tuple[Settings, list[ReaderError]]:
    """Return the settings, or the usual ones and why."""
    try:
        return load_settings(paths.settings), []
    except ReaderError as error:
        return Settings(), [error]


def bare_window(settings: Settings) -> MainWindow:
    """Make the window where it was last time, in the colour of its paper."""
    window = MainWindow(paper=PAPERS.get(settings.theme, PAPERS["light"]))
    if settings.geometry:
        window.restoreGeometry(QByteArray.fromBase64(settings.geometry.encode()))
    return window


def furnish(
    app: QApplication,
    window: MainWindow,
    paths: Paths,
    files: list[str],
    *,
    settings: Settings,
    told: Sequence[ReaderError] = (),
    model: str | None = None,
) -> Application:
    """Build everything that the window holds; `Application.start` then shows it.

    `model` is used instead of the one in the settings, which stay as they are.
    """
    from ui.analyst import Analyst

    # The worker takes longest to be ready: it loads beside us while the rest of the window is made.
    analyst = Analyst(model=settings.model if model is None else model, parent=window)
    analyst.warm_up()

    from ui.app import Application

    return Application(app, window, paths, files, analyst=analyst, settings=settings, told=told)


def run_window(paths: Paths, files: list[str], *, model: str | None = None) -> int:
    """Show the window until it is closed; return the exit code."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Scholion")
    app.setDesktopFileName("scholion")
    settings, told = settings_of(paths)
    window = bare_window(settings)

    def on_painted() -> None:
        application = furnish(app, window, paths, files, settings=settings, told=told, model=model)
        application.crash.install()
        application.start()

    window.painted.connect(on_painted)
    window.show()
    return app.exec()
