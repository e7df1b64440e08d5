"""The story of a change of many articles: told while it is under way, and then only what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from reader.document import Block, Document, Metadata, Span
from reader.library import Library
from reader.lists import Filter
from reader.model import ReadingState
from reader.paths import paths_in
from tests.journeys.gestures import LEFT, Person
from ui.library.carrying import MANY
from ui.views.library import LibraryView

pytestmark = pytest.mark.usefixtures("unanalysed")

ARTICLES = MANY + 100
UNDER_WAY = f"{ARTICLES} entries of the library are being changed. You can read on meanwhile."


def article(number: int) -> Document:
    text = f"This is article {number}."
    return Document(text, (Block(Span(0, len(text))),), Metadata(title=f"No {number}"), source=f"/{number}")


@pytest.fixture
def person(data: Path, starts: Callable[..., Person]) -> Person:
    paths = paths_in(data)
    library = Library.open(paths.library, backups=paths.backups)
    library.add_documents(map(article, range(ARTICLES)))
    library.close()
    made = starts()
    made.waits_for_article("This is article")
    return made


def told(person: Person) -> list[str]:
    return [each.what for each in person.frame.messages.messages]


def presses(person: Person, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    person.presses(key, *modifiers, on=focus)


def chooses_all(person: Person) -> LibraryView:
    """Choose every article in the table, and return the view."""
    control = Qt.KeyboardModifier.ControlModifier
    presses(person, Qt.Key.Key_L, control)
    view = person.frame.middle.view("library")
    assert isinstance(view, LibraryView)
    person.waits_for(lambda: view.table.table.rowCount() == ARTICLES, "all in the table")
    presses(person, Qt.Key.Key_A, control)
    return view


def test_what_is_under_way_and_what_is_done_are_never_told_side_by_side(person: Person) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    library = person.session.library
    assert library is not None
    view = chooses_all(person)

    presses(person, Qt.Key.Key_R)
    assert told(person) == [UNDER_WAY]
    person.frame.messages._drop_passing()
    assert told(person) == [UNDER_WAY], "it stays as long as it is true"
    person.waits_for(lambda: told(person) == [f"{ARTICLES} articles are marked as read."], "what is done")
    assert library.count(Filter(state=ReadingState.READ)) == ARTICLES

    person.waits_for(
        lambda: view.table.table.rowCount() == ARTICLES and view.table.chosen(), "the rows again"
    )
    presses(person, Qt.Key.Key_A, control)
    presses(person, Qt.Key.Key_R)
    assert told(person) == [UNDER_WAY]
    person.waits_for(lambda: told(person) == [], "nothing was to be done")

    presses(person, Qt.Key.Key_Z, control)
    assert told(person) == [UNDER_WAY]
    person.waits_for(lambda: told(person) == ["Undone: mark as read or unread."], "the step back")
    assert library.count(Filter(state=ReadingState.READ)) == 0


def test_many_articles_go_into_a_new_collection_and_out_again_by_the_same_menu(person: Person) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    library, filer = person.session.library, person.application.wing.organiser.filer
    assert library is not None
    view = chooses_all(person)

    presses(person, Qt.Key.Key_C)
    menu = popup(person)
    assert person.window.geometry().contains(menu.geometry().center()), "whoever uses keys sees it"
    clicks(menu, "New collection…")
    dialog = filer.collector.dialog
    assert dialog is not None
    person.waits_for(dialog.isVisible, "the dialog")
    person.types("/", on=dialog.field)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.error.text(), "a slash alone is no name"
    dialog.field.setText("Walls")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert person.session.is_held, "the window does not wait for so many"
    person.waits_for(lambda: told(person) == [f"{ARTICLES} articles are in “Walls”."], "what is done")
    assert library.count(Filter(collection="Walls")) == ARTICLES

    person.presses(Qt.Key.Key_A, control, on=view.table)
    person.presses(Qt.Key.Key_C, on=view.table)
    menu = popup(person)
    assert [each.isChecked() for each in menu.actions() if each.text() == "Walls"] == [True]
    clicks(menu, "Walls")
    person.waits_for(lambda: told(person) == [f"{ARTICLES} articles are out of “Walls”."], "what is done")
    assert library.count(Filter(collection="Walls")) == 0


def popup(person: Person) -> QMenu:
    person.waits_for(lambda: isinstance(QApplication.activePopupWidget(), QMenu), "the menu")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def clicks(menu: QMenu, words: str) -> None:
    action = next(each for each in menu.actions() if each.text() == words)
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
