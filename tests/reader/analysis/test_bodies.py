"""Names of bodies and places: spellings and short forms."""

from __future__ import annotations

import pytest

from reader.analysis.bodies import acronym_behind, key, realm, short_forms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the United States", "U.S."),
        ("City of Kessin", "Kessin"),
        ("Sultanate of Brenholm", "Brenholm"),
        ("Harbour Motors Co., Ltd.", "Harbour Motors"),
        ("Northern Shooting Clubs", "Northern Shooting Club"),
        ("Federación Agraria", "Federacion Agraria"),
    ],
)
def test_spellings_of_one_body_or_place(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Kessin Times", "Kessin Time"), ("Northern Bank", "Southern Bank")]
)
def test_two_bodies_stay_two(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_a_body_goes_by_its_first_its_last_and_its_outer_words() -> None:
    assert set(short_forms("Harbour Conservation Trust")) == {
        "harbour",
        "harbour conservation",
        "trust",
        "harbour trust",
    }
    assert "house" not in set(short_forms("Green House"))
    assert list(short_forms("Harbour")) == []


def test_only_letters_that_abbreviate_the_name_are_its_short_form() -> None:
    text = "The Northern Water Council (NWC) and the Harbour Union (Kessin)"
    assert acronym_behind(text, text.index(" (NWC"), "Northern Water Council") == "NWC"
    assert acronym_behind(text, text.index(" (Kessin"), "Harbour Union") == ""


def test_a_realm_goes_by_its_kind() -> None:
    assert realm("Sultanate of Brenholm") == "sultanate"
    assert realm("Brenholm") == realm("City of Kessin") == ""
