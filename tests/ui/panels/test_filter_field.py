"""The field above a list: its keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.panels.filter_field import FilterField


class Around(QWidget):
    """What is around the field, and hears the keys that it does not take."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[int] = []
        self.field = FilterField(self)
        QVBoxLayout(self).addWidget(self.field)

    def keyPressEvent(self, event: object) -> None:
        self.heard.append(event.key())  # type: ignore[attr-defined]  # a key event


@pytest.fixture
def around(qtbot: QtBot) -> Around:
    made = Around()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_keys_lead_into_the_list(qtbot: QtBot, around: Around, key: Qt.Key) -> None:
    qtbot.keyClicks(around.field, "quay")
    with qtbot.waitSignal(around.field.left_down):
        qtbot.keyClick(around.field, key)
    assert around.field.text() == "quay"


def test_escape_empties_the_field_first_and_then_goes_on(qtbot: QtBot, around: Around) -> None:
    qtbot.keyClicks(around.field, "quay")
    qtbot.keyClick(around.field, Qt.Key.Key_Escape)
    assert (around.field.text(), around.heard) == ("", [])
    qtbot.keyClick(around.field, Qt.Key.Key_Escape)
    assert around.heard == [Qt.Key.Key_Escape]
