"""A library that is locked, full, read-only, damaged or in use elsewhere: a sentence, and nothing is lost."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from reader.library import Library
from reader.paths import paths_in
from tests.journeys.faults.helpers import (
    CONTROL,
    HARBOUR,
    clicks,
    hears,
    held,
    saves,
    slows_down,
    stored,
    was_told,
)
from tests.journeys.gestures import Person


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


def take_it_away(person: Person) -> Callable[[], object]:
    """Let the library be gone, as when its network drive is."""
    place = person.session.paths.library
    away = place.rename(place.with_name("elsewhere"))
    return lambda: away.rename(place)


FAULTS = [
    (hold_it, "held by another program"),
    (refuse_to_write, "can't be written"),
    (fill_the_disk, "no space left"),
    pytest.param(
        take_it_away,
        "no longer there",
        marks=pytest.mark.skipif(os.name != "posix", reason="an open file can't be taken away"),
    ),
]


@pytest.mark.parametrize(("fault", "sentence"), FAULTS)
def test_details_that_can_not_be_kept_stay_in_the_dialog(
    reader: Person, data: Path, fault: Callable[[Person], Callable[[], object]], sentence: str
) -> None:
    reader.application.actions["details"].trigger()
    dialog = reader.application.detailer.dialog
    assert dialog is not None
    title = "A harbour of its own. " * 1000
    dialog.fields["title"].setText(title)
    mend = fault(reader)
    dialog.save.click()
    hears(reader, sentence)
    assert dialog.isVisible()
    assert dialog.fields["title"].text() == title
    mend()
    dialog.save.click()
    assert reader.application.detailer.dialog is None
    assert reader.session.document is not None
    assert reader.session.document.metadata.title == title.strip()


@pytest.mark.parametrize(("fault", "sentence"), FAULTS)
def test_a_note__that_can_not_be_saved_stays_in_the_editor(
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
