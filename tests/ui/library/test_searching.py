"""Searching as the window does it: in tasks, the last question's answer alone, from place to place."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.analysis.worker import Job
from reader.document import Block, Document, Metadata, Span
from reader.library import Library
from reader.paths import Paths, paths_in
from ui.analyst import Analyst
from ui.article.navigating import Navigator
from ui.frame import Frame
from ui.library import asking, searching
from ui.library.searching import PAGE, Searcher
from ui.session import Session
from ui.tasks import Tasks
from ui.theme import THEMES

ARTICLES = 6000


def made(text: str, title: str) -> Document:
    return Document(text, (Block(Span(0, len(text))),), Metadata(title=title), source=f"/{title}.txt")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """A library of many thousand articles."""
    paths = paths_in(tmp_path_factory.mktemp("large"))
    library = Library.open(paths.library, backups=paths.backups)
    library.add_documents(
        made(f"The pier is shut, says number {n}. The pier is old.", f"T{n}") for n in range(ARTICLES)
    )
    library.close()
    return paths


class Nobody(Analyst):
    """An analyst that reads nothing."""

    def analyse(self, job: Job) -> None:
        """Leave it."""


class Window:
    """A frame with a session and a searcher, and nobody who analyses."""

    def __init__(self, qtbot: QtBot, paths: Paths) -> None:
        self.frame = Frame(None)  # type: ignore[arg-type]  # alone in its test
        qtbot.addWidget(self.frame)
        self.frame.resize(1200, 700)
        self.frame.set_theme(THEMES["light"])
        self.tasks = Tasks()
        self.broken: list[Exception] = []
        self.tasks.broke.connect(self.broken.append)
        self.session = Session(paths, tasks=self.tasks, analyst=Nobody(), parent=self.frame)
        self.navigator = Navigator(self.session, self.frame.page, self.frame.middle, parent=self.frame)
        self.searcher = Searcher(self.session, self.frame, self.navigator, tasks=self.tasks)
        self.panel, self.found = self.frame.library, self.frame.library.found
        self.session.use_library(Library.open(paths.library, backups=paths.backups))
        with qtbot.waitExposed(self.frame):
            self.frame.show()

    def close(self) -> None:
        self.tasks.close()
        self.session.close()
        assert self.broken == []


@pytest.fixture
def window(qtbot: QtBot, filled: Paths) -> Iterator[Window]:
    window = Window(qtbot, filled)
    yield window
    window.close()


def test_the_library_is_asked_beside_the_interface(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []
    go_on = threading.Event()

    def slow(*arguments: object, **named: object) -> asking.Answer:
        threads.append(threading.current_thread())
        assert go_on.wait(30)
        return asking.ask(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(searching, "ask", slow)
    window.panel.focus_search()
    qtbot.keyClicks(window.panel.search, "pier")
    qtbot.waitUntil(lambda: bool(threads))
    assert threads[0] is not threading.main_thread()
    qtbot.keyClicks(window.panel.search, " old")  # the window listens while the library is asked
    assert window.panel.search_text() == "pier old"
    assert window.found.model.rowCount() == 0
    go_on.set()
    qtbot.waitUntil(lambda: window.found.model.rowCount() > 0)
    assert window.found.total.text().replace(",", "") == f"{ARTICLES} articles"
    assert window.found.model.documents == PAGE  # what is not looked at is not fetched


def test_an_answer_to_an_older_question_is_dropped(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting: dict[str, threading.Event] = {"5": threading.Event(), "17": threading.Event()}
    answered: list[str] = []

    def held(paths: Paths, query: str, *, limit: int) -> asking.Answer:
        assert waiting[query].wait(30)
        answer = asking.ask(paths, query, limit=limit)
        answered.append(query)
        return answer

    monkeypatch.setattr(searching, "ask", held)
    window.searcher.run("5")
    window.searcher.run("17")
    waiting["17"].set()
    qtbot.waitUntil(lambda: window.found.model.rowCount() > 0)
    shown = [window.found.model.index(n).data() for n in range(2)]
    waiting["5"].set()
    qtbot.waitUntil(lambda: "5" in answered)
    qtbot.wait(50)  # the answer has come by now, and must not be shown
    assert [window.found.model.index(n).data() for n in range(2)] == shown
    assert shown[0] == "T17"


def test_an_emptied_field_drops_what_is_on_its_way(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, done = threading.Event(), threading.Event()

    def held(paths: Paths, query: str, *, limit: int) -> asking.Answer:
        assert go_on.wait(30)
        done.set()
        return asking.ask(paths, query, limit=limit)

    monkeypatch.setattr(searching, "ask", held)
    window.searcher.run("pier")
    qtbot.keyClick(window.panel.search, Qt.Key.Key_Escape)
    go_on.set()
    qtbot.waitUntil(done.is_set)
    qtbot.wait(50)
    assert window.found.model.rowCount() == 0
    assert window.panel.list.isVisible()


def test_further_documents_come_as_one_scrolls(window: Window, qtbot: QtBot) -> None:
    window.searcher.run("pier")
    qtbot.waitUntil(lambda: window.found.model.documents == PAGE)
    window.found.list.scrollToBottom()
    qtbot.waitUntil(lambda: window.found.model.documents == 2 * PAGE)
    shown = [window.found.model.row(n) for n in range(window.found.model.rowCount())]
    heads = [row.document_id for row in shown if row is not None and row.hit is None]
    assert len(set(heads)) == 2 * PAGE


def test_a_query_that_makes_no_sense_is_explained_and_the_last_results_stay(
    window: Window, qtbot: QtBot
) -> None:
    window.searcher.run("17")
    qtbot.waitUntil(lambda: window.found.model.documents > 0)
    window.searcher.run('17 "old')
    qtbot.waitUntil(window.found.sentence.isVisible)
    assert window.found.sentence.text().startswith("The quotation mark at character 4")
    assert window.found.model.documents > 0
    window.found.filters.chosen.emit("type", "pdf")
    assert window.panel.search_text() == '17 "old'


def test_filters_write_into_the_query(window: Window, qtbot: QtBot) -> None:
    filters = window.found.filters
    window.searcher.run("17 OR 18")
    qtbot.waitUntil(lambda: not filters.buttons["type"].isHidden() and window.found.model.documents > 0)
    filters.chosen.emit("type", "text")
    assert window.panel.search_text() == "(17 OR 18) type:text"
    qtbot.waitUntil(filters.buttons["type"].isChecked)
    assert filters.buttons["type"].text() == "Plain text"
    filters.dropped.emit("type")
    assert window.panel.search_text() == "(17 OR 18)"
    qtbot.waitUntil(lambda: not filters.buttons["type"].isChecked())


def test_words_that_follow_one_another_are_gone_to_in_one_step(window: Window, qtbot: QtBot) -> None:
    window.searcher.run("is shut")
    qtbot.waitUntil(lambda: window.found.model.documents > 0)
    window.searcher.step(1)
    marks = window.frame.page.marks
    qtbot.waitUntil(lambda: len(marks.found.marks) == 3)
    document = window.session.document
    assert document is not None
    reached = []
    for _ in range(2):
        window.searcher.step(1)
        assert marks.current is not None
        reached.append(document.text[marks.current.start : marks.current.end])
    assert reached == ["is shut", "is"]


def test_a_filter_leaves_the_keyboard_where_it_is(window: Window, qtbot: QtBot) -> None:
    window.searcher.run("17 OR 18")
    window.found.list.setFocus()
    window.found.filters.chosen.emit("type", "text")
    assert window.found.list.hasFocus()


def test_without_a_search_a_step_says_what_to_do(window: Window) -> None:
    window.searcher.step(1)
    assert "Ctrl+Shift+F" in window.frame.messages.messages[-1].what


def test_a_library_without_matches_has_nothing_further(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    window.searcher.run("zebra")
    qtbot.waitUntil(lambda: window.found.total.text() == "0 articles")
    window.searcher.step(1)
    assert "last place" in window.frame.messages.messages[-1].what
