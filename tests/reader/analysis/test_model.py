"""The shipped model, on sentences of our own."""

from __future__ import annotations

import pytest

from reader.analysis import Pipeline, analyse, model_version
from reader.document import Block, Document, Span
from reader.model import Label, QuoteKind

pytestmark = pytest.mark.model

ARTICLE = (
    "Foreign Minister Amina Mohamed said on Monday that Kenya would keep its border with Somalia open.",
    "“We have nothing to hide,” Mohamed told reporters in Nairobi.",
    "She added that the African Union had promised to help.",
)


@pytest.fixture(scope="module")
def shipped() -> Pipeline:
    return Pipeline.load()


def test_its_name_is_known_before_it_is_loaded(shipped: Pipeline) -> None:
    assert shipped.name == model_version() != ""


def test_a_short_article_is_read_as_a_person_reads_it(shipped: Pipeline) -> None:
    text = "\n\n".join(ARTICLE)
    starts = [text.index(part) for part in ARTICLE]
    blocks = tuple(Block(Span(at, at + len(part))) for at, part in zip(starts, ARTICLE, strict=True))
    analysis = analyse(Document(text, blocks), pipeline=shipped)
    names = {(mention.label, mention.name) for mention in analysis.mentions}
    assert {(Label.PERSON, "Amina Mohamed"), (Label.GPE, "Kenya"), (Label.GPE, "Nairobi")} <= names
    assert [quote.speaker for quote in analysis.quotes] == ["Amina Mohamed"] * 3
    assert [quote.kind for quote in analysis.quotes] == [
        QuoteKind.INDIRECT,
        QuoteKind.DIRECT,
        QuoteKind.INDIRECT,
    ]
    assert [span.of(text) for span in analysis.quotes[1].quoted] == ["We have nothing to hide,"]
