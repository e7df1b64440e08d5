"""OpenDocument texts, built here part by part: what is shown, what is left out, and what is refused."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import BlockKind, Document, StyleKind
from reader.errors import DamagedFile, FormatError
from reader.formats.containers import is_opendocument_text
from reader.formats.office.opendocument import load
from tests.reader.formats.office.described import blocks, marks, png, texts

Assert = Callable[[Document], None]

SPACES = {
    "office": "office", "style": "style", "text": "text", "table": "table", "draw": "drawing",
    "fo": "xsl-fo-compatible", "svg": "svg-compatible", "meta": "meta",
}  # fmt: skip
NAMES = " ".join(f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}:1.0"' for k, v in SPACES.items())
NAMES += ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="urn:dc"'


def content(body: str, styles: str = "") -> str:
    return (
        f"<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def odt(body: str, styles: str = "", **parts: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        for name, part in parts.items():
            archive.writestr(name, part)
        archive.writestr("content.xml", content(body, styles))
    return out.getvalue()


def p(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def style(name: str, inner: str = "", family: str = "paragraph", parent: str = "", more: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{parent}" {more}>'
        f"{inner}</style:style>"
    )


def look(properties: str) -> str:
    return f"<style:text-properties {properties}/>"


def span(text: str, name: str) -> str:
    return f'<text:span text:style-name="{name}">{text}</text:span>'


def test_styles_make_titles_headings_quotes_and_code(assert_sound: Assert) -> None:
    common = (
        f"<office:document-styles {NAMES}><office:styles>"
        + style("Heading_20_1", more='style:default-outline-level="1"')
        + style("Quotations")
        + "</office:styles></office:document-styles>"
    )
    body = (
        p("The title", "Title")
        + '<text:h text:outline-level="2">Two</text:h>'
        + p("Styled", "P1")
        + p("Said.", "P2")
        + p("a <text:s text:c='2'/>= 1<text:line-break/>b", "Preformatted_20_Text")
        + p("A picture", "Illustration")
    )
    own = style("P1", parent="Heading_20_1") + style("P2", parent="Quotations")
    document = load(odt(body, own, **{"styles.xml": common}))
    assert blocks(document) == [
        (BlockKind.TITLE, 0, "", "The title"),
        (BlockKind.HEADING, 2, "", "Two"),
        (BlockKind.HEADING, 1, "", "Styled"),
        (BlockKind.QUOTE, 1, "", "Said."),
        (BlockKind.CODE, 0, "", "a   = 1"),
        (BlockKind.CODE, 0, "", "b"),
        (BlockKind.CAPTION, 0, "", "A picture"),
    ]
    assert_sound(document)


def test_spans_are_emphasised_and_formatting_of_whole_paragraphs_too() -> None:
    styles = (
        style("T1", look('fo:font-weight="bold"'), "text")
        + style("T2", look('fo:font-style="italic" fo:font-weight="normal"'), "text", "T1")
        + style("T3", look('style:text-position="super 58%"'), "text")
        + style("P1", look('fo:font-weight="bold"'))
    )
    body = p(
        f"Plain {span('bold', 'T1')} {span('slanted', 'T2')}{span('2', 'T3')} {span('x', 'Source_20_Text')}"
    )
    document = load(odt(body + p("All of it", "P1"), styles))
    assert document.text == "Plain bold slanted2 x\n\nAll of it"
    assert marks(document) == [
        (StyleKind.STRONG, "bold", ""),
        (StyleKind.EMPHASIS, "slanted", ""),
        (StyleKind.RAISED, "2", ""),
        (StyleKind.CODE, "x", ""),
    ]
    assert marks(document, 1) == [(StyleKind.STRONG, "All of it", "")]


LISTS = (
    '<text:list-style style:name="L1">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")" '
    'text:display-levels="2"/></text:list-style>'
    '<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/>'
    '</text:list-style><text:list-style style:name="L3"><text:list-level-style-number text:level="1" '
    'style:num-format="I" text:start-value="4"/></text:list-style>'
)


def items(*inner: str, style: str = "", more: str = "") -> str:
    named = f'text:style-name="{style}"' if style else ""
    return (
        f"<text:list {named} {more}>"
        + "".join(f"<text:list-item>{e}</text:list-item>" for e in inner)
        + "</text:list>"
    )


def test_lists_count_by_level_and_go_on(assert_sound: Assert) -> None:
    body = (
        items(p("one") + items(p("a"), p("b")), p("two") + p("more of two"), style="L1")
        + p("Between")
        + items(p("three"), style="L1", more='text:continue-numbering="true"')
        + items(p("bullet"), style="L2")
        + items(p("four"), style="L3")
        + items(p("anew"), style="L1")
    )
    document = load(odt(body, LISTS))
    assert [(block.level, block.marker) for block in document.blocks] == [
        (1, "1."), (2, "1.a)"), (2, "1.b)"), (1, "2."), (1, ""), (0, ""), (1, "3."),
        (1, "•"), (1, "IV"), (1, "1."),
    ]  # fmt: skip
    assert_sound(document)


def test_links_lead_to_addresses_and_to_places_in_the_document() -> None:
    body = p(
        '<text:a xlink:href="https://example.org/">out</text:a> '
        '<text:a xlink:href="#here|region">in</text:a> '
        '<text:a xlink:href="file:///etc/passwd">file</text:a> '
        '<text:bookmark-ref text:ref-name="gone">lost</text:bookmark-ref>'
    ) + p('<text:bookmark-start text:name="here"/>Place')
    document = load(odt(body))
    assert marks(document) == [
        (StyleKind.LINK, "out", "https://example.org/"),
        (StyleKind.LINK, "in", "#here"),
    ]
    assert document.blocks[1].name == "here"


def test_notes_stand_at_the_end_and_are_linked(assert_sound: Assert) -> None:
    note = (
        '<text:note text:note-class="{}"><text:note-citation>{}</text:note-citation>'
        "<text:note-body>{}</text:note-body></text:note>"
    )
    body = items(p("One" + note.format("footnote", "*", p("Foot.") + p("On.")) + " goes on"), style="L1")
    body += p("Two" + note.format("endnote", "i", items(p("End."))))
    document = load(odt(body, LISTS))
    assert blocks(document) == [
        (BlockKind.LIST_ITEM, 1, "1.", "One1 goes on"),
        (BlockKind.PARAGRAPH, 0, "", "Two2"),
        (BlockKind.FOOTNOTE, 0, "1", "Foot."),
        (BlockKind.FOOTNOTE, 0, "", "On."),
        (BlockKind.FOOTNOTE, 0, "2", "End."),
    ]
    assert (StyleKind.LINK, "1", "#note-1") in marks(document)
    assert document.blocks[2].name == "note-1"
    assert_sound(document)


def cells(*inner: str) -> str:
    return (
        "<table:table-row>"
        + "".join(f"<table:table-cell>{each}</table:table-cell>" for each in inner)
        + "</table:table-row>"
    )


def test_table_rows_have_tabs_and_merged_cells_keep_the_columns(assert_sound: Assert) -> None:
    inner = "<table:table>" + cells(p("x"), p("y")) + "</table:table>"
    body = (
        "<table:table><table:table-header-rows>" + cells(p("A"), p("B") + p("b"), p("C"))
        + "</table:table-header-rows><table:table-row>"
        '<table:table-cell table:number-columns-spanned="2">' + p("AB") + "</table:table-cell>"
        "<table:covered-table-cell>" + p("covered") + "</table:covered-table-cell>"
        "<table:table-cell>" + p("C") + "</table:table-cell></table:table-row>"
        '<table:table-row><table:table-cell table:number-columns-repeated="999999999"/></table:table-row>'
        + cells(inner, p("B")) + "</table:table>"
    )  # fmt: skip
    document = load(odt(body))
    assert texts(document) == ["A\tB b\tC", "AB\t\tC", "x y\tB"]
    assert_sound(document)


def test_pictures_and_text_boxes_stand_where_they_lie(assert_sound: Assert) -> None:
    frame = (
        '<draw:frame><draw:image xlink:href="Pictures/a.png"/><svg:title>A red field</svg:title></draw:frame>'
    )
    box = (
        "<draw:frame><draw:text-box>"
        + p(frame + "Below it", "Illustration")
        + "</draw:text-box></draw:frame>"
    )
    outside = '<draw:frame><draw:image xlink:href="https://example.org/x.png"/></draw:frame>'
    body = p("Around " + box + "it" + outside) + p("After")
    document = load(odt(body, **{"Pictures/a.png": png()}))
    assert [block.kind.value for block in document.blocks] == ["paragraph", "image", "caption", "paragraph"]
    assert texts(document)[0] == "Around it"
    assert (document.blocks[1].alt, document.blocks[1].picture) == ("A red field", 0)
    assert document.warnings == ("One picture is of a kind that can't be shown here.",)
    assert_sound(document)


def test_what_is_no_text_of_the_document_is_left_out() -> None:
    hidden = style("P9", look('text:display="none"')) + style("T9", look('text:display="none"'), "text")
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion>" + p("cut")
        + "</text:deletion></text:changed-region></text:tracked-changes>"
        '<text:sequence-decls><text:sequence-decl text:name="Table"/></text:sequence-decls>'
        + p("Seen<office:annotation>" + p("A remark") + "</office:annotation> and " + span("hidden", "T9")
            + "<text:ruby><text:ruby-base>said</text:ruby-base>"
            "<text:ruby-text>sed</text:ruby-text></text:ruby>")
        + p("hidden", "P9")
        + '<text:section text:display="none">' + p("hidden") + "</text:section>"
    )  # fmt: skip
    document = load(odt(body, hidden))
    assert document.text == "Seen and said"
    assert document.warnings == ()


def test_a_document_that_is_hidden_as_a_whole_is_shown_and_told() -> None:
    document = load(odt(p("hidden", "P9"), style("P9", look('text:display="none"'))))
    assert document.text == "hidden"
    assert "hidden" in document.warnings[0]


def test_headings_are_numbered_as_the_outline_says() -> None:
    outline = (
        f"<office:document-styles {NAMES}><office:styles><text:outline-style>"
        '<text:outline-level-style text:level="1" style:num-format="1"/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>'
        "</text:outline-style></office:styles></office:document-styles>"
    )
    body = "".join(f'<text:h text:outline-level="{level}">x</text:h>' for level in (1, 2, 2, 1))
    document = load(odt(p("Text") + body, **{"styles.xml": outline}))
    assert texts(document)[1:] == ["1 x", "1.1 x", "1.2 x", "2 x"]


def test_properties_are_read() -> None:
    meta = (
        f"<office:document-meta {NAMES}><office:meta><dc:title>Tides</dc:title>"
        "<meta:initial-creator>Ann Lee</meta:initial-creator><dc:creator>Bo</dc:creator>"
        "<meta:creation-date>2020-01-02T03:04:05.5</meta:creation-date><dc:language>fr</dc:language>"
        "</office:meta></office:document-meta>"
    )
    found = load(odt(p("x"), **{"meta.xml": meta})).metadata
    assert (found.title, found.byline, found.date, found.language) == ("Tides", "Ann Lee", "2020-01-02", "fr")


def test_the_kind_in_one_file_is_read_with_its_pictures() -> None:
    picture = base64.b64encode(png()).decode()
    image = f"<draw:image><office:binary-data>{picture}</office:binary-data></draw:image>"
    body = content(p(f"Text <draw:frame>{image}</draw:frame>"))
    inner = body[body.index(">") + 1 : body.rindex("<")]
    kind = 'office:mimetype="application/vnd.oasis.opendocument.text"'
    data = f'<?xml version="1.0"?><office:document {NAMES} {kind}>{inner}</office:document>'.encode()
    assert is_opendocument_text(data)
    document = load(data)
    assert document.text == "Text\n\n\ufffc"
    assert document.blocks[1].picture == 0


def test_a_locked_document_is_refused() -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    with pytest.raises(DamagedFile, match="password"):
        load(odt(p("x"), **{"META-INF/manifest.xml": manifest}))


def test_of_a_cut_off_document_the_beginning_is_shown_and_the_rest_is_told() -> None:
    data = odt("".join(p(f"Paragraph {i} of {i * i * 7919 % 10007}.") for i in range(2000)))
    document = load(data[: len(data) // 2])
    assert document.text.startswith("Paragraph 0 of 0.\n\nParagraph 1 of")
    assert "% of its text, at the end, could not be read." in document.warnings[0]
    with pytest.raises(DamagedFile, match="cut off"):
        load(data[:90])


WHOLE = odt(
    p("Title", "Title") + items(p("one"), style="L1") + "<table:table>" + cells(p("A")) + "</table:table>",
    LISTS,
)


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=8), st.booleans())
def test_whatever_the_bytes_are_there_is_a_document_or_a_sentence(at: int, put: bytes, cut: bool) -> None:
    data = WHOLE[:at] + put + (b"" if cut else WHOLE[at + len(put) :])
    try:
        document = load(data)
    except FormatError as error:
        assert str(error).endswith(".")
    else:
        document.text.encode("utf-8")
