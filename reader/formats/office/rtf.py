"""Rich text (.rtf): its text, lists, tables, notes and pictures. Fetches nothing, runs nothing."""

from __future__ import annotations

import binascii
from collections.abc import Callable
from dataclasses import dataclass, replace

from reader.document import BlockKind, Document, StyleKind
from reader.errors import DamagedFile
from reader.formats.blocks import Mark
from reader.formats.office.common import bullet, properties
from reader.formats.office.flow import ALL_HIDDEN, LINE_BREAK, Flow, Shape
from reader.formats.office.rtf_tables import Fonts, Sheet, Tables, destination
from reader.formats.office.rtf_tokens import Kind, code_page, decoded, tokens
from reader.formats.office.symbols import symbol
from reader.formats.office.word_fields import link_of
from reader.formats.request import Request

_CUT = "The end of this file is missing; what there is of it is shown."
_CHARACTERS = {
    b"tab": "\t", b"line": LINE_BREAK, b"lbr": LINE_BREAK, b"softline": LINE_BREAK,
    b"emdash": "—", b"endash": "–",
    b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•",
    b"emspace": "\u2003", b"enspace": "\u2002", b"qmspace": "\u2005", b"zwj": "\u200d", b"zwnj": "\u200c",
}  # fmt: skip
# Groups in groups, and notes or text boxes in each other, further than any document goes.
_DEEPEST, _DEEPEST_APART = 10_000, 20
_SYMBOLS = {b"~": "\u00a0", b"_": "\u2011", b"\\": "\\", b"{": "{", b"}": "}"}
# Words that end something of the text, and are not obeyed elsewhere.
_BLOCKS = frozenset({b"par", b"sect", b"page", b"cell", b"row", b"nestcell", b"nestrow", b"trowd"})
_GATHERED = frozenset({"instruction", "marker", "name", "info", "sn", "sv", "picture"})


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group. Never changed: groups within share it until they set something."""

    into: str = "text"
    font: int | None = None
    skip: int = 1
    bold: bool = False
    italic: bool = False
    raised: bool = False
    hidden: bool = False
    deleted: bool = False
    link: Mark | None = None
    style: int = 0
    outline: int = 0
    level: int = 0
    in_table: bool = False
    depth: int = 0


def load(data: bytes, request: Request | None = None) -> Document:
    """Read the bytes of a rich text."""
    name = (request or Request()).name or "The file"
    reader = _Reader(name)
    whole = reader.read(data)
    told: list[str] = [] if whole else [_CUT]
    if reader.has_hidden and reader.flow.is_empty:
        reader = _Reader(name, with_hidden=True)
        reader.read(data)
        told.append(ALL_HIDDEN)
    info = reader.info
    metadata = properties(
        title=info.get("title", ""),
        byline=info.get("author", ""),
        created=info.get("creatim", ""),
        changed=info.get("revtim", ""),
    )
    return reader.flow.document(
        metadata, format="rtf", fetch=lambda address: reader.pictures[int(address)], warnings=told
    )


class _Reader:
    """Takes the tokens one by one; `_groups` holds the state around each group, and what ends with it."""

    def __init__(self, name: str, *, with_hidden: bool = False) -> None:
        self._name = name
        self.flow = Flow()
        self.has_hidden = False
        self.pictures: list[bytes] = []
        self.info: dict[str, str] = {}
        self._with_hidden = with_hidden
        self._state = _State()
        self._groups: list[tuple[_State, str]] = []
        self._fresh, self._starred = False, False
        self._fonts, self._sheet = Fonts(), Sheet()
        self._page, self._default_font = "cp1252", 0
        self._bytes = bytearray()
        self._to_skip, self._high = 0, 0
        self._texts: list[list[str]] = []
        self._links: list[Mark | None] = []
        self._tables = Tables(self.flow)
        self._apart: list[tuple[Tables, str]] = []
        self._marker, self._property, self._alt = "", "", ""
        self._shown, self._hex = False, bytearray()
        self._notes = 0
        self._open_notes: list[str] = []
        self._date: dict[bytes, int] = {}
        self._words: dict[bytes, Callable[[int | None], None]] = {
            b"par": self._par, b"sect": self._par, b"page": self._par, b"cell": self._cell,
            b"row": self._row, b"nestcell": self._nested_cell, b"nestrow": self._nested_row,
            b"trowd": self._define_row, b"pard": self._plain_paragraph, b"plain": self._plain,
            b"u": self._unicode,
            b"ansicpg": self._code_page, b"deff": self._set_default_font,
            b"mac": lambda _: self._code_page(10000), b"pc": lambda _: self._code_page(437),
            b"pca": lambda _: self._code_page(850), b"intbl": lambda _: self._set(in_table=True),
            b"itap": lambda n: self._set(depth=n or 0, in_table=bool(n)),
            b"s": lambda n: self._set(style=n or 0), b"ilvl": lambda n: self._set(level=n or 0),
            b"outlinelevel": lambda n: self._set(outline=(n or 0) + 1), b"f": lambda n: self._set(font=n),
            b"uc": lambda n: self._set(skip=max(0, min(n or 0, 9))),
            b"b": lambda n: self._set(bold=n != 0), b"i": lambda n: self._set(italic=n != 0),
            b"super": lambda n: self._set(raised=n != 0), b"sub": lambda _: self._set(raised=False),
            b"nosupersub": lambda _: self._set(raised=False), b"v": lambda n: self._set(hidden=n != 0),
            b"deleted": lambda n: self._set(deleted=n != 0),
        }  # fmt: skip

    def read(self, data: bytes) -> bool:
        """Read a file; tell whether it is there to its end."""
        for kind, word, number in tokens(data):
            if kind is Kind.BYTES:
                self._take_bytes(word)
            elif kind is Kind.SYMBOL and word == b"'":
                self._take_bytes(bytes((number or 0,)))
            elif kind is Kind.BEGIN:
                self._flush()
                if len(self._groups) >= _DEEPEST:
                    raise DamagedFile(
                        f"The parts of {self._name} lie too deep in each other to be read.",
                        "It may be made to do harm; try to save it again in the program it comes from.",
                    )
                self._groups.append((self._state, ""))
                self._fresh, self._starred, self._to_skip = True, False, 0
            elif kind is Kind.END and self._groups:
                self._flush()
                self._to_skip = 0
                self._end_group()
                if not self._groups:
                    break
            elif kind is Kind.WORD:
                self._flush()
                self._word(word, number)
            elif kind is Kind.SYMBOL:
                self._symbol(word)
            elif self._state.into == "picture":
                self._hex += binascii.hexlify(word)
        return self._end_all(data)

    def _end_all(self, data: bytes) -> bool:
        """End what the file leaves open; tell whether nothing but the ends of groups is missing."""
        self._flush()
        missing = len(self._groups)
        while self._groups:
            self._end_group()
        self._end_paragraph()
        self._tables.close()
        # Some programs forget the last brackets.
        forgotten = missing <= 3 and data.rstrip(b"\x00\r\n\t ").endswith(b"}")
        return not missing or forgotten

    def _set(self, **changes: object) -> None:
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]

    def _take_bytes(self, data: bytes) -> None:
        if self._fresh:
            self._fresh = False
        if self._to_skip:
            skipped = min(self._to_skip, len(data))
            self._to_skip -= skipped
            data = data[skipped:]
        if self._state.into == "picture":
            self._hex += data
        elif self._state.into != "skip":
            self._bytes += data

    def _flush(self) -> None:
        """Make text of the bytes before this place, in the code page of their font."""
        if not self._bytes:
            return
        data, font = bytes(self._bytes), self._state.font
        self._bytes.clear()
        font = self._default_font if font is None else font
        gathers = self._state.into in ("fonts", "styles", "info")
        codec = self._page if gathers else self._fonts.codec(font, self._page)
        if codec == "symbols":
            name = self._fonts.name(font)
            self._put("".join(symbol(byte, name) for byte in data))
        else:
            self._put(decoded(data, codec))

    def _put(self, text: str) -> None:
        state = self._state
        if state.into == "text":
            if state.hidden or state.deleted:
                self.has_hidden = self.has_hidden or not state.deleted
                if state.deleted or not self._with_hidden:
                    return
            self._tables.enter(self._table_depth())
            self.flow.write(text, self._marks())
        elif state.into == "fonts":
            self._fonts.write(text)
        elif state.into == "styles":
            self._sheet.write(text)
        elif state.into in _GATHERED and self._texts:
            self._texts[-1].append(text)

    def _marks(self) -> tuple[Mark, ...]:
        state = self._state
        if not (state.bold or state.italic or state.raised or state.link):
            return ()
        kinds = (
            (state.bold, StyleKind.STRONG),
            (state.italic, StyleKind.EMPHASIS),
            (state.raised, StyleKind.RAISED),
        )
        marks = tuple((kind, "") for is_so, kind in kinds if is_so)
        return (*marks, state.link) if state.link else marks

    def _symbol(self, word: bytes) -> None:
        if word == b"*":
            self._starred = self._fresh
            return
        self._fresh = False
        if self._to_skip:
            self._to_skip -= 1
        elif word in (b"\r", b"\n"):
            self._flush()
            self._word(b"par", None)
        elif word in (b"\\", b"{", b"}"):
            self._take_bytes(word)
        elif word in _SYMBOLS:
            self._flush()
            self._put(_SYMBOLS[word])

    def _word(self, word: bytes, number: int | None) -> None:
        state = self._state
        fresh, self._fresh = self._fresh, False
        if state.into == "skip":
            return
        if fresh and self._begin_group(word):
            return
        if word in _CHARACTERS:
            if self._to_skip:
                self._to_skip -= 1
            else:
                self._put(_CHARACTERS[word])
        elif state.into == "fonts":
            self._fonts.take(word, number)
        elif state.into == "styles":
            self._sheet.take(word, number)
        elif state.into == "date":
            self._date[word] = number or 0
        elif state.into == "picture":
            self._shown = self._shown or word in (b"pngblip", b"jpegblip")
        elif word in self._words and (state.into == "text" or word not in _BLOCKS):
            self._words[word](number)

    def _begin_group(self, word: bytes) -> bool:
        """See where the text of a group goes that begins with a word; tell whether that was all it says."""
        into = destination(word, self._starred)
        outer = self._state.into
        if into is not None and outer == "instruction":
            into = "skip"
        if into == "picture" and outer == "sv" and self._property != "pib":
            into = "skip"
        ends = word.decode("ascii", "replace")
        if outer == "twice":
            # What is written twice is read the second time, in Unicode, as what it is outside.
            self._set(into=self._groups[-2][0].into if word == b"ud" else "skip")
            return True
        if into is not None:
            self._set(into=into)
            if into in _GATHERED:
                self._texts.append([])
            if into == "picture":
                self._hex, self._shown, self._alt = bytearray(), False, ""
            elif into == "date":
                self._date = {}
        elif outer != "text":
            return False
        elif word == b"field":
            self._links.append(None)
        elif word == b"fldrslt":
            self._set(link=(self._links[-1] if self._links else None) or self._state.link)
        elif word in (b"footnote", b"shptxt") and len(self._apart) < _DEEPEST_APART:
            self._begin_apart(word)
        else:
            return False
        self._groups[-1] = self._groups[-1][0], ends
        return into not in ("styles", "fonts")

    def _begin_apart(self, word: bytes) -> None:
        if word == b"footnote":
            self._notes += 1
            number = str(self._notes)
            self._open_notes.append(number)
            self._tables.enter(self._table_depth())
            self.flow.refer(f"note-{number}", number)
            self.flow.begin_note()
        else:
            self.flow.begin_box()
        self._apart.append((self._tables, self._marker))
        self._tables, self._marker = Tables(self.flow), ""
        self._set(in_table=False, depth=0, style=0, outline=0, raised=False, link=None)

    def _end_group(self) -> None:
        into = self._state.into
        outer, word = self._groups.pop()
        if word in ("footnote", "shptxt"):
            self._end_paragraph()
            self._tables.close()
            self._tables, self._marker = self._apart.pop()
            if word == "footnote":
                number = self._open_notes.pop()
                self.flow.end_note(f"note-{number}", number)
            else:
                self.flow.end_box()
        elif word == "field":
            self._links.pop()
        elif word and into in _GATHERED:
            self._gathered(into, word, "".join(self._texts.pop()).strip())
        elif word and into == "date":
            date = [self._date.get(part, 0) for part in (b"yr", b"mo", b"dy")]
            self.info[word] = "{:04}-{:02}-{:02}".format(*date)
        self._state = outer

    def _gathered(self, into: str, word: str, text: str) -> None:
        """Take the text of a group that is none of the document's."""
        if into == "instruction" and self._links:
            self._links[-1] = link_of(text)
        elif into == "marker":
            counts = text != "o" and any(letter.isalnum() for letter in text)
            self._marker = text if counts else "•"
        elif into == "name":
            self.flow.name(text)
        elif into == "info":
            self.info[word] = text
        elif into == "sn":
            self._property = text
        elif into == "sv" and self._property == "wzDescription":
            self._alt = text
        elif into == "picture":
            self._end_picture()

    def _end_picture(self) -> None:
        digits = bytes(self._hex).translate(None, b" \t\r\n\v\f")
        try:
            data = binascii.unhexlify(digits[: len(digits) // 2 * 2]) if self._shown else b""
        except binascii.Error:
            data = b""  # damaged: its words stand for it
        self._hex = bytearray()
        self.pictures.append(data)
        self._tables.enter(self._table_depth())
        self.flow.picture(str(len(self.pictures) - 1), self._alt)

    def _table_depth(self) -> int:
        state = self._state
        return max(state.depth, 1) if state.in_table else int(self._tables.in_row)

    def _par(self, number: int | None) -> None:
        self._end_paragraph()

    def _end_paragraph(self) -> None:
        state = self._state
        kind, level = self._sheet.kind(state.style)
        if state.outline and kind is None and state.outline <= 9:
            kind, level = BlockKind.HEADING, min(state.outline, 6)
        marker, self._marker = self._marker, ""
        if kind in (BlockKind.HEADING, BlockKind.TITLE):
            self.flow.end(Shape(kind, level, marker))
        elif marker:
            depth = max(0, min(state.level, 8)) + 1
            self.flow.end(Shape(BlockKind.LIST_ITEM, depth, bullet(depth) if marker == "•" else marker))
        else:
            self.flow.end(Shape(kind or BlockKind.PARAGRAPH, int(kind is BlockKind.QUOTE)))

    def _cell(self, number: int | None) -> None:
        self._tables.open_cell()
        self._end_paragraph()
        self._tables.end_cell()

    def _row(self, number: int | None) -> None:
        self._end_paragraph()
        self._tables.close()

    def _nested_cell(self, number: int | None) -> None:
        self._tables.enter(max(2, self._table_depth()))
        self._end_paragraph()
        self._tables.end_cell()

    def _nested_row(self, number: int | None) -> None:
        self._end_paragraph()
        self._tables.end_nested_row()

    def _define_row(self, number: int | None) -> None:
        self._tables.in_row = True

    def _plain_paragraph(self, number: int | None) -> None:
        self._set(style=0, outline=0, level=0, in_table=False, depth=0)

    def _plain(self, number: int | None) -> None:
        self._set(font=None, bold=False, italic=False, raised=False, hidden=False, deleted=False)

    def _code_page(self, number: int | None) -> None:
        self._page = code_page(number)

    def _set_default_font(self, number: int | None) -> None:
        self._default_font = number or 0

    def _unicode(self, number: int | None) -> None:
        code = (number or 0) + (1 << 16 if (number or 0) < 0 else 0)
        self._to_skip = self._state.skip
        high, self._high = self._high, 0
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code < 0xE000:
            self._put(chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00) if high else "\ufffd")
        elif 0xF000 <= code <= 0xF0FF:
            font = self._default_font if self._state.font is None else self._state.font
            self._put(symbol(code, self._fonts.name(font)))
        elif 0 < code < 0x110000:
            self._put(chr(code))
