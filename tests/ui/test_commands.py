"""Undo commands over changes that are already on disk."""

from __future__ import annotations

from PySide6.QtGui import QUndoStack

from reader.model import Change, Note
from ui.commands import ChangeCommand

CHANGE = Change("add a note", after=(Note(1, "words"),))


def test_pushing_does_not_apply_twice_and_undo_applies_the_inverse() -> None:
    applied: list[Change] = []
    stack = QUndoStack()
    stack.push(ChangeCommand(CHANGE, lambda change: not applied.append(change)))
    assert applied == []
    assert stack.undoText() == "add a note"
    stack.undo()
    stack.redo()
    assert applied == [CHANGE.inverse, CHANGE]


def test_a_change_that_can_not_be_taken_back_leaves_the_stack() -> None:
    stack = QUndoStack()
    stack.push(ChangeCommand(CHANGE, lambda change: False))
    stack.undo()
    assert stack.count() == 0
