"""The rows of the library's table: headings of groups, and documents, fetched when they are looked at."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QAbstractTableModel,
    QCoreApplication,
    QMimeData,
    QModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QWidget

from reader.lists import Group, Listed, Sorted
from reader.model import ReadingState
from reader.text import one_line
from ui.dates import date_in_words, day_of
from ui.kinds import type_in_words
from ui.numbers import figures
from ui.panels.pages import Pages
from ui.panels.rows import ROW, Index
from ui.panels.shelves import ARTICLES

if TYPE_CHECKING:
    from reader.library import Entry

GROUP = Qt.ItemDataRole.UserRole + 1
OF_DOCUMENT = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)


def _(title: str) -> str:
    return str(QT_TRANSLATE_NOOP("LibraryTable", title))


def translated(title: str) -> str:
    """Return a title of the table in the user's language."""
    return QCoreApplication.translate("LibraryTable", title)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key in the settings, its title, its width, and by what a click on it sorts."""

    key: str
    title: str
    width: int
    by: Sorted | None = None
    is_number: bool = False
    usual: bool = True


COLUMNS = (
    Column("title", _("Title"), 330, Sorted.TITLE),
    Column("author", _("Author"), 140, Sorted.AUTHOR),
    Column("source", _("Source"), 130, Sorted.SOURCE),
    Column("date", _("Date"), 108, Sorted.DATE),
    Column("progress", _("Read"), 104, Sorted.PROGRESS),
    Column("highlights", _("Highlights"), 82, Sorted.HIGHLIGHTS, is_number=True),
    Column("tags", _("Tags"), 150),
    Column("collections", _("Collections"), 140, usual=False),
    Column("added", _("Added"), 108, Sorted.ADDED, usual=False),
    Column("opened", _("Opened"), 108, Sorted.OPENED, usual=False),
    Column("words", _("Words"), 74, Sorted.WORDS, is_number=True, usual=False),
    Column("type", _("Type"), 120, usual=False),
)

# Begins with those that are named anew when first clicked: letters from A on, all else from the top down.
ASCENDING = frozenset({Sorted.TITLE, Sorted.AUTHOR, Sorted.SOURCE})

Lines = Callable[[Sequence[int]], "Sequence[Entry]"]


class LibraryTable(QAbstractTableModel):
    """Documents by their ids; where they are in groups, a heading stands before each group."""

    failed = Signal(object)  # ReaderError

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._listed = Listed()
        self._lines: Lines | None = None
        self._heads: list[int] = []  # the rows of the headings
        self._pages: Pages[Entry | None] = Pages(self.failed.emit)
        self._gone: frozenset[str] = frozenset()
        self._words: Mapping[str, Callable[[Entry], str]] = {
            "title": lambda entry: one_line(entry.title),
            "author": lambda entry: one_line(entry.byline),
            "source": lambda entry: one_line(entry.site),
            "date": lambda entry: date_in_words(entry.date),
            "progress": self.state,
            "highlights": lambda entry: figures(entry.highlights) if entry.highlights else "",
            "tags": lambda entry: ", ".join(map(one_line, entry.tags)),
            "collections": lambda entry: ", ".join(map(one_line, entry.collections)),
            "added": lambda entry: day_of(entry.added),
            "opened": lambda entry: day_of(entry.opened),
            "words": lambda entry: figures(entry.words),
            "type": lambda entry: type_in_words(entry.format),
        }

    # ------------------------------------------------------------ what is listed

    @property
    def listed(self) -> Listed:
        """The list."""
        return self._listed

    def set_list(self, listed: Listed, lines: Lines) -> bool:
        """Show a list, of which `lines` gives the rows; return False where it is the same as before."""
        self._lines = lines
        if listed.ids == self._listed.ids and listed.groups == self._listed.groups:
            self._pages.set_source(len(listed.ids), self._fetch)
            if self.rowCount():
                self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(COLUMNS) - 1))
            return False
        self.beginResetModel()
        self._listed = listed
        self._heads = [group.start + number for number, group in enumerate(listed.groups)]
        self._pages.set_source(len(listed.ids), self._fetch)
        self.endResetModel()
        return True

    def _fetch(self, offset: int, limit: int) -> Sequence[Entry | None]:
        ids = self._listed.ids[offset : offset + limit]
        found = {each.id: each for each in self._lines(ids)} if self._lines is not None else {}
        return [found.get(id) for id in ids]

    def show_gone(self, sources: Iterable[str]) -> None:
        """Mark the documents whose files are not there."""
        self._gone = frozenset(sources)
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))

    def is_gone(self, entry: Entry) -> bool:
        """Tell whether the file of a document was found to be gone."""
        return entry.source in self._gone

    # ------------------------------------------------------------ rows

    def group(self, row: int) -> Group | None:
        """Return the group whose heading a row is, or None."""
        number = bisect_right(self._heads, row) - 1
        return self._listed.groups[number] if number >= 0 and self._heads[number] == row else None

    def _place(self, row: int) -> int:
        """Return which of the documents is in a row."""
        return row - bisect_right(self._heads, row)

    def entry(self, row: int) -> Entry | None:
        """Return the document of a row; None for a heading, and for one that is not there (any more)."""
        if not 0 <= row < self.rowCount() or self.group(row) is not None:
            return None
        return self._pages.row(self._place(row))

    def ids(self, rows: Iterable[range]) -> list[int]:
        """Return the documents in rows, each once, without looking at them."""
        listed = self._listed.ids
        found: dict[int, None] = {}
        for span in rows:
            # Between the rows before and at an end lie just the documents of a span, headings left out.
            first = span.start - bisect_left(self._heads, span.start)
            last = span.stop - bisect_left(self._heads, span.stop)
            found.update(dict.fromkeys(listed[first:last]))
        return list(found)

    def row_of(self, id: int) -> int | None:
        """Return the first row of a document."""
        try:
            place = self._listed.ids.index(id)
        except ValueError:
            return None
        return place + sum(group.start <= place for group in self._listed.groups)

    def rows_of(self, ids: Sequence[int]) -> list[int]:
        """Return the first rows of documents, as far as they are listed, from the top down."""
        wanted = set(ids)
        places: dict[int, int] = {}
        for place, id in enumerate(self._listed.ids):
            if id in wanted:
                places.setdefault(id, place)
        starts = [group.start for group in self._listed.groups]
        return sorted(place + bisect_right(starts, place) for place in places.values())

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Count the documents and the headings."""
        return 0 if parent.isValid() else len(self._listed.ids) + len(self._heads)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Count the columns, those too that are not shown."""
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Documents can be chosen and dragged, headings are passed over."""
        if not index.isValid() or self.group(index.row()) is not None:
            return Qt.ItemFlag.NoItemFlags
        return OF_DOCUMENT

    # ------------------------------------------------------------ what is in them

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return translated(column.title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the document, the group, or the words of a cell."""
        if not index.isValid():
            return None
        group = self.group(index.row())
        if role == GROUP:
            return group
        if group is not None:
            return group.name if role == Qt.ItemDataRole.AccessibleTextRole else None
        wanted = (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        )
        if role != ROW and role not in wanted:
            return None
        entry = self.entry(index.row())
        if entry is None or role == ROW:
            return entry
        words = self.words(entry, COLUMNS[index.column()].key)
        if role != Qt.ItemDataRole.DisplayRole and index.column() == 0 and self.is_gone(entry):
            return f"{words}\n{self.gone_words()}"
        return words

    def gone_words(self) -> str:
        """Say what it means that a file is gone."""
        return self.tr("The file is gone; the text and your notes are here.")

    def words(self, entry: Entry, key: str) -> str:
        """Return what stands in a column of a document."""
        return self._words[key](entry)

    def state(self, entry: Entry) -> str:
        """Say how far one is with a document."""
        if entry.state is ReadingState.UNREAD:
            return self.tr("Unread")
        if entry.state is ReadingState.READ:
            return self.tr("Read")
        return self.tr("{} %").format(round(entry.progress * 100))

    # ------------------------------------------------------------ dragged

    def mimeTypes(self) -> list[str]:
        """Name what is dragged."""
        return [ARTICLES]

    def mimeData(self, indexes: Iterable[Index]) -> QMimeData:
        """Return the documents that are dragged, by their ids."""
        rows = sorted({index.row() for index in indexes})
        data = QMimeData()
        data.setData(ARTICLES, json.dumps(self.ids(range(row, row + 1) for row in rows)).encode())
        return data
