"""The cards of lost highlights fit the view."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from reader.document import Span
from reader.model import Anchor, Highlight
from reader.unsettled import Passage, Piece, Unsettled
from ui.views.lost import LostView, UnsettledCard

TITLE = "Inside the harbour & wall affair, and what it tells us about how money is spent in Oslo"


def test_a_title_without_room_ends_in_dots_and_is_read_whole(qtbot: QtBot) -> None:
    what = Unsettled(
        Highlight(1, Anchor(Span(0, 4), "wall")), TITLE, Passage("the ", (Piece("wall", True),), " is")
    )
    card = UnsettledCard(what, None)  # type: ignore[arg-type]  # a window of its own
    qtbot.addWidget(card)
    card.resize(300, 200)
    with qtbot.waitExposed(card):
        card.show()
    assert card.title.text().endswith("…")
    card.resize(1400, 200)
    assert card.title.text() == TITLE.replace("&", "&&")
    assert card.title.accessibleName() == TITLE


def test_that_nothing_is_lost_is_said_only_when_it_is_known(qtbot: QtBot) -> None:
    view = LostView()
    qtbot.addWidget(view)
    with qtbot.waitExposed(view):
        view.show()
    assert view.empty.text().startswith("Looking")
    view.show_unsettled(())
    assert view.empty.text().startswith("Every highlight stands")
