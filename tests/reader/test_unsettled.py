"""Highlights that a new text changed or lost are shown with both texts, and are placed by a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reader.anchoring import describe
from reader.document import Block, Document, Span
from reader.intake import take_in
from reader.library import Library
from reader.model import Change, Highlight
from reader.unsettled import Passage, gather, placed

OLD = (
    "The harbour was built in 1911 by the town.\n"
    "The levy was repealed in the spring of 2019, the clerk says.\n"
    "Nobody knows who paid for the old lamp on the pier.\n"
    "The last boat left at noon."
)


def article(text: str) -> Document:
    blocks, start = [], 0
    for line in text.split("\n"):
        blocks.append(Block(Span(start, start + len(line))))
        start += len(line) + 1
    return Document(text, tuple(blocks), source="/nowhere/harbour.txt")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = Library.open(tmp_path / "library.sqlite", backups=tmp_path / "backups")
    yield made
    made.close()


@pytest.fixture
def mark(library: Library) -> Callable[[str], Highlight]:
    document = article(OLD)
    id = library.add_document(document).id

    def highlighted(words: str) -> Highlight:
        start = OLD.index(words)
        made = Highlight(id, describe(document, Span(start, start + len(words))))
        library.apply(Change("add a highlight", after=(made,)))
        return made

    return highlighted


def told(passage: Passage | None) -> str:
    """Return the words of a passage, those that the other text does not have in brackets."""
    assert passage is not None
    return "".join(piece.words if piece.same else f"[{piece.words}]" for piece in passage.pieces)


def test_a_changed_passage_is_shown_beside_what_it_was(
    library: Library, mark: Callable[[str], Highlight]
) -> None:
    highlight = mark("The levy was repealed in the spring of 2019, the clerk says.")
    take_in(library, article(OLD.replace("repealed in the spring", "raised in the spring")))
    (one,) = gather(library)
    assert one.highlight == highlight
    assert told(one.was) == "The levy was [repealed] in the spring of 2019, the clerk says."
    assert told(one.now) == "The levy was [raised] in the spring of 2019, the clerk says."
    assert one.was.before.endswith("by the town. ")
    assert one.was.after.startswith(" Nobody knows")


def test_a_lost_passage_keeps_its_old_surroundings(
    library: Library, mark: Callable[[str], Highlight]
) -> None:
    mark("who paid for the old lamp")
    take_in(library, article(OLD.replace("Nobody knows who paid for the old lamp on the pier.\n", "")))
    (one,) = gather(library)
    assert (one.now, one.span) == (None, None)
    assert told(one.was) == "who paid for the old lamp"
    assert one.was.before.endswith("Nobody knows ")
    assert one.was.after.startswith(" on the pier.")


def test_what_is_found_without_doubt_is_moved_and_not_asked_about(
    library: Library, mark: Callable[[str], Highlight]
) -> None:
    highlight = mark("The last boat left at noon.")
    new = article("A new lead.\n" + OLD)
    library.add_document(new)  # as if the program had been killed before it looked for the highlights
    assert library.unsettled() == {highlight.document_id: 1}
    assert list(gather(library)) == []
    (moved,) = library.highlights(highlight.document_id)
    assert moved.anchor.span.of(new.text) == "The last boat left at noon."
    assert library.unsettled() == {}


def test_a_person_places_a_highlight_and_can_take_that_back(
    library: Library, mark: Callable[[str], Highlight]
) -> None:
    highlight = mark("who paid for the old lamp")
    new = article(OLD.replace("who paid for the old lamp", "whence it came"))
    take_in(library, new)
    start = new.text.index("whence it came")
    change = placed(highlight, new, Span(start, start + len("whence it came")))
    library.apply(change)
    assert list(gather(library)) == []
    assert library.highlights(highlight.document_id)[0].anchor.exact == "whence it came"
    library.apply(change.inverse)
    assert [replace(one, updated="") for one in library.highlights(highlight.document_id)] == [
        replace(highlight, updated="")
    ]


def test_blanks_at_the_ends_of_a_highlight_part_it_from_what_stands_around(
    library: Library, mark: Callable[[str], Highlight]
) -> None:
    mark(" paid for the old lamp ")
    take_in(library, article(OLD.replace("who paid for the old lamp on the pier", "whence the light came")))
    (one,) = gather(library)
    assert told(one.was) == "paid for the old lamp"
    assert one.was.before.endswith("knows who ")
    assert one.was.after.startswith(" on the pier")
