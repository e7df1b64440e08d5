"""Gathering what a view shows: once at a time, and once more when it was asked for meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from reader.errors import ReaderError
from ui.renewing import Renewal
from ui.tasks import Tasks


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def test_what_is_asked_for_meanwhile_is_gathered_once_more(qtbot: QtBot, tasks: Tasks) -> None:
    goes_on, begun, shown, parent = threading.Event(), threading.Semaphore(0), list[int](), QObject()
    counts = iter(range(10))

    def work() -> int:
        begun.release()
        assert goes_on.wait(10)
        return next(counts)

    renewal = Renewal(work, done=shown.append, failed=shown.append, tasks=tasks, parent=parent)
    for _ in range(4):
        renewal.ask()
    assert begun.acquire(timeout=10)
    assert not begun.acquire(blocking=False), "only one at a time"
    goes_on.set()
    qtbot.waitUntil(lambda: shown == [0, 1])
    qtbot.waitUntil(lambda: not renewal._is_busy)
    renewal.ask()
    qtbot.waitUntil(lambda: shown == [0, 1, 2])
    qtbot.waitUntil(lambda: not renewal._is_busy)


def test_after_a_failure_it_can_be_asked_again(qtbot: QtBot, tasks: Tasks) -> None:
    errors: list[ReaderError] = []
    parent = QObject()

    def work() -> None:
        raise ReaderError("The disk is full.", "Make room.")

    renewal = Renewal(work, done=print, failed=errors.append, tasks=tasks, parent=parent)
    for number in (1, 2):
        renewal.ask()
        qtbot.waitUntil(lambda number=number: len(errors) == number)  # type: ignore[misc]
        qtbot.waitUntil(lambda: not renewal._is_busy)
