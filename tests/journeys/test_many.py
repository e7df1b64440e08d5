"""The story of a change of many articles: told while it is under way, and then only what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from reader.document import Block, Document, Metadata, Span
from reader.library import Library
from reader.lists import Filter
from reader.model import ReadingState
from reader.paths import paths_in
from tests.journeys.gestures import Person
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


def test_what_is_under_way_and_what_is_done_are_never_told_side_by_side(person: Person) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    library = person.session.library
    assert library is not None
    presses(person, Qt.Key.Key_L, control)
    view = person.frame.middle.view("library")
    assert isinstance(view, LibraryView)
    person.waits_for(lambda: view.table.table.rowCount() == ARTICLES, "all in the table")
    presses(person, Qt.Key.Key_A, control)

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
    person.waits_for(lambda: told(person) == [], "the step back")
    assert library.count(Filter(state=ReadingState.READ)) == 0
