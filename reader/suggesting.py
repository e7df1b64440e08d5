"""Who may be the same person across the library, with the reason in words. Suggests; never merges.

A surname alone is no reason, and never two whom one document names beside each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reader.analysis.persons import compatible, is_doubtful, person_parts
from reader.analysis.persons import folded as folded_part
from reader.library import Library
from reader.library.people.register import Person
from reader.library.people.sayings import folded
from reader.merging import Said

MOST = 3
_CERTAIN, _LIKELY, _POSSIBLE = range(3)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody who may be the same person, and why: a phrase that ends a sentence without its full stop."""

    person: Person
    reason: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """The person somebody may be the same as, with whom a document or another person takes for them."""

    person: Person
    aliases: dict[str, int]
    rivals: tuple[Person, ...]


def suggestions(library: Library, name: str, *, most: int = MOST) -> list[Suggestion]:
    """Return who may be the same person as `name`, the likeliest first."""
    people = library.people
    person = people.person(name)
    if person is None:
        return []
    said = Said((), library.distinctions())
    for each in library.identities():
        if each.document_id is None:
            said.general[each.name] = each
    aliases = dict(people.aliases(name))
    words = [part for each in (name, *aliases) for part in person_parts(each) if len(folded_part(part)) > 1]
    others = [each for each in people.alike(list(dict.fromkeys(words))) if each.name != name]
    asked = _Asked(person, aliases, tuple(others))
    found: list[tuple[int, Suggestion]] = []
    for other in others:
        reason = _reason(library, asked, other)
        if reason is not None and not said.are_distinct(name, other.name):
            found.append((reason[0], Suggestion(other, reason[1])))
    apart = people.kept_apart(name, [each.person.name for _, each in found])
    left = [each for each in found if each[1].person.name not in apart]
    left.sort(key=lambda each: (each[0], -each[1].person.documents, each[1].person.name))
    return [each for _, each in left[:most]]


def _reason(library: Library, asked: _Asked, other: Person) -> tuple[int, str] | None:
    person = asked.person
    if folded(person.name) == folded(other.name):
        return _CERTAIN, "the same name but for accents, capitals or marks"
    if person.is_body != other.is_body or is_doubtful(person.name) or is_doubtful(other.name):
        return None
    one, two = person_parts(person.name), person_parts(other.name)
    if len(one) > 1 and len(two) > 1:
        return _as_alias(library, asked, other) or _as_spelling(asked, other, one, two)
    # One of them goes by a single word: what documents call the other counts, and only where it is nobody
    # else's name.
    if not _is_sole(library, person, other, asked.rivals):
        return None
    return _as_alias(library, asked, other)


def _as_alias(library: Library, asked: _Asked, other: Person) -> tuple[int, str] | None:
    """Return the reason where documents give the one the other's name beside their own."""
    for alias, full, counts in (
        (other.name, asked.person.name, asked.aliases),
        (asked.person.name, other.name, None),
    ):
        known = counts if counts is not None else dict(library.people.aliases(full))
        if times := known.get(alias, 0):
            where = "an article" if times == 1 else f"{times} articles"
            return _CERTAIN, f"“{alias}” is another name of “{full}” in {where}"
    return None


def _is_sole(library: Library, person: Person, other: Person, rivals: Sequence[Person]) -> bool:
    """Tell whether nobody but the two, and who may be the same again, has the word that the one goes by."""
    short, full = sorted((person.name, other.name), key=lambda name: len(person_parts(name)))
    word, parts = folded(short), person_parts(full)
    others = {each.name for each in (*rivals, *library.people.alike([short]))} - {person.name, other.name}
    others = {name for name in others if not compatible(person_parts(name), parts)}
    if any(name in others for name, _ in library.people.known_by(short)):
        return False
    return not any(word in map(folded_part, person_parts(name)) for name in others)


def _as_spelling(
    asked: _Asked, other: Person, one: Sequence[str], two: Sequence[str]
) -> tuple[int, str] | None:
    """Return the reason where both can be spellings of one name, and the shorter is not a third one's too."""
    if person_parts(other.name) == one:
        return _CERTAIN, "the same name but for a title"
    if not compatible(one, two):
        return None
    short, long = sorted((one, two), key=lambda parts: (len(parts), sum(map(len, parts))))
    theirs = asked.person.name if long is two else other.name
    for rival in asked.rivals:
        parts = person_parts(rival.name)
        if rival != other and len(parts) > 1 and compatible(short, parts) and not compatible(long, parts):
            return None
    written = f"“{theirs}” can be short for “{other.name if long is two else asked.person.name}”"
    initials = [part for part in short if len(folded_part(part)) == 1]
    if initials or len(short) < len(long):
        return (_LIKELY if len(short) < len(long) else _POSSIBLE), written
    if [folded_part(part) for part in one[-1:]] == [folded_part(part) for part in two[-1:]]:
        return _LIKELY, written
    return _POSSIBLE, "two ways to write the same name"
