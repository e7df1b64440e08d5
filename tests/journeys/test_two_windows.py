"""The story of two windows on one library: what is made in one is soon at the left of the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reader.document import Block, Document, Metadata, Span
from reader.library import Library
from reader.model import Anchor, Change, Correction, Details, Highlight, Remark, Scope
from reader.paths import paths_in
from tests.journeys.gestures import LEFT, Person
from ui.views.corrections import CorrectionsView
from ui.views.lost import LostView

pytestmark = pytest.mark.usefixtures("unanalysed")

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
TEXT = "The wall is old."


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each looks often for what the other has written."""
    monkeypatch.setattr("ui.library.shelf.WATCH_MS", 100)


@pytest.fixture
def windows(data: Path, starts: Callable[..., Person]) -> tuple[Person, Person]:
    paths = paths_in(data)
    library = Library.open(paths.library, backups=paths.backups)
    wall = Document(TEXT, (Block(Span(0, len(TEXT))),), Metadata(title="Wall"), source="/wall.txt")
    library.add_documents([wall])
    library.close()
    first, second = starts(), starts()
    for each in (first, second):
        each.waits_for_article(TEXT)
    return first, second


def searches(person: Person) -> list[str]:
    return [each.text() for each in person.frame.library.searches.links]


def test_a_search_that_another_window_keeps_is_listed_and_goes_with_it(
    windows: tuple[Person, Person],
) -> None:
    first, second = windows
    second.presses(Qt.Key.Key_F, CONTROL | SHIFT)
    field = second.frame.library.search
    second.types("wall", on=field)
    QTest.mouseClick(field.star, LEFT)
    first.waits_for(lambda: searches(first) == ["wall"], "the other's search")
    assert first.frame.library.searches.isVisible()

    first.presses(Qt.Key.Key_F, CONTROL | SHIFT)
    first.types("wall", on=first.frame.library.search)
    star = first.frame.library.search.star
    assert star.toolTip() == field.star.toolTip(), "it is known to be kept"
    QTest.mouseClick(star, LEFT)
    assert searches(first) == []
    second.waits_for(lambda: searches(second) == [], "that it is kept no longer")


def test_tags_and_collections_of_another_window_are_listed(windows: tuple[Person, Person]) -> None:
    first, second = windows
    id = second.session.document_id
    assert id is not None
    assert second.session.do(Change("tag", after=(Details(id, tags=("claim",)),)))
    second.application.wing.organiser.filer.collect([id], "Essay")
    shelves = first.frame.library.shelves
    for tree, name in ((shelves.collections.tree, "Essay"), (shelves.tags.tree, "claim")):
        first.waits_for(lambda tree=tree, name=name: tree._index_of(name) is not None, f"the other's {name}")


def test_a_correction_of_another_window_is_counted_and_listed(windows: tuple[Person, Person]) -> None:
    first, second = windows
    said = Correction(Remark.NOT_A_NAME, Scope.EVERYWHERE, "Wall")
    assert second.session.do(Change("correct", after=(said,)))
    link = first.frame.library.links.link("corrections")
    first.waits_for(lambda: link.accessibleName() == "Corrections, 1", "the other's correction")
    assert link.isVisible()

    QTest.mouseClick(link, LEFT)
    view = first.frame.middle.view("corrections")
    assert isinstance(view, CorrectionsView)
    first.waits_for(lambda: view.model.rowCount() == 1, "the correction in the view")
    assert second.session.do(Change("take back", before=(said,)))
    first.waits_for(lambda: view.model.rowCount() == 0, "the view without it")


def test_lost_highlights_are_counted_that_another_window_left(windows: tuple[Person, Person]) -> None:
    first, second = windows
    id = second.session.document_id
    assert id is not None
    lost = Highlight(id, Anchor(Span(0, 4), "Gone", text_hash="of an older text"))
    assert second.session.do(Change("highlight", after=(lost,)))
    link = first.frame.library.links.link("lost")
    first.waits_for(lambda: link.accessibleName() == "Lost highlights, 1", "the other's lost highlight")

    QTest.mouseClick(link, LEFT)
    view = first.frame.middle.view("lost")
    assert isinstance(view, LostView)
    first.waits_for(lambda: len(view.cards) == 1, "its card")
    assert second.session.do(Change("delete", before=(lost,)))
    first.waits_for(lambda: not view.cards, "the view without it")


def test_what_a_search_found_follows_the_other_window(windows: tuple[Person, Person]) -> None:
    first, second = windows
    id = second.session.document_id
    assert id is not None
    first.presses(Qt.Key.Key_F, CONTROL | SHIFT)
    first.types("mortar", on=first.frame.library.search)
    found = first.frame.library.found
    first.waits_for(lambda: found.total.text() == "0 articles", "the answer that there is nothing")
    note = Highlight(id, Anchor(Span(0, 4), "The "), note="The mortar came later.")
    assert second.session.do(Change("highlight", after=(note,)))
    first.waits_for(lambda: found.total.text() == "1 article", "the note of the other window")
