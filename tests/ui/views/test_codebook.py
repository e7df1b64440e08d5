"""The codebook: tags as a tree, written on in place, dragged onto one another."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from reader.lists import Used
from reader.model import Colour, Tag
from ui.theme import THEMES
from ui.views.codebook import CodebookView
from ui.views.tag_tree import NAME, TAG

LEFT = Qt.MouseButton.LeftButton
USED = (
    Used(Tag("claim", Colour.YELLOW, "Said to be so"), 2, 1, 1, 3),
    Used(Tag("money/budget"), 4, 0, 0, 2),
    Used(Tag("money/levy"), 0, 0, 0, 0),
)


@pytest.fixture
def view(qtbot: QtBot) -> CodebookView:
    made = CodebookView(None)  # type: ignore[arg-type]  # a window of its own
    qtbot.addWidget(made)
    made.set_theme(THEMES["sepia"])
    made.resize(900, 500)
    made.show_tags(USED)
    with qtbot.waitExposed(made):
        made.show()
    return made


def cells(view: CodebookView, row: int) -> list[str]:
    return [view.model.item(row, column).text() for column in range(view.model.columnCount())]


def writes(qtbot: QtBot, view: CodebookView, column: int, words: str) -> None:
    view.tree.setCurrentIndex(view.model.index(0, 0))
    shift = Qt.KeyboardModifier.ShiftModifier if column else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(view.tree, Qt.Key.Key_F2, shift)
    (editor,) = (each for each in view.tree.viewport().findChildren(QLineEdit) if each.isVisible())
    editor.selectAll()
    qtbot.keyClicks(editor, words)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def test_tags_stand_under_one_another_with_their_numbers(view: CodebookView) -> None:
    assert cells(view, 0) == ["claim", "Said to be so", "2", "1", "3"]
    assert cells(view, 1) == ["money", "", "", "", ""]
    parent = view.model.item(1, 0)
    assert [parent.child(row, 0).data(NAME) for row in range(2)] == ["money/budget", "money/levy"]
    view.grab()


def test_the_chosen_tag_stays_chosen_under_another_name_and_its_neighbour_when_it_is_gone(
    view: CodebookView,
) -> None:
    claim, budget, levy = USED
    assert view.chosen() == "claim"
    renamed = replace(claim, tag=replace(claim.tag, name="truth"))
    view.show_tags((budget, levy, renamed))
    assert view.chosen() == "truth"
    view.show_tags((budget, levy))
    assert view.chosen() == "money/levy"
    view.show_tags(USED)
    assert view.chosen() == "money/levy"


def test_a_name_and_what_it_means_are_written_in_place(view: CodebookView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.rename_requested) as asked:
        writes(qtbot, view, 0, "assertion")
    assert asked.args == ["claim", "assertion"]
    view.show_tags(USED)
    assert cells(view, 0)[0] == "claim", "what is stored is shown again"
    with qtbot.waitSignal(view.describe_requested) as asked:
        writes(qtbot, view, 1, "Without a reason")
    assert asked.args == ["claim", "Without a reason"]


def test_the_tag_that_has_the_keyboard_is_on_the_ground_of_what_is_chosen(
    view: CodebookView, qtbot: QtBot
) -> None:
    view.tree.setFocus()
    qtbot.waitUntil(view.tree.hasFocus)
    row = view.tree.visualRect(view.model.index(0, 1))
    seen = view.tree.viewport().grab().toImage()
    theme = THEMES["sepia"]
    assert seen.pixelColor(row.right() - 4, row.center().y()) == theme.colour("selection")
    assert seen.pixelColor(row.right() - 4, row.top()) == theme.colour("accent")


def test_one_tag_is_dragged_onto_another_or_beside_them_all(view: CodebookView, qtbot: QtBot) -> None:
    tree = view.tree
    plain, move = Qt.KeyboardModifier.NoModifier, Qt.DropAction.MoveAction
    data = view.model.mimeData([view.model.index(0, 1)])
    assert bytes(data.data(TAG).data()) == b"claim"
    for at, target in (
        (tree.visualRect(view.model.index(1, 0)).center(), "money"),
        (QPoint(50, tree.viewport().height() - 5), ""),
    ):
        tree.dragMoveEvent(QDragMoveEvent(at, move, data, LEFT, plain))
        with qtbot.waitSignal(view.nest_requested) as asked:
            tree.dropEvent(QDropEvent(QPointF(at), move, data, LEFT, plain))
        assert asked.args == ["claim", target]


def test_something_else_is_not_taken(view: CodebookView) -> None:
    data, plain = QMimeData(), Qt.KeyboardModifier.NoModifier
    event = QDragMoveEvent(QPoint(20, 20), Qt.DropAction.MoveAction, data, LEFT, plain)
    view.tree.dragMoveEvent(event)
    assert not event.isAccepted()


def test_keys_show_and_delete(view: CodebookView, qtbot: QtBot) -> None:
    view.tree.setCurrentIndex(view.model.index(0, 0))
    with qtbot.waitSignal(view.show_requested) as asked:
        qtbot.keyClick(view.tree, Qt.Key.Key_Return)
    assert asked.args == ["claim"]
    with qtbot.waitSignal(view.delete_requested) as asked:
        qtbot.keyClick(view.tree, Qt.Key.Key_Delete)
    assert asked.args == ["claim"]


def test_what_is_chosen_and_folded_stays_so(view: CodebookView) -> None:
    money = view.model.item(1, 0)
    view.tree.setCurrentIndex(money.child(1, 0).index())
    assert view.chosen() == "money/levy"
    view.show_tags(USED[1:])
    assert view.chosen() == "money/levy"
    view.tree.collapse(view.model.index(0, 0))
    view.show_tags(USED)
    assert not view.tree.isExpanded(view.model.index(1, 0))


def test_an_empty_codebook_says_what_to_do(view: CodebookView) -> None:
    view.show_tags(())
    assert not view.merge.isVisible()
    assert not view.delete.isVisible()
    assert view.new.isVisible()
    view.grab()
