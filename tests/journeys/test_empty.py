"""The last article is deleted for good: nothing of it stays in sight, and the window says what to do next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from tests.journeys.gestures import LEFT, Person


@pytest.fixture
def person(starts: Callable[..., Person]) -> Person:
    """Someone who has deleted the only article, the welcome."""
    made = starts()
    made.waits_for_article("came in on the tide")
    made.waits_for_analysis()
    made.waits_for(lambda: made.frame.findings.quotes.model.rowCount(), "the quotations")
    made.application.actions["put_away"].trigger()
    document_id = made.session.document_id
    assert document_id is not None
    made.application.wing.organiser.filer.act("delete", [document_id])
    box = next(each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox))
    QTest.mouseClick(next(each for each in box.buttons() if "Delete" in each.text()), LEFT)
    made.waits_for(lambda: made.session.document is None, "the article to be gone")
    return made


def test_nothing_of_it_stays_and_the_page_says_what_to_do_next(person: Person, tmp_path: Path) -> None:
    findings, nothing = person.frame.findings, person.frame.area.nothing
    assert findings.names.model.rowCount() == 0
    assert findings.quotes.model.rowCount() == 0
    assert nothing.isVisible()
    assert "Ctrl+O" in nothing.text()
    article = tmp_path / "harbour.txt"
    article.write_text("Ada Quill opened the new harbour.\n", encoding="utf-8")
    person.drops(article)
    person.waits_for_article("Ada Quill")
    assert not nothing.isVisible()


def test_a_search_of_nothing_says_that_there_is_no_article(person: Person) -> None:
    person.application.wing.searcher.run("harbour")
    found = person.frame.library.found
    person.waits_for(lambda: found.list.accessibleDescription(), "the answer")
    assert "no article in the library" in found.list.accessibleDescription()
    assert not any(each.isVisible() for each in found.filters.buttons.values())
