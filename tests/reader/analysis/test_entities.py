"""Labels of models."""

from __future__ import annotations

import pytest

from reader.analysis.entities import label_of, spelled_out
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


def test_letters_in_brackets_ask_for_the_whole_name() -> None:
    text = "the Lower Morn Water Council (LMWC) met"
    name = Span(text.index("Water"), text.index(" ("))
    assert spelled_out(text, name, start=0).of(text) == "Lower Morn Water Council"
    other = "the Lower Morn Water Council (XYZ) met"
    assert spelled_out(other, name, start=0) == name
    assert spelled_out("Water Council met", Span(0, 13), start=0) == Span(0, 13)
