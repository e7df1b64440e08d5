"""PDFs: what is read of them, where it stands, and what is told of those that can't be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document import Block, BlockKind, Document, StyleKind
from reader.errors import DamagedFile, EmptyFile, FormatError
from reader.formats import open_document
from reader.formats.pdf.loader import load
from reader.formats.request import Request
from tests.reader.formats.pdfs import Put, Sheet, lines, pdf

Check = Callable[[Document], None]

LEFT = [
    "The harbour town had waited for the ships that",
    "never came, and the people who lived along its",
    "quiet streets had learned to speak of the water",
    "as one speaks of a relative who has gone abroad.",
    "Nobody said that it would come back to them now.",
]
RIGHT = [
    "On the other side of the bay the road ran up the",
    "hill between the walls, and whoever took it could",
    "see the whole of the coast lying under the clouds",
    "like a map that somebody had left out in the rain",
    "and had then forgotten for the rest of the season.",
]


def texts(document: Document, kind: BlockKind = BlockKind.PARAGRAPH) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks if block.kind is kind]


def block_with(document: Document, words: str) -> Block:
    return next(block for block in document.blocks if words in block.span.of(document.text))


def read(*sheets: Sheet, **more: object) -> Document:
    return load(pdf(sheets, **more))  # type: ignore[arg-type]


def test_lines_become_paragraphs(assert_sound: Check) -> None:
    document = read(Sheet([*lines(LEFT), *lines(RIGHT, y=60 + 6 * 12, indent=12)]))
    assert_sound(document)
    assert texts(document) == [" ".join(LEFT), " ".join(RIGHT)]


def test_an_indent_begins_a_paragraph_without_a_gap() -> None:
    document = read(Sheet([*lines(LEFT, indent=12), *lines(RIGHT, y=60 + 5 * 12, indent=12)]))
    assert texts(document) == [" ".join(LEFT), " ".join(RIGHT)]


def test_a_short_last_line_ends_a_paragraph() -> None:
    document = read(Sheet([*lines([*LEFT[:3], "as one speaks."]), *lines(RIGHT, y=60 + 4 * 12)]))
    assert texts(document) == [" ".join(LEFT[:3]) + " as one speaks.", " ".join(RIGHT)]


def test_two_columns_are_read_one_after_the_other(assert_sound: Check) -> None:
    rows = [put for pair in zip(lines(LEFT), lines(RIGHT, x=270), strict=True) for put in pair]
    wide = "A heading across the page in large letters"
    document = read(Sheet([Put(50, 30, wide, 16, "F2"), *rows], width=520))
    assert_sound(document)
    assert document.text.startswith(wide)
    assert document.text.index(LEFT[-1]) < document.text.index(RIGHT[0])


def test_three_columns_are_read_one_after_the_other() -> None:
    columns = [lines(LEFT), lines(RIGHT, x=270), lines(LEFT[::-1], x=490)]
    rows = [put for row in zip(*columns, strict=True) for put in row]
    document = read(Sheet(rows, width=740))
    assert " ".join(document.text.split()) == " ".join([*LEFT, *RIGHT, *LEFT[::-1]])


def test_a_paragraph_goes_on_over_a_page() -> None:
    document = read(Sheet(lines([*LEFT, *RIGHT[:2]], y=400)), Sheet(lines(RIGHT[2:], y=60)))
    assert texts(document) == [" ".join([*LEFT, *RIGHT])]
    first, second = document.pages
    assert first.span.of(document.text).endswith("could")
    assert second.span.of(document.text).startswith("see the whole")


def test_hyphens_at_the_ends_of_lines_are_undone() -> None:
    document = read(Sheet(lines(["The regu-", "lated word is left by the well-", "known author."])))
    assert texts(document) == ["The regulated word is left by the wellknown author."]
    assert "\ufffe" not in document.text


def test_a_hyphen_that_the_document_writes_elsewhere_is_kept() -> None:
    document = read(
        Sheet([*lines(["A well-known author is well-", "known to all that read."]),
               *lines(["Nobody knows it."], y=100)])
    )  # fmt: skip
    assert texts(document)[0] == "A well-known author is well-known to all that read."


def test_running_heads_and_the_numbers_of_pages_are_dropped() -> None:
    sheets = [
        Sheet([Put(50, 30, f"The Quiet Harbour   {n}", 8), *lines([f"Number {n}.", *LEFT]),
               Put(195, 580, f"- {n} -", 8)])
        for n in range(1, 6)
    ]  # fmt: skip
    document = read(*sheets)
    assert document.text.count(LEFT[0]) == 5
    assert "Quiet Harbour" not in document.text
    assert "- 3 -" not in document.text
    assert "Number 3." in document.text


def test_printed_numbers_are_the_labels_where_the_file_has_none() -> None:
    sheets = [Sheet([*lines(LEFT), Put(195, 580, str(n), 8)]) for n in range(41, 46)]
    assert [page.label for page in read(*sheets).pages] == ["41", "42", "43", "44", "45"]


def test_labels_come_from_the_file() -> None:
    document = read(Sheet(lines(LEFT)), Sheet(lines(RIGHT)), labels="0<</S/r>>1<</S/D/St 7>>")
    assert [page.label for page in document.pages] == ["i", "7"]


def test_headings_are_told_by_their_size_and_weight() -> None:
    document = read(
        Sheet(
            [
                Put(50, 40, "The Quiet Harbour", 20),
                Put(50, 80, "A part", 14, "F2"),
                *lines(LEFT, y=100),
                Put(50, 190, "A smaller part", 10, "F2"),
                *lines(RIGHT, y=210),
            ]
        )
    )
    assert document.title == "The Quiet Harbour"
    assert document.blocks[0].kind is BlockKind.TITLE
    part, smaller = block_with(document, "A part"), block_with(document, "A smaller")
    assert part.kind is smaller.kind is BlockKind.HEADING
    assert part.level < smaller.level


def test_bold_and_italic_words_are_kept() -> None:
    document = read(
        Sheet([Put(50, 60, "Words that are", 10), Put(120, 60, "bold", 10, "F2"), *lines(LEFT, y=72)])
    )
    found = [
        (style.kind, style.span.of(document.text)) for block in document.blocks for style in block.styles
    ]
    assert found == [(StyleKind.STRONG, "bold")]


def test_list_items_lose_their_markers() -> None:
    document = read(Sheet([*lines(LEFT), Put(55, 130, "• one thing"), Put(55, 142, "• another thing")]))
    items = [block for block in document.blocks if block.kind is BlockKind.LIST_ITEM]
    assert [item.span.of(document.text) for item in items] == ["one thing", "another thing"]
    assert items[0].marker == "•"


def test_footnotes_stand_at_the_end_and_are_led_to(assert_sound: Check) -> None:
    page = Sheet(
        [
            *lines([*LEFT[:4], "Nobody said that"]),
            Put(113, 104.5, "3", 6),
            *lines(RIGHT, y=140),
            Put(50, 540, "3", 5),
            Put(54, 543, "The archive of the harbour has the letters.", 7),
            Put(54, 551, "They are not catalogued.", 7),
        ]
    )
    document = read(page, Sheet(lines(LEFT)))
    assert_sound(document)
    note = document.blocks[-1]
    assert (note.kind, note.marker) == (BlockKind.FOOTNOTE, "3")
    assert note.span.of(document.text).startswith("The archive of the harbour has the letters. They")
    links = [s for block in document.blocks for s in block.styles if s.kind is StyleKind.LINK]
    assert [(link.span.of(document.text), link.target) for link in links] == [("3", f"#{note.name}")]


def test_rows_of_a_table_have_cells() -> None:
    rows = [("Town", "Ships", "Crew"), ("Aldport", "12", "340"), ("Brinmouth", "7", "98")]
    puts = [Put(50 + 120 * j, 150 + 14 * i, cell) for i, row in enumerate(rows) for j, cell in enumerate(row)]
    document = read(Sheet([*lines(LEFT), *puts]))
    assert texts(document, BlockKind.TABLE_ROW) == ["\t".join(row) for row in rows]


def test_lines_of_code_keep_their_indent() -> None:
    code = [Put(50, 140, "def f():", 10, "F5"), Put(74, 152, "return 1", 10, "F5")]
    document = read(Sheet([*lines(LEFT), *code, *lines(RIGHT, y=180)]))
    assert texts(document, BlockKind.CODE) == ["def f():", "    return 1"]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_places_are_those_of_the_page_as_it_is_shown(rotate: int) -> None:
    document = read(Sheet(lines(LEFT), rotate=rotate))
    page = document.pages[0]
    assert (page.width, page.height) == ((600, 400) if rotate % 180 else (400, 600))
    first = page.lines[0]
    assert first.span.of(document.text) == LEFT[0]
    upright = {0: (50, 60), 90: (600 - 60, 50), 180: (400 - 50, 600 - 60), 270: (60, 400 - 50)}[rotate]
    assert min(abs(first.left - upright[0]), abs(first.right - upright[0])) < 4
    assert first.top - 4 <= upright[1] <= first.bottom + 4
    assert texts(document) == [" ".join(LEFT)]


def test_a_few_words_on_their_side_are_passed_over() -> None:
    document = read(Sheet([*lines(LEFT), Put(20, 400, "stamped on the margin", turned=True)]))
    assert "stamped" not in document.text


def test_the_outline_becomes_the_contents() -> None:
    sheets = [Sheet([Put(50, 40, "First", 16), *lines(LEFT)]), Sheet([*lines(LEFT), *lines(RIGHT, y=300)])]
    document = read(*sheets, outline=[("First", 0, 20), ("Below", 1, 290)])
    assert [(section.title, section.level) for section in document.contents] == [("First", 1), ("Below", 1)]
    assert document.text[document.contents[0].start :].startswith("First")
    assert document.text[document.contents[1].start :].startswith(RIGHT[0])


def test_metadata_are_read_where_they_make_sense() -> None:
    info = {"Title": "Microsoft Word - draft7.doc", "Author": "A. Writer", "CreationDate": "D:20210304101112"}
    document = read(
        Sheet([Put(50, 40, "The Quiet Harbour", 20), *lines(LEFT)]), info=info, catalog="/Lang(en-GB)"
    )
    found = document.metadata
    assert (found.title, found.byline, found.date) == ("The Quiet Harbour", "A. Writer", "2021-03-04")
    assert found.language == "en-GB"


def test_a_page_without_text_is_told() -> None:
    document = read(Sheet(lines(LEFT)), Sheet(picture=True), Sheet(lines(RIGHT)))
    (warning,) = document.warnings
    assert warning.startswith("Page 2 of 3 is a picture")
    assert len(document.pages) == 3


def test_a_scan_is_refused_with_what_to_do() -> None:
    with pytest.raises(EmptyFile, match="scan") as caught:
        read(Sheet(picture=True))
    assert "OCR" in caught.value.next


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "a.pdf"
    place.write_bytes(b"%PDF-1.7\nnothing of it is here")
    with pytest.raises(DamagedFile, match="damaged"):
        open_document(place)


def test_what_is_left_of_a_file_that_was_cut_off_is_read(assert_sound: Check) -> None:
    whole = pdf([Sheet(lines([f"Page number {n}.", *LEFT])) for n in range(10)])
    document = load(whole[: len(whole) // 2])
    assert_sound(document)
    assert document.text.startswith("Page number 0.")
    assert "Page number 3." in document.text
    assert "cut off" in document.warnings[0]
    assert " of 10 pages (" in document.warnings[1]


def test_a_page_that_is_not_there_is_told() -> None:
    whole = pdf([Sheet(lines(LEFT)), Sheet(lines(LEFT)), Sheet(lines(RIGHT))])
    document = load(whole.replace(b"12 0 R", b"99 0 R"))
    assert document.warnings == ("Page 2 of 3 is damaged and could not be read.",)


def test_a_million_pages_that_are_not_there_do_not_take_long() -> None:
    document = load(pdf([Sheet(lines(LEFT))]).replace(b"/Count 1/", b"/Count 1000000/"))
    assert texts(document) == [" ".join(LEFT)]


def test_a_pdf_is_told_by_its_content(tmp_path: Path) -> None:
    place = tmp_path / "a.txt"
    place.write_bytes(b"junk before it\n" + pdf([Sheet(lines(LEFT))]))
    assert open_document(place).format == "pdf"
    place.write_text("A file that begins with %PDF- is a PDF.")
    assert open_document(place).format == "text"


def test_a_long_document_is_previewed() -> None:
    previews: list[Document] = []
    sheets = [Sheet(lines([f"Page number {n}.", *LEFT])) for n in range(31)]
    document = load(pdf(sheets), Request(preview=previews.append))
    (first,) = previews
    assert document.text.startswith(first.text)
    assert len(first.pages) == 10
    assert len(document.pages) == 31


WORDS = st.lists(st.sampled_from([*" ".join([*LEFT, *RIGHT]).split(), "half-done", "1990s"]), max_size=60)


@settings(max_examples=25, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=3), st.sampled_from([0, 90]))
def test_lines_hold_the_words_that_stand_there(pages: list[list[str]], rotate: int) -> None:
    rows = [[" ".join(words[i : i + 7]) for i in range(0, len(words), 7)] for words in pages]
    sheets = [Sheet(lines(page), rotate=rotate) for page in rows]
    if not any(map(any, rows)):
        return
    document = read(*sheets)
    for page, printed in zip(document.pages, rows, strict=True):
        at = page.span.start
        for line in page.lines:
            assert at <= line.span.start < line.span.end <= page.span.end
            assert 0 <= line.left < line.right
            assert 0 <= line.top < line.bottom <= page.height
            at = line.span.end
        assert [line.span.of(document.text) for line in page.lines] == printed


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_mutated_bytes_are_read_or_refused(assert_sound: Check, data: st.DataObject) -> None:
    raw = bytearray(
        pdf([Sheet(lines(LEFT)), Sheet(lines(RIGHT), rotate=90)], labels="0<</S/r>>", outline=[("A", 0, 9)])
    )
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at] = data.draw(st.integers(0, 255))
    try:
        assert_sound(load(bytes(raw)))
    except FormatError as error:
        assert error.what.endswith((".", "!"))
        assert error.next
