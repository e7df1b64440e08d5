"""A note is written: what lists something else does not ask the library for it on the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.model import Change, SavedSearch
from tests.journeys.gestures import Person
from tests.journeys.test_search import filled

pytestmark = pytest.mark.usefixtures("unanalysed")

__all__ = ["filled"]


def test_a_note_asks_nothing_of_what_lists_no_notes(starts: Callable[..., Person], filled: Path) -> None:
    person = starts()
    person.waits_for_article("bread")
    library = person.session.library
    assert library is not None
    asked: list[str] = []
    person.drags_over("but bread")
    connection = library._store.db.conn
    connection.set_trace_callback(lambda sql: asked.append(" ".join(sql.split()).casefold()))
    person.writes_note("Why not?", "claim")
    person.waits_for(lambda: any("insert into highlight " in each for each in asked), "the note on disk")
    reads = [each for each in asked if each.startswith("select")]
    assert reads, "the list of articles shows how many notes there are"
    for table in ("correction", "saved_search", "person", "identity"):
        assert not [each for each in reads if f" {table} " in f"{each} "], table
    del asked[:]
    assert person.session.do(Change("keep", after=(SavedSearch("wall", "wall"),)))
    assert len(person.frame.library.searches.links) == 1
    reads = [each for each in asked if each.startswith("select")]
    assert [each for each in reads if " saved_search" in each]
    assert not [each for each in reads if " document" in each], "articles are listed for what they show"
    connection.set_trace_callback(None)
