"""The story of going back: to the article, or to the view of the library, that one came from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from reader.document import Block, Document, Metadata, Span
from reader.library import Library
from reader.paths import paths_in
from tests.journeys.gestures import Person
from ui.views.library import LibraryView

pytestmark = pytest.mark.usefixtures("unanalysed")

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def article(number: int) -> Document:
    text = f"This is article {number}.\n\n" + "The harbour was quiet, and nobody spoke. " * 80
    blocks = (Block(Span(0, text.index("\n"))), Block(Span(text.index("The"), len(text))))
    return Document(text, blocks, Metadata(title=f"No {number:02}"), source=f"/{number}.txt")


@pytest.fixture
def person(data: Path, starts: Callable[..., Person]) -> Person:
    paths = paths_in(data)
    library = Library.open(paths.library, backups=paths.backups)
    library.add_documents(map(article, range(60)))
    library.opened(1)
    library.close()
    made = starts()
    made.waits_for_article("This is article 0.")
    return made


def goes(person: Person, key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    person.presses(key, ALT, on=focus)


def is_shown(person: Person, view: str) -> None:
    person.waits_for(lambda: person.frame.middle.shown == view, f"the view {view!r}")


def test_back_leads_to_the_view_that_an_article_was_opened_from(person: Person) -> None:
    person.presses(Qt.Key.Key_L, CONTROL)
    is_shown(person, "library")
    view = person.frame.middle.view("library")
    assert isinstance(view, LibraryView)
    table = view.table
    person.waits_for(lambda: table.table.rowCount() == 60, "all articles in the table")
    focus = QApplication.focusWidget()
    assert focus is not None
    for _ in range(40):
        person.presses(Qt.Key.Key_Down, on=focus)
    row, scrolled = table.currentIndex().row(), table.verticalScrollBar().value()
    assert scrolled > 0
    person.presses(Qt.Key.Key_Return, on=focus)
    is_shown(person, "")
    opened = person.page.document.title
    assert opened != "No 00"

    goes(person, Qt.Key.Key_Left)
    is_shown(person, "library")
    assert (table.currentIndex().row(), table.verticalScrollBar().value()) == (row, scrolled)
    goes(person, Qt.Key.Key_Left)
    is_shown(person, "")
    person.waits_for_article("This is article 0.")
    assert not person.application.actions["back"].isEnabled()
    goes(person, Qt.Key.Key_Right)
    is_shown(person, "library")
    goes(person, Qt.Key.Key_Right)
    is_shown(person, "")
    person.waits_for(lambda: person.page.document.title == opened, "the article from the table")
    assert not person.application.actions["forward"].isEnabled()


def test_a_view_that_was_only_looked_into_is_not_in_the_way(person: Person) -> None:
    person.presses(Qt.Key.Key_J)
    person.waits_for_article("This is article 1.")
    person.presses(Qt.Key.Key_5, ALT)
    is_shown(person, "codebook")
    focus = QApplication.focusWidget()
    assert focus is not None
    person.presses(Qt.Key.Key_Escape, on=focus)
    is_shown(person, "")
    goes(person, Qt.Key.Key_Left)
    person.waits_for_article("This is article 0.")
    is_shown(person, "")
