"""Taking a document in: the library keeps it, and highlights find their places in a changed text. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reader.aligning import Alignment
from reader.anchoring import describe, locate
from reader.document import Document, Span
from reader.library import Library
from reader.model import Anchor, Change, Highlight, Located, Place, ReadingPlace, Record

# So much of what stands at the top of the page is looked for in another text.
_PASSAGE = 200


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of a document: its id, "new", "known" or "changed", and the highlights without a place."""

    document_id: int
    outcome: str
    document: Document
    lost: tuple[Highlight, ...] = ()


class Finder:
    """Finds anchors again in one text, by the text that each was made in where the library has it."""

    def __init__(self, library: Library, document: Document) -> None:
        self._library, self._document = library, document
        self._alignments: dict[str, Alignment | None] = {}

    def locate(self, anchor: Anchor) -> Located:
        """Find the passage again; the outcomes are those of `anchoring.locate`.

        Without the old text nothing is taken for the passage but its very words.
        """
        document, hash = self._document, anchor.text_hash
        if hash == document.text_hash:
            return locate(document, anchor)
        if hash not in self._alignments:
            old = self._library.text_of(hash)
            self._alignments[hash] = None if old is None else Alignment(old, document.text)
        alignment = self._alignments[hash]
        if alignment is None:
            located = locate(document, anchor)
            return Located(Place.LOST) if located.place is Place.CHANGED else located
        return alignment.locate(anchor.span)


def take_in(library: Library, document: Document, *, added: str = "") -> Intake:
    """Add a document, and find its highlights again. `added` is as in `Library.add_document`."""
    return take_in_all(library, [document], added=added)[0]


def take_in_all(library: Library, documents: Sequence[Document], *, added: str = "") -> list[Intake]:
    """Add several documents in one transaction; the highlights of each are then found again."""
    return [
        Intake(
            known.id,
            known.outcome,
            document,
            () if known.outcome == "new" else find_again(library, known.id, document),
        )
        for known, document in zip(library.add_documents(documents, added=added), documents, strict=True)
    ]


def find_again(library: Library, document_id: int, document: Document) -> tuple[Highlight, ...]:
    """Move the highlights whose words stand in this text too; return those that have no place in it.

    One whose words changed keeps what it was made on, so that a person can compare.
    """
    before: list[Highlight] = []
    after: list[Highlight] = []
    lost: list[Highlight] = []
    finder = Finder(library, document)
    for highlight in library.highlights(document_id):
        if highlight.anchor.text_hash == document.text_hash:
            continue
        located = finder.locate(highlight.anchor)
        if located.span is None:
            lost.append(highlight)
        elif located.place is not Place.CHANGED:
            before.append(highlight)
            after.append(replace(highlight, anchor=describe(document, located.span)))
    if before:
        library.apply(Change("find highlights again", before=tuple(before), after=tuple(after)))
    return tuple(lost)


def as_it_stands(library: Library, change: Change) -> Change:
    """Return the change from where its highlights were found again in a new text of the document.

    That moves the anchor and nothing that the reader wrote, so it stands in nobody's way.
    """
    before: list[Record] = []
    moved: dict[str, Highlight] = {}
    for record in change.before:
        if isinstance(record, Highlight):
            stored = {each.id: each for each in library.highlights(record.document_id)}
            anchor = stored[record.id].anchor if record.id in stored else record.anchor
            record = moved[record.id] = replace(record, anchor=anchor)
        before.append(record)
    after = [
        replace(record, anchor=moved[record.id].anchor)
        if isinstance(record, Highlight) and record.id in moved
        else record
        for record in change.after
    ]
    return replace(change, before=tuple(before), after=tuple(after))


def place_in(document: Document, place: ReadingPlace, *, before: Document) -> ReadingPlace:
    """Return where the words at `place` in the text `before` stand in another text of the document.

    Where they are not found the place is as far through.
    """
    if not place.offset or document.text == before.text:
        return place
    block = next((each for each in before.blocks if each.span.end > place.offset), None)
    if block is not None:
        start = max(place.offset, block.span.start)
        span = Span(start, min(block.span.end, start + _PASSAGE))
        found = Alignment(before.text, document.text).locate(span).span
        if found is not None:
            return replace(place, offset=found.start)
    return replace(place, offset=round(place.offset * len(document.text) / max(1, len(before.text))))
