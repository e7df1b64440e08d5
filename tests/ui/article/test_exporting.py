"""Exporting: a report, or a sentence that says why there is none and a way to try again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reader.anchoring import describe
from reader.document import Document, Span
from reader.formats import open_document
from reader.model import Highlight
from reader.paths import paths_in
from ui.analyst import Analyst
from ui.article.exporting import Exporter, file_name
from ui.dialogs.bar import MessageBar
from ui.dialogs.export import ExportOptions
from ui.page.marks import Marked
from ui.session import Session
from ui.tasks import Tasks

OPTIONS = ExportOptions()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.md"
    path.write_text("# The harbour\n\nIt took eleven years, and then it stood.\n", encoding="utf-8")
    return path


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path, source: Path) -> Iterator[Session]:
    """A session with an article and a highlight, and no library: it may be gone."""
    tasks = Tasks()
    session = Session(paths_in(tmp_path), tasks=tasks, analyst=Analyst())
    session.document, session.document_id = open_document(source), 1
    span = Span(session.document.text.index("eleven"), session.document.text.index(", and"))
    made = Highlight(1, describe(session.document, span), note="So long?")
    session.marked = [Marked(span, made)]
    yield session
    tasks.close()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def messages(window: QWidget) -> MessageBar:
    return MessageBar(window)


@pytest.fixture
def exporter(session: Session, window: QWidget, messages: MessageBar, tmp_path: Path) -> Exporter:
    return Exporter(session, tasks=session._tasks, messages=messages, window=window, folder=tmp_path)


def test_a_report_is_written_though_the_library_is_gone(
    qtbot: QtBot, exporter: Exporter, messages: MessageBar, tmp_path: Path
) -> None:
    report = tmp_path / "report.md"
    exporter.write(str(report), OPTIONS)
    qtbot.waitUntil(lambda: bool(messages.messages))
    assert "So long?" in report.read_text(encoding="utf-8")
    assert messages.messages[0].button.text() == "Open it"


@pytest.mark.parametrize("place", ["harbour.md", "harbour.md/report.md", "nowhere/report.md", "report.exe"])
def test_what_can_not_be_written_is_told_and_nothing_is_touched(
    qtbot: QtBot, exporter: Exporter, messages: MessageBar, source: Path, tmp_path: Path, place: str
) -> None:
    before, files = source.read_bytes(), sorted(tmp_path.rglob("*"))
    exporter.write(str(tmp_path / place), OPTIONS)
    qtbot.waitUntil(lambda: bool(messages.messages))
    (message,) = messages.messages
    assert message.kind == "error"
    assert message.following
    assert source.read_bytes() == before
    assert sorted(tmp_path.rglob("*")) == files
    message.button.click()
    assert exporter.dialog is not None
    exporter.dialog.reject()


def test_a_highlight_whose_words_changed_is_reported_as_they_stand(
    qtbot: QtBot, exporter: Exporter, session: Session, messages: MessageBar, tmp_path: Path
) -> None:
    document = session.document
    assert document is not None
    changed = Document(document.text.replace("eleven", "twelve"), document.blocks, document.metadata)
    session.document = changed
    report = tmp_path / "report.md"
    exporter.write(str(report), OPTIONS)
    qtbot.waitUntil(lambda: bool(messages.messages))
    assert "twelve years" in report.read_text(encoding="utf-8")


def test_without_an_article_there_is_nothing_to_export(
    exporter: Exporter, session: Session, messages: MessageBar
) -> None:
    session.document = None
    exporter.ask()
    assert exporter.dialog is None
    assert "Open an article first" in messages.messages[0].what


def test_a_title_makes_a_file_name_that_every_system_takes() -> None:
    assert file_name('A/B: "who" said\nwhat?') == "A B who said what"
    assert file_name("???") == "report"
    assert len(file_name("long " * 99)) <= 81
