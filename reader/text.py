"""Text as a sequence of code points: line ends, excerpts, words. Knows nothing of documents or files."""

from __future__ import annotations

import re

_BLANK = re.compile(r"\s+")


def unify_line_ends(text: str) -> str:
    """Return `text` with every other line end as ``\\n``: CRLF, CR, form feed, and the Unicode separators.

    A paragraph separator becomes a blank line.
    """
    text = text.replace("\r\n", "\n")
    for end in "\r\v\f\x85\u2028":
        text = text.replace(end, "\n")
    return text.replace("\u2029", "\n\n")


def one_line(text: str) -> str:
    """Return `text` with every run of white space as one blank, ends stripped."""
    return _BLANK.sub(" ", text).strip()


def excerpt(text: str, *, limit: int = 120) -> str:
    """Return one line of at most `limit` characters, cut at a word and ended with "…" if cut."""
    line = one_line(text)
    if len(line) <= limit:
        return line
    cut = line.rfind(" ", limit // 2, limit - 1)
    return line[: cut if cut > 0 else limit - 1].rstrip(" ,;:.–—-") + "…"


def reading_minutes(text: str, *, words_a_minute: int = 230) -> int:
    """Estimate how long an adult reads `text`, in whole minutes, at least 1. Counts blanks, not words."""
    return max(1, round((text.count(" ") + text.count("\n")) / words_a_minute))
