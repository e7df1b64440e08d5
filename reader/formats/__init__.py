"""Files in, documents out: `open_document` and the table that every format joins. Nothing is written.

To add a format, write a module with ``load(data, request) -> Document`` and give it a row in `FORMATS`.
The openers of single formats are imported when the first file of theirs is opened.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from reader.document import Document, ReadAs
from reader.errors import EmptyFile, FormatError, UnknownFormat, Unreadable
from reader.formats import beginnings, containers, files, several
from reader.formats.request import Request

__all__ = [
    "FORMATS",
    "SUFFIXES",
    "collect",
    "digest",
    "is_openable",
    "may_hold_several",
    "members",
    "open_document",
]


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


FORMATS: tuple[Format, ...] = (
    Format("pdf", (".pdf",), "reader.formats.pdf.loader", beginnings.is_pdf, told="a PDF"),
    Format("epub", (".epub",), "reader.formats.web.epub", containers.is_epub, told="an EPUB book"),
    Format("html", (".html", ".htm", ".xhtml"), "reader.formats.web.page", beginnings.is_page),
    Format(
        "word",
        (".docx", ".docm", ".dotx", ".dotm"),
        "reader.formats.office.word",
        containers.is_word,
        told="a Word document",
    ),
    Format(
        "odt",
        (".odt", ".ott", ".fodt"),
        "reader.formats.office.opendocument",
        containers.is_opendocument_text,
        told="an OpenDocument text",
    ),
    Format("rtf", (".rtf",), "reader.formats.office.rtf", containers.is_rtf, told="a rich text"),
    Format("mhtml", (".mhtml", ".mht"), "reader.formats.web.mhtml", beginnings.is_saved_page),
    Format("mail", (".eml",), "reader.formats.web.mail", beginnings.is_mail),
    Format("markdown", (".md", ".markdown"), "reader.formats.markdown", beginnings.never),
    Format("text", (".txt", ".text", ".log"), "reader.formats.plain", beginnings.never),
)
SUFFIXES: tuple[str, ...] = (
    *(suffix for each in FORMATS for suffix in each.suffixes),
    *several.SUFFIXES,
)


def open_document(
    path: str | Path, *, read_as: ReadAs = ReadAs(), preview: Callable[[Document], None] | None = None
) -> Document:
    """Read one file: by its content first, by its suffix second, as plain text when neither tells.

    `preview` is called with the beginning of a document that takes long to read. Raises a `FormatError` with
    a sentence for what can't be read; nothing else, whatever the bytes are.
    """
    place, member = several.parted(path)
    if member:
        return _one_of(place, member, read_as, preview)
    name = files.shown(place)
    data = files.read_bytes(place)
    if may_hold_several(place) and not _recognised(data):
        inside, _ = several.members(place, is_openable=is_openable)
        if len(inside) == 1:
            return open_document(inside[0], read_as=read_as, preview=preview)
        raise FormatError(
            f"{name} holds {len(inside):,} documents.",
            f"Drop it on the window to take them all in, or name one of them, as in “{place.name}::…”.",
        )
    request = Request(read_as, name=name, beside=files.neighbours(place))
    return _read(data, place, str(place.absolute()), request, preview)


def may_hold_several(path: Path) -> bool:
    """Tell by its suffix whether a file may hold several documents."""
    return path.suffix.lower() in several.SUFFIXES


def members(path: str | Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what to open of a file, in order, and warnings: its documents, or else the file itself."""
    place, member = several.parted(path)
    if member or not may_hold_several(place) or _recognised(files.read_bytes(place)):
        return (str(path),), ()
    return several.members(place, is_openable=is_openable)


def digest(path: str | Path) -> str:
    """Return the `Document.file_hash` that `open_document` would give, without reading the text.

    "" where only the text tells it. Raises a `FormatError` for what can't be read.
    """
    place, member = several.parted(path)
    if member and place.suffix.lower() in several.ROWS:
        return ""
    data = several.member_of(place, member)[0] if member else files.read_bytes(place)
    return hashlib.sha256(data).hexdigest()


def _one_of(
    place: Path, member: str, read_as: ReadAs, preview: Callable[[Document], None] | None
) -> Document:
    """Read one of the documents in a file."""
    source = f"{place.absolute()}::{member}"
    if place.suffix.lower() in several.ROWS:
        document = several.row_of(place, member)
        return replace(document, source=source, file_hash=document.text_hash, read_as=read_as)
    data, beside = several.member_of(place, member)
    request = Request(read_as, name=files.shown(member), beside=beside)
    return _read(data, Path(member), source, request, preview)


def _read(
    data: bytes,
    place: Path,
    source: str,
    request: Request,
    preview: Callable[[Document], None] | None,
) -> Document:
    """Make a document of the bytes of a file called `place`."""
    name, read_as = request.name, request.read_as
    kind = _recognised(data)
    known = None if kind else files.foreign(data)
    if known:
        what, then = known
        raise UnknownFormat(f"{name} is {what}, which Scholion does not read.", then)
    if kind is None and files.is_binary(data) and not read_as.encoding:
        raise UnknownFormat(f"{name} is not a text: its content is binary.", "Choose a file with text in it.")
    named = _named(place)
    kind = kind or (FORMATS[-1] if named.told else named)
    if preview is not None:
        request = replace(
            request, preview=lambda begun: preview(replace(begun, source=source, read_as=read_as))
        )
    document = kind.load(data, request)
    if not document.blocks:
        what = " ".join((f"There is no text to read in {name}.", *document.warnings))
        raise EmptyFile(what, "Choose a file with text in it.")
    return replace(
        document,
        source=source,
        file_hash=hashlib.sha256(data).hexdigest(),
        read_as=read_as,
        warnings=(*document.warnings, *_told(place, kind, named)),
    )


_CALLED = {"html": "a web page", "mhtml": "a saved web page", "mail": "a mail", "text": "plain text"}


def _told(path: Path, kind: Format, named: Format) -> tuple[str, ...]:
    """Say that a file is something else than its name says."""
    # A file of an unknown suffix may well be a page.
    if kind is named or not (kind.told or named.told or is_openable(path)):
        return ()
    if {kind.name, named.name} == {"mail", "mhtml"}:  # one is the other with other headers
        return ()
    what = kind.told or _CALLED.get(kind.name, kind.name)
    return (f"The name of {files.shown(path)} does not say what is in it; it was read as {what}.",)


def _recognised(data: bytes) -> Format | None:
    return next((each for each in FORMATS if each.recognises(data)), None)


def _named(path: Path) -> Format:
    suffix = path.suffix.lower()
    return next((each for each in FORMATS if suffix in each.suffixes), FORMATS[-1])


def is_openable(path: Path) -> bool:
    """Tell by its suffix whether a file of a folder is one to open."""
    return path.suffix.lower() in SUFFIXES


def collect(
    paths: Iterable[str | Path], *, tell: Callable[[FormatError], object] | None = None
) -> list[Path]:
    """Return the files to open: those given as they are, and those in given folders in natural order.

    In folders, hidden entries, links to folders, files of other kinds, and what a browser saved with a page
    are passed over. A folder that can't be read is a `FormatError`; one inside it goes to `tell`, where that
    is given, and does not stop the rest. A file that is given or found twice appears once.
    """
    found: dict[Path, None] = {}
    for given in map(Path, paths):
        if os.path.isdir(given):  # noqa: PTH112  a name too long for the system is no folder
            found.update(dict.fromkeys(_walk(given, tell)))
        else:
            found[given] = None
    return list(found)


def _walk(folder: Path, tell: Callable[[FormatError], object] | None) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        place = Path(error.filename or folder)
        refused = Unreadable(
            f"The folder {files.shown(place)} could not be read.",
            "Change its permissions, or choose another one.",
        )
        if tell is None or place == folder:
            raise refused from error
        tell(refused)

    for root, folders, names in os.walk(folder, onerror=refuse):
        pages = {Path(name).stem for name in names if name.lower().endswith((".html", ".htm"))}
        folders[:] = sorted(
            (
                name
                for name in folders
                if not name.startswith(".")
                and not (name.endswith("_files") and name.removesuffix("_files") in pages)
            ),
            key=files.natural,
        )
        for name in sorted(names, key=files.natural):
            path = Path(root, name)
            if not name.startswith(".") and is_openable(path) and path.is_file():
                yield path
