"""From bytes to text: which encoding a file is in, and a sentence when that was a guess. Opens no file."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from reader.errors import FormatError
from reader.text import unify_line_ends

# UTF-32 LE begins with the mark of UTF-16 LE, so it is asked first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Enough for a sound guess, and 2 ms of work.
_SAMPLE = 1 << 16


# How the warnings begin or end that another encoding may help against.
_GUESSED = "The file does not say how its letters are written; it was read as "
_UNREADABLE = "Another encoding may read them."


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding in which it was read, and what a reader must know of that."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, *, encoding: str | None = None) -> Decoded:
    """Return the text of `data`, line ends unified and the byte order mark gone, how it was read, warnings.

    In this order: the encoding asked for, a byte order mark, strict UTF-8, a guess from the first
    64 kB, and UTF-8 with the unreadable characters replaced. An unknown encoding is a `FormatError`.
    """
    text, name, warnings = _decode(data, encoding)
    return Decoded(unify_line_ends(text.removeprefix("\ufeff")), name, warnings)


def is_about_encoding(warning: str) -> bool:
    """Tell whether a warning of `decode` is one that another encoding may help against."""
    return warning.startswith(_GUESSED) or warning.endswith(_UNREADABLE)


def marked_encoding(data: bytes) -> str | None:
    """Return the encoding that a byte order mark names, or UTF-16 where every second byte is a NUL."""
    named = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if named:
        return named
    even, odd = data[:4096:2], data[1:4096:2]
    if even.count(0) > 0.4 * len(even) and not odd.count(0):
        return "utf-16-be"
    if odd.count(0) > 0.4 * len(odd) and not even.count(0):
        return "utf-16-le"
    return None


def _decode(data: bytes, encoding: str | None) -> tuple[str, str, tuple[str, ...]]:
    if encoding:
        return _as_asked(data, encoding)
    marked = marked_encoding(data)
    if marked:
        text = data.decode(marked, "replace")
        return text, marked, _unreadable(text)
    try:
        return data.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        return _guessed(data)


def _as_asked(data: bytes, encoding: str) -> tuple[str, str, tuple[str, ...]]:
    try:
        name = codecs.lookup(encoding).name
        if name == "utf-16":  # which of its two orders, the bytes tell
            marked = marked_encoding(data) or ""
            name = marked if marked.startswith(name) else name
        text = data.decode(name, "replace")
    except (LookupError, ValueError) as error:
        raise FormatError(
            f"“{encoding}” is not a text encoding that is known here.",
            "Choose another one, such as utf-8 or windows-1252.",
        ) from error
    return text, name, _unreadable(text)


def _guessed(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is not None and not best.encoding.startswith("utf_8"):
        # Where the sample reads the same in several code pages, the commonest of them is meant.
        guess = "cp1252" if "cp1252" in best.could_be_from_charset else best.encoding
        try:
            text = data.decode(guess)
        except (LookupError, UnicodeError):
            pass  # The guess held for the sample only; the replacement below tells of what is lost.
        else:
            codec = codecs.lookup(guess).name
            name = codec.replace("cp125", "windows-125")
            return text, codec, (f"{_GUESSED}{name}. If some letters look wrong, choose another encoding.",)
    text = data.decode("utf-8", "replace")
    return text, "utf-8", _unreadable(text)


def _unreadable(text: str) -> tuple[str, ...]:
    count = text.count("\ufffd")
    if not count:
        return ()
    what = "1 character" if count == 1 else f"{count:,} characters"
    return (f"{what} could not be read and are shown as “\ufffd”. {_UNREADABLE}",)
