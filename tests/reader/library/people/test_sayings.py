"""Who said what, across the library: by any name of a person, in the order of time."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from reader.document import Block, Document, Metadata, Span
from reader.errors import QueryError
from reader.library import Library
from reader.model import Analysis, Anchor, Change, Details, Entity, Highlight, Label, Mention, Note, Quote
from reader.model import QuoteKind as Kind


def add(library: Library, text: str, date: str, speaker: str, *aliases: str) -> int:
    """Put an article in of which the first and the last word are said by a speaker."""
    document = Document(
        text, (Block(Span(0, len(text))),), Metadata(title=f"Of {date}", date=date), source=f"/{date}.txt"
    )
    id = library.add_document(document).id
    first, last = Span(0, text.index(" ")), Span(text.rindex(" ") + 1, len(text))
    found = Analysis(
        (Mention(first, Label.PERSON, speaker),),
        (Quote(Kind.MIXED, (first, last), speaker=speaker, reason="the subject"),),
        (Entity(speaker, Label.PERSON, aliases),),
        "m 1",
    )
    library.save_analysis(id, found, text_hash=document.text_hash)
    return id


@pytest.fixture
def filled(library: Library) -> Library:
    add(library, "Peace is for all of us", "2001-04", "Kofi Annan", "Annan", "Mr Annan")
    add(library, "War is no answer", "1999", "Kofi Annan")
    add(library, "Bread is dear", "2003", "Nané Annan")
    add(library, "Cheese is dearer", "2004", "José García Márquez", "Gabo")
    return library


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kofi Annan", ["Kofi Annan"]),
        ("KOFI  ANNAN", ["Kofi Annan"]),
        ("annan", ["Kofi Annan", "Nané Annan"]),
        ("nane annan", ["Nané Annan"]),
        ("jose garcia marquez", ["José García Márquez"]),
        ("garcía márquez", ["José García Márquez"]),
        ("marquez", ["José García Márquez"]),
        ("gabo", ["José García Márquez"]),
        ("mr annan", ["Kofi Annan"]),
        ("kofi", []),
        ("nan", []),
        ("", []),
        ('" OR *', []),
    ],
)
def test_who_goes_by_a_name(filled: Library, name: str, expected: list[str]) -> None:
    assert filled.speakers(name) == expected


def test_what_was_said_comes_in_the_order_of_time_with_its_place(filled: Library) -> None:
    said = filled.sayings(filled.speakers("annan"))
    assert [(each.date, each.speaker, each.content) for each in said] == [
        ("1999", "Kofi Annan", "War … answer"),
        ("2001-04", "Kofi Annan", "Peace … us"),
        ("2003", "Nané Annan", "Bread … dear"),
    ]
    assert (said[0].title, said[0].path, said[0].kind, said[0].start, said[0].end) == (
        "Of 1999",
        "/1999.txt",
        "mixed",
        0,
        16,
    )


def test_what_was_said_about_something(filled: Library) -> None:
    speakers = filled.speakers("annan")
    assert [each.date for each in filled.sayings(speakers, about="peace OR BREAD")] == ["2001-04", "2003"]
    with pytest.raises(QueryError):
        filled.sayings(speakers, about="by:me")


def test_a_date_that_a_person_gave_counts(filled: Library) -> None:
    filled.apply(Change("edit", after=(Details(1, date="1990"),)))  # what was found depends on the date
    add(filled, "Peace is for all of us", "2001-04", "Kofi Annan")
    assert [each.date for each in filled.sayings(["Kofi Annan"])] == ["1990", "1999"]


def test_who_is_no_longer_quoted_is_not_named(filled: Library) -> None:
    document = filled.document(3)
    assert document is not None
    filled.save_analysis(3, Analysis(), text_hash=document.text_hash)
    assert filled.speakers("annan") == ["Kofi Annan"]


def test_the_views_can_be_read_by_hand(filled: Library, tmp_path: Path) -> None:
    anchor = Anchor(Span(0, 5), "Peace")
    filled.apply(
        Change("add", after=(Highlight(1, anchor, note="Yes", tags=("a", "b")), Note(1, "All", tags=("c",))))
    )
    by_hand = sqlite3.connect(tmp_path / "library.sqlite")
    try:
        assert by_hand.execute(
            "select speaker, date, document, words, kind from quotes_by_person where speaker = 'Nané Annan'"
        ).fetchall() == [("Nané Annan", "2003", "Of 2003", "Bread … dear", "mixed")]
        assert by_hand.execute("select document, note, passage, tags from notes_full").fetchall() == [
            ("Of 2001-04", "Yes", "Peace", "a, b"),
            ("Of 2001-04", "All", "", "c"),
        ]
        assert by_hand.execute(
            "select name, label, words, document from mentions_full where date = '2004'"
        ).fetchall() == [("José García Márquez", "PERSON", "Cheese", "Of 2004")]
    finally:
        by_hand.close()
