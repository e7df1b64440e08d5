"""What a date in a text means: its value in ISO 8601, relative to the day of the document where it must be.

A closed grammar of English dates, tried where a date was found and no further: whatever it does not cover
has no value. Nothing is guessed from an ambiguous order ("03/04/2021").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from reader.analysis.almanac import (
    AND_YEAR,
    DAY_FIRST,
    END,
    ISO,
    MONTH,
    MONTH2,
    MONTH_FIRST,
    MONTH_YEAR,
    MONTHS,
    NUMBERS,
    TO,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    YEAR2,
    calendar,
)
from reader.analysis.tense import FUTURE, OPEN, PAST, direction
from reader.document import Span

_DECADES = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"]
_COUNTS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_ORDINALS = ["first", "second", "third", "fourth"]
# The feasts that have one day: (month, day).
_FEASTS = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "valentine's day": (2, 14),
    "halloween": (10, 31),
}


# ---------------------------------------------------------------- the day of the document

_WORD = re.compile(r"[^\W\d_]+")
_DATELINE_MARK = re.compile(r" ?[:(–—-]")
_SMALL = frozenset({"of", "the", "de", "la", "le", "al", "el"})
# Characters at the beginning of a text, and of a line there, in which a dateline may stand.
_HEAD, _LINE = 600, 120


def day_of(told: str, text: str) -> date | None:
    """Return the day of a document: `told` (ISO 8601) where it is a day, else that of a dateline.

    A dateline begins one of the first lines: a date with its year behind nothing but names, and a mark
    behind it ("KIGALI, Jun 15 2022 (IPS) - …"), or a line that is nothing else.
    """
    if told:
        return _parsed(told)
    for line in text[:_HEAD].split("\n")[:5]:
        for span in calendar(line[:_LINE], start=0, end=len(line[:_LINE])):
            before = _WORD.findall(line[: span.start])
            alone = not before and span.end == len(line.rstrip())
            names = all(word[0].isupper() or word in _SMALL for word in before)
            if alone or (names and _DATELINE_MARK.match(line, span.end)):
                return _parsed(value(line, span, today=None))
    return None


def _parsed(told: str) -> date | None:
    """Return a day of the years that news are of; None for a month, a year or a range."""
    try:
        when = date.fromisoformat(told)
    except ValueError:
        return None
    return when if 1000 <= when.year <= 3000 else None


# ---------------------------------------------------------------- values

_WAY = "last|past|previous|this past|this coming|this|next|coming|following"
_LEAD = re.compile(
    r"(?:(?:the|on|in|at|by|from|since|until|till|between|during|early|late|mid|around|about|circa"
    rf"|(?:beginning|middle|end|morning|evening|night) of)[ -])*(?:(?P<told>{_WAY}) (?:the )?)?",
    re.IGNORECASE,
)
_TOLD_BEFORE = re.compile(rf"\b(?P<told>{_WAY}) \Z", re.IGNORECASE)
_TOLD_BEHIND = re.compile(
    rf",? (?:of )?(?:(?P<told>last|this|next)(?: year\b|(?=[.,;)]|\Z))|{YEAR}{END})", re.IGNORECASE
)
_BEFORE_CHRIST = re.compile(r" ?B\.?C\b")
_IDLE = re.compile(r"[\W_]*(?:(?:morning|afternoon|evening|night|year|period|era)\b[\W_]*)?")
_BETWEEN = re.compile(r" ?(?:-|–|—|\b(?:to|through|until|till|and)\b) ?(?:the )?")
_WAYS = {"last": PAST, "past": PAST, "previous": PAST, "next": FUTURE, "coming": FUTURE, "following": FUTURE}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the surroundings of a date say: the document's day, the direction, "last" or "next", a year."""

    today: date | None
    way: int = OPEN
    told: str = ""
    year: int | None = None


def value(text: str, span: Span, *, today: date | None, start: int = 0) -> str:
    """Return what the date ``text[span]`` means in ISO 8601, or "" where the text does not allow to tell.

    A day ``2021-03-11``, a month ``2021-03``, a year ``2021``, a decade ``199X``, a century ``19XX`` (as in
    EDTF), or a range of them, both ends in it: ``2021-03-01/2021-03-05``. `today` is the document's day;
    without it only what is absolute has a value. `start` is where the sentence begins.
    """
    if _BEFORE_CHRIST.match(text, span.end):
        return ""
    lead = _LEAD.match(text, span.start, span.end)
    first = lead.end() if lead else span.start
    told = (lead and lead["told"]) or ""
    if not told and (before := _TOLD_BEFORE.search(text, max(0, span.start - 15), span.start)):
        told = before["told"]
    for form, read in _FORMS:
        match = form.match(text, first)
        if match and match.end() > span.end and {"day2", "month2", "year2"} & _groups(match):
            match = form.match(text, first, span.end)
        if match:
            asked = _asked(text, Span(span.start, max(span.end, match.end())), told, today, start)
            found = _with_rest(text, span, match, read, asked)
            if found is not None:
                return found
    return ""


def _with_rest(
    text: str, span: Span, match: re.Match[str], read: Callable[[re.Match[str], _Asked], str], asked: _Asked
) -> str | None:
    """Return the value of a match, or of the range that it begins; None when it is not all of the date."""
    if match.end() >= span.end or _IDLE.fullmatch(text, match.end(), span.end):
        return read(match, asked)
    to = _BETWEEN.match(text, match.end(), span.end)
    if to is None or to.end() >= span.end:
        return None
    last = value(text, Span(to.end(), span.end), today=asked.today, start=span.start)
    year = int(last[:4]) if last[:4].isdigit() else None
    first = read(match, replace(asked, year=asked.year or year))
    return _range(first, last)


def _asked(text: str, span: Span, told: str, today: date | None, start: int) -> _Asked:
    told = told.casefold().removeprefix("this ")
    behind = _TOLD_BEHIND.match(text, span.end)
    year = None
    if behind and behind["year"]:
        year = int(behind["year"])
    elif behind and today and behind.group().casefold().endswith("year"):
        year = today.year + _WAYS.get(behind["told"].casefold(), 0)
    elif behind and behind["told"]:
        told = behind["told"].casefold()
    way = _WAYS.get(told)
    return _Asked(
        today, direction(text, span.start, span.end, start=start) if way is None else way, told, year
    )


def _groups(match: re.Match[str]) -> set[str]:
    return {name for name, found in match.groupdict().items() if found}


def _range(first: str, last: str) -> str:
    """Return the range between two values, "" unless both are known and in order."""
    if not first or not last or "/" in first + last or first > last:
        return ""
    return first if first == last else f"{first}/{last}"


def _iso(year: int, month: int | None = None, day: int | None = None) -> str:
    try:
        when = date(year, month or 1, day or 1)
    except ValueError:
        return ""
    return when.isoformat()[: 10 if day else 7 if month else 4]


def _month(name: str) -> int:
    return next(number for number, full in enumerate(MONTHS, 1) if full[:3].casefold() == name[:3].casefold())


def _weekday(name: str) -> int:
    return next(number for number, full in enumerate(WEEKDAYS) if full[:3].casefold() == name[:3].casefold())


def _chosen(found: Iterable[date], asked: _Asked, today: date) -> date | None:
    """Return the date that is meant: the last of the past, the first of the future, or the nearest."""
    days = list(found)
    strict = asked.told in _WAYS
    if asked.way == PAST:
        return max((day for day in days if day < today or (day == today and not strict)), default=None)
    if asked.way == FUTURE:
        return min((day for day in days if day > today or (day == today and not strict)), default=None)
    return min(days, key=lambda day: abs(day - today), default=None)


def _in_month(match: re.Match[str], asked: _Asked) -> str:
    """A day or some days of a month, with or without the year and the weekday."""
    groups = match.groupdict()
    month, day = _month(groups["month"]), int(groups["day"])
    year = int(groups["year"]) if groups["year"] else asked.year
    if year is None:
        year = _year_of(month, day, groups["weekday"], asked)
    if year is None:
        return ""
    first = _iso(year, month, day)
    if not groups["day2"]:
        return first
    last_month = _month(groups["month2"]) if groups.get("month2") else month
    return _range(first, _iso(year + (last_month < month), last_month, int(groups["day2"])))


def _year_of(month: int, day: int, weekday: str | None, asked: _Asked) -> int | None:
    """Return the year in which a day of a month is meant; its weekday tells more than any tense."""
    today = asked.today
    if today is None:
        return None
    days = []
    for year in (today.year - 1, today.year, today.year + 1):
        told = _iso(year, month, day)
        if told:
            days.append(date.fromisoformat(told))
    if weekday:
        days = [when for when in days if when.weekday() == _weekday(weekday)]
        asked = replace(asked, way=OPEN)
    found = _chosen(days, asked, today)
    return found.year if found else None


def _whole_month(match: re.Match[str], asked: _Asked) -> str:
    month, today = _month(match["month"]), asked.today
    if asked.year or today is None:
        return _iso(asked.year, month) if asked.year else ""
    if asked.told == "this":
        return _iso(today.year, month)
    found = _chosen((date(today.year + by, month, 1) for by in (-1, 0, 1)), asked, today.replace(day=1))
    return _iso(found.year, month) if found else ""


def _month_and_year(match: re.Match[str], asked: _Asked) -> str:
    return _iso(int(match["year"]), _month(match["month"]))


def _months(match: re.Match[str], asked: _Asked) -> str:
    """Some months on end; those without a year may be of every year."""
    year = int(match["year"]) if match["year"] else asked.year
    if year is None:
        return ""
    first, last = _month(match["month"]), _month(match["month2"])
    return _range(_iso(year - (first > last), first), _iso(year, last))


def _day_of_week(match: re.Match[str], asked: _Asked) -> str:
    if asked.today is None:
        return ""
    today, number = asked.today, _weekday(match["weekday"])
    if asked.told == "this" and asked.way == OPEN:
        return (today + timedelta(number - today.weekday())).isoformat()
    # News tells what was: without a sign of the future, a weekday is the last one of that name.
    asked = asked if asked.way == FUTURE else replace(asked, way=PAST)
    around = (today + timedelta(by) for by in range(-7, 8))
    found = _chosen((day for day in around if day.weekday() == number), asked, today)
    return found.isoformat() if found else ""


def _iso_day(match: re.Match[str], asked: _Asked) -> str:
    return _iso(int(match["year"]), int(match["number"]), int(match["day"]))


def _by_numbers(match: re.Match[str], asked: _Asked) -> str:
    one, other, year = int(match["one"]), int(match["other"]), int(match["year"])
    found = {told for told in (_iso(year, one, other), _iso(year, other, one)) if told}
    return found.pop() if one and other and len(found) == 1 else ""


def _years(match: re.Match[str], asked: _Asked) -> str:
    first, last = int(match["year"]), match["year2"] or match["short"]
    if len(last) == 2:
        if int(last) <= first % 100:
            return _iso(first, int(last)) if match["mark"] == "-" and 1 <= int(last) <= 12 else ""
        last = match["year"][:2] + last
    return _range(_iso(first), _iso(int(last)))


def _year(match: re.Match[str], asked: _Asked) -> str:
    return _iso(int(match["year"]))


def _decade(match: re.Match[str], asked: _Asked) -> str:
    if match["word"]:
        return f"19{_DECADES.index(match['word'].casefold()) + 2}X"
    return f"{int(match['decade'])}X" if match["decade"] else f"19{int(match['tens'])}X"


def _century(match: re.Match[str], asked: _Asked) -> str:
    number = int(match["count"]) - 1
    return f"{number}XX" if 9 < number < 21 else ""


def _part_of_year(match: re.Match[str], asked: _Asked) -> str:
    """A quarter or a half of a year."""
    told = (match["nth"] or match["letter"] or match["digit"]).casefold()
    number = _ORDINALS.index(told) + 1 if told in _ORDINALS else int(told[0])
    length = 6 if (match["part"] or "").casefold() == "half" else 3
    year = int(match["year"]) if match["year"] else asked.year
    if year is None or number * length > 12:
        return ""
    return _range(_iso(year, (number - 1) * length + 1), _iso(year, number * length))


def _feast(match: re.Match[str], asked: _Asked) -> str:
    month, day = _FEASTS[match["feast"].casefold().replace("’", "'")]
    year = int(match["year"]) if match["year"] else asked.year or _year_of(month, day, None, asked)
    return _iso(year, month, day) if year else ""


def _near_day(match: re.Match[str], asked: _Asked) -> str:
    if asked.today is None:
        return ""
    by = {"yesterday": -1, "today": 0, "tomorrow": 1}[match["near"].casefold()]
    return (asked.today + timedelta(by)).isoformat()


def _ago(match: re.Match[str], asked: _Asked) -> str:
    told = match["count"].casefold()
    number = int(told) if told.isdigit() else 1 if told in ("a", "an") else _COUNTS.index(told) + 1
    return _moved(match["unit"].casefold(), -number, asked.today)


def _told_unit(match: re.Match[str], asked: _Asked) -> str:
    """ "last week", "this year"; without such a word a week is any week."""
    by = 0 if asked.told == "this" else _WAYS.get(asked.told)
    return "" if by is None else _moved(match["unit"].casefold(), by, asked.today)


def _moved(unit: str, by: int, today: date | None) -> str:
    """Return the day, week, month, year or decade so many of them from today; "" beyond the calendar."""
    if today is None:
        return ""
    months = today.year * 12 + today.month - 1 + by
    try:
        if unit == "day":
            return (today + timedelta(by)).isoformat()
        if unit in ("week", "weekend"):
            monday = today + timedelta(7 * by - today.weekday())
            return f"{monday + timedelta(5 if unit == 'weekend' else 0)}/{monday + timedelta(6)}"
    except OverflowError:
        return ""
    if unit == "month":
        return _iso(months // 12, months % 12 + 1)
    year = _iso(today.year + by * (10 if unit == "decade" else 1))
    return year if unit == "year" or not year else f"{year[:3]}X"


_UNIT = r"(?P<unit>day|weekend|week|month|year|decade)"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], _Asked], str]], ...] = tuple(
    (re.compile(form, flags), read)
    for form, flags, read in (
        (ISO, 0, _iso_day),
        (NUMBERS, 0, _by_numbers),
        (DAY_FIRST, 0, _in_month),
        (MONTH_FIRST, 0, _in_month),
        (MONTH_YEAR, 0, _month_and_year),
        (rf"{MONTH}{TO}{MONTH2}(?:{AND_YEAR}|{END})", 0, _months),
        (rf"{MONTH}(?!\w)", 0, _whole_month),
        (
            rf"{YEAR}(?P<mark> ?[-–/] ?| to | through | and )(?:{YEAR2}|(?P<short>\d\d)){END}",
            0,
            _years,
        ),
        (
            rf"(?:(?P<decade>(?:1[5-9]|20)\d)0|['’]?(?P<tens>[3-9])0)['’]?s\b|(?P<word>{'|'.join(_DECADES)})\b",
            re.IGNORECASE,
            _decade,
        ),
        (r"(?P<count>\d\d)(?:st|nd|rd|th)[ -]century\b", re.IGNORECASE, _century),
        (
            rf"(?:(?P<nth>{'|'.join(_ORDINALS)}|[1-4](?:st|nd|rd|th)) (?P<part>quarter|half)"
            rf"|Q(?P<letter>[1-4])|(?P<digit>[1-4])Q) ?(?:of )?(?:{YEAR}\b)?",
            re.IGNORECASE,
            _part_of_year,
        ),
        (rf"{YEAR}{END}", 0, _year),
        (rf"{WEEKDAY}(?!\w)", 0, _day_of_week),
        (r"(?P<near>yesterday|today|tomorrow)\b", re.IGNORECASE, _near_day),
        (
            rf"(?P<count>\d{{1,3}}|an?|{'|'.join(_COUNTS)}) {_UNIT}s? ago\b",
            re.IGNORECASE,
            _ago,
        ),
        (rf"{_UNIT}\b", re.IGNORECASE, _told_unit),
        (
            rf"(?P<feast>{'|'.join(_FEASTS).replace(chr(39), '[' + chr(39) + '’]')})\b(?:,? {YEAR}\b)?",
            re.IGNORECASE,
            _feast,
        ),
    )
)

# ---------------------------------------------------------------- times of the day

_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h]?(?P<minute>[0-5]\d))? ?(?:(?P<half>[ap])\.?m\.?|(?P<day>GMT|UTC|hrs|hours))?",
    re.IGNORECASE,
)
_NAMED_HOURS = {"noon": "T12:00", "midday": "T12:00", "midnight": "T00:00"}


def clock(told: str) -> str:
    """Return a time of the day as ``T21:30``; "" when the text leaves open which half of the day."""
    match = _CLOCK.fullmatch(told)
    if match is None:
        return _NAMED_HOURS.get(told.casefold(), "")
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = (match["half"] or "").casefold()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half or hour > 23 or not (match["day"] or hour > 12 or match["hour"][0] == "0"):
        return ""
    return f"T{hour:02}:{minute:02}"
