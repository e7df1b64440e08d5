"""Dates as files and pages write them, made ISO 8601; nothing is guessed from an ambiguous order."""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"\s*(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)")
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?!\d)")
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(\d{{4}})\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.IGNORECASE)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_LONGEST = 200


def iso_date(text: str) -> str:
    """Return the date in `text` as ``2021``, ``2021-03`` or ``2021-03-14``, or "" when it tells none.

    Understands ISO dates at the beginning, with or without a time, and English dates with the month
    in letters. "03/04/2021" is not understood: no one can tell which is the month.
    """
    text = text[:_LONGEST]
    for pattern, order in ((_COMPACT, (1, 2, 3)), (_ISO, (1, 2, 3))):
        found = pattern.match(text)
        if found:
            parts = [found[i] for i in order]
            return _checked(*(int(part) if part else None for part in parts))
    found = _DAY_FIRST.search(text)
    if found:
        return _checked(int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1]))
    found = _MONTH_FIRST.search(text)
    if found:
        return _checked(int(found[3]), _MONTHS.index(found[1].lower()) + 1, int(found[2]))
    return ""


def _checked(year: int | None, month: int | None, day: int | None) -> str:
    try:
        when = date(year or 0, month or 1, day or 1)
    except ValueError:
        return ""
    return when.isoformat()[: 10 if day else 7 if month else 4]
