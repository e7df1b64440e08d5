"""Copies of the library: made while it is in use, checked, thinned, and put back. Reads nobody's notes.

A copy is one file beside no other, in a folder outside the data folder. It counts only when SQLite finds it
whole and it has as many rows in each table as the library had; until then it has another name. What is put
back never overwrites anything: the file that was there stays under a new name.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from reader.errors import LibraryDamaged, LibraryError, LibraryFull, LibraryLocked, LibraryReadOnly
from reader.library.store import is_busy, told

DAY = timedelta(days=1)
_MOMENT = "%Y%m%dT%H%M%S%f"
_NAME = re.compile(
    r"^(?P<stem>.+?)(?P<why>-before-migration|-before-deleting)?-(?P<moment>\d{8}T\d{12})\.sqlite$"
)
# Of the copies so old, the newest of each hour, day, week or month is kept.
_KEPT: tuple[tuple[timedelta, Callable[[datetime], tuple[int, ...]]], ...] = (
    (DAY, lambda made: (made.year, made.month, made.day, made.hour)),
    (timedelta(days=7), lambda made: (made.year, made.month, made.day)),
    (timedelta(days=62), lambda made: made.isocalendar()[:2]),
    (timedelta(days=366), lambda made: (made.year, made.month)),
)
PATIENCE = 3.0  # seconds in which others may close the library that is to be replaced
_AGAIN_AFTER = 0.05
_PAGES = 500  # are copied between two looks whether to go on: two megabytes
_Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy: when it was made (UTC), how large it is, and what is in it; None where that can't be read."""

    path: Path
    made: datetime
    size: int
    documents: int | None = None
    notes: int | None = None

    @property
    def is_readable(self) -> bool:
        """Tell whether it seems to be a library; `check` tells for sure."""
        return self.documents is not None


def make(library: Path, backups: Path, *, why: str = "", moment: datetime | None = None) -> Backup:
    """Copy the library as it is now, though others go on writing, and make sure that the copy is whole.

    `why` becomes a part of the name. Raises LibraryError, and leaves no half copy behind.
    """
    made = moment or datetime.now(UTC)
    target = backups / f"{library.stem}{f'-{why}' if why else ''}-{made.strftime(_MOMENT)}.sqlite"
    beside = target.with_suffix(".part")
    try:
        backups.mkdir(parents=True, exist_ok=True)
        with removed(beside):
            expected = _copied(library, beside)
            found = _checked(beside)
            if found != expected:
                raise LibraryDamaged(
                    "The library is damaged: a copy of it is not the same.",
                    "Put the newest copy from the backups in its place.",
                )
            onto_disk(beside)
            beside.replace(target)
    except OSError as error:
        raise LibraryError(
            f"The library could not be copied to “{target}”.",
            "Make room there, and allow writing to that folder.",
        ) from error
    return _described(target, made)


def make_daily(library: Path, backups: Path, *, moment: datetime | None = None) -> Backup | None:
    """Copy the library if the newest copy is older than a day, and thin the copies; else return None."""
    now = moment or datetime.now(UTC)
    newest = max((made for _, made in _copies(library, backups)), default=None)
    # One from the future was made by a clock that was wrong.
    if not library.exists() or (newest is not None and newest <= now < newest + DAY):
        return None
    made = make(library, backups, moment=now)
    thin(library, backups, moment=now)
    return made


def thin(library: Path, backups: Path, *, moment: datetime | None = None) -> list[Path]:
    """Remove the copies that later ones stand for, and return them; the newest is always kept.

    Kept are one an hour for a day, one a day for a week, one a week for two months, one a month for a year.
    """
    now = moment or datetime.now(UTC)
    seen: set[tuple[int, tuple[int, ...]]] = set()
    removed: list[Path] = []
    copies = sorted(_copies(library, backups), key=lambda each: each[1], reverse=True)
    for number, (path, made) in enumerate(copies):
        tier = next((n for n, (age, _) in enumerate(_KEPT) if now - made <= age), None)
        key = (tier, _KEPT[tier][1](made)) if tier is not None else None
        if number and (key is None or key in seen):
            # One that can't be removed now is tried again the next day.
            with suppress(OSError):
                path.unlink()
                removed.append(path)
        elif key is not None:
            seen.add(key)
    return removed


def listed(library: Path, backups: Path) -> list[Backup]:
    """Return the copies, the newest first."""
    found = [_described(path, made) for path, made in _copies(library, backups)]
    return sorted(found, key=lambda each: each.made, reverse=True)


def newest_good(library: Path, backups: Path) -> Backup | None:
    """Return the newest copy that is whole, or None."""
    for copy in listed(library, backups):
        try:
            check(copy.path)
        except LibraryError:
            continue  # an older one may be good
        return copy
    return None


def check(copy: Path) -> None:
    """Raise LibraryDamaged unless the copy is a whole library."""
    try:
        counts = _checked(copy)
    except (OSError, LibraryError) as error:
        raise _refused(copy) from error
    if not {"document", "highlight", "note", "tag"} <= counts.keys():
        raise _refused(copy)


def _refused(copy: Path) -> LibraryDamaged:
    return LibraryDamaged(
        f"The copy “{copy.name}” is damaged or not a library, so nothing was changed.", "Choose another copy."
    )


def restore(copy: Path, library: Path, *, moment: datetime | None = None) -> Path | None:
    """Put a copy in the place of the library; return where the present file is kept, None if there was none.

    The library must not be open anywhere: LibraryLocked is raised where it is. A copy that is not whole is
    refused. At every moment there is either the old file or the whole new one.
    """
    check(copy)
    name = f"{library.stem}-replaced-{(moment or datetime.now(UTC)).strftime(_MOMENT)}"
    aside = library.with_name(f"{name}.sqlite")
    beside = library.with_name(f".{name}.part")
    try:
        library.parent.mkdir(parents=True, exist_ok=True)
        with removed(beside):
            shutil.copyfile(copy, beside)
            onto_disk(beside)
            kept = _set_aside(library, aside)
            beside.replace(library)
    except OSError as error:
        raise LibraryReadOnly(
            "The copy could not be put in the place of the library, which is as it was.",
            f"Make room there, and allow writing to the folder “{library.parent}”.",
        ) from error
    return kept


def _set_aside(library: Path, aside: Path) -> Path | None:
    """Keep the present file, and what SQLite has not written into it yet, under another name."""
    if not library.exists():
        return None
    _claim(library)
    for end in ("", "-wal", "-journal"):
        file = Path(f"{library}{end}")
        if file.exists():
            shutil.copyfile(file, f"{aside}{end}")
            onto_disk(Path(f"{aside}{end}"))
    # They belong to the present file: beside another one they would be taken for its own.
    for end in ("-wal", "-shm", "-journal"):
        Path(f"{library}{end}").unlink(missing_ok=True)
    return aside


def _claim(library: Path) -> None:
    """Raise LibraryLocked when another program has the library open; a damaged one can't be asked.

    What our own window still reads in a thread when it lets the file go is waited for.
    """
    until = time.monotonic() + PATIENCE
    while _is_open_elsewhere(library):
        if time.monotonic() >= until:
            raise _held()
        time.sleep(_AGAIN_AFTER)


def _is_open_elsewhere(library: Path) -> bool:
    try:
        with closing(sqlite3.connect(library, timeout=0.5, isolation_level=None)) as present:
            # SQLite lets go of the log of changes only when nobody else has the file open.
            (mode,) = present.execute("pragma journal_mode = delete").fetchone()
    except sqlite3.OperationalError as error:
        return is_busy(error)  # one that can't be read or written nobody else works with
    except sqlite3.DatabaseError:
        return False  # damaged, which is why it is replaced
    return bool(mode == "wal")


def _held() -> LibraryLocked:
    return LibraryLocked(
        "The library is open in another window or program, so it was left as it is.",
        "Close it there, then try again.",
    )


def carry(library: Path, target: Path, *, tell: Callable[[float], None], then: Callable[[], object]) -> None:
    """Copy the library to a place where no file is, check the copy, and do `then`; nobody writes meanwhile.

    `tell` hears how much is copied (0..1); what it raises ends the copying. Raises LibraryLocked when another
    program has the library open, LibraryError when it can't be copied. Unless all went well, `then` too,
    nothing is left at the target. The library itself stays.
    """
    beside = target.with_name(f".{target.name}.{uuid.uuid4().hex}.part")
    try:
        with _held_fast(library), removed(beside):
            target.parent.mkdir(parents=True, exist_ok=True)
            beside.open("xb").close()  # SQLite would not say which of the two can't be written
            expected = _copied(library, beside, tell=tell)
            if _checked(beside) != expected:
                raise LibraryDamaged("The library could not be copied: the copy is not the same.", _AS_IT_WAS)
            onto_disk(beside)
            _take_place(beside, target)
            try:
                then()
            except BaseException:
                with removed(target):
                    raise
    except OSError as error:
        raise _not_carried(error, target) from error


_AS_IT_WAS = "Your library is where it was. Choose another folder, or make room and allow writing there."


def _not_carried(error: OSError, target: Path) -> LibraryError:
    if isinstance(error, FileExistsError):
        what = f"There is a file “{target}” already, and nothing is written over it."
    elif error.errno in (errno.ENOSPC, errno.EDQUOT):
        return LibraryFull(f"There is no room for the library in “{target.parent}”.", _AS_IT_WAS)
    else:
        what = f"The library could not be copied into “{target.parent}”."
    return LibraryReadOnly(what, _AS_IT_WAS)


@contextmanager
def _held_fast(library: Path) -> Iterator[None]:
    """Let nobody else write to the library, which must be open nowhere."""
    _claim(library)
    with told(library), closing(_opened(library, "rw")) as holder:
        holder.execute("begin immediate")
        yield
        holder.execute("rollback")


def _take_place(beside: Path, target: Path) -> None:
    """Give the finished file its name; one that has the name already is never replaced."""
    try:
        os.link(beside, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, as on many sticks
        if target.exists():
            raise FileExistsError(errno.EEXIST, "there already", str(target)) from None
        beside.rename(target)


# ---------------------------------------------------------------- files


def _copies(library: Path, backups: Path) -> Iterator[tuple[Path, datetime]]:
    if not backups.is_dir():
        return
    for path in backups.iterdir():
        named = _NAME.match(path.name)
        if named and named["stem"] == library.stem:
            yield path, datetime.strptime(named["moment"], _MOMENT).replace(tzinfo=UTC)


def _described(path: Path, made: datetime) -> Backup:
    try:
        size = path.stat().st_size
        with told(path), closing(_reading(path)) as copy:
            documents, notes = copy.execute(
                "select (select count(*) from document), (select count(*) from highlight)"
                " + (select count(*) from note)"
            ).fetchone()
    except (OSError, LibraryError, sqlite3.Error):
        return Backup(path, made, size if path.exists() else 0)
    return Backup(path, made, size, documents, notes)


def _copied(library: Path, target: Path, *, tell: Callable[[float], None] | None = None) -> _Counts:
    """Copy the library; return how many rows each table had at the moment of the copy."""

    def step(_status: int, remaining: int, total: int) -> None:
        if tell is not None:
            tell(1 - remaining / max(1, total))

    with told(library), closing(_opened(library, "ro")) as source:
        # What is counted and what is copied are of one moment.
        source.execute("begin")
        expected = _counts(source)
        with closing(sqlite3.connect(target, isolation_level=None)) as copy:
            source.backup(copy, pages=-1 if tell is None else _PAGES, progress=step)
            copy.execute("pragma journal_mode = delete")
        source.execute("commit")
    return expected


def _checked(copy: Path) -> _Counts:
    """Return the number of rows of each table of a file that SQLite finds whole."""
    with told(copy), closing(_reading(copy)) as connection:
        if connection.execute("pragma integrity_check").fetchall() != [("ok",)]:
            raise LibraryDamaged(
                "The library is damaged.", "Put the newest copy from the backups in its place."
            )
        return _counts(connection)


def _counts(connection: sqlite3.Connection) -> _Counts:
    names = connection.execute(
        "select name from sqlite_master where type = 'table' and sql not like 'create virtual%'"
    ).fetchall()
    return {name: connection.execute(f'select count(*) from "{name}"').fetchone()[0] for (name,) in names}


def _reading(path: Path) -> sqlite3.Connection:
    """Open a copy, which nobody writes to, without leaving files beside it."""
    return _opened(path, "ro&immutable=1")


def _opened(path: Path, mode: str) -> sqlite3.Connection:
    address = f"file:{quote(str(path).encode('utf-8', 'surrogateescape'))}?mode={mode}"
    return sqlite3.connect(address, uri=True, isolation_level=None, timeout=5)


def onto_disk(path: Path) -> None:
    """Wait until the file is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def removed(beside: Path) -> Iterator[None]:
    """Leave no half file, nor SQLite's beside it."""
    try:
        yield
    finally:
        for end in ("", "-journal", "-wal", "-shm"):
            Path(f"{beside}{end}").unlink(missing_ok=True)
