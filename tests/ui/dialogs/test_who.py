"""Who is meant is found by the first letters of any name, or is nobody, or somebody else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reader.model import Entity, Label, Scope
from ui.dialogs.who import WhoPopover, WhoRow, matching
from ui.panels.rows import ROW
from ui.theme import THEMES

ADA = Entity("Ada Lindqvist", Label.PERSON, ("Ada Lindqvist", "Lindqvist"), "Works Minister")
ICE = Entity("Institute of Coastal Engineering", Label.ORG, ("ICE",))
ROWS = [WhoRow(each.name, each, each.description, each.aliases) for each in (ADA, ICE)]
NOBODY = WhoRow("Nobody known", None)
REACHES = {Scope.HERE: "This one.", Scope.DOCUMENT: "All of them here.", Scope.EVERYWHERE: "All of them."}


@pytest.fixture
def who(qtbot: QtBot) -> WhoPopover:
    window = QWidget()
    window.resize(700, 600)
    qtbot.addWidget(window)
    made = WhoPopover(window)
    made.set_theme(THEMES["dark"])
    with qtbot.waitExposed(window):
        window.show()
    return made


def ask(who: WhoPopover, *, y: int = 40, **asked: object) -> None:
    beside = QRect(who.parentWidget().mapToGlobal(who.parentWidget().rect().topLeft()), who.size())
    beside = QRect(beside.left() + 100, beside.top() + y, 200, 20)
    usual = {"current": "", "new_label": Label.PERSON, "reaches": REACHES, "reach": Scope.HERE}
    who.ask("Who says this?", "“We wait.”", [*ROWS, NOBODY], beside=beside, **{**usual, **asked})  # type: ignore[arg-type]


def shown(who: WhoPopover) -> list[str]:
    return [who.model.index(number).data(ROW).words for number in range(who.model.rowCount())]


def test_the_first_letters_of_any_name_lead_to_it() -> None:
    rows = [*ROWS, NOBODY]
    assert matching(rows, "") == rows
    assert matching(rows, "lin") == [ROWS[0]]
    assert matching(rows, "coast inst") == [ROWS[1]]
    assert matching(rows, "ic") == [ROWS[1]], "by a name it goes by"
    assert matching(rows, "nob") == [NOBODY]
    assert matching(rows, "qvist") == []


def test_who_it_is_now_is_the_current_one_and_enter_chooses(who: WhoPopover, qtbot: QtBot) -> None:
    ask(who, current=ICE.name)
    assert who.list.currentIndex().data(ROW).entity == ICE
    qtbot.keyClick(who.field, Qt.Key.Key_Up)
    with qtbot.waitSignal(who.chosen) as told:
        qtbot.keyClick(who.field, Qt.Key.Key_Return)
    assert told.args == [ADA, Scope.HERE]
    assert not who.isVisible()


def test_nobody_and_somebody_else_can_be_meant(who: WhoPopover, qtbot: QtBot) -> None:
    ask(who)
    qtbot.keyClicks(who.field, "nobody")
    with qtbot.waitSignal(who.chosen) as told:
        qtbot.keyClick(who.field, Qt.Key.Key_Return)
    assert told.args == [None, Scope.HERE]
    ask(who)
    qtbot.keyClicks(who.field, " Otto  Fern ")
    assert shown(who) == ["Otto Fern"]
    with qtbot.waitSignal(who.chosen) as told:
        qtbot.mouseClick(who.save, Qt.MouseButton.LeftButton)
    assert told.args == [Entity("Otto Fern", Label.PERSON), Scope.HERE]
    ask(who, new_label=None)
    qtbot.keyClicks(who.field, "Otto")
    assert shown(who) == []


def test_each_reach_says_what_it_means_and_what_makes_no_sense_is_not_offered(
    who: WhoPopover, qtbot: QtBot
) -> None:
    some = {scope: words for scope, words in REACHES.items() if scope is not Scope.HERE}
    ask(who, reaches=some, reach=Scope.DOCUMENT)
    assert who.remark.text() == "All of them here." and not who.reaches[Scope.HERE].isVisible()
    qtbot.mouseClick(who.reaches[Scope.EVERYWHERE], Qt.MouseButton.LeftButton)
    assert who.remark.text() == "All of them."
    with qtbot.waitSignal(who.chosen) as told:
        qtbot.keyClick(who.field, Qt.Key.Key_Return)
    assert told.args == [ADA, Scope.EVERYWHERE]


def test_escape_leaves_all_as_it_is(who: WhoPopover, qtbot: QtBot) -> None:
    ask(who)
    with qtbot.waitSignal(who.cancelled), qtbot.assertNotEmitted(who.chosen):
        qtbot.keyClick(who.field, Qt.Key.Key_Escape)
    assert not who.isVisible()


@pytest.mark.parametrize("y", [10, 300, 570])
def test_it_stands_in_the_window_beside_the_words(who: WhoPopover, y: int) -> None:
    ask(who, y=y)
    assert who.parentWidget().rect().contains(who.geometry())
    assert who.list.geometry().bottom() < who.reaches[Scope.HERE].geometry().top()
    who.grab()
