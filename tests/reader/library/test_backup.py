"""Copies are whole, are thinned but never all gone, and are put back without overwriting anything."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.errors import LibraryDamaged, LibraryError, LibraryLocked
from reader.library import Library, backup
from reader.model import Change, Highlight

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


@pytest.fixture
def place(tmp_path: Path, library: Library, highlight: Highlight) -> Path:
    """A library with one highlight in it, open in another connection."""
    library.apply(Change("add", after=(highlight,)))
    return tmp_path / "library.sqlite"


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def highlights(path: Path) -> int:
    library = Library.open(path, backups=path.parent / "elsewhere")
    try:
        return len(library.highlights(1))
    finally:
        library.close()


def test_a_copy_is_made_while_the_library_is_open_and_tells_what_is_in_it(
    place: Path, backups: Path, library: Library, highlight: Highlight
) -> None:
    copy = backup.make(place, backups)
    assert (copy.documents, copy.notes, copy.is_readable) == (1, 1, True)
    assert copy.size == copy.path.stat().st_size
    assert backup.listed(place, backups) == [copy]
    assert list(backups.iterdir()) == [copy.path], "one file, and nothing beside it"
    library.apply(Change("delete", before=(highlight,)))
    assert highlights(copy.path) == 1


def test_a_copy_is_of_one_moment_though_another_window_writes(
    place: Path, backups: Path, highlight: Highlight
) -> None:
    stop = threading.Event()

    def write() -> None:
        other = Library.open(place, backups=backups, patience=5)
        while not stop.is_set():
            new = replace(highlight, id=str(datetime.now(UTC).timestamp()))
            other.apply(Change("add", after=(new,)))
        other.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        copies = [backup.make(place, backups) for _ in range(5)]
    finally:
        stop.set()
        writer.join()
    assert [each.notes for each in copies] == sorted(each.notes or 0 for each in copies)


def test_a_damaged_library_is_not_copied(place: Path, backups: Path, library: Library) -> None:
    library.close()
    whole = place.read_bytes()
    place.write_bytes(whole[:8192] + b"\xa5" * 8192 + whole[16384:])
    with pytest.raises(LibraryError):
        backup.make(place, backups)
    assert not list(backups.iterdir())


def test_a_copy_that_finds_no_room_is_told_and_leaves_nothing(place: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LibraryError, match="could not be copied"):
        backup.make(place, tmp_path / "file")


def test_a_copy_is_made_once_a_day(place: Path, backups: Path) -> None:
    assert backup.make_daily(place, backups, moment=NOW)
    assert backup.make_daily(place, backups, moment=NOW + timedelta(hours=23)) is None
    assert backup.make_daily(place, backups, moment=NOW + timedelta(hours=25))
    assert backup.make_daily(place.with_name("none.sqlite"), backups) is None
    # A clock that was once set to the far future does not end the copying.
    assert backup.make_daily(place, backups, moment=NOW - timedelta(days=400))


def test_old_copies_are_thinned_and_other_files_left_alone(tmp_path: Path) -> None:
    library, backups = tmp_path / "library.sqlite", tmp_path / "backups"
    backups.mkdir()
    ages = [timedelta(hours=step / 2) for step in range(200)]
    ages += [timedelta(days=step / 2) for step in range(9, 1000)]
    for age in ages:
        (backups / f"library-{(NOW - age).strftime('%Y%m%dT%H%M%S%f')}.sqlite").touch()
    others = [
        backups / "library.sqlite",
        backups / "shelf-20200101T000000000000.sqlite",
        backups / "my notes",
    ]
    for other in others:
        other.touch()
    backup.thin(library, backups, moment=NOW)
    kept = [NOW - each.made for each in backup.listed(library, backups)]
    assert kept[0] == timedelta()
    assert 24 <= sum(age <= timedelta(days=1) for age in kept) <= 26
    assert 6 <= sum(timedelta(days=1) < age <= timedelta(days=7) for age in kept) <= 8
    assert 8 <= sum(timedelta(days=7) < age <= timedelta(days=62) for age in kept) <= 10
    assert 10 <= sum(timedelta(days=62) < age for age in kept) <= 12
    assert all(other.exists() for other in others)
    assert backup.thin(library, backups, moment=NOW) == []
    backup.thin(library, backups, moment=NOW + timedelta(days=5000))
    assert len(backup.listed(library, backups)) == 1, "the newest stays, however old"


def test_a_copy_is_put_back_and_the_present_file_kept(
    place: Path, backups: Path, library: Library, highlight: Highlight
) -> None:
    copy = backup.make(place, backups)
    library.apply(Change("add", after=(replace(highlight, id="later"),)))
    library.close()
    kept = backup.restore(copy.path, place)
    assert highlights(place) == 1
    assert kept is not None
    assert highlights(kept) == 2, "with what was written last"
    assert copy.path.exists()


def test_a_library_that_is_open_elsewhere_is_not_replaced(
    place: Path, backups: Path, open_library: Callable[[], Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "PATIENCE", 0.1)
    copy = backup.make(place, backups)
    open_library()
    with pytest.raises(LibraryLocked):
        backup.restore(copy.path, place)
    assert highlights(place) == 1


def test_what_closes_the_library_soon_is_waited_for(library: Library, place: Path, backups: Path) -> None:
    copy = backup.make(place, backups)
    library.close()
    other = sqlite3.connect(place, check_same_thread=False)
    other.execute("select count(*) from document").fetchone()
    closing = threading.Timer(0.3, other.close)
    closing.start()
    assert backup.restore(copy.path, place) is not None
    closing.join()
    assert highlights(place) == 1


@pytest.mark.parametrize("left", [b"", b"not a library at all " * 99, None])
def test_a_damaged_or_missing_library_is_replaced_and_kept(
    place: Path, backups: Path, library: Library, left: bytes | None
) -> None:
    copy = backup.make(place, backups)
    library.close()
    if left is None:
        place.unlink()
    else:
        place.write_bytes(left)
    kept = backup.restore(copy.path, place)
    assert highlights(place) == 1
    assert (kept.read_bytes() if kept else None) == left


def spoil(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xa5" * 8192 + whole[16384:])


def make_another_s(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("create table theirs (id)")
    other.close()


@pytest.mark.parametrize("deed", [spoil, make_another_s, lambda path: path.write_bytes(b"x" * 5000)])
def test_a_copy_that_is_not_whole_is_refused_and_an_older_one_offered(
    place: Path, backups: Path, library: Library, deed: Callable[[Path], None]
) -> None:
    good = backup.make(place, backups, moment=NOW)
    bad = backup.make(place, backups, moment=NOW + timedelta(hours=1))
    library.close()
    deed(bad.path)
    before = place.read_bytes()
    with pytest.raises(LibraryDamaged, match="damaged or not a library") as told:
        backup.restore(bad.path, place)
    assert told.value.next
    assert place.read_bytes() == before
    assert backup.newest_good(place, backups) == good


def test_without_copies_there_is_nothing_to_offer(tmp_path: Path) -> None:
    assert backup.newest_good(tmp_path / "library.sqlite", tmp_path / "backups") is None
    assert backup.listed(tmp_path / "library.sqlite", tmp_path / "backups") == []
