"""Dates are made ISO 8601, or are left unknown."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.formats.dates import iso_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021-03-14", "2021-03-14"),
        (" 2021-03-14T10:00:00+01:00", "2021-03-14"),
        ("2021/3/4 10:00", "2021-03-04"),
        ("20210314", "2021-03-14"),
        ("2021-03", "2021-03"),
        ("2021", "2021"),
        ("14 March 2021", "2021-03-14"),
        ("Sun, 14th Mar. 2021 at six", "2021-03-14"),
        ("Published September 3, 2020", "2020-09-03"),
        ("03/04/2021", ""),
        ("2021-13-01", ""),
        ("31 February 2021", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_dates(text: str, date: str) -> None:
    assert iso_date(text) == date


@given(st.dates(), st.sampled_from(["%d %B %Y", "%B %d, %Y"]))
def test_written_dates_are_understood(date: datetime.date, form: str) -> None:
    if date.year >= 1000:
        assert iso_date(date.strftime(form)) == date.isoformat()
