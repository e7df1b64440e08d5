"""Who said what: a card for each quotation, by speaker or in reading order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QActionGroup, QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from reader.model import Label, Quote, QuoteKind
from reader.text import one_line
from ui.panels.cards import CardDelegate, CardList, Face, Piece
from ui.panels.flow import FlowLayout
from ui.panels.rows import LONGEST, ROW, GrowingModel, Index
from ui.theme import Theme, interface_font, label_role, page_font

CONTENT_LINES = 8
CURRENT_LINES = 30
KINDS = (QuoteKind.DIRECT, QuoteKind.MIXED, QuoteKind.INDIRECT)


def kind_name(kind: QuoteKind) -> str:
    """Return a kind of quotations in the user's language."""
    names = {
        QuoteKind.DIRECT: QCoreApplication.translate("QuotesPanel", "direct"),
        QuoteKind.MIXED: QCoreApplication.translate("QuotesPanel", "mixed"),
        QuoteKind.INDIRECT: QCoreApplication.translate("QuotesPanel", "reported"),
    }
    return names[kind]


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """One quotation as its card shows it; `index` is its place among all quotations."""

    index: int
    kind: QuoteKind
    speaker: str
    role: str
    content: str
    reason: str


def quote_row(text: str, index: int, quote: Quote, labels: Mapping[str, Label]) -> QuoteRow:
    """Return a quotation as its card shows it; pieces that are apart are joined by "…"."""
    pieces = [one_line(text[span.start : min(span.end, span.start + LONGEST)]) for span in quote.content]
    label = labels.get(quote.speaker) if quote.speaker else None
    role = label_role(label) if label is not None else "soft"
    content = " … ".join(filter(None, pieces))
    return QuoteRow(index, quote.kind, quote.speaker or "", role, content, quote.reason)


def by_speaker(quotes: Sequence[Quote], indexes: Sequence[int]) -> list[int]:
    """Put the quotations of one speaker together: the most quoted first, the unnamed last."""
    counts = Counter(quotes[index].speaker for index in indexes)
    first = {quotes[index].speaker: index for index in reversed(indexes)}

    def key(index: int) -> tuple[bool, int, int, int]:
        speaker = quotes[index].speaker
        return not speaker, -counts[speaker], first[speaker], index

    return sorted(indexes, key=key)


class QuotesModel(GrowingModel):
    """The indexes of the quotations that are shown; a card is made of one only when it is looked at."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = ""
        self.quotes: tuple[Quote, ...] = ()
        self.labels: Mapping[str, Label] = {}

    def value(self, row: int) -> QuoteRow:
        """Make the card of the quotation with this index."""
        return quote_row(self.text, row, self.quotes[row], self.labels)

    def words(self, row: QuoteRow) -> str:
        """Speaker, kind and content."""
        speaker = row.speaker or self.tr("Speaker not named")
        return f"{one_line(speaker)}, {kind_name(row.kind)}: {row.content}"


class QuoteDelegate(CardDelegate):
    """The speaker in the colour of its type, the kind, the words; the reason on the current card."""

    def face(self, row: QuoteRow, *, current: bool) -> Face:
        """Return what the card of a quotation shows."""
        speaker = row.speaker or self.tr("Speaker not named")
        pieces = [
            Piece(speaker, interface_font(-1, QFont.Weight.DemiBold), row.role, 1),
            Piece(
                row.content,
                page_font(14 / 17.5),
                "ink",
                CURRENT_LINES if current else CONTENT_LINES,
                leading=1.48,
                above=3,
            ),
        ]
        if current:
            pieces.append(Piece(row.reason, interface_font(-1.5), "faint", 6, above=4))
        link = QCoreApplication.translate("QuotesPanel", "change") if current else ""
        return Face(tuple(pieces), aside=kind_name(row.kind), link=link)


class QuotesPanel(QFrame):
    """The quotations of the open article."""

    quote_requested = Signal(int)
    speaker_requested = Signal(int, object)  # the quotation's speaker is to be changed; QRect on the screen
    correct_requested = Signal(int, object)  # what can be said of the quotation is asked for; QPoint likewise
    count_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Quotes"))
        self._in_order = False
        self.order = QToolButton(self)
        self.order.setObjectName("quietButton")
        self.order.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.order.setMenu(self._order_menu())
        self.kinds = {kind: self._kind_button(kind) for kind in KINDS}
        self.list = CardList(self)
        self.list.setAccessibleName(self.tr("Quotations in the article"))
        self.model = QuotesModel(self)
        self.delegate = QuoteDelegate(self.list)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self.header = QWidget(self)
        kinds = QWidget(self.header)
        words = QHBoxLayout(kinds)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(1)
        for button in self.kinds.values():
            words.addWidget(button)
        flow = FlowLayout(self.header, spacing=2, last_right=True)
        flow.addWidget(self.order)
        flow.addWidget(kinds)
        top = QVBoxLayout()
        top.setContentsMargins(8, 8, 10, 6)
        top.addWidget(self.header)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        self.list.requested.connect(self._on_requested)
        self.list.link_requested.connect(self._ask_speaker)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(lambda at: self._ask_menu(self.list.indexAt(at), at))
        for keys, ask in (("W", self._ask_speaker), ("F2", self._ask_speaker), ("X", self._ask_menu)):
            shortcut = QShortcut(QKeySequence(keys), self.list, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda ask=ask: ask(self.list.currentIndex()))
        self._show()

    def _order_menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for words, in_order in ((self.tr("By speaker"), False), (self.tr("In reading order"), True)):
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(in_order is self._in_order)
            action.triggered.connect(lambda _=False, chosen=in_order: self.show_in_order(chosen))
            group.addAction(action)
        return menu

    def _kind_button(self, kind: QuoteKind) -> QToolButton:
        button = QToolButton(self)
        button.setText(kind_name(kind))
        button.setProperty("role", "word")
        button.setCheckable(True)
        button.setChecked(True)
        button.setAccessibleName(self.tr("Show {} quotations").format(kind_name(kind)))
        button.setToolTip(button.accessibleName())
        button.toggled.connect(self._show_again)
        return button

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.delegate.set_theme(theme)

    def set_quotes(self, text: str, quotes: Sequence[Quote], labels: Mapping[str, Label]) -> None:
        """Show these quotations of `text`; `labels` tells the type of each speaker."""
        model, fresh = self.model, tuple(quotes)
        if (fresh, labels) == (model.quotes, model.labels) and text == model.text:
            return
        current = self.list.currentIndex().data(ROW)
        model.text, model.quotes, model.labels = text, fresh, dict(labels)
        self._show(current)
        self.count_changed.emit(len(fresh))

    def show_in_order(self, in_order: bool) -> None:
        """Show the quotations in reading order, or else by speaker."""
        self._in_order = in_order
        self._show_again()

    def select(self, index: int) -> None:
        """Make the quotation with this index the current one, without asking for it."""
        if not 0 <= index < len(self.model.quotes):
            return
        self.kinds[self.model.quotes[index].kind].setChecked(True)
        self.list.show_row(self.model.rows().index(index))

    def _show_again(self) -> None:
        self._show(self.list.currentIndex().data(ROW))

    def _show(self, current: QuoteRow | None = None) -> None:
        """Show the rows anew; `current` is the one that was current, and stays it."""
        quotes = self.model.quotes
        scrolled = self.list.verticalScrollBar().value()
        kinds = {kind for kind, button in self.kinds.items() if button.isChecked()}
        rows = [index for index, quote in enumerate(quotes) if quote.kind in kinds]
        self.order.setText((self.tr("In reading order") if self._in_order else self.tr("By speaker")) + " ▾")
        self.header.setVisible(bool(quotes))
        self.list.set_empty(
            self.tr("All quotations are of a kind that is switched off above.")
            if quotes
            else self.tr("What people say in the article will stand here, with who said it.")
        )
        self.model.replace(rows if self._in_order else by_speaker(quotes, rows))
        if current is not None:
            shown = [self.model.index(number) for number in range(self.model.rowCount())]
            same = [index for index in shown if index.data(ROW).content == current.content]
            # Where it was said by somebody else before, it is the same quotation all the same.
            said = [index for index in same if index.data(ROW).speaker == current.speaker]
            if same:
                self.list.setCurrentIndex((said or same)[0])
        self.list.verticalScrollBar().setValue(scrolled)

    def _ask_speaker(self, index: Index) -> None:
        row = index.data(ROW)
        if row is not None:
            link = self.delegate.link_rect(index).toRect()
            beside = self.list.visualRect(index) if link.isEmpty() else link
            at = self.list.viewport().mapToGlobal(beside.topLeft())
            self.speaker_requested.emit(row.index, QRect(at, beside.size()))

    def _ask_menu(self, index: Index, at: QPoint | None = None) -> None:
        row = index.data(ROW)
        if row is not None:
            where = at or self.list.visualRect(index).center()
            self.correct_requested.emit(row.index, self.list.viewport().mapToGlobal(where))

    def _on_requested(self, index: QModelIndex, _backwards: bool) -> None:
        row = index.data(ROW)
        if row is not None:
            self.quote_requested.emit(row.index)
