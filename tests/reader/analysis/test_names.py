"""Who is who in one document."""

from __future__ import annotations

import re

import pytest

from reader.analysis.lexicon import FEMALE, FIRST_NAME, MALE, Lexicon
from reader.analysis.names import Directory, Name, person_parts
from reader.analysis.words import sentences
from reader.model import Label, Span

LEXICON = Lexicon({"Ada": FIRST_NAME | FEMALE, "Tomas": FIRST_NAME | MALE})


class Page:
    """A text with its names, learned and then asked in order."""

    def __init__(self, text: str, **names: list[str]) -> None:
        self.text = text
        found = {
            Span(match.start(), match.end()): Label[label]
            for label, forms in names.items()
            for form in sorted(forms, key=len)
            for match in re.finditer(rf"\b{re.escape(form)}", text)
        }
        spans = [span for span in found if not any(o != span and o.covers(span) for o in found)]
        self.names = [Name(span, found[span], span.of(text)) for span in sorted(spans)]
        self.directory = Directory(lexicon=LEXICON)
        self.directory.learn(text, self.names, start=0, end=len(text))
        self.full = [self.directory.ask(name, first=True)[1] for name in self.names]
        self.breaks = [sentence.start for sentence in sentences(text)]

    def pronoun(self, word: str, *, speaker: str | None = None) -> str | None:
        at = [match.start() for match in re.finditer(rf"\b{word}\b", self.text)][-1]
        known = self.directory.pronoun(word, at, speaker=speaker, breaks=self.breaks)
        return known and known.name


def test_a_surname_gets_the_full_name_that_comes_before_or_after() -> None:
    page = Page(
        "Lindqvist wins. Ada Lindqvist won. Ms Lindqvist left.", PERSON=["Ada Lindqvist", "Lindqvist"]
    )
    assert page.full == ["Ada Lindqvist"] * 3


def test_two_people_of_one_surname_stay_two() -> None:
    text = "Ada Rice met Tomas Rice. Rice left. Ada Rice stayed. Rice slept."
    page = Page(text, PERSON=["Ada Rice", "Tomas Rice", "Rice"])
    assert page.full == ["Ada Rice", "Tomas Rice", "Tomas Rice", "Ada Rice", "Ada Rice"]
    assert {entity.name for entity in page.directory.entities()} == {"Ada Rice", "Tomas Rice"}


def test_initials_and_middle_names_are_one_person() -> None:
    page = Page(
        "Ada B. Lindqvist and Ada Lindqvist and A. Lindqvist",
        PERSON=["Ada B. Lindqvist", "Ada Lindqvist", "A. Lindqvist"],
    )
    assert set(page.full) == {"Ada B. Lindqvist"}


def test_letters_in_brackets_are_an_alias() -> None:
    page = Page("The Northern Water Council (NWC) met. NWC spoke.", ORG=["Northern Water Council", "NWC"])
    assert page.full == ["Northern Water Council"] * 3
    (entity,) = page.directory.entities()
    assert entity.aliases == ("NWC",)


def test_initials_without_brackets_are_an_alias_too() -> None:
    page = Page("The Northern Water Council met. NWC spoke.", ORG=["Northern Water Council", "NWC"])
    assert page.full == ["Northern Water Council"] * 2


def test_a_country_has_one_name() -> None:
    page = Page("The US and the United States and U.S. aid", GPE=["US", "United States", "U.S."])
    assert len(set(page.full)) == 1


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Kessian Foreign Minister Ada Lindqvist spoke.", "Kessian Foreign Minister"),
        ("Ada Lindqvist, the mayor of Brenholm, spoke.", "mayor of Brenholm"),
        ("Ada Lindqvist, who is a teacher, spoke.", "teacher"),
        ("Ada Lindqvist, said the mayor, spoke.", ""),
        ("Then Ada Lindqvist spoke.", ""),
    ],
)
def test_a_role_beside_a_name_is_kept(text: str, role: str) -> None:
    page = Page(text, PERSON=["Ada Lindqvist"])
    assert page.directory.entities()[0].description == role


def test_a_role_means_who_last_was_met_with_it() -> None:
    text = "Mayor Ada Lindqvist met Foreign Minister Tomas Okello. The minister left. The mayor stayed."
    page = Page(text, PERSON=["Ada Lindqvist", "Tomas Okello"])
    found = page.directory.role("The minister", text.index("The minister"))
    assert found is not None and found.name == "Tomas Okello"
    found = page.directory.role("The mayor", text.index("The mayor"))
    assert found is not None and found.name == "Ada Lindqvist"
    assert page.directory.role("The driver", len(text)) is None
    assert page.directory.role("The mayor", 0) is None


def test_a_pronoun_fits_the_first_name() -> None:
    page = Page(
        "Ada Lindqvist met Tomas Okello. She smiled and he left.", PERSON=["Ada Lindqvist", "Tomas Okello"]
    )
    assert page.pronoun("She") == "Ada Lindqvist"
    assert page.pronoun("he") == "Tomas Okello"
    assert page.pronoun("left") is None


def test_a_pronoun_means_who_just_spoke() -> None:
    text = "Kim Morn came. Jo Brand came. Then it rained. He slept."
    page = Page(text, PERSON=["Kim Morn", "Jo Brand"])
    assert page.pronoun("He") == "Jo Brand"
    assert page.pronoun("He", speaker="Kim Morn") == "Kim Morn"


def test_titles_and_endings_are_no_part_of_a_name() -> None:
    assert person_parts("Dr. Ada Lindqvist's") == ["Ada", "Lindqvist"]
    assert person_parts("Tomas Okello Jr.") == ["Tomas", "Okello"]
    assert person_parts("Mr Okello") == ["Okello"]


def test_a_title_tells_the_sex() -> None:
    page = Page("Mr Kim Morn met Mrs Jo Brand. She left.", PERSON=["Kim Morn", "Jo Brand"])
    assert page.pronoun("She") == "Jo Brand"
