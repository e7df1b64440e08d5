"""A quotation with where it comes from, as one would paste it into an essay; plain text, no widgets."""

from __future__ import annotations

from reader.document import BlockKind, Document, Span
from reader.model import Quote, QuoteKind
from reader.reports.wording import printed_on
from reader.text import one_line

_NO_PARAGRAPHS = (BlockKind.TITLE, BlockKind.HEADING, BlockKind.RULE, BlockKind.IMAGE)


def speaker_of(span: Span, quotes: tuple[Quote, ...]) -> str:
    """Return who says the words of `span`: the speaker of the one quotation that holds all of it, or ""."""
    holding = [
        quote
        for quote in quotes
        if quote.speaker
        and quote.kind is not QuoteKind.INDIRECT
        and any(part.covers(span) for part in quote.quoted or quote.content)
    ]
    shortest = min(holding, key=lambda quote: len(quote.span), default=None)
    return (shortest.speaker or "") if shortest else ""


def paragraph_number(document: Document, offset: int) -> int:
    """Return the number of the paragraph at `offset`, counted from 1; headings and pictures are left out."""
    counted = 0
    for block in document.blocks:
        if block.kind not in _NO_PARAGRAPHS:
            counted += 1
        if block.span.end >= offset:
            break
    return max(1, counted)


def cite(document: Document, span: Span, *, quotes: tuple[Quote, ...] = ()) -> str:
    """Return the words of `span`, who says them, and author, title, publisher, date, place, address.

    The place is the page where the source has pages, and the paragraph where it has none.
    """
    words = one_line(span.of(document.text))
    known = document.metadata
    speaker = speaker_of(span, quotes)
    parts = [known.writer, f"“{document.title}”", known.site, known.date]
    parts.append(printed_on(document, span.start) or f"para. {paragraph_number(document, span.start)}")
    origin = ", ".join(part for part in parts if part)
    said = f" — {speaker}, quoted in" if speaker else " —"
    address = f", {known.address}" if known.address else ""
    bare = words.strip('“”"„«»')
    return f"“{bare}”{said} {origin}{address}."
