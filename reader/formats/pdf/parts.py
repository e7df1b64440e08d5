"""What the stages hand on: words, the pieces of lines, lines, and pages of them. No PDFium here.

Places are points from the top left of the page as it is read, that is, with its text upright.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple


class Look:
    """How a word is set: bits of a number. An enumeration would take a fifth of the time of a page."""

    PLAIN = 0
    BOLD = 1
    ITALIC = 2
    MONO = 4
    RAISED = 8


class Word(NamedTuple):
    """Characters without a blank. `base` is the height of its base line, `size` that of its type.

    `blank` tells whether a blank stands before it; `broken` whether a hyphen parts its line's end from the
    rest of it.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float
    look: int
    blank: bool
    broken: bool


_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


def is_right_to_left(text: str) -> bool:
    """Tell text of a script that is written from the right by one of its first letters."""
    return _RIGHT_TO_LEFT.search(text[:12]) is not None


class Run(NamedTuple):
    """Text in one look."""

    text: str
    look: int


class Piece(NamedTuple):
    """Words that follow one another on a line, without a gap; `first` is the width of the first word."""

    runs: tuple[Run, ...]
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float
    first: float
    broken: bool

    @property
    def text(self) -> str:
        """The characters."""
        return self.runs[0].text if len(self.runs) == 1 else "".join([run.text for run in self.runs])

    @property
    def width(self) -> float:
        """How far it reaches."""
        return self.right - self.left


class Place(NamedTuple):
    """A rectangle of the page as it is shown."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Frame:
    """How places in a PDF's own coordinates become places of a page that is turned by quarters clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as read."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return the point from the top left of the page as read."""
        match self.turns:
            case 0:
                return x - self.left, self.top - y
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case _:
                return self.top - y, self.right - x

    def unplace(self, x: float, y: float) -> tuple[float, float]:
        """Return the point in the PDF's own coordinates."""
        match self.turns:
            case 0:
                return x + self.left, self.top - y
            case 1:
                return y + self.left, x + self.bottom
            case 2:
                return self.right - x, y + self.bottom
            case _:
                return self.right - y, self.top - x

    def direction(self, a: float, b: float) -> int:
        """Return how many quarters clockwise text that runs along (a, b) is turned, as read."""
        if abs(a) >= abs(b):
            quarter = 0 if a >= 0 else 2
        else:
            quarter = 3 if b > 0 else 1
        return (quarter + self.turns) % 4

    def turned(self, turns: int) -> Frame:
        """Return the frame in which text that was turned so far reads upright."""
        return Frame(self.left, self.bottom, self.right, self.top, (self.turns - turns) % 4)


@dataclass(frozen=True, slots=True)
class Stream:
    """The pieces of one page that read in one direction."""

    frame: Frame
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page as it was found. `streams` begin with the direction that most of the text has."""

    number: int
    label: str
    shown: Frame
    streams: tuple[Stream, ...]
    pictured: bool = False
    missing: bool = False
    cut: bool = False
