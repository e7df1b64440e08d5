"""Where things are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.paths import default_paths, paths_in, resource, temporary_paths


def test_a_data_folder_holds_everything(tmp_path: Path) -> None:
    paths = paths_in(tmp_path / "data")
    for place in (paths.library, paths.settings, paths.backups, paths.logs):
        assert place.is_relative_to(tmp_path / "data")
    assert not (tmp_path / "data").exists()


def test_backups_lie_outside_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    paths = default_paths()
    assert paths.library.is_relative_to(paths.data)
    assert not paths.backups.is_relative_to(paths.data)
    assert paths.documents.is_dir()


def test_temporary_places_are_gone_afterwards() -> None:
    with temporary_paths() as paths:
        assert paths.data.is_dir()
        paths.library.write_bytes(b"x")
    assert not paths.data.exists()


def test_resources_are_found() -> None:
    assert resource("welcome", "welcome.md").is_file()
