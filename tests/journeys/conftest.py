"""The window as a person starts it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.journeys.gestures import Person


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
