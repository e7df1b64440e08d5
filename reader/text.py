"""Text as a sequence of code points: line ends, excerpts, words. Knows nothing of documents or files."""

from __future__ import annotations

import re
import unicodedata

# A picture's place in the text counts as white space: there is nothing of it to be read in a line.
_BLANK = re.compile(r"[\s\ufffc]+")
_PICTURE = re.compile(r"\n*\ufffc")


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


def without_pictures(text: str) -> str:
    """Return `text` without the characters that stand for pictures, and the blank lines before them."""
    return _PICTURE.sub("", text).lstrip("\n") if "\ufffc" in text else text


def excerpt(text: str, *, limit: int = 120) -> str:
    """Return one line of at most `limit` characters, cut at a word and ended with "…" if cut."""
    line = one_line(text)
    if len(line) <= limit:
        return line
    cut = line.rfind(" ", limit // 2, limit - 1)
    return line[: cut if cut > 0 else limit - 1].rstrip(" ,;:.–—-") + "…"


def reading_minutes(text: str, *, words_a_minute: int = 230) -> int:
    """Estimate how long an adult reads `text`, in whole minutes, at least 1.

    Words are counted in the first hundred thousand characters; the rest is taken to be like them.
    """
    sample = text[:100_000]
    words = len(sample.split()) * len(text) / max(1, len(sample))
    return max(1, round(words / words_a_minute))


def is_cluster_edge(text: str, at: int) -> bool:
    """Tell whether a reader's character ends before `at`: no accent, joiner or flag is torn off there.

    The rules are those of extended grapheme clusters (UAX 29) without the conjuncts of Indic scripts.
    """
    if not 0 < at < len(text):
        return True
    before, after = text[at - 1], text[at]
    if after < "\u0300":
        return True
    if "\u200d" in (before, after) or unicodedata.category(after) in ("Mn", "Me", "Mc"):
        return False
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return False  # a skin colour, or a letter of a tag, belongs to the emoji before it
    if "\u1160" <= after <= "\u11ff":
        return not "\u1100" <= before <= "\u11ff"
    if _is_flag_letter(before) and _is_flag_letter(after):
        run = at
        while run and _is_flag_letter(text[run - 1]):
            run -= 1
        return (at - run) % 2 == 0
    return True


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
