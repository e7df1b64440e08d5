"""The first story: open an article, see who is named and who said what, note it, keep it, report it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.library import Library
from reader.paths import paths_in
from tests.journeys.gestures import Person
from ui.dialogs.bar import Message

pytestmark = pytest.mark.model

ARTICLE = (
    " date 2021-03-14 Kofi Annan asked the towns of the coast on Monday "
    "to share the cost of the new sea wall.\n"
    "\n"
    "“We cannot build half a wall,” Annan said in Accra. “Half a wall keeps out half the sea.”\n"
    "\n"
    "The Coastal Commission said that the first stones would be laid in June. "
    "“It is a promise,” he told reporters.\n"
    "\n"
    + "\n\n".join(
        f"Paragraph {number} tells of the weather, of the boats in the harbour, and of the long winter "
        "that the people of the coast remember; it names nobody, and nobody is quoted in it." * 2
        for number in range(40)
    )
    + "\n"
)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "an article 🌊.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    made = Person(tmp_path / "data")
    yield made
    made.leaves()


def test_the_first_start_shows_the_welcome_article_with_its_findings(person: Person) -> None:
    person.waits_for(lambda: person.session.document, "the welcome article")
    person.waits_for_analysis()
    assert person.session.document is not None
    assert person.session.document.title in person.window.windowTitle()
    assert len(person.page.marks.names) > 10
    assert sum(bool(quote.speaker) for quote in person.session.quotes) >= 3
    assert person.frame.library.neighbour(1) is None


def test_the_story(person: Person, article: Path, tmp_path: Path) -> None:
    person.waits_for(lambda: person.session.document, "the welcome article")
    person.drops(article)
    person.waits_for_article("Half a wall")
    document = person.session.document
    assert document is not None
    assert document.metadata.date == "2021-03-14"
    assert document.text.startswith("Kofi Annan asked")

    person.drags_over("share the cost of the new sea wall")
    person.presses(Qt.Key.Key_H)
    (mark,) = person.session.marked
    assert mark.span == person.span("share the cost of the new sea wall")
    assert mark.colour == "yellow"
    person.writes_note("Who pays the rest?", "method")
    (mark,) = person.session.marked
    assert (mark.highlight.note, mark.highlight.tags) == ("Who pays the rest?", ("method",))
    person.page.viewport().repaint()
    assert [shown.highlight.id for _, shown in person.page.furniture.shown] == [mark.highlight.id]

    person.waits_for_analysis()
    names = {mention.name for mention in person.session.mentions}
    assert "Kofi Annan" in names
    annan = [mention.span for mention in person.session.mentions if mention.name == "Kofi Annan"]
    assert len(annan) >= 2
    person.frame.findings.names.mention_requested.emit(annan[0])
    assert person.page.marks.current == annan[0]
    person.presses(Qt.Key.Key_M)
    assert person.page.marks.current == annan[1]

    half = next(quote for quote in person.session.quotes if "half a wall" in quote.span.of(document.text))
    assert half.speaker == "Kofi Annan"
    person.frame.findings.quotes.quote_requested.emit(person.session.quotes.index(half))
    assert person.page.marks.current == half.span

    for suffix in ("md", "html"):
        report = tmp_path / f"report.{suffix}"
        person.presses(Qt.Key.Key_E)
        dialog = person.application.exporter.dialog
        assert dialog is not None
        dialog.export_requested.emit(str(report), dialog.options())
        dialog.reject()
        person.waits_for(report.exists, "the report")
        written = report.read_text(encoding="utf-8")
        for words in ("share the cost of the new sea wall", "Who pays the rest?", "method", "Kofi Annan"):
            assert words in written


def test_every_action_can_be_undone_and_done_again(person: Person, article: Path) -> None:
    person.drops(article)
    person.waits_for_article("Half a wall")
    control = Qt.KeyboardModifier.ControlModifier
    person.drags_over("the towns of the coast")
    person.presses(Qt.Key.Key_3)
    assert [mark.colour for mark in person.session.marked] == ["blue"]
    person.writes_note("Which towns?")
    person.presses(Qt.Key.Key_Z, control)
    assert [mark.highlight.note for mark in person.session.marked] == [""]
    person.presses(Qt.Key.Key_Z, control)
    assert person.session.marked == []
    person.presses(Qt.Key.Key_Y, control)
    person.presses(Qt.Key.Key_Y, control)
    assert [mark.highlight.note for mark in person.session.marked] == ["Which towns?"]
    person.page.show_current(None)
    person.application.annotator.choose(person.session.marked[0].highlight.id)
    person.presses(Qt.Key.Key_Delete)
    assert person.session.marked == []
    person.presses(Qt.Key.Key_Z, control)
    assert [mark.highlight.note for mark in person.session.marked] == ["Which towns?"]


def test_a_folder_of_thirty_articles_can_be_paged_through(person: Person, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(30):
        words = f"Article number {number} has a text of its own.\n\nThe mayor said it was a good one.\n"
        (folder / f"{number}.txt").write_text(words, encoding="utf-8")
    person.waits_for(lambda: person.session.document, "the welcome article")
    person.drops(folder)
    library = person.session.library
    assert library is not None
    person.waits_for(lambda: library.count() == 31, "all thirty in the library")
    person.waits_for(lambda: person.frame.library.model.rowCount() == 31, "all thirty in the list")
    person.waits_for_article("Article number 0")
    for number in (1, 2, 3):
        person.presses(Qt.Key.Key_J)
        person.waits_for_article(f"Article number {number} ")
    person.presses(Qt.Key.Key_K)
    person.waits_for_article("Article number 2 ")


def test_the_keyboard_leads_into_the_findings_and_back(person: Person) -> None:
    person.waits_for(lambda: person.session.document, "the welcome article")
    alt = Qt.KeyboardModifier.AltModifier
    person.frame.findings.hide()
    for key, panel in (
        (Qt.Key.Key_1, person.frame.findings.names),
        (Qt.Key.Key_2, person.frame.findings.quotes),
        (Qt.Key.Key_3, person.frame.findings.notes),
    ):
        person.presses(key, alt)
        assert panel.isVisible()
        assert panel.list.hasFocus()
    person.presses(Qt.Key.Key_F6)
    assert person.page.hasFocus()


def test_bad_files_are_told_in_a_sentence_and_the_window_stays(person: Person, tmp_path: Path) -> None:
    person.waits_for(lambda: person.session.document, "the welcome article")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary\n😀.txt").write_bytes(bytes(range(256)) * 40)
    good = tmp_path / "good.txt"
    good.write_text("One good article among bad ones.\n", encoding="utf-8")
    person.drops(tmp_path / "empty.txt", tmp_path / "gone.txt", tmp_path / "binary\n😀.txt", good)
    person.waits_for_article("One good article")
    told = person.frame.messages.findChildren(Message)
    person.waits_for(lambda: told, "a sentence")
    assert any("2 more" in message.accessibleName() for message in told)
    assert person.window.isVisible()


PLAYED_AND_KILLED = """
import sys, time
from pathlib import Path
from PySide6.QtCore import Qt
from tests.journeys.gestures import Person
from ui.dialogs.bar import Message

person = Person(Path(sys.argv[1]), [sys.argv[2]])
person.waits_for_article("Half a wall")
person.drags_over("Half a wall keeps out half the sea")
person.presses(Qt.Key.Key_2)
person.writes_note("A good line.", "quote", "sea")
person.page.go_to(person.span("Paragraph 30 tells"), always=True)
wanted = person.page.place().offset
library = person.session.library
person.waits_for(lambda: library.place(person.session.document_id).offset == wanted, "the place on disk")
print(wanted, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_after_a_kill_everything_is_there_at_the_same_place(
    qtbot: QtBot, tmp_path: Path, article: Path
) -> None:
    data = tmp_path / "data"
    root = Path(__file__).parents[2]
    played = subprocess.Popen(
        [sys.executable, "-c", PLAYED_AND_KILLED, str(data), str(article)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert played.stdout is not None
    offset = int(played.stdout.readline())
    played.send_signal(signal.SIGKILL)
    played.wait()
    played.stdout.close()

    person = Person(data)
    person.waits_for_article("Half a wall")
    (mark,) = person.session.marked
    assert mark.highlight.anchor.exact == "Half a wall keeps out half the sea"
    assert (mark.highlight.note, mark.colour) == ("A good line.", "green")
    assert sorted(mark.highlight.tags) == ["quote", "sea"]
    assert person.page.place().offset == offset
    person.leaves()
    library = Library.open(paths_in(data).library, backups=paths_in(data).backups)
    assert library.count() == 1
    library.close()
