"""Undo: the changes the reader made, in order, taken back and made again. Knows no disk and no widget."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from reader.errors import Conflict, ReaderError
from reader.model import Change

Aside = Callable[[Change, Callable[[ReaderError | None], None]], bool]


class History(QObject):
    """The changes that are on disk, and those that were taken back.

    Not a QUndoStack: that one takes a step back even when the disk refuses it, and then what can be
    undone is no longer what is stored. Here a step that fails for now (a locked library) can be tried
    again; one that can never be made, because another window changed the same thing, is left out.
    """

    changed = Signal()
    stepped = Signal(object, bool)  # the Change; whether it was taken back, or else made again
    failed = Signal(object)  # ReaderError

    def __init__(self, apply: Callable[[Change], None], *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._apply = apply
        self._made: list[Change] = []
        self._taken_back: list[Change] = []
        self._aside: Aside | None = None
        self._is_away = False

    def do_aside(self, aside: Aside) -> None:
        """Let a change that takes long be made elsewhere: ``aside(change, done)`` is True where it takes it.

        It then calls ``done(error or None)``. Meanwhile no other step is made.
        """
        self._aside = aside

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
        if not source or self._is_away:
            return
        change = source[-1]
        wanted = change.inverse if inverse else change
        if self._aside is not None and self._aside(
            wanted, lambda error: self._on_made(change, source, target, error)
        ):
            self._is_away = True
            return
        error: ReaderError | None = None
        try:
            self._apply(wanted)
        except ReaderError as refused:
            error = refused
        self._settle(change, source, target, error)

    def _on_made(
        self, change: Change, source: list[Change], target: list[Change], error: ReaderError | None
    ) -> None:
        self._is_away = False
        if any(each is change for each in source):  # else all was forgotten meanwhile
            self._settle(change, source, target, error)

    def _settle(
        self, change: Change, source: list[Change], target: list[Change], error: ReaderError | None
    ) -> None:
        if error is None or isinstance(error, Conflict):
            del source[next(number for number, each in enumerate(source) if each is change)]
        if error is None:
            target.append(change)
        else:
            self.failed.emit(error)
        self.changed.emit()
        if error is None:
            self.stepped.emit(change, target is self._taken_back)
