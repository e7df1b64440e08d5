"""The regular kinds: found by rule, beside what a model marked, and whole where it saw a part."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.names import Name
from reader.analysis.regular import completed
from reader.document import Span
from reader.model import Label


def found(text: str, *marked: tuple[str, Label]) -> list[tuple[str, Label]]:
    names = []
    for piece, label in marked:
        start = text.index(piece)
        names.append(Name(Span(start, start + len(piece)), label, piece))
    return [(name.text, name.label) for name in completed(text, names, start=0, end=len(text))]


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("It fell by 3.5 per cent.", Label.PERCENT, "3.5 per cent"),
        ("It fell by 12%.", Label.PERCENT, "12%"),
        ("It fell by 10-12 percent.", Label.PERCENT, "10-12 percent"),
        ("It fell by two percentage points.", Label.PERCENT, "two percentage points"),
        ("It opens at 9:30 a.m. daily.", Label.TIME, "9:30 a.m."),
        ("It opens at 6pm daily.", Label.TIME, "6pm"),
        ("The blast at 0430 GMT woke all.", Label.TIME, "0430 GMT"),
        ("It was midnight.", Label.TIME, "midnight"),
        ("It took 48 hours.", Label.TIME, "48 hours"),
        ("They walked 12 kilometres.", Label.QUANTITY, "12 kilometres"),
        ("The field of 3.2 million square metres lay dry.", Label.QUANTITY, "3.2 million square metres"),
        ("Some 20,000 tonnes rotted.", Label.QUANTITY, "20,000 tonnes"),
        ("The second dam broke.", Label.ORDINAL, "second"),
        ("The 21st dam broke.", Label.ORDINAL, "21st"),
        ("The twenty-first dam broke.", Label.ORDINAL, "twenty-first"),
        ("Some twenty-five people came.", Label.CARDINAL, "twenty-five"),
        ("Two hundred and fifty people came.", Label.CARDINAL, "Two hundred and fifty"),
        ("Some 2 million people came.", Label.CARDINAL, "2 million"),
        ("He sold 3,500 of them.", Label.CARDINAL, "3,500"),
    ],
)
def test_regular_kinds_are_found_by_rule(text: str, label: Label, expected: str) -> None:
    assert (expected, label) in found(text)


@pytest.mark.parametrize(
    "amount",
    [
        "US$3 billion",
        "$4.2m",
        "€5bn",
        "£1,250.50",
        "Sh200m",
        "KES 45 million",
        "Rs 500 crore",
        "Rs. 2,000",
        "N1.2trn",
        "R50 000",
        "RM7,300",
        "₦450 billion",
        "S$20",
        "3 billion naira",
        "20 Kenyan shillings",
        "6 million Hong Kong dollars",
        "two million dollars",
        "tens of millions of dollars",
        "50 pence",
        "250-300 rupees",
        "1,200 won",
        "5bn euros",
        "70 €",
    ],
)
def test_money_is_found_in_every_currency(amount: str) -> None:
    assert (amount, Label.MONEY) in found(f"The harbour cost {amount}, they said.")


@pytest.mark.parametrize("text", ["An N95 mask", "Road R18", "They met in K2", "2 won, 3 lost", "COVID-19"])
def test_what_only_looks_like_money_is_none(text: str) -> None:
    assert Label.MONEY not in {label for _, label in found(text)}


@pytest.mark.parametrize(
    "date",
    ["14 March", "March 14, 2021", "14 to 16 March 2021", "2021-03-14", "27.08.2022", "2010-14", "Mar. 3"],
)
def test_a_sure_date_that_the_model_missed_is_found(date: str) -> None:
    assert found(f"The ferry sank on {date} there.") == [(date, Label.DATE)]


def test_a_part_that_a_model_saw_gives_way_to_the_whole() -> None:
    text = "On 22 June 1972 he owed 2.6 million rupees."
    marked = (("22 June", Label.DATE), ("1972", Label.CARDINAL), ("2.6", Label.MONEY))
    assert found(text, *marked) == [("22 June 1972", Label.DATE), ("2.6 million rupees", Label.MONEY)]


def test_an_amount_without_a_currency_is_no_money_and_no_date() -> None:
    text = "It mined 1.5 million tonnes, and 164.9 million later, in 2021."
    marked = (("1.5 million tonnes", Label.MONEY), ("164.9 million", Label.DATE), ("2021", Label.DATE))
    assert found(text, *marked) == [
        ("1.5 million tonnes", Label.QUANTITY),
        ("164.9 million", Label.CARDINAL),
        ("2021", Label.DATE),
    ]


def test_what_a_name_covers_is_left_alone() -> None:
    text = "The 14 March movement"
    assert found(text, ("14 March movement", Label.ORG)) == [("14 March movement", Label.ORG)]
    assert found(text, ("March movement", Label.ORG)) == [
        ("14", Label.CARDINAL),
        ("March movement", Label.ORG),
    ]


def test_the_marked_ends_are_those_of_the_measured_articles_and_the_name_is_whole() -> None:
    text = "In the 1990s it cost US$3 million."
    names = completed(text, (), start=0, end=len(text))
    assert [(name.span.of(text), name.text) for name in names] == [
        ("1990", "1990s"),
        ("$3 million", "US$3 million"),
    ]


PIECES = """
    $ US$ Rs 3 12 2021 1990s 14 March May , . - – to and million bn % per cent km 9:30 pm one hundred of
    dollars first 21st € ' ’ ８ ٣ 😀 İ R N ( )
"""
pieces = st.sampled_from([*PIECES.split(), "\n"])


@given(st.lists(pieces | st.text(max_size=4), max_size=25).map(" ".join) | st.text(), st.data())
def test_spans_lie_in_order_inside_any_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    cuts = sorted(data.draw(st.lists(st.integers(start, end), max_size=6, unique=True)))
    marked = [
        Name(Span(low, high), data.draw(st.sampled_from(Label)), text[low:high])
        for low, high in list(pairwise(cuts))[::2]
    ]
    names = completed(text, marked, start=start, end=end)
    assert all(start <= name.span.start < name.span.end <= end for name in names)
    assert all(one.span.end <= other.span.start for one, other in pairwise(names))
    firm = [name for name in marked if name.label in (Label.PERSON, Label.ORG) and name.text.isalpha()]
    assert all(name in names for name in firm)


@pytest.mark.parametrize(
    "unit", ["9", "1,", "1.", " ", "and ", "one ", "hundred and ", "$", "14 March ", "1 000 ", "-", "R"]
)
def test_long_runs_cost_linear_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    names = completed(text, (), start=0, end=len(text))
    assert all(not one.span.overlaps(other.span) for one, other in pairwise(names))
