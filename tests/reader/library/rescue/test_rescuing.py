"""What can be read of a damaged library comes back, whichever pages are bad, and the damaged file stays."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reader.document import Block, BlockKind, Document, Metadata, Picture, Span
from reader.errors import LibraryDamaged, LibraryError, LibraryTooNew
from reader.library import Library, backup
from reader.library.rescue import Rescued, name_beside, rescue
from reader.library.rescue.pages import Pages, Walk
from reader.library.schema import STEPS, prepare
from reader.library.store import Store
from reader.model import (
    Analysis,
    Anchor,
    Change,
    Collection,
    Colour,
    Correction,
    Details,
    Distinction,
    Entity,
    Highlight,
    Identity,
    Label,
    Membership,
    Mention,
    Note,
    Quote,
    QuoteKind,
    ReadingState,
    Record,
    Remark,
    SavedSearch,
    Scope,
    now,
)
from tests.reader.library.test_schema import digest

SIZE, ARTICLES = 4096, 6
PERSONS = (
    "highlight",
    "note",
    "tag",
    "highlight_tag",
    "note_tag",
    "details",
    "details_tag",
    "collection",
    "membership",
    "saved_search",
    "identity",
    "distinction",
    "correction",
)
# Counted from the rest; their numbers are their own.
PEOPLE = "select name, documents, mentions, quotations, persons from person order by name"


def article(number: int, rng: random.Random) -> Document:
    words = " ".join(rng.choices(("pier", "tide", "harbour", "stone", "Quill", "said"), k=900))
    text = f"Article {number}\nWord{number} of Ada Quill: {words}\n\ufffc"
    end = text.index("\n")
    blocks = (
        Block(Span(0, end), BlockKind.TITLE),
        Block(Span(end + 1, len(text) - 2)),
        Block(Span(len(text) - 1, len(text)), BlockKind.IMAGE, picture=0),
    )
    return Document(
        text,
        blocks,
        Metadata(site="Harbour Post", date="2021-03"),
        source=f"/nowhere/{number}.txt",
        file_hash=f"{number:064}",
        pictures=(Picture(rng.randbytes(6000), 3, 2),),
    )


def made_by_a_person(id: int, rng: random.Random) -> list[Record]:
    marks: list[Record] = [
        Highlight(
            id,
            Anchor(Span(at, at + 9), f"passage {at}", "before", "after", "ab" * 32),
            rng.choice(list(Colour)),
            f"note on {at} " * rng.choice((0, 1, 30, 700)),
            tuple(rng.sample(("claim", "method", "Ünsicher"), rng.randrange(3))),
        )
        for at in range(0, 90, 10)
    ]
    return [*marks, Note(id, f"Look again, {id}." * rng.choice((1, 500)), ("claim",))]


def fill(library: Library, documents: int) -> None:
    rng = random.Random(5)
    for number in range(documents):
        document = article(number, rng)
        id = library.add_document(document).id
        for record in made_by_a_person(id, rng):
            library.apply(Change("add", after=(record,)))
        library.save_analysis(
            id,
            Analysis(
                tuple(Mention(Span(at, at + 4), Label.PERSON, "Ada Quill") for at in range(0, 900, 9)),
                tuple(
                    Quote(QuoteKind.DIRECT, (Span(at, at + 30),), speaker="Ada Quill")
                    for at in range(0, 900, 90)
                ),
                (Entity("Ada Quill", Label.PERSON, ("Quill",)),),
                "found by a model",
            ),
            text_hash=document.text_hash,
        )
    collection = Collection("Piers")
    made: tuple[Record, ...] = (
        Details(1, title="The pier", state=ReadingState.READ, tags=("claim",)),
        collection,
        Membership(collection.id, 2),
        SavedSearch("Tides", "tide OR pier"),
        Identity("Quill", "Ada Quill", 1),
        Distinction("Ada Quill", "Bo Quill"),
        Correction(Remark.NOT_A_NAME, Scope.EVERYWHERE, "Pier", document_id=2),
    )
    library.apply(Change("keep in order", after=made))
    (tag,) = (each for each, _ in library.tags() if each.name == "claim")
    library.apply(Change("edit a tag", before=(tag,), after=(replace(tag, colour=Colour.BLUE),)))
    doomed = library.notes(1)[0]
    library.apply(Change("delete", before=(doomed,)))


def settle(path: Path) -> None:
    """Write everything into the one file."""
    connection = sqlite3.connect(path)
    connection.execute("pragma journal_mode = delete")
    connection.close()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of some articles with all that a person can make in it, as one file."""
    path = tmp_path_factory.mktemp("whole") / "library.sqlite"
    library = Library.open(path, backups=path.parent / "backups")
    fill(library, ARTICLES)
    library.close()
    settle(path)
    return path


def sql(path: Path, query: str) -> list[Any]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def dump(path: Path, tables: tuple[str, ...]) -> dict[str, list[Any]]:
    connection = sqlite3.connect(path)
    try:
        return {
            table: sorted(connection.execute(f"select * from {table}").fetchall(), key=repr)
            for table in tables
        }
    finally:
        connection.close()


def opens(outcome: Rescued) -> None:
    """See that a rescued library is sound, and that everything in it can be read and searched."""
    backup.check(outcome.path)
    library = Library.open(outcome.path, backups=outcome.path.parent / "more")
    try:
        assert library._store.rows("pragma foreign_key_check") == []
        entries = library.entries()
        assert len(entries) <= outcome.of_articles
        assert outcome.articles <= outcome.of_articles
        notes = 0
        for entry in entries:
            notes += len(library.highlights(entry.id)) + len(library.notes(entry.id))
            library.details(entry.id)
            document = library.document(entry.id)
            if document is not None:
                library.analysis(entry.id, text_hash=document.text_hash)
                word = document.text.split()[2]
                if word.isalnum():
                    assert entry.id in [each.document_id for each in library.search(word, limit=None)]
        assert notes == outcome.notes <= outcome.of_notes
        library.tags(), library.collections(), library.saved_searches()
        library.identities(), library.corrections(), library.sayings(["Ada Quill"])
        library._store.run("insert into text_index (text_index) values ('integrity-check')")
    finally:
        library.close()


def test_a_library_without_damage_comes_back_as_it_was(whole: Path, tmp_path: Path) -> None:
    before = digest(whole)
    outcome = rescue(whole, tmp_path / "rescued.sqlite")
    assert (outcome.articles, outcome.of_articles) == (ARTICLES, ARTICLES)
    assert outcome.notes == outcome.of_notes == ARTICLES * 10 - 1
    every = (*PERSONS, "document", "document_text", "picture", "analysis", "mention", "quotation", "entity")
    assert dump(outcome.path, (*every, "change")) == dump(whole, (*every, "change"))
    assert sql(outcome.path, PEOPLE) == sql(whole, PEOPLE) != []
    aliases = "select name, alias from known_as order by name, alias"
    assert sql(outcome.path, aliases) == sql(whole, aliases) != []
    opens(outcome)
    follows = ("called", "appearance", "person")
    assert [len(rows) for rows in dump(outcome.path, follows).values()] == [2, ARTICLES, 1]
    assert dump(outcome.path, ("person",)) == dump(whole, ("person",))
    assert digest(whole) == before
    assert [each.name for each in whole.parent.iterdir()] == [whole.name]


def test_what_is_not_in_the_file_yet_comes_along(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    library = Library.open(path, backups=tmp_path / "backups")
    fill(library, 2)
    log = Path(f"{path}-wal")
    assert log.stat().st_size > 0
    before = digest(path), digest(log)
    outcome = rescue(path, tmp_path / "rescued.sqlite")
    assert (digest(path), digest(log)) == before
    library.close()
    assert dump(outcome.path, PERSONS) == dump(path, PERSONS)
    opens(outcome)


def spoil(path: Path, pages: list[int], rng: random.Random) -> None:
    """Overwrite pages, numbered from 1, with zeros or with anything."""
    with path.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * SIZE)
            file.write(rng.choice((bytes(SIZE), rng.randbytes(SIZE))))


class Watched(Pages):
    """Remembers which pages were read since it was asked last, and in which leaf the last row was."""

    leaf = 0

    def page(self, number: int) -> bytes:
        page = super().page(number)
        if page[0] == 13:
            self.leaf = number
        self.used = {self.leaf, number, *getattr(self, "used", ())}
        return page

    def taken(self) -> set[int]:
        used, self.used = {*self.used, self.leaf}, set()
        return used


def texts_on(path: Path, page: int) -> set[int]:
    """Return the documents of which a part of the text is on a page."""
    with path.open("rb") as file:
        pages = Watched(file)
        (root,) = (row.values[3] for row in pages.rows(1, Walk()) if row.values[1] == "document_text")
        pages.taken()
        return {row.values[1] for row in pages.rows(root, Walk()) if page in pages.taken()}


def try_page(whole: Path, tmp_path: Path, page: int) -> None:
    damaged = tmp_path / f"library-{page}.sqlite"
    damaged.write_bytes(whole.read_bytes())
    spoil(damaged, [page], random.Random(page))
    before = digest(damaged)
    outcome = rescue(damaged, name_beside(damaged))
    assert digest(damaged) == before
    expected, found = dump(whole, PERSONS), dump(outcome.path, PERSONS)
    for table in (each for each in PERSONS if not each.endswith("tag")):
        assert [row[0] for row in found[table]] == [row[0] for row in expected[table]], (page, table)
    assert found["highlight"] == expected["highlight"]
    assert found["note"] == expected["note"]
    assert len(found["correction"]) == len(expected["correction"])
    names = {row[2] for row in expected["tag"]}
    assert {row[2] for row in found["tag"]} == names, page
    # A leaf that holds several texts takes all of them along.
    assert outcome.of_articles == ARTICLES
    assert outcome.articles >= ARTICLES - max(1, len(texts_on(whole, page))), page
    opens(outcome)
    outcome.path.unlink()


def test_one_bad_page_costs_a_person_nothing(whole: Path, tmp_path: Path) -> None:
    count = whole.stat().st_size // SIZE
    for page in [*range(1, 6), *range(7, count, 17)]:
        try_page(whole, tmp_path, page)


@pytest.mark.slow
def test_no_page_that_is_bad_costs_a_person_anything(whole: Path, tmp_path: Path) -> None:
    for page in range(1, whole.stat().st_size // SIZE + 1):
        try_page(whole, tmp_path, page)


@pytest.mark.parametrize(
    "rounds", [pytest.param(6, id="few"), pytest.param(300, id="many", marks=pytest.mark.slow)]
)
def test_whatever_is_damaged_is_told_or_read_and_the_file_stays(
    whole: Path, tmp_path: Path, rounds: int
) -> None:
    rng = random.Random(rounds)
    content, count = whole.read_bytes(), whole.stat().st_size // SIZE
    damaged = tmp_path / "library.sqlite"
    for number in range(rounds):
        data = bytearray(content)
        if number % 3 == 0:  # single bytes
            for _ in range(rng.choice((1, 20, 2000))):
                data[rng.randrange(len(data))] = rng.randrange(256)
        elif number % 3 == 1:  # cut short
            del data[rng.randrange(len(data)) :]
        damaged.write_bytes(data)
        if number % 3 == 2:
            spoil(damaged, rng.sample(range(1, count + 1), rng.choice((2, 10, count // 2))), rng)
        before, target = digest(damaged), tmp_path / f"rescued-{number}.sqlite"
        try:
            outcome = rescue(damaged, target)
        except LibraryError as told:
            assert told.what and told.next
            assert not target.exists()
        else:
            opens(outcome)
            target.unlink()
        assert digest(damaged) == before
        assert not list(tmp_path.glob(".*.part*"))


def test_a_deleted_note_does_not_come_back(whole: Path, tmp_path: Path) -> None:
    assert dump(whole, ("note",))["note"]
    outcome = rescue(whole, tmp_path / "rescued.sqlite")
    assert [row for row in dump(outcome.path, ("note",))["note"] if row[1] == 1] == []


def test_an_article_that_was_deleted_for_good_does_not_come_back(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(whole.read_bytes())
    library = Library.open(path, backups=tmp_path / "backups")
    library.apply(Change("put away", after=(Details(3, removed=now()),)))
    library.delete_for_good([3], backups=tmp_path / "backups")
    library.close()
    settle(path)
    expected = dump(path, ("highlight", "note"))
    assert 3 not in {row[1] for row in expected["highlight"]}
    ((root,),) = sql(path, "select rootpage from sqlite_master where name = 'highlight'")
    for page in (1, root):
        damaged = tmp_path / f"{page}.sqlite"
        damaged.write_bytes(path.read_bytes())
        spoil(damaged, [page], random.Random(page))
        outcome = rescue(damaged, tmp_path / f"rescued-{page}.sqlite")
        assert outcome.of_articles == ARTICLES - 1
        assert dump(outcome.path, ("highlight", "note")) == expected
        opens(outcome)


@pytest.mark.parametrize("steps", range(1, len(STEPS)))
def test_an_older_library_is_rescued_and_converted(tmp_path: Path, steps: int) -> None:
    path = tmp_path / "library.sqlite"
    store = Store(path, patience=0)
    prepare(store, backups=tmp_path / "backups", steps=STEPS[:steps])
    store.run("pragma foreign_keys = off")
    store.run(
        "insert into document (title, given_title, byline, site, date, language, address, format,"
        " source_path, file_hash, folded, words, added, current_text_id)"
        " values ('T', 'T', '', '', '', '', '', 'text', '', '', 't', 1, '2021-03-14', 1)"
    )
    store.run(
        "insert into document_text (document_id, text_hash, text, blocks, warnings, added)"
        " values (1, 'h', 'On Thursday', '[]', '[]', '2021-03-14')"
    )
    store.run("insert into note values ('n', 1, 'Look again.', '2021-03-14', '2021-03-14')")
    store.close()
    settle(path)
    outcome = rescue(path, tmp_path / "rescued.sqlite")
    assert (outcome.articles, outcome.notes) == (1, 1)
    library = Library.open(outcome.path, backups=tmp_path / "more")
    assert [each.body for each in library.notes(1)] == ["Look again."]
    assert [each.document_id for each in library.search("thursday")] == [1]
    library.close()
    assert not (tmp_path / "more").exists(), "it is as new as this program"


def make_no_database(path: Path) -> None:
    path.write_bytes(b"Dear diary, this is no database at all. " * 999)


def make_empty(path: Path) -> None:
    path.write_bytes(b"")


def make_another_s(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("create table theirs (id)")
        other.execute("insert into theirs values (1)")
    other.close()


@pytest.mark.parametrize("deed", [make_no_database, make_empty, make_another_s])
def test_where_there_is_nothing_that_is_told_and_nothing_made(
    tmp_path: Path, deed: Callable[[Path], None]
) -> None:
    path = tmp_path / "library.sqlite"
    path.touch()
    deed(path)
    before = path.read_bytes()
    with pytest.raises(LibraryDamaged, match="Nothing of a library") as told:
        rescue(path, tmp_path / "rescued.sqlite")
    assert told.value.next
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_newer_library_is_refused(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(whole.read_bytes())
    with sqlite3.connect(path) as newer:
        newer.execute("update _sqlite_migrations set name = '9999_later' where name = '0001_first'")
    newer.close()
    with pytest.raises(LibraryTooNew):
        rescue(path, tmp_path / "rescued.sqlite")


def test_nothing_is_written_over(whole: Path, tmp_path: Path) -> None:
    target = tmp_path / "there.sqlite"
    target.write_text("mine")
    with pytest.raises(LibraryError, match="already"):
        rescue(whole, target)
    assert target.read_text() == "mine"
    with pytest.raises(LibraryError, match="can't be read"):
        rescue(tmp_path / "gone.sqlite", tmp_path / "rescued.sqlite")
    with pytest.raises(LibraryError, match="could not be written"):
        rescue(whole, target / "within.sqlite")


def test_two_files_have_two_names(tmp_path: Path) -> None:
    assert name_beside(tmp_path / "library.sqlite").parent == tmp_path
    assert name_beside(tmp_path / "library.sqlite") != name_beside(tmp_path / "library.sqlite")
