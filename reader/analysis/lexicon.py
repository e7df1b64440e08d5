"""The list of names that the model looks words up in: places, peoples, first names. Never decides alone."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

# The classes of a phrase, as bits; a token carries those of every longest phrase it is part of.
COUNTRY, CITY, TOWN, REGION, FIRST_NAME, PEOPLE, LANGUAGE, INSIDE = (1 << bit for bit in range(8))
# Only for pronouns; the network does not see these two.
MALE, FEMALE = 1 << 8, 1 << 9
_SHOWN = (1 << 8) - 1
_LONGEST = 5


class Lexicon:
    """Phrases with their classes. Case matters: "Nice" is a town, "nice" is not."""

    def __init__(self, phrases: Mapping[str, int] | None = None) -> None:
        self._phrases = dict(phrases or {})
        # Words that begin a phrase, with the longest such phrase's count of words.
        self._starts: dict[str, int] = {}
        for phrase in self._phrases:
            words = phrase.split()
            if words and len(words) <= _LONGEST:
                self._starts[words[0]] = max(len(words), self._starts.get(words[0], 0))

    def __len__(self) -> int:
        return len(self._phrases)

    def __contains__(self, phrase: str) -> bool:
        return phrase in self._phrases

    def items(self) -> Iterable[tuple[str, int]]:
        """Return every phrase with its classes."""
        return self._phrases.items()

    def of(self, phrase: str) -> int:
        """Return the classes of a whole phrase, 0 when it is not known."""
        return self._phrases.get(phrase, 0)

    def classes(self, words: Sequence[str]) -> list[int]:
        """Return the classes of each word, the longest phrase first, left to right."""
        found = [0] * len(words)
        at = 0
        while at < len(words):
            step = 1
            for length in range(min(self._starts.get(words[at], 0), len(words) - at), 0, -1):
                bits = self._phrases.get(" ".join(words[at : at + length]), 0) & _SHOWN
                if bits:
                    found[at : at + length] = [bits] + [bits | INSIDE] * (length - 1)
                    step = length
                    break
            at += step
        return found

    def save(self, path: Path) -> None:
        """Write the phrases, sorted, one a line: the classes as a number, a tab, the phrase; gzipped."""
        lines = "".join(f"{bits}\t{phrase}\n" for phrase, bits in sorted(self._phrases.items()))
        path.write_bytes(gzip.compress(lines.encode("utf-8"), mtime=0))

    @classmethod
    def load(cls, path: Path) -> Lexicon:
        """Read what `save` wrote."""
        return cls(dict(_entries(gzip.decompress(path.read_bytes()).decode("utf-8").split("\n"))))


def _entries(lines: Iterable[str]) -> Iterable[tuple[str, int]]:
    for line in lines:
        bits, tab, phrase = line.partition("\t")
        if tab:
            yield phrase, int(bits)
