"""The bar with a way back: for the last step alone, and gone when that is no longer the last."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from reader.errors import LibraryError
from reader.model import Change
from ui.commands import History
from ui.dialogs.bar import MessageBar
from ui.undoing import StepBar, UndoBar


@pytest.fixture
def applied() -> list[Change]:
    return []


@pytest.fixture
def history(applied: list[Change]) -> History:
    return History(applied.append)


@pytest.fixture
def messages(qtbot: QtBot) -> MessageBar:
    messages = MessageBar()
    qtbot.addWidget(messages)
    return messages


@pytest.fixture
def done(history: History, messages: MessageBar) -> Callable[[str], None]:
    bar = UndoBar(history, messages, parent=QObject(messages))

    def do(action: str) -> None:
        history.push(Change(action))
        bar.tell(f"{action} is done.")

    return do


def test_undo_takes_back_the_step_that_is_told(
    qtbot: QtBot, messages: MessageBar, applied: list[Change], done: Callable[[str], None]
) -> None:
    done("a")
    done("b")
    assert [each.what for each in messages.messages] == ["b is done."]
    qtbot.mouseClick(messages.messages[0].button, Qt.MouseButton.LeftButton)
    assert [each.action for each in applied] == ["b"]
    assert messages.messages == []


def test_it_goes_when_anything_else_is_done_or_its_time_is_over(
    qtbot: QtBot, history: History, messages: MessageBar, done: Callable[[str], None]
) -> None:
    done("a")
    history.push(Change("another"))
    assert messages.messages == []
    done("b")
    bar = messages.findChild(UndoBar)
    assert bar is not None
    bar._gone.setInterval(0)
    qtbot.waitUntil(lambda: messages.messages == [])


def test_a_step_is_told_where_it_is_not_seen_with_the_way_to_the_other_side(
    qtbot: QtBot, history: History, messages: MessageBar, applied: list[Change]
) -> None:
    bar = StepBar(history, messages, lambda change: change.action == "add a note", parent=QObject(messages))
    for action in ("rename a tag", "add a note"):
        history.push(Change(action))
    history.undo()
    assert messages.messages == [], "it is seen"
    history.undo()
    assert [each.what for each in messages.messages] == ["Undone: rename a tag."]
    qtbot.mouseClick(messages.messages[0].button, Qt.MouseButton.LeftButton)
    assert [each.action for each in applied][-1] == "rename a tag"
    assert [each.what for each in messages.messages] == ["Done again: rename a tag."]
    history.push(Change("another"))
    assert messages.messages == []
    assert bar.parent() is not None


def test_a_step_that_the_disk_refuses_is_not_told_as_done(qtbot: QtBot, messages: MessageBar) -> None:
    def refuse(change: Change) -> None:
        raise LibraryError("The library is locked.", "Try again.")

    history = History(refuse)
    bar = StepBar(history, messages, lambda change: False, parent=QObject(messages))
    history.push(Change("rename a tag"))
    history.undo()
    assert messages.messages == []
    assert bar.parent() is not None
