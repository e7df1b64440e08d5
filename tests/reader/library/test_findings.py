"""The machine's layer: kept whole by text and model, replaced whole, and apart from what a person made."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.document import Document, Span
from reader.errors import Conflict
from reader.library import Library
from reader.model import Analysis, Change, Entity, Highlight, Label, Mention, Note, Quote, QuoteKind, Tag

anything = st.text(st.characters(codec=None, categories=None, exclude_categories=()), max_size=20)
spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda ends: Span(min(ends), max(ends)))
pieces = st.lists(spans, max_size=3).map(tuple)
labels = st.sampled_from(Label)
analyses = st.builds(
    Analysis,
    st.lists(st.builds(Mention, spans, labels, anything, anything), max_size=4).map(tuple),
    st.lists(
        st.builds(
            Quote,
            st.sampled_from(QuoteKind),
            pieces,
            pieces,
            pieces,
            pieces,
            st.none() | anything,
            anything,
        ),
        max_size=3,
    ).map(tuple),
    st.lists(
        st.builds(Entity, anything, labels, st.lists(anything, max_size=3).map(tuple), anything), max_size=3
    ).map(tuple),
    anything,
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(analysis=analyses)
def test_an_analysis_comes_back_as_it_went_in(
    library: Library, document: Document, analysis: Analysis
) -> None:
    id = library.add_document(document).id
    library.save_analysis(id, analysis, text_hash=document.text_hash)
    assert library.analysis(id, text_hash=document.text_hash) == analysis


def test_an_analysis_is_by_text_and_by_model(library: Library, document: Document) -> None:
    id = library.add_document(document).id
    assert library.analysis(id, text_hash=document.text_hash) is None
    library.save_analysis(id, Analysis(model="en 1"), text_hash=document.text_hash)
    assert library.analysis(id, text_hash=document.text_hash, model="en 1") == Analysis(model="en 1")
    assert library.analysis(id, text_hash=document.text_hash, model="en 2") is None
    assert library.analysis(id, text_hash="another") is None


def test_an_analysis_knows_which_corrections_are_in_it(library: Library, document: Document) -> None:
    id = library.add_document(document).id
    library.save_analysis(id, Analysis(), text_hash=document.text_hash)
    assert library.analysis(id, text_hash=document.text_hash, corrected="") == Analysis()
    assert library.analysis(id, text_hash=document.text_hash, corrected="ab") is None
    library.save_analysis(id, Analysis(model="m"), text_hash=document.text_hash, corrected="ab")
    assert library.analysis(id, text_hash=document.text_hash, corrected="ab") == Analysis(model="m")
    assert library.analysis(id, text_hash=document.text_hash) == Analysis(model="m")
    assert library.analysis(id, text_hash=document.text_hash, corrected="") is None


def test_findings_in_a_text_that_is_not_there_are_refused(library: Library, document: Document) -> None:
    id = library.add_document(document).id
    with pytest.raises(Conflict):
        library.save_analysis(id, Analysis(), text_hash="another")


def test_analysing_again_never_changes_what_a_person_did(
    library: Library, document: Document, highlight: Highlight, tmp_path: Path
) -> None:
    id = highlight.document_id
    library.apply(Change("add", after=(Tag("claim"), highlight, Note(id, "Look again.", ("claim",)))))

    def persons() -> str:
        connection = sqlite3.connect(tmp_path / "library.sqlite")
        tables = {"highlight", "note", "tag", "highlight_tag", "note_tag", "change"}
        kept = [line for line in connection.iterdump() if any(f'INSERT INTO "{t}"' in line for t in tables)]
        connection.close()
        assert len(kept) == 5
        return "\n".join(kept)

    before = persons()
    for number in range(3):
        mention = Mention(Span(number, 9), Label.ORG, "Harbour Post")
        library.save_analysis(id, Analysis((mention,), model=f"m {number}"), text_hash=document.text_hash)
    assert persons() == before
