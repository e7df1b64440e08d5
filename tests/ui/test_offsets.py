"""Code points and UTF-16 units, there and back."""

from hypothesis import given
from hypothesis import strategies as st

from ui.offsets import Utf16Map

TEXTS = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)


@given(TEXTS, st.data())
def test_units_are_those_of_the_utf_16_encoding(text: str, data: st.DataObject) -> None:
    point = data.draw(st.integers(0, len(text)))
    assert Utf16Map(text).to_units(point) == len(text[:point].encode("utf-16-le")) // 2


@given(TEXTS, st.data())
def test_there_and_back_is_the_same_place(text: str, data: st.DataObject) -> None:
    point = data.draw(st.integers(0, len(text)))
    units = Utf16Map(text)
    assert units.to_points(units.to_units(point)) == point


def test_the_middle_of_a_pair_counts_as_its_start() -> None:
    units = Utf16Map("a😀b")
    assert [units.to_points(unit) for unit in range(5)] == [0, 1, 1, 2, 3]
