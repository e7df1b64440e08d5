"""What a person says against the machine: each remark in each scope, through the whole analysis."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.analysis import Pipeline, analyse
from reader.analysis.corrections import Corrections, source_key, words_key
from reader.analysis.names import Name
from reader.document import Block, Document, Span
from reader.model import Analysis, Anchor, Correction, Label, Remark, Scope

HERE, DOCUMENT, EVERYWHERE = Scope
WIDER = (DOCUMENT, EVERYWHERE)

TEXT = (
    "Brenholm came home on Monday. “We stay here,” Brenholm said.\n\nIt rained.\n\n"
    "Later Tomas Okello met Condor in Kessin. “We go now,” said Condor.\n\n"
    "“We stay here,” Okello said. Condor of the Condor Trust was silent."
)


def document(text: str) -> Document:
    blocks, at = [], 0
    for part in text.split("\n\n"):
        blocks.append(Block(Span(at, at + len(part))))
        at += len(part) + 2
    return Document(text, tuple(blocks))


def place(text: str, words: str, nth: int = 0) -> Anchor:
    """Return the anchor of the words where they stand for the nth time, counted from 0."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Anchor(Span(at, at + len(words)), words)


def say(
    remark: Remark,
    words: str,
    scope: Scope = DOCUMENT,
    *,
    nth: int = 0,
    text: str = TEXT,
    label: Label | None = None,
    other: str = "",
    source: str = "",
) -> Correction:
    anchor = place(text, words, nth) if scope is HERE else None
    return Correction(remark, scope, words, label=label, other=other, source=source, anchor=anchor)


def read(pipeline: Pipeline, *corrections: Correction, text: str = TEXT) -> Analysis:
    return analyse(document(text), pipeline=pipeline, corrections=corrections)


def named(analysis: Analysis, words: str, text: str = TEXT) -> list[Label]:
    return [mention.label for mention in analysis.mentions if mention.span.of(text) == words]


def speakers(analysis: Analysis) -> list[str | None]:
    return [quote.speaker for quote in analysis.quotes]


def test_without_corrections_the_machine_decides(made_up: Pipeline) -> None:
    found = read(made_up)
    assert named(found, "Brenholm") == [Label.GPE, Label.GPE]
    assert named(found, "Condor") == []
    assert speakers(found) == ["Brenholm", None, "Tomas Okello"]


# ---------------------------------------------------------------- names


def test_another_type_here_leaves_the_other_places(made_up: Pipeline) -> None:
    found = read(made_up, say(Remark.IS_A, "Brenholm", HERE, nth=1, label=Label.PERSON))
    assert named(found, "Brenholm") == [Label.GPE, Label.PERSON]


@pytest.mark.parametrize("scope", WIDER)
def test_another_type_everywhere_changes_the_entity_too(made_up: Pipeline, scope: Scope) -> None:
    found = read(made_up, say(Remark.IS_A, "Brenholm", scope, label=Label.PERSON))
    assert named(found, "Brenholm") == [Label.PERSON, Label.PERSON]
    assert (Label.PERSON, "Brenholm") in {(entity.label, entity.name) for entity in found.entities}


@pytest.mark.parametrize("scope", WIDER)
def test_a_missed_name_is_found_wherever_it_stands_but_not_in_a_longer_one(
    made_up: Pipeline, scope: Scope
) -> None:
    trust = say(Remark.IS_A, "Condor Trust", scope, label=Label.ORG)
    found = read(made_up, say(Remark.IS_A, "Condor", scope, label=Label.PERSON), trust)
    assert named(found, "Condor") == [Label.PERSON] * 3
    assert named(found, "Condor Trust") == [Label.ORG]
    assert speakers(found) == ["Brenholm", "Condor", "Tomas Okello"]


def test_a_missed_name_here_speaks_here(made_up: Pipeline) -> None:
    found = read(made_up, say(Remark.IS_A, "Condor", HERE, nth=1, label=Label.PERSON))
    assert [m.span.start for m in found.mentions if m.name == "Condor"] == [
        place(TEXT, "Condor", 1).span.start
    ]
    assert speakers(found)[1] == "Condor"


def test_a_name_has_the_extent_that_was_selected(made_up: Pipeline) -> None:
    home = say(Remark.IS_A, "Later Tomas", HERE, label=Label.WORK_OF_ART)
    found = read(made_up, home)
    assert named(found, "Later Tomas") == [Label.WORK_OF_ART]
    assert named(found, "Tomas Okello") == []
    wider = say(Remark.IS_A, "home on Monday", label=Label.EVENT)
    found = read(made_up, wider)
    assert named(found, "home on Monday") == [Label.EVENT] and named(found, "Monday") == []


def test_a_person_gives_the_type_to_the_name_with_and_without_a_title(made_up: Pipeline) -> None:
    text = "Mr Condor came. Condor left. “I stay,” Condor said."
    for words in ("Condor", "Mr Condor"):
        found = read(made_up, say(Remark.IS_A, words, text=text, label=Label.PERSON), text=text)
        assert {mention.name for mention in found.mentions} == {"Condor"}
        assert speakers(found) == ["Condor"]


def test_the_full_name_makes_the_surname_a_person(made_up: Pipeline) -> None:
    text = "Jo Condor came. Condor left."
    found = read(made_up, say(Remark.IS_A, "Jo Condor", text=text, label=Label.PERSON), text=text)
    assert [(mention.span.of(text), mention.name) for mention in found.mentions] == [
        ("Jo Condor", "Jo Condor"),
        ("Condor", "Jo Condor"),
    ]


def test_no_name_here_and_everywhere(made_up: Pipeline) -> None:
    assert named(read(made_up, say(Remark.NOT_A_NAME, "Brenholm", HERE)), "Brenholm") == [Label.GPE]
    for scope in WIDER:
        found = read(made_up, say(Remark.NOT_A_NAME, "Brenholm", scope))
        assert named(found, "Brenholm") == []
        assert "Brenholm" not in {entity.name for entity in found.entities}
        assert speakers(found)[0] is None


def test_no_name_keeps_away_the_surname_that_the_document_would_add(made_up: Pipeline) -> None:
    text = "Mary Condor came. Tomas Okello left. Okello slept."
    mary = say(Remark.IS_A, "Mary Condor", text=text, label=Label.PERSON)
    found = read(made_up, mary, say(Remark.NOT_A_NAME, "Okello", text=text), text=text)
    assert [mention.span.of(text) for mention in found.mentions] == ["Mary Condor", "Tomas Okello"]


def test_a_spelling_with_an_article_or_a_possessive_is_the_same_name(made_up: Pipeline) -> None:
    text = "The Harbour Union met. Harbour Union’s hall is red."
    found = read(made_up, say(Remark.IS_A, "the Harbour Union’s", text=text, label=Label.FAC), text=text)
    assert {mention.label for mention in found.mentions} == {Label.FAC}


def test_the_later_of_two_words_counts(made_up: Pipeline) -> None:
    person = say(Remark.IS_A, "Brenholm", label=Label.PERSON)
    body = say(Remark.IS_A, "Brenholm", EVERYWHERE, label=Label.ORG)
    none = say(Remark.NOT_A_NAME, "Brenholm")
    here = say(Remark.IS_A, "Brenholm", HERE, label=Label.FAC)
    assert named(read(made_up, person, body), "Brenholm") == [Label.ORG] * 2
    assert named(read(made_up, body, person), "Brenholm") == [Label.PERSON] * 2
    assert named(read(made_up, person, none), "Brenholm") == []
    assert named(read(made_up, none, person), "Brenholm") == [Label.PERSON] * 2
    assert named(read(made_up, person, here), "Brenholm") == [Label.FAC, Label.PERSON]
    assert named(read(made_up, here, person), "Brenholm") == [Label.PERSON] * 2


def test_a_place_that_is_not_in_the_text_changes_nothing(made_up: Pipeline) -> None:
    lost = Correction(Remark.NOT_A_NAME, HERE, "Nobody", anchor=Anchor(Span(0, 6), "Nobody"))
    assert read(made_up, lost) == read(made_up)


# ---------------------------------------------------------------- who is meant


@pytest.mark.parametrize("scope", WIDER)
def test_one_with_another_speaks_under_the_other_name(made_up: Pipeline, scope: Scope) -> None:
    person = say(Remark.IS_A, "Condor", scope, label=Label.PERSON)
    found = read(made_up, person, say(Remark.ONE_WITH, "Condor", scope, other="Tomas Okello"))
    assert speakers(found)[1:] == ["Tomas Okello", "Tomas Okello"]
    (okello,) = [entity for entity in found.entities if entity.label is Label.PERSON]
    assert okello.name == "Tomas Okello" and set(okello.aliases) == {"Condor", "Okello"}


def test_parted_from_another_here_and_everywhere(made_up: Pipeline) -> None:
    assert speakers(read(made_up, say(Remark.APART, "Okello", other="Tomas Okello")))[2] == "Okello"
    here = say(Remark.APART, "Okello", HERE, nth=1, other="Tomas Okello")
    assert speakers(read(made_up, here))[2] == "Okello"


# ---------------------------------------------------------------- quotations


def test_said_by_somebody_here(made_up: Pipeline) -> None:
    found = read(made_up, say(Remark.SAID_BY, "“We go now,”", HERE, other="Ada Lindqvist"))
    assert speakers(found) == ["Brenholm", "Ada Lindqvist", "Tomas Okello"]
    assert found.quotes[1].reason == "your correction"


def test_a_place_is_found_although_the_quotation_ends_elsewhere_by_now(made_up: Pipeline) -> None:
    found = read(made_up, say(Remark.SAID_BY, "We go now", HERE, other="Ada Lindqvist"))
    assert speakers(found)[1] == "Ada Lindqvist"


@pytest.mark.parametrize("scope", WIDER)
def test_said_by_holds_for_the_same_source_words(made_up: Pipeline, scope: Scope) -> None:
    text = "“I go,” the old source said.\n\n“I stay,” an old source said.\n\n“We wait,” Okello said."
    told = say(Remark.SAID_BY, "I go", scope, text=text, other="Ada Lindqvist", source="the old source")
    found = read(made_up, told, text=text)
    assert speakers(found) == ["Ada Lindqvist", "Ada Lindqvist", "Okello"]
    assert found.quotes[1].reason == "“an old source” = Ada Lindqvist, your correction"


@pytest.mark.parametrize("scope", WIDER)
def test_said_by_holds_for_the_same_words_where_no_source_is_told(made_up: Pipeline, scope: Scope) -> None:
    found = read(made_up, say(Remark.SAID_BY, "we stay here", scope, other="Ada Lindqvist", source="he"))
    assert speakers(found) == ["Ada Lindqvist", None, "Ada Lindqvist"]


def test_said_by_nobody_known(made_up: Pipeline) -> None:
    found = read(made_up, say(Remark.SAID_BY, "We stay here", HERE, nth=1))
    assert speakers(found) == ["Brenholm", None, None]
    assert found.quotes[2].reason == "your correction: the speaker is not known"


def test_a_corrected_speaker_goes_on_speaking(made_up: Pipeline) -> None:
    text = "“I go,” Okello said.\n\n“I stay.”"
    told = say(Remark.SAID_BY, "I go", HERE, text=text, other="Ada Lindqvist")
    assert speakers(read(made_up, text=text)) == ["Okello", "Okello"]
    assert speakers(read(made_up, told, text=text)) == ["Ada Lindqvist", "Ada Lindqvist"]


def test_a_pronoun_means_the_corrected_speaker(made_up: Pipeline) -> None:
    text = "Tomas Okello came. “I go,” the old source said.\n\n“I stay,” she said."
    told = say(Remark.SAID_BY, "I go", text=text, other="Ada Lindqvist", source="the old source")
    assert speakers(read(made_up, told, text=text)) == ["Ada Lindqvist", "Ada Lindqvist"]
    told = say(Remark.SAID_BY, "I go", text=text, other="Harbour Union", source="the old source")
    assert speakers(read(made_up, told, text=text))[0] == "Harbour Union"


def test_the_speaker_goes_under_the_name_that_was_told(made_up: Pipeline) -> None:
    same = say(Remark.ONE_WITH, "Condor", other="Tomas Okello")
    found = read(made_up, same, say(Remark.SAID_BY, "We go now", other="Condor"))
    assert speakers(found)[1] == "Tomas Okello"


def test_no_quotation_here_and_everywhere(made_up: Pipeline) -> None:
    assert speakers(read(made_up, say(Remark.NOT_SAID, "“We stay here,”", HERE))) == [None, "Tomas Okello"]
    for scope in WIDER:
        assert speakers(read(made_up, say(Remark.NOT_SAID, "“We stay here,”", scope))) == [None]


def test_the_later_word_on_a_quotation_counts(made_up: Pipeline) -> None:
    none = say(Remark.NOT_SAID, "We stay here")
    ada = say(Remark.SAID_BY, "We stay here", HERE, other="Ada Lindqvist")
    okello = say(Remark.SAID_BY, "We go now", other="Kessin", source="Okello")
    assert speakers(read(made_up, none, ada)) == ["Ada Lindqvist", None]
    assert speakers(read(made_up, ada, none)) == [None]
    assert speakers(read(made_up, none, okello)) == [None], "a word on the source gives back no quotation"
    words = say(Remark.SAID_BY, "We stay here", other="Ada Lindqvist")
    assert speakers(read(made_up, okello, words))[2] == "Ada Lindqvist"
    assert speakers(read(made_up, words, okello))[2] == "Kessin"


def test_of_nested_quotations_the_place_means_one(made_up: Pipeline) -> None:
    inner, outer = "go", "We said “go” to them all"
    from reader.analysis.quotes import Attribution

    text = f"“{outer}”"
    said = [Attribution((place(text, outer).span,)), Attribution((place(text, inner).span,))]
    for words, expected in ((inner, [False, True]), (outer, [True, False])):
        corrections = Corrections(text, [say(Remark.NOT_SAID, words, HERE, text=text)])
        assert [told is not None for told in corrections.verdicts(said)] == expected


@pytest.mark.parametrize(
    ("words", "key"), [("The  Source’s", "sources"), ("a “source”", "source"), ("He", ""), ("who", "")]
)
def test_the_same_source_has_one_key_and_a_pronoun_none(words: str, key: str) -> None:
    assert source_key(words) == key


def test_the_same_words_have_one_key() -> None:
    assert words_key("“We stay\nhere,”") == words_key("we stay here.") == "we stay here"


# ---------------------------------------------------------------- whatever is said

FORMS = ["Brenholm", "Tomas Okello", "Okello", "Condor", "Condor Trust", "came home", "We stay here", "said"]


@st.composite
def remarks(draw: st.DrawFn) -> Correction:
    words, scope = draw(st.sampled_from(FORMS)), draw(st.sampled_from(list(Scope)))
    return say(
        draw(st.sampled_from(list(Remark))),
        words,
        scope,
        nth=draw(st.integers(0, TEXT.count(words) - 1)),
        label=draw(st.sampled_from([Label.PERSON, Label.ORG, Label.DATE])),
        other=draw(st.sampled_from(["Ada Lindqvist", "Brenholm", "Okello"])),
        source=draw(st.sampled_from(["", "Okello", "he"])),
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(remarks(), max_size=6))
def test_whatever_is_said_the_offsets_are_exact_and_twice_is_once(
    made_up: Pipeline, said: list[Correction]
) -> None:
    found = read(made_up, *said)
    assert found == read(made_up, *said, *said) == read(made_up, *said, *said[-1:])
    last = 0
    for mention in found.mentions:
        assert last <= mention.span.start < mention.span.end <= len(TEXT)
        assert not mention.span.of(TEXT)[0].isspace() and mention.name
        last = mention.span.end
    assert all(piece.end <= len(TEXT) for quote in found.quotes for piece in quote.content)
    for name in {(mention.label, mention.name) for mention in found.mentions}:
        assert name[0] is Label.DATE or name in {(entity.label, entity.name) for entity in found.entities}


WORDS = st.lists(st.sampled_from(["Aa", "Bb", "cc", "“Aa", "Bb’s", "\U0001f600"]), max_size=14)


@given(words=WORDS, data=st.data())
def test_correcting_names_twice_is_correcting_them_once(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    ends = sorted({0, len(text), *(at for at, char in enumerate(text) if char == " ")})
    spans = [Span(one, other) for one, other in pairwise(ends) if one < other]
    names = [
        Name(span, Label.GPE, span.of(text))
        for span in spans
        if span.of(text).strip() and data.draw(st.booleans())
    ]
    said = []
    for _ in range(data.draw(st.integers(0, 5))):
        start = data.draw(st.integers(0, len(text)))
        span = Span(start, data.draw(st.integers(start, len(text))))
        if span.of(text).strip():
            remark = data.draw(st.sampled_from([Remark.IS_A, Remark.NOT_A_NAME]))
            label = Label.ORG if remark is Remark.IS_A else None
            anchor = Anchor(span, span.of(text))
            scope = data.draw(st.sampled_from(list(Scope)))
            said.append(Correction(remark, scope, span.of(text), label=label, anchor=anchor))
    corrections = Corrections(text, said)
    whole = Span(0, len(text))
    once = corrections.names(names, whole)
    assert corrections.names(once, whole) == once
    assert all(one.span.end <= other.span.start for one, other in pairwise(once))
