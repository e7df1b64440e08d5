"""Ranges of dates, as they are asked for: 2021, 2021-03, 2020..2022, >2021. Knows no tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from reader.errors import QueryError

_ASKED = re.compile(r"(?P<sign>[<>]=?)?(?P<low>[0-9-]*)(?P<dots>\.\.)?(?P<high>[0-9-]*)")
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` on, before `after`; each as exact as it was asked, "" without an end.

    A document lies in it when the whole of what its date may mean does: one of 2021 not in 2021-03.
    """

    low: str = ""
    after: str = ""

    def holds(self, value: str) -> bool:
        """Tell whether a document's date lies in the range; none does not."""
        # "-99" comes after every day of a month and every month of a year.
        return bool(value) and self.low <= value and (not self.after or value + "-99" < self.after)


def as_range(asked: str, *, at: int) -> Range:
    """Return the range that is asked for at character `at`. Raises QueryError when it is none."""
    match = _ASKED.fullmatch(asked.strip())
    if match is None or not (match["low"] or match["high"]) or (match["sign"] and match["dots"]):
        raise _wrong(asked, at)
    sign, low, dots, high = match.group("sign", "low", "dots", "high")
    for each in (low, high):
        if each and not _is_date(each):
            raise _wrong(each, at)
    if dots:
        if low and high and low >= _following(high):
            raise QueryError(
                f"The dates “{asked}” at character {at} of the search end before they begin.",
                "Write the earlier one first.",
            )
        return Range(low, _following(high) if high else "")
    if high:
        raise _wrong(asked, at)
    return {
        None: Range(low, _following(low)),
        ">": Range(_following(low)),
        ">=": Range(low),
        "<": Range("", low),
        "<=": Range("", _following(low)),
    }[sign]


def _is_date(value: str) -> bool:
    match = _DATE.fullmatch(value)
    try:
        return match is not None and bool(date(*(int(each or 1) for each in match.groups())))
    except ValueError:
        return False


def _following(value: str) -> str:
    """Return the next day, month or year; what sorts after all of them at the end of time."""
    parts = [int(each) for each in value.split("-")]
    if parts[0] == 9999:
        return "a"
    if len(parts) == 1:
        return f"{parts[0] + 1:04}"
    if len(parts) == 2:
        return f"{parts[0] + parts[1] // 12:04}-{parts[1] % 12 + 1:02}"
    return str(date(*parts) + timedelta(days=1))


def _wrong(value: str, at: int) -> QueryError:
    return QueryError(
        f"“{value}” at character {at} of the search is not a date.",
        "Write date:2021, date:2021-03-14, date:2020..2022 or date:>2021.",
    )
