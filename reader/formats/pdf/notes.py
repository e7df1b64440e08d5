"""Footnotes: small lines at the foot of a page that begin with a number or a sign. Endnotes stay in place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from reader.formats.pdf.columns import Line, Region
from reader.formats.pdf.measures import Usual
from reader.formats.pdf.paragraphs import Placed
from reader.formats.pdf.parts import Frame, Look, Run

_SMALLER = 0.93
_UPPER_PART = 0.4
_MARKER = re.compile(r"^\s*(\d{1,3}|[*†‡§¶‖]{1,3})[.):]?(?=\s|[^\d\s.,)%])")


@dataclass(slots=True)
class Note:
    """A footnote; its first line still begins with the marker."""

    marker: str
    page: int
    lines: list[Placed] = field(default_factory=list)


class Notes:
    """Takes the footnotes of one page after the other."""

    def __init__(self, usual: Usual) -> None:
        self._size = _SMALLER * usual.size
        self.found: list[Note] = []

    def taken(self, regions: Sequence[Region], page: int, frame: Frame) -> list[Region]:
        """Return the columns of a page without its footnotes, which are kept."""
        kept = []
        for region in regions:
            start = self._start(region, regions, frame.size[1])
            if start is not None:
                self._take(region.lines[start:], page, frame)
                region = region._replace(lines=region.lines[:start])
            kept.append(region)
        return kept

    def _start(self, region: Region, regions: Sequence[Region], height: float) -> int | None:
        """Return the number of the line with which the footnotes of a column begin."""
        lines = region.lines
        start = len(lines)
        while start and lines[start - 1].piece.size < self._size and len(lines[start - 1].cells) <= 2:
            start -= 1
        while start < len(lines) and not marker_of(lines[start]):
            start += 1
        if start == len(lines) or lines[start].piece.top < _UPPER_PART * height:
            return None
        top = lines[start].piece.top
        for other in regions:
            beside = other is region or other.right < region.left or other.left > region.right
            if not beside and any(
                line.piece.top > top and line.piece.size >= self._size for line in other.lines
            ):
                return None
        above = any(line.piece.size >= self._size for each in regions for line in each.lines)
        return start if above else None

    def _take(self, lines: Sequence[Line], page: int, frame: Frame) -> None:
        note: Note | None = None
        for line in lines:
            marker = marker_of(line)
            if marker and (note is None or _follows(note.marker, marker, line)):
                note = Note(marker, page)
                self.found.append(note)
            if note is not None:
                note.lines.append(Placed(line, page, frame))


def _follows(before: str, marker: str, line: Line) -> bool:
    """Tell the marker of the next note from a number that a line happens to begin with."""
    if line.piece.runs[0].look & Look.RAISED or not marker.isdecimal():
        return True
    return before.isdecimal() and int(marker) == int(before) + 1


def marker_of(line: Line) -> str:
    """Return the number or sign with which a line begins as a footnote does, or ""."""
    first: Run = line.piece.runs[0]
    if first.look & Look.RAISED:
        text = first.text.strip().rstrip(".)")
        return text if 0 < len(text) <= 3 and (text.isdecimal() or not text.isalnum()) else ""
    found = _MARKER.match(line.piece.text)
    return found[1] if found and len(line.piece.text) > found.end() + 3 else ""
