"""The story of an article that comes back changed: what was marked is shown beside what stands there now."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.journeys.gestures import LEFT, Person
from ui.views.lost import LostView

pytestmark = pytest.mark.usefixtures("unanalysed")

OLD = (
    "The harbour was built in 1911 by the town, and nobody has looked at it since.\n\n"
    "The levy was repealed in the spring of 2019, the clerk says.\n\n"
    "Nobody knows who paid for the old lamp on the pier.\n\n"
    "The last boat left at noon.\n"
)
NEW = OLD.replace("repealed in the spring", "raised in the spring").replace(
    "who paid for the old lamp on the pier", "whence the light came"
)


def test_lost_highlights_are_placed_by_hand_and_changed_ones_confirmed(
    starts: Callable[..., Person], tmp_path: Path
) -> None:
    path = tmp_path / "harbour.txt"
    path.write_text(OLD, encoding="utf-8")
    person = starts(path)
    person.waits_for_article("repealed")
    links, middle = person.frame.library.links, person.frame.middle
    for words in ("The levy was repealed in the spring of 2019, the clerk says.", "paid for the old lamp"):
        person.drags_over(words)
        person.presses(Qt.Key.Key_H)
    person.writes_note("Ask the clerk.")
    path.write_text(NEW, encoding="utf-8")
    person.application.intake.open([str(path)])
    person.waits_for_article("raised in the spring")

    person.waits_for(links.link("lost").isVisible, "the link to what is lost")
    QTest.mouseClick(links.link("lost"), LEFT)
    view = middle.view("lost")
    assert isinstance(view, LostView)
    person.waits_for(lambda: len(view.cards) == 2, "both highlights")
    changed = next(card for card in view.cards if card.what.now is not None)
    QTest.mouseClick(changed.keep, LEFT)
    person.waits_for(lambda: len(view.cards) == 1, "the confirmed one to go")
    (lost,) = view.cards
    assert lost.what.highlight.note == "Ask the clerk."

    QTest.mouseClick(lost.place, LEFT)
    assert middle.shown == ""
    person.drags_over("whence the light came")
    QTest.mouseClick(person.frame.messages.messages[-1].button, LEFT)
    session = person.session
    assert not session.lost
    assert {mark.span.of(session.document.text) for mark in session.marked} == {
        "The levy was raised in the spring of 2019, the clerk says.",
        "whence the light came",
    }
    person.presses(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [each.anchor.exact for each in session.lost] == ["paid for the old lamp"]
    # A bar whose step was taken back would take back another one.
    assert not [bar for bar in person.frame.messages.messages if bar.button.text() == "Undo"]
