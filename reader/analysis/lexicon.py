"""What is known of words beforehand: places, peoples, names of people, common words. Never decides alone."""

from __future__ import annotations

import hashlib
import sys
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

# The classes of a phrase, as bits; a token carries those of the longest phrase it is part of.
COUNTRY, CITY, TOWN, REGION, FIRST_NAME, PEOPLE, LANGUAGE, INSIDE = (1 << bit for bit in range(8))
# Only for pronouns; the networks do not see these two.
MALE, FEMALE = 1 << 8, 1 << 9
SURNAME, VILLAGE, TONGUE = 1 << 10, 1 << 11, 1 << 12
# The classes that a network sees, each a feature of its own.
SHOWN = (COUNTRY, CITY, TOWN, REGION, FIRST_NAME, PEOPLE, LANGUAGE, INSIDE, SURNAME, VILLAGE, TONGUE)
_SHOWN = sum(SHOWN)
# How common a word is, in six steps, the first for words that are not known to be in use.
STEPS = 6
_LONGEST = 5
_FACTOR, _WIDE = 0x9E3779B97F4A7C15, (1 << 64) - 1


class Lexicon:
    """Phrases with a number each, kept as hashes: a quarter of a million load in milliseconds.

    Case matters: "Nice" is a town, "nice" is not. A phrase is its words with a blank between; of the more
    than 10^19 hashes a few hundred thousand are taken, so that none is met by chance.
    """

    def __init__(self, phrases: Mapping[str, int] | None = None) -> None:
        known = {
            _hash(words): number
            for words, number in ((phrase.split(), number) for phrase, number in (phrases or {}).items())
            if 0 < len(words) <= _LONGEST
        }
        self._keys = array("Q", sorted(known))
        self._numbers = array("H", (known[key] for key in self._keys))

    def __len__(self) -> int:
        return len(self._keys)

    def _number(self, key: int) -> int:
        at = bisect_left(self._keys, key)
        return self._numbers[at] if at < len(self._keys) and self._keys[at] == key else 0

    def of(self, phrase: str) -> int:
        """Return the number of a whole phrase, 0 when it is not known."""
        words = phrase.split()
        return self._number(_hash(words)) if 0 < len(words) <= _LONGEST else 0

    def each(self, words: Sequence[str]) -> list[int]:
        """Return the number of each word by itself."""
        return [self._number(_word(word)) for word in words]

    def classes(self, words: Sequence[str]) -> list[int]:
        """Return the classes of each word, the longest phrase first, left to right."""
        found = [0] * len(words)
        free = 0
        for begin, word in enumerate(words):
            if begin < free or not word[:1].isupper():
                continue
            key, longest, classes = 0, 0, 0
            for length, part in enumerate(words[begin : begin + _LONGEST], 1):
                key = _joined(key, part)
                known = self._number(key) & _SHOWN
                if known:
                    longest, classes = length, known
            if longest:
                found[begin : begin + longest] = [classes] + [classes | INSIDE] * (longest - 1)
                free = begin + longest
        return found

    def save(self, path: Path) -> None:
        """Write the hashes and their numbers, little-endian; the same phrases give the same file."""
        keys, numbers = _little(self._keys), _little(self._numbers)
        path.write_bytes(len(keys).to_bytes(8, "little") + keys.tobytes() + numbers.tobytes())

    @classmethod
    def load(cls, path: Path) -> Lexicon:
        """Read what `save` wrote. Raises ValueError for a file that is cut."""
        found = cls()
        content = path.read_bytes()
        count = int.from_bytes(content[:8], "little")
        if len(content) != 8 + count * 10:
            raise ValueError(f"{path.name} is not whole")
        keys, numbers = array("Q"), array("H")
        keys.frombytes(content[8 : 8 + 8 * count])
        numbers.frombytes(content[8 + 8 * count :])
        found._keys, found._numbers = _little(keys), _little(numbers)
        return found


def _little(numbers: array[int]) -> array[int]:
    """Turn the bytes of the numbers around on a machine that keeps them the other way."""
    if sys.byteorder == "little":
        return numbers
    turned = array(numbers.typecode, numbers)
    turned.byteswap()
    return turned


@lru_cache(maxsize=1 << 16)
def _word(word: str) -> int:
    told = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(told, "little")


def _joined(key: int, word: str) -> int:
    return (key * _FACTOR + _word(word)) & _WIDE


def _hash(words: Sequence[str]) -> int:
    key = 0
    for word in words:
        key = _joined(key, word)
    return key
