"""A page saved as one file is the page, with its pictures, its address and its day."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from PIL import Image

from reader.document import BlockKind, Document
from reader.errors import DamagedFile
from reader.formats.web import mhtml
from tests.reader.formats.damage import Changes, assert_survived, changes_of, damaged

PROSE = "The council met on Thursday, and it spoke for hours about the bridge, the ferry, and the cost. "


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (50, 50), "blue").save(out, "PNG")
    return base64.encodebytes(out.getvalue())


def saved(body: str, *, head: str = "Snapshot-Content-Location: https://example.org/news/bridge\n") -> bytes:
    return (
        f"From: <Saved by Blink>\n{head}Subject: The bridge\nDate: Sun, 14 Mar 2021 10:00:00 -0000\n"
        'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="----edge"\n\n\n'
        "------edge\nContent-Type: text/html\nContent-ID: <frame@x>\n"
        "Content-Transfer-Encoding: quoted-printable\n"
        "Content-Location: https://example.org/news/bridge\n\n"
    ).encode() + (
        body.replace("=", "=3D").encode()
        + b"\n------edge\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n"
        b"Content-Location: https://example.org/img/a.png\n\n" + picture()
        + b"\n------edge\nContent-Type: text/css\nContent-ID: <css@x>\n\np {}\n------edge--\n"
    )  # fmt: skip


PAGE = (
    f"<html><title>A bridge at last</title><body><p>{PROSE * 3}<p><img src='../img/a.png' alt='Sea'></html>"
)


def test_the_page_its_pictures_its_address_and_its_day() -> None:
    document = mhtml.load(saved(PAGE))
    assert document.format == "mhtml"
    assert document.text.count("The council met") == 3
    assert document.metadata.title == "A bridge at last"
    assert document.metadata.address == "https://example.org/news/bridge"
    assert document.metadata.date == "2021-03-14"
    assert [(b.alt, b.picture) for b in document.blocks if b.kind is BlockKind.IMAGE] == [("Sea", 0)]
    assert document.warnings == ()


def test_the_page_that_is_named_as_the_start_is_the_page() -> None:
    part = "--b\nContent-Type: text/html\nContent-ID: <{0}>\n\n<p>{0}</p>\n"
    head = 'MIME-Version: 1.0\nContent-Type: multipart/related; start="<two>"; boundary=b\n\n'
    data = f"{head}{part.format('one')}{part.format('two')}--b--".encode()
    assert mhtml.load(data).text == "two"
    assert mhtml.load(data.replace(b"<two>", b"<gone>", 1)).text == "one"


def test_the_charset_of_the_part_is_used() -> None:
    head = b"Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html; charset=koi8-r\n\n"
    assert mhtml.load(head + "<p>дом".encode("koi8-r") + b"\n--b--").text == "дом"


def test_a_page_that_breaks_off_is_told() -> None:
    data = saved(PAGE)
    document = mhtml.load(data[: data.rindex(b"Content-Type: image")])
    assert "The council met" in document.text
    assert "missing" in document.warnings[0]


def test_a_file_without_a_page_is_refused() -> None:
    with pytest.raises(DamagedFile, match="no web page"):
        mhtml.load(b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b--")


SAMPLE = saved(f"<p>Text<img src='cid:x'>{PROSE}")


@given(changes_of(SAMPLE))
@settings(max_examples=40)
def test_any_damage_is_a_document_or_a_sentence(
    assert_sound: Callable[[Document], None], changes: Changes
) -> None:
    assert_survived(mhtml.load, damaged(SAMPLE, changes), assert_sound)
