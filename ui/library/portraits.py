"""What the view of people shows of one of them, gathered beside the interface. No widgets.

Each function runs in a task's thread with a connection of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.paths import Paths
from ui.lending import lent

if TYPE_CHECKING:
    from reader.library.people.register import Appearance, Called, Company, Person, Spot
    from reader.suggesting import Suggestion


@dataclass(frozen=True, slots=True)
class Portrait:
    """A person with what the documents have of them; quotations and mentions by number alone."""

    person: Person
    called: tuple[Called, ...] = ()
    aliases: tuple[tuple[str, int], ...] = ()
    roles: tuple[tuple[str, int], ...] = ()
    appearances: tuple[Appearance, ...] = ()
    quotations: tuple[Spot, ...] = ()
    mentions: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """Who is with a person, and who may be the same one: what takes longer to find."""

    together: tuple[Company, ...] = ()
    beside: tuple[Company, ...] = ()
    speaking: tuple[Company, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


def gather_matching(paths: Paths, match: str, order: str, *, but: Sequence[str] = ()) -> list[int]:
    """Gather who has a name with these words, by number, `but` the people of these names."""
    with lent(paths) as library:
        found = library.people.matching(match, order=order)
        left_out = set(library.people.numbers(but))
        return [id for id in found if id not in left_out]


def gather_portrait(paths: Paths, name: str) -> Portrait | None:
    """Gather all of one person; None when nobody goes by this name (any more)."""
    with lent(paths) as library:
        people = library.people
        person = people.person(name)
        if person is None:
            return None
        return Portrait(
            person,
            tuple(people.called(name)),
            tuple(people.aliases(name)),
            tuple(people.roles(name)),
            tuple(people.appearances(name)),
            tuple(people.quotations(name)),
            tuple(people.mentions(name)),
        )


def gather_around(paths: Paths, name: str) -> Around:
    """Gather who is with a person, and who may be the same one."""
    from reader.suggesting import suggestions

    with lent(paths) as library:
        people = library.people
        return Around(
            tuple(people.together(name)),
            tuple(people.beside(name)),
            tuple(people.speaking_of(name)),
            tuple(suggestions(library, name)),
        )


def gather_about(paths: Paths, name: str, about: str) -> tuple[Spot, ...]:
    """Gather a person's quotations with some words in them. Raises QueryError for odd words."""
    with lent(paths) as library:
        return tuple(library.people.quotations(name, about=about))
