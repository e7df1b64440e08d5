"""Fields put into a query and taken out of it; what a person typed beside them stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import QueryError
from reader.library.search.query import Field, leaves, parse
from reader.library.search.rewriting import values, with_field, without_field


@pytest.mark.parametrize(
    ("query", "name", "value", "expected"),
    [
        ("pier", "tag", "claim", "pier tag:claim"),
        ("pier", "tag", "money / budget", 'pier tag:"money / budget"'),
        ("pier tag:old tide", "tag", "new", "pier tide tag:new"),
        ("pier OR tide", "type", "pdf", "(pier OR tide) type:pdf"),
        ("(pier OR tide)", "type", "pdf", "(pier OR tide) type:pdf"),
        ('"pier OR tide"', "type", "pdf", '"pier OR tide" type:pdf'),
        ("pier NOT tag:old", "tag", "new", "pier NOT tag:old tag:new"),
        ("", "date", "2021", "date:2021"),
    ],
)
def test_a_field_is_asked_too(query: str, name: str, value: str, expected: str) -> None:
    assert with_field(query, name, value) == expected
    assert value in values(expected, name)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("pier tag:old", "pier"),
        ('TAG:"old one" pier', "pier"),
        ("(pier tag:old)", "(pier tag:old)"),
        ("pier NOT tag:old", "pier NOT tag:old"),
        ("pier tag:", "pier tag:"),
    ],
)
def test_a_field_is_asked_no_more(query: str, expected: str) -> None:
    assert without_field(query, "tag") == expected


def test_one_value_of_several_can_go() -> None:
    assert without_field("tag:a tag:b pier", "tag", "a") == "tag:b pier"


def test_a_query_that_can_not_be_read_is_told() -> None:
    with pytest.raises(QueryError):
        with_field('pier "old', "tag", "claim")


@given(
    st.text('pier OR NOT ()":tag', max_size=25), st.text('ab /"é', min_size=1, max_size=8).filter(str.strip)
)
def test_what_could_be_asked_can_be_asked_with_a_field(query: str, value: str) -> None:
    try:
        parse(query)
        asked = with_field(query, "tag", value)
    except QueryError:
        return
    if not value.replace('"', " ").strip():
        return
    fields = [leaf for leaf in leaves(parse(asked)) if isinstance(leaf, Field)]
    assert Field("tag", value.replace('"', " ").strip().casefold()) in fields
