"""What can be set, in sections, and where things are kept. Shows and asks; keeps nothing itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.panels.flow import FlowLayout
from ui.theme import Theme
from ui.views.heading import Heading

WIDEST = 720  # of the sections, in pixels: longer lines are hard to read


class Section(QFrame):
    """A heading, and under it what can be set, each with a quiet line that says what it does."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        heading = QLabel(title, self)
        heading.setProperty("role", "heading")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(18, 14, 18, 16)
        self._column.setSpacing(8)
        self._column.addWidget(heading)

    def say(self, words: str = "") -> QLabel:
        """Add a quiet line, whose words can be changed and copied."""
        label = QLabel(words, self)
        label.setProperty("role", "quiet")
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column.addWidget(label)
        return label

    def check(self, words: str, remark: str = "") -> QCheckBox:
        """Add something that is on or off."""
        box = QCheckBox(words, self)
        self._column.addWidget(box)
        if remark:
            box.setAccessibleDescription(remark)
            self.say(remark).setContentsMargins(28, 0, 0, 0)
        return box

    def choose(self, choices: Sequence[tuple[str, str]]) -> dict[str, QRadioButton]:
        """Add a choice of one among several, each with its words; return the buttons by their keys."""
        group = QButtonGroup(self)
        row = FlowLayout(spacing=14)
        made = {}
        for key, words in choices:
            made[key] = QRadioButton(words, self)
            group.addButton(made[key])
            row.addWidget(made[key])
        self._column.addLayout(row)
        return made

    def buttons(self, *words: str) -> list[QPushButton]:
        """Add buttons in a row, or in several where it is narrow."""
        row = FlowLayout(spacing=10)
        made = [QPushButton(each, self) for each in words]
        for button in made:
            row.addWidget(button)
        self._column.addLayout(row)
        return made

    def add(self, widget: QWidget) -> None:
        """Add a widget of one's own."""
        self._column.addWidget(widget)


class SettingsView(QFrame):
    """The sections, one under the other."""

    refresh_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("view")
        self.setAccessibleName(self.tr("Settings"))
        self.sections: list[Section] = []
        self.heading = Heading(self.tr("Settings"), self.tr("What you change here holds at once."), self)
        self.heading.closed.connect(self.closed)
        inside = QWidget(self)
        inside.setObjectName("viewInside")
        column = QWidget(inside)
        column.setMaximumWidth(WIDEST)
        column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._list = QVBoxLayout(column)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(12)
        self._list.addStretch(1)
        row = QHBoxLayout(inside)
        row.setContentsMargins(28, 6, 24, 24)
        row.addWidget(column, 1)
        row.addStretch(0)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.heading)
        whole.addWidget(self.area, 1)
        self.setFocusProxy(self.area)

    def section(self, title: str) -> Section:
        """Put a section under those there are."""
        made = Section(title, self)
        self._list.insertWidget(len(self.sections), made)
        self.sections.append(made)
        return made

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.heading.set_theme(theme)

    def refresh(self) -> None:
        """Ask for how things are now."""
        self.refresh_requested.emit()
