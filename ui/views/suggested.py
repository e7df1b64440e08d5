"""Who may be the same person, asked quietly: one line for each, to be merged or refused. Decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from reader.text import one_line
from ui.numbers import figures

if TYPE_CHECKING:
    from reader.suggesting import Suggestion


class SuggestionLine(QFrame):
    """One suggestion with its reason."""

    accepted = Signal(object)  # Suggestion
    refused = Signal(object)  # Suggestion
    person_requested = Signal(str)

    def __init__(self, suggestion: Suggestion, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("suggestion")
        person = suggestion.person
        inside = self.tr("{} article") if person.documents == 1 else self.tr("{} articles")
        words = self.tr("Perhaps also {} ({}): {}.").format(
            one_line(person.name), inside.format(figures(person.documents)), suggestion.reason
        )
        self.words = QLabel(words, self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.words.setSizePolicy(policy)
        self.merge, self.look, self.no = (
            QPushButton(text, self) for text in (self.tr("Merge"), self.tr("Look"), self.tr("No"))
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 6, 4)
        row.setSpacing(4)
        row.addWidget(self.words, 1)
        for button, name in (
            (self.merge, self.tr("Merge with {}")),
            (self.look, self.tr("Look at {}")),
            (self.no, self.tr("{} is another person")),
        ):
            button.setProperty("role", "link")
            button.setAccessibleName(name.format(one_line(person.name)))
            button.setToolTip(button.accessibleName())
            row.addWidget(button)
        self.merge.clicked.connect(lambda: self.accepted.emit(suggestion))
        self.look.clicked.connect(lambda: self.person_requested.emit(person.name))
        self.no.clicked.connect(lambda: self.refused.emit(suggestion))


class SuggestionRow(QWidget):
    """The suggestions under each other; no room is taken where there is none."""

    accepted = Signal(object)
    refused = Signal(object)
    person_requested = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[SuggestionLine] = []
        self._shown: tuple[Suggestion, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    def show_suggestions(self, several: Sequence[Suggestion]) -> None:
        """Show these."""
        if self._shown == tuple(several):
            return
        self._shown = tuple(several)
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [SuggestionLine(each, self) for each in several]
        for line in self.lines:
            line.accepted.connect(self.accepted)
            line.refused.connect(self.refused)
            line.person_requested.connect(self.person_requested)
            self._column.addWidget(line)
        self.setVisible(bool(several))
