"""Reading ahead: several documents are opened at once, each in a process, and come back in order. No Qt."""

from __future__ import annotations

import os
import queue
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reader.document import Document, ReadAs
from reader.errors import FormatError
from reader.interrupting import leave_interrupts_to_others

if TYPE_CHECKING:
    from reader.formats.opener import Opener

# A process is ready after half a second, in which one reads some hundred short articles.
_MOST_PROCESSES, _WORTH_A_PROCESS = 4, 50
# Documents that may be read and not yet fetched, for each process.
_AHEAD = 8


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document to read. One whose `Document.file_hash` is `known` is not: that "" is no document's."""

    path: Path
    read_as: ReadAs = ReadAs()
    known: str = ""
    preview: Callable[[Document], None] | None = None


@contextmanager
def several(opener: Opener, documents: int) -> Iterator[list[Opener]]:
    """Lend as many openers as are worth their start for so many documents; `opener` is one of them."""
    count = max(1, min(_MOST_PROCESSES, os.cpu_count() or 1, documents // _WORTH_A_PROCESS))
    openers = [opener, *(opener.another() for _ in range(count - 1))]
    try:
        yield openers
    finally:
        for each in openers[1:]:
            each.close()


def cancel(openers: Iterable[Opener]) -> None:
    """Make what they read raise that it was cancelled."""
    for opener in openers:
        opener.cancel()


class ReadingAhead:
    """Opens documents in threads, each of which waits for a process."""

    def __init__(self, openers: Sequence[Opener]) -> None:
        self._openers = openers
        self._free: queue.SimpleQueue[Opener] = queue.SimpleQueue()
        for opener in openers:
            self._free.put(opener)
        self._threads = ThreadPoolExecutor(
            len(openers), thread_name_prefix="reading-ahead", initializer=leave_interrupts_to_others
        )
        self._most = len(openers) * _AHEAD
        self._left = False

    def each(
        self, wanted: Iterable[Wanted], *, ahead: Callable[[], bool] = lambda: True
    ) -> Iterator[tuple[Wanted, Callable[[], Document | None]]]:
        """Yield what is wanted with a function that waits for it, in order.

        The function returns None for a document that is known, and raises what the opener raised. While
        `ahead` is false, the next is not begun before the one before it has been fetched.
        """
        begun: deque[tuple[Wanted, Future[Document | None]]] = deque()
        source = iter(wanted)
        more = True
        while more or begun:
            while more and len(begun) < (self._most if ahead() else 1):
                following = next(source, None)
                if following is None:
                    more = False
                else:
                    begun.append((following, self._threads.submit(self._read, following)))
            if begun:
                each, future = begun.popleft()
                yield each, future.result

    def close(self) -> None:
        """Begin nothing more, and leave what is under way."""
        self._left = True
        cancel(self._openers)
        self._threads.shutdown(cancel_futures=True)

    def _read(self, wanted: Wanted) -> Document | None:
        opener = self._free.get()
        try:
            if self._left:
                raise FormatError("Nothing is read any more.")
            if wanted.known and opener.digest(wanted.path) == wanted.known:
                return None
            return opener.open(wanted.path, read_as=wanted.read_as, on_preview=wanted.preview)
        finally:
            self._free.put(opener)
