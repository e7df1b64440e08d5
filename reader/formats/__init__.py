"""Files in, documents out: `open_document` and the table that every format joins. Nothing is written.

To add a format, write a module with ``load(data, request) -> Document`` and give it a row in `FORMATS`.
The openers of single formats are imported when the first file of theirs is opened.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from reader.document import Document, ReadAs
from reader.errors import EmptyFile, UnknownFormat, Unreadable
from reader.formats import containers, files
from reader.formats.request import Request

__all__ = ["FORMATS", "SUFFIXES", "collect", "is_openable", "open_document"]


class _Loader(Protocol):
    def __call__(self, data: bytes, request: Request | None = None) -> Document: ...


@dataclass(frozen=True, slots=True)
class Format:
    """One row of the table: a format's name, its suffixes, its module, and a test of a file's content."""

    name: str
    suffixes: tuple[str, ...]
    module: str
    recognises: Callable[[bytes], bool]
    # What a file is called whose content always tells its format: without that, its suffix is wrong.
    told: str = ""

    def load(self, data: bytes, request: Request) -> Document:
        """Read the bytes with this format's module."""
        loader = cast(_Loader, import_module(self.module).load)
        return loader(data, request)


# Where a page says that it is one.
_HEAD = 4096
_HTML_BEGINS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def _is_html(data: bytes) -> bool:
    head = data[:_HEAD]
    return (
        _HTML_BEGINS.match(head.replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff"))
        is not None
    )


def _never(data: bytes) -> bool:
    return False


FORMATS: tuple[Format, ...] = (
    Format("html", (".html", ".htm", ".xhtml"), "reader.formats.page", _is_html),
    Format(
        "word",
        (".docx", ".docm", ".dotx", ".dotm"),
        "reader.formats.word",
        containers.is_word,
        told="a Word document",
    ),
    Format(
        "odt",
        (".odt", ".ott", ".fodt"),
        "reader.formats.opendocument",
        containers.is_opendocument_text,
        told="an OpenDocument text",
    ),
    Format("rtf", (".rtf",), "reader.formats.rtf", containers.is_rtf, told="a rich text"),
    Format("markdown", (".md", ".markdown"), "reader.formats.markdown", _never),
    Format("text", (".txt", ".text", ".log"), "reader.formats.plain", _never),
)
SUFFIXES: tuple[str, ...] = tuple(suffix for each in FORMATS for suffix in each.suffixes)

_DIGITS = re.compile(r"(\d+)")


def open_document(
    path: str | Path, *, read_as: ReadAs = ReadAs(), preview: Callable[[Document], None] | None = None
) -> Document:
    """Read one file: by its content first, by its suffix second, as plain text when neither tells.

    `preview` is called with the beginning of a document that takes long to read. Raises a `FormatError` with
    a sentence for what can't be read; nothing else, whatever the bytes are.
    """
    place = Path(path)
    name = files.shown(place)
    data = files.read_bytes(place)
    kind = _recognised(data)
    known = None if kind else files.foreign(data)
    if known:
        what, then = known
        raise UnknownFormat(f"{name} is {what}, which Scholion does not read.", then)
    if kind is None and files.is_binary(data) and not read_as.encoding:
        raise UnknownFormat(f"{name} is not a text: its content is binary.", "Choose a file with text in it.")
    named = _named(place)
    kind = kind or (FORMATS[-1] if named.told else named)
    request = Request(read_as, name=name, beside=files.neighbours(place))
    if preview is not None:
        source = str(place.absolute())
        request = replace(
            request, preview=lambda begun: preview(replace(begun, source=source, read_as=read_as))
        )
    document = kind.load(data, request)
    if not document.blocks:
        what = " ".join((f"There is no text to read in {name}.", *document.warnings))
        raise EmptyFile(what, "Choose a file with text in it.")
    return replace(
        document,
        source=str(place.absolute()),
        file_hash=hashlib.sha256(data).hexdigest(),
        read_as=read_as,
        warnings=(*document.warnings, *_told(place, kind, named)),
    )


def _told(path: Path, kind: Format, named: Format) -> tuple[str, ...]:
    """Say that a file is something else than its name says."""
    # A file of an unknown suffix may well be a page.
    if kind is named or not (kind.told or named.told or is_openable(path)):
        return ()
    what = kind.told or {"html": "a web page", "text": "plain text"}.get(kind.name, kind.name)
    return (f"The name of {files.shown(path)} does not say what is in it; it was read as {what}.",)


def _recognised(data: bytes) -> Format | None:
    return next((each for each in FORMATS if each.recognises(data)), None)


def _named(path: Path) -> Format:
    suffix = path.suffix.lower()
    return next((each for each in FORMATS if suffix in each.suffixes), FORMATS[-1])


def is_openable(path: Path) -> bool:
    """Tell by its suffix whether a file of a folder is one to open."""
    return path.suffix.lower() in SUFFIXES


def collect(paths: Iterable[str | Path]) -> list[Path]:
    """Return the files to open: those given as they are, and those in given folders in natural order.

    In folders, hidden entries, links to folders, and files of other kinds are passed over; a folder
    that can't be read is a `FormatError`. A file that is given or found twice appears once.
    """
    found: dict[Path, None] = {}
    for given in map(Path, paths):
        if given.is_dir():
            found.update(dict.fromkeys(_walk(given)))
        else:
            found[given] = None
    return list(found)


def _walk(folder: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise Unreadable(
            f"The folder {files.shown(Path(error.filename or folder))} could not be read.",
            "Change its permissions, or choose another one.",
        ) from error

    for root, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted((name for name in folders if not name.startswith(".")), key=_natural)
        for name in sorted(names, key=_natural):
            path = Path(root, name)
            if not name.startswith(".") and is_openable(path) and path.is_file():
                yield path


def _natural(name: str) -> tuple[object, ...]:
    """Order "chapter 2" before "chapter 10". Text and numbers alternate, so they are never compared."""
    return tuple(int(part) if i % 2 else part.casefold() for i, part in enumerate(_DIGITS.split(name)))
