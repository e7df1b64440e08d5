"""What the reader prefers: theme, size, layers, panels, window; changed at once, on disk soon after."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from reader.errors import ReaderError
from reader.settings import Settings, save_settings

SAVE_MS = 500
SCALES = (0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6, 1.8, 2.0, 2.4, 2.8)
MEASURES = (40, 48, 56, 62, 68, 74, 80, 90, 100)
THEME_ORDER = ("light", "sepia", "dark")
MOST_RECENT = 12


class Preferences(QObject):
    """Holds the settings; every change is one new value of them."""

    changed = Signal(object, object)  # the settings before and after
    problem = Signal(object, str)

    def __init__(self, settings: Settings, path: Path, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self._path = path
        self._dirty = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SAVE_MS)
        self._later.timeout.connect(self.save)

    def change(self, **wanted: Any) -> None:
        """Change some settings, tell everyone, and save soon."""
        before = self.settings
        self.settings = replace(before, **wanted)
        if self.settings != before:
            self._dirty = True
            self._later.start()
            self.changed.emit(before, self.settings)

    def save(self) -> None:
        """Put the settings on disk."""
        if not self._dirty:
            return
        self._later.stop()
        self._dirty = False
        try:
            save_settings(self._path, self.settings)
        except ReaderError as error:
            self.problem.emit(error, "warning")

    def remember_recent(self, files: list[str]) -> None:
        """Put files at the head of the recent ones."""
        rest = [name for name in self.settings.recent if name not in files]
        self.change(recent=tuple([*files, *rest][:MOST_RECENT]))

    def step_scale(self, way: int) -> None:
        """Set the text one step larger (1), smaller (-1), or in its normal size (0)."""
        self.change(text_scale=_step(SCALES, self.settings.text_scale, way) if way else 1.0)

    def step_measure(self, way: int) -> None:
        """Make the lines one step longer (1) or shorter (-1)."""
        self.change(measure=int(_step(MEASURES, self.settings.measure, way)))

    def next_theme(self, shown: str) -> None:
        """Go from the theme that is shown to the next one."""
        self.change(theme=THEME_ORDER[(THEME_ORDER.index(shown) + 1) % len(THEME_ORDER)])


def _step(values: tuple[float, ...], present: float, way: int) -> float:
    nearest = min(range(len(values)), key=lambda index: abs(values[index] - present))
    return values[max(0, min(len(values) - 1, nearest + way))]
