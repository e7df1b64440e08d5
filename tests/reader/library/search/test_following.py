"""The index follows every change of what it indexes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from hypothesis import settings
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from reader.document import Span
from reader.library import Library
from reader.model import (
    Analysis,
    Anchor,
    Change,
    Details,
    Highlight,
    Note,
    Tag,
)
from tests.reader.library.search.articles import WORDS, fresh, made, titles


def test_a_changed_text_is_searched_instead_of_the_old(library: Library) -> None:
    library.add_document(made("old words", "T"))
    library.add_document(made("new words", "T"))
    assert (titles(library, "old"), titles(library, "new")) == ([], ["T"])


def test_what_a_person_says_of_a_document_is_searched(filled: Library) -> None:
    details = Details(3, title="Loaf", byline="Ann Miller", date="1999")
    filled.apply(change := Change("edit", after=(details,)))
    assert titles(filled, "loaf by:miller date:1999") == ["Loaf"]
    filled.apply(change.inverse)
    assert titles(filled, "in:title bread") == ["Bread"]
    assert titles(filled, "loaf") == []


def test_a_new_analysis_replaces_the_quotations(filled: Library) -> None:
    document = filled.document(2)
    assert document is not None
    filled.save_analysis(2, Analysis(), text_hash=document.text_hash)
    assert titles(filled, "said:tide") == []
    assert titles(filled, "in:person ada") == []


class Following(RuleBasedStateMachine):
    """Notes and tags come, change, go and come back; the index knows exactly those that are there."""

    notes = Bundle("notes")

    def __init__(self) -> None:
        super().__init__()
        self.done: list[Change] = []
        self.undone: list[Change] = []

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.library = fresh(Path(self.folder.name))
        self.library.add_document(made("text", "T"))

    def _apply(self, change: Change) -> None:
        self.library.apply(change)
        self.done.append(change)
        self.undone.clear()

    @rule(body=WORDS, tag=WORDS)
    def add(self, body: str, tag: str) -> None:
        self._apply(Change("add", after=(Note(1, body, tags=(f"x{tag}",)),)))

    @rule(body=WORDS)
    def add_highlight(self, body: str) -> None:
        self._apply(Change("add", after=(Highlight(1, Anchor(Span(0, 4), "text"), note=body),)))

    @rule(body=WORDS)
    def edit(self, body: str) -> None:
        for note in self.library.notes(1)[:1]:
            self._apply(Change("edit", before=(note,), after=(replace(note, body=body),)))

    @rule()
    def delete(self) -> None:
        records = (*self.library.notes(1)[-1:], *self.library.highlights(1)[:1])
        self._apply(Change("delete", before=records))

    @rule(name=WORDS)
    def rename(self, name: str) -> None:
        tags = [tag for tag, _ in self.library.tags()]
        if tags and all(tag.name != f"y{name}" for tag in tags):
            old: Tag = tags[0]
            self._apply(Change("rename", before=(old,), after=(replace(old, name=f"y{name}"),)))

    @rule()
    def undo(self) -> None:
        if self.done:
            change = self.done.pop()
            self.library.apply(change.inverse)
            self.undone.append(change)

    @rule()
    def redo(self) -> None:
        if self.undone:
            change = self.undone.pop()
            self.library.apply(change)
            self.done.append(change)

    @invariant()
    def index_is_right(self) -> None:
        if not hasattr(self, "library"):
            return
        bodies = [note.body for note in self.library.notes(1)]
        bodies += [each.note for each in self.library.highlights(1)]
        tags = {tag for note in self.library.notes(1) for tag in note.tags}
        for word in ("ash", "birch", "cedar"):
            found = self.library.search(f"{word} in:note")
            hits = found[0].hits if found else ()
            assert sum(hit.kind == "note" for hit in hits) == bodies.count(word)
            for tag in (f"x{word}", f"y{word}"):
                assert bool(self.library.search(f"{tag} in:tag")) == (tag in tags)
                assert bool(self.library.search(f"tag:{tag}")) == (tag in tags)
        for index in ("text_index", "title_index", "searchable_index", "quotation_index", "known_as_index"):
            self.library._store.run(f"insert into {index} ({index}) values ('integrity-check')")

    def teardown(self) -> None:
        if hasattr(self, "library"):
            self.library.close()
            self.folder.cleanup()


TestFollowing = Following.TestCase

TestFollowing.settings = settings(max_examples=12, stateful_step_count=15)


def test_the_indexes_agree_with_what_they_index(filled: Library, open_library: Callable[[], Library]) -> None:
    filled.add_document(made("The old pier fell.", "Harbour"))
    store = filled._store
    with store.transaction():
        store.run("delete from document where id = 3")
    for index in ("text_index", "title_index", "searchable_index", "quotation_index", "known_as_index"):
        with store.transaction():
            store.run(f"insert into {index} ({index}, rank) values ('integrity-check', 1)")
    assert titles(filled, "bread in:text") == []
