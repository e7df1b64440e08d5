"""Broken archives: what can still be read of them, and no more than that."""

from __future__ import annotations

import io
import zipfile

import pytest

from reader.errors import DamagedFile
from reader.formats import salvage as module
from reader.formats.salvage import salvage

FIRST = b"".join(b"%d " % (i * i) for i in range(20_000))


def archive(method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as written:
        written.writestr("a.xml", FIRST)
        written.writestr("../b.xml", b"outside")
        written.writestr("c.xml", b"whole")
    return out.getvalue()


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_without_its_table_the_members_are_whole(method: int) -> None:
    data = archive(method)
    saved = salvage(data[: data.index(b"PK\x01\x02")], name="x")
    assert saved
    assert saved.archive.read("a.xml") == FIRST
    assert saved.archive.read("c.xml") == b"whole"
    assert saved.shares == {"a.xml": 1.0, "c.xml": 1.0}


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_of_a_member_that_is_cut_off_the_beginning_is_kept_and_its_share_known(method: int) -> None:
    saved = salvage(archive(method)[:20_000], name="x")
    assert saved
    content = saved.archive.read("a.xml") or b""
    assert 1000 < len(content) < len(FIRST)
    assert FIRST.startswith(content)
    assert saved.shares["a.xml"] == pytest.approx(len(content) / len(FIRST))


def test_where_nothing_can_be_read_there_is_nothing() -> None:
    assert salvage(b"PK\x03\x04", name="x") is None
    assert salvage(b"nothing", name="x") is None


def test_members_without_a_sane_name_are_passed_over() -> None:
    data = archive().replace(b"c.xml", b"\0.xml")
    saved = salvage(data, name="x")
    assert saved
    assert saved.archive.names == ("a.xml",)


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST_MEMBER", 10_000)
    with pytest.raises(DamagedFile, match="unpacks to more"):
        salvage(archive(), name="x")
