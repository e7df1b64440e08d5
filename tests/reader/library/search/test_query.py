"""What a person types: understood, or explained in a sentence."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.errors import QueryError, ReaderError
from reader.formats import FORMATS
from reader.library import Library
from reader.library.search.query import TYPES, parse


def test_the_types_are_those_of_the_formats() -> None:
    assert sorted(TYPES) == sorted(each.name for each in FORMATS)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "Nothing is looked for"),
        ('a "b', "quotation mark at character 3"),
        ("(a", "parenthesis at character 1 of the search is not closed"),
        ("a)", "parenthesis at character 2 of the search closes nothing"),
        ("()", "is empty"),
        ("a OR", "“OR” at character 3"),
        ("OR a", "“OR” at character 1"),
        ("a AND", "“AND” at character 3"),
        ("a NOT", "“NOT” at character 3"),
        ("who:me", "“who:” at character 1"),
        ("type:scroll", "“scroll” at character 6 of the search is no type"),
        ("state:", "“state:” at character 1 of the search has nothing after it"),
        ("a state:lost", "“lost” at character 9 of the search is no state"),
        ("a date:2021-13", "“2021-13” at character 8"),
        ("date:2022..2021", "end before they begin"),
        ("in:note", "no words beside it"),
        ("a NOT in:note", "can't stand after NOT"),
        ("!!!", "no letter and no digit"),
        ("by:", "“by:” at character 1 of the search has nothing after it"),
        ("NEAR(a)", "two words"),
        ("NEAR(a b, c)", "no number"),
        ("said:(NOT a)", "not said"),
        ("(" * 99 + "a", "too many parentheses"),
        ("a " * 99, "more than 60 words"),
    ],
)
def test_what_makes_no_sense_is_explained(query: str, said: str) -> None:
    with pytest.raises(QueryError, match=said) as refused:
        parse(query)
    assert refused.value.what.endswith(".")
    assert refused.value.next.endswith(".")


PIECES = st.sampled_from(
    [
        *"()\"“*,:-'",
        "AND",
        "OR",
        "NOT",
        "NEAR(",
        "said:",
        "by:",
        "in:",
        "in:note",
        "date:",
        "type:",
        "state:read",
        "collection:",
        "person:",
        "tag:",
        "speaker:",
        *("2021", "..", ">", "pier", "bread", "é", "\x00", "\ud800", "{a}:", "^a", " "),
    ]
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(max_size=30), st.lists(PIECES, max_size=12).map(" ".join), st.lists(PIECES).map("".join)
    )
)
def test_any_query_has_results_or_a_sentence(filled: Library, query: str) -> None:
    try:
        found = filled.search(query)
        assert filled.count_matches(query) == len(found)
    except ReaderError as error:
        assert error.next
