"""The window as a person starts it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.journeys.gestures import Person
from ui.analyst import Analyst


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Where the program's own files are."""
    return tmp_path / "data"


@pytest.fixture
def starts(qtbot: QtBot, data: Path) -> Iterator[Callable[..., Person]]:
    """Start the window over the test's library, as often as asked."""
    started: list[Person] = []

    def start(*files: Path) -> Person:
        started.append(Person(data, [str(file) for file in files]))
        return started[-1]

    yield start
    for person in started:
        person.leaves()


@pytest.fixture
def no_dialogs_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the system would ask for is not given: nobody could answer it."""
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: ([], ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: "")


@pytest.fixture
def unanalysed(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a story that is not about the analysis: none loads a model."""
    monkeypatch.setattr(Analyst, "warm_up", lambda self: None)
    monkeypatch.setattr(Analyst, "analyse", lambda self, job: None)
