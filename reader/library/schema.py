"""The tables and how they came to be: migrations, all or nothing, after a copy. Reads no rows of theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from reader.errors import LibraryDamaged, LibraryOld, LibraryTooNew
from reader.library import backup
from reader.library.keys import LISTING
from reader.library.mounts import is_remote
from reader.library.people.gathering import PEOPLE
from reader.library.search.indexes import SEARCH
from reader.library.store import Store, told

NAME = "scholion"

# Offsets count code points, the end is the first character after. Times are ISO 8601 in UTC.
_FIRST = """
create table document (
    id integer primary key,
    title text not null,              -- as it is shown
    given_title text not null,        -- as the source gives it; empty when the text had to tell
    byline text not null,
    site text not null,
    date text not null,               -- as exact as the source: 2021, 2021-03 or 2021-03-14
    language text not null,
    address text not null,
    format text not null,
    source_path text not null,
    file_hash text not null,          -- SHA-256 of the file's bytes
    folded text not null,             -- title, byline and site, for searching without regard to case
    words integer not null,
    added text not null,
    opened text,                      -- when it was last shown
    place_offset integer not null default 0,
    progress real not null default 0, -- 0 to 1
    current_text_id integer references document_text(id) deferrable initially deferred
);
create index document_by_source_path on document(source_path);
create index document_by_opened on document(coalesce(opened, added));

create table document_text (
    id integer primary key,
    document_id integer not null references document(id) on delete cascade,
    text_hash text not null,          -- SHA-256 of the text
    text text not null,
    blocks text not null,             -- JSON
    warnings text not null,           -- JSON, sentences
    added text not null,
    unique (document_id, text_hash)
);
create index document_text_by_text_hash on document_text(text_hash);

create table highlight (
    id text primary key,
    document_id integer not null references document(id) on delete cascade,
    text_hash text not null,          -- the text that the offsets refer to
    start_offset integer not null,
    end_offset integer not null,
    exact text not null,
    prefix text not null,
    suffix text not null,
    colour text not null,
    note text not null,
    created text not null,
    updated text not null
);
create index highlight_by_document on highlight(document_id, start_offset);

create table note (
    id text primary key,
    document_id integer not null references document(id) on delete cascade,
    body text not null,
    created text not null,
    updated text not null
);
create index note_by_document on note(document_id);

create table tag (
    id text primary key,
    name text not null,
    folded text not null unique,      -- the name without regard to case
    colour text,
    description text not null
);

create table highlight_tag (
    highlight_id text not null references highlight(id) on delete cascade,
    tag_id text not null references tag(id),
    position integer not null,
    primary key (highlight_id, tag_id)
);
create index highlight_tag_by_tag on highlight_tag(tag_id);

create table note_tag (
    note_id text not null references note(id) on delete cascade,
    tag_id text not null references tag(id),
    position integer not null,
    primary key (note_id, tag_id)
);
create index note_tag_by_tag on note_tag(tag_id);

create table change (
    id integer primary key,
    made text not null,
    action text not null,
    before text not null,             -- JSON, the records as they were
    after text not null               -- JSON, the records as they became
);

create table analysis (
    id integer primary key,
    text_id integer not null unique references document_text(id) on delete cascade,
    model text not null,
    made text not null
);

create table entity (
    id integer primary key,
    analysis_id integer not null references analysis(id) on delete cascade,
    name text not null,
    label text not null,
    aliases text not null,            -- JSON
    description text not null
);
create index entity_by_analysis on entity(analysis_id);

create table mention (
    id integer primary key,
    analysis_id integer not null references analysis(id) on delete cascade,
    start_offset integer not null,
    end_offset integer not null,
    label text not null,
    name text not null
);
create index mention_by_analysis on mention(analysis_id);

create table quotation (
    id integer primary key,
    analysis_id integer not null references analysis(id) on delete cascade,
    kind text not null,
    content text not null,            -- JSON, [start, end] of each piece; so are the next three
    quoted text not null,
    cue text not null,
    source text not null,
    speaker text,
    reason text not null
);
create index quotation_by_analysis on quotation(analysis_id);
"""

# The value of a date or a time: ISO 8601, or empty. What was found before has none, and is found anew when
# the article is next opened.
_VALUES = """
alter table mention add column value text not null default '';
delete from analysis;
"""

# What the formats give besides the text, how a person wants a file to be read, and what a person says of a
# document against its source. The pictures of a text are rows, so that they are not read to list the library.
_FORMATS = """
alter table document add column chosen_encoding text not null default '';
alter table document add column shows_whole_page integer not null default 0;
alter table document_text add column contents text not null default '[]';
alter table document_text add column pages text not null default '[]';
alter table document_text add column encoding text not null default '';
create table picture (
    text_id integer not null references document_text(id) on delete cascade,
    number integer not null,
    data blob not null,               -- PNG or JPEG
    width integer not null,           -- in pixels, as is the next
    height integer not null,
    primary key (text_id, number)
);
create table details (
    id text primary key,
    document_id integer not null unique references document(id) on delete cascade,
    title text,                       -- null, here and below, where the source is right
    byline text,
    date text,
    site text,
    language text,
    address text,
    updated text not null
);
create index document_by_file_hash on document(file_hash);
"""

# How a person keeps documents in order and what they say against the machine. A collection does not let its
# documents go by itself: they go one by one, so that each can be put back.
_ORDER = """
alter table details add column state text;
alter table details add column removed text not null default '';
alter table document add column removed text not null default '';
create table details_tag (
    details_id text not null references details(id) on delete cascade,
    tag_id text not null references tag(id),
    position integer not null,
    primary key (details_id, tag_id)
);
create index details_tag_by_tag on details_tag(tag_id);

create table collection (
    id text primary key,
    name text not null,               -- "a/b" is b in a
    folded text not null unique,      -- the name without regard to case
    description text not null
);
create table membership (
    id text primary key,
    collection_id text not null references collection(id),
    document_id integer not null references document(id) on delete cascade,
    added text not null,
    unique (collection_id, document_id)
);
create index membership_by_document on membership(document_id);

create table saved_search (
    id text primary key,
    name text not null,
    query text not null,
    created text not null
);

create table identity (
    id text primary key,
    name text not null,               -- as an article has it
    person text not null,             -- who that is
    document_id integer references document(id) on delete cascade, -- null: in all of them
    created text not null
);
create unique index identity_by_name on identity(name, coalesce(document_id, 0));
create index identity_by_person on identity(person);

create table correction (
    id text primary key,
    document_id integer references document(id) on delete set null, -- in which it was made
    remark text not null,
    scope text not null,              -- here, document or everywhere
    words text not null,              -- what it is about
    label text,
    other text not null,              -- a name of somebody, as the remark needs it
    source text not null,
    text_hash text,                   -- this and the next five: where it was made, null where it has no place
    start_offset integer,
    end_offset integer,
    exact text,
    prefix text,
    suffix text,
    created text not null
);
create index correction_by_document on correction(document_id);
create index correction_by_scope on correction(scope);
-- Which corrections an analysis has in it.
alter table analysis add column corrected text not null default '';

create view documents_full as
    select coalesce(nullif(details.title, ''), document.title) as title,
        coalesce(details.byline, document.byline) as byline, coalesce(details.site, document.site) as site,
        coalesce(details.date, document.date) as date, details.state as state, (
            select group_concat(name, ', ') from (
                select name from details_tag join tag on tag.id = tag_id
                where details_id = details.id order by position
            )
        ) as tags, (
            select group_concat(name, ', ') from (
                select collection.name from membership join collection on collection.id = collection_id
                where membership.document_id = document.id order by collection.folded
            )
        ) as collections,
        (select count(*) from highlight where highlight.document_id = document.id) as highlights,
        words, progress, document.added, opened, document.removed, source_path, document.id as document_id
    from document left join details on details.document_id = document.id;
"""

# Every step from an empty file to the present tables, by name. A released step is never changed.
STEPS: tuple[tuple[str, str], ...] = (
    ("0001_first", _FIRST),
    ("0002_values", _VALUES),
    ("0003_formats", _FORMATS),
    ("0004_search", SEARCH),
    ("0005_order", _ORDER),
    ("0006_people", PEOPLE),
    ("0008_listing", LISTING),
)


def _migrations(steps: Sequence[tuple[str, str]]) -> Migrations:
    migrations = Migrations(NAME)
    for name, script in steps:
        migrations(name=name)(_statements(script))
    return migrations


def _statements(script: str) -> Callable[[Database], None]:
    # Not executescript, which would commit the transaction that makes a migration all or nothing.
    def migrate(db: Database, /) -> None:
        for statement in script.split(";\n"):
            if statement.strip():
                db.execute(statement)

    migrate.__name__ = "statements"
    return migrate


def prepare(store: Store, *, backups: Path | None, steps: Sequence[tuple[str, str]] = STEPS) -> None:
    """Bring a library file to the present tables; without `backups` nothing is written, only looked at.

    Raises LibraryTooNew or LibraryDamaged, the file unaltered, for one that is not ours to change.
    """
    migrations = _migrations(steps)
    with told(store.path):
        # Another window may be making the file at this moment: what is seen of it must be of one.
        with store.snapshot():
            pending = _is_pending(store, migrations, known={name for name, _ in steps})
            is_new = not store.db.table_names()
        if backups is None:
            if is_new:
                raise LibraryDamaged(
                    f"The file “{store.path}” is empty, and not a library.",
                    "Move it away, or choose another data folder.",
                )
            if pending:
                raise LibraryOld(
                    "The library was written by an older Scholion.",
                    "Open it in the window once, then try again.",
                )
            return
        # The log of SQLite is kept in memory that two computers do not share: both would write at once.
        # Without it a commit is the deletion of a file, which has to be on disk too.
        journal, synchronous = ("delete", "extra") if is_remote(store.path) else ("wal", "full")
        store.insist(f"pragma journal_mode = {journal}")
        store.run(f"pragma synchronous = {synchronous}")
        store.run("pragma foreign_keys = on")
        if not pending:
            return
        if not is_new:
            backup.make(store.path, backups, why="before-migration")
        with store.transaction():
            # What is pending is asked again: another window may have done it while this one waited.
            migrations.apply(store.db)


def _is_pending(store: Store, migrations: Migrations, *, known: set[str]) -> bool:
    applied = {each.name for each in migrations.applied(store.db)}
    if not applied and store.db.table_names():
        raise LibraryDamaged(
            f"The file “{store.path}” is a database, but not a library of Scholion.",
            "Move it away, or choose another data folder.",
        )
    if applied - known:
        raise LibraryTooNew(
            "The library was written by a newer version of Scholion.",
            "Install that version, or choose another data folder.",
        )
    return applied != known
