"""Colours, fonts and icons by role; no widget of Scholion and no number of its layout enters here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from string import Template
from types import MappingProxyType

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QApplication

from reader.model import Label

READING_FAMILY = "Literata"
INTERFACE_FAMILY = "Inter"
READING_SIZE = 17.5  # pixels, where the interface is set in INTERFACE_SIZE
INTERFACE_SIZE = 13.0  # pixels, or the system's own size where that is larger
ICON_SIZE = 18


@dataclass(frozen=True)
class Theme:
    """A set of colours by role. `colour` is the way to read them."""

    name: str
    dark: bool
    colours: Mapping[str, QColor]

    def colour(self, role: str) -> QColor:
        """Return the colour of a role; a role that no theme has is a mistake of ours (KeyError)."""
        return QColor(self.colours[role])


def _theme(name: str, table: str, *, dark: bool = False) -> Theme:
    words = table.split()
    pairs = zip(words[::2], words[1::2], strict=True)
    return Theme(name, dark, MappingProxyType({role: QColor(f"#{value}") for role, value in pairs}))


# Every text role reads at 4.5:1 or better on paper, chrome, card and selection, and ink on every tint.
# Values of eight digits begin with their opacity.
THEMES: Mapping[str, Theme] = MappingProxyType(
    {
        "light": _theme(
            "light",
            """
            paper FCFBF8  chrome F3F1EC  card FFFFFF  hairline E2DED6  selection E4EAF1  hover EAE7E0
            thumb CFCAC0  ink 23211D  soft 5F5A51  faint 6D675C  accent 2F5D8A  shadow 24000000  error A8322A
            person A84B26  organisation 2F5D8A  place 28704F  group 7450A0  date 75611A  other 5F5A51
            quote_fill 142F5D8A  quote_bar 2F5D8A  find F6D36B
            yellow FFE58A  green BFE8C4  blue BBDCF7  pink F5C6DC  orange FFD0A6
            yellow_edge E0B400  green_edge 4C9A5E  blue_edge 3E86C4  pink_edge C95B8F  orange_edge D9812F
            """,
        ),
        "sepia": _theme(
            "sepia",
            """
            paper F6EDDB  chrome ECE1CB  card FBF4E6  hairline D9CBB0  selection DCDDD0  hover E3D7BE
            thumb C6B698  ink 33291C  soft 5F523F  faint 6C5D48  accent 2B5680  shadow 2E3A2A10  error 9C2C24
            person 9A431F  organisation 2B5680  place 24664A  group 6B4894  date 6B5714  other 5F523F
            quote_fill 162B5680  quote_bar 2B5680  find F0C34C
            yellow FADB74  green BEDFB0  blue B5D5E8  pink EFC0CD  orange FBC48F
            yellow_edge C99A00  green_edge 47884F  blue_edge 3A7AB0  pink_edge B8507F  orange_edge C67222
            """,
        ),
        "dark": _theme(
            "dark",
            """
            paper 1C1B19  chrome 23211F  card 282622  hairline 35322E  selection 28323E  hover 2D2A27
            thumb 4A463F  ink E6E1D8  soft B2AB9F  faint 9F978B  accent 8FB8E0  shadow 66000000  error F0938A
            person E9976F  organisation 8FB8E0  place 7CC4A0  group BFA4E6  date D6BF6A  other B2AB9F
            quote_fill 188FB8E0  quote_bar 8FB8E0  find 745700
            yellow 655510  green 24502F  blue 1F4566  pink 5F2C45  orange 6A3D14
            yellow_edge E0B400  green_edge 4C9A5E  blue_edge 4F95D2  pink_edge CC6A98  orange_edge D9812F
            """,
            dark=True,
        ),
    }
)

_ROLES = {
    Label.PERSON: "person",
    Label.ORG: "organisation",
    Label.GPE: "place",
    Label.LOC: "place",
    Label.FAC: "place",
    Label.NORP: "group",
    Label.DATE: "date",
    Label.TIME: "date",
    Label.MONEY: "date",
    Label.PERCENT: "date",
    Label.QUANTITY: "date",
    Label.ORDINAL: "date",
    Label.CARDINAL: "date",
}


def label_role(label: Label) -> str:
    """Return the colour role of a type of names."""
    return _ROLES.get(label, "other")


def resolve(name: str, app: QGuiApplication) -> str:
    """Return the name of the theme to show; "system", or an unknown name, follows the system."""
    if name in THEMES:
        return name
    return "dark" if app.styleHints().colorScheme() is Qt.ColorScheme.Dark else "light"


# ---------------------------------------------------------------- fonts


def load_fonts() -> None:
    """Register the bundled fonts with the application, once; a missing one falls back to the system's."""
    present = set(QFontDatabase.families())
    for file in sorted(files("resources").joinpath("fonts").iterdir(), key=lambda each: each.name):
        if file.name.endswith(".ttf") and not {file.name.partition("-")[0]} & present:
            QFontDatabase.addApplicationFontFromData(QByteArray(file.read_bytes()))


def interface_pixels() -> float:
    """Return the size of the interface's text in device-independent pixels, following the system's font."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    return max(INTERFACE_SIZE, float(QFontInfo(system).pixelSize()))


def _points(pixels: float) -> float:
    """Pixels as points of the screen: the only font size of Qt that need not be whole."""
    screen = QGuiApplication.primaryScreen()
    return pixels * 72 / (screen.logicalDotsPerInchY() if screen is not None else 96)


def interface_font(size_delta: float = 0, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the font of the interface; `size_delta` in pixels at the usual size of 13."""
    font = QFont()
    font.setFamilies(
        [INTERFACE_FAMILY, QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()]
    )
    font.setPointSizeF(_points(interface_pixels() * (INTERFACE_SIZE + size_delta) / INTERFACE_SIZE))
    font.setWeight(weight)
    return font


def page_font(scale: float = 1.0) -> QFont:
    """Return the font of the text that is read; `scale` is the reader's own choice, 1 is the usual size."""
    font = QFont()
    font.setFamilies([READING_FAMILY, "Georgia", "serif"])
    font.setStyleHint(QFont.StyleHint.Serif)
    font.setPointSizeF(_points(READING_SIZE * scale * interface_pixels() / INTERFACE_SIZE))
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font


# ---------------------------------------------------------------- the look of stock widgets

_PALETTE = {
    QPalette.ColorRole.Window: "chrome",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "card",
    QPalette.ColorRole.AlternateBase: "chrome",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.Button: "chrome",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.BrightText: "error",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "card",
    QPalette.ColorRole.PlaceholderText: "faint",
    QPalette.ColorRole.ToolTipBase: "card",
    QPalette.ColorRole.ToolTipText: "ink",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "group",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Light: "card",
    QPalette.ColorRole.Midlight: "chrome",
    QPalette.ColorRole.Mid: "hairline",
    QPalette.ColorRole.Dark: "soft",
    QPalette.ColorRole.Shadow: "shadow",
}


def palette(theme: Theme) -> QPalette:
    """Return the theme as Qt's palette, for everything that is drawn without the style sheet."""
    made = QPalette()
    for role, name in _PALETTE.items():
        made.setColor(role, theme.colour(name))
        if name == "ink":
            made.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("faint"))
    return made


def style_sheet(theme: Theme) -> str:
    """Return the one style sheet of the application, in the theme's colours and the system's sizes."""
    template = Template(files("resources").joinpath("themes", "window.qss").read_text("utf-8"))
    unit = interface_pixels() / INTERFACE_SIZE
    mark = 2 * round(7 * unit)
    dot = max(3, mark // 3)
    sizes = {
        "small": round(12 * unit),
        "large": round(16 * unit),
        "chip": round(10 * unit),
        "mark": mark,
        "mark_radius": mark // 2 + 1,
        "dot": dot,
        "hole": mark + 2 - 2 * dot,
        "check": str(files("resources").joinpath("icons", f"tick_{theme.name}.svg")).replace("\\", "/"),
    }
    colours = {role: colour.name() for role, colour in theme.colours.items()}
    return template.substitute(colours, **sizes)


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Dress the whole application in `theme`; safe to call again with another."""
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    load_fonts()
    app.setFont(interface_font())
    app.setPalette(palette(theme))
    app.setStyleSheet(style_sheet(theme))


# ---------------------------------------------------------------- icons


def _drawing(name: str) -> str:
    return files("resources").joinpath("icons", f"{name}.svg").read_text("utf-8")


def _drawn(drawing: str, colour: QColor, size: int, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(drawing.replace("#000000", colour.name()).encode()))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(colour.alphaF())
    renderer.render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(name: str, theme: Theme, *, on: bool = False) -> QIcon:
    """Return a line icon: soft, in the accent where it is checked or `on`, faded where it is disabled.

    It is drawn once for every pixel ratio among the screens, so that it is crisp on each.
    """
    made = QIcon()
    drawing = _drawing(name)
    size = round(ICON_SIZE * interface_pixels() / INTERFACE_SIZE)
    resting, accent, faded = (
        theme.colour("accent" if on else "soft"),
        theme.colour("accent"),
        theme.colour("soft"),
    )
    faded.setAlphaF(0.45)
    for ratio in sorted({screen.devicePixelRatio() for screen in QGuiApplication.screens()} | {1.0}):
        disabled = _drawn(drawing, faded, size, ratio)
        made.addPixmap(_drawn(drawing, resting, size, ratio))
        made.addPixmap(_drawn(drawing, accent, size, ratio), QIcon.Mode.Normal, QIcon.State.On)
        made.addPixmap(disabled, QIcon.Mode.Disabled, QIcon.State.Off)
        made.addPixmap(disabled, QIcon.Mode.Disabled, QIcon.State.On)
    return made
