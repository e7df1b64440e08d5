"""Links and footnotes: a place in the document is led to, an address is only told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from reader.document import BlockKind, Document, Span
from tests.ui.page.conftest import span_of
from tests.ui.page.structured import Maker
from ui.page.selection import Selection
from ui.page.view import PageView
from ui.theme import THEMES


@pytest.fixture
def linked() -> Document:
    made = Maker().add("The pier will close.1 See the budget or the ministry now, or nowhere.", name="p1")
    made.link("1", "#fn1", raised=True).link("the budget", "#budget")
    made.link("the ministry", "https://example.org/wall").link("nowhere", "#gone")
    made.add("What it costs", BlockKind.HEADING, level=2, name="budget")
    for number in range(30):
        made.add(f"{number}. The harbour was quiet and the boats lay in the ice until the spring. " * 3)
    made.add("The bill of 2019.", BlockKind.FOOTNOTE, marker="1", name="fn1")
    return made.document()


def at(page: PageView, document: Document, words: str) -> QPoint:
    rect = page.rects_of(span_of(document, words))[0]
    return QPoint(round(rect.center().x()), round(rect.center().y()))


def test_a_click_on_a_link_asks_for_its_place(qtbot: QtBot, page: PageView, linked: Document) -> None:
    page.show_document(linked)
    with qtbot.waitSignal(page.link_clicked) as told:
        qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=at(page, linked, "the budget"))
    start = linked.blocks[1].span.start
    assert told.args == [Span(start, start)]
    with qtbot.waitSignal(page.link_clicked) as told:
        reference = page.rects_of(Span(20, 21))[0].center().toPoint()
        qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=reference)
    assert told.args == [Span(linked.blocks[-1].span.start, linked.blocks[-1].span.start)]


@pytest.mark.parametrize("words", ["the ministry", "nowhere", "will close"])
def test_what_leads_out_or_nowhere_is_not_followed(
    qtbot: QtBot, page: PageView, linked: Document, words: str
) -> None:
    page.show_document(linked)
    with qtbot.assertNotEmitted(page.link_clicked):
        qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=at(page, linked, words))


def test_enter_follows_the_link_at_the_caret(qtbot: QtBot, page: PageView, linked: Document) -> None:
    page.show_document(linked)
    page.setFocus()
    start = span_of(linked, "the budget").start
    page.select(Selection(start + 2, start + 2), caret=True)
    with qtbot.waitSignal(page.link_clicked):
        qtbot.keyClick(page.focusProxy(), Qt.Key.Key_Return)
    page.select(Selection(2, 2), caret=True)
    with qtbot.assertNotEmitted(page.link_clicked):
        qtbot.keyClick(page.focusProxy(), Qt.Key.Key_Return)


def test_a_link_within_the_document_has_the_accent_and_a_hand(
    qtbot: QtBot, page: PageView, linked: Document
) -> None:
    page.show_document(linked)
    for theme in ("light", "dark"):
        page.set_theme(THEMES[theme])
        accent = THEMES[theme].colour("accent").name()

        def coloured(words: str, accent: str = accent) -> bool:
            rect = page.rects_of(span_of(linked, words))[0].toRect()
            image = page.viewport().grab(rect).toImage()
            return any(
                QColor(image.pixel(x, y)).name() == accent
                for x in range(image.width())
                for y in range(image.height())
            )

        assert coloured("the budget")
        assert not coloured("the ministry")
        assert not coloured("nowhere")
    qtbot.mouseMove(page.viewport(), at(page, linked, "the budget"))
    assert page.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    qtbot.mouseMove(page.viewport(), at(page, linked, "the ministry"))
    assert page.viewport().cursor().shape() is Qt.CursorShape.IBeamCursor


@pytest.mark.parametrize(
    ("words", "tip"), [("1", "The bill of 2019."), ("the ministry", "https://example.org/wall")]
)
def test_the_tip_of_a_link_tells_the_footnote_or_the_address(
    page: PageView, linked: Document, words: str, tip: str
) -> None:
    page.show_document(linked)
    view, point = page.viewport(), at(page, linked, words)
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, point, view.mapToGlobal(point)))
    assert QToolTip.text() == tip
    QToolTip.hideText()


def test_a_menu_is_about_what_was_pointed_at(qtbot: QtBot, page: PageView, linked: Document) -> None:
    page.show_document(linked)
    view, point = page.viewport(), at(page, linked, "the ministry")
    with qtbot.waitSignal(page.context_requested):
        QApplication.sendEvent(
            view, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, view.mapToGlobal(point))
        )
    link = page.link_here()
    assert link is not None
    assert link.target == "https://example.org/wall"
    page.select(Selection(0, 10))
    assert page.link_here() is None


def test_a_raised_figure_is_smaller_and_leaves_the_lines_where_they_are(page: PageView) -> None:
    plain = Maker().add("The pier 12 will close.").document()
    raised = Maker().add("The pier 12 will close.").link("12", "#x", raised=True).document()
    widths, heights = [], []
    for document in (plain, raised):
        page.show_document(document)
        widths.append(page.rects_of(span_of(document, "12"))[0].width())
        heights.append(page.sheet.block(0).height)
    assert widths[1] < widths[0] * 0.8
    assert heights[0] == heights[1]


def test_footnotes_hang_after_a_gap_for_their_line(page: PageView, linked: Document) -> None:
    page.show_document(linked)
    note = page.sheet.block(len(linked.blocks) - 1)
    assert note.opens_notes
    assert note.face.size < page.sheet.block(0).face.size
    assert note.rects(note.block.span)[0].left() == note.face.indent > 0
    assert note.text_top > note.face.size
