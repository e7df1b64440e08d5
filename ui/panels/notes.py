"""What the reader marked and wrote in the open article: cards in reading order, and what was lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QMenu, QToolButton, QVBoxLayout, QWidget

from reader.model import Highlight, Note
from reader.text import excerpt, one_line
from ui.menus import for_once
from ui.panels.cards import CardDelegate, CardList, Face, Piece
from ui.panels.flow import FlowLayout
from ui.panels.rows import ROW, GrowingModel, Index
from ui.theme import Theme, interface_font, page_font

MOST_CHIPS = 14
EXCERPT = 400


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and a sentence under it."""

    words: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Lost:
    """A highlight whose words no longer stand in the text."""

    highlight: Highlight


NoteRow = Highlight | Note | Lost | Section


class NotesModel(GrowingModel):
    """Notes on the whole, highlights, lost highlights, each under its heading where there are several."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading can't be chosen."""
        if index.isValid() and isinstance(index.data(ROW), Section):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def words(self, row: NoteRow) -> str:
        """The words that were marked, the note and the tags."""
        if isinstance(row, Section):
            return row.words
        if isinstance(row, Note):
            return "; ".join(filter(None, (one_line(row.body), ", ".join(row.tags))))
        highlight = row.highlight if isinstance(row, Lost) else row
        lost = self.tr("Lost highlight") if isinstance(row, Lost) else ""
        said = excerpt(highlight.anchor.exact[: 2 * EXCERPT], limit=EXCERPT) or self.tr("A picture")
        return "; ".join(filter(None, (lost, said, one_line(highlight.note), ", ".join(highlight.tags))))


class NoteDelegate(CardDelegate):
    """The marked words in the reading face, the note, tags as pills, the pen's colour at the edge."""

    def face(self, row: NoteRow, *, current: bool) -> Face:
        """Return what a card shows."""
        if isinstance(row, Section):
            pieces = [Piece(row.words, interface_font(0, QFont.Weight.DemiBold), "ink", 2)]
            if row.remark:
                pieces.append(Piece(row.remark, interface_font(-1), "soft", 4, above=2))
            return Face(tuple(pieces), heading=True)
        most = 40 if current else 6
        if isinstance(row, Note):
            return Face((Piece(row.body, interface_font(), "ink", most),), pills=row.tags)
        highlight = row.highlight if isinstance(row, Lost) else row
        said = excerpt(highlight.anchor.exact[: 2 * EXCERPT], limit=EXCERPT) or self.tr("A picture")
        pieces = [Piece(said, page_font(14 / 17.5), "soft" if highlight.note else "ink", 3, leading=1.45)]
        if highlight.note:
            pieces.append(Piece(highlight.note, interface_font(), "ink", most, above=5))
        return Face(tuple(pieces), pills=highlight.tags, edge=f"{highlight.colour}_edge")


class NotesPanel(QFrame):
    """Notes and highlights of the open article, with chips that keep those of a tag."""

    highlight_requested = Signal(str)
    edit_requested = Signal(str)
    delete_requested = Signal(str)
    place_requested = Signal(str)  # a lost highlight
    count_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Notes"))
        self._highlights: tuple[Highlight, ...] = ()
        self._notes: tuple[Note, ...] = ()
        self._lost: tuple[Highlight, ...] = ()
        self._tag = ""
        self._chips: list[QToolButton] = []
        self.list = CardList(self)
        self.list.setAccessibleName(self.tr("Notes and highlights in the article"))
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.model = NotesModel(self)
        self.delegate = NoteDelegate(self.list)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self.chips = QWidget(self)
        self._flow = FlowLayout(self.chips, spacing=5)
        top = QVBoxLayout()
        top.setContentsMargins(12, 10, 12, 2)
        top.addWidget(self.chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        self.list.requested.connect(self._on_requested)
        self.list.customContextMenuRequested.connect(self._show_menu)
        for keys, signal in (
            ("E", self.edit_requested),
            ("F2", self.edit_requested),
            ("Delete", self.delete_requested),
        ):
            shortcut = QShortcut(QKeySequence(keys), self.list, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda signal=signal: self._ask(signal))
        self._show()

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.delegate.set_theme(theme)

    def set_notes(
        self, highlights: Sequence[Highlight], notes: Sequence[Note] = (), lost: Sequence[Highlight] = ()
    ) -> None:
        """Show highlights in reading order, the notes on the whole article, and what was not found again."""
        fresh = (tuple(highlights), tuple(notes), tuple(lost))
        if fresh == (self._highlights, self._notes, self._lost):
            return
        self._highlights, self._notes, self._lost = fresh
        self._show_chips()
        self._show()
        self.count_changed.emit(sum(map(len, fresh)))

    def select(self, record_id: str) -> None:
        """Make the card of a highlight or note the current one, without asking for it."""
        for number, row in enumerate(self.model.rows()):
            if _id_of(row) == record_id:
                self.list.show_row(number)
                return

    # ------------------------------------------------------------ tags

    def _show_chips(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self._chips = []
        records: tuple[Highlight | Note, ...] = (*self._highlights, *self._notes, *self._lost)
        counts = Counter(tag for row in records for tag in row.tags)
        if self._tag not in counts:
            self._tag = ""
        for tag, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_CHIPS]:
            chip = QToolButton(self.chips)
            shown = excerpt(tag, limit=28)
            chip.setText(shown.replace("&", "&&"))
            chip.setToolTip(self.tr("Show only what is tagged “{}” ({})").format(shown, number))
            chip.setAccessibleName(chip.toolTip())
            chip.setProperty("role", "chip")
            chip.setCheckable(True)
            chip.setChecked(tag == self._tag)
            chip.clicked.connect(lambda checked, tag=tag: self.show_tag(tag if checked else ""))
            chip.setProperty("tag", tag)
            self._flow.addWidget(chip)
            chip.show()
            self._chips.append(chip)
        self.chips.setVisible(bool(self._chips))

    def show_tag(self, tag: str) -> None:
        """Show only what has this tag, or everything for ""."""
        self._tag = tag
        for chip in self._chips:
            chip.setChecked(bool(tag) and chip.property("tag") == tag)
        self._show()

    # ------------------------------------------------------------ rows

    def _kept(self, row: Highlight | Note) -> bool:
        return not self._tag or self._tag in row.tags

    def _show(self) -> None:
        current = _id_of(self.list.currentIndex().data(ROW))
        scrolled = self.list.verticalScrollBar().value()
        notes = [note for note in self._notes if self._kept(note)]
        marked = [highlight for highlight in self._highlights if self._kept(highlight)]
        lost = [Lost(highlight) for highlight in self._lost if self._kept(highlight)]
        rows: list[NoteRow] = []
        if notes:
            rows += [Section(self.tr("On the whole article")), *notes]
        if marked:
            rows += [*([Section(self.tr("In the text"))] if notes else []), *marked]
        if lost:
            remark = self.tr("Their words are no longer in the text. Nothing of them was deleted.")
            rows += [Section(self.tr("Lost highlights"), remark), *lost]
        self.list.set_empty(
            self.tr(
                "Select words on the page and press H to highlight them, or N to write a note. "
                "Shift+N is for a note on the whole article."
            )
        )
        self.model.replace(rows)
        if current:
            for number, row in enumerate(rows[: self.model.rowCount()]):
                if _id_of(row) == current:
                    self.list.setCurrentIndex(self.model.index(number))
                    break
        self.list.verticalScrollBar().setValue(scrolled)

    def _ask(self, signal: Signal) -> None:
        record_id = _id_of(self.list.currentIndex().data(ROW))
        if record_id:
            signal.emit(record_id)  # type: ignore[attr-defined]

    def _on_requested(self, index: QModelIndex, _backwards: bool) -> None:
        row = index.data(ROW)
        if isinstance(row, Note):
            self.edit_requested.emit(row.id)
        elif isinstance(row, Highlight | Lost):
            self.highlight_requested.emit(_id_of(row))

    def _show_menu(self, at: QPoint) -> None:
        row = self.list.indexAt(at).data(ROW)
        record_id = _id_of(row)
        if not record_id:
            return
        menu = for_once(QMenu(self))
        if isinstance(row, Lost):
            menu.addAction(self.tr("Show where it belongs…")).triggered.connect(
                lambda: self.place_requested.emit(record_id)
            )
        menu.addAction(self.tr("Edit the note")).triggered.connect(
            lambda: self.edit_requested.emit(record_id)
        )
        menu.addAction(self.tr("Delete")).triggered.connect(lambda: self.delete_requested.emit(record_id))
        menu.popup(self.list.viewport().mapToGlobal(at))


def _id_of(row: NoteRow | None) -> str:
    if isinstance(row, Lost):
        return row.highlight.id
    return row.id if isinstance(row, Highlight | Note) else ""
