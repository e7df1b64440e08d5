"""What a person says of a document: it holds, is searched, outlives reading the file again, and is undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.document import Document, Metadata
from reader.errors import Conflict
from reader.library import Library
from reader.model import Analysis, Change, Details


@pytest.fixture
def said(library: Library, document: Document) -> Details:
    """A title and a date by the person, on a document in the library; not in the library yet."""
    return Details(library.add_document(document).id, title="The second pier", date="1998-05")


def test_what_a_person_says_holds_and_the_rest_is_the_sources(
    library: Library, document: Document, said: Details
) -> None:
    library.apply(Change("edit the details", after=(said,)))
    wanted = replace(document.metadata, title="The second pier", date="1998-05")
    kept = library.document(said.document_id)
    assert kept is not None and kept.metadata == wanted == library.metadata(said.document_id)
    assert library.given(said.document_id) == document.metadata
    assert library.details(said.document_id) == said
    entry = library.entry(said.document_id)
    assert entry is not None
    assert (entry.title, entry.byline, entry.date) == ("The second pier", "Émile Roe", "1998-05")


def test_the_library_is_searched_and_ordered_by_what_holds(
    library: Library, document: Document, said: Details
) -> None:
    library.add_document(
        replace(document, text="Middle words.", source="", file_hash="", metadata=Metadata())
    )
    assert [entry.title for entry in library.entries(order="title")] == ["A pier of stone", "Middle words."]
    library.apply(Change("edit the details", after=(replace(said, byline=""),)))
    assert [entry.title for entry in library.entries(order="title")] == ["Middle words.", "The second pier"]
    assert (library.count(match="second harbour"), library.count(match="stone")) == (1, 0)
    assert library.count(match="émile") == 0, "she is not its author, the person says"


def test_reading_the_file_again_overwrites_nothing(
    library: Library, document: Document, said: Details
) -> None:
    library.apply(Change("edit the details", after=(said,)))
    changed = replace(document, text=document.text + " Later.", metadata=Metadata("New", byline="New hand"))
    assert library.add_document(changed).outcome == "changed"
    assert library.metadata(said.document_id) == Metadata("The second pier", "New hand", "1998-05")
    assert library.count(match="second hand") == 1
    assert library.given(said.document_id) == Metadata("New", byline="New hand")


def test_it_is_edited_taken_back_and_done_again(library: Library, document: Document, said: Details) -> None:
    first = Change("edit the details", after=(said,))
    later = replace(said, title=None, site="The Post", updated="2999")
    second = Change("edit the details", before=(said,), after=(later,))
    for change, title, site in (
        (first, "The second pier", "Harbour Post"),
        (second, "", "The Post"),
        (second.inverse, "The second pier", "Harbour Post"),
        (first.inverse, "", "Harbour Post"),
        (first, "The second pier", "Harbour Post"),
    ):
        library.apply(change)
        kept = library.metadata(said.document_id)
        assert kept is not None and (kept.title, kept.site) == (title, site)


def test_the_one_who_comes_second_is_told(
    library: Library, open_library: Callable[[], Library], said: Details
) -> None:
    library.apply(Change("edit the details", after=(said,)))
    for mine in (
        Change("edit the details", after=(Details(said.document_id, site="Mine"),)),
        Change("edit the details", before=(replace(said, site="Older"),), after=(said,)),
    ):
        with pytest.raises(Conflict):
            open_library().apply(mine)
    assert library.details(said.document_id) == said


def test_another_date_or_language_lets_the_findings_be_found_anew(
    library: Library, document: Document, said: Details
) -> None:
    def found() -> bool:
        return library.analysis(said.document_id, text_hash=document.text_hash) is not None

    titled = replace(said, date=None)
    library.save_analysis(said.document_id, Analysis(model="m"), text_hash=document.text_hash)
    library.apply(Change("edit the details", after=(titled,)))
    assert found(), "a title changes nothing in the text"
    library.apply(Change("edit the details", before=(titled,), after=(said,)))
    assert not found()
    library.save_analysis(said.document_id, Analysis(model="m"), text_hash=document.text_hash)
    library.apply(Change("edit the details", before=(said,)))
    assert not found()


def test_what_is_not_there_is_none(library: Library) -> None:
    assert (library.details(7), library.given(7), library.metadata(7)) == (None, None, None)


anything = st.none() | st.text(st.characters(codec=None, categories=None, exclude_categories=()), max_size=20)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.tuples(*[anything] * 6))
def test_any_words_come_back_as_they_went_in(
    library: Library, document: Document, words: tuple[str | None, ...]
) -> None:
    id = library.add_document(document).id
    details = Details(id, *words)  # type: ignore[arg-type]
    change = Change("edit the details", after=(details,))
    library.apply(change)
    assert library.details(id) == details
    kept = library.document(id)
    assert kept is not None and kept.metadata == details.over(document.metadata)
    assert library.entry(id) is not None
    library.apply(change.inverse)
    assert library.details(id) is None
