"""The table of actions: one meaning a key, one place a title."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from ui.actions import ACTIONS, GROUPS, build_actions, context_menu, fill_menu, shortcut_text


def test_no_key_has_two_meanings() -> None:
    used = Counter(QKeySequence(keys).toString() for row in ACTIONS for keys in row.shortcuts)
    assert "" not in used
    assert [keys for keys, times in used.items() if times > 1] == []
    assert len({row.key for row in ACTIONS}) == len(ACTIONS)
    assert {row.group for row in ACTIONS} == set(GROUPS)


def test_every_row_becomes_an_action_that_runs_its_handler(qtbot: QtBot) -> None:
    window, page = QWidget(), QWidget()
    qtbot.addWidget(window)
    qtbot.addWidget(page)
    called: list[str] = []
    handlers = {row.key: (lambda key=row.key: called.append(key)) for row in ACTIONS}
    actions = build_actions(window, page, handlers)
    for action in actions.values():
        action.trigger()
    assert called == [row.key for row in ACTIONS]
    menu = QMenu(window)
    fill_menu(menu, actions, {})
    shown = {action for part in menu.actions() for action in part.menu().actions()}
    assert shown == set(actions.values())


def test_actions_of_a_group_stand_together() -> None:
    assert list(dict.fromkeys(row.group for row in ACTIONS)) == [
        group for group, _ in groupby(row.group for row in ACTIONS)
    ]


def test_shortcuts_are_written_for_people() -> None:
    (row,) = [row for row in ACTIONS if row.key == "undo"]
    assert shortcut_text(row) == "Ctrl+Z"


def test_the_menu_of_a_place_offers_an_address_on_a_link_only(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    actions = build_actions(window, window, {row.key: lambda: None for row in ACTIONS})
    for on_link in (True, False):
        menu = context_menu(window, actions, on_link=on_link)
        assert (actions["copy_link"] in menu.actions()) == on_link
        assert actions["note"] in menu.actions()
