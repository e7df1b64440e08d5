"""The left side: every article of the library, or what was found in it. Knows no database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.errors import ReaderError
from reader.text import excerpt, one_line
from ui.dates import date_in_words
from ui.kinds import type_in_words
from ui.numbers import figures
from ui.panels.away import Away
from ui.panels.found import FoundPanel
from ui.panels.links import Links
from ui.panels.pages import Pages
from ui.panels.rows import ROW, CountedModel, Index, RowDelegate, RowList, draw_lines, in_lines, line_step
from ui.panels.search_field import SearchField
from ui.panels.searches import Searches
from ui.panels.shelves import Shelves
from ui.theme import Theme, interface_font

INSET = 8.0


class Entry(Protocol):
    """What a row shows of an article."""

    @property
    def id(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def site(self) -> str: ...
    @property
    def byline(self) -> str: ...
    @property
    def date(self) -> str: ...
    @property
    def format(self) -> str: ...
    @property
    def progress(self) -> float: ...
    @property
    def highlights(self) -> int: ...
    @property
    def notes(self) -> int: ...
    @property
    def words(self) -> int: ...


Fetch = Callable[[int, int], Sequence[Entry]]
Ids = Callable[[], Sequence[int]]


class LibraryModel(CountedModel):
    """The entries, fetched a page at a time when a row of it is looked at."""

    failed = Signal(object)  # ReaderError

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pages: Pages[Entry] = Pages(self.failed.emit)
        self._ids: Ids = tuple

    def set_source(self, count: int, fetch: Fetch, ids: Ids) -> None:
        """Take `count` entries from `fetch(offset, limit)` in place of the present; `ids()` has all ids."""
        self._ids = ids
        if count and count == self._pages.count:
            # The rows stay, and so does whoever goes along them while something is written behind.
            self._pages.set_source(count, fetch)
            self.dataChanged.emit(self.index(0), self.index(count - 1))
            return
        self._pages.set_source(count, fetch)
        self.set_count(count)

    def entry(self, row: int) -> Entry | None:
        """Return the entry of a row; None when it is not there (any more) or can't be fetched."""
        return self._pages.row(row)

    def row_of(self, entry_id: int, *, near: int = 0) -> int | None:
        """Return the row of an article, None when it is not listed; `near` is where it was last."""
        for row in (near, 0):
            self.entry(row)  # fetches its page
        seen = next((row for row, entry in self._pages.fetched() if entry.id == entry_id), None)
        if seen is not None:
            return seen
        try:
            return self._ids().index(entry_id)
        except ValueError:
            return None
        except ReaderError as error:
            self.failed.emit(error)
            return None

    def refresh(self) -> None:
        """Fetch everything anew when it is next looked at."""
        self._pages.forget()
        if self._pages.count:
            self.dataChanged.emit(self.index(0), self.index(self._pages.count - 1))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the entry, or its words for screen readers and typing ahead."""
        entry = self.entry(index.row()) if index.isValid() else None
        if entry is None:
            return None
        if role == ROW:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return one_line(entry.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            done = self.tr("{} % read").format(round(entry.progress * 100))
            return ". ".join(filter(None, (one_line(entry.title), self.origin(entry), done)))
        return None

    def origin(self, entry: Entry) -> str:
        """Return where and when an article is from, or what it is."""
        where = one_line(entry.site) or one_line(entry.byline) or type_in_words(entry.format)
        return " · ".join(filter(None, (where, date_in_words(entry.date))))

    def amount(self, entry: Entry) -> str:
        """Return how long an article is and what has been done in it."""
        words = marked = ""
        if entry.words:
            shown = self.tr("{} word") if entry.words == 1 else self.tr("{} words")
            words = shown.format(figures(entry.words))
        if entry.highlights:
            shown = self.tr("{} highlight") if entry.highlights == 1 else self.tr("{} highlights")
            marked = shown.format(entry.highlights)
        return " · ".join(filter(None, (words, marked)))


class EntryDelegate(RowDelegate):
    """Title, origin and a thin line of how far it was read; all rows are of one height."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Three lines and the progress line."""
        title, small = interface_font(0, QFont.Weight.DemiBold), interface_font(-1)
        height = 2 * line_step(title, 1.35) + line_step(small, 1.5) + 2 * INSET + 12
        return QSize(80, round(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one entry; where the title needs one line only, its length stands in the other's place."""
        entry: Entry | None = index.data(ROW)
        if entry is None:
            return
        selected, hovered, focused = self.state(option)
        theme = self.theme
        frame = self.view.row_frame(option.rect).adjusted(0, 1, 0, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or hovered:
            painter.setPen(theme.colour("accent") if focused and selected else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selection" if selected else "hover"))
            painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        self._paint_words(painter, frame.adjusted(INSET, INSET, -INSET, -INSET), entry, selected)
        line = QRectF(frame.left() + INSET, frame.bottom() - INSET - 1, frame.width() - 2 * INSET, 2)
        if entry.progress > 0:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hairline"))
            painter.drawRoundedRect(line, 1, 1)
            line.setWidth(max(2.0, line.width() * min(1.0, entry.progress)))
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(line, 1, 1)
        painter.restore()

    def _paint_words(self, painter: QPainter, room: QRectF, entry: Entry, selected: bool) -> None:
        model = self.view.model()
        assert isinstance(model, LibraryModel)
        bold, small = interface_font(0, QFont.Weight.DemiBold), interface_font(-1)
        painter.setPen(self.theme.colour("ink"))
        title = in_lines(entry.title, bold, room.width(), lines=2)
        y = room.top() + draw_lines(painter, title, bold, room.topLeft(), room.width(), leading=1.35) + 2
        painter.setPen(self.theme.colour("soft"))
        for words in [model.origin(entry), *([model.amount(entry)] if len(title) < 2 else [])]:
            shown = in_lines(words, small, room.width(), lines=1)
            y += draw_lines(painter, shown, small, QPointF(room.left(), y), room.width(), leading=1.4)


class LibraryPanel(QFrame):
    """The field that searches, ways to elsewhere, and the articles, or in their place what was found."""

    document_requested = Signal(int)
    search_changed = Signal(str)
    problem = Signal(object)  # ReaderError: the library could not be read

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("libraryPanel")
        self.setAccessibleName(self.tr("Library"))
        self._current: int | None = None
        self.search = SearchField(self, self.tr("Ctrl ⇧ F"))
        self.search.setPlaceholderText(self.tr("Search the library"))
        self.search.setAccessibleName(self.tr("Search the library"))
        self.links = Links(self)
        self.searches = Searches(self)
        self.found = FoundPanel(self)
        self.away = Away(self)
        self.away.column.setContentsMargins(18, 26, 18, 0)
        self._is_away = False  # the library: what is in it can't be read
        self._head = QWidget(self)
        self.shelves = Shelves(self)
        self.heading = QLabel(self.tr("All articles"), self)
        self.all = QToolButton(self)  # of them: a way back from those of a collection or a tag
        self.all.setText("×")
        self.all.setObjectName("quietButton")
        self.all.setToolTip(self.tr("Show all articles"))
        self.all.setAccessibleName(self.tr("Show all articles"))
        self.all.hide()
        self._narrowed = ""
        self.total = QLabel("0", self)
        self.total.setProperty("role", "faint")
        self.list = RowList(self)
        self.list.setAccessibleName(self.tr("Articles"))
        self.list.setUniformItemSizes(True)
        self.model = LibraryModel(self)
        self.delegate = EntryDelegate(self.list)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self._lay_out()
        self._show_state()
        self.search.textChanged.connect(self._on_search)
        self.search.left_down.connect(self._enter_list)
        self.found.left.connect(self._on_left_found)
        self.list.requested.connect(self._on_requested)
        self.model.failed.connect(self.problem)

    def _lay_out(self) -> None:
        counted = QHBoxLayout(self._head)
        counted.setContentsMargins(20, 8, 20, 6)
        counted.addWidget(self.heading)
        counted.addWidget(self.all)
        counted.addStretch(1)
        counted.addWidget(self.total)
        searched = QHBoxLayout()
        searched.setContentsMargins(12, 12, 12, 4)
        searched.addWidget(self.search)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(0)
        column.addLayout(searched)
        column.addWidget(self.found, 1)
        column.addWidget(self.links)
        column.addWidget(self.searches)
        column.addWidget(self.shelves)
        column.addWidget(self._head)
        column.addWidget(self.list, 1)
        column.addWidget(self.away, 0, Qt.AlignmentFlag.AlignTop)
        column.addStretch(0)

    # ------------------------------------------------------------ shown

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        for part in (self.search, self.links, self.searches, self.shelves, self.found):
            part.set_theme(theme)
        self.delegate.set_theme(theme)

    def set_source(self, count: int, fetch: Fetch, total: int | None = None, *, ids: Ids = tuple) -> None:
        """Show `count` entries that `fetch(offset, limit)` gives; `total` are in the library altogether.

        `ids` gives those of all, in their order: it is asked when an article stands further down than was
        looked. The place in the list and the chosen article stay.
        """
        scrolled = self.list.verticalScrollBar().value()
        has_the_same_rows = count == self.model.rowCount()
        self.model.set_source(count, fetch, ids)
        self.total.setText(figures(count if total is None else total))
        if total is not None and count != total:
            self.total.setText(self.tr("{} of {}").format(figures(count), figures(total)))
        self._show_state()
        if not (has_the_same_rows and self.list.hasFocus()):
            self._mark_current()
        self.list.verticalScrollBar().setValue(scrolled)

    def narrow(self, words: str) -> None:
        """Say that the articles of a collection, a tag or a state are shown; "" for all."""
        self._narrowed = words
        self._show_state()

    def refresh(self) -> None:
        """Fetch what is shown anew."""
        self.model.refresh()

    def set_away(self, away: bool) -> None:
        """Say in the place of what is in the library that it can't be read, or show it again."""
        self._is_away = away
        if away:
            self.links.forget_counts()
        self._show_state()

    def _show_state(self) -> None:
        """Show the articles, or while one searches what was found, or why none can be read."""
        searching = bool(self.search_text())
        self.links.setVisible(not searching)
        for part in (self.shelves, self._head, self.list):
            part.setVisible(not searching and not self._is_away)
        self.searches.fold(searching or self._is_away)
        self.found.setVisible(searching and not self._is_away)
        self.away.setVisible(self._is_away)
        narrowed = excerpt(self._narrowed, limit=26)
        self.heading.setText(narrowed or self.tr("Recent"))
        self.heading.setProperty("role", "" if narrowed else "faint")
        self.heading.style().polish(self.heading)
        self.all.setVisible(bool(narrowed))
        self.list.set_empty(
            self.tr("There is no article here. Drag articles from the library onto a collection.")
            if narrowed
            else self.tr("Drop an article or a folder here, or press Ctrl+O.")
        )

    def select(self, entry_id: int) -> None:
        """Mark an article as the one that is open; whoever goes along the list by keys is left there."""
        is_same, self._current = entry_id == self._current, entry_id
        if not (is_same and self.list.hasFocus()):
            self._mark_current()

    def _row_of_current(self) -> int | None:
        if self._current is None:
            return None
        return self.model.row_of(self._current, near=max(0, self.list.currentIndex().row()))

    def _mark_current(self) -> None:
        row = self._row_of_current()
        if row is None:
            self.list.clearSelection()
            return
        self.list.setCurrentIndex(self.model.index(row))

    # ------------------------------------------------------------ asked

    def search_text(self) -> str:
        """Return the words that are searched."""
        return self.search.text().strip()

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def neighbour(self, way: int) -> int | None:
        """Return the article after (1) or before (-1) the open one, in the order that is shown.

        Of one that is not shown, the first is the neighbour.
        """
        if self.search_text():
            return self.found.neighbour(self._current, way)
        row = self._row_of_current()
        entry = self.model.entry(row + way if row is not None else 0)
        return entry.id if entry is not None else None

    def _on_search(self) -> None:
        self._show_state()
        self.search_changed.emit(self.search_text())

    def _on_left_found(self, for_good: bool) -> None:
        if for_good:
            self.search.clear()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter_list(self) -> None:
        if self.search_text():
            return  # who searches knows whether what was found is what was asked for
        if self.model.rowCount():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            if not self.list.selectionModel().hasSelection():
                self.list.setCurrentIndex(self.model.index(0))

    def _on_requested(self, index: QModelIndex) -> None:
        entry = self.model.entry(index.row())
        if entry is not None:
            self.document_requested.emit(entry.id)
