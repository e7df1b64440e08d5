"""The bytes of a source and what kind of file they are; every refusal is a sentence. Never writes."""

from __future__ import annotations

import codecs
import errno
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

from reader.errors import EmptyFile, MissingFile, Unreadable
from reader.formats.containers import foreign_archive
from reader.formats.encoding import marked_encoding

# A text of this size is three hundred novels; more can be neither laid out nor read here.
LARGEST = 256 << 20
# A picture of a saved web page.
LARGEST_NEIGHBOUR = 16 << 20

_PICTURE = ("a picture", "A picture has no text to read; open the page it belongs to.")
_SAVE_AS_PDF = "Save it as PDF or as text in the program that shows it, and open that."
# What a picture of drawn lines begins with, and the kinds of film that are pictures.
_DRAWN = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*+<svg\b", re.DOTALL
)
_STILL = (b"heic", b"heix", b"heif", b"mif1", b"msf1", b"avif")

# What a file that is not read yet begins with, what it is called, and what to do.
_KNOWN: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n", *_PICTURE),
    (b"\xff\xd8\xff", *_PICTURE),
    (b"GIF8", *_PICTURE),
    (b"II*\x00", *_PICTURE),
    (b"MM\x00*", *_PICTURE),
    (b"8BPS", *_PICTURE),
    (b"AT&TFORM", "a scanned book (DjVu)", _SAVE_AS_PDF),
    (b"%!PS", "a PostScript file", _SAVE_AS_PDF),
    (b"ITSF", "a Windows help file", "Unpack it, and open the pages inside."),
    (b"SQLite format 3\x00", "a database", "Export what you want to read as text, and open that."),
    (b"\x1f\x8b", "a compressed archive", "Unpack it, and open the files inside."),
    (b"7z\xbc\xaf\x27\x1c", "a compressed archive", "Unpack it, and open the files inside."),
    (b"Rar!", "a compressed archive", "Unpack it, and open the files inside."),
    (b"BZh9", "a compressed archive", "Unpack it, and open the files inside."),
    (b"\xfd7zXZ", "a compressed archive", "Unpack it, and open the files inside."),
    (b"\x7fELF", "a program", "There is no text in it to read."),
    (b"MZ\x90\x00", "a program", "There is no text in it to read."),
    (b"ID3", "a sound recording", "There is no text in it to read."),
    (b"OggS", "a sound recording", "There is no text in it to read."),
)


_DIGITS = re.compile(r"(\d+)")


def natural(name: str) -> tuple[object, ...]:
    """Order "chapter 2" before "chapter 10". Text and numbers alternate, so they are never compared.

    A number of a hundred digits is hostile, and Python refuses some thousand.
    """
    parts = _DIGITS.split(name)
    return tuple(int(part[:18]) if i % 2 else part.casefold() for i, part in enumerate(parts))


def shown(path: Path | str) -> str:
    """Return the name of a file for a sentence: on one line, quoted, with nothing that hides or breaks."""
    name = Path(path).name or str(path)
    # ascii-escapes what can't be printed (line ends, controls, direction marks, lone surrogates).
    printable = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)
    return f"“{printable if len(printable) <= 80 else printable[:60] + '…' + printable[-18:]}”"


def read_bytes(path: Path) -> bytes:
    """Return the content of a regular file; raise a `FormatError` that says why there is none."""
    name = shown(path)
    try:
        kind = path.stat()
        _require_file(kind.st_mode, name)
        if kind.st_size > LARGEST:
            raise Unreadable(
                f"{name} is too large to read ({kind.st_size >> 20:,} MB; the limit is {LARGEST >> 20} MB).",
                "Split it into parts, and open those.",
            )
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        if path.is_symlink():
            raise MissingFile(
                f"{name} is a link to a file that is not there.", "Open that file from its new place."
            ) from error
        raise MissingFile(
            f"{name} is not there any more.", "If it was moved or renamed, open it from its new place."
        ) from error
    except PermissionError as error:
        raise Unreadable(
            f"You have no permission to read {name}.", "Change the permissions of the file, or open a copy."
        ) from error
    except (OSError, ValueError) as error:
        raise Unreadable(
            f"{name} could not be read: {_reason(error)}.", "Check the disk or the link."
        ) from error
    if not data.strip(b"\x00\t\n\r\f\v "):
        raise EmptyFile(f"{name} is empty.", "Choose a file with text in it.")
    return data


def neighbours(path: Path) -> Callable[[str], bytes | None]:
    """Return what reads a file of the folder of `path`, or below it, by its relative address; else None."""
    folder = path.parent

    def beside(address: str) -> bytes | None:
        try:
            place = (folder / address).resolve()
            if not place.is_relative_to(folder.resolve()) or place == path.resolve():
                return None
            with place.open("rb") as file:
                kind = os.fstat(file.fileno())
                if not stat.S_ISREG(kind.st_mode) or kind.st_size > LARGEST_NEIGHBOUR:
                    return None
                return file.read(LARGEST_NEIGHBOUR)
        except (OSError, ValueError):
            return None  # a picture that is not there is told by its words

    return beside


def _require_file(mode: int, name: str) -> None:
    """Refuse what is not a regular file, before opening it: reading a pipe would wait for ever."""
    if stat.S_ISDIR(mode):
        raise Unreadable(f"{name} is a folder.", "Drop the folder on the window, or choose a file inside it.")
    if not stat.S_ISREG(mode):
        raise Unreadable(f"{name} is a device or a pipe, not a file.", "Choose a file with text in it.")


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return "it is a link that leads round in a circle"
    text = error.strerror if isinstance(error, OSError) else str(error)
    return (text or "the system gave no reason").lower()


def foreign(data: bytes) -> tuple[str, str] | None:
    """Return what a file of a format that is not read is called, and what to do; None for text."""
    head = data[:4096]
    archive = foreign_archive(data)
    if archive:
        return archive
    if head.startswith(b"PK\x03\x04"):
        return "a zip archive", "Unpack it, and drop the folder on the window."
    if _DRAWN.match(head) or (head.startswith(b"BM") and head[6:10] == bytes(4)):
        return _PICTURE
    if head[4:8] == b"ftyp" and head[8:12] in _STILL:
        return _PICTURE
    if head[60:68] in (b"BOOKMOBI", b"TEXtREAd"):
        return "a Kindle book", "Convert it to EPUB, if it is not locked, and open that."
    if head[4:8] == b"ftyp" or (head.startswith(b"RIFF") and head[8:12] in (b"WAVE", b"AVI ")):
        return "a film or sound recording", "There is no text in it to read."
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return _PICTURE
    return next(((what, then) for magic, what, then in _KNOWN if head.startswith(magic)), None)


def is_binary(data: bytes) -> bool:
    """Tell whether the beginning and the end of a file are something else than text of any encoding."""
    encoding = marked_encoding(data)
    if encoding and encoding != "utf-8":
        text = codecs.getincrementaldecoder(encoding)("replace").decode(data[: 1 << 16])
        return sum(c == "\ufffd" or (c < " " and c not in "\t\n\v\f\r") for c in text) > len(text) // 10
    sample = data[: 1 << 16] + data[-(1 << 12) :]
    if b"\x00" in sample:
        return True
    controls = len(sample) - len(sample.translate(None, bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))))
    return controls > len(sample) // 20
