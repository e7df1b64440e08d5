"""The analysis worker as the interface sees it: jobs go out, findings come in as signals."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from reader.errors import AnalysisError

if TYPE_CHECKING:
    from reader.analysis.messages import Whole
    from reader.analysis.worker import Failed, Job, Worker
    from reader.model import Analysis, Correction


@dataclass(frozen=True, slots=True)
class _Behind:
    """All that was found in the text of a job behind."""

    job: int
    analysis: Analysis


TRIES = 2  # how often one job is given to a worker that dies over it
# A thread whose process has ended leaves at once; this only bounds what can't happen.
_SECONDS_TO_LEAVE = 5.0


class Analyst(QObject):
    """Keeps one warm worker process; starts it again when it dies, with a sentence to the user."""

    findings = Signal(object)  # Findings
    finished = Signal(object)  # Finished
    failed = Signal(object)  # ReaderError
    restarted = Signal()
    begun = Signal(object)  # Begun
    unused = Signal(object)  # AnalysisError: why a model that was asked for is not used
    ready = Signal()  # the model is loaded
    lost = Signal()  # there is no model, or no process
    done_behind = Signal(object)  # Analysis, or AnalysisError: what became of the job behind
    _received = Signal(object, object)  # the worker it came from, message or AnalysisError

    def __init__(self, *, model: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self._worker: Worker | None = None
        self._job: Job | None = None  # kept when it is done: it may be corrected
        self._under_way = False
        self._behind: Job | None = None
        self._wholes: dict[int, Whole] = {}  # what has come of the job behind
        self._tries = 0
        self._closed = False
        self._listening: list[threading.Thread] = []
        self._received.connect(self._on_received, Qt.ConnectionType.QueuedConnection)

    def analyse(self, job: Job) -> None:
        """Analyse this text now; what was under way is dropped."""
        if self._closed:
            return
        self._job, self._tries = job, 1
        self._under_way = True
        self._send(job)

    def correct(self, corrections: tuple[Correction, ...]) -> bool:
        """Let these corrections hold for the present job; False when there is none that could be corrected.

        What differs is found again, and then it is finished again: with these corrections.
        """
        from reader.analysis.worker import Correct

        if self._job is None or self._closed:
            return False
        self._job, self._tries = replace(self._job, corrections=corrections), 1
        self._under_way = True
        if self._worker is None:  # it died after the job was done
            self._send(self._job)
        else:
            self._post(Correct(self._job.id, corrections))
        return True

    def analyse_behind(self, job: Job) -> None:
        """Analyse a text that nobody looks at, while there is no other work; `done_behind` tells the outcome.

        It gets a number here, below zero. A text over which the process dies is not tried again.
        """
        from reader.analysis.messages import Whole

        if self._closed:
            return
        number = min(self._wholes, default=0) - 1
        self._behind = replace(job, id=number, behind=True)
        # Filled in the thread that listens: putting much together would keep the window waiting.
        self._wholes = {number: Whole()}
        try:
            worker = self._started()
        except AnalysisError:
            self._behind = None
            self.lost.emit()  # whoever opens an article hears why
            return
        try:
            worker.send(self._behind)
        except AnalysisError as error:
            self._on_death(error)

    def drop_behind(self) -> None:
        """Nobody waits for the job behind any longer."""
        if self._behind is not None:
            from reader.analysis.worker import Cancel

            self._post(Cancel(self._behind.id))
        self._behind = None

    def warm_up(self) -> None:
        """Start the worker before there is work, so that the first article does not wait for it."""
        try:
            self._started()
        except AnalysisError as error:
            self.failed.emit(error)

    def use(self, model: str) -> None:
        """Find names with another model from now on; what is under way is dropped."""
        self.drop()
        self._behind = None
        self._end_worker()
        self.model = model
        self.warm_up()

    def look_at(self, block: int) -> None:
        """The reader has come to `block`: analyse from there next."""
        if self._job is not None and self._under_way and self._worker is not None:
            from reader.analysis.worker import Focus

            self._post(Focus(self._job.id, block))

    def drop(self) -> None:
        """Nobody waits for the present job any longer."""
        if self._job is not None and self._worker is not None:
            from reader.analysis.worker import Cancel

            self._post(Cancel(self._job.id))
        self._job = None

    def stop(self) -> None:
        """End the worker process for good; when it returns, no thread uses this object any more."""
        self._closed = True
        self._job = self._behind = None
        self._end_worker()
        # A signal sent in a thread while its sender is being deleted brings the program down.
        for listener in self._listening:
            listener.join(_SECONDS_TO_LEAVE)
        self._listening.clear()

    # ------------------------------------------------------------ the worker

    def _started(self) -> Worker:
        if self._worker is None:
            from reader.analysis.worker import Worker

            worker = Worker(model=self.model or None)
            try:
                worker.start()
            except OSError as error:
                raise AnalysisError(
                    self.tr("The analysis could not be started."),
                    self.tr("Reading and noting go on without it; close other programs and open it again."),
                ) from error
            self._worker = worker
            self._listening = [each for each in self._listening if each.is_alive()]
            listener = threading.Thread(target=self._listen, args=(worker,), daemon=True, name="analyst")
            self._listening.append(listener)
            listener.start()
        return self._worker

    def _send(self, job: Job) -> None:
        try:
            self._started().send(job)
        except AnalysisError as error:
            self._on_death(error)

    def _post(self, message: object) -> None:
        if self._worker is not None:
            try:
                self._worker.send(message)  # type: ignore[arg-type]
            except AnalysisError:
                return  # the listener hears of the death too, and tells it

    def _listen(self, worker: Worker) -> None:
        """Wait for messages in a thread of its own, as long as the worker lives."""
        from reader.analysis.messages import Findings, Finished

        while True:
            try:
                message: object = worker.receive()
            except AnalysisError as error:
                message = error
            whole = self._wholes.get(getattr(message, "job", 0))
            if whole is not None and isinstance(message, Findings):
                whole.add(message)
                continue
            if whole is not None and isinstance(message, Finished):
                message = _Behind(message.job, whole.analysis(message))
            try:
                self._received.emit(worker, message)
            except RuntimeError:
                return  # the window has gone
            if isinstance(message, AnalysisError):
                return

    def _on_received(self, worker: Worker, message: object) -> None:
        from reader.analysis.worker import Begun, Failed, Findings, Finished, Ready

        if worker is not self._worker:
            return
        if isinstance(message, AnalysisError):
            self._on_death(message)
        elif isinstance(message, Failed) and not message.job:
            self._on_no_model(message)
        elif isinstance(message, Ready):
            self._tell(message.problem)
            self.ready.emit()
        elif self._behind is not None and getattr(message, "job", None) == self._behind.id:
            self._on_behind(message)
        elif self._job is None or getattr(message, "job", None) != self._job.id:
            return
        elif isinstance(message, Begun):
            self._tell(message.problem)
            self.begun.emit(message)
        elif isinstance(message, Findings):
            self.findings.emit(message)
        elif isinstance(message, Finished):
            # One that was on its way when a correction was sent is not the last.
            if message.corrections == self._job.corrections:
                self._under_way = False
                self.finished.emit(message)
        elif isinstance(message, Failed):
            self._job = None
            self.failed.emit(AnalysisError(message.error_what, message.error_next))

    def _on_behind(self, message: object) -> None:
        from reader.analysis.worker import Failed

        if isinstance(message, _Behind):
            self._behind = None
            self.done_behind.emit(message.analysis)
        elif isinstance(message, Failed):
            self._behind = None
            self.done_behind.emit(AnalysisError(message.error_what, message.error_next))

    def _tell(self, problem: tuple[str, str] | None) -> None:
        if problem is not None:
            self.unused.emit(AnalysisError(*problem))

    def _end_worker(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.stop()

    def _on_no_model(self, failed: Failed) -> None:
        """There is nothing to analyse with; the process ends, and the next article asks again."""
        self._end_worker()
        self._job = self._behind = None
        self.failed.emit(AnalysisError(failed.error_what, failed.error_next))
        self.lost.emit()

    def _on_death(self, error: AnalysisError) -> None:
        self._end_worker()
        job, behind, self._behind = self._job, self._behind, None
        if job is not None and self._under_way:
            if self._tries < TRIES:
                self._tries += 1
                self.restarted.emit()
                self._send(job)
            else:
                self._job = None
                self.failed.emit(error)
        if behind is not None:
            self.done_behind.emit(error)
