"""The analysis process as the window sees it: findings come, a death is told, and the end is the end."""

from __future__ import annotations

import queue
import threading
from dataclasses import replace
from typing import ClassVar

import pytest
from pytestqt.qtbot import QtBot

import reader.analysis.worker as process
from reader.analysis.worker import (
    Answer,
    Begun,
    Cancel,
    Correct,
    Failed,
    Findings,
    Finished,
    Job,
    Ready,
    Request,
)
from reader.document import Span
from reader.errors import AnalysisError
from reader.model import Analysis, Correction, Label, Mention, Remark, Scope
from ui.analyst import TRIES, Analyst

JOB = Job(1, "Ada spoke.", ())
SAID = (Correction(Remark.NOT_A_NAME, Scope.DOCUMENT, "Ada"),)
DEATH = AnalysisError("The analysis stopped unexpectedly.", "It starts again with the next document.")


class Worker:
    """Stands for the process: answers what the test says, dies when told to."""

    made: ClassVar[list[Worker]] = []

    def __init__(self, *, model: str | None = None) -> None:
        self.model = model
        self.sent: list[Request] = []
        self.answers: queue.Queue[Answer | None] = queue.Queue()
        self.dead = False
        self.made.append(self)

    def start(self) -> None: ...

    def send(self, message: Request) -> None:
        if self.dead:
            raise DEATH
        self.sent.append(message)

    def receive(self) -> Answer:
        answer = self.answers.get()
        if answer is None:
            raise DEATH
        return answer

    def die(self) -> None:
        self.dead = True
        self.answers.put(None)

    def stop(self) -> None:
        self.die()


class Heard:
    """What the analyst told."""

    def __init__(self, analyst: Analyst) -> None:
        self.findings: list[Findings] = []
        self.finished: list[Finished] = []
        self.failed: list[AnalysisError] = []
        self.restarted = 0
        analyst.findings.connect(self.findings.append)
        analyst.finished.connect(self.finished.append)
        analyst.failed.connect(self.failed.append)
        analyst.restarted.connect(self._count)

    def _count(self) -> None:
        self.restarted += 1


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> list[Worker]:
    monkeypatch.setattr(Worker, "made", [])
    monkeypatch.setattr(process, "Worker", Worker)
    return Worker.made


def test_findings_of_the_present_job_arrive_and_others_do_not(qtbot: QtBot, workers: list[Worker]) -> None:
    analyst = Analyst()
    heard = Heard(analyst)
    analyst.analyse(JOB)
    mine = Findings(1, 0, 1, (), (), False)
    for answer in (Findings(0, 0, 1, (), (), False), mine, Finished(1, (), "model")):
        workers[0].answers.put(answer)
    qtbot.waitUntil(lambda: bool(heard.finished))
    assert heard.findings == [mine]
    analyst.stop()


def test_who_reads_and_what_is_missing_are_told(qtbot: QtBot, workers: list[Worker]) -> None:
    analyst = Analyst(model="en_gone")
    begun: list[Begun] = []
    unused: list[AnalysisError] = []
    analyst.begun.connect(begun.append)
    analyst.unused.connect(unused.append)
    analyst.analyse(JOB)
    mine = Begun(1, "de: rules 1", ("It is broken.", "Mend it."))
    for answer in (Ready("usual", ("It is not there.", "Install it.")), Begun(0, "other"), mine):
        workers[0].answers.put(answer)
    qtbot.waitUntil(lambda: bool(begun))
    assert begun == [mine]
    assert [error.what for error in unused] == ["It is not there.", "It is broken."]
    analyst.stop()


def test_another_model_takes_another_process(qtbot: QtBot, workers: list[Worker]) -> None:
    analyst = Analyst()
    analyst.analyse(JOB)
    analyst.use("de_x")
    assert workers[0].dead and workers[1].model == "de_x"
    assert workers[1].sent == []
    analyst.stop()


def test_a_job_whose_worker_dies_is_given_to_a_new_one_and_then_given_up(
    qtbot: QtBot, workers: list[Worker]
) -> None:
    analyst = Analyst()
    heard = Heard(analyst)
    analyst.analyse(JOB)
    workers[0].die()
    qtbot.waitUntil(lambda: len(workers) == 2)
    assert workers[1].sent == [JOB]
    workers[1].die()
    qtbot.waitUntil(lambda: bool(heard.failed))
    assert heard.restarted == TRIES - 1
    analyst.analyse(Job(2, "Ada spoke again.", ()))
    assert len(workers) == 3
    analyst.stop()


def test_a_worker_that_died_unseen_is_replaced_when_a_job_comes(qtbot: QtBot, workers: list[Worker]) -> None:
    analyst = Analyst()
    heard = Heard(analyst)
    analyst.warm_up()
    workers[0].dead = True
    analyst.analyse(JOB)
    assert workers[-1].sent == [JOB]
    assert not heard.failed
    analyst.stop()


def test_without_a_model_it_says_why_and_does_not_try_again(qtbot: QtBot, workers: list[Worker]) -> None:
    analyst = Analyst()
    heard = Heard(analyst)
    analyst.analyse(JOB)
    workers[0].answers.put(Failed(0, "There is no model.", "Install one."))
    qtbot.waitUntil(lambda: bool(heard.failed))
    assert [each.what for each in heard.failed] == ["There is no model."]
    assert (heard.restarted, len(workers)) == (0, 1)
    analyst.stop()


def test_a_text_that_can_not_be_analysed_is_told(qtbot: QtBot, workers: list[Worker]) -> None:
    analyst = Analyst()
    heard = Heard(analyst)
    analyst.analyse(JOB)
    workers[0].answers.put(Failed(1, "The analysis of this text failed.", "Read on."))
    qtbot.waitUntil(lambda: bool(heard.failed))
    assert heard.failed[0].next == "Read on."
    analyst.stop()


@pytest.fixture
def no_processes(workers: list[Worker], monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker can be started."""

    def refuse(self: Worker) -> None:
        raise OSError("out of processes")

    monkeypatch.setattr(Worker, "start", refuse)


@pytest.mark.usefixtures("no_processes")
def test_a_process_that_can_not_be_started_is_told(qtbot: QtBot) -> None:
    analyst = Analyst()
    heard = Heard(analyst)
    analyst.warm_up()
    assert heard.failed[0].next
    analyst.analyse(JOB)
    assert heard.failed[-1].what == heard.failed[0].what


def test_a_dropped_job_is_cancelled_and_nothing_begins_after_the_end(
    qtbot: QtBot, workers: list[Worker]
) -> None:
    analyst = Analyst()
    analyst.analyse(JOB)
    analyst.look_at(3)
    analyst.drop()
    assert [type(each).__name__ for each in workers[0].sent] == ["Job", "Focus", "Cancel"]
    analyst.stop()
    analyst.analyse(JOB)
    assert len(workers) == 1


def test_a_job_that_is_done_can_be_corrected_and_one_that_is_not_there_can_not(
    qtbot: QtBot, workers: list[Worker]
) -> None:
    analyst = Analyst()
    heard = Heard(analyst)
    assert not analyst.correct(SAID)
    analyst.analyse(JOB)
    workers[0].answers.put(Finished(1, (), "model"))
    qtbot.waitUntil(lambda: len(heard.finished) == 1)
    analyst.look_at(3)
    assert analyst.correct(SAID)
    assert workers[0].sent == [JOB, Correct(1, SAID)], "one that is done needs no eyes"
    workers[0].answers.put(Finished(1, (), "model"))  # it was on its way
    workers[0].answers.put(Finished(1, (), "model", SAID))
    qtbot.waitUntil(lambda: len(heard.finished) == 2)
    assert heard.finished[-1].corrections == SAID
    analyst.stop()


def test_a_worker_that_dies_over_nothing_is_missed_only_when_there_is_something_to_correct(
    qtbot: QtBot, workers: list[Worker]
) -> None:
    analyst = Analyst()
    heard = Heard(analyst)
    analyst.analyse(JOB)
    workers[0].answers.put(Finished(1, (), "model"))
    qtbot.waitUntil(lambda: len(heard.finished) == 1)
    workers[0].die()
    qtbot.waitUntil(lambda: analyst._worker is None)
    assert (heard.restarted, len(workers), heard.failed) == (0, 1, [])
    assert analyst.correct(SAID)
    assert workers[1].sent == [replace(JOB, corrections=SAID)]
    analyst.stop()


# ---------------------------------------------------------------- behind the one in front


BEHIND = Job(0, "Bo spoke.", ())
ADA = Mention(Span(0, 3), Label.PERSON, "Ada")


def test_a_job_behind_is_told_as_a_whole_and_apart_from_the_one_in_front(
    qtbot: QtBot, workers: list[Worker]
) -> None:
    analyst = Analyst()
    heard = Heard(analyst)
    analyst.analyse(JOB)
    analyst.analyse_behind(BEHIND)
    assert workers[0].sent == [JOB, Job(-1, "Bo spoke.", (), behind=True)]
    for answer in (
        Begun(-1, "model", ("It is broken.", "Mend it.")),
        Findings(-1, 0, 1, (ADA,), (), True),
        Findings(-1, 1, 2, (ADA,), (), True),
    ):
        workers[0].answers.put(answer)
    with qtbot.waitSignal(analyst.done_behind) as told:
        workers[0].answers.put(Finished(-1, (), "model"))
    assert told.args == [Analysis((ADA, ADA), (), (), "model")]
    assert (heard.findings, heard.finished) == ([], [])
    analyst.analyse_behind(BEHIND)
    assert workers[0].sent[-1].id == -2
    analyst.drop_behind()
    assert workers[0].sent[-1] == Cancel(-2)
    analyst.stop()


def test_what_becomes_of_a_job_behind_that_fails_is_told_to_nobody_else(
    qtbot: QtBot, workers: list[Worker]
) -> None:
    analyst = Analyst()
    heard = Heard(analyst)
    analyst.analyse_behind(BEHIND)
    with qtbot.waitSignal(analyst.done_behind) as told:
        workers[0].answers.put(Failed(-1, "The analysis of this text failed.", "Read on."))
    assert told.args is not None and told.args[0].next == "Read on."
    analyst.analyse_behind(BEHIND)
    with qtbot.waitSignal(analyst.done_behind) as told:
        workers[0].die()
    assert told.args == [DEATH]
    assert (heard.restarted, heard.failed, len(workers)) == (0, [], 1)
    analyst.analyse_behind(BEHIND)
    assert len(workers) == 2
    analyst.stop()


def test_that_there_is_a_model_and_that_there_is_none_is_told(qtbot: QtBot, workers: list[Worker]) -> None:
    analyst = Analyst()
    analyst.warm_up()
    with qtbot.waitSignal(analyst.ready):
        workers[0].answers.put(Ready("usual"))
    analyst.analyse_behind(BEHIND)
    with qtbot.waitSignals([analyst.failed, analyst.lost]):
        workers[0].answers.put(Failed(0, "There is no model.", "Install one."))
    analyst.stop()


@pytest.mark.usefixtures("no_processes")
def test_a_process_that_can_not_be_started_for_a_job_behind_is_told_to_nobody(
    qtbot: QtBot, workers: list[Worker]
) -> None:
    analyst = Analyst()
    heard = Heard(analyst)
    with qtbot.waitSignal(analyst.lost):
        analyst.analyse_behind(BEHIND)
    assert not heard.failed
    analyst.stop()
    analyst.analyse_behind(BEHIND)
    assert len(workers) == 1


def test_no_thread_uses_it_once_it_is_stopped(
    qtbot: QtBot, workers: list[Worker], monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[bool] = []

    def receive(self: Worker) -> Answer:
        self.answers.get()
        threading.Event().wait(0.2)  # as a pipe is told of the end a little later
        left.append(True)
        raise DEATH

    monkeypatch.setattr(Worker, "receive", receive)
    analyst = Analyst()
    analyst.use("one")
    analyst.use("two")
    analyst.stop()
    assert left == [True, True]
