"""An article with everything that a report can hold."""

from __future__ import annotations

import pytest

from reader.document import Block, Document, Metadata, Span
from reader.model import Analysis, Anchor, Colour, Highlight, Label, Mention, Note, Quote, QuoteKind, Report
from reader.reports import build

TEXT = 'The pier will "stand", said Ada Quill. Ada Quill and Bo Lund left. Nobody knew that it fell.'


@pytest.fixture
def document() -> Document:
    known = Metadata("The pier", "Émile Roe", "2021-03-14", "Harbour Post")
    return Document(TEXT, (Block(Span(0, len(TEXT))),), known, source="/nowhere/pier.txt")


@pytest.fixture
def report(document: Document) -> Report:
    def at(words: str, after: int = 0) -> Span:
        start = TEXT.index(words, after)
        return Span(start, start + len(words))

    ada, bo = at("Ada Quill"), at("Bo Lund")
    analysis = Analysis(
        (
            Mention(bo, Label.PERSON, "Bo Lund"),
            Mention(ada, Label.PERSON, "Ada Quill"),
            Mention(at("Ada Quill", ada.end), Label.PERSON, "Ada Quill"),
            Mention(at("pier"), Label.FAC, "the pier"),
            Mention(at("it"), Label.CARDINAL, "one"),
        ),
        (
            Quote(QuoteKind.INDIRECT, (at("it fell"),), cue=(at("knew"),), reason="nobody is named"),
            Quote(
                QuoteKind.MIXED,
                (Span(0, 21),),
                (at("stand"),),
                (at("said"),),
                (ada,),
                "Ada Quill",
                "‘said’ follows",
            ),
        ),
    )
    later = Highlight(1, Anchor(at("left"), "left"), Colour.PINK)
    first = Highlight(1, Anchor(at("The pier"), "The pier"), Colour.BLUE, "Which?\nAsk.", ("claim", "pier"))
    gone = Highlight(1, Anchor(Span(0, 3), "was it so"), note="lost?")
    notes = (Note(1, "Read again.", ("method",), created="2"), Note(1, "Read.", created="1"))
    return build(
        document,
        analysis=analysis,
        highlights=(later, first),
        notes=notes,
        lost=(gone,),
        tags=("essay", "sea/wall"),
    )
