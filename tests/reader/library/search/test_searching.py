"""Searching the library: what matches, where, in which order, and that the index follows every change."""

from __future__ import annotations

import re
import tempfile
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from reader.document import Block, Document, Metadata, Span
from reader.errors import QueryError, ReaderError
from reader.formats import FORMATS
from reader.library import Library
from reader.library.search.matching import MOST_WEIGHED
from reader.library.search.query import TYPES, parse
from reader.library.search.searching import snippet
from reader.model import (
    Analysis,
    Anchor,
    Change,
    Collection,
    Details,
    Entity,
    Highlight,
    Label,
    Membership,
    Mention,
    Note,
    Quote,
    QuoteKind,
    ReadingPlace,
    ReadingState,
    Tag,
)


def made(text: str, title: str = "", **known: str) -> Document:
    return Document(
        text, (Block(Span(0, len(text))),), Metadata(title=title, **known), source=f"/{title}.txt"
    )


@pytest.fixture
def filled(library: Library) -> Library:
    """Three articles: one with notes and tags, one with findings."""
    pier, tide, _ = library.add_documents(
        [
            made(
                "The old pier will stand. The pier is stone.", "Harbour", byline="Émile Roe", date="2021-03"
            ),
            made(
                "“The tide is rising,” said Ada Quill. Naïve folk.", "Tide", site="Harbour Post", date="2020"
            ),
            made("Nothing here but bread.", "Bread"),
        ]
    )
    text = library.document(pier.id)
    assert text is not None
    anchor = Anchor(Span(4, 12), "old pier", text_hash=text.text_hash)
    library.apply(
        Change(
            "add",
            after=(
                Highlight(pier.id, anchor, note="Ask the mayor about bread", tags=("Claim/Weak",)),
                Note(pier.id, "A café nearby", tags=("place",)),
            ),
        )
    )
    other = library.document(tide.id)
    assert other is not None
    said = Quote(QuoteKind.DIRECT, (Span(1, 19),), speaker="Ada Quill")
    found = Analysis(
        (Mention(Span(27, 36), Label.PERSON, "Ada Quill"),),
        (said,),
        (Entity("Ada Quill", Label.PERSON, ("Quill",)),),
        "m 1",
    )
    library.save_analysis(tide.id, found, text_hash=other.text_hash)
    return library


def fresh(folder: Path) -> Library:
    """Return another empty library each time; a test of many examples has one folder for all of them."""
    return Library.open(folder / f"{uuid.uuid4()}.sqlite", backups=folder)


def titles(library: Library, query: str) -> list[str]:
    found = [each.title for each in library.search(query)]
    assert library.count_matches(query) == len(found)
    return found


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("pier stone", ["Harbour"]),
        ('"old pier"', ["Harbour"]),
        ('"pier old"', []),
        ("“old pier”", ["Harbour"]),
        ("sto*", ["Harbour"]),
        ('"old pi"*', ["Harbour"]),
        ("NEAR(old stand, 2)", ["Harbour"]),
        ("NEAR(old stone, 2)", []),
        ("bread", ["Bread", "Harbour"]),  # a title counts more than a note
        ("bread NOT pier", ["Bread"]),
        ("NOT bread", ["Tide"]),
        ("(bread OR tide) AND NOT pier", ["Bread", "Tide"]),
        ("bread stone", ["Harbour"]),  # one in a note, one in the text
        ("harbour", ["Harbour", "Tide"]),
        ("CAFE", ["Harbour"]),
        ("naive", ["Tide"]),
        ("by:emile", ["Harbour"]),
        ('in:"harbour post"', ["Tide"]),
        ("tag:claim", ["Harbour"]),
        ('tag:"CLAIM/weak"', ["Harbour"]),
        ("tag:weak", []),
        ("tag:place bread", ["Harbour"]),
        ("weak", ["Harbour"]),
        ("said:tide", ["Tide"]),
        ("said:naive", []),
        ("said:(tide OR sea)", ["Tide"]),
        ("speaker:quill said:rising", ["Tide"]),
        ("speaker:roe", []),
        ("date:2021", ["Harbour"]),
        ("date:2021-03", ["Harbour"]),
        ("date:2021-03-05", []),
        ("date:2019..2020", ["Tide"]),
        ("date:>2020", ["Harbour"]),
        ("date:<=2020", ["Tide"]),
        ("bread in:note", ["Harbour"]),
        ("in:text bread", ["Bread"]),
        ("in:title tide", ["Tide"]),
        ("in:person quill", ["Tide"]),
        ("in:quote rising", ["Tide"]),
        ("in:quote naive", []),
        ("in:tag weak", ["Harbour"]),
        ("in:tag in:note bread", ["Harbour"]),
        ("person:quill", ["Tide"]),
        ('person:"Ada Quill" rising', ["Tide"]),
        ("person:roe", []),
        ("type:text", ["Bread", "Tide", "Harbour"]),
        ("type:.TXT tide", ["Tide"]),
        ("type:pdf", []),
        ("state:unread NOT bread", ["Tide"]),
        ("state:reading", []),
        ("(in:note bread) OR (in:text bread)", ["Harbour", "Bread"]),
    ],
)
def test_what_matches(filled: Library, query: str, expected: list[str]) -> None:
    assert titles(filled, query) == expected


@pytest.mark.parametrize(
    ("query", "kind", "words", "snippet"),
    [
        ("stone", "text", "stone", "The old pier will stand. The pier is stone."),
        ("mayor", "note", "old pier", "Ask the mayor about bread"),
        ("cafe", "note", "", "A café nearby"),
        ("tag:claim", "tag", "old pier", "Claim/Weak"),
        ("said:rising", "quotation", "The tide is rising", "The tide is rising"),
        ("in:person ada", "person", "Ada Quill", "Ada Quill"),
        ("in:title tide", "title", "", "Tide"),
        ("by:roe", "title", "", "Émile Roe"),
        ("date:2020", "title", "", "Tide"),
    ],
)
def test_where_it_matches(filled: Library, query: str, kind: str, words: str, snippet: str) -> None:
    (found,) = filled.search(query)
    document = filled.document(found.document_id)
    assert document is not None
    hit = next(each for each in found.hits if each.kind == kind)
    assert (document.text[hit.start : hit.end], hit.snippet) == (words, snippet)


def test_a_document_is_found_by_its_own_tags_and_they_are_shown(filled: Library) -> None:
    filled.apply(Change("tag", after=(Details(3, tags=("Food/Wheat",)),)))
    assert (
        titles(filled, "tag:food") == titles(filled, "wheat in:tag") == titles(filled, "wheat") == ["Bread"]
    )
    for query in ("tag:food", "wheat"):
        assert [(hit.kind, hit.snippet) for hit in filled.search(query)[0].hits] == [("tag", "Food/Wheat")]


def test_a_collection_holds_what_is_in_those_inside_it(filled: Library) -> None:
    essay, part, other = Collection("Essay"), Collection("essay/Part"), Collection("Essays")
    members = (Membership(essay.id, 1), Membership(part.id, 2), Membership(other.id, 3))
    filled.apply(Change("collect", after=(essay, part, other, *members)))
    assert titles(filled, "collection:ESSAY") == ["Tide", "Harbour"]
    assert titles(filled, "collection:essay/part") == ["Tide"]
    assert titles(filled, "tide collection:essays") == []


def test_the_state_is_what_a_person_says_or_what_was_read(filled: Library) -> None:
    filled.opened(1)
    filled.opened(2)
    filled.set_place(2, ReadingPlace(9, 1.0))
    assert titles(filled, "state:reading") == ["Harbour"]
    assert titles(filled, "state:read") == ["Tide"]
    filled.apply(Change("say", after=(Details(2, state=ReadingState.UNREAD),)))
    assert titles(filled, "state:unread") == ["Bread", "Tide"]


@pytest.mark.parametrize(
    "query", ["bread", "NOT tide", "type:text", "bread in:note", "(bread OR pier) NOT x"]
)
def test_what_was_put_away_is_not_found(filled: Library, query: str) -> None:
    before = titles(filled, query)
    assert "Harbour" in before
    change = Change("put away", after=(Details(1, removed="2021-03-14"),))
    filled.apply(change)
    assert titles(filled, query) == [title for title in before if title != "Harbour"]
    filled.apply(change.inverse)
    assert titles(filled, query) == before


def test_the_types_are_those_of_the_formats() -> None:
    assert sorted(TYPES) == sorted(each.name for each in FORMATS)


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("pier in:text", [("text", ["pier", "pier"])]),
        ('"old pier" stone', [("highlight", ["old pier"]), ("text", ["old pier", "stone"])]),
        ("said:rising", [("quotation", ["rising"])]),
        ("by:roe", [("title", ["Roe"])]),
    ],
)
def test_the_words_that_matched_are_told(filled: Library, query: str, marked: list[object]) -> None:
    (found,) = filled.search(query)
    assert [
        (hit.kind, [hit.snippet[mark.start : mark.end] for mark in hit.marks]) for hit in found.hits
    ] == marked


@settings(max_examples=60)
@given(st.text("a \n\t\ufffc😀", max_size=200), st.text("b \n", max_size=300), st.integers(1, 3))
def test_marks_are_where_the_words_are(before: str, after: str, count: int) -> None:
    words = f"{before} " + "pier  " * count + after
    spans = [Span(each.start(), each.end()) for each in re.finditer("pier", words)]
    line, marks = snippet(words, spans)
    assert marks
    assert {line[mark.start : mark.end] for mark in marks} == {"pier"}
    assert "\n" not in line


def test_every_place_in_a_text_is_told(filled: Library) -> None:
    document = filled.document(1)
    assert document is not None
    found = filled.places("pier tag:claim NOT bread", 1)
    assert [document.text[span.start : span.end] for span in found] == ["pier", "pier"]
    assert filled.places("tag:claim", 1) == filled.places("zebra", 1) == ()


def test_the_matches_of_a_text_are_counted_and_a_quotation_around_one_is_shown(filled: Library) -> None:
    (found,) = filled.search("pier in:text")
    assert [(hit.kind, hit.count) for hit in found.hits] == [("text", 2)]
    (found,) = filled.search("rising")
    assert [hit.kind for hit in found.hits] == ["quotation", "text"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "Nothing is looked for"),
        ('a "b', "quotation mark at character 3"),
        ("(a", "parenthesis at character 1 of the search is not closed"),
        ("a)", "parenthesis at character 2 of the search closes nothing"),
        ("()", "is empty"),
        ("a OR", "“OR” at character 3"),
        ("OR a", "“OR” at character 1"),
        ("a AND", "“AND” at character 3"),
        ("a NOT", "“NOT” at character 3"),
        ("who:me", "“who:” at character 1"),
        ("type:scroll", "“scroll” at character 6 of the search is no type"),
        ("state:", "“state:” at character 1 of the search has nothing after it"),
        ("a state:lost", "“lost” at character 9 of the search is no state"),
        ("a date:2021-13", "“2021-13” at character 8"),
        ("date:2022..2021", "end before they begin"),
        ("in:note", "no words beside it"),
        ("a NOT in:note", "can't stand after NOT"),
        ("!!!", "no letter and no digit"),
        ("by:", "“by:” at character 1 of the search has nothing after it"),
        ("NEAR(a)", "two words"),
        ("NEAR(a b, c)", "no number"),
        ("said:(NOT a)", "not said"),
        ("(" * 99 + "a", "too many parentheses"),
        ("a " * 99, "more than 60 words"),
    ],
)
def test_what_makes_no_sense_is_explained(query: str, said: str) -> None:
    with pytest.raises(QueryError, match=said) as refused:
        parse(query)
    assert refused.value.what.endswith(".")
    assert refused.value.next.endswith(".")


PIECES = st.sampled_from(
    [
        *"()\"“*,:-'",
        "AND",
        "OR",
        "NOT",
        "NEAR(",
        "said:",
        "by:",
        "in:",
        "in:note",
        "date:",
        "type:",
        "state:read",
        "collection:",
        "person:",
        "tag:",
        "speaker:",
        *("2021", "..", ">", "pier", "bread", "é", "\x00", "\ud800", "{a}:", "^a", " "),
    ]
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(max_size=30), st.lists(PIECES, max_size=12).map(" ".join), st.lists(PIECES).map("".join)
    )
)
def test_any_query_has_results_or_a_sentence(filled: Library, query: str) -> None:
    try:
        found = filled.search(query)
        assert filled.count_matches(query) == len(found)
    except ReaderError as error:
        assert error.next


WORDS = st.sampled_from(["ash", "birch", "cedar"])
QUERIES = st.recursive(
    WORDS.map(lambda word: (word,)),
    lambda inner: st.one_of(
        st.tuples(st.just("not"), inner),
        st.tuples(st.sampled_from(["and", "or"]), inner, inner),
    ),
    max_leaves=5,
)


def written(query: tuple) -> str:  # type: ignore[type-arg]
    if len(query) == 1:
        return str(query[0])
    if query[0] == "not":
        return f"NOT ({written(query[1])})"
    return f"({written(query[1])}) {query[0].upper()} ({written(query[2])})"


def holds(query: tuple, words: set[str]) -> bool:  # type: ignore[type-arg]
    if len(query) == 1:
        return query[0] in words
    if query[0] == "not":
        return not holds(query[1], words)
    parts = [holds(part, words) for part in query[1:]]
    return all(parts) if query[0] == "and" else any(parts)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.lists(WORDS), st.lists(WORDS), st.lists(WORDS, max_size=1)), min_size=1, max_size=4
    ),
    st.lists(QUERIES, min_size=5, max_size=8),
)
def test_search_agrees_with_looking_at_everything(tmp_path: Path, several: list, queries: list) -> None:  # type: ignore[type-arg]
    library = fresh(tmp_path)
    try:
        model = {}
        for number, (text, note, tags) in enumerate(several):
            id = library.add_document(made(" ".join(text) + f" {number}", f"T{number}")).id
            if note or tags:
                library.apply(Change("add", after=(Note(id, " ".join(note), tags=tuple(tags)),)))
            model[id] = {*text, *note, *tags}
        for query in queries:
            found = [each.document_id for each in library.search(written(query))]
            assert sorted(found) == [id for id, words in model.items() if holds(query, words)], written(query)
    finally:
        library.close()


def test_pages_follow_one_another(library: Library) -> None:
    library.add_documents(made("pier " * (1 + n % 3) + str(n), f"T{n}") for n in range(9))
    whole = [each.document_id for each in library.search("pier", limit=None)]
    paged = [library.search("pier", offset=at, limit=2) for at in range(0, 10, 2)]
    assert [each.document_id for page in paged for each in page] == whole
    assert len(set(whole)) == 9


def test_words_of_much_of_the_library_are_in_order_of_the_newest(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_WEIGHED > 5
    monkeypatch.setattr("reader.library.search.matching.MOST_WEIGHED", 5)
    library.add_documents(made(f"pier {n}", "Pier" if n == 3 else f"T{n}") for n in range(9))
    order = [each.document_id for each in library.search("pier", limit=None)]
    assert order == [4, 9, 8, 7, 6, 5, 3, 2, 1]
    paged = [library.search("pier", offset=at, limit=4) for at in (0, 4, 8)]
    assert [each.document_id for page in paged for each in page] == order


def test_half_a_surrogate_pair_breaks_nothing(library: Library) -> None:
    text = "half \ud800 pier 😀 stone"
    id = library.add_document(made(text, "T\ud800", byline="B\udfff")).id
    library.apply(Change("add", after=(Note(id, "note \ud800 mark", tags=("t\ud800 ag",)),)))
    said = Quote(QuoteKind.DIRECT, (Span(5, 11),), speaker="Ada \ud800")
    found = Analysis((), (said,), (Entity("Ada \ud800", Label.PERSON, ("Bee \ud800",)),))
    document = library.document(id)
    assert document is not None
    library.save_analysis(id, found, text_hash=document.text_hash)
    for query in ("stone", "mark", "ag", "said:pier", "ada", "by:b", "\ud800 stone"):
        (match,) = library.search(query)
        assert match.hits
    hit = library.search("stone")[0].hits[-1]
    assert text[hit.start : hit.end] == "stone"
    assert [each.content for each in library.sayings(library.speakers("ada"))] == ["\ud800 pier"]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=()), max_size=40), st.text(max_size=300))
def test_places_count_code_points(tmp_path: Path, before: str, after: str) -> None:
    library = fresh(tmp_path)
    try:
        text = f"{before} pier {after}"
        document = library.document(library.add_document(made(text, "T")).id)
        assert document is not None
        (found,) = library.search("PIER")
        hit = found.hits[-1]
        assert (hit.kind, document.text[hit.start : hit.end].casefold()) == ("text", "pier")
    finally:
        library.close()


def test_a_changed_text_is_searched_instead_of_the_old(library: Library) -> None:
    library.add_document(made("old words", "T"))
    library.add_document(made("new words", "T"))
    assert (titles(library, "old"), titles(library, "new")) == ([], ["T"])


def test_what_a_person_says_of_a_document_is_searched(filled: Library) -> None:
    details = Details(3, title="Loaf", byline="Ann Miller", date="1999")
    filled.apply(change := Change("edit", after=(details,)))
    assert titles(filled, "loaf by:miller date:1999") == ["Loaf"]
    filled.apply(change.inverse)
    assert titles(filled, "in:title bread") == ["Bread"]
    assert titles(filled, "loaf") == []


def test_a_new_analysis_replaces_the_quotations(filled: Library) -> None:
    document = filled.document(2)
    assert document is not None
    filled.save_analysis(2, Analysis(), text_hash=document.text_hash)
    assert titles(filled, "said:tide") == []
    assert titles(filled, "in:person ada") == []


class Following(RuleBasedStateMachine):
    """Notes and tags come, change, go and come back; the index knows exactly those that are there."""

    notes = Bundle("notes")

    def __init__(self) -> None:
        super().__init__()
        self.done: list[Change] = []
        self.undone: list[Change] = []

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.library = fresh(Path(self.folder.name))
        self.library.add_document(made("text", "T"))

    def _apply(self, change: Change) -> None:
        self.library.apply(change)
        self.done.append(change)
        self.undone.clear()

    @rule(body=WORDS, tag=WORDS)
    def add(self, body: str, tag: str) -> None:
        self._apply(Change("add", after=(Note(1, body, tags=(f"x{tag}",)),)))

    @rule(body=WORDS)
    def add_highlight(self, body: str) -> None:
        self._apply(Change("add", after=(Highlight(1, Anchor(Span(0, 4), "text"), note=body),)))

    @rule(body=WORDS)
    def edit(self, body: str) -> None:
        for note in self.library.notes(1)[:1]:
            self._apply(Change("edit", before=(note,), after=(replace(note, body=body),)))

    @rule()
    def delete(self) -> None:
        records = (*self.library.notes(1)[-1:], *self.library.highlights(1)[:1])
        self._apply(Change("delete", before=records))

    @rule(name=WORDS)
    def rename(self, name: str) -> None:
        tags = [tag for tag, _ in self.library.tags()]
        if tags and all(tag.name != f"y{name}" for tag in tags):
            old: Tag = tags[0]
            self._apply(Change("rename", before=(old,), after=(replace(old, name=f"y{name}"),)))

    @rule()
    def undo(self) -> None:
        if self.done:
            change = self.done.pop()
            self.library.apply(change.inverse)
            self.undone.append(change)

    @rule()
    def redo(self) -> None:
        if self.undone:
            change = self.undone.pop()
            self.library.apply(change)
            self.done.append(change)

    @invariant()
    def index_is_right(self) -> None:
        if not hasattr(self, "library"):
            return
        bodies = [note.body for note in self.library.notes(1)]
        bodies += [each.note for each in self.library.highlights(1)]
        tags = {tag for note in self.library.notes(1) for tag in note.tags}
        for word in ("ash", "birch", "cedar"):
            found = self.library.search(f"{word} in:note")
            hits = found[0].hits if found else ()
            assert sum(hit.kind == "note" for hit in hits) == bodies.count(word)
            for tag in (f"x{word}", f"y{word}"):
                assert bool(self.library.search(f"{tag} in:tag")) == (tag in tags)
                assert bool(self.library.search(f"tag:{tag}")) == (tag in tags)
        for index in ("text_index", "title_index", "searchable_index", "quotation_index", "known_as_index"):
            self.library._store.run(f"insert into {index} ({index}) values ('integrity-check')")

    def teardown(self) -> None:
        if hasattr(self, "library"):
            self.library.close()
            self.folder.cleanup()


TestFollowing = Following.TestCase
TestFollowing.settings = settings(max_examples=12, stateful_step_count=15)


def test_the_indexes_agree_with_what_they_index(filled: Library, open_library: Callable[[], Library]) -> None:
    filled.add_document(made("The old pier fell.", "Harbour"))
    store = filled._store
    with store.transaction():
        store.run("delete from document where id = 3")
    for index in ("text_index", "title_index", "searchable_index", "quotation_index", "known_as_index"):
        with store.transaction():
            store.run(f"insert into {index} ({index}, rank) values ('integrity-check', 1)")
    assert titles(filled, "bread in:text") == []
