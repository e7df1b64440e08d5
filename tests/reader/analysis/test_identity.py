"""Who is one with whom because a person says so."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.identity import Identities, key_of
from reader.analysis.names import Directory, Name
from reader.document import Span
from reader.model import Anchor, Correction, Label, Remark, Scope


def one(form: str, other: str, *, label: Label | None = None, at: Span | None = None) -> Correction:
    return _said(Remark.ONE_WITH, form, other, label, at)


def apart(form: str, other: str, *, at: Span | None = None) -> Correction:
    return _said(Remark.APART, form, other, None, at)


def _said(remark: Remark, form: str, other: str, label: Label | None, at: Span | None) -> Correction:
    anchor = Anchor(at, form) if at is not None else None
    return Correction(
        remark, Scope.HERE if at else Scope.DOCUMENT, form, label=label, other=other, anchor=anchor
    )


def full(text: str, *corrections: Correction, **names: list[str]) -> list[str]:
    """Return the full names of the names in the text, in order."""
    return [name for _, name in asked(text, *corrections, **names)]


def asked(text: str, *corrections: Correction, **names: list[str]) -> list[tuple[Label, str]]:
    found: dict[Span, Label] = {}
    for label, forms in names.items():
        for form in sorted(forms, key=len, reverse=True):
            for match in re.finditer(rf"\b{re.escape(form)}", text):
                span = Span(*match.span())
                if not any(span.overlaps(other) for other in found):
                    found[span] = Label[label]
    directory = Directory(identities=Identities(corrections))
    listed = [Name(span, found[span], span.of(text)) for span in sorted(found)]
    directory.learn(text, listed, start=0, end=len(text))
    answers = [directory.ask(name) for name in listed]
    told = {(entity.label, entity.name) for entity in directory.entities()}
    assert told == set(answers)
    return answers


RICES = "Ada Rice met Tomas Rice. Rice left. Rice slept."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mr Okello", "okello"),
        ("the Harbour  Union’s", "Harbour Union"),
        ("“Okello”", "Okello"),
        ("President", "president"),
    ],
)
def test_two_spellings_of_a_name_share_a_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


def test_a_nickname_becomes_the_person_and_his_surname_too() -> None:
    text = "Tiger came. Okello left. Mr Okello slept."
    names = {"PERSON": ["Tiger", "Okello", "Mr Okello"]}
    assert full(text, **names) == ["Tiger", "Okello", "Okello"]
    assert full(text, one("Tiger", "Tomas Okello"), **names) == ["Tomas Okello"] * 3


def test_a_whole_person_goes_with_all_his_names() -> None:
    text = "Ann Lind came. Lind left. A. Lind slept. Ann Berg won."
    names = {"PERSON": ["Ann Lind", "A. Lind", "Lind", "Ann Berg"]}
    assert full(text, one("Ann Lind", "Ann Berg"), **names) == ["Ann Berg"] * 4


def test_an_acronym_goes_with_the_body_that_is_made_one_with_another() -> None:
    text = "Northern Water Council (NWC) met. NWC spoke. Old Water Board slept."
    names = {"ORG": ["Northern Water Council", "NWC", "Old Water Board"]}
    assert (
        full(text, one("Northern Water Council", "Old Water Board"), **names)
        == full(text, one("northern water council", "Old Water Board"), **names)
        == ["Old Water Board"] * 4
    )


def test_the_role_stays_with_the_person_under_the_other_name() -> None:
    text = "Mayor Ann Lind came. Then Berg left."
    said = Identities([one("Ann Lind", "Ann Berg")])
    directory = Directory(identities=said)
    name = Name(Span(6, 14), Label.PERSON, "Ann Lind")
    directory.learn(text, [name], start=0, end=len(text))
    assert directory.ask(name) == (Label.PERSON, "Ann Berg")
    found = directory.role("the mayor", len(text))
    assert found is not None and found.entity().name == "Ann Berg"
    assert found.entity().description == "Mayor"
    assert found.entity().aliases == ("Ann Lind",)


def test_what_is_made_one_with_a_body_is_a_body() -> None:
    text = "Barlow met Barlow Bank."
    names = {"PERSON": ["Barlow"], "ORG": ["Barlow Bank"]}
    assert asked(text, one("Barlow", "Barlow Bank", label=Label.ORG), **names) == [
        (Label.ORG, "Barlow Bank"),
        (Label.ORG, "Barlow Bank"),
    ]


def test_a_type_without_entities_may_have_one_by_word() -> None:
    names = {"LAW": ["Water Act", "the Act"]}
    assert full("Water Act and the Act", one("the Act", "Water Act"), **names) == ["Water Act"] * 2


def test_people_who_were_joined_are_parted() -> None:
    text = "Ann Lind came. A. Lind left. Lind slept."
    names = {"PERSON": ["Ann Lind", "A. Lind", "Lind"]}
    assert full(text, **names) == ["Ann Lind"] * 3
    assert full(text, apart("A. Lind", "Ann Lind"), **names) == ["Ann Lind", "A. Lind", "A. Lind"]
    assert full(text, apart("Lind", "Ann Lind"), **names) == ["Ann Lind", "Ann Lind", "Lind"]


def test_bodies_and_places_that_were_joined_are_parted() -> None:
    text = "Northern Water Council met. NWC spoke."
    names = {"ORG": ["Northern Water Council", "NWC"]}
    assert full(text, **names) == ["Northern Water Council"] * 2
    assert full(text, apart("NWC", "Northern Water Council"), **names) == ["Northern Water Council", "NWC"]
    lands = {"GPE": ["United Kingdom", "Britain"]}
    assert full("United Kingdom and Britain", apart("Britain", "United Kingdom"), **lands) == [
        "United Kingdom",
        "Britain",
    ]


def test_here_decides_here_alone() -> None:
    names = {"PERSON": ["Ada Rice", "Tomas Rice", "Rice"]}
    third = Span(25, 29)
    assert third.of(RICES) == "Rice"
    assert full(RICES, **names)[2:] == ["Tomas Rice", "Tomas Rice"]
    assert full(RICES, one("Rice", "Ada Rice", at=third), **names)[2:] == ["Ada Rice", "Tomas Rice"]
    assert full(RICES, apart("Rice", "Tomas Rice", at=third), **names)[2:] == ["Ada Rice", "Tomas Rice"]
    assert full(RICES, one("Rice", "Condor Rice", at=third), **names)[2:] == ["Condor Rice", "Tomas Rice"]
    both = (apart("Rice", "Tomas Rice", at=third), apart("Rice", "Ada Rice", at=third))
    assert full(RICES, *both, **names)[2:] == ["Rice", "Tomas Rice"]


def test_somebody_new_here_takes_no_surname_from_later_text() -> None:
    text = "Rice came. Rice left. Tomas Rice slept."
    names = {"PERSON": ["Tomas Rice", "Rice"]}
    assert full(text, one("Rice", "Ada Rice", at=Span(0, 4)), **names) == [
        "Ada Rice",
        "Tomas Rice",
        "Tomas Rice",
    ]


def test_two_people_of_the_very_same_name_can_be_parted_here() -> None:
    text = "Ada Rice came. Ada Rice left."
    names = {"PERSON": ["Ada Rice"]}
    assert full(text, apart("Ada Rice", "Ada Rice", at=Span(15, 23)), **names) == ["Ada Rice", "Ada Rice (2)"]
    assert full(text, apart("Ada Rice", "Ada Rice"), **names) == ["Ada Rice"] * 2


def test_the_later_word_counts() -> None:
    names = {"PERSON": ["Ada Rice", "Tomas Rice", "Rice"]}
    ada, tomas = one("Rice", "Ada Rice"), one("Rice", "Tomas Rice")
    assert full(RICES, tomas, ada, **names) == ["Ada Rice", "Tomas Rice", "Ada Rice", "Ada Rice"]
    assert full(RICES, ada, tomas, **names) == ["Ada Rice", "Tomas Rice", "Tomas Rice", "Tomas Rice"]
    assert full(RICES, ada, apart("Rice", "Ada Rice"), **names)[2:] == ["Tomas Rice"] * 2
    assert full(RICES, apart("Rice", "Ada Rice"), ada, **names)[2:] == ["Ada Rice"] * 2
    here = one("Rice", "Ada Rice", at=Span(25, 29))
    assert full(RICES, here, tomas, **names)[2:] == ["Tomas Rice"] * 2
    assert full(RICES, tomas, here, **names)[2:] == ["Ada Rice", "Tomas Rice"]


def test_steps_are_followed_and_a_circle_ends_with_the_last_word() -> None:
    said = Identities([one("a", "B"), one("b", "C")])
    assert [told and told.name for told in (said.told("a"), said.told("b"), said.told("d"))] == [
        "C",
        "C",
        None,
    ]
    said = Identities([one("a", "B"), one("b", "C"), one("c", "A")])
    assert {told.name for told in map(said.told, "abc") if told} == {"B"}
    said = Identities([one("a", "B"), one("b", "C"), apart("a", "C")])
    assert said.told("a") is None and said.are_apart("a", "c") and said.are_apart("C", "A")
    assert (told := said.told("b")) is not None and told.name == "C"


WORDS = st.sampled_from(["Ada Rice", "Tomas Rice", "Rice", "Ada", "Condor", "Mr Rice"])


@given(
    st.lists(
        st.builds(
            lambda remark, form, other: _said(remark, form, other, None, None),
            st.sampled_from([Remark.ONE_WITH, Remark.APART]),
            WORDS,
            WORDS,
        ),
        max_size=8,
    )
)
def test_whatever_is_said_every_name_has_an_answer_and_the_last_word_holds(said: list[Correction]) -> None:
    names = {"PERSON": ["Ada Rice", "Tomas Rice", "Rice"]}
    found = full(RICES, *said, **names)
    assert found == full(RICES, *said, *said[-1:], **names)
    last = said[-1] if said else None
    if last is not None and key_of(last.text) == "rice" != key_of(last.other):
        same = key_of(found[2]) == key_of(last.other)
        assert same == (last.remark is Remark.ONE_WITH)
