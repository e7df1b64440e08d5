"""Markdown keeps its structure as blocks and styles."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from reader.document import Block, BlockKind, Document, StyleKind
from reader.formats import markdown

ARTICLE = """---
title: "The ferry is late"
authors:
  - Ann Lee
  - 'Bo Ek'
date: 14 March 2021
site: The Courier
lang: en
url: https://example.org/ferry
unknown: [kept, out]
---

# The ferry is late

It was *very* late, said **the [captain](https://example.org/captain)**, and `ferry.log`
agrees.

> A quotation
>
> > inside another

3. three
4. four
   - deeper

| name | age |
| ---- | --- |
| Ann  | 40  |
|      | 41  |

```
code  here

more
```

---
End\\
of it.
"""


def shown(document: Document, kind: BlockKind) -> list[tuple[str, int, str]]:
    return [
        (block.span.of(document.text), block.level, block.marker)
        for block in document.blocks
        if block.kind is kind
    ]


def styles(document: Document, block: Block) -> list[tuple[str, StyleKind, str]]:
    return [(style.span.of(document.text), style.kind, style.target) for style in block.styles]


def test_front_matter_becomes_metadata() -> None:
    metadata = markdown.read(ARTICLE).metadata
    assert metadata.title == "The ferry is late"
    assert metadata.byline == "Ann Lee, Bo Ek"
    assert (metadata.date, metadata.site, metadata.language) == ("2021-03-14", "The Courier", "en")
    assert metadata.address == "https://example.org/ferry"


def test_the_title_stands_once_and_first() -> None:
    document = markdown.read(ARTICLE)
    assert document.blocks[0].kind is BlockKind.TITLE
    assert document.text.count("The ferry is late") == 1
    assert document.text.startswith("The ferry is late\n\nIt was very late")


def test_a_heading_that_stands_first_is_the_title() -> None:
    document = markdown.read("# Alone\n\nText\n\n## Below")
    assert document.metadata.title == "Alone"
    assert shown(document, BlockKind.HEADING) == [("Below", 2, "")]


def test_blocks_know_what_they_are() -> None:
    document = markdown.read(ARTICLE)
    assert shown(document, BlockKind.QUOTE) == [("A quotation", 1, ""), ("inside another", 2, "")]
    assert shown(document, BlockKind.LIST_ITEM) == [("three", 1, "3."), ("four", 1, "4."), ("deeper", 2, "◦")]
    assert shown(document, BlockKind.TABLE_ROW) == [("name\tage", 0, ""), ("Ann\t40", 0, ""), ("\t41", 0, "")]
    assert shown(document, BlockKind.CODE) == [("code  here", 0, ""), ("more", 0, "")]
    assert len(shown(document, BlockKind.RULE)) == 1
    assert [text for text, _, _ in shown(document, BlockKind.PARAGRAPH)][-2:] == ["End", "of it."]


def test_emphasis_and_links_are_spans_over_the_text() -> None:
    document = markdown.read(ARTICLE)
    assert styles(document, document.blocks[1]) == [
        ("very", StyleKind.EMPHASIS, ""),
        ("the captain", StyleKind.STRONG, ""),
        ("captain", StyleKind.LINK, "https://example.org/captain"),
        ("ferry.log", StyleKind.CODE, ""),
    ]


def test_html_in_markdown_is_read_and_never_run() -> None:
    document = markdown.read("<div><p>Inside</p><script>alert(1)</script></div>\n\nAfter <b>all</b>")
    assert document.text == "Inside\n\nAfter all"


def test_a_rule_at_the_head_is_no_front_matter() -> None:
    document = markdown.read("---\n\nJust a *paragraph* without fields\n\n---\n\nMore")
    assert "Just a paragraph" in document.text
    assert markdown.read("---\ntitle: never closed\n\nText").metadata.title == ""


def test_what_lies_too_deep_is_shown_as_text_and_told() -> None:
    document = markdown.read(">" * 500 + " deep words")
    assert "deep words" in document.text
    assert document.warnings
    assert "nothing" not in document.warnings[0]
    assert "deep" in markdown.read("<div>" * 3000 + "deep").text


@given(st.text(max_size=400) | st.text(alphabet="#*_`[]()<>!|-\n \t&;:1.ab\u2028", max_size=200))
def test_any_markdown_becomes_sound_blocks(assert_sound: Callable[[Document], None], text: str) -> None:
    assert_sound(markdown.load(text.encode("utf-8", "replace")))
