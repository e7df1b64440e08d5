"""A connection that is lent is closed again, whatever comes of the work."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from reader.errors import LibraryError, LibraryMissing, ReaderError
from reader.model import Change, Note
from reader.paths import paths_in
from ui.lending import lent


def test_a_library_is_made_lent_and_closed_even_when_the_work_fails(tmp_path: Path) -> None:
    paths = paths_in(tmp_path)
    with pytest.raises(ReaderError, match="no luck"), lent(paths, may_make=True) as library:
        held = library
        raise ReaderError("There was no luck.", "Try again.")
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        held.tags()
    with lent(paths) as again:
        assert again.tags() == []


def test_what_is_lent_for_reading_can_not_be_written_to(tmp_path: Path) -> None:
    paths = paths_in(tmp_path)
    with lent(paths, may_make=True):
        pass
    with lent(paths, read_only=True) as library, pytest.raises(LibraryError):
        library.apply(Change("add", after=(Note(1, "words"),)))


def test_no_other_library_is_made_where_one_was_taken_away(tmp_path: Path) -> None:
    paths = paths_in(tmp_path)
    with pytest.raises(LibraryMissing), lent(paths):
        pass
    assert not paths.library.exists()


def test_none_is_made_where_one_is_taken_away_while_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = paths_in(tmp_path / "away")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "exists", lambda self: True)  # as it was a moment ago
        with pytest.raises(LibraryError), lent(paths):
            pass
    assert not paths.data.exists()
