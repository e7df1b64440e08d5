"""Copies of the library: one a day, the newest offered for a damaged library, any put back on request."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, QObject
from PySide6.QtWidgets import QWidget

from reader.errors import ReaderError
from reader.paths import Paths
from ui.desk import copy_daily, list_copies, newest_good_copy, put_back
from ui.dialogs.bar import MessageBar
from ui.session import Session
from ui.shelf import Shelf
from ui.tasks import Tasks

if TYPE_CHECKING:
    from pathlib import Path

    from reader.library.backup import Backup


def moment_in_words(made: datetime) -> str:
    """Return a moment in the reader's language and time, as in "27 Nov 2026, 14:02"."""
    local = QDateTime.fromSecsSinceEpoch(int(made.timestamp()))
    return QLocale().toString(local, "d MMM yyyy, HH:mm")


class Keeper(QObject):
    """Makes the copies, and puts one in the place of the library."""

    def __init__(
        self,
        session: Session,
        shelf: Shelf,
        paths: Paths,
        *,
        tasks: Tasks,
        messages: MessageBar,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._shelf, self._paths = session, shelf, paths
        self._tasks, self._messages, self._window = tasks, messages, window
        shelf.ready.connect(self.copy_daily)
        shelf.damaged.connect(self._on_damaged)

    def copy_daily(self) -> None:
        """Copy the library unless that was done today; the reader hears of it only when it fails."""
        self._tasks.run(lambda task: copy_daily(self._paths), failed=self.tell)

    # ------------------------------------------------------------ a damaged library

    def _on_damaged(self, error: ReaderError) -> None:
        """Offer the newest copy that is whole; until it is found, and where there is none, another try."""
        self._tasks.run(
            lambda task: newest_good_copy(self._paths),
            done=lambda copy: self._offer(error, copy),
            failed=lambda _: self._offer(error, None),
        )

    def _offer(self, error: ReaderError, copy: Backup | None) -> None:
        if copy is None:
            self._messages.show_message(
                error.what,
                error.next,
                kind="error",
                action_text=self.tr("Try again"),
                action=self._shelf.open,
            )
            return
        self._messages.show_message(
            error.what,
            self.tr("You can go on with a copy of it; the damaged file is kept."),
            kind="error",
            action_text=self.tr("Restore the copy of {}").format(moment_in_words(copy.made)),
            action=lambda: self.restore(copy),
        )

    # ------------------------------------------------------------ on request

    def ask(self) -> None:
        """Show the copies, and put the chosen one back."""
        self._tasks.run(lambda task: list_copies(self._paths), done=self._show, failed=self.tell)

    def _show(self, copies: list[Backup]) -> None:
        from ui.dialogs.backups import BackupDialog

        dialog = BackupDialog(copies, folder=str(self._paths.backups), parent=self._window)
        dialog.chosen.connect(self.restore)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def restore(self, copy: Backup) -> None:
        """Put a copy in the place of the library, which stays under another name."""
        self._shelf.let_go()
        self._tasks.run(
            lambda task: put_back(self._paths, copy),
            done=lambda kept: self._on_restored(copy, kept),
            failed=self._on_not_restored,
        )

    def _on_restored(self, copy: Backup, kept: Path | None) -> None:
        self._session.history.forget()
        self._shelf.open()
        what = self.tr("The library is the copy of {} now.").format(moment_in_words(copy.made))
        aside = self.tr("The file from before is kept as “{}”.").format(kept) if kept else ""
        self._messages.show_message(what, aside, kind="warning")

    def _on_not_restored(self, error: ReaderError) -> None:
        self.tell(error)
        self._shelf.open()

    def tell(self, error: ReaderError) -> None:
        """Say what went wrong with a copy."""
        self._messages.show_message(error.what, error.next, kind="warning")
