"""Collections, tags and states: every operation, undone and done again, held against a plain model."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from reader import ordering
from reader.document import Block, Document, Span
from reader.errors import Conflict
from reader.library import Library
from reader.lists import Filter, moved, under
from reader.model import Anchor, Change, Colour, Details, Highlight, Note, ReadingState

names = st.sampled_from(["a", "A/b", "a/b/c", "b", "B/x", "Straße", "STRASSE/x", "ab"])
some = st.lists(st.integers(1, 4), min_size=1, max_size=3)
State = tuple[dict[str, str], dict[str, set[int]], dict[int, dict[str, str]], dict[int, tuple[str, bool]]]


def document(number: int) -> Document:
    return Document(f"Text number {number}", (Block(Span(0, 13)),))


class Shelves(RuleBasedStateMachine):
    """The library beside dicts of what should be in it.

    `tags` and `collections` give folded names how they are written; `inside` what is in each collection;
    `carried` the tags of each document, by folded name; `said` the state and whether it was put away.
    """

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        place = Path(self.folder.name)
        self.library = Library.open(place / "library.sqlite", backups=place / "backups")
        for number in range(1, 5):
            self.library.add_document(document(number))
        self.tags: dict[str, str] = {}
        self.carried: dict[int, set[str]] = {number: set() for number in range(1, 5)}
        self.collections: dict[str, str] = {}
        self.inside: dict[str, set[int]] = {}
        self.said: dict[int, tuple[ReadingState | None, bool]] = dict.fromkeys(range(1, 5), (None, False))
        self.done: list[tuple[Change, object]] = []
        self.undone: list[tuple[Change, object]] = []

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.library.close()
            self.folder.cleanup()

    # ------------------------------------------------------------ the model's own memory

    def _held(self) -> object:
        return (
            dict(self.tags),
            {key: set(value) for key, value in self.carried.items()},
            dict(self.collections),
            {key: set(value) for key, value in self.inside.items()},
            dict(self.said),
        )

    def _hold(self, held: object) -> None:
        tags, carried, collections, inside, said = held  # type: ignore[misc]
        self.tags, self.collections, self.said = dict(tags), dict(collections), dict(said)
        self.carried = {key: set(value) for key, value in carried.items()}
        self.inside = {key: set(value) for key, value in inside.items()}

    def _do(self, change: Change | None, model: Callable[[], None]) -> None:
        """Apply a change and do the same in the model; without a change the model must stay as it is."""
        before = self._held()
        model()
        if change is None:
            # A name may be written otherwise than the model takes it, of a tag that is there already.
            assert before == self._held()
            return
        self.done.append((self.library.apply(change), before))
        self.undone.clear()

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        change, before = self.done.pop()
        self.undone.append((change, self._held()))
        self.library.apply(change.inverse)
        self._hold(before)  # a word that came into the codebook by being used is gone from it too

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        change, after = self.undone.pop()
        self.done.append((change, self._held()))
        self.library.apply(change)
        self._hold(after)

    # ------------------------------------------------------------ documents

    @rule(ids=some, state=st.sampled_from([*ReadingState, None]))
    def say_state(self, ids: list[int], state: ReadingState | None) -> None:
        def model() -> None:
            self.said.update({id: (state, self.said[id][1]) for id in ids})

        self._do(ordering.set_state(self.library, ids, state, action="say"), model)

    @rule(ids=some, away=st.booleans())
    def put(self, ids: list[int], away: bool) -> None:
        def model() -> None:
            self.said.update({id: (self.said[id][0], away) for id in ids})

        act = ordering.put_away if away else ordering.put_back
        self._do(act(self.library, ids, action="put"), model)

    @rule(ids=some, add=st.lists(names, max_size=2), remove=st.lists(names, max_size=2))
    def tag(self, ids: list[int], add: list[str], remove: list[str]) -> None:
        gone = {name.casefold() for name in remove}
        given = {name.casefold(): name for name in reversed(add) if name.casefold() not in gone}

        def model() -> None:
            for id in ids:
                self.carried[id] = (self.carried[id] - gone) | set(given)
            for folded in {tag for id in ids for tag in self.carried[id]} & set(given):
                self.tags.setdefault(folded, given[folded])

        self._do(ordering.tag(self.library, ids, add=add, remove=remove, action="tag"), model)

    # ------------------------------------------------------------ collections

    @rule(ids=some, name=names)
    def collect(self, ids: list[int], name: str) -> None:
        def model() -> None:
            parts = name.split("/")
            for length in range(1, len(parts) + 1):
                path = "/".join(parts[:length])
                self.collections.setdefault(path.casefold(), path)
                self.inside.setdefault(path.casefold(), set())
            self.inside[name.casefold()] |= set(ids)

        self._do(ordering.put_into(self.library, ids, name, action="collect"), model)

    @rule(ids=some, name=names)
    def take_out(self, ids: list[int], name: str) -> None:
        def model() -> None:
            for folded in self.inside:
                if under(folded, name):
                    self.inside[folded] -= set(ids)

        self._do(ordering.take_out(self.library, ids, name, action="take out"), model)

    @rule(name=names, wanted=names)
    def rename_collection(self, name: str, wanted: str) -> None:
        within = {folded: written for folded, written in self.collections.items() if under(folded, name)}
        new = {folded: moved(written, name, wanted) for folded, written in within.items()}
        if {each.casefold() for each in new.values()} & (set(self.collections) - set(within)):
            with pytest.raises(ordering.NameTaken):
                ordering.rename_collection(self.library, name, wanted, action="rename")
            return

        def model() -> None:
            kept = {folded: self.inside.pop(folded) for folded in within}
            for folded in within:
                del self.collections[folded]
            for folded, written in new.items():
                self.collections[written.casefold()] = written
                self.inside[written.casefold()] = kept[folded]

        self._do(ordering.rename_collection(self.library, name, wanted, action="rename"), model)

    @rule(name=names)
    def delete_collection(self, name: str) -> None:
        def model() -> None:
            for folded in [each for each in self.collections if under(each, name)]:
                del self.collections[folded], self.inside[folded]

        self._do(ordering.delete_collection(self.library, name, action="delete"), model)

    # ------------------------------------------------------------ the codebook

    @rule(name=names, wanted=names)
    def rename_tag(self, name: str, wanted: str) -> None:
        within = {folded: written for folded, written in self.tags.items() if under(folded, name)}
        new = {folded: moved(written, name, wanted) for folded, written in within.items()}
        if {each.casefold() for each in new.values()} & (set(self.tags) - set(within)):
            with pytest.raises(ordering.NameTaken):
                ordering.rename_tag(self.library, name, wanted, action="rename")
            return

        def model() -> None:
            for folded in within:
                del self.tags[folded]
            self.tags.update({written.casefold(): written for written in new.values()})
            called = {folded: written.casefold() for folded, written in new.items()}
            for id, tags in self.carried.items():
                self.carried[id] = {called.get(each, each) for each in tags}

        self._do(ordering.rename_tag(self.library, name, wanted, action="rename"), model)

    @rule(name=names, into=names)
    def merge(self, name: str, into: str) -> None:
        def model() -> None:
            if under(into, name):
                return
            for folded in [each for each in self.tags if under(each, name)]:
                written = moved(self.tags.pop(folded), name, into)
                self.tags.setdefault(written.casefold(), written)
                for id, tags in self.carried.items():
                    if folded in tags:
                        self.carried[id] = (tags - {folded}) | {written.casefold()}

        self._do(ordering.merge_tags(self.library, name, into, action="merge"), model)

    @rule(name=names)
    def delete_tag(self, name: str) -> None:
        def model() -> None:
            gone = {each for each in self.tags if under(each, name)}
            for folded in gone:
                del self.tags[folded]
            for id in self.carried:
                self.carried[id] -= gone

        self._do(ordering.delete_tag(self.library, name, action="delete"), model)

    # ------------------------------------------------------------ compared

    @invariant()
    def the_library_is_in_the_order_it_should_be(self) -> None:
        if not hasattr(self, "folder"):
            return
        library = self.library
        assert {each.name.casefold(): each.name for each, _ in library.tags()} == self.tags
        assert {each.name.casefold(): each.name for each, _ in library.collections()} == self.collections
        collected: dict[str, set[int]] = {folded: set() for folded in self.collections}
        called = {each.id: each.name.casefold() for each, _ in library.collections()}
        for each in library.memberships(range(1, 5)):
            collected[called[each.collection_id]].add(each.document_id)
        assert collected == self.inside
        for line in library.lines(range(1, 5)):
            details = library.details(line.id)
            assert {tag.casefold() for tag in line.tags} == self.carried[line.id]
            assert bool(line.removed) == self.said[line.id][1]
            assert (details.state if details else None) == self.said[line.id][0]
            assert details is None or not details.says_nothing
        assert library.count() == sum(not away for _, away in self.said.values())


Shelves.TestCase.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
test_shelves = Shelves.TestCase


# ---------------------------------------------------------------- by example


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "library.sqlite", backups=tmp_path / "backups", patience=0)
    for number in range(1, 4):
        opened.add_document(document(number))
    yield opened
    opened.close()


def carrying(library: Library) -> tuple[Highlight, Note]:
    marked = Highlight(1, Anchor(Span(0, 4), "Text"), note="mine", tags=("claim", "claim/strong"))
    note = Note(2, "a note", tags=("Claim", "other"))
    library.apply(Change("mark", after=(marked, note)))
    return marked, note


def test_a_deleted_tag_comes_back_with_all_its_uses_colour_and_description(library: Library) -> None:
    marked, note = carrying(library)
    tag = next(each for each, _ in library.tags() if each.name == "claim")
    coloured = replace(tag, colour=Colour.GREEN, description="what is said to be so")
    change = ordering.edit_tag(library, coloured, action="edit a tag")
    assert change is not None
    library.apply(change)
    gone = ordering.delete_tag(library, "CLAIM", action="delete a tag")
    assert gone is not None
    library.apply(gone)
    assert [each.tags for each in library.highlights(1)] == [()]
    assert [each.tags for each in library.notes(2)] == [("other",)]
    library.apply(gone.inverse)
    assert library.highlights(1) == [marked]
    assert [each.tags for each in library.notes(2)] == [("claim", "other")]
    assert coloured in [each for each, _ in library.tags()]
    assert note.body == library.notes(2)[0].body


def test_a_merged_tag_takes_the_place_of_the_other_once(library: Library) -> None:
    carrying(library)
    change = ordering.merge_tags(library, "claim", "other", action="merge tags")
    assert change is not None
    library.apply(change)
    assert [each.tags for each in library.highlights(1)] == [("other", "other/strong")]
    assert [each.tags for each in library.notes(2)] == [("other",)]
    assert {each.name for each, _ in library.tags()} == {"other", "other/strong"}


def test_a_merge_that_did_not_see_the_latest_is_refused_whole(library: Library) -> None:
    marked, _ = carrying(library)
    change = ordering.merge_tags(library, "claim", "other", action="merge tags")
    assert change is not None
    library.apply(Change("edit", (marked,), (replace(marked, note="changed meanwhile"),)))
    with pytest.raises(Conflict):
        library.apply(change)
    assert {each.name for each, _ in library.tags()} == {"claim", "claim/strong", "other"}


def test_a_tag_used_anew_meanwhile_is_not_deleted(library: Library) -> None:
    carrying(library)
    change = ordering.delete_tag(library, "claim", action="delete a tag")
    assert change is not None
    library.apply(Change("note", after=(Note(3, "another", tags=("claim",)),)))
    with pytest.raises(Conflict):
        library.apply(change)
    assert [each.tags for each in library.notes(3)] == [("claim",)]


def test_tags_go_under_themselves_and_back(library: Library) -> None:
    """Names that are unique are exchanged within one change."""
    carrying(library)
    change = ordering.rename_tag(library, "claim", "claim/strong", action="rename a tag")
    assert change is not None
    library.apply(change)
    assert {each.name for each, _ in library.tags()} == {"claim/strong", "claim/strong/strong", "other"}
    library.apply(change.inverse)
    assert {each.name for each, _ in library.tags()} == {"claim", "claim/strong", "other"}


@pytest.mark.parametrize("name", ["", " / ", "#", "\n"])
def test_a_name_needs_a_letter(library: Library, name: str) -> None:
    for make in (ordering.new_tag, ordering.new_collection):
        with pytest.raises(ordering.NameWanting):
            make(library, name, action="make")


def test_names_are_tidied_and_taken_once(library: Library) -> None:
    library.apply(ordering.new_tag(library, " #a  b / /c ", action="new"))
    assert [each.name for each, _ in library.tags()] == ["a b/c"]
    with pytest.raises(ordering.NameTaken) as refused:
        ordering.new_tag(library, "A B/C", action="new")
    assert refused.value.name == "a b/c"
    library.apply(ordering.new_collection(library, "x/y", action="new"))
    with pytest.raises(ordering.NameTaken):
        ordering.new_collection(library, "X", action="new")


def test_several_documents_are_told_to_be_from_one_place(library: Library) -> None:
    change = ordering.edit(library, [1, 2], {"site": "Bay Post", "date": "2021"}, action="edit details")
    assert change is not None
    library.apply(change)
    assert [each.site for each in library.lines([1, 2, 3])] == ["Bay Post", "Bay Post", ""]
    back = ordering.edit(library, [1, 2], {"site": None, "date": None}, action="edit details")
    assert back is not None
    assert not back.after, "nothing is said of them any more"
    library.apply(back)
    assert library.count(Filter(words="bay")) == 0


def test_documents_keep_what_else_is_said_of_them(library: Library) -> None:
    library.apply(Change("edit", after=(Details(1, title="Mine", tags=("a",)),)))
    change = ordering.put_away(library, [1], action="put away")
    assert change is not None
    library.apply(change)
    (line,) = library.lines([1])
    assert (line.title, line.tags, bool(line.removed)) == ("Mine", ("a",), True)
    assert ordering.put_away(library, [1], action="put away") is None


def test_a_collection_is_described_and_that_is_undone(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.sqlite", backups=tmp_path / "backups")
    library.apply(ordering.new_collection(library, "Essay", action="make"))
    change = ordering.describe_collection(library, "essay", " What is\nold ", action="describe")
    assert change is not None
    library.apply(change)
    assert [each.description for each in library.named()[1]] == ["What is old"]
    assert ordering.describe_collection(library, "Essay", "What is old", action="describe") is None
    assert ordering.describe_collection(library, "nothing", "What is old", action="describe") is None
    library.apply(change.inverse)
    assert [each.description for each in library.named()[1]] == [""]
    library.close()
