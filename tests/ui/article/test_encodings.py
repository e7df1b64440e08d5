"""The menu of encodings: what is ticked, what is added, what is told."""

from __future__ import annotations

import codecs

import pytest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from ui.article.encodings import GROUPS, encoding_menu, known


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


def ticked(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.isChecked()]


def test_every_encoding_of_the_table_is_under_the_name_that_python_gives_it() -> None:
    for name, _usual, _whose in (row for group in GROUPS for row in group):
        assert codecs.lookup(name).name == name == known(name)


@pytest.mark.parametrize(
    ("present", "shown"),
    [
        ("utf-8", ["UTF-8"]),
        ("utf-16-be", ["UTF-16"]),
        ("shift_jis", ["Shift_JIS · Japanese"]),
        ("windows-1251", ["Windows-1251 · Cyrillic"]),
        ("cp1257", ["Windows-1257"]),
        ("klingon", ["klingon"]),
        ("", []),
    ],
)
def test_the_present_encoding_is_ticked_and_stands_in_the_menu(
    window: QWidget, present: str, shown: list[str]
) -> None:
    assert ticked(encoding_menu(window, present=present, chosen="", choose=lambda name: None)) == shown


def test_a_choice_is_told_and_can_be_given_up(window: QWidget) -> None:
    told: list[str] = []
    menu = encoding_menu(window, present="utf-8", chosen="utf-8", choose=told.append)
    by_words = {action.text(): action for action in menu.actions()}
    by_words["KOI8-R · Russian"].trigger()
    by_words["As the file seems to be"].trigger()
    assert told == ["koi8-r", ""]
    fresh = encoding_menu(window, present="utf-8", chosen="", choose=told.append)
    assert "As the file seems to be" not in {action.text() for action in fresh.actions()}
