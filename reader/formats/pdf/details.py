"""What a PDF says of itself: title, author, day, language, labels of pages, bookmarks. No text of pages."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from reader.formats.blocks import clean
from reader.formats.dates import iso_date
from reader.text import one_line

_MOST_BOOKMARKS, _DEEPEST = 5_000, 6
_LONGEST = 2_000
_DATE = re.compile(r"^(?:D:)?\s*(\d{4})(\d{2})?(\d{2})?")
_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")


class Bookmark(NamedTuple):
    """An entry of the outline: the page that it leads to, and where on it in the PDF's own coordinates."""

    title: str
    level: int
    page: int
    x: float
    y: float | None


def _text(ask: Callable[[Any, int], int]) -> str:
    """Return what PDFium writes as UTF-16 into a buffer that it is asked about first."""
    size = ask(None, 0)
    if not 2 < size <= 1 << 20:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(buffer, size)
    return one_line(clean(buffer.raw[: size - 2].decode("utf-16-le", "replace")))[:_LONGEST]


def entry(document: Any, name: str) -> str:
    """Return an entry of the document's information, or ""."""
    key = name.encode("ascii")
    return _text(lambda buffer, size: pdfium.FPDF_GetMetaText(document, key, buffer, size))


def label(document: Any, page: int) -> str:
    """Return what the PDF says is printed as a page's number, or ""."""
    return _text(lambda buffer, size: pdfium.FPDF_GetPageLabel(document, page, buffer, size))


def day(document: Any) -> str:
    """Return when the document was made, as ISO 8601, or ""."""
    found = _DATE.match(entry(document, "CreationDate"))
    if not found:
        return ""
    return iso_date("-".join(part for part in found.groups() if part))


def language(document: Any) -> str:
    """Return the language that the document says it is in, or ""."""

    def ask(buffer: Any, size: int) -> int:
        place = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)) if buffer is not None else None
        return int(pdfium.FPDFCatalog_GetLanguage(document, place, size))

    found = _text(ask)
    return found if _LANGUAGE.match(found) else ""


def bookmarks(document: Any) -> list[Bookmark]:
    """Return the outline in order, without entries that lead nowhere."""
    found = []
    for handle, level in _walk(document):
        title = _text(
            lambda buffer, size, handle=handle: pdfium.FPDFBookmark_GetTitle(handle, buffer, size)  # type: ignore[misc]
        )
        target = pdfium.FPDFBookmark_GetDest(document, handle)
        if not target:
            action = pdfium.FPDFBookmark_GetAction(handle)
            target = pdfium.FPDFAction_GetDest(document, action) if action else None
        page = pdfium.FPDFDest_GetDestPageIndex(document, target) if target else -1
        if title and page >= 0:
            found.append(Bookmark(title, level, page, *_location(target)))
    return found


def _location(target: Any) -> tuple[float, float | None]:
    has_x, has_y, has_zoom = ctypes.c_int(), ctypes.c_int(), ctypes.c_int()
    x, y, zoom = ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    if not pdfium.FPDFDest_GetLocationInPage(target, has_x, has_y, has_zoom, x, y, zoom):
        return 0.0, None
    return (x.value if has_x.value else 0.0), (y.value if has_y.value else None)


def _walk(document: Any) -> Iterator[tuple[Any, int]]:
    """Yield the bookmarks with their depths; outlines of hostile files lead round in circles."""
    seen: set[int] = set()
    waiting = [(pdfium.FPDFBookmark_GetFirstChild(document, None), 1)]
    while waiting and len(seen) < _MOST_BOOKMARKS:
        handle, level = waiting.pop()
        key = ctypes.cast(handle, ctypes.c_void_p).value if handle else None
        if key is None or key in seen:
            continue
        seen.add(key)
        yield handle, level
        waiting.append((pdfium.FPDFBookmark_GetNextSibling(document, handle), level))
        if level < _DEEPEST:
            waiting.append((pdfium.FPDFBookmark_GetFirstChild(document, handle), level + 1))
