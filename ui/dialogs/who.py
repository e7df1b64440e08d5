"""Who is meant: a field over the names of the article, nobody, or somebody else, and how far that reaches."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.model import Entity, Label, Scope
from reader.text import one_line
from ui.panels.rows import ROW, GrowingModel, Index, RowDelegate, RowList, in_lines, line_step
from ui.theme import Theme, interface_font, label_role, page_font

WIDTH = 44  # in widths of an average letter
MOST_ROWS = 6
EDGE = 8
_WORDS = re.compile(r"[\s\-–(“\"]+")


@dataclass(frozen=True, slots=True)
class WhoRow:
    """Somebody who can be chosen; `entity` is None for nobody, `remark` stands at the right."""

    words: str
    entity: Entity | None
    remark: str = ""
    aliases: tuple[str, ...] = ()


def matching(rows: Sequence[WhoRow], wanted: str) -> list[WhoRow]:
    """Return the rows in which every word typed begins a word of the name, or of another one they go by."""
    typed = wanted.casefold().split()

    def fits(name: str) -> bool:
        words = _WORDS.split(name.casefold())
        return all(any(word.startswith(start) for word in words) for start in typed)

    first = [row for row in rows if fits(row.words)]
    return first + [row for row in rows if row not in first and any(map(fits, row.aliases))]


class WhoModel(GrowingModel):
    """The rows that match."""

    def words(self, row: WhoRow) -> str:
        """The name first."""
        return one_line(f"{row.words}, {row.remark}" if row.remark else row.words)


class WhoDelegate(RowDelegate):
    """A name with a mark in its type's colour."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line."""
        return QSize(80, round(line_step(interface_font(), 1.4) + 9))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row: WhoRow | None = index.data(ROW)
        if row is None:
            return
        selected, hovered, _ = self.state(option)
        room = QRectF(option.rect).adjusted(4.5, 1.5, -4.5, -1.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if selected or hovered:
            painter.setBrush(self.theme.colour("selection" if selected else "hover"))
            painter.drawRoundedRect(room, 7, 7)
        if row.entity is not None:
            painter.setBrush(self.theme.colour(label_role(row.entity.label)))
            painter.drawRoundedRect(QRectF(room.left() + 8, room.center().y() - 6, 3, 12), 1.5, 1.5)
        words = room.adjusted(20, 0, -8, 0)
        small, font = interface_font(-1.5), interface_font()
        painter.setFont(small)
        painter.setPen(self.theme.colour("soft" if selected else "faint"))
        centred = Qt.AlignmentFlag.AlignVCenter
        most = words.width() * 0.4
        remark = QFontMetricsF(small).elidedText(row.remark, Qt.TextElideMode.ElideRight, most)
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | centred, remark)
        wide = words.width() - QFontMetricsF(small).horizontalAdvance(remark) - 10
        font.setItalic(row.entity is None)
        painter.setFont(font)
        painter.setPen(self.theme.colour("ink"))
        shown = QFontMetricsF(font).elidedText(one_line(row.words), Qt.TextElideMode.ElideRight, wide)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | centred, shown)
        painter.restore()


class WhoPopover(QFrame):
    """Lies over the window beside what it is about; Enter saves, Escape leaves all as it is."""

    chosen = Signal(object, object)  # Entity, or None for nobody; Scope
    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("whoPopover")
        self._over = parent
        self._rows: list[WhoRow] = []
        self._new_label: Label | None = None
        self._reaches: Mapping[Scope, str] = {}
        self.heading, self.words, self.remark = QLabel(self), QLabel(self), QLabel(self)
        self.heading.setFont(interface_font(0, QFont.Weight.DemiBold))
        self.words.setFont(page_font(14 / 17.5))
        for label in (self.heading, self.words, self.remark):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.remark.setProperty("role", "faint")
        self.remark.setWordWrap(True)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Type a name"))
        self.field.setAccessibleName(self.tr("Type a name"))
        self.list = RowList(self, self.tr("Nobody in this article is called that."))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(self.tr("Names in the article"))
        self.model, self.delegate = WhoModel(self), WhoDelegate(self.list)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self.reaches = self._make_reaches()
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.cancel.setProperty("role", "link")
        self.save = QPushButton(self.tr("Save"), self)
        self.save.setDefault(True)
        self._shadow = QGraphicsDropShadowEffect(self, blurRadius=28, xOffset=0, yOffset=6)
        self.setGraphicsEffect(self._shadow)
        self._lay_out()
        self._join()
        self.hide()

    def _make_reaches(self) -> dict[Scope, QToolButton]:
        words = {
            Scope.HERE: self.tr("Only here"),
            Scope.DOCUMENT: self.tr("In this article"),
            Scope.EVERYWHERE: self.tr("Everywhere"),
        }
        group = QButtonGroup(self)
        made = {}
        for scope, name in words.items():
            button = QToolButton(self)
            button.setText(name)
            button.setProperty("role", "chip")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.toggled.connect(self._show_remark)
            group.addButton(button)
            made[scope] = button
        return made

    def _lay_out(self) -> None:
        reach, ends = QHBoxLayout(), QHBoxLayout()
        reach.setSpacing(5)
        for button in self.reaches.values():
            reach.addWidget(button)
        reach.addStretch(1)
        ends.setSpacing(10)
        ends.addStretch(1)
        ends.addWidget(self.cancel)
        ends.addWidget(self.save)
        head = QVBoxLayout()
        head.setContentsMargins(6, 0, 6, 0)
        head.setSpacing(2)
        head.addWidget(self.heading)
        head.addWidget(self.words)
        foot = QVBoxLayout()
        foot.setContentsMargins(6, 2, 6, 0)
        foot.setSpacing(7)
        foot.addLayout(reach)
        foot.addWidget(self.remark)
        foot.addLayout(ends)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 12, 10, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.field)
        column.addWidget(self.list)
        column.addLayout(foot)

    def _join(self) -> None:
        self.field.textChanged.connect(self._show_matching)
        self.field.installEventFilter(self)
        self.list.doubleClicked.connect(self._save)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.close_quietly)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Escape"), self, context=within).activated.connect(self.close_quietly)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, context=within).activated.connect(self._save)

    # ------------------------------------------------------------ asking

    def ask(
        self,
        heading: str,
        words: str,
        rows: Sequence[WhoRow],
        *,
        current: str = "",
        new_label: Label | None,
        reaches: Mapping[Scope, str],
        reach: Scope,
        beside: QRect,
    ) -> None:
        """Ask who is meant by `words`, beside this rectangle on the screen.

        `current` is who it is now; `new_label` the type of somebody whose name is typed. `reaches` are those
        offered, each with a sentence that says what it means.
        """
        self._rows, self._new_label, self._reaches = list(rows), new_label, reaches
        letter = QFontMetricsF(interface_font()).averageCharWidth()
        self.setFixedWidth(min(round(WIDTH * letter), self._over.width() - 2 * EDGE))
        self.heading.setText(heading)
        self.setAccessibleName(heading)
        self.words.setText(
            "\n".join(in_lines(one_line(words), self.words.font(), self.width() - 40, lines=2))
        )
        for scope, button in self.reaches.items():
            button.setVisible(scope in reaches)
            button.setChecked(scope is reach)
        self._show_remark()
        self.field.clear()
        self._show_matching()
        for number, row in enumerate(self.model.rows()):
            if current and row.words == current:
                self.list.show_row(number)
        row_height = self.delegate.sizeHint(QStyleOptionViewItem(), self.model.index(0)).height()
        self.list.setFixedHeight(row_height * max(2, min(MOST_ROWS, len(rows))))
        shade = self.palette().shadow().color()
        shade.setAlphaF(0.4)
        self._shadow.setColor(shade)
        self._fit()
        self._place(beside)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _place(self, beside: QRect) -> None:
        """Stand below the rectangle, or above it where there is no room, and within the window."""
        corner, room = self._over.mapFromGlobal(beside.topLeft()), self._over.rect()
        y = corner.y() + beside.height() + 6
        if y + self.height() > room.height() - EDGE:
            y = corner.y() - self.height() - 6
        x = min(corner.x() - 12, room.width() - self.width() - EDGE)
        self.move(QPoint(max(EDGE, x), max(EDGE, min(y, room.height() - self.height() - EDGE))))

    def close_quietly(self) -> None:
        """Leave all as it is."""
        if self.isVisible():
            self.hide()
            self.cancelled.emit()

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.delegate.set_theme(theme)

    # ------------------------------------------------------------ choosing

    def reach(self) -> Scope:
        """Return how far it is to reach."""
        return next(scope for scope, button in self.reaches.items() if button.isChecked())

    def _show_remark(self) -> None:
        checked = [scope for scope, button in self.reaches.items() if button.isChecked()]
        self.remark.setText(self._reaches.get(checked[0], "") if checked else "")
        self._fit()

    def _fit(self) -> None:
        """Be as high as the words need at this width."""
        within = self.layout()
        if within is not None:
            within.activate()
            self.resize(self.width(), within.totalHeightForWidth(self.width()))

    def _show_matching(self) -> None:
        typed = one_line(self.field.text())
        rows = matching(self._rows, typed)
        if typed and self._new_label is not None and all(row.words != typed for row in rows):
            rows.append(WhoRow(typed, Entity(typed, self._new_label), self.tr("somebody else")))
        self.model.replace(rows)
        if rows:
            self.list.show_row(0)

    def _save(self) -> None:
        row = self.list.currentIndex().data(ROW)
        if row is not None:
            self.hide()
            self.chosen.emit(row.entity, self.reach())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field's keys move in the list."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: MOST_ROWS - 1,
            Qt.Key.Key_PageUp: 1 - MOST_ROWS,
        }
        key = Qt.Key(event.key())
        if key in steps:
            last = self.model.rowCount() - 1
            self.list.show_row(max(0, min(last, self.list.currentIndex().row() + steps[key])))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._save()
        else:
            return False
        return True
