"""By what the documents of the library can be told apart: types, years, tags, people, collections."""

from __future__ import annotations

from dataclasses import dataclass

from reader.library import listing, order, tagging
from reader.library.store import Store, text

MOST = 20


@dataclass(frozen=True, slots=True)
class Facets:
    """What documents have, each with how many; the most frequent first, years the newest first."""

    types: tuple[tuple[str, int], ...] = ()
    years: tuple[tuple[str, int], ...] = ()
    tags: tuple[tuple[str, int], ...] = ()
    people: tuple[tuple[str, int], ...] = ()
    collections: tuple[tuple[str, int], ...] = ()


def facets(store: Store) -> Facets:
    """Gather them; takes a second in a library of a hundred thousand documents."""
    tags = [(tag.name, uses) for tag, uses in tagging.counted(store) if uses]
    collected = [(each.name, number) for each, number in order.collections(store)]
    return Facets(
        tuple(listing.formats(store)),
        _counted(
            store,
            "select substr(date_key, 1, 4) as year, count(*) from document"
            " where removed = '' and year glob '[0-9][0-9][0-9][0-9]' group by year"
            " order by year desc limit ?",
        ),
        tuple(tags[:MOST]),
        _counted(
            store,
            "select name, documents from person where persons > 0 order by documents desc, name limit ?",
        ),
        tuple(collected[:MOST]),
    )


def _counted(store: Store, sql: str) -> tuple[tuple[str, int], ...]:
    return tuple((text(name), number) for name, number in store.rows(sql, [MOST]))
