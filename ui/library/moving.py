"""Keeping the library in another folder: chosen, looked at, copied to or used as it is, and gone over to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from reader.errors import ReaderError
from reader.paths import Paths
from ui.dialogs.bar import Message, MessageBar
from ui.library.place_desk import carry, look_at, use
from ui.library.shelf import Shelf
from ui.numbers import figures
from ui.tasks import Tasks

if TYPE_CHECKING:
    from reader.placing import Found
    from ui.tasks import Task


@dataclass(frozen=True, slots=True)
class Following:
    """What is shown when the window is closed: a window over other places, with what happened and what to do.

    `drafts_of` are the places from which the words that are being written come along.
    """

    paths: Paths
    what: str
    next: str = ""
    drafts_of: Paths | None = None


class Mover(QObject):
    """Asks for the folder, and has the window opened anew over the library in it.

    It is opened anew and not filled anew, so that nothing that is under way for one library can be written
    into another.
    """

    leaving = Signal()  # what is being written has to be in the library now

    def __init__(
        self, shelf: Shelf, paths: Paths, *, tasks: Tasks, messages: MessageBar, window: QWidget
    ) -> None:
        super().__init__(window)
        self._shelf, self._paths = shelf, paths
        self._tasks, self._messages, self._window = tasks, messages, window
        self._task: Task | None = None
        self._is_carried = self._is_missing = False
        self._told: Message | None = None
        self.following: Following | None = None
        shelf.missing.connect(self._on_missing)

    @property
    def can_move(self) -> bool:
        """Tell whether a folder can be chosen; not where the command line names one."""
        return self._paths.usual is not None

    def ask(self) -> None:
        """Ask for the folder."""
        folder = QFileDialog.getExistingDirectory(
            self._window, self.tr("Keep the library in another folder"), str(self._paths.data.parent)
        )
        if folder and self._task is None:
            self._tasks.run(
                lambda task: look_at(self._paths, Path(folder)), done=self._on_found, failed=self._tell
            )

    def _on_found(self, found: Found) -> None:
        if found.is_library:
            self._show(
                self.tr("There is a library in “{}” already: {}.").format(
                    found.paths.data, self._articles(found.documents)
                ),
                self.tr("It can be used as it is. Nothing is copied, and your present one stays where it is.")
                if not self._is_missing
                else self.tr("It can be used as it is."),
                action_text=self.tr("Use the library there"),
                action=partial(self._use, found.paths, self.tr("The library in “{}” is shown now.")),
            )
        elif self._task is None:
            self._carry(found.paths)

    def _articles(self, number: int | None) -> str:
        if number is None:
            return self.tr("one of an older Scholion")
        return self.tr("1 article") if number == 1 else self.tr("{} articles").format(figures(number))

    # ------------------------------------------------------------ copied

    def _carry(self, there: Paths) -> None:
        self.leaving.emit()
        self._shelf.let_go()
        self._is_carried = False
        words = self.tr("Copying the library to “{}”").format(there.data)
        self._messages.show_progress(words, 0.0)
        self._task = self._tasks.run(
            lambda task: carry(task, self._paths, there, words=words),
            done=lambda _: self._on_carried(there),
            failed=self._tell,
            progress=self._messages.show_progress,
            finished=self._on_ended,
        )
        self._messages.cancelled.connect(self._task.cancel)

    def _on_carried(self, there: Paths) -> None:
        self._is_carried = True
        self._go_over(
            Following(
                there,
                self.tr("Your library is kept in “{}” now; the copy was checked.").format(there.data),
                self.tr("The file from before stays as “{}”, where you may delete it.").format(
                    self._paths.library
                ),
                drafts_of=self._paths,
            )
        )

    def _on_ended(self) -> None:
        self._task = None
        self._messages.hide_progress()
        if not self._is_carried:  # it failed or was cancelled
            self._shelf.open()

    # ------------------------------------------------------------ used as it is

    def _use(self, there: Paths, words: str) -> None:
        aside = self.tr("The other one stays in “{}”.").format(self._paths.data)
        if self._is_missing:
            aside = ""
        self._tasks.run(
            lambda task: use(there),
            done=lambda _: self._go_over(Following(there, words.format(there.data), aside)),
            failed=self._tell,
        )

    def _on_missing(self, error: ReaderError) -> None:
        """Say that the folder is not there; nothing is made in its place, and nothing forgotten unasked."""
        self._is_missing = True
        message = self._messages.show_message(
            error.what, error.next, kind="error", action_text=self.tr("Try again"), action=self._shelf.open
        )
        usual = self._paths.usual
        assert usual is not None
        words = self.tr("The library in “{}” is shown now, until you choose another folder in the settings.")
        message.offer_also(self.tr("Choose its folder…"), self.ask)
        message.offer_also(self.tr("Use the usual folder"), partial(self._use, usual, words))

    def _go_over(self, following: Following) -> None:
        self.following = following
        self._window.close()

    def _tell(self, error: ReaderError) -> None:
        self._show(error.what, error.next, action_text=self.tr("Choose a folder…"), action=self.ask)

    def _show(self, what: str, next: str, *, action_text: str, action: Callable[[], object]) -> None:
        """Say what became of the last choice, in place of what was said of the one before."""
        if self._told is not None:
            self._messages.drop(self._told)
        self._told = self._messages.show_message(
            what, next, kind="warning", action_text=action_text, action=action
        )
