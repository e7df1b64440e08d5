"""Words in lines, pills in rows, and a list that grows."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPoint, QStringListModel, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.panels.flow import FlowLayout
from ui.panels.rows import STEP, GrowingModel, RowList, in_lines, place_pills
from ui.theme import interface_font


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=300), width=st.integers(20, 400), lines=st.integers(1, 5))
def test_lines_hold_the_words_in_order(qapp: QApplication, text: str, width: int, lines: int) -> None:
    broken = in_lines(text, interface_font(), width, lines=lines)
    assert len(broken) <= lines
    kept = "".join("".join(broken[:-1]).split())
    assert "".join(text.split()).startswith(kept)


def test_what_does_not_fit_ends_in_an_ellipsis(qapp: QApplication) -> None:
    broken = in_lines("word " * 200, interface_font(), 120, lines=3)
    assert len(broken) == 3
    assert broken[-1].endswith("…")


def test_characters_outside_the_basic_plane_are_not_cut(qapp: QApplication) -> None:
    broken = in_lines("𝔘𝔫𝔦 😀 " * 12, interface_font(), 90, lines=30)
    assert "".join("".join(broken).split()) == "𝔘𝔫𝔦😀" * 12


def test_pills_stay_within_their_width(qapp: QApplication) -> None:
    pills = place_pills([f"tag {n}" for n in range(30)] + ["a very long tag " * 20], interface_font(), 200)
    assert all(box.right() <= 200 for _, box in pills)
    assert len({box.top() for _, box in pills}) > 1


def test_a_model_shows_the_view_no_more_rows_than_it_reaches(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    view = RowList(whole)
    model = GrowingModel(view)
    view.setModel(model)
    model.replace([str(n) for n in range(10_000)])
    assert model.rowCount() == STEP
    assert model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert model.rowCount() == 2 * STEP
    view.show_row(5_000)
    assert view.currentIndex().data() == "5000"


def test_enter_and_click_ask_for_a_row(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    view = RowList(whole)
    model = GrowingModel(view)
    view.setModel(model)
    model.replace(["one", "two"])
    view.resize(200, 200)
    whole.show()
    view.show_row(1)
    asked = []
    view.requested.connect(lambda index, shift: asked.append((index.data(), shift)))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    at = view.visualRect(model.index(0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert asked == [("two", False), ("two", True), ("one", False)]


def test_a_flow_begins_a_new_row_where_one_is_full(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    flow = FlowLayout(whole, spacing=5)
    for _ in range(4):
        part = QWidget()
        part.setFixedSize(60, 10)
        flow.addWidget(part)
    first = QWidget()
    first.setFixedSize(20, 10)
    flow.insert(0, first)
    assert flow.itemAt(0) is not None and flow.itemAt(9) is None
    assert flow.heightForWidth(1000) == 10
    assert flow.heightForWidth(130) == 40
    assert flow.sizeHint().width() == 4 * 60 + 20 + 4 * 5
    whole.resize(130, 60)
    whole.show()
    assert flow.takeAt(99) is None


def test_the_current_row_stays_in_sight_of_a_list_that_gets_lower(qtbot: QtBot) -> None:
    view = RowList(None)  # type: ignore[arg-type]  # alone in its test
    qtbot.addWidget(view)
    view.setModel(QStringListModel([str(number) for number in range(100)], view))
    view.resize(200, 400)
    with qtbot.waitExposed(view):
        view.show()
    last_seen = view.indexAt(QPoint(20, view.viewport().height() - 30))
    view.setCurrentIndex(last_seen)
    scrolled = view.verticalScrollBar().value()
    view.resize(200, 390 - view.visualRect(last_seen).height())
    assert view.viewport().rect().contains(view.visualRect(last_seen))
    assert view.verticalScrollBar().value() > scrolled

    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    view.resize(200, 100)
    assert not view.viewport().rect().intersects(view.visualRect(last_seen)), "it was out of sight already"
