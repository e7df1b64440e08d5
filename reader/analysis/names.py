"""Who is who in one document: full names, surnames, acronyms, roles and pronouns. Never reads a model.

A `Directory` first learns every name of a stretch of text, then is asked in reading order, because a
surname or a pronoun means whoever was spoken of last.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from reader.analysis.identity import Identities, Told, key_of
from reader.analysis.lexicon import FEMALE, MALE, Lexicon
from reader.analysis.roles import TITLES, noun_of, role_beside
from reader.model import Entity, Label, Span

_OWN = re.compile(r"['’]s?$")
_ACRONYM = re.compile(r"\s?\(\s?(?:the )?[\"“'‘]?([A-Z][A-Za-z&\-.]{1,9})[\"”'’]?\s?\)")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_SAME_PLACE = {
    **dict.fromkeys(
        ("us", "u.s.", "u.s", "usa", "u.s.a.", "america", "united states of america"), "united states"
    ),
    **dict.fromkeys(("uk", "u.k.", "u.k", "britain", "great britain"), "united kingdom"),
    **dict.fromkeys(("uae",), "united arab emirates"),
    **dict.fromkeys(("drc", "dr congo", "democratic republic of congo"), "democratic republic of the congo"),
}
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


@dataclass(slots=True, eq=False)
class Known:
    """One person, body or place as far as it is known; grows while a document is read.

    `told` tells that a person gave the name, which then stays.
    """

    name: str
    label: Label
    forms: Counter[str] = field(default_factory=Counter)
    description: str = ""
    sex: int = 0
    last: int = -1
    told: bool = False

    def entity(self) -> Entity:
        """Return what is known as a value."""
        aliases = tuple(sorted(form for form in self.forms if form != self.name))
        return Entity(self.name, self.label, aliases, self.description)


@dataclass(frozen=True, slots=True)
class Seen:
    """A person met while reading: where, whether first in its sentence, whether as the owner of a thing."""

    at: int
    who: Known
    first: bool
    owner: bool


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
        self._seen: deque[Seen] = deque(maxlen=60)
        self._alone: dict[str, list[str]] = {}

    # ------------------------------------------------------------ learning

    def learn(self, text: str, names: Sequence[Name], *, start: int, end: int) -> None:
        """Take in the names of the paragraph ``text[start:end]``."""
        for name in names:
            told = self._identities.told(name.text)
            if told is not None:
                self._as_told(told, name.label)
            if name.label is Label.PERSON:
                parts = person_parts(name.text)
                if len(parts) > 1:
                    self._learn_person(text, name, parts, start, end)
                elif parts:
                    self._learn_title(text, name, parts[0], start)
            elif name.label in _NAMED:
                self._learn_other(text, name)

    def _learn_person(self, text: str, name: Name, parts: list[str], start: int, end: int) -> None:
        known = self._same_person(parts, name.span)
        full = " ".join(parts)
        if known is None:
            known = Known(full, Label.PERSON)
            self._order.append(known)
            for part in {part.casefold() for part in parts}:
                self._people[part].append(known)
        elif not known.told and (
            len(parts) > len(known.name.split()) or (len(full) > len(known.name) and "." in known.name)
        ):
            known.name = full
            for part in {part.casefold() for part in parts}:
                if known not in self._people[part]:
                    self._people[part].append(known)
        known.sex = known.sex or self._sex(text, name, parts, start)
        self._learn_role(text, name, known, start, end)

    def _learn_role(self, text: str, name: Name, known: Known, start: int, end: int) -> None:
        role = role_beside(text, name.span, start=start, end=end)
        noun = noun_of(role) if role else None
        if noun is None:
            return
        if not known.description:
            known.description = role
        if known not in self._roles[noun]:
            self._roles[noun].append(known)

    def _learn_title(self, text: str, name: Name, part: str, start: int) -> None:
        """A lone surname: remember that it was met, it may get its full name later."""
        self._alone.setdefault(part.casefold(), []).append(part)

    def _same_person(self, parts: Sequence[str], at: Span | None = None) -> Known | None:
        form = " ".join(parts)
        for known in reversed(self._people.get(parts[-1].casefold(), ())):
            if _compatible(known.name.split(), parts) and not self._identities.are_apart(
                form, known.name, at
            ):
                return known
        return None

    def _sex(self, text: str, name: Name, parts: Sequence[str], start: int) -> int:
        before = text[max(start, name.span.start - 6) : name.span.start] + name.text
        if re.search(r"\b(?:Mr|Sir|Lord|King|Prince|Sheikh)\b", before):
            return MALE
        if re.search(r"\b(?:Mrs|Ms|Miss|Dame|Lady|Queen|Princess)\b", before):
            return FEMALE
        bits = self._lexicon.of(parts[0]) & (MALE | FEMALE)
        return bits if bits in (MALE, FEMALE) else 0

    def _learn_other(self, text: str, name: Name) -> None:
        key = (name.label.value, _key(name.text))
        if key not in self._known:
            self._known[key] = known = Known(_bare(name.text), name.label)
            self._order.append(known)
            if name.label in (Label.ORG, Label.EVENT, Label.FAC) and len(name.text.split()) > 1:
                self._initials.setdefault(_initials(name.text), known)
        known = self._known[key]
        match = _ACRONYM.match(text, name.span.end)
        if match and _abbreviates(match.group(1), name.text):
            self._short.setdefault(match.group(1), known)

    # ------------------------------------------------------------ asking, in reading order

    def ask(self, name: Name, *, first: bool = False, owner: bool = False) -> tuple[Label, str]:
        """Return the type and the full name of what `name` means here, and remember that it was met."""
        if name.label is Label.PERSON:
            form = " ".join(person_parts(name.text)) or name.text
            known = self._person(name)
        elif name.label in _NAMED:
            form = _bare(name.text)
            known = self._other(name, form)
        else:
            form, known = name.text, None
        known = self._meant(known, name)
        if known is None:
            return name.label, form
        known.forms[form] += 1
        if known.label is Label.PERSON:
            # What is said of one place decides nothing about the next one.
            if not self._identities.is_placed(name.span):
                known.last = name.span.start
            self._seen.append(Seen(name.span.start, known, first, owner))
        return known.label, known.name

    def _other(self, name: Name, bare: str) -> Known | None:
        initials = self._initials.get(bare) if bare.isupper() and len(bare) > 1 else None
        found = (self._short.get(bare) or initials, self._known.get((name.label.value, _key(name.text))))
        meant = [known for known in found if known is not None]
        for known in meant:
            if not self._identities.are_apart(bare, known.name, name.span):
                return known
        return self._another(bare, name.label, meant[0]) if meant else None

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
            known = Known(" ".join(parts), Label.PERSON)
            self._order.append(known)
            for part in parts:
                self._people[part.casefold()].append(known)
        return known

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
        target.sex = target.sex or known.sex
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
            self._same_person(parts) if len(parts) > 1 else self._known.get((label.value, _key(told.name)))
        )
        if known is None or known.told:
            known = self._new(told.name, label)
            if everywhere:
                self._known.setdefault((label.value, _key(told.name)), known)
                for part in dict.fromkeys(part.casefold() for part in parts):
                    self._people[part].append(known)
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
        """Return who is meant by a lone name: by surname before first name, then who was met last."""
        folded = part.casefold()
        best: tuple[bool, int, int] | None = None
        found = None
        for number, known in enumerate(self._people.get(folded, ())):
            if self._identities.are_apart(part, known.name, at):
                continue
            rank = (known.name.split()[-1].casefold() == folded, known.last, -number)
            if best is None or rank > best:
                best, found = rank, known
        return found

    def role(self, phrase: str, at: int) -> Known | None:
        """Return who was last met of those with the role that `phrase` names ("the secretary-general")."""
        noun = noun_of(phrase)
        holders = [self._whole(known) for known in self._roles.get(noun, ())] if noun else []
        return next((seen.who for seen in reversed(self._seen) if seen.at < at and seen.who in holders), None)

    def pronoun(self, word: str, at: int, *, speaker: str | None, breaks: Sequence[int]) -> Known | None:
        """Return who "he" or "she" at `at` means: the near, the foremost of a sentence, who just spoke.

        `breaks` are where the sentences begin, in order; `speaker` is the last one's full name.
        """
        sex = {"he": MALE, "she": FEMALE, "him": MALE, "her": FEMALE, "his": MALE}.get(word.casefold())
        if sex is None:
            return None
        here = _index(breaks, at)
        best, found = -6.0, None
        for seen in reversed(self._seen):
            if seen.at >= at or (seen.who.sex and seen.who.sex != sex):
                continue
            away = here - _index(breaks, seen.at)
            score = -1.0 * away + (0.8 if seen.first else 0.0) - (0.5 if seen.owner else 0.0)
            score += 1.5 if seen.who.name == speaker else 0.0
            score += 0.3 if seen.who.sex == sex else 0.0
            if score > best:
                best, found = score, seen.who
        return found

    def entities(self) -> tuple[Entity, ...]:
        """Return every entity that was met, in the order in which they were learned."""
        return tuple(known.entity() for known in self._order if known.forms)


def _index(breaks: Sequence[int], at: int) -> int:
    from bisect import bisect_right

    return bisect_right(breaks, at)


def person_parts(text: str) -> list[str]:
    """Split a person's name, without titles, suffixes and the possessive ending."""
    parts = [_OWN.sub("", part.strip(',;:()[]"“”')) for part in text.split()]
    parts = [part for part in parts if part]
    while len(parts) > 1 and parts[0].casefold().rstrip(".") in TITLES:
        parts.pop(0)
    while len(parts) > 1 and parts[-1].casefold().rstrip(".") in _SUFFIXES:
        parts.pop()
    return parts


def _compatible(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two full names with the same surname can be one person's."""
    a, b = [part.casefold().rstrip(".") for part in one], [part.casefold().rstrip(".") for part in other]
    if a[-1] != b[-1]:
        return False
    short, long = sorted((a[:-1], b[:-1]), key=len)
    if not short:
        return False
    rest = iter(long)
    return all(any(_same_part(part, candidate) for candidate in rest) for part in short)


def _same_part(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _bare(text: str) -> str:
    plain = " ".join(_OWN.sub("", text.strip("\"“”‘’'")).split())
    return plain[4:] if plain[:4] in ("the ", "The ") and len(plain) > 4 else plain


def _key(text: str) -> str:
    plain = _bare(text).casefold()
    return _SAME_PLACE.get(plain, plain)


def _initials(text: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", text) if word[0].isupper())


def _abbreviates(short: str, long: str) -> bool:
    """Tell whether the letters of `short` stand in order in `long`, the first one first."""
    plain = _bare(long).casefold()
    letters = [char for char in short.casefold() if char.isalnum()]
    rest = iter(plain)
    return (
        bool(letters)
        and any(word[0] == letters[0] for word in plain.split())
        and all(c in rest for c in letters)
    )
