"""The quiet bars after what can be undone, or was: they go by themselves, and with the next step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from reader.model import Change
from ui.commands import History
from ui.dialogs.bar import Message, MessageBar

GONE_MS = 15_000


class UndoBar(QObject):
    """Tells what was done last, with a way back. Its “Undo” never takes back anything else."""

    def __init__(self, history: History, messages: MessageBar, *, parent: QObject) -> None:
        super().__init__(parent)
        self._history, self._messages = history, messages
        self._message: Message | None = None
        self._gone = QTimer(self, singleShot=True, interval=GONE_MS)
        self._gone.timeout.connect(self.drop)
        history.changed.connect(self.drop)

    def tell(self, sentence: str, *, is_undone: bool = False) -> None:
        """Say what was done just now, when that is the last step of the history; or what was undone."""
        self.drop()
        words, way = (self.tr("Undo"), self._history.undo)
        if is_undone:
            words, way = (self.tr("Redo"), self._history.redo)
        self._message = self._messages.show_message(sentence, action_text=words, action=way)
        self._gone.start()

    def drop(self) -> None:
        """Take the bar away: its time is over, or something else was done."""
        self._gone.stop()
        message, self._message = self._message, None
        if message is not None:
            self._messages.drop(message)


class StepBar(QObject):
    """Tells which step was taken back or made again, where that can't be seen."""

    def __init__(
        self,
        history: History,
        messages: MessageBar,
        is_seen: Callable[[Change], bool],
        *,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._is_seen = is_seen
        self._bar = UndoBar(history, messages, parent=self)
        history.stepped.connect(self._on_stepped)

    def _on_stepped(self, change: Change, is_undone: bool) -> None:
        if not self._is_seen(change):
            words = self.tr("Undone: {}.") if is_undone else self.tr("Done again: {}.")
            self._bar.tell(words.format(change.action), is_undone=is_undone)
