"""Articles to search, and what is found of them."""

from __future__ import annotations

import uuid
from pathlib import Path

from hypothesis import strategies as st

from reader.document import Block, Document, Metadata, Span
from reader.library import Library


def made(text: str, title: str = "", **known: str) -> Document:
    return Document(
        text, (Block(Span(0, len(text))),), Metadata(title=title, **known), source=f"/{title}.txt"
    )


def fresh(folder: Path) -> Library:
    """Return another empty library each time; a test of many examples has one folder for all of them."""
    return Library.open(folder / f"{uuid.uuid4()}.sqlite", backups=folder)


def titles(library: Library, query: str) -> list[str]:
    found = [each.title for each in library.search(query)]
    assert library.count_matches(query) == len(found)
    return found


WORDS = st.sampled_from(["ash", "birch", "cedar"])
