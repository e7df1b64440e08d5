"""The quotes panel shows who said what, by speaker or in reading order."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.document import Span
from reader.model import Label, Quote, QuoteKind
from ui.panels.quotes import QuotesPanel, quote_row
from ui.panels.rows import ROW
from ui.theme import THEMES

TEXT = "“Not yet,” Reyl said. “Wait.” The mayor said nothing would change. Lind: “a promise”. “Who?”"


def quote(kind: QuoteKind, speaker: str | None, *pieces: str, reason: str = "") -> Quote:
    content = tuple(Span(TEXT.index(piece), TEXT.index(piece) + len(piece)) for piece in pieces)
    return Quote(kind, content, speaker=speaker, reason=reason)


QUOTES = [
    quote(QuoteKind.DIRECT, "Reyl", "“Not yet,”", "“Wait.”", reason="“said” follows"),
    quote(QuoteKind.INDIRECT, "Lind", "nothing would change"),
    quote(QuoteKind.MIXED, "Lind", "“a promise”"),
    quote(QuoteKind.DIRECT, None, "“Who?”"),
]
LABELS = {"Reyl": Label.PERSON, "Lind": Label.ORG}


@pytest.fixture
def panel(qtbot: QtBot) -> QuotesPanel:
    panel = QuotesPanel()
    panel.set_theme(THEMES["sepia"])
    panel.resize(300, 600)
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.set_quotes(TEXT, QUOTES, LABELS)
    return panel


def order(panel: QuotesPanel) -> list[int]:
    return list(panel.model.rows())


def test_a_quotation_in_pieces_is_joined() -> None:
    rows = [quote_row(TEXT, index, quote, LABELS) for index, quote in enumerate(QUOTES)]
    assert rows[0].content == "“Not yet,” … “Wait.”"
    assert [row.role for row in rows] == ["person", "organisation", "organisation", "soft"]


def test_by_speaker_the_most_quoted_first_and_the_unnamed_last(panel: QuotesPanel) -> None:
    assert order(panel) == [1, 2, 0, 3]


def test_in_reading_order(panel: QuotesPanel) -> None:
    by_speaker, in_order = panel.order.menu().actions()
    in_order.trigger()
    assert order(panel) == [0, 1, 2, 3]
    assert panel.order.text().startswith("In reading order")
    by_speaker.trigger()
    assert order(panel) == [1, 2, 0, 3]


def test_a_kind_can_be_left_out(panel: QuotesPanel, qtbot: QtBot) -> None:
    qtbot.mouseClick(panel.kinds[QuoteKind.DIRECT], Qt.MouseButton.LeftButton)
    assert order(panel) == [1, 2]
    for kind in (QuoteKind.MIXED, QuoteKind.INDIRECT):
        qtbot.mouseClick(panel.kinds[kind], Qt.MouseButton.LeftButton)
    assert "switched off" in panel.list.accessibleDescription()


def test_selecting_one_that_is_left_out_brings_its_kind_back(panel: QuotesPanel, qtbot: QtBot) -> None:
    qtbot.mouseClick(panel.kinds[QuoteKind.DIRECT], Qt.MouseButton.LeftButton)
    panel.select(0)
    assert panel.list.currentIndex().data(ROW).index == 0
    panel.select(99)
    assert panel.list.currentIndex().data(ROW).index == 0


def test_click_and_enter_ask_for_the_quotation_itself(panel: QuotesPanel, qtbot: QtBot) -> None:
    panel.select(2)
    with qtbot.waitSignal(panel.quote_requested) as asked:
        qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert asked.args == [2]
    at = panel.list.visualRect(panel.model.index(0)).center()
    with qtbot.waitSignal(panel.quote_requested) as asked:
        qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert asked.args == [1]


def test_the_current_card_gives_its_reason(panel: QuotesPanel, qtbot: QtBot) -> None:
    row = order(panel).index(0)
    before = panel.list.visualRect(panel.model.index(row)).height()
    panel.select(0)
    qtbot.waitUntil(lambda: panel.list.visualRect(panel.model.index(row)).height() > before)
    panel.grab()


def test_the_current_card_has_a_link_to_change_the_speaker_and_keys_for_it(
    panel: QuotesPanel, qtbot: QtBot
) -> None:
    panel.select(0)
    current = panel.list.currentIndex()
    qtbot.waitUntil(lambda: not panel.delegate.link_rect(current).isEmpty())
    link = panel.delegate.link_rect(current).toRect()
    assert panel.list.visualRect(current).contains(link)
    with qtbot.waitSignal(panel.speaker_requested) as asked, qtbot.assertNotEmitted(panel.quote_requested):
        qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=link.center())
    assert asked.args[0] == 0
    other = panel.model.index(0 if current.row() else 1)
    assert panel.delegate.link_rect(other).isEmpty()
    for key in (Qt.Key.Key_W, Qt.Key.Key_F2):
        with qtbot.waitSignal(panel.speaker_requested) as asked:
            qtbot.keyClick(panel.list, key)
        assert asked.args[0] == 0
    with qtbot.waitSignal(panel.correct_requested) as asked:
        qtbot.keyClick(panel.list, Qt.Key.Key_X)
    assert asked.args[0] == 0


def test_a_quotation_that_somebody_else_says_now_stays_the_current_one(panel: QuotesPanel) -> None:
    panel.select(0)
    panel.set_quotes(TEXT, [quote(QuoteKind.DIRECT, "Lind", "“Not yet,”", "“Wait.”"), *QUOTES[1:]], LABELS)
    assert panel.list.currentIndex().data(ROW).index == 0


def test_more_findings_keep_the_current_one(panel: QuotesPanel) -> None:
    panel.select(2)
    panel.set_quotes(TEXT, QUOTES[1:], LABELS)
    assert panel.list.currentIndex().data(ROW).content == "“a promise”"


def test_without_quotations_it_says_what_will_stand_here(panel: QuotesPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.count_changed) as counted:
        panel.set_quotes("", [], {})
    assert counted.args == [0]
    assert "will stand here" in panel.list.accessibleDescription()
    panel.grab()


def test_a_screen_reader_hears_speaker_kind_and_words(panel: QuotesPanel) -> None:
    assert panel.model.index(0).data() == "Lind, reported: nothing would change"


def test_ten_thousand_quotations_are_not_all_measured(panel: QuotesPanel) -> None:
    panel.set_quotes(TEXT, QUOTES * 2500, LABELS)
    assert panel.model.rowCount() < 500
    panel.grab()
