"""The corrections of the whole library, each with the article it was made in and its place there. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reader.document import Span
from reader.model import Correction, Scope

if TYPE_CHECKING:  # the window shows these values before the library is loaded
    from reader.library import Library


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A correction, the title of the article it was made in ("" without one), and its present place there.

    `lost` tells that it is of one place that is not in the present text, and so counts for nothing.
    """

    correction: Correction
    title: str = ""
    span: Span | None = None
    lost: bool = False


def gather(library: Library) -> list[Reviewed]:
    """Return every correction, the newest first. Reads only texts that are not those it was made in."""
    made = library.corrections()
    ids = {one.document_id for one in made if one.document_id}
    hashes = library.text_hashes(sorted(ids))
    titles = {id: entry.title for id in ids if (entry := library.entry(id)) is not None}
    stale = {
        one.document_id
        for one in made
        if one.anchor is not None and one.anchor.text_hash not in ("", hashes.get(one.document_id))
    }
    places = {id: found for document_id in stale for id, found in _places(library, document_id, made).items()}
    reviewed = []
    for one in reversed(made):
        title = titles.get(one.document_id, "")
        span = one.anchor.span if one.anchor is not None else None
        if one.document_id in stale:
            span = places.get(one.id)
        lost = one.scope is Scope.HERE and span is None and bool(title)
        reviewed.append(Reviewed(one, title, span, lost))
    return reviewed


def _places(library: Library, document_id: int, made: list[Correction]) -> dict[str, Span]:
    """Return where the corrections made in a document have their places in its newest text, by their ids."""
    from reader.correcting import placed
    from reader.intake import Finder

    document = library.document(document_id)
    if document is None:
        return {}
    here = [
        replace(one, scope=Scope.HERE)
        for one in made
        if one.document_id == document_id and one.anchor is not None
    ]
    found, _ = placed(document, here, find=Finder(library, document).locate)
    return {one.id: one.anchor.span for one in found if one.anchor is not None}
