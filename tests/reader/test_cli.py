"""The command line without a model: what is asked for, exit codes, rows, and the notes in a report."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import cli
from reader.anchoring import describe
from reader.cli import Window, run
from reader.commands import reading as commands
from reader.commands.reading import verbatim
from reader.correcting import is_a
from reader.document import Block, Document, ReadAs, Span
from reader.errors import AnalysisError
from reader.formats import open_document
from reader.formats.opener import Opener, ReaderBroke
from reader.intake import take_in
from reader.library import Library
from reader.model import (
    Analysis,
    Change,
    Correction,
    Details,
    Highlight,
    Label,
    Mention,
    Note,
    Quote,
    QuoteKind,
    Scope,
)


class FakeModels:
    """Stands for the models; `gone` is never there, and `broken` does not load."""

    def __init__(self, chosen: str = "") -> None:
        self.problem = AnalysisError("It is not installed.", "Type it.") if chosen == "gone" else None
        self.chosen = chosen

    def reader_of(self, text: str, *, stated: str = "") -> str:
        """Return what reads: here only its name."""
        self.problem = AnalysisError("It is broken.", "Mend it.") if self.chosen == "broken" else None
        return f"{stated or 'en'}: rules 1"


def fake_analyse(
    document: Document,
    *,
    pipeline: str,
    corrections: Sequence[Correction] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Analysis:
    """Find the first word of the text to be a person who says all the rest; its value is the text's date.

    Corrections say which type it is of instead.
    """
    if progress:
        progress(1, 1)
    end = len(document.text.split(" ")[0])
    name, rest = Span(0, end), Span(end, len(document.text))
    quote = Quote(QuoteKind.DIRECT, (rest,), source=(name,), speaker=name.of(document.text), reason="a test")
    label = next((one.label for one in corrections if one.label), Label.PERSON)
    who = Mention(name, label, name.of(document.text), document.metadata.date)
    return Analysis((who,), (quote,), model=pipeline)


class FakeOpener:
    """Reads files here instead of in a process of its own; has a bug that some files show."""

    def open(self, path: Path, *, read_as: ReadAs = ReadAs()) -> Document:
        if "bug" in path.name:
            raise ReaderBroke("The reader of “bug” failed: a bug of ours.")
        return open_document(path, read_as=read_as)

    def close(self) -> None: ...


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "Opener", FakeOpener)
    monkeypatch.setattr(commands, "Models", FakeModels)
    monkeypatch.setattr(commands, "analyse", fake_analyse)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "pier.txt"
    path.write_text("Ada said that the old pier of the town will stand for another hundred years.\n")
    return path


def feed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


# ---------------------------------------------------------------- arguments


def test_files_ask_for_the_window() -> None:
    assert run([]) == Window()
    assert run(["a.txt", "b"]) == Window(("a.txt", "b"))
    assert run(["--temp-data", "a.txt"]) == Window(("a.txt",), is_temporary=True)
    assert run(["--data-dir", "place", "--", "--odd.txt"]) == Window(("--odd.txt",), Path("place"))
    assert run(["./report"]) == Window(("./report",))


def test_the_window_s_places(tmp_path: Path) -> None:
    with Window(data_dir=tmp_path).places() as paths:
        assert paths.data == tmp_path
    with Window(is_temporary=True).places() as paths:
        assert paths.data.is_dir()
    assert not paths.data.exists()
    with Window().places() as paths:
        assert paths.library.name == "library.sqlite"


@pytest.mark.parametrize(
    "argv",
    [
        ["--nonsense"],
        ["--data-dir"],
        ["--data-dir", __file__],
        ["--temp-data", "--data-dir", "x"],
        ["analyze"],
        ["analyze", "a.txt", "--jsonl", "-"],
        ["analyze", "--jsonl", "-", "--corrections", "a.jsonl"],
        ["analyze", "--format", "xml", "a.txt"],
        ["report", "a.txt"],
        ["report", "-o", "out.md"],
        ["extract"],
        ["extract", "--format", "xml", "a.txt"],
        ["extract", "--encoding", "nonsense", "a.txt"],
        ["extract", "--encoding", "hex", "a.txt"],
    ],
)
def test_wrong_usage_is_2(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(argv) == 2
    assert "usage:" in capsys.readouterr().err


@pytest.mark.parametrize(
    "argv", [["--help"], ["analyze", "--help"], ["--temp-data", "report", "-h"], ["extract", "-h"]]
)
def test_help_is_prose(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(argv) == 0
    assert "exit code is 0" in capsys.readouterr().out


@pytest.mark.parametrize("argv", [["--version"], ["--temp-data", "--version"]])
def test_versions_of_all_parts(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(argv) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["Scholion", "Python", "Qt", "spaCy", "Model", "SQLite"]


def test_ctrl_c_is_130(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "analyze", interrupted)
    assert run(["--temp-data", "analyze", str(article)]) == cli.INTERRUPTED


# ---------------------------------------------------------------- analyze


def test_a_summary_to_read(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--temp-data", "analyze", str(article)]) == 0
    shown = capsys.readouterr().out
    assert "People: Ada" in shown
    assert "Ada, 1 quotation:" in shown
    assert "a test" in shown


def test_json_an_object_for_each_document(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (article.parent / "second.txt").write_text("Bo said no.")
    assert run(["--temp-data", "analyze", "--format", "json", str(article.parent)]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["file"] == str(article)
    assert [first["text"][e["start"] : e["end"]] for e in first["entities"]] == ["Ada"]
    assert second["quotes"][0]["speaker"] == "Bo"


def test_corrections_hold_for_the_articles(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "said.jsonl"
    file.write_text('{"remark": "is a", "scope": "document", "text": "Ada", "label": "ORG"}\n\n')
    assert run(["--temp-data", "analyze", "--corrections", str(file), str(article)]) == 0
    assert "Organisations: Ada" in capsys.readouterr().out


def test_a_correction_that_can_t_be_read_or_has_no_place_is_told(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "said.jsonl"
    lost = {"remark": "is not a name", "scope": "here", "text": "Bo"}
    lost = {**lost, "anchor": {"start": 3, "end": 5, "exact": "Bo", "prefix": "And ", "suffix": " left."}}
    file.write_text(json.dumps({"remark": "is a"}) + "\n" + json.dumps(lost))
    assert run(["--temp-data", "analyze", "--corrections", str(file), str(article)]) == 1
    told = capsys.readouterr()
    assert "Ada" in told.out
    assert "Line 1 of the corrections was left out" in told.err
    assert "“Bo” is not a name, here." in told.err


def test_what_can_t_be_opened_is_told_and_the_rest_done(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (article.parent / "empty").mkdir()
    missing, empty = str(article.parent / "gone.txt"), str(article.parent / "empty")
    assert run(["--temp-data", "analyze", missing, str(article), empty]) == 1
    told = capsys.readouterr()
    assert "Ada" in told.out
    assert "gone.txt" in told.err
    assert "no article in the folder" in told.err
    assert "Traceback" not in told.err


def test_hostile_text_does_not_reach_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("\x1b[31mAda said so.")
    run(["--temp-data", "analyze", str(tmp_path / "a.txt")])
    assert "\x1b" not in capsys.readouterr().out


def test_rows_in_their_order_the_text_verbatim(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = ["Ada\r\nsaid\u2028so.\n\n date 2021-03-14 ", "🙂 said\ud800", ""]
    rows = "".join(json.dumps({"id": [n], "text": text}) + "\n" for n, text in enumerate(texts))
    feed(monkeypatch, b"\xef\xbb\xbf" + rows.encode() + b"\n")
    assert run(["--temp-data", "analyze", "--jsonl", "-"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["id"] for row in found] == [[0], [1], [2]]
    for row, text in zip(found, texts, strict=True):
        assert set(row) == {"id", "language", "model", "entities", "quotes"}
        for entity in row["entities"]:
            assert text[entity["start"] : entity["end"]] == entity["text"]
        assert row["quotes"][0]["content"][0][1] == len(text)


def test_a_row_may_tell_the_day_of_its_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    feed(monkeypatch, b'{"id": 1, "text": "a", "date": "2021-03-14"}\n{"id": 2, "text": "a", "date": 3}\n')
    assert run(["--temp-data", "analyze", "--jsonl", "-"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [entity["value"] for row in rows for entity in row["entities"]] == ["2021-03-14", ""]


@pytest.mark.parametrize(
    "line", [b"{", b"[]", b'{"id": 1}', b'{"id": 1, "text": 2}', b'{"text": "a"}', b"\xff", b"[" * 99_999]
)
def test_a_row_that_is_wrong_is_told_by_its_number_and_the_rest_done(
    line: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_bytes(b'{"id": 1, "text": "Ada said."}\n' + line + b'\n{"id": 3, "text": "Bo said."}')
    assert run(["--temp-data", "analyze", "--jsonl", str(rows)]) == 1
    told = capsys.readouterr()
    assert [json.loads(row)["id"] for row in told.out.splitlines()] == [1, 3]
    assert "Line 2 was left out" in told.err


@pytest.mark.parametrize("name", ["gone.jsonl", ".", "nul\x00"])
def test_rows_that_can_t_be_read_are_told(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--temp-data", "analyze", "--jsonl", str(tmp_path / name)]) == 1
    assert capsys.readouterr().err.startswith("The")


@given(text=st.text(st.sampled_from("a \n\r\t\u2028é🙂")))
def test_blocks_of_a_verbatim_text_are_its_lines(text: str) -> None:
    document = verbatim(text)
    assert document.text == text
    assert [block.span.of(text) for block in document.blocks] == [
        line.strip() for line in text.split("\n") if line.strip()
    ]


def test_progress_is_for_a_terminal(
    article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    run(["--temp-data", "analyze", str(article)])
    assert "paragraph 1 of 1" in capsys.readouterr().err


# ---------------------------------------------------------------- report


def noted(article: Path, place: Path) -> None:
    library = Library.open(place / "library.sqlite", backups=place / "backups")
    taken = take_in(library, open_document(article))
    highlight = Highlight(taken.document_id, describe(taken.document, Span(18, 40)), note="Which one?")
    gone = Highlight(taken.document_id, describe(Document("was never said here", ()), Span(4, 19)))
    library.apply(Change("add", after=(highlight, gone, Note(taken.document_id, "Read again."))))
    library.close()


def test_a_report_with_the_library_s_notes(article: Path, tmp_path: Path) -> None:
    noted(article, tmp_path / "data")
    article.write_text("At last. " + article.read_text())
    before = (tmp_path / "data" / "library.sqlite").read_bytes()
    out = tmp_path / "out.md"
    assert run(["--data-dir", str(tmp_path / "data"), "report", str(article), "-o", str(out)]) == 0
    report = out.read_text()
    for words in (
        "Which one?",
        "Read again.",
        "lost their place",
        "never said here",
        "Quotations by speaker",
    ):
        assert words in report
    assert (tmp_path / "data" / "library.sqlite").read_bytes() == before


def test_a_report_makes_no_library(article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    assert run(["--data-dir", str(tmp_path / "data"), "report", str(article), "-o", str(out)]) == 0
    assert out.is_file()
    assert not (tmp_path / "data").exists()


def test_a_library_that_can_t_be_read_costs_the_notes_alone(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "library.sqlite").write_text("no library" * 99)
    out = tmp_path / "out.md"
    assert run(["--data-dir", str(tmp_path), "report", str(article), "-o", str(out)]) == 1
    assert "without your notes" in capsys.readouterr().err
    assert "Ada" in out.read_text()


def test_no_model_costs_the_findings_alone(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(*_: object, **__: object) -> None:
        raise AnalysisError("The model is gone.", "Install again.")

    monkeypatch.setattr(commands.Models, "reader_of", missing)
    out = tmp_path / "out.md"
    assert run(["--temp-data", "report", str(article), "-o", str(out)]) == 1
    assert "The model is gone. Install again." in capsys.readouterr().err
    assert out.is_file()
    assert run(["--temp-data", "analyze", str(article)]) == 1


def test_the_model_is_named_before_or_after_the_command() -> None:
    assert run(["--model", "x", "a.txt"]) == Window(("a.txt",), model="x")
    assert run(["--model", "analyze"]) == Window(model="analyze")


@pytest.mark.parametrize("where", [0, 2])
def test_a_chosen_model_that_is_missing_ends_the_command(
    where: int, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    argv = ["--temp-data", "analyze", str(article)]
    assert run([*argv[:where], "--model", "gone", *argv[where:]]) == 1
    told = capsys.readouterr()
    assert told.err == "It is not installed. Type it.\n" and not told.out


def test_a_broken_model_is_told_and_the_text_read_without_it(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--temp-data", "analyze", "--model", "broken", str(article)]) == 1
    told = capsys.readouterr()
    assert "It is broken." in told.err and "People: Ada" in told.out
    out = tmp_path / "out.md"
    assert run(["--temp-data", "report", "--model", "broken", str(article), "-o", str(out)]) == 1
    assert "Ada" in out.read_text()


def test_what_was_used_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "seite.html"
    page.write_text(f"<html lang=de><body><article><p>{'Ada kam nach Haus und blieb da. ' * 9}</article>")
    assert run(["--temp-data", "analyze", "--format", "json", str(page)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["language"], found["model"]) == ("de", "de: rules 1")
    assert run(["--temp-data", "analyze", str(page)]) == 0
    assert "Read as: German, by general rules" in capsys.readouterr().out


def test_several_files_make_one_report_in_their_order(article: Path, tmp_path: Path) -> None:
    (tmp_path / "second.txt").write_text("Bo said no.")
    out = tmp_path / "out.md"
    assert run(["--temp-data", "report", str(tmp_path / "second.txt"), str(article), "-o", str(out)]) == 0
    assert out.read_text().index("# Bo") < out.read_text().index("# Ada")


def test_a_report_of_nothing_is_not_written(tmp_path: Path) -> None:
    assert run(["--temp-data", "report", str(tmp_path / "gone.txt"), "-o", str(tmp_path / "out.md")]) == 1
    assert not (tmp_path / "out.md").exists()


def test_a_report_says_what_a_person_says_of_the_article(article: Path, tmp_path: Path) -> None:
    noted(article, tmp_path / "data")
    library = Library.open(tmp_path / "data" / "library.sqlite", backups=tmp_path / "backups")
    library.apply(Change("edit the details", after=(Details(1, title="The title I gave", date="1998-05"),)))
    library.close()
    out = tmp_path / "out.md"
    assert run(["--data-dir", str(tmp_path / "data"), "report", str(article), "-o", str(out)]) == 0
    assert "The title I gave" in out.read_text() and "1998" in out.read_text()


def test_the_corrections_in_the_library_hold_in_a_report_of_its_articles(
    article: Path, tmp_path: Path
) -> None:
    noted(article, tmp_path / "data")
    library = Library.open(tmp_path / "data" / "library.sqlite", backups=tmp_path / "backups")
    document = open_document(article)
    said = [
        is_a(document, Span(0, 3), label, Scope.DOCUMENT, document_id=id)
        for label, id in ((Label.EVENT, 1), (Label.LAW, 2))
    ]
    library.add_documents([Document("Bo said no.", (Block(Span(0, 11)),))])
    library.apply(Change("correct names", after=tuple(said)))
    library.close()
    out = tmp_path / "out.md"
    assert run(["--data-dir", str(tmp_path / "data"), "report", str(article), "-o", str(out)]) == 0
    assert "Events" in out.read_text() and "Laws" not in out.read_text()


# ---------------------------------------------------------------- extract


def test_one_text_is_printed_as_it_is(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", str(article)]) == 0
    told = capsys.readouterr()
    assert (told.out, told.err) == (article.read_text(), "")


def test_texts_are_parted_by_a_form_feed_and_folders_searched(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (article.parent / "second.md").write_text("# Bo\n\nHe *said* no.\x1b\n")
    assert run(["extract", str(article.parent)]) == 0
    assert capsys.readouterr().out == article.read_text() + "\f\nBo\n\nHe said no.\n"
    assert run(["extract", "--format", "markdown", str(article.parent)]) == 0
    assert capsys.readouterr().out == article.read_text() + "\n---\n\n# Bo\n\nHe *said* no.\n"


def test_json_is_an_object_a_line(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (article.parent / "second.odt").write_text("Bo said no.")
    assert run(["extract", "--format", "json", str(article), str(article.parent / "second.odt")]) == 0
    told = capsys.readouterr()
    first, second = map(json.loads, told.out.splitlines())
    assert (first["source"], first["text"]) == (str(article), article.read_text().strip())
    assert "does not say what is in it" in second["warnings"][0]
    assert not told.err


def test_warnings_are_told_beside_the_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.odt").write_text("Bo said no.")
    assert run(["extract", str(tmp_path / "a.odt")]) == 0
    told = capsys.readouterr()
    assert told.out == "Bo said no.\n"
    assert told.err.startswith("a.odt: The name")


def test_files_are_read_as_is_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_bytes("Привет, мир".encode("koi8-r"))
    assert run(["extract", "--encoding", "koi8-r", str(tmp_path / "a.txt")]) == 0
    assert capsys.readouterr().out == "Привет, мир\n"


def test_what_can_t_be_read_is_told_whether_it_is_the_file_s_fault_or_ours(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("empty.txt", "bug.txt"):
        (article.parent / name).write_bytes(b"")
    assert run(["extract", str(article.parent), str(article.parent / "gone.txt")]) == 1
    told = capsys.readouterr()
    assert told.out == article.read_text()
    for words in ("“empty.txt” is empty.", "a bug of ours", "gone.txt"):
        assert words in told.err


def test_files_are_opened_in_a_process_that_may_be_killed(
    article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "Opener", Opener)
    assert run(["extract", str(article), str(article.parent / "gone.txt")]) == 1
    assert capsys.readouterr().out == article.read_text()
