"""The commands that ask the library: what they print, and what they do without one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader import cli
from reader.anchoring import describe
from reader.document import Block, Document, Metadata, Span
from reader.library import Library
from reader.merging import Said, merged
from reader.model import Analysis, Change, Entity, Highlight, Label, Quote, QuoteKind


@pytest.fixture
def place(tmp_path: Path) -> Path:
    library = Library.open(tmp_path / "library.sqlite", backups=tmp_path / "backups")
    text = "“The tide \x1b[31m rises,” said Ada Quill."
    document = Document(
        text, (Block(Span(0, len(text))),), Metadata(title="Tide", date="2021"), source="/tide.txt"
    )
    id = library.add_document(document).id
    said = Quote(QuoteKind.DIRECT, (Span(1, 9),), speaker="Ada Quill")
    library.save_analysis(
        id,
        Analysis((), (said,), (Entity("Ada Quill", Label.PERSON),)),
        text_hash=document.text_hash,
    )
    library.close()
    return tmp_path


def run(place: Path, *arguments: str) -> int:
    code = cli.run(["--data-dir", str(place), *arguments])
    assert isinstance(code, int)
    return code


def test_json_is_an_object_a_place(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (place / "library.sqlite").read_bytes()
    assert run(place, "search", "said", "in:text", "--json", "--limit", "1") == 0
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert list(row) == ["document", "title", "kind", "snippet", "start", "end"]
    assert (row["document"], row["title"], row["kind"]) == ("/tide.txt", "Tide", "text")
    assert (row["start"], row["end"]) == (24, 28)
    assert (place / "library.sqlite").read_bytes() == before


def test_a_marked_passage_is_a_note_to_other_programs(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library = Library.open(place / "library.sqlite", backups=place / "backups")
    document = library.document(1)
    assert document is not None
    library.apply(Change("mark", after=(Highlight(1, describe(document, Span(16, 22))),)))
    library.close()
    assert run(place, "search", "rises", "in:note", "--json") == 0
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (row["kind"], row["start"], row["end"]) == ("note", 16, 22)


def test_matches_to_read(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(place, "search", "tide") == 0
    out = capsys.readouterr().out
    assert out.startswith("Tide (2021)\n  /tide.txt\n  title: Tide\n")
    assert "\x1b" not in out


def test_nothing_found_is_told_and_no_failure(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(place, "search", "zebra") == 0
    assert run(place, "quotes", "--by", "Zebra") == 0
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 2)


def test_a_query_that_makes_no_sense_is_1(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(place, "search", "(tide") == 1
    assert "is not closed" in capsys.readouterr().err


def test_words_are_found_in_all_their_forms_when_that_is_chosen(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(place, "search", "rise", "--json") == 0
    assert capsys.readouterr().out == ""
    assert run(place, "search", "--stemming", "on", "rise", "--json") == 0
    assert "rises" in capsys.readouterr().out
    assert run(place, "search", "--stemming", "off") == 0
    assert run(place, "search", "rise") == 0
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 2)


def test_no_library_is_told_and_none_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path / "none", "search", "tide") == 1
    assert run(tmp_path / "none", "search", "--stemming", "on") == 1
    assert "There is no library" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("argv", [["search"], ["search", "a", "--limit", "0"], ["quotes"]])
def test_wrong_usage_is_2(tmp_path: Path, argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, *argv) == 2


def test_quotations_of_a_person(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(place, "quotes", "--by", "quill", "--about", "tide", "--json") == 0
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert row == {
        "document": "/tide.txt",
        "title": "Tide",
        "date": "2021",
        "speaker": "Ada Quill",
        "kind": "direct",
        "content": "The tide",
        "start": 1,
        "end": 9,
    }
    assert run(place, "quotes", "--by", "quill") == 0
    assert capsys.readouterr().out.startswith("2021  Ada Quill: The tide\n")


def test_quotations_come_by_every_name_that_was_put_together(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library = Library.open(place / "library.sqlite", backups=place / "backups")
    change = merged(Said(library.identities()), ["Ada Quill"], "A. Q. Rivers", action="rename")
    library.apply(change)
    library.close()
    for name in ("A. Q. Rivers", "rivers", "ada quill"):
        assert run(place, "quotes", "--by", name) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[:2] == [
            "2021  A. Q. Rivers: The tide",
            "    direct, as “Ada Quill”, in “Tide”, /tide.txt",
        ]
    assert run(place, "search", "speaker:rivers", "--json") == 0
    assert json.loads(capsys.readouterr().out)["kind"] == "quotation"
