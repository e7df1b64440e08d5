"""The command that rescues: what it prints and makes, and that the damaged file is only read."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader import cli
from reader.document import Block, Document, Span
from reader.library import Library
from reader.model import Change, Note

TEXT = "The tide rises. " * 9 + "Nobody was there to see it."


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A library whose head is overwritten."""
    path = tmp_path / "library.sqlite"
    library = Library.open(path, backups=tmp_path / "backups")
    document = Document(TEXT, (Block(Span(0, len(TEXT))),), source="/tide.txt")
    id = library.add_document(document).id
    library.apply(Change("add", after=(Note(id, "Ask about it."),)))
    library.close()
    path.write_bytes(b"\xa5" * 4096 + path.read_bytes()[4096:])
    return path


def run(*arguments: str | Path) -> int:
    code = cli.run([str(each) for each in arguments])
    assert isinstance(code, int)
    return code


def notes(path: Path) -> list[str]:
    library = Library.open(path, backups=path.parent / "elsewhere")
    try:
        return [each.body for entry in library.entries() for each in library.notes(entry.id)]
    finally:
        library.close()


def test_a_new_library_is_made_beside_the_damaged_file(
    damaged: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = damaged.read_bytes()
    assert run("--data-dir", damaged.parent, "rescue") == 0
    said = capsys.readouterr().out
    assert "Rescued: 1 of 1 articles, 1 of 1 highlights and notes." in said
    (made,) = damaged.parent.glob("library-rescued-*.sqlite")
    assert str(made) in said
    assert notes(made) == ["Ask about it."]
    assert damaged.read_bytes() == before


def test_it_takes_the_place_of_the_damaged_file_on_request(
    damaged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = damaged.read_bytes()
    assert run("rescue", damaged, "--replace") == 0
    (kept,) = tmp_path.glob("library-replaced-*.sqlite")
    assert str(kept) in capsys.readouterr().out
    assert kept.read_bytes() == before
    assert notes(damaged) == ["Ask about it."]
    assert not list(tmp_path.glob("*rescued*"))


def test_what_is_missing_is_told(damaged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with damaged.open("r+b") as file:
        text = damaged.read_bytes().index(b"Nobody was there")
        file.seek(text // 4096 * 4096)
        file.write(bytes(4096))
    assert run("rescue", damaged, "-o", tmp_path / "new.sqlite") == 1
    told = capsys.readouterr()
    assert "Rescued: 0 of 1 articles, 1 of 1 highlights and notes." in told.out
    assert "Open the file of an article" in told.err
    assert notes(tmp_path / "new.sqlite") == ["Ask about it."]


def test_nothing_to_read_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--data-dir", tmp_path, "rescue") == 1
    assert "can't be read" in capsys.readouterr().err
    (tmp_path / "diary.txt").write_text("Dear diary.")
    assert run("rescue", tmp_path / "diary.txt") == 1
    assert "Nothing of a library" in capsys.readouterr().err
