"""Rich text, written here: what is shown, what is left out, and that no bytes bring the reader down."""

from __future__ import annotations

import binascii
import io
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from reader.document import BlockKind, Document, StyleKind
from reader.errors import DamagedFile, FormatError
from reader.formats.office.rtf import load
from tests.reader.formats.office.described import blocks, marks, texts

Assert = Callable[[Document], None]

FONTS = (
    r"{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Cyr;}{\f2\fcharset128 Gothic{\*\falt No};}"
    r"{\f3\fcharset2 Symbol;}{\f4\fcharset238 CE;}}"
)
SHEET = (
    r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 \'dcberschrift 1;}{\s2 Title;}{\s3\sbasedon1 Own;}"
    r"{\*\cs4 heading 3;}{\s5 Quote;}{\s6 heading 2;}}"
)


def rtf(body: str, head: str = "") -> Document:
    return load((r"{\rtf1\ansi\ansicpg1252\deff0" + FONTS + SHEET + head + body + "}").encode("latin-1"))


def test_styles_make_titles_headings_and_quotes(assert_sound: Assert) -> None:
    document = rtf(
        r"\pard\s2 The title\par\pard\s1 One\par\pard\s3 Own\par\pard\s6 Two\par\pard\s5 Said.\par"
        r"\pard\outlinelevel3 Four\par\pard Plain\par"
    )
    assert blocks(document) == [
        (BlockKind.TITLE, 0, "", "The title"),
        (BlockKind.HEADING, 1, "", "One"),
        (BlockKind.HEADING, 1, "", "Own"),
        (BlockKind.HEADING, 2, "", "Two"),
        (BlockKind.QUOTE, 1, "", "Said."),
        (BlockKind.HEADING, 4, "", "Four"),
        (BlockKind.PARAGRAPH, 0, "", "Plain"),
    ]
    assert_sound(document)


def test_emphasis_ends_with_its_group_or_its_word() -> None:
    document = rtf(r"Plain {\b bold} \i slanted\i0  and\super 2\nosupersub  {\b\plain plain}")
    assert document.text == "Plain bold slanted and2 plain"
    assert marks(document) == [
        (StyleKind.STRONG, "bold", ""),
        (StyleKind.EMPHASIS, "slanted", ""),
        (StyleKind.RAISED, "2", ""),
    ]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"\'e4\'80", "ä€"),
        (r"\f1\'cf\'f0", "Пр"),
        (r"\f2\'93\'fa\'96\'7b \'83\\", "日本 ソ"),
        (r"\f4\'b3", "ł"),
        (r"\f3\'b7a", "•α"),
        (r"\u8364?\u-10179?\u-8694?x", "€😊x"),
        (r"\uc2\u8364\'80\'80x {\uc0\u8364}x \uc1\u8364{x}", "€x €x €x"),
        (r"\u55357?x", "x"),
        (r"a\~b\_c\-d\emdash\ldblquote e\rdblquote\tab f", "a\u00a0b\u2011cd—“e” f"),
        (r"\{a\}\\", "{a}\\"),
        (r"{\*\unknown gone}{\*\unknown\bin4 }}}}x}kept", "kept"),
        (r"{\v hidden}seen{\deleted gone}", "seen"),
        (r"a\line b", "a\nb"),
        ("a\\\nb", "a\n\nb"),
        (r"{\header Head}{\footer Foot}{\*\comment x}{\xe{x}}body", "body"),
        (r"{\upr{a?}{\*\ud{\u228?}}}b", "äb"),
    ],
)
def test_letters_are_read_in_the_code_page_of_their_font(body: str, text: str) -> None:
    assert rtf(body).text == text


def test_the_code_page_of_the_file_holds_where_the_font_has_none() -> None:
    assert load(rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fnil Arial;}}\f0\'cf}").text == "П"
    assert load(rb"{\rtf1\mac\'8a}").text == "ä"
    assert load(rb"{\rtf1\ansi{\fonttbl\f0\fnil A;\f1\fcharset204 B;}\f1\'cf}").text == "П"


def test_lists_take_the_marker_that_is_written_for_other_programs(assert_sound: Assert) -> None:
    document = rtf(
        r"{\listtext\pard\plain 1.\tab}\pard\ls1\ilvl0 One\par{\listtext a)\tab}\pard\ls1\ilvl1 Two\par"
        r"{\pntext\f3\'b7\tab}\pard{\*\pn\pnlvlblt{\pntxtb\'b7}}Bullet\par\pard Plain\par"
        r"{\listtext 1.1\tab}\pard\s1 Heading\par"
    )
    assert blocks(document) == [
        (BlockKind.LIST_ITEM, 1, "1.", "One"),
        (BlockKind.LIST_ITEM, 2, "a)", "Two"),
        (BlockKind.LIST_ITEM, 1, "•", "Bullet"),
        (BlockKind.PARAGRAPH, 0, "", "Plain"),
        (BlockKind.HEADING, 1, "", "1.1 Heading"),
    ]
    assert_sound(document)


def test_tables_nested_tables_and_rows_without_their_words(assert_sound: Assert) -> None:
    nested = (
        r"\trowd\cellx1\cellx2\pard\intbl Before\par\pard\intbl\itap2 x\nestcell y\nestcell"
        r"{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}\pard\intbl\itap1\cell B\cell\row"
    )
    document = rtf(
        r"\trowd\cellx1\cellx2\pard\intbl A\cell {\b B}\par b\cell\row\trowd \pard\intbl\cell C\cell\row"
        + nested + r"\pard Out\par No\cell row\cell"
    )  # fmt: skip
    assert texts(document) == ["A\tB b", "\tC", "Before x y\tB", "Out", "No\trow"]
    assert marks(document) == [(StyleKind.STRONG, "B", "")]
    assert_sound(document)


def test_fields_show_results_and_link() -> None:
    document = rtf(
        r'{\field{\*\fldinst{ HYPERLINK "https://example.org/"}}{\fldrslt{\ul Link}}} and '
        r'{\field{\*\fldinst HYPERLINK \\l "here"}{\fldrslt in}} {\field{\*\fldinst PAGE}{\fldrslt 7}}\par'
        r"{\*\bkmkstart here}Place{\*\bkmkend here}\par"
    )
    assert texts(document) == ["Link and in 7", "Place"]
    assert marks(document) == [
        (StyleKind.LINK, "Link", "https://example.org/"),
        (StyleKind.LINK, "in", "#here"),
    ]
    assert document.blocks[1].name == "here"


def test_notes_stand_at_the_end_and_are_linked(assert_sound: Assert) -> None:
    document = rtf(
        r"\trowd\pard\intbl Cell{\super\chftn{\footnote\pard\plain{\super\chftn} Foot.\par On.}} more\cell"
        r"\row\pard Text{\footnote\ftnalt End.}\par"
    )
    assert blocks(document) == [
        (BlockKind.PARAGRAPH, 0, "", "Cell1 more"),
        (BlockKind.PARAGRAPH, 0, "", "Text2"),
        (BlockKind.FOOTNOTE, 0, "1", "Foot."),
        (BlockKind.FOOTNOTE, 0, "", "On."),
        (BlockKind.FOOTNOTE, 0, "2", "End."),
    ]
    assert document.blocks[2].name == "note-1"
    assert (StyleKind.LINK, "1", "#note-1") in marks(document)
    assert_sound(document)


def test_a_text_box_is_shown_once_after_its_paragraph() -> None:
    document = rtf(
        r"Around {\shp{\*\shpinst{\sp{\sn name}{\sv value}}{\shptxt\pard Boxed\par}}{\shprslt Boxed}}it"
        r"\par After"
    )
    assert texts(document) == ["Around it", "Boxed", "After"]


def test_pictures_are_shown_with_their_words(assert_sound: Assert) -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    digits = binascii.hexlify(out.getvalue()).decode()
    words = r"{\*\picprop{\sp{\sn wzDescription}{\sv A red field}}}"
    document = rtf(
        rf"Before\par{{\*\shppict{{\pict{words}\pngblip\picw40 {digits[:80]}" + "\n" + digits[80:] + "}}"
        r"{\nonshppict{\pict\wmetafile8 0102}}After{\pict\wmetafile8 0102}"
    )
    assert [block.kind.value for block in document.blocks] == ["paragraph", "image", "paragraph"]
    assert (document.blocks[1].alt, document.blocks[1].picture) == ("A red field", 0)
    assert document.warnings == ("One picture is of a kind that can't be shown here.",)
    assert_sound(document)


def test_properties_are_read() -> None:
    head = r"{\info{\title T\'efdes}{\author Ann Lee}{\operator Bo}{\creatim\yr2020\mo1\dy2\hr3}}"
    found = rtf("x", head).metadata
    assert (found.title, found.byline, found.date) == ("Tïdes", "Ann Lee", "2020-01-02")


def test_a_file_that_is_cut_off_is_shown_and_told() -> None:
    document = load(rb"{\rtf1 Some {\b text{\footnote and a no")
    assert texts(document) == ["Some text1", "and a no"]
    assert document.warnings == ("The end of this file is missing; what there is of it is shown.",)
    assert not load(rb"{\rtf1 {\b Whole}").warnings


def test_a_document_that_is_hidden_as_a_whole_is_shown_and_told() -> None:
    document = rtf(r"{\v hidden}")
    assert document.text == "hidden"
    assert "hidden" in document.warnings[0]


@pytest.mark.parametrize(
    "body",
    [
        r"{\footnote x" * 3000, r"{\field{\*\fldinst{ HYPERLINK x}}{\fldrslt y" * 3000, r"\cell" * 30_000,
        r"\pard\intbl\itap99999 x\nestcell\nestrow" * 3000, r"{\shptxt x\par" * 3000, r"\u-1?" * 30_000,
        r"{\*\bkmkstart a}" * 10_000, r"{\pict\pngblip 00}" * 3000, r"\'" * 30_000, r"\bin9999999999 x",
    ],
)  # fmt: skip
def test_much_of_anything_takes_time_in_proportion(body: str) -> None:
    begun = time.process_time()
    load((r"{\rtf1 " + body).encode())
    assert time.process_time() - begun < 2


def test_groups_that_lie_too_deep_are_refused() -> None:
    with pytest.raises(DamagedFile, match="too deep"):
        load(b"{\\rtf1" + b"{" * 1_000_000)


WHOLE = (
    r"{\rtf1\ansi" + FONTS + SHEET + r"{\info{\title T}{\creatim\yr2020}}\pard\s1 One\par{\listtext 1.\tab}"
    r"\trowd\intbl a\cell{\b b}\cell\row\pard{\field{\*\fldinst HYPERLINK x}{\fldrslt y}}\u8364?"
    r"{\footnote n}{\*\shppict{\pict\pngblip 00}}{\shp{\*\shpinst{\shptxt t}}}\'e4\par}"
).encode()


@given(
    st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=8) | st.sampled_from([b"{", b"}", b"\\"])
)
def test_whatever_the_bytes_are_there_is_a_document_or_a_sentence(at: int, put: bytes) -> None:
    for data in (WHOLE[:at] + put + WHOLE[at + len(put) :], WHOLE[:at] + put):
        try:
            document = load(data)
        except FormatError as error:
            assert str(error).endswith(".")
        else:
            document.text.encode("utf-8")
