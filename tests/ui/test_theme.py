"""Themes, fonts and icons: every role is there, can be read, and scales."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QFontMetrics,
    QFontMetricsF,
    QIcon,
    QPalette,
)
from PySide6.QtWidgets import QApplication

from reader.model import Colour, Label
from ui import theme as themes
from ui.theme import (
    THEMES,
    Theme,
    apply_theme,
    icon,
    interface_font,
    label_role,
    load_fonts,
    page_font,
    resolve,
)

GROUNDS = ("paper", "chrome", "card", "selection")
WORDS = (
    "ink",
    "soft",
    "faint",
    "accent",
    "person",
    "organisation",
    "place",
    "group",
    "date",
    "other",
    "error",
    "quote_bar",
)


def _luminance(colour: QColor) -> float:
    parts = (
        value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4
        for value in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return sum(part * weight for part, weight in zip(parts, (0.2126, 0.7152, 0.0722), strict=True))


def contrast(one: QColor, other: QColor) -> float:
    """The WCAG contrast ratio of two opaque colours."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def laid_over(tint: QColor, ground: QColor) -> QColor:
    """The colour seen where a translucent tint lies on a ground."""
    a = tint.alphaF()
    return QColor.fromRgbF(
        tint.redF() * a + ground.redF() * (1 - a),
        tint.greenF() * a + ground.greenF() * (1 - a),
        tint.blueF() * a + ground.blueF() * (1 - a),
    )


@pytest.fixture(params=sorted(THEMES))
def theme(request: pytest.FixtureRequest) -> Theme:
    return THEMES[request.param]


def test_every_theme_has_the_same_roles() -> None:
    assert len({frozenset(theme.colours) for theme in THEMES.values()}) == 1


def test_words_read_on_every_ground(theme: Theme) -> None:
    for ground in GROUNDS:
        for role in WORDS:
            ratio = contrast(theme.colour(role), theme.colour(ground))
            assert ratio >= 4.5, f"{role} on {ground}: {ratio:.2f}"


def test_ink_reads_on_every_marker_and_tint(theme: Theme) -> None:
    ink = theme.colour("ink")
    for role in [*map(str, Colour), "find"]:
        assert contrast(ink, theme.colour(role)) >= 4.5, role
    for ground in ("paper", *map(str, Colour)):
        tinted = laid_over(theme.colour("quote_fill"), theme.colour(ground))
        assert contrast(ink, tinted) >= 4.5, f"a quotation on {ground}"


def test_a_button_in_the_accent_can_be_read(theme: Theme) -> None:
    assert contrast(theme.colour("card"), theme.colour("accent")) >= 4.5


def test_edges_of_cards_stand_out(theme: Theme) -> None:
    for colour in Colour:
        assert contrast(theme.colour(f"{colour}_edge"), theme.colour("card")) >= 1.8


def test_every_label_has_a_role_in_every_theme(theme: Theme) -> None:
    for label in Label:
        assert theme.colour(label_role(label)).isValid()
    assert label_role(Label.FAC) == label_role(Label.GPE) == "place"
    assert label_role(Label.MONEY) == "date"
    assert label_role(Label.LAW) == "other"


def test_a_theme_cannot_be_changed_through_a_colour_it_gave(theme: Theme) -> None:
    theme.colour("ink").setRed(255)
    assert theme.colour("ink") == theme.colours["ink"]


def test_an_unknown_or_system_theme_follows_the_system(qapp: QApplication) -> None:
    assert resolve("sepia", qapp) == "sepia"
    assert resolve("system", qapp) in THEMES
    assert resolve("no such theme", qapp) in THEMES


def test_bundled_fonts_hold_the_scripts_of_europe(qapp: QApplication) -> None:
    load_fonts()
    for font in (page_font(), interface_font()):
        assert QFontInfo(font).family() in (themes.READING_FAMILY, themes.INTERFACE_FAMILY)
        metrics = QFontMetrics(font)
        for letter in "Aé“”—…şőŽЖяαΩệ–’0123456789€":
            assert metrics.inFontUcs4(ord(letter)), letter


def test_loading_fonts_twice_adds_nothing(qapp: QApplication) -> None:
    load_fonts()
    styles = QFontDatabase.styles(themes.READING_FAMILY)
    load_fonts()
    assert QFontDatabase.styles(themes.READING_FAMILY) == styles


def test_sizes_follow_the_scale_and_the_system(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = QFontMetricsF(page_font(1.0)).height()
    assert QFontMetricsF(page_font(2.0)).height() == pytest.approx(2 * usual, rel=0.05)
    assert interface_font(-2).pointSizeF() < interface_font().pointSizeF()
    assert interface_font(0, QFont.Weight.DemiBold).weight() == QFont.Weight.DemiBold
    small, rules = interface_font().pointSizeF(), themes.style_sheet(THEMES["light"])
    monkeypatch.setattr(themes, "interface_pixels", lambda: 26.0)
    assert interface_font().pointSizeF() == pytest.approx(26 / themes.INTERFACE_SIZE * small, rel=0.3)
    assert themes.style_sheet(THEMES["light"]) != rules


def test_the_palette_is_the_themes_own(qapp: QApplication, theme: Theme) -> None:
    apply_theme(qapp, theme)
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.colour("chrome")
    assert qapp.palette().color(QPalette.ColorRole.WindowText) == theme.colour("ink")
    assert (_luminance(theme.colour("paper")) < 0.2) is theme.dark


def test_no_dollar_sign_is_left_in_the_style_sheet(qapp: QApplication, theme: Theme) -> None:
    assert "$" not in themes.style_sheet(theme)


def test_an_icon_is_tinted_and_faded(qapp: QApplication, theme: Theme) -> None:
    made = icon("search", theme)
    seen = {}
    for mode, state in (("Normal", "Off"), ("Normal", "On"), ("Disabled", "Off")):
        picture = made.pixmap(QSize(18, 18), QIcon.Mode[mode], QIcon.State[state]).toImage()
        inked = [picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())]
        seen[mode, state] = max(inked, key=lambda colour: colour.alpha())
    assert seen["Normal", "Off"].name() != seen["Normal", "On"].name()
    assert seen["Disabled", "Off"].alpha() < seen["Normal", "Off"].alpha()


def test_every_icon_draws_something(qapp: QApplication, theme: Theme) -> None:
    folder = themes.files("resources").joinpath("icons")
    names = [each.name.removesuffix(".svg") for each in folder.iterdir() if each.name.endswith(".svg")]
    assert len(names) > 20
    for name in names:
        picture = icon(name, theme).pixmap(QSize(18, 18)).toImage()
        assert any(
            picture.pixelColor(x, y).alpha() for x in range(picture.width()) for y in range(picture.height())
        ), name
