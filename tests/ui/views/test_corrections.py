"""The view of corrections: told in sentences, chosen one or several, opened, taken back, made to reach on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from reader.document import Span
from reader.model import Anchor, Correction, Remark, Scope
from ui.theme import THEMES
from ui.views.corrections import CorrectionRow, CorrectionsView

LEFT = Qt.MouseButton.LeftButton
HERE = Correction(Remark.NOT_A_NAME, Scope.HERE, "Ada", anchor=Anchor(Span(0, 3), "Ada"), document_id=1)
ALL = Correction(Remark.ONE_WITH, Scope.EVERYWHERE, "Ansel", other="Port Ansel")
ROWS = [
    CorrectionRow(HERE, "“Ada” is not a name.", "The pier", "14 Mar 2021", lost=True),
    CorrectionRow(ALL, "“Ansel” means Port Ansel.", "", "12 Mar 2021"),
]


@pytest.fixture
def view(qtbot: QtBot) -> CorrectionsView:
    view = CorrectionsView()
    view.set_theme(THEMES["light"])
    view.resize(800, 500)
    qtbot.addWidget(view)
    with qtbot.waitExposed(view):
        view.show()
    view.show_corrections(ROWS)
    return view


def texts(menu: object) -> dict[str, bool]:
    assert isinstance(menu, QMenu)
    return {action.text().replace("&", ""): action.isEnabled() for action in menu.actions()}


def test_what_is_lost_is_marked_and_counted(view: CorrectionsView) -> None:
    words = [view.model.index(number).data() for number in range(2)]
    assert words[0].startswith("“Ada” is not a name., only here, its words are no longer in the text")
    assert words[1] == "“Ansel” means Port Ansel., everywhere, 12 Mar 2021"
    assert "One has lost its place." in view.heading.remark.text()
    view.grab()


def test_the_article_is_opened_by_its_title_and_by_enter(view: CorrectionsView, qtbot: QtBot) -> None:
    at = view.delegate.link_rect(view.model.index(0)).center().toPoint()
    with qtbot.waitSignal(view.open_requested) as asked:
        qtbot.mouseClick(view.list.viewport(), LEFT, pos=at)
    assert asked.args == [HERE]
    with qtbot.waitSignal(view.open_requested) as asked:
        qtbot.keyClick(view.list, Qt.Key.Key_Return)
    assert asked.args == [HERE]
    assert view.delegate.link_rect(view.model.index(1)).isEmpty(), "its article is gone"


def test_several_are_taken_back_at_once(view: CorrectionsView, qtbot: QtBot) -> None:
    assert view.chosen() == (HERE,)
    qtbot.keyClick(view.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert view.take_back.text() == "Take back 2"
    with qtbot.waitSignal(view.take_back_requested) as asked:
        qtbot.mouseClick(view.take_back, LEFT)
    assert asked.args == [(HERE, ALL)]


def test_what_was_said_in_no_one_place_can_not_be_for_one_place(view: CorrectionsView, qtbot: QtBot) -> None:
    qtbot.mouseClick(view.reach, LEFT)
    menu = QApplication.activePopupWidget()
    assert texts(menu) == {"Only here": True, "In this article": True, "Everywhere": True}
    assert isinstance(menu, QMenu)
    with qtbot.waitSignal(view.reach_requested) as asked:
        menu.actions()[2].trigger()
    assert asked.args == [(HERE,), Scope.EVERYWHERE]
    menu.close()
    view.list.setFocus()
    qtbot.keyClick(view.list, Qt.Key.Key_Down)
    qtbot.keyClick(view.list, Qt.Key.Key_R)
    assert texts(QApplication.activePopupWidget())["Only here"] is False


def test_what_is_chosen_stays_chosen_while_others_come(view: CorrectionsView, qtbot: QtBot) -> None:
    qtbot.keyClick(view.list, Qt.Key.Key_Down)
    fresh = CorrectionRow(replace(HERE, id="fresh"), "“Bo” is not a name.", "The pier", "15 Mar 2021")
    view.show_corrections([fresh, *ROWS])
    assert view.chosen() == (ALL,)


def test_without_corrections_it_says_how_they_are_made(view: CorrectionsView) -> None:
    view.show_corrections([])
    assert "press X" in view.list.accessibleDescription()
    assert not view.take_back.isVisible() and not view.heading.remark.isVisible()
    view.grab()
