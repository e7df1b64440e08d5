"""The middle of the window: the article, and views that are made when they are first asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui.middle import Middle
from ui.theme import THEMES, Theme


class Plain(QLabel):
    """A view that remembers what was asked of it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.asked: list[str] = []

    def set_theme(self, theme: Theme) -> None:
        self.asked.append(theme.name)

    def refresh(self) -> None:
        self.asked.append("refresh")


@pytest.fixture
def middle(qtbot: QtBot) -> Iterator[Middle]:
    window = QWidget()
    qtbot.addWidget(window)
    made = Middle(QLabel("the article"), window)
    made.resize(300, 200)
    window.show()
    yield made
    window.close()


def test_a_view_is_made_when_it_is_first_asked_for_and_kept(middle: Middle) -> None:
    made: list[Plain] = []

    def make() -> Plain:
        made.append(Plain())
        return made[-1]

    middle.add("people", make)
    middle.set_theme(THEMES["dark"])
    assert not made
    middle.show_view("people")
    middle.show_page()
    middle.set_theme(THEMES["light"])
    middle.show_view("people")
    assert len(made) == 1
    assert made[0].asked == ["dark", "refresh", "light", "refresh"]


def test_escape_leads_back_to_the_article(qtbot: QtBot, middle: Middle) -> None:
    seen: list[str] = []
    middle.changed.connect(seen.append)
    middle.add("people", Plain)
    middle.show_view("people")
    assert middle.shown == "people"
    qtbot.keyClick(middle.view("people"), Qt.Key.Key_Escape)
    assert (middle.shown, seen) == ("", ["people", ""])


def test_only_the_view_that_is_seen_follows_what_is_stored(middle: Middle) -> None:
    middle.add("people", Plain)
    middle.refresh()
    middle.show_view("people")
    view = middle.view("people")
    assert isinstance(view, Plain)
    middle.refresh()
    middle.show_page()
    middle.refresh()
    assert view.asked == ["refresh", "refresh"]


def test_what_is_in_a_library_that_is_away_is_covered_and_not_asked_for(qtbot: QtBot, middle: Middle) -> None:
    people, settings = Plain(), Plain()
    middle.add("people", lambda: people, title="People")
    middle.add("settings", lambda: settings)
    middle.set_away(True)
    middle.show_view("people")
    middle.refresh()
    assert middle.shown == "people"
    assert middle.currentWidget() is middle.away
    assert middle.away.accessibleName() == "People"
    assert people.asked == []
    middle.show_view("settings")
    assert middle.currentWidget() is settings
    returned: list[str] = []
    middle.returned.connect(returned.append)
    middle.return_to("people")
    assert not returned, "there is no place in it to go on at"
    middle.set_away(False)
    assert middle.currentWidget() is people
    assert people.asked == ["refresh"]
    middle.set_away(True)
    qtbot.keyClick(middle.away.away.again, Qt.Key.Key_Escape)
    assert middle.shown == ""
