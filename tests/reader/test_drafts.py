"""Words that are being typed: kept in files of their own, found again, and forgotten when they are saved."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.document import Span
from reader.drafts import Drafts
from reader.errors import ReaderError
from reader.model import Anchor, Colour, Highlight, Note

HIGHLIGHT = Highlight(7, Anchor(Span(3, 9), "harbour"[:6], "The ", " wall", "ab"), Colour.GREEN)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(
    note=st.text(st.characters(exclude_categories=())),
    tags=st.lists(st.text()).map(tuple),
    id=st.text(st.characters(exclude_categories=()), min_size=1),
)
def test_a_draft_comes_back_as_it_was(tmp_path: Path, note: str, tags: tuple[str, ...], id: str) -> None:
    drafts = Drafts(tmp_path / "drafts")
    draft = replace(HIGHLIGHT, note=note, tags=tags, id=id)
    drafts.keep(draft)
    assert Drafts(tmp_path / "drafts").of(7) == [draft]
    drafts.drop(id)
    assert drafts.of(7) == []
    assert not list((tmp_path / "drafts").iterdir())


def test_the_newest_words_stay_and_each_document_has_its_own(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    first = replace(HIGHLIGHT, id="first", note="one")
    other = replace(HIGHLIGHT, id="other", document_id=8, note="of another article")
    second = replace(HIGHLIGHT, id="second", note="two")
    for moment, draft in enumerate((first, other, second)):
        drafts.keep(draft)
        newest = max(tmp_path.iterdir(), key=lambda file: file.stat().st_mtime_ns)
        os.utime(newest, ns=(moment, moment))
    drafts.keep(replace(first, note="one and more"))
    assert [each.note for each in drafts.of(7)] == ["two", "one and more"]
    assert [each.note for each in drafts.of(8)] == ["of another article"]


def test_without_a_folder_there_are_no_drafts_and_nothing_to_forget(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "nowhere")
    assert drafts.of(7) == []
    drafts.drop("unknown")


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"[]", b"{}", b'{"anchor": 3}', b'{"anchor":{"span":{"start":9,"end":2}}}']
)
def test_a_file_that_is_no_draft_is_passed_over_and_left(tmp_path: Path, content: bytes) -> None:
    strange = tmp_path / "strange.json"
    strange.write_bytes(content)
    drafts = Drafts(tmp_path)
    drafts.keep(HIGHLIGHT)
    assert drafts.of(7) == [HIGHLIGHT]
    assert strange.read_bytes() == content


def test_a_place_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    drafts = Drafts(tmp_path / "file")
    with pytest.raises(ReaderError) as told:
        drafts.keep(HIGHLIGHT)
    assert told.value.next
    with pytest.raises(ReaderError):
        drafts.drop("any")
    assert drafts.of(7) == []


def test_drafts_on_the_whole_are_kept_apart_from_those_on_passages(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    note = Note(7, "Half a thought \ud800", ("method",))
    drafts.keep(note)
    drafts.keep(HIGHLIGHT)
    assert (drafts.of(7), drafts.notes_of(7), drafts.notes_of(8)) == ([HIGHLIGHT], [note], [])
    drafts.drop(note.id)
    assert drafts.notes_of(7) == []
