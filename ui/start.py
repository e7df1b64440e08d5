"""Window first: paints a bare window, and only then loads and joins the rest of the program."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from reader.errors import ReaderError
from reader.paths import Paths
from reader.settings import Settings, load_settings
from ui.garbage import collect_here
from ui.main_window import PAPERS, MainWindow

if TYPE_CHECKING:
    from ui.app import Application
    from ui.library.moving import Following


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


def start_qt() -> QApplication:
    """Return Qt's application as the program runs it, made where there is none yet."""
    app = QApplication.instance()
    if app is None:
        app = QApplication(sys.argv[:1])
        collect_here()
    assert isinstance(app, QApplication)
    return app


def run_window(paths: Paths, files: list[str], *, model: str | None = None) -> int:
    """Show the window until it is closed; return the exit code."""
    app = start_qt()
    app.setApplicationName("Scholion")
    app.setDesktopFileName("scholion")
    following: Following | None = None
    while True:
        code, following = _show(app, following.paths if following else paths, files, model, following)
        if following is None:
            return code
        files = []


def _show(
    app: QApplication, paths: Paths, files: list[str], model: str | None, before: Following | None
) -> tuple[int, Following | None]:
    """Show one window until it is closed; return the exit code, and what is to be shown after it."""
    settings, told = settings_of(paths)
    window = bare_window(settings)
    shown: list[Application] = []

    def on_painted() -> None:
        application = furnish(
            app, window, paths, files, settings=settings, told=[*told, *arrive(before)], model=model
        )
        shown.append(application)
        application.crash.install()
        application.start()
        gc.freeze()  # what was loaded stays; looking through it once would cost several frames

    window.painted.connect(on_painted)
    window.show()
    code = app.exec()
    following = shown[0].wing.mover.following if shown else None
    if following is not None:
        gc.unfreeze()  # what the window had loaded may go with it
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return code, following


def arrive(following: Following | None) -> list[ReaderError]:
    """Bring along the words that are being written; return what is to be told in the window now."""
    if following is None:
        return []
    told = [ReaderError(following.what, following.next)]
    if following.drafts_of is not None:
        from reader.placing import bring_drafts

        try:
            bring_drafts(following.drafts_of, following.paths)
        except ReaderError as error:
            told.append(error)
    return told
