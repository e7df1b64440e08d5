"""A stretch of a list in reading order is replaced, and the rest stays."""

from __future__ import annotations

from reader.document import Block, Span
from ui.ordered import replace_within


def test_what_begins_in_the_stretch_is_replaced_and_the_new_is_put_in_order() -> None:
    items = [Block(Span(start, start + 9)) for start in (0, 10, 20, 30)]
    replace_within(items, 10, 30, [Block(Span(25, 26)), Block(Span(12, 40))])
    assert [each.span.start for each in items] == [0, 12, 25, 30]
    replace_within(items, 26, 27, [Block(Span(26, 27))])
    assert [each.span.start for each in items] == [0, 12, 25, 26, 30]
