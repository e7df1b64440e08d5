"""The reading surface: what is where, what scrolling does, what the mouse and the keys select."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from reader.document import Block, Document, Span
from reader.model import Anchor, Colour, Highlight, Label, Mention, Quote, QuoteKind, ReadingPlace
from tests.ui.page.conftest import span_of
from ui.page.marks import Layers, Marked
from ui.page.view import PageView
from ui.theme import THEMES

Key = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def point_of(page: PageView, span: Span, *, end: bool = False) -> QPoint:
    """Return a point of the viewport just inside the first, or the last, character of `span`."""
    rects = page.rects_of(span)
    rect = rects[-1] if end else rects[0]
    return QPoint(round(rect.right()) if end else round(rect.left()) + 1, round(rect.center().y()))


def drag(qtbot: QtBot, page: PageView, span: Span) -> None:
    """Select `span` with the mouse."""
    view = page.viewport()
    start, end = point_of(page, span), point_of(page, span, end=True)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, (start + end) / 2)
    qtbot.mouseMove(view, end)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)


def press_at(page: PageView, at: QPoint, kind: QEvent.Type, when: int) -> None:
    """Send one event of the left button; qtbot keeps its clicks too far apart to count as a triple."""
    button, point = Qt.MouseButton.LeftButton, QPointF(at)
    event = QMouseEvent(kind, point, point, button, button, Qt.KeyboardModifier.NoModifier)
    event.setTimestamp(when)
    QApplication.sendEvent(page.viewport(), event)


def marked(document: Document, words: str, *, note: str = "", colour: Colour = Colour.YELLOW) -> Marked:
    span = span_of(document, words)
    return Marked(span, Highlight(1, Anchor(span, words), colour, note))


def long_article() -> Document:
    """Return a document of many paragraphs of several lines."""
    text = "\n".join(f"{number}. " + "The ferry left the quay late again. " * 12 for number in range(40))
    starts = [0, *(at + 1 for at, letter in enumerate(text) if letter == "\n")]
    return Document(text, tuple(Block(Span(at, text.find("\n", at) % (len(text) + 1))) for at in starts))


@pytest.mark.parametrize(
    "words", ["voted on Monday", "“We were told", "piece” 🚢 and offered", "offered a bus"]
)
def test_dragging_over_words_selects_just_them(
    qtbot: QtBot, page: PageView, article: Document, words: str
) -> None:
    page.show_document(article)
    with qtbot.waitSignal(page.selection_changed):
        drag(qtbot, page, span_of(article, words))
    assert page.selected_text() == words


def test_dragging_backwards_and_over_paragraphs_selects_too(
    qtbot: QtBot, page: PageView, article: Document
) -> None:
    page.show_document(article)
    first, last = span_of(article, "Monday"), span_of(article, "reporters")
    view = page.viewport()
    start, end = point_of(page, last, end=True), point_of(page, first)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, end)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    assert page.selection.span == Span(first.start, last.end)


def test_double_click_takes_the_word_and_a_third_the_paragraph(
    qtbot: QtBot, page: PageView, article: Document
) -> None:
    page.show_document(article)
    at = point_of(page, span_of(article, "council")) + QPoint(8, 0)
    press_at(page, at, QEvent.Type.MouseButtonDblClick, 1000)
    assert page.selected_text() == "council"
    press_at(page, at, QEvent.Type.MouseButtonRelease, 1020)
    press_at(page, at, QEvent.Type.MouseButtonPress, 1100)
    press_at(page, at, QEvent.Type.MouseButtonRelease, 1120)
    assert page.selection.span == article.blocks[1].span


def test_shift_click_extends_the_selection(qtbot: QtBot, page: PageView, article: Document) -> None:
    page.show_document(article)
    start, end = span_of(article, "island"), span_of(article, "ferry, Mayor")
    qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=point_of(page, start))
    qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, SHIFT, pos=point_of(page, end, end=True))
    assert page.selection.span == Span(start.start, end.end)


def test_keys_select_letters_words_lines_and_everything(
    qtbot: QtBot, page: PageView, article: Document
) -> None:
    page.show_document(article)
    page.setFocus()
    start = span_of(article, "island").start
    qtbot.mouseClick(
        page.viewport(), Qt.MouseButton.LeftButton, pos=point_of(page, span_of(article, "island"))
    )
    target = page.focusProxy()
    qtbot.keyClick(target, Key.Key_Right, SHIFT)
    qtbot.keyClick(target, Key.Key_Right, SHIFT)
    assert page.selection.span == Span(start, start + 2)
    qtbot.keyClick(target, Key.Key_Right, SHIFT | CONTROL)
    assert page.selected_text() == "island"
    qtbot.keyClick(target, Key.Key_Left, SHIFT | CONTROL)
    assert page.selection.span is None
    qtbot.keyClick(target, Key.Key_Down, SHIFT)
    assert page.selection.span is not None
    assert len(page.selection.span) > 20
    qtbot.keyClick(target, Key.Key_End, SHIFT | CONTROL)
    assert page.selection.span == Span(start, len(article.text))
    qtbot.keyClick(target, Key.Key_Escape)
    assert page.selection.span is None


def test_a_caret_steps_over_an_astral_character_as_one(
    qtbot: QtBot, page: PageView, article: Document
) -> None:
    page.show_document(article)
    ship = article.text.index("🚢")
    assert page.sheet.step(ship, forward=True) == ship + 1
    assert page.sheet.step(ship + 1, forward=False) == ship


def test_going_right_at_the_end_of_a_paragraph_goes_to_the_next(page: PageView, article: Document) -> None:
    page.show_document(article)
    first, second = article.blocks[1].span, article.blocks[2].span
    assert page.sheet.step(first.end, forward=True) == second.start
    assert page.sheet.step(second.start, forward=False) == first.end


def test_the_keys_scroll_while_there_is_no_caret(
    qtbot: QtBot, page: PageView, long_article: Document
) -> None:
    page.show_document(long_article)
    page.setFocus()
    target = page.focusProxy()
    qtbot.keyClick(target, Key.Key_Space)
    after_space = page.scroll_top
    assert after_space == pytest.approx(page.viewport().height() * 0.9, abs=2)
    qtbot.keyClick(target, Key.Key_Down)
    assert page.scroll_top > after_space
    qtbot.keyClick(target, Key.Key_End)
    assert page.visible_blocks()[-1] == len(long_article.blocks) - 1
    assert page.place().progress == pytest.approx(1, abs=0.01)
    qtbot.keyClick(target, Key.Key_Home)
    assert page.scroll_top == 0


def test_scrolling_up_through_estimated_blocks_never_jumps(page: PageView, long_article: Document) -> None:
    page.show_document(long_article)
    page.go_to(long_article.blocks[200].span, always=True)
    for _ in range(60):
        mark = long_article.blocks[page.visible_blocks()[1]].span
        before = page.rects_of(mark)[0].top()
        page.scroll_by(-40)
        assert page.rects_of(mark)[0].top() == pytest.approx(before + 40, abs=0.01)


def test_the_place_is_found_again_at_another_width_and_size(page: PageView, long_article: Document) -> None:
    page.show_document(long_article)
    page.go_to(long_article.blocks[120].span, always=True)
    page.scroll_by(33)
    place = page.place()
    page.set_type(scale=1.4, measure=50)
    assert abs(page.place().offset - place.offset) < 80
    page.show_document(long_article, place)
    assert page.sheet.index_at(page.place().offset) == page.sheet.index_at(place.offset)


def test_a_place_beyond_the_text_shows_its_end(page: PageView, long_article: Document) -> None:
    page.show_document(long_article, ReadingPlace(10**9, 1.0))
    assert page.visible_blocks()[-1] == len(long_article.blocks) - 1


def test_going_to_a_passage_brings_it_into_view(page: PageView, long_article: Document) -> None:
    page.show_document(long_article)
    span = long_article.blocks[333].span
    page.go_to(span)
    assert 333 in page.visible_blocks()
    assert 0 < page.rects_of(span)[0].top() < page.viewport().height()


def test_clicks_on_a_name_a_highlight_and_a_bar_are_told(
    qtbot: QtBot, page: PageView, article: Document
) -> None:
    page.show_document(article)
    mention = Mention(span_of(article, "Ilse Brandt"), Label.PERSON, "Ilse Brandt")
    quote = Quote(
        QuoteKind.DIRECT, (span_of(article, "“We were told that nobody would miss it,”"),), speaker="X"
    )
    page.show_findings(Span(0, len(article.text)), [mention], [quote])
    held = marked(article, "bus instead")
    page.show_highlights([held])
    view = page.viewport()
    with qtbot.waitSignal(page.mention_clicked) as told:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=point_of(page, mention.span) + QPoint(5, 0))
    assert told.args == [mention]
    with qtbot.waitSignal(page.highlight_clicked) as told:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=point_of(page, held.span) + QPoint(5, 0))
    assert told.args == [held.highlight.id]
    beside = QPoint(round(page.column.bar) + 1, point_of(page, quote.content[0]).y())
    with qtbot.waitSignal(page.quote_clicked) as told:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=beside)
    assert told.args == [quote]


@pytest.mark.parametrize(("value", "told"), [("2021", "2021"), ("", "date")])
def test_the_tip_of_a_date_tells_what_it_means(
    page: PageView, article: Document, value: str, told: str
) -> None:
    page.show_document(article)
    mention = Mention(span_of(article, "bus instead"), Label.DATE, "that year", value)
    page.show_findings(Span(0, len(article.text)), [mention], [])
    view = page.viewport()
    at = point_of(page, mention.span) + QPoint(5, 0)
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, at, view.mapToGlobal(at)))
    assert QToolTip.text() == f"that year · {told}"
    QToolTip.hideText()


def colours_in(page: PageView) -> set[str]:
    image = page.viewport().grab().toImage()
    return {
        QColor(image.pixel(x, y)).name()
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    }


def test_a_hidden_layer_is_not_painted(qtbot: QtBot, page: PageView, article: Document) -> None:
    page.set_theme(THEMES["light"])
    page.show_document(article)
    page.show_highlights([marked(article, "night ferry", colour=Colour.PINK)])
    pink = THEMES["light"].colour("pink").name()
    assert pink in colours_in(page)
    page.show_layers(Layers.ALL & ~Layers.HIGHLIGHTS)
    assert pink not in colours_in(page)


def test_a_note_has_a_card_that_can_be_clicked_wide_and_narrow(
    qtbot: QtBot, page: PageView, article: Document
) -> None:
    page.show_document(article)
    held = marked(article, "night ferry", note="Ask the mayor about the cost.")
    page.show_highlights([held])
    for width, beside in ((1200, True), (620, False)):
        page.window().resize(width, 700)
        page.viewport().repaint()
        ((card, shown),) = page.furniture.shown
        assert shown == held
        assert (page.column.notes is not None) == beside
        words = page.rects_of(article.blocks[1].span)
        assert (card.left() > words[0].right()) == beside or card.top() >= words[-1].bottom()
        with qtbot.waitSignal(page.note_clicked) as told:
            qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=card.center().toPoint())
        assert told.args == [held.highlight.id]


def test_the_words_at_the_top_stay_there_however_often_the_lines_break_anew(page: PageView) -> None:
    page.window().resize(800, 500)
    page.show_document(long_article())
    page.scroll_by(1234)
    top = page.place().offset
    words = Span(top, top + 5)
    stood = page.rects_of(words)[0].top()
    for _ in range(4):
        page.window().resize(1190, 500)
        page.window().resize(640, 420)
        page.window().resize(800, 500)
    assert page.place().offset == top
    assert page.rects_of(words)[0].top() == pytest.approx(stood)
    page.scroll_by(-300)
    moved = page.place().offset
    page.window().resize(1190, 500)
    page.window().resize(800, 500)
    assert page.place().offset == moved != top


def test_folded_notes_make_room_and_give_it_back(qtbot: QtBot, page: PageView, article: Document) -> None:
    page.window().resize(560, 700)
    page.show_document(article)
    before = page.rects_of(article.blocks[2].span)[0].top()
    page.show_highlights([marked(article, "night ferry", note="A note of some words.")])
    assert page.rects_of(article.blocks[2].span)[0].top() > before + 20
    page.show_highlights([])
    assert page.rects_of(article.blocks[2].span)[0].top() == pytest.approx(before)


def test_new_findings_replace_those_of_their_part_only(page: PageView, article: Document) -> None:
    page.show_document(article)
    first, last = article.blocks[1].span, article.blocks[3].span
    kept = Quote(QuoteKind.MIXED, (span_of(article, "museum piece"),), speaker="Northern Lines")
    gone = Quote(QuoteKind.INDIRECT, (Span(first.start, first.start + 30),), speaker="Ilse Brandt")
    page.show_findings(Span(0, len(article.text)), [], [gone, kept])
    page.show_findings(Span(first.start, last.start), [], [])
    assert list(page.marks.quotes.marks) == [kept]


def test_the_mirror_holds_the_words_in_view(qtbot: QtBot, page: PageView, article: Document) -> None:
    page.show_document(article)
    page.mirror.refresh()
    assert page.mirror.toPlainText() == "\n".join(block.span.of(article.text) for block in article.blocks)
    assert page.mirror.isReadOnly()


def test_an_empty_document_is_an_empty_page(page: PageView) -> None:
    page.show_document(Document("", ()))
    page.scroll_by(500)
    assert page.scroll_top == 0
    assert page.selected_text() == ""
    page.select_all()
    assert page.selection.span is None


def test_a_page_that_is_seen_whole_has_no_thumb_to_drag(
    page: PageView, article: Document, long_article: Document
) -> None:
    bar = page.verticalScrollBar()
    page.show_document(article)
    assert not bar.isEnabled()
    page.show_document(long_article)
    assert bar.isEnabled()
