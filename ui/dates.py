"""ISO dates as the reader's language writes them, as exact as they are known."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale

SHORT = (("yyyy-MM-dd", "d MMM yyyy"), ("yyyy-MM", "MMM yyyy"))
FULL = (("yyyy-MM-dd", "dddd d MMMM yyyy"), ("yyyy-MM", "MMMM yyyy"))


def date_in_words(date: str, *, full: bool = False) -> str:
    """Return "14 Mar 2021", or in full "Sunday 14 March 2021"; what is no date stays as it is."""
    for pattern, shown in FULL if full else SHORT:
        parsed = QDate.fromString(date, pattern)
        if parsed.isValid():
            return QLocale().toString(parsed, shown)
    return date
