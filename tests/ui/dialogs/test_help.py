"""The table of keys, and the versions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from ui.dialogs.help import AboutDialog, HelpDialog

ROWS = [("File", "Open articles…", "Ctrl+O"), ("File", "Quit", "Ctrl+Q"), ("Go", "Next quotation", "Q")]


def test_actions_are_found_by_title_group_and_keys(qtbot: QtBot) -> None:
    dialog = HelpDialog(ROWS)
    qtbot.addWidget(dialog)
    dialog.open()
    assert len(dialog.shown()) == 3
    qtbot.keyClicks(dialog.field, "ctrl+q")
    assert dialog.shown() == ["Quit"]
    dialog.field.clear()
    qtbot.keyClicks(dialog.field, "go quot")
    assert dialog.shown() == ["Next quotation"]
    qtbot.keyClicks(dialog.field, "zzz")
    assert dialog.shown() == [] and dialog.nothing.isVisible()
    dialog.grab()


def test_versions_can_be_copied(qtbot: QtBot) -> None:
    dialog = AboutDialog([("Scholion", "0.1.0"), ("Qt", "6.11.3")])
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "Scholion 0.1.0\nQt 6.11.3"
    qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
