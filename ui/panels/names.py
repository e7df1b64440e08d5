"""Who and what is named: one row a name, by type; a click goes from mention to mention."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QModelIndex, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QStyleOptionViewItem, QVBoxLayout, QWidget

from reader.document import Span
from reader.model import Entity, Label
from reader.text import one_line
from ui.numbers import figures
from ui.panels.rows import ROW, GrowingModel, Index, RowDelegate, RowList, line_step
from ui.theme import Theme, interface_font, label_role

GROUPS = ("person", "organisation", "place", "group", "date", "other")


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name with where it stands, in reading order; `description` is a role, or other names it has."""

    name: str
    label: Label
    spans: tuple[Span, ...]
    description: str = ""

    @property
    def key(self) -> tuple[Label, str]:
        """What stays the same while more mentions are found."""
        return self.label, self.name


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a group of names."""

    words: str
    count: int


def described(entity: Entity | None) -> str:
    """Return what stands under a name: its role, or else the other names it goes by."""
    if entity is None:
        return ""
    others = [alias for alias in entity.aliases if alias != entity.name]
    return entity.description or ", ".join(others)


def _by_weight(row: NameRow) -> tuple[int, Span, str]:
    return -len(row.spans), row.spans[0], row.name


def group_title(role: str) -> str:
    """Return the title of the names of one colour role, in the user's language."""
    titles = {
        "person": QCoreApplication.translate("NamesPanel", "People"),
        "organisation": QCoreApplication.translate("NamesPanel", "Organisations"),
        "place": QCoreApplication.translate("NamesPanel", "Places"),
        "group": QCoreApplication.translate("NamesPanel", "Groups"),
        "date": QCoreApplication.translate("NamesPanel", "Dates and amounts"),
        "other": QCoreApplication.translate("NamesPanel", "Other"),
    }
    return titles[role]


class NamesModel(GrowingModel):
    """Headings and names."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading can't be chosen."""
        if index.isValid() and isinstance(index.data(ROW), Heading):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def words(self, row: NameRow | Heading) -> str:
        """The name first, so that typing it leads to it."""
        if isinstance(row, Heading):
            return row.words
        shown = self.tr("{}, {} mention") if len(row.spans) == 1 else self.tr("{}, {} mentions")
        return shown.format(one_line(row.name), len(row.spans)) + (
            f", {one_line(row.description)}" if row.description else ""
        )


class NameDelegate(RowDelegate):
    """Headings in small capitals; names with a mark in their type's colour."""

    def __init__(self, view: RowList) -> None:
        super().__init__(view)
        self.position: tuple[tuple[Label, str], int] | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line, and a second for a description."""
        row = index.data(ROW)
        if isinstance(row, Heading):
            return QSize(80, round(line_step(interface_font(-2), 1.4) + 20))
        second = line_step(interface_font(-1.5), 1.35) if row is not None and row.description else 0
        return QSize(80, round(line_step(interface_font(), 1.4) + second + 9))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a heading or a name."""
        row = index.data(ROW)
        room = self.view.row_frame(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Heading):
            self._paint_heading(painter, room, row)
        elif row is not None:
            self._paint_name(painter, room, row, *self.state(option))
        painter.restore()

    def _paint_heading(self, painter: QPainter, room: QRectF, row: Heading) -> None:
        font = interface_font(-2, QFont.Weight.DemiBold)
        font.setCapitalization(QFont.Capitalization.AllUppercase)
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 104)
        painter.setFont(font)
        painter.setPen(self.theme.colour("faint"))
        box = room.adjusted(8, 12, -8, -5)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, row.words)
        painter.setFont(interface_font(-2))
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, figures(row.count))

    def _paint_name(
        self, painter: QPainter, room: QRectF, row: NameRow, selected: bool, hovered: bool, focused: bool
    ) -> None:
        theme = self.theme
        if selected or hovered:
            painter.setPen(theme.colour("accent") if focused and selected else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selection" if selected else "hover"))
            painter.drawRoundedRect(room.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        font, small = interface_font(), interface_font(-1.5)
        step = line_step(font, 1.4)
        line = QRectF(room.left() + 8, room.top() + 4, room.width() - 16, step)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(label_role(row.label)))
        painter.drawRoundedRect(
            QRectF(line.left(), line.center().y() - step * 0.32, 3, step * 0.64), 1.5, 1.5
        )
        count = self._count(row)
        painter.setFont(small)
        painter.setPen(theme.colour("soft" if selected else "faint"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        wide = line.width() - 12 - QFontMetricsF(small).horizontalAdvance(count) - 8
        self._line(painter, QPointF(line.left() + 12, line.top()), wide, row.name, font, "ink")
        if row.description:
            below = QPointF(line.left() + 12, line.bottom())
            role = "soft" if selected else "faint"
            self._line(painter, below, line.width() - 12, row.description, small, role)

    def _line(self, painter: QPainter, at: QPointF, wide: float, words: str, font: QFont, role: str) -> None:
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(self.theme.colour(role))
        box = QRectF(at.x(), at.y(), wide, line_step(font, 1.4 if font == interface_font() else 1.35))
        shown = metrics.elidedText(one_line(words[:400]), Qt.TextElideMode.ElideRight, wide)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _count(self, row: NameRow) -> str:
        total = figures(len(row.spans))
        if self.position is None or self.position[0] != row.key:
            return total
        return self.tr("{} of {}").format(figures(self.position[1] + 1), total)


class NamesPanel(QFrame):
    """The names of the open article, by type, with a field that filters them."""

    mention_requested = Signal(object)  # Span
    correct_requested = Signal(object, object)  # NameRow: what can be said of it is asked for; QPoint
    count_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Names"))
        self._rows: list[NameRow] = []
        self._shown = ""
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText(self.tr("Filter the names"))
        self.filter.setAccessibleName(self.tr("Filter the names"))
        self.filter.setClearButtonEnabled(False)
        self.list = RowList(self)
        self.list.setAccessibleName(self.tr("Names in the article"))
        self.model = NamesModel(self)
        self.delegate = NameDelegate(self.list)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 4)
        column.setSpacing(2)
        row = QVBoxLayout()
        row.setContentsMargins(12, 0, 12, 0)
        row.addWidget(self.filter)
        column.addLayout(row)
        column.addWidget(self.list, 1)
        self.filter.textChanged.connect(self._show)
        self.filter.returnPressed.connect(self._enter_list)
        self.list.requested.connect(self._on_requested)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(lambda at: self._ask_menu(self.list.indexAt(at), at))
        shortcut = QShortcut(QKeySequence("X"), self.list, context=Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(lambda: self._ask_menu(self.list.currentIndex()))
        self._show()

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.delegate.set_theme(theme)

    def set_names(self, rows: Iterable[NameRow]) -> None:
        """Show these names; the chosen one and the place in the list stay."""
        fresh = sorted((row for row in rows if row.spans), key=_by_weight)
        if fresh == self._rows:
            return
        self._rows = fresh
        self._show()
        self.count_changed.emit(len(fresh))

    def select(self, label: Label, name: str) -> None:
        """Make a name the current one, without going to a mention of it."""
        if not self._find((label, name)):
            self.filter.clear()
            self._find((label, name))

    def _find(self, key: tuple[Label, str]) -> bool:
        for number, row in enumerate(self.model.rows()):
            if isinstance(row, NameRow) and row.key == key:
                self.list.show_row(number)
                return True
        return False

    def _show(self) -> None:
        current = self.list.currentIndex().data(ROW)
        scrolled = self.list.verticalScrollBar().value()
        wanted = one_line(self.filter.text()).casefold()
        groups: dict[str, list[NameRow]] = {role: [] for role in GROUPS}
        for row in self._rows:
            if wanted in f"{row.name} {row.description}".casefold():
                groups[label_role(row.label)].append(row)
        shown: list[NameRow | Heading] = []
        for role, rows in groups.items():
            if rows:
                shown += [Heading(group_title(role), len(rows)), *rows]
        self.list.set_empty(
            self.tr("No name matches. Empty the field to see all of them.")
            if wanted
            else self.tr("The people, bodies and places that the article names will stand here.")
        )
        self.model.replace(shown)
        self.filter.setVisible(bool(self._rows) or bool(wanted))
        if isinstance(current, NameRow):
            for number, row_ in enumerate(shown[: self.model.rowCount()]):
                if isinstance(row_, NameRow) and row_.key == current.key:
                    self.list.setCurrentIndex(self.model.index(number))
                    break
        self.list.verticalScrollBar().setValue(scrolled)

    def _enter_list(self) -> None:
        if self.model.rowCount() > 1:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            self.list.setCurrentIndex(self.model.index(1))

    def _ask_menu(self, index: Index, at: QPoint | None = None) -> None:
        row = index.data(ROW)
        if isinstance(row, NameRow):
            where = at or self.list.visualRect(index).center()
            self.correct_requested.emit(row, self.list.viewport().mapToGlobal(where))

    def _on_requested(self, index: QModelIndex, backwards: bool) -> None:
        row = index.data(ROW)
        if not isinstance(row, NameRow):
            return
        held = self.delegate.position
        if held is not None and held[0] == row.key:
            place = (held[1] + (-1 if backwards else 1)) % len(row.spans)
        else:
            place = len(row.spans) - 1 if backwards else 0
        self.delegate.position = (row.key, place)
        self.list.viewport().update()
        self.mention_requested.emit(row.spans[place])
