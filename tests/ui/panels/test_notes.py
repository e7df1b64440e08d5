"""The notes panel shows what was marked, noted and lost, and asks for it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from reader.document import Span
from reader.model import Anchor, Colour, Highlight, Note
from ui.panels.notes import Lost, NotesPanel, Section
from ui.panels.rows import ROW
from ui.theme import THEMES


def marked(words: str, note: str = "", *tags: str) -> Highlight:
    return Highlight(1, Anchor(Span(0, len(words)), words), Colour.GREEN, note, tags)


FIRST = marked("delay adds a tenth", "Table 4.", "evidence")
SECOND = marked("four of nine seats")
LOST = marked("costs nothing", "gone", "claim")
WHOLE = Note(1, "Read with the minutes.", ("claim",))


@pytest.fixture
def panel(qtbot: QtBot) -> NotesPanel:
    panel = NotesPanel()
    panel.set_theme(THEMES["light"])
    panel.resize(300, 700)
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.set_notes([FIRST, SECOND], [WHOLE], [LOST])
    return panel


def shown(panel: NotesPanel) -> list[str]:
    return [panel.model.index(n).data() for n in range(panel.model.rowCount())]


def test_the_whole_then_the_text_then_what_was_lost(panel: NotesPanel) -> None:
    assert shown(panel) == [
        "On the whole article",
        "Read with the minutes.; claim",
        "In the text",
        "delay adds a tenth; Table 4.; evidence",
        "four of nine seats",
        "Lost highlights",
        "Lost highlight; costs nothing; gone; claim",
    ]
    panel.grab()


def test_highlights_alone_need_no_heading(panel: NotesPanel) -> None:
    panel.set_notes([SECOND])
    assert shown(panel) == ["four of nine seats"]


def test_keys_go_there_edit_and_delete(panel: NotesPanel, qtbot: QtBot) -> None:
    panel.list.setFocus()
    panel.select(FIRST.id)
    for key, signal in (
        (Qt.Key.Key_Return, panel.highlight_requested),
        (Qt.Key.Key_F2, panel.edit_requested),
        (Qt.Key.Key_E, panel.edit_requested),
        (Qt.Key.Key_Delete, panel.delete_requested),
    ):
        with qtbot.waitSignal(signal) as asked:
            qtbot.keyClick(panel.list, key)
        assert asked.args == [FIRST.id]


def test_a_lost_highlight_can_be_asked_for_and_a_whole_note_is_edited(
    panel: NotesPanel, qtbot: QtBot
) -> None:
    panel.select(LOST.id)
    with qtbot.waitSignal(panel.highlight_requested) as asked:
        qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert asked.args == [LOST.id]
    panel.select(WHOLE.id)
    with qtbot.waitSignal(panel.edit_requested) as asked:
        qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert asked.args == [WHOLE.id]


def test_a_chip_keeps_what_has_its_tag(panel: NotesPanel, qtbot: QtBot) -> None:
    claim = next(chip for chip in panel._chips if chip.text() == "claim")
    qtbot.mouseClick(claim, Qt.MouseButton.LeftButton)
    rows = [panel.model.index(n).data(ROW) for n in range(panel.model.rowCount())]
    kept = [row.highlight if isinstance(row, Lost) else row for row in rows if not isinstance(row, Section)]
    assert kept
    assert all("claim" in row.tags for row in kept)
    qtbot.mouseClick(claim, Qt.MouseButton.LeftButton)
    assert panel.model.rowCount() == 7


def test_a_tag_that_is_gone_no_longer_filters(panel: NotesPanel) -> None:
    panel.show_tag("evidence")
    panel.set_notes([SECOND], [WHOLE], [])
    assert panel.model.rowCount() == 4


def test_the_current_card_stays_current(panel: NotesPanel) -> None:
    panel.select(SECOND.id)
    panel.set_notes([marked("a new one"), FIRST, SECOND], [], [])
    assert panel.list.currentIndex().data(ROW) == SECOND
    assert panel.list.currentIndex().row() == 2


def test_the_menu_edits_and_deletes(panel: NotesPanel, qtbot: QtBot) -> None:
    at = panel.list.visualRect(panel.model.index(3)).center()
    panel.list.customContextMenuRequested.emit(at)
    menu = panel.findChild(QMenu)
    assert menu is not None
    edit, delete = menu.actions()
    for action, signal in ((edit, panel.edit_requested), (delete, panel.delete_requested)):
        with qtbot.waitSignal(signal) as asked:
            action.trigger()
        assert asked.args == [FIRST.id]
    menu.close()


def test_a_heading_is_nothing_to_edit(panel: NotesPanel, qtbot: QtBot) -> None:
    panel.list.customContextMenuRequested.emit(panel.list.visualRect(panel.model.index(0)).center())
    assert panel.findChild(QMenu) is None


def test_empty_says_what_to_do(panel: NotesPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.count_changed) as counted:
        panel.set_notes([])
    assert counted.args == [0]
    assert "press H" in panel.list.accessibleDescription()
    assert panel.chips.isHidden()
