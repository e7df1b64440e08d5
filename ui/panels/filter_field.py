"""The field above a list that narrows it. Knows nothing of the list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit


class FilterField(QLineEdit):
    """A field that Escape empties first, and from which the arrow down and Enter lead into the list."""

    left_down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead into the list, or empty the field."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
