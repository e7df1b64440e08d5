"""Names with their places, against counting all mentions anew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.document import Span
from reader.model import Entity, Label, Mention
from ui.article.names_index import NameIndex

MENTIONS = st.builds(
    lambda start, label, name: Mention(Span(start, start + 3), label, name),
    st.integers(0, 60),
    st.sampled_from([Label.PERSON, Label.ORG]),
    st.sampled_from(["Ada", "Bay Council"]),
)
UNIQUE = st.lists(MENTIONS, max_size=20, unique_by=lambda mention: mention.span)


@given(UNIQUE, st.integers(0, 60), st.integers(0, 30), UNIQUE)
def test_a_replaced_part_leaves_what_a_new_count_would_give(
    old: list[Mention], start: int, length: int, new: list[Mention]
) -> None:
    where = Span(start, start + length)
    new = [m for m in new if where.start <= m.span.start < where.end]
    index = NameIndex()
    index.replace(Span(0, 100), old)
    index.replace(where, new)
    expected = [m for m in old if not where.start <= m.span.start < where.end] + new
    rows = {(row.label, row.name): row.spans for row in index.rows(())}
    assert rows == {
        key: tuple(sorted(m.span for m in expected if (m.label, m.name) == key))
        for key in {(m.label, m.name) for m in expected}
    }
    assert len(index) == len(rows)


def test_a_name_takes_the_type_it_is_mentioned_with_most() -> None:
    index = NameIndex()
    index.replace(
        Span(0, 50),
        [
            Mention(Span(0, 3), Label.ORG, "Ada"),
            Mention(Span(5, 8), Label.PERSON, "Ada"),
            Mention(Span(9, 12), Label.PERSON, "Ada"),
        ],
    )
    assert index.labels() == {"Ada": Label.PERSON}
    index.clear()
    assert len(index) == 0


def test_rows_carry_the_role_that_the_text_gives() -> None:
    index = NameIndex()
    index.replace(Span(0, 50), [Mention(Span(0, 3), Label.PERSON, "Ada")])
    (row,) = index.rows([Entity("Ada", Label.PERSON, description="Minister of Works")])
    assert row.description == "Minister of Works"


def test_mentions_of_one_name_and_type_are_one_row() -> None:
    mentions = [
        Mention(Span(50, 55), Label.PERSON, "Ada Lindqvist"),
        Mention(Span(0, 3), Label.PERSON, "Ada Lindqvist"),
        Mention(Span(9, 12), Label.GPE, "Ada"),
        Mention(Span(20, 23), Label.ORG, "ICE"),
    ]
    entities = [
        Entity("Ada Lindqvist", Label.PERSON, ("Lindqvist",), "minister"),
        Entity("ICE", Label.ORG, ("ICE", "Institute of Ice")),
    ]
    index = NameIndex()
    index.replace(Span(0, 100), mentions)
    rows = sorted(index.rows(entities), key=lambda row: (-len(row.spans), row.spans[0]))
    assert [(row.name, len(row.spans)) for row in rows] == [("Ada Lindqvist", 2), ("Ada", 1), ("ICE", 1)]
    assert rows[0].spans == (Span(0, 3), Span(50, 55))
    assert [row.description for row in rows] == ["minister", "", "Institute of Ice"]
