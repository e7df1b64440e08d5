"""Words and sentences of a paragraph, by rule: quick, without a model, for any script."""

from __future__ import annotations

import re
import unicodedata

from reader.document import Span

_OWN = re.compile(r"['’]s?$")
_WORD = re.compile(r"\w+(?:['’.\-]\w+)*|[^\w\s]")
_END = re.compile(r"[.!?…。！？]+[\"'”’»)\]]*(?=\s|$)|\n+|[。！？]")
_SHORT = re.compile(
    r"(?:^|[\s(\"“'])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Maj|Lt|Capt|Sgt|Rep|Sen|Gov|Rev|Hon|St|Jr|Sr|vs|No|Inc|Ltd|Co"
    r"|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|[A-Za-z]\.[A-Za-z]|(?:[A-Z]\.)+[A-Z]|al|etc|cf|e\.g|i\.e)\.$"
)

_LAST = re.compile(r"\b(\w+)\s+(?:(?:the|Mr|Mrs|Ms|Dr)\.?\s+)?$")


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list that is written as running text."""
    return frozenset(words.split())


_LINKS = word_set(
    "with of by to for from at on in against about between near like than under into after before"
)


def without_accents(text: str) -> str:
    """Return the letters without what is written above and below them."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def without_owner(name: str) -> str:
    """Return the name without the ending of one who owns something ("Annan's", "the States'")."""
    return _OWN.sub("", name)


def words(text: str, *, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the words and single marks of ``text[start:end]``, in order."""
    stop = len(text) if end is None else end
    return [Span(match.start(), match.end()) for match in _WORD.finditer(text, start, stop)]


def sentences(text: str, *, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the sentences of ``text[start:end]``: together they cover all but white space.

    A full stop after an abbreviation or an initial, or before a small letter, ends nothing.
    """
    stop = len(text) if end is None else end
    found: list[Span] = []
    begin = start
    for match in _END.finditer(text, start, stop):
        if match.group()[0] == ".":
            after = text[match.end() : match.end() + 3].lstrip()[:1]
            if after.islower() or _SHORT.search(text[max(begin, match.start() - 12) : match.start() + 1]):
                continue
        elif after_mark(text, match.end()).islower():
            continue
        _add(text, begin, match.end(), found)
        begin = match.end()
    _add(text, begin, stop, found)
    return found


def after_link(text: str, at: int) -> bool:
    """Tell whether the word before `at` is a preposition, so that what begins there is no subject."""
    match = _LAST.search(text, max(0, at - 30), at)
    return match is not None and match.group(1).casefold() in _LINKS


def after_mark(text: str, at: int) -> str:
    """Return the first character from `at` on that is no white space, or ""."""
    return text[at : at + 3].lstrip()[:1]


def _add(text: str, start: int, end: int, found: list[Span]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Span(start, end))
