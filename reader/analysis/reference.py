"""Whom a pronoun, a role or "the group" means: whoever was met last of those whom it fits.

Knows who was met and where, in reading order; learns no names.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from reader.analysis.lexicon import FEMALE, MALE
from reader.analysis.roles import GENERIC, body_noun, noun_of, telling
from reader.model import Entity, Label

_SEX = {**dict.fromkeys(("he", "him", "his"), MALE), **dict.fromkeys(("she", "her"), FEMALE)}
_GROUP = frozenset({"they", "it", "them"})
# What counts for whom a pronoun means, in sentences of distance. Chosen on the documents marked for it.
_FARTHEST, _FARTHEST_BODY = -6.0, -2.2
_FIRST, _OWNER, _QUOTED, _SPOKE = 0.8, -0.5, -2.0, 1.5
_FITS, _LEANS, _UNFIT = 0.5, 0.2, -5.0
_REMEMBERED = 60


@dataclass(slots=True, eq=False)
class Known:
    """One person, body or place as far as it is known; grows while a document is read.

    `told` tells that a person gave the name, which then stays. `sex` is MALE, FEMALE or 0, as names and
    titles tell; `leaning` is positive where the text says "he" of this person more often than "she".
    """

    name: str
    label: Label
    forms: Counter[str] = field(default_factory=Counter)
    description: str = ""
    sex: int = 0
    last: int = -1
    told: bool = False
    leaning: int = 0
    roles: list[str] = field(default_factory=list)
    headed: int = -1

    def entity(self) -> Entity:
        """Return what is known as a value."""
        aliases = tuple(sorted(form for form in self.forms if form != self.name))
        return Entity(self.name, self.label, aliases, self.description)

    def fits(self, sex: int) -> float:
        """Return how well "he" (MALE) or "she" (FEMALE) fits this one."""
        if self.sex:
            return _FITS if self.sex == sex else _FARTHEST
        if not self.leaning:
            return 0.0
        return _LEANS if (self.leaning > 0) == (sex == MALE) else _UNFIT


@dataclass(frozen=True, slots=True)
class Seen:
    """Someone met while reading.

    Where, whether first in the sentence, whether as the owner of a thing, whether in words quoted.
    """

    at: int
    who: Known
    first: bool = False
    owner: bool = False
    quoted: bool = False


class Memory:
    """Who was met last; every question looks through a bounded number of them."""

    def __init__(self) -> None:
        self._people: deque[Seen] = deque(maxlen=_REMEMBERED)
        self._bodies: deque[Seen] = deque(maxlen=_REMEMBERED)

    def met(self, seen: Seen) -> None:
        """Take in who was met."""
        if seen.who.label is Label.PERSON:
            self._people.append(seen)
        elif seen.who.label is Label.ORG:
            self._bodies.append(seen)

    def pronoun(self, word: str, at: int, *, speaker: str | None, breaks: Sequence[int]) -> Known | None:
        """Return whom a pronoun at `at` means: the near, the foremost of a sentence, who just spoke.

        `breaks` are where the sentences begin, in order; `speaker` is the last one's full name.
        """
        word = word.casefold()
        sex = _SEX.get(word)
        if sex is None and word not in _GROUP:
            return None
        here = bisect_right(breaks, at)
        best, found = (_FARTHEST if sex else _FARTHEST_BODY), None
        for seen in reversed(self._people if sex else self._bodies):
            if seen.at >= at or not (sex or seen.first):
                continue
            score = float(bisect_right(breaks, seen.at) - here)
            score += _FIRST * seen.first + _OWNER * seen.owner + _QUOTED * seen.quoted
            score += _SPOKE * (seen.who.name == speaker) + (seen.who.fits(sex) if sex else 0.0)
            if score > best:
                best, found = score, seen.who
        if found is not None:
            self.met(Seen(at, found, first=True))
            found.leaning += (sex == MALE) - (sex == FEMALE)
        return found

    def role(self, phrase: str, at: int, holders: Collection[Known]) -> Known | None:
        """Return who of the `holders` of a role was met last, before others whose role says less of the same.

        "the foreign minister" is not the prime minister, and "the minister" is whoever was met last.
        """
        asked = telling(phrase)
        noun = noun_of(phrase)
        best, found = 0, None
        for seen in reversed(self._people):
            if seen.at >= at or seen.who not in holders:
                continue
            fit = max(
                (
                    1 + len(asked & own) - 2 * bool(asked - own and own - asked)
                    for own in (telling(role) for role in seen.who.roles if noun_of(role) == noun)
                ),
                default=1,
            )
            if fit > best:
                best, found = fit, seen.who
        return found

    def spoke(self, speaker: str | None, at: int) -> Known | None:
        """Return the person called `speaker`, if met before `at` and known by no role."""
        if speaker is None:
            return None
        near = (seen.who for seen in reversed(self._people) if seen.at < at and seen.who.name == speaker)
        found = next(near, None)
        return found if found is not None and not found.roles else None

    def body(self, phrase: str, at: int, *, speaker: str | None, breaks: Sequence[int]) -> Known | None:
        """Return which body "the court" or "the group" means: one whose name says so, or the foremost.

        A word that fits any body ("group", "agency") means who just spoke or stood first in a near sentence.
        """
        noun = body_noun(phrase)
        if not noun:
            return None
        here = bisect_right(breaks, at)
        best, found = -12.0, None
        for seen in reversed(self._bodies):
            if seen.at >= at:
                continue
            named = _is_headed(seen.who.name, noun)
            away = here - bisect_right(breaks, seen.at)
            if not named and (noun not in GENERIC or away > 3):
                continue
            score = 3.0 * named - away + _FIRST * seen.first + _OWNER * seen.owner + _QUOTED * seen.quoted
            score += _SPOKE * (seen.who.name == speaker)
            if score > best:
                best, found = score, seen.who
        if found is not None:
            self.met(Seen(at, found, first=True))
        return found


def _is_headed(name: str, noun: str) -> bool:
    """Tell whether a body's name says that it is one ("Court of Appeal", "Kessian Police Force")."""
    words = name.casefold().replace("-", " ").split()
    if noun not in words:
        return False
    after = words[words.index(noun) + 1 :]
    return not after or after[0] in ("of", "for", "on", "and", "force", "service", "department")
