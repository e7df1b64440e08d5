"""Tables: columns that all rows share, cells side by side for eyes, mouse and keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from reader.document import Document, Span
from reader.model import Label, Mention
from tests.ui.page.conftest import span_of
from tests.ui.page.structured import Maker
from ui.page.tables import are_figures, is_figure, is_heading, shared
from ui.page.view import PageView

LONG = "The old pier will close on Thursday, and the towns along the bay must agree on a plan before summer."


@pytest.fixture
def table() -> Document:
    made = Maker().add("Before the table.")
    made.rows("Town|Note|2020|2021", f"Port Ansel|{LONG}|1,350|7", "Harrow 🚢|short|12|1,410")
    return made.add("After the table.").document()


def rect_of(page: PageView, document: Document, words: str) -> tuple[float, float, float]:
    rect = page.rects_of(span_of(document, words))[0]
    return rect.left(), rect.right(), rect.center().y()


def test_cells_stand_side_by_side_in_columns(page: PageView, table: Document) -> None:
    page.show_document(table)
    town, note = rect_of(page, table, "Town"), rect_of(page, table, "Note")
    ansel, long = rect_of(page, table, "Port Ansel"), rect_of(page, table, "The old pier")
    assert town[2] == note[2]
    assert ansel[2] == long[2]
    assert (town[0], note[0]) == (ansel[0], long[0])
    assert note[0] > ansel[1] + 10


def test_figures_stand_at_the_right_of_their_column(page: PageView, table: Document) -> None:
    page.show_document(table)
    right = [rect_of(page, table, words)[1] for words in ("2020", "1,350")]
    assert right[0] == pytest.approx(right[1], abs=0.5)
    seven = page.rects_of(span_of(table, "\t7"))[-1]
    assert seven.right() == pytest.approx(rect_of(page, table, "1,410")[1], abs=0.5)


def test_a_long_cell_has_lines_of_its_own_and_the_row_is_as_tall(page: PageView, table: Document) -> None:
    page.show_document(table)
    lines = page.rects_of(span_of(table, LONG))
    assert len(lines) > 1
    assert len({round(line.left()) for line in lines}) == 1
    assert rect_of(page, table, "Harrow")[2] > lines[-1].bottom()


def test_a_table_fits_the_measure_at_every_width(page: PageView, table: Document) -> None:
    page.show_document(table)
    for width in (1200, 700, 420):
        page.window().resize(width, 900)
        rects = page.rects_of(Span(0, len(table.text)))
        assert max(rect.right() for rect in rects) <= page.column.left + page.column.width + 1


@pytest.mark.parametrize("cells", [30, 13])
def test_too_many_columns_flow_and_wrap_between_cells(page: PageView, cells: int) -> None:
    words = [f"cell{n}" if cells < 20 else f"longer cell {n}" for n in range(cells)]
    document = Maker().rows("|".join(words), "|".join(words)).document()
    page.window().resize(420, 900)
    page.show_document(document)
    seen = [page.rects_of(span_of(document, word))[0] for word in words]
    assert len({round(rect.top()) for rect in seen}) > 1
    assert not any(a.intersects(b) for n, a in enumerate(seen) for b in seen[n + 1 :])
    assert max(rect.right() for rect in seen) <= page.column.left + page.column.width + 1


def test_a_point_in_a_cell_is_a_place_in_that_cell(page: PageView, table: Document) -> None:
    page.show_document(table)
    for offset in range(table.blocks[1].span.start, table.blocks[3].span.end):
        if table.text[offset] in " \t\n":
            continue
        rect = page.rects_of(Span(offset, offset + 1))[0]
        inside = rect.center()
        inside.setX(rect.left() + rect.width() * 0.2)
        assert page.offset_at(inside) == offset


def test_the_caret_stands_where_its_letter_is(page: PageView, table: Document) -> None:
    page.show_document(table)
    for words in ("Port", "pier", "close on", "1,350", "short"):
        span = span_of(table, words)
        caret = page.sheet.caret(span.start).translated(page.column.left, -page.scroll_top)
        rect = page.rects_of(span)[0]
        assert caret.left() == pytest.approx(rect.left(), abs=1)
        assert rect.top() - 4 <= caret.center().y() <= rect.bottom() + 4


def test_dragging_in_a_cell_selects_its_words(qtbot: QtBot, page: PageView, table: Document) -> None:
    page.show_document(table)
    rect = page.rects_of(span_of(table, "close on"))[0]
    start = QPoint(round(rect.left()) + 1, round(rect.center().y()))
    end = QPoint(round(rect.right()), round(rect.center().y()))
    view = page.viewport()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, (start + end) / 2)
    qtbot.mouseMove(view, end)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    assert page.selected_text() == "close on"


def test_the_caret_goes_down_a_column_and_along_a_row(qtbot: QtBot, page: PageView, table: Document) -> None:
    page.show_document(table)
    page.setFocus()
    note = span_of(table, "Note")
    rect = page.rects_of(note)[0]
    at = QPoint(round(rect.left()) + 1, round(rect.center().y()))
    qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=at)
    target = page.focusProxy()
    qtbot.keyClick(target, Qt.Key.Key_Left)
    assert page.selection.caret == note.start - 1
    qtbot.keyClick(target, Qt.Key.Key_Right)
    qtbot.keyClick(target, Qt.Key.Key_Down)
    assert page.selection.caret == span_of(table, LONG).start


def test_a_name_in_a_cell_is_underlined_in_that_cell(page: PageView, table: Document) -> None:
    page.show_document(table)
    mention = Mention(span_of(table, "Port Ansel"), Label.GPE, "Port Ansel")
    page.show_findings(Span(0, len(table.text)), [mention], [])
    held = page.sheet.block(2)
    ((_, (line,)),) = page._painter._name_lines(held)
    (rect,) = held.rects(mention.span)
    assert (line.x1(), line.x2()) == (rect.left(), rect.right())
    assert rect.center().y() < line.y1() < rect.bottom() + 4


def test_empty_cells_keep_the_columns_in_line(page: PageView) -> None:
    document = Maker().rows("A|B|C", "x||y", "|z|", "||w").document()
    page.show_document(document)
    assert rect_of(page, document, "C")[0] == rect_of(page, document, "y")[0]
    assert rect_of(page, document, "B")[0] == rect_of(page, document, "z")[0]
    assert rect_of(page, document, "C")[0] == rect_of(page, document, "w")[0]


def test_a_row_far_down_with_more_cells_is_shown(page: PageView) -> None:
    rows = [f"{n}|town {n}" for n in range(300)]
    document = Maker().rows(*rows, "300|town|and|more").document()
    page.show_document(document)
    page.go_to(document.blocks[-1].span, always=True)
    page.viewport().repaint()
    rects = page.rects_of(document.blocks[-1].span)
    assert len(rects) == 4
    assert not any(a.intersects(b) for n, a in enumerate(rects) for b in rects[n + 1 :])
    for words in ("and", "more"):
        place = span_of(document, words)
        assert page.offset_at(page.rects_of(place)[0].center()) in range(place.start, place.end)


def test_a_cell_alone_runs_across_the_table(page: PageView) -> None:
    alone = "What the towns of the bay paid before the wall was built"
    document = Maker().rows("Town|2020|2021", alone, "Harrow|12|7").document()
    page.show_document(document)
    assert len(page.rects_of(span_of(document, alone))) == 1
    assert rect_of(page, document, "Town")[1] < rect_of(page, document, alone)[1]


def test_figures_and_headings_are_told() -> None:
    assert all(map(is_figure, ("1,200", "−12", "21.5 %", "£3m", "(4)", "1.5 million", "12 km", "3*")))
    assert not any(map(is_figure, ("March 14", "", "Port 3", "1 and 2 or so", "a")))
    assert are_figures(["1", "2", "–", ""])
    assert not are_figures(["1", "two", "three"])
    assert not are_figures(["", "–"])
    assert is_heading(["Town", "2020"], [False, True])
    assert is_heading(["", "Women", "Men"], [False, True, True])
    assert not is_heading(["Name", "Ada"], [False, False])
    assert not is_heading(["Harrow", "840"], [False, True])


@given(
    st.lists(
        st.tuples(st.floats(1, 200), st.floats(0, 2000)).map(lambda each: (each[0], each[0] + each[1])),
        min_size=1,
        max_size=16,
    ),
    st.floats(50, 1500),
)
def test_shared_room_is_never_overdrawn(columns: list[tuple[float, float]], room: float) -> None:
    least, natural = [low for low, _ in columns], [high for _, high in columns]
    widths = shared(least, natural, room)
    if widths is None:
        assert sum(least) > room
        return
    assert sum(widths) <= room + 0.01
    assert all(wide >= low - 0.01 for wide, low in zip(widths, least, strict=True))


def test_cells_in_another_direction_stay_in_their_columns(page: PageView) -> None:
    document = Maker().rows("עיר|שנה|2020", "ירושלים של זהב|אחרי המלחמה|1,200").document()
    page.show_document(document)
    seen = [
        page.rects_of(span_of(document, words))[0] for words in ("ירושלים של זהב", "אחרי המלחמה", "1,200")
    ]
    assert not any(a.intersects(b) for n, a in enumerate(seen) for b in seen[n + 1 :])
    for rect, words in zip(seen, ("ירושלים של זהב", "אחרי המלחמה", "1,200"), strict=True):
        place = span_of(document, words)
        assert place.start <= page.offset_at(rect.center()) <= place.end
