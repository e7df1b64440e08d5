"""From a tree of HTML elements to blocks of text. Fetches nothing, runs nothing, knows no files."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from urllib.parse import unquote

from lxml import etree

from reader.document import BlockKind, Picture, StyleKind
from reader.formats import places, tables
from reader.formats.blocks import Inline, Mark, StyledRun, TextBuilder
from reader.formats.images import Images, PictureOf, alt_of, nothing
from reader.formats.markup import BREAKING, DROPPED, Element, is_hidden
from reader.formats.pictures import Pictures

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_STYLES = {
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), StyleKind.EMPHASIS),
    **dict.fromkeys(("strong", "b"), StyleKind.STRONG),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), StyleKind.CODE),
    "sup": StyleKind.RAISED,
}
# What is done where an element begins; what is not here is text of the block around it.
_BLOCK, _DROP, _STYLE, _LINK, _BREAK, _IMAGE, _QUOTED = range(7)
_ROLES = {
    **dict.fromkeys(DROPPED, _DROP),
    **dict.fromkeys(BREAKING, _BLOCK),
    **dict.fromkeys(_STYLES, _STYLE),
    "a": _LINK, "br": _BREAK, "img": _IMAGE, "svg": _IMAGE, "q": _QUOTED,
}  # fmt: skip
_CELLS = ("td", "th")
_BULLETS = "•◦▪"
# What is left of a note's number when the link in it is taken out, or an arrow without a link.
_LEAD = re.compile(r"(?:\[\s*\]|\(\s*\)|[\^↑↩])?[.:,)\]]*\s+|[\^↑]\s*")
_NUMBER = re.compile(r"[\[(]?(.{1,8}?)[\])]?[.:]?\s+")
_BACK = "↩"


class Whole:
    """What the trees that make up one document share: pictures, names of places, notes."""

    def __init__(self, pictures: Pictures | None = None) -> None:
        self.pictures = pictures or Pictures()
        self.noted: dict[str, places.Note] = {}
        self.waiting: list[str] = []
        """Names of places met since the last block; the next block has them."""
        self.links = 0
        """How many links lead to a place within the document."""
        self._notes = TextBuilder()
        self._names: dict[str, str] = {}

    @property
    def notes(self) -> TextBuilder:
        """The notes that stand in the middle of the text; they go to its end."""
        return self._notes

    def name(self) -> str:
        """Return the name of the block that begins, the first of those that wait."""
        if not self.waiting:
            return ""
        new = [each for each in self.waiting if each not in self._names]
        self._names.update((each, new[0]) for each in new)
        self.waiting.clear()
        return new[0] if new else ""

    def block_name(self, name: str) -> str:
        """Return the name of the block in which the place called `name` lies; "" when there is none."""
        return self._names.get(name, "")

    def finish(self, builder: TextBuilder) -> None:
        """Put the notes at the end, and lead every link within the document to the block it means."""
        builder.extend(self._notes)
        if self.links:
            builder.relink(lambda target: f"#{name}" if (name := self.block_name(target[1:])) else "")


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

    def __init__(
        self,
        builder: TextBuilder,
        whole: Whole,
        images: Images,
        found: places.Places,
        resolve: Callable[[str], str],
    ) -> None:
        self._builder = builder
        self._whole = whole
        self._images = images
        self._resolve = resolve
        self._found = found
        self._hidden: set[Element] = set()
        self._cells: dict[Element, int] = {}
        self._frames = [_Frame()]
        self._marks: tuple[Mark, ...] = ()
        self._outer: list[tuple[Mark, ...]] = []
        self._inline = Inline()
        self._late: list[tuple[str, int | None]] = []
        self._marker = ""
        self._tight = False
        self._note: tuple[Element, places.Note, TextBuilder] | None = None
        self._is_fresh = False

    def render(self, root: Element) -> None:
        self._hidden = _hidden(root, self._found)
        walk = etree.iterwalk(root, events=("start", "end"))
        start, end = self._start, self._end
        passed = None
        for event, element in walk:
            if event == "start":
                if not start(element):
                    walk.skip_subtree()
                    passed = element
                continue
            if element is not passed:
                end(element)
            tail = element.tail
            if tail and element is not root:
                self._inline.write(tail, self._marks)
        self._flush()

    def _start(self, element: Element) -> bool:
        """Begin an element; tell whether to go on to what is inside it."""
        tag = element.tag
        role = _ROLES.get(tag)
        if role == _DROP or (self._hidden and element in self._hidden):
            if role == _BLOCK:
                self._flush()
            return False
        if role == _BLOCK:
            self._open(element, tag)
        elif role is not None and not self._begin(element, tag, role):
            return False
        if self._found.names and element in self._found.names:
            self._whole.waiting.append(self._found.names[element])
        if role == _IMAGE:
            self._image(element)
            return False
        text = element.text
        if text:
            self._inline.write(text, self._marks)
        return True

    def _begin(self, element: Element, tag: str, role: int) -> bool:
        """Begin something within a block; tell whether it is shown."""
        if role == _STYLE:
            self._push((_STYLES[tag], ""))
        elif role == _LINK:
            return self._link(element)
        elif role == _BREAK:
            self._line_break()
        elif role == _QUOTED:
            self._inline.write("“", self._marks)
        return True

    def _end(self, element: Element) -> None:
        role = _ROLES.get(element.tag)
        if role == _BLOCK:
            self._close(element, element.tag)
        elif role in (_STYLE, _LINK):
            self._marks = self._outer.pop()
        elif role == _QUOTED:
            self._inline.write("”", self._marks)

    def _push(self, *marks: Mark) -> None:
        self._outer.append(self._marks)
        self._marks += tuple(mark for mark in marks if mark not in self._marks)

    def _link(self, element: Element) -> bool:
        target = self._resolve(element.get("href") or "")
        if target.startswith("#"):
            self._whole.links += 1
            if self._note is not None and places.is_back_link(element):
                return False
        mark = (StyleKind.LINK, target)
        back = self._found.references.get(element)
        if back is None:
            self._push(mark)
        else:
            self._push(mark, (StyleKind.RAISED, ""))
            self._whole.waiting.append(back)
        return True

    # ------------------------------------------------------------ blocks

    def _open(self, element: Element, tag: str) -> None:
        frame = self._frames[-1]
        if frame.row:
            if tag in _CELLS:
                self._inline.tab(self._cells.get(element, 1))
            else:
                self._inline.write(" ")
            self._frames.append(frame)
            return
        self._flush()
        frame = self._inner(frame, element, tag)
        note = self._found.notes.get(element)
        if note is not None and self._note is None:
            frame = replace(frame, kind=BlockKind.FOOTNOTE, level=0)
            self._begin_note(element, note)
        self._enter(frame)

    def _inner(self, frame: _Frame, element: Element, tag: str) -> _Frame:
        """Return what the blocks inside an element are, inside what `frame` says."""
        if tag in _HEADINGS:
            return replace(frame, kind=BlockKind.HEADING, level=_HEADINGS[tag])
        match tag:
            case "ul" | "ol" | "menu":
                number = _number(element.get("start")) or 1
                return replace(frame, lists=frame.lists + 1, ordered=number if tag == "ol" else None)
            case "li":
                return self._item(frame, element)
            case "blockquote":
                depth = frame.quotes + 1
                return replace(frame, kind=BlockKind.QUOTE, level=depth, quotes=depth)
            case "pre":
                return replace(frame, kind=BlockKind.CODE, level=0)
            case "figcaption" | "caption":
                return replace(frame, kind=BlockKind.CAPTION, level=0)
            case "table":
                self._cells.update(tables.columns(element))
            case "tr" if any(cell in self._cells for cell in element):
                return replace(frame, kind=BlockKind.TABLE_ROW, level=0, row=True)
            case "dt":
                self._push((StyleKind.STRONG, ""))
                return replace(frame, kind=BlockKind.PARAGRAPH, level=0)
            case "dd":
                self._tight, self._marker = True, ""
                return replace(frame, kind=BlockKind.LIST_ITEM, level=frame.lists + 1, lists=frame.lists + 1)
            case "hr":
                self._builder.add("* * *", BlockKind.RULE)
        return frame

    def _close(self, element: Element, tag: str) -> None:
        frame = self._frames[-1]
        if frame.row and tag != "tr":
            if tag not in _CELLS:
                self._inline.write(" ")
            self._frames.pop()
            return
        self._flush()
        self._frames.pop()
        if tag == "dt":
            self._marks = self._outer.pop()
        self._enter(self._frames.pop())
        if self._note is not None and self._note[0] is element:
            self._builder, self._note = self._note[2], None

    def _enter(self, frame: _Frame) -> None:
        """Go on with what `frame` says, where blanks may count or not; nothing is gathered yet."""
        self._frames.append(frame)
        if self._inline.keeps_spaces is not (frame.kind is BlockKind.CODE):
            self._inline = Inline(keep_spaces=not self._inline.keeps_spaces)

    def _item(self, frame: _Frame, element: Element) -> _Frame:
        depth = max(frame.lists, 1)
        if frame.ordered is None:
            self._marker = _BULLETS[min(depth, len(_BULLETS)) - 1]
        else:
            number = _number(element.get("value")) or frame.ordered
            self._marker = f"{number}."
            self._frames[-1] = replace(frame, ordered=number + 1)
        return replace(frame, kind=BlockKind.LIST_ITEM, level=depth)

    def _begin_note(self, element: Element, note: places.Note) -> None:
        self._note = (element, note, self._builder)
        self._marker = note.marker or self._marker.rstrip(".")
        self._is_fresh = True
        self._whole.waiting.insert(0, note.name)
        if note.apart:
            self._builder = self._whole.notes

    def _image(self, element: Element) -> None:
        image = element
        if element.tag == "svg":
            image = next(element.iterdescendants("image"), None)
            if image is None:
                return
            image.set("src", image.get("xlink:href") or image.get("href") or "")
        if self._images.is_letter(image, inside=bool(self._inline)):
            self._inline.write(alt_of(image), self._marks)
            return
        shown = self._images.shown(image)
        if shown is None:
            return
        if self._inline or self._frames[-1].row:
            self._late.append(shown)
        else:
            self._builder.add_picture(alt=shown[0], picture=shown[1], name=self._whole.name())

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
        text, runs = self._inline.take_runs()
        frame = self._frames[-1]
        if frame.kind is BlockKind.FOOTNOTE and self._is_fresh and text:
            text, runs = self._note_begins(text, runs)
        if not text or text.isspace():
            return False
        tight, self._tight = self._tight, False
        if frame.kind is BlockKind.CODE:
            for line in filter(None, map(str.rstrip, text.split("\n"))):
                self._builder.add(line, BlockKind.CODE, name=self._whole.name())
            return True
        marker = ""
        if frame.kind in (BlockKind.LIST_ITEM, BlockKind.FOOTNOTE):
            marker, self._marker = self._marker, ""
        name = self._whole.name()
        self._builder.add(
            text, frame.kind, runs=runs, level=frame.level, marker=marker, tight=tight, name=name
        )
        if self._late:
            for alt, picture in self._late:
                self._builder.add_picture(alt=alt, picture=picture)
            self._late.clear()
        return True

    def _note_begins(self, text: str, runs: list[StyledRun]) -> tuple[str, list[StyledRun]]:
        """Take the number off the beginning of a note, which has it as its marker; lead back from its end."""
        assert self._note is not None
        number = _NUMBER.match(text)
        lead = number if number and number[1] == self._marker else _LEAD.match(text)
        cut = lead.end() if lead else 0
        text = text[cut:].removesuffix(_BACK).rstrip()
        if not text:
            return "", []
        self._is_fresh = False
        self._whole.links += 1
        length = len(text)
        kept: list[StyledRun] = [
            (max(start - cut, 0), min(end - cut, length), kind, target)
            for start, end, kind, target in runs
            if end > cut and start - cut < length
        ]
        kept.append((length + 1, length + 1 + len(_BACK), StyleKind.LINK, f"#{self._note[1].back}"))
        return f"{text} {_BACK}", kept


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 7 else 0


def _hidden(root: Element, found: places.Places) -> set[Element]:
    """Return the elements that a browser would not show; notes that open on demand are not among them."""
    hidden = {
        element for element in root.xpath("descendant-or-self::*[@hidden or @style]") if is_hidden(element)
    }
    for note in found.notes:
        hidden.difference_update((note, *note.iterancestors()) if hidden else ())
    return hidden


def render_part(
    root: Element,
    builder: TextBuilder,
    whole: Whole,
    *,
    resolve: Callable[[str], str],
    name_of: Callable[[str], str] = str,
    wanted: Container[str] = frozenset(),
    picture_of: PictureOf = nothing,
) -> None:
    """Append one tree of a document of several; `whole.finish` makes the document complete.

    `resolve` makes link targets whole, those within the document "#" and a name; `name_of` makes a name of
    the id of an element of this tree, and `wanted` has the names that links lead to.
    """
    found = places.survey(root, name_of=name_of, wanted=wanted, resolve=resolve, noted=whole.noted)
    _Renderer(builder, whole, Images(whole.pictures, picture_of), found, resolve).render(root)


def render(
    root: Element,
    builder: TextBuilder,
    *,
    resolve: Callable[[str], str] = str,
    picture_of: PictureOf = nothing,
    pictures: Pictures | None = None,
) -> tuple[Picture, ...]:
    """Append what a browser would show of `root` to `builder`, and return its pictures.

    `resolve` makes link targets whole; `picture_of` returns the bytes of a picture that lies at hand, which
    is kept among `pictures`.
    """
    here = resolve("").partition("#")[0]

    def fragment(address: str) -> str:
        if here and address.startswith(here) and address[len(here) : len(here) + 1] == "#":
            address = address[len(here) :]
        return unquote(address[1:]) if address.startswith("#") else ""

    addresses = root.xpath("descendant-or-self::a/@href", smart_strings=False)
    wanted = set(filter(None, map(fragment, addresses)))
    if wanted:
        ids = "descendant-or-self::*/@id | descendant-or-self::a/@name"
        wanted.intersection_update(root.xpath(ids, smart_strings=False))

    def lead(address: str) -> str:
        name = fragment(address) if wanted else ""
        return f"#{name}" if name in wanted else resolve(address)

    whole = Whole(pictures)
    render_part(root, builder, whole, resolve=lead, wanted=wanted, picture_of=picture_of)
    whole.finish(builder)
    return whole.pictures.take()
