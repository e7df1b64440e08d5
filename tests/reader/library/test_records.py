"""The person's layer: every change is whole, has an inverse, and never overwrites what it did not see."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.document import Document, Span
from reader.errors import Conflict
from reader.library import Library
from reader.model import Anchor, Change, Colour, Highlight, Note, Tag

anything = st.text(st.characters(codec=None, categories=None, exclude_categories=()), max_size=30)


def add(library: Library, *records: Highlight | Note | Tag) -> Change:
    change = Change("add", after=records)
    library.apply(change)
    return change


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.tuples(*[anything] * 7), colour=st.sampled_from(Colour), start=st.integers(0, 99))
def test_records_come_back_as_they_went_in(
    library: Library, document: Document, words: tuple[str, ...], colour: Colour, start: int
) -> None:
    id = library.add_document(document).id
    tag = Tag("t" + words[6], colour, words[5])
    anchor = Anchor(Span(start, start + 5), *words[:3], words[6])
    highlight = Highlight(id, anchor, colour, words[3], (tag.name,))
    note = Note(id, words[4], (tag.name,))
    change = add(library, tag, highlight, note)
    assert library.highlights(id) == [highlight]
    assert library.notes(id) == [note]
    assert (tag, 2) in library.tags()
    library.apply(change.inverse)
    assert (library.highlights(id), library.notes(id), library.tags()) == ([], [], [])


def test_highlights_come_in_reading_order_with_their_tags(library: Library, highlight: Highlight) -> None:
    late = replace(highlight, id="late", anchor=replace(highlight.anchor, span=Span(30, 40)), tags=("b", "a"))
    add(library, late)
    add(library, replace(highlight, tags=("a", "c")))
    assert [(h.id, h.tags) for h in library.highlights(highlight.document_id)] == [
        (highlight.id, ("a", "c")),
        ("late", ("b", "a")),
    ]


def test_an_edit_and_its_undo(library: Library, highlight: Highlight) -> None:
    add(library, highlight)
    edited = replace(highlight, note="Why?", colour=Colour.BLUE, tags=("claim",), updated="2999")
    change = Change("edit a note", before=(highlight,), after=(edited,))
    library.apply(change)
    assert library.highlights(highlight.document_id) == [edited]
    library.apply(change.inverse)
    assert library.highlights(highlight.document_id) == [highlight]


def test_tags_are_one_without_regard_to_case(library: Library, highlight: Highlight) -> None:
    first = replace(highlight, tags=("Straße",))
    add(library, first)
    second = replace(highlight, id="second", tags=("STRASSE", "strasse"))
    change = add(library, second)
    assert [(tag.name, uses) for tag, uses in library.tags()] == [("Straße", 2)]
    library.apply(change.inverse)
    assert [uses for _, uses in library.tags()] == [1]


def test_a_tag_that_is_no_longer_used_stays_with_its_colour(library: Library, highlight: Highlight) -> None:
    tag = Tag("method", Colour.GREEN, "How they know")
    add(library, tag)
    library.apply(add(library, replace(highlight, tags=("Method",))).inverse)
    assert library.tags() == [(tag, 0)]


def test_a_renamed_tag_is_renamed_everywhere(library: Library, highlight: Highlight) -> None:
    tag = Tag("method")
    add(library, tag, replace(highlight, tags=("method",)))
    library.apply(Change("rename a tag", before=(tag,), after=(replace(tag, name="how"),)))
    assert library.highlights(highlight.document_id)[0].tags == ("how",)


def test_a_tag_in_use_is_not_deleted(library: Library, highlight: Highlight) -> None:
    tag = Tag("method")
    add(library, tag, replace(highlight, tags=("method",)))
    with pytest.raises(Conflict):
        library.apply(Change("delete a tag", before=(tag,)))
    assert library.tags() == [(tag, 1)]


def test_a_tag_is_deleted_together_with_its_uses_and_comes_back(
    library: Library, highlight: Highlight
) -> None:
    tag, tagged = Tag("method"), replace(highlight, tags=("method",))
    add(library, tag, tagged)
    change = Change("delete a tag", before=(tag, tagged), after=(highlight,))
    library.apply(change)
    assert library.tags() == []
    library.apply(change.inverse)
    assert library.tags() == [(tag, 1)]
    assert library.highlights(highlight.document_id) == [tagged]


def test_two_tags_of_one_name_are_refused(library: Library) -> None:
    add(library, Tag("method"))
    with pytest.raises(Conflict):
        add(library, Tag("METHOD"))


def test_the_one_who_comes_second_is_told(
    library: Library, open_library: Callable[[], Library], highlight: Highlight
) -> None:
    add(library, highlight)
    other = open_library()
    theirs = replace(highlight, note="theirs")
    other.apply(Change("edit a note", before=(highlight,), after=(theirs,)))
    for mine in (
        Change("edit a note", before=(highlight,), after=(replace(highlight, note="mine"),)),
        Change("delete a highlight", before=(highlight,)),
        Change("add a highlight", after=(highlight,)),
    ):
        with pytest.raises(Conflict) as refused:
            library.apply(mine)
        assert refused.value.next
    assert library.highlights(highlight.document_id) == [theirs]


def test_a_change_that_fails_at_its_end_leaves_nothing(library: Library, highlight: Highlight) -> None:
    add(library, highlight)
    with pytest.raises(Conflict):
        add(library, replace(highlight, id="new", tags=("new",)), highlight)
    assert library.highlights(highlight.document_id) == [highlight]
    assert library.tags() == []


def test_a_note_on_a_document_that_is_gone_is_a_conflict(library: Library) -> None:
    with pytest.raises(Conflict):
        add(library, Note(99, "Where?"))


def test_each_change_is_in_the_journal(library: Library, highlight: Highlight, tmp_path: Path) -> None:
    library.apply(add(library, replace(highlight, note="half \ud800")).inverse)
    library.close()
    with sqlite3.connect(tmp_path / "library.sqlite") as connection:
        rows = connection.execute("select action, before = '[]', after = '[]' from change").fetchall()
    connection.close()
    assert rows == [("add", 1, 0), ("add", 0, 1)]


# ---------------------------------------------------------------- tags that come about with a record


def test_a_tag_that_came_with_a_highlight_goes_with_it_and_comes_back_with_its_id(
    library: Library, highlight: Highlight
) -> None:
    change = library.apply(Change("mark", after=(replace(highlight, tags=("Tide", "tide", "quay")),)))
    made = sorted(library.tags(), key=lambda each: each[0].name)
    assert [(tag.name, uses) for tag, uses in made] == [("Tide", 1), ("quay", 1)]
    for _ in range(2):
        library.apply(change.inverse)
        assert library.tags() == []
        library.apply(change)
        assert sorted(library.tags(), key=lambda each: each[0].name) == made


def test_a_tag_that_was_made_by_hand_stays(library: Library, highlight: Highlight) -> None:
    tag = Tag("tide")
    add(library, tag)
    change = library.apply(Change("mark", after=(replace(highlight, tags=("Tide",)),)))
    library.apply(change.inverse)
    assert library.tags() == [(tag, 0)]


def test_a_tag_that_something_else_has_or_that_was_edited_stays(
    library: Library, highlight: Highlight
) -> None:
    change = library.apply(Change("mark", after=(replace(highlight, tags=("tide", "quay")),)))
    tags = {tag.name: tag for tag, _ in library.tags()}
    note = Note(highlight.document_id, "body", ("tide",))
    red = replace(tags["quay"], description="where ships lie")
    library.apply(Change("edit", (tags["quay"],), (red, note)))
    library.apply(change.inverse)
    assert sorted(library.tags(), key=lambda each: each[1]) == [(red, 0), (tags["tide"], 1)]
    library.apply(change)
    assert {tag for tag, _ in library.tags()} == {red, tags["tide"]}
    assert library.highlights(highlight.document_id)[0].tags == ("tide", "quay")


def test_a_tag_that_is_there_by_another_hand_when_it_is_done_again_is_the_one(
    library: Library, highlight: Highlight
) -> None:
    change = library.apply(Change("mark", after=(replace(highlight, tags=("tide",)),)))
    library.apply(change.inverse)
    other = Tag("Tide")
    add(library, other)
    library.apply(change)
    assert library.tags() == [(other, 1)]
    library.apply(change.inverse)
    assert library.tags() == [(other, 0)]


def test_a_change_that_is_refused_makes_no_tag(library: Library, highlight: Highlight) -> None:
    tagged = replace(highlight, tags=("tide",))
    with pytest.raises(Conflict):
        library.apply(Change("edit", (replace(highlight, note="nobody wrote this"),), (tagged,)))
    assert library.tags() == []
