"""The journal tells how each record was left, whatever kind it is."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from reader.document import Document, Span
from reader.library import Library
from reader.library.rescue.journal import KINDS, last_states
from reader.model import (
    Anchor,
    Change,
    Collection,
    Colour,
    Correction,
    Details,
    Distinction,
    Highlight,
    Identity,
    Label,
    Membership,
    Note,
    ReadingState,
    Record,
    Remark,
    SavedSearch,
    Scope,
    Tag,
)


def one_of_each(id: int) -> tuple[Record, ...]:
    anchor = Anchor(Span(16, 24), "The pier", "stone\n", " will", "ab")
    collection = Collection("Piers", "All of them")
    return (
        Highlight(id, anchor, Colour.PINK, "Ask \ud800.", ("claim", "money/budget")),
        Note(id, "Look again.", ("claim",)),
        Tag("method", Colour.BLUE, "How it was done"),
        Details(id, title="A pier", state=ReadingState.READ, tags=("claim",)),
        collection,
        Membership(collection.id, id),
        SavedSearch("Tides", "tide OR pier"),
        Identity("Quill", "Ada Quill", id),
        Distinction("Ada Quill", "Anna Quill"),
        Correction(Remark.IS_A, Scope.HERE, "Ada", Label.PERSON, anchor=anchor, document_id=id),
    )


def test_every_kind_comes_back_as_it_was_left(library: Library, document: Document) -> None:
    made = one_of_each(library.add_document(document).id)
    assert {type(each) for each in made} == set(KINDS.values()) == set(get_args(Record))
    change = library.apply(Change("add", after=made))
    assert change.brings, "tags that were made because a record has them"
    assert last_states(library._store) == {each.id: each for each in (*made, *change.brings)}


def test_the_last_change_counts_and_what_was_deleted_is_none(library: Library, highlight: Highlight) -> None:
    library.apply(Change("add", after=(highlight,)))
    edited = replace(highlight, note="Later.")
    library.apply(Change("edit", before=(highlight,), after=(edited,)))
    assert last_states(library._store) == {highlight.id: edited}
    library.apply(Change("delete", before=(edited,)))
    assert last_states(library._store) == {highlight.id: None}
    library.apply(Change("delete", before=(edited,)).inverse)
    assert last_states(library._store) == {highlight.id: edited}


def test_a_line_that_makes_no_sense_is_passed_over(library: Library, highlight: Highlight) -> None:
    library.apply(Change("add", after=(highlight,)))
    for words in ("{", "[1]", '[{"kind": "shelf"}]', '[{"kind": "note"}]'):
        with library._store.transaction():
            library._store.run(
                "insert into change (made, action, before, after) values ('', '', '[]', ?)", [words]
            )
    assert last_states(library._store) == {highlight.id: highlight}
