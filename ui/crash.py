"""Our own bugs: written to a log and told in one calm window; the program goes on where it can."""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget


def describe_crash(error: BaseException) -> str:
    """Return what a developer needs: when, where, what; never the text of a document."""
    trace = "".join(traceback.format_exception(error))
    return (
        f"{datetime.now(UTC).isoformat()} {platform.platform()} Python {platform.python_version()}\n{trace}\n"
    )


class CrashReporter(QObject):
    """Receives every exception that nobody expected, from any thread."""

    _crashed = Signal(object)

    def __init__(self, log: Path, *, parent_of_dialog: Callable[[], QWidget | None]) -> None:
        super().__init__()
        self._log = log
        self._parent = parent_of_dialog
        self._told: set[str] = set()
        self._crashed.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Become the handler of uncaught exceptions."""
        sys.excepthook = self._hook

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        sys.stderr.write(f"Something in Scholion went wrong; a report is in {self._log}.\n")
        self.report(error)

    def report(self, error: BaseException) -> None:
        """Write `error` to the log, and tell the user once for each place it comes from."""
        words = describe_crash(error)
        try:
            self._log.parent.mkdir(parents=True, exist_ok=True)
            with self._log.open("a", encoding="utf-8") as log:
                log.write(words)
        except OSError:
            sys.stderr.write(words)  # the log itself can't be written; standard error is all that is left
        self._crashed.emit(error)

    def _tell(self, error: BaseException) -> None:
        last = traceback.extract_tb(error.__traceback__)[-1:]
        place = f"{last[0].filename}:{last[0].lineno}" if last else repr(error)
        if place in self._told:
            return
        self._told.add(place)
        box = QMessageBox(self._parent())
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("Scholion")
        box.setText(
            self.tr(
                "Something in Scholion went wrong. Your library is safe: every note you saved is on disk."
            )
        )
        box.setInformativeText(self.tr("You can go on. A report was written to {}.").format(self._log))
        box.setDetailedText(describe_crash(error))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()
