"""The palette finds actions by letters and runs them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.dialogs.palette import CommandPalette, PaletteRow, match_score, matching
from ui.panels.rows import ROW

ROWS = [
    PaletteRow("open", "Open articles…", "Ctrl+O"),
    PaletteRow("undo", "Undo", "Ctrl+Z", enabled=False),
    PaletteRow("export", "Export a report…", "E"),
    PaletteRow("find", "Find in the article", "Ctrl+F"),
]


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    window.resize(800, 600)
    QVBoxLayout(window).addWidget(QLineEdit(window))
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.findChild(QLineEdit).setFocus()
    yield window


@pytest.fixture
def palette(window: QWidget) -> CommandPalette:
    palette = CommandPalette(window)
    palette.set_rows(ROWS)
    palette.popup()
    return palette


def shown(palette: CommandPalette) -> list[str]:
    return [row.key for row in palette.model.rows()]


def current(palette: CommandPalette) -> str:
    return str(palette.list.currentIndex().data(ROW).key)


@given(wanted=st.text(max_size=8), title=st.text(max_size=30))
def test_a_match_has_its_letters_in_order(wanted: str, title: str) -> None:
    if match_score(wanted, title) is not None:
        rest = iter(title.casefold())
        assert all(letter in rest for letter in "".join(wanted.casefold().split()))


def test_better_matches_come_first() -> None:
    assert [row.key for row in matching(ROWS, "art")] == ["open", "find", "export"]
    assert matching(ROWS, "er")[0].key == "export"
    assert [row.key for row in matching(ROWS, "")] == ["open", "export", "find", "undo"]
    assert matching(ROWS, "zzz") == []


def test_letters_and_enter_run_an_action(palette: CommandPalette, window: QWidget, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "exp")
    assert shown(palette) == ["export"]
    palette.grab()
    with qtbot.waitSignal(palette.chosen) as chosen:
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert chosen.args == ["export"]
    assert not palette.isVisible()
    assert window.findChild(QLineEdit).hasFocus()


def test_arrows_skip_what_cannot_be_run(palette: CommandPalette, qtbot: QtBot) -> None:
    seen = []
    for _ in range(4):
        seen.append(current(palette))
        qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert seen == ["open", "export", "find", "open"]
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    qtbot.keyClick(palette.field, Qt.Key.Key_PageDown)
    qtbot.keyClick(palette.field, Qt.Key.Key_PageUp)
    assert current(palette) == "open"


def test_a_row_that_is_not_enabled_does_not_run(palette: CommandPalette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "undo")
    assert shown(palette) == ["undo"]
    with qtbot.assertNotEmitted(palette.chosen):
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_a_click_runs_an_action(palette: CommandPalette, qtbot: QtBot) -> None:
    at = palette.list.visualRect(palette.model.index(2)).center()
    with qtbot.waitSignal(palette.chosen) as chosen:
        qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert chosen.args == ["find"]


def test_escape_and_leaving_close_it(palette: CommandPalette, window: QWidget, qtbot: QtBot) -> None:
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    palette.popup()
    assert palette.field.text() == ""
    window.findChild(QLineEdit).setFocus(Qt.FocusReason.MouseFocusReason)
    assert not palette.isVisible()
