"""Who says it, with names and parts given by hand."""

from __future__ import annotations

import re

import pytest

from reader.analysis.agreement import Knowledge
from reader.analysis.joins import Parts
from reader.analysis.pipeline import Tagged
from reader.analysis.reading import Reading, paragraph
from reader.document import Span
from reader.model import Quote

NAMES = {
    "Ada Lindqvist": "PERSON",
    "Tomas Okello": "PERSON",
    "Okello": "PERSON",
    "Harbour Union": "ORG",
    "Kessin": "GPE",
    "Kessian": "NORP",
}


def said(text: str, *, content: str, cue: str, source: str) -> Quote:
    """Return the one quotation of a paragraph; the last place of each piece of text is meant."""

    def last(piece: str) -> tuple[Span, ...]:
        at = text.rindex(piece) if piece else 0
        return (Span(at, at + len(piece)),) if piece else ()

    places: dict[Span, str] = {}
    for name, label in NAMES.items():
        for match in re.finditer(name, text):
            span = Span(*match.span())
            if not any(span.overlaps(other) for other in places):
                places[span] = label
    tagged = Tagged(tuple(sorted(places.items())), Parts(last(content), last(cue), last(source)))
    reading = Reading(text, knowledge=Knowledge())
    one = paragraph(text, Span(0, len(text)), tagged, {})
    ((quote,),) = [found.quotes for found in reading.read(reading.learn([one]))]
    return quote


@pytest.mark.parametrize(
    ("text", "cue", "source", "speaker", "reason"),
    [
        ("Ada Lindqvist, who said it rains, left.", "said", "who", "Ada Lindqvist", "named just before"),
        ("Those who said it rains left.", "said", "who", None, "not told"),
        (
            "Tomas Okello, an officer from Kessin, who said it rains",
            "said",
            "who",
            "Tomas Okello",
            "just before",
        ),
        ("Ada Lindqvist met people near Kessin who said it rains.", "said", "who", None, "not told"),
        ("The Harbour Union, which said it rains, left.", "said", "which", "Harbour Union", "just before"),
        ("It was Kessin's minister who said it rains", "said", "minister", None, "not named"),
        ("A friend of Ada Lindqvist said it rains.", "said", "A friend of Ada Lindqvist", None, "not named"),
        ("Ada Lindqvist's lawyer said it rains.", "said", "Ada Lindqvist's lawyer", None, "not named"),
        ("The Harbour Union said it rains.", "said", "The Harbour Union", "Harbour Union", "Harbour Union"),
        ("Harbour Union officials said it rains.", "said", "Harbour Union officials", None, "not named"),
        ("Kessian police said it rains.", "said", "Kessian police", None, "not named"),
        ("I said it rains.", "said", "I", None, "the writer or the one who is asked"),
        ("He said it rains.", "said", "He", None, "not told"),
        (
            "Tomas Okello came. Okello said it rains.",
            "said",
            "Okello",
            "Tomas Okello",
            "Okello = Tomas Okello",
        ),
        ("The driver said it rains.", "said", "The driver", None, "“The driver” is not named"),
        ("The Okello campaign said it rains.", "said", "The Okello campaign", None, "not named"),
        ("Tomas Okello came. OKELLO: it rains.", ":", "OKELLO", "Tomas Okello", "OKELLO = Tomas Okello"),
        (
            "The Harbour Union met. The union said it rains.",
            "said",
            "The union",
            "Harbour Union",
            "of that kind",
        ),
        ("Mayor Tomas Okello came. The mayor said it rains.", "said", "The mayor", "Tomas Okello", "Mayor"),
        ("An aide at the Harbour Union, who said it rains", "said", "who", None, "not told"),
    ],
)
def test_the_source_decides_the_speaker(
    text: str, cue: str, source: str, speaker: str | None, reason: str
) -> None:
    quote = said(text, content="it rains", cue=cue, source=source)
    assert quote.speaker == speaker
    assert reason in quote.reason


def test_nobody_is_named_when_nobody_is() -> None:
    quote = said("It was said that it rains.", content="that it rains", cue="was said", source="")
    assert quote.speaker is None
    assert quote.reason == "‘was said’ stands before; the text names no speaker"


def test_a_colon_is_told_as_a_colon() -> None:
    quote = said("Ada Lindqvist: it rains", content="it rains", cue=":", source="Ada Lindqvist")
    assert quote.reason.startswith("“:” stands before it")
