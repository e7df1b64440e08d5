"""Paragraphs, table rows, text boxes and notes as a word processor's file brings them, until they are blocks.

Knows no file format. Readers of single formats say what begins and ends; nothing here recurses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from reader.document import BlockKind, Document, Metadata, Span, Style, StyleKind
from reader.formats.blocks import Inline, Mark, TextBuilder
from reader.formats.pictures import Pictures, is_tiny
from reader.text import one_line, unify_line_ends

# Kinds in which a line break begins a new line; in the others it is a blank.
_BROKEN = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.FOOTNOTE})
# A row whose cells hold several paragraphs with more characters than this lays out a page.
_MOST_OF_A_CELL = 400
# Columns that a cell may span, and how many of the first parts may come before a title.
_WIDEST, _BEFORE_TITLE = 60, 8
# What programs write as the words for a picture when a person wrote none.
_FILE_NAME = re.compile(
    r"(?:[A-Za-z]:|https?:)?\S*[\\/].*|\S+\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg)", re.I
)
# What the readers write for a line end inside a paragraph; a plain line end in a file's text is a blank.
LINE_BREAK = "\u2028"
ALL_HIDDEN = "All of the text in this document is marked as hidden; it is shown here."
_SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a paragraph is: its kind, level and marker, as in `Block`."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A block before it is known where it will stand. `image` is the address of a picture in the file."""

    text: str
    shape: Shape = Shape()
    styles: tuple[Style, ...] = ()
    tight: bool = False
    names: tuple[str, ...] = ()
    alt: str = ""
    image: str = ""

    @property
    def is_picture(self) -> bool:
        """Tell a picture from text."""
        return self.shape.kind is BlockKind.IMAGE


@dataclass(slots=True)
class _Paragraph:
    runs: list[tuple[str, tuple[Mark, ...]]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    before: list[Part] = field(default_factory=list)
    after: list[Part] = field(default_factory=list)
    has_text: bool = False


class Flow:
    """Gathers parts in the order of reading; notes apart, for the end."""

    def __init__(self) -> None:
        self._sinks: list[list[Part]] = [[]]
        self._held: list[_Paragraph | None] = []
        self._rows: list[list[list[Part]]] = []
        self._notes: list[Part] = []
        self._names: list[str] = []
        self._paragraph: _Paragraph | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing has come yet."""
        return not self._sinks[0] and not self._notes and self._paragraph is None

    def begin(self) -> None:
        """Begin a paragraph; one that is still open ends."""
        if self._paragraph is not None:
            self.end()
        self._paragraph = _Paragraph(names=self._names)
        self._names = []

    def write(self, text: str, marks: tuple[Mark, ...] = ()) -> None:
        """Append text to the paragraph."""
        if not text:
            return
        if self._paragraph is None:
            self.begin()
        assert self._paragraph is not None
        self._paragraph.runs.append((text, marks))
        self._paragraph.has_text = self._paragraph.has_text or not text.isspace()

    def refer(self, name: str, marker: str) -> None:
        """Append the raised number that leads to a note."""
        self.write(marker, ((StyleKind.RAISED, ""), (StyleKind.LINK, f"#{name}")))

    def name(self, name: str) -> None:
        """Let links call this paragraph, or the next one, by a name."""
        (self._names if self._paragraph is None else self._paragraph.names).append(name)

    def picture(self, image: str, alt: str) -> None:
        """Add a picture: before the paragraph where it stands at its beginning, else after it."""
        if _FILE_NAME.fullmatch(alt.strip()):
            alt = ""
        part = Part("", Shape(BlockKind.IMAGE), image=image, alt=alt)
        if self._paragraph is None:
            self._sinks[-1].append(part)
        elif self._paragraph.has_text:
            self._paragraph.after.append(part)
        else:
            self._paragraph.before.append(part)

    def end(self, shape: Shape = Shape()) -> None:
        """End the paragraph, which is of this shape; without text it is left out.

        The number of a heading becomes a part of its text.
        """
        paragraph, self._paragraph = self._paragraph, None
        if paragraph is None:
            return
        if shape.marker and shape.kind is not BlockKind.LIST_ITEM:
            if paragraph.runs and any(letter.isalnum() for letter in shape.marker):
                paragraph.runs.insert(0, (f"{shape.marker} ", ()))
            shape = replace(shape, marker="")
        sink = self._sinks[-1]
        sink.extend(paragraph.before)
        lines = list(_lines(paragraph.runs, shape.kind))
        if not lines:
            self._names = paragraph.names + self._names
        for i, (text, styles) in enumerate(lines):
            if shape.kind in (BlockKind.HEADING, BlockKind.TITLE):
                styles = tuple(each for each in styles if not _is_all_bold(each, text))
            if i:
                sink.append(Part(text, replace(shape, marker=""), styles, tight=True))
            else:
                sink.append(Part(text, shape, styles, names=tuple(paragraph.names)))
        sink.extend(paragraph.after)

    def begin_box(self) -> None:
        """Begin a text box: paragraphs of its own, which follow the paragraph that holds it."""
        self._held.append(self._paragraph)
        self._paragraph = None
        self._sinks.append([])

    def end_box(self) -> None:
        """End a text box."""
        parts = self._closed()
        (self._sinks[-1] if self._paragraph is None else self._paragraph.after).extend(parts)

    def insert(self, document: Document) -> None:
        """Add the blocks of another document; its pictures in words."""
        self.end()
        for block in document.blocks:
            at = -block.span.start
            styles = tuple(
                replace(style, span=Span(style.span.start + at, style.span.end + at))
                for style in block.styles
            )
            shape = Shape(block.kind, block.level, block.marker)
            if block.kind is BlockKind.TITLE and not self.is_empty:
                shape = Shape(BlockKind.HEADING, 1)
            text = "" if block.kind is BlockKind.IMAGE else block.span.of(document.text)
            self._sinks[-1].append(
                Part(text, shape, styles, names=(block.name,) * bool(block.name), alt=block.alt)
            )

    def begin_note(self) -> None:
        """Begin a note; its paragraphs go to the end of the document."""
        self.begin_box()

    def end_note(self, name: str, marker: str) -> None:
        """End a note, which is called `name`."""
        first = True
        for part in self._closed():
            if part.shape.kind not in (BlockKind.IMAGE, BlockKind.TABLE_ROW):
                part = replace(part, shape=Shape(BlockKind.FOOTNOTE, 0, marker if first else ""))
            if first:
                part = replace(part, names=(name, *part.names))
                first = False
            self._notes.append(part)

    def _closed(self) -> list[Part]:
        self.end()
        self._paragraph = self._held.pop()
        return self._sinks.pop()

    def begin_row(self, *, skip: int = 0, around: bool = False) -> None:
        """Begin a table row, `skip` columns from the left; `around` the paragraph that is open."""
        if not around:
            self.end()
        self._rows.append([[] for _ in range(min(skip, _WIDEST))])

    def begin_cell(self, *, around: bool = False) -> None:
        """Begin a cell of the row; `around` the paragraph that is open."""
        if not around:
            self.end()
        self._sinks.append([])

    def end_cell(self, *, span: int = 1) -> None:
        """End a cell, which is `span` columns wide."""
        self.end()
        parts = self._sinks.pop()
        if not self._rows:
            self._sinks[-1].extend(parts)  # a cell without a row is a box
            return
        self._rows[-1].append(parts)
        self._rows[-1].extend([] for _ in range(min(span, _WIDEST) - 1))

    def end_row(self) -> None:
        """End the row: one block with tabs, or the paragraphs of its cells where it lays out a page."""
        self.end()
        self._sinks[-1].extend(_row(self._rows.pop()))

    def document(
        self,
        metadata: Metadata,
        *,
        format: str,
        fetch: Callable[[str], bytes | None],
        warnings: Sequence[str] = (),
    ) -> Document:
        """Return the document; `fetch` reads a picture by its address. What is still open ends."""
        self.end()
        title, parts = _title(self._sinks[0], metadata.title)
        parts = _linked([*parts, *self._notes])
        builder, pictures, told = TextBuilder(), Pictures(), list(warnings)
        unshown = _add(parts, builder, pictures, fetch)
        if unshown:
            what = "One picture is" if unshown == 1 else f"{unshown:,} pictures are"
            told.append(f"{what} of a kind that can't be shown here.")
        text, blocks, title = builder.build(title=title)
        metadata = replace(metadata, title=title)
        return Document(text, blocks, metadata, format=format, warnings=tuple(told), pictures=pictures.take())


def _lines(
    runs: list[tuple[str, tuple[Mark, ...]]], kind: BlockKind
) -> Iterable[tuple[str, tuple[Style, ...]]]:
    """Yield the lines of a paragraph that are not blank, with their styles."""
    if kind is BlockKind.CODE:
        whole = unify_line_ends("".join(text for text, _ in runs))
        inline = Inline(keep_spaces=True)
        for line in whole.split("\n"):
            inline.write(line)
            text = inline.take()[0]
            if text.strip():
                yield text, ()
        return
    inline = Inline()
    for text, marks in _joined(runs):
        if kind in _BROKEN and LINE_BREAK in text:
            first, *others = text.split(LINE_BREAK)
            inline.write(first, marks)
            for other in others:
                body, styles = inline.take()
                if body:
                    yield body, styles
                inline.write(other, marks)
        else:
            inline.write(text, marks)
    body, styles = inline.take()
    if body:
        yield body, styles


def _joined(runs: list[tuple[str, tuple[Mark, ...]]]) -> Iterable[tuple[str, tuple[Mark, ...]]]:
    """Yield the runs with neighbours of the same styles as one, without soft hyphens."""
    gathered: list[str] = []
    before: tuple[Mark, ...] = ()
    for text, marks in runs:
        if gathered and marks != before and text != LINE_BREAK:
            yield "".join(gathered).replace(_SOFT_HYPHEN, ""), before
            gathered = []
        if text != LINE_BREAK or not gathered:
            before = marks
        gathered.append(text)
    yield "".join(gathered).replace(_SOFT_HYPHEN, ""), before


def _is_all_bold(style: Style, text: str) -> bool:
    """Tell emphasis that says no more than that a heading is one."""
    return style.kind is StyleKind.STRONG and len(style.span) == len(text)


def _row(cells: list[list[Part]]) -> list[Part]:
    """Return a row as one part, its pictures after it; or all parts of a row that lays out a page."""
    if len(cells) < 2 or _lays_out(cells):
        return [part for cell in cells for part in cell]
    texts: list[str] = []
    styles: list[Style] = []
    names: list[str] = []
    at = 0
    for number, cell in enumerate(cells):
        parted = "\t" if number else ""
        for part in cell:
            if part.is_picture:
                continue
            texts += (parted, part.text.replace("\t", " "))
            at += len(parted)
            styles += (replace(style, span=style.span.shifted(at)) for style in part.styles)
            at += len(part.text)
            names += part.names
            parted = " "
        if parted == "\t":
            texts.append(parted)
            at += 1
    row = Part("".join(texts).rstrip(), Shape(BlockKind.TABLE_ROW), tuple(styles), names=tuple(names))
    return [row, *(part for cell in cells for part in cell if part.is_picture)]


def _lays_out(cells: list[list[Part]]) -> bool:
    for cell in cells:
        parts = [part for part in cell if not part.is_picture]
        if len(parts) > 1 and (
            sum(len(part.text) for part in parts) > _MOST_OF_A_CELL
            or any(part.shape.kind in (BlockKind.HEADING, BlockKind.LIST_ITEM) for part in parts)
        ):
            return True
    return False


def _title(parts: list[Part], known: str) -> tuple[str, list[Part]]:
    """Return the title and the parts without it: what is written as one near the beginning, else `known`."""
    first = next((i for i, part in enumerate(parts) if part.shape.kind is BlockKind.TITLE), -1)
    last = first
    if 0 <= first < _BEFORE_TITLE:
        while last < len(parts) and parts[last].shape.kind is BlockKind.TITLE:
            last += 1
        known = " ".join(_without_notes(part) for part in parts[first:last])
        parts = parts[:first] + parts[last:]
    heading = Shape(BlockKind.HEADING, 1)
    parts = [replace(p, shape=heading) if p.shape.kind is BlockKind.TITLE else p for p in parts]
    return one_line(known), parts


def _without_notes(part: Part) -> str:
    text = part.text
    for style in sorted(part.styles, key=lambda style: style.span, reverse=True):
        if style.kind is StyleKind.RAISED:
            text = text[: style.span.start] + text[style.span.end :]
    return text


def _linked(parts: list[Part]) -> list[Part]:
    """Give each part the one name by which it is called; links that lead nowhere are no links."""
    called = {style.target[1:] for part in parts for style in part.styles if style.target.startswith("#")}
    names: dict[str, str] = {}
    chosen = []
    for part in parts:
        mine = next((name for name in part.names if name in called and name not in names), "")
        for name in part.names if mine else ():
            names.setdefault(name, mine)
        chosen.append(replace(part, names=(mine,)))
    return [
        replace(part, styles=tuple(_leading(part.styles, names))) if part.styles else part for part in chosen
    ]


def _leading(styles: tuple[Style, ...], names: dict[str, str]) -> Iterable[Style]:
    for style in styles:
        if not style.target.startswith("#"):
            yield style
        elif style.target[1:] in names:
            yield replace(style, target=f"#{names[style.target[1:]]}")


def _add(
    parts: list[Part], builder: TextBuilder, pictures: Pictures, fetch: Callable[[str], bytes | None]
) -> int:
    """Hand the parts to the builder; return how many pictures can be shown neither as such nor in words."""
    unshown = 0
    numbers: dict[str, tuple[int | None, bool]] = {}
    for part in parts:
        if not part.is_picture:
            shape = part.shape
            builder.add(part.text, shape.kind, styles=part.styles, level=shape.level,
                        marker=shape.marker, tight=part.tight, name=part.names[0])  # fmt: skip
            continue
        if part.image not in numbers:
            data = fetch(part.image) if part.image else None
            numbers[part.image] = (pictures.add(data), bool(data) and is_tiny(data or b""))
        number, tiny = numbers[part.image]
        if number is not None or (part.alt.strip() and not tiny):
            builder.add_picture(alt=part.alt, picture=number, name=part.names[0])
        elif not tiny:
            unshown += 1
    return unshown
