"""The middle of the window: the page, the map beside it, and the field for finding words in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from reader.document import Span
from ui.numbers import figures
from ui.page.find import MOST, Folded
from ui.page.minimap import Minimap
from ui.page.view import PageView


class FindBar(QFrame):
    """A field, what was found, and the way from one to the next."""

    words_changed = Signal(str)
    next_requested = Signal(int)  # +1 or -1
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Find in the article"))
        self.field.setAccessibleName(self.tr("Find in the article"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self.words_changed)
        self.field.installEventFilter(self)
        self.told = QLabel(self)
        self.told.setObjectName("quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.addWidget(self.field, 1)
        row.addWidget(self.told)
        for text, tip, step in (
            ("‹", self.tr("The one before (Shift+Enter)"), -1),
            ("›", self.tr("The next one (Enter)"), 1),
        ):
            button = QToolButton(self)
            button.setText(text)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.clicked.connect(lambda _=False, step=step: self.next_requested.emit(step))
            row.addWidget(button)
        close = QToolButton(self)
        close.setText("×")
        close.setToolTip(self.tr("Close (Esc)"))
        close.setAccessibleName(self.tr("Close"))
        close.clicked.connect(self.closed)
        row.addWidget(close)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on, Shift+Enter back, Escape closes."""
        if event.type() is QEvent.Type.KeyPress:
            pressed = cast(QKeyEvent, event)
            if pressed.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                back = pressed.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.next_requested.emit(-1 if back else 1)
                return True
            if pressed.key() == Qt.Key.Key_Escape:
                self.closed.emit()
                return True
        return super().eventFilter(watched, event)


class PageArea(QWidget):
    """Page, map and find bar as one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = PageView(self)
        self.minimap = Minimap(self.page, self)
        self.find_bar = FindBar(self)
        self.find_bar.hide()
        self.nothing = QLabel(self.page.viewport())
        self.nothing.setProperty("role", "quiet")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        self.nothing.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.nothing.hide()
        inside = QVBoxLayout(self.page.viewport())
        inside.setContentsMargins(40, 40, 40, 40)
        inside.addWidget(self.nothing, 1)
        self.setFocusProxy(self.page)
        self._folded: Folded | None = None
        self._found: list[Span] = []
        self._current = -1
        self._matches: tuple[Span, ...] = ()  # of a search of the library
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.page, 1)
        row.addWidget(self.minimap)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.find_bar)
        column.addLayout(row, 1)
        self._search_later = QTimer(self)
        self._search_later.setSingleShot(True)
        self._search_later.setInterval(80)
        self._search_later.timeout.connect(self._search)
        self.find_bar.words_changed.connect(lambda _: self._search_later.start())
        self.find_bar.next_requested.connect(self.find_next)
        self.find_bar.closed.connect(self.close_find)
        self.minimap.place_requested.connect(lambda span: self.page.go_to(span, always=True))

    def say_nothing_is_open(self, sentence: str) -> None:
        """Say on the empty page what to do next; "" where there is an article."""
        self.nothing.setText(sentence)
        self.nothing.setVisible(bool(sentence))

    def forget_text(self) -> None:
        """Another document is shown: what was found in the last one is gone."""
        self._folded, self._found, self._current, self._matches = None, [], -1, ()
        if self.find_bar.isVisible():
            self._search_later.start()

    def show_matches(self, spans: Sequence[Span]) -> None:
        """Set off what a search of the library found here, unless something is looked for here alone."""
        self._matches = tuple(spans)
        if not self._words():
            self._show()

    def _words(self) -> str:
        """Return what is looked for in this article alone."""
        return self.find_bar.field.text() if self.find_bar.isVisible() else ""

    def open_find(self) -> None:
        """Show the field, with the selected words in it."""
        self.find_bar.show()
        words = self.page.selected_text()
        if words and "\n" not in words and len(words) < 80:
            self.find_bar.field.setText(words)
        self.find_bar.field.setFocus()
        self.find_bar.field.selectAll()
        if self._words() and not self._found:
            self._search_later.start()  # for the words of the last time

    def close_find(self) -> None:
        """Hide the field and what was found here, and go back to the page; what the library found stays."""
        self._search_later.stop()
        self.find_bar.hide()
        self._found, self._current = [], -1
        self._show()
        self.page.setFocus()

    def _search(self) -> None:
        page = self.page
        if self._folded is None:
            self._folded = Folded(page.document.text)
        self._found = self._folded.find_all(self.find_bar.field.text())
        at = page.place().offset
        self._current = next((i for i, span in enumerate(self._found) if span.start >= at), 0)
        self._tell()

    def find_next(self, step: int) -> None:
        """Go to the next (1) or the previous (-1) place found."""
        if not self.find_bar.isVisible():
            self.open_find()
        if self._search_later.isActive():
            self._search_later.stop()
            self._search()
            step = 0
        if self._found:
            self._current = (self._current + step) % len(self._found)
            self._tell()

    def _tell(self) -> None:
        current = self._show()
        if current is not None:
            self.page.go_to(current)
            most = "+" if len(self._found) == MOST else ""
            shown = self.tr("{} of {}").format(self._current + 1, f"{figures(len(self._found))}{most}")
        else:
            shown = self.tr("Not found") if self._words() else ""
        self.find_bar.told.setText(shown)

    def _show(self) -> Span | None:
        """Set off what was found, here or in the library; return the present one of those found here."""
        current = self._found[self._current] if self._found else None
        self.page.show_found(self._found if self._words() else self._matches, current)
        self.minimap.refresh()
        return current
