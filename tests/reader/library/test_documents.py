"""Documents in the library: recognised by their text or their file, found by words, never altered."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reader.document import (
    Block,
    BlockKind,
    Document,
    Line,
    Metadata,
    Page,
    Picture,
    ReadAs,
    Section,
    Span,
    Style,
    StyleKind,
)
from reader.library import Kept, Library
from reader.model import Highlight, ReadingPlace

# With half surrogate pairs, which the usual strategy leaves out.
anything = st.text(st.characters(codec=None, categories=None, exclude_categories=()), max_size=40)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = draw(anything)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    spans = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    blocks = tuple(
        Block(
            span,
            draw(st.sampled_from(BlockKind)),
            draw(st.integers(0, 6)),
            tuple(
                Style(span, kind, draw(anything))
                for kind in draw(st.lists(st.sampled_from(StyleKind), max_size=2))
            ),
            draw(anything),
            *draw(st.sampled_from([("", "", None), ("a name", "a boat", 0), ("", "", 3)])),
        )
        for span in spans
    )
    points = st.floats(-9, 9999).map(lambda each: round(each, 2))
    lines = tuple(Line(span, *draw(st.tuples(*[points] * 4))) for span in spans)
    return Document(
        text,
        blocks,
        Metadata(*(draw(anything) for _ in range(6))),
        source=draw(anything),
        format=draw(anything),
        file_hash=draw(anything),
        warnings=tuple(draw(st.lists(anything, max_size=2))),
        encoding=draw(anything),
        read_as=ReadAs(draw(anything), draw(st.booleans())),
        pictures=tuple(Picture(draw(st.binary(max_size=9)), 3, 4) for _ in range(draw(st.integers(0, 2)))),
        contents=tuple(Section(draw(anything), span.start, 2) for span in spans),
        pages=tuple(Page(draw(anything), span, draw(points), 842.0, lines) for span in spans),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=documents())
def test_a_document_comes_back_as_it_went_in(library: Library, document: Document) -> None:
    fresh = replace(document, source="")
    added = library.add_document(fresh)
    kept = library.document(added.id)
    assert kept is not None
    for part in ("text", "blocks", "warnings", "pictures", "contents", "pages", "encoding"):
        assert getattr(kept, part) == getattr(fresh, part)
    assert kept == fresh or added.outcome == "known"
    assert library.entry(added.id) is not None


def test_the_same_text_is_the_same_document(library: Library, document: Document, tmp_path: Path) -> None:
    new = library.add_document(document)
    assert (new.outcome, library.add_document(document)) == ("new", replace(new, outcome="known"))
    assert library.count() == 1


def test_a_moved_file_is_followed(library: Library, document: Document) -> None:
    id = library.add_document(document).id
    moved = replace(document, source="/elsewhere/pier.txt", file_hash="cd" * 32)
    assert library.add_document(moved).outcome == "known"
    assert library.document(id) == moved


def test_a_copy_does_not_take_the_place_of_a_file_that_is_there(
    library: Library, document: Document, tmp_path: Path
) -> None:
    (tmp_path / "pier.txt").write_text("here")
    original = replace(document, source=str(tmp_path / "pier.txt"))
    id = library.add_document(original).id
    library.add_document(replace(document, source="/elsewhere/copy.txt"))
    assert library.document(id) == original


def test_a_text_that_was_changed_in_its_file_is_a_new_text_of_the_same_document(
    library: Library, document: Document
) -> None:
    id = library.add_document(document).id
    changed = replace(document, text=document.text + " Later.")
    added = library.add_document(changed)
    assert (added.id, added.outcome) == (id, "changed")
    assert library.document(id) == changed
    assert library.add_document(document).outcome == "changed", "the old text is back"
    assert library.document(id) == document


def test_a_text_without_a_file_is_never_taken_for_another(library: Library, document: Document) -> None:
    library.add_document(replace(document, source=""))
    assert library.add_document(replace(document, source="", text="Other words.")).outcome == "new"


@pytest.mark.parametrize(
    ("match", "found"),
    [("", 1), ("PIER", 1), ("émile post", 1), ("pier nobody", 0), ("%", 0), ("_", 0), ("'", 0)],
)
def test_words_are_looked_for_in_title_byline_and_site(
    library: Library, document: Document, match: str, found: int
) -> None:
    library.add_document(document)
    assert library.count(match=match) == found
    assert len(library.entries(match=match)) == found


def test_entries_come_in_pages_the_last_opened_first(library: Library, document: Document) -> None:
    ids = [library.add_document(replace(document, text=f"Text {n}", source="")).id for n in range(5)]
    library.opened(ids[1])
    assert [entry.id for entry in library.entries(limit=3)] == [ids[1], ids[4], ids[3]]
    assert [entry.id for entry in library.entries(offset=3)] == [ids[2], ids[0]]
    assert [entry.id for entry in library.entries(order="added")] == ids[::-1]


def test_documents_that_came_together_stay_in_their_order(library: Library, document: Document) -> None:
    for number in range(3):
        library.add_document(replace(document, text=f"Text {number}", source=""), added="2021")
    assert [entry.id for entry in library.entries(order="added")] == [1, 2, 3]


def test_an_entry_tells_what_the_library_shows(library: Library, document: Document) -> None:
    id = library.add_document(document).id
    library.set_place(id, ReadingPlace(16, 0.25))
    library.opened(id)
    entry = library.entry(id)
    assert entry is not None
    assert (entry.title, entry.byline, entry.site, entry.date) == (
        "A pier of stone",
        "Émile Roe",
        "Harbour Post",
        "2021-03",
    )
    assert (entry.progress, entry.words, entry.format) == (0.25, len(document.text.split()), "text")
    assert entry.opened >= entry.added > ""


def test_the_place_is_kept_over_closing(open_library: Callable[[], Library], document: Document) -> None:
    first = open_library()
    id = first.add_document(document).id
    assert first.place(id) == ReadingPlace()
    first.set_place(id, ReadingPlace(20, 0.5))
    first.close()
    assert open_library().place(id) == ReadingPlace(20, 0.5)


def test_what_is_not_there_is_none(library: Library) -> None:
    assert library.document(7) is None
    assert library.entry(7) is None
    assert library.place(7) == ReadingPlace()
    assert library.highlights(7) == []


def test_another_connection_s_writing_is_seen(
    library: Library, open_library: Callable[[], Library], document: Document
) -> None:
    before = library.data_version()
    library.add_document(document)
    assert library.data_version() == before
    open_library().add_document(replace(document, text="More.", source=""))
    assert library.data_version() != before


def test_a_text_keeps_its_highlights_when_it_changes(
    library: Library, document: Document, highlight: Highlight
) -> None:
    from reader.model import Change

    library.apply(Change("add a highlight", after=(highlight,)))
    library.add_document(replace(document, text="Wholly other."))
    assert library.highlights(highlight.document_id) == [highlight]


def test_the_pictures_of_a_text_are_replaced_as_a_whole(library: Library, document: Document) -> None:
    pictures = (Picture(b"one", 1, 2), Picture(b"two", 3, 4))
    id = library.add_document(replace(document, pictures=pictures)).id
    assert library.add_document(replace(document, pictures=pictures[1:])).outcome == "known"
    kept = library.document(id)
    assert kept is not None and kept.pictures == pictures[1:]


def test_points_of_a_page_are_rounded_to_what_can_be_seen(library: Library, document: Document) -> None:
    page = Page("iv", Span(0, 15), 595.2755, 841.8898, (Line(Span(0, 15), 72.0001, 90.255, 300.5, 104.999),))
    id = library.add_document(replace(document, pages=(page,))).id
    kept = library.document(id)
    assert kept is not None
    assert kept.pages == (
        Page("iv", Span(0, 15), 595.28, 841.89, (Line(Span(0, 15), 72.0, 90.25, 300.5, 105.0),)),
    )


# ---------------------------------------------------------------- how a file is read


def test_how_a_file_was_read_is_remembered_by_its_place_and_by_its_bytes(
    library: Library, document: Document
) -> None:
    assert library.read_as(document.source, document.file_hash) == ReadAs()
    wanted = ReadAs("koi8-r", whole=True)
    library.add_document(replace(document, read_as=wanted))
    assert library.read_as(document.source) == wanted
    assert library.read_as("/elsewhere/pier.txt", document.file_hash) == wanted
    assert library.read_as("/elsewhere/pier.txt") == ReadAs()
    assert library.read_as("", "") == ReadAs()


def test_a_file_that_is_read_in_another_way_is_a_new_text_of_the_same_document(
    library: Library, document: Document
) -> None:
    id = library.add_document(document).id
    whole = replace(document, text=document.text + " Home Sport", read_as=ReadAs(whole=True))
    added = library.add_document(whole)
    assert (added.id, added.outcome) == (id, "changed")
    assert library.document(id) == whole
    moved = replace(document, source="/elsewhere/pier.txt", read_as=ReadAs("cp1252"))
    assert library.add_document(moved).id == id, "known by its bytes"
    assert library.count() == 1


def test_what_lies_in_one_file_is_told_apart_by_its_name_there(library: Library, document: Document) -> None:
    one = replace(document, source="/a.zip::one.txt")
    two = replace(document, source="/a.zip::two.txt", text="Other words.")
    assert library.add_document(one).id != library.add_document(two).id
    renamed = replace(two, source="/b.zip::two.txt", text="Other words, read anew.")
    assert library.add_document(renamed).outcome == "changed"
    assert library.count() == 2


def test_a_row_without_a_name_is_known_by_its_text_alone(library: Library, document: Document) -> None:
    first = library.add_document(replace(document, source="/a.jsonl::1", text="The old first row."))
    new = library.add_document(replace(document, source="/a.jsonl::1", text="A row put before it."))
    moved = library.add_document(replace(document, source="/a.jsonl::2", text="The old first row."))
    assert (new.outcome, moved.outcome, moved.id) == ("new", "known", first.id)


def test_a_named_row_has_a_new_text_as_a_file_has(library: Library, document: Document) -> None:
    first = library.add_document(replace(document, source="/a.jsonl::pier", text="Before."))
    then = library.add_document(replace(document, source="/a.jsonl::pier", text="After."))
    assert (then.outcome, then.id) == ("changed", first.id)


def test_what_lies_in_an_archive_that_is_still_there_keeps_its_place(
    library: Library, document: Document, tmp_path: Path
) -> None:
    (tmp_path / "a.zip").touch()
    kept = replace(document, source=f"{tmp_path}/a.zip::pier.txt")
    id = library.add_document(kept).id
    library.add_document(replace(document, source=f"{tmp_path}/copy.txt"))
    assert library.document(id) == kept
    (tmp_path / "a.zip").unlink()
    library.add_document(replace(document, source=f"{tmp_path}/copy.txt"))
    assert (found := library.document(id)) is not None and found.source.endswith("copy.txt")


def test_several_come_in_as_one_and_are_known_among_themselves(library: Library, document: Document) -> None:
    changed = replace(document, text=document.text + " More.")
    elsewhere = replace(document, source="/nowhere/copy.txt")
    other = replace(
        document, text="Another text", blocks=(), source="/nowhere/other.txt", file_hash="cd" * 32
    )
    outcomes = library.add_documents([document, other, changed, elsewhere, document])
    assert [(each.id, each.outcome) for each in outcomes] == [
        (1, "new"),
        (2, "new"),
        (1, "changed"),
        (1, "changed"),
        (1, "known"),
    ]
    assert library.count() == 2
    assert library.add_documents([]) == []


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    several=st.lists(
        st.tuples(
            st.sampled_from(["one", "two", "three", ""]),
            st.sampled_from(["", "/a.txt", "/b.txt", "/\udc80.txt", "/h.zip::a", "/h.zip::b", "/h.zip::1"]),
            st.sampled_from(["", "f" * 64, "e" * 64]),
        ),
        max_size=8,
    ),
    cut=st.integers(0, 8),
)
@example(several=[("one", "/\udc80.txt", ""), ("two", "/\udc80.txt", "")], cut=1)
def test_several_at_once_become_what_they_would_one_by_one(
    tmp_path: Path, several: list[tuple[str, str, str]], cut: int
) -> None:
    came = [
        Document(words, (Block(Span(0, len(words))),), source=source, file_hash=file_hash)
        for words, source, file_hash in several
    ]
    folder = tmp_path / uuid.uuid4().hex
    together = Library.open(folder / "together.sqlite", backups=folder)
    apart = Library.open(folder / "apart.sqlite", backups=folder)
    try:
        added = [*together.add_documents(came[:cut]), *together.add_documents(came[cut:])]
        for each, became in zip(came, added, strict=True):
            known = apart.find(each)
            assert apart.add_document(each) == became
            assert (became.outcome == "new", became.id) == (known is None, known or became.id)
        for id in {each.id for each in added}:
            assert together.document(id) == apart.document(id)
        for words in ("one", "two", "three"):
            found = [library.search(words, limit=None) for library in (together, apart)]
            assert {each.document_id for each in found[0]} == {each.document_id for each in found[1]}
    finally:
        together.close()
        apart.close()


def test_by_what_a_file_is_known_is_told(library: Library, document: Document) -> None:
    id = library.add_document(document).id
    kept = library.kept_from(document.source)
    assert kept == Kept(id, document.file_hash, document.text_hash)
    assert library.kept_from("/nowhere/else.txt") is None
    assert library.kept_from("") is None


def test_files_from_which_nothing_was_read_since_they_changed_are_told(
    library: Library, document: Document
) -> None:
    library.add_document(document)
    library.add_document(replace(document, text="A", blocks=(), source="/all.zip::a/b.txt", file_hash="1"))
    files = [document.source, "/nowhere/else.txt", "/all.zip", "/all.zi", "/all.zip2", "/odd\udcff.txt"]
    before = time.time() - 60
    unread = ["/nowhere/else.txt", "/all.zi", "/all.zip2", "/odd\udcff.txt"]
    assert library.unread_files(dict.fromkeys(files, before)) == unread
    assert library.unread_files(dict.fromkeys(files, before + 3600)) == files
    library.add_document(replace(document, text="B", blocks=(), source="/odd\udcff.txt", file_hash="2"))
    assert library.unread_files({files[-1]: before}) == []
