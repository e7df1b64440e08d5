"""The parts of a document as JSON of lists, as small as it can be, and back. Knows no tables."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from reader.document import Block, BlockKind, Line, Page, Section, Span, Style, StyleKind

# One for all: each call of `json.dumps` that wants no blanks makes one of its own.
_ENCODER = json.JSONEncoder(separators=(",", ":"))


def compact(value: Any) -> str:
    """Return a value as JSON without blanks."""
    # Most documents have no warnings, contents and pages, and an encoder is made for each call.
    return _ENCODER.encode(value) if value or not isinstance(value, list | tuple) else "[]"


def blocks(blocks: Iterable[Block]) -> str:
    """Return blocks as [start, end, kind, level, marker, [[start, end, kind, target], ...]] each.

    Where there is more to say, name, alternative words and number of the picture follow.
    """
    return compact([_block(block) for block in blocks])


def _block(block: Block) -> list[object]:
    styles = [[style.span.start, style.span.end, style.kind, style.target] for style in block.styles]
    packed: list[object] = [block.span.start, block.span.end, block.kind, block.level, block.marker, styles]
    more = [block.name, block.alt, block.picture]
    return packed if more == ["", "", None] else packed + more


def blocks_in(stored: str) -> tuple[Block, ...]:
    """Return the blocks that `blocks` packed, now or before they had names and pictures."""
    return tuple(_unpacked(*each) for each in json.loads(stored))


def _unpacked(
    start: int,
    end: int,
    kind: str,
    level: int,
    marker: str,
    styles: list[tuple[int, int, str, str]],
    name: str = "",
    alt: str = "",
    picture: int | None = None,
) -> Block:
    return Block(
        Span(start, end),
        BlockKind(kind),
        level,
        tuple(Style(Span(first, last), StyleKind(each), target) for first, last, each, target in styles),
        marker,
        name,
        alt,
        picture,
    )


def contents(sections: Iterable[Section]) -> str:
    """Return a table of contents as [title, start, level] each."""
    return compact([[each.title, each.start, each.level] for each in sections])


def contents_in(stored: str) -> tuple[Section, ...]:
    """Return the sections that `contents` packed."""
    return tuple(Section(*each) for each in json.loads(stored))


def pages(pages: Iterable[Page]) -> str:
    """Return pages as [label, start, end, width, height, [start, end, left, top, right, bottom, ...]] each.

    Points are rounded to hundredths: half of one can't be seen on any screen.
    """
    return compact([_page(page) for page in pages])


def _page(page: Page) -> list[object]:
    lines: list[float] = []
    for line in page.lines:
        lines += (line.span.start, line.span.end)
        lines += (round(each, 2) for each in (line.left, line.top, line.right, line.bottom))
    return [
        page.label,
        page.span.start,
        page.span.end,
        round(page.width, 2),
        round(page.height, 2),
        lines,
    ]


def pages_in(stored: str) -> tuple[Page, ...]:
    """Return the pages that `pages` packed."""
    found = []
    for label, start, end, width, height, flat in json.loads(stored):
        numbers = iter(flat)
        # Six numbers a line, taken from one iterator.
        lines = tuple(
            Line(Span(first, last), *corners) for first, last, *corners in zip(*[numbers] * 6, strict=True)
        )
        found.append(Page(label, Span(start, end), width, height, lines))
    return tuple(found)
