"""Collections and tags at the left: a tree that folds, asks, and takes articles."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from pytestqt.qtbot import QtBot

from reader.model import Colour
from ui.panels.shelves import ARTICLES, NAME, Named, Shelves
from ui.theme import THEMES

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def shelves(qtbot: QtBot) -> Shelves:
    made = Shelves(None)  # type: ignore[arg-type]  # a window of its own
    qtbot.addWidget(made)
    made.set_theme(THEMES["light"])
    made.resize(240, 500)
    made.show_names(
        [Named("Essay", 3), Named("Essay/One", 2), Named("Wall/East", 1)],
        [Named("money/budget", 4, Colour.BLUE), Named("claim", 2)],
    )
    with qtbot.waitExposed(made):
        made.show()
    return made


def names(shelves: Shelves) -> list[str]:
    return [str(each.data(NAME)) for each in shelves.collections.tree._indices()]


def place(shelves: Shelves, name: str) -> QPoint:
    index = shelves.collections.tree._index_of(name)
    assert index is not None
    return shelves.collections.tree.visualRect(index).center()


def test_what_is_inside_stands_under_it_also_where_that_is_nobodys_name(shelves: Shelves) -> None:
    assert names(shelves) == ["Essay", "Essay/One", "Wall", "Wall/East"]
    assert [each.data() for each in shelves.tags.tree._indices()] == ["money / budget", "claim"]


def test_a_click_asks_and_enter_too(shelves: Shelves, qtbot: QtBot) -> None:
    tree = shelves.collections.tree
    with qtbot.waitSignal(shelves.collection_requested) as asked:
        qtbot.mouseClick(tree.viewport(), LEFT, pos=place(shelves, "Essay/One"))
    assert asked.args == ["Essay/One"]
    qtbot.keyClick(tree, Qt.Key.Key_Up)
    with qtbot.waitSignal(shelves.collection_requested) as asked:
        qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert asked.args == ["Essay"]


def test_f2_renames_and_delete_deletes(shelves: Shelves, qtbot: QtBot) -> None:
    tree = shelves.collections.tree
    qtbot.mouseClick(tree.viewport(), LEFT, pos=place(shelves, "Essay"))
    with qtbot.waitSignal(shelves.rename_requested) as asked:
        qtbot.keyClick(tree, Qt.Key.Key_F2)
    assert asked.args == ["Essay"]
    with qtbot.waitSignal(shelves.delete_requested) as asked:
        qtbot.keyClick(tree, Qt.Key.Key_Delete)
    assert asked.args == ["Essay"]


def test_what_is_folded_stays_so_when_the_names_change(shelves: Shelves, qtbot: QtBot) -> None:
    tree = shelves.collections.tree
    index = tree._index_of("Essay")
    assert index is not None
    high = tree.height()
    tree.collapse(index)
    assert tree.height() < high
    shelves.show_names([Named("Essay", 4), Named("Essay/One", 2)], [])
    index = tree._index_of("Essay")
    assert index is not None
    assert not tree.isExpanded(index)
    assert not shelves.tags.isVisible()


def test_a_section_folds_and_tells(shelves: Shelves, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shelves.folded_changed) as told:
        qtbot.mouseClick(shelves.tags.title, LEFT)
    assert told.args == [("tags",)]
    assert not shelves.tags.tree.isVisible()
    shelves.fold(("collections",))
    assert shelves.tags.tree.isVisible()
    assert not shelves.collections.tree.isVisible()


def test_articles_are_dropped_on_the_collection_under_them(shelves: Shelves, qtbot: QtBot) -> None:
    tree = shelves.collections.tree
    data = QMimeData()
    data.setData(ARTICLES, json.dumps([3, 5]).encode())
    at = place(shelves, "Wall/East")
    plain, copy = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    tree.dragMoveEvent(QDragMoveEvent(at, copy, data, LEFT, plain))
    assert tree.target == "Wall/East"
    with qtbot.waitSignal(shelves.articles_dropped) as asked:
        tree.dropEvent(QDropEvent(QPointF(at), copy, data, LEFT, plain))
    assert asked.args == ["Wall/East", [3, 5]]
    assert tree.target == ""
