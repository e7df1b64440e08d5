"""The analysis process and its client: texts go in, findings come out in small batches. No Qt on either side.

What is on screen is analysed first, then onwards to the end, then what lies before. Until all is read,
names are resolved by what is known so far; then the whole is read once more in order, and what differs
is said again. Both passes are linear in the text.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from pathlib import Path

from reader.analysis import parcels
from reader.analysis.messages import (
    Answer,
    Begun,
    Cancel,
    Correct,
    Failed,
    Findings,
    Finished,
    Focus,
    Job,
    Ready,
    Request,
)
from reader.analysis.models import Models, Tagger
from reader.analysis.reading import Findings as Found
from reader.analysis.reading import Paragraph, Reading, paragraph, readable
from reader.analysis.threads import one_thread
from reader.errors import AnalysisError
from reader.model import Correction

__all__ = [
    "Answer",
    "Begun",
    "Cancel",
    "Correct",
    "Failed",
    "Findings",
    "Finished",
    "Focus",
    "Job",
    "Ready",
    "Request",
    "Task",
    "Worker",
    "serve",
]

# Characters analysed between two looks at the mail: the first batch, and the first after the reader has
# moved, is what a screen holds; then ever more, since each answer costs the interface a moment.
_FIRST, _MOST = 2_000, 24_000
# Of a job behind, so that one in front never waits for long.
_BEHIND = 4_000
# Marks in one message: the receiver unpickles it beside the interface.
_MARKS = 250
# Paragraphs of the last pass between two looks at the mail.
_PART = 100
_SECONDS_TO_LEAVE = 1.0


class Worker:
    """The client of one analysis process: one thread may send while another receives.

    `start` may be called again after `stop`, or after `receive` raised.
    """

    def __init__(self, *, model: str | Path | None = None) -> None:
        self._model = model
        self._sending = threading.Lock()
        self._process: multiprocessing.process.BaseProcess | None = None
        self._connection: Connection | None = None

    def start(self) -> None:
        """Start the process; `Ready` is its first answer. Ends one that is still there."""
        self.stop()
        parcels.pack()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=serve, args=(theirs, self._model), name="scholion-analysis", daemon=True
        )
        with one_thread():
            process.start()
        theirs.close()
        self._process, self._connection = process, ours

    def send(self, message: Request) -> None:
        """Send a request. Raises AnalysisError when the process is gone."""
        connection = self._connection
        if connection is None:
            raise _gone()
        try:
            with self._sending:
                connection.send(message)
        except (OSError, ValueError) as error:
            raise _gone() from error

    def receive(self) -> Answer:
        """Wait for the next answer. Raises AnalysisError when the process is gone."""
        connection = self._connection
        if connection is None:
            raise _gone()
        try:
            answer: Answer = connection.recv()
        except (OSError, EOFError) as error:
            raise _gone() from error
        return answer

    def stop(self) -> None:
        """End the process: ask, wait a second, then kill. Does nothing when there is none."""
        process, connection = self._process, self._connection
        self._process = self._connection = None
        if process is None or connection is None:
            return
        if self._sending.acquire(timeout=_SECONDS_TO_LEAVE / 2):
            with contextlib.suppress(OSError, ValueError):
                connection.send(None)
            self._sending.release()
            process.join(_SECONDS_TO_LEAVE)
        if process.is_alive():
            process.kill()
            process.join()


def _gone() -> AnalysisError:
    return AnalysisError("The analysis stopped unexpectedly.", "It starts again with the next document.")


# ---------------------------------------------------------------- in the process


def serve(connection: Connection, model: str | Path | None) -> None:
    """Run in the process: load the model, then answer until asked to leave or the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(AttributeError, OSError):
        os.nice(5)
    parcels.pack()
    models = Models(str(model or ""))
    try:
        usual = models.usual()
    except AnalysisError as error:
        with contextlib.suppress(OSError), connection:
            connection.send(Failed(0, error.what, error.next))
        return
    with contextlib.suppress(OSError, EOFError), connection:
        connection.send(Ready(usual.name, _told(models.problem)))
        _Service(connection, models).run()


def _told(error: AnalysisError | None) -> tuple[str, str] | None:
    return None if error is None else (error.what, error.next)


@dataclass(slots=True)
class _Work:
    """A task, and its answers until it is done; a task that is done may be corrected."""

    task: Task
    answers: Iterator[Answer | None] | None


class _Service:
    """Answers one connection; `run` returns when the client asks to leave, and raises when it is gone."""

    def __init__(self, connection: Connection, models: Models) -> None:
        self._connection = connection
        self._models = models
        # By whether it is behind: what is in front comes first.
        self._works: dict[bool, _Work] = {}

    def run(self) -> None:
        """Answer: between two batches, look whether there is mail."""
        while True:
            while (work := self._present()) is None or self._connection.poll():
                self._await_mail()
                message = self._connection.recv()
                if message is None:
                    return
                self._take(message)
            self._step(work)

    def _present(self) -> _Work | None:
        works = (self._works.get(behind) for behind in (False, True))
        return next((work for work in works if work is not None and work.answers is not None), None)

    def _await_mail(self) -> None:
        parent = multiprocessing.parent_process()
        ends: list[Connection | int] = [self._connection]
        if parent is not None:
            ends.append(parent.sentinel)
        if self._connection not in wait(ends):
            raise EOFError

    def _take(self, message: Request) -> None:
        if isinstance(message, Job):
            self._begin(message)
            return
        work = next((each for each in self._works.values() if each.task.job.id == message.job), None)
        if work is None:
            return
        if isinstance(message, Focus):
            work.task.focus(message.block)
        elif isinstance(message, Correct):
            work.task.correct(message.corrections)
            work.answers = work.task.answers()
        else:
            del self._works[work.task.job.behind]

    def _begin(self, job: Job) -> None:
        self._works.pop(job.behind, None)
        try:
            tagger = self._models.reader_of(job.text, stated=job.language)
        except AnalysisError as error:
            self._connection.send(Failed(job.id, error.what, error.next))
            return
        self._connection.send(Begun(job.id, tagger.name, _told(self._models.problem)))
        task = Task(job, tagger)
        self._works[job.behind] = _Work(task, task.answers())

    def _step(self, work: _Work) -> None:
        assert work.answers is not None
        try:
            answer = next(work.answers)
        except StopIteration:
            work.answers = None  # the task stays, so that it can be corrected
            if work.task.job.behind:
                del self._works[True]
            return
        except Exception as error:  # noqa: BLE001  (a bug in here must not end the process: the text stays readable)
            traceback.print_exc(file=sys.stderr)
            job = work.task.job
            answer = Failed(
                job.id,
                f"The analysis of this text failed ({type(error).__name__}).",
                "The text can be read and noted without it; please report what the terminal shows.",
            )
            del self._works[job.behind]
        if answer is not None:
            self._connection.send(answer)


class Task:
    """One job being done, a batch at a time."""

    def __init__(self, job: Job, pipeline: Tagger) -> None:
        self.job = job
        self._pipeline = pipeline
        self._at = max(0, min(job.first, len(job.blocks) - 1))
        self._done: list[Paragraph | None] = [None] * len(job.blocks)
        self._said: list[Found] = [Found()] * len(job.blocks)
        self._left = len(job.blocks)
        self._size = _FIRST

    def focus(self, block: int) -> None:
        """Go on from `block`, with what the screen holds there."""
        self._at = max(0, min(block, len(self._done) - 1))
        self._size = _FIRST

    def correct(self, corrections: tuple[Correction, ...]) -> None:
        """Let these corrections hold for the job from the next `answers` on."""
        self.job = replace(self.job, corrections=corrections)

    def answers(self) -> Iterator[Answer | None]:
        """Yield provisional findings batch by batch, then the final ones that differ, then the end.

        None is no answer, only a moment at which the work may be left, and asked for anew: then what was
        said already is said again where it differs by now.
        """
        yield from self._all_at_once() if self.job.behind else self._bit_by_bit()
        whole = self._reading()
        yield from self._again(whole, final=True)
        yield Finished(self.job.id, whole.entities(), self._pipeline.name, self.job.corrections)

    def _bit_by_bit(self) -> Iterator[Answer | None]:
        soon = self._reading()
        if self._left:
            yield from self._again(soon, final=False)
        while self._left:
            start, end = self._next_range(self._size)
            self._size = min(_MOST, self._size * 2)
            found = list(soon.read(soon.learn(self._analyse(start, end))))
            yield from self._messages(start, found, final=False)

    def _all_at_once(self) -> Iterator[None]:
        while self._left:
            self._analyse(*self._next_range(_BEHIND))
            yield None

    def _next_range(self, size: int) -> tuple[int, int]:
        """Return the blocks to do next: from where the reader is, up to what is done or enough."""
        count = len(self._done)
        while self._done[self._at] is not None:
            self._at = (self._at + 1) % count
        start = end = self._at
        while end < count and self._done[end] is None and size > 0:
            size -= len(self.job.blocks[end].span)
            end += 1
        self._at = end % count
        return start, end

    def _analyse(self, start: int, end: int) -> list[Paragraph]:
        text, blocks = self.job.text, self.job.blocks[start:end]
        tagged = self._pipeline.tag([block.span.of(text) if readable(block) else "" for block in blocks])
        batch = [
            paragraph(text, block.span, each, self._pipeline.weights)
            if readable(block)
            else Paragraph(block.span)
            for block, each in zip(blocks, tagged, strict=True)
        ]
        self._done[start:end] = batch
        self._left -= len(batch)
        return batch

    def _reading(self) -> Reading:
        return Reading(
            self.job.text,
            knowledge=self._pipeline.knowledge,
            date=self.job.date,
            weights=self._pipeline.weights,
            corrections=self.job.corrections,
        )

    def _again(self, reading: Reading, *, final: bool) -> Iterator[Answer | None]:
        """Read what is done once more in order, and say what differs; None between the parts."""
        runs = self._runs()
        parts: list[list[Paragraph]] = []
        for run in runs:
            for start in range(run.start, run.stop, _PART):
                done = self._done[start : min(start + _PART, run.stop)]
                parts.append(reading.look([one for one in done if one is not None]))
                yield None
        ballots = []
        for part in parts:
            ballots.append(reading.vote(part))
            yield None
        settled: list[Paragraph] = []
        for part, votes in zip(parts, ballots, strict=True):
            settled += reading.settle(part, votes)
            yield None
        at = 0
        for run in runs:
            for number, found in zip(run, reading.read(settled[at : at + len(run)]), strict=True):
                if found != self._said[number]:
                    yield from self._messages(number, [found], final=final)
                elif number % _PART == 0:
                    yield None
            at += len(run)

    def _runs(self) -> list[range]:
        """Return the blocks that are done, as far as they follow one another."""
        runs: list[range] = []
        for number, one in enumerate(self._done):
            if one is None:
                continue
            if runs and runs[-1].stop == number:
                runs[-1] = range(runs[-1].start, number + 1)
            else:
                runs.append(range(number, number + 1))
        return runs

    def _messages(self, start: int, found: Sequence[Found], *, final: bool) -> Iterator[Findings]:
        """Yield the findings of the blocks from `start` on, in messages of a bounded size.

        What is yielded counts as said, and no more than that: the work may be left between two messages.
        """
        first = 0
        while first < len(found):
            mentions, quotes = list(found[first].mentions), list(found[first].quotes)
            last = first + 1
            while last < len(found) and len(mentions) + len(quotes) + _marks(found[last]) <= _MARKS:
                mentions += found[last].mentions
                quotes += found[last].quotes
                last += 1
            self._said[start + first : start + last] = found[first:last]
            yield Findings(self.job.id, start + first, start + last, tuple(mentions), tuple(quotes), final)
            first = last


def _marks(found: Found) -> int:
    return len(found.mentions) + len(found.quotes)
