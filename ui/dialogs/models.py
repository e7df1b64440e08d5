"""The choice of a language model: the one that comes along, and those that are installed. Shows and asks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from reader.analysis.languages import NAMES
from reader.analysis.plans import Installed


class ModelDialog(QDialog):
    """A choice is told at once; what to type for another model can be copied."""

    chosen = Signal(str)  # the name or folder, "" for the model that comes along
    copied = Signal(str)

    def __init__(
        self,
        models: Sequence[Installed],
        *,
        chosen: str,
        missing: bool,
        command: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Languages and models"))
        title = QLabel(self.tr("Who finds the names?"), self)
        title.setProperty("role", "heading")
        self.choices: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(8)
        column.addWidget(title)
        rows = [("", self.tr("The model that comes with Scholion (English)"))]
        rows += [(each.place, f"{each.name} ({self._language(each.language)})") for each in models]
        if chosen and chosen not in dict(rows):
            rows.append((chosen, self.tr("{} (not installed)").format(chosen) if missing else chosen))
        for place, words in rows:
            choice = QRadioButton(words, self)
            choice.setChecked(place == chosen)
            choice.setEnabled(not (missing and place == chosen))
            choice.clicked.connect(partial(self._choose, place))
            self._group.addButton(choice)
            self.choices[place] = choice
            column.addWidget(choice)
        column.addSpacing(6)
        column.addWidget(
            self._prose(
                self.tr(
                    "An article in another language is read by a model of that language if one is installed, "
                    "and by general rules otherwise. Quotations in English are found by Scholion’s model."
                )
            )
        )
        column.addWidget(self._prose(self.tr("To install a model, type this in a terminal:")))
        column.addLayout(self._command_row(command))
        column.addSpacing(6)
        self.close_button = QPushButton(self.tr("Close"), self)
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        ends = QHBoxLayout()
        ends.addStretch(1)
        ends.addWidget(self.close_button)
        column.addLayout(ends)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 84)
        self.choices.get(chosen, self.choices[""]).setFocus()

    def _language(self, code: str) -> str:
        return NAMES.get(code, self.tr("any language") if code == "xx" else code)

    def _prose(self, words: str) -> QLabel:
        label = QLabel(words, self)
        label.setProperty("role", "quiet")
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _command_row(self, command: str) -> QHBoxLayout:
        self.command = QLineEdit(command, self)
        self.command.setReadOnly(True)
        self.command.setAccessibleName(self.tr("What to type in a terminal"))
        self.command.setCursorPosition(0)
        copy = QPushButton(self.tr("Copy"), self)
        copy.setAutoDefault(False)
        copy.clicked.connect(lambda: self.copied.emit(self.command.text()))
        self.copy_button = copy
        row = QHBoxLayout()
        row.addWidget(self.command, 1)
        row.addWidget(copy)
        return row

    def _choose(self, place: str, *_clicked: bool) -> None:
        self.chosen.emit(place)
