"""The value of a date or a time in the reader's words. Knows no text and no page."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, Qt, QTime


def in_words(value: str) -> str:
    """Return a mention's value as the system writes dates: ``2021-03-11`` is "Thursday, 11 March 2021".

    Both ends of a range, a decade or a century are told; "" for no value.
    """
    if value.startswith("T"):
        return QLocale().toString(QTime.fromString(value[1:], "HH:mm"), QLocale.FormatType.ShortFormat)
    if "X" in value:
        return f"{value.replace('X', '0')}–{value.replace('X', '9')}"
    return " – ".join(_part(part) for part in value.split("/"))


def _part(value: str) -> str:
    locale = QLocale()
    day = QDate.fromString(value, Qt.DateFormat.ISODate)
    if day.isValid():
        return locale.toString(day, QLocale.FormatType.LongFormat)
    year, _, month = value.partition("-")
    return f"{locale.standaloneMonthName(int(month))} {year}" if month else year
