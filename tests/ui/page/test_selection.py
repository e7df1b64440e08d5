"""Words and selections in offsets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.document import Span
from ui.page.selection import Selection, trimmed, word_at, word_stop

TEXT = "The mayor's well-kept boat, “Ada”."


def test_a_word_keeps_its_apostrophe_and_hyphen() -> None:
    whole = Span(0, len(TEXT))
    assert word_at(TEXT, 6, whole).of(TEXT) == "mayor's"
    assert word_at(TEXT, 14, whole).of(TEXT) == "well-kept"
    assert word_at(TEXT, TEXT.index("“"), whole).of(TEXT) == "“"


@given(st.text(max_size=40), st.data())
def test_word_steps_always_move_on_and_stay_inside(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert offset <= word_stop(text, offset, forward=True) <= len(text)
    back = word_stop(text, offset, forward=False)
    assert 0 <= back <= offset
    assert back < offset or offset == 0


@given(st.text(alphabet=" \n\tabé", max_size=20), st.data())
def test_trimming_takes_white_space_only(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    kept = trimmed(text, Span(start, end))
    assert (kept.of(text) if kept else "") == text[start:end].strip()


def test_a_selection_by_words_grows_both_ways() -> None:
    first, before, after = Span(10, 14), Span(2, 5), Span(20, 26)
    start = Selection(10, 14)
    assert start.around(first, after).span == Span(10, 26)
    assert start.around(first, before).span == Span(2, 14)
    assert Selection(4, 4).span is None
    assert Selection(9, 4).to(2).span == Span(2, 9)
