"""The cells of the library's table, painted: words cut to their room, progress as a line, tags as pills."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from reader.lists import Group
from reader.model import ReadingState
from reader.text import one_line
from ui.numbers import figures
from ui.panels.rows import Index, draw_ring, hairline_of
from ui.theme import THEMES, Theme, icon, interface_font
from ui.views.library_model import COLUMNS, LibraryTable

if TYPE_CHECKING:
    from reader.library import Entry

PAD = 8
MOST_CUT = 4000  # words of cells that are kept cut to their width


class CellDelegate(QStyledItemDelegate):
    """Paints a cell of a document, or its part of a group's heading."""

    def __init__(self, view: QTableView, table: LibraryTable, group_words: Callable[[Group], str]) -> None:
        super().__init__(view)
        self._view, self._table, self._group_words = view, table, group_words
        self.hovered = -1
        self.take(THEMES["light"])

    def take(self, theme: Theme) -> None:
        """Take colours and fonts, once: to make them anew for every cell takes most of a frame."""
        self.theme = theme
        self._colours = {role: theme.colour(role) for role in theme.colours}
        self._plain, self._small = interface_font(), interface_font(-1)
        self._bold, self._smaller = interface_font(0, QFont.Weight.DemiBold), interface_font(-1.5)
        # Cut once: the same words come again with every frame.
        self._cut = lru_cache(MOST_CUT)(partial(_cut, QFontMetrics(self._plain), QFontMetrics(self._bold)))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are of one height."""
        return QSize(60, self._view.fontMetrics().height() + 17)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        painter.save()
        group = self._table.group(index.row())
        if group is not None:
            self._paint_group(painter, option.rect, group)
        else:
            selected = self._view.selectionModel().isSelected(index)
            if selected or index.row() == self.hovered:
                painter.fillRect(option.rect, self._colours["selection" if selected else "hover"])
            painter.fillRect(hairline_of(option.rect), self._colours["hairline"])
            entry = self._table.entry(index.row())
            if entry is not None:
                self._paint_entry(painter, option.rect.adjusted(PAD, 0, -PAD, 0), entry, index)
            if index.row() == self._view.currentIndex().row() and self._view.hasFocus():
                draw_ring(painter, option.rect, self.theme)
        painter.restore()

    def _paint_group(self, painter: QPainter, cell: QRect, group: Group) -> None:
        """Paint the part of a heading that is in a cell: its words run through all of them."""
        painter.setClipRect(cell)
        room = QRect(
            PAD - self._view.horizontalOffset(), cell.top(), self._view.viewport().width(), cell.height()
        )
        painter.fillRect(hairline_of(cell), self._colours["hairline"])
        painter.setFont(self._bold)
        words = self._group_words(group)
        painter.setPen(self._colours["ink"])
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room.adjusted(0, 6, 0, 0), align, words)
        wide = painter.fontMetrics().horizontalAdvance(words)
        painter.setFont(self._small)
        painter.setPen(self._colours["faint"])
        painter.drawText(room.adjusted(wide + 10, 6, 0, 0), align, figures(group.end - group.start))

    def _paint_entry(self, painter: QPainter, room: QRect, entry: Entry, index: Index) -> None:
        column = COLUMNS[index.column()]
        model = self._table
        if column.key == "tags":
            self._paint_pills(painter, room, entry.tags)
            return
        unread = entry.state is ReadingState.UNREAD
        is_title = column.key == "title"
        painter.setFont(self._bold if is_title and unread else self._plain)
        painter.setPen(self._colours["ink" if is_title else "soft"])
        if is_title and model.is_gone(entry):
            mark = icon("warning", self.theme).pixmap(QSize(14, 14))
            painter.drawPixmap(QPoint(room.right() - 14, room.center().y() - 6), mark)
            room = room.adjusted(0, 0, -20, 0)
        if column.key == "progress" and entry.state is ReadingState.READING:
            room = self._paint_progress(painter, room, entry.progress)
            painter.setPen(self._colours["soft"])
        side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
        words = self._cut(model.words(entry, column.key), room.width(), is_title and unread)
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_progress(self, painter: QPainter, room: QRect, progress: float) -> QRect:
        """Draw a thin line of how far it was read, and return the room beside it."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = max(20, min(44, room.width() - 44))
        line = QRectF(room.left(), room.center().y(), wide, 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colours["hairline"])
        painter.drawRoundedRect(line, 1, 1)
        line.setWidth(max(2.0, wide * min(1.0, progress)))
        painter.setBrush(self._colours["accent"])
        painter.drawRoundedRect(line, 1, 1)
        return room.adjusted(wide + 8, 0, 0, 0)

    def _paint_pills(self, painter: QPainter, room: QRect, tags: Sequence[str]) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._smaller)
        metrics = painter.fontMetrics()
        height = metrics.height() + 4
        left = room.left()
        for tag in tags:
            wide = min(metrics.horizontalAdvance(one_line(tag)) + 14, room.width())
            if left + wide > room.right() + 1:
                painter.setPen(self._colours["faint"])
                painter.drawText(
                    QRect(left, room.top(), 20, room.height()), Qt.AlignmentFlag.AlignVCenter, "…"
                )
                break
            pill = QRectF(left + 0.5, room.center().y() - height / 2 + 0.5, wide - 1, height)
            painter.setPen(QPen(self._colours["hairline"], 1))
            painter.setBrush(self._colours["card"])
            painter.drawRoundedRect(pill, height / 2, height / 2)
            painter.setPen(self._colours["soft"])
            words = metrics.elidedText(one_line(tag), Qt.TextElideMode.ElideRight, wide - 12)
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
            left += wide + 4


def _cut(plain: QFontMetrics, bold: QFontMetrics, words: str, width: int, is_bold: bool) -> str:
    """Return as much of some words as there is room for."""
    return (bold if is_bold else plain).elidedText(words, Qt.TextElideMode.ElideRight, width)
