"""Preferences survive, forgive, and leave alone what they do not know."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import SettingsError
from reader.settings import MOST_RECENT, Settings, load_settings, save_settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "settings.toml"


CHANGED = Settings(
    theme="dark",
    text_scale=1.25,
    measure=74,
    show_names=False,
    geometry="AdnQyw==",
    splitter=(200, 700, 300),
    recent=("/a/b c.txt", "/ä\n😀.md"),
    last_document=7,
    colour="pink",
    model="/m",
)


def test_without_a_file_everything_is_as_usual(path: Path) -> None:
    assert load_settings(path) == Settings()
    assert not path.parent.exists()


def test_what_is_saved_is_loaded(path: Path) -> None:
    save_settings(path, CHANGED)
    assert load_settings(path) == CHANGED
    save_settings(path, replace(CHANGED, last_document=None))
    assert load_settings(path).last_document is None
    assert [file.name for file in path.parent.iterdir()] == ["settings.toml"]


def test_comments_and_unknown_keys_stay(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('# mine\ntheme = "sepia"  # soft\n\n[plugin]\nkey = [1, 2]\n')
    save_settings(path, replace(load_settings(path), measure=60))
    text = path.read_text()
    assert '# mine\ntheme = "sepia"  # soft' in text
    assert "[plugin]\nkey = [1, 2]" in text
    assert load_settings(path) == Settings(theme="sepia", measure=60)


@pytest.mark.parametrize(
    "line",
    [
        'theme = "pink"',
        "theme = 3",
        "text_scale = 400.0",
        "text_scale = nan",
        "measure = 70.5",
        "measure = true",
        'show_names = "yes"',
        "recent = [1, 2]",
        'recent = "a"',
        'splitter = ["x"]',
        "last_document = -1",
        'colour = "mauve"',
    ],
)
def test_a_value_that_does_not_fit_is_told_and_the_rest_holds(path: Path, line: str) -> None:
    path.parent.mkdir()
    path.write_text(f'{line}\nright_tab = "notes"\n')
    settings = load_settings(path)
    assert settings == Settings(right_tab="notes")
    assert line.split()[0] in settings.warnings[0]


def test_a_whole_number_is_a_scale_too_and_recent_files_are_few(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(f"text_scale = 2\nrecent = {[str(n) for n in range(40)]}\n")
    settings = load_settings(path)
    assert settings.text_scale == 2.0
    assert len(settings.recent) == MOST_RECENT


@pytest.mark.parametrize("data", [b"theme = ", b"\xff\xfe\x00", b"a = " + b"[" * 3000])
def test_a_broken_file_is_told_and_kept_aside_when_saving(path: Path, data: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(data)
    with pytest.raises(SettingsError, match="not valid"):
        load_settings(path)
    save_settings(path, CHANGED)
    assert load_settings(path) == CHANGED
    assert path.with_name("settings.toml.unread").read_bytes() == data


def test_a_folder_in_its_place_is_told(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(SettingsError, match="could not be read"):
        load_settings(path)
    with pytest.raises(SettingsError, match="could not be saved"):
        save_settings(path, CHANGED)


def test_a_full_disk_leaves_the_old_settings(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_settings(path, CHANGED)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SettingsError, match="no space left"):
        save_settings(path, Settings())
    assert load_settings(path) == CHANGED
    assert [file.name for file in path.parent.iterdir()] == ["settings.toml"]


@given(
    st.builds(
        Settings,
        text_scale=st.floats(0.5, 4.0),
        measure=st.integers(20, 200),
        right_tab=st.text(st.characters(exclude_categories=["Cs"])),
        splitter=st.lists(st.integers(0, 9999), max_size=4).map(tuple),
        recent=st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=12).map(tuple),
        last_document=st.none() | st.integers(1, 1 << 40),
    )
)
def test_any_settings_survive(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    save_settings(path, settings)
    assert load_settings(path) == settings
