"""Labels of models."""

from __future__ import annotations

import pytest

from reader.analysis.entities import label_of, refined, spelled_out
from reader.analysis.lexicon import CITY, COUNTRY, LANGUAGE, REGION, TOWN, Lexicon
from reader.document import Span
from reader.model import Label


@pytest.mark.parametrize(
    ("label", "text", "expected"),
    [
        ("PER", "Ada", Label.PERSON),
        ("GPE", "Kessin", Label.GPE),
        ("GPE", "Lake Morn", Label.LOC),
        ("LOC", "Kessin", Label.LOC),
        ("MISC", "Harbour Act", Label.LAW),
        ("MISC", "Winter Games", Label.EVENT),
        ("MISC", "covid", Label.MISC),
        ("WHATEVER", "Ada", None),
    ],
)
def test_a_models_label_becomes_ours(label: str, text: str, expected: Label | None) -> None:
    assert label_of(label, text) == expected


LEXICON = Lexicon(
    {
        "South Morn": COUNTRY,
        "Cape Kessin": CITY,
        "Lake View": TOWN,
        "Lower Morn": REGION,
        "Mornish": LANGUAGE,
    }
)


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("in [South Morn] today", Label.LOC, Label.GPE),
        ("in [the South Morn] today", Label.LOC, Label.GPE),
        ("in [Cape Kessin] today", Label.LOC, Label.GPE),
        ("in [Lake View] today", Label.LOC, Label.LOC),
        ("in [Lower Morn] today", Label.GPE, Label.LOC),
        ("in [Brenholm] today", Label.GPE, Label.GPE),
        ("at [Brenholm Airport] today", Label.GPE, Label.FAC),
        ("at [Kessin prison] today", Label.ORG, Label.FAC),
        ("at the [Museum] today", Label.ORG, Label.ORG),
        ("speaks [Mornish] well", Label.MISC, Label.LANGUAGE),
        ("her “[Long Wet Night]” won", Label.MISC, Label.WORK_OF_ART),
        ('her "[Long Wet Night]," a play', Label.MISC, Label.WORK_OF_ART),
        ("her novel [Harbour] won", Label.MISC, Label.WORK_OF_ART),
        ("the “[wet]” ones", Label.MISC, Label.MISC),
        ("has [covid] again", Label.MISC, Label.MISC),
        ("her “[Ada Lindqvist]” said", Label.PERSON, Label.PERSON),
    ],
)
def test_places_and_the_rest_are_split_by_what_is_known(text: str, label: Label, expected: Label) -> None:
    span = Span(text.index("["), text.index("]") - 1)
    assert refined(text.replace("[", "").replace("]", ""), span, label, lexicon=LEXICON) is expected


def test_letters_in_brackets_ask_for_the_whole_name() -> None:
    text = "the Lower Morn Water Council (LMWC) met"
    name = Span(text.index("Water"), text.index(" ("))
    assert spelled_out(text, name, start=0).of(text) == "Lower Morn Water Council"
    other = "the Lower Morn Water Council (XYZ) met"
    assert spelled_out(other, name, start=0) == name
    assert spelled_out("Water Council met", Span(0, 13), start=0) == Span(0, 13)
