"""The way within an article: contents, links and printed pages, and back to where one was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from reader.document import BlockKind, Document, Page, Span
from reader.model import ReadingPlace
from reader.paths import paths_in
from tests.ui.page.conftest import span_of
from tests.ui.page.structured import Maker
from ui.analyst import Analyst
from ui.article.navigating import Navigator
from ui.article.wayfinding import Wayfinder
from ui.frame import Frame
from ui.page.selection import Selection
from ui.session import Session
from ui.tasks import Tasks
from ui.theme import load_fonts

WORDS = "The harbour was quiet and the boats lay in the ice until the spring came at last. " * 4


def book() -> Document:
    made = Maker().add("See the second chapter, or the ministry.", name="top")
    made.link("the second chapter", "#two").link("the ministry", "https://example.org/wall")
    for title, name in (("One", "one"), ("Two", "two"), ("Three", "three")):
        made.add(title, BlockKind.HEADING, level=2, name=name)
        for number in range(12):
            made.add(f"{number}. {WORDS}".strip())
    document = made.document()
    half = len(document.text) // 2
    pages = (Page("xi", Span(0, half), 1, 1), Page("12", Span(half, len(document.text)), 1, 1))
    return replace(document, pages=pages)


class Open:
    """A window with an open article, without a library."""

    def __init__(self, qtbot: QtBot, folder: Path, document: Document) -> None:
        load_fonts()
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.frame = Frame(self.window)
        self.window.setCentralWidget(self.frame)
        self.window.resize(1300, 800)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.page, self.contents = self.frame.page, self.frame.side.contents
        self.tasks = Tasks()
        self.session = Session(paths_in(folder), tasks=self.tasks, analyst=Analyst())
        self.navigator = Navigator(self.session, self.page, self.frame.middle, parent=QObject(self.window))
        self.wayfinder = Wayfinder(self.session, self.frame, self.navigator, window=self.window)
        self.told: list[str] = []
        self.wayfinder.told.connect(self.told.append)
        self.show(document)

    def show(self, document: Document) -> None:
        self.session.document, self.session.document_id = document, 1
        self.page.show_document(document)
        self.session.document_opened.emit(ReadingPlace())

    @property
    def block(self) -> int:
        """The block at the page's top."""
        return self.page.visible_blocks().start


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    made = Open(qtbot, tmp_path, book())
    yield made
    made.tasks.close()


def test_a_section_is_gone_to_and_back_from(qtbot: QtBot, opened: Open) -> None:
    opened.wayfinder.show_contents()
    assert opened.frame.side.tab == "contents"
    qtbot.keyClick(opened.contents.list, Qt.Key.Key_Down)
    qtbot.keyClick(opened.contents.list, Qt.Key.Key_Return)
    assert opened.block == 14
    assert opened.contents.reading == 1
    opened.navigator.back()
    assert opened.block == 0


def test_the_section_in_sight_is_the_one_being_read(opened: Open) -> None:
    opened.page.go_to(opened.page.document.blocks[20].span, always=True)
    assert opened.contents.reading == 1
    opened.page.go_to_place(ReadingPlace())
    assert opened.contents.reading == 0


def test_an_article_without_headings_says_so(opened: Open) -> None:
    opened.show(Maker().add("No headings, no pages.").document())
    opened.wayfinder.show_contents()
    opened.wayfinder.ask_page()
    assert opened.frame.side.tab == "library"
    assert len(opened.told) == 2
    assert opened.wayfinder.dialog is None


def test_a_link_is_followed_and_come_back_from(qtbot: QtBot, opened: Open) -> None:
    rect = opened.page.rects_of(span_of(opened.page.document, "the second chapter"))[0]
    at = QPoint(round(rect.center().x()), round(rect.center().y()))
    qtbot.mouseClick(opened.page.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert 14 in opened.page.visible_blocks()
    assert 0 not in opened.page.visible_blocks()
    opened.navigator.back()
    assert opened.block == 0


def test_the_address_of_a_link_is_copied_and_nothing_is_opened(opened: Open) -> None:
    document = opened.page.document
    start = span_of(document, "the ministry").start
    opened.page.select(Selection(start + 1, start + 1))
    opened.wayfinder.copy_address()
    assert QGuiApplication.clipboard().text() == "https://example.org/wall"
    for words in ("the second chapter", "harbour"):
        place = span_of(document, words).start
        opened.page.select(Selection(place, place))
        assert opened.wayfinder.address() == ""


@pytest.mark.parametrize(("label", "block"), [("12", 20), (" XI ", 0)])
def test_a_printed_page_is_gone_to(qtbot: QtBot, opened: Open, label: str, block: int) -> None:
    opened.wayfinder.ask_page()
    dialog = opened.wayfinder.dialog
    assert dialog is not None
    assert dialog.textValue() == "xi"
    dialog.setTextValue(label)
    dialog.accept()
    assert opened.block == block


def test_a_page_that_is_not_there_is_told(opened: Open) -> None:
    opened.wayfinder.ask_page()
    assert opened.wayfinder.dialog is not None
    opened.wayfinder.dialog.setTextValue("99")
    opened.wayfinder.dialog.accept()
    assert "99" in opened.told[0]
    assert opened.block == 0
