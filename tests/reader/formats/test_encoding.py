"""Bytes become text in the order: asked for, marked, UTF-8, guessed, replaced."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import FormatError
from reader.formats.encoding import decode

WORDS = "Der Müller sagte: „Über die Brücke fährt niemand.“ Größe, Straße, schön."


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32", "utf-8"])
def test_a_mark_or_utf_8_is_read_without_a_warning(codec: str) -> None:
    assert decode(WORDS.encode(codec)) == (WORDS, ())


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_seen_by_its_nuls(codec: str) -> None:
    assert decode(("plain words " * 20).encode(codec))[0] == "plain words " * 20


def test_a_guess_is_told() -> None:
    text, warnings = decode((WORDS * 20).encode("windows-1252"))
    assert text == WORDS * 20
    assert len(warnings) == 1
    assert "windows-1252" in warnings[0]


def test_the_encoding_asked_for_comes_first() -> None:
    assert decode("λόγος".encode("iso-8859-7"), encoding="iso-8859-7") == ("λόγος", ())


def test_characters_that_cannot_be_read_are_counted() -> None:
    text, warnings = decode(b"caf\xe9 and", encoding="utf-8")
    assert text == "caf\ufffd and"
    assert warnings[0].startswith("1 character")


@pytest.mark.parametrize("name", ["klingon", "hex", "rot13", "utf-8\x00", "idna" * 30])
def test_an_encoding_nobody_knows_is_a_sentence(name: str) -> None:
    with pytest.raises(FormatError, match="not a text encoding"):
        decode(b"x", encoding=name)


@given(st.binary(max_size=300))
def test_any_bytes_become_some_text(data: bytes) -> None:
    text, _ = decode(data)
    assert "\r" not in text
    text.encode()
