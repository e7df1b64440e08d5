"""From lines to paragraphs: what begins a new one, and which go on over a column or a page. No kinds yet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reader.formats.pdf.columns import Line, Region
from reader.formats.pdf.measures import Column, Usual, column_of, look_of
from reader.formats.pdf.parts import Frame, Look

# In sizes of the type: what is an indent; in ways between lines: what is a gap.
_INDENT, _GAP = 0.7, 1.28
_WIDEST_INDENT = 5
_ENDED = re.compile(r"[.!?:;…。！？][\"”’»)\]\d*†]*$")
LEADERS = re.compile(r"(?:…|\.{4,})\s*\S{0,8}$")
BULLET = re.compile(r"^([•·●○▪▫■□◦‣⁃∙➢✓*–—-])\s+(?=\S)")
NUMBERED = re.compile(r"^(\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]|\[\d{1,3}\])\s+(?=\S)")
CAPTION = re.compile(
    r"^(?:fig(?:ure|\.)?|table|chart|plate|box|map|abb(?:ildung|\.)?|tab(?:elle|leau|\.)|figura|tabla|tabella)"
    r"\s*\d+(?:\.\d+)*\s*[.:–—|]",
    re.I,
)


class Placed(NamedTuple):
    """A line and the page that it is on."""

    line: Line
    page: int
    frame: Frame


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together; `row` where they are a row of a table."""

    lines: list[Placed] = field(default_factory=list)
    row: bool = False
    column: Column = field(default_factory=lambda: Column(0, 0, 0, False))

    @property
    def size(self) -> float:
        """The size of its type."""
        return self.lines[0].line.piece.size

    @property
    def look(self) -> int:
        """The look that all of its lines have."""
        look = look_of(self.lines[0].line)
        for placed in self.lines[1:]:
            look &= look_of(placed.line)
        return look

    @property
    def begins(self) -> str:
        """The text of its first line."""
        return self.lines[0].line.piece.text


class Gatherer:
    """Makes paragraphs of the columns of a document, given in order."""

    def __init__(self, usual: Usual) -> None:
        self._usual = usual
        self.paragraphs: list[Paragraph] = []

    def add(self, region: Region, page: int, frame: Frame) -> None:
        """Append the lines of a column."""
        if not region.lines:
            return
        column = column_of(region)
        tabled = _rows_of_tables(region.lines)
        for i, line in enumerate(region.lines):
            placed = Placed(line, page, frame)
            if tabled[i]:
                self.paragraphs.append(Paragraph([placed], row=True, column=column))
            elif i == 0:
                self._begin_column(placed, column)
            elif tabled[i - 1] or _is_new(self.paragraphs[-1], placed, column):
                self.paragraphs.append(Paragraph([placed], column=column))
            else:
                self.paragraphs[-1].lines.append(placed)

    def _begin_column(self, placed: Placed, column: Column) -> None:
        """Go on with the paragraph that the column before left open, past figures, or begin one."""
        for before in reversed(self.paragraphs[-30:]):
            if placed.page - before.lines[-1].page > 1:
                break
            if before.row or CAPTION.match(before.begins):
                continue
            if self._goes_over(before, placed, column):
                before.lines.append(placed)
                before.column = column
                return
            if before.size >= 0.95 * self._usual.size:
                break
        self.paragraphs.append(Paragraph([placed], column=column))

    def _goes_over(self, before: Paragraph, placed: Placed, column: Column) -> bool:
        last, piece = before.lines[-1].line.piece, placed.line.piece
        text = piece.text
        if abs(last.size - piece.size) > 0.08 * last.size or before.size > 1.15 * self._usual.size:
            return False
        if (look_of(before.lines[-1].line) ^ look_of(placed.line)) & (Look.BOLD | Look.MONO):
            return False
        if last.broken:
            return True
        if BULLET.match(text) or CAPTION.match(text) or NUMBERED.match(text):
            return False
        full = last.right > before.column.right - 2 * last.size
        indented = piece.left > column.left + _INDENT * piece.size
        ended = _ENDED.search(last.text[-80:]) is not None
        if not ended:
            return _goes_on(text) or (full and not indented)
        return full and not indented and text[:1].islower()


def _rows_of_tables(lines: Sequence[Line]) -> list[bool]:
    """Tell for each line whether it is a row of a table: cells, beside other lines with cells."""
    celled = [len(line.cells) > 1 and not _is_item(line) for line in lines]
    return [
        celled[i] and ((i > 0 and celled[i - 1]) or (i + 1 < len(lines) and celled[i + 1]))
        for i in range(len(lines))
    ]


def _is_item(line: Line) -> bool:
    """Tell a list item, whose marker stands far before its text, from a row of a table."""
    marker = line.cells[0].text.strip() + " x"
    return len(line.cells) == 2 and bool(BULLET.match(marker) or NUMBERED.match(marker))


def _is_new(paragraph: Paragraph, placed: Placed, column: Column) -> bool:
    """Tell whether a line begins a paragraph, by how it is set and then by what it says."""
    before, line = paragraph.lines[-1].line, placed.line
    last, piece = before.piece, line.piece
    size = max(last.size, piece.size)
    if abs(last.size - piece.size) > 0.08 * size:
        return not _only_letters_differ(paragraph, placed)
    if (look_of(before) ^ look_of(line)) & (Look.BOLD | Look.MONO) and _is_set_apart(before, line, column):
        return True
    way = piece.base - last.base
    usual = column.leading if size < 1.15 * column.leading else 1.3 * size
    if way > _GAP * max(usual, 0.9 * size) or way < 0:
        return True
    if last.broken:
        return False
    if BULLET.match(piece.text) or CAPTION.match(piece.text) or LEADERS.search(last.text[-80:]):
        return True
    if _is_centred(before, column) and _is_centred(line, column):
        return False
    numbered = NUMBERED.match(piece.text)
    if numbered and (_ENDED.search(last.text[-80:]) or NUMBERED.match(paragraph.begins)) and (
        abs(piece.left - paragraph.lines[0].line.piece.left) < 0.5 * size
    ):  # fmt: skip
        return True
    return _is_moved(paragraph, placed, column) or _ended_early(before, line, column)


def _goes_on(text: str) -> bool:
    """Tell whether a text, by its first letter, begins amid a sentence."""
    first = next((character for character in text[:8] if character.isalpha()), "")
    return first.islower()


def _only_letters_differ(paragraph: Paragraph, placed: Placed) -> bool:
    """Tell a line of which most is a formula or small capitals, amid lines of the same paragraph."""
    last, piece = paragraph.lines[-1].line.piece, placed.line.piece
    looks = look_of(paragraph.lines[-1].line) ^ look_of(placed.line)
    return (
        abs(last.size - piece.size) < 0.25 * max(last.size, piece.size)
        and not looks & (Look.BOLD | Look.MONO)
        and piece.text[:1].islower()
        and not _ENDED.search(last.text[-80:])
        and 0 < piece.base - last.base < 1.5 * max(last.size, piece.size)
    )


def _is_set_apart(before: Line, line: Line, column: Column) -> bool:
    """Tell a heading of its own from bold words that fill a line of a paragraph."""
    ends_early = before.piece.right < column.right - line.piece.first - before.piece.size
    return ends_early or not _goes_on(line.piece.text)


def _is_centred(line: Line, column: Column) -> bool:
    piece = line.piece
    left, right = piece.left - column.left, column.right - piece.right
    return left > 1.5 * piece.size and abs(left - right) < piece.size


def _is_moved(paragraph: Paragraph, placed: Placed, column: Column) -> bool:
    """Tell by its left end whether a line begins a paragraph."""
    first, last, piece = paragraph.lines[0].line.piece, paragraph.lines[-1].line.piece, placed.line.piece
    step = _INDENT * piece.size
    alone = len(paragraph.lines) == 1
    if piece.left > last.left + step:
        # Further in than the line before: an indent, or what hangs below a first line.
        marked = NUMBERED.match(first.text) or BULLET.match(first.text)
        hangs = alone and (marked or (column.hangs and abs(piece.left - column.left) < step))
        return not hangs
    if piece.left < last.left - step:
        # Further out: after a first line that is set in, the paragraph goes on; after more, all of it was.
        return not alone or last.left - piece.left > _WIDEST_INDENT * piece.size
    return False


def _ended_early(before: Line, line: Line, column: Column) -> bool:
    """Tell whether the next word would have had room on the line before, and so was not meant to be on it."""
    last, piece = before.piece, line.piece
    room = column.right - last.right - 0.3 * last.size
    if room <= piece.first:
        return False
    if piece.text[:1].islower() and not _ENDED.search(last.text[-80:]):
        return room > piece.first + 0.5 * (column.right - column.left)
    ended = _ENDED.search(last.text[-80:]) is not None
    wide = column.right - column.left
    if ended and not piece.text[:1].islower():
        return room > piece.first + 1.5 * last.size
    return room > max(piece.first + 3 * last.size, 0.35 * wide)
