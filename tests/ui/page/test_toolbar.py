"""The selection toolbar: near the words, never over them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reader.model import Colour
from ui.page.toolbar import SelectionToolbar
from ui.theme import THEMES


@pytest.fixture
def toolbar(qtbot: QtBot) -> SelectionToolbar:
    room = QWidget()
    qtbot.addWidget(room)
    room.resize(800, 600)
    room.show()
    made = SelectionToolbar(room)
    made.set_theme(THEMES["dark"])
    return made


@pytest.mark.parametrize("top", [0, 40, 300, 520, 570])
@pytest.mark.parametrize("left", [0, 400, 760])
def test_it_hides_no_selected_word_and_stays_in_the_room(
    toolbar: SelectionToolbar, top: int, left: int
) -> None:
    rects = [QRectF(left, top, 40, 26), QRectF(100, top + 27, 200, 26)]
    toolbar.show_at(rects, present=None)
    frame = QRectF(toolbar.geometry())
    assert toolbar.isVisible()
    assert not any(frame.intersects(rect) for rect in rects)
    assert QRectF(0, 0, 800, 600).contains(frame)


def test_it_is_hidden_when_the_words_are_out_of_sight(toolbar: SelectionToolbar) -> None:
    toolbar.show_at([QRectF(10, 700, 50, 26)], present=None)
    assert not toolbar.isVisible()


def test_only_a_highlight_can_be_removed_and_its_pen_is_marked(
    qtbot: QtBot, toolbar: SelectionToolbar
) -> None:
    rects = [QRectF(10, 100, 50, 26)]
    toolbar.show_at(rects, present=None)
    assert not toolbar.remove.isVisible()
    toolbar.show_at(rects, present=Colour.GREEN)
    assert toolbar.remove.isVisible()
    assert [colour for colour, dot in toolbar.dots.items() if dot.isChecked()] == [Colour.GREEN]
    with qtbot.waitSignal(toolbar.colour_requested) as told:
        qtbot.mouseClick(toolbar.dots[Colour.PINK], Qt.MouseButton.LeftButton)
    assert told.args == [Colour.PINK]
    for button, signal in (
        (toolbar.note, toolbar.note_requested),
        (toolbar.kind, toolbar.kind_requested),
        (toolbar.remove, toolbar.remove_requested),
    ):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
