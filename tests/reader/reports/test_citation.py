"""A passage with its origin: who says it, where it stands, and where it was published."""

from __future__ import annotations

from dataclasses import replace

from reader.document import Block, BlockKind, Document, Page, Span
from reader.model import Quote, QuoteKind, Report
from reader.reports.citation import cite, paragraph_number


def test_words_speaker_and_origin(report: Report) -> None:
    quotes = tuple(quote for _, quotes in report.quotes for quote in quotes)
    start = report.document.text.index("stand")
    assert cite(report.document, Span(start, start + 5), quotes=quotes) == (
        "“stand” — Ada Quill, quoted in Émile Roe, “The pier”, Harbour Post, 2021-03-14, para. 1."
    )


def test_words_outside_a_quotation_have_no_speaker(report: Report) -> None:
    known = replace(report.document.metadata, address="https://example.org/pier")
    document = replace(report.document, metadata=known)
    said = Quote(QuoteKind.INDIRECT, (Span(0, 21),), speaker="Ada Quill")
    assert cite(document, Span(0, 8), quotes=(said,)).startswith("“The pier” — Émile Roe,")
    assert cite(document, Span(0, 8)).endswith("para. 1, https://example.org/pier.")


def test_paragraphs_are_counted_without_headings() -> None:
    spans = (Span(0, 1), Span(2, 3), Span(4, 5))
    kinds = (BlockKind.TITLE, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH)
    document = Document("T\na\nb", tuple(map(Block, spans, kinds)))
    assert [paragraph_number(document, at) for at in (0, 2, 4)] == [1, 1, 2]


def test_a_printed_page_is_cited_where_there_is_one(report: Report) -> None:
    pages = (Page("iv", Span(0, 10), 1, 1), Page("v", Span(10, len(report.document.text)), 1, 1))
    document = replace(report.document, pages=pages)
    start = document.text.index("Bo Lund")
    assert cite(document, Span(start, start + 7)).endswith("2021-03-14, p. v.")


def test_a_picture_is_no_word_and_no_paragraph() -> None:
    spans = (Span(0, 3), Span(5, 6), Span(8, 11))
    kinds = (BlockKind.PARAGRAPH, BlockKind.IMAGE, BlockKind.PARAGRAPH)
    document = Document("One\n\n\ufffc\n\nTwo", tuple(map(Block, spans, kinds)))
    assert cite(document, Span(0, 11)).startswith("“One Two”")
    assert paragraph_number(document, 9) == 2
