"""Word documents, built here part by part: what is shown, what is left out, and what is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import BlockKind, Document, StyleKind
from reader.errors import DamagedFile, FormatError
from reader.formats.office.word import load
from tests.reader.formats.office.described import blocks, marks, png, texts

Assert = Callable[[Document], None]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="urn:wp" xmlns:a="urn:a" xmlns:v="urn:v" xmlns:wps="urn:wps" xmlns:c="urn:c" xmlns:m="urn:m"'
)
RELATION = f'<Relationship Id="{{}}" Type="{R}/{{}}" Target="{{}}"{{}}/>'


def part(name: str, inner: str) -> str:
    return f'<?xml version="1.0"?><w:{name} {NAMES}>{inner}</w:{name}>'


def relations(*rows: tuple[str, str, str] | tuple[str, str, str, str]) -> str:
    inner = "".join(RELATION.format(*row, *[""] * (4 - len(row))) for row in rows)
    return f'<Relationships xmlns="urn:relationships">{inner}</Relationships>'


def docx(body: str, **parts: str | bytes) -> bytes:
    """Return a document; parts are given as `styles=`, or by their whole name in a dictionary."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", relations(("rId1", "officeDocument", "word/document.xml")))
        archive.writestr("word/document.xml", part("document", f"<w:body>{body}</w:body>"))
        for name, content in parts.items():
            archive.writestr(name if "/" in name else f"word/{name}.xml", content)
    return out.getvalue()


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def style(identity: str, name: str, inner: str = "", kind: str = "paragraph") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{identity}"><w:name w:val="{name}"/>{inner}</w:style>'


def styled(identity: str) -> str:
    return f'<w:pStyle w:val="{identity}"/>'


STYLES = part(
    "styles",
    style("Title", "Title")
    + style("berschrift1", "heading 1")
    + style("Own", "My chapter", '<w:basedOn w:val="berschrift1"/>')
    + style("Outlined", "Kapitel", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>')
    + style("Round", "Round", '<w:basedOn w:val="Round"/>')
    + style("Zitat", "Intense Quote")
    + style("Pre", "HTML Preformatted")
    + style("Cap", "caption")
    + style("Strong", "Strong", "<w:rPr><w:b/></w:rPr>", "character")
    + style("VerbatimChar", "Verbatim Char", "", "character"),
)


def test_styles_make_titles_headings_quotes_and_code(assert_sound: Assert) -> None:
    body = (
        p("The title", styled("Title"))
        + p("One", styled("berschrift1"))
        + p("Two", styled("Own"))
        + p("Three", styled("Outlined"))
        + p("Said.", styled("Zitat"))
        + p("a   =   1", styled("Pre"))
        + p("A picture", styled("Cap"))
        + p("Plain", styled("Round"))
        + p("Four", '<w:outlineLvl w:val="8"/>')
    )
    document = load(docx(body, styles=STYLES))
    assert blocks(document) == [
        (BlockKind.TITLE, 0, "", "The title"),
        (BlockKind.HEADING, 1, "", "One"),
        (BlockKind.HEADING, 1, "", "Two"),
        (BlockKind.HEADING, 3, "", "Three"),
        (BlockKind.QUOTE, 1, "", "Said."),
        (BlockKind.CODE, 0, "", "a   =   1"),
        (BlockKind.CAPTION, 0, "", "A picture"),
        (BlockKind.PARAGRAPH, 0, "", "Plain"),
        (BlockKind.HEADING, 6, "", "Four"),
    ]
    assert document.metadata.title == "The title"
    assert document.format == "word"
    assert_sound(document)


def test_runs_are_emphasised_and_neighbours_are_joined() -> None:
    body = (
        "<w:p>"
        + r("Plain ")
        + r("bo", "<w:b/>")
        + r("ld", '<w:b w:val="true"/>')
        + r(" not", '<w:b w:val="0"/>')
        + r(" slanted", "<w:i/>")
        + r("2", '<w:vertAlign w:val="superscript"/>')
        + r(" strong", '<w:rStyle w:val="Strong"/>')
        + r(" code", '<w:rStyle w:val="VerbatimChar"/>')
        + "</w:p>"
    )
    document = load(docx(body, styles=STYLES))
    assert document.text == "Plain bold not slanted2 strong code"
    assert marks(document) == [
        (StyleKind.STRONG, "bold", ""),
        (StyleKind.EMPHASIS, " slanted", ""),
        (StyleKind.RAISED, "2", ""),
        (StyleKind.STRONG, " strong", ""),
        (StyleKind.CODE, " code", ""),
    ]


LEVEL = '<w:lvl w:ilvl="{}"><w:start w:val="{}"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
NUMBERING = part(
    "numbering",
    '<w:abstractNum w:abstractNumId="0">'
    + LEVEL.format(0, 1, "decimal", "%1.")
    + LEVEL.format(1, 1, "lowerLetter", "%1%2)")
    + "</w:abstractNum>"
    + '<w:abstractNum w:abstractNumId="1">'
    + LEVEL.format(0, 1, "bullet", "\uf0b7")
    + LEVEL.format(1, 1, "bullet", "–")
    + "</w:abstractNum>"
    + '<w:abstractNum w:abstractNumId="2">'
    + LEVEL.format(0, 4, "upperRoman", "%1")
    + "</w:abstractNum>"
    + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    + '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    + '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>'
    + '<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    + '<w:startOverride w:val="7"/></w:lvlOverride></w:num>',
)


def listed(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def test_lists_count_by_level_go_on_and_begin_anew(assert_sound: Assert) -> None:
    body = "".join(
        p("x", listed(*place))
        for place in [(1,), (1, 1), (1, 1), (1,), (1, 1), (2,), (2, 1), (3,), (3,), (4,), (4,), (0,), (99,)]
    )
    document = load(docx(body, numbering=NUMBERING))
    assert [(block.level, block.marker) for block in document.blocks] == [
        (1, "1."), (2, "1a)"), (2, "1b)"), (1, "2."), (2, "2a)"), (1, "•"), (2, "–"),
        (1, "IV"), (1, "V"), (1, "7."), (1, "8."), (0, ""), (0, ""),
    ]  # fmt: skip
    assert_sound(document)


def test_the_number_of_a_heading_is_in_its_text() -> None:
    heading = style("H1", "heading 1", f"<w:pPr>{listed(1)}</w:pPr>")
    body = p("First.") + p("Methods", styled("H1")) + p("Results", styled("H1"))
    document = load(docx(body, styles=part("styles", heading), numbering=NUMBERING))
    assert texts(document) == ["First.", "1. Methods", "2. Results"]


def test_links_lead_to_addresses_and_to_places_in_the_document() -> None:
    body = (
        '<w:p><w:hyperlink r:id="rId1">' + r("out") + "</w:hyperlink>"
        '<w:hyperlink w:anchor="here">' + r(" in") + "</w:hyperlink>"
        '<w:hyperlink w:anchor="gone">' + r(" lost") + "</w:hyperlink>"
        '<w:hyperlink r:id="rId2">' + r(" file") + "</w:hyperlink></w:p>"
        '<w:p><w:bookmarkStart w:id="0" w:name="here"/>' + r("Place") + "</w:p>"
    )
    external = ' TargetMode="External"'
    table = relations(
        ("rId1", "hyperlink", "https://example.org/a", external),
        ("rId2", "hyperlink", "file:///etc/passwd", external),
    )
    document = load(docx(body, **{"word/_rels/document.xml.rels": table}))
    assert marks(document) == [
        (StyleKind.LINK, "out", "https://example.org/a"),
        (StyleKind.LINK, " in", "#here"),
    ]
    assert document.blocks[1].name == "here"


def field(*instruction: str, result: str, end: str = '<w:r><w:fldChar w:fldCharType="end"/></w:r>') -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        + "".join(f"<w:r><w:instrText>{each}</w:instrText></w:r>" for each in instruction)
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + r(result)
        + end
    )


def test_fields_show_results_and_not_instructions() -> None:
    body = (
        "<w:p>" + field(' HYPERLINK "https://exam', 'ple.org" ', result="Link") + r(" and ")
        + '<w:fldSimple w:instr="PAGE">' + r("7") + "</w:fldSimple>"
        + '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>XE "secret"</w:instrText>'
        + '<w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )  # fmt: skip
    document = load(docx(body))
    assert document.text == "Link and 7"
    assert marks(document) == [(StyleKind.LINK, "Link", "https://example.org")]


def test_a_field_that_never_ends_hides_nothing_after_its_paragraph() -> None:
    begin = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("lost") + "</w:p>"
    assert load(docx(begin + p("kept"))).text == "kept"


def test_notes_stand_at_the_end_and_are_linked(assert_sound: Assert) -> None:
    def refer(kind: str, number: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    def notes(kind: str, *inner: str) -> str:
        return part(
            f"{kind}s",
            "".join(f'<w:{kind} w:id="{i + 1}">{each}</w:{kind}>' for i, each in enumerate(inner)),
        )

    body = "<w:p>" + r("One") + refer("endnote", 1) + r(" two") + refer("footnote", 2) + "</w:p>"
    foot = notes(
        "footnote", p("Not shown."), p("<w:footnoteRef/>Foot.").replace("<w:footnoteRef/>", "") + p("On.")
    )
    document = load(docx(body, footnotes=foot, endnotes=notes("endnote", p("End."))))
    assert blocks(document) == [
        (BlockKind.PARAGRAPH, 0, "", "One1 two2"),
        (BlockKind.FOOTNOTE, 0, "1", "End."),
        (BlockKind.FOOTNOTE, 0, "2", "Foot."),
        (BlockKind.FOOTNOTE, 0, "", "On."),
    ]
    assert (StyleKind.LINK, "2", "#note-2") in marks(document)
    assert document.blocks[2].name == "note-2"
    assert_sound(document)


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{properties}" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def test_table_rows_have_tabs_and_merged_cells_keep_the_columns(assert_sound: Assert) -> None:
    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
    inner = "<w:tbl>" + row(p("x"), p("y")) + "</w:tbl>"
    body = (
        "<w:tbl>"
        + row(p("A"), p("B") + p("b"), p("C"))
        + row(wide + p("AB"), p("C"))
        + row(p("A"), inner + p(""), p(""))
        + row(p("gone"), p("gone"), properties="<w:trPr><w:del/></w:trPr>")
        + row(p("A"), p("B"), properties='<w:trPr><w:gridBefore w:val="1"/></w:trPr>')
        + "</w:tbl>"
    )
    document = load(docx(body))
    assert texts(document) == ["A\tB b\tC", "AB\t\tC", "A\tx y", "\tA\tB"]
    assert {block.kind for block in document.blocks} == {BlockKind.TABLE_ROW}
    assert_sound(document)


def test_a_table_that_lays_out_a_page_is_read_as_paragraphs() -> None:
    long = "A sentence of some length. " * 20
    body = "<w:tbl>" + row(p(long) + p(long), p("Beside")) + row(p("Alone")) + "</w:tbl>"
    document = load(docx(body))
    assert [block.kind for block in document.blocks] == [BlockKind.PARAGRAPH] * 4


def drawing(identity: str, words: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr descr="{words}"/><a:blip r:embed="{identity}"/></wp:inline>'
        "</w:drawing></w:r>"
    )


def test_pictures_stand_where_they_lie_with_their_words(assert_sound: Assert) -> None:
    body = p("Before") + f"<w:p>{r('Around')}{drawing('rId1', 'A red field')}</w:p>" + p("After")
    table = relations(("rId1", "image", "media/image1.png"))
    document = load(docx(body, **{"word/_rels/document.xml.rels": table, "word/media/image1.png": png()}))
    assert [block.kind.value for block in document.blocks] == ["paragraph"] * 2 + ["image", "paragraph"]
    image = document.blocks[2]
    assert (image.alt, image.picture) == ("A red field", 0)
    assert document.pictures[0].width == 40
    assert_sound(document)


def test_what_can_not_be_shown_of_pictures_is_told_and_nothing_is_fetched() -> None:
    body = "<w:p>" + r("Text") + drawing("rId1") + drawing("rId2", "In words") + drawing("rId9") + "</w:p>"
    external = ' TargetMode="External"'
    table = relations(
        ("rId1", "image", "media/image1.emf"), ("rId2", "image", "https://example.org/x.png", external)
    )
    document = load(docx(body, **{"word/_rels/document.xml.rels": table, "word/media/image1.emf": b"EMF"}))
    assert document.warnings == ("2 pictures are of a kind that can't be shown here.",)
    assert [block.alt for block in document.blocks] == ["", "In words"]


def test_a_text_box_that_is_stored_twice_is_shown_once() -> None:
    box = "<w:txbxContent>" + p("Boxed") + "</w:txbxContent>"
    body = (
        f"<w:p>{r('Around ')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:wsp>{box}</wps:wsp>"
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        f"{r('it')}</w:p>"
    )
    assert texts(load(docx(body))) == ["Around it", "Boxed"]


def test_where_the_first_way_holds_nothing_the_other_is_taken() -> None:
    body = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='x'><x/></mc:Choice>"
        f"<mc:Fallback>{r('Shown')}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert load(docx(body)).text == "Shown"


def test_changes_are_read_as_accepted() -> None:
    body = (
        "<w:p>" + r("Kept ") + f"<w:ins>{r('added ')}</w:ins>"
        "<w:del><w:r><w:delText>cut</w:delText></w:r></w:del>"
        f"<w:moveFrom>{r('away')}</w:moveFrom><w:moveTo>{r('here')}</w:moveTo></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + r("first ") + "</w:p>" + p("second")
    )
    assert texts(load(docx(body))) == ["Kept added here", "first second"]


def test_hidden_text_and_comments_are_left_out() -> None:
    body = (
        "<w:p>" + r("Seen") + r("hidden", "<w:vanish/>") + "<w:r><w:commentReference w:id='1'/></w:r></w:p>"
        "<w:sectPr><w:headerReference r:id='rId5'/></w:sectPr>"
    )
    document = load(docx(body, comments=part("comments", p("A remark")), header1=part("hdr", p("Header"))))
    assert document.text == "Seen"


def test_a_document_that_is_hidden_as_a_whole_is_shown_and_told() -> None:
    document = load(docx("<w:p>" + r("hidden", "<w:vanish/>") + "</w:p>"))
    assert document.text == "hidden"
    assert "hidden" in document.warnings[0]


def test_breaks_tabs_symbols_and_hyphens() -> None:
    body = (
        "<w:p>" + r("a") + "<w:r><w:tab/></w:r>" + r("b")
        + '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Symbol" w:char="F061"/>'
        + '<w:sym w:char="zz"/><w:noBreakHyphen/></w:r>' + r("c\u00adc") + "<w:r><w:softHyphen/><w:br/></w:r>"
        + r("d") + "</w:p>"
    )  # fmt: skip
    assert load(docx(body)).text == "a b✓α\u2011cc\nd"


def test_a_formula_is_written_on_one_line() -> None:
    fraction = "<m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den></m:f>"
    assert load(docx(f"<w:p>{r('Of ')}<m:oMath>{fraction}</m:oMath></w:p>")).text == "Of 3/4"


def test_a_chart_is_shown_as_a_table() -> None:
    point = '<c:pt idx="{}"><c:v>{}</c:v></c:pt>'
    chart = (
        '<c:chartSpace xmlns:c="urn:c" xmlns:a="urn:a"><c:title><a:t>Sales</a:t></c:title><c:ser>'
        f"<c:tx>{point.format(0, 'Units')}</c:tx><c:cat>{point.format(0, 'May')}"
        f"{point.format(1, 'June')}</c:cat>"
        f"<c:val>{point.format(0, 5)}{point.format(1, 8)}</c:val></c:ser></c:chartSpace>"
    )
    table = relations(("rId1", "chart", "charts/chart1.xml"))
    parts = {"word/_rels/document.xml.rels": table, "word/charts/chart1.xml": chart}
    document = load(docx('<w:p><w:r><c:chart r:id="rId1"/></w:r></w:p>', **parts))
    assert texts(document) == ["Sales", "\tUnits", "May\t5", "June\t8"]


def test_a_page_inside_a_document_is_shown() -> None:
    table = relations(("rId1", "aFChunk", "/word/chunk.mht"))
    mail = (
        "MIME-Version: 1.0\nContent-Type: text/html\n\n<h2>Inner</h2><p>Some <b>text</b>.<script>x</script>"
    )
    parts = {"word/_rels/document.xml.rels": table, "word/chunk.mht": mail}
    document = load(docx(p("Outer") + '<w:altChunk r:id="rId1"/>', **parts))
    assert texts(document) == ["Outer", "Inner", "Some text."]


def test_properties_are_read_and_what_programs_fill_in_is_not() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="urn:dc" xmlns:t="urn:t"><dc:title>{}</dc:title>'
        "<dc:creator>{}</dc:creator><t:created>{}</t:created><t:modified>2021-03-14T10:00:00Z</t:modified>"
        "<dc:language>de-DE</dc:language></cp:coreProperties>"
    )
    known = load(
        docx(p("x"), **{"docProps/core.xml": core.format("Tides", "Ann Lee; Bo", "2020-01-02T03:04:05Z")})
    )
    assert (known.metadata.title, known.metadata.byline) == ("Tides", "Ann Lee, Bo")
    assert (known.metadata.date, known.metadata.language) == ("2020-01-02", "de-DE")
    filled = load(
        docx(p("x"), **{"docProps/core.xml": core.format("Microsoft Word - a.doc", "User", "1601-01-01")})
    )
    assert (filled.metadata.title, filled.metadata.byline) == ("", "")
    assert filled.metadata.date == "2021-03-14"


def test_the_strict_kind_is_read_too() -> None:
    data = docx(
        p("Title", styled("Heading1")) + p("Text"), styles=part("styles", style("Heading1", "heading 1"))
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as archive:
        for name in source.namelist():
            content = source.read(name).decode()
            archive.writestr(name, content.replace(W, STRICT).replace(R, "http://purl.oclc.org/ooxml/r"))
    assert load(out.getvalue()).metadata.title == "Title"


@pytest.mark.parametrize("share", [0.5, 0.9])
def test_of_a_cut_off_document_the_beginning_is_shown_and_the_rest_is_told(share: float) -> None:
    numbers = "".join(p(f"Paragraph {i} of {i * i * 7919 % 10007}.") for i in range(2000))
    data = docx(numbers)
    document = load(data[: int(len(data) * share)])
    assert document.text.startswith("Paragraph 0 of 0.\n\nParagraph 1 of")
    assert "% of its text, at the end, could not be read." in document.warnings[0]


def test_a_document_that_is_cut_off_before_its_text_is_refused() -> None:
    with pytest.raises(DamagedFile, match="cut off before its text"):
        load(docx(p("x"))[:80])


def test_torn_xml_is_shown_as_far_as_it_goes() -> None:
    data = docx(p("Whole.") + "<w:p><w:r><w:t>Torn</w:r></w:p>")
    document = load(data)
    assert "Whole." in document.text
    assert "torn" in document.warnings[0]


@pytest.mark.parametrize("torn", ["&#xD800;", "&unknown;", "\ud800", "<w:p>", "&#99999999999;"])
def test_torn_text_is_cleaned_of_what_is_no_letter(torn: str, assert_sound: Assert) -> None:
    content = part("document", f"<w:body>{p('Whole.')}<w:p>{r('a' + torn + 'b')}</w:p></w:body>")
    document = load(_with_text(content.encode("utf-8", "surrogatepass")))
    assert document.text.startswith("Whole.")
    assert_sound(document)


def test_cells_without_rows_and_paragraphs_in_paragraphs_keep_their_text(assert_sound: Assert) -> None:
    document = load(docx(f"<w:tc>{p('Cell')}</w:tc><w:p>{r('Outer')}{p('Inner')}{r('Rest')}</w:p>"))
    assert texts(document) == ["Cell", "Outer", "Inner", "Rest"]
    assert_sound(document)


def test_what_lies_too_deep_is_refused_and_not_cut() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 300 + p("x") + "</w:tc></w:tr></w:tbl>" * 300
    for body in (deep, deep + "<w:p>torn"):
        with pytest.raises(DamagedFile, match="too deep"):
            load(docx(body))


def test_entities_and_bombs_are_refused() -> None:
    entity = '<!DOCTYPE x [<!ENTITY a "b">]><w:document/>'
    with pytest.raises(DamagedFile, match="entities"):
        load(_with_text(entity))
    with pytest.raises(DamagedFile, match="unpacks to"):
        load(_with_text("<a>" + " " * (4 << 20) + "</a>"))


def _with_text(content: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", content)
    return out.getvalue()


WHOLE = docx(
    p("Title", styled("Title")) + p("One", listed(1)) + "<w:tbl>" + row(p("A"), p("B")) + "</w:tbl>",
    styles=STYLES,
    numbering=NUMBERING,
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
