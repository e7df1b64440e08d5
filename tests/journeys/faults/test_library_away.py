"""While the library can't be read the window says so wherever something of it would be, and fills again."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel

from reader.anchoring import describe
from reader.document import Block, Document, Metadata, Span
from reader.library import Library
from reader.model import (
    Analysis,
    Change,
    Colour,
    Correction,
    Entity,
    Highlight,
    Label,
    Mention,
    Remark,
    Scope,
    Tag,
)
from reader.paths import Paths, paths_in, with_library_in
from tests.journeys.faults.helpers import CONTROL, clicks, hears, held, stored, was_told
from tests.journeys.gestures import LEFT, Person
from ui.views.codebook import CodebookView
from ui.views.corrections import CorrectionsView
from ui.views.library import LibraryView
from ui.views.lost import LostView
from ui.views.people import PeopleView

OLD = "Ada Quill opened the harbour of Brightport. The sea is patient, she said."
NEW = OLD.replace("The sea is patient", "No comment")
AWAY = "can’t be read at the moment; Scholion has changed nothing in it"
EMPTY = (
    "Nobody is named",
    "There is no tag",
    "Every highlight stands",
    "Looking which highlights",
    "Where a name has the wrong type",
    "There is no article",
    "No article matches",
    "Drop an article",
)
VIEWS = ("people", "codebook", "corrections", "lost", "library")
posix = pytest.mark.skipif(os.name != "posix", reason="an open file can't be taken away")


def stock(paths: Paths) -> None:
    """Fill a library with one of each: a person, a tag, a correction, and a highlight that lost its words."""
    from reader.analysis import model_version

    def version(text: str) -> Document:
        return Document(text, (Block(Span(0, len(text))),), Metadata(title="Of the harbour"), source="/a.txt")

    library = Library.open(paths.library, backups=paths.backups)
    before, after = version(OLD), version(NEW)
    id = library.add_document(before).id
    at = OLD.index("The sea")
    marked = Highlight(id, describe(before, Span(at, at + len("The sea is patient"))), Colour.YELLOW)
    wrong = Correction(Remark.NOT_A_NAME, Scope.EVERYWHERE, "Brightport")
    library.apply(Change("mark", after=(marked, Tag("money"), wrong)))
    library.add_document(after)
    named = Span(0, len("Ada Quill"))
    found = Analysis(
        (Mention(named, Label.PERSON, "Ada Quill"),),
        (),
        (Entity("Ada Quill", Label.PERSON),),
        model=model_version(),
    )
    library.save_analysis(id, found, text_hash=after.text_hash)
    library.opened(id)
    library.close()


def number_in(person: Person, name: str) -> int:
    """Count what a view shows."""
    view = person.frame.middle.view(name)
    if isinstance(view, PeopleView):
        return view.people.model.rowCount()
    if isinstance(view, CodebookView):
        return view.model.rowCount()
    if isinstance(view, CorrectionsView):
        return view.model.rowCount()
    if isinstance(view, LostView):
        return len(view.cards)
    assert isinstance(view, LibraryView)
    return view.table.table.rowCount()


def texts(person: Person) -> str:
    """Return all that can be read in the window beside the message bar: labels, and lists without rows."""
    labels = [each.text() for each in person.frame.findChildren(QLabel) if each.isVisible()]
    empty = [
        each.accessibleDescription()
        for each in person.frame.findChildren(QAbstractItemView)
        if each.isVisible() and (each.model() is None or not each.model().rowCount())
    ]
    return "\n".join([*labels, *empty])


def shows(person: Person, name: str) -> None:
    """Show a view by the menu's action."""
    person.application.actions[name].trigger()
    assert person.frame.middle.shown == name


def says_that_it_is_away(person: Person) -> None:
    """Expect the sentence at the left and in the middle, and nowhere that there is nothing."""
    for place in (person.frame.library, person.frame.middle):
        assert any(AWAY in each.text() for each in place.findChildren(QLabel) if each.isVisible())
    assert not [words for words in EMPTY if words in texts(person)]
    assert person.frame.library.links.link("people").accessibleName() == "People"  # without a number


def take_away(folder: Path) -> Callable[[], object]:
    """Take the folder away, as when its drive is; return how it comes back."""
    away = folder.rename(folder.with_name("elsewhere"))
    return lambda: away.rename(folder)


@pytest.fixture
def person(data: Path, starts: Callable[..., Person]) -> Person:
    stock(paths_in(data))
    made = starts()
    made.waits_for_article("No comment")
    made.waits_for(lambda: made.frame.library.model.rowCount() == 1, "the list at the left")
    return made


@posix
@pytest.mark.parametrize("name", VIEWS)
def test_a_library_that_is_taken_away_is_called_out_of_reach_and_not_empty(
    person: Person, data: Path, name: str
) -> None:
    bring_back = take_away(data)
    shows(person, name)
    person.waits_for(lambda: person.session.is_away, "the sentence")
    says_that_it_is_away(person)
    hears(person, "Your library is not there")
    assert not data.exists(), "nothing was made in its place"
    bring_back()
    person.waits_for(lambda: number_in(person, name) == 1, "what is in the library")
    person.waits_for(lambda: AWAY not in texts(person), "the sentence to go")
    assert person.frame.middle.shown == name
    assert person.frame.library.list.isVisible()
    person.waits_for(lambda: "1" in person.frame.library.links.link("people").accessibleName(), "the number")
    assert not was_told(person, "Your library is not there")


@posix
def test_what_was_seen_stands_there_again_with_the_keyboard_in_its_place(person: Person, data: Path) -> None:
    shows(person, "people")
    view = person.frame.middle.view("people")
    assert isinstance(view, PeopleView)
    person.waits_for(lambda: number_in(person, "people") == 1, "the people")
    view.people.list.setFocus()
    bring_back = take_away(data)
    person.waits_for(lambda: person.session.is_away, "the sentence in place of the people")
    says_that_it_is_away(person)
    bring_back()
    person.waits_for(view.isVisible, "the people")
    assert view.people.chosen() == ["Ada Quill"]
    assert QApplication.focusWidget() is view.people.list


@posix
@pytest.mark.parametrize("width", [1456, 700])
def test_a_view_that_was_first_asked_for_meanwhile_has_the_keyboard_where_it_always_begins(
    person: Person, data: Path, width: int
) -> None:
    person.window.resize(width, 835)
    bring_back = take_away(data)
    person.waits_for(lambda: person.session.is_away, "the sentence")
    shows(person, "people")
    assert QApplication.focusWidget() is person.frame.middle.away.away.again
    bring_back()
    person.waits_for(lambda: number_in(person, "people") == 1, "the people")
    view = person.frame.middle.view("people")
    assert isinstance(view, PeopleView)
    assert QApplication.focusWidget() is view.people.filter


@posix
def test_after_that_it_is_written_to_as_before_and_steps_back_are_still_there(
    person: Person, data: Path
) -> None:
    person.drags_over("opened the harbour")
    person.presses(Qt.Key.Key_H)
    bring_back = take_away(data)
    person.waits_for(lambda: person.session.is_away, "the sentence")
    assert "opened the harbour" in person.page.document.text, "the article can still be read"
    bring_back()
    person.waits_for(lambda: AWAY not in texts(person), "the sentence to go")
    person.drags_over("Brightport")
    person.presses(Qt.Key.Key_H)
    assert sorted(words for words, _ in stored(data)) == [
        "Brightport",
        "The sea is patient",
        "opened the harbour",
    ]
    person.presses(Qt.Key.Key_Z, CONTROL)
    person.presses(Qt.Key.Key_Z, CONTROL)
    assert [words for words, _ in stored(data)] == ["The sea is patient"]


@posix
def test_another_file_in_its_place_is_shown_and_nothing_of_the_first_undone_in_it(
    person: Person, data: Path
) -> None:
    person.drags_over("opened the harbour")
    person.presses(Qt.Key.Key_H)
    other = paths_in(data.with_name("other"))
    stock(other)
    take_away(data)
    person.waits_for(lambda: person.session.is_away, "the sentence")
    shutil.copytree(other.data, data)
    person.waits_for(lambda: AWAY not in texts(person), "the sentence to go")
    person.waits_for(lambda: person.session.marked == [], "the article without the first one's highlight")
    assert not person.application.actions["undo"].isEnabled()
    person.drags_over("Brightport")
    person.presses(Qt.Key.Key_H)
    assert sorted(words for words, _ in stored(data)) == ["Brightport", "The sea is patient"]


@posix
def test_a_search_meanwhile_does_not_say_that_nothing_matches(person: Person, data: Path) -> None:
    bring_back = take_away(data)
    person.waits_for(lambda: person.session.is_away, "the sentence")
    person.types("harbour", on=person.frame.library.search)
    assert any(AWAY in each.text() for each in person.frame.library.findChildren(QLabel) if each.isVisible())
    assert not person.frame.library.found.isVisible()
    bring_back()
    person.waits_for(lambda: person.frame.library.found.model.rowCount(), "what was found")
    assert person.frame.library.found.isVisible()


@posix
def test_trying_again_says_why_not_and_brings_it_back(
    person: Person, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shows(person, "lost")
    bring_back = take_away(data)
    person.waits_for(lambda: person.session.is_away, "the sentence")
    person.application.shelf.close()  # it does not look by itself
    for message in list(person.frame.messages.messages):
        QTest.mouseClick(message.close_button, LEFT)
    assert not was_told(person, "Your library is not there")
    away = person.frame.middle.away.away
    QTest.mouseClick(away.again, LEFT)
    hears(person, "Your library is not there")
    QTest.mouseClick(away.settings, LEFT)
    assert person.frame.middle.shown == "settings"
    assert not person.frame.middle.away.isVisible()
    bring_back()
    QTest.mouseClick(person.frame.library.away.again, LEFT)
    person.waits_for(lambda: AWAY not in texts(person), "the sentence to go")


# ---------------------------------------------------------------- at the start


@pytest.fixture
def drive(tmp_path: Path) -> Paths:
    """The places of someone whose library is on a drive that is not connected."""
    own = Paths(tmp_path / "data", tmp_path / "config", tmp_path / "backups", tmp_path / "logs")
    return with_library_in(replace(own, usual=own), tmp_path / "drive" / "Scholion")


@pytest.mark.parametrize("name", VIEWS)
def test_a_drive_that_is_not_there_at_the_start_is_waited_for(drive: Paths, qtbot: object, name: str) -> None:
    person = Person(drive.data, paths=drive)
    try:
        hears(person, "Your library is not there")
        says_that_it_is_away(person)
        shows(person, name)
        says_that_it_is_away(person)
        assert not drive.data.exists()
        stock(drive)
        person.waits_for(lambda: number_in(person, name) == 1, "what is on the drive")
        person.waits_for_article("No comment")
        assert person.frame.middle.shown == name, "the article has come behind what is looked at"
        focus = QApplication.focusWidget()
        assert focus is not None and person.frame.middle.view(name).isAncestorOf(focus)
        assert AWAY not in texts(person)
        assert not was_told(person, "Your library is not there")
    finally:
        person.leaves()


def test_a_library_that_is_locked_at_the_start_opens_when_the_other_is_done(
    data: Path, starts: Callable[..., Person]
) -> None:
    with held(paths_in(data).library):
        person = starts()
        hears(person, "held by another program")
        says_that_it_is_away(person)
    person.waits_for(lambda: person.session.document, "the welcome article")
    assert AWAY not in texts(person)
    assert not was_told(person, "held by another program")


@posix
def test_a_library_that_goes_while_it_is_waited_for_is_not_made_anew(
    data: Path, starts: Callable[..., Person]
) -> None:
    stock(paths_in(data))
    other = sqlite3.connect(paths_in(data).library, isolation_level=None)
    other.execute("pragma locking_mode = exclusive")
    other.execute("begin exclusive")
    person = starts()
    hears(person, "held by another program")
    bring_back = take_away(data)
    hears(person, "Your library is not there")
    clicks(person, "Try again")
    hears(person, "Your library is not there")
    says_that_it_is_away(person)
    assert not data.exists()
    bring_back()
    other.close()
    person.waits_for_article("No comment")


# ---------------------------------------------------------------- damaged


def spoil(library: Path, table: str) -> None:
    """Overwrite where a table begins, with everything else left whole."""
    with sqlite3.connect(library) as made:
        made.execute("pragma wal_checkpoint(truncate)")
        ((page,),) = made.execute("select rootpage from sqlite_master where name = ?", (table,))
        ((size,),) = made.execute("pragma page_size")
    made.close()
    whole = library.read_bytes()
    library.write_bytes(whole[: (page - 1) * size] + b"\xa5" * size + whole[page * size :])


@pytest.mark.parametrize(("name", "table"), [("corrections", "correction"), ("codebook", "tag")])
def test_where_a_part_is_damaged_the_view_is_not_called_empty_and_articles_are_still_listed(
    person: Person, data: Path, name: str, table: str
) -> None:
    spoil(paths_in(data).library, table)
    shows(person, name)
    person.session.library_changed.emit(None)  # as when another window has written
    person.waits_for(lambda: AWAY in texts(person), "the sentence")
    hears(person, "damaged")
    assert not [words for words in EMPTY if words in texts(person)]
    assert person.frame.library.list.isVisible()
    assert not person.session.is_away
    reach, seen = person.application.wing.reach, []
    reach.changed.connect(lambda: seen.append(reach.is_hurt))
    QTest.mouseClick(person.frame.middle.away.away.again, LEFT)
    person.waits_for(lambda: seen == [False, True], "another try, and the sentence again")
    assert AWAY in texts(person)
    assert not [words for words in EMPTY if words in texts(person)]


def test_where_no_article_can_be_opened_the_empty_page_says_so_too(
    data: Path, starts: Callable[..., Person]
) -> None:
    stock(paths_in(data))
    spoil(paths_in(data).library, "correction")
    person = starts()
    hears(person, "damaged")
    person.waits_for(lambda: AWAY in person.frame.area.nothing.text(), "the sentence on the page")
    assert person.session.document is None


def test_a_damaged_library_that_is_restored_shows_what_is_in_the_copy(person: Person, data: Path) -> None:
    from reader.library import backup

    paths = paths_in(data)
    person.waits_for(lambda: backup.listed(paths.library, paths.backups), "the copy of the day")
    shows(person, "corrections")
    person.waits_for(lambda: number_in(person, "corrections") == 1, "the correction")
    for beside in data.glob("library.sqlite-*"):
        beside.unlink()
    paths.library.write_bytes(b"Dear diary, this is no database at all. " * 99)
    person.frame.middle.refresh()
    person.waits_for(lambda: person.session.is_away, "the sentence")
    says_that_it_is_away(person)
    person.waits_for(
        lambda: any("Restore the copy" in each.button.text() for each in person.frame.messages.messages),
        "the offer",
    )
    (restore,) = [
        each.button for each in person.frame.messages.messages if "Restore the copy" in each.button.text()
    ]
    QTest.mouseClick(restore, LEFT)
    person.waits_for(lambda: AWAY not in texts(person), "the sentence to go")
    person.waits_for(lambda: number_in(person, "corrections") == 1, "the correction")
