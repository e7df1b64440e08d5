"""The table of contents of the article: its sections, and the one that is being read. Knows no document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QVBoxLayout, QWidget

from reader.document import Section
from reader.text import one_line
from ui.panels.rows import ROW, GrowingModel, Index, RowDelegate, RowList, line_step
from ui.theme import Theme, interface_font

INSET = 8.0
STEP_IN = 14.0  # a level deeper
DEEPEST = 5


class SectionModel(GrowingModel):
    """The sections, in the order of the text."""

    def words(self, row: Section) -> str:
        """The title."""
        return one_line(row.title)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A long title can be read whole in the tip."""
        if role == Qt.ItemDataRole.ToolTipRole:
            role = Qt.ItemDataRole.DisplayRole
        return super().data(index, role)


class SectionDelegate(RowDelegate):
    """One line a section, set in by its level; the one being read is in the accent."""

    reading = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line."""
        return QSize(80, round(line_step(interface_font(), 1.5) + 8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one section."""
        section: Section | None = index.data(ROW)
        if section is None:
            return
        selected, hovered, focused = self.state(option)
        theme, read = self.theme, index.row() == self.reading
        frame = self.view.row_frame(option.rect).adjusted(0, 1, 0, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if hovered or read or (selected and focused):
            painter.setPen(theme.colour("accent") if focused and selected else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selection" if read else "hover"))
            painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        top = section.level <= 1
        font = interface_font(0, QFont.Weight.Medium if top or read else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(theme.colour("accent" if read else "ink" if top else "soft"))
        left = INSET + STEP_IN * (max(1, min(section.level, DEEPEST)) - 1)
        room = QRectF(frame).adjusted(left, 0, -INSET, 0)
        words = QFontMetricsF(font).elidedText(
            one_line(section.title), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()


class ContentsPanel(QWidget):
    """The list of sections; a click or Enter asks for one."""

    section_requested = Signal(int)  # where it begins

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Contents"))
        self._sections: Sequence[Section] = ()
        self._starts: list[int] = []
        self.list = RowList(self, self.tr("This article has no headings."))
        self.list.setAccessibleName(self.tr("Sections of the article"))
        self.list.setUniformItemSizes(True)
        self.model = SectionModel(self)
        self.delegate = SectionDelegate(self.list)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self.list.requested.connect(self._on_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 4)
        column.addWidget(self.list)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.delegate.set_theme(theme)

    def set_sections(self, sections: Sequence[Section]) -> None:
        """Show these sections, which are in the order of the text."""
        self._sections = sections
        self._starts = [section.start for section in sections]
        self.delegate.reading = -1
        self.model.replace(sections)
        self.list.scrollToTop()

    @property
    def reading(self) -> int:
        """The row of the section that is being read; -1 before the first."""
        return self.delegate.reading

    def show_place(self, offset: int) -> None:
        """The reader is at `offset`: show the section it is in."""
        self._show_reading(bisect_right(self._starts, offset) - 1)

    def _show_reading(self, row: int) -> None:
        if row == self.delegate.reading:
            return
        self.delegate.reading = row
        if row >= 0:
            self.model.reach(row)
            self.list.scrollTo(self.model.index(row))
        self.list.viewport().update()

    def focus_list(self) -> None:
        """Put the keyboard into the list, on the section that is being read."""
        if self._sections:
            self.list.show_row(max(0, self.reading))
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_requested(self, index: QModelIndex | QPersistentModelIndex, _shift: bool = False) -> None:
        section: Section | None = index.data(ROW)
        if section is not None:
            self.section_requested.emit(section.start)
            # At the foot of the text the page can't go as far up as that; it is what was asked for.
            self._show_reading(index.row())
