"""The table of keys, and what this program is made of. Both show what they are given."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)


class HelpDialog(QDialog):
    """Every action with its keys, by group, and a field that searches them."""

    def __init__(self, rows: Iterable[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys and actions"))
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Search actions and keys"))
        self.field.setAccessibleName(self.tr("Search actions and keys"))
        self._rows: list[tuple[str, str, str, QLabel, QLabel]] = []
        self._headings: dict[str, QLabel] = {}
        table = QWidget(self)
        table.setObjectName("helpTable")
        grid = QGridLayout(table)
        grid.setContentsMargins(4, 0, 12, 8)
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(0, 1)
        for group, title, keys in rows:
            if group not in self._headings:
                heading = self._label(group, "faint")
                heading.setContentsMargins(0, 12, 0, 2)
                grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
                self._headings[group] = heading
            words, shortcut = self._label(title, ""), self._label(keys, "quiet")
            shortcut.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            line = grid.rowCount()
            grid.addWidget(words, line, 0)
            grid.addWidget(shortcut, line, 1)
            self._rows.append((group, title, keys, words, shortcut))
        grid.setRowStretch(grid.rowCount(), 1)
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setWidget(table)
        self.nothing = self._label(self.tr("Nothing is called that. Try fewer letters."), "quiet")
        self.nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 12, 14)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.nothing)
        column.addWidget(self.area, 1)
        letter = self.fontMetrics().averageCharWidth()
        self.resize(letter * 74, letter * 88)
        self.field.textChanged.connect(self._search)
        self.field.setFocus()

    def _label(self, words: str, role: str) -> QLabel:
        label = QLabel(words, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            label.setProperty("role", role)
        return label

    def shown(self) -> list[str]:
        """Return the titles that match what is searched."""
        return [title for _, title, _, words, _ in self._rows if not words.isHidden()]

    def _search(self, text: str) -> None:
        wanted = text.casefold().split()
        groups = set()
        for group, title, keys, words, shortcut in self._rows:
            found = all(word in f"{group} {title} {keys}".casefold() for word in wanted)
            words.setVisible(found)
            shortcut.setVisible(found)
            if found:
                groups.add(group)
        for group, heading in self._headings.items():
            heading.setVisible(group in groups)
        self.nothing.setVisible(not groups)


class AboutDialog(QDialog):
    """What this program is, and the versions of what it is made of."""

    def __init__(self, versions: Iterable[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Scholion"))
        pairs = list(versions)
        title = QLabel("Scholion", self)
        title.setProperty("role", "heading")
        what = QLabel(
            self.tr(
                "An offline reader: who is named, who said what, and your own notes in the margin. "
                "Nothing leaves this machine."
            ),
            self,
        )
        what.setWordWrap(True)
        table = QGridLayout()
        table.setHorizontalSpacing(20)
        table.setVerticalSpacing(3)
        for line, (name, version) in enumerate(pairs):
            for place, words in enumerate((name, version)):
                label = QLabel(words, self)
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setProperty("role", "quiet")
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                table.addWidget(label, line, place)
        table.setColumnStretch(1, 1)
        self.copy = QPushButton(self.tr("Copy the versions"), self)
        self.close_button = QPushButton(self.tr("Close"), self)
        self.close_button.setDefault(True)
        ends = QHBoxLayout()
        ends.addWidget(self.copy)
        ends.addStretch(1)
        ends.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(what)
        column.addLayout(table)
        column.addSpacing(6)
        column.addLayout(ends)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 58)
        self._words = "\n".join(f"{name} {version}" for name, version in pairs)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._words))
        self.close_button.clicked.connect(self.accept)
