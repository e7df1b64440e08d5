"""One name, one type: what the whole document says of a name corrects a single slip of the network.

The network's word, the linear model of `kinds` and the other mentions of the same name vote together.
The surname of a person is a person, also where the network missed it. Nothing is decided by a list alone.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from reader.analysis.entities import is_vessel, label_of, refined
from reader.analysis.kinds import LEAST, Kinds, Surroundings, features
from reader.analysis.lexicon import CITY, COUNTRY, LANGUAGE, PEOPLE, REGION, TOWN, Lexicon
from reader.analysis.names import Name
from reader.analysis.persons import person_parts
from reader.document import Span
from reader.model import Label

# Measured on worldwide_dev (tools/train/RESULTS.md): what the network's word weighs against the linear
# model's logarithms, what the mean of the name's other mentions weighs, and what a known surname weighs.
_NETWORK, _OTHERS, _SURNAME = 1.5, 0.5, 1.5
_CHANCE = 0.5
_NEVER = -1e6  # for a kind that the linear model does not know
# The network takes the names of clubs, firms and varieties too often for places and people.
_LEAN = {"GPE": -1.5, "PERSON": -0.7, "MISC": 0.5}
# What the rules split further is one kind to the models; amounts and dates are left as they are.
_KIND = {
    Label.LOC: "GPE",
    Label.EVENT: "MISC",
    Label.LAW: "MISC",
    Label.LANGUAGE: "MISC",
    Label.WORK_OF_ART: "MISC",
}
_VOTING = ("PERSON", "ORG", "GPE", "NORP", "FAC", "PRODUCT", "MISC")
_KNOWN = COUNTRY | CITY | REGION | TOWN | PEOPLE | LANGUAGE
_WORD = re.compile(r"[^\W\d_][\w’'-]*[^\W_]")
_JOINED = re.compile(r"[^-–]+")
# Written with a hyphen, and one people.
_ONE_PEOPLE = frozenset({"African-American", "Asian-American", "Anglo-Saxon"})
_OWN = re.compile(r"['’]s$")
_PLAIN = re.compile(r"(?<![\w’'-])[^\W\d_A-Z][^\W\d_A-Z]{2,}(?![\w’'-])")
# Where any word has a capital: at the head of a paragraph, after a stop, first in a quotation.
_HEAD = re.compile(r"(?:^|[.!?:…][\"”’'»)\]]*\s+|[\n“«„—]\s*|(?:^|\s)[\"‘'(\[•*–-]\s*)$")

# What speaks for each of the kinds that vote, in their order; empty for a name that has no vote. Arrays,
# since of a long document there is one for each of its names at once.
Votes: TypeAlias = "array[float]"
_NONE: Votes = array("d")


@dataclass(frozen=True)
class Knowledge:
    """What comes with a model besides the network: the list of names and the weights of the kinds."""

    lexicon: Lexicon = field(default_factory=Lexicon)
    kinds: Kinds = field(default_factory=Kinds)


class Agreement:
    """The votes of one document; learns paragraphs, then settles the types of their names."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._around = Surroundings()
        self._surnames: Counter[str] = Counter()
        self._vessels: set[str] = set()
        self._plain: set[str] = set()  # words that the document writes without a capital
        self._capital: set[str] = set()  # words with a capital where not any word has one, and parts of names
        self._sums: dict[str, Votes] = {}
        self._counts: Counter[str] = Counter()

    def look(self, text: str, *, start: int, end: int) -> None:
        """See what stands beside what in a paragraph; all are looked at before the first is voted on."""
        if self._knowledge.kinds:
            self._around.learn(text, start=start, end=end)
            self._plain.update(match.group() for match in _PLAIN.finditer(text, start, end))

    def vote(self, text: str, names: Sequence[Name], *, start: int, end: int) -> list[Votes]:
        """Count the votes on the names of the paragraph ``text[start:end]``; return each name's own."""
        votes = [self._votes(text, name, start, end) for name in names]
        for name, own in zip(names, votes, strict=True):
            if not _HEAD.search(text[max(start, name.span.start - 4) : name.span.start]):
                self._capital.add(name.text)
            if own and is_vessel(text, name.span) and not self._knowledge.lexicon.of(name.text) & COUNTRY:
                self._vessels.add(name.text)
            if name.label is Label.PERSON and name.text not in self._vessels:
                parts = person_parts(name.text)
                if len(parts) > 1:
                    self._surnames[parts[-1]] += 1
                    self._capital.update(parts)
            if own:
                self._counts[name.text] += 1
                sums = self._sums.setdefault(name.text, array("d", bytes(8 * len(_VOTING))))
                for number, vote in enumerate(own):
                    sums[number] += vote
        return votes

    def _votes(self, text: str, name: Name, start: int, end: int) -> Votes:
        kind = _KIND.get(name.label, name.label.value)
        if kind not in _VOTING or not self._knowledge.kinds:
            return _NONE
        found = features(
            text, name.span, start=start, end=end, lexicon=self._knowledge.lexicon, around=self._around
        )
        logs = self._knowledge.kinds.logs(found)
        if name.chances is None:
            word = {one: _NETWORK if one == kind else 0.0 for one in logs}
        else:
            word = {one: _CHANCE * max(LEAST, name.chances.get(one, LEAST)) for one in logs}
        return array("d", (logs[one] + word[one] if one in logs else _NEVER for one in _VOTING))

    def settle(
        self, text: str, names: Sequence[Name], votes: Sequence[Votes], *, start: int, end: int
    ) -> tuple[Name, ...]:
        """Return the names of the paragraph with the types that the document gives them, and those missed."""
        lexicon = self._knowledge.lexicon
        settled = [
            self._settled(name, own)
            for name, own in zip(names, votes, strict=True)
            if not (own and self._is_plain(name.text))
        ]
        settled = [_labelled(name, refined(text, name.span, name.label, lexicon=lexicon)) for name in settled]
        settled = [part for name in settled for part in self._parted(name)]
        return tuple(sorted(settled + self._missed(text, settled, start, end), key=lambda name: name.span))

    def _settled(self, name: Name, own: Votes) -> Name:
        before = _KIND.get(name.label, name.label.value)
        surname = self._is_surname(_OWN.sub("", name.text))
        if not own:
            person = surname and before in _VOTING
            return _labelled(name, Label.PERSON) if person else name
        if name.text in self._vessels:
            return _labelled(name, Label.PRODUCT)
        sums, others = self._sums[name.text], max(1, self._counts[name.text] - 1)
        totals = {
            kind: vote + _OTHERS * (whole - vote) / others + _LEAN.get(kind, 0.0)
            for kind, vote, whole in zip(_VOTING, own, sums, strict=True)
        }
        if surname:
            totals["PERSON"] += _SURNAME
        kind = max(totals, key=lambda one: totals[one])
        label = name.label if kind == before else label_of(kind, name.text)
        return _labelled(name, label or name.label)

    def _parted(self, name: Name) -> list[Name]:
        """Return one by one the peoples and countries that a hyphen joins ("U.S.-Israeli")."""
        parts = list(_JOINED.finditer(name.text)) if name.label is Label.NORP else []
        labels = [self._people_or_country(part.group()) for part in parts]
        if len(parts) < 2 or len(name.text) != len(name.span) or not all(labels) or name.text in _ONE_PEOPLE:
            return [name]
        return [
            replace(
                name,
                span=Span(name.span.start + part.start(), name.span.start + part.end()),
                label=label,
                text=part.group(),
            )
            for part, label in zip(parts, labels, strict=True)
            if label is not None
        ]

    def _people_or_country(self, word: str) -> Label | None:
        known = self._knowledge.lexicon.of(word)
        return Label.NORP if known & PEOPLE else Label.GPE if known & COUNTRY else None

    def _is_plain(self, word: str) -> bool:
        """Tell whether a word has its capital from where it stands alone: elsewhere the document has none."""
        return (
            word.istitle()
            and word.lower() in self._plain
            and word not in self._capital
            and not self._knowledge.lexicon.of(word) & _KNOWN
        )

    def _is_surname(self, word: str) -> bool:
        return bool(self._surnames[word]) and not self._knowledge.lexicon.of(word) & _KNOWN

    def _missed(self, text: str, names: Sequence[Name], start: int, end: int) -> list[Name]:
        """Return the surnames of known people that were not marked here."""
        found = []
        at = 0
        for match in _WORD.finditer(text, start, end):
            word = _OWN.sub("", match.group())
            if not word[0].isupper() or len(word) < 3 or not self._is_surname(word):
                continue
            span = Span(match.start(), match.start() + len(word))
            while at < len(names) and names[at].span.end <= span.start:
                at += 1
            if at == len(names) or not names[at].span.overlaps(span):
                found.append(Name(span, Label.PERSON, word))
        return found


def _labelled(name: Name, label: Label) -> Name:
    """Return the name with a label: the same value where it has that one, since there may be very many."""
    return name if name.label is label else replace(name, label=label)
