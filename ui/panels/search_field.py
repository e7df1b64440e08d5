"""The one field that searches the library, with a star that keeps the search and a way to the help."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from ui.panels.filter_field import FilterField
from ui.theme import Theme, icon


class SearchField(FilterField):
    """A field with the keys that lead to it written at its end, while it is empty."""

    keep_requested = Signal()
    help_requested = Signal()

    def __init__(self, parent: QWidget, hint: str) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self._kept = False
        self._hint = QLabel(hint, self)
        self._hint.setProperty("role", "faint")
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.star = self._button(self.tr("Keep this search"))
        self.star.clicked.connect(self.keep_requested)
        self.help = self._button(self.tr("How to search"))
        self.help.clicked.connect(self.help_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 5, 0)
        row.setSpacing(0)
        row.addStretch(1)
        for widget in (self._hint, self.star, self.help):
            row.addWidget(widget)
        self.textChanged.connect(self._fit)
        self.setClearButtonEnabled(False)
        self._fit()

    def _button(self, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("quietButton")
        button.setCursor(Qt.CursorShape.ArrowCursor)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(words)
        button.setAccessibleName(words)
        return button

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme
        self.help.setIcon(icon("help", theme))
        self._show_star()

    def show_kept(self, kept: bool) -> None:
        """Fill the star where the search is among those that are kept."""
        self._kept = kept
        self._show_star()

    def _show_star(self) -> None:
        words = self.tr("Keep this search no longer") if self._kept else self.tr("Keep this search")
        self.star.setToolTip(words)
        self.star.setAccessibleName(words)
        if self._theme is not None:
            self.star.setIcon(icon("star_full" if self._kept else "star", self._theme, on=self._kept))

    def _fit(self) -> None:
        searching = bool(self.text())
        self._hint.setVisible(not searching and self.width() >= 190)
        self.star.setVisible(bool(self.text().strip()))
        taken = self.help.sizeHint().width() + (self.star.sizeHint().width() if searching else 0)
        self.setTextMargins(0, 0, taken, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the keys out where they would cover the words."""
        super().resizeEvent(event)
        self._fit()
