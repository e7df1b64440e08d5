"""The processes beside the window are killed, hindered or closed: told, begun again, and nothing is left."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reader.paths import paths_in
from tests.journeys.faults.helpers import (
    ROOT,
    hears,
    needs_kill,
    processes,
    slows_down,
    stored,
    was_told,
)
from tests.journeys.gestures import LEFT, Person


@pytest.mark.model
@needs_kill
def test_an_analysis_that_is_killed_starts_again_and_is_complete(
    starts: Callable[..., Person], tmp_path: Path
) -> None:
    long = tmp_path / "long.txt"
    middle = "\n\n".join(f"Ada Quill went to Brightport on day {number}. " * 3 for number in range(150))
    long.write_text(f"{middle}\n\nAt the very end, Omar Vesely of Lisbon laughed.\n", encoding="utf-8")
    person = starts(long)
    person.waits_for_article("Omar Vesely")
    person.drags_over("Brightport on day 0")
    person.presses(Qt.Key.Key_H)
    person.waits_for(lambda: person.session.mentions, "the first findings")
    (worker,) = processes("scholion-analysis")
    os.kill(worker, signal.SIGKILL)
    hears(person, "has been started again")
    person.waits_for_analysis()
    assert person.session.document is not None
    end = person.session.document.text.index("At the very end")
    assert any(mention.span.start >= end for mention in person.session.mentions)
    assert sum(mention.name == "Ada Quill" for mention in person.session.mentions) > 300
    assert len(person.session.marked) == 1


@pytest.mark.model
@needs_kill
def test_an_analysis_that_is_killed_again_and_again_is_given_up(reader: Person, data: Path) -> None:
    gone: set[int] = set()

    def given_up() -> bool:
        for worker in set(processes("scholion-analysis")) - gone:
            gone.add(worker)
            os.kill(worker, signal.SIGKILL)
        return was_told(reader, "with the next document")

    reader.waits_for(given_up, "that the analysis is given up")
    assert len(gone) >= 2
    reader.drags_over("eleven years")
    reader.presses(Qt.Key.Key_H)
    reader.writes_note("Goes on.")
    assert stored(data) == [("eleven years", "Goes on.")]


@pytest.mark.model
def test_without_a_model_all_the_rest_works(
    starts: Callable[..., Person], data: Path, tmp_path: Path, article: Path
) -> None:
    data.mkdir()
    nowhere = tmp_path / "no model here"
    paths_in(data).settings.write_text(f'model = "{nowhere.as_posix()}"\n', encoding="utf-8")
    person = starts(article)
    person.waits_for_article("Ada Quill")
    hears(person, "no model here")
    assert not was_told(person, "started again")
    person.drags_over("eleven years")
    person.presses(Qt.Key.Key_H)
    assert stored(data) == [("eleven years", "")]


# ---------------------------------------------------------------- files


@needs_kill
def test_a_file_that_kills_its_process_is_told_and_the_next_one_opens(
    starts: Callable[..., Person], tmp_path: Path, article: Path
) -> None:
    person = starts()
    person.waits_for(lambda: person.session.document, "the welcome article")
    slows_down(person)
    slow = tmp_path / "slow\n🐌.txt"
    slow.write_text("Never read.\n", encoding="utf-8")
    person.drops(slow)
    person.waits_for((tmp_path / "begun").exists, "the file to be read")
    person.drops(article)
    (opener,) = processes("scholion-opener")
    os.kill(opener, signal.SIGKILL)
    hears(person, "brought the reading process down")
    person.waits_for_article("Ada Quill")
    assert person.session.library is not None
    assert person.session.library.count() == 2


def test_a_folder_that_is_cancelled_halfway_can_be_taken_in_again(
    starts: Callable[..., Person], tmp_path: Path
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(200):
        name = f"slow {number}.txt" if number == 60 else f"a{number}.txt" if number < 60 else f"z{number}.txt"
        (folder / name).write_text(f"Article {number} of the heap.\n\nIt is short.\n", encoding="utf-8")
    person = starts()
    person.waits_for(lambda: person.session.document, "the welcome article")
    library = person.session.library
    assert library is not None
    slows_down(person)
    person.drops(folder)
    words = person.frame.messages.progress_words
    # Its turn: it is begun ahead, while those before it are still being read.
    person.waits_for(lambda: "slow 60" in words.text(), "the slow file's turn")
    QTest.mouseClick(person.frame.messages.cancel_button, LEFT)
    hears(person, "Stopped: 60 of 200 files are in the library")
    assert library.count() == 61
    person.waits_for(lambda: not person.frame.messages.progress.isVisible(), "the progress to go")
    (folder / "go").touch()
    person.drops(folder)
    hears(person, "140 articles are new in the library, 60 were there already")
    assert library.count() == 201
    titles = [entry.title for entry in library.entries(order="title")]
    assert len(set(titles)) == 201


def test_what_vanishes_or_can_not_be_read_is_told_and_the_rest_is_taken_in(
    starts: Callable[..., Person], tmp_path: Path
) -> None:
    folder, nothing = tmp_path / "articles", tmp_path / "nothing 🕳"
    folder.mkdir()
    nothing.mkdir()
    for name in ("thief", "victim", "witness"):
        (folder / f"{name}.txt").write_text(f"The story of the {name}.\n\nIt ends here.\n", encoding="utf-8")
    person = starts()
    person.waits_for(lambda: person.session.document, "the welcome article")
    slows_down(person)
    person.drops(folder)
    person.waits_for_article("the thief")
    hears(person, "victim.txt")
    person.drops(nothing)
    hears(person, "There is no article in the folder “nothing 🕳”")
    assert person.session.library is not None
    assert person.session.library.count() == 3


def test_two_drops_while_one_is_under_way_wait_their_turn(
    starts: Callable[..., Person], tmp_path: Path, article: Path
) -> None:
    slow, third = tmp_path / "slow.txt", tmp_path / "third.txt"
    slow.write_text("The snail has arrived.\n", encoding="utf-8")
    third.write_text("The third one is here.\n", encoding="utf-8")
    person = starts()
    person.waits_for(lambda: person.session.document, "the welcome article")
    slows_down(person)
    person.drops(slow)
    person.waits_for((tmp_path / "begun").exists, "the slow file")
    person.drops(article)
    person.drops(third)
    (tmp_path / "go").touch()
    library = person.session.library
    assert library is not None
    person.waits_for(lambda: library.count() == 4, "all three")


# ---------------------------------------------------------------- ends

CLOSED_IN_THE_MIDDLE = """
import sys
from pathlib import Path
import psutil
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from reader.formats.opener import Opener
from tests.journeys.gestures import Person
from tests.journeys.readers import slow_reader, unfenced

if __name__ == "__main__":
    person = Person(Path(sys.argv[1]))
    person.application.crash.install()
    person.waits_for(lambda: person.session.document, "the welcome article")
    person.application.intake._opener = Opener(reader=slow_reader, fence=unfenced)
    person.drops(Path(sys.argv[2]))
    person.waits_for((Path(sys.argv[2]) / "begun").exists)
    print(*(each.pid for each in psutil.Process().children(recursive=True)), flush=True)
    QTimer.singleShot(0, person.window.close)
    QApplication.instance().exec()
"""


@pytest.mark.model
def test_closing_in_the_middle_leaves_no_process_and_says_nothing(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("a", "slow", "z"):
        (folder / f"{name}.txt").write_text(f"The article {name} is here.\n", encoding="utf-8")
    script = tmp_path / "closed.py"
    script.write_text(CLOSED_IN_THE_MIDDLE, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, script, data, folder],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        said, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert errors == ""
    children = [int(pid) for pid in said.split()]
    assert len(children) >= 2
    # The tracker that Python starts beside spawned processes leaves by itself once they have gone.
    assert not psutil.wait_procs([psutil.Process(pid) for pid in children if psutil.pid_exists(pid)], 20)[1]
    assert not (paths_in(data).logs / "crash.log").exists()


@pytest.mark.model
def test_nothing_leaves_the_machine(
    monkeypatch: pytest.MonkeyPatch, starts: Callable[..., Person], article: Path, tmp_path: Path
) -> None:
    def refuse(*arguments: object) -> None:
        raise AssertionError(f"a socket was used: {arguments}")

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    person = starts(article)
    person.waits_for_article("Ada Quill")
    person.drags_over("eleven years")
    person.presses(Qt.Key.Key_H)
    person.writes_note("No network.")
    person.waits_for_analysis()
    report = tmp_path / "report.html"
    person.presses(Qt.Key.Key_E)
    dialog = person.application.exporter.dialog
    assert dialog is not None
    dialog.export_requested.emit(str(report), dialog.options())
    dialog.reject()
    person.waits_for(report.exists, "the report")
    assert not [name for name in sys.modules if name.startswith(("PySide6.QtNetwork", "PySide6.QtWebEngine"))]
