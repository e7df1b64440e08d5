"""Quotation marks of many styles, and the traps beside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.marks import quoted


def inner(text: str) -> list[str]:
    return [stretch.inner.of(text) for stretch in quoted(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Come in,” she said. “It’s late.”", ["Come in,", "It’s late."]),
        ('"Come in," she said. "It\'s late."', ["Come in,", "It's late."]),
        ("‘Come in,’ she said. ‘It’s late.’", ["Come in,", "It’s late."]),
        ("'Come in,' she said. 'It's late.'", ["Come in,", "It's late."]),
        ("„Herein“, sagte sie.", ["Herein"]),
        ("»Herein«, sagte sie.", ["Herein"]),
        ("« Entrez », dit-elle.", ["Entrez"]),
        ("「入って」と言った。", ["入って"]),
        ("''Come in,'' she said.", ["Come in,"]),
        ("``Come in,'' she said.", ["Come in,"]),
    ],
)
def test_every_style_of_marks_is_known(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It's the children's fault, isn't it?",
        "the workers' rights",
        "back in the '90s",
        "rock ’n’ roll’s end",
        "",
    ],
)
def test_an_apostrophe_is_no_mark(text: str) -> None:
    assert [piece for piece in inner(text) if len(piece) > 1] == []


def test_an_apostrophe_beside_single_quotes_does_not_end_them() -> None:
    assert inner("‘Don’t touch the workers’ pay,’ he said.") == ["Don’t touch the workers’ pay,"]


def test_a_nested_quotation_belongs_to_the_one_around_it() -> None:
    assert inner("“She told me ‘go home’ and I did,” he said.") == ["She told me ‘go home’ and I did,"]
    assert inner("\"She told me 'go home' and I did,\" he said.") == ["She told me 'go home' and I did,"]


def test_a_missing_closing_mark_reaches_to_the_end_of_the_paragraph() -> None:
    text = "He said: “We shall see. And then"
    (found,) = quoted(text)
    assert found.inner.of(text) == "We shall see. And then"
    assert not found.closed


def test_a_stray_closing_mark_begins_with_the_paragraph() -> None:
    text = "we shall see,” he said"
    (found,) = quoted(text)
    assert found.inner.of(text) == "we shall see,"
    assert not found.opened


def test_feet_and_inches_are_no_quotation() -> None:
    assert inner('The 6" pipe broke, "again", she said.') == ["again"]


def test_only_the_paragraph_that_is_asked_for_is_read() -> None:
    text = "“One.\n\nTwo.” Three."
    assert [stretch.inner.of(text) for stretch in quoted(text, start=0, end=5)] == ["One."]


MARKED = st.text(alphabet=st.sampled_from(list("ab .,'\"“”‘’«»„「」–\n𝄞é\u0301א")), max_size=60)


@given(MARKED)
def test_stretches_lie_in_the_text_in_order_without_overlap(text: str) -> None:
    at = 0
    for stretch in quoted(text):
        assert at <= stretch.outer.start <= stretch.inner.start <= stretch.inner.end <= stretch.outer.end
        assert stretch.outer.end <= len(text)
        at = stretch.outer.end
