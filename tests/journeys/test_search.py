"""The story of looking for something: typed in one box, read beside the page, narrowed, kept for later."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reader.document import Block, Document, Metadata, Span
from reader.library import Library
from reader.lists import Filter
from reader.model import Anchor, Change, Collection, Details, Highlight, Membership
from reader.paths import paths_in
from tests.journeys.gestures import LEFT, Person
from ui.views.library import LibraryView

pytestmark = pytest.mark.usefixtures("unanalysed")

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
WALL = "The old wall fell. Nobody asked why.\n\nThe new wall will cost more than the old wall did."
PIER = "The pier is shut.\n\nStone by stone the wall grows beside it."
BREAD = "Nothing here but bread."


def made(text: str, title: str, date: str) -> Document:
    blocks, at = [], 0
    for paragraph in text.split("\n\n"):
        blocks.append(Block(Span(at, at + len(paragraph))))
        at += len(paragraph) + 2
    known = Metadata(title=title, site="Bay Post", date=date)
    return Document(text, tuple(blocks), known, source=f"/{title}.txt")


@pytest.fixture
def filled(data: Path) -> Path:
    """Three articles; one has a note, one a tag and a collection."""
    paths = paths_in(data)
    library = Library.open(paths.library, backups=paths.backups)
    wall, pier, _ = library.add_documents(
        [made(WALL, "Wall", "2021-03"), made(PIER, "Pier", "2020"), made(BREAD, "Bread", "2019")]
    )
    hash = library.document(wall.id)
    assert hash is not None
    asked = Anchor(Span(19, 36), "Nobody asked why.", text_hash=hash.text_hash)
    essay = Collection("Essay")
    library.apply(
        Change(
            "add",
            after=(
                Highlight(wall.id, asked, note="Ask the mayor about stone"),
                Details(pier.id, tags=("claim",)),
                essay,
                Membership(essay.id, pier.id),
            ),
        )
    )
    library.close()
    return data


@pytest.fixture
def person(filled: Path, starts: Callable[..., Person]) -> Person:
    person = starts()
    person.window.resize(1300, 800)
    person.waits_for(lambda: person.frame.library.model.rowCount() == 3, "the articles")
    return person


def rows(person: Person) -> list[str]:
    model = person.frame.library.found.model
    return [str(model.index(n).data()) for n in range(model.rowCount())]


def searches(person: Person, query: str, total: str) -> None:
    """Press the keys for searching and type; wait for the line that says how many there are."""
    person.presses(Qt.Key.Key_F, CTRL_SHIFT)
    field = person.frame.library.search
    assert QApplication.focusWidget() is field
    person.types(query, on=field)
    told = person.frame.library.found.total
    person.waits_for(lambda: told.isVisible() and told.text() == total, f"{total} for {query}")


def ringed(person: Person) -> str:
    current = person.page.marks.current
    return current.of(person.page.document.text) if current is not None else ""


def test_a_search_is_typed_read_and_opened_by_keys(person: Person) -> None:
    panel, page = person.frame.library, person.page
    searches(person, "wall", "2 articles")
    assert rows(person)[0] == "Wall"
    assert panel.found.isVisible()
    assert not panel.list.isVisible()
    person.presses(Qt.Key.Key_Down, on=panel.search)
    assert QApplication.focusWidget() is panel.found.list
    person.presses(Qt.Key.Key_Down, on=panel.found.list)
    person.presses(Qt.Key.Key_Return, on=panel.found.list)
    person.waits_for_article("Nobody asked")
    person.waits_for(lambda: ringed(person) == "wall", "the first place to be ringed")
    person.waits_for(lambda: len(page.marks.found.marks) == 3, "the words to be set off")

    starts = []
    for _ in range(2):
        person.presses(Qt.Key.Key_F4)
        assert ringed(person) == "wall"
        assert page.marks.current is not None
        starts.append(page.marks.current.start)
    assert starts == [WALL.index("wall", 20), WALL.rindex("wall")]
    person.presses(Qt.Key.Key_F4)
    person.waits_for_article("Stone by stone")
    person.waits_for(lambda: ringed(person) == "wall", "the place in the next article")
    person.presses(Qt.Key.Key_F4, SHIFT)
    person.waits_for_article("Nobody asked")

    person.presses(Qt.Key.Key_F, CTRL_SHIFT)
    person.presses(Qt.Key.Key_Escape, on=panel.search)
    assert panel.list.isVisible()
    assert panel.search.text() == ""
    assert not page.marks.found.marks


def test_a_click_on_a_note_opens_the_passage_it_is_on(person: Person) -> None:
    found = person.frame.library.found
    searches(person, "mayor", "1 article")
    assert rows(person) == ["Wall", "Ask the mayor about stone"]
    at = found.list.visualRect(found.model.index(1)).center()
    QTest.mouseClick(found.list.viewport(), LEFT, pos=at)
    person.waits_for_article("Nobody asked")
    person.waits_for(lambda: ringed(person) == "Nobody asked why.", "the passage")


def test_filters_narrow_and_can_be_typed_too(person: Person) -> None:
    panel = person.frame.library
    buttons = panel.found.filters.buttons
    searches(person, "wall OR bread", "3 articles")
    person.waits_for(buttons["collection"].isVisible, "the filters")
    menu = buttons["collection"].menu()
    menu.aboutToShow.emit()
    menu.actions()[0].trigger()
    assert panel.search.text() == "(wall OR bread) collection:Essay"
    person.waits_for(lambda: panel.found.total.text() == "1 article", "what is in the collection")
    assert buttons["collection"].isChecked()
    panel.search.selectAll()
    person.types("tag:claim date:2020", on=panel.search)
    person.waits_for(lambda: buttons["tag"].isChecked() and buttons["date"].isChecked(), "typed filters")
    assert rows(person)[0] == "Pier"


def test_nonsense_is_explained_while_the_results_stay(person: Person) -> None:
    found = person.frame.library.found
    searches(person, "wall", "2 articles")
    person.types(' "old', on=person.frame.library.search)
    person.waits_for(found.sentence.isVisible, "the explanation")
    assert "is not closed. Close it." in found.sentence.text()
    assert rows(person)[0] == "Wall"
    person.types(' wall"', on=person.frame.library.search)
    person.waits_for(lambda: found.total.text() == "1 article", "the phrase")
    assert not found.sentence.isVisible()


def test_all_that_was_found_is_shown_as_a_table_and_collected(person: Person) -> None:
    panel, library = person.frame.library, person.session.library
    assert library is not None
    assert not panel.found.table.isVisible()
    person.presses(Qt.Key.Key_L, CTRL_SHIFT)
    assert "Search the library first" in person.frame.messages.messages[0].what
    assert person.frame.middle.shown == ""

    searches(person, "wall", "2 articles")
    QTest.mouseClick(panel.found.table, LEFT)
    view = person.frame.middle.view("library")
    assert isinstance(view, LibraryView)
    person.waits_for(lambda: view.table.table.rowCount() == 2, "those that were found")
    assert view.filters.found.isVisible()
    person.presses(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, on=view.table)
    person.application.wing.organiser.filer.collect(view.table.chosen(), "Walls")
    person.waits_for(lambda: library.count(Filter(collection="Walls")) == 2, "both in the collection")

    searches(person, " date:2020", "1 article")
    assert view.table.table.rowCount() == 2, "the table stays as it was asked for"
    person.presses(Qt.Key.Key_L, CTRL_SHIFT)
    person.waits_for(lambda: view.table.table.rowCount() == 1, "the narrower search")
    QTest.mouseClick(view.filters.found, LEFT)
    person.waits_for(lambda: view.table.table.rowCount() == 3, "all of the library")
    assert not view.filters.found.isVisible()


def test_a_search_is_kept_run_renamed_and_deleted(person: Person) -> None:
    panel, session = person.frame.library, person.session
    searches(person, "stone", "2 articles")
    QTest.mouseClick(panel.search.star, LEFT)
    assert [each.query for each in session.library.saved_searches()] == ["stone"]  # type: ignore[union-attr]
    person.presses(Qt.Key.Key_Escape, on=panel.search)
    (link,) = panel.searches.links
    assert link.isVisible()
    QTest.mouseClick(link, LEFT)
    assert panel.search.text() == "stone"
    person.waits_for(lambda: rows(person)[:1] == ["Wall"], "what is found again")
    person.presses(Qt.Key.Key_Escape, on=panel.search)

    panel.searches.links[0].setFocus()
    person.presses(Qt.Key.Key_F2, on=panel.searches.links[0])
    dialog = person.application.wing.search_keeper.dialog
    assert dialog is not None
    dialog.setTextValue("What is of stone")
    dialog.accept()
    assert panel.searches.links[0].text() == "What is of stone"
    person.presses(Qt.Key.Key_Delete, on=panel.searches.links[0])
    assert panel.searches.links == []
    session.history.undo()
    assert panel.searches.links[0].text() == "What is of stone"


def test_in_a_narrow_window_the_panel_comes_and_goes(person: Person) -> None:
    person.window.resize(700, 800)
    person.waits_for(lambda: not person.frame.side.isVisible(), "the panel to fold away")
    searches(person, "pier", "1 article")
    assert person.frame.side.isVisible()
    panel = person.frame.library
    person.presses(Qt.Key.Key_Return, on=panel.search)
    person.presses(Qt.Key.Key_Return, on=panel.found.list)
    person.waits_for_article("The pier is shut")
    person.waits_for(lambda: not person.frame.side.isVisible(), "the panel to fold away again")
    assert person.application.preferences.settings.left_panel


def test_what_is_written_meanwhile_is_found(person: Person) -> None:
    searches(person, "zebra", "0 articles")
    person.application.navigator.open(1)
    person.waits_for_article("Nobody asked")
    person.drags_over("The old wall")
    person.writes_note("Like a zebra")
    person.waits_for(lambda: rows(person) == ["Wall", "Like a zebra"], "the note")


def test_an_example_of_the_help_is_tried(person: Person) -> None:
    panel = person.frame.library
    QTest.mouseClick(panel.search.help, LEFT)
    card = person.application.wing.searcher.help
    assert card is not None
    example = next(each for each in card.examples if each.text() == "tag:claim")
    QTest.mouseClick(example, LEFT)
    assert not card.isVisible()
    assert panel.search.text() == "tag:claim"
    person.waits_for(lambda: rows(person)[:1] == ["Pier"], "what is so tagged")


def test_english_words_are_found_in_all_their_forms_when_that_is_chosen(person: Person) -> None:
    searches(person, "growing", "0 articles")
    person.presses(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    chooser = person.application.wing.form_chooser
    assert chooser.box is not None
    QTest.keyClick(chooser.box, Qt.Key.Key_Space)
    person.waits_for(lambda: rows(person)[:1] == ["Pier"], "what is found in another form")
    person.waits_for(chooser.box.isEnabled, "the end of it")
    assert chooser.box.isChecked()
    found = person.frame.library.found.model.row(1)
    assert found is not None
    assert [found.words[mark.start : mark.end] for mark in found.marks] == ["grows"]
    chooser.choose(False)
    person.waits_for(lambda: rows(person) == [], "words as they are written")


def test_from_what_was_found_the_keys_lead_on_to_its_neighbours(
    filled: Path, starts: Callable[..., Person]
) -> None:
    paths = paths_in(filled)
    library = Library.open(paths.library, backups=paths.backups)
    library.add_documents([made(f"Page {n} of a long story.", f"Page {n:03}", "2018") for n in range(300)])
    library.close()
    person = starts()
    person.waits_for(lambda: person.frame.library.model.rowCount() == 303, "the articles")
    panel = person.frame.library

    searches(person, "wall", "2 articles")
    person.presses(Qt.Key.Key_Down, on=panel.search)
    person.presses(Qt.Key.Key_Return, on=panel.found.list)
    person.waits_for_article("The old wall")
    person.presses(Qt.Key.Key_J)  # among what was found
    person.waits_for_article("The pier")
    person.presses(Qt.Key.Key_K)
    person.waits_for_article("The old wall")
    assert panel.found.list.currentIndex().data() == "Wall"

    person.presses(Qt.Key.Key_F, CTRL_SHIFT)
    person.presses(Qt.Key.Key_Escape, on=panel.search)
    shown = [panel.model.index(n).data() for n in range(303)]
    place = shown.index("Wall")
    assert place > 100  # further down than was looked at
    person.page.setFocus()
    person.presses(Qt.Key.Key_K)  # in the list of all
    person.waits_for(lambda: person.session.document.title == shown[place - 1], "the one before")
    assert panel.list.currentIndex().data() == shown[place - 1]
