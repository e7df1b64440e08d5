"""A menu for one showing: there while what was chosen in it is done, and then gone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

import ui
from ui.menus import for_once


@pytest.mark.parametrize("inside", [False, True])
def test_it_goes_when_what_was_chosen_is_done(qtbot: QtBot, inside: bool) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    menu = for_once(QMenu(window))
    chosen = (menu.addMenu("More") if inside else menu).addAction("One")
    alive: list[bool] = []

    def act() -> None:
        waits = QEventLoop()  # as for a question that is asked
        QTimer.singleShot(10, waits.quit)
        waits.exec()
        alive.append(shiboken6.isValid(menu) and shiboken6.isValid(chosen))

    def choose() -> None:
        menu.popup(window.mapToGlobal(QPoint(5, 5)))
        QTest.keyClick(menu, Qt.Key.Key_Down)
        if inside:
            QTest.keyClick(menu, Qt.Key.Key_Right)
        seen = QApplication.activePopupWidget()
        assert seen is not None
        QTest.keyClick(seen, Qt.Key.Key_Return)

    chosen.triggered.connect(act)
    QTimer.singleShot(0, choose)
    qtbot.waitUntil(lambda: bool(alive))
    assert alive == [True]
    qtbot.waitUntil(lambda: not shiboken6.isValid(menu))


def test_every_menu_of_one_showing_is_made_so() -> None:
    other = re.compile(r"aboutToHide\.connect\(.*deleteLater|menu\.setAttribute\(")
    files = Path(ui.__file__).parent.rglob("*.py") if ui.__file__ else ()
    made = {file.name for file in files if other.search(file.read_text(encoding="utf-8"))}
    assert made == {"menus.py"}
