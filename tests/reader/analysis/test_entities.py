"""Labels of models, and the regular kinds of names."""

from __future__ import annotations

from itertools import pairwise

import pytest

from reader.analysis.entities import label_of, regular, spelled_out
from reader.model import Label, Span


@pytest.mark.parametrize(
    ("label", "text", "expected"),
    [
        ("PER", "Ada", Label.PERSON),
        ("GPE", "Kessin", Label.GPE),
        ("GPE", "Lake Morn", Label.LOC),
        ("GPE", "South Africa", Label.GPE),
        ("LOC", "Kessin", Label.LOC),
        ("MISC", "Harbour Act", Label.LAW),
        ("MISC", "Winter Games", Label.EVENT),
        ("MISC", "Swahili", Label.LANGUAGE),
        ("MISC", "covid", Label.MISC),
        ("WHATEVER", "Ada", None),
    ],
)
def test_a_models_label_becomes_ours(label: str, text: str, expected: Label | None) -> None:
    assert label_of(label, text) == expected


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("It fell by 3.5 per cent.", Label.PERCENT, "3.5 per cent"),
        ("It fell by 12%.", Label.PERCENT, "12%"),
        ("It opens at 9:30 a.m. daily.", Label.TIME, "9:30 a.m."),
        ("It was midnight.", Label.TIME, "midnight"),
        ("They walked 12 kilometres.", Label.QUANTITY, "12 kilometres"),
        ("The second dam broke.", Label.ORDINAL, "second"),
        ("The 21st dam broke.", Label.ORDINAL, "21st"),
        ("Some twenty-five people came.", Label.CARDINAL, "twenty-five"),
        ("Some 2 million people came.", Label.CARDINAL, "2 million"),
    ],
)
def test_regular_kinds_are_found_by_rule(text: str, label: Label, expected: str) -> None:
    found = [(span.of(text), kind) for span, kind in regular(text, start=0, end=len(text), taken=[])]
    assert (expected, label) in found


def test_what_a_name_covers_is_left_alone() -> None:
    text = "The 14 March movement"
    assert list(regular(text, start=0, end=len(text), taken=[Span(4, 12)])) == []


def test_found_kinds_do_not_overlap() -> None:
    text = "At 9:30 some 12 per cent, 14 km and 3,500 people of the first 20 came."
    found = sorted(span for span, _ in regular(text, start=0, end=len(text), taken=[]))
    assert all(not one.overlaps(other) for one, other in pairwise(found))


def test_letters_in_brackets_ask_for_the_whole_name() -> None:
    text = "the Lower Morn Water Council (LMWC) met"
    name = Span(text.index("Water"), text.index(" ("))
    assert spelled_out(text, name, start=0).of(text) == "Lower Morn Water Council"
    other = "the Lower Morn Water Council (XYZ) met"
    assert spelled_out(other, name, start=0) == name
    assert spelled_out("Water Council met", Span(0, 13), start=0) == Span(0, 13)
