"""A document: its text and what stands where in it. Frozen, plain, and free of files and widgets.

One coordinate system: every `Span` is half-open, in Unicode code points of `Document.text`, whose
line ends are ``\n`` and whose characters are otherwise those of the file (no normalisation).
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from reader.text import one_line


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of `Document.text`, in code points: ``text[start:end]``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the characters of `text` that this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def shifted(self, by: int) -> Span:
        """Return the span moved by `by` characters."""
        return Span(self.start + by, self.end + by)


_BY = re.compile(r"^(?:(?:by|par|von(?!\s+(?:der|den|dem)\b))\s+(?=\w)|by:\s*)", re.IGNORECASE)

# What parts a file from the name of one of several documents in it, as in "texts.zip::pier.html".
JOINT = "::"


def file_of(source: str) -> str:
    """Return the file in which a document lies whose `Document.source` this is."""
    return source.partition(JOINT)[0] or source


# What stands in the text where a picture lies (object replacement character).
PICTURE = "\ufffc"


class BlockKind(StrEnum):
    """What a block is; decides how it is set on the page."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    QUOTE = "quote"
    CODE = "code"
    TABLE_ROW = "table row"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    IMAGE = "image"
    RULE = "rule"


class StyleKind(StrEnum):
    """How a stretch of a block is emphasised in its source."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    CODE = "code"
    LINK = "link"
    RAISED = "raised"


@dataclass(frozen=True, slots=True)
class Style:
    """An inline style over `span`.

    `target` is the address of a link; it is never followed, unless it leads to a place in this very
    document: "#" and the `name` of a block (of a footnote, or of what a footnote belongs to).
    """

    span: Span
    kind: StyleKind
    target: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph-like part of the text.

    Blocks lie in order, do not overlap, and hold no blank line; `span` leaves out the line ends that
    part it from its neighbours. `level` is 1..6 for a heading and the depth (from 1) for a list item
    or a quote. `marker` is what is drawn before a list item ("•", "3.") or a footnote, and is not in the
    text. `name` is what links within the document call the block by.

    The cells of a table row are parted by tabs. An image is one character, `PICTURE`; `alt` says in words
    what it shows, and `picture` is its number in `Document.pictures`, None where it can't be shown.
    """

    span: Span
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    styles: tuple[Style, ...] = ()
    marker: str = ""
    name: str = ""
    alt: str = ""
    picture: int | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture made ready to be shown: PNG or JPEG as `reader.formats.pictures` wrote it; in pixels."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Section:
    """An entry of the table of contents: where it begins (code points), and its depth from 1."""

    title: str
    start: int
    level: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a printed page: its characters, and its rectangle from the page's top left, in points."""

    span: Span
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a source that has pages: what is printed as its number, its text, its size in points."""

    label: str
    span: Span
    width: float
    height: float
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadAs:
    """How a person wants a file to be read.

    `encoding` is "" for the one that the file seems to be in; `whole` shows all of a web page, not the
    article alone.
    """

    encoding: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a document besides its text. Empty means unknown.

    `byline` is as its source prints it ("By Ann Lee"). `date` is ISO 8601, as exact as the source: ``2021``,
    ``2021-03`` or ``2021-03-14``.
    """

    title: str = ""
    byline: str = ""
    date: str = ""
    site: str = ""
    language: str = ""
    address: str = ""

    @property
    def writer(self) -> str:
        """The byline without the "By" before it, as it goes into a sentence or a citation."""
        return _BY.sub("", self.byline)


@dataclass(frozen=True)
class Document:
    """A text as it was read from a source: immutable; the coordinates of everything else refer to it.

    `source` is the path as the user gave it (made absolute) or "" for a text without a file.
    Of one of several documents in a file, `source` ends with "::" and its name there. `file_hash` is the
    SHA-256 of the file's bytes, `format` a short word ("text", "markdown", "html"). `encoding` is the one in
    which the bytes were read, "" where a format has no choice of it. `warnings` are whole sentences for the
    user (a guessed encoding, a part that could not be read).
    """

    text: str
    blocks: tuple[Block, ...]
    metadata: Metadata = Metadata()
    source: str = ""
    format: str = "text"
    file_hash: str = ""
    warnings: tuple[str, ...] = ()
    encoding: str = ""
    read_as: ReadAs = ReadAs()
    pictures: tuple[Picture, ...] = ()
    contents: tuple[Section, ...] = ()
    pages: tuple[Page, ...] = ()

    @cached_property
    def text_hash(self) -> str:
        """The SHA-256 of the text: the document's identity in the library."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def title(self) -> str:
        """The title to show: from the metadata, or the title block, or the first words."""
        if self.metadata.title:
            return self.metadata.title
        if self.blocks and self.blocks[0].kind is BlockKind.TITLE:
            return self.blocks[0].span.of(self.text)
        first = self.text[:200].split()
        return " ".join(first[:10]) + ("…" if len(first) > 10 else "")

    def page_at(self, offset: int) -> Page | None:
        """Return the page that the character at `offset` is printed on, where the source has pages."""
        number = bisect_right(self.pages, offset, key=lambda page: page.span.start) - 1
        return self.pages[number] if number >= 0 else None


FEWEST_HEADINGS = 3  # that make a table of contents


def sections(document: Document) -> tuple[Section, ...]:
    """Return the table of contents: the source's own, or else the headings, where there are several."""
    if document.contents:
        return document.contents
    headings = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    if len(headings) < FEWEST_HEADINGS:
        return ()
    top = min(block.level for block in headings)
    return tuple(
        Section(one_line(block.span.of(document.text)), block.span.start, block.level - top + 1)
        for block in headings
    )
