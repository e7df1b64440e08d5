"""The story of a disk that gives nothing any more: whatever one does is told, and breaks nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any, NoReturn

import pytest
from PySide6.QtCore import Qt

from reader.library.store import Store, told
from reader.model import Change, Collection, Details, Membership, Note
from reader.paths import paths_in
from tests.journeys.faults.helpers import saves, stored, was_told
from tests.journeys.gestures import Person
from ui.actions import ACTIONS

pytestmark = pytest.mark.usefixtures("unanalysed", "no_dialogs_of_the_system")

VIEWS = ("", "library", "people", "codebook", "corrections", "lost", "settings")


@contextmanager
def nothing_can_be_read() -> Iterator[None]:
    """Let every question to the library fail, as where its disk has gone."""

    def fail(*_arguments: Any, **_further: Any) -> NoReturn:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_READ
        raise error

    @contextmanager
    def no_transaction(store: Store) -> Iterator[None]:
        with told(store.path):
            fail()
        yield

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "run", fail)
        patch.setattr(Store, "transaction", no_transaction)
        yield


def test_whatever_is_done_is_told_and_breaks_nothing(reader: Person, data: Path) -> None:
    id = reader.session.document_id
    assert id is not None
    reader.drags_over("eleven years")
    reader.presses(Qt.Key.Key_H)
    reader.writes_note("Kept.", "claim")
    shelf = Collection("Essay")
    assert reader.session.do(
        Change(
            "file", after=(shelf, Membership(shelf.id, id), Details(id, tags=("harbour",)), Note(id, "All."))
        )
    )
    reader.application.wing.searcher.run("years")
    reader.lets_pass(300)
    marked, notes = list(reader.session.marked), list(reader.session.notes)
    with nothing_can_be_read():
        for view, row in zip(cycle(VIEWS), ACTIONS, strict=False):
            if row.key == "quit":
                continue
            if view:
                reader.frame.middle.show_view(view)
            reader.application.actions[row.key].trigger()
            reader.lets_pass(10)
            reader.goes_back_to_the_page()
        for view in VIEWS[1:]:
            reader.frame.middle.show_view(view)
            reader.lets_pass(100)
        reader.lets_pass(500)  # the library is looked at from time to time
        assert was_told(reader, "The disk did not read or write the library")
        reader.frame.middle.show_page()
        reader.drags_over("Brightport")
        reader.presses(Qt.Key.Key_N)
        editor = reader.application.annotator.editor
        reader.waits_for(editor.isVisible)
        editor.note.insertPlainText("Written meanwhile.")
        saves(reader)
        assert editor.error.isVisible()
    assert not (paths_in(data).logs / "crash.log").exists()
    assert (reader.session.marked, reader.session.notes) == (marked, notes)
    saves(reader)
    reader.waits_for(editor.isHidden)
    assert sorted(stored(data)) == [("Brightport", "Written meanwhile."), ("eleven years", "Kept.")]
