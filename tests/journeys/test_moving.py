"""A person keeps the library in another folder: it is copied, gone over to, missed, and found again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton

from reader import placing
from reader.drafts import Drafts
from reader.errors import LibraryFull
from reader.library import Library
from reader.paths import Paths, with_library_in
from reader.settings import load_settings
from tests.journeys.gestures import LEFT, Person
from ui.start import arrive

pytestmark = pytest.mark.usefixtures("unanalysed")

HARBOUR = "Ada Quill opened the new harbour of Brightport.\n"


@pytest.fixture
def usual(tmp_path: Path) -> Paths:
    own = Paths(tmp_path / "data", tmp_path / "config", tmp_path / "backups", tmp_path / "logs")
    return replace(own, usual=own)


@pytest.fixture
def opens(qtbot: object, usual: Paths, tmp_path: Path) -> Iterator[Callable[..., Person]]:
    """Open the window over places: the usual ones, unless others are given."""
    opened: list[Person] = []
    article = tmp_path / "harbour.txt"
    article.write_text(HARBOUR, encoding="utf-8")

    def open_it(paths: Paths = usual, *files: str) -> Person:
        opened.append(Person(paths.data, list(files), paths=paths))
        return opened[-1]

    yield open_it
    for person in opened:
        person.leaves()


@pytest.fixture
def reads(opens: Callable[..., Person], usual: Paths, tmp_path: Path) -> Person:
    """Someone who has marked a name in the only article."""
    person = opens(usual, str(tmp_path / "harbour.txt"))
    person.waits_for_article("Ada Quill")
    person.drags_over("Ada Quill")
    person.presses(Qt.Key.Key_H)
    return person


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


def marks(paths: Paths) -> list[str]:
    library = Library.open(paths.library, backups=paths.backups, must_exist=True)
    try:
        return [each.anchor.exact for entry in library.entries() for each in library.highlights(entry.id)]
    finally:
        library.close()


def chooses(person: Person, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Choose a folder by the button in the settings."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    person.presses(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    view = person.frame.middle.view("settings")
    assert view is not None
    buttons = view.findChildren(QPushButton)
    QTest.mouseClick(next(each for each in buttons if "another folder" in each.text()), LEFT)


def moves(person: Person, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Choose a folder, and let the window go when the library is in it."""
    chooses(person, folder, monkeypatch)
    person.waits_for(lambda: not person.window.isVisible(), "the window to give way to another")
    person.leaves()


def told(person: Person, words: str) -> bool:
    return any(words in each.accessibleName() for each in person.frame.messages.messages)


def presses_button(person: Person, words: str) -> None:
    def seen() -> list[QPushButton]:
        buttons = person.frame.messages.findChildren(QPushButton)
        return [each for each in buttons if each.isVisible() and each.text() == words]

    person.waits_for(seen, f"the button {words!r}")
    QTest.mouseClick(seen()[0], LEFT)


def test_the_library_is_copied_and_the_window_goes_over_to_it(
    reads: Person,
    opens: Callable[..., Person],
    usual: Paths,
    disk: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reads.presses(Qt.Key.Key_N)
    editor = reads.application.annotator.editor
    reads.waits_for(editor.isVisible)
    reads.types("half a sen", on=editor.note)
    chooses(reads, disk, monkeypatch)
    reads.waits_for(lambda: not reads.window.isVisible(), "the window to give way to another")
    following = reads.application.wing.mover.following
    assert following is not None
    assert load_settings(usual.settings).library == str(disk)
    sentences = arrive(following)
    assert str(disk) in sentences[0].what
    assert str(usual.library) in sentences[0].next
    assert marks(usual) == marks(following.paths) == ["Ada Quill"]

    reads.leaves()
    person = opens(following.paths)
    person.waits_for_article("Ada Quill")
    assert [each.note for each in Drafts(following.paths.drafts).of(1)] == ["half a sen"]
    person.drags_over("Brightport")
    person.presses(Qt.Key.Key_H)
    assert sorted(marks(following.paths)) == ["Ada Quill", "Brightport"]
    assert marks(usual) == ["Ada Quill"]


def test_a_library_that_is_there_is_used_as_it_is(
    reads: Person, usual: Paths, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = with_library_in(usual, disk)
    Library.open(there.library, backups=there.backups).close()
    before = there.library.read_bytes()
    chooses(reads, disk, monkeypatch)
    reads.waits_for(lambda: told(reads, "0 articles"), "the offer")
    assert load_settings(usual.settings).library == ""
    presses_button(reads, "Use the library there")
    reads.waits_for(lambda: not reads.window.isVisible(), "the window to give way to another")
    assert load_settings(usual.settings).library == str(disk)
    assert there.library.read_bytes() == before
    assert marks(usual) == ["Ada Quill"]


def test_a_copy_that_fails_is_told_and_one_reads_on(
    reads: Person, usual: Paths, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise LibraryFull("There is no room.", "Make some.")

    monkeypatch.setattr(placing, "carry", fail)
    chooses(reads, disk, monkeypatch)
    reads.waits_for(lambda: told(reads, "There is no room."), "the sentence")
    reads.waits_for(lambda: reads.frame.middle.shown == "", "the article, from the library as it was")
    reads.drags_over("Brightport")
    reads.presses(Qt.Key.Key_H)
    assert sorted(marks(usual)) == ["Ada Quill", "Brightport"]
    assert load_settings(usual.settings).library == ""


def test_a_copying_that_is_cancelled_leaves_everything_as_it_was(
    reads: Person, usual: Paths, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def carry(paths: Paths, there: Paths, *, tell: Callable[[float], None]) -> None:
        while True:  # it is long, and goes on until someone has enough of it
            tell(0.1)
            threading.Event().wait(0.01)

    monkeypatch.setattr(placing, "carry", carry)
    chooses(reads, disk, monkeypatch)
    button = reads.frame.messages.cancel_button
    reads.waits_for(button.isVisible, "the progress")
    assert reads.session.library is None
    QTest.mouseClick(button, LEFT)
    reads.waits_for(lambda: reads.session.library is not None, "the library again")
    assert not list(disk.iterdir())
    assert load_settings(usual.settings).library == ""
    assert reads.window.isVisible()


def test_a_disk_that_is_not_there_is_told_and_nothing_made_in_its_place(
    reads: Person,
    opens: Callable[..., Person],
    usual: Paths,
    disk: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    moves(reads, disk, monkeypatch)
    there = with_library_in(usual, disk)
    unplugged = disk.rename(disk.with_name("unplugged"))

    person = opens(there)
    person.waits_for(lambda: told(person, "not there"), "the sentence")
    assert not disk.exists()
    person.drops(tmp_path / "harbour.txt")
    person.waits_for(lambda: not person.application.tasks._running, "the answer to what was dropped")
    unplugged.rename(disk)
    presses_button(person, "Try again")
    person.waits_for_article("Ada Quill")
    person.leaves()

    disk.rename(unplugged)
    person = opens(there)
    person.waits_for(lambda: told(person, "not there"), "the sentence")
    presses_button(person, "Use the usual folder")
    person.waits_for(lambda: not person.window.isVisible(), "the window to give way to another")
    assert load_settings(usual.settings).library == ""
    following = person.application.wing.mover.following
    assert following is not None
    assert following.paths.library == usual.library
    assert marks(usual) == ["Ada Quill"]
    assert marks(with_library_in(usual, unplugged)) == ["Ada Quill"]
    assert not disk.exists()


def test_a_library_whose_folder_has_another_name_now_is_found_by_choosing_it(
    reads: Person,
    opens: Callable[..., Person],
    usual: Paths,
    disk: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    moves(reads, disk, monkeypatch)
    renamed = disk.rename(disk.with_name("renamed"))

    person = opens(with_library_in(usual, disk))
    person.waits_for(lambda: told(person, "not there"), "the sentence")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(usual.library))
    presses_button(person, "Choose its folder…")
    person.waits_for(lambda: told(person, "is not a folder"), "the refusal")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(renamed))
    presses_button(person, "Choose a folder…")
    person.waits_for(lambda: told(person, "1 article"), "the offer")
    assert not told(person, "is not a folder")
    assert not told(person, "your present one")
    presses_button(person, "Use the library there")
    person.waits_for(lambda: not person.window.isVisible(), "the window to give way to another")
    following = person.application.wing.mover.following
    assert following is not None
    assert (following.paths.data, following.next) == (renamed, "")
