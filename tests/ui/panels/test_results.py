"""What was found is listed by documents, fetched as one scrolls, and its words are set off."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.document import Span
from reader.library import Found, Hit
from ui.panels.found import FoundPanel
from ui.panels.results import ROW, rows_of
from ui.theme import THEMES


def found(id: int, *hits: Hit, title: str = "Sea wall") -> Found:
    return Found(id, "/a.txt", title, "2021-03-14", hits or (text(),), site="Bay Post")


def text(count: int = 1) -> Hit:
    return Hit("text", "…the old pier is shut", 40, 44, count, (Span(9, 13),))


@pytest.fixture
def panel(qtbot: QtBot) -> FoundPanel:
    panel = FoundPanel()
    qtbot.addWidget(panel)
    panel.set_theme(THEMES["dark"])
    panel.resize(256, 600)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def test_a_document_has_a_head_and_three_places_at_most() -> None:
    notes = [Hit("note", f"note {n}", n, n + 1) for n in range(1, 5)]
    head, *places = rows_of(found(1, *notes, text(3)))
    assert (head.words, head.origin, head.hit) == ("Sea wall", "Bay Post · 14 Mar 2021", None)
    assert [row.words for row in places] == ["note 1", "note 2", "…the old pier is shut"]
    assert head.place == Span(40, 44)


def test_a_document_from_nowhere_is_told_by_what_it_is() -> None:
    head = rows_of(Found(1, "/a.pdf", "Sea wall", "2021", (text(),), format="pdf"))[0]
    assert head.origin == "PDF · 2021"


def test_the_title_has_its_words_set_off_and_is_no_place_of_its_own() -> None:
    (head,) = rows_of(found(1, Hit("title", "Sea wall", marks=(Span(4, 8),))))
    assert (head.marks, head.place) == ((Span(4, 8),), None)
    _, byline = rows_of(found(1, Hit("title", "Émile Roe", marks=(Span(6, 9),))))
    assert byline.place is None


def test_more_is_asked_for_once_when_the_end_is_reached(panel: FoundPanel, qtbot: QtBot) -> None:
    panel.show_answer([found(n) for n in range(1, 31)], 70, anew=False)
    asked: list[int] = []
    panel.more_wanted.connect(asked.append)
    panel.grab()
    panel.list.scrollToBottom()
    panel.grab()
    panel.list.scrollToBottom()
    assert asked == [30]
    panel.model.show_further([found(n) for n in range(31, 61)])
    assert panel.model.rowCount() == 120
    panel.list.scrollToBottom()
    panel.grab()
    assert asked == [30, 60]
    panel.model.show_further([])
    assert not panel.model.canFetchMore(panel.list.rootIndex())


def test_enter_and_a_click_ask_for_a_place(panel: FoundPanel, qtbot: QtBot) -> None:
    panel.show_answer([found(1), found(2)], 2, anew=False)
    panel.enter()
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.row_requested) as asked:
        qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert (asked.args[0].document_id, asked.args[0].place) == (1, Span(40, 44))
    at = panel.list.visualRect(panel.model.index(2)).center()
    with qtbot.waitSignal(panel.row_requested) as asked:
        qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert (asked.args[0].document_id, asked.args[0].hit) == (2, None)


def test_up_from_the_first_row_and_escape_lead_out(panel: FoundPanel, qtbot: QtBot) -> None:
    panel.show_answer([found(1)], 1, anew=False)
    panel.enter()
    for key, ends in ((Qt.Key.Key_Up, False), (Qt.Key.Key_Escape, True)):
        with qtbot.waitSignal(panel.left) as out:
            qtbot.keyClick(panel.list, key)
        assert out.args == [ends]


def test_what_can_not_be_searched_for_is_explained_and_what_was_found_stays(panel: FoundPanel) -> None:
    panel.show_answer([found(1)], 1, anew=False)
    assert panel.total.text() == "1 article"
    panel.explain("The quotation mark is not closed. Close it.")
    assert panel.sentence.isVisible()
    assert panel.model.rowCount() == 2
    panel.show_answer([], 0, anew=False)
    assert not panel.sentence.isVisible()
    assert "No article matches" in panel.list.accessibleDescription()
    panel.grab()


def test_the_place_in_the_list_stays_when_it_is_the_same_question(panel: FoundPanel) -> None:
    panel.show_answer([found(n) for n in range(1, 31)], 30, anew=False)
    panel.grab()
    panel.show_row(21)
    at = panel.list.verticalScrollBar().value()
    assert at
    panel.show_answer([found(n) for n in range(1, 31)], 30, anew=True)
    assert panel.list.verticalScrollBar().value() == at
    assert panel.list.currentIndex().row() == 21
    panel.show_answer([found(1)], 1, anew=False)
    assert not panel.list.currentIndex().isValid()


def test_a_screen_reader_hears_what_a_place_is(panel: FoundPanel) -> None:
    panel.show_answer([found(1, text(3))], 1, anew=False)
    heard = [panel.model.index(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(2)]
    assert heard == ["Sea wall. Bay Post · 14 Mar 2021", "Text · 3 places. …the old pier is shut"]
    assert panel.model.index(1).data(ROW).document_id == 1


def test_the_matched_words_are_painted_as_found(panel: FoundPanel) -> None:
    wanted = THEMES["dark"].colour("find").rgb()

    def painted() -> bool:
        image = panel.list.grab().toImage()
        return any(image.pixel(x, y) == wanted for x in range(20, 240) for y in range(40, 160))

    panel.show_answer([found(1, Hit("note", "😀 the old pier", 1, 2))], 1, anew=False)
    assert not painted()
    panel.show_answer([found(1, Hit("note", "😀 the old pier", 1, 2, marks=(Span(10, 14),)))], 1, anew=False)
    assert painted()
