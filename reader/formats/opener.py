"""Opening files in a process that may be killed, so that a hostile file takes nothing with it. No Qt."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

from reader.document import Document, ReadAs
from reader.errors import DamagedFile, FormatError, ReaderError
from reader.formats import open_document
from reader.formats.files import shown

# How often the waiting caller looks whether it was cancelled.
_POLL_SECONDS = 0.05

Reader = Callable[..., Document]


class Opener:
    """Opens one file at a time in a warm process with a memory and a time limit.

    `open` blocks and is called from a worker thread, `cancel` and `close` from any. The process is
    started by the first file, and again after one that killed it. `memory_limit` is in bytes of address
    space beyond what the process has when it starts (where the system can limit it), `time_limit` in
    seconds a file.
    """

    def __init__(
        self, *, memory_limit: int = 1 << 30, time_limit: float = 60.0, reader: Reader = open_document
    ) -> None:
        self._memory_limit = memory_limit
        self._time_limit = time_limit
        self._reader = reader
        self._busy = threading.Lock()
        self._cancelled = threading.Event()
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def open(
        self,
        path: str | Path,
        *,
        read_as: ReadAs = ReadAs(),
        on_preview: Callable[[Document], None] | None = None,
    ) -> Document:
        """Return the document in a file; raise the `FormatError` that says why there is none."""
        with self._busy:
            self._cancelled.clear()
            name = shown(path)
            pipe = self._started()
            try:
                pipe.send((os.fspath(path), read_as))
                answer = self._answer(pipe, name)
            except (EOFError, OSError) as error:
                self._kill()
                raise DamagedFile(
                    f"{name} could not be read: it brought the reading process down.",
                    "Nothing else is affected. The file is probably damaged; try another copy of it.",
                ) from error
            except BaseException:
                self._kill()
                raise
            if isinstance(answer, ReaderError):
                raise answer
            if not isinstance(answer, Document):
                raise RuntimeError(f"the reader of {name} failed: {answer}")
            return answer

    def cancel(self) -> None:
        """Make a running `open` raise that it was cancelled; without one, nothing happens."""
        self._cancelled.set()

    def close(self) -> None:
        """Cancel what is running and end the process; another `open` would start it again."""
        self.cancel()
        with self._busy:
            self._kill()

    def _started(self) -> Connection:
        if self._pipe is not None and self._process is not None and self._process.is_alive():
            return self._pipe
        self._kill()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve,
            args=(theirs, self._reader, self._memory_limit),
            name="scholion-opener",
            daemon=True,
        )
        self._process.start()
        theirs.close()
        self._pipe = ours
        return ours

    def _answer(self, pipe: Connection, name: str) -> object:
        """Wait for the process; the limit is counted in looks, each of which may take longer but not less."""
        waited = 0.0
        while not pipe.poll(_POLL_SECONDS):
            waited += _POLL_SECONDS
            if self._cancelled.is_set():
                raise FormatError(f"Opening {name} was cancelled.", "Open it again when you want to read it.")
            if waited >= self._time_limit:
                raise DamagedFile(
                    f"{name} took longer than {self._time_limit:g} seconds to read, so it was given up.",
                    "It may be damaged or made to do harm; try to save it again as plain text.",
                )
        return pipe.recv()

    def _kill(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._process, self._pipe = None, None


def _serve(pipe: Connection, reader: Reader, memory_limit: int) -> None:
    """Answer requests until the other end closes: a document, the error that says why not, or our bug."""
    _limit_memory(memory_limit)
    # Blocks and trees hold no cycles; looking for some takes a third of the time of a large page.
    gc.disable()
    while True:
        try:
            path, read_as = pipe.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        answer: object
        try:
            answer = reader(path, read_as=read_as)
        except ReaderError as error:
            answer = error
        except MemoryError:
            answer = DamagedFile(
                f"{shown(path)} needs more memory than a file is given.",
                "Split it into parts, or save it again as plain text.",
            )
        except Exception as error:  # noqa: BLE001  a bug is told to the caller, who raises it there
            answer = f"{type(error).__name__}: {error}"
        try:
            pipe.send(answer)
        except OSError:
            return
        del answer
        gc.collect()


def _limit_memory(limit: int) -> None:
    """Forbid the process to grow by more than `limit` bytes; a system without such limits has none."""
    if sys.platform == "win32":
        return
    import resource

    present = 0
    statm = Path("/proc/self/statm")
    if statm.exists():
        present = int(statm.read_text().split()[0]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = present + limit
    if hard == resource.RLIM_INFINITY or wanted < hard:
        # Some systems know the limit and refuse to set it; the time limit still holds there.
        try:
            resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
        except (ValueError, OSError):
            return
