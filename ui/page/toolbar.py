"""The small toolbar at a selection or a highlight: five pens, note, tag, copy, what it is, remove."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QToolButton, QWidget

from reader.model import Colour
from ui.theme import Theme

DOT = 18
GAP = 10


class ColourDot(QAbstractButton):
    """A round button in the colour of a marker pen."""

    def __init__(self, colour: Colour, parent: QWidget) -> None:
        super().__init__(parent)
        self.colour = colour
        self.shade = QColor()
        self.line = QColor()
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(DOT + 6, DOT + 6)

    def sizeHint(self) -> QSize:
        """The dot and the ring of the focus around it."""
        return QSize(DOT + 6, DOT + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dot; a ring when it is the present colour or has the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QRectF(self.rect()).center()
        painter.setBrush(self.shade)
        painter.setPen(QPen(self.line, 1))
        painter.drawEllipse(middle, DOT / 2, DOT / 2)
        if self.isChecked() or self.hasFocus() or self.underMouse():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.palette().highlight().color(), 1.5))
            painter.drawEllipse(middle, DOT / 2 + 2, DOT / 2 + 2)


class SelectionToolbar(QFrame):
    """Floats beside a passage and hides no word of it."""

    colour_requested = Signal(object)  # Colour
    note_requested = Signal()
    tag_requested = Signal()
    copy_requested = Signal()
    kind_requested = Signal()
    remove_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("selectionToolbar")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Selection"))
        self._room = parent
        names = {
            Colour.YELLOW: self.tr("Highlight in yellow"),
            Colour.GREEN: self.tr("Highlight in green"),
            Colour.BLUE: self.tr("Highlight in blue"),
            Colour.PINK: self.tr("Highlight in pink"),
            Colour.ORANGE: self.tr("Highlight in orange"),
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(9, 5, 7, 5)
        row.setSpacing(3)
        self.dots: dict[Colour, ColourDot] = {}
        for number, colour in enumerate(Colour, 1):
            dot = ColourDot(colour, self)
            dot.setToolTip(f"{names[colour]} ({number})")
            dot.setAccessibleName(names[colour])
            dot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            dot.clicked.connect(lambda _=False, chosen=colour: self.colour_requested.emit(chosen))
            row.addWidget(dot)
            self.dots[colour] = dot
        self._lines = [self._line(row, before=5)]
        self.note = self._button(row, self.tr("Note"), self.tr("Write a note (N)"), self.note_requested)
        self.tag = self._button(row, self.tr("Tag"), self.tr("Add a tag (T)"), self.tag_requested)
        self.copy = self._button(
            row,
            self.tr("Copy with citation"),
            self.tr("Copy with citation (Ctrl+Shift+C)"),
            self.copy_requested,
        )
        self._lines.append(self._line(row, before=2))
        self.kind = self._button(
            row, self.tr("This is a… ▾"), self.tr("Say what the words are (X)"), self.kind_requested
        )
        self.remove = self._button(
            row, self.tr("Remove"), self.tr("Remove this highlight (Delete)"), self.remove_requested
        )
        self.hide()

    def _line(self, row: QHBoxLayout, *, before: int) -> QFrame:
        line = QFrame(self)
        line.setFixedSize(1, 18)
        row.addSpacing(before)
        row.addWidget(line)
        row.addSpacing(2)
        return line

    def _button(self, row: QHBoxLayout, text: str, tip: str, signal: object) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: signal.emit())  # type: ignore[attr-defined]
        row.addWidget(button)
        return button

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        for colour, dot in self.dots.items():
            dot.shade = theme.colour(str(colour))
            dot.line = theme.colour(f"{colour}_edge")
        line = theme.colour("hairline").name()
        for each in self._lines:
            each.setStyleSheet(f"background: {line};")
        self.setStyleSheet(
            f"#selectionToolbar {{ background: {theme.colour('card').name()}; border: 1px solid {line};"
            " border-radius: 10px; }"
        )

    def show_at(self, rects: Sequence[QRectF], *, present: Colour | None) -> None:
        """Show below the passage whose lines are `rects`, or above it where there is no room below.

        `present` is the colour of an existing highlight, which can then be removed.
        """
        for colour, dot in self.dots.items():
            dot.setChecked(colour is present)
        self.remove.setVisible(present is not None)
        self.resize(self.sizeHint())
        place = self._place(rects)
        if place is None:
            self.hide()
            return
        self.move(place)
        self.show()
        self.raise_()

    def _place(self, rects: Sequence[QRectF]) -> QPoint | None:
        room = self._room.rect()
        seen = [rect for rect in rects if rect.bottom() > 0 and rect.top() < room.height()]
        if not seen:
            return None
        first, last = seen[0], seen[-1]
        below = round(last.bottom()) + GAP
        above = round(first.top()) - GAP - self.height()
        if below + self.height() <= room.height() - 4:
            y, beside = below, last
        elif above >= 4:
            y, beside = above, first
        else:
            return QPoint(max(4, room.width() - self.width() - 8), room.height() - self.height() - 4)
        x = round(beside.center().x() - self.width() / 2)
        return QPoint(max(4, min(x, room.width() - self.width() - 4)), y)
