"""Taking a document in: highlights follow their words into a changed text, and are never put elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reader.anchoring import describe
from reader.document import Block, Document, Span
from reader.intake import as_it_stands, place_in, take_in
from reader.library import Library
from reader.model import Change, Highlight, Note, ReadingPlace

WORDS = "the harbour wall had been built without any plan"
TEXT = f"Last year the council found that {WORDS}, and asked an engineer to look at every stone of it again."


def article(text: str) -> Document:
    return Document(text, (Block(Span(0, len(text))),), source="/nowhere/wall.txt")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "library.sqlite", backups=tmp_path / "backups")
    yield library
    library.close()


@pytest.fixture
def highlight(library: Library) -> Highlight:
    """A highlight of WORDS, in the library."""
    taken = take_in(library, article(TEXT))
    assert (taken.outcome, taken.lost) == ("new", ())
    start = TEXT.index(WORDS)
    anchor = describe(taken.document, Span(start, start + len(WORDS)))
    highlight = Highlight(taken.document_id, anchor, note="Why?")
    library.apply(Change("add a highlight", after=(highlight,)))
    return highlight


def test_the_same_text_again_changes_nothing(library: Library, highlight: Highlight) -> None:
    assert take_in(library, article(TEXT)).outcome == "known"
    assert library.highlights(highlight.document_id) == [highlight]


def test_a_highlight_moves_with_its_words(library: Library, highlight: Highlight) -> None:
    changed = article("A new beginning. " + TEXT)
    taken = take_in(library, changed)
    assert (taken.document_id, taken.outcome, taken.lost) == (highlight.document_id, "changed", ())
    (moved,) = library.highlights(highlight.document_id)
    assert moved.anchor.span == highlight.anchor.span.shifted(17)
    assert moved.anchor.text_hash == changed.text_hash
    assert replace(moved, anchor=highlight.anchor) == highlight, "all else is as it was"


def test_a_highlight_whose_words_are_gone_is_lost_and_kept(library: Library, highlight: Highlight) -> None:
    taken = take_in(library, article("Nothing of that is said in this version of the article."))
    assert taken.lost == (highlight,)
    assert library.highlights(highlight.document_id) == [highlight]
    assert take_in(library, article(TEXT)).lost == (), "found again when the words are back"


def test_a_highlight_whose_words_changed_keeps_what_it_was_made_on(
    library: Library, highlight: Highlight
) -> None:
    take_in(library, article(TEXT.replace("without any plan", "without a plan")))
    assert library.highlights(highlight.document_id) == [highlight]


def test_a_change_is_made_from_where_its_highlight_stands_now(library: Library, highlight: Highlight) -> None:
    take_in(library, article("A new beginning. " + TEXT))
    (moved,) = library.highlights(highlight.document_id)
    note = Note(highlight.document_id, "On the whole.")
    edited = replace(highlight, note="Since when?")
    change = as_it_stands(library, Change("edit", before=(highlight,), after=(edited, note)))
    assert change.before == (moved,)
    assert change.after == (replace(edited, anchor=moved.anchor), note)
    library.apply(change)


def test_a_place_goes_with_its_words_into_another_text() -> None:
    before = article(TEXT)
    place = ReadingPlace(TEXT.index("the harbour wall"), 0.3)
    assert place_in(before, place, before=before) is place
    assert place_in(article("Home, Sport. " + TEXT), place, before=before).offset == place.offset + 13
    assert place_in(article("Home, Sport. " + TEXT), ReadingPlace(), before=before) == ReadingPlace()
    elsewhere = place_in(article("Nothing of that." * 3), place, before=before)
    assert elsewhere.offset == round(place.offset * 48 / len(TEXT)), "as far through"
