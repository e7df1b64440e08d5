"""By what the documents of the library can be told apart: types, years, tags, people, collections."""

from __future__ import annotations

from dataclasses import dataclass

from reader.library import order, tagging
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
        _counted(
            store,
            "select format, count(*) as number from document where removed = '' group by format"
            " order by number desc limit ?",
        ),
        _counted(
            store,
            "select substr(cast(coalesce(details.date, document.date) as text), 1, 4) as year, count(*)"
            " from document left join details on details.document_id = document.id"
            " where document.removed = '' and year glob '[0-9][0-9][0-9][0-9]' group by year"
            " order by year desc limit ?",
        ),
        tuple(tags[:MOST]),
        _counted(
            store,
            "select name, count(*) as number from entity where label = 'PERSON' group by name"
            " order by number desc, name limit ?",
        ),
        tuple(collected[:MOST]),
    )


def _counted(store: Store, sql: str) -> tuple[tuple[str, int], ...]:
    return tuple((text(name), number) for name, number in store.rows(sql, [MOST]))
