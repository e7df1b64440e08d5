"""The analysis process: its order, its answers, and what happens when it dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
import spacy

from reader.analysis import Pipeline, analyse
from reader.analysis.messages import Whole
from reader.analysis.models import Models
from reader.analysis.pipeline import Tagged
from reader.analysis.worker import (
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
    Task,
    Worker,
    serve,
)
from reader.document import Block, Document, Span
from reader.errors import AnalysisError
from reader.model import Anchor, Correction, Label, Mention, Quote, Remark, Scope

PATTERNS = [{"label": "PERSON", "pattern": "Ada Lindqvist"}, {"label": "PERSON", "pattern": "Lindqvist"}]


def blocks(text: str) -> tuple[Block, ...]:
    found, at = [], 0
    for part in text.split("\n\n"):
        found.append(Block(Span(at, at + len(part))))
        at += len(part) + 2
    return tuple(found)


LONG = "\n\n".join(
    f"Ada Lindqvist came to Brenholm on Monday, day {number}. “We stay here,” Lindqvist said. " * 6
    for number in range(60)
)


def merged(answers: list[Answer], count: int) -> tuple[tuple[Mention, ...], tuple[Quote, ...]]:
    """Put the findings together as the interface does: the later replace the earlier, block by block."""
    text_blocks = blocks(LONG)
    mentions: list[list[Mention]] = [[] for _ in range(count)]
    quotes: list[list[Quote]] = [[] for _ in range(count)]
    for answer in answers:
        if isinstance(answer, Findings):
            for number in range(answer.start, answer.end):
                span = text_blocks[number].span
                mentions[number] = [m for m in answer.mentions if span.start <= m.span.start < span.end]
                quotes[number] = [q for q in answer.quotes if span.start <= q.span.start < span.end]
    return tuple(m for each in mentions for m in each), tuple(q for each in quotes for q in each)


def test_what_is_on_screen_comes_first_and_everything_comes(made_up: Pipeline) -> None:
    task = Task(Job(7, LONG, blocks(LONG), first=40), made_up)
    answers = [answer for answer in task.answers() if answer is not None]
    first = answers[0]
    assert isinstance(first, Findings)
    assert (first.start, first.final, first.job) == (40, False, 7)
    assert isinstance(answers[-1], Finished)
    whole = analyse(Document(LONG, blocks(LONG)), pipeline=made_up)
    assert merged(answers, 60) == (whole.mentions, whole.quotes)
    assert answers[-1].entities == whole.entities


def test_dates_count_from_the_day_of_the_document(made_up: Pipeline) -> None:
    text = "Okello left on Monday."
    answers = list(Task(Job(1, text, blocks(text), date="2021-03-14"), made_up).answers())
    (found,) = [answer for answer in answers if isinstance(answer, Findings)]
    assert [mention.value for mention in found.mentions] == ["", "2021-03-08"]


def test_messages_stay_small(made_up: Pipeline) -> None:
    task = Task(Job(1, LONG, blocks(LONG)), made_up)
    sizes = [len(a.mentions) + len(a.quotes) for a in task.answers() if isinstance(a, Findings)]
    assert max(sizes) <= 250


def test_what_is_known_only_later_is_said_again(made_up: Pipeline) -> None:
    text = (
        "Lindqvist came.\n\n" + "\n\n".join("It rained. " * 300 for _ in range(3)) + "\n\nAda Lindqvist left."
    )
    answers = list(Task(Job(1, text, blocks(text)), made_up).answers())
    early = [a for a in answers if isinstance(a, Findings) and a.start == 0]
    assert [a.final for a in early] == [False, True]
    assert [a.mentions[0].name for a in early] == ["Lindqvist", "Ada Lindqvist"]


def test_the_work_goes_on_where_the_reader_went(made_up: Pipeline) -> None:
    task = Task(Job(1, LONG, blocks(LONG)), made_up)
    answers = task.answers()
    next(answers)
    task.focus(50)
    starts = [a.start for a in answers if isinstance(a, Findings) and not a.final]
    assert 50 in starts
    task.focus(10_000)


def test_a_document_without_blocks_is_finished_at_once(made_up: Pipeline) -> None:
    (answer,) = [one for one in Task(Job(1, "", ()), made_up).answers() if one is not None]
    assert answer == Finished(1, (), "made-up 1")


def test_of_a_job_behind_only_what_is_final_is_said_in_order(made_up: Pipeline) -> None:
    answers = [one for one in Task(Job(1, LONG, blocks(LONG), behind=True), made_up).answers() if one]
    whole = Whole()
    for answer in answers[:-1]:
        assert isinstance(answer, Findings) and answer.final
        whole.add(answer)
    assert isinstance(answers[-1], Finished)
    assert whole.analysis(answers[-1]) == analyse(Document(LONG, blocks(LONG)), pipeline=made_up)


# ---------------------------------------------------------------- corrections


PLACE = Correction(Remark.IS_A, Scope.DOCUMENT, "Brenholm", label=Label.ORG)
ONCE = Correction(Remark.NOT_A_NAME, Scope.HERE, "Ada Lindqvist", anchor=Anchor(Span(0, 13), "Ada Lindqvist"))


def test_a_job_with_corrections_is_read_with_them(made_up: Pipeline) -> None:
    answers = list(Task(Job(1, LONG, blocks(LONG), corrections=(PLACE, ONCE)), made_up).answers())
    whole = analyse(Document(LONG, blocks(LONG)), pipeline=made_up, corrections=(PLACE, ONCE))
    assert merged([a for a in answers if a], 60) == (whole.mentions, whole.quotes)
    assert {m.label for m in whole.mentions if m.name == "Brenholm"} == {Label.ORG}


def test_a_finished_job_is_corrected_without_the_model(
    made_up: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = Task(Job(1, LONG, blocks(LONG)), made_up)
    answers = [answer for answer in task.answers() if answer]
    monkeypatch.setattr(made_up, "tag", None)
    task.correct((ONCE,))
    once = [answer for answer in task.answers() if answer]
    assert [(a.start, a.end, a.final) for a in once if isinstance(a, Findings)] == [(0, 1, True)]
    assert isinstance(once[-1], Finished)
    task.correct((ONCE, PLACE))
    both = [answer for answer in task.answers() if answer]
    monkeypatch.undo()
    whole = analyse(Document(LONG, blocks(LONG)), pipeline=made_up, corrections=(ONCE, PLACE))
    assert merged([*answers, *once, *both], 60) == (whole.mentions, whole.quotes)
    task.correct(())
    back = [answer for answer in task.answers() if answer]
    plain = analyse(Document(LONG, blocks(LONG)), pipeline=made_up)
    assert merged([*answers, *once, *both, *back], 60) == (plain.mentions, plain.quotes)
    assert isinstance(back[-1], Finished) and back[-1].entities == plain.entities


@pytest.mark.parametrize("steps", [1, 3, 9, 14])
def test_a_job_is_corrected_under_way(made_up: Pipeline, steps: int) -> None:
    task = Task(Job(1, LONG, blocks(LONG), first=30), made_up)
    answers = []
    for _, answer in zip(range(steps), task.answers(), strict=False):
        answers.append(answer)
    task.correct((PLACE,))
    answers += task.answers()
    whole = analyse(Document(LONG, blocks(LONG)), pipeline=made_up, corrections=(PLACE,))
    assert merged([a for a in answers if a], 60) == (whole.mentions, whole.quotes)


# ---------------------------------------------------------------- the loop, in a thread


class Slow(Pipeline):
    """A pipeline that waits for leave before each batch, and breaks on demand."""

    def __init__(self) -> None:
        nlp = spacy.blank("en")
        nlp.add_pipe("entity_ruler").add_patterns(PATTERNS)  # type: ignore[attr-defined]
        super().__init__(nlp, name="slow 1")
        self.leave = threading.Semaphore(0)
        self.breaks = False

    def tag(self, paragraphs: object) -> list[Tagged]:
        self.leave.acquire()
        if self.breaks:
            raise RuntimeError("broken on purpose")
        return super().tag(paragraphs)  # type: ignore[arg-type]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Slow, Connection]]:
    """A service that runs in a thread, and the client's end of its connection."""
    slow = Slow()
    monkeypatch.setattr(Pipeline, "load", classmethod(lambda cls, model=None: slow))
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(os, "nice", lambda _: None, raising=False)
    ours, theirs = Pipe()
    thread = threading.Thread(target=serve, args=(theirs, None))
    thread.start()
    assert ours.recv() == Ready("slow 1")
    yield slow, ours
    slow.leave.release(1000)
    ours.close()
    thread.join(10)
    assert not thread.is_alive()


def test_a_newer_job_takes_over_between_batches(served: tuple[Slow, Connection]) -> None:
    slow, ours = served
    ours.send(Job(1, LONG, blocks(LONG)))
    slow.leave.release()
    assert ours.recv().job == 1
    ours.send(Job(2, "It rained.", blocks("It rained.")))
    slow.leave.release(50)
    answers = [ours.recv()]
    while answers[-1] != Finished(2, (), "slow 1"):
        answers.append(ours.recv())
    assert [answer.job for answer in answers] == sorted(answer.job for answer in answers)


def test_a_correction_is_answered_after_the_end_and_ignored_of_another_job(
    served: tuple[Slow, Connection],
) -> None:
    slow, ours = served
    slow.leave.release(5)
    ours.send(Job(1, "Ada Lindqvist left.", blocks("Ada Lindqvist left.")))
    while not isinstance(ours.recv(), Finished):
        continue
    ours.send(Correct(9, (PLACE,)))
    ours.send(Correct(1, (ONCE,)))
    assert ours.recv() == Findings(1, 0, 1, (), (), True)
    assert ours.recv() == Finished(1, (), "slow 1", (ONCE,))


def test_a_cancelled_job_ends_without_a_word(served: tuple[Slow, Connection]) -> None:
    slow, ours = served
    ours.send(Job(1, LONG, blocks(LONG)))
    slow.leave.release()
    ours.recv()
    ours.send(Focus(1, 5))
    ours.send(Focus(9, 5))
    ours.send(Cancel(1))
    ours.send(Job(2, "", ()))
    slow.leave.release(1)
    told = [ours.recv()]
    while not isinstance(told[-1], Finished):
        told.append(ours.recv())
    assert told[-2:] == [Begun(2, "slow 1"), Finished(2, (), "slow 1")]
    assert {answer.job for answer in told[:-2]} <= {1}


def test_a_job_behind_waits_for_the_one_in_front_and_then_goes_on(served: tuple[Slow, Connection]) -> None:
    slow, ours = served
    ours.send(Job(-1, LONG, blocks(LONG), behind=True))
    assert ours.recv() == Begun(-1, "slow 1")
    slow.leave.release()
    ours.send(Job(1, "Ada Lindqvist left.", blocks("Ada Lindqvist left.")))
    slow.leave.release(1000)
    told = [ours.recv()]
    while not isinstance(told[-1], Finished) or told[-1].job == 1:
        told.append(ours.recv())
    jobs = [each.job for each in told]
    assert jobs == sorted(jobs, reverse=True), "nothing of the one behind before the other is finished"
    ours.send(Correct(1, (ONCE,)))
    assert ours.recv() == Findings(1, 0, 1, (), (), True), "the one in front can still be corrected"


def test_a_newer_job_behind_takes_the_place_of_an_older_one_alone(served: tuple[Slow, Connection]) -> None:
    slow, ours = served
    ours.send(Job(1, LONG, blocks(LONG)))
    for number in (-1, -2):
        ours.send(Job(number, "It rained.", blocks("It rained."), behind=True))
    ours.send(Cancel(-3))
    slow.leave.release(1000)
    ended: list[int] = []
    while -2 not in ended:
        answer = ours.recv()
        if isinstance(answer, Finished):
            ended.append(answer.job)
    assert ended == [1, -2]


def test_a_bug_fails_the_job_and_spares_the_process(
    served: tuple[Slow, Connection], capfd: pytest.CaptureFixture[str]
) -> None:
    slow, ours = served
    slow.breaks = True
    slow.leave.release()
    ours.send(Job(1, "It rained.", blocks("It rained.")))
    assert isinstance(ours.recv(), Begun)
    answer = ours.recv()
    assert isinstance(answer, Failed) and "RuntimeError" in answer.error_what
    slow.breaks = False
    slow.leave.release()
    ours.send(Job(2, "It rained.", blocks("It rained.")))
    assert ours.recv().job == 2
    assert "broken on purpose" in capfd.readouterr().err


def test_asked_to_leave_it_leaves(served: tuple[Slow, Connection]) -> None:
    _, ours = served
    ours.send(None)
    with pytest.raises(EOFError):
        ours.recv()


# ---------------------------------------------------------------- the process


@pytest.fixture
def small_model(tmp_path: Path) -> Path:
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(PATTERNS)  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "model")
    return tmp_path / "model"


def test_a_killed_process_is_told_and_started_again(small_model: Path) -> None:
    worker = Worker(model=small_model)
    with pytest.raises(AnalysisError):
        worker.send(Cancel(1))
    with pytest.raises(AnalysisError):
        worker.receive()
    worker.start()
    try:
        assert isinstance(worker.receive(), Ready)
        assert worker._process is not None
        worker._process.kill()
        with pytest.raises(AnalysisError, match="stopped unexpectedly"):
            while True:
                worker.receive()
        worker.start()
        assert isinstance(worker.receive(), Ready)
        worker.send(Job(3, "Ada Lindqvist left.", blocks("Ada Lindqvist left.")))
        assert isinstance(worker.receive(), Begun)
        assert isinstance(found := worker.receive(), Findings)
        assert found.mentions[0].name == "Ada Lindqvist"
        assert isinstance(worker.receive(), Finished)
    finally:
        worker.stop()
        worker.stop()


@pytest.mark.model
def test_a_model_that_is_not_there_is_told_and_the_shipped_one_reads(tmp_path: Path) -> None:
    worker = Worker(model=tmp_path / "nothing")
    worker.start()
    try:
        answer = worker.receive()
        assert isinstance(answer, Ready) and answer.problem is not None
        assert "no language model in" in answer.problem[0]
        worker.send(Job(1, "It rained.", blocks("It rained.")))
        assert worker.receive() == Begun(1, answer.model)
    finally:
        worker.stop()


def test_without_any_model_the_process_says_so_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(self: Models) -> None:
        raise AnalysisError("There is no model.", "Install one.")

    monkeypatch.setattr(Models, "usual", nothing)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(os, "nice", lambda _: None, raising=False)
    ours, theirs = Pipe()
    serve(theirs, None)
    assert ours.recv() == Failed(0, "There is no model.", "Install one.")
    with pytest.raises(EOFError):
        ours.recv()


GERMAN = "Die alte Brücke wird noch in diesem Jahr erneuert. „Es wird höchste Zeit“, sagte Ada Lindqvist."


def test_another_language_is_read_by_its_rules(served: tuple[Slow, Connection]) -> None:
    slow, ours = served
    slow.leave.release(9)
    ours.send(Job(1, GERMAN, blocks(GERMAN)))
    assert ours.recv() == Begun(1, "de: rules 1")
    found = ours.recv()
    assert isinstance(found, Findings)
    (quote,) = found.quotes
    assert [piece.of(GERMAN) for piece in quote.content] == ["„Es wird höchste Zeit“"]
    assert isinstance(ours.recv(), Finished)
    ours.send(Job(2, "It rained.", blocks("It rained."), language="sv"))
    assert ours.recv() == Begun(2, "sv: rules 1")


PARENT = """
import os, sys
from reader.analysis.worker import Worker
if __name__ == "__main__":
    worker = Worker(model=sys.argv[1])
    worker.start()
    worker.receive()
    print(worker._process.pid, flush=True)
    os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_the_process_ends_with_its_parent(small_model: Path, tmp_path: Path) -> None:
    import psutil

    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    root = Path(__file__).resolve().parents[3]
    told = subprocess.run(
        [sys.executable, str(script), str(small_model)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    child = int(told.stdout)
    try:
        psutil.Process(child).wait(timeout=20)
    except psutil.NoSuchProcess:
        return
