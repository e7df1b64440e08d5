"""Two long texts laid side by side by the sentences that each has just once. Compares no words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

_SENTENCE = re.compile(r"[^\n.!?。！？]{0,400}[\n.!?。！？]*\s*")
_TELLING_SENTENCE = 25


class Sentences:
    """The sentences that both texts have just once: those in the same order (the chain), and the others."""

    def __init__(self, old: str, new: str) -> None:
        self.old_starts, old_once = _once(old)
        new_starts, new_once = _once(new)
        common = [(at, new_once[words]) for words, at in old_once.items() if words in new_once]
        common.sort()
        chained = _rising([there for _, there in common])
        self.chain = [
            (self.old_starts[at], new_starts[there])
            for at, there in (common[index] for index in sorted(chained))
        ]
        self.chain_starts = [start for start, _ in self.chain]
        # By the number of the sentence: where one begins that is out of the order.
        self.moved = {
            at: new_starts[there]
            for index, (at, there) in enumerate(common)
            if index not in chained and self._length(at, len(old)) >= _TELLING_SENTENCE
        }

    def _length(self, number: int, end: int) -> int:
        following = self.old_starts[number + 1] if number + 1 < len(self.old_starts) else end
        return following - self.old_starts[number]


def _once(text: str) -> tuple[list[int], dict[str, int]]:
    """Return where the sentences of a text begin, and the number of each that it has just once."""
    starts: list[int] = []
    words: list[str] = []
    for found in _SENTENCE.finditer(text):
        if found.group():
            starts.append(found.start())
            words.append(found.group().strip())
    counts = Counter(words)
    return starts, {each: number for number, each in enumerate(words) if counts[each] == 1 and each}


def _rising(row: Sequence[int]) -> set[int]:
    """Return the places of the longest rising part of a row (patience sorting)."""
    tops: list[int] = []
    places: list[int] = []
    under: list[int] = []
    for place, number in enumerate(row):
        pile = bisect_left(tops, number)
        under.append(places[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(number)
            places.append(place)
        else:
            tops[pile], places[pile] = number, place
    found: set[int] = set()
    place = places[-1] if places else -1
    while place >= 0:
        found.add(place)
        place = under[place]
    return found
