"""The library in another folder: copied whole or not at all, remembered, never over a file, never empty."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reader import cli, placing
from reader.anchoring import describe
from reader.document import Block, Document, Span
from reader.drafts import Drafts
from reader.errors import LibraryDamaged, LibraryError, LibraryFull, LibraryLocked, LibraryMissing
from reader.library import Library, backup
from reader.model import Change, Highlight
from reader.paths import Paths, default_paths, paths_in, with_library_in
from reader.settings import load_settings, remember_library, save_settings

TEXT = "Ada Quill opened the harbour."


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """The usual places, with a library of one article and one highlight."""
    own = Paths(tmp_path / "data", tmp_path / "config", tmp_path / "backups", tmp_path / "logs")
    usual = replace(own, usual=own)
    document = Document(TEXT, (Block(Span(0, len(TEXT))),))
    library = Library.open(usual.library, backups=usual.backups)
    added = library.add_document(document)
    library.apply(Change("mark", after=(Highlight(added.id, describe(document, Span(0, 9))),)))
    library.close()
    return usual


@pytest.fixture
def there(tmp_path: Path, paths: Paths) -> Paths:
    (tmp_path / "disk").mkdir()
    return with_library_in(paths, tmp_path / "disk")


def marked(paths: Paths) -> list[Highlight]:
    library = Library.open(paths.library, backups=paths.backups, must_exist=True)
    try:
        return library.highlights(1)
    finally:
        library.close()


def carry(paths: Paths, there: Paths) -> None:
    placing.carry(paths, there, tell=lambda fraction: None)


def is_untouched(paths: Paths, there: Paths) -> bool:
    """Tell whether nothing was left there and nothing remembered."""
    return not list(there.data.rglob("*.*")) and not load_settings(paths.settings).library


def test_the_library_and_what_is_being_written_are_copied_and_the_place_is_remembered(
    paths: Paths, there: Paths
) -> None:
    (mark,) = marked(paths)
    Drafts(paths.drafts).keep(replace(mark, note="half a sen"))
    told: list[float] = []
    placing.carry(paths, there, tell=told.append)
    assert marked(there) == marked(paths) == [mark]
    assert [each.note for each in Drafts(there.drafts).of(1)] == ["half a sen"]
    assert load_settings(paths.settings).library == str(there.data)
    assert told[-1] == 1
    assert sorted(each.name for each in there.data.iterdir()) == ["drafts", "library.sqlite"]


def test_what_fails_at_any_step_leaves_nothing_there_and_nothing_remembered(
    paths: Paths, there: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path) -> None:
        raise OSError(errno.ENOSPC, "no space")

    with monkeypatch.context() as patch:
        patch.setattr(backup, "onto_disk", full)
        with pytest.raises(LibraryFull, match="no room"):
            carry(paths, there)
    assert is_untouched(paths, there)
    with monkeypatch.context() as patch:
        patch.setattr(backup, "_checked", lambda copy: {})
        with pytest.raises(LibraryDamaged, match="not the same"):
            carry(paths, there)
    assert is_untouched(paths, there)
    with monkeypatch.context() as patch:
        patch.setattr(placing, "remember_library", lambda *_: full(there.data))
        with pytest.raises(LibraryFull):
            carry(paths, there)
    assert is_untouched(paths, there)
    assert len(marked(paths)) == 1


def test_a_copying_that_is_ended_leaves_nothing(paths: Paths, there: Paths) -> None:
    def stop(fraction: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        placing.carry(paths, there, tell=stop)
    assert is_untouched(paths, there)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder that nobody may write to")
def test_a_folder_that_may_not_be_written_is_told(paths: Paths) -> None:
    there = with_library_in(paths, Path("/proc/self"))
    with pytest.raises(LibraryError, match="could not be copied into “/proc/self”"):
        carry(paths, there)
    assert not load_settings(paths.settings).library


@pytest.mark.parametrize("has_links", [True, False])
def test_nothing_is_written_over_a_file_that_is_there(
    paths: Paths, there: Paths, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "no links here")

    if not has_links:
        monkeypatch.setattr(os, "link", refuse)
    there.library.write_bytes(b"mine")
    with pytest.raises(LibraryError, match="nothing is written over it"):
        carry(paths, there)
    assert there.library.read_bytes() == b"mine"
    there.library.unlink()
    carry(paths, there)
    assert len(marked(there)) == 1


def test_a_library_that_another_window_has_open_is_not_copied(
    paths: Paths, there: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "PATIENCE", 0.1)
    other = Library.open(paths.library, backups=paths.backups)
    try:
        with pytest.raises(LibraryLocked, match="another window"):
            carry(paths, there)
    finally:
        other.close()
    assert is_untouched(paths, there)


def test_nobody_writes_while_it_is_copied(paths: Paths, there: Paths) -> None:
    refused: list[bool] = []

    def write(fraction: float) -> None:
        with pytest.raises(LibraryLocked):
            Library.open(paths.library, backups=paths.backups, patience=0)
        refused.append(True)

    placing.carry(paths, there, tell=write)
    assert refused


def test_a_folder_is_looked_at_before(paths: Paths, there: Paths) -> None:
    assert placing.look_at(paths, there.data) == placing.Found(there)
    with pytest.raises(placing.Unfit, match="already"):
        placing.look_at(paths, paths.data)
    with pytest.raises(placing.Unfit, match="not a folder"):
        placing.look_at(paths, paths.library)
    paths.backups.mkdir(exist_ok=True)
    with pytest.raises(placing.Unfit, match="backups"):
        placing.look_at(paths, paths.backups)
    there.library.write_bytes(b"")
    with pytest.raises(placing.Unfit, match="empty, and not a library"):
        placing.look_at(paths, there.data)
    there.library.write_bytes(b"no library at all" * 100)
    with pytest.raises(placing.Unfit, match="damaged, or not a library") as told:
        placing.look_at(paths, there.data)
    assert "another folder" in told.value.next
    shutil.copyfile(paths.library, there.library)
    assert placing.look_at(paths, there.data) == placing.Found(there, is_library=True, documents=1)


def test_copies_of_two_libraries_are_never_thinned_together(paths: Paths, there: Paths) -> None:
    carry(paths, there)
    usual = backup.make(paths.library, paths.backups)
    own = backup.make(there.library, there.backups)
    assert not there.backups.is_relative_to(there.data)
    assert [each.path for each in backup.listed(paths.library, paths.backups)] == [usual.path]
    assert [each.path for each in backup.listed(there.library, there.backups)] == [own.path]


def test_the_usual_folder_is_chosen_again_by_its_name(paths: Paths, there: Paths) -> None:
    placing.use(there)
    assert there.is_chosen
    back = with_library_in(paths, paths.data)
    assert (back.is_chosen, back.backups) == (False, paths.backups)
    placing.use(back)
    assert load_settings(paths.settings).library == ""


def test_a_window_that_knows_an_older_place_does_not_write_it_again(paths: Paths, there: Paths) -> None:
    older = load_settings(paths.settings)
    placing.use(there)
    save_settings(paths.settings, replace(older, theme="dark"))
    kept = load_settings(paths.settings)
    assert (kept.library, kept.theme) == (str(there.data), "dark")


def test_a_library_that_is_not_where_it_was_chosen_to_be_is_never_made_anew(there: Paths) -> None:
    there.data.rmdir()
    with pytest.raises(LibraryMissing, match="not there"):
        Library.open(there.library, backups=there.backups, must_exist=there.is_chosen)
    assert not there.data.exists()


# ---------------------------------------------------------------- the commands


@pytest.fixture
def remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paths: Paths) -> Iterator[Path]:
    """A folder with the library that the settings name; the usual one is empty."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    remember_library(default_paths().settings, str(paths.data))
    yield paths.data


def test_commands_use_the_folder_that_is_remembered(
    remembered: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["search", "harbour"]) == cli.DONE
    assert "harbour" in capsys.readouterr().out
    with cli.Window().places() as places:
        assert places.data == remembered
        assert places.is_chosen


def test_a_folder_on_the_command_line_overrides_it(
    remembered: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = tmp_path / "elsewhere"
    remember_library(paths_in(elsewhere).settings, str(remembered))
    assert cli.run(["--data-dir", str(elsewhere), "search", "harbour"]) == cli.NOT_ALL_DONE
    assert "no library" in capsys.readouterr().err
    with cli.Window(data_dir=elsewhere).places() as places:
        assert (places.data, places.usual) == (elsewhere, None)


def test_a_command_makes_no_library_where_the_chosen_one_is_not(
    remembered: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    remembered.rename(tmp_path / "unplugged")
    article = tmp_path / "a.txt"
    article.write_text(TEXT, encoding="utf-8")
    assert cli.run(["import", str(article)]) == cli.NOT_ALL_DONE
    assert "is not there" in capsys.readouterr().err
    assert not remembered.exists()
