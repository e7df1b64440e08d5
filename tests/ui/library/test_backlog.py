"""What is yet to be analysed: the last opened first, behind the open article, quietly, and cancellable."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reader.analysis.messages import Job
from reader.document import Block, Document, Span
from reader.errors import AnalysisError
from reader.library import Library
from reader.model import Analysis, Change, Correction, Remark, Scope
from reader.paths import Paths, paths_in
from reader.settings import Settings
from ui.analyst import Analyst
from ui.frame import Frame
from ui.library import backlog
from ui.library.backlog import Backlog
from ui.preferences import Preferences
from ui.session import Session
from ui.tasks import Tasks

FOUND = Analysis(model="de: rules 1")


class Desk:
    """A window's parts over a library, with an analysis process that only notes what it gets."""

    def __init__(self, qtbot: QtBot, paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
        self.jobs: list[Job] = []
        self.dropped = 0
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.frame = Frame(self.window)
        self.frame.resize(1400, 800)
        self.analyst = Analyst()
        monkeypatch.setattr(self.analyst, "analyse", lambda job: None)
        monkeypatch.setattr(self.analyst, "analyse_behind", self.jobs.append)
        monkeypatch.setattr(self.analyst, "drop_behind", self._drop)
        self.tasks = Tasks()
        self.session = Session(paths, tasks=self.tasks, analyst=self.analyst)
        self.preferences = Preferences(Settings(), paths.settings)
        self.backlog = Backlog(
            self.session, self.analyst, self.frame, preferences=self.preferences, tasks=self.tasks
        )
        self.session.use_library(Library.open(paths.library, backups=paths.backups))
        self.window.show()
        self._qtbot = qtbot

    def _drop(self) -> None:
        self.dropped += 1

    @property
    def library(self) -> Library:
        assert self.session.library is not None
        return self.session.library

    @property
    def told(self) -> str:
        """What the foot says."""
        return "" if self.frame.foot.work.isHidden() else self.frame.foot.work.text()

    def add(self, *texts: str) -> list[int]:
        documents = [
            Document(text, (Block(Span(0, len(text))),), source=f"/{text}", file_hash=text) for text in texts
        ]
        return [each.id for each in self.library.add_documents(documents)]

    def waits(self, seen: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(seen()), timeout=20_000)

    def answers(self, outcome: Analysis | AnalysisError = FOUND, *, of: int) -> None:
        """Wait for the so-and-so-many-th job, and answer it."""
        self.waits(lambda: len(self.jobs) == of)
        self.analyst.done_behind.emit(outcome)

    def is_analysed(self, id: int) -> bool:
        document = self.library.document(id)
        assert document is not None
        return self.library.analysis(id, text_hash=document.text_hash) is not None

    def texts(self) -> list[str]:
        return [job.text for job in self.jobs]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(backlog, "SETTLE_MS", 10)
    desk = Desk(qtbot, paths_in(tmp_path), monkeypatch)
    yield desk
    desk.tasks.close()
    desk.session.close()


def test_all_are_analysed_one_after_the_other_and_it_is_told_how_far_that_is(desk: Desk) -> None:
    ids = desk.add("Ada came.", "Bo went.", "Cy sat.")
    desk.library.opened(ids[1])
    desk.analyst.ready.emit()
    desk.waits(lambda: desk.jobs)
    assert desk.told == "Analysing 1 of 3"
    changed: list[int] = []
    desk.session.library_changed.connect(lambda: changed.append(len(desk.jobs)))
    desk.answers(of=1)
    desk.answers(of=2)
    assert desk.told == "Analysing 3 of 3"
    desk.answers(of=3)
    desk.waits(lambda: changed)
    desk.waits(lambda: all(map(desk.is_analysed, ids)))
    assert set(changed) == {3}, "it is told when all has been gone through"
    assert desk.texts() == ["Bo went.", "Cy sat.", "Ada came."]
    assert desk.told == ""


def test_nothing_is_begun_before_there_is_a_model_nor_without_one(qtbot: QtBot, desk: Desk) -> None:
    desk.add("Ada came.", "Bo went.")
    desk.session.library_changed.emit(None)
    desk.backlog.look()
    desk.analyst.ready.emit()
    desk.waits(lambda: desk.jobs)
    desk.analyst.lost.emit()
    assert desk.told == ""
    desk.analyst.done_behind.emit(FOUND)
    desk.analyst.ready.emit()
    desk.waits(lambda: len(desk.jobs) == 2)


def test_the_open_article_is_left_to_the_front(desk: Desk) -> None:
    first, second = desk.add("Ada came.", "Bo went.")
    desk.analyst.ready.emit()
    desk.waits(lambda: desk.texts() == ["Bo went."])
    desk.session.open(second)
    desk.waits(lambda: desk.texts() == ["Bo went.", "Ada came."])
    assert desk.dropped == 1
    desk.answers(of=2)
    desk.waits(lambda: desk.is_analysed(first))
    assert not desk.is_analysed(second)


def test_what_comes_in_is_analysed_too_and_what_is_done_by_others_is_not(desk: Desk) -> None:
    first, second = desk.add("Ada came.", "Bo went.")
    desk.analyst.ready.emit()
    desk.waits(lambda: desk.texts() == ["Bo went."])
    document = desk.library.document(first)
    assert document is not None
    desk.library.save_analysis(first, FOUND, text_hash=document.text_hash)
    desk.add("Cy sat.")
    desk.backlog.look_soon()
    desk.waits(lambda: desk.told == "Analysing 1 of 2")
    desk.answers(of=1)
    desk.answers(of=2)
    desk.waits(lambda: desk.told == "")
    assert desk.texts() == ["Bo went.", "Cy sat."]
    assert desk.is_analysed(second)


def test_a_text_that_kills_is_tried_twice_and_then_left(desk: Desk) -> None:
    bad, good = desk.add("This kills.", "Bo went.")
    desk.library.opened(bad)
    desk.analyst.ready.emit()
    desk.answers(AnalysisError("It stopped."), of=1)
    desk.answers(of=2)
    desk.answers(AnalysisError("It stopped."), of=3)
    assert desk.texts() == ["This kills.", "Bo went.", "This kills."]
    desk.waits(lambda: desk.is_analysed(good))
    desk.backlog.look()
    desk.waits(lambda: not desk.tasks._running)
    assert desk.told == "" and len(desk.jobs) == 3


def test_a_correction_counts_and_has_more_analysed(desk: Desk) -> None:
    ada, bo = desk.add("Ada came.", "Bo went.")
    for id in (ada, bo):
        document = desk.library.document(id)
        assert document is not None
        desk.library.save_analysis(id, FOUND, text_hash=document.text_hash)
    desk.analyst.ready.emit()
    said = Correction(Remark.NOT_A_NAME, Scope.EVERYWHERE, "Ada", document_id=ada)
    assert desk.session.do(Change("correct", after=(said,)))
    desk.waits(lambda: desk.jobs)
    assert desk.jobs[0].corrections == (said,)
    desk.answers(of=1)
    desk.waits(lambda: desk.told == "")
    assert desk.texts() == ["Ada came."]


def test_a_click_stops_it_and_it_goes_on_when_asked(qtbot: QtBot, desk: Desk) -> None:
    desk.add("Ada came.", "Bo went.", "Cy sat.")
    desk.analyst.ready.emit()
    desk.answers(of=1)
    desk.waits(lambda: len(desk.jobs) == 2)
    QTest.mouseClick(desk.frame.foot.work, Qt.MouseButton.LeftButton)
    assert desk.told == "" and desk.dropped == 1
    (message,) = desk.frame.messages.messages
    assert message.what == "Stopped: 1 of 3 articles are analysed."
    desk.backlog.look()
    assert len(desk.jobs) == 2
    QTest.mouseClick(message.button, Qt.MouseButton.LeftButton)
    desk.waits(lambda: desk.told == "Analysing 1 of 2")


def test_it_can_be_switched_off_and_on(desk: Desk) -> None:
    desk.add("Ada came.", "Bo went.")
    desk.preferences.change(analyse_library=False)
    desk.analyst.ready.emit()
    desk.backlog.look()
    assert not desk.tasks._running
    desk.backlog.toggle()
    desk.waits(lambda: desk.told == "Analysing 1 of 2")
    desk.waits(lambda: desk.jobs)
    desk.backlog.toggle()
    assert desk.told == "" and desk.dropped == 1
    assert not desk.preferences.settings.analyse_library


def test_another_model_finds_everything_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (id,) = desk.add("Ada came.")
    document = desk.library.document(id)
    assert document is not None
    desk.library.save_analysis(id, FOUND, text_hash=document.text_hash)
    desk.analyst.ready.emit()
    desk.waits(lambda: not desk.backlog._later.isActive() and not desk.tasks._running)
    assert not desk.jobs
    monkeypatch.setattr("reader.analysis.plans.is_current", lambda name, chosen: chosen == "")
    monkeypatch.setattr("reader.analysing.is_current", lambda name, chosen: chosen == "")
    desk.preferences.change(model="de_x")
    desk.analyst.model = "de_x"
    desk.analyst.ready.emit()
    desk.waits(lambda: desk.texts() == ["Ada came."])


def test_the_foot_says_it_in_fewer_words_where_there_is_less_room(desk: Desk) -> None:
    foot = desk.frame.foot
    foot.show_work("Analysing 1 of 3", "1 of 3", "Click to stop.")
    foot.show_extent("Show the whole page", "Whole page", "")
    for width, words in ((1400, "Analysing 1 of 3"), (640, "1 of 3")):
        foot.resize(width, 30)
        assert foot.work.text() == words
    assert "Click to stop." in foot.work.accessibleName()


def test_the_setting_is_in_the_settings(desk: Desk, qtbot: QtBot) -> None:
    from ui.views.settings import SettingsView

    view = SettingsView()
    qtbot.addWidget(view)
    desk.backlog.add_setting(view)
    box = desk.backlog._box
    assert box is not None and box.isChecked()
    box.click()
    assert desk.preferences.settings == replace(Settings(), analyse_library=False)
    desk.preferences.change(analyse_library=True)
    assert box.isChecked()
