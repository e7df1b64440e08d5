"""The plot over time: by month or by year, told by pointer and keyboard, and to a screen reader."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from ui.theme import THEMES
from ui.views.timeplot import Bucket, TimePlot, buckets

DATED = [("2021-03-14", 2), ("2021-03", 0), ("2021-05-01", 1), ("", 4), ("undated", 1)]


@pytest.fixture
def plot(qtbot: QtBot) -> Iterator[TimePlot]:
    made = TimePlot(None)  # type: ignore[arg-type]  # a window of its own
    qtbot.addWidget(made)
    made.resize(300, made.sizeHint().height())
    made.show_buckets(buckets(DATED), "person")
    made.show()
    yield made
    made.hide()


def test_months_without_an_article_are_there_too_and_what_has_no_date_is_left_out() -> None:
    assert buckets(DATED) == [Bucket("2021-03", 2, 2), Bucket("2021-04", 0, 0), Bucket("2021-05", 1, 1)]


@pytest.mark.parametrize(
    ("dated", "expected"),
    [
        ([("2021-12-31", 1), ("2022", 1)], ["2021", "2022"]),
        ([("1990-01", 1), ("1999-01", 1)], [str(year) for year in range(1990, 2000)]),
        ([("2021-12", 1), ("2022-01", 1)], ["2021-12", "2022-01"]),
        ([("2021-13", 1)], ["2021"]),
        ([], []),
        ([("", 1)], []),
    ],
)
def test_a_long_time_or_dates_without_months_are_shown_by_years(
    dated: list[tuple[str, int]], expected: list[str]
) -> None:
    assert [each.date for each in buckets(dated)] == expected


def test_the_arrow_keys_go_from_bar_to_bar_and_enter_asks_for_it(qtbot: QtBot, plot: TimePlot) -> None:
    plot.setFocus()
    asked: list[str] = []
    plot.chosen.connect(asked.append)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return):
        qtbot.keyClick(plot, key)
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert asked == ["2021-03", "2021-05", "2021-04"]


def test_a_click_on_a_bar_asks_for_it_and_beside_the_bars_for_nothing(qtbot: QtBot, plot: TimePlot) -> None:
    asked: list[str] = []
    plot.chosen.connect(asked.append)
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(50, 20))
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(250, 20))
    assert asked == ["2021-05"]


def test_it_says_what_it_shows(plot: TimePlot) -> None:
    assert plot.accessibleDescription() == (
        "March 2021: 2 quotations, 2 articles; May 2021: 1 quotation, 1 article"
    )


@pytest.mark.parametrize("theme", THEMES)
def test_quotations_are_drawn_in_the_colour_of_the_name(plot: TimePlot, theme: str) -> None:
    plot.set_theme(THEMES[theme])
    picture = plot.grab().toImage()
    seen = {picture.pixelColor(11, y).rgb() for y in range(picture.height())}
    assert THEMES[theme].colour("person").rgb() in seen


def test_one_month_alone_says_nothing_and_takes_no_room(plot: TimePlot) -> None:
    plot.show_buckets(buckets([("2021-03", 1)]), "person")
    assert not plot.isVisible()
