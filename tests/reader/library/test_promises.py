"""What people trust the library with, kept under kills, rivals, and disks that are full or can't be written.

========================================================  =============================================
the promise                                               its test
========================================================  =============================================
an action is on disk before the screen confirms it        test_nothing_acknowledged_is_lost_whenever_…;
                                                          test_faults: …_is_lost_by_a_kill
no order of actions loses a note                          test_stateful
a full, read-only, locked or lost disk: told, words kept  test_a_disk_that_is_full_…; test_faults;
                                                          journeys/faults/test_library, test_drafts
backups are verified, rotated, outside the data folder    test_backup; test_paths
a corrupt backup is refused                               test_backup: …_not_whole_is_refused_…
restoring from the window keeps the damaged file          journeys/test_backups
what can be read of a damaged library comes back          test_rescue; journeys/test_backups
a migration backs up first and is all or nothing          test_schema, of every schema and killed
a newer database is refused and left as it is             test_schema: …_newer_library_…
source files are never modified                           journeys/test_promises: …_touches_a_source
a missing file never deletes notes                        journeys/test_promises, faults/test_library
analysing again never changes what a person did           test_findings
a highlight found again is never guessed                  aligning/test_alignment; test_anchoring
two windows or processes cannot corrupt the library       test_two_processes_…; …_at_the_same_moment_…
nothing leaves the machine                                journeys/faults/test_processes
========================================================  =============================================
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from reader.errors import LibraryError, LibraryLocked, LibraryReadOnly
from reader.library import Library, backup
from reader.model import Change, Highlight
from tests.reader.library import worker

needs_kill = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")


@dataclass(slots=True)
class Model:
    """What must be in the library: records by id (None: deleted), texts, and what a kill left in doubt."""

    left: dict[str, Any] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)
    doubtful: dict[str, Any] = field(default_factory=dict)
    deeds: dict[str, int] = field(default_factory=dict)

    def hear(self, word: str, what: dict[str, Any]) -> None:
        """Take in a line of the worker."""
        if word == "will":
            self.doubtful = what
        elif word == "refused":
            self.doubtful = {}
        elif word == "did":
            self.doubtful = {}
            self.left |= what.get("left", {})
            self.texts.update(what.get("hashes", ()))
            self.deeds[what["deed"]] = self.deeds.get(what["deed"], 0) + 1


def started(place: Path, seed: int, steps: int, *further: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, worker.__file__, place, place.parent / "backups", str(seed), str(steps), *further],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    )


def written(library: Library) -> dict[str, Any]:
    """Return what a person wrote in each record of the library."""
    ids = [entry.id for entry in library.entries()]
    return {each.id: worker.written(each) for id in ids for each in worker.records_of(library, id)}


def held_against(place: Path, model: Model) -> None:
    """Open the library after a kill: it is sound, and has all that was acknowledged."""
    library = Library.open(place, backups=place.parent / "backups")
    assert library._store.row("pragma integrity_check") == ("ok",)
    assert library._store.rows("pragma foreign_key_check") == []
    found = written(library)
    doubt = model.doubtful.get("left", {})
    for id, expected in model.left.items():
        allowed = [expected, doubt[id]] if id in doubt else [expected]
        assert found.get(id) in allowed, id
    assert set(found) <= {id for id, each in model.left.items() if each} | set(doubt)
    assert all(library.text_of(hash) for hash in model.texts)
    # An action is done as a whole or not at all.
    assert len({found.get(id) == each for id, each in doubt.items()}) <= 1
    for words in [each[0] for each in found.values() if each[0].startswith("edited")][:3]:
        assert library.count_matches(f'in:note "{words}"') == 1
    model.left, model.doubtful = dict(found), {}
    library.close()
    for copy in backup.listed(place, place.parent / "backups"):
        backup.check(copy.path)


@pytest.fixture(params=["local", "remote"])
def lies(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the library is: on a disk of this computer, or as if on a network drive."""
    lies: str = request.param
    monkeypatch.setattr("reader.library.schema.is_remote", lambda path: lies == "remote")
    return lies


@needs_kill
@pytest.mark.parametrize(
    "kills", [pytest.param(8, id="few"), pytest.param(500, id="many", marks=pytest.mark.slow)]
)
def test_nothing_acknowledged_is_lost_whenever_the_process_is_killed(
    tmp_path: Path, lies: str, kills: int
) -> None:
    place, rng, model = tmp_path / "library.sqlite", random.Random(kills), Model()
    acknowledged = 0
    for seed in range(kills):
        with started(place, seed, 100_000, lies) as process:
            assert process.stdout
            until = 0.0
            for line in process.stdout:
                word, what = json.loads(line)
                model.hear(word, what)
                acknowledged += word == "did"
                now = time.monotonic()
                if word == "ready":
                    until = now + rng.uniform(0, 0.2)
                elif now > until and process.poll() is None:
                    # What it still writes before it is gone is read to the end of the pipe.
                    process.send_signal(signal.SIGKILL)
        assert process.returncode == -signal.SIGKILL
        held_against(place, model)
    assert acknowledged > kills
    assert kills < 100 or set(model.deeds) == {*worker.DEEDS, "backup"}


@needs_kill
def test_two_processes_that_write_at_once_lose_nothing_of_one_another(tmp_path: Path, lies: str) -> None:
    place = tmp_path / "library.sqlite"
    processes = [started(place, seed, 120, lies) for seed in (1, 2)]
    heard: dict[str, list[Any]] = {}
    for process in processes:
        with process:
            assert process.stdout
            for line in process.stdout:
                word, what = json.loads(line)
                if word == "did":
                    for id, left in what.get("left", {}).items():
                        heard.setdefault(id, []).append(left)
        assert process.returncode == 0
    library = Library.open(place, backups=tmp_path / "backups")
    found = written(library)
    assert library._store.row("pragma integrity_check") == ("ok",)
    # Of what both have changed, the order is not known here: it is as one of them left it.
    assert not [id for id, states in heard.items() if found.get(id) not in states]
    assert set(found) <= set(heard)
    library.close()


OPENER = """
import sys
from pathlib import Path
from reader.library import Library
print("ready", flush=True)
for line in sys.stdin:
    place = Path(line.rstrip("\\n"))
    library = Library.open(place, backups=place.parent / "backups", patience=60)
    print(library.count(), flush=True)
    library.close()
"""


def test_processes_that_make_the_library_at_the_same_moment_all_have_it(tmp_path: Path) -> None:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    openers = [subprocess.Popen([sys.executable, "-c", OPENER], text=True, **pipes) for _ in range(6)]
    assert [each.stdout.readline() for each in openers if each.stdout] == ["ready\n"] * 6
    for number in range(5):
        place = tmp_path / f"{number}" / "library.sqlite"
        for each in openers:
            assert each.stdin
            each.stdin.write(f"{place}\n")
            each.stdin.flush()
        assert [each.stdout.readline() for each in openers if each.stdout] == ["0\n"] * 6
        library = Library.open(place, backups=tmp_path / "backups")
        assert library._store.row("pragma integrity_check") == ("ok",)
        assert library._store.row("pragma journal_mode") == ("wal",)
        library.close()
        assert not (place.parent / "backups").exists(), "there was nothing to copy"
    assert [each.communicate()[1] for each in openers] == [""] * 6


HOLDER = """
import sqlite3, sys, time
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("create table theirs (id)")
held.execute("drop table theirs")
held.execute("begin immediate")
print("held", flush=True)
time.sleep(0.3)  # nobody here can tell when the other has begun to wait
held.execute("rollback")
"""


def test_a_library_that_another_process_is_making_is_waited_for(tmp_path: Path) -> None:
    place = tmp_path / "library.sqlite"
    with subprocess.Popen([sys.executable, "-c", HOLDER, place], stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        holder.stdout.readline()
        # It is no library with a log of changes yet, for which SQLite would wait by itself.
        Library.open(place, backups=tmp_path / "backups", patience=60).close()
    assert holder.returncode == 0


def test_a_library_that_stays_held_is_told_when_patience_is_over(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "library.sqlite", isolation_level=None)
    other.execute("create table theirs (id)")
    other.execute("drop table theirs")
    other.execute("begin immediate")
    with pytest.raises(LibraryLocked):
        Library.open(tmp_path / "library.sqlite", backups=tmp_path / "backups", patience=0.1)
    other.execute("rollback")
    other.close()
    Library.open(tmp_path / "library.sqlite", backups=tmp_path / "backups", patience=0).close()


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """Let every write beyond `size` bytes fail, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="needs a limit on files")
def test_a_disk_that_is_full_is_told_and_what_was_there_stays(
    library: Library, highlight: Highlight, tmp_path: Path
) -> None:
    library.apply(Change("add", after=(highlight,)))
    place, backups = tmp_path / "library.sqlite", tmp_path / "backups"
    long = replace(highlight, note="long " * 99_999)
    with no_file_larger_than(max(file.stat().st_size for file in tmp_path.glob("library.sqlite*"))):
        with pytest.raises(LibraryError) as told:
            library.apply(Change("edit", before=(highlight,), after=(long,)))
        assert told.value.what
        assert told.value.next
        assert library.highlights(highlight.document_id) == [highlight]
    with no_file_larger_than(8192), pytest.raises(LibraryError) as told:
        backup.make(place, backups)
    assert told.value.next
    assert list(backups.iterdir()) == [], "no half copy"
    library.apply(Change("edit", before=(highlight,), after=(long,)))
    assert library._store.row("pragma integrity_check") == ("ok",)


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="needs a limit on files")
def test_a_copy_that_finds_no_room_leaves_the_library_in_its_place(
    library: Library, highlight: Highlight, tmp_path: Path
) -> None:
    library.apply(Change("add", after=(highlight,)))
    place = tmp_path / "library.sqlite"
    copy = backup.make(place, tmp_path / "backups")
    library.close()
    with no_file_larger_than(8192), pytest.raises(LibraryReadOnly, match="as it was"):
        backup.restore(copy.path, place)
    again = Library.open(place, backups=tmp_path / "backups")
    assert again.highlights(highlight.document_id) == [highlight]
    again.close()


RESTORER = """
import sys, time
from pathlib import Path
from reader.library import backup
place = Path(sys.argv[1])
print("go", flush=True)
while True:
    copy = backup.make(place, place.parent / "backups")
    backup.restore(copy.path, place)
"""


@needs_kill
def test_a_restore_that_is_killed_leaves_a_whole_library(
    library: Library, highlight: Highlight, tmp_path: Path
) -> None:
    library.apply(Change("add", after=(highlight,)))
    library.close()
    place, rng = tmp_path / "library.sqlite", random.Random(7)
    for _ in range(4):
        with subprocess.Popen([sys.executable, "-c", RESTORER, place], stdout=subprocess.PIPE) as process:
            assert process.stdout
            process.stdout.readline()
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(rng.uniform(0, 0.15))
            process.send_signal(signal.SIGKILL)
        again = Library.open(place, backups=tmp_path / "backups")
        assert again._store.row("pragma integrity_check") == ("ok",)
        assert again.highlights(highlight.document_id) == [highlight]
        again.close()


def test_a_copy_is_made_though_another_holds_the_library(
    library: Library, highlight: Highlight, tmp_path: Path
) -> None:
    library.apply(Change("add", after=(highlight,)))
    other = sqlite3.connect(tmp_path / "library.sqlite", isolation_level=None)
    other.execute("begin immediate")
    assert backup.make(tmp_path / "library.sqlite", tmp_path / "backups").notes == 1
    other.execute("rollback")
    other.close()
