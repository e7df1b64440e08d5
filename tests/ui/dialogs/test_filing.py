"""Tags and the state of articles, and names of collections, are asked for in small sheets."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reader.model import ReadingState
from ui.dialogs.filing import AS_IT_IS, FilingDialog
from ui.dialogs.naming import NameDialog

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def test_one_article_shows_its_tags_and_its_state(qtbot: QtBot, window: QWidget) -> None:
    dialog = FilingDialog(1, ["claim"], ReadingState.READ, ["money"], window)
    dialog.open()
    assert dialog.states[ReadingState.READ].isChecked()
    dialog.grab()
    qtbot.keyClicks(dialog.tags.field, "sea/wall,")
    qtbot.mouseClick(dialog.states[None], LEFT)
    with qtbot.waitSignal(dialog.save_requested) as saved:
        qtbot.mouseClick(dialog.save, LEFT)
    assert saved.args == [("claim", "sea/wall"), None]


@pytest.mark.parametrize("number", [0, 9, 60])
def test_the_field_for_another_tag_is_seen_under_however_many(
    qtbot: QtBot, window: QWidget, number: int
) -> None:
    dialog = FilingDialog(1, [f"tag number {each}" for each in range(number)], None, [], window)
    with qtbot.waitActive(dialog):
        dialog.open()
        dialog.activateWindow()

    def is_seen() -> bool:
        field = dialog.tags.field
        return field.visibleRegion().boundingRect() == field.rect()

    qtbot.waitUntil(is_seen)
    assert dialog.height() < 480
    qtbot.keyClicks(dialog.tags.field, "and another,")
    qtbot.waitUntil(is_seen)
    assert len(dialog.tags.tags()) == number + 1


def test_of_several_the_states_stay_unless_one_is_chosen(qtbot: QtBot, window: QWidget) -> None:
    dialog = FilingDialog(3, [], None, [], window)
    dialog.open()
    assert dialog.states[AS_IT_IS].isChecked()
    with qtbot.waitSignal(dialog.save_requested) as saved:
        qtbot.mouseClick(dialog.save, LEFT)
    assert saved.args == [(), AS_IT_IS]


def test_a_name_that_can_not_be_kept_stays_with_the_reason(qtbot: QtBot, window: QWidget) -> None:
    kept: list[str] = []

    def keep(name: str) -> str:
        kept.append(name)
        return "The name is taken." if name == "claim" else ""

    dialog = NameDialog("New tag", "With a slash it stands under another.", "", keep, window)
    dialog.open()
    assert not dialog.save.isEnabled()
    qtbot.keyClicks(dialog.field, "claim")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.error.text() == "The name is taken."
    qtbot.keyClicks(dialog.field, "s")
    assert not dialog.error.text()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert kept == ["claim", "claims"]
