"""Finding out what can be done: the palette, the list of keys, and what this program is."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ui.actions import ACTIONS, shortcut_text, translated
from ui.dialogs.help import AboutDialog, HelpDialog
from ui.dialogs.palette import CommandPalette, PaletteRow


class Helper(QObject):
    """Shows the action table in three ways."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._actions: Mapping[str, QAction] = {}
        self.palette = CommandPalette(window)
        self.palette.chosen.connect(self._run)

    def use(self, actions: Mapping[str, QAction]) -> None:
        """Take the actions that the palette runs."""
        self._actions = actions

    def show_palette(self) -> None:
        """Show everything that can be done now."""
        rows = [
            PaletteRow(
                row.key, self._actions[row.key].text(), shortcut_text(row), self._actions[row.key].isEnabled()
            )
            for row in ACTIONS
            if row.key != "palette"
        ]
        self.palette.set_rows(rows)
        self.palette.popup()

    def _run(self, key: str) -> None:
        self._actions[key].trigger()

    def show_shortcuts(self) -> None:
        """Show the table of keys."""
        rows = [(translated(row.group), translated(row.title), shortcut_text(row)) for row in ACTIONS]
        dialog = HelpDialog(rows, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def show_about(self) -> None:
        """Show the versions of everything."""
        from reader.versions import versions

        dialog = AboutDialog(versions(), self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
