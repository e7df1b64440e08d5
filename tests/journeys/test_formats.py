"""A person reads a file in another way, puts its details right, writes on it, and reads while it is read."""

from __future__ import annotations

import json
import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget

from reader.analysis.worker import Job
from reader.document import Block, Document, Metadata, ReadAs, Span
from reader.errors import DamagedFile
from reader.formats import open_document
from tests.journeys.gestures import LEFT, Person
from ui.analyst import Analyst
from ui.dialogs.details import DetailsDialog

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LETTER = (
    "Über die Brücke fährt am Abend niemand mehr, sagte der Müller, und schwieg. "
    "Früher gab es größere Häuser am Fluß, und schöne Gärten führten bis ans Ufer. "
    "Heute wächst dort Gras, und die Tür der alten Mühle läßt sich nicht mehr öffnen."
)
PARAGRAPH = "The council of Brightport decided on Monday that the old harbour wall should stand. " * 4
PAGE = f"""<!doctype html><html><head><title>The harbour wall</title></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport and weather</a></nav>
<article><h1>The harbour wall</h1><p class="byline">By Ada Quill</p><p>{PARAGRAPH}</p>
<p>The engineers had asked for another year. {PARAGRAPH}</p></article>
<footer><p>All rights reserved by the Brightport Post.</p></footer></body></html>"""


@pytest.fixture(autouse=True)
def jobs(monkeypatch: pytest.MonkeyPatch) -> list[Job]:
    """No model is loaded; what would be analysed is noted."""
    asked: list[Job] = []
    monkeypatch.setattr(Analyst, "warm_up", lambda self: None)
    monkeypatch.setattr(Analyst, "analyse", lambda self, job: asked.append(job))
    return asked


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A text that does not say how its letters are written."""
    path = tmp_path / "mill.txt"
    path.write_bytes(LETTER.encode("windows-1252"))
    return path


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "wall.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def told(person: Person) -> list[str]:
    return [message.accessibleName() for message in person.frame.messages.messages]


def chooses(person: Person, words: str) -> None:
    """Press the keys that choose this entry of the menu that is open."""
    person.waits_for(lambda: _menu(person) is not None, "a menu")
    menu = _menu(person)
    assert menu is not None
    for _ in menu.actions():
        QTest.keyClick(menu, Qt.Key.Key_Down)
        active = menu.activeAction()
        if active is not None and active.text().startswith(words):
            break
    QTest.keyClick(menu, Qt.Key.Key_Return)


def _menu(person: Person) -> QMenu | None:
    return next((each for each in person.window.findChildren(QMenu) if each.isVisible()), None)


def from_palette(person: Person, words: str) -> None:
    """Find an action among everything one can do, and do it."""
    person.presses(Qt.Key.Key_K, CONTROL)
    palette = person.application.helper.palette
    person.waits_for(palette.isVisible, "the palette")
    focus: QWidget = palette.field
    person.types(words, on=focus)
    person.presses(Qt.Key.Key_Return, on=focus)


# ---------------------------------------------------------------- another encoding


def test_a_guessed_encoding_is_told_changed_and_remembered(
    starts: Callable[..., Person], letter: Path
) -> None:
    person = starts(letter)
    person.waits_for_article("Über die Brücke")
    person.drags_over("am Abend niemand mehr")
    person.presses(Qt.Key.Key_H)
    (message,) = person.frame.messages.messages
    assert "windows-1252" in message.what and message.button.text() == "Choose encoding"
    QTest.keyClick(message.button, Qt.Key.Key_Space)
    menu = _menu(person)
    assert menu is not None
    assert [each.text() for each in menu.actions() if each.isChecked()] == ["Windows-1252 · Western Europe"]
    chooses(person, "Windows-1251")
    person.waits_for_article("Ьber die Brьcke")
    (mark,) = person.session.marked
    assert mark.span == person.span("am Abend niemand mehr"), "found again"
    assert person.session.library is not None and person.session.library.count() == 1
    assert told(person) == [], "it is no guess any more"
    person.leaves()

    again = starts(letter)
    again.waits_for_article("Ьber die Brьcke")
    from_palette(again, "choose enc")
    chooses(again, "As the file seems to be")
    again.waits_for_article("Über die Brücke")
    assert [mark.span for mark in again.session.marked] == [again.span("am Abend niemand mehr")]


def test_a_closed_warning_is_not_told_again(starts: Callable[..., Person], letter: Path, page: Path) -> None:
    person = starts(letter)
    person.waits_for_article("Über die Brücke")
    (message,) = person.frame.messages.messages
    person.drops(page)
    person.waits_for_article("harbour wall")
    assert told(person) == [], "that was of another article"
    person.presses(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    person.waits_for_article("Über die Brücke")
    (message,) = person.frame.messages.messages
    QTest.mouseClick(message.close_button, LEFT)
    person.drops(page)
    person.waits_for_article("harbour wall")
    person.presses(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    person.waits_for_article("Über die Brücke")
    assert told(person) == []


# ---------------------------------------------------------------- the whole page


def test_the_whole_page_is_one_click_away_and_remembered(starts: Callable[..., Person], page: Path) -> None:
    person = starts(page)
    person.waits_for_article("harbour wall")
    assert "Sport and weather" not in person.page.document.text
    person.drags_over("The engineers had asked for another year")
    person.presses(Qt.Key.Key_H)
    link = person.frame.foot.extent
    assert link.isVisible() and link.text() == "Show the whole page"
    QTest.mouseClick(link, LEFT)
    person.waits_for_article("Sport and weather")
    assert link.text() == "Show the article alone"
    (mark,) = person.session.marked
    assert mark.span == person.span("The engineers had asked for another year")
    person.leaves()

    again = starts()
    again.waits_for_article("Sport and weather")
    again.drops(page)
    again.waits_for(lambda: again.application.intake._task is None, "the file read again")
    again.waits_for_article("Sport and weather")
    from_palette(again, "article alone")
    again.waits_for(lambda: "Sport" not in again.page.document.text, "the article alone")


def test_what_is_no_page_offers_no_whole_page(starts: Callable[..., Person], letter: Path) -> None:
    person = starts(letter)
    person.waits_for_article("Über die Brücke")
    assert not person.frame.foot.extent.isVisible()
    assert not person.application.actions["extent"].isEnabled()


def test_a_file_that_is_gone_is_a_sentence_and_the_article_stays(
    starts: Callable[..., Person], page: Path
) -> None:
    person = starts(page)
    person.waits_for_article("harbour wall")
    page.unlink()
    QTest.mouseClick(person.frame.foot.extent, LEFT)
    person.waits_for(lambda: any("To read it in another way" in each for each in told(person)), "a sentence")
    assert "harbour wall" in person.page.document.text
    assert person.session.document is not None and person.session.document.read_as == ReadAs()


# ---------------------------------------------------------------- details


def fills(person: Person, **words: str) -> None:
    """Open the details with Ctrl+I, write in the fields, and press Enter."""
    person.presses(Qt.Key.Key_I, CONTROL)
    dialog = person.application.detailer.dialog
    assert isinstance(dialog, DetailsDialog)
    for name, said in words.items():
        field = dialog.fields[name]
        field.selectAll()
        person.presses(Qt.Key.Key_Delete, on=field)
        person.types(said, on=field)
    person.presses(Qt.Key.Key_Return, on=dialog.fields["title"])
    person.waits_for(lambda: person.application.detailer.dialog is None, "the dialog to close")


def test_details_are_edited_shown_everywhere_undone_and_kept(
    starts: Callable[..., Person], page: Path, tmp_path: Path, jobs: list[Job]
) -> None:
    person = starts(page)
    person.waits_for_article("harbour wall")
    before = len(jobs)
    fills(person, title="The wall of 1998", byline="Émile Roe", date="14 March 1998")
    document, library = person.session.document, person.session.library
    assert document is not None and library is not None and person.session.document_id is not None
    assert document.metadata.date == "1998-03-14"
    assert person.page.document is document
    assert person.window.windowTitle() == "The wall of 1998 — Scholion"
    assert library.entries(match="1998 émile")[0].title == "The wall of 1998"
    person.waits_for(lambda: len(jobs) > before, "a new analysis")
    assert jobs[-1].date == "1998-03-14"

    report = tmp_path / "report.md"
    person.presses(Qt.Key.Key_E)
    dialog = person.application.exporter.dialog
    assert dialog is not None
    dialog.export_requested.emit(str(report), dialog.options())
    dialog.reject()
    person.waits_for(report.exists, "the report")
    assert "The wall of 1998" in report.read_text(encoding="utf-8")

    person.presses(Qt.Key.Key_Z, CONTROL)
    assert person.session.document is not None
    assert person.session.document.title == "The harbour wall"
    assert person.window.windowTitle() == "The harbour wall — Scholion"
    person.presses(Qt.Key.Key_Y, CONTROL)
    assert person.session.document.title == "The wall of 1998"

    page.write_text(PAGE.replace("another year", "two more years"), encoding="utf-8")
    person.drops(page)
    person.waits_for_article("two more years")
    assert person.session.document.title == "The wall of 1998", "reading the file again overwrites nothing"


# ---------------------------------------------------------------- a note on the whole


def test_a_note_on_the_whole_article_is_written_edited_and_undone(
    starts: Callable[..., Person], page: Path
) -> None:
    person = starts(page)
    person.waits_for_article("harbour wall")
    person.presses(Qt.Key.Key_N, SHIFT)
    editor = person.application.remarker.editor
    person.waits_for(editor.isVisible, "the note editor")
    assert not any(dot.isVisible() for dot in editor.dots.values())
    person.types("Compare with the minutes", on=editor.note)
    person.types("method,", on=editor.tags.field)
    person.presses(Qt.Key.Key_Return, CONTROL, on=editor.note)
    (note,) = person.session.notes
    assert (note.body, note.tags) == ("Compare with the minutes", ("method",))
    assert person.frame.findings.tab == "notes"

    notes = person.frame.findings.notes
    person.presses(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    notes.select(note.id)
    person.presses(Qt.Key.Key_E, on=notes.list)
    person.waits_for(editor.isVisible, "the note editor")
    person.types(" of 1998", on=editor.note)
    person.presses(Qt.Key.Key_Return, CONTROL, on=editor.note)
    assert [each.body for each in person.session.notes] == ["Compare with the minutes of 1998"]
    person.presses(Qt.Key.Key_Z, CONTROL)
    assert [each.body for each in person.session.notes] == ["Compare with the minutes"]
    person.presses(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    person.presses(Qt.Key.Key_Delete, on=notes.list)
    assert person.session.notes == []


def test_the_words_of_an_unsaved_note_are_kept(starts: Callable[..., Person], page: Path) -> None:
    person = starts(page)
    person.waits_for_article("harbour wall")
    person.presses(Qt.Key.Key_N, SHIFT)
    editor = person.application.remarker.editor
    person.types("Half a thou", on=editor.note)
    person.leaves()
    again = starts()
    again.waits_for_article("harbour wall")
    again.waits_for(lambda: any("Shift+N" in each for each in told(again)), "a sentence")
    again.presses(Qt.Key.Key_N, SHIFT)
    assert again.application.remarker.editor.note.toPlainText() == "Half a thou"


# ---------------------------------------------------------------- a beginning while the rest is read


class SlowOpener:
    """Gives the beginning of a file at once, and the whole when it is told to."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.fails = False

    def open(
        self,
        path: Path,
        *,
        read_as: ReadAs = ReadAs(),
        on_preview: Callable[[Document], None] | None = None,
    ) -> Document:
        whole = open_document(path, read_as=read_as)
        if on_preview is not None:
            first = whole.blocks[: len(whole.blocks) // 2]
            text = whole.text[: first[-1].span.end]
            on_preview(Document(text, first, whole.metadata, source=whole.source))
        self.go_on.wait(20)
        if self.fails:
            raise DamagedFile("The file is damaged.", "Try another copy of it.")
        return whole

    def cancel(self) -> None:
        self.go_on.set()

    def close(self) -> None:
        self.go_on.set()


@pytest.fixture
def long_text(tmp_path: Path) -> Path:
    path = tmp_path / "long.txt"
    path.write_text("\n\n".join(f"Chapter {n}. {PARAGRAPH}" for n in range(60)), encoding="utf-8")
    return path


def test_a_long_file_is_read_from_its_beginning_and_the_place_stays(
    starts: Callable[..., Person], page: Path, long_text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = starts(page)
    person.waits_for_article("harbour wall")
    opener = SlowOpener()
    monkeypatch.setattr(person.application.intake, "_opener", opener)
    person.drops(long_text)
    person.waits_for_article("Chapter 29.")
    assert "Chapter 59." not in person.page.document.text
    person.drags_over("Chapter 20. The council")
    place = person.page.place().offset
    assert place > 0
    person.presses(Qt.Key.Key_H)
    assert person.session.marked == []
    assert any("still being read" in each for each in told(person))
    person.presses(Qt.Key.Key_I, CONTROL)
    assert person.application.detailer.dialog is None
    opener.go_on.set()
    person.waits_for_article("Chapter 59.")
    assert person.page.place().offset == place
    person.drags_over("Chapter 20. The council")
    person.presses(Qt.Key.Key_H)
    assert len(person.session.marked) == 1
    person.presses(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    person.waits_for_article("Brightport decided")
    person.waits_for(lambda: "Chapter 1." not in person.page.document.text, "the article from before")


@pytest.mark.parametrize("there_is_one", [True, False])
def test_a_beginning_whose_rest_can_not_be_read_gives_way_to_what_was_there(
    starts: Callable[..., Person], long_text: Path, monkeypatch: pytest.MonkeyPatch, there_is_one: bool
) -> None:
    person = starts()
    person.waits_for(lambda: person.session.document, "the welcome article")
    welcome = person.page.document.text
    if not there_is_one:
        person.session._hold(None, None)
    opener = SlowOpener()
    opener.fails = True
    monkeypatch.setattr(person.application.intake, "_opener", opener)
    person.drops(long_text)
    person.waits_for_article("Chapter 29.")
    opener.go_on.set()
    wanted = welcome if there_is_one else ""
    person.waits_for(lambda: person.page.document.text == wanted, "what was there before")
    assert any("damaged" in each for each in told(person))
    assert not person.session.previewing


def test_a_preview_is_not_in_the_way_of_another_article(
    starts: Callable[..., Person], page: Path, long_text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = starts(page)
    person.waits_for_article("harbour wall")
    opener = SlowOpener()
    opener.fails = True
    monkeypatch.setattr(person.application.intake, "_opener", opener)
    person.drops(long_text)
    person.waits_for_article("Chapter 29.")
    person.presses(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    person.waits_for(lambda: "Chapter" not in person.page.document.text, "the article from before")
    opener.go_on.set()
    person.waits_for(lambda: person.application.intake._task is None, "the end of it")
    assert person.session.document is not None
    assert "harbour wall" in person.session.document.text


def test_several_warnings_are_behind_the_first(starts: Callable[..., Person], tmp_path: Path) -> None:
    person = starts()
    person.waits_for(lambda: person.session.document, "the welcome article")
    document = Document(
        "A harbour.",
        (Block(Span(0, 10)),),
        Metadata(),
        warnings=("Two pictures are missing.", "One note is missing.", "A table was cut."),
    )
    assert person.session.library is not None
    person.session.open(person.session.library.add_document(replace(document)).id)
    person.waits_for_article("A harbour.")
    (message,) = person.frame.messages.messages
    assert message.what == "Two pictures are missing." and message.button.text() == "And 2 more"
    QTest.mouseClick(message.button, LEFT)
    (message,) = person.frame.messages.messages
    assert message.what.splitlines() == list(document.warnings)


def test_a_row_is_not_offered_to_be_read_again(starts: Callable[..., Person], tmp_path: Path) -> None:
    person = starts()
    person.waits_for(lambda: person.session.document, "the welcome article")
    part = Document("A harbour.", (Block(Span(0, 10)),), source="/a.jsonl::1", format="row")
    assert person.session.library is not None
    person.session.open(person.session.library.add_document(part).id)
    person.waits_for_article("A harbour.")
    assert not person.frame.foot.extent.isVisible()
    assert not person.application.actions["choose_encoding"].isEnabled()


def test_an_archive_and_rows_that_are_dropped_come_in_whole(
    starts: Callable[..., Person], tmp_path: Path
) -> None:
    box, rows = tmp_path / "box.zip", tmp_path / "rows.jsonl"
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("one.txt", "The first of the articles in the box.")
        archive.writestr("two.txt", "The second of the articles in the box.")
        archive.writestr("a.png", b"x")
    rows.write_text("".join(json.dumps({"text": f"Row {n} tells of rain."}) + "\n" for n in (1, 2, 3)))
    person = starts()
    person.waits_for(lambda: person.session.document, "the welcome article")
    person.application.intake.open([str(box), str(rows)])
    person.waits_for_article("The first of the articles in the box.")
    library = person.session.library
    assert library is not None
    person.waits_for(lambda: library.count() == 6, "five more articles")
    passed_over = "One file in “box.zip” can't be read as an article, and was passed over."
    person.waits_for(
        lambda: any(message.what == passed_over for message in person.frame.messages.messages), "the warning"
    )
