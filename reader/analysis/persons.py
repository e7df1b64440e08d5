"""The names of people: their parts, and whether two of them can be one person's. Knows no document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from reader.analysis.roles import TITLES
from reader.analysis.words import without_accents, without_owner

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
# Titles of two words, of which one alone may be a name: "Tan Sri Lee", but "Tan Lee".
_PAIRS = frozenset({("tan", "sri"), ("puan", "sri"), ("toh", "puan"), ("datuk", "seri"), ("dato", "seri")})
_EDGES = ',;:()[]{}"“”„«»「」'
_MORE = 2
_VOWELS = re.compile(r"(?<!^)[aeiouy]")
_TWICE = re.compile(r"(.)\1+")
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "‑": "-", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
)
_SHORT_FORMS = {
    short: full
    for full, shorts in {
        "william": "bill billy will",
        "robert": "bob bobby rob",
        "michael": "mike mick",
        "james": "jim jimmy",
        "joseph": "joe",
        "thomas": "tom tommy",
        "richard": "dick rick",
        "edward": "ed ted eddie",
        "anthony": "tony",
        "john": "jack johnny",
        "charles": "charlie chuck",
        "steven": "steve",
        "david": "dave",
        "donald": "don",
        "ronald": "ron",
        "lawrence": "larry",
        "elizabeth": "liz beth betty",
        "katherine": "kate kathy",
        "margaret": "maggie peggy",
        "patricia": "pat patty",
        "deborah": "debbie",
        "andrew": "andy",
        "kenneth": "ken",
        "gregory": "greg",
        "nicholas": "nick",
        "matthew": "matt",
        "timothy": "tim",
        "daniel": "dan danny",
        "christopher": "chris",
        "benjamin": "ben",
        "bernard": "bernie",
        "jeffrey": "jeff",
        "samuel": "sam",
        "alexander": "alex",
    }.items()
    for short in shorts.split()
}


def person_parts(text: str) -> list[str]:
    """Split a person's name, without titles, suffixes, marks and the possessive ending."""
    parts = [without_owner(part.strip(_EDGES)) for part in text.split()]
    parts = [part for part in parts if any(char.isalpha() for char in part)]
    while len(parts) > 1:
        folded = [part.casefold().rstrip(".") for part in parts[:2]]
        if len(parts) > 2 and tuple(folded) in _PAIRS:
            del parts[:2]
        elif folded[0] in TITLES:
            del parts[0]
        else:
            break
    while len(parts) > 1 and parts[-1].casefold().rstrip(".") in _SUFFIXES:
        parts.pop()
    return parts


@lru_cache(maxsize=4096)
def folded(part: str) -> str:
    """Return what the spellings of one part of a name share: no capitals, accents or kind of apostrophe."""
    return without_accents(part.casefold().translate(_PLAIN)).rstrip(".")


@lru_cache(maxsize=4096)
def sound(part: str) -> str:
    """Return the consonants of a part: what two ways to write a foreign name often share."""
    return _TWICE.sub(r"\1", _VOWELS.sub("", folded(part)))


def compatible(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two full names, each of two parts or more, can be one person's.

    They can when the surname is the same and the rest does not contradict ("A. Lindqvist", "Ada B.
    Lindqvist"), when one leaves out later names of the other ("Rodrigo Chaves", "Rodrigo Chaves Robles"),
    or when the surname is another spelling of the same sounds behind the same first names. A name that has
    many words more is not trusted: it may be a headline.
    """
    short, long = sorted(([folded(part) for part in one], [folded(part) for part in other]), key=len)
    if len(short) < 2 or len(long) > len(short) + _MORE:
        return False
    if short[-1] == long[-1]:
        return _in_order(short[:-1], long[:-1])
    if short[0] == long[0] and len(short) == len(long) and len(short[-1]) > 3:
        return short[:-1] == long[:-1] and sound(short[-1]) == sound(long[-1])
    return short[0] == long[0] and len(short) < len(long) and _in_order(short, long)


def is_doubtful(name: str) -> bool:
    """Tell whether a name has so many words in capitals that it may be a headline."""
    parts = name.split()
    return len(parts) > 4 and all(part[0].isupper() for part in parts)


def _in_order(short: Sequence[str], long: Sequence[str]) -> bool:
    if len(short) > len(long):
        return False
    rest = iter(long)
    return all(any(_same_part(part, candidate) for candidate in rest) for part in short)


def _same_part(one: str, other: str) -> bool:
    if one == other or (min(len(one), len(other)) == 1 and one[0] == other[0]):
        return True
    if _SHORT_FORMS.get(one, one) == _SHORT_FORMS.get(other, other):
        return True
    return min(len(one), len(other)) > 5 and len(sound(one)) > 3 and sound(one) == sound(other)
