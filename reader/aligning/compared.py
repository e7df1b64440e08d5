"""Two stretches of text compared word by word, and a passage looked for in rounds. Never a long text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from reader.aligning.rounds import Round
from reader.aligning.subsequence import common
from reader.aligning.words import Words, occurrences
from reader.document import Span
from reader.model import Located, Place

# Of a passage whose words were altered so much must be left; of a short one, all (cf. `reader.anchoring`).
_LEAST_ALIKE = ((24, 1.0), (60, 0.85), (200, 0.75), (1 << 60, 0.65))
# A passage of so many words is long.
_LONG = 6
# So far around a passage nothing else may take the place of what is kept, but for so little of it.
_WIDE, _NEEDED = 16, 0.5
_MOST_ROUNDS = 4
# Of an altered passage's new wording so much must be old.
_LEAST_FILLED = 0.5
# Out of any order, a passage is so many words more like its place than any other is, or any other place.
_LEAD, _LEAD_SHORT = 4, 6
_MOST_ALIKE, _MOST_CONTESTING = 12, 60
# Words that are there once in either text are the passage if they are so many; fewer, with surroundings.
_UNIQUE, _TELLING = 8, 4
# So many of the words on one side of it make a double.
_SIDE = 10
_MOST_AROUND, _AT_HOME = 0.7, 0.75


class Compared:
    """Two stretches of text compared word by word, in rounds: what was moved comes after what stayed."""

    def __init__(self, old: Words, new: Words) -> None:
        self.old, self.new = old, new
        self._rounds: list[Round] = []
        self._old_left: Sequence[int] = range(len(old.ids))
        self._new_left: Sequence[int] = range(len(new.ids))

    def locate(self, span: Span) -> Located:
        """Find a span of the old text in the new."""
        first, last = self.old.within(span)
        if first >= last:
            return Located(Place.LOST)
        only = self._only(first, last)
        if only is not None:
            return Located(Place.MOVED, self._span(span, first, last, only))
        for number in range(_MOST_ROUNDS):
            one = self._round(number)
            if one is None:
                break
            place = one.place(first, last)
            if place is not None:
                doubted = self._is_contested if number else self._is_better_elsewhere
                if doubted(first, last, place) or not self._is_around(first, last, place, moved=number > 0):
                    return Located(Place.LOST)
                return Located(Place.MOVED, self._span(span, first, last, place))
            if any(at in one.kept for at in range(first, last)):
                alone = self._alone(first, last)
                if alone is not None:
                    return Located(Place.MOVED, self._span(span, first, last, alone))
                if self._has_homeless_double(first, last, moved=number > 0):
                    return Located(Place.LOST)
                return self._altered(one, span, first, last)
        alone = self._alone(first, last)
        return (
            Located(Place.LOST)
            if alone is None
            else Located(Place.MOVED, self._span(span, first, last, alone))
        )

    # ------------------------------------------------------------ held against its doubles

    def _sides(self, first: int, size: int, at: int) -> tuple[int, int]:
        """Return how many words before and after a passage are those before and after a place."""
        old, new = self.old.ids, self.new.ids
        return (
            common(old[max(first - _WIDE, 0) : first], new[max(at - _WIDE - 4, 0) : at]),
            common(old[first + size : first + size + _WIDE], new[at + size : at + size + _WIDE + 4]),
        )

    def _occurring(self, first: int, last: int) -> tuple[list[int], list[int]]:
        words = self.old.ids[first:last]
        here = [at for at in occurrences(words, self.old.ids) if at != first]
        return here, occurrences(words, self.new.ids)

    def _is_around(self, first: int, last: int, at: int, *, moved: bool = True) -> bool:
        """Tell whether what surrounds the passage surrounds the place: of a short one that moved, most."""
        wide = min(first, _WIDE) + min(len(self.old.ids) - last, _WIDE)
        around = sum(self._sides(first, last - first, at))
        if last - first >= _LONG:
            return around >= wide // 3
        return around >= (_MOST_AROUND * wide if moved else wide // 3 + 4)

    def _only(self, first: int, last: int) -> int | None:
        """Return the place of words that both texts have just once, where they are enough to tell."""
        size = last - first
        if size < _TELLING:
            return None
        here, there = self._occurring(first, last)
        if here or len(there) != 1 or self._round(0) is None or self._is_another_s(there[0], size, first):
            return None
        around = sum(self._sides(first, size, there[0]))
        wide = min(first, _WIDE) + min(len(self.old.ids) - last, _WIDE)
        return there[0] if size >= _UNIQUE or around >= wide // 3 else None

    def _alone(self, first: int, last: int) -> int | None:
        """Return the one place of these words that is most alike by far, as this is the passage for it."""
        size = last - first
        here, there = self._occurring(first, last)
        if not there or len(here) > _MOST_ALIKE or len(there) > _MOST_ALIKE:
            return None
        alike = {at: sum(self._sides(first, size, at)) for at in there}
        best = max(there, key=lambda at: alike[at])
        if self._is_another_s(best, size, first):
            return None
        rivals = [alike[at] for at in there if at != best]
        rivals += [sum(self._sides(at, size, best)) for at in here]
        lead = _LEAD if size >= _LONG else _LEAD_SHORT
        if not self._is_around(first, last, best) or alike[best] - max(rivals, default=0) < lead:
            return None
        return None if self._is_contested(first, last, best, alone=True) else best

    def _is_another_s(self, at: int, size: int, first: int) -> bool:
        """Tell whether the words at a place have stayed there, and are others than the passage's."""
        owners = (self._owners.get(place) for place in range(at, at + size))
        return 2 * sum(owner is not None and not first <= owner < first + size for owner in owners) >= size

    def _is_contested(self, first: int, last: int, place: int, *, alone: bool = False) -> bool:
        """Tell whether the passage may be another's double: one side of it as well stands elsewhere.

        A double with a much better place contests nothing, unless the passage is judged `alone`.
        """
        size = last - first
        here, there = self._occurring(first, last)
        if len(here) + len(there) > _MOST_CONTESTING:
            return True
        alike = {(i, j): self._sides(i, size, j) for i in (first, *here) for j in there}
        rivals = [(alike[other, place], [(other, at) for at in there if at != place]) for other in here]
        rivals += [(alike[first, at], [(other, at) for other in here]) for at in there if at != place]
        return any(
            max(sides) >= _SIDE
            and (alone or not any(sum(alike[pair]) >= sum(sides) + _LEAD for pair in better))
            for sides, better in rivals
        )

    def _is_better_elsewhere(self, first: int, last: int, place: int) -> bool:
        """Tell whether another place is as much like the passage, and no other passage's own."""
        size = last - first
        _, there = self._occurring(first, last)
        if len(there) > _MOST_CONTESTING:
            return False
        ours = sum(self._sides(first, size, place))
        for at in there:
            theirs, owner = sum(self._sides(first, size, at)), self._owners.get(at)
            owned = owner is not None and sum(self._sides(owner, size, at)) >= theirs
            if at != place and theirs >= ours and not owned:
                return True
        return False

    @cached_property
    def _owners(self) -> dict[int, int]:
        """The words of the new text by their number, and which of the old one each is."""
        return {j: i for i, j in self._rounds[0].kept.items()}

    def _has_homeless_double(self, first: int, last: int, *, moved: bool) -> bool:
        """Tell whether a passage much like this one has no place of its own: it may have this one's.

        Of one that was moved, no double is known to be at home.
        """
        ids, kept = self.old.ids, self._rounds[0].kept
        size = last - first
        doubles = Counter(
            at - step
            for step in range(size - 2)
            for at in self._threes.get(tuple(ids[first + step : first + step + 3]), ())
            if not first - size < at - step < last
        )
        return any(
            (count + doubles[start + 1] + doubles[start - 1]) * 3 >= size - 2
            and (moved or sum(at in kept for at in range(max(start, 0), start + size)) < _AT_HOME * size)
            for start, count in list(doubles.items())
        )

    @cached_property
    def _threes(self) -> dict[tuple[int, ...], list[int]]:
        """Where any three words in a row begin, unless that is in very many places."""
        found: dict[tuple[int, ...], list[int]] = {}
        ids = self.old.ids
        for at in range(len(ids) - 2):
            found.setdefault(tuple(ids[at : at + 3]), []).append(at)
        return {three: places for three, places in found.items() if len(places) <= _MOST_CONTESTING}

    # ------------------------------------------------------------ in order

    def _round(self, number: int) -> Round | None:
        while len(self._rounds) <= number:
            if not self._old_left or not self._new_left:
                return None
            one = Round(self.old, self.new, self._old_left, self._new_left)
            self._rounds.append(one)
            taken = set(one.kept.values())
            self._old_left = [at for at in self._old_left if at not in one.kept]
            self._new_left = [at for at in self._new_left if at not in taken]
            if not one.kept:
                self._old_left = []
        return self._rounds[number]

    def _span(self, span: Span, first: int, last: int, start: int) -> Span:
        """Return the span in the new text; an end that lies inside a word lies there again."""
        begun = max(span.start - self.old.starts[first], 0)
        ended = min(span.end - self.old.starts[last - 1], self.old.ends[last - 1] - self.old.starts[last - 1])
        return Span(self.new.starts[start] + begun, self.new.starts[start + last - first - 1] + ended)

    def _altered(self, one: Round, span: Span, first: int, last: int) -> Located:
        place = one.altered(first, last)
        if place is None:
            return Located(Place.LOST)
        found = Span(self.new.starts[place[0]], self.new.ends[place[1] - 1])
        kept = sum(self.old.ends[at] - self.old.starts[at] for at in range(first, last) if at in one.kept)
        whole = sum(self.old.ends[at] - self.old.starts[at] for at in range(first, last))
        now = sum(self.new.ends[at] - self.new.starts[at] for at in range(*place))
        least = next(least for limit, least in _LEAST_ALIKE if len(span) < limit)
        if kept < least * whole or kept < _LEAST_FILLED * now:
            return Located(Place.LOST)
        if occurrences(self.old.ids[first:last], self.new.ids):
            return Located(Place.LOST)  # its very words are there, and were doubted
        return Located(Place.CHANGED, found)
