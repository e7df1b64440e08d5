"""Opening files in a process that may be killed, so that a hostile file takes nothing with it. No Qt."""

from __future__ import annotations

import gc
import io
import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from reader.document import Document, ReadAs
from reader.errors import DamagedFile, FormatError, ReaderError
from reader.formats import digest, members, open_document
from reader.formats.files import shown
from reader.formats.guard import confine

# How often the waiting caller looks whether it was cancelled.
_POLL_SECONDS = 0.05
_SECONDS_TO_START = 60.0

Reader = Callable[..., Document]
Fence = Callable[[int], object]
# What is wanted of a file: its document, read so, or what one of these functions tells of it.
_Wanted = ReadAs | Callable[[str], object]


@dataclass(frozen=True, slots=True)
class _Preview:
    """The beginning of a document, sent while the rest of it is read."""

    document: Document


class ReaderBroke(RuntimeError):
    """A reader raised what no file accounts for: our bug."""


class Opener:
    """Opens one file at a time in a warm process with a memory and a time limit.

    `open` blocks and is called from a worker thread, `cancel` and `close` from any. The process is
    started by the first file, and again after one that killed it. `memory_limit` is in bytes of address
    space beyond what the process has when it starts (where the system can limit it), `time_limit` in
    seconds a file. `fence` takes from the process what no reader may do.
    """

    def __init__(
        self,
        *,
        memory_limit: int = 1 << 30,
        time_limit: float = 60.0,
        reader: Reader = open_document,
        fence: Fence = confine,
    ) -> None:
        self._memory_limit = memory_limit
        self._time_limit = time_limit
        self._reader = reader
        self._fence = fence
        self._busy = threading.Lock()
        self._cancelled = threading.Event()
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def another(self) -> Opener:
        """Return one that opens files alike, in a process of its own."""
        return Opener(
            memory_limit=self._memory_limit,
            time_limit=self._time_limit,
            reader=self._reader,
            fence=self._fence,
        )

    def open(
        self,
        path: str | Path,
        *,
        read_as: ReadAs = ReadAs(),
        on_preview: Callable[[Document], None] | None = None,
    ) -> Document:
        """Return the document in a file; raise the `FormatError` that says why there is none.

        `on_preview` is called, in this thread and before this returns, with the beginning of a document
        that takes long to read; what comes after it may still be the error.
        """
        answer = self._asked(path, read_as, on_preview)
        if not isinstance(answer, Document):
            raise _broke(path, answer)
        return answer

    def members(self, path: str | Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return what to open of a file, and warnings: its documents where it holds several, else itself."""
        answer = self._asked(path, members)
        if not isinstance(answer, tuple):
            raise _broke(path, answer)
        sources, warnings = answer
        return sources, warnings

    def digest(self, path: str | Path) -> str:
        """Return the `Document.file_hash` of what `open` would read; "" where only reading it tells."""
        answer = self._asked(path, _digest)
        if not isinstance(answer, tuple):
            raise _broke(path, answer)
        return str(answer[0])

    def _asked(
        self, path: str | Path, wanted: _Wanted, on_preview: Callable[[Document], None] | None = None
    ) -> object:
        with self._busy:
            self._cancelled.clear()
            name = shown(path)
            try:
                pipe = self._started(name)
                with _while_it_lives(name):
                    pipe.send((os.fspath(path), wanted, on_preview is not None))
                answer = self._answer(pipe, name, on_preview)
            except BaseException:
                self._kill()
                raise
            if isinstance(answer, ReaderError):
                raise answer
            return answer

    def cancel(self) -> None:
        """Make a running `open` raise that it was cancelled; without one, nothing happens."""
        self._cancelled.set()

    def close(self) -> None:
        """Cancel what is running and end the process; another `open` would start it again."""
        self.cancel()
        with self._busy:
            self._kill()

    def _started(self, name: str) -> Connection:
        """Return the pipe of a process that is ready; starting it takes nothing of the file's time."""
        if self._pipe is not None and self._process is not None and self._process.is_alive():
            return self._pipe
        self._kill()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(
            target=_run,
            args=(theirs, self._reader, self._memory_limit, self._fence),
            name="scholion-opener",
            daemon=True,
        )
        self._process.start()
        theirs.close()
        self._pipe = ours
        waited = 0.0
        with _while_it_lives(name):
            while not ours.poll(_POLL_SECONDS):
                self._look_whether_cancelled(name)
                waited += _POLL_SECONDS
                if waited >= _SECONDS_TO_START:
                    raise FormatError("The process that reads files did not start.", "Try again in a moment.")
            _received(ours)
        return ours

    def _look_whether_cancelled(self, name: str) -> None:
        if self._cancelled.is_set():
            raise FormatError(f"Opening {name} was cancelled.", "Open it again when you want to read it.")

    def _answer(self, pipe: Connection, name: str, on_preview: Callable[[Document], None] | None) -> object:
        """Wait for the process; the limit is counted in looks, each of which may take longer but not less."""
        waited = 0.0
        while True:
            with _while_it_lives(name):
                message = _received(pipe) if pipe.poll(_POLL_SECONDS) else None
            if message is not None and not isinstance(message, _Preview):
                return message
            self._look_whether_cancelled(name)
            if message is not None and on_preview is not None:
                on_preview(message.document)
            waited += _POLL_SECONDS
            if waited >= self._time_limit:
                raise DamagedFile(
                    f"{name} took longer than {self._time_limit:g} seconds to read, so it was given up.",
                    "It may be damaged or made to do harm; try to save it again as plain text.",
                )

    def _kill(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._process, self._pipe = None, None


@contextmanager
def _while_it_lives(name: str) -> Iterator[None]:
    """Tell that the process died, or speaks in tongues, while it read a file."""
    try:
        yield
    except (EOFError, OSError, pickle.UnpicklingError) as error:
        raise DamagedFile(
            f"{name} could not be read: it brought the reading process down.",
            "Nothing else is affected. The file is probably damaged; try another copy of it.",
        ) from error


class _Unpickler(pickle.Unpickler):
    """Makes documents and errors and nothing else: what a file made of the process is not trusted here."""

    def find_class(self, module: str, name: str) -> Any:
        if (module in ("reader.document", "reader.errors") and "." not in name) or (module, name) == (
            __name__,
            _Preview.__name__,
        ):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a document")


def _broke(path: str | Path, answer: object) -> ReaderBroke:
    return ReaderBroke(f"The reader of {shown(path)} failed, which is a mistake in Scholion: {answer}.")


def _digest(path: str) -> tuple[str]:
    """Return the digest as something else than the words that tell of a bug."""
    return (digest(path),)


def _received(pipe: Connection) -> object:
    return _Unpickler(io.BytesIO(pipe.recv_bytes())).load()


def _run(pipe: Connection, reader: Reader, memory_limit: int, fence: Fence) -> None:
    """Be the process: fenced in first, then at the service of the other end of the pipe."""
    # Who is interrupted is the one that waits, and that one ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    fence(memory_limit)
    pipe.send(None)
    _serve(pipe, reader)


def _serve(pipe: Connection, reader: Reader) -> None:
    """Answer requests until the other end closes: a document, the error that says why not, or our bug."""
    # Blocks and trees hold no cycles; looking for some takes a third of the time of a large page.
    gc.disable()
    while True:
        try:
            path, wanted, with_preview = pipe.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        try:
            try:
                pipe.send(_read(pipe, reader, path, wanted, with_preview=with_preview))
            except MemoryError:  # nothing was sent yet: what is sent is packed before
                pipe.send(_too_much(path))
        except OSError:
            return
        gc.collect(0)  # what this file left; looking through all that is loaded takes 20 ms


def _read(pipe: Connection, reader: Reader, path: str, wanted: _Wanted, *, with_preview: bool) -> object:
    # A reader that knows no previews is not troubled with them.
    told = {"preview": lambda begun: pipe.send(_Preview(begun))} if with_preview else {}
    try:
        if not isinstance(wanted, ReadAs):
            return wanted(path)
        return reader(path, read_as=wanted, **told)
    except ReaderError as error:
        return error
    except MemoryError:
        return _too_much(path)
    except Exception as error:  # noqa: BLE001  a bug is told to the caller, who raises it there
        return f"{type(error).__name__}: {error}"


def _too_much(path: str) -> DamagedFile:
    return DamagedFile(
        f"{shown(path)} needs more memory than a file is given.",
        "Split it into parts, or save it again as plain text.",
    )
