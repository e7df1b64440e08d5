"""A passage is found again where it is, or not at all."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.anchoring import describe, locate
from reader.document import Document, Span
from reader.model import Anchor, Located, Place

STORY = (
    "The council of Skerrow met on Thursday to speak about the bridge. Margit Oyelaran told the members "
    "that the ferry would not last another winter. The treasurer asked who was going to pay for it. "
    "Nobody answered him at first, and then Tomas Brekke stood up and said that the ferry would not last "
    "another week. There was laughter in the hall, and the mayor called for order. After an hour of talk "
    "about pipes, gravel and the price of steel, the members agreed to write to the ministry once more."
)
MET = "met on Thursday to speak"
LAST = "the ferry would not last another winter"


def doc(text: str) -> Document:
    return Document(text, ())


def anchor_of(text: str, quote: str, *, number: int = 0) -> Anchor:
    start = -1
    for _ in range(number + 1):
        start = text.index(quote, start + 1)
    return describe(doc(text), Span(start, start + len(quote)))


def found(text: str, anchor: Anchor) -> tuple[Place, str]:
    located = locate(doc(text), anchor)
    return located.place, located.span.of(text) if located.span else ""


def test_an_anchor_holds_the_words_and_their_surroundings() -> None:
    anchor = anchor_of(STORY, MET)
    assert anchor.exact == MET
    assert anchor.prefix == "The council of Skerrow "
    assert anchor.suffix == " about the bridge. Margit Oyelar"
    assert anchor.text_hash == doc(STORY).text_hash


def test_surroundings_never_cut_a_character_of_the_reader() -> None:
    text = "👨\u200d👩\u200d👧" + "x" * 30 + "QUOTE" + "y" * 31 + "e\u0301" + "end"
    anchor = anchor_of(text, "QUOTE")
    assert anchor.prefix == "x" * 30
    assert anchor.suffix == "y" * 31


def test_in_the_same_text_the_place_is_exact() -> None:
    anchor = anchor_of(STORY, "the", number=2)
    assert locate(doc(STORY), anchor) == Located(Place.EXACT, anchor.span)


def test_text_before_moves_it() -> None:
    assert found("A new first sentence. " + STORY, anchor_of(STORY, LAST)) == (Place.MOVED, LAST)


def test_other_line_ends_are_no_change_of_words() -> None:
    text = STORY.replace(" ", "\n", 40)
    assert found(text, anchor_of(STORY, LAST))[0] is Place.MOVED


def test_altered_words_are_told() -> None:
    quote = "the members agreed to write to the ministry once more"
    text = STORY.replace("agreed to write to", "agreed to send a letter to")
    assert found(text, anchor_of(STORY, quote)) == (Place.CHANGED, quote.replace("write", "send a letter"))


def test_a_passage_taken_out_is_lost_though_another_is_like_it() -> None:
    text = STORY.replace(
        "Margit Oyelaran told the members that the ferry would not last another winter. ", ""
    )
    assert found(text, anchor_of(STORY, LAST)) == (Place.LOST, "")


def test_the_same_words_elsewhere_are_not_the_passage() -> None:
    quote = "the ferry would not last another"
    text = STORY.replace(f"{quote} winter", "it was over")
    assert found(text, anchor_of(STORY, quote)) == (Place.LOST, "")
    second = anchor_of(STORY, quote, number=1)
    place, _ = found("Some words before. " + STORY, second)
    assert place is Place.MOVED
    assert locate(doc("Some words before. " + STORY), second).span == second.span.shifted(19)


def test_two_places_that_are_the_same_in_everything_are_lost() -> None:
    line = "The vote was taken again and again it was the same as before, forty to three. "
    text = line * 6
    start = 2 * len(line) + 4
    anchor = describe(doc(text), Span(start, start + 8))
    assert found("x " + text, anchor) == (Place.LOST, "")
    assert found(text[len(line) :], anchor) == (Place.LOST, "")


@pytest.mark.parametrize("text", ["", "x", "Something else altogether. " * 50])
def test_in_another_text_it_is_lost(text: str) -> None:
    assert found(text, anchor_of(STORY, LAST)) == (Place.LOST, "")


def test_a_whole_text_and_an_empty_anchor() -> None:
    assert found("", Anchor(Span(0, 0), "")) == (Place.LOST, "")
    assert found(STORY + " ", anchor_of(STORY, STORY))[0] in (Place.MOVED, Place.LOST)


def test_very_many_places_are_no_trouble() -> None:
    text = "a b " * 20_000 + "here a there " + "a b " * 20_000
    start = text.index("here a there") + 5
    anchor = describe(doc(text), Span(start, start + 1))
    assert locate(doc("b" + text), anchor) == Located(Place.MOVED, Span(start + 1, start + 2))
    assert locate(doc("b" + text), describe(doc(text), Span(4000, 4001))).place is Place.LOST


def test_a_passage_too_long_to_compare_is_found_by_its_words_alone() -> None:
    rng = random.Random(4)
    long = " ".join(str(rng.randrange(10**6)) for _ in range(2000))
    text = f"{STORY} {long} {STORY[::-1]}"
    anchor = anchor_of(text, long)
    assert found("x" + text, anchor) == (Place.MOVED, long)
    assert found(text.replace(long[5000:5020], "y"), anchor) == (Place.LOST, "")


# ------------------------------------------------------------ look-alikes

WORDS = re.findall(
    r"\w+",
    "harbour council winter ferry bridge treasurer letter storm lantern gravel minister fisherman morning "
    "answer promise children engine island captain budget library evening window north agreement said that "
    "would not carry with from about never seven because although against the a of to in was by",
)
Numbered = list[tuple[int, str]]


def composed(rng: random.Random) -> Numbered:
    """Numbered words of sentences, some of which come again, whole or with one word changed."""
    sentences = [
        [rng.choice(WORDS) for _ in range(rng.randint(6, 16))] + ["."] for _ in range(rng.randint(12, 30))
    ]
    for _ in range(len(sentences) // 4):
        again = list(rng.choice(sentences))
        if rng.random() < 0.5:
            again[rng.randrange(len(again) - 1)] = rng.choice(WORDS)
        sentences.insert(rng.randrange(len(sentences)), again)
    return list(enumerate(word for sentence in sentences for word in sentence))


def edited(rng: random.Random, words: Numbered, kept: range, rate: float) -> Numbered:
    """Take out, replace or add words at the given rate; the kept ones survive."""
    new: Numbered = []
    for number, word in words:
        if number in kept or rng.random() >= rate:
            new.append((number, word))
        elif (deed := rng.randrange(3)) == 1:
            new.append((number, rng.choice(WORDS)))
        elif deed == 2:
            new += [(number, word), (-1, rng.choice(WORDS))]
    return new


def written(words: Numbered) -> tuple[str, dict[int, int]]:
    """Return the text and where each numbered word begins."""
    starts: dict[int, int] = {}
    at = 0
    for number, word in words:
        starts[number] = at
        at += len(word) + 1
    return " ".join(word for _, word in words), starts


def trial(seed: int) -> tuple[str, int, int | None]:
    """Mark a passage, edit up to 30 % around it, look for it: (unique or not, where it is, where found)."""
    rng = random.Random(seed)
    words = composed(rng)
    text, starts = written(words)
    first = rng.randrange(len(words) - 12)
    kept = range(first, first + rng.choice([4, 6, 8, 12]))
    end = starts[kept[-1]] + len(words[kept[-1]][1])
    anchor = describe(doc(text), Span(starts[first], end))
    unique = text.count(anchor.prefix + anchor.exact + anchor.suffix) == 1
    new, places = written(edited(rng, words, kept, rng.uniform(0, 0.3)))
    located = locate(doc(new), anchor)
    return ("unique" if unique else "repeated"), places[first], located.span.start if located.span else None


@given(st.integers(0, 1 << 32))
@settings(max_examples=60, derandomize=True)
def test_a_passage_is_never_put_in_the_wrong_place(seed: int) -> None:
    kind, truth, place = trial(seed)
    assert place in (None, truth) or kind == "repeated"


def test_nearly_every_passage_whose_words_survive_is_found() -> None:
    trials = [trial(seed) for seed in range(400)]
    unique = [(truth, place) for kind, truth, place in trials if kind == "unique"]
    assert len(unique) > 300
    assert all(place in (None, truth) for truth, place in unique)
    assert sum(place is not None for _, place in unique) >= 0.9 * len(unique)


@given(st.text(max_size=200), st.text(max_size=200), st.data())
def test_any_text_is_searched_without_harm(old: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    anchor = describe(doc(old), Span(start, end))
    located = locate(doc(new), anchor)
    assert (located.span is None) == (located.place is Place.LOST)
    if located.span and located.place is Place.EXACT:
        assert located.span.of(new) == anchor.exact
    if start < end:
        assert locate(doc(old), anchor) == Located(Place.EXACT, anchor.span)
