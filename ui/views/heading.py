"""The head of a view: what it is, one quiet line under that, and room for what can be done at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ui.theme import Theme, icon, page_font


class Heading(QWidget):
    """A title in the reading face, a remark, and the way back to the article."""

    closed = Signal()  # back to the article

    def __init__(self, title: str, remark: str, parent: QWidget, *, inset: bool = True) -> None:
        """Make it with room around it, or with none where what it is in has it."""
        super().__init__(parent)
        self.title = QLabel(title, self)
        font = page_font(24 / 17.5)
        font.setWeight(QFont.Weight.DemiBold)
        self.title.setFont(font)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.remark = QLabel(remark, self)
        self.remark.setProperty("role", "quiet")
        self.remark.setTextFormat(Qt.TextFormat.PlainText)
        self.remark.setWordWrap(True)
        self.close_button = QToolButton(self)
        self.close_button.setObjectName("barButton")
        self.close_button.setToolTip(self.tr("Back to the article (Esc)"))
        self.close_button.setAccessibleName(self.tr("Back to the article"))
        self.close_button.clicked.connect(self.closed)
        self.tools = QHBoxLayout()  # what a view puts at the right
        self.tools.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addLayout(self.tools)
        top.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*((28, 22, 16, 10) if inset else (0, 0, 0, 0)))
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.remark)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.close_button.setIcon(icon("close", theme))

    def say(self, remark: str) -> None:
        """Put another line under the title."""
        self.remark.setText(remark)
