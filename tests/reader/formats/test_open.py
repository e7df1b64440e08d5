"""Opening files: by content first, by suffix second, and every refusal in a sentence."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import Document, ReadAs
from reader.errors import EmptyFile, FormatError, MissingFile, UnknownFormat, Unreadable
from reader.formats import SUFFIXES, collect, files, is_openable, open_document
from reader.paths import resource


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def make(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return make


Write = Callable[[str, bytes], Path]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", b"Some *text*.", "text"),
        ("a.md", b"Some *text*.", "markdown"),
        ("a.HTM", b"Some <i>text</i>.", "html"),
        ("a.txt", b"\n<!DOCTYPE html><p>Some text.", "html"),
        ("a", b"<?xml version='1.0'?>\n<!-- x -->\n<html><body><p>Some text.</p></body></html>", "html"),
        ("README", b"Some text.", "text"),
        ("a.doc", b"{\\rtf1 Some text.}", "rtf"),
        ("a.docx", b"Some text.", "text"),
        ("a.txt", b"From: Ann\nMessage-ID: <1>\n\nSome text.", "mail"),
        ("a.eml", b"\nSome text.", "mail"),
        ("a.txt", b"From: the north\nTo: the south\nIt is far.\n\nSome text.", "text"),
        ("a.txt", b"From: Ann\nReceived: with thanks\nThat is all.\n\nSome text.", "text"),
        (
            "a.eml",
            b"From: <Saved by a browser>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
            b"--b\nContent-Type: text/html\n\n<p>Some text.\n--b--",
            "mhtml",
        ),
        ("a.epub", b"Some text.", "text"),
    ],
)
def test_content_comes_before_the_suffix(write: Write, name: str, data: bytes, kind: str) -> None:
    document = open_document(write(name, data))
    assert document.format == kind
    assert "text" in document.text


def test_a_wrong_suffix_is_told(write: Write) -> None:
    (told,) = open_document(write("a.doc", b"{\\rtf1 Some text.}")).warnings
    assert told == "The name of “a.doc” does not say what is in it; it was read as a rich text."
    (told,) = open_document(write("a.odt", b"Some text.")).warnings
    assert "read as plain text" in told
    assert not open_document(write("a.rtf", b"{\\rtf1 Some text.}")).warnings


def test_a_document_knows_its_file_and_leaves_it_alone(write: Write) -> None:
    path = write("a.txt", b"Words.\r\n")
    document = open_document(str(path))
    assert document.source == str(path)
    assert document.file_hash == hashlib.sha256(b"Words.\r\n").hexdigest()
    assert path.read_bytes() == b"Words.\r\n"


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "Office"),
        (b"PK\x03\x04....", "a zip archive"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"RIFF\0\0\0\0WEBP", "a picture"),
        (b"\0\0\0\x18ftypmp42", "a film"),
        (b"\x01\x02\x00\x03" * 100, "binary"),
        (bytes(range(1, 32)) * 20, "binary"),
        (b"\xff\xfe" + b"\x00\xd8" * 100, "binary"),
    ],
)
def test_what_is_no_text_is_named_and_refused(write: Write, data: bytes, named: str) -> None:
    with pytest.raises(UnknownFormat, match=named) as caught:
        open_document(write("file.txt", data))
    assert caught.value.next.endswith(".")


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"<html><script>x</script></html>"])
def test_an_empty_file_is_refused(write: Write, data: bytes) -> None:
    with pytest.raises(EmptyFile):
        open_document(write("empty.html", data))


def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="folder"):
        open_document(tmp_path)
    with pytest.raises(MissingFile):
        open_document(tmp_path / "gone.txt")
    with pytest.raises(MissingFile):
        open_document(tmp_path / "gone.txt" / "below")
    for name in ("nul\0name", "x" * 5000, f"x.zip::{'x' * 5000}"):
        with pytest.raises(FormatError):
            open_document(name)
        assert collect([name]) == [Path(name)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes in folders")
def test_pipes_devices_and_circular_links_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for path in (tmp_path / "pipe", Path(os.devnull), tmp_path / "loop"):
        with pytest.raises(Unreadable):
            open_document(path)


def test_no_permission_and_a_failing_disk_are_told(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("a.txt", b"x")
    for error, words in (
        (PermissionError(13, "denied"), "permission"),
        (OSError(5, "I/O error"), "i/o error"),
    ):

        def fail(*_: object, error: OSError = error) -> None:
            raise error

        with monkeypatch.context() as patch:
            patch.setattr(Path, "open", fail)
            with pytest.raises(Unreadable, match=words):
                open_document(path)


def test_a_file_too_large_is_refused_before_it_is_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 10)
    with pytest.raises(Unreadable, match="too large"):
        open_document(write("a.txt", b"x" * 11))


def test_a_name_is_shown_on_one_line() -> None:
    assert files.shown("/x/a\nb\u202e\U0001f600.txt") == "“a\\nb\\u202e\U0001f600.txt”"
    assert len(files.shown("x" * 300)) < 90


def test_a_folder_gives_its_articles_in_natural_order(tmp_path: Path) -> None:
    for name in ("b10.txt", "b2.TXT", "A1.md", ".hidden.txt", "photo.png", "sub/c.html", ".git/x.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    (tmp_path / "sub" / "again").symlink_to(tmp_path)
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere")
    found = [path.relative_to(tmp_path).as_posix() for path in collect([tmp_path])]
    assert found == ["A1.md", "b2.TXT", "b10.txt", "sub/c.html"]


def test_files_that_are_named_are_kept_as_they_are(tmp_path: Path) -> None:
    odd = tmp_path / "notes.xyz"
    assert collect([odd, str(odd), tmp_path / "gone.txt"]) == [odd, tmp_path / "gone.txt"]


def test_a_folder_that_cannot_be_read_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise PermissionError(13, "denied", str(tmp_path))

    monkeypatch.setattr(os, "scandir", fail)
    with pytest.raises(Unreadable, match="folder"):
        collect([tmp_path])


def test_the_table_tells_what_can_be_opened() -> None:
    assert {".txt", ".md", ".html"} <= set(SUFFIXES)
    assert is_openable(Path("x.HTML"))
    assert not is_openable(Path("x.png"))


def test_the_welcome_article_reads_well(assert_sound: Callable[[Document], None]) -> None:
    document = open_document(resource("welcome", "welcome.md"))
    assert_sound(document)
    assert document.metadata.title
    assert document.metadata.byline
    assert document.metadata.date
    assert 500 < len(document.text.split()) < 800


@given(
    st.binary(max_size=400), st.sampled_from(["a.txt", "a.md", "a.html", "a"]), st.sampled_from(["", "cp437"])
)
def test_any_bytes_are_a_document_or_a_sentence(
    assert_sound: Callable[[Document], None], data: bytes, name: str, encoding: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        try:
            document = open_document(path, read_as=ReadAs(encoding=encoding))
        except FormatError as error:
            assert error.what.endswith(".")
            assert error.next.endswith(".")
        else:
            assert_sound(document)


def test_what_was_saved_with_a_page_is_no_article_of_a_folder(tmp_path: Path) -> None:
    for name in ("page.html", "page_files/frame.html", "notes_files/a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("<p>Some text.</p>", encoding="utf-8")
    assert [path.name for path in collect([tmp_path])] == ["page.html", "a.txt"]


def test_a_folder_inside_that_cant_be_read_is_told_and_the_rest_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a/one.txt", "b/two.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("Some text.", encoding="utf-8")
    real = os.scandir

    def scandir(path: str) -> Any:
        if Path(path).name == "a":
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    told: list[FormatError] = []
    assert collect([tmp_path], tell=told.append) == [tmp_path / "b" / "two.txt"]
    assert "“a” could not be read" in told[0].what
    with pytest.raises(FormatError, match="“a” could not be read"):
        collect([tmp_path])
