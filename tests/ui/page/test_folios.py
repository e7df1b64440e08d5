"""The numbers of printed pages stand beside the lines where the pages begin."""

from __future__ import annotations

from reader.document import Document, Page, Span
from tests.ui.page.structured import Maker
from ui.page.folios import pages_begun
from ui.page.view import PageView

WORDS = "The harbour was quiet and the boats lay in the ice until the spring came at last. "


def paged(*starts: int) -> Document:
    made = Maker().add((WORDS * 4).strip()).add((WORDS * 4).strip()).document()
    ends = (*starts[1:], len(made.text))
    pages = (
        Page(str(7 + n), Span(a, b), 595, 842) for n, (a, b) in enumerate(zip(starts, ends, strict=True))
    )
    return Document(made.text, made.blocks, pages=tuple(pages))


def begun(page: PageView, index: int) -> list[tuple[float, str]]:
    return pages_begun(page, page.sheet.block(index))


def test_a_page_is_told_at_the_line_where_it_begins(page: PageView) -> None:
    document = paged(0, 200)
    page.show_document(document)
    (first, second) = begun(page, 0)
    assert (first[1], second[1]) == ("7", "8")
    rect = page.sheet.block(0).rects(Span(200, 201))[0]
    assert rect.top() < second[0] < rect.bottom()
    assert begun(page, 1) == []


def test_a_page_that_begins_between_two_blocks_is_the_later_ones(page: PageView) -> None:
    page.show_document(paged(0, 327, 328, 329))
    assert [label for _, label in begun(page, 0)] == ["7"]
    assert [label for _, label in begun(page, 1)] == ["10"]


def test_pages_have_room_beside_the_text_at_every_width(page: PageView) -> None:
    page.show_document(paged(0, 200))
    for width in (1300, 900, 640, 420):
        page.window().resize(width, 700)
        page.viewport().repaint()
        right = page.column.left + page.column.width
        beyond = page.column.notes if page.column.notes is not None else page.viewport().width()
        assert beyond - right >= 40
