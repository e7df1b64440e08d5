"""The people of the library: counted as the documents have them, merged and parted as a person says."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document import Block, Document, Metadata, Span
from reader.errors import QueryError
from reader.library import Library
from reader.library.people.register import Called, Company, Person
from reader.library.schema import STEPS
from reader.merging import Said, merged, parted
from reader.model import Analysis, Change, Details, Entity, Label, Mention, Quote, QuoteKind

TEXT = "Peace is for all, said one. War, said the other, is no answer to them."
NAMES = ("Kofi Annan", "Annan", "K. Annan", "Nané Annan", "Ofcom")


def analysis(*people: tuple[str, int, bool], aliases: tuple[str, ...] = (), role: str = "") -> Analysis:
    """Return what is found in a text that names each of these so often, and quotes them or not."""
    mentions = [
        Mention(Span(at, at + 5), Label.ORG if name == "Ofcom" else Label.PERSON, name)
        for name, times, _ in people
        for at in range(times)
    ]
    quotes = [
        Quote(QuoteKind.DIRECT, (Span(0, 26),), speaker=name, reason="the subject")
        for name, _, quoted in people
        if quoted
    ]
    entities = [
        Entity(name, Label.ORG) if name == "Ofcom" else Entity(name, Label.PERSON, aliases, role)
        for name, _, _ in people
    ]
    return Analysis(tuple(mentions), tuple(quotes), tuple(entities), "m 1")


def add(library: Library, number: int, found: Analysis, *, date: str = "2001-04") -> int:
    text = f"{TEXT} It is article {number}."
    document = Document(
        text, (Block(Span(0, len(text))),), Metadata(title=f"No. {number}", date=date), source=f"/{number}"
    )
    id = library.add_document(document).id
    library.save_analysis(id, found, text_hash=document.text_hash)
    return id


def said(library: Library) -> Said:
    return Said(library.identities(), library.distinctions())


@pytest.fixture
def filled(library: Library) -> Library:
    add(library, 1, analysis(("Kofi Annan", 3, True), ("Ofcom", 1, False), aliases=("Annan",)), date="2003")
    add(library, 2, analysis(("Annan", 2, True), ("Nané Annan", 1, False)), date="2001-04")
    add(library, 3, analysis(("Kofi Annan", 1, True), ("Ofcom", 2, True), role="a chief"), date="2002")
    return library


def test_the_list_has_people_and_bodies_that_speak_with_their_counts(filled: Library) -> None:
    assert filled.people.page() == [
        Person("Kofi Annan", 2, 2, 4),
        Person("Ofcom", 2, 1, 3, is_body=True),
        Person("Annan", 1, 1, 2),
        Person("Nané Annan", 1, 0, 1),
    ]
    assert filled.people.count() == 4
    assert [each.name for each in filled.people.page(order="name", offset=1, limit=2)] == [
        "Kofi Annan",
        "Nané Annan",
    ]
    assert [each.name for each in filled.people.page(order="documents")][:2] == ["Kofi Annan", "Ofcom"]


def test_names_are_in_order_without_regard_to_case_and_accents(library: Library) -> None:
    names = ["Émile Zola", "Zoë Falk", "adam Smith", "Emma Woode", "Östen Undén"]
    add(library, 1, analysis(*((name, 1, False) for name in names)))
    expected = ["adam Smith", "Émile Zola", "Emma Woode", "Östen Undén", "Zoë Falk"]
    assert [each.name for each in library.people.page(order="name")] == expected
    ids = library.people.matching("", order="name")
    assert [each.name for each in library.people.those(ids)] == expected


def test_a_body_that_nobody_quotes_is_not_listed(library: Library) -> None:
    add(library, 1, analysis(("Ofcom", 4, False)))
    assert (library.people.page(), library.people.count()) == ([], 0)
    add(library, 2, analysis(("Ofcom", 1, True)))
    assert library.people.page() == [Person("Ofcom", 2, 1, 5, is_body=True)]


@pytest.mark.parametrize(
    ("match", "expected"),
    [
        ("ann", ["Kofi Annan", "Annan", "Nané Annan"]),
        ("nane AN", ["Nané Annan"]),
        ("ofc", ["Ofcom"]),
        ("annan kofi", ["Kofi Annan"]),
        ("nobody", []),
        ('" OR *', []),
        ("\ud800", []),
    ],
)
def test_words_that_are_typed_begin_words_of_a_name(filled: Library, match: str, expected: list[str]) -> None:
    assert [each.name for each in filled.people.page(match)] == expected
    assert filled.people.count(match) == len(expected)


def test_merged_people_are_one_everywhere_and_undone_they_are_two(filled: Library) -> None:
    before = filled.people.page()
    change = merged(said(filled), ["Annan", "Kofi Annan"], "Kofi A. Annan", action="merge")
    filled.apply(change)
    assert filled.people.page("annan")[0] == Person("Kofi A. Annan", 3, 3, 6)
    assert filled.people.called("Kofi A. Annan") == [Called("Annan"), Called("Kofi Annan")]
    assert filled.people.aliases("Kofi A. Annan") == [("Annan", 2), ("Kofi Annan", 2)]
    for name in ("Kofi A. Annan", "kofi annan", "annan"):
        assert filled.speakers(name) == ["Kofi A. Annan"]
    assert [(each.date, each.called) for each in filled.sayings(["Kofi A. Annan"])] == [
        ("2001-04", "Annan"),
        ("2002", "Kofi Annan"),
        ("2003", "Kofi Annan"),
    ]
    filled.apply(change.inverse)
    assert filled.people.page() == before
    assert filled.people.person("Kofi A. Annan") is None


def test_who_is_parted_in_a_document_takes_what_is_theirs_along(filled: Library) -> None:
    name = "Kofi Annan (the chief)"
    filled.apply(parted(said(filled), "Kofi Annan", name, [3], action="part"))
    assert filled.people.person(name) == Person(name, 1, 1, 1)
    assert filled.people.person("Kofi Annan") == Person("Kofi Annan", 1, 1, 3)
    assert filled.people.roles(name) == [("a chief", 1)]
    assert [each.date for each in filled.sayings([name])] == ["2002"]
    assert filled.speakers("kofi annan the chief") == [name]
    assert [each.name for each in filled.people.page("chief")] == [name]
    assert (filled.people.meant("Kofi Annan", 3), filled.people.meant("Kofi Annan")) == (name, "Kofi Annan")


def test_one_person_with_all_that_the_documents_have_of_them(filled: Library) -> None:
    people = filled.people
    assert [
        (each.title, each.date, each.mentions, each.quotations) for each in people.appearances("Ofcom")
    ] == [
        ("No. 3", "2002", 2, 1),
        ("No. 1", "2003", 1, 0),
    ]
    spots = people.quotations("Kofi Annan")
    assert [each.date for each in spots] == ["2002", "2003"]
    said_there = people.sayings([*(each.id for each in spots), 99])
    assert {id: each.content for id, each in said_there.items()} == {each.id: TEXT[:26] for each in spots}
    assert [each.date for each in people.quotations("Kofi Annan", about="peace")] == ["2002", "2003"]
    assert people.quotations("Kofi Annan", about="bread") == []
    with pytest.raises(QueryError):
        people.quotations("Kofi Annan", about="by:me")
    assert people.together("Kofi Annan") == [Company("Ofcom", 2, 1, is_body=True)]
    assert people.beside("Kofi Annan") == [Company("Ofcom", 1, 1, is_body=True)]
    assert people.speaking_of("Ofcom") == [Company("Kofi Annan", 2, 2)]


def test_a_mention_comes_with_the_words_around_it(filled: Library) -> None:
    spots = filled.people.mentions("Kofi Annan")
    assert [each.date for each in spots] == ["2002", "2003", "2003", "2003"]
    found = filled.people.mentioned([spots[0].id, spots[2].id, 99])
    first, second = found[spots[0].id], found[spots[2].id]
    assert first.line[first.start : first.end] == "Peace"
    assert (second.span, second.line[second.start : second.end]) == (Span(1, 6), "eace")
    assert first.line.startswith("Peace is for all") and not first.line.endswith(" …")


def test_a_document_that_was_put_away_counts_no_more_and_a_new_text_counts_anew(filled: Library) -> None:
    put_away = Change("remove", after=(Details(1, removed="2026-01-01"),))
    before = filled.people.page()
    filled.apply(put_away)
    assert filled.people.person("Kofi Annan") == Person("Kofi Annan", 1, 1, 1)
    filled.apply(put_away.inverse)
    assert filled.people.page() == before
    text = "Something else."
    new = Document(text, (Block(Span(0, len(text))),), Metadata(title="No. 1"), source="/1")
    assert filled.add_document(new).outcome == "changed"
    assert filled.people.person("Kofi Annan") == Person("Kofi Annan", 1, 1, 1)
    filled.save_analysis(1, analysis(("Annan", 1, False)), text_hash=new.text_hash)
    assert filled.people.person("Annan") == Person("Annan", 2, 1, 3)


def test_a_document_keeps_two_apart_and_an_alias_tells_whose_it_is(filled: Library) -> None:
    assert filled.people.kept_apart("Annan", ["Nané Annan", "Kofi Annan"]) == {"Nané Annan"}
    assert filled.people.known_by("Annan") == [("Kofi Annan", 1)]
    assert {each.name for each in filled.people.alike(["annan", ""])} == {"Kofi Annan", "Annan", "Nané Annan"}
    assert filled.people.alike(['"', ""]) == []


def test_a_library_from_before_counts_who_is_in_it(tmp_path: Path, filled: Library) -> None:
    expected = filled.people.page()
    store = filled._store
    with store.transaction():
        for kind, name in store.rows(
            "select type, name from sqlite_master where name like 'appearance%' or name like 'called%'"
            " or name like 'person%' or name like 'identity_%'"
            " or name in ('distinction', 'document_gathered')"
        ):
            if kind == "trigger":
                store.run(f"drop trigger {name}")
        for table in ("appearance", "called", "person", "distinction"):
            store.run(f"drop table {table}")
        store.run("delete from _sqlite_migrations where name = ?", [STEPS[5][0]])
        store.run(
            "insert into identity values ('i', 'Annan', 'Kofi Annan', null, ''),"
            " ('j', 'Ofcom', 'Ofcom (Wales)', 3, '')"
        )
    filled.close()
    again = Library.open(tmp_path / "library.sqlite", backups=tmp_path / "backups")
    assert again.people.page() == [
        Person("Kofi Annan", 3, 3, 6),
        Person("Ofcom (Wales)", 1, 1, 2, is_body=True),
        Person("Nané Annan", 1, 0, 1),
    ]
    for identity in again.identities():
        again.apply(Change("undo", before=(identity,)))
    assert again.people.page() == expected
    again.close()


steps = st.lists(
    st.one_of(
        st.tuples(
            st.just("merge"), st.lists(st.sampled_from(NAMES), min_size=1, max_size=3), st.sampled_from(NAMES)
        ),
        st.tuples(
            st.just("part"), st.sampled_from(NAMES), st.lists(st.integers(1, 3), min_size=1, unique=True)
        ),
        st.tuples(
            st.just("analyse"),
            st.integers(1, 3),
            st.lists(
                st.tuples(st.sampled_from(NAMES), st.integers(0, 2), st.booleans()),
                max_size=4,
                unique_by=lambda each: each[0],
            ),
        ),
        st.tuples(st.just("remove"), st.integers(1, 3), st.booleans()),
        st.tuples(st.just("undo"), st.none(), st.none()),
    ),
    max_size=10,
)


class Counted:
    """A library beside what was put into it: counts by hand, and looks that the rest stays."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.found = {
            1: analysis(("Kofi Annan", 2, True), ("Ofcom", 1, False)),
            2: analysis(("Annan", 1, True), ("Nané Annan", 1, True)),
            3: analysis(("K. Annan", 1, False), ("Annan", 2, True)),
        }
        self.hashes = {}
        for number, each in self.found.items():
            add(library, number, each)
            document = library.document(number)
            assert document is not None
            self.hashes[number] = document.text_hash
        self.removed: set[int] = set()
        self.done: list[tuple[Change, set[int]]] = []

    def _do(self, change: Change, removed: set[int] | None = None) -> None:
        self.done.append((change, self.removed))
        self.library.apply(change)
        self.removed = self.removed if removed is None else removed

    def merge(self, people: list[str], into: str) -> None:
        known = said(self.library)
        self._do(merged(known, [known.who(each) for each in people], into, action="merge"))

    def part(self, name: str, documents: list[int]) -> None:
        known = said(self.library)
        person = known.who(name)
        self._do(parted(known, person, f"{person} (another)", documents, action="part"))

    def analyse(self, number: int, people: list[tuple[str, int, bool]]) -> None:
        self.found[number] = analysis(*people)
        self.library.save_analysis(number, self.found[number], text_hash=self.hashes[number])

    def remove(self, number: int, is_away: bool) -> None:
        held = self.library.details(number)
        new = Details(number, removed="2026" if is_away else "", **({"id": held.id} if held else {}))
        removed = self.removed | {number} if is_away else self.removed - {number}
        self._do(Change("remove", before=(held,) if held else (), after=(new,)), removed)

    def undo(self, *_: None) -> None:
        if self.done:
            change, removed = self.done.pop()
            self.library.apply(change.inverse)
            self.removed = removed

    def check(self) -> None:
        known = said(self.library)
        counts: dict[str, list[object]] = {}
        for number, found in self.found.items():
            if number in self.removed:
                continue
            for entity in found.entities:
                person = known.who(entity.name, number)
                documents, quoted, named, persons = counts.setdefault(person, [set(), 0, 0, 0])
                documents.add(number)
                counts[person] = [
                    documents,
                    quoted + sum(each.speaker == entity.name for each in found.quotes),
                    named + sum(each.name == entity.name for each in found.mentions),
                    persons + (entity.label is Label.PERSON),
                ]
        expected = {
            Person(name, len(documents), quoted, named, is_body=persons * 2 < len(documents))
            for name, (documents, quoted, named, persons) in counts.items()
            if persons or quoted
        }
        assert set(self.library.people.page()) == expected
        for person in expected:
            assert len(self.library.people.quotations(person.name)) == person.quotations
            assert len(self.library.sayings([person.name])) == person.quotations
            assert len(self.library.people.mentions(person.name)) == person.mentions
            assert len(self.library.people.appearances(person.name)) == person.documents
        for number, found in self.found.items():
            assert self.library.analysis(number, text_hash=self.hashes[number]) == found


@settings(max_examples=30)
@given(steps=steps)
def test_the_counts_hold_whatever_is_done_and_the_machines_layer_stays_as_it_is(
    steps: list[tuple[str, object, object]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = Library.open(Path(folder, "library.sqlite"), backups=Path(folder, "backups"))
        held = Counted(library)
        for step, *what in steps:
            act: Callable[..., None] = getattr(held, step)
            act(*what)
            held.check()
        while held.done:
            held.undo()
        held.check()
        assert not library.identities()
        library.close()


def found(library: Library, query: str) -> set[int]:
    return {each.document_id for each in library.search(query)}


def test_a_search_means_whoever_goes_by_a_name(filled: Library) -> None:
    assert (found(filled, 'speaker:"Kofi Annan"'), found(filled, "speaker:annan")) == ({1, 3}, {1, 2, 3})
    filled.apply(merged(said(filled), ["Annan", "Kofi Annan"], "The Secretary", action="merge"))
    for name in ('"Kofi Annan"', "annan", '"the secretary"'):
        assert found(filled, f"speaker:{name}") == {1, 2, 3}
    assert found(filled, "speaker:secretary said:peace") == {1, 2, 3}
    assert found(filled, "speaker:secretary said:bread") == set()
    assert found(filled, "in:person secretary") == {1, 2, 3}
    hits = [hit for each in filled.search("speaker:secretary NOT date:2002") for hit in each.hits]
    assert [(hit.kind, hit.snippet) for hit in hits] == [("quotation", TEXT[:26])] * 2
    hits = [hit for each in filled.search("in:person secretary") for hit in each.hits]
    assert {(hit.kind, hit.snippet) for hit in hits} == {("person", "The Secretary")}


def test_a_search_tells_two_of_one_name_apart(filled: Library) -> None:
    filled.apply(parted(said(filled), "Kofi Annan", "Kofi Annan (chief)", [3], action="part"))
    assert found(filled, "speaker:chief") == {3}
    assert found(filled, 'speaker:"kofi annan"') == {1, 3}, "that is what both are called"


def test_people_have_numbers_by_which_they_can_be_left_out(filled: Library) -> None:
    people = filled.people
    numbers = people.numbers(["Ofcom", "Kofi Annan", "nobody at all"])
    assert {each.name for each in people.those(numbers)} <= {"Ofcom", "Kofi Annan"}
    assert set(numbers) >= set(people.matching("Kofi Annan"))
