"""Bringing files in: dialogs, drops and arguments become documents in the library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from reader.document import ReadAs
from reader.errors import MissingFile, ReaderError
from reader.paths import Paths
from ui.desk import TakenIn, take_in_files
from ui.dialogs.bar import Kind, Message, MessageBar
from ui.numbers import figures
from ui.tasks import Task, Tasks

if TYPE_CHECKING:
    from reader.formats.opener import Opener


class FileIntake(QObject):
    """Opens files beside the interface and says what became of them."""

    first_ready = Signal(int)  # the document to show
    preview_ready = Signal(object)  # Document: the beginning of the one that is being read
    library_changed = Signal()
    lost_requested = Signal()  # the highlights that were lost are to be shown
    opened = Signal(list)  # the paths asked for, for the list of recent files

    def __init__(self, paths: Paths, *, tasks: Tasks, messages: MessageBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._paths = paths
        self._tasks = tasks
        self._messages = messages
        self._window = parent
        self._opener: Opener | None = None
        self._task: Task | None = None
        self._outcome: list[Message] = []  # how the last import ended
        self._waiting: list[tuple[list[str], ReadAs | None]] = []
        self.folder = str(Path.home())
        messages.cancelled.connect(self._cancel)

    def ask_files(self) -> None:
        """Show the dialog for files."""
        from reader.formats import SUFFIXES

        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        files, _ = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Open articles"),
            self.folder,
            self.tr("Articles ({})").format(patterns) + ";;" + self.tr("All files (*)"),
        )
        self.open(files)

    def ask_folder(self) -> None:
        """Show the dialog for a folder."""
        folder = QFileDialog.getExistingDirectory(self._window, self.tr("Open a folder"), self.folder)
        self.open([folder] if folder else [])

    def open(self, files: list[str], *, read_as: ReadAs | None = None) -> None:
        """Take files and folders into the library and show the first; more of them wait their turn.

        They are read as was chosen for each before, unless `read_as` says how.
        """
        if not files:
            return
        if self._task is not None:
            if read_as is None and self._waiting and self._waiting[-1][1] is None:
                self._waiting[-1][0].extend(files)
            else:
                self._waiting.append((list(files), read_as))
            return
        self._forget_outcome()
        first = Path(files[0])
        self.folder = str(first if first.is_dir() else first.parent)
        if self._opener is None:
            from reader.formats.opener import Opener

            self._opener = Opener()
        opener = self._opener
        self._task = self._tasks.run(
            lambda task: take_in_files(
                task,
                self._paths,
                opener,
                files,
                first_in=self.first_ready.emit,
                words=self._words,
                read_as=read_as,
                # What is read in another way is on the page already.
                preview=self.preview_ready.emit if read_as is None else None,
            ),
            done=lambda outcome: self._on_done(files, outcome, again=read_as is not None),
            failed=self._on_failed,
            progress=self._messages.show_progress,
            finished=self._on_finished,
        )

    def _forget_outcome(self) -> None:
        """Take away what was told of the import before: how far it came is no longer so."""
        for message in self._outcome:
            self._messages.drop(message)
        self._outcome.clear()

    def close(self) -> None:
        """End the process that opens files."""
        if self._opener is not None:
            self._opener.close()

    def _words(self, name: str, number: int, total: int) -> str:
        shown = " ".join(name.split())[:60]
        if total == 1:
            return self.tr("Opening “{}”").format(shown)
        return self.tr("Opening “{}”, {} of {}").format(shown, figures(number), figures(total))

    def _cancel(self) -> None:
        if self._task is not None:
            self._waiting.clear()
            self._task.cancel()

    def _on_finished(self) -> None:
        self._task = None
        self._messages.hide_progress()
        self.library_changed.emit()
        if self._waiting:
            files, read_as = self._waiting.pop(0)
            self.open(files, read_as=read_as)

    def _on_failed(self, error: ReaderError) -> None:
        self._messages.show_message(error.what, error.next, kind="error")

    def _on_done(self, files: list[str], outcome: TakenIn, *, again: bool) -> None:
        refused = {name for name, _ in outcome.refused}
        self.opened.emit([name for name in files if name not in refused])
        for bug in outcome.broken:
            self._tasks.broke.emit(bug)
        for _, error in outcome.refused[:1]:
            more = len(outcome.refused) - 1
            rest = self.tr("{} more could not be opened either.").format(figures(more)) if more else ""
            then = error.next
            if again and isinstance(error, MissingFile):
                then = self.tr(
                    "To read it in another way, put it back where it was, or open it from its new place."
                )
            self._messages.show_message(error.what, f"{then} {rest}".strip(), kind="warning")
        for warning in outcome.warnings[:1]:
            self._messages.show_message(warning, kind="warning")
        if outcome.lost:
            self._messages.show_message(
                self.tr("The text has changed; {} of your highlights no longer stand in it.").format(
                    figures(outcome.lost)
                ),
                self.tr("They are kept with their words until you say where they belong."),
                kind="warning",
                action_text=self.tr("Show them"),
                action=self.lost_requested.emit,
            )
        self._tell_outcome(outcome)

    def _tell_outcome(self, outcome: TakenIn) -> None:
        """Say how far it came, until the next import begins."""

        def tell(sentence: str, then: str = "", *, kind: Kind = "info") -> None:
            self._outcome.append(self._messages.show_message(sentence, then, kind=kind))

        if outcome.stopped is not None:
            tell(outcome.stopped.what, outcome.stopped.next, kind="error")
        if outcome.cancelled and outcome.total == 1 and not outcome.taken:
            tell(
                self.tr("Opening was cancelled; the library is as it was."),
                self.tr("Open the file again when you want to read it."),
            )
        elif outcome.stopped is not None or outcome.cancelled:
            tell(
                self.tr("Stopped: {} of {} files are in the library.").format(
                    figures(len(outcome.taken)), figures(outcome.total)
                ),
                self.tr("Open them again to take in the rest; what is in stays as it is."),
                kind="warning",
            )
        elif len(outcome.taken) > 1:
            tell(self._told(outcome))

    def _told(self, outcome: TakenIn) -> str:
        """Say what became of several files, leaving out what became of none."""
        words = (
            ("new", self.tr("is new in the library"), self.tr("are new in the library")),
            ("known", self.tr("was there already"), self.tr("were there already")),
            ("changed", self.tr("has a changed text"), self.tr("have a changed text")),
        )
        parts: list[str] = []
        for kind, one, more in words:
            number = outcome.count(kind)
            noun = (self.tr("article") if number == 1 else self.tr("articles")) if not parts else ""
            if number:
                parts.append(" ".join(filter(None, (figures(number), noun, one if number == 1 else more))))
        return ", ".join(parts) + "."
