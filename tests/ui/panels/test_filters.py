"""Small filters offer what there is, show what is asked, and ask for it or for it no longer."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from ui.panels.filters import Choice, Filters


@pytest.fixture
def filters(qtbot: QtBot) -> Filters:
    filters = Filters()
    qtbot.addWidget(filters)
    filters.offer({"type": [Choice("pdf", "PDF", 3)], "tag": [Choice("Claim & more", "Claim & more", 2)]})
    return filters


def actions(filters: Filters, field: str) -> dict[str, object]:
    menu = filters.buttons[field].menu()
    menu.aboutToShow.emit()
    return {action.text(): action for action in menu.actions()}


def test_only_what_there_is_can_be_chosen(filters: Filters) -> None:
    shown = [field for field, button in filters.buttons.items() if not button.isHidden()]
    assert shown == ["type", "tag"]
    assert list(actions(filters, "type")) == ["PDF\t3"]


def test_nothing_can_be_chosen_before_the_library_has_told_what_there_is(qtbot: QtBot) -> None:
    fresh = Filters()
    qtbot.addWidget(fresh)
    assert all(button.isHidden() for button in fresh.buttons.values())


def test_a_choice_is_asked_for_and_then_dropped(filters: Filters, qtbot: QtBot) -> None:
    action = actions(filters, "tag")["Claim && more\t2"]
    with qtbot.waitSignal(filters.chosen) as chosen:
        action.trigger()  # type: ignore[attr-defined]
    assert chosen.args == ["tag", "Claim & more"]
    filters.show_asked({"tag": ("claim & MORE",)})
    assert filters.buttons["tag"].isChecked()
    assert filters.buttons["tag"].text() == "Claim & more"
    action = actions(filters, "tag")["Claim && more\t2"]
    assert action.isChecked()  # type: ignore[attr-defined]
    for words in ("Claim && more\t2", "No matter which"):
        with qtbot.waitSignal(filters.dropped) as dropped:
            actions(filters, "tag")[words].trigger()  # type: ignore[attr-defined]
        assert dropped.args == ["tag"]


def test_what_was_typed_is_shown_too(filters: Filters) -> None:
    filters.show_asked({"date": ("2020..2022",)})
    assert not filters.buttons["date"].isHidden()
    assert filters.buttons["date"].text() == "2020..2022"
    filters.show_asked({})
    assert filters.buttons["date"].isHidden()
