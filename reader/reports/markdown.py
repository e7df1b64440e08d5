"""The report as Markdown that reads well as it is; nothing of the article's text can pass for markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reader.model import Highlight, Note, Report
from reader.reports.wording import TYPES, clean, colophon, counted, facts, printed_on, saying, summary
from reader.text import one_line

# Marks that mean something anywhere, and those that do so only where a line begins.
_ANYWHERE = re.compile(r"([\\`*_\[\]<>&~|$^])")
_BEGINNING = re.compile(r"^(\d{1,9})([.)])|^([#+=:\-])")


def escaped(text: str) -> str:
    """Return one line of Markdown that shows `text` as it is."""
    return escaped_beginning(escaped_inside(one_line(clean(text))))


def escaped_inside(text: str) -> str:
    """Return `text` with every mark escaped that means something within a line."""
    return _ANYWHERE.sub(r"\\\1", text)


def escaped_beginning(line: str) -> str:
    """Return a line with the mark escaped that means something where a line begins."""
    return _BEGINNING.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", line)


def render(reports: Sequence[Report]) -> str:
    """Return the text of a Markdown file with the reports in their order."""
    return "\n---\n\n".join("\n".join(_lines(report)) for report in reports)


def _lines(report: Report) -> Iterator[str]:
    document = report.document
    yield from (f"# {escaped(document.title) or 'Without a title'}", "")
    for what, value in facts(document, report.tags):
        yield f"- **{what}:** {escaped(value)}"
    yield from ("", escaped(summary(report)), "")
    if report.notes:
        yield from ("## Notes on the article", "")
        for note in report.notes:
            yield from _note(note)
    if report.highlights:
        yield from ("## Highlights", "")
        for highlight in report.highlights:
            yield from _highlight(highlight, printed_on(document, highlight.anchor.span.start))
    if report.lost:
        yield from ("## Highlights that lost their place", "")
        yield from ("The article has changed, and these words are no longer found in it.", "")
        for highlight in report.lost:
            yield from _highlight(highlight)
    yield from _quotations(report)
    yield from _names(report)
    yield from ("---", "", f"*{escaped(colophon(report))}*", "")


def _paragraphs(text: str, *, before: str = "") -> Iterator[str]:
    """Yield a person's words, line breaks kept; `before` begins every line."""
    lines = [escaped(line) for line in clean(text).strip().split("\n")]
    for number, line in enumerate(lines):
        is_broken = line and number + 1 < len(lines) and lines[number + 1]
        yield f"{before}{line}{'  ' if is_broken else ''}".rstrip(" " if not is_broken else "")
    yield ""


def _highlight(highlight: Highlight, page: str = "") -> Iterator[str]:
    yield from _paragraphs(clean(highlight.anchor.exact).strip() or "A picture", before="> ")
    told = f"*{highlight.colour.value.capitalize()}*" + (f" · {escaped(page)}" if page else "")
    yield from (f"{told}{_tags(highlight.tags)}", "")
    if highlight.note.strip():
        yield from _paragraphs(highlight.note)


def _note(note: Note) -> Iterator[str]:
    yield from _paragraphs(note.body)
    if note.tags:
        yield from (_tags(note.tags).removeprefix(" · "), "")


def _tags(tags: Sequence[str]) -> str:
    return " · " + ", ".join(f"**{escaped(tag)}**" for tag in tags) if tags else ""


def _quotations(report: Report) -> Iterator[str]:
    if not report.quotes:
        return
    yield from ("## Quotations by speaker", "")
    for speaker, quotes in report.quotes:
        yield from (f"### {escaped(speaker) or 'Speaker unknown'} ({counted(len(quotes), 'quotation')})", "")
        for quote in quotes:
            said = saying(quote, report.document)
            yield from (f"> {escaped(said.words)}", "", f"*{escaped(said.how)}*", "")


def _names(report: Report) -> Iterator[str]:
    if not report.names:
        return
    yield from ("## Names by type", "")
    for label, names in report.names:
        yield from (f"### {TYPES[label]}", "")
        for name, count in names:
            yield f"- {escaped(name)} ({count:,})"
        yield ""
