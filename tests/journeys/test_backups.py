"""A person gets a library back: the newest copy where the file is damaged, or any that is chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from reader.errors import LibraryDamaged
from reader.library import Library, backup
from reader.paths import paths_in
from tests.journeys.gestures import LEFT, Person
from ui.dates import moment_in_words
from ui.dialogs.backups import BackupDialog

pytestmark = pytest.mark.usefixtures("unanalysed")

HARBOUR = "Ada Quill opened the new harbour of Brightport.\n\nThe town had waited for eleven years for it.\n"


@pytest.fixture
def marks(starts: Callable[..., Person], tmp_path: Path) -> Callable[..., Person]:
    """Open the article in a window and mark words of it; the window stays open."""

    def mark(*words: str) -> Person:
        path = tmp_path / "harbour.txt"
        path.write_text(HARBOUR, encoding="utf-8")
        person = starts(path)
        person.waits_for_article("Ada Quill")
        for each in words:
            person.drags_over(each)
            person.presses(Qt.Key.Key_H)
        return person

    return mark


def stored(library: Path) -> list[str]:
    opened = Library.open(library, backups=library.parent / "elsewhere")
    try:
        return [each.anchor.exact for entry in opened.entries() for each in opened.highlights(entry.id)]
    finally:
        opened.close()


def told(person: Person, words: str) -> bool:
    return any(words in each.accessibleName() for each in person.frame.messages.messages)


def test_a_copy_is_made_when_the_window_opens_and_no_second_one_that_day(
    marks: Callable[..., Person], starts: Callable[..., Person], data: Path
) -> None:
    paths = paths_in(data)
    first = marks("eleven years")
    first.waits_for(lambda: backup.listed(paths.library, paths.backups), "the copy of the day")
    first.leaves()
    second = starts()
    second.waits_for_article("Ada Quill")
    second.leaves()
    assert len(backup.listed(paths.library, paths.backups)) == 1


def test_the_newest_good_copy_of_a_damaged_library_is_restored_and_the_damaged_file_kept(
    marks: Callable[..., Person], starts: Callable[..., Person], data: Path
) -> None:
    paths = paths_in(data)
    marks("eleven years").leaves()
    good = backup.make(paths.library, paths.backups)
    damaged = backup.make(paths.library, paths.backups, moment=datetime.now(UTC) + timedelta(minutes=1))
    for path in (damaged.path, paths.library):
        path.write_bytes(b"Dear diary, this is no database at all. " * 99)
    person = starts()
    words = f"Restore the copy of {moment_in_words(good.made)}"
    person.waits_for(
        lambda: any(each.button.text() == words for each in person.frame.messages.messages), words
    )
    (button,) = (each.button for each in person.frame.messages.messages if each.button.text() == words)
    QTest.mouseClick(button, LEFT)
    person.waits_for_article("Ada Quill")
    person.waits_for(lambda: person.session.marked, "the highlight")
    assert told(person, "is kept as")
    (kept,) = data.glob("library-replaced-*.sqlite")
    assert kept.read_bytes().startswith(b"Dear diary")
    person.drags_over("Ada Quill")
    person.presses(Qt.Key.Key_H)
    person.leaves()
    assert sorted(stored(paths.library)) == ["Ada Quill", "eleven years"]


def buttons(person: Person, words: str) -> list[QPushButton]:
    found = [each for message in person.frame.messages.messages for each in (*message.others, message.button)]
    return [each for each in found if each.text() == words]


def spoil(library: Path, *, page: int) -> bytes:
    """Overwrite a page, numbered from 1, and return the damaged file's bytes."""
    whole = library.read_bytes()
    library.write_bytes(whole[: (page - 1) * 4096] + b"\xa5" * 4096 + whole[page * 4096 :])
    return library.read_bytes()


def test_what_can_be_read_of_a_damaged_library_is_rescued_and_the_damaged_file_kept(
    marks: Callable[..., Person], starts: Callable[..., Person], data: Path
) -> None:
    paths = paths_in(data)
    marks("eleven years").leaves()
    copy = backup.make(paths.library, paths.backups)
    marks("Ada Quill").leaves()
    damaged = spoil(paths.library, page=1)
    person = starts()
    person.waits_for(lambda: buttons(person, "Rescue what can be read"), "the offer")
    assert buttons(person, f"Restore the copy of {moment_in_words(copy.made)}")
    assert told(person, "is damaged")
    QTest.mouseClick(buttons(person, "Rescue what can be read")[0], LEFT)
    person.waits_for_article("Ada Quill")
    person.waits_for(lambda: len(person.session.marked) == 2, "both highlights")
    assert told(person, "2 of 2 highlights and notes")
    assert told(person, "is kept as")
    assert not person.frame.messages.progress.isVisible()
    (kept,) = data.glob("library-replaced-*.sqlite")
    assert kept.read_bytes() == damaged
    assert not list(data.glob("*rescued*"))
    person.drags_over("the new harbour")
    person.presses(Qt.Key.Key_H)
    person.leaves()
    assert sorted(stored(paths.library)) == ["Ada Quill", "eleven years", "the new harbour"]


def test_damage_that_is_met_while_the_window_is_open_is_told_with_a_way_on(
    marks: Callable[..., Person], data: Path
) -> None:
    person = marks("eleven years")
    error = LibraryDamaged("The library is damaged.", "Move it away.")
    person.session.problem.emit(error, "error")
    person.waits_for(lambda: buttons(person, "Rescue what can be read"), "the offer")
    assert len([each for each in person.frame.messages.messages if each.what == error.what]) == 1
    QTest.mouseClick(buttons(person, "Rescue what can be read")[0], LEFT)
    person.waits_for(lambda: told(person, "1 of 1 highlights and notes"), "the outcome")
    person.waits_for(lambda: person.session.library, "the library")
    person.waits_for(lambda: person.session.marked, "the highlight")
    assert stored(paths_in(data).library) == ["eleven years"]


def test_where_nothing_can_be_read_that_is_told_and_the_copy_still_offered(
    marks: Callable[..., Person], starts: Callable[..., Person], data: Path
) -> None:
    paths = paths_in(data)
    marks("eleven years").leaves()
    copy = backup.make(paths.library, paths.backups)
    paths.library.write_bytes(b"Dear diary, this is no database at all. " * 99)
    person = starts()
    person.waits_for(lambda: buttons(person, "Rescue what can be read"), "the offer")
    QTest.mouseClick(buttons(person, "Rescue what can be read")[0], LEFT)
    person.waits_for(lambda: told(person, "Nothing of a library could be read"), "why not")
    restore = f"Restore the copy of {moment_in_words(copy.made)}"
    person.waits_for(lambda: buttons(person, restore), "the other way")
    assert paths.library.read_bytes().startswith(b"Dear diary")
    QTest.mouseClick(buttons(person, restore)[0], LEFT)
    person.waits_for(lambda: person.session.marked, "the highlight")


def test_a_copy_is_chosen_and_put_back_while_the_window_is_open(
    marks: Callable[..., Person], data: Path
) -> None:
    paths = paths_in(data)
    person = marks("eleven years")
    person.waits_for(lambda: backup.listed(paths.library, paths.backups), "the copy of the day")
    copy = backup.make(paths.library, paths.backups)
    person.drags_over("Ada Quill")
    person.presses(Qt.Key.Key_H)
    assert len(person.session.marked) == 2
    person.application.actions["restore"].trigger()

    def dialog() -> BackupDialog | None:
        found = (each for each in QApplication.topLevelWidgets() if isinstance(each, BackupDialog))
        return next((each for each in found if each.isVisible()), None)

    person.waits_for(dialog, "the dialog with the copies")
    shown = dialog()
    assert shown is not None
    assert shown.list.count() == 2
    assert shown.list.item(0).text().startswith(moment_in_words(copy.made))
    QTest.mouseClick(shown.restore, LEFT)
    person.waits_for(lambda: told(person, "The library is the copy of"), "the outcome")
    person.waits_for(lambda: len(person.session.marked) == 1, "the highlights of the copy")
    assert not person.application.actions["undo"].isEnabled()
    person.leaves()
    assert stored(paths.library) == ["eleven years"]
    (kept,) = data.glob("library-replaced-*.sqlite")
    assert sorted(stored(kept)) == ["Ada Quill", "eleven years"]
