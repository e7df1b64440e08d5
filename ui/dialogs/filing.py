"""The tags of articles as a whole, and how far one is with them. Shows and asks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from reader.model import ReadingState
from ui.dialogs.tags import TagField, TagRoom
from ui.numbers import figures

AS_IT_IS = "as it is"


class FilingDialog(QDialog):
    """Tags that all of the articles have, and their state; `state` is None where it follows the reading.

    Of several articles the state is changed only when one is chosen.
    """

    save_requested = Signal(tuple, object)  # tags; ReadingState, None, or AS_IT_IS

    def __init__(
        self,
        count: int,
        tags: Sequence[str],
        state: ReadingState | None,
        known: Sequence[str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = (
            self.tr("Tags of this article")
            if count == 1
            else self.tr("Tags of {} articles").format(figures(count))
        )
        self.setWindowTitle(words)
        self.tags = TagField(self)
        self.tags.set_tags(tags, known)
        self._states = QButtonGroup(self)
        self.states: dict[object, QRadioButton] = {}
        row = QHBoxLayout()
        row.setSpacing(14)
        for value, title in self._titles(count).items():
            button = QRadioButton(title, self)
            button.setChecked(value == (state if count == 1 else AS_IT_IS))
            self._states.addButton(button)
            self.states[value] = button
            row.addWidget(button)
        row.addStretch(1)
        self.save = QPushButton(self.tr("Save"), self)
        self.save.setDefault(True)
        self.save.setAutoDefault(False)  # Enter in the field makes a pill
        self._lay_out(words, count, row)
        self.save.clicked.connect(self._on_save)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._on_save)
        self.tags.setFocus()

    def _titles(self, count: int) -> dict[object, str]:
        titles: dict[object, str] = {
            None: self.tr("As it was read"),
            ReadingState.UNREAD: self.tr("Unread"),
            ReadingState.READING: self.tr("Reading"),
            ReadingState.READ: self.tr("Read"),
        }
        return titles if count == 1 else {AS_IT_IS: self.tr("As they are"), **titles}

    def _lay_out(self, words: str, count: int, states: QHBoxLayout) -> None:
        heading = QLabel(words, self)
        heading.setProperty("role", "heading")
        remark = QLabel(self.tr("A tag like money/budget stands under money in the codebook."), self)
        if count > 1:
            remark.setText(self.tr("Those that all of them have are shown; others of theirs stay."))
        remark.setProperty("role", "quiet")
        remark.setWordWrap(True)
        frame = QFrame(self)
        frame.setObjectName("card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(10, 8, 10, 8)
        inside.addWidget(TagRoom(self.tags, frame))
        cancel = QPushButton(self.tr("Cancel"), self)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        ends = QHBoxLayout()
        ends.setSpacing(10)
        ends.addStretch(1)
        ends.addWidget(cancel)
        ends.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 18, 18)
        column.setSpacing(6)
        column.addWidget(heading)
        column.addWidget(remark)
        column.addSpacing(6)
        column.addWidget(frame)
        column.addSpacing(8)
        column.addLayout(states)
        column.addSpacing(12)
        column.addLayout(ends)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 74)

    def _on_save(self) -> None:
        chosen = next((value for value, button in self.states.items() if button.isChecked()), AS_IT_IS)
        self.save_requested.emit(self.tags.tags(), chosen)
        self.accept()
