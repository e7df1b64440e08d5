"""What is shown of the documents found: where they match, in which order, a page at a time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.document import Span
from reader.library import Library
from reader.library.search.matching import MOST_WEIGHED
from reader.library.search.searching import snippet
from reader.model import (
    Analysis,
    Change,
    Entity,
    Label,
    Note,
    Quote,
    QuoteKind,
)
from tests.reader.library.search.articles import fresh, made


@pytest.mark.parametrize(
    ("query", "kind", "words", "snippet"),
    [
        ("stone", "text", "stone", "The old pier will stand. The pier is stone."),
        ("mayor", "note", "old pier", "Ask the mayor about bread"),
        ("cafe", "note", "", "A café nearby"),
        ("tag:claim", "tag", "old pier", "Claim/Weak"),
        ("said:rising", "quotation", "The tide is rising", "The tide is rising"),
        ("in:person ada", "person", "Ada Quill", "Ada Quill"),
        ("in:title tide", "title", "", "Tide"),
        ("by:roe", "title", "", "Émile Roe"),
        ("date:2020", "title", "", "Tide"),
    ],
)
def test_where_it_matches(filled: Library, query: str, kind: str, words: str, snippet: str) -> None:
    (found,) = filled.search(query)
    document = filled.document(found.document_id)
    assert document is not None
    hit = next(each for each in found.hits if each.kind == kind)
    assert (document.text[hit.start : hit.end], hit.snippet) == (words, snippet)


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("pier in:text", [("text", ["pier", "pier"])]),
        ('"old pier" stone', [("highlight", ["old pier"]), ("text", ["old pier", "stone"])]),
        ("said:rising", [("quotation", ["rising"])]),
        ("by:roe", [("title", ["Roe"])]),
    ],
)
def test_the_words_that_matched_are_told(filled: Library, query: str, marked: list[object]) -> None:
    (found,) = filled.search(query)
    assert [
        (hit.kind, [hit.snippet[mark.start : mark.end] for mark in hit.marks]) for hit in found.hits
    ] == marked


@settings(max_examples=60)
@given(st.text("a \n\t\ufffc😀", max_size=200), st.text("b \n", max_size=300), st.integers(1, 3))
def test_marks_are_where_the_words_are(before: str, after: str, count: int) -> None:
    words = f"{before} " + "pier  " * count + after
    spans = [Span(each.start(), each.end()) for each in re.finditer("pier", words)]
    line, marks = snippet(words, spans)
    assert marks
    assert {line[mark.start : mark.end] for mark in marks} == {"pier"}
    assert "\n" not in line


def test_every_place_in_a_text_is_told(filled: Library) -> None:
    document = filled.document(1)
    assert document is not None
    found = filled.places("pier tag:claim NOT bread", 1)
    assert [document.text[span.start : span.end] for span in found] == ["pier", "pier"]
    assert filled.places("tag:claim", 1) == filled.places("zebra", 1) == ()


def test_the_matches_of_a_text_are_counted_and_a_quotation_around_one_is_shown(filled: Library) -> None:
    (found,) = filled.search("pier in:text")
    assert [(hit.kind, hit.count) for hit in found.hits] == [("text", 2)]
    (found,) = filled.search("rising")
    assert [hit.kind for hit in found.hits] == ["quotation", "text"]


def test_pages_follow_one_another(library: Library) -> None:
    library.add_documents(made("pier " * (1 + n % 3) + str(n), f"T{n}") for n in range(9))
    whole = [each.document_id for each in library.search("pier", limit=None)]
    paged = [library.search("pier", offset=at, limit=2) for at in range(0, 10, 2)]
    assert [each.document_id for page in paged for each in page] == whole
    assert len(set(whole)) == 9


def test_words_of_much_of_the_library_are_in_order_of_the_newest(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_WEIGHED > 5
    monkeypatch.setattr("reader.library.search.matching.MOST_WEIGHED", 5)
    library.add_documents(made(f"pier {n}", "Pier" if n == 3 else f"T{n}") for n in range(9))
    order = [each.document_id for each in library.search("pier", limit=None)]
    assert order == [4, 9, 8, 7, 6, 5, 3, 2, 1]
    paged = [library.search("pier", offset=at, limit=4) for at in (0, 4, 8)]
    assert [each.document_id for page in paged for each in page] == order


def test_half_a_surrogate_pair_breaks_nothing(library: Library) -> None:
    text = "half \ud800 pier 😀 stone"
    id = library.add_document(made(text, "T\ud800", byline="B\udfff")).id
    library.apply(Change("add", after=(Note(id, "note \ud800 mark", tags=("t\ud800 ag",)),)))
    said = Quote(QuoteKind.DIRECT, (Span(5, 11),), speaker="Ada \ud800")
    found = Analysis((), (said,), (Entity("Ada \ud800", Label.PERSON, ("Bee \ud800",)),))
    document = library.document(id)
    assert document is not None
    library.save_analysis(id, found, text_hash=document.text_hash)
    for query in ("stone", "mark", "ag", "said:pier", "ada", "by:b", "\ud800 stone"):
        (match,) = library.search(query)
        assert match.hits
    hit = library.search("stone")[0].hits[-1]
    assert text[hit.start : hit.end] == "stone"
    assert [each.content for each in library.sayings(library.speakers("ada"))] == ["\ud800 pier"]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=()), max_size=40), st.text(max_size=300))
def test_places_count_code_points(tmp_path: Path, before: str, after: str) -> None:
    library = fresh(tmp_path)
    try:
        text = f"{before} pier {after}"
        document = library.document(library.add_document(made(text, "T")).id)
        assert document is not None
        (found,) = library.search("PIER")
        hit = found.hits[-1]
        assert (hit.kind, document.text[hit.start : hit.end].casefold()) == ("text", "pier")
    finally:
        library.close()
