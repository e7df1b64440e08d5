"""The values of dates and times: absolute, relative to the day of the document, or none."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.dates import clock, day_of, value
from reader.document import Span

SUNDAY = date(2021, 3, 14)


def meant(marked: str, today: date | None = SUNDAY) -> str:
    """Return the value of the date that stands in the square brackets."""
    start, end = marked.index("["), marked.index("]") - 1
    return value(marked.replace("[", "").replace("]", ""), Span(start, end), today=today)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[14 March 2021]", "2021-03-14"),
        ("[March 14, 2021]", "2021-03-14"),
        ("[Sept. 3, 2019]", "2019-09-03"),
        ("on [the 20th of July 2022]", "2022-07-20"),
        ("[Thursday 21July 2022]", "2022-07-21"),
        ("[2021-03-05]", "2021-03-05"),
        ("[27.08.2022]", "2022-08-27"),
        ("[13/04/2021]", "2021-04-13"),
        ("[April 2020]", "2020-04"),
        ("[August of 2018]", "2018-08"),
        ("early [2020]", "2020"),
        ("the [1990]s", "199X"),
        ("the [1990s]", "199X"),
        ("the late [nineties]", "199X"),
        ("the ['80s]", "198X"),
        ("the [19th century]", "18XX"),
        ("between [2010] and 2014", "2010"),
        ("between [2010 and 2014]", "2010/2014"),
        ("[2010-14]", "2010/2014"),
        ("[2010-2014]", "2010/2014"),
        ("the [2022/23] school year", "2022/2023"),
        ("[the first quarter of 2019]", "2019-01/2019-03"),
        ("[second half of 2019]", "2019-07/2019-12"),
        ("[3Q2022]", "2022-07/2022-09"),
        ("[13-15 December 2022]", "2022-12-13/2022-12-15"),
        ("[12th to 17th July, 2022]", "2022-07-12/2022-07-17"),
        ("[26 June to 2 July 2022]", "2022-06-26/2022-07-02"),
        ("[July 2021 to December 2021]", "2021-07/2021-12"),
        ("[January to December 2021]", "2021-01/2021-12"),
        ("[Christmas 2019]", "2019-12-25"),
    ],
)
def test_what_is_absolute_needs_no_day(text: str, expected: str) -> None:
    assert meant(text, None) == expected
    assert meant(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She spoke on [Thursday].", "2021-03-11"),
        ("She spoke on [Sunday].", "2021-03-14"),
        ("She left last [Sunday].", "2021-03-07"),
        ("She left [last Thursday].", "2021-03-11"),
        ("It starts next [Sunday].", "2021-03-21"),
        ("The court will hear it on [Thursday].", "2021-03-18"),
        ("It is expected to be launched on [Friday].", "2021-03-19"),
        ("On [Friday], the court will rule.", "2021-03-19"),
        ("On [Friday], the court ruled.", "2021-03-12"),
        ("She will go, the minister said on [Friday].", "2021-03-12"),
        ("The minister said [Friday] that they will go.", "2021-03-12"),
        ("Rain fell. They will sail. It stopped on [Friday].", "2021-03-12"),
        ("There were floods on [March 14].", "2021-03-14"),
        ("There were floods on [March 15].", "2020-03-15"),
        ("There will be floods on [March 13].", "2022-03-13"),
        ("The fair, [5-7 April], is free.", "2021-04-05/2021-04-07"),
        ("On [Tuesday, 8 March], it rained.", "2022-03-08"),
        ("It rained in [June].", "2020-06"),
        ("It will rain in [June].", "2021-06"),
        ("It rained in [June] of last year.", "2020-06"),
        ("It rains this [June].", "2021-06"),
        ("It rained [yesterday].", "2021-03-13"),
        ("It rained [last month].", "2021-02"),
        ("It rained [last year].", "2020"),
        ("It rained [two years ago].", "2019"),
        ("It rained [three days ago].", "2021-03-11"),
        ("It rains [this week].", "2021-03-08/2021-03-14"),
        ("Since [Monday] it has rained.", "2021-03-08"),
        ("It rained at [Christmas].", "2020-12-25"),
    ],
)
def test_what_is_relative_counts_from_the_day_of_the_document(text: str, expected: str) -> None:
    assert meant(text) == expected
    assert meant(text, None) == ""


@pytest.mark.parametrize(
    "text",
    [
        "on [03/04/2021]",
        "on [30 February 2021]",
        "on [Mondays]",
        "in [200] B.C.",
        "in [2000] BC",
        "[December to April]",
        "after the [July unrest in 2021]",
        "the [monsoon]",
        "in the [20s]",
        "for [two years]",
        "on [Tuesday, 10 March]",
        "from [2014 to 2010]",
        "",
    ],
)
def test_where_the_text_does_not_allow_to_tell_there_is_no_value(text: str) -> None:
    assert meant(text or "[]", date(2022, 3, 14)) == ""


@pytest.mark.parametrize(
    ("told", "text", "expected"),
    [
        ("2021-03-14", "KIGALI, Jun 15 2022 (IPS) - Rain.", SUNDAY),
        ("2021-03", "KIGALI, Jun 15 2022 (IPS) - Rain.", None),
        ("", "BRENHOLM, Jun 15 2022 (AB) - Rain.", date(2022, 6, 15)),
        ("", "A wet month\n\nBrenholm – 15 June 2022: Rain.", date(2022, 6, 15)),
        ("", "15 June 2022\nRain.", date(2022, 6, 15)),
        ("", "Born on March 2, 1937 (a Tuesday), she sailed.", None),
        ("", "BRENHOLM, 15 June - Rain.", None),
        ("", "Rain.", None),
    ],
)
def test_the_day_is_the_documents_or_the_datelines(told: str, text: str, expected: date | None) -> None:
    assert day_of(told, text) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("9:30 a.m.", "T09:30"),
        ("3pm", "T15:00"),
        ("12 am", "T00:00"),
        ("12.30pm", "T12:30"),
        ("21:30", "T21:30"),
        ("14h30", "T14:30"),
        ("0900 GMT", "T09:00"),
        ("noon", "T12:00"),
        ("9:30", ""),
        ("13pm", ""),
        ("25:00", ""),
        ("two hours", ""),
    ],
)
def test_a_time_of_the_day_has_a_value_if_its_half_is_told(told: str, expected: str) -> None:
    assert clock(told) == expected


PIECES = """
    last next this the of on in to and - / , . 3 14 21st 2021 1990s Q1 March May. Sept Thursday Mon June
    week year month ago two quarter first half yesterday Christmas century will said ٣ １ İ
"""
DAY = r"\d{4}-\d\d-\d\d"
PART = rf"(?:{DAY}|\d{{4}}-\d\d|\d{{4}})"


@given(
    st.lists(st.sampled_from(PIECES.split()) | st.text(max_size=3), max_size=9).map(" ".join) | st.text(),
    st.dates(date(1000, 1, 1), date(3000, 12, 31)) | st.none(),
    st.data(),
)
def test_any_stretch_of_any_text_has_a_well_formed_value(
    text: str, today: date | None, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    told = value(text, Span(start, end), today=today)
    assert re.fullmatch(rf"|{PART}|\d\d\dX|\d\dXX|{PART}/{PART}", told), told
    for day in re.findall(DAY, told):
        date.fromisoformat(day)
    if "/" in told:
        first, last = told.split("/")
        assert first < last


@given(st.text())
def test_any_text_has_a_day_and_a_time_or_none(text: str) -> None:
    assert isinstance(day_of("", text), date | None)
    assert isinstance(day_of(text, ""), date | None)
    assert re.fullmatch(r"|T\d\d:\d\d", clock(text))


def test_a_date_in_a_monstrous_text_is_read_in_its_place_alone() -> None:
    text = "Thursday and " * 8_000
    for start in range(0, len(text), len("Thursday and ")):
        assert value(text, Span(start, start + 8), today=SUNDAY) == "2021-03-11"
