"""A byline keeps the names, and loses dates, agencies and the site."""

from __future__ import annotations

import pytest

from reader.formats.byline import tidy


@pytest.mark.parametrize(
    ("printed", "byline"),
    [
        ("By Ann Lee", "By Ann Lee"),
        ("Ann Lee | Reuters", "Ann Lee"),
        ("The Courier | By Ann Lee", "By Ann Lee"),
        ("By Ann Lee\n   March 25, 2015", "By Ann Lee"),
        ("Ann Lee Monday, February 29, 2016 @ 11:10 PM UTC", "Ann Lee"),
        ("By Ann Lee and Bo Ek, Published 2020-05-03", "By Ann Lee and Bo Ek"),
        ("Ann Lee • 5 min read", "Ann Lee"),
        ("Anna Ek, 3. März 2020", "Anna Ek"),
        ("Updated March 3, 2020 by Ann Lee", "by Ann Lee"),
        ("April 28, 2019 at 6:01 am Updated April 29, 2019", ""),
        ("May Sinclair", "May Sinclair"),
        ("By", ""),
        ("", ""),
    ],
)
def test_what_is_no_name_is_cut(printed: str, byline: str) -> None:
    assert tidy(printed, "The Courier") == byline


def test_a_line_built_to_be_slow_is_cut_short() -> None:
    assert tidy("published on " * 100_000) is not None
