"""Who lists one kind of record hears of that kind, of what may be anything, and of nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader.library import Library
from reader.model import Change, Collection, Correction, Membership, SavedSearch
from reader.paths import paths_in
from ui.analyst import Analyst
from ui.changes import when_changed
from ui.session import Session
from ui.tasks import Tasks


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Session:
    paths = paths_in(tmp_path)
    session = Session(paths, tasks=Tasks(), analyst=Analyst())
    session.use_library(Library.open(paths.library, backups=paths.backups))
    return session


def test_it_hears_of_its_kinds_when_done_undone_and_done_again(session: Session) -> None:
    heard: list[str] = []
    when_changed(session, lambda: heard.append("searches"), SavedSearch)
    when_changed(session, lambda: heard.append("collections"), Collection, Membership)
    when_changed(session, lambda: heard.append("corrections"), Correction)
    search, essay = SavedSearch("wall", "wall"), Collection("Essay")
    assert session.do(Change("keep", after=(search,)))
    assert heard == ["searches"]
    session.history.undo()
    session.history.redo()
    assert heard == ["searches"] * 3
    del heard[:]
    assert session.do(Change("both", before=(search,), after=(essay,)))
    assert heard == ["searches", "collections"], "what is deleted counts as what is made"
    del heard[:]
    session.library_changed.emit(None)
    assert heard == ["searches", "collections", "corrections"]
    session.close()
