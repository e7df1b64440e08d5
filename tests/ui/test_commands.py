"""Undo over changes that are already on disk."""

from __future__ import annotations

import pytest

from reader.errors import Conflict, LibraryLocked, ReaderError
from reader.model import Change, Note
from ui.commands import History

FIRST = Change("add a note", after=(Note(1, "words"),))
SECOND = Change("add a highlight", after=(Note(1, "more"),))


class Disk:
    """Keeps what it is told to, unless it refuses."""

    def __init__(self) -> None:
        self.applied: list[Change] = []
        self.refuses: ReaderError | None = None

    def apply(self, change: Change) -> None:
        if self.refuses is not None:
            raise self.refuses
        self.applied.append(change)


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def history(disk: Disk) -> History:
    history = History(disk.apply)
    history.push(FIRST)
    history.push(SECOND)
    return history


def test_pushing_applies_nothing_and_undo_applies_the_inverse(history: History, disk: Disk) -> None:
    assert disk.applied == []
    assert history.next_undo == "add a highlight"
    history.undo()
    history.redo()
    assert disk.applied == [SECOND.inverse, SECOND]


def test_there_is_an_end_to_both_ways(history: History, disk: Disk) -> None:
    for _ in range(3):
        history.undo()
    assert (history.next_undo, history.next_redo) == ("", "add a note")
    for _ in range(3):
        history.redo()
    assert (history.next_undo, history.next_redo) == ("add a highlight", "")
    assert disk.applied == [SECOND.inverse, FIRST.inverse, FIRST, SECOND]


def test_something_new_ends_what_could_be_done_again(history: History) -> None:
    history.undo()
    history.push(Change("remove a highlight"))
    assert (history.next_undo, history.next_redo) == ("remove a highlight", "")


def test_what_a_locked_library_refuses_can_be_tried_again(history: History, disk: Disk) -> None:
    told: list[ReaderError] = []
    history.failed.connect(told.append)
    disk.refuses = LibraryLocked("The library is held by another program.", "Try again.")
    history.undo()
    assert told == [disk.refuses]
    assert history.next_undo == "add a highlight"
    disk.refuses = None
    history.undo()
    assert disk.applied == [SECOND.inverse]


def test_what_another_window_has_changed_is_left_out(history: History, disk: Disk) -> None:
    disk.refuses = Conflict("This was changed in another place.", "Repeat your change.")
    history.undo()
    disk.refuses = None
    assert (history.next_undo, history.next_redo) == ("add a note", "")
    history.undo()
    assert disk.applied == [FIRST.inverse]
