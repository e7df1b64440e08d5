"""What was read, printed: the text alone, all that is known as JSON, Markdown that reads back the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.commands.extracting import as_json, as_markdown, as_text
from reader.document import Block, BlockKind, Document, Metadata, Page, Section, Span, Style, StyleKind
from reader.formats import markdown
from reader.formats.blocks import TextBuilder

K, S = BlockKind, StyleKind


def made(*blocks: Block, text: str) -> Document:
    return Document(text, blocks)


def built(*parts: tuple[str, BlockKind, int, str]) -> Document:
    """Return a document of (text, kind, level, marker)."""
    builder = TextBuilder()
    for text, kind, level, marker in parts:
        builder.add(text, kind, level=level, marker=marker)
    text, blocks, _ = builder.build()
    return Document(text, blocks)


def styled(text: str, *styles: tuple[int, int, StyleKind] | tuple[int, int, StyleKind, str]) -> str:
    """Return the Markdown of one paragraph."""
    marks = tuple(Style(Span(start, end), *rest) for start, end, *rest in styles)  # type: ignore[arg-type]
    return as_markdown(made(Block(Span(0, len(text)), styles=marks), text=text)).strip()


def test_the_text_is_without_pictures_and_without_what_a_terminal_obeys() -> None:
    document = made(text="One.\n\n\ufffc\n\nTwo\x1b[31m\tthree.")
    assert as_text(document) == "One.\n\nTwo[31m\tthree.\n"
    assert as_text(made(text="\ufffc\n\nOne.")) == "One.\n"


def test_json_tells_all_but_the_pictures() -> None:
    block = Block(
        Span(0, 1), K.IMAGE, 2, (Style(Span(0, 1), S.LINK, "x"),), marker="m", name="n", alt="a", picture=0
    )
    document = Document(
        "\ufffc",
        (block,),
        Metadata("t", "b", "2021", "s", "en", "http://a.b"),
        source="/a",
        format="word",
        warnings=("Mind it.",),
        contents=(Section("One", 0, 2),),
        pages=(Page("iv", Span(0, 1), 300.0, 400.0),),
    )
    assert "\n" not in as_json(document)
    assert json.loads(as_json(document)) == {
        "source": "/a",
        "format": "word",
        "metadata": {
            "title": "t",
            "byline": "b",
            "date": "2021",
            "site": "s",
            "language": "en",
            "address": "http://a.b",
        },
        "text": "\ufffc",
        "blocks": [
            {
                "start": 0,
                "end": 1,
                "kind": "image",
                "level": 2,
                "marker": "m",
                "name": "n",
                "alt": "a",
                "picture": 0,
                "styles": [{"start": 0, "end": 1, "kind": "link", "target": "x"}],
            }
        ],
        "contents": [{"title": "One", "start": 0, "level": 2}],
        "pages": [{"label": "iv", "start": 0, "end": 1, "width": 300.0, "height": 400.0}],
        "warnings": ["Mind it."],
    }


# ---------------------------------------------------------------- blocks


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ([("A", K.TITLE, 0, ""), ("B #", K.HEADING, 3, "")], "# A\n\n### B \\#"),
        ([("1. *a*", K.PARAGRAPH, 0, ""), ("# b", K.PARAGRAPH, 0, "")], "1\\. \\*a\\*\n\n\\# b"),
        (
            [("a", K.LIST_ITEM, 1, "•"), ("b", K.LIST_ITEM, 2, "10."), ("c", K.LIST_ITEM, 3, "c)")],
            "- a\n  10. b\n      - c) c",
        ),
        ([("a", K.LIST_ITEM, 5, "•"), ("b", K.LIST_ITEM, 1, "")], "- a\n- b"),
        ([("a", K.QUOTE, 1, ""), ("b", K.QUOTE, 1, ""), ("c", K.QUOTE, 2, "")], "> a\n>\n> b\n>\n> > c"),
        ([("  a `", K.CODE, 0, ""), ("```*", K.CODE, 0, "")], "````\n  a `\n```*\n````"),
        ([("* * *", K.RULE, 0, ""), ("a", K.CAPTION, 0, "")], "* * *\n\na"),
        (
            [("a\tb|c", K.TABLE_ROW, 0, ""), ("\td\te", K.TABLE_ROW, 0, "")],
            "| a | b\\|c |  |\n| --- | --- | --- |\n|  | d | e |",
        ),
    ],
)
def test_blocks_by_their_kind(parts: Sequence[tuple[str, BlockKind, int, str]], wanted: str) -> None:
    assert as_markdown(built(("x", K.PARAGRAPH, 0, ""), *parts)).removeprefix("x\n\n") == wanted + "\n"


def test_lines_of_one_paragraph_stay_together() -> None:
    document = made(Block(Span(0, 3)), Block(Span(4, 7)), Block(Span(9, 12)), text="one\n- b\n\nthe")
    assert as_markdown(document) == "one\\\n\\- b\n\nthe\n"


def test_a_picture_is_told_by_its_words() -> None:
    assert as_markdown(made(Block(Span(0, 1), K.IMAGE, alt="a [b]"), text="\ufffc")) == "![a \\[b\\]]()\n"


def test_footnotes_are_linked() -> None:
    text = "Word1 and2.\n\nThe note.\n\nGoes on.\n\nAnother."
    styles = [Style(Span(4, 5), kind, target) for kind, target in ((S.RAISED, ""), (S.LINK, "#a"))]
    other = Style(Span(9, 10), S.LINK, "#b")
    document = made(
        Block(Span(0, 11), styles=(*styles, other)),
        Block(Span(13, 22), K.FOOTNOTE, name="a", marker="1."),
        Block(Span(24, 32), K.FOOTNOTE),
        Block(Span(34, 42), K.FOOTNOTE, name="b", marker="†"),
        text=text,
    )
    assert as_markdown(document) == (
        "Word[^1] and[^note2].\n\n[^1]: The note.\n\n    Goes on.\n\n[^note2]: Another.\n"
    )


# ---------------------------------------------------------------- styles


@pytest.mark.parametrize(
    ("text", "styles", "wanted"),
    [
        ("a b c", [(2, 3, S.EMPHASIS)], "a *b* c"),
        ("a b c", [(1, 4, S.STRONG)], "a **b** c"),
        ("a b c", [(0, 5, S.STRONG), (2, 3, S.EMPHASIS)], "**a *b* c**"),
        ("abc", [(0, 3, S.STRONG), (0, 3, S.EMPHASIS)], "***abc***"),
        ("a b c", [(2, 3, S.LINK, "http://x.y/a")], "a [b](http://x.y/a) c"),
        ("a b c", [(2, 3, S.LINK, "a (b).html")], "a [b](<a (b).html>) c"),
        ("a b c", [(2, 3, S.LINK, "javascript:x")], "a b c"),
        ("a b c", [(2, 3, S.LINK, "#nowhere"), (2, 3, S.EMPHASIS)], "a *b* c"),
        ("a `b c", [(2, 4, S.CODE)], "a `` `b `` c"),
        ("a *b c", [(2, 4, S.CODE), (3, 4, S.STRONG)], "a `*b` c"),
        ("a b c", [(0, 3, S.EMPHASIS), (2, 5, S.STRONG)], "*a b* c"),
        ("ab", [(0, 1, S.EMPHASIS), (1, 2, S.STRONG)], "*a*b"),
        ("a!b", [(2, 3, S.LINK, "c")], "a\\![b](c)"),
        ("a“b”c", [(1, 4, S.EMPHASIS)], "a“b”c"),
    ],
)
def test_styles_are_said_where_markdown_can(
    text: str, styles: list[tuple[int, int, StyleKind]], wanted: str
) -> None:
    assert styled(text, *styles) == wanted


STYLES = st.tuples(
    st.integers(0, 12), st.integers(0, 12), st.sampled_from([S.EMPHASIS, S.STRONG, S.CODE, S.LINK])
)


@given(
    st.text(st.sampled_from("ab *_`[]!<>&\\#-.1~|“("), min_size=1, max_size=12), st.lists(STYLES, max_size=4)
)
def test_the_words_come_back_whatever_the_styles(text: str, spans: list[tuple[int, int, StyleKind]]) -> None:
    text = " ".join(text.split())
    marks = [(a, min(b, len(text)), kind, "http://a.b/(c" * (kind is S.LINK)) for a, b, kind in spans]
    if not text:
        return
    rendered = styled(text, *(mark for mark in marks if mark[0] < mark[1]))
    assert markdown.read(f"x\n\n{rendered}\n").text.removeprefix("x\n\n") == text


def test_what_was_read_from_markdown_reads_back_the_same() -> None:
    source = (
        "# Title\n\nA *b* **c** `d` [e](http://f.g).\n\n## Two\n\n- a\n- b\n  1. c\n\n> q\n>\n> > r\n\n"
        "| a | b |\n| --- | --- |\n| c | d |\n\n```\nx\n  y\n```\n"
    )
    document = markdown.read(source)
    again = markdown.read(as_markdown(document))
    assert replace(again, encoding="") == document
