"""The list of names that is kept as hashes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.lexicon import COUNTRY, FIRST_NAME, INSIDE, MALE, TOWN, Lexicon

WORDS = st.text("AbÄé'", min_size=1, max_size=3)
PHRASES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


def test_the_longest_phrase_is_found(tmp_path: Path) -> None:
    lexicon = Lexicon({"New Morn": COUNTRY, "New": TOWN, "Tom": FIRST_NAME | MALE})
    words = ["In", "New", "Morn", "New", "Tom", "new"]
    classes = [0, COUNTRY, COUNTRY | INSIDE, TOWN, FIRST_NAME, 0]
    assert lexicon.classes(words) == classes
    assert lexicon.of("Tom") == FIRST_NAME | MALE
    assert lexicon.of("New Morn") == COUNTRY
    assert lexicon.of("Morn") == lexicon.of("") == lexicon.of("a b c d e f") == 0
    lexicon.save(tmp_path / "lexicon.bin")
    again = Lexicon.load(tmp_path / "lexicon.bin")
    assert len(again) == 3 and again.classes(words) == classes
    again.save(tmp_path / "again.bin")
    assert (tmp_path / "lexicon.bin").read_bytes() == (tmp_path / "again.bin").read_bytes()


def test_each_word_is_looked_up_by_itself() -> None:
    lexicon = Lexicon({"the": 5, "of": 4, "the of": 1})
    assert list(lexicon.each(["the", "of", "The"])) == [5, 4, 0]
    assert list(lexicon.each([])) == []
    assert list(Lexicon().each(["the"])) == [0]


def test_an_empty_list_knows_nothing() -> None:
    assert Lexicon().classes(["Nice", "is"]) == [0, 0]
    assert Lexicon().of("Nice") == 0


def test_a_list_that_was_cut_is_not_taken(tmp_path: Path) -> None:
    Lexicon({"New Morn": COUNTRY, "New": TOWN}).save(tmp_path / "lexicon.bin")
    whole = (tmp_path / "lexicon.bin").read_bytes()
    (tmp_path / "lexicon.bin").write_bytes(whole[:-1])
    with pytest.raises(ValueError, match="not whole"):
        Lexicon.load(tmp_path / "lexicon.bin")


@given(st.dictionaries(PHRASES, st.integers(1, 1023), max_size=20), st.lists(WORDS, max_size=12))
def test_what_is_found_is_what_was_put_in(phrases: dict[str, int], words: list[str]) -> None:
    lexicon = Lexicon(phrases)
    for phrase, number in phrases.items():
        assert lexicon.of(phrase) == number
    found = lexicon.classes(words)
    assert len(found) == len(words)
    for word, classes in zip(words, found, strict=True):
        assert not classes or any(word in phrase.split() for phrase in phrases)
