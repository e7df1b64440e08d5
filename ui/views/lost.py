"""Highlights whose words a new text changed or no longer has: old and new side by side, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from reader.text import one_line
from reader.unsettled import Passage, Unsettled
from ui.numbers import figures
from ui.theme import Theme, page_font
from ui.views.heading import Heading

MOST = 100  # cards that are shown at once; the next come when some are settled
INSET = 16
SIDE_BY_SIDE = 640  # narrower, the texts stand one under the other


class UnsettledCard(QFrame):
    """One highlight: where it is, what it was made on, how that reads now, and what can be done."""

    keep_requested = Signal(object)  # Unsettled: it belongs where it is shown
    place_requested = Signal(object)  # Unsettled: let me show where it belongs
    open_requested = Signal(object)  # Unsettled
    delete_requested = Signal(object)  # Unsettled

    def __init__(self, what: Unsettled, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.what = what
        self.title = QPushButton(self)
        self.title.setAccessibleName(one_line(what.title))
        self.title.setProperty("role", "link")
        self.title.setToolTip(self.tr("Open the article"))
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.title.setStyleSheet("text-align: left; font-weight: 600; padding: 2px 0;")
        self.state = QLabel(self.tr("lost") if what.now is None else self.tr("changed"), self)
        self.state.setProperty("role", "faint")
        self.was, self.now = self._passage(), self._passage()
        self.columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.columns.setSpacing(22)
        self.columns.addLayout(self._column(self.tr("As you marked it"), self.was), 1)
        self.columns.addLayout(self._column(self.tr("As it reads now"), self.now), 1)
        self.note = QLabel(one_line(what.highlight.note), self)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self.note.setProperty("role", "quiet")
        self.note.setVisible(bool(what.highlight.note))
        self.keep = QPushButton(self.tr("It belongs here"), self)
        self.keep.setVisible(what.now is not None)
        self.place = QPushButton(self.tr("Show where it belongs…"), self)
        self.delete = QPushButton(self.tr("Delete"), self)
        self.delete.setProperty("role", "link")
        self._lay_out()
        self.title.clicked.connect(lambda: self.open_requested.emit(what))
        self.keep.clicked.connect(lambda: self.keep_requested.emit(what))
        self.place.clicked.connect(lambda: self.place_requested.emit(what))
        self.delete.clicked.connect(lambda: self.delete_requested.emit(what))

    def _passage(self) -> QLabel:
        label = QLabel(self)
        label.setFont(page_font(15 / 17.5))
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _column(self, words: str, label: QLabel) -> QVBoxLayout:
        heading = QLabel(words, self)
        heading.setProperty("role", "faint")
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(heading)
        column.addWidget(label, 1)
        return column

    def _lay_out(self) -> None:
        top, ends = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.state)
        ends.setSpacing(10)
        ends.addWidget(self.keep)
        ends.addWidget(self.place)
        ends.addStretch(1)
        ends.addWidget(self.delete)
        column = QVBoxLayout(self)
        column.setContentsMargins(INSET, 12, INSET, 12)
        column.setSpacing(9)
        column.addLayout(top)
        column.addLayout(self.columns)
        column.addWidget(self.note)
        column.addLayout(ends)

    def set_theme(self, theme: Theme) -> None:
        """Show the passages in the pen's colour, what the other text does not have underlined."""
        pen = theme.colour(self.what.highlight.colour).name()
        inks = theme.colour("ink").name(), theme.colour("soft").name()
        self.was.setText(_rich(self.what.was, pen, inks, struck=self.what.now is not None))
        gone = self.tr("These words are no longer in the text.")
        soft = f'<span style="color:{inks[1]}">{escape(gone)}</span>'
        self.now.setText(_rich(self.what.now, pen, inks, struck=False) if self.what.now else soft)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the title as there is room for."""
        super().resizeEvent(event)
        room = self.contentsRect().width() - 2 * INSET - self.state.sizeHint().width() - 12
        self.title.ensurePolished()
        shown = self.title.fontMetrics().elidedText(
            one_line(self.what.title), Qt.TextElideMode.ElideRight, room
        )
        self.title.setText(shown.replace("&", "&&"))

    def fit(self, width: int) -> None:
        """Set the texts beside each other where there is room."""
        wide = width >= SIDE_BY_SIDE
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self.columns.setDirection(way)


def _rich(passage: Passage, pen: str, inks: tuple[str, str], *, struck: bool) -> str:
    """Return a passage with its surroundings; colour is not the only sign of what differs."""
    ink, soft = inks
    other = "line-through" if struck else "underline"
    pieces = "".join(
        f'<span style="background-color:{pen}; color:{ink}'
        + ("" if piece.same else f"; text-decoration:{other}")
        + f'">{escape(piece.words)}</span>'
        for piece in passage.pieces
    )
    around = [
        f'<span style="color:{soft}">{escape(words)}</span>' for words in (passage.before, passage.after)
    ]
    return around[0] + pieces + around[1]


class LostView(QFrame):
    """The cards, the article opened last first."""

    keep_requested = Signal(object)
    place_requested = Signal(object)
    open_requested = Signal(object)
    delete_requested = Signal(object)
    refresh_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("view")
        self.setAccessibleName(self.tr("Lost highlights"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme: Theme | None = None
        self.cards: list[UnsettledCard] = []
        self.heading = Heading(self.tr("Lost highlights"), "", self)
        self.heading.closed.connect(self.closed)
        self.empty = QLabel(self)
        self.empty.setProperty("role", "quiet")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self._inside = QWidget(self)
        self._inside.setObjectName("viewInside")
        self._list = QVBoxLayout(self._inside)
        self._list.setContentsMargins(28, 6, 24, 24)
        self._list.setSpacing(12)
        self._list.addWidget(self.empty, 1)
        self._list.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self._inside)
        self.area.viewport().installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.area, 1)
        self.setFocusProxy(self.area)
        self.heading.remark.hide()
        self.empty.setText(self.tr("Looking which highlights are not where you made them…"))

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme
        self.heading.set_theme(theme)
        for card in self.cards:
            card.set_theme(theme)

    def refresh(self) -> None:
        """Ask for what is lost now."""
        self.refresh_requested.emit()

    def show_unsettled(self, several: Sequence[Unsettled]) -> None:
        """Show these; cards of what is the same as before stay as they are."""
        shown = list(several[:MOST])
        if [card.what for card in self.cards] == shown and several:
            return
        scrolled = self.area.verticalScrollBar().value()
        kept = {card.what.highlight.id: card for card in self.cards}
        self.cards = []
        for place, what in enumerate(shown):
            card = kept.pop(what.highlight.id, None)
            if card is None or card.what != what:
                if card is not None:
                    card.deleteLater()
                card = self._made(what)
            self._list.insertWidget(place, card)
            self.cards.append(card)
        for card in kept.values():
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._show_state(len(several))
        self.area.verticalScrollBar().setValue(scrolled)

    def _made(self, what: Unsettled) -> UnsettledCard:
        card = UnsettledCard(what, self._inside)
        card.keep_requested.connect(self.keep_requested)
        card.place_requested.connect(self.place_requested)
        card.open_requested.connect(self.open_requested)
        card.delete_requested.connect(self.delete_requested)
        if self._theme is not None:
            card.set_theme(self._theme)
        card.fit(self.area.viewport().width())
        return card

    def _show_state(self, total: int) -> None:
        self.empty.setVisible(not total)
        self.empty.setText(
            self.tr(
                "Every highlight stands where you made it. When an article comes with a new text that lacks"
                " the words of a highlight, it is kept here until you say where it belongs."
            )
        )
        words = self.tr("The text of these articles has changed. Nothing was moved on a guess: you decide.")
        if total > MOST:
            words += " " + self.tr("The first {} of {} are shown.").format(MOST, figures(total))
        self.heading.say(words if total else "")
        self.heading.remark.setVisible(bool(total))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Set the cards for another width."""
        if event.type() is QEvent.Type.Resize and watched is self.area.viewport():
            for card in self.cards:
                card.fit(self.area.viewport().width())
        return super().eventFilter(watched, event)
