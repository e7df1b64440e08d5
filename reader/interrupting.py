"""Ctrl+C in a command that works for long: what was begun is ended in order. Prints nothing; no Qt."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


class Stop:
    """Whether Ctrl+C was pressed; `act` is then called, to end a wait inside the work."""

    def __init__(self) -> None:
        self.asked = False
        self.act: Callable[[], None] = lambda: None

    def ask(self, signum: int, frame: FrameType | None) -> None:
        """Ask to stop; whoever presses again does not want to wait."""
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
        self.act()


@contextmanager
def stoppable() -> Iterator[Stop]:
    """Let Ctrl+C ask to stop instead of tearing the work apart; for the main thread."""
    stop = Stop()
    before = signal.signal(signal.SIGINT, stop.ask)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def leave_interrupts_to_others() -> None:
    """Keep Ctrl+C from this thread, and so from the processes that it starts, also while they start."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
