"""What Datasette is told is true of the library: every table and view is described or kept out of sight."""

from __future__ import annotations

import json
import os
import shlex
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from reader import cli
from reader.commands import datasette
from reader.document import Block, Document, Metadata, Span
from reader.library import Library
from reader.model import Analysis, Quote, QuoteKind

TEXT = "“The sea is patient,” Ada Quill said in the harbour."


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A data folder with a library."""
    place = tmp_path / "the data"
    library = Library.open(place / "library.sqlite", backups=tmp_path / "backups")
    document = Document(TEXT, (Block(Span(0, len(TEXT))),), Metadata(title="A pier"), source="/pier.txt")
    id = library.add_document(document).id
    said = Quote(QuoteKind.DIRECT, (Span(1, 19),), speaker="Ada Quill")
    library.save_analysis(id, Analysis(quotes=(said,), model="m"), text_hash=document.text_hash)
    library.close()
    return place


@pytest.fixture
def db(place: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(place / "library.sqlite")) as db:
        yield db


def names(db: sqlite3.Connection, kind: str) -> set[str]:
    rows = db.execute("select name from sqlite_master where type = ? and name not like 'sqlite_%'", [kind])
    return {name for (name,) in rows}


def columns(db: sqlite3.Connection, table: str) -> set[str]:
    return {row[1] for row in db.execute(f'pragma table_info("{table}")')}


def described() -> dict[str, dict[str, object]]:
    tables: dict[str, dict[str, object]] = datasette.metadata("library")["databases"]["library"]["tables"]
    return tables


def test_every_table_and_view_is_described_or_kept_out_of_sight(db: sqlite3.Connection) -> None:
    told = described()
    hidden = tuple(name for name, each in told.items() if each.get("hidden"))
    there = names(db, "table") | names(db, "view")
    assert not {each for each in there - told.keys() if not each.startswith(hidden)}, "say what they are"
    assert not told.keys() - there, "they are no more"
    assert all(each.get("title") for each in told.values() if each.keys().isdisjoint(("hidden", "allow")))


@pytest.mark.parametrize("table", [name for name, each in described().items() if each.get("title")])
def test_what_is_said_of_a_table_speaks_of_its_columns(db: sqlite3.Connection, table: str) -> None:
    told = described()[table]
    spoken_of = {*told.get("columns", {}), *told.get("facets", ())}  # type: ignore[misc]
    spoken_of |= {told[key] for key in ("label_column", "sort", "sort_desc", "fts_pk") if key in told}
    assert spoken_of <= columns(db, table)
    if "fts_table" in told:
        searched = f"select count(*) from {table} where {told['fts_pk']} in"
        searched += f" (select rowid from {told['fts_table']} where {told['fts_table']} match 'patient')"
        assert db.execute(searched).fetchone() == ((0,) if table == "mentions_full" else (1,))


def test_the_questions_that_are_offered_are_answered(db: sqlite3.Connection) -> None:
    queries = datasette.metadata("library")["databases"]["library"]["queries"]
    assert db.execute(queries["search_texts"]["sql"], {"words": "harb*"}).fetchall()[0][0] == "A pier"
    assert db.execute(queries["said_by"]["sql"], {"name": "quill"}).fetchall()[0][2] == "The sea is patient"


def test_the_file_is_written_and_the_command_is_for_the_shell(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (place / "library.sqlite").read_bytes()
    assert cli.run(["--data-dir", str(place), "datasette"]) == 0
    told = capsys.readouterr()
    if os.name == "posix":
        parts = shlex.split(told.out)
        assert parts[:5] == [
            "datasette",
            "serve",
            str(place / "library.sqlite"),
            "--metadata",
            str(place / "datasette.json"),
        ]
    assert "0.65" in told.err
    assert json.loads((place / "datasette.json").read_text(encoding="utf-8")) == datasette.metadata("library")
    other = tmp_path / "other.json"
    assert cli.run(["--data-dir", str(place), "datasette", "--out", str(other)]) == 0
    assert other.is_file() and str(other) in capsys.readouterr().out
    assert (place / "library.sqlite").read_bytes() == before


def test_what_can_t_be_is_told(place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--data-dir", str(tmp_path / "nothing"), "datasette"]) == 1
    assert "no library" in capsys.readouterr().err
    assert not (tmp_path / "nothing").exists()
    assert cli.run(["--data-dir", str(place), "datasette", "--out", str(tmp_path / "a" / "b.json")]) == 1
    assert "could not be written" in capsys.readouterr().err
