"""The words that dates are made of, as parts of expressions, and the dates that no one can mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reader.document import Span

# fmt: off
MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]
# fmt: on
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def _forms(names: Sequence[str]) -> str:
    """Return an expression for names in full or cut short, with a capital letter: "may" is no month."""
    told = []
    for name in names:
        cut = name[:3] + ("t?" if name == "September" else "")
        told.append(rf"{name}|{name.upper()}|(?:{cut}|{cut.upper()})\b\.?")
    return "|".join(told)


def _day(name: str) -> str:
    return rf"(?P<{name}>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"


MONTH, MONTH2 = (rf"(?P<{name}>{_forms(MONTHS)})" for name in ("month", "month2"))
YEAR, YEAR2 = (rf"(?P<{name}>1\d{{3}}|20\d\d)" for name in ("year", "year2"))
_D, _D2 = _day("day"), _day("day2")
WEEKDAY = rf"(?P<weekday>{_forms(WEEKDAYS)}|(?:Tues|Thurs?)\b\.?)"
TO = r"(?:[-–—/]| (?:[-–—&]|to|through|until|till|and|or) )"
END = r"(?!\d|[.,:]\d|[%\w])"
AND_YEAR = rf"(?:,? (?:of )?|[,-]){YEAR}{END}"
_LED = rf"(?:{WEEKDAY},? (?:the )?)?"

DAY_FIRST = rf"{_LED}{_D}(?:{TO}{_D2})?(?: of)?[ -]?{MONTH}(?:{AND_YEAR}|{END})"
MONTH_FIRST = rf"{_LED}{MONTH}[ -]?{_D}(?:(?:[-–]{MONTH2} |{TO}){_D2})?(?:{AND_YEAR}|{END})"
MONTH_YEAR = rf"{MONTH}{AND_YEAR}"
ISO = rf"{YEAR}(?P<mark>[-/.])(?P<number>0[1-9]|1[0-2])(?P=mark)(?P<day>0[1-9]|[12]\d|3[01]){END}"
NUMBERS = rf"(?P<one>\d{{1,2}})(?P<mark>[-/.])(?P<other>\d{{1,2}})(?P=mark){YEAR}{END}"
_CALENDAR = re.compile(
    r"(?<![\w$€£.,/-])(?:(?:1[5-9]|20)\d(?:0s\b|\d[-–/](?:\d\d){1,2}(?![-–/\w]))|"
    + "|".join(
        re.sub(r"\?P<\w+>", "?:", form).replace("(?P=mark)", "[-/.]")
        for form in (DAY_FIRST, MONTH_FIRST, MONTH_YEAR, ISO, NUMBERS)
    )
    + ")"
)


def calendar(text: str, *, start: int, end: int) -> Iterator[Span]:
    """Yield what in a stretch can be nothing but a date: "14 March", "2021-03-14", "1990s", "2010-14"."""
    return (Span(match.start(), match.end()) for match in _CALENDAR.finditer(text, start, end))
