"""A tree of elements becomes blocks: images, notes, links within the page, tables, lists."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable

import pytest
from PIL import Image

from reader.document import Block, BlockKind, Document, StyleKind
from reader.formats import markup, rendering
from reader.formats.blocks import TextBuilder
from reader.formats.images import beside, from_address


def picture(width: int = 40, height: int = 30) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(out, "PNG")
    return out.getvalue()


def rendered(source: str, files: dict[str, bytes] | None = None) -> Document:
    builder = TextBuilder()
    root = markup.parse(source)
    pictures = rendering.render(root, builder, picture_of=(files or {}).get)
    text, blocks, _ = builder.build()
    return Document(text, blocks, pictures=pictures)


def shown(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, block.span.of(document.text)) for block in document.blocks]


def links(document: Document) -> dict[str, str]:
    return {
        style.span.of(document.text): style.target
        for block in document.blocks
        for style in block.styles
        if style.kind is StyleKind.LINK
    }


def named(document: Document, name: str) -> Block:
    return next(block for block in document.blocks if block.name == name)


# ------------------------------------------------------------ images


def test_an_image_at_hand_is_shown_where_it_lies() -> None:
    document = rendered("<p>a<p><img src=x.png alt='A  red\nfield'><p>b", {"x.png": picture()})
    assert shown(document) == [("paragraph", "a"), ("image", "\ufffc"), ("paragraph", "b")]
    image = document.blocks[1]
    assert (image.alt, image.picture) == ("A red field", 0)
    assert (document.pictures[0].width, document.pictures[0].height) == (40, 30)


def test_an_image_inside_a_sentence_does_not_cut_it() -> None:
    document = rendered("<p>one <img src=x.png> two<p>three", {"x.png": picture()})
    assert [text for _, text in shown(document)] == ["one two", "\ufffc", "three"]


def test_an_image_out_of_reach_is_told_in_its_words() -> None:
    document = rendered("<img src='http://example.org/x.png' alt='A bridge'><img src=y.png>")
    assert [(block.alt, block.picture) for block in document.blocks] == [("A bridge", None)]


def test_spacers_are_left_out_and_the_picture_behind_a_stand_in_is_found() -> None:
    tiny = "data:image/png;base64," + base64.b64encode(picture(1, 1)).decode()
    document = rendered(
        f"<img src='{tiny}' alt='spacer'><img src='{tiny}' data-src=x.png>", {"x.png": picture()}
    )
    assert [block.picture for block in document.blocks] == [0]
    assert rendered("<p>a<img width=1 height=1 src=x.png>", {"x.png": picture()}).pictures == ()


def test_an_emoji_or_a_formula_is_a_part_of_the_sentence() -> None:
    document = rendered("<p>Good <img alt='🙂' src=x> and <img class=math alt='x²' src=y>.")
    assert document.text == "Good 🙂 and x²."


def test_pictures_in_the_address_itself_are_read() -> None:
    assert from_address("data:image/png;base64,aGk=") == b"hi"
    assert from_address("data:,a%20b") == b"a b"
    assert from_address("data:image/png;base64,a") is None
    assert from_address("data:nothing") is None


@pytest.mark.parametrize("address", ["http://x/y.png", "//x/y.png", "/etc/passwd", "\\x", "file:y", "", "#a"])
def test_only_files_beside_the_page_are_read(address: str) -> None:
    assert beside(lambda _: b"read")(address) is None


def test_a_file_beside_the_page_is_found_by_its_written_name() -> None:
    assert beside({"My page_files/a b.png": b"x"}.get)("My%20page_files/a%20b.png?v=1") == b"x"


def test_a_drawing_shows_the_picture_inside_it() -> None:
    document = rendered("<svg><image xlink:href='x.png'/><text>no</text></svg>", {"x.png": picture()})
    assert shown(document) == [("image", "\ufffc")]
    assert shown(rendered("<p>a<svg><circle/></svg>b")) == [("paragraph", "ab")]


def test_a_caption_follows_its_image() -> None:
    document = rendered(
        "<figure><img src=x.png><figcaption>The <b>bridge</b></figcaption></figure>", {"x.png": picture()}
    )
    assert shown(document) == [("image", "\ufffc"), ("caption", "The bridge")]


# ------------------------------------------------------------ notes and links

NOTES = """<p id=top>One.<a href="#f1" class="footnote-ref" id="r1" role="doc-noteref"><sup>1</sup></a>
Two.<a href="#f2" class="footnote-ref" id="r2" role="doc-noteref"><sup>2</sup></a></p>
<section class="footnotes" role="doc-endnotes"><hr><ol><li id="f1"><p>First <em>note</em>.
<a href="#r1" class="footnote-back" role="doc-backlink">↩︎</a></p><p>More.</p></li>
<li id="f2"><p>Second.<a href="#r2" role="doc-backlink">↩︎</a></p></li></ol></section>"""


def test_notes_are_blocks_with_their_number_linked_both_ways() -> None:
    document = rendered(NOTES)
    assert shown(document) == [
        ("paragraph", "One.1 Two.2"),
        ("rule", "* * *"),
        ("footnote", "First note. ↩"),
        ("footnote", "More."),
        ("footnote", "Second. ↩"),
    ]
    assert [(block.marker, block.name) for block in document.blocks[2:]] == [
        ("1", "f1"),
        ("", ""),
        ("2", "f2"),
    ]
    text = document.blocks[0]
    assert text.name == "r1"
    assert [(style.span.of(document.text), style.kind.value, style.target) for style in text.styles] == [
        ("1", "link", "#f1"),
        ("1", "raised", ""),
        ("2", "link", "#f2"),
        ("2", "raised", ""),
    ]
    assert links(document)["↩"] == "#r1"


@pytest.mark.parametrize(
    ("note", "text"),
    [
        ("<p id=n1><a href='#r1'>1</a> The note.</p>", "The note. ↩"),
        ("<p><a id=n1 href='#r1'>[1]</a> The note.</p>", "The note. ↩"),
        ("<p>[<a id=n1 href='#r1'>1</a>] The note.</p>", "The note. ↩"),
        ("<div><p><sup><a name=n1 href='#r1'>1</a></sup> The note.</p></div>", "The note. ↩"),
        ("<ol class=references><li id=n1>^ <a href='#r1'>a</a> The note.</li></ol>", "The note. ↩"),
        ("<aside id=n1 hidden><p>1. The note.</p></aside>", "The note. ↩"),
        ("<div id=n1><p><a href='#r1'>1</a></p><p>The note.</p></div>", "The note. ↩"),
    ],
)
def test_the_number_of_a_note_is_its_marker_however_it_is_written(note: str, text: str) -> None:
    document = rendered(f"<p>Words<sup><a id=r1 href='#n1'>[1]</a></sup></p>{note}")
    block = named(document, "n1")
    assert (block.kind, block.marker, block.span.of(document.text)) == (BlockKind.FOOTNOTE, "1", text)
    assert named(document, links(document)["↩"][1:]).span.of(document.text) == "Words[1]"


def test_a_note_in_the_middle_of_the_text_goes_to_its_end() -> None:
    document = rendered(
        "<p>One<a epub:type=noteref href='#n'>*</a></p><aside epub:type=footnote id=n>Note</aside><p>Two</p>"
    )
    assert [text for _, text in shown(document)] == ["One*", "Two", "Note ↩"]
    # The reference has no name of its own, and the note leads back to it all the same.
    assert links(document)["↩"] == "#" + document.blocks[0].name


def test_a_raised_link_to_a_heading_is_no_note() -> None:
    document = rendered("<p>See<sup><a href='#h'>above</a></sup></p><h2 id=h>Heading</h2>")
    assert [kind for kind, _ in shown(document)] == ["paragraph", "heading"]
    assert links(document) == {"above": "#h"}


def test_places_have_names_only_where_a_link_leads_there() -> None:
    document = rendered(
        "<p><a href='#b'>b</a><a href='#c'>c</a><a href='#d'>d</a><a href='#gone'>e</a>"
        "<h2 id=a>A</h2><h2 id=b><a name=c></a>B</h2><p id=d style='display:none'>D</p>"
    )
    assert [block.name for block in document.blocks] == ["", "", "b"]
    assert links(document) == {"b": "#b", "c": "#b", "d": "", "e": ""}


def test_a_link_to_the_page_itself_stays_within_it() -> None:
    builder = TextBuilder()
    root = markup.parse("<p id='é'><a href='https://x.org/a#%C3%A9'>up</a>")
    rendering.render(root, builder, resolve=lambda address: address or "https://x.org/a")
    _, blocks, _ = builder.build()
    assert (blocks[0].name, blocks[0].styles[0].target) == ("é", "#é")


# ------------------------------------------------------------ tables, lists, words


def test_cells_with_paragraphs_and_breaks_stay_in_their_row() -> None:
    document = rendered(
        "<table><caption>Sums</caption><tr><th>Year<th>Cost<br>in $</tr>"
        "<tr><td><p>2020</p><p>and on</p><td><ul><li>4</ul></tr></table>after"
    )
    assert shown(document) == [
        ("caption", "Sums"),
        ("table row", "Year\tCost in $"),
        ("table row", "2020 and on\t4"),
        ("paragraph", "after"),
    ]


def test_spans_keep_the_columns_in_line() -> None:
    document = rendered(
        "<table><tr><td rowspan=2>a<td colspan=2>b<td>c<tr><td>d<td>e<td>f"
        "<tr><td><td>g<td colspan=x>h</table>"
    )
    assert [text for _, text in shown(document)] == ["a\tb\t\tc", "\td\te\tf", "\tg\th"]


@pytest.mark.parametrize(
    "table",
    [
        "<table role=presentation><tr><td>a<td>b</table>",
        "<table><tr><td>a<table><tr><td>b</table></table>",
        "<table><tr><td>a<tr><td>b</table>",
        f"<table><tr><td>a<td>b {'long ' * 100}</table>",
        "<table><tr><td><h2>a</h2><td>b</table>",
    ],
)
def test_a_table_of_layout_flows(table: str) -> None:
    kinds = {kind for kind, _ in shown(rendered(f"{table}"))}
    assert "table row" not in kinds
    assert len(rendered(table).blocks) == 2


def test_terms_are_strong_and_what_they_mean_is_set_in() -> None:
    document = rendered("<dl><dt>Ferry<dd>A boat.<dt>Bridge<dd>No <i>boat</i>.<ul><li>At all</ul></dl>")
    assert document.text == "Ferry\nA boat.\n\nBridge\nNo boat.\nAt all"
    assert [(block.kind.value, block.level) for block in document.blocks] == [
        ("paragraph", 0), ("list item", 1), ("paragraph", 0), ("list item", 1), ("list item", 2)
    ]  # fmt: skip
    assert document.blocks[0].styles[0].kind is StyleKind.STRONG


def test_items_count_as_the_page_says() -> None:
    document = rendered("<ol start=3><li>a<li value=7>b<li>c</ol>")
    assert [block.marker for block in document.blocks] == ["3.", "7.", "8."]


def test_raised_letters_and_spoken_words_are_told() -> None:
    document = rendered("<p>He said <q>the 2<sup>nd</sup> day</q>.")
    assert document.text == "He said “the 2nd day”."
    assert [(s.kind, s.span.of(document.text)) for s in document.blocks[0].styles] == [
        (StyleKind.RAISED, "nd")
    ]


def test_blanks_count_in_code_and_no_more_after_it() -> None:
    document = rendered("<div><pre>a\n  b</pre>then\n  one  line</div>")
    assert shown(document) == [("code", "a"), ("code", "  b"), ("paragraph", "then one line")]


def test_a_name_waits_for_a_line_of_code_with_something_in_it() -> None:
    document = rendered("<a href='#c'>x</a><pre id=c> \n\na</pre>")
    assert [block.name for block in document.blocks] == ["", "c"]


def test_a_caption_inside_code_is_one_line(assert_sound: Callable[[Document], None]) -> None:
    document = rendered("<pre>a\n b<figure><figcaption>c\nd</figcaption></figure>e\nf")
    assert [text for _, text in shown(document)] == ["a", " b", "c d", "e", "f"]
    assert_sound(document)


def test_two_references_without_names_lead_to_one_note_and_back_to_the_first() -> None:
    document = rendered("<p>a<sup><a href='#n'>1</a></sup><p>b<sup><a href='#n'>1</a></sup><li id=n>Note")
    assert [block.name for block in document.blocks] == ["to n", "", "n"]


def test_marks_a_thousand_deep_are_one() -> None:
    document = rendered("<p>" + "<b>" * 1000 + "deep" + "</b>" * 1000 + " out")
    assert len(document.blocks[0].styles) == 1


def test_what_stands_after_something_hidden_is_kept(assert_sound: Callable[[Document], None]) -> None:
    document = rendered("<p>a<span hidden>b<i>c</i></span>d</p><div style='display: none'>e</div>f")
    assert [text for _, text in shown(document)] == ["ad", "f"]
    assert_sound(document)
