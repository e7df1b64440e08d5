"""Everything that can be done, found by a few letters of its name: a field over a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QLabel,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.panels.rows import ROW, GrowingModel, Index, RowList, line_step
from ui.theme import interface_font

MOST_ROWS = 11
WIDTH = 74  # in widths of an average letter


@dataclass(frozen=True, slots=True)
class PaletteRow:
    """Something that can be done; a row that is not enabled can be seen, but not run."""

    key: str
    title: str
    shortcut: str = ""
    enabled: bool = True


def match_score(wanted: str, title: str) -> int | None:
    """Score how well the letters of `wanted` are found in `title`, in their order; None when they are not.

    Letters at the beginning of a word and letters in a row count most; the earlier, the better.
    """
    letters, words = "".join(wanted.casefold().split()), title.casefold()
    if not letters:
        return 0
    place = words.find(wanted.casefold().strip())
    if place >= 0:
        starts_word = place == 0 or not words[place - 1].isalnum()
        return 1000 + (200 if starts_word else 0) - place
    score, at, last = 0, 0, -2
    for letter in letters:
        at = words.find(letter, at)
        if at < 0:
            return None
        starts_word = at == 0 or not words[at - 1].isalnum()
        score += 8 if at == last + 1 else 6 if starts_word else 1
        last, at = at, at + 1
    return score


def matching(rows: Sequence[PaletteRow], wanted: str) -> list[PaletteRow]:
    """Return the rows that match, the best first; rows that can't be run come after those that can."""
    scored = []
    for place, row in enumerate(rows):
        score = match_score(wanted, row.title)
        if score is not None:
            scored.append((not row.enabled, -score, place, row))
    return [row for *_, row in sorted(scored, key=lambda each: each[:3])]


class PaletteModel(GrowingModel):
    """The rows that match."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A row that can't be run can't be chosen."""
        row = index.data(ROW)
        if row is None or not row.enabled:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def words(self, row: PaletteRow) -> str:
        """Title and keys."""
        return f"{row.title}, {row.shortcut}" if row.shortcut else row.title


class PaletteDelegate(QStyledItemDelegate):
    """A title at the left, its keys at the right, in the colours of the palette."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line."""
        return QSize(80, round(line_step(interface_font(), 1.5) + 10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row: PaletteRow | None = index.data(ROW)
        if row is None:
            return
        colours, font, small = option.palette, interface_font(), interface_font(-1)
        group = QPalette.ColorGroup.Active if row.enabled else QPalette.ColorGroup.Disabled
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        room = QRectF(option.rect).adjusted(6, 1, -6, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.color(QPalette.ColorRole.Highlight))
            painter.drawRoundedRect(room, 7, 7)
        words = room.adjusted(12, 0, -12, 0)
        ink = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        keys = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Dark
        painter.setFont(small)
        painter.setPen(colours.color(group, keys))
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.shortcut)
        wide = words.width() - QFontMetricsF(small).horizontalAdvance(row.shortcut) - 16
        painter.setFont(font)
        painter.setPen(colours.color(group, ink))
        shown = QFontMetricsF(font).elidedText(row.title, Qt.TextElideMode.ElideRight, wide)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()


class CommandPalette(QFrame):
    """Lies over its window while it is open; Enter runs the current row, Escape closes."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("commandPalette")
        self.setAccessibleName(self.tr("Everything you can do"))
        self._rows: list[PaletteRow] = []
        self._before: QWidget | None = None
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("What would you like to do?"))
        self.field.setAccessibleName(self.tr("What would you like to do?"))
        self.list = RowList(self, self.tr("Nothing is called that. Try fewer letters."))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(self.tr("Matching actions"))
        self.model = PaletteModel(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(PaletteDelegate(self.list))
        hint = QLabel(self.tr("Enter runs it. Esc closes."), self)
        hint.setProperty("role", "faint")
        hint.setContentsMargins(12, 0, 12, 2)
        self._shadow = QGraphicsDropShadowEffect(self, blurRadius=36, xOffset=0, yOffset=8)
        self.setGraphicsEffect(self._shadow)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 7)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addWidget(hint)
        self.hide()
        self.field.textChanged.connect(self._show_matching)
        self.field.installEventFilter(self)
        self.list.requested.connect(self._on_requested)

    def set_rows(self, rows: Sequence[PaletteRow]) -> None:
        """Offer these rows."""
        self._rows = list(rows)
        self._show_matching()

    def popup(self) -> None:
        """Open with an empty field, in the upper middle of the window."""
        self._before = self.window().focusWidget()
        self.field.clear()
        self._show_matching()
        room = self._over.rect()
        letter = QFontMetricsF(interface_font()).averageCharWidth()
        wide = min(round(WIDTH * letter), room.width() - 32)
        row = self.list.itemDelegate().sizeHint(QStyleOptionViewItem(), QModelIndex()).height()
        rows = min(MOST_ROWS, max(2, (room.height() * 3 // 4 - 2 * self.field.sizeHint().height()) // row))
        self.list.setFixedHeight(rows * row)
        self.resize(wide, self.sizeHint().height())
        self.move((room.width() - wide) // 2, round(room.height() * 0.12))
        shade = self.palette().color(QPalette.ColorRole.Shadow)
        shade.setAlphaF(0.4)
        self._shadow.setColor(shade)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_quietly(self) -> None:
        """Close, and give the keyboard back to where it was."""
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
            self._before = None

    def _show_matching(self) -> None:
        self.model.replace(matching(self._rows, self.field.text()))
        self._step(1, begin=-1)

    def _step(self, way: int, *, begin: int | None = None) -> None:
        """Go to the next row that can be run."""
        count = self.model.rowCount()
        at = self.list.currentIndex().row() if begin is None else begin
        for _ in range(count):
            at = (at + way) % count
            if self.model.index(at).flags() & Qt.ItemFlag.ItemIsEnabled:
                self.list.show_row(at)
                return

    def _on_requested(self, index: QModelIndex, _shift: bool = False) -> None:
        row = index.data(ROW)
        if row is not None and row.enabled:
            self.close_quietly()
            self.chosen.emit(row.key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field's keys move in the list; when it loses the keyboard, the palette closes."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._on_key(event.key())
        if isinstance(event, QFocusEvent) and event.type() is QEvent.Type.FocusOut and self.isVisible():
            kept: Any = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
            if event.reason() not in kept:
                self._before = None
                self.hide()
        return super().eventFilter(watched, event)

    def _on_key(self, key: int) -> bool:
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            for _ in range(MOST_ROWS - 2):
                self._step(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_requested(self.list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.close_quietly()
        else:
            return False
        return True
