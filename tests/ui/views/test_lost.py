"""The cards of lost highlights fit the view."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from reader.document import Span
from reader.model import Anchor, Highlight
from reader.unsettled import Passage, Piece, Unsettled
from ui.views.lost import UnsettledCard

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
