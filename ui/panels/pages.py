"""Rows that are fetched a page at a time when one of them is looked at; the oldest pages are let go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

from reader.errors import ReaderError

PAGE = 100  # rows that are fetched at once
KEPT_PAGES = 30
Row = TypeVar("Row")


class Pages(Generic[Row]):
    """`count` rows that ``fetch(offset, limit)`` gives; a page that can't be fetched is empty, and told."""

    def __init__(self, failed: Callable[[ReaderError], object]) -> None:
        self.count = 0
        self._failed = failed
        self._fetch: Callable[[int, int], Sequence[Row]] | None = None
        self._pages: dict[int, Sequence[Row]] = {}

    def set_source(self, count: int, fetch: Callable[[int, int], Sequence[Row]]) -> None:
        """Take other rows."""
        self.count, self._fetch = count, fetch
        self._pages.clear()

    def forget(self) -> None:
        """Fetch everything anew when it is next looked at."""
        self._pages.clear()

    def row(self, number: int) -> Row | None:
        """Return a row; None when it is not there (any more) or can't be fetched."""
        page, place = divmod(number, PAGE)
        if self._fetch is None or not 0 <= number < self.count:
            return None
        if page not in self._pages:
            while len(self._pages) >= KEPT_PAGES:
                del self._pages[next(iter(self._pages))]
            self._pages[page] = ()
            try:
                self._pages[page] = tuple(self._fetch(page * PAGE, PAGE))
            except ReaderError as error:
                self._failed(error)
        rows = self._pages[page]
        return rows[place] if place < len(rows) else None

    def fetched(self) -> Iterator[tuple[int, Row]]:
        """Give the rows that have been looked at, with their numbers."""
        for page, rows in self._pages.items():
            for place, row in enumerate(rows):
                yield page * PAGE + place, row
