"""Names by capitals, lists and titles in languages without a model: what is sure, and no rubbish."""

# ruff: noqa: E501  (a table reads best a row a line)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.lexicon import CITY, FIRST_NAME, Lexicon
from reader.analysis.neutral import CASED, names_in
from reader.model import Label

LEXICON = Lexicon(
    dict.fromkeys(("Ada", "Tomas", "Anna", "Jan", "Ana", "Marie"), FIRST_NAME)
    | dict.fromkeys(("Berlin", "Lyon", "Madrid", "Essen"), CITY)
)
PERSON, ORG, GPE = Label.PERSON, Label.ORG, Label.GPE


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("de", "Die Bürgermeisterin Ada Lindqvist traf in Berlin den Präsidenten Frankreichs.", [("Ada Lindqvist", PERSON), ("Berlin", GPE), ("Frankreichs", GPE)]),
        ("de", "Herr Müller von der Kontor AG lobte das Essen und die EU.", [("Müller", PERSON), ("Kontor AG", ORG), ("EU", ORG)]),
        ("de", "Die Bürgermeisterin von Brenholm sprach lange über Straßen und Schulen.", []),
        ("fr", "M. Dupont et Mme Anne Martin ont quitté la France. L’Université de Lille a fermé.", [("Dupont", PERSON), ("Anne Martin", PERSON), ("France", GPE), ("Université de Lille", ORG)]),
        ("es", "Ayer Ana Pérez dijo que España y Estados Unidos firmaron. General Motors calla.", [("Ana Pérez", PERSON), ("España", GPE), ("Estados Unidos", GPE)]),
        ("it", "Il sindaco Marco Rossi è andato in Germania. Domenica si vota.", [("Marco Rossi", PERSON), ("Germania", GPE)]),
        ("pl", "– Tak – powiedział Zygmunt Nowak. Wielka Brytania milczy.", [("Zygmunt Nowak", PERSON), ("Wielka Brytania", GPE)]),
        ("ru", "Пушкин Александр Сергеевич родился в Москве. Россия молчит. Писал А. С. Грибов.", [("Пушкин Александр Сергеевич", PERSON), ("Россия", GPE), ("А. С. Грибов", PERSON)]),
        ("nl", "Premier Jan de Vries ging weg. De Universiteit Leiden zwijgt.", [("Jan de Vries", PERSON), ("Universiteit Leiden", ORG)]),
        ("sv", "Statsministern Ulf Berg sade att Sverige väntar.", [("Ulf Berg", PERSON), ("Sverige", GPE)]),
        ("cs", "Podle Daily News to řekla Jana Nováková. Uvedl Western United.", [("Jana Nováková", PERSON)]),
        ("zh", "习近平主席访问法国。", []),
        ("de", "DIE GROSSE BRÜCKE STÜRZT EIN", []),
    ],
)  # fmt: skip
def test_names(language: str, text: str, names: list[tuple[str, Label]]) -> None:
    found = names_in(text, language=language, lexicon=LEXICON)
    assert [(span.of(text), label) for span, label in found] == names


PIECES = st.lists(
    st.sampled_from(["Ada", "Herr", "M.", "von", "de", "Frankreich", "AG", "L’", "É", "ß", " ", ". ", ",", "–", "\n", "x", "𝄞", "1"]),
    max_size=24,
)  # fmt: skip


@given(PIECES.map("".join) | st.text(max_size=80), st.sampled_from(sorted(CASED)))
def test_names_lie_in_the_text_one_after_the_other(text: str, language: str) -> None:
    at = 0
    for span, _ in names_in(text, language=language, lexicon=LEXICON):
        assert at <= span.start < span.end <= len(text)
        at = span.end
