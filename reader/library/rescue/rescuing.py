"""What can be read of a damaged library, put into a new one beside it. The damaged file is only read.

A person's layer counts most: what its tables have lost is taken from the journal of changes, where there is a
second account of it; a note whose article is lost keeps a place. What the machine found is found anew where
some of it is missing.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from reader.errors import Conflict, LibraryDamaged, LibraryError, LibraryReadOnly, LibraryTooNew
from reader.library import backup, records
from reader.library.people import gathering
from reader.library.rescue import journal, mending
from reader.library.rescue.pages import Pages, Row
from reader.library.rescue.wreck import MIGRATIONS, Column, Table, Wreck
from reader.library.schema import STEPS, prepare
from reader.library.store import Store, told
from reader.model import Change, Collection, Record, Tag

_COUNTED = ("document", *journal.KINDS)
_FILLED = re.compile(r"insert\s+(?:or\s+ignore\s+)?into\s+(\w+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rescued:
    """A new library with what could be read: how much there is, of how much there seems to have been.

    `articles` have their text; `notes` are highlights too.
    """

    path: Path
    articles: int
    of_articles: int
    notes: int
    of_notes: int


def name_beside(library: Path, *, moment: datetime | None = None) -> Path:
    """Return a name for the rescued library that nothing has yet."""
    made = (moment or datetime.now(UTC)).strftime("%Y%m%dT%H%M%S%f")
    return library.with_name(f"{library.stem}-rescued-{made}.sqlite")


def rescue(damaged: Path, target: Path, *, between: Callable[[], object] | None = None) -> Rescued:
    """Make a new library at `target` of what can be read in the damaged one, which stays as it is.

    Raises LibraryDamaged where nothing can be read, LibraryTooNew, and LibraryError where one of the files
    can't be read or written; nothing is left at `target` then. Nobody should have the damaged file open.
    `between` is called for each row: what it raises ends the rescue.
    """
    beside = target.with_name(f".{target.name}.part")
    if target.exists():
        raise LibraryError(f"There is a file “{target}” already.", "Choose another name, or move it away.")
    try:
        with _wreck(damaged) as wreck:
            steps = _steps(wreck)
            target.parent.mkdir(parents=True, exist_ok=True)
            with backup.removed(beside):
                outcome = _Rescue(wreck, beside, steps, between).run()
                if not (outcome.of_articles or outcome.of_notes):
                    raise LibraryDamaged(
                        f"Nothing of a library could be read in the file “{damaged}”.",
                        "Put the newest copy from the backups in its place.",
                    )
                backup.check(beside)
                backup.onto_disk(beside)
                beside.rename(target)
    except OSError as error:
        raise LibraryReadOnly(
            f"What can be read of the library could not be written to “{target}”.",
            "Make room there, and allow writing to that folder.",
        ) from error
    return replace(outcome, path=target)


@contextmanager
def _wreck(damaged: Path) -> Iterator[Wreck]:
    log = Path(f"{damaged}-wal")
    try:
        written = log.read_bytes() if log.exists() else b""
        file = damaged.open("rb")
    except OSError as error:
        raise LibraryError(
            f"The file “{damaged}” can't be read.", "Check its name, its permissions and the disk."
        ) from error
    with file:
        yield Wreck(Pages(file, written))


def _steps(wreck: Wreck) -> tuple[tuple[str, str], ...]:
    """Return the migrations that the damaged library has had; all of them where that is lost."""
    had = wreck.steps()
    if not had:
        return STEPS
    if had - {name for name, _ in STEPS} and any(re.match(r"\d{4}_\w+\Z", each) for each in had):
        raise LibraryTooNew(
            "The library was written by a newer version of Scholion.",
            "Install that version, and rescue it there.",
        )
    last = max((n for n, (name, _) in enumerate(STEPS, 1) if name in had), default=len(STEPS))
    return STEPS[:last]


class _Rescue:
    """One rescue: fills a new library, brings it to the present tables, and mends what does not fit."""

    def __init__(
        self,
        wreck: Wreck,
        place: Path,
        steps: tuple[tuple[str, str], ...],
        between: Callable[[], object] | None,
    ) -> None:
        self._wreck, self._place, self._steps, self._between = wreck, place, steps, between
        self._numbers: dict[str, set[int]] = {table: set() for table in _COUNTED}
        self._set_aside: list[tuple[Table, Row]] = []  # of a person's, in no tree

    def run(self) -> Rescued:
        """Do it."""
        with closing(Store(self._place, patience=5)) as store, told(self._place):
            prepare(store, backups=self._place.parent, steps=self._steps)
            store.run("pragma foreign_keys = off")
            with store.transaction():
                states = self._fill(store)
            if len(self._steps) < len(STEPS):
                self._convert(store)
            states = mending.without_forgotten(store, states)
            with store.transaction():
                mending.index(store)
                mending.texts(store)
                mending.tags(store, states)
                mending.documents(store, self._lost(states))
                self._wreck.torn |= mending.references(store)
                if self._wreck.torn & mending.machine(store):
                    mending.doubt(store)
                gathering.refill(store)
            store.run("pragma foreign_keys = on")
            self._restore(store, states)
            with store.transaction():
                mending.titles(store)
            outcome = self._counted(store)
            store.run("pragma wal_checkpoint(truncate)").fetchall()
            store.run("pragma journal_mode = delete").fetchall()
        return outcome

    # ------------------------------------------------------------ rows

    def _fill(self, store: Store) -> dict[str, Record | None]:
        """Put in what can be read; return how the journal says that records were left."""
        tables = _tables(store)
        for table in tables:
            for row in self._wreck.rows(table):
                self._put(store, table, row)
        for table, row in self._wreck.strays(tables):
            if table.name in journal.KINDS:
                self._set_aside.append((table, row))
            else:
                self._put(store, table, row)
        states = journal.last_states(store)
        for table, row in self._set_aside:
            # What is known of by the journal is as it says, be it deleted: this may be an older state.
            if row.values[0] not in states:
                self._put(store, table, row)
        for name in _COUNTED:
            told_of = self._wreck.numbers(name)
            if told_of - self._numbers[name]:
                self._wreck.torn.add(name)
            self._numbers[name] |= told_of
        return states

    def _put(self, store: Store, table: Table, row: Row) -> None:
        if self._between is not None:
            self._between()
        named = table.row(row)
        if table.name in _COUNTED:
            self._numbers[table.name].add(row.rowid)
        mended = mending.row(table.name, named)
        if mended is None:
            self._wreck.torn.add(table.name)
            return
        names, marks = ", ".join(f'"{name}"' for name in mended), ", ".join("?" * len(mended))
        store.run(f'insert or ignore into "{table.name}" ({names}) values ({marks})', list(mended.values()))

    def _convert(self, store: Store) -> None:
        """Bring an older library to the present tables, as it would have been without the damage."""
        with tempfile.TemporaryDirectory(dir=self._place.parent) as copies:
            prepare(store, backups=Path(copies))
        store.run("pragma foreign_keys = off")

    def _lost(self, states: dict[str, Record | None]) -> list[Record]:
        """Return the records of the tables that some may be lost from."""
        alive = [each for each in states.values() if each is not None]
        return [each for each in alive if journal.kind_of(each) in self._wreck.torn]

    def _restore(self, store: Store, states: dict[str, Record | None]) -> None:
        """Bring back the records that are lost or damaged, as the journal knows them."""
        alive = [each for each in states.values() if each is not None]
        for record in sorted(alive, key=lambda each: not isinstance(each, Tag | Collection)):
            present = records.stored(store, record)
            if present is None:
                if journal.kind_of(record) not in self._wreck.torn:
                    continue  # it was deleted, and that line of the journal is lost
                change = Change("rescue", after=(record,))
            elif journal.looks_damaged(present) and not journal.looks_damaged(record):
                change = Change("rescue", before=(present,), after=(journal.with_tags_of(present, record),))
            else:
                continue
            try:
                records.apply(store, change)
            except Conflict:
                continue  # another has its place, as a tag of the same name

    def _counted(self, store: Store) -> Rescued:
        def count(sql: str) -> int:
            found = store.row(f"select count(*) from {sql}")
            return int(found[0]) if found else 0

        notes = {name: count(name) for name in ("highlight", "note")}
        documents = count("document")
        return Rescued(
            self._place,
            count("document where current_text_id is not null"),
            max(documents, len(self._numbers["document"])),
            sum(notes.values()),
            sum(max(kept, len(self._numbers[name])) for name, kept in notes.items()),
        )


def _tables(store: Store) -> list[Table]:
    """Return the tables of a new library that hold what is in no other: the rest follows from them."""
    found = store.rows("select type, name, sql from sqlite_master where type in ('table', 'trigger')")
    virtual = tuple(name for _, name, sql in found if sql and sql.lower().startswith("create virtual"))
    follows = {name for kind, _, sql in found if kind == "trigger" for name in _FILLED.findall(sql)}
    return [
        Table(name, _columns(store, name))
        for kind, name, _ in found
        if kind == "table"
        and name not in {MIGRATIONS, *virtual, *follows}
        and not name.startswith(("sqlite_", *(f"{each}_" for each in virtual)))
    ]


def _columns(store: Store, table: str) -> tuple[Column, ...]:
    rows = store.rows(f'pragma table_info("{table}")')
    has_one_key = sum(bool(key) for *_, key in rows) == 1
    return tuple(
        Column(
            name,
            kind.lower(),
            may_be_null=not not_null and not key,
            may_lack=not key and (default is not None or not not_null),
            is_number=bool(key) and has_one_key and kind.lower() == "integer",
        )
        for _, name, kind, not_null, default, key in rows
    )
