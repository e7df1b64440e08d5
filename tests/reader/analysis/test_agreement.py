"""The document's vote on what kind of name a name is."""

from __future__ import annotations

from pathlib import Path

from reader.analysis.agreement import Agreement, Knowledge
from reader.analysis.kinds import Kinds, Surroundings, features
from reader.analysis.lexicon import COUNTRY, PEOPLE, TOWN, Lexicon
from reader.analysis.names import Name
from reader.document import Span
from reader.model import Label

KINDS = Kinds(
    ["GPE", "MISC", "ORG", "PERSON"],
    {"l1=in": [4.0, 0, 0, 0], "l1=mr": [0, 0, 0, 6.0], "w=cup": [0, 3.0, 0, 0], "bias": [0, 0, 0, 0]},
)


def settled(text: str, *marked: tuple[str, Label], knowledge: Knowledge) -> list[tuple[str, Label]]:
    names, at = [], 0
    for form, label in marked:
        at = text.index(form, at)
        names.append(Name(Span(at, at + len(form)), label, form))
        at += len(form)
    agreement = Agreement(knowledge)
    agreement.look(text, start=0, end=len(text))
    votes = agreement.vote(text, names, start=0, end=len(text))
    found = agreement.settle(text, names, votes, start=0, end=len(text))
    return [(name.span.of(text), name.label) for name in found]


def test_a_surname_is_a_person_also_where_it_was_missed_or_mistaken() -> None:
    found = settled(
        "Ada Morn spoke. Morn left. Morn's hat.",
        ("Ada Morn", Label.PERSON),
        ("Morn", Label.ORG),
        knowledge=Knowledge(),
    )
    assert found == [("Ada Morn", Label.PERSON), ("Morn", Label.PERSON), ("Morn", Label.PERSON)]


def test_a_surname_that_is_a_place_is_left_to_the_model() -> None:
    knowledge = Knowledge(lexicon=Lexicon({"Kessin": TOWN}))
    found = settled(
        "Ada Kessin left Kessin.", ("Ada Kessin", Label.PERSON), ("Kessin", Label.GPE), knowledge=knowledge
    )
    assert found[1] == ("Kessin", Label.GPE)


def test_the_words_beside_a_name_outvote_a_slip() -> None:
    knowledge = Knowledge(kinds=KINDS)
    found = settled(
        "Mr Brin slept in Dorn.", ("Brin", Label.ORG), ("Dorn", Label.PERSON), knowledge=knowledge
    )
    assert found == [("Brin", Label.PERSON), ("Dorn", Label.GPE)]


def test_other_mentions_of_a_name_count() -> None:
    knowledge = Knowledge(kinds=Kinds(KINDS.kinds, {"l1=in": [9.0, 0, 0, 0]}))
    found = settled(
        "Born in Dorn, raised in Dorn. Dorn slept.",
        ("Dorn", Label.GPE),
        ("Dorn", Label.GPE),
        ("Dorn", Label.ORG),
        knowledge=knowledge,
    )
    assert found[2] == ("Dorn", Label.GPE)


def test_a_ship_is_no_person_wherever_it_is_named() -> None:
    knowledge = Knowledge(kinds=KINDS)
    for text in (
        "The old ferry Ada Morn sank. Ada Morn was slow.",
        "Ada Morn, a ferry, sank. Ada Morn was slow.",
    ):
        found = settled(text, ("Ada Morn", Label.PERSON), ("Ada Morn", Label.PERSON), knowledge=knowledge)
        assert found == [("Ada Morn", Label.PRODUCT)] * 2
    for text in ("Ada Morn, a ferry captain, slept.", "Ada Morn, a former ship's cook, slept."):
        [(_, label)] = settled(text, ("Ada Morn", Label.PERSON), knowledge=knowledge)
        assert label is not Label.PRODUCT
    knowledge = Knowledge(lexicon=Lexicon({"Kessin": COUNTRY}), kinds=KINDS)
    [(_, label)] = settled("The ship Kessin sent.", ("Kessin", Label.GPE), knowledge=knowledge)
    assert label is not Label.PRODUCT


def test_amounts_and_dates_are_not_voted_on() -> None:
    knowledge = Knowledge(kinds=KINDS)
    assert settled("in March", ("March", Label.DATE), knowledge=knowledge) == [("March", Label.DATE)]


def test_what_the_rules_split_further_keeps_its_type() -> None:
    knowledge = Knowledge(kinds=KINDS)
    assert settled("The Dorn Cup", ("Dorn Cup", Label.EVENT), knowledge=knowledge) == [
        ("Dorn Cup", Label.EVENT)
    ]


def test_weights_are_kept_in_a_file(tmp_path: Path) -> None:
    KINDS.save(tmp_path / "kinds.gz")
    again = Kinds.load(tmp_path / "kinds.gz")
    assert again.logs(iter(["l1=in"])) == KINDS.logs(iter(["l1=in"]))
    assert not Kinds()


def test_features_tell_of_the_name_and_of_its_other_places() -> None:
    text = "Mr Dorn slept. In Dorn it rained."
    around = Surroundings()
    around.learn(text, start=0, end=len(text))
    at = text.index("Dorn it")
    found = set(features(text, Span(at, at + 4), start=0, end=len(text), lexicon=Lexicon(), around=around))
    assert {"l1=in", "r1=it", "n=Dorn", "dl1=mr", "dr1=slept"} <= found


def test_a_hyphen_between_peoples_joins_two_names() -> None:
    lexicon = Lexicon(
        {"Kessian": PEOPLE, "Dornish": PEOPLE, "Ostia": COUNTRY, "African": PEOPLE, "American": PEOPLE}
    )
    found = settled(
        "Kessian-Dornish talks, Ostia-Dornish trade, a left-Dornish vote, African-American votes.",
        ("Kessian-Dornish", Label.NORP),
        ("Ostia-Dornish", Label.NORP),
        ("left-Dornish", Label.NORP),
        ("African-American", Label.NORP),
        knowledge=Knowledge(lexicon=lexicon),
    )
    assert found == [
        ("Kessian", Label.NORP),
        ("Dornish", Label.NORP),
        ("Ostia", Label.GPE),
        ("Dornish", Label.NORP),
        ("left-Dornish", Label.NORP),
        ("African-American", Label.NORP),
    ]


def test_a_word_with_a_capital_only_at_heads_is_no_name_where_the_document_has_it_without() -> None:
    found = settled(
        "Ferry returns\nThe ferry left Dorn.", ("Ferry", Label.PERSON), knowledge=Knowledge(kinds=KINDS)
    )
    assert found == []


def test_a_name_that_is_also_a_word_stays_where_it_has_a_capital_within_a_sentence_or_is_part_of_a_name() -> (
    None
):
    knowledge = Knowledge(kinds=KINDS, lexicon=Lexicon({"Reading": TOWN}))
    text = "Rose left. Then Rose saw a rose. Will Brin will stay. Will sat in Reading. Reading is a reading."
    marked = ("Rose", "Rose", "Will Brin", "Will", "Reading", "Reading")
    found = settled(text, *((form, Label.PERSON) for form in marked), knowledge=knowledge)
    assert [form for form, _ in found] == list(marked)
