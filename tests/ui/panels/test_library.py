"""The library panel shows pages of entries and asks for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from reader.errors import LibraryLocked
from ui.panels.library import LibraryModel, LibraryPanel, date_in_words
from ui.panels.pages import PAGE
from ui.panels.rows import ROW, RowList
from ui.theme import THEMES


@dataclass
class Entry:
    id: int
    title: str
    byline: str = ""
    site: str = ""
    date: str = ""
    format: str = "text"
    progress: float = 0.0
    highlights: int = 0
    notes: int = 0
    words: int = 0


class Source:
    """Entries, and how often they were asked for."""

    def __init__(self, count: int) -> None:
        self.entries = [
            Entry(n, f"Article {n}", site="Bay Post", progress=n % 3 / 2) for n in range(1, count + 1)
        ]
        self.fetched = 0

    def fetch(self, offset: int, limit: int) -> Sequence[Entry]:
        self.fetched += 1
        return self.entries[offset : offset + limit]

    def ids(self) -> Sequence[int]:
        return [entry.id for entry in self.entries]


@pytest.fixture
def panel(qtbot: QtBot) -> LibraryPanel:
    panel = LibraryPanel()
    panel.set_theme(THEMES["dark"])
    panel.resize(256, 600)
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def test_only_the_pages_that_are_seen_are_fetched(panel: LibraryPanel) -> None:
    source = Source(10_000)
    panel.set_source(10_000, source.fetch)
    panel.grab()
    assert source.fetched == 1
    panel.list.scrollToBottom()
    panel.grab()
    assert 1 < source.fetched <= 4


def test_a_list_is_laid_out_without_counting_its_rows_in_python(panel: LibraryPanel) -> None:
    assert "rowCount" not in {name for kind in LibraryModel.__mro__[:2] for name in vars(kind)}
    panel.set_source(100_000, Source(100).fetch)
    panel.grab()
    assert panel.model.rowCount() == 100_000
    last = panel.model.index(99_999)
    assert not panel.model.flags(last) & (Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled)
    panel.list.scrollTo(last)
    assert panel.list.viewport().rect().intersects(panel.list.visualRect(last))


def test_one_is_told_as_one(panel: LibraryPanel) -> None:
    assert panel.model.amount(Entry(1, "x", words=1, highlights=1)) == "1 word · 1 highlight"
    assert panel.model.amount(Entry(1, "x", words=2, highlights=2)) == "2 words · 2 highlights"


def test_enter_opens_the_current_article(panel: LibraryPanel, qtbot: QtBot) -> None:
    panel.set_source(3, Source(3).fetch)
    qtbot.keyClicks(panel.search, "x")
    qtbot.keyClick(panel.search, Qt.Key.Key_Escape)
    qtbot.keyClick(panel.search, Qt.Key.Key_Down)
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.document_requested) as asked:
        qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert asked.args == [2]


def test_a_click_opens_an_article(panel: LibraryPanel, qtbot: QtBot) -> None:
    panel.set_source(3, Source(3).fetch)
    at = panel.list.visualRect(panel.model.index(2)).center()
    with qtbot.waitSignal(panel.document_requested) as asked:
        qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert asked.args == [3]


def test_typing_searches_and_escape_shows_all_again(panel: LibraryPanel, qtbot: QtBot) -> None:
    panel.focus_search()
    with qtbot.waitSignal(panel.search_changed) as asked:
        qtbot.keyClicks(panel.search, "b")
    assert asked.args == ["b"]
    panel.set_source(1, Source(1).fetch, 12)
    assert panel.total.text() == "1 of 12"
    assert panel.found.isVisible()
    assert not panel.list.isVisible()
    with qtbot.waitSignal(panel.search_changed) as asked:
        qtbot.keyClick(panel.search, Qt.Key.Key_Escape)
    assert asked.args == [""]
    assert panel.list.isVisible()


def test_selection_and_place_stay_when_the_source_is_set_anew(panel: LibraryPanel) -> None:
    source = Source(500)
    panel.set_source(500, source.fetch)
    panel.select(7)
    panel.list.verticalScrollBar().setValue(900)
    panel.set_source(500, source.fetch)
    assert panel.list.verticalScrollBar().value() == 900
    assert panel.list.currentIndex().data(ROW).id == 7


def test_neighbours_are_in_the_order_that_is_shown(panel: LibraryPanel) -> None:
    panel.set_source(3, Source(3).fetch)
    assert panel.neighbour(1) == 1
    panel.select(2)
    assert (panel.neighbour(-1), panel.neighbour(1)) == (1, 3)
    panel.select(3)
    assert panel.neighbour(1) is None


def test_an_article_far_down_the_list_is_marked_there_and_has_neighbours(panel: LibraryPanel) -> None:
    source = Source(5000)
    panel.set_source(5000, source.fetch, ids=source.ids)
    panel.select(3333)
    assert (panel.neighbour(-1), panel.neighbour(1)) == (3332, 3334)
    assert panel.list.currentIndex().row() == 3332
    assert panel.list.viewport().rect().intersects(panel.list.visualRect(panel.list.currentIndex()))
    source.entries.insert(0, Entry(9999, "A new one"))
    panel.set_source(5001, source.fetch, ids=source.ids)
    assert panel.list.currentIndex().data(ROW).id == 3333


def test_one_that_is_not_listed_has_the_first_for_a_neighbour(panel: LibraryPanel) -> None:
    source = Source(5000)
    panel.set_source(5000, source.fetch, ids=source.ids)
    panel.select(7777)
    assert not panel.list.selectionModel().hasSelection()
    assert panel.neighbour(1) == 1


def test_refresh_fetches_anew(panel: LibraryPanel) -> None:
    source = Source(3)
    panel.set_source(3, source.fetch)
    source.entries[0] = Entry(1, "Another title", highlights=2, words=900)
    panel.refresh()
    assert panel.model.index(0).data() == "Another title"
    assert "2 highlights" in panel.model.amount(source.entries[0])


def test_a_source_that_shrank_or_fails_leaves_blank_rows(panel: LibraryPanel, qtbot: QtBot) -> None:
    panel.set_source(PAGE, lambda offset, limit: [])
    assert panel.model.index(5).data() is None
    panel.grab()

    def locked(offset: int, limit: int) -> Sequence[Entry]:
        raise LibraryLocked("Another program holds the library.")

    with qtbot.waitSignal(panel.problem) as told:
        panel.set_source(5, locked)
        panel.grab()
    assert isinstance(told.args[0], LibraryLocked)


def test_a_screen_reader_hears_title_origin_and_progress(panel: LibraryPanel) -> None:
    entry = Entry(1, "A\nTitle", site="Bay Post", date="2021-03-14", progress=0.5)
    panel.set_source(1, lambda offset, limit: [entry])
    heard = panel.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "A Title. Bay Post · 14 Mar 2021. 50 % read"


def test_dates_are_as_exact_as_they_are_known() -> None:
    assert date_in_words("2021-03-14") == "14 Mar 2021"
    assert date_in_words("2021-03") == "Mar 2021"
    assert date_in_words("2021") == "2021"
    assert date_in_words("2021-99-99") == "2021-99-99"


def test_an_empty_library_says_what_to_do(panel: LibraryPanel) -> None:
    assert "Ctrl+O" in panel.list.accessibleDescription()
    panel.grab()


def test_a_long_list_that_was_out_of_sight_is_not_measured_anew(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[str] = []

    def measure(self: RowList) -> None:
        measured.append(self.accessibleName())
        QListView.doItemsLayout(self)

    monkeypatch.setattr(RowList, "doItemsLayout", measure, raising=False)
    panel = LibraryPanel()
    panel.set_theme(THEMES["light"])
    panel.resize(256, 600)
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.set_source(5000, Source(5000).fetch)
    qtbot.waitUntil(lambda: "Articles" in measured)
    panel.grab()
    qtbot.wait(150)  # more than a list waits before it is measured
    measured.clear()
    qtbot.keyClicks(panel.search, "x")
    qtbot.waitUntil(panel.found.isVisible)
    panel.resize(256, 500)
    qtbot.keyClick(panel.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(panel.list.isVisible)
    panel.grab()
    qtbot.wait(150)
    assert "Articles" not in measured
    panel.resize(300, 500)
    qtbot.waitUntil(lambda: "Articles" in measured)
