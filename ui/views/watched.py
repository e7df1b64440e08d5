"""The watched folders in the settings, each with a way to watch it no longer. Shows and asks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


class WatchedFolders(QFrame):
    """A row a folder."""

    removed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[QFrame] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._empty = QLabel(self.tr("No folder is watched."), self)
        self._column.addWidget(self._empty)

    def show_folders(self, folders: Sequence[str]) -> None:
        """Show these folders in the place of those before."""
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [self._row(folder) for folder in folders]
        for row in self.rows:
            self._column.addWidget(row)
        self._empty.setVisible(not self.rows)

    def _row(self, folder: str) -> QFrame:
        row = QFrame(self)
        name = QLabel(folder, row)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setWordWrap(True)
        stop = QPushButton(self.tr("Stop watching"), row)
        stop.setProperty("role", "link")
        stop.setAccessibleName(self.tr("Stop watching {}").format(folder))
        stop.clicked.connect(partial(self._remove, folder))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(name, 1)
        line.addWidget(stop)
        return row

    def _remove(self, folder: str, *_clicked: bool) -> None:
        self.removed.emit(folder)
