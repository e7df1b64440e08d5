"""The message bar tells what happened, and goes when it is done."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from ui.dialogs.bar import MessageBar
from ui.theme import THEMES


@pytest.fixture
def bar(qtbot: QtBot) -> MessageBar:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(700, 300)
    bar = MessageBar(window)
    bar.set_theme(THEMES["dark"])
    bar.setFixedWidth(700)
    with qtbot.waitExposed(window):
        window.show()
    bar._window = window  # type: ignore[attr-defined]  # kept alive
    return bar


def words(bar: MessageBar) -> list[str]:
    return [message.words.text() for message in bar.messages]


def test_it_takes_no_room_until_there_is_something_to_say(bar: MessageBar) -> None:
    assert not bar.isVisible()
    bar.show_message("The library is locked.", "Close the other window.", kind="error")
    assert bar.isVisible()
    assert words(bar) == ["The library is locked. Close the other window."]
    bar.grab()


def test_the_close_button_closes_one(bar: MessageBar, qtbot: QtBot) -> None:
    bar.show_message("One.")
    bar.show_message("Two.")
    qtbot.mouseClick(bar.messages[0].close_button, Qt.MouseButton.LeftButton)
    assert words(bar) == ["Two."]
    qtbot.mouseClick(bar.messages[0].close_button, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_a_button_runs_its_action_and_closes(bar: MessageBar, qtbot: QtBot) -> None:
    ran = []
    bar.show_message("It is written.", action_text="Open it", action=lambda: ran.append(len(bar.messages)))
    qtbot.mouseClick(bar.messages[0].button, Qt.MouseButton.LeftButton)
    assert ran == [0]


def test_the_same_message_is_not_shown_twice(bar: MessageBar) -> None:
    bar.show_message("Again.", kind="warning")
    bar.show_message("Again.", kind="warning")
    assert words(bar) == ["Again."]
    bar.show_message("Again.", action_text="Try again", action=list)
    bar.show_message("Again.", kind="warning")
    assert [each.button.text() for each in bar.messages] == ["Try again"]


def test_a_click_on_a_button_that_goes_leaves_the_keys_where_they_were(bar: MessageBar, qtbot: QtBot) -> None:
    window = bar.window()
    field = QLineEdit(window)
    page = QLineEdit(window)
    for each in (field, page):
        each.show()
    window.activateWindow()
    page.setFocus()
    qtbot.waitUntil(page.hasFocus)
    bar.show_progress("Opening a folder", 0.1)
    bar.cancelled.connect(bar.hide_progress)
    qtbot.mouseClick(bar.cancel_button, Qt.MouseButton.LeftButton)
    assert page.hasFocus()
    bar.show_message("Stopped.", kind="warning")
    qtbot.mouseClick(bar.messages[0].close_button, Qt.MouseButton.LeftButton)
    bar.show_message("Stopped.", action_text="Go on", action=list)
    qtbot.mouseClick(bar.messages[0].button, Qt.MouseButton.LeftButton)
    assert page.hasFocus()


def test_at_most_three_and_errors_stay_longest(bar: MessageBar) -> None:
    bar.show_message("Error.", kind="error")
    for number in range(5):
        bar.show_message(f"Info {number}.")
    assert words(bar) == ["Error.", "Info 3.", "Info 4."]


def test_what_needs_no_action_goes_by_itself(bar: MessageBar, qtbot: QtBot) -> None:
    bar._gone.setInterval(1)
    bar.show_message("Error.", kind="error")
    bar.show_message("With a button.", action_text="Do it", action=lambda: None)
    bar.show_message("Passing.")
    qtbot.waitUntil(lambda: words(bar) == ["Error.", "With a button."])


def test_markup_in_a_message_is_shown_as_it_is(bar: MessageBar) -> None:
    bar.show_message("<img src=x> “a<b>.txt” can't be opened.")
    assert bar.messages[0].words.textFormat() is Qt.TextFormat.PlainText


def test_progress_has_words_and_can_be_cancelled(bar: MessageBar, qtbot: QtBot) -> None:
    bar.show_progress("Reading page 2 of 4", 0.5)
    assert bar.progress.isVisible() and bar.progress_bar.value() == 500
    assert bar.progress_words.text() == "Reading page 2 of 4"
    bar.show_progress("Reading")
    assert bar.progress_bar.maximum() == 0
    with qtbot.waitSignal(bar.cancelled):
        qtbot.mouseClick(bar.cancel_button, Qt.MouseButton.LeftButton)
    bar.show_message("Stopped.")
    bar.hide_progress()
    assert bar.isVisible() and not bar.progress.isVisible()


def test_a_button_that_offers_a_menu_closes_the_message_when_a_choice_is_made(bar: MessageBar) -> None:
    menu = QMenu(bar)
    chosen: list[bool] = []
    action = menu.addAction("Windows-1251")
    action.triggered.connect(lambda: chosen.append(True))
    message = bar.show_message("It was read as windows-1252.", action_text="Choose encoding", menu=menu)
    assert message.button.menu() is menu and bar.messages == [message]
    action.trigger()
    assert chosen == [True] and bar.messages == []
    bar.drop(message)
