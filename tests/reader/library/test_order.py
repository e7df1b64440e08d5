"""Collections, questions that are kept, who is who, corrections: kept, listed and taken back like notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.document import Document, Span
from reader.errors import Conflict
from reader.library import Library
from reader.model import (
    Anchor,
    Change,
    Collection,
    Correction,
    Details,
    Distinction,
    Identity,
    Label,
    Membership,
    ReadingState,
    Record,
    Remark,
    SavedSearch,
    Scope,
    Tag,
)

anything = st.text(st.characters(codec=None, categories=None, exclude_categories=()), max_size=20)


def records(id: int, words: tuple[str, ...], start: int) -> tuple[Record, ...]:
    anchor = Anchor(Span(start, start + 3), *words[:4])
    collection = Collection(words[0], words[1])
    return (
        collection,
        Membership(collection.id, id),
        SavedSearch(words[2], words[3]),
        Identity(words[4], words[5]),
        Identity(words[4], words[3], id),
        Correction(Remark.IS_A, Scope.HERE, "w" + words[0], Label.PERSON, anchor=anchor, document_id=id),
        Correction(Remark.SAID_BY, Scope.EVERYWHERE, "w" + words[1], other=words[2], source=words[3]),
        Distinction(words[0], words[1]),
    )


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.tuples(*[anything] * 6), start=st.integers(0, 99))
def test_records_come_back_as_they_went_in_and_go_with_their_undo(
    library: Library, document: Document, words: tuple[str, ...], start: int
) -> None:
    id = library.add_document(document).id
    made = records(id, words, start)
    change = Change("keep in order", after=made)
    library.apply(change)
    assert library.collections() == [(made[0], 1)]
    assert library.memberships([id, 99]) == [made[1]]
    assert library.saved_searches() == [made[2]]
    assert library.identities() == [made[3], made[4]]
    assert library.distinctions() == [made[7]]
    assert library.corrections() == [made[5], made[6]]
    assert library.corrections(id) == [made[5], made[6]]
    assert library.corrections(id + 1) == [made[6]]
    library.apply(change.inverse)
    assert not (library.collections() or library.memberships([id]) or library.saved_searches())
    assert not (library.identities() or library.corrections() or library.distinctions())


def test_what_is_said_of_a_document_as_a_whole_comes_back(library: Library, document: Document) -> None:
    id = library.add_document(document).id
    details = Details(id, state=ReadingState.READ, tags=("b", "a"), removed="2021-03-14")
    change = Change("put away", after=(details,))
    library.apply(change)
    assert library.details(id) == details
    assert not details.says_nothing
    assert [(tag.name, uses) for tag, uses in library.tags()] == [("a", 1), ("b", 1)]
    library.apply(change.inverse)
    assert library.details(id) is None
    assert Details(id).says_nothing


def test_a_tag_of_a_document_is_not_let_go_while_it_is_used(library: Library, document: Document) -> None:
    id = library.add_document(document).id
    tag = Tag("claim")
    library.apply(Change("tag", after=(tag, Details(id, tags=("Claim",)))))
    with pytest.raises(Conflict):
        library.apply(Change("delete a tag", before=(tag,)))
    assert library.tags() == [(tag, 1)]


def test_a_collection_goes_only_after_what_is_in_it(library: Library, document: Document) -> None:
    """Its documents would be lost to an undo else."""
    id = library.add_document(document).id
    collection = Collection("Harbour")
    inside = Membership(collection.id, id)
    library.apply(Change("collect", after=(inside, collection)))
    with pytest.raises(Conflict):
        library.apply(Change("delete a collection", before=(collection,)))
    gone = Change("delete a collection", before=(collection, inside))
    library.apply(gone)
    assert library.collections() == []
    library.apply(gone.inverse)
    assert library.collections() == [(collection, 1)]


def test_names_of_collections_are_one_without_regard_to_case(library: Library) -> None:
    first = Collection("Harbour")
    library.apply(Change("collect", after=(first,)))
    with pytest.raises(Conflict):
        library.apply(Change("collect", after=(Collection("HARBOUR"),)))
    library.apply(Change("rename", before=(first,), after=(replace(first, name="HARBOUR"),)))
    assert [each.name for each, _ in library.collections()] == ["HARBOUR"]


def test_a_change_that_did_not_see_the_latest_is_refused(
    open_library: Callable[[], Library], library: Library
) -> None:
    search = SavedSearch("Piers", "pier*")
    library.apply(Change("keep a search", after=(search,)))
    other = open_library()
    other.apply(Change("edit", before=(search,), after=(replace(search, query="piers"),)))
    with pytest.raises(Conflict):
        library.apply(Change("delete", before=(search,)))
