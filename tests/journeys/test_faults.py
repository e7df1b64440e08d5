"""What may go wrong goes wrong, under a person's hands: a sentence, nothing lost, and work goes on."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reader.formats.opener import Opener
from reader.library import Library
from reader.paths import paths_in
from tests.journeys.gestures import LEFT, Person
from tests.journeys.readers import slow_reader, unfenced
from ui.analyst import Analyst

ROOT = Path(__file__).parents[2]
CONTROL = Qt.KeyboardModifier.ControlModifier
HARBOUR = (
    "Ada Quill opened the new harbour of Brightport on Monday.\n\n"
    "“The sea is patient,” Quill said. “We were not.”\n\n"
    "The town had waited for eleven years, and the boats had waited outside.\n"
)
needs_kill = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No write waits long for another program's, and each window looks often for the other's."""
    monkeypatch.setattr("ui.shelf.WATCH_MS", 100)
    defaults = Library.open.__func__.__kwdefaults__  # type: ignore[attr-defined]
    monkeypatch.setitem(defaults, "patience", 0.05)


@pytest.fixture(autouse=True)
def unanalysed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what is about the analysis waits for a model to be loaded."""
    if request.node.get_closest_marker("model") is None:
        monkeypatch.setattr(Analyst, "warm_up", lambda self: None)
        monkeypatch.setattr(Analyst, "analyse", lambda self, job: None)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.txt"
    path.write_text(HARBOUR, encoding="utf-8")
    return path


@pytest.fixture
def reader(starts: Callable[..., Person], article: Path) -> Person:
    """A person who reads the article."""
    person = starts(article)
    person.waits_for_article("Ada Quill")
    return person


def was_told(person: Person, words: str) -> bool:
    return any(words in each.accessibleName() for each in person.frame.messages.messages)


def hears(person: Person, words: str) -> None:
    person.waits_for(lambda: was_told(person, words), f"a sentence with {words!r}")


def clicks(person: Person, words: str) -> None:
    """Click the button of these words in the message bar."""
    (button,) = (each.button for each in person.frame.messages.messages if each.button.text() == words)
    QTest.mouseClick(button, LEFT)


@contextmanager
def held(library: Path) -> Iterator[None]:
    """Hold the library as another program would."""
    library.parent.mkdir(parents=True, exist_ok=True)
    other = sqlite3.connect(library, isolation_level=None)
    other.execute("begin exclusive")
    try:
        yield
    finally:
        other.execute("rollback")
        other.close()


def stored(data: Path) -> list[tuple[str, str]]:
    """Return the (words, note) of every highlight on disk."""
    library = Library.open(paths_in(data).library, backups=paths_in(data).backups)
    try:
        return [
            (each.anchor.exact, each.note)
            for entry in library.entries()
            for each in library.highlights(entry.id)
        ]
    finally:
        library.close()


# ---------------------------------------------------------------- the library


def test_a_highlight_that_a_locked_library_refuses_can_be_made_again(reader: Person, data: Path) -> None:
    reader.drags_over("eleven years")
    with held(paths_in(data).library):
        reader.presses(Qt.Key.Key_H)
        hears(reader, "held by another program")
        assert reader.session.marked == []
        assert reader.page.selected_text() == "eleven years"
    reader.presses(Qt.Key.Key_H)
    assert stored(data) == [("eleven years", "")]


def test_a_step_back_that_a_locked_library_refuses_can_be_taken_again(reader: Person, data: Path) -> None:
    reader.drags_over("eleven years")
    reader.presses(Qt.Key.Key_H)
    with held(paths_in(data).library):
        reader.presses(Qt.Key.Key_Z, CONTROL)
        hears(reader, "held by another program")
        assert len(reader.session.marked) == 1
    reader.presses(Qt.Key.Key_Z, CONTROL)
    assert stored(data) == []
    reader.presses(Qt.Key.Key_Y, CONTROL)
    assert stored(data) == [("eleven years", "")]


def saves(person: Person) -> None:
    """Press Ctrl+Enter in the note editor."""
    person.window.activateWindow()
    person.waits_for(person.window.isActiveWindow, "the window to be active")
    person.presses(Qt.Key.Key_Return, CONTROL, on=person.application.annotator.editor.note)


def refuse_to_write(person: Person) -> Callable[[], object]:
    assert person.session.library is not None
    store = person.session.library._store
    store.row("pragma query_only = on")
    return lambda: store.row("pragma query_only = off")


def fill_the_disk(person: Person) -> Callable[[], object]:
    assert person.session.library is not None
    store = person.session.library._store
    pages = store.row("pragma page_count")
    assert pages
    store.row(f"pragma max_page_count = {pages[0]}")
    return lambda: store.row("pragma max_page_count = 1000000")


def hold_it(person: Person) -> Callable[[], object]:
    other = sqlite3.connect(person.session.paths.library, isolation_level=None)
    other.execute("begin exclusive")
    return other.close


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (hold_it, "held by another program"),
        (refuse_to_write, "can't be written"),
        (fill_the_disk, "no space left"),
    ],
)
def test_a_note_that_can_not_be_saved_stays_in_the_editor(
    reader: Person, data: Path, fault: Callable[[Person], Callable[[], object]], sentence: str
) -> None:
    editor = reader.application.annotator.editor
    reader.drags_over("eleven years")
    mend = fault(reader)
    reader.presses(Qt.Key.Key_N)
    reader.waits_for(editor.isVisible)
    words = "A long wait. " * 2000
    editor.note.insertPlainText(words)
    saves(reader)
    hears(reader, sentence)
    assert editor.isVisible()
    assert editor.error.isVisible()
    assert editor.note.toPlainText() == words
    mend()
    saves(reader)
    assert not editor.isVisible()
    assert stored(data) == [("eleven years", words.strip())]


def test_a_library_that_is_locked_at_the_start_can_be_tried_again(
    starts: Callable[..., Person], data: Path, article: Path
) -> None:
    with held(paths_in(data).library):
        person = starts(article)
        hears(person, "held by another program")
        assert person.session.library is None
    clicks(person, "Try again")
    person.waits_for_article("Ada Quill")


def test_a_file_dropped_after_a_start_without_a_library_is_kept(
    starts: Callable[..., Person], data: Path, article: Path
) -> None:
    with held(paths_in(data).library):
        person = starts()
        hears(person, "held by another program")
    person.drops(article)
    person.waits_for_article("Ada Quill")
    person.drags_over("eleven years")
    person.presses(Qt.Key.Key_H)
    assert stored(data) == [("eleven years", "")]


def make_no_database(place: Path) -> None:
    place.write_bytes(b"Dear diary, this is no database at all. " * 99)


def make_newer(place: Path) -> None:
    Library.open(place, backups=place.parent / "backups").close()
    made = sqlite3.connect(place, isolation_level=None)
    made.execute(
        "update _sqlite_migrations set name = '9999_later'"
        " where name = (select max(name) from _sqlite_migrations)"
    )
    made.execute("pragma journal_mode = delete")
    made.close()


@pytest.mark.parametrize(
    ("make", "sentence"), [(make_no_database, "not a library"), (make_newer, "newer version")]
)
def test_a_library_that_is_none_of_ours_is_told_and_kept_untouched(
    starts: Callable[..., Person], data: Path, make: Callable[[Path], None], sentence: str
) -> None:
    place = paths_in(data).library
    data.mkdir()
    make(place)
    before = place.read_bytes()
    person = starts()
    hears(person, sentence)
    assert person.window.isVisible()
    assert place.read_bytes() == before
    place.rename(data / "aside.sqlite")
    for beside in data.glob("library.sqlite-*"):
        beside.unlink()
    clicks(person, "Try again")
    person.waits_for(lambda: person.session.document, "the welcome article")


# ---------------------------------------------------------------- the analysis


def processes(name: str) -> list[int]:
    return [each.pid for each in multiprocessing.active_children() if each.name == name and each.pid]


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


def slows_down(person: Person) -> None:
    person.application.intake._opener = Opener(reader=slow_reader, fence=unfenced)


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
    person.waits_for((folder / "begun").exists, "the slow file")
    QTest.mouseClick(person.frame.messages.cancel_button, LEFT)
    hears(person, "Stopped: 60 of 200 files are in the library")
    assert library.count() == 61
    assert not person.frame.messages.progress.isVisible()
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


def test_a_library_that_is_locked_halfway_says_what_is_in(
    starts: Callable[..., Person], tmp_path: Path, data: Path
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("a", "slow", "z"):
        (folder / f"{name}.txt").write_text(f"The article {name} is here.\n", encoding="utf-8")
    person = starts()
    person.waits_for(lambda: person.session.document, "the welcome article")
    slows_down(person)
    person.drops(folder)
    person.waits_for((folder / "begun").exists, "the slow file")
    person.waits_for_article("The article a")
    with held(paths_in(data).library):
        (folder / "go").touch()
        hears(person, "Stopped: 1 of 3 files are in the library")
        assert was_told(person, "held by another program")
    person.drops(folder)
    hears(person, "2 articles are new in the library, 1 was there already")


def test_highlights_follow_a_changed_file_and_undo_still_works(
    reader: Person, article: Path, data: Path
) -> None:
    for words in ("eleven years", "The sea is patient"):
        reader.drags_over(words)
        reader.presses(Qt.Key.Key_H)
    changed = "A new first paragraph came.\n\n" + HARBOUR.replace("The sea is patient", "No comment")
    article.write_text(changed, encoding="utf-8")
    reader.drops(article)
    reader.waits_for_article("A new first paragraph")
    hears(reader, "1 of your highlights no longer stand")
    (mark,) = reader.session.marked
    assert mark.span == reader.span("eleven years")
    assert [lost.anchor.exact for lost in reader.session.lost] == ["The sea is patient"]
    reader.presses(Qt.Key.Key_Z, CONTROL)
    assert reader.session.lost == []
    reader.presses(Qt.Key.Key_Z, CONTROL)
    assert reader.session.marked == []
    assert stored(data) == []
    reader.presses(Qt.Key.Key_Y, CONTROL)
    reader.presses(Qt.Key.Key_Y, CONTROL)
    assert [each.span for each in reader.session.marked] == [reader.span("eleven years")]
    assert [each.anchor.exact for each in reader.session.lost] == ["The sea is patient"]


def test_a_renamed_file_is_the_same_and_a_deleted_one_stays_readable(
    reader: Person, article: Path, starts: Callable[..., Person], data: Path
) -> None:
    reader.drags_over("eleven years")
    reader.presses(Qt.Key.Key_H)
    moved = article.rename(article.with_name("renamed.txt"))
    reader.drops(moved)
    library = reader.session.library
    assert library is not None
    reader.waits_for(lambda: [each.source for each in library.entries()] == [str(moved)], "the new name")
    moved.unlink()
    reader.leaves()
    again = starts()
    again.waits_for_article("Ada Quill")
    assert [each.highlight.anchor.exact for each in again.session.marked] == ["eleven years"]


# ---------------------------------------------------------------- two windows


def test_each_window_sees_the_others_new_article(
    reader: Person, starts: Callable[..., Person], tmp_path: Path
) -> None:
    second = starts()
    second.waits_for_article("Ada Quill")
    new = tmp_path / "new.txt"
    new.write_text("News of the second window.\n", encoding="utf-8")
    second.drops(new)
    second.waits_for_article("News of the second")
    reader.waits_for(lambda: reader.frame.library.total.text() == "2", "the other's article")


def test_a_highlight_that_two_windows_change_is_told_and_shown_as_it_is_stored(
    reader: Person, starts: Callable[..., Person], data: Path
) -> None:
    reader.drags_over("eleven years")
    reader.presses(Qt.Key.Key_H)
    second = starts()
    second.waits_for_article("Ada Quill")
    second.application.shelf.close()  # it has not looked yet
    (mark,) = second.session.marked
    reader.application.annotator.choose(mark.highlight.id)
    reader.writes_note("From the first window.")
    second.application.annotator.choose(mark.highlight.id)
    second.presses(Qt.Key.Key_2)
    hears(second, "changed, or is used, in another place")
    second.waits_for(
        lambda: [each.highlight.note for each in second.session.marked] == ["From the first window."],
        "what is stored",
    )
    second.application.annotator.choose(mark.highlight.id)
    second.presses(Qt.Key.Key_2)
    assert [each.colour for each in second.session.marked] == ["green"]
    assert stored(data) == [("eleven years", "From the first window.")]
    reader.waits_for(lambda: [each.colour for each in reader.session.marked] == ["green"], "the other's pen")


def test_a_note_that_another_window_wrote_is_not_written_over_unseen(
    reader: Person, starts: Callable[..., Person], data: Path
) -> None:
    reader.drags_over("eleven years")
    reader.presses(Qt.Key.Key_H)
    second = starts()
    second.waits_for_article("Ada Quill")
    (mark,) = second.session.marked
    editor = second.application.annotator.editor
    second.application.annotator.edit(mark.highlight.id)
    second.waits_for(editor.isVisible)
    second.types("From the second.", on=editor.note)
    reader.application.annotator.choose(mark.highlight.id)
    reader.writes_note("From the first.")
    second.waits_for(lambda: second.session.marked[0].highlight.note, "the other's note on the page")
    saves(second)
    hears(second, "in another place")
    assert editor.note.toPlainText() == "From the second."
    assert stored(data) == [("eleven years", "From the first.")]
    saves(second)
    assert stored(data) == [("eleven years", "From the second.")]


def test_a_step_back_in_another_article_is_done_there_and_told(
    reader: Person, tmp_path: Path, data: Path
) -> None:
    reader.drags_over("eleven years")
    reader.presses(Qt.Key.Key_H)
    other = tmp_path / "other.txt"
    other.write_text("Another story altogether.\n", encoding="utf-8")
    reader.drops(other)
    reader.waits_for_article("Another story")
    reader.presses(Qt.Key.Key_Z, CONTROL)
    assert stored(data) == []
    hears(reader, "another article, “Ada Quill opened")
    clicks(reader, "Show it")
    reader.waits_for_article("Ada Quill")
    assert reader.session.marked == []


# ---------------------------------------------------------------- kills and ends

TYPED_AND_KILLED = """
import sys, time
from pathlib import Path
from PySide6.QtCore import Qt
from tests.journeys.gestures import Person

person = Person(Path(sys.argv[1]), [sys.argv[2]])
person.waits_for_article("Ada Quill")
person.drags_over("eleven years")
person.presses(Qt.Key.Key_N)
editor = person.application.annotator.editor
person.waits_for(editor.isVisible)
person.types("Not saved, but typed.", on=editor.note)
person.types("patience,", on=editor.tags.field)
drafts = person.application.annotator._kept
person.waits_for(lambda: [each.tags for each in drafts.of(person.session.document_id)] == [("patience",)])
print("typed", flush=True)
time.sleep(60)
"""


def played(script: str, *arguments: Path) -> subprocess.Popen[str]:
    """Play a script in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


@pytest.mark.model
@needs_kill
def test_the_words_in_the_editor_survive_a_kill(
    starts: Callable[..., Person], article: Path, data: Path
) -> None:
    with played(TYPED_AND_KILLED, data, article) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "typed\n"
        process.kill()
    person = starts()
    person.waits_for_article("Ada Quill")
    hears(person, "press N to go on")
    person.presses(Qt.Key.Key_N)
    editor = person.application.annotator.editor
    person.waits_for(editor.isVisible)
    assert editor.note.toPlainText() == "Not saved, but typed."
    assert editor.tags.tags() == ("patience",)
    saves(person)
    assert stored(data) == [("eleven years", "Not saved, but typed.")]
    assert not list(paths_in(data).drafts.iterdir())


def test_a_note_left_with_escape_is_offered_on_the_same_words(reader: Person, data: Path) -> None:
    editor = reader.application.annotator.editor
    reader.drags_over("eleven years")
    reader.presses(Qt.Key.Key_N)
    reader.types("Half a thought", on=editor.note)
    reader.presses(Qt.Key.Key_Escape, on=editor.note)
    assert not editor.isVisible()
    reader.drags_over("eleven years")
    reader.presses(Qt.Key.Key_N)
    assert editor.note.toPlainText() == "Half a thought"
    editor.note.clear()
    reader.presses(Qt.Key.Key_Escape, on=editor.note)
    assert stored(data) == []
    assert not list(paths_in(data).drafts.iterdir())


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
