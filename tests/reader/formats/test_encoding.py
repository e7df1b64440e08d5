"""Bytes become text in the order: asked for, marked, UTF-8, guessed, replaced."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import FormatError
from reader.formats.encoding import Decoded, decode, is_about_encoding

WORDS = "Der Müller sagte: „Über die Brücke fährt niemand.“ Größe, Straße, schön."


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32", "utf-8"])
def test_a_mark_or_utf_8_is_read_without_a_warning(codec: str) -> None:
    decoded = decode(WORDS.encode(codec))
    assert (decoded.text, decoded.warnings) == (WORDS, ())
    assert decoded.encoding in ("utf-8", "utf-16-le", "utf-32-le")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_seen_by_its_nuls(codec: str) -> None:
    assert decode(("plain words " * 20).encode(codec)).text == "plain words " * 20


def test_a_guess_is_told() -> None:
    decoded = decode((WORDS * 20).encode("windows-1252"))
    assert (decoded.text, decoded.encoding) == (WORDS * 20, "cp1252")
    (warning,) = decoded.warnings
    assert "windows-1252" in warning and is_about_encoding(warning)


def test_the_encoding_asked_for_comes_first() -> None:
    assert decode("λόγος".encode("iso-8859-7"), encoding="iso-8859-7") == Decoded("λόγος", "iso8859-7")


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_asked_for_is_read_in_the_order_of_its_bytes(codec: str) -> None:
    assert decode(WORDS.encode(codec), encoding="utf-16").text == WORDS


def test_characters_that_cannot_be_read_are_counted() -> None:
    decoded = decode(b"caf\xe9 and", encoding="utf-8")
    assert decoded.text == "caf\ufffd and"
    assert decoded.warnings[0].startswith("1 character")
    assert is_about_encoding(decoded.warnings[0])


@pytest.mark.parametrize("name", ["klingon", "hex", "rot13", "utf-8\x00", "idna" * 30])
def test_an_encoding_nobody_knows_is_a_sentence(name: str) -> None:
    with pytest.raises(FormatError, match="not a text encoding"):
        decode(b"x", encoding=name)


@given(st.binary(max_size=300))
def test_any_bytes_become_some_text(data: bytes) -> None:
    text = decode(data).text
    assert "\r" not in text
    text.encode()
