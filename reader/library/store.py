"""The connection: transactions, odd text, and SQLite's errors told in sentences. Knows no tables."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlite_utils

from reader.errors import (
    LibraryDamaged,
    LibraryError,
    LibraryFull,
    LibraryLocked,
    LibraryReadOnly,
)
from reader.library.keys import sort_key
from reader.library.mounts import file_id

Row = tuple[Any, ...]
_AGAIN_AFTER = 0.02  # seconds


class Store:
    """One connection to a library file. Used from the thread that opened it.

    `patience` is how many seconds a write waits for another program's. What `must_exist` is never made, not
    even where the file is taken away at this very moment.
    """

    def __init__(
        self, path: Path, *, patience: float, read_only: bool = False, must_exist: bool = False
    ) -> None:
        self.path = path
        self._patience = patience
        self._file: tuple[int, int] | None = None  # what tells the file from every other
        with told(path):
            mode = "ro" if read_only else "rw" if must_exist else "rwc"
            address = f"file:{quote(str(path).encode('utf-8', 'surrogateescape'))}?mode={mode}"
            self._connection = sqlite3.connect(address, uri=True, timeout=patience, isolation_level=None)
        self._connection.create_function("sort_key", 1, sort_key, deterministic=True)
        self.db = sqlite_utils.Database(self._connection, execute_plugins=False, recursive_triggers=False)

    def close(self) -> None:
        """End the connection; nothing is waiting to be written."""
        self._connection.close()

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Return all rows of a query."""
        with told(self.path):
            return self.run(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        """Return the first row of a query, or None."""
        with told(self.path):
            first: Row | None = self.run(sql, parameters).fetchone()
            return first

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Run one statement, inside `transaction` when it writes."""
        try:
            return self._connection.execute(sql, parameters)
        except UnicodeEncodeError:
            return self._connection.execute(sql, [storable(each) for each in parameters])

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each row, inside `transaction`."""
        self._connection.executemany(sql, ([storable(each) for each in row] for row in rows))

    def insist(self, sql: str) -> None:
        """Run one statement for which SQLite itself does not wait while another program holds the file."""
        until = time.monotonic() + self._patience
        while True:
            try:
                self.run(sql)
            except sqlite3.OperationalError as error:
                if not is_busy(error) or time.monotonic() >= until:
                    raise
                time.sleep(_AGAIN_AFTER)
            else:
                return

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let everything that is read here be of one moment, whatever others write meanwhile."""
        self.run("begin")
        try:
            yield
            self._stay()
        finally:
            if self._connection.in_transaction:
                self.run("rollback")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all or nothing, and have it on disk at the end.

        The lock is taken at the beginning: a transaction that reads first and is overtaken could not write.
        """
        with told(self.path):
            self._stay()
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                # A full disk may have ended the transaction already.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _stay(self) -> None:
        """Raise LibraryReadOnly when the file is gone: SQLite would go on writing where nobody finds it."""
        here = file_id(self.path)
        self._file = self._file or here  # None: one that is kept in memory
        if here != self._file:
            raise LibraryReadOnly(
                f"The library “{self.path}” is no longer there, or another file has taken its place.",
                "Put it back or connect its disk, then try again.",
            )


def is_busy(error: sqlite3.Error) -> bool:
    """Tell whether another program holds the file."""
    # The lower byte is the kind; the rest tells where in SQLite it came up.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def storable(value: Any) -> Any:
    """Return a value that SQLite takes: text with half a surrogate pair goes in as bytes."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            return value.encode("utf-8", "surrogatepass")
    return value


def text(value: str | bytes) -> str:
    """Return the text of a stored value, as it was before `storable`."""
    return value if isinstance(value, str) else value.decode("utf-8", "surrogatepass")


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn an error of SQLite that is the world's fault into a sentence."""
    try:
        yield
    except sqlite3.Error as error:
        known = explained(error, path)
        if known is None:
            raise
        raise known from error


def explained(error: sqlite3.Error, path: Path) -> LibraryError | None:
    """Return what an error of SQLite means for the user, or None when it is our bug."""
    if is_busy(error):
        return LibraryLocked(
            "The library is held by another program.",
            "Close the other program, or wait until it is done, then try again.",
        )
    kind = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if kind in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return LibraryReadOnly(
            "The library can't be written.", f"Allow writing to the folder “{path.parent}”, then try again."
        )
    if kind == sqlite3.SQLITE_CANTOPEN:
        return LibraryReadOnly(
            f"The library “{path}” can't be opened.", "Check that its folder is there and may be written to."
        )
    if kind == sqlite3.SQLITE_FULL:
        return LibraryFull("There is no space left for the library.", "Free some space, then try again.")
    if kind in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return LibraryDamaged(
            f"The library “{path}” is damaged, or not a library.",
            "Move the file away and put the newest copy from the backups in its place.",
        )
    if kind == sqlite3.SQLITE_PROTOCOL:
        return LibraryError(
            "The library can't be locked where it is, as on some network drives.",
            "Try again, or keep it on a disk of this computer (--data-dir).",
        )
    if kind == sqlite3.SQLITE_IOERR:
        return LibraryError(
            "The disk did not read or write the library.",
            "Check the disk and its connection, then try again.",
        )
    return None
