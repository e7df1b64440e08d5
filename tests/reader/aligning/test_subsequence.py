"""The table by bits says what the table by numbers says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.aligning.subsequence import Comparison, common

rows = st.lists(st.integers(0, 3), max_size=9)


def plainly(old: list[int], new: list[int]) -> int:
    above = [0] * (len(new) + 1)
    for one in old:
        row = [0]
        for j, other in enumerate(new):
            row.append(above[j] + 1 if one == other else max(above[j + 1], row[j]))
        above = row
    return above[-1]


@given(rows, rows)
def test_the_lengths_of_all_beginnings_and_ends(old: list[int], new: list[int]) -> None:
    table = Comparison(old, new)
    assert table.length == common(old, new) == plainly(old, new)
    for i in range(len(old) + 1):
        before, after = table.all_before(i), table.all_after(i)
        for j in range(len(new) + 1):
            assert before[j] == table.before(i, j) == plainly(old[:i], new[:j])
            assert after[j] == table.after(i, j) == plainly(old[i:], new[j:])


@given(rows, rows)
def test_the_pairs_are_alike_and_in_order(old: list[int], new: list[int]) -> None:
    pairs = Comparison(old, new).pairs
    assert all(old[i] == new[j] for i, j in pairs.items())
    assert list(pairs.values()) == sorted(set(pairs.values()))


def test_what_can_be_in_two_places_is_no_pair() -> None:
    assert Comparison([1, 2, 1, 3], [1, 3]).pairs == {3: 1}
