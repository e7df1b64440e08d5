"""A reader of one article, whose program is quick to give up waiting and analyses nothing unless asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.library import Library
from tests.journeys.faults.helpers import (
    HARBOUR,
)
from tests.journeys.gestures import Person
from ui.analyst import Analyst


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No write waits long for another program's, and each window looks often for the other's."""
    monkeypatch.setattr("ui.library.shelf.WATCH_MS", 100)
    defaults = Library.open.__func__.__kwdefaults__  # type: ignore[attr-defined]
    monkeypatch.setitem(defaults, "patience", 0.05)


@pytest.fixture(autouse=True)
def unanalysed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what is about the analysis waits for a model to be loaded."""
    if request.node.get_closest_marker("model") is None:
        monkeypatch.setattr(Analyst, "warm_up", lambda self: None)
        monkeypatch.setattr(Analyst, "analyse", lambda self, job: None)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.txt"
    path.write_text(HARBOUR, encoding="utf-8")
    return path


@pytest.fixture
def reader(starts: Callable[..., Person], article: Path) -> Person:
    """A person who reads the article."""
    person = starts(article)
    person.waits_for_article("Ada Quill")
    return person
