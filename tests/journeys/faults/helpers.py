"""What the tests of faults share: a person who hears and clicks, and a library held by another."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reader.formats.opener import Opener
from reader.library import Library
from reader.paths import paths_in
from tests.journeys.gestures import LEFT, Person
from tests.journeys.readers import slow_reader, unfenced

ROOT = Path(__file__).parents[3]
CONTROL = Qt.KeyboardModifier.ControlModifier
HARBOUR = (
    "Ada Quill opened the new harbour of Brightport on Monday.\n\n"
    "“The sea is patient,” Quill said. “We were not.”\n\n"
    "The town had waited for eleven years, and the boats had waited outside.\n"
)
needs_kill = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")


def was_told(person: Person, words: str) -> bool:
    return any(words in each.accessibleName() for each in person.frame.messages.messages)


def hears(person: Person, words: str) -> None:
    person.waits_for(lambda: was_told(person, words), f"a sentence with {words!r}")


def clicks(person: Person, words: str) -> None:
    """Click the button of these words in the message bar."""
    (button,) = (each.button for each in person.frame.messages.messages if each.button.text() == words)
    QTest.mouseClick(button, LEFT)


@contextmanager
def held(library: Path) -> Iterator[None]:
    """Hold the library as another program would."""
    library.parent.mkdir(parents=True, exist_ok=True)
    other = sqlite3.connect(library, isolation_level=None)
    other.execute("begin exclusive")
    try:
        yield
    finally:
        other.execute("rollback")
        other.close()


def stored(data: Path) -> list[tuple[str, str]]:
    """Return the (words, note) of every highlight on disk."""
    library = Library.open(paths_in(data).library, backups=paths_in(data).backups)
    try:
        return [
            (each.anchor.exact, each.note)
            for entry in library.entries()
            for each in library.highlights(entry.id)
        ]
    finally:
        library.close()


def saves(person: Person) -> None:
    """Press Ctrl+Enter in the note editor."""
    person.window.activateWindow()
    person.waits_for(person.window.isActiveWindow, "the window to be active")
    person.presses(Qt.Key.Key_Return, CONTROL, on=person.application.annotator.editor.note)


def processes(name: str) -> list[int]:
    return [each.pid for each in multiprocessing.active_children() if each.name == name and each.pid]


def slows_down(person: Person) -> None:
    person.application.intake._opener = Opener(reader=slow_reader, fence=unfenced)


def played(script: str, *arguments: Path) -> subprocess.Popen[str]:
    """Play a script in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
