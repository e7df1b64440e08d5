"""Changes to many records at once: made in a thread, on a connection of its own, and undone there too."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reader.errors import ReaderError
from reader.model import Change
from reader.paths import Paths
from ui.lending import lent
from ui.session import Session
from ui.tasks import Tasks

if TYPE_CHECKING:
    from reader.library import Library

AT_ONCE = 40  # records that are written well within a frame
MANY = 500  # take longer than a moment, so it is told that they are changed
_PATIENCE = 20.0  # seconds that a change in a thread waits for another program's

Make = Callable[["Library"], Change | None]


def make_and_apply(paths: Paths, make: Make) -> Change | None:
    """Make a change of what is stored, and do it; return it, or None when there was nothing to do."""
    with lent(paths, patience=_PATIENCE) as library:
        change = make(library)
        return library.apply(change) if change is not None else None


def apply(paths: Paths, change: Change) -> None:
    """Do a change."""
    with lent(paths, patience=_PATIENCE) as library:
        library.apply(change)


class Carrier(QObject):
    """Makes changes for the session: few records at once, many in a thread."""

    began = Signal(int)  # about so many records are being changed in a thread, which takes a while
    ended = Signal()  # nothing is being changed in a thread any more; what came of it is told after this
    refused = Signal(object)  # ReaderError: there is no such change, or not now

    def __init__(self, session: Session, *, tasks: Tasks) -> None:
        super().__init__(session)
        self._session, self._tasks = session, tasks
        session.history.do_aside(self._aside)

    def do(self, make: Make, *, size: int, done: Callable[[Change], object] | None = None) -> None:
        """Do the change that ``make(library)`` returns; `size` is about how many records it is of.

        `done` is called when it is on disk. Where nothing is to be done nobody is told.
        """
        session = self._session

        def finish(change: Change) -> None:
            if done is not None:
                done(change)

        if size > AT_ONCE:
            self._in_thread(make, finish, size)
            return
        if session.library is None:
            return
        try:
            change = make(session.library)
        except ReaderError as error:
            self.refused.emit(error)
            return
        if change is not None and len(change.before) + len(change.after) > 2 * AT_ONCE:
            self._in_thread(make, finish, _size(change))
        elif change is not None and session.do(change):
            finish(change)

    def _in_thread(self, make: Make, finish: Callable[[Change], None], size: int) -> None:
        session = self._session
        try:
            session.writable()
        except ReaderError as error:
            self.refused.emit(error)
            return

        def take(change: Change | None) -> None:
            if change is not None:
                session.follow(change)
                session.history.push(change)
                finish(change)

        self._run(lambda: make_and_apply(session.paths, make), take, self.refused.emit, size)

    def _run(
        self,
        work: Callable[[], object],
        done: Callable[[Change | None], object],
        failed: Callable[[ReaderError], object],
        size: int,
    ) -> None:
        """Do something in a thread; what need not be written at once waits for it to end."""
        session = self._session
        session.is_held = True
        if size > MANY:
            self.began.emit(size)
        follow: list[Callable[[], object]] = []

        def end() -> None:
            session.is_held = False
            self.ended.emit()
            for each in follow:
                each()

        self._tasks.run(
            lambda task: work(),
            done=lambda change: follow.append(partial(done, change)),
            failed=lambda error: follow.append(partial(failed, error)),
            finished=end,
        )

    def _aside(self, change: Change, done: Callable[[ReaderError | None], None]) -> bool:
        """Take a step of the history that is of many records; the session refuses it while it is held."""
        session = self._session
        if session.is_held or len(change.before) + len(change.after) <= 2 * AT_ONCE:
            return False

        def take(_: object) -> None:
            session.follow(change)
            done(None)

        self._run(lambda: apply(session.paths, change), take, done, _size(change))
        return True


def _size(change: Change) -> int:
    """Return of how many records a change is."""
    return max(len(change.before), len(change.after))
