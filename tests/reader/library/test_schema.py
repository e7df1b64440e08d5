"""Opening a library: new, converted after a copy, or refused with a sentence and left as it is."""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from reader.document import Block, BlockKind, Document, ReadAs, Span, Style, StyleKind
from reader.errors import LibraryDamaged, LibraryError, LibraryReadOnly, LibraryTooNew
from reader.library import Library
from reader.library.schema import STEPS, prepare
from reader.library.store import Store
from reader.model import Change, Highlight

NEXT = (
    *STEPS,
    ("9999_next", "create table shelf (id integer primary key);\nalter table tag add column shelf;\n"),
)


OLD_ROWS = """
begin;
insert into document (id, title, given_title, byline, site, date, language, address, format, source_path,
    file_hash, folded, words, added, current_text_id)
    values (1, 'T', 'T', '', '', '', '', '', 'text', '', '', 't', 1, '2021-03-14', 1);
insert into document_text values (1, 1, 'h', 'On Thursday', '[]', '[]', '2021-03-14');
insert into note values ('n', 1, 'Look again.', '2021-03-14', '2021-03-14');
insert into analysis values (1, 1, 'm 1', '2021-03-14');
insert into mention values (1, 1, 3, 11, 'DATE', 'Thursday');
commit;
"""


DETAILS_ROWS = """
insert into details (id, document_id, title, updated) values ('d', 1, 'A title', '2021');
"""


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def tables(path: Path) -> set[str]:
    connection = sqlite3.connect(path)
    try:
        return {name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")}
    finally:
        connection.close()


def convert(path: Path, backups: Path, steps: tuple[tuple[str, str], ...]) -> None:
    store = Store(path, patience=0)
    try:
        prepare(store, backups=backups, steps=steps)
    finally:
        store.close()


@pytest.fixture
def place(tmp_path: Path, library: Library, highlight: Highlight) -> Path:
    """A closed library with one highlight in it."""
    library.apply(Change("add", after=(highlight,)))
    library.close()
    return tmp_path / "library.sqlite"


def test_a_new_library_is_durable_and_checked(library: Library, tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "library.sqlite")
    assert connection.execute("pragma journal_mode").fetchone() == ("wal",)
    connection.close()
    store = library._store
    assert store.row("pragma synchronous") == (2,)
    assert store.row("pragma foreign_keys") == (1,)
    assert not (tmp_path / "backups").exists(), "there was nothing to copy"


def test_a_library_is_copied_before_it_is_converted(place: Path, tmp_path: Path) -> None:
    convert(place, tmp_path / "backups", NEXT)
    assert "shelf" in tables(place)
    (copy,) = (tmp_path / "backups").iterdir()
    assert "shelf" not in tables(copy)
    old = Library.open(copy, backups=tmp_path / "more")
    assert len(old.highlights(1)) == 1
    old.close()


def test_a_library_from_before_the_values_keeps_what_a_person_made_and_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    convert(path, tmp_path / "backups", STEPS[:1])
    connection = sqlite3.connect(path)
    with connection:
        connection.executescript(OLD_ROWS)
    connection.close()
    library = Library.open(path, backups=tmp_path / "backups")
    assert [note.body for note in library.notes(1)] == ["Look again."]
    assert library.analysis(1, text_hash="h") is None
    assert library._store.rows("select id from mention") == []
    library.close()


@pytest.mark.parametrize("steps", [1, 2])
def test_a_library_from_before_the_formats_keeps_all_and_takes_in_what_they_give(
    tmp_path: Path, steps: int
) -> None:
    path = tmp_path / "old.sqlite"
    convert(path, tmp_path / "backups", STEPS[:steps])
    connection = sqlite3.connect(path)
    with connection:
        old_block = '[[0, 11, "list item", 1, "3.", [[0, 2, "link", "/a"]]]]'
        rows = OLD_ROWS.replace("'On Thursday', '[]'", f"'On Thursday', '{old_block}'")
        connection.executescript(rows if steps == 1 else rows.replace("'Thursday')", "'Thursday', '')"))
    connection.close()
    library = Library.open(path, backups=tmp_path / "backups")
    assert [note.body for note in library.notes(1)] == ["Look again."]
    kept = library.document(1)
    assert kept is not None
    styles = (Style(Span(0, 2), StyleKind.LINK, "/a"),)
    assert kept.blocks == (Block(Span(0, 11), BlockKind.LIST_ITEM, 1, styles, "3."),)
    assert (kept.read_as, kept.encoding, kept.contents, kept.pages, kept.pictures) == (
        ReadAs(),
        "",
        (),
        (),
        (),
    )
    assert (library.details(1), library.metadata(1)) == (None, kept.metadata)
    assert [entry.title for entry in library.entries(match="t")] == ["T"]
    assert (library.analysis(1, text_hash="h") is None) == (steps == 1), "only what the values need is anew"
    library.close()


PERSONS_ROWS = """
begin;
insert into document (id, title, given_title, byline, site, date, language, address, format, source_path,
    file_hash, folded, words, added, current_text_id)
    values (1, 'T', 'T', '', '', '', '', '', 'text', '', '', 't', 1, '2021-03-14', 1);
insert into document_text (id, document_id, text_hash, text, blocks, warnings, added)
    values (1, 1, 'h', 'On Thursday', '[]', '[]', '2021-03-14');
insert into highlight (id, document_id, text_hash, start_offset, end_offset, exact, prefix, suffix, colour,
    note, created, updated)
    values ('x', 1, 'h', 3, 11, 'Thursday', 'On ', '', 'pink', 'Which one?', '2021', '2022');
insert into note (id, document_id, body, created, updated) values ('n', 1, 'Look again.', '2021', '2021');
insert into tag (id, name, folded, colour, description) values ('t', 'Day', 'day', 'blue', 'Of the week');
insert into highlight_tag (highlight_id, tag_id, position) values ('x', 't', 0);
insert into note_tag (note_id, tag_id, position) values ('n', 't', 0);
insert into change (id, made, action, before, after) values (1, '2021', 'add a note', '[]', '[]');
commit;
"""


def rows_of(path: Path, columns: dict[str, list[str]]) -> dict[str, list[tuple[object, ...]]]:
    connection = sqlite3.connect(path)
    try:
        return {
            table: connection.execute(f"select {', '.join(names)} from {table} order by 1, 2").fetchall()
            for table, names in columns.items()
        }
    finally:
        connection.close()


@pytest.mark.parametrize("steps", range(1, len(STEPS)))
def test_a_library_of_every_schema_keeps_what_a_person_made(tmp_path: Path, steps: int) -> None:
    path = tmp_path / "old.sqlite"
    convert(path, tmp_path / "backups", STEPS[:steps])
    connection = sqlite3.connect(path)
    connection.executescript(PERSONS_ROWS + DETAILS_ROWS if steps >= 3 else PERSONS_ROWS)
    persons = ("highlight", "note", "tag", "highlight_tag", "note_tag", "details", "change")
    columns = {
        table: [name for _, name, *_ in connection.execute(f"pragma table_info({table})")]
        for table in persons
        if table in tables(path)
    }
    connection.close()
    before = rows_of(path, columns)
    assert all(before.values())
    library = Library.open(path, backups=tmp_path / "backups")
    (highlight,) = library.highlights(1)
    assert (highlight.note, highlight.tags) == ("Which one?", ("Day",))
    assert [each.tags for each in library.notes(1)] == [("Day",)]
    assert [found.document_id for found in library.search("thursday")] == [1]
    library.close()
    assert rows_of(path, columns) == before
    (copy,) = (tmp_path / "backups").iterdir()
    assert rows_of(copy, columns) == before


def test_a_conversion_that_fails_is_undone_as_a_whole(place: Path, tmp_path: Path) -> None:
    broken = (*NEXT, ("9999_wrong", "create table bin (id);\ncreate table bin (id);\n"))
    with pytest.raises(sqlite3.OperationalError):
        convert(place, tmp_path / "backups", broken)
    assert not {"shelf", "bin"} & tables(place)
    library = Library.open(place, backups=tmp_path / "backups")
    assert len(library.highlights(1)) == 1
    library.close()


KILLED = """
import os, signal, sys
from pathlib import Path
from reader.library.schema import STEPS, prepare
from reader.library.store import Store
store = Store(Path(sys.argv[1]), patience=0)
store.db.conn.create_function("stop", 0, lambda: os.kill(os.getpid(), signal.SIGKILL))
script = "create table shelf (id integer primary key);\\nupdate tag set name = 'x';\\nselect stop();\\n"
prepare(store, backups=Path(sys.argv[2]), steps=(*STEPS, ("9999_next", script)))
"""


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_conversion_that_is_killed_is_undone_as_a_whole(place: Path, tmp_path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, place, tmp_path / "backups"], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert "shelf" not in tables(place)
    library = Library.open(place, backups=tmp_path / "backups")
    assert len(library.highlights(1)) == 1
    library.close()


def test_a_library_that_can_t_be_copied_is_not_converted(place: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    before = digest(place)
    with pytest.raises(LibraryError, match="could not be copied"):
        convert(place, tmp_path / "file", NEXT)
    assert digest(place) == before


def test_a_newer_library_is_refused_and_left_as_it_is(place: Path, tmp_path: Path) -> None:
    convert(place, tmp_path / "backups", NEXT)
    before = digest(place)
    with pytest.raises(LibraryTooNew) as refused:
        Library.open(place, backups=tmp_path / "backups")
    assert refused.value.next
    assert digest(place) == before


@pytest.mark.parametrize(
    "content", [b"This is a letter, not a library. " * 99, b"SQLite format 3\x00" + b"\xff" * 5000]
)
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "library.sqlite"
    place.write_bytes(content)
    with pytest.raises(LibraryDamaged):
        Library.open(place, backups=tmp_path / "backups")
    assert place.read_bytes() == content


def test_another_program_s_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    place = tmp_path / "library.sqlite"
    connection = sqlite3.connect(place)
    connection.execute("create table theirs (id)")
    connection.close()
    before = digest(place)
    with pytest.raises(LibraryDamaged, match="not a library"):
        Library.open(place, backups=tmp_path / "backups")
    assert digest(place) == before


def test_a_folder_that_can_t_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LibraryReadOnly):
        Library.open(tmp_path / "file" / "library.sqlite", backups=tmp_path)
    with pytest.raises(LibraryReadOnly):
        Library.open(tmp_path, backups=tmp_path)


def test_reading_alone_changes_nothing(place: Path, tmp_path: Path, document: Document) -> None:
    before = digest(place)
    reader = Library.open(place, backups=tmp_path / "backups", read_only=True)
    assert reader.find(document) == 1
    with pytest.raises(LibraryReadOnly):
        reader.opened(1)
    reader.close()
    assert digest(place) == before


def test_an_older_library_is_not_converted_by_reading(tmp_path: Path) -> None:
    place = tmp_path / "library.sqlite"
    convert(place, tmp_path / "backups", STEPS)
    store = Store(place, patience=0, read_only=True)
    with pytest.raises(LibraryError, match="older"):
        prepare(store, backups=None, steps=NEXT)
    store.close()


def test_a_path_with_odd_characters_is_a_path(tmp_path: Path) -> None:
    place = tmp_path / "a?b#c %20 é\udcff" / "library.sqlite"
    Library.open(place, backups=tmp_path / "backups").close()
    assert place.is_file()
