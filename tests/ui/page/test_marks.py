"""Layers of marks, against looking at every mark."""

from hypothesis import given
from hypothesis import strategies as st

from reader.document import Span
from reader.model import Quote, QuoteKind
from ui.page.marks import Layers, MarkLayer, Marks

SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 80), st.integers(1, 25))


def layer(spans: list[Span]) -> MarkLayer[Span]:
    made: MarkLayer[Span] = MarkLayer("")
    made.replace_all(sorted(spans))
    return made


@given(st.lists(SPANS, max_size=30), SPANS)
def test_marks_within_are_all_that_overlap(spans: list[Span], where: Span) -> None:
    expected = sorted((span for span in spans if span.overlaps(where)), key=lambda span: span.start)
    found = layer(spans).within(where)
    assert sorted(found) == sorted(expected)
    assert [span.start for span in found] == [span.start for span in expected]


@given(st.lists(SPANS, max_size=30), SPANS, st.lists(SPANS, max_size=10))
def test_replacing_a_part_leaves_what_starts_elsewhere(old: list[Span], where: Span, new: list[Span]) -> None:
    new = sorted(span for span in new if where.start <= span.start < where.end)
    changed = layer(old)
    before = changed.version
    changed.replace(where, new)
    kept = [span for span in old if not where.start <= span.start < where.end]
    assert sorted(changed.marks) == sorted(kept + new)
    assert changed.version > before
    assert sorted(changed.within(Span(0, 200))) == sorted(kept + new)


def test_the_shortest_mark_at_a_place_is_the_one_meant() -> None:
    marks = layer([Span(0, 30), Span(10, 14), Span(8, 20)])
    assert marks.at(11) == Span(10, 14)
    assert marks.at(9) == Span(8, 20)
    assert marks.at(30) is None


def test_a_quotation_is_cut_at_the_ends_of_blocks_and_named_once() -> None:
    marks = Marks()
    quote = Quote(QuoteKind.DIRECT, (Span(5, 18), Span(24, 28)))
    marks.quotes.replace_all([quote])
    cut = [piece for block in (Span(0, 10), Span(12, 20), Span(22, 30)) for piece in marks.pieces(block)]
    assert [piece.span for piece in cut] == [Span(5, 10), Span(12, 18), Span(24, 28)]
    assert [piece.first for piece in cut] == [True, False, False]
    assert marks.quote_at(13) == quote
    assert marks.quote_at(20) is None


def test_clearing_forgets_marks_and_keeps_the_mask() -> None:
    marks = Marks(shown=Layers.NAMES, current=Span(1, 2))
    marks.found.replace_all([Span(3, 4)])
    marks.clear()
    assert (len(marks.found), marks.current, marks.shown) == (0, None, Layers.NAMES)
