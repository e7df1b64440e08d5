"""What is printed: sentences and lines without anything that a terminal would obey, and progress. No Qt."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from reader.reports.wording import clean
from reader.text import one_line

_WIDEST = 76


def as_line(text: str) -> str:
    """Return a text on one line."""
    return one_line(clean(text))


def say(sentence: str) -> None:
    """Print what is no result: on the standard error output."""
    print(clean(sentence), file=sys.stderr, flush=True)


class Progress:
    """One line at the end of a terminal, written over and over; nothing where there is no terminal."""

    def __init__(self) -> None:
        self._shown = False

    def show(self, words: str) -> None:
        """Say how far the work is."""
        if sys.stderr.isatty():
            print(f"\r\x1b[K{as_line(words)[:_WIDEST]}", end="", file=sys.stderr, flush=True)
            self._shown = True

    def clear(self) -> None:
        """Take the line away, so that something else can be printed."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._shown = False


@contextmanager
def progress() -> Iterator[Progress]:
    """Lend a line for progress that is gone at the end."""
    shown = Progress()
    try:
        yield shown
    finally:
        shown.clear()
