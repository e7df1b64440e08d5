"""Work beside the interface: what comes back, what is told of failures, and cancelling."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.errors import ReaderError
from ui.tasks import Task, Tasks


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def test_the_result_arrives_on_the_interface_thread(qtbot: QtBot, tasks: Tasks) -> None:
    got: list[tuple[int, bool]] = []
    here = threading.get_ident()
    task = tasks.run(
        lambda task: threading.get_ident(),
        done=lambda where: got.append((where, threading.get_ident() == here)),
    )
    qtbot.waitUntil(lambda: bool(got))
    assert got[0][0] != here
    assert got[0][1]
    assert task.wait(1)


def test_the_worlds_fault_is_told_and_our_bug_goes_elsewhere(qtbot: QtBot, tasks: Tasks) -> None:
    failures: list[ReaderError] = []

    def fail(task: Task) -> None:
        raise ReaderError("The disk is full.", "Make room.")

    tasks.run(fail, failed=failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert failures[0].next == "Make room."
    with qtbot.waitSignal(tasks.broke) as broke:
        tasks.run(lambda task: 1 / 0, failed=failures.append)
    assert isinstance(broke.args[0], ZeroDivisionError)
    assert len(failures) == 1


def test_progress_is_told_in_words(qtbot: QtBot, tasks: Tasks) -> None:
    told: list[tuple[str, float | None]] = []
    tasks.run(
        lambda task: task.report("Reading", 0.5), progress=lambda words, part: told.append((words, part))
    )
    qtbot.waitUntil(lambda: bool(told))
    assert told == [("Reading", 0.5)]


def test_a_cancelled_task_ends_without_a_result(qtbot: QtBot, tasks: Tasks) -> None:
    got: list[object] = []
    ended: list[bool] = []
    freed = threading.Event()

    def work(task: Task) -> str:
        task.when_cancelled(freed.set)
        started.set()
        freed.wait(5)
        task.check()
        return "never"

    started = threading.Event()
    task = tasks.run(work, done=got.append, finished=lambda: ended.append(True))
    assert started.wait(5)
    task.cancel()
    qtbot.waitUntil(lambda: bool(ended))
    assert got == []
    assert task.cancelled


def test_everything_is_cancelled_at_the_end(qtbot: QtBot, tasks: Tasks) -> None:
    freed = threading.Event()
    running = threading.Event()

    def work(task: Task) -> None:
        task.when_cancelled(freed.set)
        running.set()
        freed.wait(5)

    task = tasks.run(work)
    assert running.wait(5)
    tasks.close()
    assert freed.is_set()
    assert task.wait(1)


def test_nothing_is_begun_after_the_end(tasks: Tasks) -> None:
    begun: list[Task] = []
    tasks.close()
    assert not tasks.run(begun.append).cancelled
    assert begun == []


def test_work_that_outlives_the_end_tells_nobody_any_more(tasks: Tasks) -> None:
    go_on = threading.Event()

    def work(task: Task) -> None:
        go_on.wait(5)
        task.report("half")

    task = tasks.run(work)
    told: list[str] = []
    direct = Qt.ConnectionType.DirectConnection  # in its own thread: what is heard is heard before it ends
    task.progressed.connect(lambda words, fraction: told.append(words), direct)
    task.done.connect(lambda result: told.append("done"), direct)
    task.finished.connect(lambda: told.append("finished"), direct)
    tasks.close(seconds=0.05)
    go_on.set()
    assert task.wait(5)
    assert told == []
