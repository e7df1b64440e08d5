"""The article that the samples of every format hold, plain or with a part of each kind."""

from __future__ import annotations

import random
import struct
import zlib
from dataclasses import dataclass

HARBOUR = (
    "The harbour board met for the third time in as many weeks, and again it could not agree on what to do "
    "with the old cranes. “They are part of this town,” said Ines Duarte, who chairs the board.",
    "Tomas Brandt, an engineer at Northern Rail, disagreed. He said that the cranes had not lifted a box since "
    "2009 and that every winter made them more dangerous to those who walk below.",
    "A report by the Coastal Institute puts the cost of repairs at 4.2 million euros, twice what the board has.",
    "“We will not sell them for scrap,” Duarte told reporters in Porto on Thursday. “Not this year.”",
)
POINTS = (
    "Repair the two cranes on the north quay.",
    "Move one to the museum.",
    "Sell the rest, if a buyer is found.",
)
TABLE = (("Crane", "Built", "Last used"), ("North 1", "1931", "2009"), ("North 2", "1936", "2004"))
NOTE = "The figures are those of the board’s own survey, which was made in the spring of 2019."


@dataclass(frozen=True, slots=True)
class Article:
    """What every file holds: a title, a byline, a day, paragraphs, and in `rich` ones a part of each kind."""

    title: str
    byline: str
    date: str
    paragraphs: tuple[str, ...]
    rich: bool = False


def article(size: int, *, seed: int = 3) -> Article:
    """Return a plain article of about `size` characters, its paragraphs all different."""
    chosen = random.Random(seed)
    parts: list[str] = []
    length = 0
    while length < size:
        sentences = chosen.sample(HARBOUR, 3)
        parts.append(f"{len(parts) + 1}. " + " ".join(sentences))
        length += len(parts[-1]) + 2
    return Article("What to do with the cranes", "Ruth Adeyemi", "2021-03-14", tuple(parts))


def rich() -> Article:
    """Return a short article with a heading, a list, a table, a picture, a quotation and a footnote."""
    return Article("What to do with the cranes", "Ruth Adeyemi", "2021-03-14", HARBOUR, rich=True)


def picture(width: int = 480, height: int = 240) -> bytes:
    """Return a PNG of a sky over water, in colours that no other picture has."""
    rows = b""
    for y in range(height):
        part = y / height
        shade = bytes((int(120 + 110 * part), int(150 + 60 * part), int(190 - 40 * part)))
        if part > 0.62:
            shade = bytes((int(60 + 30 * part), int(90 + 30 * part), int(110 + 20 * part)))
        rows += b"\x00" + shade * width
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + _chunk(b"IDAT", zlib.compress(rows, 9))
        + _chunk(b"IEND", b"")
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
