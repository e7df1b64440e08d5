"""Work off the interface thread: one way to run it, hear of its progress, and cancel it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance, Slot

from reader.errors import ReaderError

# A thread that has told its end leaves at once; this only bounds what can't happen.
_SECONDS_TO_LEAVE = 5.0


class Cancelled(Exception):
    """Raised inside work whose task was cancelled; nobody is told, since somebody asked for it."""


class Task(QObject):
    """One piece of work under way; signals arrive on the interface thread."""

    done = Signal(object)
    failed = Signal(object)  # ReaderError
    broke = Signal(object)  # any other exception: our bug
    progressed = Signal(str, object)  # words, fraction 0..1 or None
    finished = Signal()

    def __init__(self, work: Callable[[Task], Any], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._cancelled = threading.Event()
        self._on_cancel: Callable[[], None] | None = None
        self._telling = threading.Lock()
        self._is_left = False
        self._thread = threading.Thread(target=self._run, daemon=True, name="task")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    @property
    def cancelled(self) -> bool:
        """Tell whether someone asked to stop."""
        return self._cancelled.is_set()

    def check(self) -> None:
        """Raise `Cancelled` if someone asked to stop; called by the work between its steps."""
        if self._cancelled.is_set():
            raise Cancelled

    def when_cancelled(self, act: Callable[[], None] | None) -> None:
        """Have `act` called (on the interface thread) by `cancel`: it ends a wait inside the work."""
        self._on_cancel = act

    def report(self, words: str, fraction: float | None = None) -> None:
        """Tell how far the work is; called by the work."""
        self._tell(self.progressed, words, fraction)

    def cancel(self) -> None:
        """Ask the work to stop; what it has finished stays."""
        self._cancelled.set()
        if self._on_cancel is not None:
            self._on_cancel()

    def wait(self, seconds: float) -> bool:
        """Wait for the thread to end (at the program's end); return whether it has."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def leave(self) -> None:
        """Hear of it no more, though its thread goes on: this object may be deleted then."""
        with self._telling:
            self._is_left = True

    def _tell(self, signal: SignalInstance, *values: object) -> None:
        # A signal sent in a thread while its sender is being deleted brings the program down.
        with self._telling:
            if not self._is_left:
                signal.emit(*values)

    def _run(self) -> None:
        try:
            result = self._work(self)
        except Cancelled:
            pass
        except ReaderError as error:
            if not self.cancelled:
                self._tell(self.failed, error)
        except Exception as error:  # noqa: BLE001 - handed on to the crash dialog, not swallowed
            self._tell(self.broke, error)
        else:
            self._tell(self.done, result)
        self._tell(self.finished)


class Tasks(QObject):
    """Starts tasks and remembers those under way."""

    broke = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: set[Task] = set()
        self._closed = False

    def run(
        self,
        work: Callable[[Task], Any],
        *,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[ReaderError], object] | None = None,
        progress: Callable[[str, float | None], None] | None = None,
        finished: Callable[[], None] | None = None,
    ) -> Task:
        """Run ``work(task)`` in a thread; the callbacks are called on the interface thread.

        After `close` nothing is begun any more.
        """
        task = Task(work, self)
        queued = Qt.ConnectionType.QueuedConnection
        if done is not None:
            task.done.connect(done, queued)
        if failed is not None:
            task.failed.connect(failed, queued)
        if progress is not None:
            task.progressed.connect(progress, queued)
        if finished is not None:
            task.finished.connect(finished, queued)
        task.broke.connect(self.broke, queued)
        # Not a function that holds this object: it would be let go with the task, and take the task with it.
        task.finished.connect(self._on_finished, queued)
        if not self._closed:
            self._running.add(task)
            task.start()
        return task

    @Slot()
    def _on_finished(self) -> None:
        task = self.sender()
        assert isinstance(task, Task)
        self._running.discard(task)
        # Its thread may still be inside the signal that says so, which the task must outlive.
        task.wait(_SECONDS_TO_LEAVE)
        task.deleteLater()

    def close(self, *, seconds: float = 3.0) -> None:
        """Cancel everything, wait a little for it to end, and begin and hear nothing more."""
        self._closed = True
        for task in list(self._running):
            task.cancel()
        for task in list(self._running):
            if not task.wait(seconds):
                task.leave()
