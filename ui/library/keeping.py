"""Copies of the library: one a day, the newest offered for a damaged one, any put back on request.

What can be read in the damaged file itself is offered beside the copy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from reader.errors import LibraryDamaged, ReaderError
from reader.paths import Paths
from ui.dates import moment_in_words
from ui.desk import copy_daily, list_copies, newest_good_copy, put_back, rescue
from ui.dialogs.bar import MessageBar
from ui.library.shelf import Shelf
from ui.numbers import figures
from ui.session import Session
from ui.tasks import Tasks

if TYPE_CHECKING:
    from pathlib import Path

    from reader.library.backup import Backup
    from reader.library.rescue import Rescued


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
        session.problem.connect(lambda error, kind: self._look_for_damage(error))
        self._looking = False  # for a copy to offer
        self._rescuing = False

    def copy_daily(self) -> None:
        """Copy the library unless that was done today; the reader hears of it only when it fails."""
        self._tasks.run(lambda task: copy_daily(self._paths), failed=self._on_not_copied)

    def _on_not_copied(self, error: ReaderError) -> None:
        self.tell(error)
        self._look_for_damage(error)

    # ------------------------------------------------------------ a damaged library

    def _look_for_damage(self, error: ReaderError) -> None:
        if isinstance(error, LibraryDamaged):
            self._on_damaged(error)

    def _on_damaged(self, error: ReaderError) -> None:
        """Offer the newest copy that is whole, or else another try; and what can be read in the file."""
        if self._looking:
            return
        self._looking = True
        self._tasks.run(
            lambda task: newest_good_copy(self._paths),
            done=lambda copy: self._offer(error, copy),
            failed=lambda _: self._offer(error, None),
        )

    def _offer(self, error: ReaderError, copy: Backup | None) -> None:
        self._looking = False
        for told in [each for each in self._messages.messages if each.what == error.what]:
            self._messages.drop(told)
        if copy is None:
            message = self._messages.show_message(
                error.what,
                self.tr("What can still be read in it can be rescued; the damaged file is kept."),
                kind="error",
                action_text=self.tr("Try again"),
                action=self._shelf.open,
            )
        else:
            message = self._messages.show_message(
                error.what,
                self.tr(
                    "You can go on with a copy of it, or with what can still be read in it;"
                    " the damaged file is kept."
                ),
                kind="error",
                action_text=self.tr("Restore the copy of {}").format(moment_in_words(copy.made)),
                action=lambda: self.restore(copy),
            )
        message.offer_also(self.tr("Rescue what can be read"), lambda: self.rescue(error, copy))

    def rescue(self, error: ReaderError, copy: Backup | None) -> None:
        """Put what can be read of the library in its place; the damaged file stays under another name.

        Where nothing can be read, or the reader cancels it, the `copy` is offered again for the `error`.
        """
        self._rescuing = True
        self._shelf.let_go()
        self._messages.show_progress(self.tr("Reading what can be read of the library"))
        task = self._tasks.run(
            lambda task: rescue(task, self._paths),
            done=lambda outcome: self._on_rescued(*outcome),
            failed=lambda why: self._on_not_rescued(why, error, copy),
            finished=lambda: self._on_rescue_ended(error, copy),
        )
        self._messages.cancelled.connect(task.cancel)

    def _on_rescue_ended(self, error: ReaderError, copy: Backup | None) -> None:
        self._messages.hide_progress()
        if self._rescuing:  # it was cancelled: nothing else has come
            self._rescuing = False
            self._offer(error, copy)

    def _on_rescued(self, rescued: Rescued, kept: Path | None) -> None:
        self._rescuing = False
        self._session.history.forget()
        self._shelf.open()
        what = self.tr(
            "Rescued: {articles} of {of_articles} articles, {notes} of {of_notes} highlights and notes."
        ).format(
            articles=figures(rescued.articles),
            of_articles=figures(rescued.of_articles),
            notes=figures(rescued.notes),
            of_notes=figures(rescued.of_notes),
        )
        aside = self.tr("The damaged file is kept as “{}”.").format(kept)
        if rescued.articles < rescued.of_articles:
            aside = f"{self.tr('Open the file of an article to have its lost text again.')} {aside}"
        self._messages.show_message(what, aside, kind="warning")

    def _on_not_rescued(self, why: ReaderError, error: ReaderError, copy: Backup | None) -> None:
        self._rescuing = False
        self.tell(why)
        self._offer(error, copy)

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
