"""A name is asked for, of a collection or a tag, or a line that describes it. Shows and asks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget


class NameDialog(QDialog):
    """One field; ``keep(words)`` returns "" when they were kept, or else why not; some `may_be_empty`."""

    def __init__(
        self,
        title: str,
        remark: str,
        words: str,
        keep: Callable[[str], str],
        parent: QWidget,
        *,
        may_be_empty: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._keep, self._may_be_empty = keep, may_be_empty
        heading = QLabel(title, self)
        heading.setProperty("role", "heading")
        heading.setTextFormat(Qt.TextFormat.PlainText)
        quiet = QLabel(remark, self)
        quiet.setProperty("role", "quiet")
        quiet.setWordWrap(True)
        self.field = QLineEdit(words, self)
        self.field.setAccessibleName(title)
        self.field.setMinimumWidth(self.fontMetrics().averageCharWidth() * 44)
        self.field.selectAll()
        self.error = QLabel(self)
        self.error.setProperty("role", "error")
        self.error.setTextFormat(Qt.TextFormat.PlainText)
        self.error.setWordWrap(True)
        self.save = QPushButton(self.tr("Save"), self)
        self.save.setDefault(True)
        cancel = QPushButton(self.tr("Cancel"), self)
        cancel.setAutoDefault(False)
        ends = QHBoxLayout()
        ends.setSpacing(10)
        ends.addWidget(self.error, 1)
        ends.addWidget(cancel)
        ends.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 18, 18)
        column.setSpacing(6)
        column.addWidget(heading)
        column.addWidget(quiet)
        column.addSpacing(6)
        column.addWidget(self.field)
        column.addSpacing(10)
        column.addLayout(ends)
        self.field.textChanged.connect(self._check)
        self.save.clicked.connect(self._on_save)
        cancel.clicked.connect(self.reject)
        self._check()
        self.field.setFocus()

    def _check(self) -> None:
        self.error.clear()
        self.save.setEnabled(self._may_be_empty or bool(self.field.text().strip()))

    def _on_save(self) -> None:
        refused = self._keep(self.field.text())
        if refused:
            self.error.setText(refused)
            self.field.setFocus()
        else:
            self.accept()
