"""What a view of the library shows in place of itself while the library can't be read."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.panels.away import Away
from ui.theme import Theme
from ui.views.heading import Heading

WIDEST = 540  # of the sentence, in pixels


class AwayView(QFrame):
    """The view's title, and the sentence in the middle."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("view")
        self.heading = Heading("", "", self)
        self.heading.remark.hide()
        self.heading.closed.connect(self.closed)
        self.away = Away(self, self.tr("What is in it stands here again as soon as it can be read."))
        self.away.setMaximumWidth(WIDEST)
        self.away.column.insertStretch(0, 1)
        self.away.column.addStretch(1)
        self.setFocusProxy(self.away.again)
        across = QHBoxLayout()
        across.setContentsMargins(28, 0, 28, 60)
        across.addStretch(1)
        across.addWidget(self.away, 100)
        across.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.heading)
        column.addLayout(across, 1)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.heading.set_theme(theme)

    def show_title(self, title: str) -> None:
        """Stand in the place of the view of this title."""
        self.heading.title.setText(title)
        self.setAccessibleName(title)
