"""Names of people: their parts, and whether two can be one person's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.persons import compatible, is_doubtful, person_parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Dr. Ada Lindqvist's", ["Ada", "Lindqvist"]),
        ("Tomas Okello Jr.", ["Tomas", "Okello"]),
        ("Mr Okello", ["Okello"]),
        ("Sen. Ada Lindqvist", ["Ada", "Lindqvist"]),
        ("Tan Sri Wei Loh", ["Wei", "Loh"]),
        ("Tan Sri", ["Tan", "Sri"]),
        ("Datuk Seri Omar Rashid", ["Omar", "Rashid"]),
        ("Ada Lindqvist 10", ["Ada", "Lindqvist"]),
    ],
)
def test_titles_endings_and_numbers_are_no_part_of_a_name(text: str, parts: list[str]) -> None:
    assert person_parts(text) == parts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada B. Lindqvist", "A. Lindqvist"),
        ("Álvaro Muñoz", "Alvaro Munoz"),
        ("Shane O’Dell", "Shane O'Dell"),
        ("Mike Okello", "Michael Okello"),
        ("Rodrigo Salas", "Rodrigo Salas Pinto"),
        ("Olena Zelenska", "Olena Zelenskaya"),
        ("Terrence Okello", "Terence Okello"),
    ],
)
def test_spellings_of_one_person(one: str, other: str) -> None:
    assert compatible(one.split(), other.split())
    assert compatible(other.split(), one.split())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Rice", "Tomas Rice"),
        ("Bill Okello", "Mary Okello"),
        ("Anna Rice", "Anne Rice"),
        ("Abdullah bin Omar", "Abdullah bin Rashid"),
        ("Ada Rice", "Tomas Okello Meets Ada Rice"),
        ("Rice", "Ada Rice"),
    ],
)
def test_two_people_stay_two(one: str, other: str) -> None:
    assert not compatible(one.split(), other.split())


def test_a_headline_is_no_trusted_name() -> None:
    assert is_doubtful("Ada Lindqvist Meets Tomas Okello")
    assert not is_doubtful("Omar bin Khalid Al Rashid")


@given(st.text(), st.text())
def test_any_text_has_parts_and_the_order_of_two_names_does_not_matter(one: str, other: str) -> None:
    a, b = person_parts(one), person_parts(other)
    assert all(part.strip() and any(char.isalpha() for char in part) for part in a)
    assert compatible(a, b) == compatible(b, a)
