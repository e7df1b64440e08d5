"""Finding words in the article, and the map beside it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from reader.document import Document, Span
from reader.model import Anchor, Colour, Highlight
from ui.page.area import PageArea
from ui.page.marks import Marked
from ui.theme import THEMES


def test_words_are_found_and_stepped_through(qtbot: QtBot, area: PageArea, long_article: Document) -> None:
    area.page.show_document(long_article)
    area.open_find()
    field = area.find_bar.field
    qtbot.keyClicks(field, "399. the HARBOUR")
    qtbot.waitUntil(lambda: "1" in area.find_bar.told.text())
    (found,) = area.page.marks.found.marks
    assert found.of(long_article.text) == "399. The harbour"
    assert 400 in area.page.visible_blocks() or 399 in area.page.visible_blocks()
    field.clear()
    qtbot.keyClicks(field, "long winter")
    qtbot.waitUntil(lambda: "Not found" not in area.find_bar.told.text() and len(area.page.marks.found) == 1)
    field.clear()
    qtbot.keyClicks(field, "spring")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    first = area.page.marks.found_current
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert area.page.marks.found_current != first
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert area.page.marks.found_current == first
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not area.find_bar.isVisible()
    assert len(area.page.marks.found) == 0


def test_what_the_library_found_stands_wherever_nothing_is_looked_for_here(
    qtbot: QtBot, area: PageArea, long_article: Document
) -> None:
    area.page.show_document(long_article)
    first, second = Span(0, 4), Span(10, 14)
    field = area.find_bar.field

    def found() -> list[Span]:
        return list(area.page.marks.found.marks)

    area.show_matches((first,))
    area.open_find()
    assert found() == [first]
    area.show_matches((second,))
    assert found() == [second], "an empty field looks for nothing"
    qtbot.keyClicks(field, "399. the harbour")
    qtbot.waitUntil(lambda: found() not in ([first], [second]))
    (here,) = found()
    area.show_matches((first,))
    assert found() == [here]
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert found() == [first], "they are there again"
    area.open_find()
    qtbot.waitUntil(lambda: found() == [here])  # the words of the last time are still in the field
    field.clear()
    qtbot.waitUntil(lambda: found() == [first])


def test_nothing_found_is_said(qtbot: QtBot, area: PageArea, long_article: Document) -> None:
    area.page.show_document(long_article)
    area.open_find()
    qtbot.keyClicks(area.find_bar.field, "zebra")
    qtbot.waitUntil(lambda: area.find_bar.told.text() == "Not found")


def test_the_map_shows_a_highlight_where_it_is_and_leads_there(
    qtbot: QtBot, area: PageArea, long_article: Document
) -> None:
    page, minimap = area.page, area.minimap
    page.set_theme(THEMES["light"])
    page.show_document(long_article)
    span = long_article.blocks[300].span
    page.show_highlights([Marked(span, Highlight(1, Anchor(span, ""), Colour.PINK))])
    minimap.refresh()
    pink = THEMES["light"].colour("pink_edge").name()

    def rows() -> list[int]:
        image = minimap.grab().toImage()
        return [y for y in range(image.height()) if QColor(image.pixel(6, y)).name() == pink]

    qtbot.waitUntil(lambda: bool(rows()))
    qtbot.mouseClick(minimap, Qt.MouseButton.LeftButton, pos=QPoint(6, rows()[0]))
    seen = page.visible_blocks()
    assert any(index in range(seen.start - 2, seen.stop + 2) for index in (299, 300, 301))
    minimap.show_name((Span(0, 4),))
