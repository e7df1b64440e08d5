"""The contents of an article, and the side that they share with the library."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.document import Section
from ui.panels.side import SidePanel
from ui.theme import THEMES

SECTIONS = tuple(Section(f"Chapter {n}", n * 100, 1 + n % 3) for n in range(1, 41))


@pytest.fixture
def side(qtbot: QtBot) -> SidePanel:
    made = SidePanel()
    made.set_theme(THEMES["light"])
    made.resize(256, 500)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_without_sections_there_is_the_library_alone(side: SidePanel) -> None:
    assert not side.tabs["contents"].isVisible()
    side.set_sections(SECTIONS)
    assert side.tabs["contents"].isVisible()
    side.show_tab("contents")
    side.set_sections(())
    assert side.tab == "library"
    assert not side.tabs["contents"].isVisible()


def test_a_click_on_the_tab_shows_the_contents(qtbot: QtBot, side: SidePanel) -> None:
    side.set_sections(SECTIONS)
    qtbot.mouseClick(side.tabs["contents"], Qt.MouseButton.LeftButton)
    assert side.tab == "contents"
    qtbot.keyClick(side.tabs["contents"], Qt.Key.Key_Left)
    assert side.tab == "library"


def test_a_click_asks_for_a_section(qtbot: QtBot, side: SidePanel) -> None:
    side.set_sections(SECTIONS)
    side.show_tab("contents")
    contents = side.contents
    at = contents.list.visualRect(contents.model.index(2)).center()
    with qtbot.waitSignal(contents.section_requested) as asked:
        qtbot.mouseClick(contents.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert asked.args == [300]
    assert contents.reading == 2


def test_keys_go_through_the_sections_from_the_one_being_read(qtbot: QtBot, side: SidePanel) -> None:
    side.set_sections(SECTIONS)
    side.show_tab("contents")
    contents = side.contents
    contents.show_place(555)
    contents.focus_list()
    qtbot.keyClick(contents.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(contents.section_requested) as asked:
        qtbot.keyClick(contents.list, Qt.Key.Key_Return)
    assert asked.args == [600]


def test_the_section_being_read_follows_the_place(side: SidePanel) -> None:
    side.set_sections(SECTIONS)
    side.show_tab("contents")
    contents = side.contents
    for offset, row in ((0, -1), (100, 0), (199, 0), (200, 1), (99_999, 39)):
        contents.show_place(offset)
        assert contents.reading == row
    assert (
        contents.list.visualRect(contents.model.index(39)).bottom() <= contents.list.viewport().height() + 1
    )
    side.grab()


def test_thousands_of_sections_are_listed_as_they_are_needed(side: SidePanel) -> None:
    side.set_sections([Section(f"Part {n}", n * 10) for n in range(20_000)])
    side.show_tab("contents")
    assert side.contents.model.rowCount() <= 200
    side.contents.show_place(150_000)
    assert side.contents.reading == 15_000
