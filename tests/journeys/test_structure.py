"""The story of a text with chapters and a table: its contents, a jump and back, words copied from a cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.journeys.gestures import Person

pytestmark = pytest.mark.usefixtures("unanalysed")

pytestmark = pytest.mark.model

CHAPTER = "\n\n## {}\n\n" + "The harbour was quiet and the boats lay in the ice until the spring. " * 40
ARTICLE = (
    "# The sea wall\n\n| Town | 2020 | Who pays |\n| --- | --- | --- |\n"
    "| Harrow | 1,200 | the Bay Council |\n"
    + "".join(CHAPTER.format(name) for name in ("Stone", "Sand", "Money"))
)


def test_the_contents_lead_through_a_text_and_back(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "wall.md"
    path.write_text(ARTICLE, encoding="utf-8")
    person = Person(tmp_path / "data", [str(path)])
    try:
        person.waits_for_article("The harbour was quiet")
        side = person.frame.side
        person.drags_over("the Bay Council")
        person.presses(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert QGuiApplication.clipboard().text() == "the Bay Council"
        person.presses(Qt.Key.Key_F9)
        person.presses(Qt.Key.Key_C)
        assert side.isVisible()
        assert side.tab == "contents"
        person.presses(Qt.Key.Key_Down, on=side.contents.list)
        person.presses(Qt.Key.Key_Return, on=side.contents.list)
        top = person.page.sheet.blocks[person.page.visible_blocks().start].span
        assert top.of(person.page.document.text) == "Sand"
        person.presses(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        assert person.page.scroll_top == 0
    finally:
        person.leaves()
