"""Reports: what a person noted and what was found, as one file to hand in. Reads neither database nor source.

To add a format, write a module with ``render(reports) -> str`` and give it a row in `WRITERS`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from reader.atomic import write_whole
from reader.document import Document, file_of
from reader.errors import ReportError
from reader.model import Analysis, Highlight, Label, Note, Quote, Report
from reader.reports import markdown, page
from reader.reports.wording import TYPES

__all__ = ["WRITERS", "build", "write", "write_all"]

# The name of the format, its suffixes, and what makes the file's text of the reports.
WRITERS: tuple[tuple[str, tuple[str, ...], Callable[[Sequence[Report]], str]], ...] = (
    ("Markdown", (".md", ".markdown"), markdown.render),
    ("HTML", (".html", ".htm"), page.render),
)


def build(
    document: Document,
    *,
    analysis: Analysis | None,
    highlights: Iterable[Highlight],
    notes: Iterable[Note],
    lost: Iterable[Highlight] = (),
    tags: Iterable[str] = (),
) -> Report:
    """Put everything into the order in which it is written.

    The anchors of `highlights` refer to the document's present text; those of `lost` to an older one.
    """
    found = analysis or Analysis()
    return Report(
        document,
        highlights=tuple(sorted(highlights, key=lambda each: (each.anchor.span, each.created))),
        lost=tuple(lost),
        notes=tuple(sorted(notes, key=lambda note: note.created)),
        quotes=_by_speaker(found.quotes),
        names=_by_type(found),
        analysed=analysis is not None,
        tags=tuple(tags),
    )


def _by_speaker(quotes: Iterable[Quote]) -> tuple[tuple[str, tuple[Quote, ...]], ...]:
    """Group quotations: the most quoted first, those without a speaker last, each in reading order."""
    groups: dict[str, list[Quote]] = {}
    for quote in sorted(quotes, key=lambda quote: quote.span):
        groups.setdefault(quote.speaker or "", []).append(quote)
    ordered = sorted(groups.items(), key=lambda group: (not group[0], -len(group[1])))
    return tuple((speaker, tuple(said)) for speaker, said in ordered)


def _by_type(found: Analysis) -> tuple[tuple[Label, tuple[tuple[str, int], ...]], ...]:
    """Count names by type: the types in the order of the table, the most frequent name first."""
    counts: dict[Label, Counter[str]] = {}
    for mention in found.mentions:
        counts.setdefault(mention.label, Counter())[mention.name] += 1
    return tuple(
        (label, tuple(sorted(counts[label].items(), key=lambda each: (-each[1], each[0].casefold()))))
        for label in TYPES
        if label in counts
    )


def write(report: Report, path: Path) -> None:
    """Write one report; see `write_all`."""
    write_all((report,), path)


def write_all(reports: Sequence[Report], path: Path) -> None:
    """Write reports, in their order, into one file whose suffix names the format.

    The file is whole or not there. Raises ReportError, also when it would take the place of a source.
    """
    render = next((render for _, suffixes, render in WRITERS if path.suffix.lower() in suffixes), None)
    if render is None:
        known = ", ".join(suffix for _, suffixes, _ in WRITERS for suffix in suffixes)
        raise ReportError(
            f"A report can't be written as “{path.name}”.", f"Give it a name that ends in one of {known}."
        )
    for report in reports:
        source = report.document.source
        if _is_same_file(path, source) or _is_same_file(path, file_of(source)):
            raise ReportError(
                f"The report would replace the article itself, “{path.name}”.",
                "Choose another name or another folder.",
            )
    _write(path, render(reports))


def _is_same_file(path: Path, source: str) -> bool:
    try:
        return bool(source) and path.exists() and path.samefile(source)
    except (OSError, ValueError):
        return str(path.absolute()) == source


def _write(path: Path, text: str) -> None:
    try:
        write_whole(path, text.encode("utf-8", "replace"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name can't be used"
        raise ReportError(
            f"The report “{path.name}” could not be written: {reason.lower()}.",
            "Choose another folder, or make room and allow writing there.",
        ) from error
