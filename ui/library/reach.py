"""Whether the library can be read now: found out in one place, and told to all who show what is in it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from reader.errors import (
    Conflict,
    LibraryDamaged,
    LibraryError,
    LibraryFull,
    LibraryOld,
    LibraryTooNew,
    ReaderError,
)
from ui.desk import FileId, file_of_library, look_whether_readable
from ui.dialogs.bar import MessageBar
from ui.library.shelf import Shelf
from ui.renewing import Renewal
from ui.session import Session
from ui.tasks import Tasks

SOON_MS = 300  # what is opened again within this time was never away
NEEDS_A_PERSON = (LibraryDamaged, LibraryOld, LibraryTooNew)  # waiting alone does not help
SAYS_NOTHING = (Conflict, LibraryFull)  # of whether it can be read


class Reach(QObject):
    """Looks when something fails, now and then whether the file is there, and until it can be read again.

    `is_away` while nothing of the library can be read, `is_hurt` while it can be opened and something in it
    is damaged.
    """

    changed = Signal()

    def __init__(self, session: Session, shelf: Shelf, messages: MessageBar, *, tasks: Tasks) -> None:
        super().__init__(shelf)
        self._session, self._shelf, self._messages = session, shelf, messages
        self.is_away = self.is_hurt = False
        self._state = False, False, False
        self._why: ReaderError | None = None
        self._told: set[str] = set()  # what a message says that is over when it can be read again
        self._is_asked = False  # by a person, who wants to hear what comes of it
        self._look = Renewal(
            lambda: file_of_library(session.paths),
            done=self._on_file,
            failed=self._on_unreadable,
            tasks=tasks,
            parent=self,
        )
        self._read = Renewal(
            lambda: look_whether_readable(session.paths),
            done=self._on_readable,
            failed=self._on_unreadable,
            tasks=tasks,
            parent=self,
        )
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(lambda: self._be(away=True, hurt=False))
        shelf.failed.connect(self._on_not_opened)
        shelf.released.connect(self._on_released)
        shelf.ready.connect(self._on_back)
        shelf.due.connect(self._on_due)
        session.problem.connect(self._on_problem)

    @property
    def can_try_again(self) -> bool:
        """Tell whether trying again is of use: not while the library is let go for something else."""
        return self._why is not None

    # ------------------------------------------------------------ found out

    def try_again(self) -> None:
        """Look now, since a person asks for it; say so where it still can't be read."""
        if self._session.library is None:
            self._shelf.open()
        else:
            self._is_asked = True
            self._read.ask()

    def _on_due(self) -> None:
        if self._session.library is None:
            if not isinstance(self._why, NEEDS_A_PERSON):
                self._shelf.open_again()
        elif self.is_away:
            self._read.ask()
        else:
            self._look.ask()

    def _on_file(self, found: FileId | None) -> None:
        if self._session.library is not None and found != self._shelf.file:
            self._read.ask()

    def _on_problem(self, error: ReaderError, kind: str) -> None:
        if not isinstance(error, LibraryError) or isinstance(error, SAYS_NOTHING):
            return
        if kind == "warning":  # not of what a person asked for and did not get
            self._told.add(error.what)
        if self._session.library is None or self.is_away:
            return
        if isinstance(error, LibraryDamaged):
            self._why = error
            self._be(away=False, hurt=True)
        self._read.ask()

    def _on_released(self) -> None:
        self._why = None
        self._soon.start()

    def _on_not_opened(self, error: ReaderError) -> None:
        self._soon.stop()
        if self._why is not None and self._why.what != error.what:
            self._forget_told()  # it is for another reason now
        self._why = error
        self._told.add(error.what)
        self._be(away=True, hurt=False)

    def _on_unreadable(self, error: ReaderError) -> None:
        if self._session.library is None:
            return  # it was let go meanwhile
        is_news = self._is_asked or not self.is_away
        self._is_asked = False
        self._why = error
        self._be(away=True, hurt=False)
        if is_news:
            self._session.problem.emit(error, "warning")

    def _on_readable(self, found: FileId | None) -> None:
        asked, self._is_asked = self._is_asked, False
        if self._session.library is None:
            return
        if self.is_away or found != self._shelf.file:
            self._shelf.take_again()
            if self._session.library is not None:
                self._on_back()
        elif asked:
            self._session.library_changed.emit(None)  # all of it is asked anew
            self._on_back()

    # ------------------------------------------------------------ told

    def _on_back(self) -> None:
        self._soon.stop()
        self._forget_told()
        self._why = None
        self._be(away=False, hurt=False)

    def _forget_told(self) -> None:
        for message in [each for each in self._messages.messages if each.what in self._told]:
            self._messages.drop(message)
        self._told.clear()

    def _be(self, *, away: bool, hurt: bool) -> None:
        before = self._state
        self.is_away, self.is_hurt = away, hurt
        self._session.is_away = away
        self._state = away, hurt, self.can_try_again
        if before != self._state:
            self.changed.emit()
