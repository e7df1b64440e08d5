"""Undo: one command an action, over the library's Changes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from reader.model import Change


class ChangeCommand(QUndoCommand):
    """A change that is already on disk when the command is made; undoing applies its inverse.

    `apply` returns whether the change could be made; a command that could not be undone or redone
    stays as it was told by a message, and leaves the stack.
    """

    def __init__(self, change: Change, apply: Callable[[Change], bool]) -> None:
        super().__init__(change.action)
        self._change = change
        self._apply = apply
        self._made = True

    def redo(self) -> None:
        """Make the change again; the first time it is made already."""
        if self._made:
            self._made = False
        elif not self._apply(self._change):
            self.setObsolete(True)

    def undo(self) -> None:
        """Take the change back."""
        if not self._apply(self._change.inverse):
            self.setObsolete(True)
