"""A file is replaced whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.atomic import write_whole


def test_the_new_content_replaces_the_old_and_nothing_is_left_beside(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    for data in (b"old", b"new"):
        write_whole(path, data)
        assert path.read_bytes() == data
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_is_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_whole(link, b"new", surely=False)
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_what_can_not_be_replaced_stays_as_it_is(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "inside").write_bytes(b"kept")
    with pytest.raises(OSError, match="irectory"):
        write_whole(taken, b"new")
    assert sorted(tmp_path.rglob("*")) == [taken, taken / "inside"]
