"""The quiet bar after something that can be undone: it goes by itself, and when anything else is done."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

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

    def tell(self, sentence: str) -> None:
        """Say what was done just now, when that is the last step of the history."""
        self.drop()
        self._message = self._messages.show_message(
            sentence, action_text=self.tr("Undo"), action=self._history.undo
        )
        self._gone.start()

    def drop(self) -> None:
        """Take the bar away: its time is over, or something else was done."""
        self._gone.stop()
        message, self._message = self._message, None
        if message is not None:
            self._messages.drop(message)
