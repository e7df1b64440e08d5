"""What is open: documents that are gone, changes without a library, and another window's writing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader.anchoring import describe
from reader.document import Block, Document, Metadata, Span
from reader.errors import Conflict, LibraryError, ReaderError
from reader.library import Library
from reader.model import Change, Colour, Details, Highlight, Note
from reader.paths import Paths, paths_in
from ui.analyst import Analyst
from ui.session import Session
from ui.tasks import Tasks

TEXT = "The sea is patient.\nThe boats had waited outside."
DOCUMENT = Document(TEXT, (Block(Span(0, 19)), Block(Span(20, 49))))


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return paths_in(tmp_path)


@pytest.fixture
def session(qtbot: QtBot, paths: Paths, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A session over a library with one document, which is open."""
    analyst = Analyst()
    monkeypatch.setattr(analyst, "analyse", lambda job: None)
    tasks = Tasks()
    session = Session(paths, tasks=tasks, analyst=analyst)
    session.use_library(Library.open(paths.library, backups=paths.backups))
    assert session.library is not None
    known = session.library.add_document(DOCUMENT)
    with qtbot.waitSignal(session.document_opened):
        session.open(known.id)
    yield session
    tasks.close()
    session.close()


@pytest.fixture
def other(session: Session, paths: Paths) -> Iterator[Library]:
    """The library as another window has it."""
    library = Library.open(paths.library, backups=paths.backups)
    yield library
    library.close()


@pytest.fixture
def told(session: Session) -> list[ReaderError]:
    told: list[ReaderError] = []
    session.problem.connect(lambda error, kind: told.append(error))
    return told


def made(session: Session, words: str = "patient") -> Highlight:
    """Highlight these words."""
    start = TEXT.index(words)
    draft = session.drafted(Span(start, start + len(words)), Colour.YELLOW)
    assert draft is not None
    assert session.add(draft)
    return draft


def test_a_document_that_is_gone_is_told_and_the_present_one_stays(
    qtbot: QtBot, session: Session, told: list[ReaderError]
) -> None:
    session.open(999)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].next
    assert session.document == DOCUMENT


def test_without_a_library_nothing_is_taken_for_kept(session: Session, told: list[ReaderError]) -> None:
    session.close()
    draft = session.drafted(Span(0, 7), Colour.YELLOW)
    assert draft is not None
    assert not session.add(draft)
    assert isinstance(told[0], LibraryError)
    assert session.marked == []


def test_what_comes_after_the_end_comes_to_nobody(qtbot: QtBot, session: Session) -> None:
    assert session.document_id is not None
    opened: list[object] = []
    session.document_opened.connect(opened.append)
    session.open(session.document_id)
    session.close()
    qtbot.waitUntil(lambda: not session._tasks._running)
    assert opened == []


def test_another_windows_notes_are_shown_after_a_look(qtbot: QtBot, session: Session, other: Library) -> None:
    assert session.document_id is not None
    theirs = Highlight(session.document_id, describe(DOCUMENT, Span(0, 7)))
    note = Note(session.document_id, "On the whole.")
    other.apply(Change("add", after=(theirs, note)))
    with qtbot.waitSignal(session.highlights_changed):
        session.look_again()
    assert [mark.highlight for mark in session.marked] == [theirs]
    assert session.notes == [note]
    changed: list[bool] = []
    session.highlights_changed.connect(lambda: changed.append(True))
    session.look_again()
    qtbot.waitUntil(lambda: not session._tasks._running)
    assert changed == []


def test_a_look_that_was_overtaken_by_a_change_here_is_taken_again(
    qtbot: QtBot, session: Session, other: Library
) -> None:
    assert session.document_id is not None
    theirs = Highlight(session.document_id, describe(DOCUMENT, Span(0, 7)))
    other.apply(Change("add", after=(theirs,)))
    session.look_again()
    mine = made(session)
    qtbot.waitUntil(lambda: len(session.marked) == 2)
    assert {mark.highlight.id for mark in session.marked} == {theirs.id, mine.id}


def test_a_conflict_is_told_shown_as_stored_and_leaves_the_others_change(
    qtbot: QtBot, session: Session, other: Library, told: list[ReaderError]
) -> None:
    mine = made(session)
    theirs = replace(mine, note="Theirs.")
    other.apply(Change("edit", before=(mine,), after=(theirs,)))
    with qtbot.waitSignal(session.highlights_changed):
        assert not session.edit(mine, note="Mine.")
    assert isinstance(told[0], Conflict)
    assert [mark.highlight for mark in session.marked] == [theirs]
    session.history.undo()
    assert isinstance(told[1], Conflict)
    assert session.history.next_undo == ""
    assert other.highlights(mine.document_id) == [theirs]


def test_a_highlight_that_was_found_again_elsewhere_can_still_be_changed_and_undone(
    session: Session, other: Library, told: list[ReaderError]
) -> None:
    mine = made(session)
    moved = replace(mine, anchor=replace(mine.anchor, prefix="another text "))
    other.apply(Change("find highlights again", before=(mine,), after=(moved,)))
    assert session.edit(mine, note="Still here.")
    (stored,) = other.highlights(mine.document_id)
    assert (stored.note, stored.anchor) == ("Still here.", moved.anchor)
    session.history.undo()
    session.history.undo()
    assert other.highlights(mine.document_id) == []
    assert told == []


def test_an_edit_that_changes_nothing_is_no_step_to_undo(session: Session) -> None:
    mine = made(session)
    assert session.edit(mine, colour=mine.colour, note=mine.note)
    session.history.undo()
    assert session.history.next_undo == ""
    assert session.marked == []


def test_the_beginning_of_a_document_can_be_seen_and_not_written_on(qtbot: QtBot, session: Session) -> None:
    id = session.document_id
    made(session)
    beginning = replace(DOCUMENT, text=TEXT[:19], blocks=DOCUMENT.blocks[:1], source="/long.txt")
    session.show_preview(beginning)
    assert session.previewing and session.document is beginning
    assert session.marked == [] and session.drafted(Span(0, 7), Colour.YELLOW) is None
    session.analyse_anew(0)
    session.look_again()
    with qtbot.waitSignal(session.document_opened):
        session.end_preview()
    assert (session.document_id, session.previewing) == (id, False)
    assert len(session.marked) == 1
    session.end_preview()
    assert session.document_id == id, "there is none to end"


def test_details_are_shown_taken_back_and_those_of_another_window_are_seen(
    qtbot: QtBot, session: Session, other: Library
) -> None:
    assert session.document_id is not None and session.document is not None
    before: list[Metadata] = []
    session.details_changed.connect(before.append)
    mine = Details(session.document_id, title="Mine")
    assert session.do(Change("edit the details", after=(mine,)))
    assert (session.document.title, before) == ("Mine", [Metadata()])
    session.history.undo()
    assert session.document.metadata == Metadata()
    other.apply(Change("edit the details", after=(Details(session.document_id, title="Theirs"),)))
    with qtbot.waitSignal(session.details_changed):
        session.look_again()
    assert session.document.title == "Theirs"
    assert session.document.text is TEXT or session.document.text == TEXT


def test_what_was_deleted_for_good_is_left(session: Session) -> None:
    seen: list[object] = []
    session.document_opened.connect(lambda place: seen.append(session.document))
    session.leave()
    assert (session.document, session.document_id, seen) == (None, None, [None])


def test_a_tag_that_is_called_otherwise_is_so_on_the_open_article(
    qtbot: QtBot, session: Session, paths: Paths
) -> None:
    """What is edited next must start from what is stored."""
    from reader import ordering

    assert session.document is not None and session.library is not None
    drafted = session.drafted(Span(0, 7), Colour.YELLOW)
    assert drafted is not None
    assert session.add(replace(drafted, tags=("claim",)))
    change = ordering.rename_tag(session.library, "claim", "assertion", action="rename")
    assert change is not None
    with qtbot.waitSignals([session.highlights_changed, session.highlights_changed]):
        assert session.do(change)
    qtbot.waitUntil(lambda: session.marked[0].highlight.tags == ("assertion",))
    assert session.edit(session.marked[0].highlight, note="Why?")
