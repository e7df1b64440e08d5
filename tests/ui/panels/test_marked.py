"""Words in a few lines, shortened at their end."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from reader.document import Span
from ui.panels.marked import Marked
from ui.theme import interface_font


def test_what_does_not_fit_is_left_out(qtbot: QtBot) -> None:
    words = "an old pier of stone 😀 " * 12
    whole = Marked(words, (), interface_font(), 200, lines=99, leading=1.4)
    short = Marked(words, (Span(3, 6), Span(280, 283)), interface_font(), 200, lines=3, leading=1.4)
    one = Marked("an old pier", (), interface_font(), 200, lines=3, leading=1.4)
    assert one.height * 3 == short.height < whole.height
    assert short.marks == (Span(3, 6),)
    assert short.words.endswith("…")
    assert one.words == "an old pier"
