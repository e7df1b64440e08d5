"""Line ends, excerpts and the edges of characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text import (
    excerpt,
    is_cluster_edge,
    one_line,
    reading_minutes,
    unify_line_ends,
    without_pictures,
)


def test_every_line_end_becomes_one() -> None:
    assert unify_line_ends("a\r\nb\rc\u2028d\u2029e\x85f\x0cg") == "a\nb\nc\nd\n\ne\nf\ng"


def test_one_line_has_single_blanks() -> None:
    assert one_line("  a\n\t b ") == "a b"


def test_an_excerpt_ends_at_a_word() -> None:
    assert excerpt("short text") == "short text"
    assert excerpt("The council met, and spoke for hours", limit=20) == "The council met…"
    assert excerpt("x" * 50, limit=10) == "x" * 9 + "…"


@given(st.text(), st.integers(2, 60))
def test_an_excerpt_is_never_too_long(text: str, limit: int) -> None:
    assert len(excerpt(text, limit=limit)) <= limit


def test_reading_takes_at_least_a_minute() -> None:
    assert reading_minutes("word") == 1
    assert reading_minutes("word " * 460) == 2


@pytest.mark.parametrize(
    "cluster",
    [
        "e\u0301",
        "👨\u200d👩\u200d👧",
        "👍\U0001f3fd",
        "🇩🇪",
        "\u1100\u1161\u11a8",
        "❤\ufe0f",
        "🏴\U000e0067\U000e007f",
        "कि",
    ],
)
def test_no_edge_lies_inside_a_cluster(cluster: str) -> None:
    text = f"a{cluster}b"
    assert is_cluster_edge(text, 1)
    assert is_cluster_edge(text, len(text) - 1)
    assert not any(is_cluster_edge(text, at) for at in range(2, len(text) - 1))


def test_flags_in_a_row_are_parted_in_pairs() -> None:
    text = "🇩🇪🇫🇷"
    assert [is_cluster_edge(text, at) for at in range(5)] == [True, False, True, False, True]


def test_pictures_leave_no_trace_in_words() -> None:
    assert one_line("a\n\n\ufffc\n\nb") == "a b"
    assert excerpt("\ufffc") == ""
    assert without_pictures("\ufffc\n\na\n\n\ufffc\n\nb\n\n\ufffc") == "a\n\nb"
    assert without_pictures("\n a") == "\n a"
