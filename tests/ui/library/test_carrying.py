"""Changes to many records are made, undone and done again in a thread, and the session follows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader import ordering
from reader.document import Block, Document, Span
from reader.errors import Conflict, LibraryLocked, ReaderError
from reader.library import Library
from reader.lists import Filter
from reader.model import Change, ReadingState, Tag
from reader.paths import paths_in
from ui.analyst import Analyst
from ui.library import carrying
from ui.library.carrying import AT_ONCE, Carrier
from ui.session import Session
from ui.tasks import Tasks

MANY = 3 * AT_ONCE


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    paths, tasks = paths_in(tmp_path), Tasks()
    made = Session(paths, tasks=tasks, analyst=Analyst())
    library = Library.open(paths.library, backups=paths.backups)
    texts = [f"Article {number}" for number in range(MANY)]
    library.add_documents(Document(text, (Block(Span(0, len(text))),)) for text in texts)
    made.use_library(library)
    yield made
    tasks.close()
    made.close()


@pytest.fixture
def carrier(session: Session) -> Carrier:
    return Carrier(session, tasks=session._tasks)


def read(session: Session) -> int:
    assert session.library is not None
    return session.library.count(Filter(state=ReadingState.READ))


def mark(carrier: Carrier, number: int) -> None:
    ids = range(1, number + 1)
    carrier.do(
        lambda library: ordering.set_state(library, ids, ReadingState.READ, action="mark"), size=number
    )


def test_few_are_on_disk_at_once(session: Session, carrier: Carrier) -> None:
    mark(carrier, 3)
    assert (read(session), session.history.next_undo) == (3, "mark")
    assert not session.is_held


def test_many_are_made_undone_and_done_again_in_a_thread(
    qtbot: QtBot, session: Session, carrier: Carrier
) -> None:
    with qtbot.waitSignal(session.history.changed):
        mark(carrier, MANY)
        assert read(session) == 0, "not before the thread has had its turn"
        assert session.is_held
    assert read(session) == MANY
    qtbot.waitUntil(lambda: not session.is_held)
    for step, wanted in ((session.history.undo, 0), (session.history.redo, MANY)):
        with qtbot.waitSignal(session.history.changed):
            step()
            step()  # one at a time: the second is not taken
        assert read(session) == wanted
    assert session.history.next_redo == ""


def test_many_that_another_window_changed_are_refused_whole(
    qtbot: QtBot, session: Session, carrier: Carrier
) -> None:
    with qtbot.waitSignal(session.history.changed):
        mark(carrier, MANY)
    library = session.library
    assert library is not None
    changed = ordering.set_state(library, [7], ReadingState.UNREAD, action="elsewhere")
    assert changed is not None
    library.apply(changed)
    with qtbot.waitSignal(session.history.failed) as refused:
        session.history.undo()
    assert isinstance(refused.args[0], Conflict)
    assert read(session) == MANY - 1
    assert session.history.next_undo == "", "a step that can never be made is left out"


def test_what_is_so_already_is_no_step(session: Session, carrier: Carrier) -> None:
    mark(carrier, 3)
    mark(carrier, 3)
    session.history.undo()
    assert session.history.next_undo == ""


def test_what_makes_no_sense_is_told(session: Session, carrier: Carrier) -> None:
    refused: list[ReaderError] = []
    carrier.refused.connect(refused.append)
    carrier.do(lambda library: ordering.new_tag(library, " / ", action="new"), size=1)
    assert isinstance(refused[0], ordering.NameWanting)


def test_one_change_of_many_records_goes_to_the_thread_whatever_was_expected(
    qtbot: QtBot, session: Session, carrier: Carrier
) -> None:
    tags = tuple(Tag(f"t{number}") for number in range(3 * AT_ONCE))
    with qtbot.waitSignal(session.history.changed):
        carrier.do(lambda library: Change("make tags", after=tags), size=1)
        assert session.is_held
    assert session.library is not None
    assert len(session.library.tags()) == len(tags)


def test_meanwhile_nothing_else_waits_for_the_disk(qtbot: QtBot, session: Session, carrier: Carrier) -> None:
    """What can be written later is left, and what can't is refused at once, with a sentence."""
    told: list[ReaderError] = []
    session.problem.connect(lambda error, kind: told.append(error))
    with qtbot.waitSignal(session.history.changed):
        mark(carrier, MANY)
        assert not session.do(Change("tag", after=(Tag("claim"),)))
        assert isinstance(told[0], LibraryLocked)
    qtbot.waitUntil(lambda: not session.is_held)
    assert session.do(Change("tag", after=(Tag("claim"),)))


def test_a_second_change_of_many_waits_for_nobody(qtbot: QtBot, session: Session, carrier: Carrier) -> None:
    """Two of them at a time would refuse one another in the middle; a step back is refused and kept too."""
    told: list[ReaderError] = []
    carrier.refused.connect(told.append)
    session.problem.connect(lambda error, kind: told.append(error))
    with qtbot.waitSignal(carrier.ended):
        mark(carrier, MANY)
    with qtbot.waitSignal(carrier.ended):
        carrier.do(lambda library: ordering.put_away(library, [1], action="away"), size=MANY)
        mark(carrier, MANY)
        session.history.undo()
        assert [type(each) for each in told] == [LibraryLocked, LibraryLocked]
    assert not session.is_held
    assert session.history.next_undo == "away"
    session.history.undo()
    assert session.history.next_undo == "mark"


def test_a_long_change_tells_when_it_begins_and_ends_whatever_comes_of_it(
    qtbot: QtBot, session: Session, carrier: Carrier
) -> None:
    steps: list[str] = []
    carrier.began.connect(lambda size: steps.append(f"{size} begun"))
    carrier.ended.connect(lambda: steps.append("ended"))
    ids, size = range(1, MANY + 1), carrying.MANY + 1

    def do() -> None:
        with qtbot.waitSignal(carrier.ended):
            carrier.do(
                lambda library: ordering.set_state(library, ids, ReadingState.READ, action="mark"),
                size=size,
                done=lambda change: steps.append("told"),
            )

    do()
    assert steps == [f"{size} begun", "ended", "told"]
    do()
    assert steps[3:] == [f"{size} begun", "ended"]
