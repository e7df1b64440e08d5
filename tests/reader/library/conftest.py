"""A library on disk, and a document for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.document import Block, BlockKind, Document, Metadata, Span
from reader.library import Library
from reader.model import Anchor, Highlight


@pytest.fixture
def open_library(tmp_path: Path) -> Iterator[Callable[[], Library]]:
    """Open the test's library, as often as asked; no write waits for another."""
    opened: list[Library] = []

    def open_it() -> Library:
        opened.append(Library.open(tmp_path / "library.sqlite", backups=tmp_path / "backups", patience=0))
        return opened[-1]

    yield open_it
    for library in opened:
        library.close()


@pytest.fixture
def library(open_library: Callable[[], Library]) -> Library:
    return open_library()


@pytest.fixture
def document() -> Document:
    text = "A pier of stone\nThe pier will stand, said Ada Quill.\nNobody else was asked."
    return Document(
        text,
        (Block(Span(0, 15), BlockKind.TITLE), Block(Span(16, 52)), Block(Span(53, 75))),
        Metadata(byline="Émile Roe", site="Harbour Post", date="2021-03"),
        source="/nowhere/pier.txt",
        file_hash="ab" * 32,
    )


@pytest.fixture
def highlight(library: Library, document: Document) -> Highlight:
    """A highlight that is not in the library yet, on a document that is."""
    id = library.add_document(document).id
    return Highlight(id, Anchor(Span(16, 24), "The pier", "stone\n", " will", document.text_hash))
