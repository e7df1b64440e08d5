"""The words that all reports share: dates, types, counts and the reasons behind a speaker. No markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from reader.document import Document
from reader.model import Label, Quote, QuoteKind, Report
from reader.text import one_line

# In the order of a report. Numbers and amounts are found, but are no names.
TYPES = {
    Label.PERSON: "People",
    Label.ORG: "Organisations",
    Label.GPE: "Countries, regions and towns",
    Label.LOC: "Places in nature",
    Label.FAC: "Buildings and sites",
    Label.NORP: "Peoples, faiths and parties",
    Label.EVENT: "Events",
    Label.WORK_OF_ART: "Works",
    Label.LAW: "Laws",
    Label.PRODUCT: "Products",
    Label.LANGUAGE: "Languages",
    Label.MISC: "Other names",
    Label.DATE: "Dates",
}
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_ISO = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_KINDS = {QuoteKind.DIRECT: "Direct", QuoteKind.MIXED: "Partly direct", QuoteKind.INDIRECT: "Reported"}


@dataclass(frozen=True, slots=True)
class Saying:
    """A quotation in words: what was said, and one quiet line on how it was said and how we know."""

    words: str
    how: str
    marked: bool


def clean(text: str) -> str:
    """Return text without what draws nothing but can disguise (controls, turns of direction), or pictures."""
    return "".join(
        char
        for char in text
        if char in "\n\t" or (unicodedata.category(char) not in ("Cc", "Cs") and char not in _UNSEEN)
    )


# Turns of direction, and what stands in the text where a picture lies.
_UNSEEN = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffc"


def printed_on(document: Document, offset: int) -> str:
    """Return "p. 12" for the page that the character at `offset` is printed on, "" without pages."""
    page = document.page_at(offset)
    return f"p. {page.label}" if page is not None and page.label else ""


def date_in_words(date: str) -> str:
    """Return "14 March 2021" for "2021-03-14", as exact as the date is; other text as it is."""
    match = _ISO.fullmatch(date)
    if not match or not 1 <= int(match[2] or 1) <= 12:
        return date
    month = _MONTHS[int(match[2]) - 1] if match[2] else ""
    day = str(int(match[3])) if match[3] else ""
    return " ".join(part for part in (day, month, match[1]) if part)


def counted(number: int, one: str, many: str = "") -> str:
    """Return "1 note" or "2 notes"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def facts(document: Document, tags: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return what is known of the article, as (what, value), the unknown left out."""
    known = document.metadata
    rows = [
        ("By", known.writer),
        ("Published in", known.site),
        ("Date", date_in_words(known.date)),
        ("Address", known.address),
        ("File", document.source),
        ("Tags", ", ".join(tags)),
    ]
    return [(what, one_line(clean(value))) for what, value in rows if value.strip()]


def summary(report: Report) -> str:
    """Return one sentence on what the report holds."""
    said = sum(len(quotes) for _, quotes in report.quotes)
    names = sum(len(found) for _, found in report.names)
    held = [
        (len(report.highlights) + len(report.lost), "highlight"),
        (len(report.notes), "note"),
        (said, "quotation"),
        (names, "name"),
    ]
    parts = [counted(number, what) for number, what in held if number]
    if not parts:
        return "Nothing has been noted or found in this article."
    listed = " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
    return f"This report holds {listed}."


def colophon(report: Report) -> str:
    """Return one sentence on who made the report, when, and what to trust."""
    made = f"Made with Scholion on {date_in_words(report.created[:10])}."
    found = bool(report.quotes or report.names)
    return made + (
        " Quotations and names were found by a program; check them before you cite them." if found else ""
    )


def saying(quote: Quote, document: Document) -> Saying:
    """Put a quotation into words; pieces that the cue parts are joined by "…"."""
    words = " … ".join(one_line(clean(part.of(document.text))) for part in quote.content)
    cue = " … ".join(one_line(clean(part.of(document.text))) for part in quote.cue)
    # The reason names the cue; without one, the cue has to speak for itself.
    how = [
        _KINDS[quote.kind],
        printed_on(document, quote.span.start),
        one_line(clean(quote.reason)) or (f"“{cue}”" if cue else ""),
    ]
    return Saying(words, " · ".join(part for part in how if part), quote.kind is not QuoteKind.INDIRECT)
