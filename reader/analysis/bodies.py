"""The names of bodies and places: what their spellings share, and the short forms they go by.

Knows no document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.analysis.persons import folded
from reader.analysis.words import without_owner, word_set

_ACRONYM = re.compile(r"\s?\(\s?(?:the )?[\"“'‘]?([A-Z][A-Za-z&\-.]{1,9})[\"”'’]?\s?\)")
_SAME_PLACE = {
    **dict.fromkeys(
        ("us", "u.s", "usa", "u.s.a", "america", "united states of america"),
        "united states",
    ),
    **dict.fromkeys(("uk", "u.k", "britain", "great britain"), "united kingdom"),
    **dict.fromkeys(("uae",), "united arab emirates"),
    **dict.fromkeys(("drc", "dr congo", "democratic republic of congo"), "democratic republic of the congo"),
}
_REALM = re.compile(
    r"^(?:(?:islamic|people's|federal|kingdom|bolivarian) )?"
    r"(sultanate|kingdom|emirate|republic|state|city|province|principality|commonwealth) of (?:the )?(?=\w)"
)
_LEGAL = re.compile(r",? (?:inc|ltd|llc|plc|corp|co|gmbh|ag|sa|nv|bv|pty|pte|sdn|bhd)\.?$")
# Heads that name another body when they stand alone: "the House" is not the White House.
_ALONE = word_set(
    """
    house congress senate party government state states nations union army navy police times post news
    today forces force league american national international united world group
    """
)


def bare(text: str) -> str:
    """Return a name without marks at its ends, the article and the possessive ending."""
    plain = " ".join(without_owner(text.strip("\"“”‘’'")).split())
    return plain[4:] if plain[:4] in ("the ", "The ") and len(plain) > 4 else plain


def key(text: str) -> str:
    """Return what the spellings of one body or place share ("the City of Kessin", "Kessin")."""
    plain = folded(bare(text))
    plain = _REALM.sub("", _SAME_PLACE.get(plain, plain))
    while len(shorter := _LEGAL.sub("", plain)) < len(plain) and " " in shorter:
        plain = shorter
    if plain.count(" ") > 1 and plain.endswith("s") and not plain.endswith("ss"):
        plain = plain[:-1]
    return plain


def realm(text: str) -> str:
    """Return the head of a place that goes by it ("Sultanate of Oman": "sultanate"), or ""."""
    match = _REALM.match(folded(bare(text)))
    return match.group(1) if match and match.group(1) not in ("city", "state") else ""


def is_letters(name: str) -> bool:
    """Tell whether a name is letters that stand for words ("U.S.")."""
    return len(name) < 7 and name.replace(".", "").isupper()


def initials(text: str) -> str:
    """Return the first letters of the words that begin with a capital."""
    return "".join(word[0] for word in re.findall(r"\w+", text) if word[0].isupper())


def acronym_behind(text: str, end: int, name: str) -> str:
    """Return the short form that stands in brackets right after the name which ends at `end`, or ""."""
    match = _ACRONYM.match(text, end)
    return match.group(1) if match and abbreviates(match.group(1), name) else ""


def abbreviates(short: str, long: str) -> bool:
    """Tell whether the letters of `short` stand in order in `long`, the first one first."""
    plain = folded(bare(long))
    letters = [char for char in folded(short) if char.isalnum()]
    rest = iter(plain)
    return (
        bool(letters)
        and any(word[0] == letters[0] for word in plain.split())
        and all(char in rest for char in letters)
    )


def short_forms(text: str) -> Iterator[str]:
    """Yield the keys by which a body of several words may be called once it was named in full.

    Its first words ("Harbour" of "Harbour Union"), its last word ("Angels"), its first and last word
    ("Harbour Trust" of "Harbour Conservation Trust"), not heads that mean another body alone.
    """
    words = key(text).split()
    if not 1 < len(words) <= 8:
        return
    for count in range(1, len(words)):
        if words[count - 1] not in ("of", "the", "for", "and", "&") and words[0] not in _ALONE:
            yield " ".join(words[:count])
    if words[-1] not in _ALONE:
        yield words[-1]
    if len(words) > 2 and "of" not in words:
        yield f"{words[0]} {words[-1]}"
