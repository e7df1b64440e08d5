"""Word documents (.docx): their text, lists, tables, notes and pictures. Fetches nothing, runs nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from lxml import etree

from reader.document import BlockKind, Document, StyleKind
from reader.formats.blocks import Mark
from reader.formats.office.common import Names, attribute, child, main_part, open_archive, whole_number
from reader.formats.office.flow import ALL_HIDDEN, LINE_BREAK, Flow, Shape
from reader.formats.office.symbols import symbol
from reader.formats.office.word_fields import Fields, link_of
from reader.formats.office.word_inserts import add_chart, add_diagram, add_page
from reader.formats.office.word_numbering import Numbering
from reader.formats.office.word_package import Package
from reader.formats.office.word_styles import (
    Look,
    Place,
    Styles,
    characters,
    outline,
    place_in_list,
)
from reader.formats.request import Request
from reader.formats.web.markup import names
from reader.formats.xml import Element, local

_SKIPPED = frozenset(
    names(
        "pPr rPr tblPr tblGrid tblPrEx trPr tcPr sectPr sdtPr sdtEndPr del moveFrom delText delInstrText "
        "commentReference annotationRef footnoteRef endnoteRef separator continuationSeparator rt ctrlPr"
    )
)
_CHARACTERS = {
    "tab": "\t",
    "ptab": "\t",
    "noBreakHyphen": "\u2011",
    "cr": LINE_BREAK,
    "den": "/",
    "sup": "^",
    "sub": "_",
}  # the parts of a formula, on one line
_UNREAD = "A part of this document is a file of another kind inside it, which is not shown here."
_HOLDS_SOMETHING = frozenset({"t", "blip", "imagedata", "txbxContent", "chart", "relIds"})


def load(data: bytes, request: Request | None = None) -> Document:
    """Read the bytes of a Word document."""
    request = request or Request()
    archive, shares = open_archive(data, request.name or "The file")
    package = Package(archive, is_torn=shares is not None)
    root, told = main_part(data, archive, package.main, shares)
    reader = _Reader(package)
    reader.read(root, package.main)
    reader.read_notes()
    if reader.has_hidden and reader.flow.is_empty:
        reader, told = _Reader(package, with_hidden=True), (*told, ALL_HIDDEN)
        reader.read(root, package.main)
        reader.read_notes()
    if reader.unread:
        told = (*told, _UNREAD)
    return reader.flow.document(package.metadata(), format="word", fetch=package.picture, warnings=told)


class _Reader:
    """Walks the parts of a document once, in the order of reading."""

    def __init__(self, package: Package, *, with_hidden: bool = False) -> None:
        self.flow = Flow()
        self.has_hidden = False
        self.unread = 0
        self._with_hidden = with_hidden
        self._package = package
        self._part = ""
        self._styles = Styles(package.optional(package.related("styles")))
        self._numbering = Numbering(package.optional(package.related("numbering")), self._styles)
        self._names = Names()
        self._dropped: set[Element] = set()
        self._shapes: list[tuple[Shape, bool, bool]] = []
        self._runs: list[tuple[tuple[Mark, ...], bool]] = []
        self._links: list[Mark | None] = []
        self._fields = Fields()
        self._merging = False
        self._alt = ""
        self._notes: dict[tuple[str, str], str] = {}
        self._waiting: deque[tuple[str, str]] = deque()
        self._starts: dict[str, Callable[[Element], bool | None]] = {
            "p": self._begin_paragraph, "r": self._begin_run, "t": self._text, "br": self._break,
            "sym": self._symbol, "instrText": self._instruction, "fldChar": self._field,
            "fldSimple": self._begin_link, "hyperlink": self._begin_link, "bookmarkStart": self._bookmark,
            "footnoteReference": self._note, "endnoteReference": self._note, "tr": self._begin_row,
            "tc": self._begin_cell, "txbxContent": self._begin_box, "AlternateContent": self._choose,
            "docPr": self._described, "shape": self._described, "blip": self._picture,
            "imagedata": self._picture, "chart": self._chart, "relIds": self._diagram,
            "altChunk": self._page,
        }  # fmt: skip
        self._ends: dict[str, Callable[[Element], None]] = {
            "p": self._end_paragraph, "r": self._end_run, "fldSimple": self._end_link,
            "hyperlink": self._end_link, "tr": self._end_row, "tc": self._end_cell,
            "txbxContent": self._end_box,
        }  # fmt: skip

    def read(self, root: Element, part: str) -> None:
        """Walk a part of the package, or an element of it."""
        self._part = part
        names, starts, ends, dropped = self._names, self._starts, self._ends, self._dropped
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            name = names[element.tag]
            if event == "end":
                if name in ends and element not in dropped:
                    ends[name](element)
            elif name in _SKIPPED or element in dropped:
                walk.skip_subtree()
            elif name in starts:
                # A handler that answers True leaves nothing to be gone into.
                if starts[name](element):
                    walk.skip_subtree()
            elif name in _CHARACTERS:
                self._write(_CHARACTERS[name])

    def read_notes(self) -> None:
        """Walk the notes that the text refers to, in the order of their numbers."""
        found: dict[str, tuple[str, dict[str, Element]]] = {}
        while self._waiting:
            kind, identity = self._waiting.popleft()
            if kind not in found:
                part = self._package.related(f"{kind}s")
                root = self._package.optional(part)
                every = root if root is not None else ()
                found[kind] = part, {attribute(each, "id"): each for each in every if local(each) == kind}
            part, notes = found[kind]
            self.flow.begin_note()
            if identity in notes:
                self.read(notes[identity], part)
            number = self._notes[kind, identity]
            self.flow.end_note(f"note-{number}", number)

    def _begin_paragraph(self, paragraph: Element) -> None:
        properties = child(paragraph, "pPr")
        marks = child(properties, "rPr")
        style = attribute(child(properties, "pStyle"), "val")
        look = self._styles.look(style)
        shape = self._shape(properties, style, look)
        if not self._merging:
            self.flow.begin()
        self._merging = False
        merges = child(marks, "del") is not None or child(marks, "moveFrom") is not None
        self._shapes.append((shape, merges, bool(look.hidden)))

    def _shape(self, properties: Element | None, style: str, look: Look) -> Shape:
        """Return what a paragraph is, and count it in its list."""
        own = place_in_list(properties)
        level = outline(properties) or look.level
        kind = look.kind
        if outline(properties) and kind is None:
            kind = BlockKind.HEADING
        place = own
        if not own.number and look.place.number:
            place = Place(look.place.number, own.level or look.place.level)
            place = Place(place.number, self._numbering.level_of(place, style))
        marker = self._numbering.marker(place)
        if kind in (BlockKind.HEADING, BlockKind.TITLE):
            return Shape(kind, level if kind is BlockKind.HEADING else 0, marker or "")
        if marker:
            return Shape(BlockKind.LIST_ITEM, place.level + 1, marker)
        return Shape(kind or BlockKind.PARAGRAPH, 1 if kind is BlockKind.QUOTE else 0)

    def _end_paragraph(self, paragraph: Element) -> None:
        shape, self._merging, _ = self._shapes.pop()
        self._fields.end_paragraph()
        if not self._merging:
            self.flow.end(shape)

    def _begin_run(self, run: Element) -> None:
        properties = child(run, "rPr")
        look = characters(properties)
        style = attribute(child(properties, "rStyle"), "val")
        if style:
            look = self._styles.look(style).under(look)
        hidden = look.hidden if look.hidden is not None else bool(self._shapes and self._shapes[-1][2])
        self.has_hidden = self.has_hidden or bool(hidden)
        self._runs.append((look.marks(), bool(hidden) and not self._with_hidden))

    def _end_run(self, run: Element) -> None:
        self._runs.pop()

    def _write(self, text: str) -> None:
        marks, hidden = self._runs[-1] if self._runs else ((), False)
        if hidden or self._fields.is_instruction or not text:
            return
        link = next((each for each in reversed(self._links) if each), None) or self._fields.link
        self.flow.write(text, (*marks, link) if link else marks)

    def _text(self, element: Element) -> None:
        self._write(element.text or "")

    def _break(self, element: Element) -> None:
        self._write(LINE_BREAK)

    def _symbol(self, element: Element) -> None:
        try:
            number = int(attribute(element, "char")[:6], 16)
        except ValueError:
            return  # a symbol without its number shows nothing
        self._write(symbol(number, attribute(element, "font")))

    def _instruction(self, element: Element) -> None:
        self._fields.instruct(element.text or "")

    def _field(self, element: Element) -> bool:
        match attribute(element, "fldCharType"):
            case "begin":
                self._fields.begin()
            case "separate":
                self._fields.separate()
            case "end":
                self._fields.end()
        return True

    def _begin_link(self, element: Element) -> None:
        instruction = attribute(element, "instr")
        anchor = attribute(element, "anchor")
        relation = self._package.relations(self._part).get(attribute(element, "id"))
        if instruction:
            self._links.append(link_of(instruction))
        elif relation is not None and relation.address:
            address = f"{relation.address}#{anchor}" if anchor else relation.address
            self._links.append((StyleKind.LINK, address))
        else:
            self._links.append((StyleKind.LINK, f"#{anchor}") if anchor else None)

    def _end_link(self, element: Element) -> None:
        self._links.pop()

    def _bookmark(self, element: Element) -> None:
        name = attribute(element, "name")
        if name:
            self.flow.name(name)

    def _note(self, element: Element) -> None:
        kind = self._names[element.tag].removesuffix("Reference")
        key = kind, attribute(element, "id")
        if self._fields.is_instruction or (self._runs and self._runs[-1][1]):
            return
        if key not in self._notes:
            self._notes[key] = str(len(self._notes) + 1)
            self._waiting.append(key)
        if is_on_attribute(element, "customMarkFollows"):
            own = child(element.getparent(), "t")
            if own is not None:
                self._dropped.add(own)
        self.flow.refer(f"note-{self._notes[key]}", self._notes[key])

    def _begin_row(self, row: Element) -> None:
        properties = child(row, "trPr")
        if child(properties, "del") is not None:
            self._dropped.add(row)
            self._dropped.update(row)
            return
        before = attribute(child(properties, "gridBefore"), "val")
        self.flow.begin_row(skip=max(0, whole_number(before)))

    def _end_row(self, row: Element) -> None:
        self.flow.end_row()

    def _begin_cell(self, cell: Element) -> None:
        self.flow.begin_cell()

    def _end_cell(self, cell: Element) -> None:
        self._merging = False
        span = attribute(child(child(cell, "tcPr"), "gridSpan"), "val")
        self.flow.end_cell(span=max(1, whole_number(span, otherwise=1)))

    def _begin_box(self, box: Element) -> None:
        self.flow.begin_box()

    def _end_box(self, box: Element) -> None:
        self._merging = False
        self.flow.end_box()

    def _choose(self, element: Element) -> None:
        """Of the ways in which a thing is written twice, take the first in which there is something."""
        ways = list(element)
        chosen = next((way for way in ways if _holds_something(way)), None)
        self._dropped.update(way for way in ways if way is not chosen)

    def _described(self, element: Element) -> None:
        words = attribute(element, "descr") or attribute(element, "alt") or attribute(element, "title")
        if words:
            self._alt = words

    def _picture(self, element: Element) -> None:
        identity = attribute(element, "embed") or attribute(element, "id") or attribute(element, "link")
        relation = self._package.relations(self._part).get(identity)
        alt, self._alt = self._alt, ""
        if self._fields.is_instruction or (self._runs and self._runs[-1][1]):
            return
        self.flow.picture(relation.member if relation else "", alt)

    def _chart(self, element: Element) -> None:
        root = self._package.optional(self._leads_to(attribute(element, "id")))
        if root is not None:
            add_chart(self.flow, root)

    def _diagram(self, element: Element) -> None:
        root = self._package.optional(self._leads_to(attribute(element, "dm")))
        if root is not None:
            add_diagram(self.flow, root)

    def _page(self, element: Element) -> None:
        member = self._leads_to(attribute(element, "id"))
        data = self._package.picture(member)
        if data is not None and not add_page(self.flow, data, member):
            self.unread += 1

    def _leads_to(self, identity: str) -> str:
        relation = self._package.relations(self._part).get(identity)
        return relation.member if relation else ""


def _holds_something(element: Element) -> bool:
    return any(local(each) in _HOLDS_SOMETHING for each in element.iter())


def is_on_attribute(element: Element, name: str) -> bool:
    """Tell whether a switch that is an attribute is on."""
    return attribute(element, name).lower() in ("1", "true", "on")
