"""English words in all their forms: chosen, taken back, and never half made."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.document import Block, Document, Metadata, Span
from reader.library import Library
from reader.model import Analysis, Change, Entity, Label, Mention, Note, Quote, QuoteKind

INDEXES = ("text_index", "title_index", "searchable_index", "quotation_index", "known_as_index")
TEXT = "The naïve 😀 mayors closed \ud800 the piers. “We are closing them,” said Ada Banks."


@pytest.fixture
def filled(library: Library) -> Library:
    document = Document(
        TEXT, (Block(Span(0, len(TEXT))),), Metadata(title="Closures"), source="/closures.txt"
    )
    id = library.add_document(document).id
    start = TEXT.index("We are")
    said = Quote(QuoteKind.DIRECT, (Span(start, start + 19),), speaker="Ada Banks")
    named = Mention(Span(TEXT.index("Ada"), TEXT.index("Ada") + 9), Label.PERSON, "Ada Banks")
    library.save_analysis(
        id,
        Analysis((named,), (said,), (Entity("Ada Banks", Label.PERSON),)),
        text_hash=document.text_hash,
    )
    library.apply(Change("add", after=(Note(id, "Ask about taxes", tags=("Ports",)),)))
    return library


def forms(library: Library) -> list[str]:
    asked = (
        "close",
        "closure in:title",
        "tax in:note",
        "port in:tag",
        "said:close",
        '"a pier"',
        "bank in:person",
    )
    return [query for query in asked if library.search(query)]


def whole(library: Library) -> None:
    for index in INDEXES:
        with library._store.transaction():
            library._store.run(f"insert into {index} ({index}, rank) values ('integrity-check', 1)")


def test_a_word_is_found_in_its_other_forms_where_that_is_chosen(filled: Library) -> None:
    assert not filled.stemming
    assert forms(filled) == []
    filled.set_stemming(True)
    assert filled.stemming
    assert forms(filled) == ["close", "closure in:title", "tax in:note", "port in:tag", "said:close"]
    assert filled.search('"the pier"') and filled.search("NAIVE") and filled.search("person:banks")
    whole(filled)
    filled.set_stemming(False)
    assert not filled.stemming
    assert forms(filled) == []
    whole(filled)


def test_places_and_snippets_are_those_of_the_words_as_they_stand(filled: Library) -> None:
    filled.set_stemming(True)
    (found,) = filled.search("closes in:text")
    (hit,) = (hit for hit in found.hits if hit.kind == "text")
    assert (TEXT[hit.start : hit.end], hit.count) == ("closed", 2)
    assert [hit.snippet[mark.start : mark.end] for mark in hit.marks] == ["closed", "closing"]
    assert [TEXT[at.start : at.end] for at in filled.places("close pier", 1)] == [
        "closed",
        "piers",
        "closing",
    ]


def test_what_comes_later_is_found_so_too(filled: Library, open_library: Callable[[], Library]) -> None:
    other = open_library()
    assert other.search("mayors")
    filled.set_stemming(True)
    text = "Taxes were raised."
    other.add_document(Document(text, (Block(Span(0, len(text))),), source="/t.txt"))
    note = other.notes(1)[0]
    other.apply(Change("delete", before=(note,)))
    assert other.stemming
    assert [each.document_id for each in other.search("raising tax")] == [2]
    assert other.search("port") == []
    whole(other)


@pytest.mark.parametrize("at", [0.0, 0.95])
def test_an_end_in_the_middle_leaves_the_old_indexes(filled: Library, at: float) -> None:
    def give_up(fraction: float) -> None:
        if fraction >= at:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        filled.set_stemming(True, progress=give_up)
    assert not filled.stemming
    assert forms(filled) == []
    assert filled.search("closed")
    whole(filled)
    filled.set_stemming(True)
    assert forms(filled)
    whole(filled)


@pytest.mark.parametrize("place", ["drop table text_index", "drop table quotation_index"])
def test_a_kill_at_any_step_leaves_the_old_indexes(filled: Library, place: str) -> None:
    path = filled._store.path
    program = (
        "import os, sys; from pathlib import Path; from reader.library import Library, store\n"
        "library = Library.open(Path(sys.argv[1]), backups=Path(sys.argv[2]))\n"
        "run = store.Store.run\n"
        "def killed(self, sql, parameters=()):\n"
        "    return os._exit(9) if sql == sys.argv[3] else run(self, sql, parameters)\n"
        "store.Store.run = killed\n"
        "library.set_stemming(True)"
    )
    killed = subprocess.run(
        [sys.executable, "-c", program, str(path), str(path.parent), place],
        cwd=Path(__file__).resolve().parents[4],
        check=False,
    )
    assert killed.returncode == 9
    assert not filled.stemming
    assert filled.search("closed")
    whole(filled)


def test_what_is_written_meanwhile_is_in_the_new_indexes(
    filled: Library, open_library: Callable[[], Library]
) -> None:
    other = open_library()

    def write(fraction: float) -> None:
        if fraction == 0.95:
            text = "The mayors opened the port."
            other.add_document(Document(text, (Block(Span(0, len(text))),), source="/closures.txt"))
            text = "Taxes were raised."
            other.add_document(Document(text, (Block(Span(0, len(text))),), source="/t.txt"))
            other.apply(Change("add", after=(Note(2, "Boats"),)))

    filled.set_stemming(True, progress=write)
    assert [each.document_id for each in filled.search("opening")] == [1]
    assert [each.document_id for each in filled.search("tax raise")] == [2]
    assert filled.search("boat in:note")
    assert filled.search("close in:text") == []
    whole(filled)
    text = "The mayors went home."
    other.add_document(Document(text, (Block(Span(0, len(text))),), source="/closures.txt"))
    assert filled.search("opening") == []
    whole(filled)


def test_progress_is_told_and_what_is_so_already_costs_nothing(filled: Library) -> None:
    told: list[float] = []
    filled.set_stemming(True, progress=told.append)
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)
    filled.set_stemming(True, progress=told.append)
    assert told[-1] == told[0] + 1.0
    assert len(told) == len(set(told))
