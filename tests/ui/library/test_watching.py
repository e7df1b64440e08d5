"""Watched folders: what comes is taken in when it has settled and told quietly; what is gone is told once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from reader.anchoring import describe
from reader.document import Block, Document, Span
from reader.formats import digest, members, open_document
from reader.library import Library
from reader.model import Change, Highlight
from reader.paths import Paths, paths_in
from reader.settings import Settings
from ui.analyst import Analyst
from ui.dialogs.bar import MessageBar
from ui.library import watching
from ui.library.watching import Watcher
from ui.preferences import Preferences
from ui.session import Session
from ui.tasks import Tasks
from ui.views.settings import SettingsView


class Opener:
    """Reads files in this process."""

    def open(self, path: Path, *, read_as: object, on_preview: object = None) -> object:
        return open_document(path)

    digest, members = staticmethod(digest), staticmethod(members)

    def cancel(self) -> None: ...

    def close(self) -> None: ...


class Navigator:
    """Notes which articles are to be opened."""

    def __init__(self) -> None:
        self.opened: list[int] = []

    def open(self, document_id: int) -> None:
        self.opened.append(document_id)


class Desk:
    """A window's parts over an empty library."""

    def __init__(self, qtbot: QtBot, paths: Paths) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.messages = MessageBar(self.window)
        self.tasks = Tasks()
        self.analyst = Analyst()
        self.session = Session(paths, tasks=self.tasks, analyst=self.analyst)
        self.preferences = Preferences(Settings(), paths.settings)
        self.navigator = Navigator()
        self.watcher = Watcher(
            self.session,
            self.navigator,  # type: ignore[arg-type]
            preferences=self.preferences,
            tasks=self.tasks,
            messages=self.messages,
            window=self.window,
        )
        self.session.use_library(Library.open(paths.library, backups=paths.backups))
        self.window.show()
        self._qtbot = qtbot

    def waits(self, seen: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(seen()), timeout=20_000)

    def sentences(self) -> list[str]:
        return [each.what for each in self.messages.messages]

    def hears(self, words: str) -> None:
        self.waits(lambda: any(words in each for each in self.sentences()))

    def clicks(self, words: str) -> None:
        buttons = [each.button for each in self.messages.messages if each.button.text() == words]
        QTest.mouseClick(buttons[-1], Qt.MouseButton.LeftButton)

    def titles(self) -> list[str]:
        assert self.session.library is not None
        return sorted(entry.title for entry in self.session.library.entries())


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(watching, "SETTLE_MS", 50)
    monkeypatch.setattr("reader.formats.opener.Opener", Opener)
    desk = Desk(qtbot, paths_in(tmp_path / "data"))
    yield desk
    desk.tasks.close()
    desk.session.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def test_what_comes_into_a_watched_folder_is_taken_in_and_told_with_a_way_to_open_it(
    desk: Desk, folder: Path
) -> None:
    desk.watcher.watch(str(folder))
    desk.hears("“inbox” is watched from now on.")
    (folder / "storm.txt").write_text("The storm has come.\n")
    desk.hears("“The storm has come.” has arrived in “inbox”.")
    assert desk.titles() == ["The storm has come."]
    desk.clicks("Open")
    assert desk.navigator.opened == [1]


def test_several_are_told_together_until_the_message_is_closed(desk: Desk, folder: Path) -> None:
    desk.watcher.watch(str(folder))
    (folder / "a.txt").write_text("The storm has come.\n")
    desk.hears("has arrived")
    (folder / "b.txt").write_text("The storm has gone.\n")
    desk.hears("2 articles have arrived in folders that you watch.")
    assert not any("The storm has come" in each for each in desk.sentences())
    desk.clicks("Open")
    assert desk.navigator.opened == [1]
    (folder / "c.txt").write_text("The sun is back.\n")
    desk.hears("“The sun is back.” has arrived")


def test_what_is_in_the_folder_already_is_taken_in_and_what_is_known_is_not_told(
    desk: Desk, folder: Path
) -> None:
    (folder / "a.txt").write_text("The storm has come.\n")
    desk.watcher.watch(str(folder))
    desk.hears("has arrived")
    desk.clicks("Open")
    other = Watcher(
        desk.session,
        desk.navigator,  # type: ignore[arg-type]
        preferences=desk.preferences,
        tasks=desk.tasks,
        messages=desk.messages,
        window=desk.window,
    )
    other.start()
    desk.waits(lambda: other._looks and not desk.tasks._running)
    assert not any("has arrived" in each for each in desk.sentences())


def test_a_file_that_changes_becomes_a_new_version(desk: Desk, folder: Path) -> None:
    desk.watcher.watch(str(folder))
    (folder / "a.txt").write_text("The storm has come.\n")
    desk.hears("has arrived")
    desk.clicks("Open")
    (folder / "a.txt").write_text("The storm has gone, and the boats are back.\n")
    desk.watcher.look()
    desk.hears("“The storm has gone, and the boats are back.” has changed in “inbox”.")
    assert desk.titles() == ["The storm has gone, and the boats are back."]


def test_a_file_that_changed_while_nobody_watched_becomes_a_new_version(desk: Desk, folder: Path) -> None:
    assert desk.session.library is not None
    text = "The storm has come."
    for name in ("a.txt", "b.txt"):
        before = f"{text} So says {name}."
        desk.session.library.add_document(
            Document(before, (Block(Span(0, len(before))),), source=str(folder / name), format="text")
        )
    (folder / "a.txt").write_text("The storm has gone, and the boats are back.\n")
    (folder / "b.txt").write_text("Never read: it is older than the library.\n")
    os.utime(folder / "b.txt", (1_600_000_000, 1_600_000_000))
    desk.watcher.watch(str(folder))
    desk.hears("“The storm has gone, and the boats are back.” has changed in “inbox”.")
    assert desk.titles() == [
        "The storm has come. So says b.txt.",
        "The storm has gone, and the boats are back.",
    ]


def test_a_file_that_changes_while_it_is_read_is_told_and_its_new_text_shown_when_asked_for(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Analyst, "analyse", lambda self, job: None)
    desk.watcher.watch(str(folder))
    (folder / "a.txt").write_text("The storm has come.\n")
    desk.hears("has arrived")
    desk.session.open(1)
    desk.waits(lambda: desk.session.document)
    assert desk.session.library is not None and desk.session.document is not None
    anchor = describe(desk.session.document, Span(4, 9))
    desk.session.do(Change("highlight", after=(Highlight(1, anchor),)))
    (folder / "a.txt").write_text("Nothing is left of it, and the boats are back.\n")
    desk.watcher.look()
    desk.hears("The article that you are reading has changed in its file.")
    desk.hears("One of your highlights no longer stands in what has changed.")
    assert desk.session.document.text == "The storm has come."
    asked: list[None] = []
    desk.watcher.lost_requested.connect(lambda: asked.append(None))
    desk.clicks("Show them")
    assert asked
    desk.clicks("Show the new text")
    desk.waits(lambda: desk.session.document and "boats" in desk.session.document.text)
    assert [each.anchor.exact for each in desk.session.lost] == ["storm"]


def test_what_can_t_be_read_is_told_when_it_comes_and_keeps_nothing_out(desk: Desk, folder: Path) -> None:
    desk.watcher.watch(str(folder))
    desk.waits(lambda: desk.watcher._looks)
    desk.watcher.look()
    desk.waits(lambda: desk.watcher._looks == 2)
    (folder / "a.pdf").write_bytes(b"\x00\x01\x02 no document at all")
    (folder / "b.txt").write_text("The storm has come.\n")
    desk.hears("a.pdf")
    desk.hears("has arrived")


def test_a_folder_that_is_gone_is_told_once_and_can_be_left(desk: Desk, folder: Path) -> None:
    folder.rmdir()
    desk.preferences.change(watched=(str(folder),))
    desk.hears("can't be read now")
    desk.messages.drop(desk.messages.messages[0])
    desk.watcher.look()
    desk.waits(lambda: not desk.tasks._running and desk.watcher._looks > 1)
    assert not desk.sentences()
    folder.mkdir()
    desk.watcher.look()
    desk.waits(lambda: not desk.watcher._is_busy)
    folder.rmdir()
    desk.watcher.look()
    desk.hears("can't be read now")
    folder.mkdir()
    (folder / "a.txt").write_text("The storm has come.\n")
    desk.watcher.look()
    desk.hears("has arrived")
    assert not any("can't be read" in each for each in desk.sentences())


def test_no_longer_watched_is_no_longer_looked_at(desk: Desk, folder: Path) -> None:
    desk.watcher.watch(str(folder))
    desk.waits(lambda: desk.watcher._notices.directories() == [str(folder)])
    desk.clicks("Stop watching")
    assert desk.watcher.folders == () and desk.watcher._notices.directories() == []
    assert not desk.watcher._poll.isActive()
    desk.waits(lambda: not desk.tasks._running)
    looks = desk.watcher._looks
    (folder / "a.txt").write_text("The storm has come.\n")
    desk.watcher.look()
    assert desk.watcher._looks == looks and not desk.tasks._running


def test_a_folder_inside_a_watched_one_is_watched_already_and_one_around_it_takes_its_place(
    desk: Desk, folder: Path
) -> None:
    inside = folder / "today"
    inside.mkdir()
    desk.watcher.watch(str(inside))
    desk.watcher.watch(str(folder))
    assert desk.watcher.folders == (str(folder),)
    desk.watcher.watch(str(inside))
    assert desk.watcher.folders == (str(folder),)
    desk.hears("“today” is watched already.")


def test_many_that_come_can_be_cancelled(desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        (folder / f"{number}.txt").write_text(f"Article {number} has come.\n")
    told: list[str] = []

    def show(words: str, fraction: float | None = None) -> None:
        told.append(words)
        desk.messages.cancelled.emit()

    monkeypatch.setattr(desk.messages, "show_progress", show)
    desk.watcher.watch(str(folder))
    desk.waits(lambda: told)
    desk.waits(lambda: not desk.tasks._running)
    assert told[0].startswith("Taking in “0.txt”, 1 of 30")


def test_the_folder_is_chosen_and_shown_in_the_settings(
    qtbot: QtBot, desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = SettingsView()
    qtbot.addWidget(view)
    desk.watcher.add_setting(view)
    rows = desk.watcher._rows
    assert rows is not None and not rows.rows
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    desk.watcher.ask()
    assert desk.watcher.folders == ()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    desk.watcher.ask()
    (row,) = rows.rows
    row.findChild(QPushButton).click()
    assert desk.watcher.folders == () and not rows.rows
