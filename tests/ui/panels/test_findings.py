"""The tabs of the right side."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.document import Span
from reader.model import Anchor, Highlight, Label
from ui.panels.findings import FindingsPanel
from ui.panels.names import NameRow
from ui.theme import THEMES


@pytest.fixture
def panel(qtbot: QtBot) -> FindingsPanel:
    panel = FindingsPanel()
    panel.set_theme(THEMES["dark"])
    panel.resize(306, 500)
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def test_a_click_shows_a_tab(panel: FindingsPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.tab_changed) as changed:
        qtbot.mouseClick(panel.tabs["quotes"], Qt.MouseButton.LeftButton)
    assert changed.args == ["quotes"]
    assert panel.quotes.isVisible() and not panel.names.isVisible()


def test_tabs_go_by_key_by_place_and_by_arrow(panel: FindingsPanel, qtbot: QtBot) -> None:
    panel.show_tab(2)
    assert panel.tab == "notes"
    panel.show_tab("names")
    assert panel.tab == "names"
    panel.show_tab("no such tab")
    assert panel.tab == "names"
    qtbot.keyClick(panel.tabs["names"], Qt.Key.Key_Right)
    assert panel.tab == "quotes"
    qtbot.keyClick(panel.tabs["quotes"], Qt.Key.Key_Left)
    qtbot.keyClick(panel.tabs["names"], Qt.Key.Key_Left)
    assert panel.tab == "notes"
    panel.focus_list()
    assert panel.notes.list.hasFocus()


def test_counts_follow_the_panels(panel: FindingsPanel) -> None:
    panel.names.set_names([NameRow("Ada", Label.PERSON, (Span(0, 3),))])
    panel.notes.set_notes([Highlight(1, Anchor(Span(0, 1), "a"))])
    assert panel.tabs["names"].text().endswith("1")
    assert panel.tabs["notes"].accessibleName() == "Notes, 1"
    panel.set_counts(12, 5, 0)
    assert [tab.text().split() for tab in panel.tabs.values()] == [
        ["Names", "12"],
        ["Quotes", "5"],
        ["Notes"],
    ]


def test_progress_is_told_in_words_and_goes(panel: FindingsPanel) -> None:
    panel.show_progress(0.4)
    assert panel.progress.isVisible()
    assert panel.progress_words.text() == "Reading the article… 40 %"
    panel.show_progress(None)
    assert not panel.progress.isVisible()
