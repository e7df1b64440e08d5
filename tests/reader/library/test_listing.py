"""Lists of documents: what is in them, in which order and under which heading, held against a plain model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.document import Block, Document, Metadata, Span
from reader.errors import Conflict, QueryError
from reader.library import Library
from reader.library.backup import listed as copies
from reader.lists import Asked, Filter, Grouped, Sorted, moved, under
from reader.model import (
    Anchor,
    Change,
    Collection,
    Details,
    Highlight,
    Membership,
    Note,
    ReadingPlace,
    ReadingState,
)


def document(number: int, title: str = "", **known: str) -> Document:
    text = f"{number} " * 30
    words = Metadata(title=title or f"Article {number}", **known)
    return Document(text, (Block(Span(0, len(text))),), words, source=f"/articles/{number}.txt")


@pytest.fixture
def three(library: Library) -> list[int]:
    """Three documents, the second of which has no date and no source."""
    return [
        library.add_document(each).id
        for each in (
            document(1, "“zebra”", byline="Émile", site="Bay Post", date="2021-03"),
            document(2, "An Ox", byline="ada"),
            document(3, "émeu", byline="Zoe", site="Ark", date="2020-11-02"),
        )
    ]


def ids(library: Library, by: Sorted, *, descending: bool, **chosen: str) -> list[int]:
    return list(library.listed(Asked(Filter(**chosen), by, descending)).ids)


@pytest.mark.parametrize(
    ("by", "order"),
    [
        (Sorted.TITLE, [1, 2, 0]),
        (Sorted.AUTHOR, [1, 0, 2]),
        (Sorted.SOURCE, [2, 0, 1]),
        (Sorted.DATE, [2, 0, 1]),
    ],
)
def test_order_knows_no_case_accents_or_marks_and_what_has_no_value_comes_last(
    library: Library, three: list[int], by: Sorted, order: list[int]
) -> None:
    assert ids(library, by, descending=False) == [three[each] for each in order]
    valued = [each for each in order if by not in (Sorted.SOURCE, Sorted.DATE) or each != 1]
    rest = [each for each in order if each not in valued]
    assert ids(library, by, descending=True) == [three[each] for each in (*reversed(valued), *rest)]


def test_what_a_person_says_of_a_document_decides_its_place(library: Library, three: list[int]) -> None:
    library.apply(Change("edit", after=(Details(three[0], title="Aardvark", date="1999"),)))
    assert ids(library, Sorted.TITLE, descending=False)[0] == three[0]
    assert ids(library, Sorted.DATE, descending=False)[0] == three[0]


def test_opened_progress_words_and_highlights_are_orders_too(library: Library, three: list[int]) -> None:
    library.opened(three[1])
    library.opened(three[0])
    library.set_place(three[2], ReadingPlace(3, 0.5))
    anchor = Anchor(Span(0, 1), "1")
    library.apply(Change("mark", after=(Highlight(three[1], anchor), Highlight(three[1], anchor))))
    assert ids(library, Sorted.OPENED, descending=True) == [three[0], three[1], three[2]]
    assert ids(library, Sorted.OPENED, descending=False) == [three[1], three[0], three[2]]
    assert ids(library, Sorted.PROGRESS, descending=True)[0] == three[2]
    assert ids(library, Sorted.HIGHLIGHTS, descending=True)[0] == three[1]
    assert len(ids(library, Sorted.WORDS, descending=True)) == 3


def test_a_state_is_what_a_person_says_and_else_what_was_read(library: Library, three: list[int]) -> None:
    library.opened(three[0])
    library.opened(three[1])
    library.set_place(three[1], ReadingPlace(9, 0.99))
    states = [each.state for each in library.lines(three)]
    assert states == [ReadingState.READING, ReadingState.READ, ReadingState.UNREAD]
    said = Change("say", after=tuple(Details(id, state=ReadingState.UNREAD) for id in three[:2]))
    library.apply(said)
    assert library.count(Filter(state=ReadingState.UNREAD)) == 3
    library.apply(said.inverse)
    for state, id in zip(states, three, strict=True):
        assert list(library.listed(Asked(Filter(state=state))).ids) == [id]


def test_a_collection_holds_what_is_in_those_inside_it(library: Library, three: list[int]) -> None:
    outer, inner, other = Collection("Harbour"), Collection("harbour/Wall"), Collection("Harbours")
    places = (Membership(outer.id, three[0]), Membership(inner.id, three[1]), Membership(other.id, three[2]))
    library.apply(Change("collect", after=(outer, inner, other, *places)))
    assert set(ids(library, Sorted.ADDED, descending=True, collection="HARBOUR")) == set(three[:2])
    assert ids(library, Sorted.ADDED, descending=True, collection="Harbour/wall") == [three[1]]
    assert [number for _, number in library.overview().collections] == [2, 1, 1]
    (line,) = library.lines([three[1]])
    assert line.collections == ("harbour/Wall",)


def test_a_tag_is_found_on_documents_notes_and_highlights_and_under_it(
    library: Library, three: list[int]
) -> None:
    made = (
        Details(three[0], tags=("money",)),
        Note(three[1], "so much", tags=("Money/Budget",)),
        Highlight(three[2], Anchor(Span(0, 1), "3"), tags=("moneys",)),
    )
    library.apply(Change("tag", after=made))
    assert set(ids(library, Sorted.ADDED, descending=True, tag="Money")) == set(three[:2])
    used = {each.tag.name: each for each in library.overview().tags}
    assert (used["money"].documents, used["money"].articles) == (1, 2)
    assert (used["Money/Budget"].notes, used["moneys"].highlights) == (1, 1)


def test_what_the_search_finds_is_a_list_like_any_other(library: Library, three: list[int]) -> None:
    essay = Collection("Essay")
    inside = (Membership(essay.id, three[1]), Membership(essay.id, three[2]))
    library.apply(Change("collect", after=(essay, *inside, Details(three[0], removed="2026-01-01"))))
    assert ids(library, Sorted.DATE, descending=False, found="date:2010..2026 OR ox") == [three[2], three[1]]
    assert ids(library, Sorted.ADDED, descending=True, found="ox", collection="essay") == [three[1]]
    assert ids(library, Sorted.ADDED, descending=True, found="zebra") == [], "it was put away"
    assert library.count(Filter(found="ox")) == 1
    with pytest.raises(QueryError):
        library.listed(Asked(Filter(found="(ox")))


def test_what_was_put_away_is_in_no_other_list(library: Library, three: list[int]) -> None:
    tagged = Details(three[0], tags=("claim",), removed="2026-01-01")
    outer = Collection("Harbour")
    library.apply(Change("put away", after=(tagged, outer, Membership(outer.id, three[0]))))
    for chosen in (Filter(), Filter(tag="claim"), Filter(words="zebra"), Filter(collection="harbour")):
        assert three[0] not in library.listed(Asked(chosen)).ids
        assert library.count(chosen) == len(library.listed(Asked(chosen)).ids)
    assert list(library.listed(Asked(Filter(put_away=True))).ids) == [three[0]]
    overview = library.overview()
    assert (overview.documents, overview.put_away, overview.tags[0].articles) == (2, 1, 0)
    assert [each.title for each in library.entries()] == ["émeu", "An Ox"]


def test_filters_hold_together(library: Library, three: list[int]) -> None:
    library.apply(Change("tag", after=tuple(Details(id, tags=("claim",)) for id in three[:2])))
    assert ids(library, Sorted.ADDED, descending=True, tag="claim", words="bay zeb") == [three[0]]
    assert ids(library, Sorted.ADDED, descending=True, tag="claim", words="ark") == []
    assert ids(library, Sorted.ADDED, descending=True, format="text") == library.listed(Asked()).ids


def test_groups_cover_the_list_and_those_without_come_last(library: Library, three: list[int]) -> None:
    by_year = library.listed(Asked(by=Sorted.TITLE, descending=False, group=Grouped.YEAR))
    assert [(each.name, each.end - each.start) for each in by_year.groups] == [
        ("2021", 1),
        ("2020", 1),
        ("", 1),
    ]
    assert list(by_year.ids) == [three[0], three[2], three[1]]
    by_month = library.listed(Asked(group=Grouped.MONTH))
    assert [each.name for each in by_month.groups] == ["2021-03", "2020-11", ""]
    by_source = library.listed(Asked(group=Grouped.SOURCE))
    assert [each.name for each in by_source.groups] == ["Ark", "Bay Post", ""]


def test_a_document_stands_under_each_of_its_collections(library: Library, three: list[int]) -> None:
    one, two = Collection("One"), Collection("Two")
    inside = [Membership(each.id, three[0]) for each in (one, two)]
    library.apply(Change("collect", after=(one, two, *inside)))
    listed = library.listed(Asked(by=Sorted.TITLE, descending=False, group=Grouped.COLLECTION))
    assert [(each.name, each.start, each.end) for each in listed.groups] == [
        ("One", 0, 1),
        ("Two", 1, 2),
        ("", 2, 4),
    ]
    assert list(listed.ids) == [three[0], three[0], three[1], three[2]]


words = st.sampled_from(["pier", "Wall", "érable", "ox", "zebra"])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    known=st.lists(
        st.tuples(words, words | st.just(""), st.sampled_from(["", "2020", "2021-03"]), st.booleans()),
        max_size=6,
    ),
    by=st.sampled_from([Sorted.TITLE, Sorted.AUTHOR, Sorted.DATE, Sorted.ADDED]),
    descending=st.booleans(),
    group=st.none() | st.sampled_from(Grouped),
    match=words | st.just(""),
)
def test_every_list_has_what_the_filter_lets_through_once(
    open_library: Callable[[], Library],
    known: list[tuple[str, str, str, bool]],
    by: Sorted,
    descending: bool,
    group: Grouped | None,
    match: str,
) -> None:
    library = open_library()
    library.apply(
        Change("put all away", after=tuple(Details(each.id, removed="x") for each in library.entries()))
    )
    made = {}
    for number, (title, byline, date, away) in enumerate(known):
        text = f"{library.count(Filter(put_away=True))} {number}"
        id = library.add_document(
            Document(text, (Block(Span(0, len(text))),), Metadata(title=title, byline=byline, date=date))
        ).id
        made[id] = (title, byline, date)
        if away:
            library.apply(Change("put away", after=(Details(id, removed="x"),)))
            del made[id]
    asked = Asked(Filter(words=match), by, descending, group)
    listed = library.listed(asked)
    expected = {
        id for id, (title, byline, _) in made.items() if match.casefold() in f"{title} {byline}".casefold()
    }
    assert sorted(listed.ids) == sorted(expected)
    assert library.count(asked.filter) == len(expected)
    assert [each.id for each in library.lines(listed.ids)] == list(listed.ids)
    if group:
        ends = [each.end for each in listed.groups]
        assert [each.start for each in listed.groups] == [0, *ends][: len(ends)]
        assert (ends or [0])[-1] == len(listed.ids)


# ---------------------------------------------------------------- for good


def test_only_what_was_put_away_is_deleted_and_a_copy_is_made_before(
    library: Library, three: list[int], tmp_path: Path
) -> None:
    backups = tmp_path / "backups"
    marked = Highlight(three[0], Anchor(Span(0, 1), "1"), tags=("claim",))
    library.apply(Change("mark", after=(marked, Note(three[0], "mine"))))
    with pytest.raises(Conflict):
        library.delete_for_good([three[0]], backups=backups)
    assert library.document(three[0]) is not None
    library.apply(Change("put away", after=tuple(Details(id, removed="x") for id in three[:2])))
    library.delete_for_good(three[:2], backups=backups)
    assert library.document(three[0]) is None
    assert not library.highlights(three[0]) and not library.notes(three[0])
    assert library.count(Filter(put_away=True)) == 0
    assert next(each.documents for each in copies(tmp_path / "library.sqlite", backups)) == 3
    assert library.search("zebra") == []


def test_no_other_document_is_ever_called_like_one_that_was_deleted(
    library: Library, three: list[int], tmp_path: Path
) -> None:
    """A step of before, undone, must not write on another article."""
    note = Note(three[2], "mine")
    library.apply(Change("note", after=(note,)))
    gone = Change("remove a note", before=(note,))
    library.apply(gone)
    library.apply(Change("put away", after=(Details(three[2], removed="x"),)))
    library.delete_for_good([three[2]], backups=tmp_path / "backups")
    added = library.add_document(document(9)).id
    assert added not in three
    with pytest.raises(Conflict):
        library.apply(gone.inverse)
    assert library.add_document(document(10)).id == added + 1


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("name", "parent", "is_under"),
    [
        ("a/b", "A", True),
        ("a", "a", True),
        ("ab", "a", False),
        ("a", "a/b", False),
        ("STRASSE/x", "straße", True),
    ],
)
def test_what_is_under_a_name(name: str, parent: str, is_under: bool) -> None:
    assert under(name, parent) is is_under


def test_a_moved_name_keeps_what_is_below() -> None:
    assert moved("STRASSE/x/y", "straße", "weg/neu") == "weg/neu/x/y"
    assert moved("a", "a", "b") == "b"


def test_an_older_library_gets_its_keys(library: Library, three: list[int]) -> None:
    """What the migration writes is what adding a document writes."""
    store = library._store
    before = store.rows("select id, title_key, author_key, site_key, date_key from document order by id")
    from reader.library.keys import LISTING

    update = next(part for part in LISTING.split(";\n") if part.strip().startswith("update"))
    with store.transaction():
        store.run("update document set title_key = '', author_key = '', site_key = '', date_key = ''")
        store.run(update)
    assert (
        store.rows("select id, title_key, author_key, site_key, date_key from document order by id") == before
    )
