"""By what the documents can be told apart; what was put away does not count."""

from __future__ import annotations

from reader.document import Block, Document, Metadata, Span
from reader.library import Library
from reader.model import Analysis, Change, Collection, Details, Entity, Label, Membership


def made(text: str, *, format: str = "text", date: str = "") -> Document:
    return Document(
        text, (Block(Span(0, len(text))),), Metadata(date=date), source=f"/{text}.txt", format=format
    )


def test_what_documents_have_is_counted(library: Library) -> None:
    library.add_documents(
        [made("a", date="2021-03"), made("b", date="2020"), made("c", format="pdf", date="soon"), made("d")]
    )
    for id in (1, 2):
        document = library.document(id)
        assert document is not None
        names = (Entity("Ada Quill", Label.PERSON), Entity("Bay Post", Label.ORG))
        library.save_analysis(id, Analysis(entities=names), text_hash=document.text_hash)
    essay = Collection("Essay")
    library.apply(
        Change(
            "order",
            after=(
                essay,
                Membership(essay.id, 1),
                Details(2, date="2021", tags=("claim",)),
                Details(4, removed="2022"),
            ),
        )
    )
    found = library.facets()
    assert found.types == (("text", 2), ("pdf", 1))
    assert found.years == (("2021", 2),)
    assert found.tags == (("claim", 1),)
    assert found.people == (("Ada Quill", 1),)  # what was found in the second waits for its new date
    assert found.collections == (("Essay", 1),)
