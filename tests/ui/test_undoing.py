"""The bar with a way back: for the last step alone, and gone when that is no longer the last."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from reader.model import Change
from ui.commands import History
from ui.dialogs.bar import MessageBar
from ui.undoing import UndoBar


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
