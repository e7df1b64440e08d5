"""What a person says of who is one with whom: asked by the directory of names, knows no text.

Corrections are taken in order, and the later word counts: who is said to be one with another leaves whom
he was one with before, and who is said not to be one with another leaves him.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reader.analysis.roles import TITLES
from reader.analysis.words import without_owner
from reader.document import Span
from reader.model import Correction, Label, Remark, Scope

_MARKS = "\"“”„«»‘’'‚‹›「」()[],;:"


def spelling(name: str) -> str:
    """Return what two spellings of a name share: no article, marks, possessive or capitals."""
    plain = " ".join(without_owner(name.casefold().strip().strip(_MARKS)).split())
    return plain.removeprefix("the ")


def key_of(name: str) -> str:
    """Return what the names of one person or body share: the spelling without titles."""
    return untitled(spelling(name))


def untitled(name: str) -> str:
    """Return the name without the titles before it, if anything is left, and with single blanks."""
    words = name.split()
    while len(words) > 1 and words[0].casefold().rstrip(".") in TITLES:
        words.pop(0)
    return " ".join(words)


class Told(NamedTuple):
    """A full name as a person gave it, and its type, if that was given too."""

    name: str
    label: Label | None


@dataclass(slots=True)
class _Place:
    """What is said of the name that stands in one place."""

    told: Told | None = None
    apart: set[str] = field(default_factory=set)


class Identities:
    """Who is one with whom, from corrections whose places are those of the text that is read.

    A form is a name as it stands in the text. Every question is answered in O(log n).
    """

    def __init__(self, corrections: Sequence[Correction] = ()) -> None:
        self._into: dict[str, str] = {}
        self._told: dict[str, Told] = {}
        self._apart: set[frozenset[str]] = set()
        self._here: dict[str, dict[Span, _Place]] = {}
        for one in corrections:
            if one.scope is Scope.HERE:
                self._take_here(one)
            elif one.remark is Remark.ONE_WITH:
                self._join(one)
            elif one.remark is Remark.APART:
                self._part(one)
        self._full = {key: self._told[self._root(key)] for key in (*self._told, *self._into)}
        self._places = {span: place for own in self._here.values() for span, place in own.items()}
        self._spans = sorted(self._places)

    def __bool__(self) -> bool:
        return bool(self._full or self._apart or self._places)

    def told(self, form: str, at: Span | None = None) -> Told | None:
        """Return the full name of whom `form` means, `at` this place if it has one; None if none was told."""
        place = self._place(at)
        if place is not None and place.told is not None:
            return place.told
        return self._full.get(key_of(form)) if self._full else None

    def are_apart(self, form: str, name: str, at: Span | None = None) -> bool:
        """Tell whether `form`, `at` this place, does not mean the one called `name`."""
        place = self._place(at)
        if place is not None and place.apart and key_of(name) in place.apart:
            return True
        return bool(self._apart) and frozenset((key_of(form), key_of(name))) in self._apart

    def is_placed(self, at: Span) -> bool:
        """Tell whether something is said of the very name `at` this place."""
        return self._place(at) is not None

    def _place(self, at: Span | None) -> _Place | None:
        if at is None or not self._spans:
            return None
        after = bisect_right(self._spans, Span(at.start, at.end))
        for span in self._spans[max(0, after - 1) : after + 1]:
            if span.overlaps(at):
                return self._places[span]
        return None

    # ------------------------------------------------------------ taking corrections in

    def _take_here(self, one: Correction) -> None:
        assert one.anchor is not None
        place = self._here.setdefault(key_of(one.text), {}).setdefault(one.anchor.span, _Place())
        other = key_of(one.other)
        if one.remark is Remark.ONE_WITH:
            place.told = Told(" ".join(one.other.split()), one.label)
            place.apart.discard(other)
        elif one.remark is Remark.APART:
            place.apart.add(other)
            if place.told is not None and key_of(place.told.name) == other:
                place.told = None

    def _join(self, one: Correction) -> None:
        key, other = key_of(one.text), key_of(one.other)
        self._here.pop(key, None)
        self._told[other] = Told(" ".join(one.other.split()), one.label)
        self._into.pop(key, None)
        if key == other:
            return
        self._apart.discard(frozenset((key, other)))
        self._free(key, of=other)
        self._into[key] = other

    def _part(self, one: Correction) -> None:
        key, other = key_of(one.text), key_of(one.other)
        self._here.pop(key, None)
        if key == other:
            return
        if self._root(key) == self._root(other):
            self._into.pop(key if key in self._into else other)
        self._apart.add(frozenset((key, other)))

    def _root(self, key: str) -> str:
        while key in self._into:
            key = self._into[key]
        return key

    def _free(self, key: str, *, of: str) -> None:
        """Take away the step by which `of` leads to `key`, so that `key` may lead to it."""
        while of in self._into:
            if self._into[of] == key:
                del self._into[of]
                return
            of = self._into[of]
