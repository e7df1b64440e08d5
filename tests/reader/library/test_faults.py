"""A locked, full or read-only library: a sentence, nothing half done, and work goes on afterwards."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from reader.errors import LibraryDamaged, LibraryError, LibraryFull, LibraryLocked, LibraryReadOnly
from reader.library import Library
from reader.library.store import explained
from reader.model import Change, Highlight


def again(library: Library, highlight: Highlight) -> None:
    """Do what failed before, and see that nothing of the failed one is there."""
    assert library.highlights(highlight.document_id) == []
    library.apply(Change("add", after=(highlight,)))
    assert library.highlights(highlight.document_id) == [highlight]


def test_a_locked_library(library: Library, highlight: Highlight, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "library.sqlite", isolation_level=None)
    other.execute("begin exclusive")
    with pytest.raises(LibraryLocked) as told:
        library.apply(Change("add", after=(highlight,)))
    assert told.value.next
    other.execute("rollback")
    other.close()
    again(library, highlight)


def test_a_full_disk(library: Library, highlight: Highlight) -> None:
    pages = library._store.row("pragma page_count")
    assert pages
    library._store.row(f"pragma max_page_count = {pages[0]}")
    with pytest.raises(LibraryFull) as told:
        library.apply(Change("add", after=(replace(highlight, note="long " * 99_999),)))
    assert told.value.next
    library._store.row("pragma max_page_count = 1000000")
    again(library, highlight)


def test_a_library_that_can_t_be_written(library: Library, highlight: Highlight) -> None:
    library._store.row("pragma query_only = on")
    with pytest.raises(LibraryReadOnly):
        library.apply(Change("add", after=(highlight,)))
    library._store.row("pragma query_only = off")
    again(library, highlight)


def test_damage_inside_is_told(library: Library, highlight: Highlight, tmp_path: Path) -> None:
    library.apply(Change("add", after=(highlight,)))
    library.close()
    place = tmp_path / "library.sqlite"
    whole = place.read_bytes()
    place.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
    with pytest.raises(LibraryDamaged):
        damaged = Library.open(place, backups=tmp_path / "backups")
        damaged.highlights(1)


@pytest.mark.skipif(os.name != "posix", reason="an open file can't be taken away elsewhere")
def test_a_library_that_is_taken_away_is_not_written_into_nothing(
    library: Library, highlight: Highlight, tmp_path: Path
) -> None:
    place, aside = tmp_path / "library.sqlite", tmp_path / "aside.sqlite"
    place.rename(aside)
    with pytest.raises(LibraryReadOnly, match="no longer there") as told:
        library.apply(Change("add", after=(highlight,)))
    assert told.value.next
    place.write_bytes(b"")  # another file of this name is not taken for it
    with pytest.raises(LibraryReadOnly, match="another file"):
        library.apply(Change("add", after=(highlight,)))
    assert place.read_bytes() == b""
    aside.replace(place)
    again(library, highlight)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (sqlite3.SQLITE_PROTOCOL, "network"),
        (sqlite3.SQLITE_IOERR_LOCK, "disk"),
        (sqlite3.SQLITE_IOERR_FSYNC, "disk"),
        (sqlite3.SQLITE_BUSY_RECOVERY, "another program"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "written"),
        (sqlite3.SQLITE_CANTOPEN_ISDIR, "opened"),
        (sqlite3.SQLITE_CORRUPT_VTAB, "damaged"),
    ],
)
def test_what_a_network_folder_does_is_told(tmp_path: Path, code: int, words: str) -> None:
    error = sqlite3.OperationalError("whatever it says")
    error.sqlite_errorcode = code
    known = explained(error, tmp_path / "library.sqlite")
    assert known is not None
    assert words in known.what
    assert known.next


def test_a_failing_disk_is_told_and_our_own_bug_is_not(tmp_path: Path) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_READ
    assert isinstance(explained(error, tmp_path), LibraryError)
    assert explained(sqlite3.OperationalError("no such table"), tmp_path) is None


WRITER = """
import sys
from pathlib import Path
from dataclasses import replace
from reader.library import Library
from reader.document import Span
from reader.model import Anchor, Change, Highlight
place = Path(sys.argv[1])
library = Library.open(place, backups=place.parent / "backups")
kept = []
for number in range(10_000):
    if number % 5 == 4:
        old = kept[number % 3]
        change = Change("edit", before=(old,), after=(replace(old, note=f"note {number}"),))
        kept[number % 3] = change.after[0]
    else:
        change = Change("add", after=(Highlight(1, Anchor(Span(number, number + 1), "x"), tags=("t",)),))
        kept.append(change.after[0])
    library.apply(change)
    print(change.after[0].id, change.after[0].note, sep="\\t", flush=True)
"""


def write_and_kill(place: Path, acknowledged: int) -> dict[str, str]:
    """Kill a process after so many acknowledged changes; return the notes by id that it acknowledged."""
    with subprocess.Popen([sys.executable, "-c", WRITER, place], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        notes: dict[str, str] = {}
        for line in writer.stdout:
            id, note = line.rstrip("\n").split("\t")
            notes[id] = note
            acknowledged -= 1
            if not acknowledged:
                writer.send_signal(signal.SIGKILL)
    assert writer.returncode == -signal.SIGKILL
    return notes


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
@pytest.mark.parametrize(
    "kills", [pytest.param(3, id="few"), pytest.param(60, id="many", marks=pytest.mark.slow)]
)
def test_nothing_acknowledged_is_lost_by_a_kill(
    library: Library, highlight: Highlight, tmp_path: Path, kills: int
) -> None:
    library.close()
    place = tmp_path / "library.sqlite"
    expected: dict[str, str] = {}
    chance = random.Random(kills)
    for _ in range(kills):
        expected |= write_and_kill(place, chance.randrange(1, 60))
        again = Library.open(place, backups=tmp_path / "backups")
        kept = {each.id: each for each in again.highlights(highlight.document_id)}
        assert not [id for id in expected if id not in kept]
        assert all(each.tags == ("t",) for each in kept.values())
        # One more may have been done than was read before the kill: an edit that nobody was told of.
        assert sum(kept[id].note != note for id, note in expected.items()) <= 1
        expected = {id: each.note for id, each in kept.items()}
        assert again._store.row("pragma integrity_check") == ("ok",)
        again.close()
