"""The import command: what it prints, counts and returns. Opening and analysis run in this process."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader import analysing, cli
from reader.analysing import Analysed
from reader.commands import library as library_commands
from reader.document import Document, ReadAs
from reader.errors import AnalysisError, LibraryFull
from reader.formats import digest, members, open_document
from reader.library import Library, backup
from reader.model import Analysis
from reader.paths import paths_in


class Opener:
    """Reads files here instead of in a process of its own; has a bug that some files show."""

    def open(self, path: Path, *, read_as: ReadAs = ReadAs(), on_preview: object = None) -> Document:
        if "bug" in Path(path).name:
            raise KeyError("a bug of ours")
        if "interrupted" in Path(path).name:
            os.kill(os.getpid(), signal.SIGINT)
        return open_document(path, read_as=read_as)

    def digest(self, path: Path) -> str:
        return digest(path)

    def members(self, path: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return members(path)

    def cancel(self) -> None: ...

    def close(self) -> None: ...


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """With which models there was an analysis; it finds nothing, or fails where the text says so."""
    models: list[str] = []

    def analyse_all(
        library: Library,
        documents: list[int],
        *,
        model: str,
        stopped: Callable[[], bool],
        told: Callable[[AnalysisError], None],
    ) -> Iterator[Analysed]:
        models.append(model)
        told(AnalysisError("It is not there.", "Install it.")) if model == "gone" else None
        for id in documents:
            document = library.document(id)
            assert document is not None
            if "fails" in document.text:
                yield Analysed(id, document.title, AnalysisError("The analysis of this text failed."))
                continue
            library.save_analysis(id, Analysis(model="de: rules 1"), text_hash=document.text_hash)
            yield Analysed(id, document.title)

    monkeypatch.setattr(library_commands, "Opener", Opener)
    monkeypatch.setattr(analysing, "analyse_all", analyse_all)
    return models


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.txt").write_text(f"The article {name} is here.\n")
    return folder


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, list[str], str]]:
    """Import, and return the exit code, the lines that were printed, and what was said beside."""

    def run(*arguments: object, model: str = "") -> tuple[int, list[str], str]:
        before = ["--model", model] if model else []
        code = cli.run(["--data-dir", str(tmp_path / "data"), *before, "import", *map(str, arguments)])
        assert isinstance(code, int)
        told = capsys.readouterr()
        return code, told.out.splitlines(), told.err

    return run


def test_a_line_a_file_and_how_many_there_were(
    run: Callable[..., tuple[int, list[str], str]], folder: Path
) -> None:
    assert run(folder) == (
        0,
        [*(f"new      {folder}/{name}.txt" for name in "abc"), "3 new", "3 analysed"],
        "",
    )
    (folder / "b.txt").write_text("The article b has changed.\n")
    (folder / "d.txt").write_bytes(b"")
    (folder / "ebug.txt").write_text("A bug.\n")
    code, lines, told = run(folder)
    assert (code, told) == (1, "")
    assert lines[0] == f"changed  {folder}/b.txt"
    assert lines[1].startswith(f"refused  {folder}/d.txt: “d.txt” is empty.")
    assert "a mistake in Scholion" in lines[2]
    assert lines[3:] == ["2 known, 1 changed, 2 refused", "1 analysed"]
    assert run(folder / "a.txt") == (0, ["1 known"], "")


def test_json_is_an_object_a_line(run: Callable[..., tuple[int, list[str], str]], folder: Path) -> None:
    (folder / "b.txt").write_bytes(b"")
    code, lines, _ = run("--json", folder)
    rows = [json.loads(line) for line in lines]
    assert code == 1
    assert rows[0] == {
        "file": f"{folder}/a.txt",
        "outcome": "new",
        "document": 1,
        "title": "The article a is here.",
    }
    assert rows[1]["why"].startswith("“b.txt” is empty.")
    assert rows[-1] == {"new": 2, "known": 0, "changed": 0, "refused": 1, "analysed": 2}


def test_without_analysis_it_is_left_to_another_time(
    run: Callable[..., tuple[int, list[str], str]], folder: Path, asked: list[str]
) -> None:
    assert run("--no-analysis", folder)[1][-1] == "3 new"
    assert not asked
    assert run(folder)[1] == ["3 known", "3 analysed"]
    assert asked == [""]


def test_the_model_is_the_window_s_unless_another_is_named(
    run: Callable[..., tuple[int, list[str], str]], folder: Path, tmp_path: Path, asked: list[str]
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "settings.toml").write_text('model = "de_x"\n')
    run(folder / "a.txt")
    code, _, told = run(folder / "b.txt", model="gone")
    assert (code, told) == (1, "It is not there. Install it.\n")
    (tmp_path / "data" / "settings.toml").write_text("nonsense")
    run(folder / "c.txt")
    assert asked == ["de_x", "gone", ""]


def test_an_analysis_that_fails_is_told(run: Callable[..., tuple[int, list[str], str]], folder: Path) -> None:
    (folder / "b.txt").write_text("This one fails.\n")
    code, lines, told = run(folder)
    assert (code, lines[-1]) == (1, "2 analysed")
    assert told == "This one fails.: The analysis of this text failed.\n"


def test_a_copy_of_the_library_is_made_once_a_day(
    run: Callable[..., tuple[int, list[str], str]], folder: Path, tmp_path: Path
) -> None:
    paths = paths_in(tmp_path / "data")
    run(folder / "a.txt")
    assert not backup.listed(paths.library, paths.backups), "there was nothing to copy"
    for _ in range(2):
        run(folder)
    (copy,) = backup.listed(paths.library, paths.backups)
    assert copy.documents == 1


def test_ctrl_c_ends_it_in_order(run: Callable[..., tuple[int, list[str], str]], folder: Path) -> None:
    (folder / "b-interrupted.txt").write_text("Ctrl+C is pressed.\n")
    before = signal.getsignal(signal.SIGINT)
    code, lines, told = run(folder)
    assert code == cli.INTERRUPTED
    assert "the same command does the rest" in told
    done = len(lines) - 1  # files were being read ahead when it was pressed
    assert done < 4
    assert signal.getsignal(signal.SIGINT) is before
    (folder / "b-interrupted.txt").unlink()
    assert run(folder)[0] == 0
    assert run(folder)[1] == ["3 known"]


def test_a_library_that_takes_no_more_is_told_with_what_was_done(
    run: Callable[..., tuple[int, list[str], str]], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise LibraryFull("There is no space left for the library.", "Free some.")

    monkeypatch.setattr(Library, "add_documents", full)
    code, lines, told = run(folder)
    assert (code, lines, told) == (
        1,
        ["nothing to put in"],
        "There is no space left for the library. Free some.\n",
    )


def test_progress_is_for_a_terminal(
    run: Callable[..., tuple[int, list[str], str]], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    _, _, told = run(folder)
    for words in ("Looking for articles", "Reading 2 of 3: b.txt", "Analysed 3 of 3"):
        assert words in told
