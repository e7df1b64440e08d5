"""Words and sentences by rule."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.words import sentences, word_set, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. It stopped.", ["It rained.", "It stopped."]),
        ("Dr. Lindqvist met Mr. Okello. They spoke.", ["Dr. Lindqvist met Mr. Okello.", "They spoke."]),
        ("The U.S. envoy left at noon. No word since.", ["The U.S. envoy left at noon.", "No word since."]),
        ("“Is it late?” she asked. It was.", ["“Is it late?” she asked.", "It was."]),
        ("这是一句。那是另一句。", ["这是一句。", "那是另一句。"]),
        ("  ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in sentences(text)] == expected


def test_words_keep_their_apostrophes_and_hyphens() -> None:
    text = "It's a well-known U.S. case!"
    assert [span.of(text) for span in words(text)] == ["It's", "a", "well-known", "U.S", ".", "case", "!"]


def test_a_list_of_words_is_read_as_running_text() -> None:
    assert word_set("one two\n two") == {"one", "two"}


@given(st.text(max_size=80))
def test_sentences_cover_all_but_white_space(text: str) -> None:
    found = sentences(text)
    assert "".join("".join(span.of(text).split()) for span in found) == "".join(text.split())
    assert all(one.end <= other.start for one, other in pairwise(found))
