"""Where the lines of a paragraph stand: on the side on which its writing begins."""

from __future__ import annotations

import pytest

from reader.document import Span
from tests.ui.page.conftest import document_of, span_of
from ui.page.area import PageArea
from ui.page.lines import runs_leftwards

ARABIC = "قال عبد الرحمن إن القرار خطأ كبير، وأضاف أن السكان لم يستشاروا. " * 2 + "وعقد الاجتماع هنا"


@pytest.mark.parametrize(
    ("words", "leftwards"),
    [("قال: yes", True), ("Yes: قال", False), ("«12» שלום", True), ("2024 – 12", False), ("", False)],
)
def test_the_first_letter_says_where_writing_begins(words: str, leftwards: bool) -> None:
    assert runs_leftwards(words) is leftwards


def test_a_paragraph_from_right_to_left_stands_at_the_right_with_its_marks(area: PageArea) -> None:
    area.page.show_document(document_of(("A title", ARABIC, "The last line.")))
    page, column = area.page, area.page.column
    document = page.document
    lines = page.rects_of(span_of(document, ARABIC))
    assert len(lines) > 1
    assert all(abs(line.right() - column.left - column.width) < 12 for line in lines)
    assert lines[-1].left() > column.left + 30, "the last line is short"

    first, last = span_of(document, "قال"), span_of(document, "هنا")
    (begins,), (ends,) = page.rects_of(first), page.rects_of(last)
    assert begins.right() == pytest.approx(lines[0].right(), abs=2)
    assert ends.left() == pytest.approx(lines[-1].left(), abs=2)
    found = page.offset_at(begins.center())
    assert first.start <= found <= first.end
    (latin,) = page.rects_of(Span(document.text.index("The last"), len(document.text)))
    assert latin.left() == pytest.approx(column.left, abs=1)
