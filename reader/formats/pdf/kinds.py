"""What each paragraph is: the title, a heading of a level, a list item, a caption, code, a row. No lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from reader.document import BlockKind
from reader.formats.pdf.measures import Usual
from reader.formats.pdf.paragraphs import BULLET, CAPTION, LEADERS, NUMBERED, Paragraph
from reader.formats.pdf.parts import Look

_LARGER = 1.12
_LONGEST_HEADING, _MOST_HEADING_LINES = 220, 5
_LEVELS = 5
_SECTION = re.compile(r"^(?:(\d{1,2}(?:\.\d{1,2}){0,4})\.?|([IVX]{1,5})\.|([A-Z])\.)\s+[^\W\d_]")
_UNFIT = re.compile(
    r"^(?:microsoft \w+ - .*|untitled.*|no title|title|slide \d+|powerpoint.*|presentation\d*|document\d*|"
    r".*\.(?:docx?|pdf|tex|dvi|indd|qxd|p65|xlsx?|pptx?|rtf|txt|odt|html?|ps|eps|wpd|fm))$",
    re.I,
)


class Kind(NamedTuple):
    """What a paragraph becomes. `marker` is what its text begins with and is not part of it."""

    kind: BlockKind
    level: int = 0
    marker: str = ""
    skip: int = 0


def kinds(paragraphs: Sequence[Paragraph], usual: Usual, texts: Sequence[str]) -> list[Kind]:
    """Tell what each paragraph is; `texts` are their texts."""
    sizes = sorted(
        {
            round(paragraph.size * 2) / 2
            for paragraph, text in zip(paragraphs, texts, strict=True)
            if _is_large(paragraph, usual, text)
        },
        reverse=True,
    )
    levels = {size: min(i + 1, _LEVELS) for i, size in enumerate(sizes)}
    found = []
    for paragraph, text in zip(paragraphs, texts, strict=True):
        found.append(_kind(paragraph, usual, text, levels))
    return found


def _kind(paragraph: Paragraph, usual: Usual, text: str, levels: dict[float, int]) -> Kind:
    if paragraph.row:
        return Kind(BlockKind.TABLE_ROW)
    if _is_large(paragraph, usual, text):
        return Kind(BlockKind.HEADING, levels[round(paragraph.size * 2) / 2])
    if CAPTION.match(text):
        return Kind(BlockKind.CAPTION)
    if _is_heading(paragraph, usual, text):
        return Kind(BlockKind.HEADING, _level_below(text, len(levels)))
    if paragraph.look & Look.MONO and not usual.mono:
        return Kind(BlockKind.CODE)
    bullet, numbered = BULLET.match(text), NUMBERED.match(text)
    if bullet and bullet[1] not in "—*":
        marker = "•" if bullet[1] in "·●⁃∙-–*" else bullet[1]
        return Kind(BlockKind.LIST_ITEM, 1, marker, bullet.end())
    if numbered:
        return Kind(BlockKind.LIST_ITEM, 1, numbered[1], numbered.end())
    return Kind(BlockKind.PARAGRAPH)


def _may_be_heading(paragraph: Paragraph, text: str) -> bool:
    return (
        len(text) <= _LONGEST_HEADING
        and len(paragraph.lines) <= _MOST_HEADING_LINES
        and not LEADERS.search(text[-80:])
        and sum(c.isalpha() for c in text) >= max(2, len(text) // 3)
    )


def _is_large(paragraph: Paragraph, usual: Usual, text: str) -> bool:
    return (
        not paragraph.row and paragraph.size >= _LARGER * usual.largest and _may_be_heading(paragraph, text)
    )


def _is_heading(paragraph: Paragraph, usual: Usual, text: str) -> bool:
    """Tell a heading in the size of the body: bold, or numbered and in capitals."""
    if not _may_be_heading(paragraph, text) or paragraph.size < 0.9 * usual.size or len(text) > 140:
        return False
    if BULLET.match(text) or text[:1].islower() or text.rstrip()[-1:] in ".,;" or len(paragraph.lines) > 3:
        return False
    if paragraph.look & Look.BOLD and not usual.bold:
        return True
    letters = [c for c in text if c.isalpha()]
    shouted = sum(c.isupper() for c in letters) >= 0.9 * len(letters)
    return bool(_SECTION.match(text)) and shouted and len(letters) > 4


def _level_below(text: str, larger: int) -> int:
    """Return the level of a heading that is not larger than the body: below those that are, by its number."""
    found = _SECTION.match(text)
    depth = found[1].count(".") if found and found[1] else 0
    return min(max(larger, 1) + 1 + depth, 6)


def is_sane_title(title: str) -> bool:
    """Tell a title from what programs write in its place."""
    return (
        3 < len(title) <= 300
        and sum(c.isalpha() for c in title) >= 3
        and not _UNFIT.match(title.strip())
        and not re.search(r"[\\/]\w+[\\/]|^file:|\ufffd", title)
    )


def title_at(paragraphs: Sequence[Paragraph], found: Sequence[Kind], usual: Usual) -> int | None:
    """Return which paragraph is the title: the largest heading of the first page that is not far down."""
    first = [
        (paragraph.size, -i)
        for i, (paragraph, kind) in enumerate(zip(paragraphs[:40], found, strict=False))
        if kind.kind is BlockKind.HEADING
        and paragraph.size >= 1.2 * usual.size
        and paragraph.lines[0].page == paragraphs[0].lines[0].page
        and paragraph.lines[0].line.piece.top < 0.6 * paragraph.lines[0].frame.size[1]
    ]
    return -max(first)[1] if first else None
