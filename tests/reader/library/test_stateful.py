"""No order of changes, undone and done again, loses or alters anything: held against a plain model."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from reader.document import Block, Document, Span
from reader.library import Library
from reader.model import Anchor, Change, Colour, Details, Highlight, Note, Record

names = st.lists(st.sampled_from(["claim", "method", "money/budget", "Ünsicher"]), max_size=3, unique=True)
words = st.text(max_size=10)


class Notebook(RuleBasedStateMachine):
    """The library beside a dict of the records that should be in it."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self._open()
        text = "Some words to mark. " * 9
        added = self.library.add_document(Document(text, (Block(Span(0, len(text))),)))
        self.document_id = added.id
        self.records: dict[str, Record] = {}
        self.done: list[Change] = []
        self.undone: list[Change] = []

    def _open(self) -> None:
        place = Path(self.folder.name)
        self.library = Library.open(place / "library.sqlite", backups=place / "backups")

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.library.close()
            self.folder.cleanup()

    def _apply(self, change: Change) -> None:
        self.library.apply(change)
        for record in change.before:
            del self.records[record.id]
        self.records.update({record.id: record for record in change.after})

    def _do(self, change: Change) -> None:
        self._apply(change)
        self.done.append(change)
        self.undone.clear()

    def _all(self, kind: type[Record]) -> list[Record]:
        return [record for record in self.records.values() if isinstance(record, kind)]

    @rule(start=st.integers(0, 99), colour=st.sampled_from(Colour), note=words, tags=names)
    def add_highlight(self, start: int, colour: Colour, note: str, tags: list[str]) -> None:
        anchor = Anchor(Span(start, start + 7), "a words", text_hash="x")
        self._do(Change("add", after=(Highlight(self.document_id, anchor, colour, note, tuple(tags)),)))

    @rule(body=words, tags=names)
    def add_note(self, body: str, tags: list[str]) -> None:
        self._do(Change("add", after=(Note(self.document_id, body, tuple(tags)),)))

    @rule(title=words | st.none(), date=st.sampled_from([None, "", "1998", "1998-05"]))
    def edit_details(self, title: str | None, date: str | None) -> None:
        old = tuple(self._all(Details))
        new = Details(self.document_id, title=title, date=date, **({"id": old[0].id} if old else {}))
        self._do(Change("edit the details", before=old, after=(new,) if new.said else ()))

    @precondition(lambda self: self._all(Highlight))
    @rule(data=st.data(), note=words, tags=names)
    def edit_highlight(self, data: st.DataObject, note: str, tags: list[str]) -> None:
        old = data.draw(st.sampled_from(self._all(Highlight)))
        assert isinstance(old, Highlight)
        self._do(Change("edit", before=(old,), after=(replace(old, note=note, tags=tuple(tags)),)))

    @precondition(lambda self: self._all(Note) or self._all(Highlight))
    @rule(data=st.data())
    def delete_some(self, data: st.DataObject) -> None:
        choice = st.sampled_from(self._all(Note) + self._all(Highlight))
        self._do(
            Change("delete", before=tuple(data.draw(st.lists(choice, unique=True, min_size=1, max_size=3))))
        )

    @rule(data=st.data(), colour=st.sampled_from([*Colour, None]), description=words)
    def edit_tag(self, data: st.DataObject, colour: Colour | None, description: str) -> None:
        tags = [tag for tag, _ in self.library.tags()]
        if tags:
            old = data.draw(st.sampled_from(tags))
            new = replace(old, colour=colour, description=description)
            self.library.apply(Change("edit a tag", before=(old,), after=(new,)))

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        self.undone.append(self.done.pop())
        self._apply(self.undone[-1].inverse)

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        self.done.append(self.undone.pop())
        self._apply(self.done[-1])

    @rule()
    def open_again(self) -> None:
        self.library.close()
        self._open()

    @invariant()
    def the_library_holds_what_it_should(self) -> None:
        if not hasattr(self, "folder"):
            return
        details = self.library.details(self.document_id)
        title = (details.title if details else None) or "Some words to mark. Some words to mark. Some words…"
        assert [entry.title for entry in self.library.entries()] == [title]
        assert {record.id: record for record in self._all(Details)} == (
            {details.id: details} if details else {}
        )
        kept = [*self.library.highlights(self.document_id), *self.library.notes(self.document_id)]
        others = {key: record for key, record in self.records.items() if not isinstance(record, Details)}
        assert {record.id: record for record in kept} == others
        uses: dict[str, int] = {}
        for record in kept:
            for name in record.tags:
                uses[name] = uses.get(name, 0) + 1
        assert {tag.name: number for tag, number in self.library.tags() if number} == uses


Notebook.TestCase.settings = settings(
    max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
test_notebook = Notebook.TestCase
