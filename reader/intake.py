"""Taking a document in: the library keeps it, and highlights find their places in a changed text. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reader.anchoring import describe, locate
from reader.document import Document
from reader.library import Library
from reader.model import Change, Highlight, Place


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of a document: its id, "new", "known" or "changed", and the highlights without a place."""

    document_id: int
    outcome: str
    document: Document
    lost: tuple[Highlight, ...] = ()


def take_in(library: Library, document: Document, *, added: str = "") -> Intake:
    """Add a document; highlights made in another text of it are found again, or told to be lost.

    Only a highlight whose words are the same is moved. One whose words changed keeps what it was made
    on, so that a person can compare. `added` is as in `Library.add_document`.
    """
    known = library.add_document(document, added=added)
    before: list[Highlight] = []
    after: list[Highlight] = []
    lost: list[Highlight] = []
    for highlight in library.highlights(known.id):
        if highlight.anchor.text_hash == document.text_hash:
            continue
        located = locate(document, highlight.anchor)
        if located.span is None:
            lost.append(highlight)
        elif located.place is not Place.CHANGED:
            before.append(highlight)
            after.append(replace(highlight, anchor=describe(document, located.span)))
    if before:
        library.apply(Change("find highlights again", before=tuple(before), after=tuple(after)))
    return Intake(known.id, known.outcome, document, tuple(lost))
