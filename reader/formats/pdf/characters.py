"""The characters of a page and where they stand, as PDFium has them, gathered into words. No layout.

Asking PDFium for every character takes a microsecond each time, which a book feels: the text comes in one
call, and places are asked for at the ends of words alone.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from reader.formats.pdf.parts import Frame, Leaf, Look, Stream, Word
from reader.formats.pdf.pieces import joined

# A page with more characters than a whole book is a map or made to do harm; what is beyond is told.
MOST_CHARACTERS = 200_000
# Text in another direction than the page's is read when there is a table's worth of it.
_FEWEST_TURNED = 40
_OBJECTS_LOOKED_AT = 60
# In points; a page of PDF is at most 14,400 wide.
_FAR = 1e6

# PDFium writes U+FFFE where a word is broken at the end of a line.
_HYPHEN = "\ufffe"
# Signs of symbol fonts that have a place of their own in Unicode.
_SYMBOLS = str.maketrans(
    "\uf020\uf02d\uf0a7\uf0a8\uf0b7\uf0d8\uf0e0\uf0fc\uf06c\uf06e\uf071\uf076\uf0be", " –▪▫•➢→✓●■❑❖—"
)
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_PAIRS = re.compile(r"[\ud800-\udbff][\udc00-\udfff]")
_WORD = re.compile(r"[^\s\ufffe\x00-\x1f\xa0\u200b]+")
_BOLD = re.compile(r"bold|black|heavy|semib|demi|medi\b|cmbx|cmb\d|sfbx", re.I)
_ITALIC = re.compile(r"ital|obli|slant|cmti|cmsl|cmmi|sfti|-it\b", re.I)
_MONO = re.compile(r"mono|courier|consol|typewriter|cmtt|sftt|menlo|lettergothic", re.I)


def _addresses() -> Callable[[Any, int], int | None]:
    """Return PDFium's function from a character to its object, which here answers with a number.

    The number alone is wanted, and making it of ctypes' pointers takes three times as long as the call.
    """
    function = ctypes.cast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(function or 0)


class _Setting(NamedTuple):
    """What characters of one object have in common: size, look, and how many quarters they are turned."""

    size: float
    look: int
    turns: int


class _Page:
    """One page while it is open."""

    def __init__(self, page: Any, text_page: Any, frame: Frame) -> None:
        self._page, self._text_page, self.frame = page, text_page, frame
        self._settings: dict[int, _Setting] = {}
        self._fonts: dict[int, int] = {}
        self._box, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._frames = [frame.turned(turns) for turns in range(4)]
        self._sizes = [frame.size for frame in self._frames]
        self._object_at = _addresses()
        self._based: tuple[object, ...] = ()
        self._base = 0.0

    def text(self) -> tuple[str, bool]:
        """Return the characters, one for each of PDFium's, and whether there are more."""
        count = pdfium.FPDFText_CountChars(self._text_page)
        if count <= 0:
            return "", False
        wanted = min(count, MOST_CHARACTERS)
        buffer = (ctypes.c_ushort * (2 * wanted + 1))()
        written = pdfium.FPDFText_GetText(self._text_page, 0, wanted, buffer)
        text = bytes(buffer)[: max(0, written - 1) * 2].decode("utf-16-le", "surrogatepass")
        if len(text) != wanted:
            # Where PDFium leaves characters out of its text, they are asked for one by one.
            text = "".join(
                chr(code) if 0 < code < 0x110000 else "\x00"
                for code in (pdfium.FPDFText_GetUnicode(self._text_page, at) for at in range(wanted))
            )
        if _SURROGATES.search(text):
            # Each character keeps its number: of a pair, the second becomes a blank without width.
            text = _PAIRS.sub(lambda pair: _joined(pair[0]) + "\u200b", text)
            text = _SURROGATES.sub("\ufffd", text)
        return text.translate(_SYMBOLS), count > wanted

    def words(self, text: str) -> Iterator[tuple[int, Word]]:
        """Yield the words with how many quarters each is turned, as the page is shown."""
        end_before = 0
        spans = [found.span() for found in _WORD.finditer(text)]
        keys = [self._object_at(self._text_page, start) or 0 for start, _ in spans]
        for i, (start, end) in enumerate(spans):
            blank = start > end_before
            # What ends in the object that the next word begins in has one setting.
            same = end - start == 1 or (i + 1 < len(keys) and keys[i + 1] == keys[i])
            setting = self._settings.get(keys[i]) or self._setting(start, keys[i])
            parts = ((start, end, setting),) if same else self._same_setting(start, end)
            for first, last, setting in parts:
                broken = last == end and text[end : end + 1] == _HYPHEN
                word = self._word(text[first:last], first, last, setting, blank, broken)
                if word is not None:
                    yield setting.turns, word
                blank = False
            end_before = end

    def _same_setting(self, start: int, end: int) -> Iterator[tuple[int, int, _Setting]]:
        """Cut a word where its size or its look changes, as before a raised number."""
        first, last = self._setting(start), self._setting(end - 1)
        if first is last:
            yield start, end, first
            return
        at, before = start, first
        for i in range(start + 1, end):
            setting = self._setting(i)
            if setting != before:
                yield at, i, before
                at, before = i, setting
        yield at, end, before

    def _setting(self, at: int, key: int | None = None) -> _Setting:
        key = self._object_at(self._text_page, at) or 0 if key is None else key
        known = self._settings.get(key)
        if known is None:
            known = self._settings[key] = self._measured(at)
        return known

    def _measured(self, at: int) -> _Setting:
        target = pdfium.FPDFText_GetTextObject(self._text_page, at)
        size = pdfium.FPDFText_GetFontSize(self._text_page, at)
        a, b, scale = 1.0, 0.0, 1.0
        if pdfium.FPDFText_GetMatrix(self._text_page, at, self._matrix):
            a, b = self._matrix.a, self._matrix.b
            scale = math.hypot(self._matrix.c, self._matrix.d)
        size = abs(size * scale)
        if not (math.isfinite(size) and size > 0.01):
            size = 1.0
        return _Setting(round(size, 1), self._look(target), self.frame.direction(a, b))

    def _look(self, target: Any) -> int:
        font = pdfium.FPDFTextObj_GetFont(target) if target else None
        key = ctypes.cast(font, ctypes.c_void_p).value if font else None
        if key is None:
            return Look.PLAIN
        if key not in self._fonts:
            self._fonts[key] = _look_of(font)
        return self._fonts[key]

    def _word(
        self, text: str, start: int, end: int, setting: _Setting, blank: bool, broken: bool
    ) -> Word | None:
        box = self._box
        if not pdfium.FPDFText_GetLooseCharBox(self._text_page, start, box):
            return None
        x1, y1, x2, y2 = box.left, box.bottom, box.right, box.top
        if end - start > 1 and pdfium.FPDFText_GetLooseCharBox(self._text_page, end - 1, box):
            x1, y1, x2, y2 = min(x1, box.left), min(y1, box.bottom), max(x2, box.right), max(y2, box.top)
        frame = self._frames[setting.turns]
        (x1, y1), (x2, y2) = frame.place(x1, y1), frame.place(x2, y2)
        left, right = (x1, x2) if x1 < x2 else (x2, x1)
        top, bottom = (y1, y2) if y1 < y2 else (y2, y1)
        width, height = self._sizes[setting.turns]
        # Printers' marks and what lies outside the page is not shown; nor are places that are no numbers.
        if not (0 <= right < _FAR and 0 <= bottom < _FAR and -_FAR < left <= width and -_FAR < top <= height):
            return None
        base = self._base_of(start, setting, frame, top, bottom)
        size = min(setting.size, max(height, 1.0))
        return Word(text, left, top, right, bottom, base, size, setting.look, blank, broken)

    def _base_of(self, at: int, setting: _Setting, frame: Frame, top: float, bottom: float) -> float:
        """Return the height of a word's base line; PDFium is asked only where the one before had another."""
        key = (setting, top, bottom)
        if key != self._based:
            base = bottom - (bottom - top) * 0.2
            if pdfium.FPDFText_GetCharOrigin(self._text_page, at, self._x, self._y):
                told = frame.place(self._x.value, self._y.value)[1]
                base = told if -_FAR < told < _FAR else base
            self._based, self._base = key, base
        return self._base

    def has_picture(self) -> bool:
        """Tell whether something is drawn on the page."""
        count = min(pdfium.FPDFPage_CountObjects(self._page), _OBJECTS_LOOKED_AT)
        kinds = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM)
        return any(
            pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(self._page, i)) in kinds
            for i in range(count)
        )


def _joined(pair: str) -> str:
    return pair.encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def _look_of(font: Any) -> int:
    size = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(min(size, 400) + 1)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
    name = buffer.value.decode("utf-8", "replace").rpartition("+")[2]
    flags = pdfium.FPDFFont_GetFlags(font)
    look = Look.PLAIN
    if _BOLD.search(name) or (flags > 0 and flags & 1 << 18):
        look |= Look.BOLD
    if _ITALIC.search(name) or (flags > 0 and flags & 1 << 6):
        look |= Look.ITALIC
    if _MONO.search(name):
        look |= Look.MONO
    return look


def read_page(document: Any, number: int, label: str) -> Leaf:
    """Return the pieces of a page's lines; `missing` where PDFium can't load it."""
    nothing = Leaf(number, label, Frame(0, 0, 595, 842, 0), (), missing=True)  # as large as most
    page = pdfium.FPDF_LoadPage(document, number)
    if not page:
        return nothing
    try:
        text_page = pdfium.FPDFText_LoadPage(page)
        if not text_page:
            return nothing
        try:
            return _read(_Page(page, text_page, _frame(page)), number, label)
        finally:
            pdfium.FPDFText_ClosePage(text_page)
    finally:
        pdfium.FPDF_ClosePage(page)


def _frame(page: Any) -> Frame:
    box = pdfium.FS_RECTF()
    turns = pdfium.FPDFPage_GetRotation(page) % 4
    if pdfium.FPDF_GetPageBoundingBox(page, box) and box.right > box.left and box.top > box.bottom:
        return Frame(box.left, box.bottom, box.right, box.top, turns)
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    return Frame(0, 0, height, width, turns) if turns % 2 else Frame(0, 0, width, height, turns)


def _read(page: _Page, number: int, label: str) -> Leaf:
    text, cut = page.text()
    by_turns: dict[int, list[Word]] = {}
    weights: Counter[int] = Counter()
    for turns, word in page.words(text):
        by_turns.setdefault(turns, []).append(word)
        weights[turns] += len(word.text)
    streams = tuple(
        Stream(page.frame.turned(turns), joined(by_turns[turns]))
        for rank, (turns, _) in enumerate(weights.most_common())
        if rank == 0 or len(by_turns[turns]) >= _FEWEST_TURNED
    )
    pictured = not streams and page.has_picture()
    return Leaf(number, label, page.frame, streams, pictured, False, cut)
