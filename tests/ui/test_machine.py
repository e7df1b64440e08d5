"""What the machine found in the open document, corrected: at once, for good, and back again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from reader.analysis.worker import Findings, Finished, Job
from reader.correcting import digest, not_a_name
from reader.document import Block, Document, Span
from reader.library import Library
from reader.model import Analysis, Change, Correction, Label, Mention, Scope
from reader.paths import Paths, paths_in
from ui.session import Session
from ui.tasks import Tasks

TEXT = "Ada Lindqvist came.\nNobody else did."
DOCUMENT = Document(TEXT, (Block(Span(0, 19)), Block(Span(20, 36))))
ADA = Mention(Span(0, 13), Label.PERSON, "Ada Lindqvist")


class Reads(QObject):
    """Stands for the analyst: finds Ada unless she is corrected away; answers when the test says so."""

    findings = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    restarted = Signal()
    begun = Signal(object)
    model = "en_made_up"

    def __init__(self) -> None:
        super().__init__()
        self.job: Job | None = None
        self.jobs: list[Job] = []
        self.dropped = 0

    def analyse(self, job: Job) -> None:
        self.job = job
        self.jobs.append(job)

    def correct(self, corrections: tuple[Correction, ...]) -> bool:
        if self.job is None:
            return False
        self.job = replace(self.job, corrections=corrections)
        return True

    def look_at(self, block: int) -> None: ...

    def drop(self) -> None:
        self.job = None
        self.dropped += 1

    def says(self, *, final: bool = True) -> None:
        assert self.job is not None
        found = () if self.job.corrections else (ADA,)
        self.findings.emit(Findings(self.job.id, 0, 1, found, (), final))

    def ends(self) -> None:
        assert self.job is not None
        self.finished.emit(Finished(self.job.id, (), self.model, self.job.corrections))


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return paths_in(tmp_path)


@pytest.fixture
def reads() -> Reads:
    return Reads()


@pytest.fixture
def session(qtbot: QtBot, paths: Paths, reads: Reads, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A session over a library with one document, which is not open yet."""
    monkeypatch.setattr("reader.analysis.plans.is_current", lambda known, model: known == model)
    tasks = Tasks()
    session = Session(paths, tasks=tasks, analyst=reads)  # type: ignore[arg-type]  # stands for it
    session.use_library(Library.open(paths.library, backups=paths.backups))
    assert session.library is not None
    session.library.add_document(DOCUMENT)
    yield session
    tasks.close()
    session.close()


def opens(qtbot: QtBot, session: Session) -> int:
    with qtbot.waitSignal(session.document_opened):
        session.open(1)
    return 1


def stored(session: Session, corrected: str) -> Analysis | None:
    assert session.library is not None
    return session.library.analysis(1, text_hash=DOCUMENT.text_hash, corrected=corrected)


def test_a_correction_counts_at_once_is_kept_in_the_analysis_and_taken_back(
    qtbot: QtBot, session: Session, reads: Reads
) -> None:
    id = opens(qtbot, session)
    reads.says()
    reads.ends()
    qtbot.waitUntil(lambda: stored(session, "") is not None)
    said = not_a_name(DOCUMENT, ADA.span, Scope.DOCUMENT, document_id=id)
    assert session.do(Change("correct a name", after=(said,)))
    qtbot.waitUntil(lambda: reads.job is not None and reads.job.corrections == (said,))
    assert len(reads.jobs) == 1, "the model is not asked again"
    reads.says()
    reads.ends()
    assert session.mentions == []
    qtbot.waitUntil(lambda: stored(session, digest((said,))) is not None)
    session.history.undo()
    qtbot.waitUntil(lambda: reads.job is not None and reads.job.corrections == ())
    reads.says()
    reads.ends()
    assert session.mentions == [ADA]
    qtbot.waitUntil(lambda: stored(session, "") == Analysis((ADA,), model="en_made_up"))


def test_an_analysis_with_other_corrections_is_made_anew_when_the_document_is_opened(
    qtbot: QtBot, session: Session, reads: Reads
) -> None:
    assert session.library is not None
    session.library.save_analysis(1, Analysis((ADA,), model="en_made_up"), text_hash=DOCUMENT.text_hash)
    opens(qtbot, session)
    assert session.mentions == [ADA] and not reads.jobs
    far = Document("Lindqvist sails.", (Block(Span(0, 16)),))
    id = session.library.add_document(far).id
    said = not_a_name(far, Span(0, 9), Scope.EVERYWHERE, document_id=id)
    session.library.apply(Change("correct a name", after=(said,)))
    opens(qtbot, session)
    assert session.mentions == [] and reads.jobs[0].corrections == (said,)


def test_what_was_found_another_day_stays_in_sight_while_all_is_read_anew(
    qtbot: QtBot, session: Session, reads: Reads
) -> None:
    assert session.library is not None
    session.library.save_analysis(1, Analysis((ADA,), model="en_made_up"), text_hash=DOCUMENT.text_hash)
    id = opens(qtbot, session)
    said = not_a_name(DOCUMENT, ADA.span, Scope.HERE, document_id=id)
    session.do(Change("correct a name", after=(said,)))
    qtbot.waitUntil(lambda: bool(reads.jobs))
    reads.says(final=False)
    assert session.mentions == [ADA]
    reads.ends()
    assert session.mentions == []


def test_what_takes_long_is_shown_as_it_comes(qtbot: QtBot, session: Session, reads: Reads) -> None:
    assert session.library is not None
    session.library.save_analysis(1, Analysis((ADA,), model="en_made_up"), text_hash=DOCUMENT.text_hash)
    id = opens(qtbot, session)
    session.do(Change("correct", after=(not_a_name(DOCUMENT, ADA.span, Scope.HERE, document_id=id),)))
    qtbot.waitUntil(lambda: bool(reads.jobs))
    reads.says(final=False)
    with qtbot.waitSignal(session.analysis_progressed):
        session.machine._show_now.setInterval(0)
    assert session.mentions == []


def test_another_windows_correction_counts_after_a_look(
    qtbot: QtBot, session: Session, reads: Reads, paths: Paths
) -> None:
    id = opens(qtbot, session)
    reads.says()
    reads.ends()
    other = Library.open(paths.library, backups=paths.backups)
    said = not_a_name(DOCUMENT, ADA.span, Scope.DOCUMENT, document_id=id)
    other.apply(Change("correct a name", after=(said,)))
    other.close()
    session.look_again()
    qtbot.waitUntil(lambda: reads.job is not None and reads.job.corrections == (said,))
    assert session.machine.held.digest == digest((said,))


def test_what_was_said_while_the_document_was_on_its_way_is_not_missed(
    qtbot: QtBot, session: Session, reads: Reads
) -> None:
    id = opens(qtbot, session)
    reads.says()
    reads.ends()
    qtbot.waitUntil(lambda: stored(session, "") is not None)
    session.open(id)
    said = not_a_name(DOCUMENT, ADA.span, Scope.DOCUMENT, document_id=id)
    with qtbot.waitSignal(session.document_opened):
        session.do(Change("correct a name", after=(said,)))
    qtbot.waitUntil(lambda: reads.job is not None and reads.job.corrections == (said,))
    assert session.machine.held.corrections == (said,)
