"""Every correction in the library, newest first: what was said, where, how far it reaches. Shows and asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.model import Correction, Scope
from ui.menus import for_once
from ui.panels.cards import CardDelegate, CardList, Face, Piece
from ui.panels.rows import ROW, GrowingModel, Index
from ui.theme import Theme, interface_font, page_font
from ui.views.heading import Heading


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One correction as its card shows it: what it says, the article it was made in and when.

    `title` is "" where that article is no longer in the library. `lost` tells that it is of one place, which
    is not in the present text.
    """

    correction: Correction
    words: str
    title: str
    made: str
    lost: bool = False


def reach_name(scope: Scope) -> str:
    """Return how far a correction reaches, in the user's language."""
    names = {
        Scope.HERE: QCoreApplication.translate("CorrectionsView", "only here"),
        Scope.DOCUMENT: QCoreApplication.translate("CorrectionsView", "in this article"),
        Scope.EVERYWHERE: QCoreApplication.translate("CorrectionsView", "everywhere"),
    }
    return names[scope]


class CorrectionsModel(GrowingModel):
    """The corrections."""

    def words(self, row: CorrectionRow) -> str:
        """All that the card says."""
        lost = QCoreApplication.translate("CorrectionsView", "its words are no longer in the text")
        said = (row.words, reach_name(row.correction.scope), lost if row.lost else "", row.title, row.made)
        return ", ".join(filter(None, said))


class CorrectionDelegate(CardDelegate):
    """What it says, how far that reaches, when it was said, and the article as a link."""

    def face(self, row: CorrectionRow, *, current: bool) -> Face:
        """Return what the card of a correction shows."""
        pieces = [Piece(row.words, page_font(15 / 17.5), "ink", 4, leading=1.4)]
        small = interface_font(-1.5)
        if row.lost:
            told = QCoreApplication.translate(
                "CorrectionsView", "Its words are no longer in the text, so it counts for nothing at present."
            )
            pieces.append(Piece(told, small, "error", 2, above=3))
        made = row.made
        if not row.title:
            made += " · " + QCoreApplication.translate(
                "CorrectionsView", "its article is no longer in the library"
            )
        pieces.append(Piece(made, small, "faint", 1, above=3))
        edge = "yellow_edge" if row.lost else ""
        return Face(tuple(pieces), aside=reach_name(row.correction.scope), link=row.title, edge=edge)


class CorrectionsView(QFrame):
    """The cards; some can be chosen at once to be taken back, or to reach farther or less far."""

    open_requested = Signal(object)  # Correction: its article, at its place
    take_back_requested = Signal(object)  # tuple of Correction
    reach_requested = Signal(object, object)  # tuple of Correction, Scope
    refresh_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("view")
        self.setAccessibleName(self.tr("Corrections"))
        self.heading = Heading(self.tr("Corrections"), "", self)
        self.reach = QPushButton(self.tr("Reach ▾"), self)
        self.reach.setToolTip(self.tr("How far what is chosen reaches (R)"))
        self.take_back = QPushButton(self.tr("Take back"), self)
        self.take_back.setToolTip(self.tr("Take back what is chosen (Delete)"))
        self.heading.tools.addWidget(self.reach)
        self.heading.tools.addWidget(self.take_back)
        self.list = CardList(self)
        self.list.setAccessibleName(self.tr("Corrections"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.model, self.delegate = CorrectionsModel(self), CorrectionDelegate(self.list)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        inside = QVBoxLayout()
        inside.setContentsMargins(14, 2, 10, 8)
        inside.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addLayout(inside, 1)
        self.setFocusProxy(self.list)
        self._join()
        self._show_state()

    def _join(self) -> None:
        self.heading.closed.connect(self.closed)
        self.take_back.clicked.connect(self._take_back)
        self.reach.clicked.connect(
            lambda: self._show_reaches(self.reach.mapToGlobal(self.reach.rect().bottomLeft()))
        )
        self.list.link_requested.connect(self._open)
        self.list.doubleClicked.connect(self._open)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._show_state())
        self.list.installEventFilter(self)
        for keys, slot in (("Delete", self._take_back), ("R", self._show_reaches)):
            shortcut = QShortcut(QKeySequence(keys), self.list, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.heading.set_theme(theme)
        self.delegate.set_theme(theme)

    def refresh(self) -> None:
        """Ask for the corrections there are now."""
        self.refresh_requested.emit()

    def show_corrections(self, rows: Sequence[CorrectionRow]) -> None:
        """Show these in their order; what was chosen stays chosen, as far as it is there."""
        if list(rows) == list(self.model.rows()) and rows:
            return
        chosen = {one.id for one in self.chosen()}
        current = self.list.currentIndex().row()
        scrolled = self.list.verticalScrollBar().value()
        self.model.replace(list(rows))
        selection = self.list.selectionModel()
        for number in range(self.model.rowCount()):
            index = self.model.index(number)
            if index.data(ROW).correction.id in chosen:
                selection.select(index, selection.SelectionFlag.Select)
        if rows:
            at = self.model.index(max(0, min(current, self.model.rowCount() - 1)))
            kept = selection.SelectionFlag.NoUpdate if self.chosen() else selection.SelectionFlag.Select
            selection.setCurrentIndex(at, kept)
        else:
            self._say_empty()
        self.list.verticalScrollBar().setValue(scrolled)
        self._show_state()

    def _say_empty(self) -> None:
        self.list.set_empty(
            self.tr(
                "Where a name has the wrong type, two people are taken for one, or somebody else said it: put"
                " the caret there and press X, select the words and choose “This is a…”, or click “change”"
                " on a quotation’s card. What you say then is kept here, and can be taken back."
            )
        )

    def chosen(self) -> tuple[Correction, ...]:
        """Return what is chosen, in the order in which it is shown."""
        rows = sorted(index.row() for index in self.list.selectedIndexes())
        return tuple(self.model.index(row).data(ROW).correction for row in rows)

    # ------------------------------------------------------------ what can be done

    def _show_state(self) -> None:
        rows, chosen = self.model.rows(), len(self.chosen())
        lost = sum(row.lost for row in rows)
        told = self.tr(
            "What you said against the machine, in all articles. It is applied whenever one is read."
        )
        if lost:
            told += " " + (
                self.tr("One has lost its place.")
                if lost == 1
                else self.tr("{} have lost their places.").format(lost)
            )
        self.heading.say(told if rows else "")
        self.heading.remark.setVisible(bool(rows))
        for button in (self.take_back, self.reach):
            button.setVisible(bool(rows))
            button.setEnabled(bool(chosen))
        self.take_back.setText(self.tr("Take back {}").format(chosen) if chosen > 1 else self.tr("Take back"))

    def _take_back(self) -> None:
        chosen = self.chosen()
        if chosen:
            self.take_back_requested.emit(chosen)

    def _open(self, index: Index) -> None:
        row = index.data(ROW)
        if row is not None and row.title:
            self.open_requested.emit(row.correction)

    def _reach_menu(self, menu: QMenu) -> None:
        chosen = self.chosen()
        scopes = {one.scope for one in chosen}
        for scope, words in (
            (Scope.HERE, self.tr("Only &here")),
            (Scope.DOCUMENT, self.tr("In this &article")),
            (Scope.EVERYWHERE, self.tr("&Everywhere")),
        ):
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(scopes == {scope})
            # What was said of all that goes by a name was said in no one place.
            action.setEnabled(scope is not Scope.HERE or all(one.anchor is not None for one in chosen))
            action.triggered.connect(partial(self._on_reach, chosen, scope))

    def _on_reach(self, chosen: tuple[Correction, ...], scope: Scope, _checked: bool = False) -> None:
        self.reach_requested.emit(chosen, scope)

    def _show_reaches(self, at: QPoint | None = None) -> None:
        if not self.chosen():
            return
        menu = for_once(QMenu(self))
        self._reach_menu(menu)
        where = self.list.visualRect(self.list.currentIndex()).center()
        menu.popup(at or self.list.viewport().mapToGlobal(where))

    def _show_menu(self, at: QPoint) -> None:
        index = self.list.indexAt(at)
        if not index.isValid() or not self.chosen():
            return
        menu = for_once(QMenu(self))
        opens = menu.addAction(self.tr("&Open the article"))
        opens.setEnabled(bool(index.data(ROW).title))
        opens.triggered.connect(lambda: self._open(index))
        menu.addAction(self.take_back.text()).triggered.connect(self._take_back)
        menu.addSeparator()
        self._reach_menu(menu)
        menu.popup(self.list.viewport().mapToGlobal(at))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter opens the article of the current one."""
        if event.type() is QEvent.Type.KeyPress and watched is self.list:
            key = event.key()  # type: ignore[attr-defined]  # a key event
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._open(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)
