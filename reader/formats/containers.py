"""What a file that holds other files is, as far as its own table of contents tells. Unpacks nothing."""

from __future__ import annotations

import io
import re
import zipfile
from functools import lru_cache

_SAVE_AS_TEXT = "Save it as plain text, Markdown or HTML in the program it comes from, and open that."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_TEXT_TYPE = b"application/vnd.oasis.opendocument.text"
# The mimetype of an OpenDocument file is its first member, and is not packed.
_HEAD = 4096
# An ODF document in one file of XML.
_FLAT = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?<office:document\b", re.IGNORECASE)
# Beyond the tables of a large file of the old kind lie only its contents.
_DIRECTORY = 16 << 20

# Members of archives that are not read, what the archive is called, and what to do.
_ZIPPED: tuple[tuple[str, str, str], ...] = (
    ("xl/", "an Excel spreadsheet", "Save its sheets as CSV text in the program it comes from."),
    ("ppt/", "a PowerPoint presentation", "Save it as PDF or as text in the program it comes from."),
    ("visio/", "a Visio drawing", "A drawing has no text to read; open the document it belongs to."),
    ("Index/Document.iwa", "a Pages document", "In Pages, export it as Word (.docx), and open that."),
    ("index.xml", "a Pages document", "In Pages, export it as Word (.docx), and open that."),
    ("AndroidManifest.xml", "a program", "There is no text in it to read."),
    ("META-INF/MANIFEST.MF", "a program", "There is no text in it to read."),
)
_OPENDOCUMENT: tuple[tuple[bytes, str, str], ...] = (
    (
        b"spreadsheet",
        "an OpenDocument spreadsheet",
        "Save its sheets as CSV text in the program it comes from.",
    ),
    (
        b"presentation",
        "an OpenDocument presentation",
        "Save it as PDF or as text in the program it comes from.",
    ),
    (b"graphics", "an OpenDocument drawing", "Save it as PDF in the program it comes from, and open that."),
    (b"formula", "an OpenDocument formula", "Open the document it belongs to."),
    (b"", "an OpenDocument file", _SAVE_AS_TEXT),
)


def members(data: bytes) -> tuple[str, ...]:
    """Return the names of the members of a zip archive; of a broken one, those that its beginning tells."""
    return _table(data)[0] if data.startswith(_ZIP) else ()


# Each format asks in turn; reading the table of 20,000 members takes about 0.4 s.
@lru_cache(maxsize=1)
def _table(data: bytes) -> tuple[tuple[str, ...], bool]:
    """Return the names of the members of a zip archive, and whether it is whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return tuple(archive.namelist()), True
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError):
        return _seen(
            data
        ), False  # the table at the end is gone; each member says its name before its content


def _seen(data: bytes) -> tuple[str, ...]:
    found: list[str] = []
    at = 0
    while at >= 0 and len(found) < 1000:
        size = int.from_bytes(data[at + 26 : at + 28], "little")
        found.append(data[at + 30 : at + 30 + min(size, 300)].decode("utf-8", "replace"))
        at = data.find(_ZIP, at + 4)
    return tuple(found)


def is_word(data: bytes) -> bool:
    """Tell whether a file is a Word document of the kind that is an archive, whole or cut off."""
    if not data.startswith(_ZIP):
        return False
    names, is_whole = _table(data)
    if any(name.startswith("word/") for name in names):
        return True
    told = not any(name.startswith(("xl/", "ppt/", "visio/")) for name in names)
    # Cut off before its text: what it is can only be told from its properties.
    return told and "[Content_Types].xml" in names and not is_whole


def is_opendocument_text(data: bytes) -> bool:
    """Tell whether a file is a text of LibreOffice and its kin."""
    head = data[:_HEAD]
    if data.startswith(_ZIP):
        kind = head.find(_TEXT_TYPE)
        if kind > 0:
            return True
        names = members(data)
        return "content.xml" in names and "META-INF/manifest.xml" in names and b"opendocument" not in head
    return _FLAT.match(head.removeprefix(b"\xef\xbb\xbf")) is not None and b"office:mimetype" in head


def is_epub(data: bytes) -> bool:
    """Tell a book, whole or cut off."""
    if not data.startswith(_ZIP):
        return False
    return b"application/epub+zip" in data[:_HEAD] or "META-INF/container.xml" in members(data)


def is_rtf(data: bytes) -> bool:
    """Tell a rich text."""
    return data[:64].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{\\rtf")


def foreign_archive(data: bytes) -> tuple[str, str] | None:
    """Return what an archive that is not read is called, and what to do; None for what is no archive."""
    if data.startswith(_OLE):
        return _old_office(data[:_DIRECTORY])
    if not data.startswith(_ZIP):
        return None
    head = data[:_HEAD]
    kind = head.find(b"application/vnd.oasis.opendocument.")
    if kind >= 0:
        rest = head[kind + len(b"application/vnd.oasis.opendocument.") :]
        return next((what, then) for word, what, then in _OPENDOCUMENT if rest.startswith(word))
    names = members(data)
    for part, what, then in _ZIPPED:
        if any(name.startswith(part) for name in names):
            return what, then
    if "[Content_Types].xml" in names:
        return "a Microsoft Office document", _SAVE_AS_TEXT
    return None


def _old_office(data: bytes) -> tuple[str, str]:
    """Tell what a file of the old kind of Office holds, by the names in its directory (UTF-16)."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return (
            "a document locked with a password",
            "Open it in the program it comes from, take the password away, and save a copy.",
        )
    if holds("WordDocument"):
        return (
            "an old Word document (.doc)",
            "Open it in Word or LibreOffice, save it as .docx, and open that.",
        )
    if holds("Workbook") or holds("Book\0"):
        return "an old Excel spreadsheet", "Save its sheets as CSV text in the program it comes from."
    if holds("PowerPoint Document"):
        return "an old PowerPoint presentation", "Save it as PDF or as text in the program it comes from."
    if holds("__substg1.0_"):
        return "an Outlook message", "Save it as .eml or as text in the program it comes from, and open that."
    return (
        "an old Office document",
        "Save it as .docx or as text in the program it comes from, and open that.",
    )
