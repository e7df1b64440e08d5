"""The note editor keeps words and tags until they are saved."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.model import Colour
from ui.dialogs.note_editor import NoteEditor
from ui.theme import THEMES

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def editor(qtbot: QtBot) -> NoteEditor:
    editor = NoteEditor()
    editor.set_theme(THEMES["light"])
    qtbot.addWidget(editor)
    editor.edit(
        "four of nine seats", note="old", tags=("claim",), colour=Colour.PINK, known_tags=("method", "money")
    )
    with qtbot.waitActive(editor):
        editor.show()
        editor.activateWindow()
    return editor


def test_ctrl_enter_saves_words_tags_and_pen(editor: NoteEditor, qtbot: QtBot) -> None:
    qtbot.keyClicks(editor.note, " and new")
    qtbot.keyClick(editor.note, Qt.Key.Key_Tab)
    qtbot.keyClicks(editor.tags.field, "method")
    qtbot.mouseClick(editor.dots[Colour.BLUE], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(editor.saved) as saved:
        qtbot.keyClick(editor.tags.field, Qt.Key.Key_Return, CTRL)
    assert saved.args == ["old and new", ("claim", "method"), Colour.BLUE]


def test_every_change_is_told_as_a_draft(editor: NoteEditor, qtbot: QtBot) -> None:
    drafts: list[tuple[str, tuple[str, ...]]] = []
    editor.draft_changed.connect(lambda note, tags: drafts.append((note, tags)))
    qtbot.keyClicks(editor.note, "er")
    qtbot.keyClicks(editor.tags.field, "a,")
    assert drafts[0] == ("olde", ("claim",))
    assert drafts[-1] == ("older", ("claim", "a"))


def test_escape_cancels_from_both_fields(editor: NoteEditor, qtbot: QtBot) -> None:
    for field in (editor.note, editor.tags.field):
        field.setFocus()
        with qtbot.waitSignal(editor.cancelled):
            qtbot.keyClick(field, Qt.Key.Key_Escape)


def test_enter_and_comma_make_pills_and_backspace_takes_them_back(editor: NoteEditor, qtbot: QtBot) -> None:
    field = editor.tags.field
    qtbot.keyClicks(field, "#method")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClicks(field, "CLAIM,")
    assert editor.tags.tags() == ("claim", "method")
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert editor.tags.tags() == ("claim",)
    pill = editor.tags._pills[0]
    qtbot.mouseClick(pill, Qt.MouseButton.LeftButton)
    assert editor.tags.tags() == ()
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert editor.tags.tags() == ()


def test_known_tags_are_offered_while_typing(editor: NoteEditor, qtbot: QtBot) -> None:
    field = editor.tags.field
    field.setFocus()
    qtbot.keyClicks(field, "eth")
    completer = field.completer()
    assert [completer.completionModel().index(0, 0).data()] == ["method"]
    completer.activated.emit("method")
    field.setText("method")
    qtbot.waitUntil(lambda: editor.tags.tags() == ("claim", "method") and not field.text())


def test_an_error_keeps_the_words(editor: NoteEditor, qtbot: QtBot) -> None:
    before = editor.height()
    editor.show_error("The disk is full. Make some room, then save again. " * 3)
    assert editor.error.isVisible() and editor.height() > before
    assert editor.note.toPlainText() == "old"
    qtbot.mouseClick(editor.save, Qt.MouseButton.LeftButton)
    assert not editor.error.isVisible()


def test_only_what_exists_can_be_deleted(editor: NoteEditor, qtbot: QtBot) -> None:
    with qtbot.waitSignal(editor.delete_requested):
        qtbot.mouseClick(editor.delete, Qt.MouseButton.LeftButton)
    editor.edit("new words", existing=False, focus_tags=True)
    assert not editor.delete.isVisible()
    assert editor.tags.field.hasFocus()
    assert (editor.note.toPlainText(), editor.tags.tags(), editor.colour()) == ("", (), Colour.YELLOW)


def test_it_grows_with_its_words_within_limits(editor: NoteEditor) -> None:
    small = editor.height()
    editor.note.setPlainText("a line\n" * 8)
    tall = editor.height()
    editor.note.setPlainText("a line\n" * 800)
    assert small < tall <= editor.height() < 500


def test_tags_that_try_to_break_out_are_one_line(editor: NoteEditor) -> None:
    editor.tags.set_tags(["a\nb", "  ", "&amp", "x" * 5_000])
    assert editor.tags.tags()[:2] == ("a b", "&amp")
    editor.grab()


def test_the_card_is_as_high_as_its_words_and_tags(editor: NoteEditor, qtbot: QtBot) -> None:
    low = editor.height()
    assert low > editor.note.height() + editor.tags.height() + editor.save.height()
    for number in range(12):
        qtbot.keyClicks(editor.tags.field, f"tag number {number},")
    assert low + 60 < editor.height() < low + 200
    field = editor.tags.field
    qtbot.waitUntil(lambda: field.visibleRegion().boundingRect() == field.rect())
    editor.show_error("This could not be saved. " * 6)
    assert editor.height() > low + 80
    assert editor.save.geometry().bottom() <= editor.rect().bottom()


def test_a_long_note_that_is_pasted_or_opened_again_has_all_the_room_there_is(
    editor: NoteEditor, qtbot: QtBot
) -> None:
    words = "All work and no play makes a dull researcher. " * 400
    least = editor.note.height()
    editor.edit_whole("On the article", note="", tags=(), known_tags=(), existing=False)
    QApplication.clipboard().setText(words)
    qtbot.keyClick(editor.note, Qt.Key.Key_V, CTRL)
    highest = editor.note.height()
    assert highest > 3 * least
    editor.edit("four of nine seats", note="short")
    assert editor.note.height() == least
    editor.edit("four of nine seats", note=words)
    assert editor.note.height() == highest
