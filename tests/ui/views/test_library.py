"""The library as a table: rows and headings, what is chosen, what is asked for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from pytestqt.qtbot import QtBot

from reader.library import Entry
from reader.lists import Asked, Filter, Group, Grouped, Listed, Sorted
from reader.model import ReadingState
from ui.panels.shelves import ARTICLES
from ui.theme import THEMES
from ui.views.library import LibraryView, order_in_words, order_of
from ui.views.library_model import COLUMNS, LibraryTable

LEFT = Qt.MouseButton.LeftButton


def entry(id: int) -> Entry:
    return Entry(
        id,
        f"Article {id}",
        "Ada",
        "Bay Post",
        "2021-03-14",
        "text",
        f"/articles/{id}.txt",
        "2026-01-01T00:00:00+00:00",
        "",
        0.46,
        2,
        1,
        900,
        ReadingState.READING,
        "",
        ("money/budget", "claim"),
    )


class Lines:
    """Gives lines, and remembers which were asked for."""

    def __init__(self) -> None:
        self.asked: list[Sequence[int]] = []

    def __call__(self, ids: Sequence[int]) -> list[Entry]:
        self.asked.append(list(ids))
        return [entry(id) for id in ids if id != 7]  # one is gone meanwhile


@pytest.fixture
def lines() -> Lines:
    return Lines()


@pytest.fixture
def view(qtbot: QtBot, lines: Lines) -> LibraryView:
    made = LibraryView(None)  # type: ignore[arg-type]  # a window of its own
    qtbot.addWidget(made)
    made.set_theme(THEMES["dark"])
    made.resize(1000, 600)
    made.show_list(Listed(list(range(1, 1001))), lines)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_a_library_is_not_called_empty_before_it_was_listed(qtbot: QtBot, lines: Lines) -> None:
    view = LibraryView(None)  # type: ignore[arg-type]  # a window of its own
    qtbot.addWidget(view)
    assert view.table.accessibleDescription() == ""
    view.show_list(Listed([]), lines)
    assert "no article in the library yet" in view.table.accessibleDescription()


GROUPED = Listed([4, 2, 9, 2], (Group("Essay", 0, 2), Group("", 2, 4)))


def test_only_what_is_seen_is_fetched(view: LibraryView, lines: Lines) -> None:
    view.table.viewport().grab()
    assert lines.asked == [list(range(1, 101))]
    view.table.scrollToBottom()
    view.table.viewport().grab()
    assert lines.asked[-1][-1] == 1000
    assert len(lines.asked) <= 3


def test_one_that_is_gone_leaves_its_row_empty_and_moves_no_other(view: LibraryView) -> None:
    model = view.table.table
    assert model.entry(6) is None
    assert [model.entry(row).id for row in (5, 7)] == [6, 8]  # type: ignore[union-attr]


def test_headings_stand_before_their_groups_and_are_passed_over(
    view: LibraryView, lines: Lines, qtbot: QtBot
) -> None:
    view.show_list(GROUPED, lines)
    model = view.table.table
    assert model.rowCount() == 6
    assert [model.group(row).name if model.group(row) else None for row in range(6)] == [  # type: ignore[union-attr]
        "Essay",
        None,
        None,
        "",
        None,
        None,
    ]
    assert [model.entry(row).id for row in (1, 2, 4, 5)] == [4, 2, 9, 2]  # type: ignore[union-attr]
    assert model.row_of(9) == 4
    view.table.selectRow(2)
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    assert view.table.chosen() == [9]
    view.table.selectAll()
    assert view.table.chosen() == [4, 2, 9], "each once"
    view.table.grab()


def test_home_leads_to_the_heading_of_the_first_group_too(
    view: LibraryView, lines: Lines, qtbot: QtBot
) -> None:
    ids = list(range(1, 201))
    view.show_list(Listed(ids, (Group("Essay", 0, 200),)), lines)
    qtbot.keyClick(view.table, Qt.Key.Key_End)
    assert view.table.chosen() == [200]
    qtbot.keyClick(view.table, Qt.Key.Key_Home)
    assert view.table.chosen() == [1]
    assert view.table.rowAt(0) == 0


def test_what_moves_up_is_chosen_when_all_that_was_chosen_leaves_the_list(
    view: LibraryView, lines: Lines, qtbot: QtBot
) -> None:
    def without(*gone: int) -> Listed:
        return Listed([id for id in range(1, 1001) if id not in gone])

    view.table.setFocus()
    view.table.choose([9, 10, 11], 10)
    view.show_list(without(9, 10, 11), lines)
    assert (view.table.chosen(), view.table.current()) == ([12], 12)
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    assert view.table.chosen() == [13]
    view.show_list(without(9, 10, 11, 12), lines)
    assert view.table.chosen() == [13]
    view.table.choose([1000], 1000)
    view.show_list(without(1000), lines)
    assert view.table.chosen() == [999]


def test_another_list_has_nothing_chosen(view: LibraryView, lines: Lines) -> None:
    view.table.choose([9], 9)
    view.set_asked(replace(view.asked, filter=Filter(tag="claim")))
    view.show_list(Listed([1, 2, 3]), lines)
    assert view.table.chosen() == []


def test_rows_are_chosen_with_shift_and_all_with_ctrl_a(view: LibraryView, qtbot: QtBot) -> None:
    table = view.table

    def click(row: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        at = table.visualRect(table.table.index(row, 1)).center()
        qtbot.mouseClick(table.viewport(), LEFT, keys, at)

    click(1)
    click(4, Qt.KeyboardModifier.ShiftModifier)
    click(8, Qt.KeyboardModifier.ControlModifier)
    assert table.chosen() == [2, 3, 4, 5, 9]
    assert "5" in view.foot.words.text()
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(table.chosen()) == 1000


def test_choosing_all_asks_no_row_whether_it_can_be(
    view: LibraryView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    plain = LibraryTable.flags

    def flags(table: LibraryTable, index: QModelIndex) -> Qt.ItemFlag:
        asked.append(index.row())
        return plain(table, index)

    view.table.setFocus()
    monkeypatch.setattr(LibraryTable, "flags", flags)
    qtbot.keyClick(view.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    view.grab()
    assert len(view.table.chosen()) == 1000
    assert len(asked) < 1000, "the header went through all rows for each of its columns"


def test_a_button_at_the_foot_leaves_the_keys_to_the_table(view: LibraryView, qtbot: QtBot) -> None:
    view.table.setFocus()
    view.table.selectRow(3)
    with qtbot.waitSignal(view.act_requested) as told:
        qtbot.mouseClick(view.foot.buttons["tags"], LEFT)
    assert told.args == ["tags", [4]]
    with qtbot.waitSignal(view.act_requested) as told:
        qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Delete)
    assert told.args == ["put_away", [4]]


def test_what_is_chosen_stays_chosen_in_another_order(view: LibraryView, lines: Lines) -> None:
    view.table.choose([3, 5], 5)
    view.show_list(Listed(list(range(1000, 0, -1))), lines)
    assert sorted(view.table.chosen()) == [3, 5]
    assert view.table.current() == 5
    view.show_list(Listed([3]), lines)
    assert view.table.chosen() == [3]


def test_a_click_on_a_heading_sorts_and_another_turns_it_around(view: LibraryView, qtbot: QtBot) -> None:
    asked: list[Asked] = []
    view.asked_changed.connect(asked.append)
    header = view.table.horizontalHeader()

    def click(key: str) -> None:
        number = next(number for number, column in enumerate(COLUMNS) if column.key == key)
        at = QPoint(header.sectionViewportPosition(number) + 15, header.height() // 2)
        qtbot.mouseClick(header.viewport(), LEFT, pos=at)

    click("date")
    click("date")
    click("title")
    click("tags")  # by these nothing is sorted
    assert [(each.by, each.descending) for each in asked] == [
        (Sorted.DATE, True),
        (Sorted.DATE, False),
        (Sorted.TITLE, False),
    ]
    assert header.sortIndicatorSection() == 0


@pytest.mark.parametrize(
    ("key", "what"),
    [
        (Qt.Key.Key_T, "tags"),
        (Qt.Key.Key_C, "collect"),
        (Qt.Key.Key_R, "read"),
        (Qt.Key.Key_U, "unread"),
        (Qt.Key.Key_E, "edit"),
        (Qt.Key.Key_Delete, "put_away"),
    ],
)
def test_letters_ask_for_what_can_be_done(view: LibraryView, qtbot: QtBot, key: Qt.Key, what: str) -> None:
    view.table.choose([2, 4], 4)
    with qtbot.waitSignal(view.act_requested) as asked:
        qtbot.keyClick(view.table, key)
    assert asked.args == [what, [2, 4]]


def test_enter_opens_the_current_one(view: LibraryView, qtbot: QtBot) -> None:
    view.table.selectRow(3)
    with qtbot.waitSignal(view.open_requested) as asked:
        qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert asked.args == [4]


def test_words_are_taken_while_typing_and_escape_takes_them_back(view: LibraryView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.asked_changed) as asked:
        qtbot.keyClicks(view.filters.words, "sea wall")
    assert asked.args[0].filter == Filter(words="sea wall")
    with qtbot.waitSignal(view.asked_changed) as asked:
        qtbot.keyClick(view.filters.words, Qt.Key.Key_Escape)
    assert asked.args[0].filter == Filter()


def test_what_was_put_away_can_be_had_back_or_deleted(view: LibraryView, qtbot: QtBot) -> None:
    view.set_asked(Asked(Filter(put_away=True)))
    view.table.choose([2], 2)
    shown = {key for key, button in view.foot.buttons.items() if not button.isHidden()}
    assert shown == {"put_back", "delete"}
    with qtbot.waitSignal(view.act_requested) as asked:
        qtbot.keyClick(view.table, Qt.Key.Key_Delete)
    assert asked.args == ["delete", [2]]


def test_columns_come_back_as_they_were(view: LibraryView, qtbot: QtBot) -> None:
    columns = ("date:120", "title:300", "words:90")
    view.table.arrange(columns)
    kept = view.table.columns()
    assert [each.partition(":")[0] for each in kept] == ["date", "title", "words"]
    assert {"date:120", "words:90"} <= set(kept)
    view.table.arrange(("nonsense", "date:x"))
    assert view.table.columns() == kept, "what makes no sense changes nothing"
    menu = view.table.columns_menu()
    with qtbot.waitSignal(view.columns_changed):
        menu.actions()[1].trigger()
    assert any(each.startswith("author:") for each in view.table.columns())


def test_what_is_dragged_are_the_articles(view: LibraryView) -> None:
    model = view.table.table
    data = model.mimeData([model.index(row, column) for row in (2, 4) for column in (0, 1)])
    assert json.loads(bytes(data.data(ARTICLES).data())) == [3, 5]


def test_a_file_that_is_gone_is_said_in_words(view: LibraryView) -> None:
    model = view.table.table
    model.show_gone({"/articles/2.txt"})
    assert "The file is gone" in model.data(model.index(1, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert "gone" not in model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)


def test_orders_are_written_down_and_read_again() -> None:
    for by in Sorted:
        for descending in (True, False):
            assert order_of(order_in_words(by, descending=descending)) == (by, descending)
    assert order_of("nonsense") == order_of("") == (Sorted.ADDED, True)


def test_the_menu_of_groups_asks(view: LibraryView, qtbot: QtBot) -> None:
    menu = view.group.menu()
    menu.aboutToShow.emit()
    with qtbot.waitSignal(view.asked_changed) as asked:
        menu.actions()[2].trigger()
    assert asked.args[0].group is Grouped.YEAR


def test_in_a_narrow_view_no_words_are_cut_off(view: LibraryView, qtbot: QtBot) -> None:
    view.setMinimumWidth(320)  # as it is in the window
    view.filters.set_filter(Filter(found="wall", tag="claim"))
    view.table.selectRow(0)
    shown = [*view.filters.buttons.values(), view.filters.found, view.filters.clear, view.foot.words]
    shown += [each for each in view.foot.buttons.values() if each.isVisible()]

    def whole() -> None:
        assert view.filters.words.width() > 200
        for each in shown:
            assert each.width() >= each.sizeHint().width()
            assert view.rect().contains(each.mapTo(view, each.rect().center()))

    for width in (1100, 420):
        view.resize(width, 600)
        qtbot.waitUntil(whole)
