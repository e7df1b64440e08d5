"""What stands in the place of what is in the library while that can't be read: why, and the ways on."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


def away_in_words() -> str:
    """Return the sentence that is said wherever something of the library would be seen."""
    return QCoreApplication.translate(
        "Away", "The library can’t be read at the moment; Scholion has changed nothing in it."
    )


class Away(QFrame):
    """One quiet sentence, and under it what a person can do."""

    again_requested = Signal()
    settings_requested = Signal()

    def __init__(self, parent: QWidget, further: str = "") -> None:
        """Make it; `further` is said after the sentence, where there is room."""
        super().__init__(parent)
        self.again, self.settings = self._link(self.tr("Try again")), self._link(self.tr("Settings"))
        self.again.clicked.connect(self.again_requested)
        self.settings.clicked.connect(self.settings_requested)
        ways = QHBoxLayout()
        ways.setSpacing(14)
        ways.addStretch(1)
        ways.addWidget(self.again)
        ways.addWidget(self.settings)
        ways.addStretch(1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(7)
        for words in filter(None, (away_in_words(), further)):
            self.column.addWidget(self._sentence(words))
        self.column.addLayout(ways)

    def _sentence(self, words: str) -> QLabel:
        label = QLabel(words, self)
        label.setProperty("role", "quiet")
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setWordWrap(True)
        return label

    def _link(self, words: str) -> QPushButton:
        link = QPushButton(words, self)
        link.setProperty("role", "link")
        return link

    def offer_again(self, offered: bool) -> None:
        """Offer to try again, unless what keeps the library away ends by itself."""
        self.again.setVisible(offered)
