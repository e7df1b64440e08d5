"""Dates that can be nothing else, found by their form."""

from __future__ import annotations

import pytest

from reader.analysis.almanac import calendar


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from 14 March to March 20, 2021", ["14 March", "March 20, 2021"]),
        ("from July 20 to 26, and from January 31-February 6", ["July 20 to 26", "January 31-February 6"]),
        ("on Thursday, 21 July or 27.08.2022", ["Thursday, 21 July", "27.08.2022"]),
        ("in the 1990s, 2010-14 and 2022/23", ["1990s", "2010-14", "2022/23"]),
        ("JUNE 3 and 2021-03-14", ["JUNE 3", "2021-03-14"]),
        ("in January 2020 to 82 per cent", ["January 2020"]),
        ("it may 3 times; a march of 14,000", []),
        ("won 2 -1 March past", []),
        ("call 2990-6000 or 1.14 March-in", []),
        ("Monday", []),
    ],
)
def test_only_sure_dates_are_found(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in calendar(text, start=0, end=len(text))] == expected
