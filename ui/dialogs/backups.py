"""The copies of the library, to choose one that is to be put back. Shows and asks; touches no file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget

from ui.dates import moment_in_words
from ui.numbers import figures

if TYPE_CHECKING:
    from reader.library.backup import Backup


class BackupDialog(QDialog):
    """A list, the newest copy first; one that can't be read can't be chosen."""

    chosen = Signal(object)  # Backup

    def __init__(self, copies: Sequence[Backup], *, folder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Restore a backup"))
        self._copies = list(copies)
        title = QLabel(self.tr("Which copy of the library is to be put back?"), self)
        title.setProperty("role", "heading")
        words = (
            self.tr(
                "What you wrote since that copy stays in the file of now, which is kept under another name."
            )
            if copies
            else self.tr("There is no copy yet. One is made every day on which you use Scholion.")
        )
        place = self.tr("The copies are in the folder “{}”.").format(folder)
        self.prose = QLabel(f"{words} {place}", self)
        self.prose.setProperty("role", "quiet")
        self.prose.setWordWrap(True)
        self.prose.setTextFormat(Qt.TextFormat.PlainText)
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Copies of the library"))
        for copy in self._copies:
            self.list.addItem(self._line(copy))
            if not copy.is_readable:
                item = self.list.item(self.list.count() - 1)
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
        self.list.setVisible(bool(copies))
        self.restore = QPushButton(self.tr("Restore"), self)
        self.restore.setEnabled(False)
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self._lay_out(title)
        self.list.currentRowChanged.connect(lambda _: self._show_possible())
        self.list.itemDoubleClicked.connect(lambda _: self._choose())
        self.restore.clicked.connect(self._choose)
        self.cancel.clicked.connect(self.reject)
        self.list.setCurrentRow(next((n for n, copy in enumerate(self._copies) if copy.is_readable), -1))
        self._show_possible()

    def _lay_out(self, title: QLabel) -> None:
        ends = QHBoxLayout()
        ends.addStretch(1)
        ends.addWidget(self.cancel)
        ends.addWidget(self.restore)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(10)
        column.addWidget(title)
        column.addWidget(self.prose)
        column.addWidget(self.list, 1)
        column.addLayout(ends)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 76)

    def _line(self, copy: Backup) -> str:

        moment, size = moment_in_words(copy.made), QLocale().formattedDataSize(copy.size, 1)
        if copy.documents is None:
            return self.tr("{moment} · {size} · can’t be read").format(moment=moment, size=size)
        return self.tr("{moment} · {size} · articles: {documents} · highlights and notes: {notes}").format(
            moment=moment, size=size, documents=figures(copy.documents), notes=figures(copy.notes or 0)
        )

    def _selected(self) -> Backup | None:
        row = self.list.currentRow()
        copy = self._copies[row] if 0 <= row < len(self._copies) else None
        return copy if copy is not None and copy.is_readable else None

    def _show_possible(self) -> None:
        self.restore.setEnabled(self._selected() is not None)
        (self.restore if self._selected() else self.cancel).setDefault(True)

    def _choose(self) -> None:
        copy = self._selected()
        if copy is not None:
            self.accept()
            self.chosen.emit(copy)
