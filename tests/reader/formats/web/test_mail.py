"""A message is its subject, one line of who and when, its text with what is quoted, and what is attached."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from PIL import Image

from reader.document import BlockKind, Document, StyleKind
from reader.formats.request import Request
from reader.formats.web import mail, mime
from tests.reader.formats.damage import Changes, assert_survived, changes_of, damaged

HEAD = (
    "From: =?utf-8?q?Ann_L=C3=A9e?= <ann@example.org>\nTo: Bo Berg <bo@example.org>\n"
    "Subject: The\n bridge\nDate: Sun, 14 Mar 2021 10:00:00 +0100\nMIME-Version: 1.0\n"
)


def letter(*parts: str, kind: str = "mixed", head: str = HEAD) -> bytes:
    """Return a message of several parts, each with its headers."""
    inside = "".join(f"--edge\n{part}\n" for part in parts)
    return f'{head}Content-Type: multipart/{kind}; boundary="edge"\n\nHello\n{inside}--edge--\n'.encode()


def plain(text: str, *more: str) -> str:
    return "\n".join(("Content-Type: text/plain; charset=utf-8", *more, "", text))


def page(text: str) -> str:
    return f"Content-Type: text/html; charset=utf-8\n\n{text}"


def shown(data: bytes) -> list[str]:
    """Return what a message shows below its subject and the line of who and when."""
    document = mail.load(data)
    return [block.span.of(document.text) for block in document.blocks if block.kind is not BlockKind.TITLE][
        1:
    ]


def test_headers_become_what_is_known_of_a_message() -> None:
    document = mail.load(f"{HEAD}\nHello Bo\n".encode())
    assert document.metadata.title == "The bridge"
    assert (document.metadata.byline, document.metadata.date) == ("Ann Lée", "2021-03-14")
    assert document.text == "The bridge\n\nFrom Ann Lée to Bo Berg, 14 March 2021\n\nHello Bo"
    assert [block.kind.value for block in document.blocks] == ["title", "caption", "paragraph"]
    assert document.format == "mail"


@pytest.mark.parametrize(
    ("header", "people"),
    [
        ("a@x.org", ["a@x.org"]),
        ('"Lee, Ann" <a@x.org>, Bo <b@x.org>', ["Lee, Ann", "Bo"]),
        ("=?iso-8859-1?q?Lee=2C_Ann=E9?= <a@x.org>", ["Lee, Anné"]),
        ("=?utf-8?b?w4k=?= =?utf-8?b?dmE=?= <a@x.org>", ["Éva"]),
        ("=?no-such?q?Ann?= <a@x.org>", ["Ann"]),
        ("undisclosed-recipients:;", []),
        ("a@x.org (Ann)", ["a@x.org (Ann)"]),
        ("", []),
    ],
)
def test_people_are_called_by_their_names(header: str, people: list[str]) -> None:
    assert mail._people(header) == people


def test_many_receivers_are_counted() -> None:
    names = ", ".join(f"N{n} <n{n}@x.org>" for n in range(9))
    head = f"From: Ann <a@x.org>\nTo: {names}\n"
    assert mail.load(f"{head}\nx".encode()).text == "From Ann to N0, N1, N2 and 6 others\n\nx"


def test_the_plain_version_comes_first_unless_it_only_stands_in() -> None:
    long = "The council met on Thursday and spoke for hours."
    assert shown(letter(plain(long), page(f"<p><b>{long}</b></p>"), kind="alternative")) == [long]
    assert shown(letter(plain("No text."), page(f"<p>{long}</p>"), kind="alternative")) == [long]
    assert shown(letter(plain(""), page("<p>Hi</p>"), kind="alternative")) == ["Hi"]
    assert shown(letter(page("<p>Hi</p>"), kind="alternative")) == ["Hi"]


def test_quoted_lines_are_quotes_with_their_depth() -> None:
    document = mail.load(f"{HEAD}\nYes.\n\n> Are you\n> sure?\n>> No.\n> > Yes.\n\n-- \nAnn\n".encode())
    assert [
        (block.kind.value, block.level, block.span.of(document.text)) for block in document.blocks[2:]
    ] == [
        ("paragraph", 0, "Yes."),
        ("quote", 1, "Are you"),
        ("quote", 1, "sure?"),
        ("quote", 2, "No."),
        ("quote", 2, "Yes."),
        ("paragraph", 0, "--"),
        ("paragraph", 0, "Ann"),
    ]


def test_flowed_lines_are_joined() -> None:
    text = "One long \nline.\n> quoted \n> words\n From here\n-- \nAnn \nLee"
    part = plain(text).replace("utf-8", "utf-8; format=flowed")
    assert shown(letter(part)) == ["One long line.", "quoted words", "From here", "--", "Ann Lee"]
    part = part.replace("flowed", "flowed; delsp=yes")
    assert shown(letter(part))[0] == "One longline."


def test_what_is_attached_is_named_and_not_opened() -> None:
    data = letter(
        plain("Look."),
        "Content-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf\n\nxx",
        plain("secret", "Content-Disposition: attachment; filename*=utf-8''b%C3%A9.txt"),
        "Content-Type: application/pgp-signature; name=s.asc\n\nxx",
    )
    assert shown(data) == ["Look.", "Attached: a.pdf, bé.txt. Open them from your mail program."]


def picture() -> str:
    out = io.BytesIO()
    Image.new("RGB", (50, 50), "blue").save(out, "PNG")
    return base64.encodebytes(out.getvalue()).decode()


def test_pictures_in_the_text_are_shown() -> None:
    image = f"Content-Type: image/png\nContent-ID: <p@x>\nContent-Transfer-Encoding: base64\n\n{picture()}"
    document = mail.load(letter(page("<p>See<p><img src='cid:p@x' alt='Sea'>"), image, kind="related"))
    assert [(b.alt, b.picture) for b in document.blocks if b.kind is BlockKind.IMAGE] == [("Sea", 0)]
    document = mail.load(letter(plain("See"), image))
    assert [b.picture for b in document.blocks if b.kind is BlockKind.IMAGE] == [0]


def test_a_message_inside_a_message_is_shown_below_it() -> None:
    inner = "From: Cy <c@x.org>\nSubject: Old news\nDate: Sat, 13 Mar 2021 09:00:00 +0000\n\nThe old text."
    document = mail.load(letter(plain("See below."), f"Content-Type: message/rfc822\n\n{inner}"))
    assert document.text.endswith("See below.\n\nOld news\n\nFrom Cy, 13 March 2021\n\nThe old text.")
    assert document.blocks[3].kind is BlockKind.HEADING


def test_messages_inside_each_other_end_somewhere() -> None:
    data = b"Subject: deep\n\nEnd."
    for _ in range(300):
        data = b"Content-Type: message/rfc822\n\n" + data
    assert len(mail.load(HEAD.encode() + data).blocks) < 60


def test_an_encrypted_message_is_told() -> None:
    part = "Content-Type: application/octet-stream; name=encrypted.asc\n\nxx"
    document = mail.load(letter(part, kind="encrypted"))
    assert "encrypted" in document.warnings[0]


def test_a_message_that_breaks_off_is_told() -> None:
    data = letter(plain("One."), plain("Two."))
    document = mail.load(data[: data.rindex(b"--edge")])
    assert "Two." in document.text
    assert "missing" in document.warnings[0]


def test_letters_come_out_right_however_they_were_sent() -> None:
    def body(headers: str, data: bytes) -> str:
        return mail.load(f"From: a\n{headers}\n\n".encode() + data).text.split("\n")[-1]

    latin = "Content-Type: text/plain; charset=iso-8859-1"
    assert body(latin, "“é”".encode("cp1252")) == "“é”"
    assert body("Content-Type: text/plain; charset=us-ascii", "é".encode()) == "é"
    quoted = f"{latin}\nContent-Transfer-Encoding: quoted-printable"
    assert body(quoted, b"caf=E9 =\nau lait") == "café au lait"
    assert body("Content-Transfer-Encoding: base64", b"Y2Fmw6k!\n=") == "café"
    assert body("Content-Transfer-Encoding: base64", b"Y2Fmw6kxx") == "café1"
    assert body("Content-Type: text/plain; charset=iso-2022-jp", "日本".encode("iso-2022-jp")) == "日本"
    for name in ("nonsense", "punycode", "hex", "undefined", "\x00", "x" * 5000):
        french = "Le café du marché est fermé en été, et la fête du village est à côté.".encode("cp1252")
        assert "Le caf" in body(f"Content-Type: text/plain; charset={name}", french)
    assert mail.load(b"From: a\n\n\xff\xe9", Request()).text


def test_an_encoding_can_be_chosen() -> None:
    from reader.document import ReadAs

    data = "From: a\nContent-Type: text/plain; charset=us-ascii\n\nдом".encode("koi8-r")
    assert mail.load(data, Request(ReadAs(encoding="koi8-r"))).text.endswith("дом")


def test_links_in_a_message_are_kept_and_nothing_else_of_a_page() -> None:
    document = mail.load(
        letter(page("<p>See <a href='https://x.org/'>this</a><img src='http://x.org/t.gif'>"))
    )
    styles = [style for block in document.blocks for style in block.styles]
    assert [(style.kind, style.target) for style in styles] == [(StyleKind.LINK, "https://x.org/")]


def test_a_file_without_headers_is_all_text() -> None:
    assert mail.load(b"\nJust words").text == "Just words"
    assert mail.load(b"Just words\nand more").text == "Just words\nand more"
    assert mail.load(b"From a@x.org Mon\nSubject: S\n\nWords").text == "S\n\nWords"


def test_a_message_of_very_many_parts_is_cut() -> None:
    whole = mime.parse(letter(*["\nx"] * 2500))
    assert whole.is_cut
    assert not whole.parts


SAMPLE = letter(
    plain("> a\nb", "Content-Transfer-Encoding: base64"),
    page("<p>x<img src='cid:p'>"),
    "Content-Type: message/rfc822\n\nSubject: =?utf-8?q?x?=\nDate: Sun, 14 Mar 2021 10:00:00\n\ny",
    "Content-Type: image/png\nContent-ID: <p>\nContent-Transfer-Encoding: quoted-printable\n\n=41",
)


@given(changes_of(SAMPLE, words=re.findall(rb"\S+", SAMPLE)))
@settings(max_examples=60)
def test_any_damage_is_a_document_or_a_sentence(
    assert_sound: Callable[[Document], None], changes: Changes
) -> None:
    assert_survived(mail.load, damaged(SAMPLE, changes), assert_sound)
