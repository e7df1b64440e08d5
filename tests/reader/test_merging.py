"""Merging and parting people, against a plain table of who is meant; undone, all is as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.merging import Said, distinction, merged, parted, refused
from reader.model import Change, Distinction, Identity, Record

NAMES = ("Annan", "K. Annan", "Kofi Annan", "Nane Annan", "The Secretary")
FURTHER = (*NAMES, "Somebody new")
DOCUMENTS = (1, 2, 3)
Table = dict[tuple[str, int], str]


def said_in(records: dict[str, Record]) -> Said:
    return Said(
        [each for each in records.values() if isinstance(each, Identity)],
        [each for each in records.values() if isinstance(each, Distinction)],
    )


def applied(records: dict[str, Record], change: Change) -> dict[str, Record]:
    for each in change.before:
        assert records[each.id] == each
    left = {id: each for id, each in records.items() if each not in change.before}
    assert not {each.id for each in change.after} & left.keys()
    return left | {each.id: each for each in change.after}


def table(said: Said) -> Table:
    return {(name, where): said.who(name, where) for name in FURTHER for where in (*DOCUMENTS, 99)}


def merged_table(before: Table, people: list[str], into: str) -> Table:
    """Say in the plainest way who is meant after a merge; 99 is a document of which nothing is said."""
    target = into if before[into, 99] in people else before[into, 99]
    joined = {*people, target}
    after = dict(before)
    for (name, where), person in before.items():
        if person in joined and before[target, where] in joined:
            after[name, where] = target
    return after


def parted_table(before: Table, person: str, name: str, documents: list[int]) -> Table:
    target = name if before[name, 99] == person else before[name, 99]
    after = dict(before)
    for (known, where), meant in before.items():
        if where in documents and meant == person:
            there = before[target, where]
            after[known, where] = target if there == person else there
    return after


merges = st.tuples(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3), st.sampled_from(FURTHER))
partings = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from(FURTHER),
    st.lists(st.sampled_from(DOCUMENTS), min_size=1, unique=True),
)


@given(steps=st.lists(merges | partings, max_size=8))
def test_merges_and_partings_do_what_a_plain_table_says_and_undo_puts_all_back(
    steps: list[tuple[list[str], str] | tuple[str, str, list[int]]],
) -> None:
    records: dict[str, Record] = {}
    history: list[tuple[dict[str, Record], Change]] = []
    for step in steps:
        said = said_in(records)
        before = table(said)
        if len(step) == 2:
            # Only who is a person now can be merged; the list shows nobody else.
            people = [said.who(name) for name in step[0]]
            expected = merged_table(before, people, step[1])
            change = merged(said, people, step[1], action="merge")
        else:
            person = said.who(step[0])
            if said.who(step[1]) == person and step[1] == person:
                with pytest.raises(ValueError, match="same person"):
                    parted(said, person, step[1], step[2], action="part")
                continue
            expected = parted_table(before, person, step[1], step[2])
            change = parted(said, person, step[1], step[2], action="part")
        history.append((records, change))
        records = applied(records, change)
        said = said_in(records)
        after = table(said)
        assert after == expected
        for (name, where), person in after.items():
            assert said.who(person, where) == person, f"{name} is {person} in {where}, who is another there"
        identities = [each for each in records.values() if isinstance(each, Identity)]
        assert len({(each.name, each.document_id) for each in identities}) == len(identities)
        assert all(each.name != each.person for each in identities if each.document_id is None)
    for earlier, change in reversed(history):
        records = applied(records, change.inverse)
        assert records == earlier


def test_a_later_merge_takes_along_what_was_merged_before() -> None:
    first = merged(Said([]), ["Annan"], "K. Annan", action="merge")
    records = applied({}, first)
    second = merged(said_in(records), ["K. Annan"], "Kofi Annan", action="merge")
    records = applied(records, second)
    said = said_in(records)
    assert [said.who(name) for name in ("Annan", "K. Annan", "Kofi Annan")] == ["Kofi Annan"] * 3
    assert applied(records, second.inverse) == applied({}, first)


def test_a_name_that_was_merged_away_can_become_the_name_of_all() -> None:
    records = applied({}, merged(Said([]), ["Annan"], "Kofi Annan", action="merge"))
    records = applied(records, merged(said_in(records), ["Kofi Annan"], "Annan", action="rename"))
    assert [(each.name, each.person) for each in said_in(records).general.values()] == [
        ("Kofi Annan", "Annan")
    ]


def test_a_merge_does_not_reach_into_a_document_where_the_name_is_anothers() -> None:
    apart = parted(Said([]), "John Smith", "John Smith (senator)", [1], action="part")
    records = applied({}, apart)
    records = applied(records, merged(said_in(records), ["J. Smith"], "John Smith", action="merge"))
    said = said_in(records)
    assert (said.who("J. Smith"), said.who("J. Smith", 1)) == ("John Smith", "J. Smith")
    assert said.who("John Smith", 1) == "John Smith (senator)"


def test_who_was_parted_is_distinct_until_somebody_merges_them() -> None:
    records = applied({}, parted(Said([]), "John Smith", "John Smith (senator)", [1], action="part"))
    assert said_in(records).are_distinct("John Smith (senator)", "John Smith")
    people = ["John Smith", "John Smith (senator)"]
    records = applied(records, merged(said_in(records), people, "John Smith", action="merge"))
    said = said_in(records)
    assert said.who("John Smith", 1) == "John Smith"
    assert not said.distinctions


def test_what_was_refused_holds_for_the_people_that_the_names_mean_later() -> None:
    records = applied({}, refused("Kofi Annan", "Annan", action="refuse"))
    (kept,) = records.values()
    assert isinstance(kept, Distinction)
    assert (kept.name, kept.other) == ("Annan", "Kofi Annan")
    assert distinction("b", "a").name == "a"
    records = applied(records, merged(said_in(records), ["Kofi Annan"], "K. Annan", action="merge"))
    assert said_in(records).are_distinct("K. Annan", "Annan")
