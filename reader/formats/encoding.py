"""From bytes to text: which encoding a file is in, and a sentence when that was a guess. Opens no file."""

from __future__ import annotations

import codecs

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


def decode(data: bytes, *, encoding: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Return the text of `data`, line ends unified and the byte order mark gone, and warnings.

    In this order: the encoding asked for, a byte order mark, strict UTF-8, a guess from the first
    64 kB, and UTF-8 with the unreadable characters replaced. An unknown encoding is a `FormatError`.
    """
    text, warnings = _decode(data, encoding)
    return unify_line_ends(text.removeprefix("\ufeff")), warnings


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


def _decode(data: bytes, encoding: str | None) -> tuple[str, tuple[str, ...]]:
    if encoding:
        try:
            codec = codecs.lookup(encoding)
            text = data.decode(codec.name, "replace")
        except (LookupError, ValueError) as error:
            raise FormatError(
                f"“{encoding}” is not a text encoding that is known here.",
                "Choose another one, such as utf-8 or windows-1252.",
            ) from error
        return text, _unreadable(text)
    marked = marked_encoding(data)
    if marked:
        text = data.decode(marked, "replace")
        return text, _unreadable(text)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _guessed(data)


def _guessed(data: bytes) -> tuple[str, tuple[str, ...]]:
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
            name = codecs.lookup(guess).name.replace("cp125", "windows-125")
            return text, (
                f"The file does not say how its letters are written; it was read as {name}. "
                "If some letters look wrong, choose another encoding.",
            )
    text = data.decode("utf-8", "replace")
    return text, _unreadable(text)


def _unreadable(text: str) -> tuple[str, ...]:
    count = text.count("\ufffd")
    if not count:
        return ()
    what = "1 character" if count == 1 else f"{count:,} characters"
    return (f"{what} could not be read and are shown as “\ufffd”. Another encoding may read them.",)
