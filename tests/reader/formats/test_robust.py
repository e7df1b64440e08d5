"""Opening what was never meant to be opened: each is refused at once, in a sentence that says why."""

from __future__ import annotations

import contextlib
import io
import os
import socket
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.document import Document
from reader.errors import DamagedFile, EmptyFile, FormatError, MissingFile, UnknownFormat, Unreadable
from reader.formats import FORMATS, open_document
from reader.formats.opener import Opener
from tools.samples import SAMPLES, rich

OPENED = sorted(set(SAMPLES) & {suffix for each in FORMATS for suffix in each.suffixes})
PACKED = [suffix for suffix in (".docx", ".odt", ".epub") if suffix in OPENED]


@pytest.fixture(scope="module")
def opener() -> Iterator[Opener]:
    made = Opener()
    yield made
    made.close()


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the same article in every format."""
    folder = tmp_path_factory.mktemp("samples")
    for suffix, make in SAMPLES.items():
        (folder / f"article{suffix}").write_bytes(make(rich()))
    return folder


def refusal(path: Path, kind: type[FormatError] = FormatError) -> str:
    with pytest.raises(kind) as caught:
        open_document(path)
    error = caught.value
    assert error.what.endswith(".")
    assert error.next.endswith(".")
    return str(error)


# ---------------------------------------------------------------- the fence and every reader


@pytest.mark.parametrize("suffix", OPENED)
def test_no_reader_uses_the_network(samples: Path, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a reader asked for the network")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    assert "cranes" in open_document(samples / f"article{suffix}").text


@pytest.mark.parametrize("suffix", OPENED)
def test_every_reader_works_within_the_fence(
    opener: Opener, samples: Path, suffix: str, assert_sound: Callable[[Document], None]
) -> None:
    document = opener.open(samples / f"article{suffix}")
    assert_sound(document)
    assert "cranes" in document.text
    assert document == open_document(samples / f"article{suffix}")


# ---------------------------------------------------------------- no file at all


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes in folders")
def test_what_would_never_end_is_not_begun(opener: Opener, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "endless.txt").symlink_to("/dev/zero")
    begun = time.monotonic()
    for path in (tmp_path / "pipe.txt", tmp_path / "endless.txt", Path("/dev/zero"), Path("/dev/stdin")):
        with pytest.raises(Unreadable, match="a device or a pipe, not a file"):
            opener.open(path)
    assert time.monotonic() - begun < 5


def test_links_that_lead_nowhere_or_round_are_told(tmp_path: Path) -> None:
    (tmp_path / "round.txt").symlink_to(tmp_path / "back.txt")
    (tmp_path / "back.txt").symlink_to(tmp_path / "round.txt")
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "gone.txt")
    assert "a link that leads round in a circle" in refusal(tmp_path / "round.txt", Unreadable)
    assert "“dangling.txt” is a link to a file that is not there." in refusal(
        tmp_path / "dangling.txt", MissingFile
    )


def test_a_file_may_go_while_it_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Here.")
    real = Path.open

    def gone(self: Path, *arguments: str) -> object:
        self.unlink()
        return real(self, *arguments)

    monkeypatch.setattr(Path, "open", gone)
    assert "“a.txt” is not there any more." in refusal(path, MissingFile)


def test_a_folder_is_told_what_to_do_with(opener: Opener, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="is a folder"):
        opener.open(tmp_path)


@pytest.mark.parametrize("name", ["a\nb.txt", "🐌 é\u202e.txt", "x" * 251 + ".txt", "-rf", " .txt"])
def test_odd_names_open_and_are_shown_on_one_short_line(opener: Opener, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("Here.")
    assert opener.open(path).source == str(path)
    path.write_text("")
    with pytest.raises(EmptyFile) as caught:
        opener.open(path)
    assert "\n" not in str(caught.value)
    assert len(caught.value.what) < 110


def test_a_name_that_no_system_takes_is_told(tmp_path: Path) -> None:
    assert "file name too long" in refusal(tmp_path / ("x" * 300), Unreadable)
    assert "could not be read" in refusal(tmp_path / "nul\0.txt", Unreadable)


# ---------------------------------------------------------------- files that are too much


def test_a_huge_text_is_refused_before_it_is_read(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(300 << 20)
    begun = time.monotonic()
    with pytest.raises(Unreadable, match=r"too large to read \(300 MB; the limit is 256 MB\)"):
        opener.open(path)
    assert time.monotonic() - begun < 5


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited where the system can")
def test_a_text_that_needs_more_memory_than_there_is_is_told(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"All work and no play. " * 500_000)
    opener = Opener(memory_limit=24 << 20)
    with pytest.raises(DamagedFile, match="needs more memory than a file is given"):
        opener.open(path)
    opener.close()


@pytest.mark.parametrize("end", [b"text", b"<html", b"<svg"])
def test_a_thousand_empty_comments_are_looked_through_at_once(tmp_path: Path, end: bytes) -> None:
    path = tmp_path / "comments.html"
    path.write_bytes(b"<!---->" * 1000 + end)
    begun = time.monotonic()
    with contextlib.suppress(FormatError):  # there may be no text in it
        open_document(path)
    assert time.monotonic() - begun < 2


# ---------------------------------------------------------------- files that are not what they seem


@pytest.mark.parametrize("suffix", PACKED)
def test_half_of_a_packed_file_is_told_to_be_damaged(samples: Path, tmp_path: Path, suffix: str) -> None:
    data = (samples / f"article{suffix}").read_bytes()
    torn = tmp_path / f"torn{suffix}"
    for size in (len(data) // 4, len(data) // 2, len(data) - 30):
        torn.write_bytes(data[:size])
        try:
            document = open_document(torn)
        except FormatError as error:
            assert any(word in error.what for word in ("damaged", "cut off")), error.what
        else:
            assert any(
                word in told for told in document.warnings for word in ("damaged", "cut off", "missing")
            )


@pytest.mark.parametrize("suffix", PACKED)
def test_a_locked_file_is_told_to_be_locked(samples: Path, tmp_path: Path, suffix: str) -> None:
    data = bytearray((samples / f"article{suffix}").read_bytes())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        heads = [member.header_offset for member in archive.infolist()]
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    for head in heads:
        data[head + 6] |= 1
    (tmp_path / f"locked{suffix}").write_bytes(bytes(data))
    assert "locked with a password" in refusal(tmp_path / f"locked{suffix}")


@pytest.mark.parametrize("suffix", OPENED)
def test_an_empty_file_of_every_kind_is_told_to_be_empty(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"a{suffix}").write_bytes(b"")
    assert f"“a{suffix}” is empty." in refusal(tmp_path / f"a{suffix}", EmptyFile)


@pytest.mark.parametrize(
    ("suffix", "wrong", "kind"),
    [
        (".docx", ".txt", "a Word document"),
        (".odt", ".docx", "an OpenDocument text"),
        (".rtf", ".md", "a rich text"),
        (".html", ".docx", "a web page"),
        (".html", ".txt", "a web page"),
        (".txt", ".rtf", "plain text"),
    ],
)
def test_a_wrong_suffix_is_told_and_the_file_read_for_what_it_is(
    samples: Path, tmp_path: Path, suffix: str, wrong: str, kind: str
) -> None:
    path = tmp_path / f"a{wrong}"
    path.write_bytes((samples / f"article{suffix}").read_bytes())
    document = open_document(path)
    assert "cranes" in document.text
    assert f"The name of “a{wrong}” does not say what is in it; it was read as {kind}." in document.warnings


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def packed(*names: str) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return whole.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.doc", OLD + "WordDocument".encode("utf-16-le"), "save it as .docx"),
        ("a.docx", OLD + "EncryptedPackage".encode("utf-16-le"), "take the password away"),
        ("a.xls", OLD + "Workbook".encode("utf-16-le"), "as CSV text"),
        ("a.pages", packed("Index/Document.iwa"), "export it as Word"),
        ("a.xlsx", packed("[Content_Types].xml", "xl/workbook.xml"), "as CSV text"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(99), "open the page it belongs to"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(99), "open the page it belongs to"),
        ("a.bmp", b"BM" + bytes(99), "open the page it belongs to"),
        ("a.heic", b"\0\0\0\x18ftypheic" + bytes(99), "open the page it belongs to"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><path d='M0'/></svg>", "belongs to"),
        ("a.mp4", b"\0\0\0\x18ftypmp42" + bytes(99), "no text in it to read"),
        ("a.mobi", bytes(60) + b"BOOKMOBI" + bytes(99), "Convert it to EPUB"),
        ("a.djvu", b"AT&TFORM" + bytes(99), "Save it as PDF"),
        ("a.ps", b"%!PS-Adobe-3.0\n1 0 moveto\n", "Save it as PDF"),
    ],
)
def test_what_is_not_read_is_told_what_to_do_with(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert words in refusal(tmp_path / name, UnknownFormat)
