"""What stands in the place of the list of articles while one searches: how many, filters, results."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.numbers import figures
from ui.panels.filters import Filters
from ui.panels.results import Found, ResultDelegate, ResultList, ResultsModel, Row
from ui.theme import Theme


class FoundPanel(QFrame):
    """Says how many articles match or why the words can't be searched for, and lists what was found."""

    row_requested = Signal(object)  # Row
    more_wanted = Signal(int)
    left = Signal(bool)  # to the field; whether the search is to end
    table_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Found"))
        self.sentence = QLabel(self)
        self.sentence.setProperty("role", "quiet")
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setContentsMargins(20, 4, 16, 4)
        self.sentence.hide()
        self.total = QLabel(self)
        self._keys = QLabel(self.tr("F4 next"), self)
        self._keys.setProperty("role", "faint")
        self._keys.setToolTip(self.tr("F4 leads to the next place, Shift+F4 to the one before."))
        self.table = QPushButton(self.tr("Table"), self)
        self.table.setProperty("role", "link")
        self.table.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.table.setToolTip(
            self.tr("All of these as a table, to sort, collect and tag them (Ctrl+Shift+L).")
        )
        self.table.setAccessibleName(self.tr("What was found, as a table"))
        self.filters = Filters(self)
        self.filters.setContentsMargins(16, 0, 8, 6)
        self.list = ResultList(self)
        self.list.setAccessibleName(self.tr("What was found"))
        self.model = ResultsModel(self)
        self.delegate = ResultDelegate(self.list)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(20, 8, 20, 4)
        head.addWidget(self.total)
        head.addStretch(1)
        head.addWidget(self._keys)
        head.addSpacing(4)
        head.addWidget(self.table)
        column.addWidget(self.sentence)
        column.addLayout(head)
        column.addWidget(self.filters)
        column.addWidget(self.list, 1)
        self.forget()
        self.list.requested.connect(self._on_requested)
        self.list.left.connect(self.left)
        self.table.clicked.connect(self.table_requested)
        self.model.more_wanted.connect(self.more_wanted)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.delegate.set_theme(theme)

    def show_answer(
        self, found: Sequence[Found], total: int, *, anew: bool, of_nothing: bool = False
    ) -> None:
        """Show the first of `total` documents; with `anew` it is the same question, and the place stays.

        With `of_nothing` there is no article that could be found.
        """
        scrolled = self.list.verticalScrollBar().value() if anew else 0
        current = self.list.currentIndex().row() if anew else -1
        self.explain("")
        self.model.show_first(found, total)
        shown = self.tr("{} article") if total == 1 else self.tr("{} articles")
        self.total.setText(shown.format(figures(total)))
        self.total.show()
        self._keys.setVisible(bool(total))
        self.table.setVisible(bool(total))
        self.list.set_empty(
            self.tr("There is no article in the library yet. Drop one here, or press Ctrl+O.")
            if of_nothing
            else self.tr("No article matches. Try fewer words, or a beginning with a star, as in “harb*”.")
        )
        self.list.setCurrentIndex(self.model.index(current) if current >= 0 else QModelIndex())
        self.list.verticalScrollBar().setValue(scrolled)

    def forget(self) -> None:
        """Nothing is searched for."""
        self.model.show_first((), 0)
        self.list.set_empty("")
        self.total.hide()
        self._keys.hide()
        self.table.hide()
        self.explain("")

    def explain(self, sentence: str) -> None:
        """Say why the words can't be searched for; what was found before stays."""
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))

    def show_row(self, number: int) -> None:
        """Mark a row and bring it into sight."""
        self.list.show_row(number)

    def neighbour(self, document_id: int | None, way: int) -> int | None:
        """Mark the article after (1) or before (-1) one of those that were found, and return it."""
        number = self.model.beside(document_id or 0, way)
        row = self.model.row(number) if number is not None else None
        if number is None or row is None:
            self.model.fetchMore(QModelIndex())  # for the next time
            return None
        self.show_row(number)
        return row.document_id

    def enter(self) -> None:
        """Give the keyboard to the results."""
        if self.model.rowCount():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.model.index(0))

    def _on_requested(self, index: QModelIndex) -> None:
        row: Row | None = self.model.row(index.row())
        if row is not None:
            self.row_requested.emit(row)
