"""What matches a query: by words, fields, tags, collections and states."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.library import Library
from reader.model import (
    Change,
    Collection,
    Details,
    Membership,
    Note,
    ReadingPlace,
    ReadingState,
)
from tests.reader.library.search.articles import WORDS, fresh, made, titles


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("pier stone", ["Harbour"]),
        ('"old pier"', ["Harbour"]),
        ('"pier old"', []),
        ("“old pier”", ["Harbour"]),
        ("sto*", ["Harbour"]),
        ('"old pi"*', ["Harbour"]),
        ("NEAR(old stand, 2)", ["Harbour"]),
        ("NEAR(old stone, 2)", []),
        ("bread", ["Bread", "Harbour"]),  # a title counts more than a note
        ("bread NOT pier", ["Bread"]),
        ("NOT bread", ["Tide"]),
        ("(bread OR tide) AND NOT pier", ["Bread", "Tide"]),
        ("bread stone", ["Harbour"]),  # one in a note, one in the text
        ("harbour", ["Harbour", "Tide"]),
        ("CAFE", ["Harbour"]),
        ("naive", ["Tide"]),
        ("by:emile", ["Harbour"]),
        ('in:"harbour post"', ["Tide"]),
        ("tag:claim", ["Harbour"]),
        ('tag:"CLAIM/weak"', ["Harbour"]),
        ("tag:weak", []),
        ("tag:place bread", ["Harbour"]),
        ("weak", ["Harbour"]),
        ("said:tide", ["Tide"]),
        ("said:naive", []),
        ("said:(tide OR sea)", ["Tide"]),
        ("speaker:quill said:rising", ["Tide"]),
        ("speaker:roe", []),
        ("date:2021", ["Harbour"]),
        ("date:2021-03", ["Harbour"]),
        ("date:2021-03-05", []),
        ("date:2019..2020", ["Tide"]),
        ("date:>2020", ["Harbour"]),
        ("date:<=2020", ["Tide"]),
        ("bread in:note", ["Harbour"]),
        ("in:text bread", ["Bread"]),
        ("in:title tide", ["Tide"]),
        ("in:person quill", ["Tide"]),
        ("in:quote rising", ["Tide"]),
        ("in:quote naive", []),
        ("in:tag weak", ["Harbour"]),
        ("in:tag in:note bread", ["Harbour"]),
        ("person:quill", ["Tide"]),
        ('person:"Ada Quill" rising', ["Tide"]),
        ("person:roe", []),
        ("type:text", ["Bread", "Tide", "Harbour"]),
        ("type:.TXT tide", ["Tide"]),
        ("type:pdf", []),
        ("state:unread NOT bread", ["Tide"]),
        ("state:reading", []),
        ("(in:note bread) OR (in:text bread)", ["Harbour", "Bread"]),
    ],
)
def test_what_matches(filled: Library, query: str, expected: list[str]) -> None:
    assert titles(filled, query) == expected


def test_a_document_is_found_by_its_own_tags_and_they_are_shown(filled: Library) -> None:
    filled.apply(Change("tag", after=(Details(3, tags=("Food/Wheat",)),)))
    assert (
        titles(filled, "tag:food") == titles(filled, "wheat in:tag") == titles(filled, "wheat") == ["Bread"]
    )
    for query in ("tag:food", "wheat"):
        assert [(hit.kind, hit.snippet) for hit in filled.search(query)[0].hits] == [("tag", "Food/Wheat")]


def test_a_collection_holds_what_is_in_those_inside_it(filled: Library) -> None:
    essay, part, other = Collection("Essay"), Collection("essay/Part"), Collection("Essays")
    members = (Membership(essay.id, 1), Membership(part.id, 2), Membership(other.id, 3))
    filled.apply(Change("collect", after=(essay, part, other, *members)))
    assert titles(filled, "collection:ESSAY") == ["Tide", "Harbour"]
    assert titles(filled, "collection:essay/part") == ["Tide"]
    assert titles(filled, "tide collection:essays") == []


def test_the_state_is_what_a_person_says_or_what_was_read(filled: Library) -> None:
    filled.opened(1)
    filled.opened(2)
    filled.set_place(2, ReadingPlace(9, 1.0))
    assert titles(filled, "state:reading") == ["Harbour"]
    assert titles(filled, "state:read") == ["Tide"]
    filled.apply(Change("say", after=(Details(2, state=ReadingState.UNREAD),)))
    assert titles(filled, "state:unread") == ["Bread", "Tide"]


@pytest.mark.parametrize(
    "query", ["bread", "NOT tide", "type:text", "bread in:note", "(bread OR pier) NOT x"]
)
def test_what_was_put_away_is_not_found(filled: Library, query: str) -> None:
    before = titles(filled, query)
    assert "Harbour" in before
    change = Change("put away", after=(Details(1, removed="2021-03-14"),))
    filled.apply(change)
    assert titles(filled, query) == [title for title in before if title != "Harbour"]
    filled.apply(change.inverse)
    assert titles(filled, query) == before


QUERIES = st.recursive(
    WORDS.map(lambda word: (word,)),
    lambda inner: st.one_of(
        st.tuples(st.just("not"), inner),
        st.tuples(st.sampled_from(["and", "or"]), inner, inner),
    ),
    max_leaves=5,
)


def written(query: tuple) -> str:  # type: ignore[type-arg]
    if len(query) == 1:
        return str(query[0])
    if query[0] == "not":
        return f"NOT ({written(query[1])})"
    return f"({written(query[1])}) {query[0].upper()} ({written(query[2])})"


def holds(query: tuple, words: set[str]) -> bool:  # type: ignore[type-arg]
    if len(query) == 1:
        return query[0] in words
    if query[0] == "not":
        return not holds(query[1], words)
    parts = [holds(part, words) for part in query[1:]]
    return all(parts) if query[0] == "and" else any(parts)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.lists(WORDS), st.lists(WORDS), st.lists(WORDS, max_size=1)), min_size=1, max_size=4
    ),
    st.lists(QUERIES, min_size=5, max_size=8),
)
def test_search_agrees_with_looking_at_everything(tmp_path: Path, several: list, queries: list) -> None:  # type: ignore[type-arg]
    library = fresh(tmp_path)
    try:
        model = {}
        for number, (text, note, tags) in enumerate(several):
            id = library.add_document(made(" ".join(text) + f" {number}", f"T{number}")).id
            if note or tags:
                library.apply(Change("add", after=(Note(id, " ".join(note), tags=tuple(tags)),)))
            model[id] = {*text, *note, *tags}
        for query in queries:
            found = [each.document_id for each in library.search(written(query))]
            assert sorted(found) == [id for id, words in model.items() if holds(query, words)], written(query)
    finally:
        library.close()
