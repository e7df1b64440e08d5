"""Watched folders: what comes into them is taken into the library and told quietly. No widgets."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from reader.errors import LibraryError, ReaderError
from reader.settings import Settings
from ui.article.navigating import Navigator
from ui.desk import Arrived, TakenIn, look_for_arrivals, take_in_arrived
from ui.dialogs.bar import Message, MessageBar
from ui.numbers import figures
from ui.preferences import Preferences
from ui.session import Session
from ui.tasks import Task, Tasks

if TYPE_CHECKING:
    from reader.arrivals import Arrivals
    from ui.views.settings import SettingsView
    from ui.views.watched import WatchedFolders

SETTLE_MS = 1500  # a file that is the same after so long is not being written any more
POLL_MS = 60_000  # the system tells nothing of folders on other machines
MOST_NOTICED = 500  # folders of which the system is asked to tell; the others are polled
FEW = 10  # files that come in without being told on the way


class Watcher(QObject):
    """Looks into the watched folders when something happens there, and from time to time."""

    lost_requested = Signal()  # the highlights that were lost are to be shown

    def __init__(
        self,
        session: Session,
        navigator: Navigator,
        *,
        preferences: Preferences,
        tasks: Tasks,
        messages: MessageBar,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._navigator = session, navigator
        self._preferences, self._tasks = preferences, tasks
        self._messages, self._window = messages, window
        self._arrivals: Arrivals | None = None
        self._task: Task | None = None
        self._is_busy = self._is_wanted_again = False
        self._looks = 0
        self._told_gone: dict[str, Message] = {}
        self._arrived: list[int] = []  # what the message that is shown speaks of
        self._message: Message | None = None
        self._rows: WatchedFolders | None = None
        self._noticed: set[str] = set()
        self._notices = QFileSystemWatcher(self)
        self._notices.directoryChanged.connect(self._on_noticed)
        self._soon = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._soon.timeout.connect(self.look)
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self.look)
        preferences.changed.connect(self._on_preferences)
        messages.cancelled.connect(self._cancel)

    @property
    def folders(self) -> tuple[str, ...]:
        """The watched folders."""
        return self._preferences.settings.watched

    def start(self) -> None:
        """Look into the folders now, and from now on; called again, it does nothing new."""
        if self.folders and self._session.library is not None:
            self._poll.start()
            self.look()

    # ------------------------------------------------------------ which folders

    def ask(self) -> None:
        """Let the reader choose a folder."""
        folder = QFileDialog.getExistingDirectory(
            self._window,
            self.tr("Choose a folder whose articles are taken in as they come"),
            self.folders[-1] if self.folders else str(Path.home()),
        )
        if folder:
            self.watch(folder)

    def watch(self, folder: str) -> None:
        """Watch a folder from now on; its articles are taken in, too."""
        name = Path(folder).name or folder
        around = next((each for each in self.folders if Path(folder).is_relative_to(each)), None)
        if around is not None:
            self._messages.show_message(self.tr("“{}” is watched already.").format(name))
            return
        inside = {each for each in self.folders if Path(each).is_relative_to(folder)}
        self._preferences.change(watched=(*(each for each in self.folders if each not in inside), folder))
        self._messages.show_message(
            self.tr("“{}” is watched from now on.").format(name),
            self.tr("Its articles are taken into the library, and new ones as they come."),
            action_text=self.tr("Stop watching"),
            action=partial(self.unwatch, folder),
        )

    def unwatch(self, folder: str) -> None:
        """Watch a folder no longer; what came from it stays in the library."""
        self._preferences.change(watched=tuple(each for each in self.folders if each != folder))

    def _on_preferences(self, before: Settings, after: Settings) -> None:
        if before.watched == after.watched:
            return
        if self._rows is not None:
            self._rows.show_folders(after.watched)
        gone = [each for each in self._notices.directories() if not _is_in(each, after.watched)]
        if gone:
            self._notices.removePaths(gone)
        if after.watched:
            self.start()
        else:
            self._poll.stop()
            self._soon.stop()
            self._cancel()

    def add_setting(self, view: SettingsView) -> None:
        """Put the watched folders into the view of the settings."""
        from ui.views.watched import WatchedFolders

        section = view.section(self.tr("Watched folders"))
        section.say(
            self.tr("Articles that come into these folders are taken into the library by themselves.")
        )
        self._rows = WatchedFolders(view)
        self._rows.show_folders(self.folders)
        self._rows.removed.connect(self.unwatch)
        section.add(self._rows)
        (add,) = section.buttons(self.tr("Watch a folder…"))
        add.clicked.connect(self.ask)

    # ------------------------------------------------------------ looking

    def _on_noticed(self) -> None:
        self._soon.start()

    def look(self) -> None:
        """Look what has come."""
        if not self.folders or self._session.library is None:
            return
        if self._is_busy:
            self._is_wanted_again = True
            return
        from reader.arrivals import Arrivals

        arrivals = self._arrivals = self._arrivals or Arrivals()
        self._is_busy = True
        paths, folders = self._session.paths, self.folders
        self._tasks.run(
            lambda task: look_for_arrivals(paths, folders, arrivals),
            done=self._on_looked,
            failed=self._on_failed,
        )

    def _on_looked(self, arrived: Arrived) -> None:
        self._looks += 1
        # What came between the look and the notice would be seen by nobody.
        again = self._notice(arrived.folders) or arrived.is_waiting
        for folder in arrived.gone:
            self._tell_gone(folder)
        for folder in self._told_gone.keys() - set(arrived.gone):
            self._messages.drop(self._told_gone.pop(folder))
        if arrived.files and _is_in(arrived.files[0], self.folders):
            self._take_in(arrived, again=again)
        else:
            self._end(again=again)

    def _notice(self, folders: tuple[str, ...]) -> bool:
        """Have the system tell of these folders; return whether there are new ones among them."""
        self._noticed &= set(folders)
        known = set(self._notices.directories())
        wanted = [each for each in folders if each not in known][: MOST_NOTICED - len(known)]
        if wanted:
            self._notices.addPaths(wanted)
        # Of those that the system refuses it is not asked for a look each time.
        fresh = set(wanted) - self._noticed
        self._noticed |= fresh
        return bool(fresh)

    def _tell_gone(self, folder: str) -> None:
        if folder not in self._told_gone:
            self._told_gone[folder] = self._messages.show_message(
                self.tr("The watched folder “{}” can't be read now.").format(folder),
                self.tr("It is looked for every minute."),
                kind="warning",
                action_text=self.tr("Stop watching"),
                action=partial(self.unwatch, folder),
            )

    def _end(self, *, again: bool) -> None:
        self._is_busy = False
        if again or self._is_wanted_again:
            self._is_wanted_again = False
            self._soon.start()

    def _on_failed(self, error: ReaderError) -> None:
        self._end(again=False)
        if not isinstance(error, LibraryError):  # of which the reader's own work tells
            self._messages.show_message(error.what, error.next, kind="warning")

    # ------------------------------------------------------------ what has come

    def _take_in(self, arrived: Arrived, *, again: bool) -> None:
        paths, many = self._session.paths, len(arrived.files) > FEW
        self._task = self._tasks.run(
            lambda task: take_in_arrived(task, paths, arrived.files, words=self._words),
            done=self._on_taken,
            failed=self._on_failed,
            progress=self._messages.show_progress if many else None,
            finished=partial(self._on_taken_finished, many=many, again=again),
        )

    def _words(self, name: str, number: int, total: int) -> str:
        return self.tr("Taking in “{}”, {} of {}").format(
            " ".join(name.split())[:60], figures(number), figures(total)
        )

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _on_taken_finished(self, *, many: bool, again: bool) -> None:
        self._task = None
        if many:
            self._messages.hide_progress()
        self._end(again=again)

    def _on_taken(self, outcome: TakenIn) -> None:
        for bug in outcome.broken:
            self._tasks.broke.emit(bug)
        # What can't be read is told when it comes, not at every start.
        if outcome.refused and self._looks > 2:
            error = outcome.refused[0][1]
            self._messages.show_message(error.what, error.next, kind="warning")
        if outcome.stopped is not None:
            self._messages.show_message(outcome.stopped.what, outcome.stopped.next, kind="warning")
        fresh = [id for id, kind in outcome.taken if kind == "new"]
        changed = [id for id, kind in outcome.taken if kind == "changed"]
        if fresh or changed:
            self._session.library_changed.emit(None)
        if fresh:
            self._tell(fresh)
        if changed:
            self._tell_changed(changed, outcome.lost)

    def _tell(self, fresh: list[int]) -> None:
        """Say what has come, together with what has come since the message was last closed."""
        if self._message is not None:
            message, self._message = self._message, None
            self._messages.drop(message)
        else:
            self._arrived = []
        self._arrived += [id for id in fresh if id not in self._arrived]
        words = self.tr("{} articles have arrived in folders that you watch.").format(
            figures(len(self._arrived))
        )
        if len(self._arrived) == 1:
            words = self.tr("“{}” has arrived in “{}”.").format(*self._described(self._arrived[0]))
        first = self._arrived[0]
        message = self._messages.show_message(
            words, action_text=self.tr("Open"), action=partial(self._navigator.open, first)
        )
        message.closed.connect(self._on_closed)
        self._message = message

    def _tell_changed(self, changed: list[int], lost: int) -> None:
        """Say what has another text now; the page keeps the one that is being read until it is asked for."""
        reading = self._session.document_id
        others = [id for id in changed if id != reading]
        if reading is not None and len(others) < len(changed):
            self._messages.show_message(
                self.tr("The article that you are reading has changed in its file."),
                self.tr("You still see the text from before; what you mark in it is kept."),
                action_text=self.tr("Show the new text"),
                action=partial(self._show_new_text, reading),
            )
        if others:
            words = self.tr("{} articles have changed in folders that you watch.").format(
                figures(len(others))
            )
            if len(others) == 1:
                words = self.tr("“{}” has changed in “{}”.").format(*self._described(others[0]))
            self._messages.show_message(
                words, action_text=self.tr("Open"), action=partial(self._navigator.open, others[0])
            )
        if lost:
            words = self.tr("{} of your highlights no longer stand in what has changed.").format(
                figures(lost)
            )
            if lost == 1:
                words = self.tr("One of your highlights no longer stands in what has changed.")
            self._messages.show_message(
                words,
                self.tr("They are kept with their words until you say where they belong."),
                kind="warning",
                action_text=self.tr("Show them"),
                action=self.lost_requested.emit,
            )

    def _show_new_text(self, id: int) -> None:
        if id == self._session.document_id:
            self._session.open(id)  # anew
        else:
            self._navigator.open(id)

    def _described(self, id: int) -> tuple[str, str]:
        """Return the title of an article, and what the watched folder is called that it came into."""
        library, entry = self._session.library, None
        if library is not None:
            with suppress(ReaderError):  # told by what lists the library
                entry = library.entry(id)
        if entry is None:
            return "", ""
        folder = next((each for each in self.folders if _is_in(entry.source, (each,))), entry.source)
        return " ".join(entry.title.split())[:80], Path(folder).name or folder

    def _on_closed(self, message: Message) -> None:
        if message is self._message:
            self._message = None


def _is_in(path: str, folders: tuple[str, ...]) -> bool:
    return any(Path(path).is_relative_to(folder) for folder in folders)
