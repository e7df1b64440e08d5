"""What is said in a paragraph, with the parts that a tagger marks given by hand."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.joins import Parts
from reader.analysis.quotes import Attribution, across, attributions
from reader.document import Span
from reader.model import QuoteKind


def tagged(marked: str) -> tuple[str, Parts]:
    """Read ``[c|…]`` as content, ``[u|…]`` as cue, ``[s|…]`` as source; return the text and the parts."""
    text, spans, opened = "", {"c": [], "u": [], "s": []}, []
    at = 0
    while at < len(marked):
        if marked[at] == "[" and marked[at + 2 : at + 3] == "|":
            opened.append((marked[at + 1], len(text)))
            at += 3
        elif marked[at] == "]" and opened:
            kind, start = opened.pop()
            spans[kind].append(Span(start, len(text)))
            at += 1
        else:
            text += marked[at]
            at += 1
    return text, Parts(tuple(spans["c"]), tuple(spans["u"]), tuple(spans["s"]))


def read(marked: str, *, names: tuple[str, ...] = ()) -> tuple[str, list[Attribution]]:
    text, parts = tagged(marked)
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in names]
    return text, attributions(text, Span(0, len(text)), parts, {}, names=spans)


def pieces(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [span.of(text) for span in spans]


def test_a_direct_quotation_has_cue_and_source() -> None:
    text, (said,) = read("[c|“We shall stay,”] [s|Ada Lindqvist] [u|said].")
    assert said.kind is QuoteKind.DIRECT
    assert pieces(text, said.quoted) == ["We shall stay,"]
    assert pieces(text, said.cue) == ["said"]
    assert pieces(text, said.source) == ["Ada Lindqvist"]


def test_a_quotation_in_two_pieces_around_the_speaker_is_one() -> None:
    text, (said,) = read("[c|“We shall stay,”] [s|she] [u|said], [c|“and the others too.”]")
    assert pieces(text, said.content) == ["“We shall stay,”", "“and the others too.”"]


def test_a_reported_clause_with_a_quoted_part_is_mixed() -> None:
    text, (said,) = read("[s|She] [u|said] [c|that the dam was “beyond repair” and would go].")
    assert said.kind is QuoteKind.MIXED
    assert pieces(text, said.quoted) == ["beyond repair"]


def test_reported_speech_without_marks_is_indirect() -> None:
    _, (said,) = read("[s|She] [u|said] [c|that the dam would go].")
    assert said.kind is QuoteKind.INDIRECT
    assert said.quoted == ()


def test_two_speakers_in_a_paragraph_keep_their_words() -> None:
    text, found = read("[s|Lindqvist] [u|said] [c|it would rain]. [s|Okello] [u|denied] [c|that it would].")
    assert [pieces(text, said.source) for said in found] == [["Lindqvist"], ["Okello"]]


def test_marks_give_the_exact_end() -> None:
    text, (said,) = read("[c|“We shall stay as long as] we can,” [s|she] [u|said].")
    assert pieces(text, said.content) == ["“We shall stay as long as we can,”"]


def test_a_long_quotation_that_the_tagger_missed_is_kept() -> None:
    text, (said,) = read("“We shall stay here as long as we can.”")
    assert said.source == ()
    assert pieces(text, said.quoted) == ["We shall stay here as long as we can."]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("[c|“We stay,”] [u|said] [s|Okello, the mayor, “for ever.”]", ["“We stay,”", "“for ever.”"]),
        ("[c|“We stay,”] [u|said] [s|Okello of Brenholm Ltd.] “So be it.”", ["“We stay,”", "“So be it.”"]),
        ("[s|Okello] [u|said]: “So be it.”", ["“So be it.”"]),
    ],
)
def test_what_follows_a_source_between_marks_goes_on(text: str, contents: list[str]) -> None:
    text, (said,) = read(text)
    assert pieces(text, said.content) == contents


def test_a_source_with_a_nickname_is_whole() -> None:
    text, (said,) = read("[c|“We stay here,”] [u|said] [s|Tom “Ox” Okello].")
    assert pieces(text, said.source) == ["Tom “Ox” Okello"]


def test_a_conjunction_belongs_to_what_comes_after() -> None:
    text, (said,) = read("[s|She] [u|called] [c|the plan “a sham” and] left.")
    assert pieces(text, said.content) == ["the plan “a sham”"]


def test_a_quotation_without_a_cue_has_a_source_when_the_weights_say_so() -> None:
    text, parts = tagged("[s|Ada Lindqvist] shook her head. [c|“There is no money left.”]")
    weights = {"direct<tagged": 1.0}
    (said,) = attributions(text, Span(0, len(text)), parts, weights)
    assert pieces(text, said.source) == ["Ada Lindqvist"]
    (said,) = attributions(text, Span(0, len(text)), parts, {})
    assert said.source == ()


def test_a_speech_that_tells_of_speech_is_one_speech() -> None:
    text, (said,) = read("Q: And [s|you] [u|wrote] to [c|the captain]?")
    assert pieces(text, said.content) == ["And you wrote to the captain?"]
    text, (said,) = read("Ada Lindqvist [u|said]: [c|The dam will go]", names=("Ada Lindqvist",))
    assert pieces(text, said.cue) == ["said"]


@pytest.mark.parametrize(
    "text", ["The so-called “reform” failed.", "She sang “The Long Way Home To Kessin Harbour”."]
)
def test_scare_quotes_and_titles_are_no_quotations(text: str) -> None:
    assert read(text)[1] == []


def test_a_name_near_the_cue_is_the_source_where_none_was_marked() -> None:
    text, (said,) = read("Ada Lindqvist [u|said] [c|that the dam would go].", names=("Ada Lindqvist",))
    assert pieces(text, said.source) == ["Ada Lindqvist"]


def test_a_transcript_names_the_speaker_before_a_colon() -> None:
    text, (said,) = read("LINDQVIST: Well, the dam will go. So be it.")
    assert pieces(text, said.source) == ["LINDQVIST"]
    assert pieces(text, said.content) == ["Well, the dam will go. So be it."]
    text, (said,) = read("Ada Lindqvist: The dam will go.", names=("Ada Lindqvist",))
    assert pieces(text, said.source) == ["Ada Lindqvist"]
    assert read("Update: the dam will go.")[1] == []


def test_a_name_under_a_dash_is_the_source() -> None:
    text, (said,) = read("“The dam will go, and so shall we all.” — Ada Lindqvist")
    assert pieces(text, said.source) == ["Ada Lindqvist"]


def paragraphs(*parts: str) -> tuple[str, list[list[Attribution]], list[Span]]:
    text, said, spans = "", [], []
    for part in parts:
        bare, found = tagged(part)
        start = len(text)
        text += bare + "\n\n"
        spans.append(Span(start, start + len(bare)))
        moved = Parts(
            *(tuple(s.shifted(start) for s in each) for each in (found.content, found.cue, found.source))
        )
        said.append(attributions(text, spans[-1], moved, {}))
    return text, said, spans


def test_a_quotation_goes_on_while_paragraphs_open_and_do_not_close() -> None:
    text, said, spans = paragraphs(
        "[s|She] [u|said]: [c|“The dam will go.]",
        "“The town will stay.",
        "“So be it.”",
        "“No more of this, not here and not now.”",
    )
    joined = across(text, said, spans, [[], [], [], []])
    assert [len(each) for each in joined] == [1, 0, 0, 1]
    assert pieces(text, joined[0][0].quoted) == ["The dam will go.", "The town will stay.", "So be it."]


def test_the_damage_of_a_missing_mark_ends_with_the_paragraph() -> None:
    text, said, spans = paragraphs("[s|She] [u|said]: [c|“The dam will go.]", "The next day it rained.")
    joined = across(text, said, spans, [[], []])
    assert pieces(text, joined[0][0].content) == ["“The dam will go."]
    assert joined[1] == []


def test_a_colon_names_the_speaker_of_the_next_paragraph() -> None:
    text, said, spans = paragraphs(
        "It rained. Then Lindqvist came to the hall:", "“The dam will go, and so shall we all.”"
    )
    name = Span(text.index("Lindqvist"), text.index("Lindqvist") + 9)
    joined = across(text, said, spans, [[name], []])
    assert joined[1][0].source == (name,)
    assert pieces(text, joined[1][0].cue) == [":"]


ANY = st.text(alphabet=st.one_of(st.sampled_from(list("“”\"' .,:\n")), st.characters()), max_size=80)


@given(ANY, st.data())
def test_spans_are_exact_in_any_text(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    spans = [Span(a, b) for a, b in pairwise(cuts)]
    parts = Parts(tuple(spans[0::3]), tuple(spans[1::3]), tuple(spans[2::3]))
    for said in attributions(text, Span(0, len(text)), parts, {}, names=spans[::2]):
        for span in (*said.content, *said.quoted, *said.cue, *said.source):
            assert span.end <= len(text)
        assert list(said.content) == sorted(said.content)
        assert all(one.end <= other.start for one, other in pairwise(said.content))
        assert all(any(span.covers(inner) for span in said.content) for inner in said.quoted)
