"""The names panel gathers mentions by name and goes through them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.document import Span
from reader.model import Label
from ui.panels.names import Heading, NameRow, NamesPanel
from ui.panels.rows import ROW
from ui.theme import THEMES


def spans(*starts: int) -> tuple[Span, ...]:
    return tuple(Span(start, start + 3) for start in starts)


ADA = NameRow("Ada Lindqvist", Label.PERSON, spans(1, 30, 60), "minister")
REYL = NameRow("Tomas Reyl", Label.PERSON, spans(90))
PORT = NameRow("Port Ansel", Label.GPE, spans(10, 20))
COST = NameRow("$48 million", Label.MONEY, spans(5))


@pytest.fixture
def panel(qtbot: QtBot) -> NamesPanel:
    panel = NamesPanel()
    panel.set_theme(THEMES["light"])
    panel.resize(300, 600)
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def shown(panel: NamesPanel) -> list[str]:
    return [row.words if isinstance(row, Heading) else row.name for row in panel.model.rows()]


def test_names_stand_by_type_the_most_mentioned_first(panel: NamesPanel) -> None:
    panel.set_names([COST, REYL, PORT, ADA])
    assert shown(panel) == [
        "People",
        "Ada Lindqvist",
        "Tomas Reyl",
        "Places",
        "Port Ansel",
        "Dates and amounts",
        "$48 million",
    ]
    panel.grab()


def test_enter_goes_from_mention_to_mention_and_round(panel: NamesPanel, qtbot: QtBot) -> None:
    panel.set_names([ADA, PORT])
    asked: list[Span] = []
    panel.mention_requested.connect(asked.append)
    panel.select(Label.PERSON, "Ada Lindqvist")
    assert not asked
    for _ in range(4):
        qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert asked == [*ADA.spans, ADA.spans[0]]
    qtbot.keyClick(panel.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert asked[-1] == ADA.spans[-1]
    panel.grab()


def test_a_click_on_another_name_begins_with_its_first_mention(panel: NamesPanel, qtbot: QtBot) -> None:
    panel.set_names([ADA, PORT])
    asked: list[Span] = []
    panel.mention_requested.connect(asked.append)
    for row in (1, 1, 3):
        at = panel.list.visualRect(panel.model.index(row)).center()
        qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert asked == [ADA.spans[0], ADA.spans[1], PORT.spans[0]]


def test_a_heading_cannot_be_chosen(panel: NamesPanel, qtbot: QtBot) -> None:
    panel.set_names([ADA, PORT])
    asked: list[Span] = []
    panel.mention_requested.connect(asked.append)
    at = panel.list.visualRect(panel.model.index(0)).center()
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert not asked


def test_the_filter_keeps_what_matches_and_leads_into_the_list(panel: NamesPanel, qtbot: QtBot) -> None:
    panel.set_names([ADA, REYL, PORT])
    qtbot.keyClicks(panel.filter, "MINIST")
    assert shown(panel) == ["People", "Ada Lindqvist"]
    qtbot.keyClick(panel.filter, Qt.Key.Key_Return)
    assert panel.list.currentIndex().data(ROW) == ADA
    panel.select(Label.GPE, "Port Ansel")
    assert panel.filter.text() == ""
    assert panel.list.currentIndex().data(ROW) == PORT


def test_a_filter_that_matches_nothing_says_how_to_go_on(panel: NamesPanel, qtbot: QtBot) -> None:
    panel.set_names([ADA])
    qtbot.keyClicks(panel.filter, "zzz")
    assert "Empty the field" in panel.list.accessibleDescription()
    panel.grab()


def test_more_findings_keep_the_chosen_name_and_the_place(panel: NamesPanel, qtbot: QtBot) -> None:
    many = [NameRow(f"Name {n}", Label.PERSON, spans(n * 10)) for n in range(90)]
    panel.set_names(many)
    panel.select(Label.PERSON, "Name 40")
    scrolled = panel.list.verticalScrollBar().value()
    with qtbot.waitSignal(panel.count_changed) as counted:
        panel.set_names([*many, PORT])
    assert counted.args == [91]
    assert panel.list.currentIndex().data(ROW).name == "Name 40"
    assert panel.list.verticalScrollBar().value() == scrolled


def test_ten_thousand_names_are_not_all_measured(panel: NamesPanel) -> None:
    panel.set_names([NameRow(f"Name {n}", Label.PERSON, spans(n)) for n in range(10_000)])
    assert panel.model.rowCount() < 500
    panel.select(Label.PERSON, "Name 9999")
    assert panel.list.currentIndex().data(ROW).name == "Name 9999"


def test_hostile_names_are_shown_on_one_line(panel: NamesPanel) -> None:
    panel.set_names([NameRow("<b>A</b>\n\n\x00" + "x" * 50_000, Label.MISC, spans(1), "y\n" * 5_000)])
    panel.grab()
    assert "\n" not in panel.model.index(1).data()
