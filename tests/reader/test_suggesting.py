"""Who may be the same person: with a reason, never by a surname alone, never whom a document keeps apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.document import Block, Document, Span
from reader.library import Library
from reader.merging import Said, merged, refused
from reader.model import Analysis, Entity, Label, Mention
from reader.suggesting import suggestions

Names = tuple[str, ...]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = Library.open(tmp_path / "library.sqlite", backups=tmp_path / "backups")
    yield made
    made.close()


def add(library: Library, *people: Names, label: Label = Label.PERSON) -> None:
    """Put an article in that names these people, each by their names, the full one first."""
    text = f"Article {library.count() + 1} is here."
    document = Document(text, (Block(Span(0, len(text))),), source=f"/{library.count()}")
    found = Analysis(
        tuple(Mention(Span(0, 7), label, each[0]) for each in people),
        entities=tuple(Entity(each[0], label, each[1:]) for each in people),
        model="m",
    )
    id = library.add_document(document).id
    library.save_analysis(id, found, text_hash=document.text_hash)


def told(library: Library, name: str) -> dict[str, str]:
    return {each.person.name: each.reason for each in suggestions(library, name)}


@pytest.mark.parametrize(
    ("articles", "name", "expected"),
    [
        (
            [[("Nané Annan",)], [("nane annan",)]],
            "Nané Annan",
            {"nane annan": "the same name but for accents, capitals or marks"},
        ),
        (
            [[("Kofi Annan", "Annan")], [("Kofi Annan", "Annan")], [("Annan",)]],
            "Kofi Annan",
            {"Annan": "“Annan” is another name of “Kofi Annan” in 2 articles"},
        ),
        (
            [[("Kofi Annan", "Annan")], [("Annan",)]],
            "Annan",
            {"Kofi Annan": "“Annan” is another name of “Kofi Annan” in an article"},
        ),
        ([[("Kofi Annan",)], [("Annan",)]], "Kofi Annan", {}),  # a surname alone
        ([[("Kofi Annan", "Annan")], [("Nané Annan",)], [("Annan",)]], "Annan", {}),  # of two people
        ([[("Kofi Annan", "Annan")], [("Kojo Annan", "Annan")], [("Annan",)]], "Kofi Annan", {}),
        (
            [[("Kofi Annan", "Annan")], [("K. Annan",)], [("Annan",)]],  # who may be the same again
            "Annan",
            {"Kofi Annan": "“Annan” is another name of “Kofi Annan” in an article"},
        ),
        (
            [[("Kofi Annan",)], [("K. Annan",)]],
            "K. Annan",
            {"Kofi Annan": "“K. Annan” can be short for “Kofi Annan”"},
        ),
        (
            [[("Kofi Annan",)], [("K. Annan",)]],
            "Kofi Annan",
            {"K. Annan": "“K. Annan” can be short for “Kofi Annan”"},
        ),
        ([[("Kofi Annan",)], [("Kojo Annan",)], [("K. Annan",)]], "Kofi Annan", {}),  # whose initial?
        ([[("Kofi Annan",)], [("Kojo Annan",)]], "Kofi Annan", {}),
        ([[("Kofi Annan",), ("K. Annan",)]], "Kofi Annan", {}),  # one article names both
        (
            [[("Kofi Annan", "Annan"), ("Nané Annan",)], [("Kofi Annan", "Annan")], [("Annan",)]],
            "Annan",
            {},
        ),
        (
            [[("Rodrigo Chaves",)], [("Rodrigo Chaves Robles",)]],
            "Rodrigo Chaves",
            {"Rodrigo Chaves Robles": "“Rodrigo Chaves” can be short for “Rodrigo Chaves Robles”"},
        ),
        (
            [[("Mr Kofi Annan",)], [("Kofi Annan",)]],
            "Kofi Annan",
            {"Mr Kofi Annan": "the same name but for a title"},
        ),
        (
            [[("Muammar Gaddafi",)], [("Muammar Gadafi",)]],
            "Muammar Gaddafi",
            {"Muammar Gadafi": "two ways to write the same name"},
        ),
        (
            [[("Ada Quill", "Countess Lovelace")], [("Countess Lovelace Byron",)], [("Ada Byron",)]],
            "Ada Quill",
            {},
        ),
        ([[("Ada Quill",)]], "Nobody", {}),
    ],
)
def test_who_may_be_the_same_and_why(
    library: Library, articles: list[list[Names]], name: str, expected: dict[str, str]
) -> None:
    for people in articles:
        add(library, *people)
    assert told(library, name) == expected


def test_a_person_is_no_body_with_a_like_name(library: Library) -> None:
    add(library, ("Kofi Annan",))
    add(library, ("K. Annan",), label=Label.ORG)
    assert told(library, "Kofi Annan") == {}


def test_what_was_refused_is_not_suggested_again_even_when_the_names_mean_others(library: Library) -> None:
    for name in ("Kofi Annan", "K. Annan", "Kofi A. Annan"):
        add(library, (name,))
    assert set(told(library, "Kofi Annan")) == {"K. Annan", "Kofi A. Annan"}
    no = refused("Kofi Annan", "K. Annan", action="refuse")
    library.apply(no)
    assert set(told(library, "Kofi Annan")) == {"Kofi A. Annan"}
    one = merged(
        Said(library.identities(), library.distinctions()),
        ["Kofi Annan", "Kofi A. Annan"],
        "Kofi A. Annan",
        action="merge",
    )
    library.apply(one)
    assert told(library, "Kofi A. Annan") == {}
    library.apply(one.inverse)
    library.apply(no.inverse)
    assert set(told(library, "Kofi Annan")) == {"K. Annan", "Kofi A. Annan"}
