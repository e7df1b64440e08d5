"""Who reads the open article: the line that says so, a choice, and a model that is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reader.analysis.plans import Installed, Plan
from reader.analysis.worker import Begun, Job
from reader.document import Block, Document, Metadata, Span
from reader.errors import AnalysisError
from reader.library import Library
from reader.model import Analysis
from reader.paths import Paths, paths_in
from reader.settings import Settings
from ui.analyst import Analyst
from ui.dialogs.models import ModelDialog
from ui.frame import Frame
from ui.modelling import ModelChooser
from ui.preferences import Preferences
from ui.session import Session
from ui.tasks import Tasks

DOCUMENT = Document("Die See ist geduldig.", (Block(Span(0, 21)),), Metadata(language="de"))


class Desk:
    """A window's parts around one open document, with an analysis process that only notes what it gets."""

    def __init__(self, qtbot: QtBot, paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
        self.jobs: list[Job] = []
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.frame = Frame(self.window)
        self.analyst = Analyst()
        monkeypatch.setattr(self.analyst, "analyse", self.jobs.append)
        monkeypatch.setattr(self.analyst, "warm_up", lambda: None)
        self.tasks = Tasks()
        self.session = Session(paths, tasks=self.tasks, analyst=self.analyst)
        self.preferences = Preferences(Settings(), paths.settings)
        self.chooser = ModelChooser(
            self.session, self.analyst, self.frame, preferences=self.preferences, window=self.window
        )
        self.session.use_library(Library.open(paths.library, backups=paths.backups))
        self.window.show()

    @property
    def line(self) -> str:
        """What the foot says of who reads; "" when it says nothing."""
        shown = self.frame.foot.reader
        return "" if shown.isHidden() else shown.text()

    def opens(self, qtbot: QtBot, document: Document) -> int:
        assert self.session.library is not None
        known = self.session.library.add_document(document)
        with qtbot.waitSignal(self.session.document_opened):
            self.session.open(known.id)
        return known.id


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    made = Desk(qtbot, paths_in(tmp_path), monkeypatch)
    yield made
    made.tasks.close()
    made.session.close()


def test_a_quiet_line_says_who_reads_another_language(qtbot: QtBot, desk: Desk) -> None:
    desk.opens(qtbot, DOCUMENT)
    assert desk.jobs[-1].language == "de"
    desk.analyst.begun.emit(Begun(1, Plan("de").name))
    assert desk.line == "German · general rules"
    assert "-m spacy download de_core_news_sm" in desk.frame.foot.reader.toolTip()
    desk.analyst.begun.emit(Begun(1, Plan("de", Installed("de_x", "de", "1")).name))
    assert desk.line == "German · de_x 1"
    desk.analyst.begun.emit(Begun(1, Plan("tr").name))
    assert "download" not in desk.frame.foot.reader.toolTip()


def test_nothing_is_said_of_the_usual_model(qtbot: QtBot, desk: Desk) -> None:
    desk.opens(qtbot, DOCUMENT)
    desk.analyst.begun.emit(Begun(1, Plan("en").name))
    assert desk.line == ""


def test_what_is_known_already_says_who_found_it(qtbot: QtBot, desk: Desk) -> None:
    id = desk.opens(qtbot, DOCUMENT)
    assert desk.session.library is not None
    for name, line in ((Plan("de").name, "German · general rules"), ("de: rules 0", "")):
        desk.session.library.save_analysis(id, Analysis(model=name), text_hash=DOCUMENT.text_hash)
        before = len(desk.jobs)
        with qtbot.waitSignal(desk.session.document_opened):
            desk.session.open(id)
        assert desk.line == line
        assert len(desk.jobs) - before == (0 if line else 1)


def test_a_choice_is_kept_and_the_article_read_anew(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.analysis.plans.installed", lambda: [Installed("de_x", "de", "1")])
    desk.opens(qtbot, DOCUMENT)
    desk.analyst.begun.emit(Begun(1, Plan("de").name))
    qtbot.mouseClick(desk.frame.foot.reader, Qt.MouseButton.LeftButton)
    dialog = desk.window.findChild(ModelDialog)
    assert dialog is not None
    assert dialog.command.text().endswith("-m spacy download de_core_news_sm")
    qtbot.keyClick(dialog.choices["de_x"], Qt.Key.Key_Space)
    assert desk.preferences.settings.model == "de_x" == desk.analyst.model
    assert len(desk.jobs) == 2 and desk.jobs[-1].text == DOCUMENT.text
    dialog.accept()


def test_a_missing_model_is_told_in_the_window(qtbot: QtBot, desk: Desk) -> None:
    desk.analyst.model = "en_gone"
    desk.analyst.unused.emit(AnalysisError("The language model “en_gone” is not installed.", "Type it."))
    (message,) = desk.frame.messages.messages
    assert "Until then" in message.following and message.kind == "warning"
    qtbot.mouseClick(message.button, Qt.MouseButton.LeftButton)
    dialog = desk.window.findChild(ModelDialog)
    assert dialog is not None
    assert dialog.command.text().endswith("-m spacy download en_gone")
    assert "not installed" in dialog.choices["en_gone"].text()
    dialog.accept()
