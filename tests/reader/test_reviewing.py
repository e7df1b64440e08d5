"""All corrections of a library: the newest first, with their articles, their places and what is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.correcting import joined, not_a_name
from reader.document import Block, BlockKind, Document, Span
from reader.library import Library
from reader.model import Change, Entity, Label, Scope
from reader.reviewing import Reviewed, gather

TEXT = "The pier\nAda Quill came, and Bo Lund stayed at home in the rain."
PAGE = Document(
    TEXT, (Block(Span(0, 8), BlockKind.TITLE), Block(Span(9, len(TEXT)))), source="/pier.txt", file_hash="a"
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "library.sqlite", backups=tmp_path)
    yield library
    library.close()


def test_they_are_listed_with_their_articles_and_places(library: Library) -> None:
    id = library.add_document(PAGE).id
    ada = not_a_name(PAGE, Span(9, 18), Scope.HERE, document_id=id)
    bo = not_a_name(PAGE, Span(29, 36), Scope.HERE, document_id=id)
    one = joined(Entity("Bo", Label.PERSON), Entity("Bo Lund", Label.PERSON), Scope.EVERYWHERE)
    for each in (ada, bo, one):
        library.apply(Change("correct", after=(each,)))
    assert library.count_corrections() == 3
    assert gather(library) == [
        Reviewed(one),
        Reviewed(bo, "The pier", Span(29, 36)),
        Reviewed(ada, "The pier", Span(9, 18)),
    ]
    words = TEXT.replace("Ada Quill came, and ", "It had rained for days when ")
    new = Document(
        words, (Block(Span(0, 8), BlockKind.TITLE), Block(Span(9, len(words)))), source="/pier.txt"
    )
    assert library.add_document(new).id == id
    start = words.index("Bo Lund")
    assert gather(library) == [
        Reviewed(one),
        Reviewed(bo, "The pier", Span(start, start + 7)),
        Reviewed(ada, "The pier", None, lost=True),
    ]
    assert library.text_hashes([id, 99]) == {id: new.text_hash}
