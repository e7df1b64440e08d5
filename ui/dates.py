"""ISO dates as the reader's language writes them, as exact as they are known."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt

SHORT = (("yyyy-MM-dd", "d MMM yyyy"), ("yyyy-MM", "MMM yyyy"))
FULL = (("yyyy-MM-dd", "dddd d MMMM yyyy"), ("yyyy-MM", "MMMM yyyy"))


def date_in_words(date: str, *, full: bool = False) -> str:
    """Return "14 Mar 2021", or in full "Sunday 14 March 2021"; what is no date stays as it is."""
    for pattern, shown in FULL if full else SHORT:
        parsed = QDate.fromString(date, pattern)
        if parsed.isValid():
            return QLocale().toString(parsed, shown)
    return date


def day_of(moment: str) -> str:
    """Return the day of a time of ours (ISO 8601, UTC) in the reader's zone and language; "" for none."""
    found = QDateTime.fromString(moment, Qt.DateFormat.ISODateWithMs).toLocalTime()
    return QLocale().toString(found.date(), SHORT[0][1]) if found.isValid() else moment


def moment_in_words(made: datetime) -> str:
    """Return a moment in the reader's language and time, as in "27 Nov 2026, 14:02"."""
    local = QDateTime.fromSecsSinceEpoch(int(made.timestamp()))
    return QLocale().toString(local, "d MMM yyyy, HH:mm")
