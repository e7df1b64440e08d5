"""Undo: the changes the reader made, in order, taken back and made again. Knows no disk and no widget."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from reader.errors import Conflict, ReaderError
from reader.model import Change


class History(QObject):
    """The changes that are on disk, and those that were taken back.

    Not a QUndoStack: that one takes a step back even when the disk refuses it, and then what can be
    undone is no longer what is stored. Here a step that fails for now (a locked library) can be tried
    again; one that can never be made, because another window changed the same thing, is left out.
    """

    changed = Signal()
    failed = Signal(object)  # ReaderError

    def __init__(self, apply: Callable[[Change], None], *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._apply = apply
        self._made: list[Change] = []
        self._taken_back: list[Change] = []

    def push(self, change: Change) -> None:
        """Remember a new change that is on disk already."""
        self._made.append(change)
        self._taken_back.clear()
        self.changed.emit()

    def undo(self) -> None:
        """Take the last change back."""
        self._step(self._made, self._taken_back, inverse=True)

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self._step(self._taken_back, self._made, inverse=False)

    def forget(self) -> None:
        """Forget every step: they were made in another library."""
        self._made.clear()
        self._taken_back.clear()
        self.changed.emit()

    @property
    def next_undo(self) -> str:
        """The action that `undo` would take back, or ""."""
        return self._made[-1].action if self._made else ""

    @property
    def next_redo(self) -> str:
        """The action that `redo` would make again, or ""."""
        return self._taken_back[-1].action if self._taken_back else ""

    def _step(self, source: list[Change], target: list[Change], *, inverse: bool) -> None:
        if not source:
            return
        change = source[-1]
        try:
            self._apply(change.inverse if inverse else change)
        except Conflict as error:
            source.pop()
            self.failed.emit(error)
        except ReaderError as error:
            self.failed.emit(error)
        else:
            target.append(source.pop())
        self.changed.emit()
