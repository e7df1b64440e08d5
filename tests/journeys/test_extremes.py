"""The story of what is far longer than usual: it still has its place in the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.journeys.gestures import Person
from ui.page.selection import Selection

pytestmark = pytest.mark.usefixtures("unanalysed")

CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_note_that_grows_stays_on_the_page_and_beside_its_words(
    starts: Callable[..., Person], tmp_path: Path
) -> None:
    path = tmp_path / "piers.txt"
    path.write_text("\n\n".join(f"Pier {number} was built of oak." for number in range(60)))
    person = starts(path)
    person.waits_for_article("Pier 59")
    page, editor = person.page, person.application.annotator.editor
    room = page.viewport().rect()
    low = next(
        number
        for number in range(60)
        if page.rects_of(person.span(f"Pier {number} "))[0].bottom() > room.height() - 120
    )
    words = person.span(f"Pier {low}")
    page.select(Selection(words.start, words.end))
    person.presses(Qt.Key.Key_N)
    person.waits_for(editor.isVisible, "the note editor")
    short = editor.height()
    QApplication.clipboard().setText("It was repaired, and repaired again. " * 60)
    person.presses(Qt.Key.Key_V, CTRL, on=editor.note)
    assert editor.height() > short + 100
    assert room.contains(editor.geometry())
    assert not editor.geometry().intersects(page.rects_of(words)[0].toRect())
