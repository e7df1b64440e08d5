"""A small library to search."""

from __future__ import annotations

import pytest

from reader.document import Span
from reader.library import Library
from reader.model import (
    Analysis,
    Anchor,
    Change,
    Entity,
    Highlight,
    Label,
    Mention,
    Note,
    Quote,
    QuoteKind,
)
from tests.reader.library.search.articles import made


@pytest.fixture
def filled(library: Library) -> Library:
    """Three articles: one with notes and tags, one with findings."""
    pier, tide, _ = library.add_documents(
        [
            made(
                "The old pier will stand. The pier is stone.", "Harbour", byline="Émile Roe", date="2021-03"
            ),
            made(
                "“The tide is rising,” said Ada Quill. Naïve folk.", "Tide", site="Harbour Post", date="2020"
            ),
            made("Nothing here but bread.", "Bread"),
        ]
    )
    text = library.document(pier.id)
    assert text is not None
    anchor = Anchor(Span(4, 12), "old pier", text_hash=text.text_hash)
    library.apply(
        Change(
            "add",
            after=(
                Highlight(pier.id, anchor, note="Ask the mayor about bread", tags=("Claim/Weak",)),
                Note(pier.id, "A café nearby", tags=("place",)),
            ),
        )
    )
    other = library.document(tide.id)
    assert other is not None
    said = Quote(QuoteKind.DIRECT, (Span(1, 19),), speaker="Ada Quill")
    found = Analysis(
        (Mention(Span(27, 36), Label.PERSON, "Ada Quill"),),
        (said,),
        (Entity("Ada Quill", Label.PERSON, ("Quill",)),),
        "m 1",
    )
    library.save_analysis(tide.id, found, text_hash=other.text_hash)
    return library
