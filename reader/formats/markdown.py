"""Markdown: CommonMark with tables, and a simple front matter. Raw HTML in it is read as HTML, never run."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from reader.document import BlockKind, Document, Metadata, StyleKind
from reader.formats import markup, plain, rendering
from reader.formats.blocks import Inline, Mark, TextBuilder
from reader.formats.dates import iso_date
from reader.formats.encoding import decode
from reader.formats.request import Request

_FIELD = re.compile(r"([A-Za-z][\w -]{0,40}):(?:[ \t]+(.*))?$")
_FENCE = "---"
_LONGEST_FRONT_MATTER = 200
_KEYS = {
    "title": "title",
    "author": "byline",
    "authors": "byline",
    "byline": "byline",
    "date": "date",
    "published": "date",
    "site": "site",
    "publisher": "site",
    "publication": "site",
    "source": "site",
    "lang": "language",
    "language": "language",
    "url": "address",
    "address": "address",
    "link": "address",
}
_STYLES = {"em": StyleKind.EMPHASIS, "strong": StyleKind.STRONG}
_BULLETS = "•◦▪"
# Deeper nesting than any writer needs; the parser's own 20 would drop text without a word.
_DEEPEST = 100
_TOO_DEEP = (
    "The lists or quotations of this file lie too deep in each other, so it is shown as plain text. "
    "All of its text is here, with its marks."
)


def load(data: bytes, request: Request | None = None) -> Document:
    """Read the bytes of a Markdown file."""
    decoded = decode(data, encoding=request.encoding if request else None)
    return replace(read(decoded.text, warnings=decoded.warnings), encoding=decoded.encoding)


def read(text: str, *, warnings: tuple[str, ...] = ()) -> Document:
    """Make a document of Markdown; its title is the front matter's, or a heading that stands first."""
    from markdown_it import MarkdownIt

    fields, body = front_matter(text)
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
    tokens = parser.parse(body)
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        return replace(plain.read(text, warnings=(*warnings, _TOO_DEEP)), format="markdown")
    builder = TextBuilder()
    _Reader(builder).read(tokens)
    whole, blocks, title = builder.build(title=fields.pop("title", ""))
    fields["date"] = iso_date(fields.get("date", ""))
    return Document(whole, blocks, Metadata(title=title, **fields), "", "markdown", "", warnings)


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """Part the known fields at the head of a file from the text below; no fields when it has no such head.

    Only ``key: value`` lines and simple lists are understood. It is not YAML, so nothing can hide in it.
    """
    lines = text.split("\n", _LONGEST_FRONT_MATTER)
    if lines[0].rstrip() != _FENCE:
        return {}, text
    fields: dict[str, list[str]] = {}
    key = ""
    for number, line in enumerate(lines[1:_LONGEST_FRONT_MATTER], start=1):
        if line.rstrip() in (_FENCE, "..."):
            known = {name: ", ".join(filter(None, values)) for name, values in fields.items() if name}
            return known, "\n".join(lines[number + 1 :])
        field = _FIELD.match(line.rstrip())
        if field:
            key = _KEYS.get(field[1].strip().lower(), "")
            fields[key] = _values(field[2] or "")
        elif line.startswith((" ", "\t", "-")) and key:
            fields[key] += _values(line.strip().removeprefix("-").strip())
        elif line.strip() and not line.startswith(("#", " ", "\t", "-")):
            break
    return {}, text


def _values(text: str) -> list[str]:
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        return [_unquoted(part.strip()) for part in text[1:-1].split(",")]
    return [_unquoted(text)]


def _unquoted(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return "" if text in (">", "|", ">-", "|-") else text


class _Reader:
    """Turns the parser's flat list of tokens into blocks."""

    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder
        self._lists: list[int | None] = []
        self._quotes = 0
        self._heading = 0
        self._marker = ""
        self._items = 0
        self._row: Inline | None = None

    def read(self, tokens: list[Any]) -> None:
        for token in tokens:
            kind, _, edge = token.type.rpartition("_")
            if edge == "open":
                self._open(kind, token)
            elif edge == "close":
                self._close(kind)
            elif token.type == "inline":
                self._text(token.children or [])
            elif token.type in ("fence", "code_block"):
                for line in token.content.split("\n"):
                    self._builder.add(line.rstrip(), BlockKind.CODE)
            elif token.type == "html_block":
                self._html(token.content)
            elif token.type == "hr":
                self._builder.add("* * *", BlockKind.RULE)

    def _open(self, kind: str, token: Any) -> None:
        if kind == "heading":
            self._heading = int(token.tag[1:])
        elif kind == "bullet_list":
            self._lists.append(None)
        elif kind == "ordered_list":
            self._lists.append(int(token.attrGet("start") or 1))
        elif kind == "list_item":
            self._items += 1
            number = self._lists[-1]
            depth = len(self._lists)
            self._marker = _BULLETS[min(depth, 3) - 1] if number is None else f"{number}."
            if number is not None:
                self._lists[-1] = number + 1
        elif kind == "blockquote":
            self._quotes += 1
        elif kind == "tr":
            self._row = Inline()

    def _close(self, kind: str) -> None:
        if kind == "heading":
            self._heading = 0
        elif kind in ("bullet_list", "ordered_list"):
            self._lists.pop()
        elif kind == "list_item":
            self._items -= 1
        elif kind == "blockquote":
            self._quotes -= 1
        elif kind in ("td", "th") and self._row is not None:
            self._row.tab()
        elif kind == "tr" and self._row is not None:
            text, styles = self._row.take()
            self._builder.add(text, BlockKind.TABLE_ROW, styles=styles)
            self._row = None

    def _text(self, children: list[Any]) -> None:
        inline = self._row if self._row is not None else Inline()
        marks: list[Mark] = []
        tight = False
        for child in children:
            kind, _, edge = child.type.rpartition("_")
            if edge == "open":
                address = str(child.attrGet("href") or "") if kind == "link" else ""
                marks.append((_STYLES.get(kind, StyleKind.LINK), address))
            elif edge == "close":
                marks.pop()
            elif child.type == "hardbreak" and self._row is None:
                self._flush(inline, tight=tight)
                tight = True
            elif child.type in ("softbreak", "hardbreak"):
                inline.write(" ", marks)
            elif child.type == "code_inline":
                inline.write(child.content, [*marks, (StyleKind.CODE, "")])
            elif child.type in ("text", "image", "text_special"):
                inline.write(child.content, marks)
        if self._row is None:
            self._flush(inline, tight=tight)

    def _flush(self, inline: Inline, *, tight: bool) -> None:
        text, styles = inline.take()
        kind, level, marker = BlockKind.PARAGRAPH, 0, ""
        if self._heading:
            kind, level = BlockKind.HEADING, self._heading
        elif self._items:
            kind, level = BlockKind.LIST_ITEM, len(self._lists)
            marker, self._marker = self._marker, ""
        elif self._quotes:
            kind, level = BlockKind.QUOTE, self._quotes
        self._builder.add(text, kind, styles=styles, level=level, marker=marker, tight=tight)

    def _html(self, source: str) -> None:
        try:
            root = markup.parse(source)
        except markup.TooDeep:
            root = markup.parse(markup.flattened(source))
        if root is not None:
            rendering.render(root, self._builder)
