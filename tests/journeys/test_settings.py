"""The story of the settings: they hold at once, say where things are, and copy the library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QRadioButton

from reader.settings import load_settings
from tests.journeys.gestures import LEFT, Person
from ui.views.settings import SettingsView

pytestmark = pytest.mark.usefixtures("unanalysed")


def test_settings_hold_at_once_and_the_library_is_copied_on_request(
    starts: Callable[..., Person], tmp_path: Path, data: Path
) -> None:
    path = tmp_path / "pier.txt"
    path.write_text("The pier will stand.\n", encoding="utf-8")
    person = starts(path)
    person.waits_for_article("The pier")
    person.presses(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    view = person.frame.middle.view("settings")
    assert isinstance(view, SettingsView)
    assert person.frame.middle.shown == "settings"
    dark = next(each for each in view.findChildren(QRadioButton) if each.text() == "Dark")
    QTest.mouseClick(dark, LEFT)
    assert person.page.theme.name == "dark"
    person.waits_for(lambda: str(data / "library.sqlite") in _words(view), "the place of the library")

    before = list((data / "backups").glob("*.sqlite"))
    copy = next(each for each in view.findChildren(QPushButton) if each.text() == "Copy now")
    QTest.mouseClick(copy, LEFT)
    person.waits_for(lambda: len(list((data / "backups").glob("*.sqlite"))) > len(before), "another copy")
    person.waits_for(lambda: any("copied" in each.what for each in person.frame.messages.messages))

    QTest.keyClick(dark, Qt.Key.Key_Escape)
    assert person.frame.middle.shown == ""
    person.leaves()
    assert load_settings(data / "settings.toml").theme == "dark"


@pytest.mark.parametrize("remote", [True, False])
def test_that_the_library_lies_on_a_network_drive_is_said(
    starts: Callable[..., Person], monkeypatch: pytest.MonkeyPatch, data: Path, remote: bool
) -> None:
    monkeypatch.setattr("reader.library.mounts.is_remote", lambda path: remote)
    person = starts()
    person.waits_for(lambda: person.session.document, "the welcome article")
    person.presses(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    view = person.frame.middle.view("settings")
    assert isinstance(view, SettingsView)
    person.waits_for(lambda: str(data / "library.sqlite") in _words(view), "the place of the library")
    (label,) = (each for each in view.findChildren(QLabel) if "network drive" in each.text())
    assert label.isVisible() == remote


def _words(view: SettingsView) -> str:
    return " ".join(label.text() for label in view.findChildren(QLabel))
