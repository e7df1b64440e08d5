"""Garbage is collected in the interface's thread alone."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from ui.garbage import collect_due


class _Ring(QObject):
    """An object that only the collector can let go, with a timer that must end in its own thread."""

    def __init__(self) -> None:
        super().__init__()
        self.myself = self
        self.timer = QTimer(self)
        self.timer.start(1)


def _leave_a_ring(ended_in: list[int]) -> None:
    weakref.finalize(_Ring(), lambda: ended_in.append(threading.get_ident()))


def _make_much() -> list[list[object]]:
    """Make so much, and keep it, that the collector is due."""
    return [[] for _ in range(gc.get_threshold()[0] * 2)]


def test_another_thread_deletes_no_timer_and_this_one_does(qtbot: QtBot) -> None:
    ended_in: list[int] = []
    kept: list[object] = []
    _leave_a_ring(ended_in)
    thread = threading.Thread(target=lambda: kept.extend(_make_much() for _ in range(20)))
    thread.start()
    thread.join()
    assert not ended_in

    def let_go() -> None:
        kept.append(_make_much())
        assert ended_in

    qtbot.waitUntil(let_go)
    assert ended_in == [threading.get_ident()]


def test_what_is_not_due_is_not_looked_for(qtbot: QtBot) -> None:
    gc.collect()
    looked: list[str] = []
    gc.callbacks.append(lambda phase, _info: looked.append(phase))
    try:
        collect_due()
        assert looked == []
        _kept = _make_much()
        collect_due()
        assert looked == ["start", "stop"]
    finally:
        gc.callbacks.pop()
