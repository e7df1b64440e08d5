"""What a search found: documents in the order of rank, under each the places. Knows no library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from reader.document import Span
from reader.text import one_line
from ui.dates import date_in_words
from ui.kinds import type_in_words
from ui.panels.marked import Marked
from ui.panels.rows import ROW, SIDE, Index, RowDelegate, RowList, draw_lines, in_lines, line_step
from ui.theme import Theme, interface_font, page_font

MOST_PLACES = 3  # of a document
INSET = 8.0
MOST_SET = 600  # rows whose lines are kept


class Hit(Protocol):
    """A place where a document matches."""

    @property
    def kind(self) -> str: ...
    @property
    def snippet(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def count(self) -> int: ...
    @property
    def marks(self) -> tuple[Span, ...]: ...


class Found(Protocol):
    """A document that matches."""

    @property
    def document_id(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def date(self) -> str: ...
    @property
    def site(self) -> str: ...
    @property
    def byline(self) -> str: ...
    @property
    def format(self) -> str: ...
    @property
    def hits(self) -> Sequence[Any]: ...


@dataclass(frozen=True, slots=True)
class Row:
    """The head of a document (`hit` is None) or one of its places; `place` is where that is, if anywhere."""

    document_id: int
    words: str
    marks: tuple[Span, ...] = ()
    origin: str = ""
    hit: Hit | None = None
    place: Span | None = None


def rows_of(found: Found) -> list[Row]:
    """Return the rows of a document: its head, whose title has the words set off, and up to three places."""
    title = one_line(found.title)
    where = one_line(found.site) or one_line(found.byline) or type_in_words(found.format)
    origin = " · ".join(filter(None, (where, date_in_words(found.date))))
    marks = next((hit.marks for hit in found.hits if hit.kind == "title" and hit.snippet == title), ())
    shown = [hit for hit in found.hits if not (hit.kind == "title" and hit.snippet == title)]
    if len(shown) > MOST_PLACES:
        shown = [*shown[: MOST_PLACES - 1], shown[-1]]  # the last is its text
    rows = [
        Row(found.document_id, hit.snippet, hit.marks, hit=hit, place=Span(hit.start, hit.end))
        for hit in shown
    ]
    rows = [row if row.place and row.place.end else replace(row, place=None) for row in rows]
    first = next((row.place for row in reversed(rows) if row.place), None)
    return [Row(found.document_id, title, marks, origin, place=first), *rows]


class ResultsModel(QAbstractListModel):
    """The rows of the documents that were fetched; asks for more when the view comes to their end."""

    more_wanted = Signal(int)  # how many documents are there already

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self.documents = self._total = 0
        self._waiting = False

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Count the rows of the documents that were fetched."""
        return 0 if parent.isValid() else len(self._rows)

    def show_first(self, found: Sequence[Found], total: int) -> None:
        """Show the first of `total` documents in place of what was shown."""
        self.beginResetModel()
        self._rows = [row for each in found for row in rows_of(each)]
        self.documents, self._total, self._waiting = len(found), total, False
        self.endResetModel()

    def show_further(self, found: Sequence[Found]) -> None:
        """Show further documents under those there are; none ends the list."""
        rows = [row for each in found for row in rows_of(each)]
        self._waiting = False
        if not rows:
            self._total = self.documents
            return
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
        self._rows += rows
        self.documents += len(found)
        self.endInsertRows()

    def canFetchMore(self, parent: Index) -> bool:
        """Tell whether there are documents that were not fetched yet."""
        return not parent.isValid() and not self._waiting and self.documents < self._total

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next ones, once."""
        if self.canFetchMore(parent):
            self._waiting = True
            self.more_wanted.emit(self.documents)

    def row(self, number: int) -> Row | None:
        """Return a row, or None where there is none."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def head_of(self, document_id: int) -> int | None:
        """Return the row where a document begins."""
        heads = (n for n, row in enumerate(self._rows) if row.document_id == document_id)
        return next(heads, None)

    def beside(self, document_id: int, way: int) -> int | None:
        """Return the row where the document after (1) or before (-1) this one begins."""
        order = list(dict.fromkeys(row.document_id for row in self._rows))
        at = order.index(document_id) + way if document_id in order else (0 if way > 0 else len(order) - 1)
        return self.head_of(order[at]) if 0 <= at < len(order) else None

    def kind_of(self, row: Row) -> str:
        """Return in a word or two what a place is."""
        assert row.hit is not None
        names = {
            "note": self.tr("Note"),
            "highlight": self.tr("Highlight"),
            "tag": self.tr("Tag"),
            "person": self.tr("Named"),
            "quotation": self.tr("Quotation"),
            "title": self.tr("From"),
            "text": self.tr("Text"),
        }
        name = names[row.hit.kind]
        return self.tr("{} · {} places").format(name, row.hit.count) if row.hit.count > 1 else name

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row, or its words for screen readers and typing ahead."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.ToolTipRole and row.hit is None:
            return row.words
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            kind = self.kind_of(row) if row.hit is not None else ""
            return ". ".join(filter(None, (kind, row.words, row.origin)))
        return None


class ResultDelegate(RowDelegate):
    """Title and origin of a document; of a place what it is, and its words, those that matched set off."""

    def __init__(self, view: RowList) -> None:
        super().__init__(view)
        self._set: dict[tuple[Row, int], Marked] = {}

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        super().set_theme(theme)
        self._set.clear()

    def _marked(self, row: Row, width: int) -> Marked:
        key = (row, width)
        if key not in self._set:
            if len(self._set) >= MOST_SET:
                self._set.clear()
            inner = width - 2 * SIDE - 2 * INSET
            if row.hit is None:
                font, lines, leading = interface_font(0, QFont.Weight.DemiBold), 2, 1.35
            elif row.hit.kind in ("text", "quotation", "highlight"):
                font, lines, leading = page_font(0.78), 3, 1.45
            else:
                font, lines, leading = interface_font(), 3, 1.4
            self._set[key] = Marked(row.words, row.marks, font, inner, lines=lines, leading=leading)
        return self._set[key]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its words are at the list's width."""
        row = index.data(ROW)
        if row is None:
            return QSize(80, 1)
        height = self._marked(row, self.view.width()).height
        if row.hit is None:
            height += line_step(interface_font(-1), 1.5) + 9 + (10 if index.row() else 0)
        else:
            height += line_step(interface_font(-2), 1.4) + 10
        return QSize(80, round(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row: Row | None = index.data(ROW)
        if row is None:
            return
        selected, hovered, focused = self.state(option)
        theme = self.theme
        frame = self.view.row_frame(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.hit is None and index.row():
            frame.adjust(0, 10, 0, 0)
            painter.setPen(theme.colour("hairline"))
            painter.drawLine(
                QPointF(frame.left() + INSET, frame.top() - 5),
                QPointF(frame.right() - INSET, frame.top() - 5),
            )
        if selected or hovered:
            painter.setPen(theme.colour("accent") if focused and selected else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selection" if selected else "hover"))
            painter.drawRoundedRect(frame.adjusted(0.5, 1.5, -0.5, -1.5), 8, 8)
        self._paint_words(painter, frame.adjusted(INSET, 5, -INSET, -5), row)
        painter.restore()

    def _paint_words(self, painter: QPainter, room: QRectF, row: Row) -> None:
        model = self.view.model()
        assert isinstance(model, ResultsModel)
        words = self._marked(row, self.view.width())
        y = room.top()
        if row.hit is not None:
            small = interface_font(-2, QFont.Weight.Medium)
            painter.setPen(self.theme.colour("faint"))
            kind = QFontMetricsF(small).elidedText(
                model.kind_of(row), Qt.TextElideMode.ElideRight, room.width()
            )
            y += draw_lines(painter, [kind], small, QPointF(room.left(), y), room.width(), leading=1.4)
        words.paint(painter, QPointF(room.left(), y), self.theme)
        if row.hit is None:
            small = interface_font(-1)
            painter.setPen(self.theme.colour("soft"))
            shown = in_lines(row.origin, small, room.width(), lines=1)
            at = QPointF(room.left(), y + words.height + 1)
            draw_lines(painter, shown, small, at, room.width(), leading=1.5)


class ResultList(RowList):
    """The list of results; Escape leads out of it, and so does going up from the first row."""

    left = Signal(bool)  # whether the search is to end too

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends the search; up from the first row leads back to the field."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit(True)
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left.emit(False)
        else:
            super().keyPressEvent(event)
