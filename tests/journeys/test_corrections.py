"""The story of a correction: said with keys or the mouse, seen everywhere, taken back, kept, learned from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from reader.model import Correction, Label, Quote, Remark, Scope
from tests.journeys.gestures import LEFT, Person
from ui.article.correction_menu import CorrectionMenu
from ui.dialogs.bar import Message
from ui.panels.rows import ROW
from ui.views.corrections import CorrectionsView

pytestmark = pytest.mark.model

WALL = """# The towns ask who will pay for the sea wall

The Ministry of Works will close the old pier at Port Ansel, Works Minister Ada Lindqvist said.

“We have waited eleven years for this wall,” she told reporters in Harrow.

The mayor of Port Ansel, Tomas Reyl, was less certain. He asked for a vote of the Bay Council, where Ansel
fishermen hold four of nine seats.

“Then let us begin with the eastern arm,” Reyl said.
"""
FISH = """# Quota talks resume after the storm

The Ansel fishermen came back to the harbour of Grauhaven on Monday, and Mayor Otto Fern greeted them.

“Nobody was lost,” Fern said.
"""
FISHERMEN = "Ansel fishermen"
WAITED, CONTROL = "We have waited", Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def wall(tmp_path: Path) -> Path:
    path = tmp_path / "wall.md"
    path.write_text(WALL, encoding="utf-8")
    return path


@pytest.fixture
def fish(tmp_path: Path) -> Path:
    path = tmp_path / "fish.md"
    path.write_text(FISH, encoding="utf-8")
    return path


def quote(person: Person, words: str = WAITED) -> Quote:
    text = person.page.document.text
    return next(each for each in person.session.quotes if words in each.span.of(text))


def card(person: Person, words: str = WAITED) -> str:
    """Return the speaker on the card of a quotation."""
    model = person.frame.findings.quotes.model
    rows = [model.index(number).data(ROW) for number in range(model.rowCount())]
    return next((row.speaker for row in rows if words in row.content), "no card")


def beside(person: Person, words: str = WAITED) -> str | None:
    """Return the speaker in the margin beside a quotation."""
    place = person.span(words)
    labels = person.page.labels_of(person.page.sheet.index_at(place.start))
    return next(held.speaker for _, held in labels if held.span.covers(place))


def stored(person: Person, words: str = WAITED) -> str | None:
    """Return who says it by the analysis in the library."""
    session, document = person.session, person.page.document
    assert session.library is not None and session.document_id is not None
    analysis = session.library.analysis(session.document_id, text_hash=document.text_hash)
    found = analysis.quotes if analysis is not None else ()
    return next((each.speaker for each in found if words in each.span.of(document.text)), "none")


def said(person: Person) -> list[Correction]:
    assert person.session.library is not None
    return person.session.library.corrections()


def is_said_by(person: Person, speaker: str) -> None:
    person.waits_for(lambda: quote(person).speaker == speaker, f"{speaker} to say it")
    person.waits_for(lambda: card(person) == speaker, f"{speaker} on the card")
    person.waits_for(lambda: stored(person) == speaker, f"{speaker} in the library")
    assert beside(person) == speaker


def goes_to_the_quotation(person: Person, words: str = WAITED) -> None:
    """Press Q until the quotation is the current one."""
    for _ in person.session.quotes:
        person.presses(Qt.Key.Key_Q)
        if person.page.marks.current == quote(person, words).span:
            return
    raise AssertionError("Q does not lead to the quotation")


def menu() -> CorrectionMenu:
    shown = QApplication.activePopupWidget()
    assert isinstance(shown, CorrectionMenu)
    return shown


def message(person: Person) -> Message:
    return person.frame.messages.messages[-1]


def opened(starts: Callable[..., Person], path: Path, words: str) -> Person:
    person = starts(path)
    person.waits_for_article(words)
    person.waits_for_analysis()
    return person


def test_a_speaker_is_corrected_by_keys_undone_done_again_and_kept(
    starts: Callable[..., Person], wall: Path
) -> None:
    person = opened(starts, wall, "sea wall")
    is_said_by(person, "Ada Lindqvist")
    goes_to_the_quotation(person)
    person.presses(Qt.Key.Key_W)
    who = person.application.corrector.who
    assert who.isVisible() and who.list.currentIndex().data(ROW).words == "Ada Lindqvist"
    person.types("rey", on=who.field)
    person.presses(Qt.Key.Key_Return, on=who.field)
    assert not who.isVisible()
    (correction,) = said(person)
    assert (correction.remark, correction.scope, correction.other) == (
        Remark.SAID_BY,
        Scope.HERE,
        "Tomas Reyl",
    )
    assert "is said by Tomas Reyl, here" in message(person).what
    is_said_by(person, "Tomas Reyl")
    QTest.mouseClick(message(person).button, LEFT)
    is_said_by(person, "Ada Lindqvist")
    assert said(person) == []
    person.presses(Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    is_said_by(person, "Tomas Reyl")
    person.leaves()

    person = opened(starts, wall, "sea wall")
    assert "your correction" in quote(person).reason
    is_said_by(person, "Tomas Reyl")
    assert said(person) == [correction]


def test_a_speaker_is_changed_on_the_card_for_the_whole_article(
    starts: Callable[..., Person], wall: Path
) -> None:
    person = opened(starts, wall, "sea wall")
    person.application.actions["quotes_tab"].trigger()
    panel = person.frame.findings.quotes
    panel.select(person.session.quotes.index(quote(person, "Then let us")))
    current = panel.list.currentIndex()
    person.waits_for(lambda: not panel.delegate.link_rect(current).isEmpty(), "the link on the card")
    at = panel.delegate.link_rect(current).center().toPoint()
    QTest.mouseClick(panel.list.viewport(), LEFT, pos=at)
    who = person.application.corrector.who
    assert who.isVisible() and "Then let us" in who.words.text()
    QTest.mouseClick(who.reaches[Scope.DOCUMENT], LEFT)
    assert "“Reyl”" in who.remark.text()
    rows = [who.model.index(number).data(ROW).words for number in range(who.model.rowCount())]
    place = who.list.visualRect(who.model.index(rows.index("Bay Council"))).center()
    QTest.mouseClick(who.list.viewport(), LEFT, pos=place)
    QTest.mouseClick(who.save, LEFT)
    (correction,) = said(person)
    assert (correction.scope, correction.source, correction.other) == (
        Scope.DOCUMENT,
        "Reyl",
        "Bay Council",
    )
    person.waits_for(lambda: card(person, "Then let us") == "Bay Council", "the other speaker")
    assert person.window.focusWidget() is panel.list


def test_what_is_no_quotation_goes_and_a_new_word_replaces_the_old_one(
    starts: Callable[..., Person], wall: Path
) -> None:
    person = opened(starts, wall, "sea wall")
    goes_to_the_quotation(person)
    person.presses(Qt.Key.Key_W)
    who = person.application.corrector.who
    person.types("nobody", on=who.field)
    person.presses(Qt.Key.Key_Return, on=who.field)
    person.waits_for(lambda: quote(person).speaker is None, "nobody to say it")
    person.presses(Qt.Key.Key_X)
    QTest.keyClick(menu(), Qt.Key.Key_Q)
    person.waits_for(
        lambda: not any(WAITED in each.span.of(person.page.document.text) for each in person.session.quotes),
        "the quotation to go",
    )
    assert [each.remark for each in said(person)] == [Remark.NOT_SAID]
    person.presses(Qt.Key.Key_Z, CONTROL)
    person.waits_for(lambda: any(each.speaker is None for each in person.session.quotes), "it to be back")
    assert [each.remark for each in said(person)] == [Remark.SAID_BY]


def test_a_name_that_is_said_for_all_articles_is_found_in_another_and_taken_back(
    starts: Callable[..., Person], wall: Path, fish: Path
) -> None:
    person = opened(starts, fish, "Quota talks")
    person.drops(wall)
    person.waits_for_article("sea wall")
    person.waits_for_analysis()
    person.drags_over(FISHERMEN)
    toolbar = person.application.annotator.toolbar
    QTest.mouseClick(toolbar.kind, LEFT)
    everywhere = menu().reaches[Scope.EVERYWHERE]
    QTest.mouseClick(menu(), LEFT, pos=menu().actionGeometry(everywhere).center())
    QTest.keyClick(menu(), Qt.Key.Key_G)
    (correction,) = said(person)
    assert (correction.label, correction.scope) == (Label.NORP, Scope.EVERYWHERE)
    person.waits_for(lambda: groups(person) == [FISHERMEN], "the name")
    made_in = person.session.document_id

    person.presses(Qt.Key.Key_J)
    person.waits_for_article("Quota talks")
    person.waits_for(lambda: groups(person) == [FISHERMEN], "the name in the other article")

    person.application.actions["corrections"].trigger()
    view = person.frame.middle.view("corrections")
    assert isinstance(view, CorrectionsView)
    person.waits_for(lambda: view.model.rowCount() == 1, "the correction in the view")
    place = view.delegate.link_rect(view.model.index(0)).center().toPoint()
    QTest.mouseClick(view.list.viewport(), LEFT, pos=place)
    person.waits_for_article("sea wall")
    assert person.session.document_id == made_in
    person.waits_for(lambda: person.page.marks.current == person.span(FISHERMEN), "its place")

    person.application.actions["corrections"].trigger()
    person.waits_for(lambda: bool(view.chosen()), "one to be chosen")
    person.presses(Qt.Key.Key_Delete, on=view.list)
    assert said(person) == []
    person.waits_for(lambda: view.model.rowCount() == 0, "the empty view")
    person.presses(Qt.Key.Key_Escape, on=view.list)
    person.waits_for(lambda: groups(person) == [], "the name to go")


def groups(person: Person) -> list[str]:
    return [each.name for each in person.session.mentions if each.label is Label.NORP]


def test_two_who_were_taken_for_two_are_made_one_in_the_panel(
    starts: Callable[..., Person], wall: Path
) -> None:
    person = opened(starts, wall, "sea wall")
    person.application.actions["names_tab"].trigger()
    names = person.frame.findings.names
    council = next(each for each in person.session.entities if each.name == "Bay Council")
    names.select(council.label, council.name)
    person.presses(Qt.Key.Key_X, on=names.list)
    QTest.keyClick(menu(), Qt.Key.Key_S)
    who = person.application.corrector.who
    assert not who.reaches[Scope.HERE].isVisible()
    person.types("Ministry of W", on=who.field)
    person.presses(Qt.Key.Key_Return, on=who.field)
    span = person.span("Bay Council")

    def meant() -> list[str]:
        return [each.name for each in person.session.mentions if each.span == span]

    person.waits_for(lambda: meant() == ["Ministry of Works"], "the two to be one")
    person.presses(Qt.Key.Key_Z, CONTROL)
    person.waits_for(lambda: meant() == ["Bay Council"], "the two to be two")


def test_the_menu_of_a_place_says_what_can_be_said_of_it(starts: Callable[..., Person], wall: Path) -> None:
    person = opened(starts, wall, "sea wall")
    at = person.page.rects_of(person.span("Harrow"))[0].center().toPoint()
    view = person.page.viewport()
    QApplication.sendEvent(view, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.mapToGlobal(at)))
    around = QApplication.activePopupWidget()
    assert isinstance(around, QMenu)
    (within,) = [action.menu() for action in around.actions() if isinstance(action.menu(), CorrectionMenu)]
    assert isinstance(within, CorrectionMenu)
    next(action for action in within.actions() if "person" in action.text()).trigger()
    around.close()
    assert [(each.text, each.label) for each in said(person)] == [("Harrow", Label.PERSON)]
