"""From a tree of HTML elements to blocks of text. Fetches nothing, runs nothing, knows no files."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree, html

from reader.document import BlockKind, StyleKind
from reader.formats.blocks import Inline, Mark, TextBuilder

Element = Any
"""An lxml element; lxml has no types of its own."""


def names(words: str) -> tuple[str, ...]:
    """Return the words of a table of tags or keys."""
    return tuple(words.split())


# What is never text to read.
DROPPED = names(
    "script style noscript template head title meta link iframe object embed applet svg canvas "
    "audio video button input select textarea option datalist dialog map area"
)
_BREAKING = names(
    "html body p div section article main header footer aside nav ul ol menu li dl dt dd "
    "blockquote pre figure figcaption table caption thead tbody tfoot tr td th h1 h2 h3 h4 h5 h6 "
    "hr address details summary fieldset legend center form hgroup search"
)
# The ends are optional: what a hostile page leaves open would otherwise be searched for again and again.
_INVISIBLE = re.compile(r"<(script|style|template|title)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.I | re.S)
_TAG = re.compile(r"</?([a-zA-Z][\w:-]{0,40})[^<>]*>?")
# The parser lets these through, but no tree takes them back when its parts are moved.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# The parser drops all that follows these, while browsers take them for nothing.
_ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_STYLES = {
    "em": StyleKind.EMPHASIS,
    "i": StyleKind.EMPHASIS,
    "cite": StyleKind.EMPHASIS,
    "strong": StyleKind.STRONG,
    "b": StyleKind.STRONG,
    "code": StyleKind.CODE,
    "kbd": StyleKind.CODE,
    "samp": StyleKind.CODE,
    "tt": StyleKind.CODE,
}
_BULLETS = "•◦▪"


def parse(text: str) -> Element | None:
    """Return the root of a page, comments left out, or None when there is no element in it.

    Raises `TooDeep` for a page whose elements lie so deep in each other that the parser stops.
    """
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    try:
        text = _ENDS.sub("", _NO_XML.sub("", text))
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = None
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise TooDeep
    return root


class TooDeep(Exception):
    """The elements of a page lie deeper in each other than the parser goes (2,048 levels)."""


def flattened(text: str) -> str:
    """Return the source of a page with nothing but paragraphs in it, so that no text is out of reach."""
    text = _INVISIBLE.sub(" ", text)
    return _TAG.sub(lambda tag: "<p>" if tag[1].lower() in _BREAKING or tag[1].lower() == "br" else "", text)


def is_hidden(element: Element) -> bool:
    """Tell whether a browser would not show the element."""
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the blocks begun inside an element are."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    ordered: int | None = None
    lists: int = 0
    quotes: int = 0
    row: bool = False


class _Renderer:
    """Walks a tree without recursion: a hostile page may be nested a hundred thousand deep."""

    def __init__(self, builder: TextBuilder, resolve: Callable[[str], str]) -> None:
        self._builder = builder
        self._resolve = resolve
        self._frames = [_Frame()]
        self._marks: list[Mark] = []
        self._inline = Inline()
        self._marker = ""
        self._tight = False
        self._skipping: Element | None = None

    def render(self, root: Element) -> None:
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if event == "start":
                self._start(element)
            else:
                self._end(element)
                if element is not root and element.tail:
                    self._write(element.tail)
        self._flush()

    def _start(self, element: Element) -> None:
        if self._skipping is not None:
            return
        tag = element.tag
        if tag in DROPPED or is_hidden(element):
            self._skipping = element
            return
        if tag in _STYLES or tag == "a":
            kind = _STYLES.get(tag, StyleKind.LINK)
            self._marks.append((kind, self._resolve(element.get("href") or "") if tag == "a" else ""))
        elif tag == "br":
            self._line_break()
        elif tag in _BREAKING:
            self._open(element, tag)
        self._write(element.text or "")

    def _end(self, element: Element) -> None:
        if self._skipping is not None:
            if element is self._skipping:
                self._skipping = None
                if element.tag in _BREAKING:
                    self._flush()
            return
        tag = element.tag
        if tag in _STYLES or tag == "a":
            self._marks.pop()
        elif tag in _BREAKING:
            if not (self._frames[-1].row and tag in ("td", "th")):
                self._flush()
            if self._frames.pop().kind is BlockKind.CODE:
                self._inline = Inline(keep_spaces=self._frames[-1].kind is BlockKind.CODE)

    def _open(self, element: Element, tag: str) -> None:
        frame = self._frames[-1]
        if frame.row and tag in ("td", "th"):
            if element.getprevious() is not None:
                self._inline.tab()
            self._frames.append(frame)
            return
        self._flush()
        if tag in _HEADINGS:
            frame = replace(frame, kind=BlockKind.HEADING, level=_HEADINGS[tag])
        elif tag in ("ul", "ol", "menu"):
            first = element.get("start") or "1"
            number = int(first) if first.isdecimal() and len(first) < 7 else 1
            frame = replace(frame, lists=frame.lists + 1, ordered=number if tag == "ol" else None)
        elif tag == "li":
            frame = self._item(frame)
        elif tag == "blockquote":
            depth = frame.quotes + 1
            frame = replace(frame, kind=BlockKind.QUOTE, level=depth, quotes=depth)
        elif tag == "pre":
            frame = replace(frame, kind=BlockKind.CODE, level=0)
        elif tag in ("figcaption", "caption"):
            frame = replace(frame, kind=BlockKind.CAPTION, level=0)
        elif tag == "tr" and _is_data_row(element):
            frame = replace(frame, kind=BlockKind.TABLE_ROW, level=0, row=True)
        elif tag == "hr":
            self._builder.add("* * *", BlockKind.RULE)
        self._frames.append(frame)
        self._inline = Inline(keep_spaces=frame.kind is BlockKind.CODE)

    def _item(self, frame: _Frame) -> _Frame:
        depth = max(frame.lists, 1)
        if frame.ordered is None:
            self._marker = _BULLETS[min(depth, len(_BULLETS)) - 1]
        else:
            self._marker = f"{frame.ordered}."
            self._frames[-1] = replace(frame, ordered=frame.ordered + 1)
        return replace(frame, kind=BlockKind.LIST_ITEM, level=depth)

    def _write(self, text: str) -> None:
        if self._skipping is None and text:
            self._inline.write(text, self._marks)

    def _line_break(self) -> None:
        kind = self._frames[-1].kind
        if kind is BlockKind.CODE:
            self._inline.write("\n")
        elif kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM):
            self._tight = self._flush()
        else:
            self._inline.write(" ")

    def _flush(self) -> bool:
        """End the block being gathered; tell whether there was one."""
        frame = self._frames[-1]
        text, styles = self._inline.take()
        tight, self._tight = self._tight, False
        if not text.strip():
            return False
        if frame.kind is BlockKind.CODE:
            for line in text.split("\n"):
                self._builder.add(line.rstrip(), BlockKind.CODE)
            return True
        marker = ""
        if frame.kind is BlockKind.LIST_ITEM:
            marker, self._marker = self._marker, ""
        self._builder.add(text, frame.kind, styles=styles, level=frame.level, marker=marker, tight=tight)
        return True


def _is_data_row(row: Element) -> bool:
    """Tell a row of figures from one that only lays out a page: several cells, none with paragraphs."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    if len(cells) < 2:
        return False
    return not any(
        inner.tag in _BREAKING or inner.tag == "br" for cell in cells for inner in cell.iterdescendants()
    )


def render(root: Element, builder: TextBuilder, *, resolve: Callable[[str], str] = str) -> None:
    """Append what a browser would show of `root` to `builder`; `resolve` makes link targets whole."""
    _Renderer(builder, resolve).render(root)
