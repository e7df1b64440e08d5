"""Our own bugs: written to a log and told in one calm window; the program goes on where it can."""

from __future__ import annotations

import platform
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

MOST_OF_ONE = 10  # what fails with every frame must not fill the disk


def describe_crash(error: BaseException) -> str:
    """Return what a developer needs: when, where, what; never the text of a document."""
    trace = "".join(traceback.format_exception(error))
    return (
        f"{datetime.now(UTC).isoformat()} {platform.platform()} Python {platform.python_version()}\n{trace}\n"
    )


def place_of(error: BaseException) -> str:
    """Return the line of code that an exception comes from."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    return f"{last[0].filename}:{last[0].lineno}" if last else repr(error)


class CrashReporter(QObject):
    """Receives every exception that nobody expected, from any thread."""

    _crashed = Signal(object)

    def __init__(self, log: Path, *, parent_of_dialog: Callable[[], QWidget | None]) -> None:
        super().__init__()
        self._log = log
        self._parent = parent_of_dialog
        self._seen: Counter[str] = Counter()
        self._crashed.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Become the handler of uncaught exceptions."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error)

    def _thread_hook(self, told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            self.report(told.exc_value)

    def report(self, error: BaseException) -> None:
        """Write `error` to the log, and tell the user once for each place it comes from."""
        place = place_of(error)
        self._seen[place] += 1
        if self._seen[place] > MOST_OF_ONE:
            return
        words = describe_crash(error)
        try:
            self._log.parent.mkdir(parents=True, exist_ok=True)
            with self._log.open("a", encoding="utf-8") as log:
                log.write(words)
        except OSError:
            sys.stderr.write(words)  # the log itself can't be written; standard error is all that is left
        else:
            sys.stderr.write(f"Something in Scholion went wrong; a report is in {self._log}.\n")
        if self._seen[place] == 1:
            self._crashed.emit(error)

    def _tell(self, error: BaseException) -> None:
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
