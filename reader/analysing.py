"""Analysing what the library has no findings of yet: which documents, and several of them at once. No Qt."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from reader.analysis.messages import Failed, Findings, Finished, Job, Ready, Whole
from reader.analysis.plans import is_current
from reader.analysis.worker import Worker
from reader.correcting import digest, held, holding, speaking_of
from reader.document import Document
from reader.errors import AnalysisError
from reader.interrupting import leave_interrupts_to_others
from reader.model import Analysis, Correction, Held, Scope

if TYPE_CHECKING:
    from reader.library import Library, State

# A process has the model in its memory; and one is soon at work, while each more takes seconds to load it.
_MOST_PROCESSES, _WORTH_A_PROCESS = 4, 16
_TRIES = 2  # how often one text is given to a process that dies over it
_LOOK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Analysed:
    """What became of one document: its findings are in the library, or `error` says why they are not."""

    document_id: int
    title: str
    error: AnalysisError | None = None


class Expectations:
    """With which corrections each text would be analysed; looked up once for each text, until one is changed.

    Used from one thread at a time.
    """

    def __init__(self) -> None:
        self._said: list[Correction] = []
        self._everywhere: list[Correction] = []
        self._own: dict[int, list[Correction]] = {}
        self._digests: dict[tuple[int, str], str] = {}

    def take(self, said: list[Correction]) -> None:
        """Let these corrections hold from now on."""
        if said == self._said:
            return
        self._said = said
        self._everywhere = [one for one in said if one.scope is Scope.EVERYWHERE]
        self._own.clear()
        self._digests.clear()
        for one in said:
            if one.scope is not Scope.EVERYWHERE:
                self._own.setdefault(one.document_id, []).append(one)

    def digest(self, library: Library, state: State) -> str:
        """Return what `reader.correcting.held` has as the digest for the text of a document."""
        id, key = state.document_id, (state.document_id, state.text_hash)
        if key not in self._digests:
            here = holding([*self._everywhere, *self._own.get(id, ())], id)
            text = (library.text_of(state.text_hash) or "") if here else ""
            self._digests[key] = digest(speaking_of(text, here, id))
        return self._digests[key]


def wanting(library: Library, model: str, expectations: Expectations | None = None) -> list[State]:
    """Return the documents whose findings would not be the same today, or that have none.

    With `model` chosen, and with the corrections that hold now. The last opened first. Whoever asks again
    and again gives the same `expectations`.
    """
    current = cache(lambda name: is_current(name, model))
    expected = expectations or Expectations()
    expected.take(library.corrections())
    return [
        state
        for state in library.states()
        if not (state.model and current(state.model) and state.corrected == expected.digest(library, state))
    ]


def job_behind(number: int, document: Document, held: Held) -> Job:
    """Return the job of reading a document that nobody looks at."""
    return Job(
        number,
        document.text,
        document.blocks,
        date=document.metadata.date,
        corrections=held.corrections,
        language=document.metadata.language,
        behind=True,
    )


def analyse_all(
    library: Library,
    documents: Sequence[int],
    *,
    model: str,
    stopped: Callable[[], bool] = lambda: False,
    told: Callable[[AnalysisError], object] = lambda problem: None,
) -> Iterator[Analysed]:
    """Have the documents read, keep what is found, and yield each when that is on disk.

    `stopped` is asked several times a second whether to go on. `told` hears why a model that was asked for is
    not used. Raises AnalysisError when there is no model at all.
    """
    waiting = iter(documents)
    under_way: dict[int, tuple[Document, Held]] = {}
    crew = _Crew(model, len(documents))
    try:
        while not stopped():
            while len(under_way) < crew.wants and (id := next(waiting, None)) is not None:
                document = library.document(id)
                if document is not None:
                    under_way[id] = document, held(library, id, document)
                    crew.give(job_behind(id, *under_way[id]))
            if not under_way:
                return
            answer = crew.take()
            if isinstance(answer, AnalysisError):
                told(answer)
            elif answer is not None:
                id, found = answer
                document, with_these = under_way.pop(id)
                if isinstance(found, Analysis):
                    library.save_analysis(
                        id, found, text_hash=document.text_hash, corrected=with_these.digest
                    )
                yield Analysed(id, document.title, None if isinstance(found, Analysis) else found)
    finally:
        crew.end()


_Answer = tuple[int, Analysis | AnalysisError]


class _Crew:
    """Some processes, each with a thread that gives it one text after the other."""

    def __init__(self, model: str, documents: int) -> None:
        spare = (os.cpu_count() or 1) - 1
        count = max(1, min(_MOST_PROCESSES, spare, documents // _WORTH_A_PROCESS))
        self.wants = count + 1
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[_Answer | AnalysisError | _NoModel] = queue.SimpleQueue()
        self._starting = threading.Lock()  # a process inherits the environment, which is changed for it
        self._ended = threading.Event()
        self._workers = [Worker(model=model or None) for _ in range(count)]
        self._threads = [
            threading.Thread(target=self._serve, args=(worker,), daemon=True) for worker in self._workers
        ]
        for thread in self._threads:
            thread.start()

    def give(self, job: Job) -> None:
        """Have a job done."""
        self._jobs.put(job)

    def take(self) -> _Answer | AnalysisError | None:
        """Return what is done, or a problem with the model; None when a moment has gone by without."""
        try:
            answer = self._answers.get(timeout=_LOOK_SECONDS)
        except queue.Empty:
            return None
        if isinstance(answer, _NoModel):
            raise answer.error
        return answer

    def end(self) -> None:
        """End the processes; what they are at is left."""
        self._ended.set()
        for _ in self._threads:
            self._jobs.put(None)
        with self._starting:
            for worker in self._workers:
                worker.stop()
        for thread in self._threads:
            thread.join()

    # ------------------------------------------------------------ in a thread

    def _serve(self, worker: Worker) -> None:
        leave_interrupts_to_others()
        running = False
        while (job := self._jobs.get()) is not None and not self._ended.is_set():
            answer: Analysis | AnalysisError | None = None
            for _ in range(_TRIES):
                try:
                    running = running or self._started(worker)
                    worker.send(job)
                    answer = self._heard(worker, job)
                    break
                except AnalysisError as error:
                    running, answer = False, error
                if self._ended.is_set():
                    return
            if answer is not None:
                self._answers.put((job.id, answer))

    def _started(self, worker: Worker) -> bool:
        with self._starting:
            if not self._ended.is_set():
                try:
                    worker.start()
                except OSError as error:
                    raise AnalysisError(
                        "The analysis could not be started.", "Close other programs and try again."
                    ) from error
        return True

    def _heard(self, worker: Worker, job: Job) -> Analysis | AnalysisError | None:
        """Return what was found in a text, or why nothing was; None when there is no model."""
        whole = Whole()
        while True:
            message = worker.receive()
            if isinstance(message, Ready) and message.problem:
                self._answers.put(AnalysisError(*message.problem))
            elif isinstance(message, Failed) and not message.job:
                self._answers.put(_NoModel(AnalysisError(message.error_what, message.error_next)))
                return None
            elif getattr(message, "job", None) != job.id:
                continue
            elif isinstance(message, Findings):
                whole.add(message)
            elif isinstance(message, Finished):
                return whole.analysis(message)
            elif isinstance(message, Failed):
                return AnalysisError(message.error_what, message.error_next)


@dataclass(frozen=True, slots=True)
class _NoModel:
    """There is nothing to read with."""

    error: AnalysisError
