"""PDF files: opened by PDFium and read page by page; what has no text is told. Nothing is drawn."""

from __future__ import annotations

import gc
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from reader.document import Document, Metadata
from reader.errors import DamagedFile, EmptyFile, Unreadable
from reader.formats.pdf import details, mending
from reader.formats.pdf.assembling import assemble
from reader.formats.pdf.characters import MOST_CHARACTERS, read_page
from reader.formats.pdf.parts import Leaf
from reader.formats.request import Request

# Pages are read for this long; making a document of them takes half as long again, and 60 are given.
_SECONDS = 30.0
# Of how many pages a preview is worth making, and of how many it is made.
_LONG, _FIRST = 30, 10
_MOST_LOST = 500
_MOST_NAMED = 8
# A text in which so many of the characters have no meaning outside its font can't be read.
_UNKNOWN_SHARE = 0.2
_UNKNOWN = re.compile("[\ue000-\uf8ff\ufffd]+")


def load(data: bytes, request: Request | None = None) -> Document:
    """Read the bytes of a PDF."""
    request = request or Request()
    name = request.name or "The file"
    document, told = _opened(data, name)
    # Nothing here refers round in circles, and looking for what does takes a sixth of the time of a book.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _read(document, told, name, request)
    finally:
        if collecting:
            gc.enable()
        document.close()


def _opened(data: bytes, name: str) -> tuple[Any, int]:
    """Return the document, and how many pages it says it has where it had to be mended."""
    try:
        document = pypdfium2.PdfDocument(data)
        if len(document) > 0:
            return document, 0
        document.close()
        raise DamagedFile(f"{name} is a PDF without any pages.", "Try another copy of it.")
    except pypdfium2.PdfiumError as error:
        whole = mending.mended(data) if error.err_code == pdfium.FPDF_ERR_FORMAT else None
        if whole is not None:
            document = _again(whole)
            if document is not None:
                return document, max(mending.told_count(data), len(document))
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise Unreadable(
                f"{name} is locked with a password.",
                "Open it in a PDF viewer with its password, save it without one, and open that.",
            ) from error
        if error.err_code == pdfium.FPDF_ERR_SECURITY:
            raise Unreadable(
                f"{name} is encrypted in a way that Scholion can't undo.",
                "Save it without protection in the program it comes from, and open that.",
            ) from error
        raise DamagedFile(
            f"{name} is damaged: it begins as a PDF, but its pages can't be found in it.",
            "Try another copy of it, or save it again in the program it comes from.",
        ) from error


def _again(data: bytes) -> Any:
    """Return a mended document, or None where nothing of it can be read."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return None  # the first error is told
    if len(document) > 0:
        return document
    document.close()
    return None


def _read(document: Any, told: int, name: str, request: Request) -> Document:
    count = len(document)
    metadata = Metadata(
        details.entry(document, "Title"),
        details.entry(document, "Author"),
        details.day(document),
        language=details.language(document),
    )
    outline = details.bookmarks(document)
    leaves: list[Leaf] = []
    until = time.monotonic() + _SECONDS
    for number in range(count):
        leaves.append(read_page(document, number, details.label(document, number)))
        if len(leaves) == _FIRST and count > _LONG and any(leaf.streams for leaf in leaves):
            request.preview(assemble(leaves, metadata, outline, whole=False))
        # A file may say that it has a million pages and hold one.
        lost = len(leaves) > _MOST_LOST and all(leaf.missing for leaf in leaves[-_MOST_LOST:])
        if lost or time.monotonic() > until:
            break
    _require_text(leaves, name)
    read = assemble(leaves, metadata, outline)
    return replace(read, warnings=tuple(_warnings(read.text, leaves, count, told)))


def _require_text(leaves: Sequence[Leaf], name: str) -> None:
    if any(leaf.streams for leaf in leaves):
        return
    if all(leaf.missing for leaf in leaves):
        raise DamagedFile(
            f"{name} is damaged: none of its pages can be read.",
            "Try another copy of it, or save it again in the program it comes from.",
        )
    if any(leaf.pictured for leaf in leaves):
        pages = "its page is a picture" if len(leaves) == 1 else "its pages are pictures"
        raise EmptyFile(
            f"{name} has no text: {pages}, as of a scan.",
            "Let a program for text recognition (OCR) read it, and open what that writes.",
        )
    raise EmptyFile(
        f"{name} has no text: its pages are blank, or hold drawings and forms alone.",
        "Choose a file with text in it.",
    )


def _warnings(text: str, leaves: Sequence[Leaf], count: int, told: int) -> Iterator[str]:
    """Yield what is missing of a document; `told` is how many pages a mended one says it has, else 0."""
    if told > count:
        yield f"This PDF is damaged: {count:,} of its {told:,} pages were found, and the others are lost."
    elif told:
        yield "This PDF is damaged, perhaps cut off: what was found of its pages is here."
    missing = [leaf.number + 1 for leaf in leaves if leaf.missing]
    if len(leaves) < count and not leaves[-1].missing:
        yield f"Only the first {len(leaves):,} of {count:,} pages are here, because reading took too long."
    pictured = [leaf.number + 1 for leaf in leaves if leaf.pictured]
    if pictured:
        what = "is a picture" if len(pictured) == 1 else "are pictures"
        yield f"{_named(pictured, count)} {what} without text (a scan?), and can't be shown here."
    if missing:
        what = "is damaged" if len(missing) == 1 else "are damaged"
        yield f"{_named(missing, count)} {what} and could not be read."
    cut = [leaf.number + 1 for leaf in leaves if leaf.cut]
    if cut:
        yield (
            f"{_named(cut, count)} held more text than a page can; the first {MOST_CHARACTERS:,} characters "
            "are here."
        )
    if sum(len(found) for found in _UNKNOWN.findall(text)) > _UNKNOWN_SHARE * len(text):
        yield (
            "The fonts of this PDF do not say which letters their signs are, so much of it can't be read as "
            "text. Let a program for text recognition (OCR) read it, and open what that writes."
        )


def _named(numbers: Sequence[int], count: int) -> str:
    if len(numbers) == 1:
        return f"Page {numbers[0]} of {count}"
    shown = ", ".join(str(number) for number in numbers[:_MOST_NAMED])
    more = ", …" if len(numbers) > _MOST_NAMED else ""
    return f"{len(numbers)} of {count} pages ({shown}{more})"
