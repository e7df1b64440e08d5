"""What stands in commas behind a source belongs to it, and not to what is said."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.asides import parted
from reader.analysis.joins import Parts
from reader.document import Span
from tests.reader.analysis.test_quotes import tagged


def shown(text: str, parts: Parts) -> dict[str, list[str]]:
    return {kind: [span.of(text) for span in getattr(parts, kind)] for kind in ("content", "cue", "source")}


def read(marked: str, *names: str) -> dict[str, list[str]]:
    text, parts = tagged(marked)
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in names]
    return shown(text, parted(text, Span(0, len(text)), parts, spans))


@pytest.mark.parametrize(
    ("marked", "source", "content"),
    [
        (
            "[u|According to] [s|Keller], [c|who was there, the crowd was small].",
            "Keller, who was there",
            "the crowd was small",
        ),
        (
            "It rained. [u|According to] the report, published in May, and to two others, the dam is shut.",
            "the report, published in May, and to two others",
            "the dam is shut",
        ),
        (
            "According to Keller, whose father built it, the bridge “is safe.”",
            "Keller, whose father built it",
            "the bridge “is safe.”",
        ),
        (
            "According to Keller, 54, a nurse, the ward was full.",
            "Keller, 54, a nurse",
            "the ward was full",
        ),
        (
            "According to Keller, head of the union, wages will rise.",
            "Keller, head of the union",
            "wages will rise",
        ),
    ],
)
def test_what_is_said_begins_after_the_asides(marked: str, source: str, content: str) -> None:
    names = ("Keller",) if "Keller" in marked else ()
    assert read(marked, *names) == {"content": [content], "cue": ["According to"], "source": [source]}


@pytest.mark.parametrize(
    "marked",
    [
        "[u|According to] [s|Keller], [c|the driver, who was 34, fled the scene].",
        "[u|According to] [s|police], [c|a driver, 34, fled the scene].",
        "[u|According to] [s|the report], [c|the bridge, which is old, is shut].",
        "[u|According to] [s|Keller], [c|the bridge is shut].",
        "“According to Keller, who was there, it was loud,” [s|she] [u|said].",
        "[c|The crowd was small], [u|according to] [s|Keller], who was there, and went home.",
        "According to plan, the bridge, the road and the wall were built.",
        "[s|Keller] [u|said] [c|who was there, and who was not].",
    ],
)
def test_all_else_stays_as_it_was_marked(marked: str) -> None:
    text, parts = tagged(marked)
    assert read(marked, *(("Keller",) if "Keller" in text else ())) == shown(text, parts)


@given(
    st.lists(
        st.sampled_from(
            [
                "According to",
                "Keller",
                "who was there",
                "54",
                "a nurse",
                "“so”",
                "and",
                ", ",
                ". ",
                " ",
                "“",
                "”",
            ]
        ),
        max_size=14,
    ).map("".join)
)
def test_the_parts_stay_in_the_paragraph_and_in_order(text: str) -> None:
    names = [Span(at, at + 6) for at in range(len(text)) if text.startswith("Keller", at)]
    parts = parted(text, Span(0, len(text)), Parts(), names)
    for spans in (parts.content, parts.cue, parts.source):
        assert list(spans) == sorted(spans)
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert all(one.end <= other.start for one, other in pairwise(spans))
