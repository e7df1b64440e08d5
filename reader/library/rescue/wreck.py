"""A damaged library as far as it can be read: its tables, their rows, and how many there once were.

What the tables are is known from a new library. The damaged file tells where their rows are; where that is
lost, the rows tell by their form whose they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reader.library.rescue.pages import Pages, Row, Walk

MIGRATIONS = "_sqlite_migrations"
_TIMES = ("made", "created", "updated", "added")
_TIME = re.compile(r"\d{4}(-|\Z)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `is_number` when it is the number of the row, `may_lack` when older rows are without it."""

    name: str
    kind: str
    may_be_null: bool
    may_lack: bool
    is_number: bool = False

    def takes(self, value: Any) -> bool:
        """Tell whether a stored value can be one of this column."""
        if self.is_number or value is None:
            return value is None if self.is_number else self.may_be_null
        if self.kind == "integer":
            return isinstance(value, int)
        if self.kind == "real":
            return isinstance(value, int | float)
        if self.kind == "blob":
            return isinstance(value, bytes)
        return isinstance(value, str | bytes) or self.kind != "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a new library, by which the rows of the damaged one are known."""

    name: str
    columns: tuple[Column, ...]

    def holds(self, values: Sequence[Any]) -> bool:
        """Tell whether these can be the values of a row; the last may be lacking."""
        if len(values) > len(self.columns):
            return False
        here, lacking = self.columns[: len(values)], self.columns[len(values) :]
        return all(column.may_lack for column in lacking) and all(
            column.takes(value) for column, value in zip(here, values, strict=True)
        )

    def is_like(self, values: Sequence[Any]) -> bool:
        """Tell whether they look like a row of this table and not of another one of the same form."""
        if not self.holds(values):
            return False
        for column, value in zip(self.columns, values, strict=False):
            if column.name in _TIMES and not (isinstance(value, str) and _TIME.match(value)):
                return False
            if column.name == "folded" and isinstance(value, str) and value != value.casefold():
                return False
        return True

    def row(self, row: Row) -> dict[str, Any]:
        """Return a row's values by the names of their columns."""
        named = zip(self.columns, row.values, strict=False)
        return {column.name: row.rowid if column.is_number else value for column, value in named}


class Wreck:
    """The rows of a damaged library, read where they are when they are asked for."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._known = pages.free()
        self._known.add(1)
        self._roots: dict[str, int] = {}  # of the tables
        self._others: list[tuple[str, int]] = []  # of what an index is on, or (a shadow's table) of itself
        self.torn: set[str] = set()  # the tables of which something could not be read
        self._read_schema()

    def _read_schema(self) -> None:
        walk = Walk()
        found = list(self._pages.rows(1, walk))
        if not walk.is_whole:
            found += self._pages.stray_rows(self._known | walk.seen)
        self._known |= walk.seen
        for row in found:
            if len(row.values) != 5 or row.values[0] not in ("table", "index"):
                continue
            kind, name, of, root, _sql = row.values
            if not (isinstance(name, str) and isinstance(of, str) and isinstance(root, int) and root > 0):
                continue
            if kind == "table":
                self._roots.setdefault(name, root)
            else:
                self._others.append((of, root))

    @property
    def tables(self) -> frozenset[str]:
        """The tables that the damaged file is known to have."""
        return frozenset(self._roots)

    def steps(self) -> set[str]:
        """Return the names of the migrations that are known to have been applied."""
        rows = self._pages.rows(self._roots.get(MIGRATIONS, 0), Walk())
        return {each for row in rows for each in row.values[2:3] if isinstance(each, str)}

    def rows(self, table: Table) -> Iterator[Row]:
        """Return the rows of a table, as its tree has them."""
        walk = Walk()
        for row in self._pages.rows(self._roots.get(table.name, 0), walk):
            if table.holds(row.values):
                yield row
            else:
                walk.is_whole = False
        self._known |= walk.seen
        if not walk.is_whole:
            self.torn.add(table.name)

    def strays(self, tables: Sequence[Table]) -> Iterator[tuple[Table, Row]]:
        """Return the rows that stand in no tree, each with the table it seems to be of; asked for last."""
        for root in (*self._roots.values(), *(root for _, root in self._others)):
            self._known |= self._pages.tree(root)
        for row in self._pages.stray_rows(self._known):
            # The one that asks most of a row.
            for table in sorted(tables, key=_asks, reverse=True):
                if table.is_like(row.values):
                    self.torn.add(table.name)
                    yield table, row
                    break

    def numbers(self, table: str) -> set[int]:
        """Return the numbers of the rows that a table has by its indexes."""
        found: set[int] = set()
        for of, root in self._others:
            if of == table:
                keys = self._pages.keys(root, Walk())
                found.update(key[-1] for key in keys if key and isinstance(key[-1], int))
        return found


def _asks(table: Table) -> tuple[int, int, int]:
    names = [column.name for column in table.columns]
    needed = sum(not column.may_be_null for column in table.columns)
    return sum(name in _TIMES for name in names), int("folded" in names), needed
