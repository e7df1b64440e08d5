"""Kept searches are listed, run, renamed and deleted from the left side."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from reader.model import SavedSearch
from ui.panels.searches import Searches
from ui.theme import THEMES

KEPT = (SavedSearch("Who & why", "wall pay"), SavedSearch("tag:claim", "tag:claim"))


@pytest.fixture
def searches(qtbot: QtBot) -> Searches:
    searches = Searches()
    qtbot.addWidget(searches)
    searches.set_theme(THEMES["light"])
    searches.show_searches(KEPT)
    with qtbot.waitExposed(searches):
        searches.show()
    return searches


def test_nothing_is_seen_where_none_is_kept(searches: Searches) -> None:
    searches.fold(True)
    assert searches.isHidden()
    searches.fold(False)
    searches.show_searches(())
    assert searches.isHidden()


def test_keys_and_mouse_ask_for_a_search(searches: Searches, qtbot: QtBot) -> None:
    first, second = searches.links
    assert first.accessibleName() == "Who & why"
    with qtbot.waitSignal(searches.requested) as asked:
        qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert asked.args == [KEPT[0]]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    for key, signal in (
        (Qt.Key.Key_Return, searches.requested),
        (Qt.Key.Key_F2, searches.rename_requested),
        (Qt.Key.Key_Delete, searches.delete_requested),
    ):
        with qtbot.waitSignal(signal) as asked:
            qtbot.keyClick(second, key)
        assert asked.args == [KEPT[1]]


def test_the_keyboard_stays_in_the_list_when_one_is_deleted(searches: Searches, qtbot: QtBot) -> None:
    searches.links[1].setFocus()
    searches.show_searches(KEPT[:1])
    assert searches.links[0].hasFocus()


def test_a_menu_stays_when_the_searches_are_listed_anew(searches: Searches, qtbot: QtBot) -> None:
    link = searches.links[1]
    link.customContextMenuRequested.emit(QPoint(3, 3))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    searches.show_searches((*KEPT, SavedSearch("new", "new")))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(link)
    assert menu.isVisible()
    with qtbot.waitSignal(searches.requested) as asked:
        qtbot.keyClick(menu, Qt.Key.Key_Down)
        qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert asked.args == [KEPT[1]]
