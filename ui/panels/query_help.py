"""What can be typed to search: a card of examples, each of which can be clicked. Knows no library."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QWidget


class QueryHelp(QFrame):
    """Examples at the left, what they find at the right."""

    example_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("card")
        self.setAccessibleName(self.tr("How to search"))
        rows = (
            ("harbour tide", self.tr("both words, in any order, in an article or your notes on it")),
            ('"sea wall"', self.tr("these words one after the other")),
            ("harb*", self.tr("words that begin so")),
            ("NEAR(pier tide, 5)", self.tr("with at most five words between them")),
            ("pier OR jetty", self.tr("one of them; parentheses keep things together")),
            ("pier NOT tide", self.tr("one without the other")),
            ("person:quill", self.tr("articles that name this person")),
            ("speaker:quill said:wall", self.tr("what this person says of it")),
            ("tag:claim", self.tr("so tagged, or with a tag inside it")),
            ("collection:essay", self.tr("in this collection, or one inside it")),
            ("date:2020..2022", self.tr("of these years; also 2021-03, >2021")),
            ("type:pdf state:unread", self.tr("of this type, not read yet")),
            ("by:roe", self.tr("with this name in the byline")),
            ("pier in:note", self.tr("in notes alone; or text, quote, title, person, tag")),
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 18, 14)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        title = QLabel(self.tr("How to search"), self)
        title.setProperty("role", "heading")
        title.setContentsMargins(4, 0, 0, 6)
        grid.addWidget(title, 0, 0, 1, 2)
        self.examples: list[QPushButton] = []
        for number, (example, meaning) in enumerate(rows, 1):
            button = QPushButton(example, self)
            button.setProperty("role", "link")
            button.setAccessibleDescription(meaning)
            button.clicked.connect(lambda _=False, example=example: self._choose(example))
            words = QLabel(meaning, self)
            words.setProperty("role", "quiet")
            words.setWordWrap(True)
            words.setMinimumWidth(290)
            words.setContentsMargins(0, 2, 0, 0)
            grid.addWidget(button, number, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, number, 1)
            self.examples.append(button)
        last = QLabel(self.tr("Case and accents do not matter. Click an example to try it."), self)
        last.setProperty("role", "faint")
        last.setContentsMargins(4, 8, 0, 0)
        grid.addWidget(last, len(rows) + 1, 0, 1, 2)

    def open_at(self, widget: QWidget) -> None:
        """Open under a widget, inside the screen."""
        self.adjustSize()
        at = widget.mapToGlobal(QPoint(0, widget.height() + 4))
        room = widget.screen().availableGeometry()
        at.setX(max(room.left(), min(at.x(), room.right() - self.width())))
        at.setY(max(room.top(), min(at.y(), room.bottom() - self.height())))
        self.move(at)
        self.show()
        self.examples[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def _choose(self, example: str) -> None:
        self.close()
        self.example_chosen.emit(example)
