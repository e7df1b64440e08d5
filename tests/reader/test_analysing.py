"""Analysing what has no findings: what is left to do, several at once, deaths, and no model at all."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from reader import analysing
from reader.analysing import Analysed, analyse_all, wanting
from reader.analysis.messages import Answer, Begun, Failed, Findings, Finished, Job, Ready
from reader.analysis.plans import RULES
from reader.document import Block, Document, Span
from reader.errors import AnalysisError
from reader.library import Library
from reader.model import Analysis, Change, Correction, Label, Mention, Remark, Scope

DEATH = AnalysisError("The analysis stopped unexpectedly.", "It starts again.")


class Worker:
    """Stands for the process: finds the first three characters; what it does else is in the text."""

    made: ClassVar[list[Worker]] = []
    ready: ClassVar[Answer] = Ready("model 1")

    def __init__(self, *, model: str | None = None) -> None:
        self.model, self.starts, self.answers = model, 0, queue.Queue[Answer | None]()
        self.sent: list[Job] = []
        self.made.append(self)

    def start(self) -> None:
        self.starts += 1
        self.answers = queue.Queue()
        self.answers.put(self.ready)

    def send(self, job: Job) -> None:
        assert job.behind
        self.sent.append(job)
        self.answers.put(Begun(job.id, "model 1"))
        if "kills" in job.text:
            self.answers.put(None)
        elif "fails" in job.text:
            self.answers.put(Failed(job.id, "The analysis of this text failed.", "Read on."))
        else:
            found = Mention(Span(0, 3), Label.PERSON, job.text[:3])
            self.answers.put(Findings(job.id, 0, 1, (found,), (), True))
            self.answers.put(Finished(job.id, (), "model 1"))

    def receive(self) -> Answer:
        answer = self.answers.get()
        if answer is None:
            raise DEATH
        return answer

    def stop(self) -> None:
        self.answers.put(None)


@pytest.fixture(autouse=True)
def workers(monkeypatch: pytest.MonkeyPatch) -> list[Worker]:
    monkeypatch.setattr(Worker, "made", [])
    monkeypatch.setattr(Worker, "ready", Ready("model 1"))
    monkeypatch.setattr(analysing, "Worker", Worker)
    return Worker.made


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "library.sqlite", backups=tmp_path / "backups")
    yield library
    library.close()


@pytest.fixture
def add(library: Library) -> Callable[[str], int]:
    def add(text: str) -> int:
        return library.add_document(Document(text, (Block(Span(0, len(text))),), source=f"/{text}")).id

    return add


def found_in(library: Library, id: int) -> list[str] | None:
    document = library.document(id)
    assert document is not None
    analysis = library.analysis(id, text_hash=document.text_hash)
    return None if analysis is None else [each.name for each in analysis.mentions]


def test_what_has_no_findings_of_today_is_wanting_the_last_opened_first(
    library: Library, add: Callable[[str], int]
) -> None:
    first, opened, current, old = (add(text) for text in ("Ada came.", "Bo went.", "Cy sat.", "Di lay."))
    for id, model in ((current, f"de: {RULES}"), (old, "de: rules of old")):
        document = library.document(id)
        assert document is not None
        library.save_analysis(id, Analysis(model=model), text_hash=document.text_hash)
    library.opened(opened)
    assert [each.document_id for each in wanting(library, "")] == [opened, old, first]
    library.add_document(Document("Cy stood.", (Block(Span(0, 9)),), source="/Cy sat."))
    assert current in [each.document_id for each in wanting(library, "")], "its new text has none"


def test_all_are_analysed_and_what_is_told_is_on_disk(
    library: Library, add: Callable[[str], int], workers: list[Worker]
) -> None:
    ids = [add(f"{name} came.") for name in ("Ada", "Bob", "Cyd")]
    seen = []
    for each in analyse_all(library, ids, model="de_x"):
        seen.append(each)
        assert found_in(library, each.document_id) == [each.title[:3]]
    assert [each.document_id for each in seen] == ids
    assert [(worker.model, worker.starts) for worker in workers] == [("de_x", 1)]
    assert [each.is_alive() for each in analysing.threading.enumerate() if "serve" in each.name] == []


def test_many_are_shared_among_several_processes(
    library: Library, add: Callable[[str], int], workers: list[Worker], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 4)
    ids = [add(f"{number} came.") for number in range(100, 148)]
    assert sorted(each.document_id for each in analyse_all(library, ids, model="")) == ids
    assert len(workers) == 3


def test_a_text_that_kills_or_fails_is_told_and_the_rest_done(
    library: Library, add: Callable[[str], int], workers: list[Worker]
) -> None:
    ids = [add(text) for text in ("This kills it.", "This fails.", "Ada came.")]
    done = {each.document_id: each.error for each in analyse_all(library, ids, model="")}
    assert done[ids[0]] == DEATH and workers[0].starts == 3
    assert done[ids[1]] is not None and done[ids[1]].next == "Read on."
    assert done[ids[2]] is None and found_in(library, ids[2]) == ["Ada"]


def test_whoever_stops_leaves_what_is_not_done(library: Library, add: Callable[[str], int]) -> None:
    ids = [add(f"{name} came.") for name in ("Ada", "Bob", "Cyd")]
    done: list[Analysed] = []
    for each in analyse_all(library, ids, model="", stopped=lambda: bool(done)):
        done.append(each)
    assert len(done) == 1
    assert found_in(library, ids[2]) is None


def test_a_problem_with_the_chosen_model_is_told_and_none_at_all_is_raised(
    library: Library, add: Callable[[str], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [add("Ada came.")]
    problems: list[AnalysisError] = []
    monkeypatch.setattr(Worker, "ready", Ready("model 1", ("It is not there.", "Install it.")))
    assert len(list(analyse_all(library, ids, model="gone", told=problems.append))) == 1
    assert [each.what for each in problems] == ["It is not there."]
    monkeypatch.setattr(Worker, "ready", Failed(0, "There is no model.", "Install one."))
    with pytest.raises(AnalysisError, match="no model"):
        list(analyse_all(library, ids, model=""))


def test_a_document_that_is_gone_is_passed_over(library: Library) -> None:
    assert list(analyse_all(library, [7], model="")) == []


def test_what_a_person_said_since_makes_the_findings_of_what_it_speaks_of_wanting(
    library: Library, add: Callable[[str], int], workers: list[Worker]
) -> None:
    ada, bob = add("Ada came."), add("Bob went.")
    for state in library.states():
        found = Analysis(model=f"de: {RULES}")
        library.save_analysis(state.document_id, found, text_hash=state.text_hash)
    assert wanting(library, "") == []
    everywhere = Correction(Remark.NOT_A_NAME, Scope.EVERYWHERE, "Ada", document_id=bob)
    library.apply(Change("correct", after=(everywhere,)))
    assert [each.document_id for each in wanting(library, "")] == [bob, ada], "it was said in one of them"
    list(analyse_all(library, [ada, bob], model=""))
    library.apply(Change("undo", before=(everywhere,)))
    assert {each.document_id for each in wanting(library, "")} == {ada, bob}
    here = Correction(Remark.NOT_A_NAME, Scope.DOCUMENT, "Bob", document_id=bob)
    library.apply(Change("correct", after=(here,)))
    (sent,) = (job for job in jobs_of(workers, library, [bob]))
    assert sent.corrections == (here,)


def jobs_of(workers: list[Worker], library: Library, ids: list[int]) -> list[Job]:
    """Analyse, and return what the processes were sent."""
    list(analyse_all(library, ids, model=""))
    return workers[-1].sent
