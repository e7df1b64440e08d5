"""The whole analysis, with a made-up model and its rules."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.analysis import Pipeline, analyse
from reader.document import Block, BlockKind, Document, Metadata, Span
from reader.model import Label, Quote, QuoteKind


def document(text: str, *, kind: BlockKind = BlockKind.PARAGRAPH) -> Document:
    blocks, at = [], 0
    for part in text.split("\n\n"):
        if part:
            blocks.append(Block(Span(at, at + len(part)), kind))
        at += len(part) + 2
    return Document(text, tuple(blocks))


def quotes_of(text: str, made_up: Pipeline) -> list[Quote]:
    return list(analyse(document(text), pipeline=made_up).quotes)


def test_names_get_their_full_name_and_type(made_up: Pipeline) -> None:
    text = "Ada Lindqvist came to Brenholm.\n\nOn Monday Lindqvist left."
    analysis = analyse(document(text), pipeline=made_up)
    assert [(m.span.of(text), m.label, m.name) for m in analysis.mentions] == [
        ("Ada Lindqvist", Label.PERSON, "Ada Lindqvist"),
        ("Brenholm", Label.GPE, "Brenholm"),
        ("Monday", Label.DATE, "Monday"),
        ("Lindqvist", Label.PERSON, "Ada Lindqvist"),
    ]
    assert analysis.model == "made-up 1"
    assert [entity.name for entity in analysis.entities] == ["Ada Lindqvist", "Brenholm"]


@pytest.mark.parametrize(
    ("date", "dateline", "values"),
    [
        ("2021-03-14", "", ["2021-03-08", "2021-03-15", "T09:30"]),
        ("", "BRENHOLM, 14 March 2021 (AB) - ", ["2021-03-14", "2021-03-08", "2021-03-15", "T09:30"]),
        ("", "", ["", "", "T09:30"]),
    ],
)
def test_dates_and_times_have_values(date: str, dateline: str, values: list[str], made_up: Pipeline) -> None:
    text = f"{dateline}Okello left on Monday. Lindqvist will come on Monday at 9:30 a.m."
    dated = replace(document(text), metadata=Metadata(date=date))
    found = analyse(dated, pipeline=made_up).mentions
    assert [m.value for m in found if m.label in (Label.DATE, Label.TIME)] == values
    assert not any(m.value for m in found if m.label is Label.PERSON)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ada Lindqvist came. “We stay here,” Lindqvist said.", "Ada Lindqvist"),
        ("Ada Lindqvist came. “We stay here,” said Lindqvist.", "Ada Lindqvist"),
        ("Ada Lindqvist came. She said: “We stay here.”", "Ada Lindqvist"),
        ("Mayor Ada Lindqvist came. “We stay here,” the mayor said.", "Ada Lindqvist"),
        ("“We stay,” a security source said.", None),
        ("“We stay,” the report said.", None),
        ("“We stay,” said the Northern Water Council.", "Northern Water Council"),
    ],
)
def test_the_speaker_is_the_full_name_or_nobody(text: str, speaker: str | None, made_up: Pipeline) -> None:
    (quote,) = quotes_of(text, made_up)
    assert quote.speaker == speaker
    assert quote.kind is QuoteKind.DIRECT
    assert quote.reason


def test_the_reason_tells_cue_and_name(made_up: Pipeline) -> None:
    (quote,) = quotes_of("Ada Lindqvist came. “We stay here,” she said.", made_up)
    assert quote.reason.startswith("‘said’ follows; she = Ada Lindqvist")


def test_reported_speech_is_found_by_rule(made_up: Pipeline) -> None:
    text = "Okello said that the dam would go."
    (quote,) = quotes_of(text, made_up)
    assert quote.kind is QuoteKind.INDIRECT
    assert [span.of(text) for span in quote.content] == ["that the dam would go"]


def test_according_to_stands_after_what_is_said(made_up: Pipeline) -> None:
    text = "The dam would go, according to Okello."
    (quote,) = quotes_of(text, made_up)
    assert [span.of(text) for span in quote.content] == ["The dam would go"]
    assert quote.speaker == "Okello"


def test_a_dropped_cue_keeps_the_speaker_of_the_moment(made_up: Pipeline) -> None:
    text = "“We stay here,” said Tomas Okello.\n\n“And we shall not leave before the dam is safe.”"
    first, second = quotes_of(text, made_up)
    assert first.speaker == second.speaker == "Tomas Okello"
    assert second.source == ()


def test_the_speaker_of_a_long_quotation_may_come_last(made_up: Pipeline) -> None:
    text = "“The committee will meet again and again.\n\n“And then we shall see,” Tomas Okello said."
    (quote,) = quotes_of(text, made_up)
    assert quote.speaker == "Tomas Okello"
    assert len(quote.quoted) == 2


def test_code_is_not_read(made_up: Pipeline) -> None:
    analysis = analyse(document("Ada Lindqvist", kind=BlockKind.CODE), pipeline=made_up)
    assert analysis.mentions == ()


def test_progress_is_told(made_up: Pipeline) -> None:
    told: list[tuple[int, int]] = []
    analyse(document("One.\n\nTwo."), pipeline=made_up, progress=lambda done, all_: told.append((done, all_)))
    assert told == [(2, 2)]


def test_an_empty_document_has_nothing(made_up: Pipeline) -> None:
    analysis = analyse(Document("", ()), pipeline=made_up)
    assert (analysis.mentions, analysis.quotes, analysis.entities) == ((), (), ())


def test_importing_the_package_does_not_import_spacy() -> None:
    code = "import sys, reader.analysis.worker; print(*(x in sys.modules for x in ('spacy', 'numpy')))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False", "False"]


WORDS = st.sampled_from(
    [
        "Ada Lindqvist",
        "Okello",
        "said",
        "“",
        "”",
        '"',
        "'",
        " ",
        ".",
        "\n\n",
        "𝄞",
        "e\u0301",
        "שלום",
        "\ud800",
        "\x00",
        "我们",
        "12%",
        "NWC",
        "(NWC)",
        ":",
        "—",
        "she",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.lists(WORDS, max_size=40).map("".join), st.text(max_size=120)))
def test_every_span_lies_in_its_text(made_up: Pipeline, text: str) -> None:
    analysis = analyse(document(text), pipeline=made_up)
    spans = [mention.span for mention in analysis.mentions]
    assert all(span.of(text).strip() and span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    for quote in analysis.quotes:
        assert quote.content
        for span in (*quote.content, *quote.quoted, *quote.cue, *quote.source):
            assert span.end <= len(text)


def test_a_monstrous_paragraph_is_cut_without_moving_anything(made_up: Pipeline) -> None:
    text = ("x" * 900 + " Ada Lindqvist came and “went away to see the sea again”, Okello said. ") * 40
    analysis = analyse(document(text), pipeline=made_up)
    people = [mention.span.of(text) for mention in analysis.mentions if mention.label is Label.PERSON]
    assert people == ["Ada Lindqvist", "Okello"] * 40
    assert len(analysis.quotes) == 40
