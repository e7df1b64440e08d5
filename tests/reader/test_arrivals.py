"""Arrivals: a file is taken once it has settled, once for each change, and not if it was there before."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from reader.arrivals import Arrivals, Sight, Stamp, look_into


def sight(**files: Stamp) -> Sight:
    return Sight(files, (), ())


def all_unread(files: Mapping[str, float]) -> list[str]:
    return list(files)


def test_a_file_is_taken_when_it_is_as_it_was_in_the_look_before() -> None:
    arrivals = Arrivals()
    assert arrivals.take(sight(a=(5, 1)), all_unread) == ([], True)
    assert arrivals.take(sight(a=(9, 2)), all_unread) == ([], True)
    assert arrivals.take(sight(a=(9, 2)), all_unread) == (["a"], False)
    assert arrivals.take(sight(a=(9, 2)), all_unread) == ([], False)


def test_a_file_that_changes_is_taken_again_when_it_has_settled() -> None:
    arrivals = Arrivals()
    for _ in range(2):
        arrivals.take(sight(a=(5, 1)), all_unread)
    assert arrivals.take(sight(a=(6, 2)), all_unread) == ([], True)
    assert arrivals.take(sight(a=(6, 2)), all_unread) == (["a"], False)


def test_what_the_library_has_is_left_until_it_changes() -> None:
    arrivals = Arrivals()

    def unread(files: Mapping[str, float]) -> list[str]:
        return [name for name in files if name != "a"]

    assert arrivals.take(sight(a=(5, 1), b=(5, 1)), unread) == ([], True)
    assert arrivals.take(sight(a=(5, 1), b=(5, 1)), unread) == (["b"], False)
    arrivals.take(sight(a=(6, 2), b=(5, 1)), unread)
    assert arrivals.take(sight(a=(6, 2), b=(5, 1)), unread) == (["a"], False)


def test_the_library_is_asked_in_seconds_and_once_for_a_file() -> None:
    asked: list[dict[str, float]] = []

    def unread(files: Mapping[str, float]) -> list[str]:
        asked.append(dict(files))
        return []

    arrivals = Arrivals()
    for _ in range(2):
        assert arrivals.take(sight(a=(5, 1_500_000_000)), unread) == ([], False)
    assert asked == [{"a": 1.5}]


def test_an_empty_file_is_waited_for_and_then_left_until_something_is_in_it() -> None:
    arrivals = Arrivals()
    assert arrivals.take(sight(a=(0, 1)), all_unread) == ([], True)
    assert arrivals.take(sight(a=(0, 1)), all_unread) == ([], False)
    assert arrivals.take(sight(a=(7, 2)), all_unread) == ([], True)
    assert arrivals.take(sight(a=(7, 2)), all_unread) == (["a"], False)


def test_a_file_that_was_away_is_looked_at_anew() -> None:
    arrivals = Arrivals()
    for _ in range(2):
        arrivals.take(sight(a=(5, 1)), all_unread)
    arrivals.take(sight(), all_unread)
    assert arrivals.take(sight(a=(5, 1)), all_unread) == ([], True)
    assert arrivals.take(sight(a=(5, 1)), all_unread) == (["a"], False)


def test_articles_and_their_folders_are_seen(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    for name in ("a.txt", "deep/er/b.md", "deep/c.jpg", ".hidden.txt"):
        (tmp_path / name).write_text("It rained.")
    seen = look_into([str(tmp_path), str(tmp_path / "gone"), str(tmp_path / "a.txt")])
    assert {Path(name).name: stamp[0] for name, stamp in seen.files.items()} == {"a.txt": 10, "b.md": 10}
    assert set(seen.folders) == {str(tmp_path), str(tmp_path / "deep" / "er")}
    assert seen.gone == (str(tmp_path / "gone"), str(tmp_path / "a.txt"))


@pytest.mark.skipif("os.name != 'posix' or os.geteuid() == 0", reason="needs permissions")
def test_a_folder_that_can_t_be_read_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0)
    assert look_into([str(folder)]).gone == (str(folder),)
    folder.chmod(0o700)
