"""Plain text becomes paragraphs whose characters keep their places."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import BlockKind, Document
from reader.formats import plain
from reader.formats.request import Request


def lines(document: Document) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks]


def test_paragraphs_are_parted_by_blank_lines() -> None:
    document = plain.read("One is here.\n\nTwo is here.\n \nThree.")
    assert lines(document) == ["One is here.", "Two is here.", "Three."]


def test_a_date_header_is_metadata_and_not_text() -> None:
    document = plain.load("\ufeff date 2021-03-14 The talks began on Sunday.\n\nMore.".encode())
    assert document.metadata.date == "2021-03-14"
    assert document.text == "The talks began on Sunday.\n\nMore."


def test_a_headline_may_follow_the_date_header() -> None:
    document = plain.read("date 2021-03-14\n\nTalks begin in Oslo\n\nThe talks began.")
    assert document.metadata.date == "2021-03-14"
    assert document.metadata.title == "Talks begin in Oslo"


@pytest.mark.parametrize("head", ["date 2021-02-31 x", "dates 2021-03-14 x", "The date 2021-03-14 x"])
def test_what_only_resembles_a_header_stays(head: str) -> None:
    document = plain.read(head)
    assert document.text == head
    assert document.metadata.date == ""


def test_a_short_first_line_alone_is_the_title() -> None:
    document = plain.read("A bridge for Skerrow\n\nThe council met.")
    assert document.metadata.title == "A bridge for Skerrow"
    assert document.blocks[0].kind is BlockKind.TITLE
    assert document.text.startswith("A bridge for Skerrow")


@pytest.mark.parametrize(
    "text",
    [
        "A sentence.\n\nMore.",
        "Close by\nMore.",
        "Only this",
        "- an item\n\nMore",
        "x" * 200 + "\n\nMore",
        "12\n\nM",
    ],
)
def test_other_first_lines_are_no_title(text: str) -> None:
    assert plain.read(text).metadata.title == ""


def test_lines_wrapped_by_hand_are_joined_one_to_one() -> None:
    source = (
        "The council of the island met on Thursday to speak about the\n"
        "bridge that was promised eleven years ago, and about the cost\n"
        "of it, which has grown."
    )
    document = plain.read(source)
    assert lines(document) == [source.replace("\n", " ")]
    assert len(document.text) == len(source)


def test_paragraphs_of_wrapped_lines_without_blank_lines_are_told_apart() -> None:
    source = (
        "The council of the island met on Thursday to speak about the\n"
        "bridge that was promised eleven years ago.\n"
        "Nobody knew at the time who would have to pay for the bridge\n"
        "and its two ramps in the end, because the ministry was silent\n"
        "about it."
    )
    assert [line[:10] for line in lines(plain.read(source))] == ["The counci", "Nobody kne"]


def test_one_paragraph_a_line_and_verses_keep_their_lines() -> None:
    long = "A long paragraph, written in a single line as editors do. " * 4
    assert len(plain.read(f"{long}\n{long}\n{long}").blocks) == 3
    assert lines(plain.read("O sea,\nO grey sea,\nbring\nthe boats home")) == [
        "O sea,",
        "O grey sea,",
        "bring",
        "the boats home",
    ]


def test_list_items_are_not_joined_to_the_line_before() -> None:
    first = "- this item is long enough to be a line that was wrapped here"
    assert len(plain.read(f"{first}\n- and this one is\n{first}").blocks) == 3


def test_a_monstrous_paragraph_is_split_at_sentence_ends() -> None:
    document = plain.read("It was said again and again. " * 3000)
    assert len(document.blocks) > 4
    assert all(line.endswith("again.") for line in lines(document))
    assert plain.read("x" * 50_000).blocks[0].span.end == 20_000


@given(st.text() | st.text(alphabet=" \n\tab.-\u2028\r\x85\f\x00\ud800é"))
def test_any_text_becomes_sound_blocks(assert_sound: Callable[[Document], None], text: str) -> None:
    assert_sound(plain.load(text.encode("utf-8", "surrogatepass")))


@given(st.lists(st.text(alphabet="abc .,", min_size=1, max_size=90), max_size=8))
def test_unwrapping_changes_no_character_but_line_ends(parts: list[str]) -> None:
    source = "\n".join(parts).strip("\n").rstrip()
    document = plain.read(source)
    assert len(document.text) == len(source)
    assert all(a == b or (a, b) == (" ", "\n") for a, b in zip(document.text, source, strict=True))


@pytest.mark.parametrize(
    "seed", ["A headline\n\n", " date 2021-03-14 \n\n", "", "Wrapped " * 9 + "\n" + "by hand " * 9]
)
def test_the_beginning_of_a_long_text_comes_first_and_is_as_in_the_whole(seed: str) -> None:
    paragraph = "One of many sentences. " * 40 + "\n  Another line of it. \n\n"
    begun: list[Document] = []
    whole = plain.load((seed + paragraph * 1100).encode(), Request(preview=begun.append))
    (beginning,) = begun
    assert 50_000 < len(beginning.text) < 100_000
    assert whole.text.startswith(beginning.text)
    assert whole.blocks[: len(beginning.blocks)] == beginning.blocks
    assert whole.metadata == beginning.metadata


def test_a_short_text_and_one_without_paragraphs_come_in_one_piece() -> None:
    begun: list[Document] = []
    plain.load(b"Short.\n\nText.", Request(preview=begun.append))
    plain.load(b"word " * 300_000, Request(preview=begun.append))
    assert not begun
