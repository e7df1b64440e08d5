"""OpenDocument texts (.odt): their text, lists, tables, notes and pictures. Fetches nothing, runs nothing."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from reader.document import BlockKind, Document, Metadata, StyleKind
from reader.errors import DamagedFile
from reader.formats.archive import Archive, joined
from reader.formats.blocks import Mark
from reader.formats.office.common import (
    Names,
    attribute,
    child,
    main_part,
    open_archive,
    properties,
    whole_number,
)
from reader.formats.office.flow import ALL_HIDDEN, LINE_BREAK, Flow, Shape
from reader.formats.office.opendocument_styles import LEVELS, Counting, Styles, marker
from reader.formats.request import Request
from reader.formats.web.markup import names
from reader.formats.xml import Element, local, parse

_SKIPPED = frozenset(
    names(
        "annotation annotation-end tracked-changes forms scripts sequence-decls variable-decls "
        "user-field-decls dde-connection-decls hidden-text ruby-text script number note-citation "
        "covered-table-cell image object object-ole plugin event-listeners title desc binary-data math "
        "index-title-template table-of-content-source alphabetical-index-source bibliography-source "
        "illustration-index-source table-index-source object-index-source user-index-source"
    )
)
_BOXES = names(
    "text-box custom-shape rect ellipse circle line polyline polygon regular-polygon path connector caption"
)
_ADDRESSES = ("http:", "https:", "mailto:", "ftp:")
_DRAWN = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff")
_MOST_SPACES = 100


def load(data: bytes, request: Request | None = None) -> Document:
    """Read the bytes of an OpenDocument text, packed or in one file of XML."""
    name = (request or Request()).name or "The file"
    if not data.startswith(b"PK"):
        root = parse(data, name=name)
        return _read([root], lambda address: None)
    archive, shares = open_archive(data, name)
    _refuse_locked(archive)
    if "content.xml" not in archive:
        what = "is an OpenDocument text without its text" if shares is None else "is cut off before its text"
        raise DamagedFile(f"{name} {what}.", "Try another copy of it.")
    roots = [root for part in ("styles.xml", "meta.xml") if (root := _optional(archive, part)) is not None]
    root, told = main_part(data, archive, "content.xml", shares)

    def picture(address: str) -> bytes | None:
        try:
            return archive.read(address)
        except DamagedFile:
            return None  # its words stand for it

    return _read([*roots, root], picture, told)


def _optional(archive: Archive, part: str) -> Element | None:
    try:
        data = archive.read(part)
        return None if data is None else parse(data, name=archive.name)
    except DamagedFile:
        return None  # the text is there without it; styles or properties are not


def _refuse_locked(archive: Archive) -> None:
    try:
        manifest = archive.read("META-INF/manifest.xml") or b""
    except DamagedFile:
        return  # the text can be read without the list of the parts
    if b"encryption-data" in manifest or "encrypted-package" in archive:
        raise DamagedFile(
            f"{archive.name} is locked with a password.",
            "Open it in the program it comes from, save a copy without a password, and open that.",
        )


def _read(roots: list[Element], fetch: Callable[[str], bytes | None], told: tuple[str, ...] = ()) -> Document:
    styles = Styles(roots)
    body = child(child(roots[-1], "body"), "text")
    reader = _Reader(styles)
    if body is not None:
        reader.read(body)
        if reader.has_hidden and reader.flow.is_empty:
            reader, told = _Reader(styles, with_hidden=True), (*told, ALL_HIDDEN)
            reader.read(body)

    def picture(address: str) -> bytes | None:
        return reader.embedded[int(address[1:])] if address.startswith("#") else fetch(address)

    return reader.flow.document(_metadata(roots), format="odt", fetch=picture, warnings=told)


def _metadata(roots: list[Element]) -> Metadata:
    meta = next((found for root in roots if (found := child(root, "meta")) is not None), None)

    def text(name: str) -> str:
        element = child(meta, name)
        return "" if element is None else element.text or ""

    return properties(
        title=text("title"),
        byline=text("initial-creator") or text("creator"),
        created=text("creation-date"),
        changed=text("date"),
        language=text("language"),
    )


@dataclass(slots=True)
class _List:
    """A list that is open: where it counts, its depth from 1, its style, the marker of the next paragraph."""

    counting: Counting
    depth: int
    style: str
    marker: str = ""


class _Reader:
    """Walks the body once, in the order of reading."""

    def __init__(self, styles: Styles, *, with_hidden: bool = False) -> None:
        self.flow = Flow()
        self.embedded: list[bytes] = []
        self._styles = styles
        self._names = Names()
        self._with_hidden = with_hidden
        self.has_hidden = False
        # Whether text at this place is a paragraph's, and not white space between them.
        self._inside = [False]
        self._marks: list[tuple[Mark, ...]] = [()]
        self._shapes: list[Shape] = []
        self._lists: list[_List] = []
        self._by_style: dict[str, Counting] = {}
        self._by_name: dict[str, Counting] = {}
        self._outline = Counting()
        self._apart: list[list[_List]] = []
        self._notes = 0
        self._open_notes: list[str] = []
        self._starts: dict[str, Callable[[Element], None]] = {
            "p": self._begin_paragraph, "h": self._begin_paragraph, "span": self._begin_span,
            "a": self._begin_link, "bookmark-ref": self._begin_link, "reference-ref": self._begin_link,
            "s": self._spaces, "tab": self._tab, "line-break": self._break, "note": self._begin_note,
            "bookmark": self._named, "bookmark-start": self._named, "reference-mark": self._named,
            "reference-mark-start": self._named, "list": self._begin_list, "list-item": self._begin_item,
            "list-header": self._begin_header, "table-row": self._begin_row, "table-cell": self._begin_cell,
            "covered-table-cell": self._covered, "frame": self._frame,
            **dict.fromkeys(_BOXES, self._begin_box),
        }  # fmt: skip
        self._ends: dict[str, Callable[[Element], None]] = {
            "p": self._end_paragraph, "h": self._end_paragraph, "span": self._end_marks,
            "a": self._end_marks, "bookmark-ref": self._end_marks, "reference-ref": self._end_marks,
            "note": self._end_note, "list": self._end_list, "table-row": self._end_row,
            "table-cell": self._end_cell, **dict.fromkeys(_BOXES, self._end_box),
        }  # fmt: skip

    def read(self, body: Element) -> None:
        """Walk the body."""
        known, starts, ends = self._names, self._starts, self._ends
        walk = etree.iterwalk(body, events=("start", "end"))
        for event, element in walk:
            name = known[element.tag]
            if event == "start":
                if name in starts:
                    starts[name](element)
                if name in _SKIPPED or self._is_hidden(name, element):
                    walk.skip_subtree()
                elif element.text:
                    self._write(element.text)
            else:
                if name in ends:
                    ends[name](element)
                if element.tail and element is not body:
                    self._write(element.tail)

    def _is_hidden(self, name: str, element: Element) -> bool:
        hidden = False
        if name in ("section", "hidden-paragraph"):
            hidden = attribute(element, "display") == "none" or attribute(element, "is-hidden") == "true"
        elif name in ("p", "h"):
            hidden = self._styles.look("paragraph", attribute(element, "style-name")).hidden
        elif name == "span":
            hidden = self._styles.look("text", attribute(element, "style-name")).hidden
        self.has_hidden = self.has_hidden or hidden
        return hidden and not self._with_hidden

    def _write(self, text: str) -> None:
        if self._inside[-1]:
            self.flow.write(text, self._marks[-1])

    def _begin_paragraph(self, element: Element) -> None:
        look = self._styles.look("paragraph", attribute(element, "style-name"))
        kind, level = look.kind, look.level
        if self._names[element.tag] == "h":
            level = whole_number(attribute(element, "outline-level"), otherwise=1)
            kind, level = BlockKind.HEADING, min(max(level, 1), LEVELS)
        number = self._heading_number(element, level) if kind is BlockKind.HEADING else ""
        depth = min(level, 6) if kind is BlockKind.HEADING else int(kind is BlockKind.QUOTE)
        shape = Shape(kind, depth, number)
        if self._lists and kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE):
            inner = self._lists[-1]
            shape = Shape(BlockKind.LIST_ITEM, inner.depth, inner.marker)
            inner.marker = ""
        self.flow.begin()
        self._shapes.append(shape)
        self._inside.append(True)
        self._marks.append(() if kind is BlockKind.HEADING else look.marks)

    def _heading_number(self, element: Element, level: int) -> str:
        if self._names[element.tag] != "h" or attribute(element, "is-list-header") == "true":
            return ""
        outline = self._styles.outline
        return marker(self._outline, level, outline) if outline else ""

    def _end_paragraph(self, element: Element) -> None:
        self._marks.pop()
        self._inside.pop()
        self.flow.end(self._shapes.pop())

    def _begin_span(self, element: Element) -> None:
        look = self._styles.look("text", attribute(element, "style-name"))
        marks = self._marks[-1]
        self._marks.append(marks + tuple(mark for mark in look.marks if mark not in marks))

    def _begin_link(self, element: Element) -> None:
        address = attribute(element, "href").strip()
        place = attribute(element, "ref-name")
        if place:
            address = f"#{place}"
        elif address.startswith("#"):
            # What it leads to may be told: "#Chapter 1|outline".
            address = address.partition("|")[0]
        elif not address.lower().startswith(_ADDRESSES):
            address = ""
        self._marks.append(self._marks[-1] + (((StyleKind.LINK, address),) if address else ()))

    def _end_marks(self, element: Element) -> None:
        self._marks.pop()

    def _spaces(self, element: Element) -> None:
        self._write(" " * min(max(whole_number(attribute(element, "c"), otherwise=1), 1), _MOST_SPACES))

    def _tab(self, element: Element) -> None:
        self._write("\t")

    def _break(self, element: Element) -> None:
        self._write(LINE_BREAK)

    def _named(self, element: Element) -> None:
        self.flow.name(attribute(element, "name"))

    def _begin_note(self, element: Element) -> None:
        self._notes += 1
        number = str(self._notes)
        self._open_notes.append(number)
        self.flow.refer(f"note-{number}", number)
        self.flow.begin_note()
        self._set_apart()

    def _end_note(self, element: Element) -> None:
        self._put_together()
        number = self._open_notes.pop()
        self.flow.end_note(f"note-{number}", number)

    def _begin_box(self, element: Element) -> None:
        self.flow.begin_box()
        self._set_apart()

    def _end_box(self, element: Element) -> None:
        self._put_together()
        self.flow.end_box()

    def _set_apart(self) -> None:
        """Begin something that is not of the paragraph and the lists in which it lies."""
        self._inside.append(False)
        self._marks.append(())
        self._apart.append(self._lists)
        self._lists = []

    def _put_together(self) -> None:
        self._inside.pop()
        self._marks.pop()
        self._lists = self._apart.pop()

    def _begin_list(self, element: Element) -> None:
        if self._lists:
            outer = self._lists[-1]
            style = attribute(element, "style-name") or outer.style
            self._lists.append(_List(outer.counting, min(outer.depth + 1, LEVELS), style))
            return
        style = attribute(element, "style-name")
        continued = self._by_name.get(attribute(element, "continue-list"))
        if continued is None and attribute(element, "continue-numbering") == "true":
            continued = self._by_style.get(style)
        counting = continued or Counting()
        self._by_style[style] = counting
        name = attribute(element, "id")
        if name:
            self._by_name[name] = counting
        self._lists.append(_List(counting, 1, style))

    def _end_list(self, element: Element) -> None:
        self._lists.pop()

    def _begin_item(self, element: Element) -> None:
        if not self._lists:
            return
        inner = self._lists[-1]
        levels = {depth: self._styles.level(inner.style, depth) for depth in range(1, inner.depth + 1)}
        start = attribute(element, "start-value")
        inner.marker = marker(inner.counting, inner.depth, levels, whole_number(start) if start else None)

    def _begin_header(self, element: Element) -> None:
        if self._lists:
            self._lists[-1].marker = ""

    def _begin_row(self, element: Element) -> None:
        self.flow.begin_row()

    def _end_row(self, element: Element) -> None:
        self.flow.end_row()

    def _begin_cell(self, element: Element) -> None:
        self.flow.begin_cell()

    def _end_cell(self, element: Element) -> None:
        repeated = attribute(element, "number-columns-repeated")
        self.flow.end_cell(span=max(1, whole_number(repeated, otherwise=1)))

    def _covered(self, element: Element) -> None:
        """Keep the column of a cell over which another one reaches."""
        self._begin_cell(element)
        self._end_cell(element)

    def _frame(self, element: Element) -> None:
        """Add the picture of a frame: of several ways in which it is stored, one that can be shown."""
        images = [each for each in element if local(each) == "image"]
        if not images or child(element, "text-box") is not None:
            return
        words = [each.text or "" for each in element if local(each) in ("title", "desc")]
        addresses = [attribute(each, "href") for each in images]
        drawn = (address for address in addresses if address.lower().endswith(_DRAWN))
        address = joined("content.xml", next(drawn, addresses[0])) if any(addresses) else ""
        binary = child(images[0], "binary-data")
        if binary is not None:
            address = self._embedded(binary.text or "")
        self.flow.picture(address or "", max(words, key=len, default=""))

    def _embedded(self, text: str) -> str:
        """Keep a picture that is written into the text; return what stands for its address."""
        try:
            data = base64.b64decode(text)
        except (binascii.Error, ValueError):
            return ""  # its words stand for it
        self.embedded.append(data)
        return f"#{len(self.embedded) - 1}"
