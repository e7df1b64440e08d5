"""What is being typed: on disk soon, dropped when it says nothing new, held when the disk refuses it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from reader.drafts import Drafts
from reader.errors import ReaderError
from reader.model import Note
from ui.article.drafting import DraftKeeper

NOTE = Note(7, "", id="note")


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "drafts")


@pytest.fixture
def saved() -> dict[str, str]:
    """What is in the library, by the notes' ids."""
    return {}


@pytest.fixture
def told() -> list[ReaderError]:
    return []


@pytest.fixture
def makes(
    qapp: object, drafts: Drafts, saved: dict[str, str], told: list[ReaderError]
) -> Callable[[], DraftKeeper[Note]]:
    parent = QObject()

    def make() -> DraftKeeper[Note]:
        return DraftKeeper[Note](
            drafts,
            says_more=lambda draft: draft.body != saved.get(draft.id, ""),
            refused=told.append,
            parent=parent,
        )

    return make


@pytest.fixture
def keeper(makes: Callable[[], DraftKeeper[Note]]) -> DraftKeeper[Note]:
    return makes()


@pytest.fixture
def refusing(tmp_path: Path) -> Path:
    """A file where the folder of the drafts should be, so that nothing can be kept."""
    place = tmp_path / "drafts"
    place.write_text("")
    return place


def test_what_is_typed_is_on_disk_by_itself(qtbot: QtBot, keeper: DraftKeeper[Note], drafts: Drafts) -> None:
    typed = replace(NOTE, body="The quay")
    keeper.write(typed)
    qtbot.waitUntil(lambda: drafts.notes_of(7) == [typed])


def test_the_last_words_are_kept_at_once_when_asked(keeper: DraftKeeper[Note], drafts: Drafts) -> None:
    keeper.write(replace(NOTE, body="The"))
    keeper.write(replace(NOTE, body="The quay"))
    keeper.keep()
    assert [draft.body for draft in drafts.notes_of(7)] == ["The quay"]


def test_words_that_are_in_the_library_need_no_draft(
    keeper: DraftKeeper[Note], drafts: Drafts, saved: dict[str, str]
) -> None:
    keeper.write(replace(NOTE, body="More"))
    keeper.keep()
    saved["note"] = "Before"
    keeper.write(replace(NOTE, body="Before"))
    keeper.keep()
    assert keeper.get("note") is None
    assert drafts.notes_of(7) == []


def test_the_draft_written_on_last_stands_last(keeper: DraftKeeper[Note]) -> None:
    for id, body in (("a", "1"), ("b", "2"), ("a", "3")):
        keeper.write(replace(NOTE, id=id, body=body))
    assert [(draft.id, draft.body) for draft in keeper.all] == [("b", "2"), ("a", "3")]


def test_drafts_are_loaded_with_their_article_but_those_that_say_nothing_new(
    keeper: DraftKeeper[Note], drafts: Drafts, saved: dict[str, str]
) -> None:
    old, new = replace(NOTE, id="old", body="Saved since"), replace(NOTE, body="Not saved")
    saved["old"] = "Saved since"
    for draft in (old, new):
        drafts.keep(draft)
    assert keeper.load(7, drafts.notes_of(7))
    assert keeper.all == drafts.notes_of(7) == [new]
    assert not keeper.load(None, ())
    assert drafts.notes_of(7) == [new]


def test_words_that_the_disk_refuses_are_told_held_and_tried_again(
    refusing: Path, keeper: DraftKeeper[Note], drafts: Drafts, told: list[ReaderError]
) -> None:
    typed = replace(NOTE, body="The quay")
    keeper.write(typed)
    keeper.keep()
    assert len(told) == 1
    # Another article is shown, and this one again: the words are still there.
    assert not keeper.load(8, ())
    assert keeper.load(7, ())
    assert keeper.all == [typed]
    refusing.unlink()
    keeper.keep()
    assert drafts.notes_of(7) == [typed]


def test_a_draft_that_is_dropped_is_not_tried_again(
    refusing: Path, keeper: DraftKeeper[Note], drafts: Drafts
) -> None:
    keeper.write(replace(NOTE, body="The quay"))
    keeper.keep()
    refusing.unlink()
    keeper.drop("note")
    keeper.keep()
    assert keeper.all == drafts.notes_of(7) == []
