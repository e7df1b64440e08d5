"""No order of actions, undone and done again, loses or alters anything: held against a plain model."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from reader.anchoring import describe
from reader.document import Block, Document, Span
from reader.errors import Conflict
from reader.intake import Finder, as_it_stands, take_in
from reader.library import Library, backup
from reader.model import (
    Change,
    Collection,
    Colour,
    Details,
    Highlight,
    Identity,
    Membership,
    Note,
    Record,
    SavedSearch,
    Tag,
)

names = st.lists(st.sampled_from(["claim", "method", "money/budget", "Ünsicher"]), max_size=3, unique=True)
SAID = ("harbour", "patience", "budget")
words = st.lists(st.sampled_from(SAID), max_size=2).map(" ".join) | st.text(max_size=10)
PLACES, VERSIONS = 12, 4


def token(number: int, place: int) -> str:
    """Return a word that stands once, and in one document alone."""
    return f"w{number}x{place}w"


def article(number: int, version: int) -> Document:
    """Return a text of a document; each version lacks another word and begins otherwise."""
    kept = [
        f"{token(number, place)} went on and on." for place in range(PLACES) if place % VERSIONS != version
    ]
    text = f"Article {number}.\n" + "Something new came first. " * version + " ".join(kept)
    end = text.index("\n")
    return Document(text, (Block(Span(0, end)), Block(Span(end + 1, len(text)))), source=f"/no/{number}.txt")


class Notebook(RuleBasedStateMachine):
    """The library beside dicts of what should be in it: documents by id, records by id."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self._open()
        self.documents: dict[int, Document] = {}
        self.records: dict[str, Record] = {}
        self.done: list[Change] = []
        self.undone: list[Change] = []
        self.take_in(0, 0)

    def _open(self) -> None:
        place = Path(self.folder.name)
        self.library = Library.open(place / "library.sqlite", backups=place / "backups")

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.library.close()
            self.folder.cleanup()

    def _apply(self, change: Change) -> None:
        """Do a change as the window does: from where its highlights stand now."""
        standing = as_it_stands(self.library, change)
        self.library.apply(standing)
        for record in standing.before:
            self.records.pop(record.id, None)
        self.records.update({record.id: record for record in standing.after if not isinstance(record, Tag)})

    def _do(self, action: str, *, before: tuple[Record, ...] = (), after: tuple[Record, ...] = ()) -> None:
        change = Change(action, before, after)
        self._apply(change)
        self.done.append(change)
        self.undone.clear()

    def _all(self, *kinds: type[Record]) -> list[Record]:
        return [record for record in self.records.values() if isinstance(record, kinds)]

    # ------------------------------------------------------------ documents

    @rule(number=st.integers(0, 2), version=st.integers(0, VERSIONS - 1))
    def take_in(self, number: int, version: int) -> None:
        """Open a file for the first time, again, or with a changed text."""
        document = article(number, version)
        taken = take_in(self.library, document)
        known = self.documents.get(taken.document_id)
        same = known is not None and known.text == document.text
        assert taken.outcome == ("new" if known is None else "known" if same else "changed")
        self.documents[taken.document_id] = document
        for each in self.library.highlights(taken.document_id):
            model = self.records[each.id]
            assert isinstance(model, Highlight)
            self.records[each.id] = replace(model, anchor=each.anchor)

    @rule(numbers=st.lists(st.integers(3, 7), min_size=1, max_size=4))
    def take_in_several(self, numbers: list[int]) -> None:
        documents = [article(number, 0) for number in numbers]
        for added, document in zip(self.library.add_documents(documents), documents, strict=True):
            self.documents[added.id] = document

    # ------------------------------------------------------------ highlights and notes

    @rule(data=st.data(), colour=st.sampled_from(Colour), note=words, tags=names)
    def add_highlight(self, data: st.DataObject, colour: Colour, note: str, tags: list[str]) -> None:
        id = data.draw(st.sampled_from(list(self.documents)))
        document = self.documents[id]
        word = data.draw(st.sampled_from([each for each in document.text.split() if "x" in each]))
        span = Span(document.text.index(word), document.text.index(word) + len(word))
        self._do("add", after=(Highlight(id, describe(document, span), colour, note, tuple(tags)),))

    @rule(data=st.data(), body=words, tags=names)
    def add_note(self, data: st.DataObject, body: str, tags: list[str]) -> None:
        self._do("add", after=(Note(data.draw(st.sampled_from(list(self.documents))), body, tuple(tags)),))

    @precondition(lambda self: self._all(Highlight, Note))
    @rule(data=st.data(), said=words, tags=names)
    def edit(self, data: st.DataObject, said: str, tags: list[str]) -> None:
        old = data.draw(st.sampled_from(self._all(Highlight, Note)))
        assert isinstance(old, Highlight | Note)
        told = {"note": said} if isinstance(old, Highlight) else {"body": said}
        self._do("edit", before=(old,), after=(replace(old, tags=tuple(tags), **told),))  # type: ignore[arg-type]

    @precondition(lambda self: self._all(Highlight, Note))
    @rule(data=st.data())
    def delete_some(self, data: st.DataObject) -> None:
        choice = st.lists(st.sampled_from(self._all(Highlight, Note)), unique=True, min_size=1, max_size=3)
        self._do("delete", before=tuple(data.draw(choice)))

    # ------------------------------------------------------------ tags, details, order

    @rule(data=st.data(), title=words | st.none(), date=st.sampled_from([None, "", "1998-05"]), tags=names)
    def edit_details(self, data: st.DataObject, title: str | None, date: str | None, tags: list[str]) -> None:
        id = data.draw(st.sampled_from(list(self.documents)))
        held = [each for each in self._all(Details) if isinstance(each, Details) and each.document_id == id]
        new = replace(held[0] if held else Details(id), title=title, date=date, tags=tuple(tags))
        self._do("edit the details", before=tuple(held), after=() if new.says_nothing else (new,))

    @rule(data=st.data(), colour=st.sampled_from([*Colour, None]), description=words)
    def edit_tag(self, data: st.DataObject, colour: Colour | None, description: str) -> None:
        if tags := [tag for tag, _ in self.library.tags()]:
            old = data.draw(st.sampled_from(tags))
            self._do(
                "edit a tag", before=(old,), after=(replace(old, colour=colour, description=description),)
            )

    @rule(data=st.data())
    def delete_a_tag(self, data: st.DataObject) -> None:
        if unused := [tag for tag, uses in self.library.tags() if not uses]:
            self._do("delete a tag", before=(data.draw(st.sampled_from(unused)),))

    @rule(data=st.data(), name=words)
    def keep_in_order(self, data: st.DataObject, name: str) -> None:
        """Put a document into a new collection, keep a question, and say who somebody is."""
        id = data.draw(st.sampled_from(list(self.documents)))
        taken = {each.name.casefold() for each in self._all(Collection) if isinstance(each, Collection)}
        collection = Collection(next(f"{name}{n}" for n in range(99) if f"{name}{n}".casefold() not in taken))
        known = {(each.name, each.document_id) for each in self._all(Identity) if isinstance(each, Identity)}
        made: list[Record] = [collection, Membership(collection.id, id), SavedSearch(name, name)]
        if (name, id) not in known:
            made.append(Identity(name, "Ada Quill", id))
        self._do("keep in order", after=tuple(made))

    # ------------------------------------------------------------ there and back

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        change = self.done.pop()
        if self._went(change.inverse):
            self.undone.append(change)

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        change = self.undone.pop()
        if self._went(change):
            self.done.append(change)

    def _went(self, change: Change) -> bool:
        """Do a change again; one of a tag that meets another of its name, or a use of it, does nothing."""
        try:
            self._apply(change)
        except Conflict:
            assert any(isinstance(record, Tag) for record in (*change.before, *change.after))
            return False
        return True

    @rule()
    def open_again(self) -> None:
        self.library.close()
        self._open()

    @rule()
    def copy(self) -> None:
        place = Path(self.folder.name)
        made = backup.make(place / "library.sqlite", place / "backups")
        assert (made.documents, made.notes) == (len(self.documents), len(self._all(Highlight, Note)))

    @rule(word=st.sampled_from(SAID))
    def search(self, word: str) -> None:
        notes = [
            (each.document_id, each.note if isinstance(each, Highlight) else each.body)
            for each in self._all(Highlight, Note)
            if isinstance(each, Highlight | Note)
        ]
        expected = {id for id, note in notes if word in note.split()}
        assert {found.document_id for found in self.library.search(f"in:note {word}", limit=None)} == expected

    # ------------------------------------------------------------ what holds

    @invariant()
    def the_library_holds_what_it_should(self) -> None:
        if not hasattr(self, "folder"):
            return
        library, ids = self.library, list(self.documents)
        assert {each.id for each in library.entries()} == set(ids)
        kept: list[Record] = []
        for id, document in self.documents.items():
            stored = library.document(id)
            assert stored is not None and (stored.text, stored.blocks) == (document.text, document.blocks)
            details = library.details(id)
            if details and details.title is not None:
                assert stored.metadata.title == details.title
            kept += [*library.highlights(id), *library.notes(id), *([details] if details else [])]
        kept += [each for each, _ in library.collections()]
        kept += [*library.memberships(ids), *library.saved_searches(), *library.identities()]
        assert {record.id: record for record in kept} == self.records
        uses: dict[str, int] = {}
        for record in kept:
            for name in getattr(record, "tags", ()):
                uses[name] = uses.get(name, 0) + 1
        assert {tag.name: number for tag, number in library.tags() if number} == uses

    @invariant()
    def a_highlight_stands_on_its_words_wherever_they_are(self) -> None:
        for id, document in getattr(self, "documents", {}).items():
            finder = Finder(self.library, document)
            for each in self.library.highlights(id):
                assert each.anchor.exact.startswith("w")
                span = finder.locate(each.anchor).span
                if each.anchor.exact in document.text:
                    assert span is not None and span.of(document.text) == each.anchor.exact


Notebook.TestCase.settings = settings(
    max_examples=20, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
test_notebook = Notebook.TestCase
