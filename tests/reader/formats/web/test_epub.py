"""An EPUB book is one text: chapters in order, contents, notes; what is missing or locked is told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from PIL import Image

from reader.document import BlockKind, Document, Metadata
from reader.errors import DamagedFile, Unreadable
from reader.formats import open_document
from reader.formats.request import Request
from reader.formats.web import epub
from tests.reader.formats.damage import Changes, assert_survived, changes_of, damaged

CONTAINER = (
    '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)
PROSE = "The council met on Thursday, and it spoke for hours about the bridge and the ferry. "


def chapter(body: str, *, title: str = "A chapter") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>{title}</title></head><body>{body}</body></html>'
    )


def package(items: str, spine: str, *, metadata: str = "", guide: str = "", toc: str = "") -> str:
    return (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
        f"{metadata}</metadata><manifest>{items}</manifest><spine{toc}>{spine}</spine>{guide}</package>"
    )


def zipped(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def book(
    chapters: dict[str, str], *, nav: str = "", metadata: str = "", more: dict[str, str | bytes] | None = None
) -> bytes:
    items = "".join(f'<item id="i-{name}" href="{name}"/>' for name in chapters)
    if nav:
        items += '<item id="nav" href="nav.xhtml" properties="nav"/>'
    spine = "".join(f'<itemref idref="i-{name}"/>' for name in chapters)
    members: dict[str, str | bytes] = {
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": package(items, spine, metadata=metadata),
        **{f"OEBPS/{name}": chapter(body) for name, body in chapters.items()},
        **(more or {}),
    }
    if nav:
        members["OEBPS/nav.xhtml"] = chapter(f'<nav epub:type="toc"><ol>{nav}</ol></nav>')
    return zipped(members)


def shown(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, block.span.of(document.text)) for block in document.blocks]


def contents(document: Document) -> list[tuple[str, int, str]]:
    return [(each.title, each.level, document.text[each.start :][:9]) for each in document.contents]


def test_chapters_come_in_the_order_of_the_book_and_those_beside_it_last() -> None:
    items = "".join(f'<item id="{n}" href="{n}.xhtml"/>' for n in "abc")
    spine = '<itemref idref="c"/><itemref idref="a" linear="no"/><itemref idref="b"/>'
    members: dict[str, str | bytes] = {f"OEBPS/{n}.xhtml": chapter(f"<p>{n}</p>") for n in "abc"}
    members |= {"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": package(items, spine)}
    assert epub.load(zipped(members)).text == "c\n\nb\n\na"


def test_what_the_book_says_of_itself() -> None:
    metadata = (
        "<dc:title>The Bridge</dc:title><dc:creator opf:role='aut'>Ann Lee</dc:creator><dc:creator>Bo Berg"
        "</dc:creator><dc:creator opf:role='ill'>Cy</dc:creator><dc:date opf:event='creation'>2019</dc:date>"
        "<dc:date opf:event='publication'>2021-03-14T00:00:00Z</dc:date><dc:language>en</dc:language>"
        "<dc:publisher>North Press</dc:publisher><dc:identifier>urn:x</dc:identifier>"
        "<dc:source>https://example.org/bridge</dc:source>"
    )
    document = epub.load(book({"a.xhtml": "<p>Text</p>"}, metadata=metadata))
    assert document.metadata == Metadata(
        "The Bridge", "Ann Lee, Bo Berg", "2021-03-14", "North Press", "en", "https://example.org/bridge"
    )
    assert document.format == "epub"
    assert shown(document) == [("title", "The Bridge"), ("paragraph", "Text")]


NAV = (
    "<li><span>Part one</span><ol><li><a href='a.xhtml'>Alpha</a></li><li><a href='b.xhtml#two'>Two</a></li>"
    "</ol></li><li><a href='gone.xhtml'>Gone</a></li>"
)


def test_the_contents_lead_into_the_text_and_give_chapters_their_headings() -> None:
    document = epub.load(book({"a.xhtml": "<p>First</p>", "b.xhtml": "<p>x</p><p id='two'>y</p>"}, nav=NAV))
    assert contents(document) == [
        ("Part one", 1, "Alpha\n\nFi"),
        ("Alpha", 2, "Alpha\n\nFi"),
        ("Two", 2, "y"),
    ]
    assert shown(document)[:2] == [("title", "Alpha"), ("paragraph", "First")]


def test_a_heading_of_its_own_is_kept_and_a_plain_one_is_made_one() -> None:
    nav = "<li><a href='a.xhtml'>Alpha</a></li><li><a href='b.xhtml'>Chapter 2. Beta</a></li>"
    chapters = {"a.xhtml": "<h3>The first</h3><p>x</p>", "b.xhtml": "<p>CHAPTER 2: BETA</p><p>y</p>"}
    document = epub.load(book(chapters, nav=nav, metadata="<dc:title>T</dc:title>"))
    assert shown(document) == [
        ("title", "T"),
        ("heading", "The first"),
        ("paragraph", "x"),
        ("heading", "CHAPTER 2: BETA"),
        ("paragraph", "y"),
    ]


def test_an_older_book_has_its_contents_in_an_ncx() -> None:
    ncx = (
        '<?xml version="1.0"?><!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://x/ncx.dtd">'
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>One</text></navLabel>'
        '<content src="a.xhtml"/><navPoint><navLabel><text>Inner</text></navLabel><content src="a.xhtml#i"/>'
        "</navPoint></navPoint></navMap></ncx>"
    )
    items = '<item id="a" href="a.xhtml"/><item id="n" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    data = zipped(
        {
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": package(items, '<itemref idref="a"/>', toc=' toc="n"'),
            "OEBPS/toc.ncx": ncx,
            "OEBPS/a.xhtml": chapter("<h1>One</h1><p>x</p><h2 id='i'>Inner</h2>"),
        }
    )
    assert contents(epub.load(data)) == [("One", 1, "One\n\nx\n\nI"), ("Inner", 2, "Inner")]


def test_without_contents_the_headings_are_listed() -> None:
    document = epub.load(book({"a.xhtml": "<h1>One</h1><p>x</p><h2>Two</h2><p>y</p><h4>z</h4>"}))
    assert [(each.title, each.level) for each in document.contents] == [("Two", 2)]


def test_links_and_notes_lead_from_chapter_to_chapter() -> None:
    document = epub.load(
        book(
            {
                "a.xhtml": "<p>See <a href='b.xhtml'>B</a>.<sup><a id='n' href='notes.xhtml#n'>1</a></sup>",
                "b.xhtml": "<p id='n'>Words<a epub:type='noteref' href='#f'>*</a> <a href='http://x.org/'>x</a></p>"
                "<aside id='f' epub:type='footnote'>Aside</aside><p>End <a href='javascript:x'>y</a></p>",
                "notes.xhtml": "<p id='n'><a href='a.xhtml#n'>1</a>. A note.</p>",
            }
        )
    )
    assert [text for _, text in shown(document)] == [
        "See B.1", "Words* x", "End y", "A note. ↩", "Aside ↩"
    ]  # fmt: skip
    targets = {
        style.span.of(document.text): style.target
        for b in document.blocks
        for style in b.styles
        if style.target
    }
    names = [block.name for block in document.blocks]
    assert len({*filter(None, names)}) == len([*filter(None, names)])
    assert targets["B"] == f"#{names[1]}"
    assert targets["1"] == f"#{names[3]}"
    assert targets["*"] == f"#{names[4]}"
    assert targets["x"] == "http://x.org/"
    assert "y" not in targets
    back = [style.target for block in document.blocks[3:] for style in block.styles]
    assert back == [f"#{names[0]}", f"#{names[1]}"]


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (50, 50), "blue").save(out, "PNG")
    return out.getvalue()


def test_pictures_are_shown_and_the_cover_only_where_it_is_all_there_is() -> None:
    cover = "<div><img src='img/c.png' alt='Cover'/></div>"
    more: dict[str, str | bytes] = {"OEBPS/img/c.png": picture()}
    document = epub.load(book({"c.xhtml": cover, "a.xhtml": f"<p>Text</p>{cover}"}, more=more))
    assert shown(document) == [("paragraph", "Text"), ("image", "\ufffc")]
    assert len(document.pictures) == 1
    assert shown(epub.load(book({"c.xhtml": cover}, more=more))) == [("image", "\ufffc")]


def locked(*members: str, algorithm: str = "http://www.w3.org/2001/04/xmlenc#aes128-cbc") -> str:
    parts = "".join(
        '<EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#">'
        f'<EncryptionMethod Algorithm="{algorithm}"/>'
        f'<CipherData><CipherReference URI="{member}"/></CipherData></EncryptedData>'
        for member in members
    )
    return f'<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container">{parts}</encryption>'


def test_a_locked_book_is_told() -> None:
    chapters = {"a.xhtml": "<p>x</p>", "b.xhtml": "<p>y</p>"}
    more: dict[str, str | bytes] = {"META-INF/encryption.xml": locked("OEBPS/a.xhtml", "OEBPS/b.xhtml")}
    with pytest.raises(Unreadable, match="DRM") as caught:
        epub.load(book(chapters, more=more))
    assert caught.value.next
    document = epub.load(book(chapters, more={"META-INF/encryption.xml": locked("OEBPS/a.xhtml")}))
    assert document.text == "y"
    assert document.warnings == (
        "1 of the 2 chapters of this book are locked by its seller (DRM), and are not shown.",
    )


def test_scrambled_fonts_lock_nothing() -> None:
    font = locked("OEBPS/a.xhtml", algorithm="http://www.idpf.org/2008/embedding")
    assert epub.load(book({"a.xhtml": "<p>x</p>"}, more={"META-INF/encryption.xml": font})).warnings == ()


def test_missing_chapters_are_counted() -> None:
    items = "".join(f'<item id="{n}" href="{n}.xhtml"/>' for n in "abc")
    members: dict[str, str | bytes] = {
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": package(items, "".join(f'<itemref idref="{n}"/>' for n in "abcd")),
        "OEBPS/b.xhtml": chapter("<p>Here</p>"),
    }
    document = epub.load(zipped(members))
    assert document.text == "Here"
    assert document.warnings == (
        "3 of the 4 chapters of this book are missing or damaged in the file, and are not shown.",
    )
    del members["OEBPS/b.xhtml"]
    with pytest.raises(DamagedFile, match="None of the 4"):
        epub.load(zipped(members))


@pytest.mark.parametrize("broken", ["", "<package", "<!DOCTYPE x [<!ENTITY y 'z'>]><package/>", "<a/>"])
def test_without_a_sound_list_of_chapters_they_come_by_name(broken: str) -> None:
    document = epub.load(
        zipped(
            {
                "META-INF/container.xml": CONTAINER,
                "OEBPS/book.opf": broken,
                "c10.html": "<p>ten</p>",
                "c2.html": "<p>two</p>",
            }
        )
    )
    assert document.text == "two\n\nten"
    assert "damaged" in document.warnings[0]


def test_a_zip_archive_without_chapters_is_no_book() -> None:
    with pytest.raises(DamagedFile, match="no chapters"):
        epub.load(zipped({}))


def test_a_chapter_that_is_no_sound_xml_is_read() -> None:
    document = epub.load(book({"a.xhtml": "<p>a&nbsp;b<br>c <a id='x'/>d<p>e<script/>f"}))
    assert document.text == "a\u00a0b\nc d\n\nef"


def test_the_beginning_of_a_long_book_is_shown_while_the_rest_is_read() -> None:
    seen: list[Document] = []
    chapters = {
        f"c{n}.xhtml": f"<h2>Chapter {n}</h2>"
        + f"<p>{PROSE * 3}<a epub:type='noteref' href='#f'>1</a></p>" * 4
        + "<aside epub:type='footnote' id='f'>Note</aside>"
        for n in range(25)
    }
    data = book(chapters, metadata="<dc:title>Long</dc:title>")
    document = epub.load(data, Request(preview=seen.append))
    assert len(seen) == 1
    early = seen[0]
    assert document.text.startswith(early.text)
    assert early.blocks == document.blocks[: len(early.blocks)]
    assert early.metadata == document.metadata
    assert early.contents == document.contents[: len(early.contents)]
    assert 2000 < len(early.text) < 6000
    assert [block.kind for block in document.blocks[-25:]] == [BlockKind.FOOTNOTE] * 25


def test_a_book_is_known_by_its_content(tmp_path: Path, assert_sound: Callable[[Document], None]) -> None:
    path = tmp_path / "book.bin"
    path.write_bytes(book({"a.xhtml": "<p>Text</p>"}))
    document = open_document(path)
    assert document.format == "epub"
    assert_sound(document)


SAMPLE = book(
    {
        "a.xhtml": f"<p>{PROSE}<sup><a href='#n'>1</a></sup></p><aside id='n'>Note</aside>",
        "b.xhtml": "<p>y</p>",
    },
    nav=NAV,
    metadata="<dc:title>T</dc:title><dc:date>2020</dc:date>",
    more={"META-INF/encryption.xml": locked("x")},
)


@given(changes_of(SAMPLE))
@settings(max_examples=60)
def test_any_damage_is_a_document_or_a_sentence(
    assert_sound: Callable[[Document], None], changes: Changes
) -> None:
    assert_survived(epub.load, damaged(SAMPLE, changes), assert_sound)
