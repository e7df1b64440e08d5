"""The measure of saved pages counts words as its description says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tools import pages


def test_words_are_counted_as_a_multiset_without_regard_to_case() -> None:
    assert pages.word_f1("The bridge, the ferry", "the BRIDGE and the ferry") == pytest.approx(8 / 9)
    assert pages.word_f1("", "") == 1
    assert pages.word_f1("a", "") == 0


def test_words_of_neighbouring_blocks_are_apart_and_those_in_a_line_are_not() -> None:
    assert pages.text_of("<p>one</p><p>t<b>w</b>o</p>").split() == ["one", "two"]


def test_fields_are_compared_without_regard_to_blanks() -> None:
    assert pages.is_same("By Ann Lee", "By  Ann\n Lee")
    assert pages.is_same("by Ann Lee", "By Ann Lee") is False
    assert pages.is_same("Ann", None) is None


def test_the_summary_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    (folder / "source.html").write_text("<title>A title of the page</title><p>Words of it</p>", "utf-8")
    (folder / "expected.html").write_text("<p>Words of it</p>", "utf-8")
    (folder / "expected-metadata.json").write_text(json.dumps({"title": "A title of the page"}), "utf-8")
    assert pages.main([str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert "text without the title                     median 1.0000" in printed
    assert "title right 1 of 1 (100.0%)" in printed
    assert pages.main([str(folder)]) == 1
    assert pages.main([]) == 2
