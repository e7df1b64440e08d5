"""Dates and times as the page tells them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale

from ui.page.moments import in_words


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", ""),
        ("2021-03-11", "Thursday, 11 March 2021"),
        ("2021-03", "March 2021"),
        ("2021", "2021"),
        ("199X", "1990–1999"),
        ("18XX", "1800–1899"),
        ("2021-04-05/2021-04-07", "Monday, 5 April 2021 – Wednesday, 7 April 2021"),
        ("2010/2014", "2010 – 2014"),
        ("T09:30", "09:30"),
    ],
)
def test_values_are_told_as_the_system_writes_dates(value: str, expected: str) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    try:
        assert in_words(value) == expected
    finally:
        QLocale.setDefault(before)
