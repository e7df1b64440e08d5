"""The page on the tables in ARCHITECTURE.md says what is in the file."""

from __future__ import annotations

import re
from pathlib import Path

from reader.library import Library

PAGE = Path(__file__).parents[3] / "ARCHITECTURE.md"
_ROW = re.compile(r"^\| `(?P<name>\w+)` \| (?P<what>[^|]+) \| (?P<columns>[\w, ]+) \|$", re.MULTILINE)


def test_the_page_on_the_tables_is_true(library: Library) -> None:
    page = PAGE.read_text("utf-8").partition("### Its tables")[2].partition("\n## ")[0]
    told = {row["name"]: set(row["columns"].split(", ")) for row in _ROW.finditer(page)}
    store = library._store
    rows = store.rows("select name, sql from sqlite_master where type in ('table', 'view')")
    indexes = [name for name, sql in rows if "using fts5" in sql]
    own = {name for name, _ in rows for index in indexes if name.startswith(f"{index}_")}
    there = {name for name, _ in rows} - own - {"_sqlite_migrations"}
    assert set(told) == there
    for name, columns in told.items():
        found = {row[1] for row in store.rows(f"pragma table_info('{name}')")}
        assert columns == found, name
