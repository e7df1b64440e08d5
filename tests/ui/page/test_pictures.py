"""Pictures on the page: their size, what is said of them, and that text tools pass over them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QSizeF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from reader.document import PICTURE, BlockKind, Document, Picture, Span
from reader.model import Anchor, Colour, Highlight
from tests.ui.page.structured import BLUE, Maker, picture
from ui.page.gallery import MOST_BYTES, TALLEST, Gallery, fitted
from ui.page.marks import Marked
from ui.page.view import PageView
from ui.theme import THEMES


@pytest.fixture
def pictured() -> Document:
    made = Maker().add("Before the picture.")
    made.add(PICTURE, BlockKind.IMAGE, alt="The bay in the evening", picture=0)
    made.add("After it.")
    made.add(PICTURE, BlockKind.IMAGE, alt="A map", picture=1).add("Figure 1. A map.", BlockKind.CAPTION)
    made.add(PICTURE, BlockKind.IMAGE, alt="Not in the file", picture=None).add("The end.")
    return made.document(picture(1200, 600), picture(80, 40))


def test_a_picture_is_as_wide_as_the_column_at_most_and_never_enlarged(
    page: PageView, pictured: Document
) -> None:
    page.show_document(pictured)
    wide, small = (page.sheet.block(index).rects(pictured.blocks[index].span)[0] for index in (1, 3))
    assert wide.width() == pytest.approx(page.column.width)
    assert wide.height() == pytest.approx(page.column.width / 2)
    assert (small.width(), small.height()) == (80, 40)


def test_a_tall_picture_leaves_room_for_words() -> None:
    assert fitted(Picture(b"", 400, 4000), 560, 1.0).height() == TALLEST
    assert fitted(Picture(b"", 0, 0), 560, 1.0) == QSizeF(1, 1)


def test_a_picture_is_painted_and_its_words_stand_below_unless_it_has_a_caption(
    page: PageView, pictured: Document
) -> None:
    page.show_document(pictured)
    frame = page.rects_of(pictured.blocks[1].span)[0]
    image = page.viewport().grab().toImage()
    assert QColor(image.pixel(frame.center().toPoint())).name() == BLUE
    first, second, third = (page.sheet.block(index).words for index in (1, 3, 5))
    assert first is not None
    assert first.text() == "The bay in the evening"
    assert second is None
    assert third is not None
    assert third.text() == "Picture: Not in the file"


def test_a_picture_is_dimmed_a_little_on_dark_paper(page: PageView, pictured: Document) -> None:
    page.set_theme(THEMES["dark"])
    page.show_document(pictured)
    frame = page.rects_of(pictured.blocks[1].span)[0]
    shown = QColor(page.viewport().grab().toImage().pixel(frame.center().toPoint()))
    assert 0 < QColor(BLUE).blue() - shown.blue() < 30


def test_a_click_and_keys_select_a_picture_as_one_character(
    qtbot: QtBot, page: PageView, pictured: Document
) -> None:
    page.show_document(pictured)
    page.setFocus()
    span = pictured.blocks[1].span
    frame = page.rects_of(span)[0]
    left = QPoint(round(frame.left()) + 5, round(frame.center().y()))
    qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=left)
    assert page.selection.caret == span.start
    qtbot.keyClick(page.focusProxy(), Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert page.selection.span == span
    qtbot.mouseDClick(page.viewport(), Qt.MouseButton.LeftButton, pos=left)
    assert page.selection.span == span


def test_the_caret_goes_past_a_picture(qtbot: QtBot, page: PageView, pictured: Document) -> None:
    page.show_document(pictured)
    page.setFocus()
    page.select(page.selection, caret=True)
    places = []
    for _ in range(8):
        qtbot.keyClick(page.focusProxy(), Qt.Key.Key_Down)
        places.append(page.selection.caret)
    assert places == sorted(places)
    assert page.sheet.index_at(places[-1]) >= 3


def test_copied_words_leave_pictures_out(page: PageView, pictured: Document) -> None:
    page.show_document(pictured)
    page.select_all()
    assert page.selected_text() == "Before the picture.\n\nAfter it.\n\nFigure 1. A map.\n\nThe end."


def test_a_screen_reader_hears_what_a_picture_shows(page: PageView, pictured: Document) -> None:
    page.window().resize(900, 1600)
    page.show_document(pictured)
    page.mirror.refresh()
    said = page.mirror.toPlainText().splitlines()
    assert said[1] == "Picture: The bay in the evening"
    assert PICTURE not in page.mirror.toPlainText()


def test_a_highlight_goes_around_a_picture(page: PageView, pictured: Document) -> None:
    page.show_document(pictured)
    span = pictured.blocks[1].span
    page.show_highlights([Marked(span, Highlight(1, Anchor(span, PICTURE), Colour.GREEN))])
    frame = page.rects_of(span)[0]
    edge = QPoint(round(frame.left()) + 1, round(frame.center().y()))
    shown = QColor(page.viewport().grab().toImage().pixel(edge)).name()
    assert shown == THEMES["light"].colour("green_edge").name()


def test_a_damaged_picture_is_a_frame(page: PageView) -> None:
    made = Maker().add(PICTURE, BlockKind.IMAGE, picture=0).add(PICTURE, BlockKind.IMAGE, picture=7)
    page.show_document(made.document(Picture(b"no picture", 300, 200)))
    page.viewport().repaint()
    assert page.sheet.block(0).rects(Span(0, 1))[0].height() == 200


def test_decoded_pictures_are_kept_within_bounds() -> None:
    gallery = Gallery([picture(1400, 1400, f"#0000{n:02x}") for n in range(12)])
    for number in range(12):
        assert not gallery.image(number, QSizeF(1400, 1400), 1.0).isNull()
    assert sum(each.sizeInBytes() for each in gallery._kept.values()) <= MOST_BYTES
    assert gallery.image(3, QSizeF(140, 140), 2.0).width() == 280


def test_nothing_is_decoded_before_it_is_seen(page: PageView) -> None:
    made = Maker()
    for n in range(60):
        made.add("Some words.").add(PICTURE, BlockKind.IMAGE, picture=n)
    page.show_document(made.document(*[picture(400, 600)] * 60))
    page.viewport().repaint()
    assert len(page.sheet.gallery._kept) <= 2
