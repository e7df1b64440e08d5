"""Settings that change at once and are on disk soon after."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from reader.settings import Settings, load_settings
from ui.preferences import Preferences


def test_a_change_is_told_and_saved(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    preferences = Preferences(Settings(), path)
    with qtbot.waitSignal(preferences.changed) as told:
        preferences.change(theme="dark")
    assert [each.theme for each in told.args] == ["system", "dark"]
    qtbot.waitUntil(path.exists)
    assert load_settings(path).theme == "dark"


def test_the_same_value_is_no_change(qtbot: QtBot, tmp_path: Path) -> None:
    preferences = Preferences(Settings(), tmp_path / "settings.toml")
    with qtbot.assertNotEmitted(preferences.changed):
        preferences.change(theme="system")
    preferences.save()
    assert not (tmp_path / "settings.toml").exists()


def test_sizes_step_within_bounds(qtbot: QtBot, tmp_path: Path) -> None:
    preferences = Preferences(Settings(), tmp_path / "settings.toml")
    preferences.step_scale(1)
    assert preferences.settings.text_scale > 1
    preferences.step_scale(0)
    assert preferences.settings.text_scale == 1
    for _ in range(40):
        preferences.step_scale(-1)
        preferences.step_measure(1)
    assert 0.5 <= preferences.settings.text_scale < 1
    assert 68 < preferences.settings.measure <= 200


def test_themes_go_round(qtbot: QtBot, tmp_path: Path) -> None:
    preferences = Preferences(Settings(), tmp_path / "settings.toml")
    seen = []
    shown = "light"
    for _ in range(3):
        preferences.next_theme(shown)
        shown = preferences.settings.theme
        seen.append(shown)
    assert seen == ["sepia", "dark", "light"]


def test_recent_files_are_the_latest_first_and_not_twice(qtbot: QtBot, tmp_path: Path) -> None:
    preferences = Preferences(Settings(recent=("/a", "/b")), tmp_path / "settings.toml")
    preferences.remember_recent(["/b", "/c"])
    assert preferences.settings.recent == ("/b", "/c", "/a")
    preferences.remember_recent([f"/{n}" for n in range(30)])
    assert len(preferences.settings.recent) == 12


def test_settings_that_can_not_be_saved_are_told(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.mkdir()
    preferences = Preferences(Settings(), path)
    preferences.change(theme="dark")
    with qtbot.waitSignal(preferences.problem):
        preferences.save()
