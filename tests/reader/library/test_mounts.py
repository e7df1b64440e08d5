"""A library on a network drive is written so that two computers can't damage it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from reader.library import Library, mounts
from reader.library.mounts import is_remote


@pytest.fixture(autouse=True)
def _nothing_known() -> Iterator[None]:
    mounts._is_remote.cache_clear()
    yield
    mounts._is_remote.cache_clear()


def mounted(monkeypatch: pytest.MonkeyPatch, *places: tuple[Path, str, str]) -> None:
    several = [SimpleNamespace(mountpoint=str(at), fstype=kind, opts=opts) for at, kind, opts in places]
    monkeypatch.setattr(psutil, "disk_partitions", lambda all: several)


@pytest.mark.parametrize(
    ("kind", "opts", "remote"),
    [
        ("ext4", "rw", False),
        ("NTFS", "rw,fixed", False),
        ("apfs", "rw,local", False),
        ("fuseblk", "rw", False),
        ("nfs4", "rw", True),
        ("CIFS", "rw", True),
        ("smbfs", "rw", True),
        ("fuse.sshfs", "rw", True),
        ("NTFS", "rw,remote", True),
    ],
)
def test_a_drive_of_another_computer_is_known(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str, opts: str, remote: bool
) -> None:
    file = tmp_path / "deep" / "library.sqlite"
    file.parent.mkdir()
    file.touch()
    mounted(monkeypatch, (Path("/"), "ext4", "rw"), (tmp_path, kind, opts))
    assert is_remote(file) == remote


def test_the_nearest_mount_counts_and_a_link_is_followed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    near, far = tmp_path / "net" / "local", tmp_path / "net"
    near.mkdir(parents=True)
    mounted(monkeypatch, (Path("/"), "ext4", "rw"), (far, "nfs", "rw"), (near, "ext4", "rw"))
    (tmp_path / "linked").symlink_to(far)
    for folder, remote in ((near, False), (far, True), (tmp_path / "linked", True), (tmp_path, False)):
        (folder / "file").touch()
        assert is_remote(folder / "file") == remote


def test_where_nobody_knows_it_is_as_on_any_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert not is_remote(tmp_path / "nothing here")

    def refuse(all: bool) -> list[object]:
        raise PermissionError("not for you")

    monkeypatch.setattr(psutil, "disk_partitions", refuse)
    assert not is_remote(tmp_path)


def test_a_library_is_written_without_shared_memory_there_and_with_it_here(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = tmp_path / "library.sqlite"

    def journal() -> str:
        Library.open(place, backups=tmp_path / "backups").close()
        with closing(sqlite3.connect(place)) as file:
            mode: str = file.execute("pragma journal_mode").fetchone()[0]
            return mode

    mounted(monkeypatch, (tmp_path, "nfs", "rw"))
    assert journal() == "delete"
    mounts._is_remote.cache_clear()
    mounted(monkeypatch, (tmp_path, "ext4", "rw"))
    assert journal() == "wal"
    mounts._is_remote.cache_clear()
    mounted(monkeypatch, (tmp_path, "nfs", "rw"))
    assert journal() == "delete"
