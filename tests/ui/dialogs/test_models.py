"""The choice of a language model: what is offered, told and copied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.analysis.plans import Installed
from ui.dialogs.models import ModelDialog

MODELS = [Installed("de_core_news_sm", "de", "3.8.0"), Installed("xx_ent_wiki_sm", "xx", "3.8.0")]


def dialog_with(qtbot: QtBot, *, chosen: str = "", missing: bool = False) -> ModelDialog:
    dialog = ModelDialog(MODELS, chosen=chosen, missing=missing, command="python -m spacy download X")
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def test_a_choice_is_told_at_once(qtbot: QtBot) -> None:
    dialog = dialog_with(qtbot)
    assert dialog.choices[""].isChecked()
    assert dialog.choices["de_core_news_sm"].text() == "de_core_news_sm 3.8.0 (German)"
    assert "any language" in dialog.choices["xx_ent_wiki_sm"].text()
    with qtbot.waitSignal(dialog.chosen) as told:
        qtbot.keyClick(dialog.choices["de_core_news_sm"], Qt.Key.Key_Space)
    assert told.args == ["de_core_news_sm"]


def test_a_missing_choice_is_shown_and_can_not_be_taken(qtbot: QtBot) -> None:
    dialog = dialog_with(qtbot, chosen="en_gone", missing=True)
    choice = dialog.choices["en_gone"]
    assert "not installed" in choice.text() and not choice.isEnabled()


def test_a_chosen_folder_is_among_the_choices(qtbot: QtBot) -> None:
    dialog = dialog_with(qtbot, chosen="/models/mine")
    assert dialog.choices["/models/mine"].isChecked()


def test_what_to_type_can_be_copied(qtbot: QtBot) -> None:
    dialog = dialog_with(qtbot)
    with qtbot.waitSignal(dialog.copied) as told:
        qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert told.args == ["python -m spacy download X"]
    dialog.grab()
