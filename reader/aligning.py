"""Which words of an old text stand where in the new one: the two held against each other. Guesses nothing.

Two texts are compared word by word by their longest common subsequence. A passage has its place where putting
it there agrees with the whole comparison and clearly better than any other place does, and than the place of
any other passage of the same words; what surrounds it must have stayed, too. What does not fit into the
order is compared once more by itself: it may have been moved. Long texts are first laid side by side by the
sentences that each has once, and only the neighbourhood of a passage is compared word by word.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from reader.document import Span
from reader.model import Located, Place
from reader.subsequence import Comparison, common

# A word, or a sign alone; the scripts that part no words are compared sign by sign.
_WORD = re.compile(r"[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+|\S")
_SENTENCE = re.compile(r"[^\n.!?。！？]{0,400}[\n.!?。！？]*\s*")
# The comparison of two texts takes so many bits at most, twice; larger ones are compared in parts.
_MOST_BITS = 60_000_000
_LONG_TEXT = 60_000
# Of a long text so many characters around a passage are compared, and so many sentences looked at for a move.
_AROUND, _SENTENCES_AROUND = 6_000, 4
_TELLING_SENTENCE = 25

# Of a passage whose words were altered so much must be left; of a short one, all (cf. `reader.anchoring`).
_LEAST_ALIKE = ((24, 1.0), (60, 0.85), (200, 0.75), (1 << 60, 0.65))
# So many words on each side are the surroundings, and may have been pushed so much further.
_NEAR, _PUSHED = 10, 14
# Words are kept in runs of so many; what is kept beside them is not further from them.
_RUN, _GAP = 3, 4
# A side of which so much has stayed is whole; a passage of so many words is long.
_WHOLE, _LONG = 8, 6
# So far around a passage nothing else may take the place of what is kept, but for so little of it.
_WIDE, _NEEDED = 16, 0.5
_MOST_ROUNDS = 4
# Out of any order a passage is so many words more like its place than any other passage is, or any other place.
_LEAD, _LEAD_SHORT = 4, 6
_MOST_ALIKE = 12


class Words:
    """The words of a text as numbers, and where each begins; `numbers` is shared by the texts compared."""

    def __init__(self, text: str, numbers: dict[str, int], start: int = 0, end: int | None = None) -> None:
        self.text = text
        self.ids: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        for found in _WORD.finditer(text, start, len(text) if end is None else end):
            self.ids.append(numbers.setdefault(found.group(), len(numbers)))
            self.starts.append(found.start())
            self.ends.append(found.end())

    def within(self, span: Span) -> tuple[int, int]:
        """Return the half-open range of the words that a span touches."""
        return bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)


class _Round:
    """Some words of the old text held against some of the new; pieces that do not touch are kept apart."""

    def __init__(self, old: Words, new: Words, old_at: Sequence[int], new_at: Sequence[int]) -> None:
        self._old_at, self._new_at = _parted(old_at), _parted(new_at)
        self._old_of = {at: row for row, at in enumerate(self._old_at) if at >= 0}
        # What parts the pieces is another number on either side, so that it is never common.
        self._old = [old.ids[at] if at >= 0 else -1 for at in self._old_at]
        self._new = [new.ids[at] if at >= 0 else -2 for at in self._new_at]
        self._table = Comparison(self._old, self._new)

    @cached_property
    def kept(self) -> dict[int, int]:
        """The pairs of words, by their numbers in the texts, that stand in a run of them or between two."""
        return {self._old_at[i]: self._new_at[j] for i, j in self._pairs.items()}

    @cached_property
    def _pairs(self) -> dict[int, int]:
        """The pairs without those that chance brings: single words that both texts have somewhere."""
        runs = _runs(self._table.pairs)
        kept: dict[int, int] = {}
        for number, (i, j, size) in enumerate(runs):
            before = number and runs[number - 1]
            after = number + 1 < len(runs) and runs[number + 1]
            between = (
                before
                and after
                and max(before[2], after[2]) >= _RUN
                and max(i - before[0] - before[2], j - before[1] - before[2]) <= _GAP
                and max(after[0] - i, after[1] - j) - size <= _GAP
            )
            if size >= _RUN or between:
                kept.update((i + step, j + step) for step in range(size))
        return kept

    def _support(self, a: int, size: int, at: int) -> int:
        """Return how many of the words around a passage have stayed around its place."""
        return sum(self._sides(a, size, at))

    def _sides(self, a: int, size: int, at: int) -> tuple[int, int]:
        """Return how many words have stayed before and after a passage."""
        before = (self._pairs.get(i, -1) for i in range(max(a - _NEAR, 0), a))
        after = (self._pairs.get(i, -1) for i in range(a + size, a + size + _NEAR))
        return (
            sum(at - _PUSHED <= j < at for j in before),
            sum(at + size <= j < at + size + _PUSHED for j in after),
        )

    def _altered_around(self, a: int, size: int, at: int) -> int:
        """Return how many words around a passage were altered; where one side is whole the other counts less.

        The passage is at the edge of what was moved then.
        """
        before, after = self._sides(a, size, at)
        there = min(a, _NEAR), min(len(self._old) - a - size, _NEAR)
        altered = there[0] - before, there[1] - after
        if max(before, after) >= _WHOLE:
            return min(sum(altered), min(altered) + 2)
        return sum(altered)

    def _there(self, a: int, size: int) -> int:
        """Return how many words there are around a passage."""
        return min(a, _NEAR) + min(len(self._old) - a - size, _NEAR)

    def place(self, first: int, last: int) -> tuple[int, int] | None:
        """Return where the words of a passage stand, unaltered and beyond doubt."""
        a = self._old_of.get(first)
        size, table = last - first, self._table
        if a is None or self._old_of.get(last - 1) != a + size - 1:
            return None
        words = self._old[a : a + size]
        places = _occurrences(words, self._new)
        if not places:
            return None
        before, after = table.all_before(a), table.all_after(a + size)
        worth = {at: before[at] + size + after[at + size] for at in places}
        best = max(places, key=lambda at: worth[at])
        without = max(one + other for one, other in zip(before, after, strict=True))
        rivals = [worth[at] for at in places if at != best]
        rivals += [
            table.before(other, best) + size + table.after(other + size, best + size)
            for other in _occurrences(words, self._old)
            if other != a
        ]
        support, altered = self._support(a, size, best), self._altered_around(a, size, best)
        lead = worth[best] - max(rivals, default=0)
        # Of a short passage more of the surroundings must have stayed.
        least = min(8 if size < 3 else 6 if size < 6 else 4, max(self._there(a, size) // 2, 1))
        missed = worth[best] - without
        if missed < (size if size < _LONG else _NEEDED * size) or lead < 1 + altered // 2:
            return None
        if support < least and size < len(self._old) or not self._is_needed(a, size, best):
            return None
        return self._new_at[best], self._new_at[best + size - 1] + 1

    def _is_needed(self, a: int, size: int, at: int, width: int = 0) -> bool:
        """Tell whether nothing else would do as well, were the passage and its surroundings not there.

        Where a copy was taken out, the other one is not missed on that side.
        """
        low, high = max(a - _WIDE, 0), min(a + size + _WIDE, len(self._old))
        start, end = max(at - _WIDE, 0), min(at + (width or size) + _WIDE, len(self._new))
        kept = sum(start <= self._pairs.get(i, -1) < end for i in range(low, high))
        table = self._table
        missed = table.length - max(
            one + other for one, other in zip(table.all_before(low), table.all_after(high), strict=True)
        )
        if missed < _NEEDED * kept:
            return False
        missed = table.length - max(
            table.before(i, start) + table.after(i, end) for i in range(len(self._old) + 1)
        )
        return missed >= _NEEDED * kept

    def altered(self, first: int, last: int) -> tuple[int, int] | None:
        """Return where a passage stands of which some words were altered, by those that were kept."""
        a = self._old_of.get(first)
        kept = [self._pairs[i] for i in range(a, a + last - first) if i in self._pairs] if a is not None else []
        if a is None or not kept or self._old_of.get(last - 1) != a + last - first - 1:
            return None
        start, end = kept[0], kept[-1] + 1
        if not self._is_needed(a, last - first, start, end - start):
            return None
        # Altered words at the ends stand beside the kept ones, as many as there were.
        left = next(i for i in range(a, a + last - first) if i in self._pairs) - a
        right = a + last - first - 1 - max(i for i in range(a, a + last - first) if i in self._pairs)
        taken = set(self._pairs.values())
        while left and start and start - 1 not in taken and self._new_at[start - 1] >= 0:
            start, left = start - 1, left - 1
        while right and end < len(self._new_at) and end not in taken and self._new_at[end] >= 0:
            end, right = end + 1, right - 1
        return self._new_at[start], self._new_at[end - 1] + 1


def _runs(pairs: dict[int, int]) -> list[tuple[int, int, int]]:
    """Return where pairs follow one another on both sides: (old, new, how many)."""
    runs: list[tuple[int, int, int]] = []
    for i, j in pairs.items():
        if runs and (i, j) == (runs[-1][0] + runs[-1][2], runs[-1][1] + runs[-1][2]):
            runs[-1] = (runs[-1][0], runs[-1][1], runs[-1][2] + 1)
        else:
            runs.append((i, j, 1))
    return runs


def _parted(at: Sequence[int]) -> list[int]:
    """Return the numbers of words with a -1 wherever one is left out."""
    out: list[int] = []
    for number in at:
        if out and out[-1] != number - 1:
            out.append(-1)
        out.append(number)
    return out


def _occurrences(words: list[int], row: list[int]) -> list[int]:
    first, size = words[0], len(words)
    found, at = [], -1
    while True:
        try:
            at = row.index(first, at + 1)
        except ValueError:
            return found
        if row[at : at + size] == words:
            found.append(at)


class _Compared:
    """Two stretches of text compared word by word, in rounds: what was moved comes after what stayed."""

    def __init__(self, old: Words, new: Words) -> None:
        self.old, self.new = old, new
        self._rounds: list[_Round] = []
        self._old_left: Sequence[int] = range(len(old.ids))
        self._new_left: Sequence[int] = range(len(new.ids))

    def locate(self, span: Span) -> Located:
        """Find a span of the old text in the new."""
        first, last = self.old.within(span)
        if first >= last:
            return Located(Place.LOST)
        found = self._in_rounds(span, first, last)
        if found.span is not None and self._is_better_elsewhere(first, last, found.span):
            found = Located(Place.LOST)
        if found.place is not Place.MOVED:
            place = self._alone(first, last)
            if place is not None:
                return Located(Place.MOVED, self._span(span, first, last, place, place + last - first))
        return found

    def _in_rounds(self, span: Span, first: int, last: int) -> Located:
        for number in range(_MOST_ROUNDS):
            one = self._round(number)
            if one is None:
                break
            place = one.place(first, last)
            if place is not None:
                return Located(Place.MOVED, self._span(span, first, last, *place))
            if any(at in one.kept for at in range(first, last)):
                return self._altered(one, span, first, last)
        return Located(Place.LOST)

    # ------------------------------------------------------------ out of any order

    def _alike(self, first: int, size: int, at: int, width: int = 0) -> int:
        """Return how many words a passage with its surroundings has in common with a place in the new text."""
        old, new = self.old.ids, self.new.ids
        before = old[max(first - _WIDE, 0) : first], new[max(at - _WIDE - 4, 0) : at]
        width = width or size
        after = old[first + size : first + size + _WIDE], new[at + width : at + width + _WIDE + 4]
        inside = old[first : first + size], new[at : at + width]
        within = size if inside[0] == inside[1] else common(*inside)
        return common(*before) + within + common(*after)

    def _occurring(self, first: int, last: int) -> tuple[list[int], list[int]]:
        words = self.old.ids[first:last]
        here = [at for at in _occurrences(words, self.old.ids) if at != first]
        return here, _occurrences(words, self.new.ids)

    def _alone(self, first: int, last: int) -> int | None:
        """Return the one place of these words that is most alike by far, as this is the passage for it."""
        size = last - first
        here, there = self._occurring(first, last)
        if not there or len(here) > _MOST_ALIKE or len(there) > _MOST_ALIKE:
            return None
        alike = {at: self._alike(first, size, at) for at in there}
        best = max(there, key=lambda at: alike[at])
        rivals = [alike[at] for at in there if at != best]
        rivals += [self._alike(at, size, best) for at in here]
        wide = min(first, _WIDE) + min(len(self.old.ids) - last, _WIDE)
        around = alike[best] - size
        lead = _LEAD if size >= _LONG else _LEAD_SHORT
        if around < wide // 3 + (0 if size >= _LONG else 4):
            return None
        return best if alike[best] - max(rivals, default=0) >= lead else None

    def _is_better_elsewhere(self, first: int, last: int, found: Span) -> bool:
        """Tell whether another place is as much like the passage, and no other passage's own."""
        start, end = self.new.within(found)
        size = last - first
        _, there = self._occurring(first, last)
        if len(there) > _MOST_ALIKE * 4:
            return False
        here = self._alike(first, size, start, end - start)
        for at in there:
            if start <= at < end:
                continue
            other = self._alike(first, size, at)
            owner = self._owners.get(at)
            if other >= here and (owner is None or self._alike(owner, size, at) < other):
                return True
        return False

    @cached_property
    def _owners(self) -> dict[int, int]:
        """The words of the new text by their number, and which of the old one each is."""
        owners: dict[int, int] = {}
        for one in self._rounds:
            for i, j in one.kept.items():
                owners.setdefault(j, i)
        return owners

    def _round(self, number: int) -> _Round | None:
        while len(self._rounds) <= number:
            if not self._old_left or not self._new_left:
                return None
            one = _Round(self.old, self.new, self._old_left, self._new_left)
            self._rounds.append(one)
            taken = set(one.kept.values())
            self._old_left = [at for at in self._old_left if at not in one.kept]
            self._new_left = [at for at in self._new_left if at not in taken]
            if not one.kept:
                self._old_left = []
        return self._rounds[number]

    def _span(self, span: Span, first: int, last: int, start: int, end: int) -> Span:
        """Return the span in the new text; an end that lies inside a word lies there again."""
        begun = max(span.start - self.old.starts[first], 0)
        ended = min(span.end - self.old.starts[last - 1], self.old.ends[last - 1] - self.old.starts[last - 1])
        return Span(self.new.starts[start] + begun, self.new.starts[end - 1] + ended)

    def _altered(self, one: _Round, span: Span, first: int, last: int) -> Located:
        place = one.altered(first, last)
        if place is None:
            return Located(Place.LOST)
        found = Span(self.new.starts[place[0]], self.new.ends[place[1] - 1])
        kept = sum(self.old.ends[at] - self.old.starts[at] for at in range(first, last) if at in one.kept)
        whole = sum(self.old.ends[at] - self.old.starts[at] for at in range(first, last))
        now = sum(self.new.ends[at] - self.new.starts[at] for at in range(*place))
        least = next(least for limit, least in _LEAST_ALIKE if len(span) < limit)
        if kept / max(whole, now, 1) < least:
            return Located(Place.LOST)
        if self.old.ids[first:last] == self.new.ids[place[0] : place[1]]:
            return Located(Place.LOST)  # its words are there, and were doubted
        return Located(Place.CHANGED, found)


class Alignment:
    """An old text laid beside the new one."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old, new

    def locate(self, span: Span) -> Located:
        """Find what stood at `span` of the old text: EXACT, MOVED, CHANGED or LOST, as for an anchor."""
        if not span.of(self._old).strip():
            return Located(Place.LOST)
        if self._old == self._new:
            return Located(Place.EXACT, span)
        if self._is_short:
            return self._whole.locate(span)
        for old, new in self._neighbourhoods(span):
            numbers: dict[str, int] = {}
            compared = _Compared(
                Words(self._old, numbers, old.start, old.end), Words(self._new, numbers, new.start, new.end)
            )
            located = compared.locate(span)
            if located.span is not None:
                return located
        return Located(Place.LOST)

    @cached_property
    def _is_short(self) -> bool:
        return len(self._old) <= _LONG_TEXT and len(self._new) <= _LONG_TEXT and self._bits <= _MOST_BITS

    @property
    def _bits(self) -> int:
        return len(self._whole.old.ids) * len(self._whole.new.ids)

    @cached_property
    def _whole(self) -> _Compared:
        numbers: dict[str, int] = {}
        return _Compared(Words(self._old, numbers), Words(self._new, numbers))

    # ------------------------------------------------------------ long texts

    def _neighbourhoods(self, span: Span) -> Iterator[tuple[Span, Span]]:
        """Yield what to compare around a passage of a long text: where it stayed, then where it may be now."""
        for around in (_AROUND, _AROUND // 6):
            old, new = self._beside(span, around)
            if len(old) * len(new) <= _MOST_BITS:
                yield old, new
                break
        near = bisect_right(self._sentences.old_starts, span.start) - 1
        low = max(near - _SENTENCES_AROUND, 0)
        for number in range(low, near + _SENTENCES_AROUND + 1):
            place = self._sentences.moved.get(number)
            if place is not None and len(span) <= _AROUND:
                around = _AROUND // 2
                at = self._sentences.old_starts[number]
                yield (
                    Span(max(min(span.start, at) - around, 0), min(span.end + around, len(self._old))),
                    Span(max(place - around, 0), min(place + len(span) + around, len(self._new))),
                )

    def _beside(self, span: Span, around: int) -> tuple[Span, Span]:
        """Return the stretch around a passage, from a sentence that stayed to another, in both texts."""
        chain, starts = self._sentences.chain, self._sentences.chain_starts
        first = bisect_right(starts, span.start - around) - 1
        last = bisect_left(starts, span.end + around)
        old_start, new_start = chain[first] if first >= 0 else (0, 0)
        old_end, new_end = chain[last] if last < len(chain) else (len(self._old), len(self._new))
        return Span(old_start, old_end), Span(new_start, new_end)

    @cached_property
    def _sentences(self) -> _Sentences:
        return _Sentences(self._old, self._new)


class _Sentences:
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
