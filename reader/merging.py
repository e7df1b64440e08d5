"""Several people made one, or one parted: which identities say so, as one change. Asks and writes nothing.

A name means somebody in one document or in all; whoever that is, is called so for good: no person's name
means another person in the same document. So a merge takes along what was merged before, and does not reach
into documents in which the new name is kept for somebody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from reader.model import Change, Distinction, Identity, Record


class Said:
    """What was said of who is who."""

    def __init__(self, identities: Iterable[Identity], distinctions: Iterable[Distinction] = ()) -> None:
        self.general: dict[str, Identity] = {}
        self.special: dict[tuple[str, int], Identity] = {}
        self.distinctions = tuple(distinctions)
        for each in identities:
            if each.document_id is None:
                self.general[each.name] = each
            else:
                self.special[each.name, each.document_id] = each

    def who(self, name: str, document_id: int | None = None) -> str:
        """Return whom a name means, in a document or in general."""
        said = self.special.get((name, document_id)) if document_id is not None else None
        said = said or self.general.get(name)
        return said.person if said else name

    def between(self, people: Iterable[str]) -> list[Distinction]:
        """Return what says of two of these people that they are not the same."""
        among = set(people)
        return [each for each in self.distinctions if {self.who(each.name), self.who(each.other)} <= among]

    def are_distinct(self, one: str, other: str) -> bool:
        """Tell whether somebody said that these are not the same person."""
        return any({self.who(each.name), self.who(each.other)} == {one, other} for each in self.distinctions)


def merged(said: Said, people: Sequence[str], into: str, *, action: str) -> Change:
    """Let several people be one, called `into`: the name of one of them, or another.

    A name that is somebody's already stands for that person, who is then one with them. With one person in
    `people`, it is a new name for them.
    """
    joined = set(people)
    target = into if said.who(into) in joined else said.who(into)
    joined.add(target)
    names = joined | {name for name, each in said.general.items() if each.person in joined}
    names |= {name for (name, _), each in said.special.items() if each.person in joined}
    general = {name: target for name in names if said.who(name) in joined}
    special: dict[tuple[str, int], str] = {}
    for document_id in {document_id for name, document_id in said.special if name in names}:
        is_free = said.who(target, document_id) in joined
        for name in names:
            before = said.who(name, document_id)
            special[name, document_id] = target if before in joined and is_free else before
    gone = said.between(joined)
    return _change(said, action, general, special, before=gone)


def parted(said: Said, person: str, name: str, document_ids: Iterable[int], *, action: str) -> Change:
    """Let a person be another in some documents, called `name` there; nobody is to ask whether they are one.

    A name that is somebody's already stands for that person. Raises ValueError when that is the same one.
    """
    target = name if said.who(name) == person else said.who(name)
    if target == person:
        raise ValueError(f"“{name}” is the same person")
    names = {person, target} | {each.name for each in said.general.values() if each.person == person}
    special: dict[tuple[str, int], str] = {}
    for document_id in document_ids:
        here = {known for known, where in said.special if where == document_id}
        there = said.who(target, document_id)
        for known in names | here:
            if said.who(known, document_id) == person:
                special[known, document_id] = target if there == person else there
    new = () if said.are_distinct(person, target) else (distinction(person, target),)
    return _change(said, action, {}, special, after=new)


def distinction(one: str, other: str) -> Distinction:
    """Return that two people are not the same."""
    first, second = sorted((one, other))
    return Distinction(first, second)


def refused(one: str, other: str, *, action: str) -> Change:
    """Say for good that two people are not the same."""
    return Change(action, after=(distinction(one, other),))


def _change(
    said: Said,
    action: str,
    general: Mapping[str, str],
    special: Mapping[tuple[str, int], str],
    *,
    before: Sequence[Record] = (),
    after: Sequence[Record] = (),
) -> Change:
    """Return the change after which the names mean these people; what says nothing more is not kept."""
    old, new = list(before), list(after)
    for name, person in general.items():
        _say(old, new, said.general.get(name), name, person, None, says_more=person != name)
    for (name, document_id), person in special.items():
        in_general = general.get(name, said.who(name))
        held = said.special.get((name, document_id))
        _say(old, new, held, name, person, document_id, says_more=person != in_general)
    return Change(action, tuple(old), tuple(new))


def _say(
    old: list[Record],
    new: list[Record],
    held: Identity | None,
    name: str,
    person: str,
    document_id: int | None,
    *,
    says_more: bool,
) -> None:
    if held is not None and held.person == person and (says_more or document_id is not None):
        return
    if held is not None:
        old.append(held)
    if says_more:
        new.append(replace(held, person=person) if held else Identity(name, person, document_id))
