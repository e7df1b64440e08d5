"""The details of an article: the file's faintly, the person's in ink, and what is no date is told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.document import Metadata
from ui.dialogs.details import DetailsDialog, date_of, language_of

GIVEN = Metadata(title="The harbour wall", byline="Ada Quill", date="2021-03-14")


def dialog_with(qtbot: QtBot, **said: str) -> DetailsDialog:
    dialog = DetailsDialog(GIVEN, said)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def test_what_the_file_says_stands_faintly_in_the_fields(qtbot: QtBot) -> None:
    dialog = dialog_with(qtbot, byline="Émile Roe")
    assert dialog.fields["title"].placeholderText() == "The harbour wall"
    assert dialog.fields["site"].placeholderText() == "The file does not say"
    assert dialog.fields["byline"].text() == "Émile Roe"
    assert [name for name, reset in dialog.resets.items() if reset.isVisible()] == ["byline"]
    assert dialog.said() == {"byline": "Émile Roe"}
    dialog.grab()


def test_a_field_is_reset_to_what_the_file_says(qtbot: QtBot) -> None:
    dialog = dialog_with(qtbot, title="Mine", byline="Émile Roe")
    qtbot.mouseClick(dialog.resets["title"], Qt.MouseButton.LeftButton)
    assert dialog.said() == {"byline": "Émile Roe"}
    assert dialog.fields["title"].hasFocus() or not dialog.isActiveWindow()


def test_enter_saves_what_is_written_in_its_usual_form(qtbot: QtBot) -> None:
    dialog = dialog_with(qtbot)
    qtbot.keyClicks(dialog.fields["title"], "  The   wall ")
    qtbot.keyClicks(dialog.fields["date"], "3 May 1998")
    qtbot.keyClicks(dialog.fields["language"], "german")
    with qtbot.waitSignal(dialog.save_requested) as told:
        qtbot.keyClick(dialog.fields["title"], Qt.Key.Key_Return)
    assert told.args == [{"title": "The wall", "date": "1998-05-03", "language": "de"}]


@pytest.mark.parametrize(("name", "words"), [("date", "1998-13"), ("date", "soon"), ("language", "??")])
def test_what_can_not_be_kept_is_told_and_not_saved(qtbot: QtBot, name: str, words: str) -> None:
    dialog = dialog_with(qtbot)
    saved: list[object] = []
    dialog.save_requested.connect(saved.append)
    qtbot.keyClicks(dialog.fields[name], words)
    assert dialog.error.text() and not dialog.save.isEnabled()
    qtbot.keyClick(dialog.fields[name], Qt.Key.Key_Return)
    assert saved == [] and dialog.isVisible()
    dialog.fields[name].clear()
    assert dialog.error.text() == "" and dialog.save.isEnabled()


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("2021", "2021"),
        ("2021-03", "2021-03"),
        ("2021-03-14", "2021-03-14"),
        ("14 March 2021", "2021-03-14"),
        ("2021-02-30", None),
        ("2021-3", None),
        ("03/04/2021", None),
        ("2021-03-14-15", None),
        ("March", None),
    ],
)
def test_dates_are_as_exact_as_they_are_written(words: str, date: str | None) -> None:
    assert date_of(words) == date


@pytest.mark.parametrize(
    ("words", "code"), [("German", "de"), ("pt-BR", "pt-BR"), ("de", "de"), ("Klingon!", None), ("x", None)]
)
def test_languages_are_known_by_name_or_code(words: str, code: str | None) -> None:
    assert language_of(words) == code


def test_of_several_only_what_they_can_share_is_asked(qtbot: QtBot) -> None:
    dialog = DetailsDialog(Metadata(), {}, several=3)
    qtbot.addWidget(dialog)
    dialog.open()
    assert list(dialog.fields) == ["byline", "date", "site", "language"]
    qtbot.keyClicks(dialog.fields["site"], "Bay Post")
    with qtbot.waitSignal(dialog.save_requested) as saved:
        qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert saved.args == [{"site": "Bay Post"}]
    dialog.grab()
