"""What the reader prefers as the window shows it: theme, type, layers and panels, and the keys for these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

from reader.settings import Settings
from ui.actions import set_icons
from ui.frame import Frame
from ui.page.marks import Layers
from ui.preferences import Preferences
from ui.theme import THEMES, Theme, apply_theme, icon, resolve


class Themed(Protocol):
    """Something beside the frame that has the theme's colours."""

    def set_theme(self, theme: Theme) -> None:
        """Take them."""


class Dresser(QObject):
    """Brings the window in line with the settings."""

    def __init__(
        self, app: QApplication, preferences: Preferences, frame: Frame, *, themed: Sequence[Themed]
    ) -> None:
        super().__init__(frame)
        self._app, self._preferences, self._frame, self._themed = app, preferences, frame, themed
        self._actions: Mapping[str, QAction] = {}

    def use(self, actions: Mapping[str, QAction]) -> None:
        """Show everything as it is preferred, in these actions too, and follow from now on."""
        self._actions = actions
        self.show(None, self._preferences.settings)
        self._preferences.changed.connect(self.show)

    def show(self, before: Settings | None, after: Settings) -> None:
        """Show what has changed."""
        frame, page, actions = self._frame, self._frame.page, self._actions
        if before is None or before.theme != after.theme:
            theme = THEMES[resolve(after.theme, self._app)]
            apply_theme(self._app, theme)
            frame.set_theme(theme)
            for part in self._themed:
                part.set_theme(theme)
            set_icons(actions, lambda name: icon(name, theme))
        if before is None or (before.text_scale, before.measure) != (after.text_scale, after.measure):
            page.set_type(scale=after.text_scale, measure=after.measure)
        shown = Layers.NONE
        for key, on, layer in (
            ("names", after.show_names, Layers.NAMES),
            ("quotes", after.show_quotes, Layers.QUOTES),
            ("highlights", after.show_highlights, Layers.HIGHLIGHTS),
        ):
            actions[key].setChecked(on)
            shown |= layer if on else Layers.NONE
        page.show_layers(shown)
        frame.area.minimap.refresh()
        frame.show_panels(library=after.left_panel, findings=after.right_panel)
        actions["library_panel"].setChecked(after.left_panel)
        actions["findings_panel"].setChecked(after.right_panel)

    def toggle(self, setting: str) -> None:
        """Turn a setting that is on or off."""
        self._preferences.change(**{setting: not getattr(self._preferences.settings, setting)})

    def toggle_panel(self, setting: str, panel: QWidget) -> None:
        """Show a panel at a side, or fold it away."""
        settings = self._preferences.settings
        wanted = self._frame.ask_for(panel)
        if wanted == getattr(settings, setting):  # there was no room for it; now it is asked for all the same
            self._frame.show_panels(library=settings.left_panel, findings=settings.right_panel)
        self._preferences.change(**{setting: wanted})

    def go_to_tab(self, tab: str) -> None:
        """Show a panel of the findings and give it the keyboard."""
        findings = self._frame.findings
        self._frame.middle.show_page()
        if not findings.isVisible():
            self.toggle_panel("right_panel", findings)
        findings.show_tab(tab)
        findings.focus_list()
