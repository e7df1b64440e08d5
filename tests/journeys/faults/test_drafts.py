"""Words that are typed and not saved yet are kept, whatever happens to the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from reader.paths import paths_in
from tests.journeys.faults.helpers import (
    hears,
    needs_kill,
    played,
    saves,
    stored,
)
from tests.journeys.gestures import Person

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
drafts = person.application.annotator._disk
person.waits_for(lambda: [each.tags for each in drafts.of(person.session.document_id)] == [("patience",)])
print("typed", flush=True)
time.sleep(60)
"""


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
