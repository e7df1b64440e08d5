"""Taking files in: a bug that one file shows keeps no other out; a file given twice counts once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reader.document import Document, ReadAs
from reader.formats import open_document
from reader.formats.opener import Opener as RealOpener
from reader.library import Library
from reader.paths import Paths, paths_in
from ui.desk import prepare
from ui.dialogs.bar import MessageBar
from ui.library.opening import FileIntake
from ui.tasks import Tasks


class Opener:
    """Stands for the process that opens files; it has a bug that some files show."""

    def __init__(self) -> None:
        self.asked: list[ReadAs] = []

    def open(
        self,
        path: Path,
        *,
        read_as: ReadAs = ReadAs(),
        on_preview: Callable[[Document], None] | None = None,
    ) -> Document:
        self.asked.append(read_as)
        if "bug" in path.name:
            raise RuntimeError("a bug of ours")
        document = open_document(path, read_as=read_as)
        if on_preview is not None:
            on_preview(document)
        return document

    def cancel(self) -> None: ...

    def close(self) -> None: ...


class Waiting(Opener):
    """Opens the second file when it is told that nobody wants it any more."""

    def __init__(self) -> None:
        super().__init__()
        self._cancelled = threading.Event()

    def open(
        self,
        path: Path,
        *,
        read_as: ReadAs = ReadAs(),
        on_preview: Callable[[Document], None] | None = None,
    ) -> Document:
        if self.asked:
            assert self._cancelled.wait(30)
        return super().open(path, read_as=read_as, on_preview=on_preview)

    def cancel(self) -> None:
        self._cancelled.set()


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """Places with a library that has been made."""
    paths = paths_in(tmp_path / "data")
    prepare(paths)
    return paths


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.close()


@pytest.fixture
def messages(qtbot: QtBot) -> MessageBar:
    bar = MessageBar()
    qtbot.addWidget(bar)
    return bar


@pytest.fixture
def intake(
    qtbot: QtBot, paths: Paths, tasks: Tasks, messages: MessageBar, monkeypatch: pytest.MonkeyPatch
) -> FileIntake:
    window = QWidget()
    qtbot.addWidget(window)
    intake = FileIntake(paths, tasks=tasks, messages=messages, parent=window)
    monkeypatch.setattr(intake, "_opener", Opener())
    return intake


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("a", "bug", "c"):
        (folder / f"{name}.txt").write_text(f"The article {name} is here.\n", encoding="utf-8")
    return folder


def test_a_bug_in_one_file_is_reported_and_the_others_are_taken_in(
    qtbot: QtBot, intake: FileIntake, tasks: Tasks, messages: MessageBar, folder: Path, paths: Paths
) -> None:
    with qtbot.waitSignals([tasks.broke, intake.library_changed]):
        intake.open([str(folder), str(folder / "a.txt")])
    library = Library.open(paths.library, backups=paths.backups)
    assert [entry.title for entry in library.entries(order="title")] == [
        "The article a is here.",
        "The article c is here.",
    ]
    library.close()
    assert messages.messages[-1].what == "2 articles are new in the library."


def test_how_an_import_ended_is_told_until_the_next_begins(
    qtbot: QtBot, intake: FileIntake, messages: MessageBar, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def says(words: str) -> bool:
        return any(words in each.accessibleName() for each in messages.messages)

    (folder / "bug.txt").unlink()
    monkeypatch.setattr(intake, "_opener", Waiting())
    with qtbot.waitSignal(intake.library_changed):
        intake.first_ready.connect(lambda _: messages.cancelled.emit())
        intake.open([str(folder)])
    assert says("of 2 files are in the library")
    messages.show_message("Another matter.", kind="warning")
    intake.first_ready.disconnect()
    for name in ("d", "e"):
        (folder.parent / name).mkdir()
        (folder.parent / name / "new.txt").write_text(f"The article {name} is here.\n", encoding="utf-8")
    with qtbot.waitSignal(intake.library_changed):
        intake.open([str(folder.parent / "d"), str(folder.parent / "e")])
        assert not says("of 2 files are in the library")
    assert says("2 articles are new in the library.")
    assert says("Another matter.")


def test_the_first_article_is_told_and_what_was_asked_for_is_remembered(
    qtbot: QtBot, intake: FileIntake, folder: Path
) -> None:
    first: list[int] = []
    intake.first_ready.connect(first.append)
    with qtbot.waitSignal(intake.opened) as told:
        intake.open([str(folder / "c.txt"), str(folder / "gone.txt")])
    assert told.args == [[str(folder / "c.txt")]]
    assert first == [1]
    assert intake.folder == str(folder)


def opener_of(intake: FileIntake) -> Opener:
    opener = intake._opener
    assert isinstance(opener, Opener)
    return opener


def test_a_file_is_read_as_was_chosen_for_it_before_also_where_it_was_moved_to(
    qtbot: QtBot, intake: FileIntake, folder: Path
) -> None:
    wanted = ReadAs("koi8-r")
    with qtbot.waitSignal(intake.library_changed):
        intake.open([str(folder / "a.txt")], read_as=wanted)
    with qtbot.waitSignal(intake.library_changed):
        intake.open([str(folder / "a.txt"), str(folder / "c.txt")])
    moved = (folder / "a.txt").rename(folder / "moved.txt")
    with qtbot.waitSignal(intake.library_changed):
        intake.open([str(moved)])
    plain = ReadAs()
    assert opener_of(intake).asked == [wanted, wanted, plain, plain, wanted]


def test_what_waits_keeps_its_order_and_the_way_it_is_to_be_read(
    qtbot: QtBot, intake: FileIntake, tasks: Tasks, folder: Path
) -> None:
    a, c = str(folder / "a.txt"), str(folder / "c.txt")
    for files, read_as in (([a], None), ([c], None), ([a], ReadAs(whole=True)), ([c], None)):
        intake.open(files, read_as=read_as)
    qtbot.waitUntil(lambda: len(opener_of(intake).asked) == 4 and not tasks._running)
    assert [each.whole for each in opener_of(intake).asked] == [False, False, True, False]


def test_only_the_first_file_is_shown_while_it_is_read_and_never_one_that_is_read_again(
    qtbot: QtBot, intake: FileIntake, folder: Path
) -> None:
    shown: list[Document] = []
    intake.preview_ready.connect(shown.append)
    with qtbot.waitSignal(intake.library_changed):
        intake.open([str(folder / "a.txt"), str(folder / "c.txt")])
    assert [Path(each.source).name for each in shown] == ["a.txt"]
    with qtbot.waitSignal(intake.library_changed):
        intake.open([str(folder / "a.txt")], read_as=ReadAs(whole=True))
    assert len(shown) == 1


def beginning_alone(
    path: Path, *, read_as: ReadAs = ReadAs(), preview: Callable[[Document], None] | None = None
) -> Document:
    """Read the beginning of a file, and then go on for ever; runs in the process."""
    if preview is not None:
        preview(open_document(path, read_as=read_as))
    while True:
        time.sleep(1)


def test_a_file_that_takes_long_is_told_and_its_reader_ended_by_cancel(
    qtbot: QtBot, intake: FileIntake, messages: MessageBar, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener = RealOpener(reader=beginning_alone)
    monkeypatch.setattr(intake, "_opener", opener)
    with qtbot.waitSignal(intake.preview_ready, timeout=30_000) as begun:
        intake.open([str(folder / "a.txt")])
    assert begun.args is not None
    assert begun.args[0].source == str(folder / "a.txt")
    assert not messages.progress.isHidden()
    assert messages.progress_words.text() == "Opening “a.txt”"
    assert messages.progress_bar.maximum() == 0  # nobody knows how far it is
    process = opener._process
    assert process is not None and process.is_alive()
    with qtbot.waitSignal(intake.library_changed):
        messages.cancel_button.click()
    qtbot.waitUntil(lambda: messages.progress.isHidden() and bool(messages.messages))
    assert opener._process is None
    assert messages.messages[-1].what == "Opening was cancelled; the library is as it was."


def test_nothing_asked_nothing_done(qtbot: QtBot, intake: FileIntake, tasks: Tasks) -> None:
    intake.open([])
    assert not tasks._running
