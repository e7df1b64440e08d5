"""Questions to the library, answered beside the interface: what matches, where, and by what to narrow it.

Each function runs in a task's thread with a connection of its own. No widgets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.document import Span
from reader.paths import Paths
from ui.lending import lent

if TYPE_CHECKING:
    from reader.library import Found
    from reader.library.search.facets import Facets
    from ui.tasks import Task


@dataclass(frozen=True, slots=True)
class Answer:
    """Some of the documents that match, how many do altogether, and whether there are any to be searched."""

    found: tuple[Found, ...]
    total: int
    has_articles: bool


def ask(paths: Paths, query: str, *, limit: int) -> Answer:
    """Return the first documents that match, and how many do. Raises QueryError."""
    with lent(paths, read_only=True) as library:
        found = tuple(library.search(query, limit=limit))
        total = len(found) if len(found) < limit else library.count_matches(query)
        return Answer(found, total, has_articles=bool(total or library.entries(limit=1)))


def ask_further(paths: Paths, query: str, *, offset: int, limit: int) -> tuple[Found, ...]:
    """Return the documents that match after the first ones."""
    with lent(paths, read_only=True) as library:
        return tuple(library.search(query, offset=offset, limit=limit))


def places(paths: Paths, query: str, document_id: int) -> tuple[Span, ...]:
    """Return where the text of a document matches. Raises QueryError."""
    with lent(paths, read_only=True) as library:
        return library.places(query, document_id)


def facets(paths: Paths) -> Facets:
    """Return by what the documents of the library can be told apart."""
    with lent(paths, read_only=True) as library:
        return library.facets()


def finds_every_form(paths: Paths) -> bool:
    """Tell whether English words are found in all their forms."""
    with lent(paths, read_only=True) as library:
        return library.stemming


def find_every_form(task: Task, paths: Paths, on: bool, *, words: str) -> None:
    """Let English words be found in all their forms, or not; tells with `words` how far it is.

    Takes seconds in a large library, in which nothing else is written. Cancelled or killed, all is as before.
    """

    def tell(fraction: float) -> None:
        if fraction < 1.0:  # what is done can't be given up any more
            task.check()
        task.report(words, fraction)

    with lent(paths) as library:
        library.set_stemming(on, progress=tell)
