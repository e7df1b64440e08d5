"""The quiet bar in the window: what happened, what to do next, and how far a long work is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.theme import THEMES, Theme, icon

Kind = Literal["info", "warning", "error"]
MOST_MESSAGES = 3
SIDE_BY_SIDE = 900  # from so many pixels on, words and several buttons stand in one line
# A button that goes when it is clicked must not have taken the keys from the page: the next field got them.
BY_KEYBOARD = Qt.FocusPolicy.TabFocus
GONE_MS = 10_000  # after so long, what needs no action goes by itself


class Message(QFrame):
    """One sentence on what happened, one on what to do next, perhaps a button, and a way to close it."""

    closed = Signal(object)  # the Message itself

    def __init__(self, what: str, following: str, kind: Kind, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self.setProperty("kind", kind)
        self.what, self.following, self.kind = what, following, kind
        self.passes = kind == "info"  # it goes by itself while no button is in it
        self.setAccessibleName(f"{what} {following}".strip())
        self.picture = QLabel(self)
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setText(f"{what} {following}".strip())
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.words.setSizePolicy(policy)
        self.button = QPushButton(self)
        self.button.setProperty("role", "link")
        self.button.hide()
        self.button.setFocusPolicy(BY_KEYBOARD)
        self.others: list[QPushButton] = []
        self.close_button = QToolButton(self)
        self.close_button.setFocusPolicy(BY_KEYBOARD)
        self.close_button.setToolTip(self.tr("Close this message"))
        self.close_button.setAccessibleName(self.tr("Close this message"))
        self.close_button.clicked.connect(lambda: self.closed.emit(self))
        self._ways = QHBoxLayout()
        self._ways.setSpacing(10)
        self._ways.addWidget(self.button)
        self._ways.addStretch()
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setSpacing(10)
        self._middle.addWidget(self.words, 1)
        self._middle.addLayout(self._ways)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 5, 8, 5)
        row.setSpacing(10)
        row.addWidget(self.picture)
        row.addLayout(self._middle, 1)
        row.addWidget(self.close_button)

    def offer(self, words: str, action: Callable[[], object]) -> None:
        """Show a button that runs `action` and closes the message."""
        self.button.setText(words)
        self.button.show()

        def run() -> None:
            self.closed.emit(self)
            action()

        self.button.clicked.connect(run)

    def offer_also(self, words: str, action: Callable[[], object]) -> None:
        """Show another button before the first one; it closes the message too."""
        other = QPushButton(words, self)
        other.setProperty("role", "link")
        other.setFocusPolicy(BY_KEYBOARD)
        other.clicked.connect(lambda: self.closed.emit(self))
        other.clicked.connect(lambda: action())
        self.others.append(other)
        self._ways.insertWidget(self._ways.indexOf(self.button), other)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put several buttons below the words where there is little room beside them."""
        super().resizeEvent(event)
        below = bool(self.others) and self.width() < SIDE_BY_SIDE
        way = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        if self._middle.direction() != way:
            self._middle.setDirection(way)
            self._middle.setSpacing(2 if below else 10)

    def offer_menu(self, words: str, menu: QMenu) -> None:
        """Show a button that opens a menu; a choice in it closes the message."""
        self.button.setText(words)
        self.button.setMenu(menu)
        self.button.show()
        menu.setParent(self, menu.windowFlags())
        menu.triggered.connect(lambda _: self.closed.emit(self))

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.picture.setPixmap(icon(self.kind, theme, on=self.kind == "info").pixmap(QSize(18, 18)))
        self.close_button.setIcon(icon("close", theme))


class MessageBar(QFrame):
    """Up to three messages, the newest below, and one progress line; takes no room while it is empty."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Messages"))
        self._theme = THEMES["light"]
        self.messages: list[Message] = []
        self.progress_words, self.progress_bar = QLabel(self), QProgressBar(self)
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.progress = self._progress_row()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.progress)
        self._gone = QTimer(self, singleShot=True, interval=GONE_MS)
        self._gone.timeout.connect(self._drop_passing)
        self.hide()

    def _progress_row(self) -> QFrame:
        whole = QFrame(self)
        whole.setObjectName("message")
        whole.setProperty("kind", "info")
        self.progress_words.setTextFormat(Qt.TextFormat.PlainText)
        self.progress_bar.setTextVisible(False)
        self.cancel_button.setProperty("role", "link")
        self.cancel_button.setFocusPolicy(BY_KEYBOARD)
        self.cancel_button.clicked.connect(self.cancelled)
        row = QHBoxLayout(whole)
        row.setContentsMargins(14, 6, 12, 6)
        row.setSpacing(14)
        row.addWidget(self.progress_words)
        row.addWidget(self.progress_bar, 1)
        row.addWidget(self.cancel_button)
        whole.hide()
        return whole

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme
        for message in self.messages:
            message.set_theme(theme)

    def show_message(
        self,
        sentence: str,
        next: str = "",
        *,
        kind: Kind = "info",
        action_text: str = "",
        action: Callable[[], object] | None = None,
        menu: QMenu | None = None,
    ) -> Message:
        """Show what happened and what to do next; what is shown already is not shown twice.

        The button `action_text` runs `action` or opens `menu`. A message of kind "info" without one goes by
        itself; the others stay until they are closed. Said once more without a button, what is shown with one
        keeps it.
        """
        for message in list(self.messages):
            if (message.what, message.following) == (sentence, next):
                if action is None and menu is None and not message.button.isHidden():
                    return message
                self.drop(message)
        while len(self.messages) >= MOST_MESSAGES:
            self.drop(self._least_needed())
        message = Message(sentence, next, kind, self)
        message.set_theme(self._theme)
        message.closed.connect(self.drop)
        if action is not None:
            message.offer(action_text, action)
        elif menu is not None:
            message.offer_menu(action_text, menu)
        self.messages.append(message)
        self._column.addWidget(message)
        message.show()
        self._show_or_hide()
        self._gone.start()
        QAccessible.updateAccessibility(QAccessibleEvent(message, QAccessible.Event.Alert))
        return message

    def _least_needed(self) -> Message:
        return next((each for each in self.messages if each.kind == "info"), self.messages[0])

    def _drop_passing(self) -> None:
        for message in list(self.messages):
            if message.passes and message.button.isHidden():
                self.drop(message)

    def drop(self, message: Message) -> None:
        """Take a message away; one that is gone already stays so."""
        if message in self.messages:
            self.messages.remove(message)
            self._column.removeWidget(message)
            message.hide()
            message.deleteLater()
            self._show_or_hide()

    def show_progress(self, words: str, fraction: float | None = None) -> None:
        """Say what is being done and how far it is (0..1), or that nobody knows (None)."""
        self.progress_words.setText(words)
        self.progress_bar.setRange(0, 0 if fraction is None else 1000)
        if fraction is not None:
            self.progress_bar.setValue(round(max(0.0, min(1.0, fraction)) * 1000))
        self.progress.show()
        self._show_or_hide()

    def hide_progress(self) -> None:
        """The work is done, or was given up."""
        self.progress.hide()
        self._show_or_hide()

    def _show_or_hide(self) -> None:
        self.setVisible(bool(self.messages) or not self.progress.isHidden())
