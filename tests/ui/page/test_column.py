"""How the width is shared: nothing overlaps, and the text never vanishes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.page.column import arrange


@given(st.floats(60, 4000), st.floats(200, 1500), st.floats(0.5, 3))
def test_margins_and_text_lie_side_by_side(viewport: float, wanted: float, scale: float) -> None:
    column = arrange(viewport, wanted=wanted, scale=scale)
    assert 0 < column.width <= max(120, wanted)
    if column.speakers is not None:
        assert column.speakers >= 0
        assert column.speakers + column.speakers_width <= column.bar
        assert column.left + column.width <= viewport
    if column.notes is not None:
        assert column.left + column.width <= column.notes
        assert column.notes + column.notes_width <= viewport


def test_a_narrower_window_gives_up_the_notes_first_and_then_the_speakers() -> None:
    shapes = [
        (column.speakers is not None, column.notes is not None)
        for column in (arrange(width, wanted=560) for width in range(1400, 300, -10))
    ]
    assert list(dict.fromkeys(shapes)) == [(True, True), (True, False), (False, False)]
