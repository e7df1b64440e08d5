"""The settings keep to the width of the view, however narrow it is."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from ui.views.settings import SettingsView


def test_nothing_is_cut_off_in_a_narrow_view(qtbot: QtBot) -> None:
    view = SettingsView()
    qtbot.addWidget(view)
    section = view.section("Reading")
    choices = section.choose([("a", "As the system"), ("b", "Light"), ("c", "Sepia"), ("d", "Dark")])
    buttons = section.buttons("Smaller text", "Normal", "Larger text", "Shorter lines", "Longer lines")
    section.check("All articles", "One after the other, while you read; the open article comes first. " * 3)
    view.resize(340, 600)
    with qtbot.waitExposed(view):
        view.show()
    right = view.area.viewport().width()
    for each in (section, *choices.values(), *buttons):
        assert each.mapTo(view.area.viewport(), each.rect().topRight()).x() < right
    assert len({button.y() for button in buttons}) > 1
