"""Files that hold other files, told apart by their own tables of contents."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.errors import FormatError, UnknownFormat
from reader.formats import open_document
from reader.formats.containers import foreign_archive, is_opendocument_text, is_word, members

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def archive(*names: str, kind: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        if kind:
            written.writestr("mimetype", kind)
        for name in names:
            written.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (archive("[Content_Types].xml", "xl/workbook.xml"), "an Excel spreadsheet"),
        (archive("[Content_Types].xml", "ppt/presentation.xml"), "a PowerPoint presentation"),
        (archive("[Content_Types].xml", "other/a.xml"), "a Microsoft Office document"),
        (archive("content.xml", kind="application/vnd.oasis.opendocument.spreadsheet"), "spreadsheet"),
        (archive("content.xml", kind="application/vnd.oasis.opendocument.presentation"), "presentation"),
        (archive("Index/Document.iwa"), "a Pages document"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (OLE + "WordDocument".encode("utf-16-le"), "an old Word document"),
        (OLE + "Workbook".encode("utf-16-le"), "an old Excel spreadsheet"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "an old PowerPoint presentation"),
        (OLE + "__substg1.0_".encode("utf-16-le"), "an Outlook message"),
        (OLE, "an old Office document"),
    ],
)
def test_what_is_not_read_is_named_with_what_to_do(tmp_path: Path, data: bytes, named: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.raises(UnknownFormat, match=named) as caught:
        open_document(path)
    assert caught.value.next.endswith(".")


@pytest.mark.parametrize("recognises", [is_word, is_opendocument_text])
def test_a_plain_archive_is_neither(recognises: Callable[[bytes], bool]) -> None:
    assert not recognises(archive("a.txt"))
    assert not recognises(b"word/document.xml")


def test_a_cut_off_document_is_still_known_for_what_it_is(tmp_path: Path) -> None:
    data = archive("[Content_Types].xml", "word/document.xml")
    assert members(data[:-30]) == ("[Content_Types].xml", "word/document.xml")
    assert is_word(data[:-30])
    assert is_word(archive("[Content_Types].xml")[:-30])
    path = tmp_path / "a.docx"
    path.write_bytes(archive("[Content_Types].xml")[:-30])
    with pytest.raises(FormatError, match="cut off"):
        open_document(path)


def test_other_numbered_names_of_the_text_are_known() -> None:
    assert is_word(archive("[Content_Types].xml", "word/document2.xml"))


def test_what_is_no_archive_is_not_told_here() -> None:
    assert foreign_archive(b"Some text.") is None
    assert foreign_archive(archive("a.txt")) is None
