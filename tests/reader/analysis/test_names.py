"""Who is who in one document."""

from __future__ import annotations

import re

import pytest

from reader.analysis.lexicon import FEMALE, FIRST_NAME, MALE, Lexicon
from reader.analysis.names import Directory, Name, person_parts
from reader.analysis.words import sentences
from reader.document import Span
from reader.model import Label

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


def test_a_title_chooses_between_two_of_one_surname() -> None:
    text = "Ada Okello met Tomas Okello. Mrs Okello left. Mr Okello stayed."
    page = Page(text, PERSON=["Ada Okello", "Tomas Okello", "Okello"])
    assert page.full[2:] == ["Ada Okello", "Tomas Okello"]


def test_who_headed_a_sentence_keeps_the_surname() -> None:
    text = "Tomas Okello spoke for Ada Okello. Okello left."
    page = Page(text)
    names = [Name(Span(*m.span()), Label.PERSON, m.group()) for m in re.finditer(r"(?:\w+ )?Okello", text)]
    page.directory.learn(text, names, start=0, end=len(text))
    full = [page.directory.ask(name, first=number != 1)[1] for number, name in enumerate(names)]
    assert full == ["Tomas Okello", "Ada Okello", "Tomas Okello"]


def test_another_spelling_of_a_surname_is_found_by_its_sound() -> None:
    page = Page(
        "Ada Zelenskova came. Zelenskowa spoke. Zelenskova left.", PERSON=["Ada Zelenskova", "Zelenskova"]
    )
    assert page.full == ["Ada Zelenskova"] * 2
    page = Page("Ada Zelenski came. Zelensky spoke.", PERSON=["Ada Zelenski", "Zelensky"])
    assert page.full == ["Ada Zelenski"] * 2


def test_a_short_form_means_the_body_that_was_named_in_full_before() -> None:
    page = Page(
        "The Harbour Motors Group grew. Harbour Motors paid.", ORG=["Harbour Motors Group", "Harbour Motors"]
    )
    assert page.full == ["Harbour Motors Group"] * 2


def test_a_short_form_of_two_bodies_means_neither() -> None:
    page = Page(
        "Harbour Trust met Northern Trust. Trust spoke.", ORG=["Harbour Trust", "Northern Trust", "Trust"]
    )
    assert page.full == ["Harbour Trust", "Northern Trust", "Trust"]


def test_a_former_office_is_not_the_present_one_and_parties_differ() -> None:
    text = "Former Minister Ada Lindqvist met Foreign Minister Tomas Okello."
    page = Page(text, PERSON=["Ada Lindqvist", "Tomas Okello"])
    end = len(text)
    assert (found := page.directory.role("the foreign minister", end)) and found.name == "Tomas Okello"
    assert (found := page.directory.role("the former minister", end)) and found.name == "Ada Lindqvist"
    text = "Republican nominee Tomas Okello spoke."
    page = Page(text, PERSON=["Tomas Okello"])
    assert page.directory.role("the Democratic nominee", len(text)) is None
    assert (found := page.directory.role("the GOP candidate", len(text))) and found.name == "Tomas Okello"


def test_an_official_may_be_a_minister_and_the_last_speaker_without_a_role() -> None:
    text = "Foreign Minister Ada Lindqvist met Tomas Okello."
    page = Page(text, PERSON=["Ada Lindqvist", "Tomas Okello"])
    assert (found := page.directory.role("the official", len(text))) and found.name == "Ada Lindqvist"
    found = page.directory.role("the mayor", len(text), speaker="Tomas Okello")
    assert found and found.name == "Tomas Okello"
    assert page.directory.role("the mayor", len(text), speaker="Ada Lindqvist") is None


def test_the_text_tells_the_sex_where_the_list_of_names_does_not() -> None:
    text = "Kim Morn lost her hat. Jo Brand lost his. She slept."
    page = Page(text, PERSON=["Kim Morn", "Jo Brand"])
    assert page.pronoun("She") == "Kim Morn"


def test_a_word_for_a_body_means_the_one_whose_name_says_so() -> None:
    text = "The Northern Water Council met the Harbour Union. They left."
    page = Page(text, ORG=["Northern Water Council", "Harbour Union"])
    at = len(text)

    def body(phrase: str) -> str | None:
        known = page.directory.body(phrase, at, speaker=None, breaks=page.breaks)
        return known and known.name

    assert body("the council") == "Northern Water Council"
    assert body("the union") == "Harbour Union"
    assert body("the court") is None
    assert body("the council's lawyer") is None
    assert page.pronoun("They") == "Harbour Union"


def test_a_pronoun_can_mean_someone_who_is_not_named() -> None:
    text = "Tomas Okello came. A woman spoke. She left."
    page = Page(text, PERSON=["Tomas Okello"])
    page.directory.unnamed("A woman", text.index("A woman"))
    assert page.pronoun("She") == ""


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Kessian Gov. Ada Lindqvist spoke.", "Kessian governor"),
        ("Like Mayor Ada Lindqvist, he spoke.", "Mayor"),
        ("Ada Lindqvist (R-Ky.), the senator, spoke.", "senator"),
        ("Ada Lindqvist, 43, a teacher in Kessin, spoke.", "teacher in Kessin"),
        ("The mayor of Brenholm, Ada Lindqvist, spoke.", "mayor of Brenholm"),
        ("His wife Ada Lindqvist spoke.", ""),
    ],
)
def test_roles_are_short_and_written_out(text: str, role: str) -> None:
    page = Page(text, PERSON=["Ada Lindqvist"])
    assert page.directory.entities()[0].description == role
