"""Who is who in one document: full names, surnames, acronyms, roles and pronouns. Never reads a model.

A `Directory` first learns every name of a stretch of text, then is asked in reading order, because a
surname or a pronoun means whoever was spoken of last.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reader.analysis import bodies
from reader.analysis.identity import Identities, Told, key_of
from reader.analysis.lexicon import CITY, COUNTRY, FEMALE, MALE, PEOPLE, REGION, TOWN, Lexicon
from reader.analysis.persons import compatible, folded, is_doubtful, person_parts, sound
from reader.analysis.reference import Known, Memory, Seen
from reader.analysis.roles import KIN, is_kin, noun_of, nouns_like, role_beside, sex_of, titles_before
from reader.document import Span
from reader.model import Entity, Label

# The first word after a name that tells the sex of whoever is named; not within words quoted.
_TELLING = re.compile(
    r"\b(?:(?P<he>he|his|him|himself)|(?P<she>she|her|hers|herself))\b|[\"“”«»]", re.IGNORECASE
)
_REACH = 160
_ROLES = 4
_NO_PRESIDENTS = {"nominee", "candidate", "lady"}
_PLACES = COUNTRY | CITY | REGION | TOWN | PEOPLE
# A first name or surname that many people share is looked for among this many, the last to be met.
_SHARED = 40
_NAMED = frozenset(
    {Label.PERSON, Label.ORG, Label.GPE, Label.LOC, Label.FAC, Label.NORP, Label.PRODUCT, Label.EVENT}
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the model marked it."""

    span: Span
    label: Label
    text: str
    # The logarithm of the chance of each type, from a network that tells it.
    chances: Mapping[str, float] | None = field(default=None, compare=False)


class _Alone(NamedTuple):
    """What stands beside a lone name: the sex that its title tells, and its role."""

    sex: int
    role: str


class _Part(NamedTuple):
    """The one body that a short form can mean (None: several can), and where it was first named."""

    who: Known | None
    start: int


class Directory:
    """The names of one document. Learning and asking are linear in the count of names.

    What a person says of who is one with whom (`identities`) counts before what is found here.
    """

    def __init__(self, *, lexicon: Lexicon | None = None, identities: Identities | None = None) -> None:
        self._lexicon = lexicon or Lexicon()
        self._identities = identities or Identities()
        self._told: dict[tuple[Label, str], Known] = {}
        self._known: dict[tuple[str, str], Known] = {}
        self._order: list[Known] = []
        self._people: dict[str, deque[Known]] = defaultdict(lambda: deque(maxlen=_SHARED))
        self._roles: dict[str, deque[Known]] = defaultdict(lambda: deque(maxlen=_SHARED))
        self._short: dict[str, Known] = {}
        self._initials: dict[str, Known] = {}
        self._parts: dict[str, _Part] = {}
        self._sounds: dict[str, Known | None] = {}
        self._alone: dict[int, _Alone] = {}
        self._leanings: Counter[str] = Counter()
        self._memory = Memory()

    # ------------------------------------------------------------ learning

    def learn(self, text: str, names: Sequence[Name], *, start: int, end: int) -> None:
        """Take in the names of the paragraph ``text[start:end]``."""
        before: Name | None = None
        for name, reach in zip(names, _reaches(names, end), strict=True):
            told = self._identities.told(name.text)
            if told is not None:
                self._as_told(told, name.label)
            if name.label is Label.PERSON:
                self._learn_one(text, name, start, end, reach)
            elif name.label in _NAMED:
                self._learn_other(text, name)
                if before is not None:
                    self._learn_spelled_out(text, before, name)
            before = name

    def _learn_one(self, text: str, name: Name, start: int, end: int, reach: int) -> None:
        parts = person_parts(name.text)
        if not parts:
            return
        leaning = _leaning(text, name.span.end, reach)
        role = role_beside(text, name.span, start=start, end=end)
        sex = sex_of(titles_before(text, name.span, start=start)) or sex_of(role)
        if len(parts) == 1:
            self._leanings[folded(parts[0])] += leaning
            if sex or role:
                self._alone[name.span.start] = _Alone(sex, role)
            return
        known = self._learn_person(parts, name.span)
        known.sex = sex or known.sex
        known.leaning += leaning
        self._take_role(known, role)

    def _learn_person(self, parts: list[str], at: Span) -> Known:
        known = self._same_person(parts, at)
        full = " ".join(parts)
        if known is None:
            known = self._new_person(parts)
        elif not known.told and (
            len(parts) > len(known.name.split()) or (len(full) > len(known.name) and "." in known.name)
        ):
            known.name = full
            self._list(known, parts)
        return known

    def _new_person(self, parts: Sequence[str]) -> Known:
        known = self._new(" ".join(parts), Label.PERSON)
        bits = self._lexicon.of(parts[0]) & (MALE | FEMALE)
        if len(parts) == 1:
            # A surname can look like a first name: no more than a hint.
            known.leaning = (bits == MALE) - (bits == FEMALE)
        elif bits in (MALE, FEMALE):
            known.sex = bits
        self._list(known, parts)
        return known

    def _list(self, known: Known, parts: Sequence[str]) -> None:
        """Let a person be found by each part of the name."""
        for part in dict.fromkeys(folded(part) for part in parts):
            if known not in self._people[part]:
                self._people[part].append(known)
            heard = sound(part)
            if len(heard) > 3:
                self._sounds[heard] = known if self._sounds.get(heard, known) is known else None

    def _take_role(self, known: Known, role: str) -> None:
        noun = noun_of(role) if role else None
        if noun is None:
            return
        if not known.description and not is_kin(role):
            known.description = role
        if len(known.roles) < _ROLES and role not in known.roles:
            known.roles.append(role)
        if known not in self._roles[noun]:
            self._roles[noun].append(known)

    def _same_person(self, parts: Sequence[str], at: Span | None = None) -> Known | None:
        form = " ".join(parts)
        for part in dict.fromkeys((folded(parts[-1]), folded(parts[0]))):
            for known in reversed(self._people.get(part, ())):
                if compatible(known.name.split(), parts) and not self._identities.are_apart(
                    form, known.name, at
                ):
                    return known
        return None

    def _learn_other(self, text: str, name: Name) -> None:
        key = (name.label.value, bodies.key(name.text))
        if key not in self._known:
            self._known[key] = known = self._new(bodies.bare(name.text), name.label)
            if name.label in (Label.ORG, Label.EVENT, Label.FAC) and len(name.text.split()) > 1:
                self._initials.setdefault(bodies.initials(name.text), known)
            for short in _short_forms(name):
                part = self._parts.get(short)
                since = name.span.start if name.label is Label.ORG else -1
                self._parts[short] = _Part(None if part else known, part.start if part else since)
        elif bodies.is_letters(self._known[key].name) and not self._known[key].told:
            self._known[key].name = bodies.bare(name.text)
        short = bodies.acronym_behind(text, name.span.end, name.text)
        if short:
            self._short.setdefault(short, self._known[key])

    def _learn_spelled_out(self, text: str, short: Name, long: Name) -> None:
        """Take in letters that stand before the full name in brackets ("NWC (Northern Water Council)")."""
        between = text[short.span.end : long.span.start]
        in_brackets = between.strip() == "(" and text[long.span.end : long.span.end + 1] == ")"
        if in_brackets and short.text.isupper() and bodies.abbreviates(short.text, long.text):
            self._short.setdefault(short.text, self._known[long.label.value, bodies.key(long.text)])

    # ------------------------------------------------------------ asking, in reading order

    def ask(
        self, name: Name, *, first: bool = False, owner: bool = False, quoted: bool = False
    ) -> tuple[Label, str]:
        """Return the type and the full name of what `name` means here, and remember that it was met.

        `first` of its sentence, as the `owner` of what follows, within words that are `quoted`.
        """
        if name.label is Label.PERSON:
            form = " ".join(person_parts(name.text)) or name.text
            known = self._person(name)
        elif name.label in _NAMED:
            form = bodies.bare(name.text)
            known = self._other(name, form)
        else:
            form, known = name.text, None
        known = self._meant(known, name)
        if known is None:
            return name.label, form
        known.forms[form] += 1
        # What is said of one place decides nothing about the next one.
        if not self._identities.is_placed(name.span):
            known.last = name.span.start
            if first and not owner and not quoted:
                known.headed = name.span.start
        self._memory.met(Seen(name.span.start, known, first, owner, quoted))
        return known.label, known.name

    def _other(self, name: Name, bare: str) -> Known | None:
        initials = self._initials.get(bare) if bare.isupper() and len(bare) > 1 else None
        exact = self._known.get((name.label.value, bodies.key(name.text)))
        found = (self._short.get(bare) or initials, self._longer(name, bare), exact)
        meant = [known for known in found if known is not None]
        for known in meant:
            if not self._identities.are_apart(bare, known.name, name.span):
                return known
        return self._another(bare, name.label, meant[0]) if meant else None

    def _longer(self, name: Name, bare: str) -> Known | None:
        """Return the one body that was named in full before and goes by this short form."""
        key = bodies.key(name.text)
        part = self._parts.get(key)
        if part is None or part.who is None or part.start >= name.span.start:
            return None
        if part.who.label is not name.label or folded(bare) in self._people:
            return None
        return None if name.label is Label.ORG and self._lexicon.of(bare) & _PLACES else part.who

    def _person(self, name: Name) -> Known | None:
        parts = person_parts(name.text)
        if not parts:
            return None
        if len(parts) > 1:
            known = self._same_person(parts, name.span)
        else:
            known = self._by_one_name(parts[0], name.span)
        if known is None and self._identities.is_placed(name.span):
            full = " ".join(parts)
            return self._another(full, Label.PERSON, self._same_person(parts))
        if known is None:
            known = self._new_person(parts)
        alone = self._alone.get(name.span.start)
        if alone is not None:
            known.sex = known.sex or alone.sex
            self._take_role(known, alone.role)
        self._lean(known)
        return known

    def _lean(self, known: Known) -> None:
        """Let what stands behind the lone surname tell the sex of the one who has it."""
        surname = folded(known.name.split()[-1])
        if self._leanings[surname] and len(self._people[surname]) == 1:
            known.leaning += self._leanings.pop(surname)

    # ------------------------------------------------------------ what a person says of who is meant

    def _meant(self, known: Known | None, name: Name) -> Known | None:
        """Return whom `name` means as a person told it, by its form or by all of `known`; else `known`."""
        told = self._identities.told(name.text, name.span)
        if told is not None:
            return self._as_told(told, name.label, everywhere=told == self._identities.told(name.text))
        return self._whole(known) if known is not None else None

    def _whole(self, known: Known) -> Known:
        """Return the one that a person made `known` one with; what was known of him goes along."""
        told = self._identities.told(known.name)
        if told is None or known.told:
            return known
        target = self._as_told(told, known.label)
        target.sex, target.leaning = target.sex or known.sex, target.leaning or known.leaning
        target.description = target.description or known.description
        return target

    def _as_told(self, told: Told, label: Label, *, everywhere: bool = True) -> Known:
        """Return the one who is told of: one that the text names, or else a new one.

        What is told of one place alone gives nobody another name, and no other form its meaning.
        """
        label = told.label or label
        key = (label, key_of(told.name))
        if key in self._told:
            return self._told[key]
        parts = person_parts(told.name) if label is Label.PERSON else []
        known = (
            self._same_person(parts)
            if len(parts) > 1
            else self._known.get((label.value, bodies.key(told.name)))
        )
        if known is None or known.told:
            known = self._new(told.name, label)
            if everywhere:
                self._known.setdefault((label.value, bodies.key(told.name)), known)
                self._list(known, parts)
        if everywhere:
            known.name, known.told = told.name, True
        self._told[key] = known
        return known

    def _another(self, form: str, label: Label, other: Known | None) -> Known:
        """Return one of the name `form` who is not `other`, and whom nothing else in the text means."""
        name = f"{form} (2)" if other is not None and key_of(other.name) == key_of(form) else form
        key = (label, key_of(name))
        if key not in self._told:
            self._told[key] = self._new(name, label)
        return self._told[key]

    def _new(self, name: str, label: Label) -> Known:
        known = Known(name, label)
        self._order.append(known)
        return known

    def _by_one_name(self, part: str, at: Span) -> Known | None:
        """Return who is meant by a lone name: by surname before first name, then who headed a sentence last.

        A title decides ("Mrs Okello" is no man, "Mayor Okello" is the mayor). A name that is not known is
        looked for by its sound.
        """
        plain = folded(part)
        alone = self._alone.get(at.start) or _Alone(0, "")
        noun = noun_of(alone.role) if alone.role else None
        best: tuple[bool, bool, bool, int, int, int] | None = None
        found = None
        for number, known in enumerate(self._people.get(plain, ()) or self._alike(plain)):
            if self._identities.are_apart(part, known.name, at):
                continue
            if (alone.sex and known.sex and alone.sex != known.sex) or _is_another(alone.role, known):
                continue
            in_office = noun is not None and known in self._roles[noun]
            surname = folded(known.name.split()[-1]) == plain
            rank = (surname, in_office, not is_doubtful(known.name), known.headed, known.last, -number)
            if best is None or rank > best:
                best, found = rank, known
        return found

    def _alike(self, plain: str) -> Sequence[Known]:
        heard = self._sounds.get(sound(plain))
        return (heard,) if heard is not None else ()

    def role(self, phrase: str, at: int, *, speaker: str | None = None) -> Known | None:
        """Return who was last met of those with the role that `phrase` names ("the secretary-general").

        `speaker`, who spoke just before, is meant where nobody has the role and he has no other one.
        """
        noun = noun_of(phrase)
        nouns = nouns_like(noun) if noun else ()
        holders = {self._whole(known) for each in nouns for known in self._roles.get(each, ())}
        found = self._memory.role(phrase, at, holders) if holders else None
        if found is None and noun is not None and noun not in KIN and not holders:
            found = self._memory.spoke(speaker, at)
        return found

    def pronoun(self, word: str, at: int, *, speaker: str | None, breaks: Sequence[int]) -> Known | None:
        """Return whom "he", "she" or "they" at `at` means; see `Memory.pronoun`.

        One of those who are not named has the name "".
        """
        return self._memory.pronoun(word, at, speaker=speaker, breaks=breaks)

    def unnamed(self, phrase: str, at: int) -> None:
        """Take in someone who says something and is not named: "she" may mean "a woman" who spoke before."""
        known = Known("", Label.PERSON, description=phrase, sex=sex_of(phrase))
        self._memory.met(Seen(at, known, first=True))

    def spoke(self, name: str, at: int) -> None:
        """Take in who speaks at `at` because a person says so: "she" after it may mean her."""
        named = (self._known.get((label.value, bodies.key(name))) for label in (Label.ORG, Label.GPE))
        known = next(filter(None, named), None)
        if known is None:
            known = self._as_told(Told(name, None), Label.PERSON, everywhere=False)
            bits = self._lexicon.of(name.split()[0]) & (MALE | FEMALE)
            known.sex = known.sex or (bits if bits in (MALE, FEMALE) else 0)
        self._memory.met(Seen(at, known, first=True))

    def body(self, phrase: str, at: int, *, speaker: str | None, breaks: Sequence[int]) -> Known | None:
        """Return which body "the court" or "the group" at `at` means; see `Memory.body`."""
        return self._memory.body(phrase, at, speaker=speaker, breaks=breaks)

    def called(self, words: str) -> Known | None:
        """Return the one person whom a label like "OKELLO" names; None when several have the name."""
        parts = person_parts(words)
        if not parts or not all(part[0].isupper() for part in parts):
            return None
        if len(parts) > 1:
            known = self._same_person(parts)
        else:
            people = {self._whole(each) for each in self._people.get(folded(parts[0]), ())}
            known = people.pop() if len(people) == 1 else None
        return self._whole(known) if known is not None else None

    def entities(self) -> tuple[Entity, ...]:
        """Return every entity that was met, in the order in which they were learned."""
        return tuple(known.entity() for known in self._order if known.forms)


def _is_another(title: str, known: Known) -> bool:
    """Tell whether a title before a lone surname means a namesake of `known`.

    "President Okello" is not Ada Okello who only stands for president, or is the president's wife.
    """
    nouns = {noun_of(role) for role in known.roles}
    return noun_of(title) == "president" and "president" not in nouns and bool(nouns & _NO_PRESIDENTS)


def _leaning(text: str, start: int, end: int) -> int:
    """Return 1 where "he" follows first in a stretch of text, -1 where "she" does, else 0."""
    match = _TELLING.search(text, start, max(start, end))
    return 0 if match is None else bool(match["he"]) - bool(match["she"])


def _reaches(names: Sequence[Name], end: int) -> list[int]:
    """Return for each name where what is said of it ends: at the next person, or after some words."""
    found = []
    for name in reversed(names):
        found.append(min(end, name.span.end + _REACH))
        end = name.span.start if name.label is Label.PERSON else end
    return found[::-1]


def _short_forms(name: Name) -> Iterator[str]:
    if name.label is Label.ORG:
        yield from bodies.short_forms(name.text)
    elif name.label in (Label.GPE, Label.LOC) and (realm := bodies.realm(name.text)):
        yield realm
