"""The heights of blocks, against a plain list."""

from hypothesis import given
from hypothesis import strategies as st

from ui.page.heights import Heights

LISTS = st.lists(st.integers(1, 500), min_size=1, max_size=70)


@given(LISTS, st.lists(st.tuples(st.integers(0, 69), st.integers(1, 500)), max_size=20))
def test_tops_are_sums_after_any_corrections(start: list[int], changes: list[tuple[int, int]]) -> None:
    plain, heights = list(start), Heights(start)
    for block, height in changes:
        plain[block % len(plain)] = height
        heights.set(block % len(plain), height)
    assert [heights.top(i) for i in range(len(plain) + 1)] == [sum(plain[:i]) for i in range(len(plain) + 1)]
    assert heights.tops() == [sum(plain[:i]) for i in range(len(plain))]
    assert heights.total == sum(plain)


@given(LISTS, st.integers(-10, 40_000))
def test_the_block_at_a_height_holds_it(start: list[int], y: int) -> None:
    heights = Heights(start)
    block = heights.at(y)
    inside = max(0, min(y, sum(start) - 1))
    assert heights.top(block) <= inside < heights.top(block + 1)


def test_no_blocks_have_no_height() -> None:
    assert Heights().total == 0
    assert Heights().at(12) == 0
