"""Asking who is who: which people are one and under which name, or in which articles somebody is another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.text import excerpt, one_line
from ui.panels.flow import FlowLayout
from ui.panels.rows import RowList
from ui.theme import Theme
from ui.views.people_list import Fetch, PeopleModel, PersonDelegate
from ui.views.person_cards import counts_of, heading

if TYPE_CHECKING:
    from reader.library.people.register import Appearance

LONGEST_NAME = 200
TYPING_MS = 150


class _Dialog(QDialog):
    """A heading, room in the middle, and the two buttons."""

    def __init__(self, title: str, words: str, accept: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.heading, self.words = QLabel(title, self), QLabel(words, self)
        self.heading.setProperty("role", "heading")
        self.words.setProperty("role", "quiet")
        self.words.setWordWrap(True)
        self.buttons = QDialogButtonBox(self)
        self.accept_button = self.buttons.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole)
        self.cancel_button = self.buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.accept_button.setDefault(True)
        self.buttons.rejected.connect(self.reject)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(10)
        for label in (self.heading, self.words):
            label.setTextFormat(Qt.TextFormat.PlainText)
            self.column.addWidget(label)


class MergeDialog(_Dialog):
    """Which people are one, found by typing, and the name that all of them get."""

    source_requested = Signal(str)  # words
    merge_requested = Signal(list, str)  # names, the name for all

    def __init__(self, people: Sequence[str], theme: Theme, parent: QWidget) -> None:
        super().__init__(
            QObject().tr("One and the same"),
            QObject().tr("These names mean one person in all articles. Nothing in the articles changes."),
            QObject().tr("Merge"),
            parent,
        )
        self.chosen = list(people)
        self._chips = QWidget(self)
        self._flow = FlowLayout(self._chips, spacing=6)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Type a name to find somebody"))
        self.field.setAccessibleName(self.tr("Find somebody who is the same person"))
        self.list = RowList(self)
        self.list.setAccessibleName(self.tr("People with such a name"))
        self.model = PeopleModel(self)
        delegate = PersonDelegate(self.list)
        self.list.setModel(self.model)
        self.list.setItemDelegate(delegate)
        delegate.set_theme(theme)
        self.list.setMinimumHeight(190)
        self.list.set_empty(self.tr("Nobody else has such a name."))
        self.name = QLineEdit(self)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setAccessibleName(self.tr("The name for all of them"))
        self._proposed = ""
        self._used = ""  # the words by which somebody was taken last
        label = QLabel(self.tr("Call them"), self)
        label.setProperty("role", "faint")
        for widget in (self._chips, self.field, self.list, label, self.name, self.buttons):
            self.column.addWidget(widget)
        self.resize(460, 520)
        self._typed = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typed.timeout.connect(lambda: self.source_requested.emit(self.field.text().strip()))
        self.field.textChanged.connect(lambda _: self._typed.start())
        self.field.installEventFilter(self)
        self.list.requested.connect(lambda index, _: self._take(index.row()))
        self.name.textChanged.connect(lambda _: self._show_state())
        self.buttons.accepted.connect(self._on_accepted)
        self._show_chosen()

    def show_source(self, count: int, fetch: Fetch) -> None:
        """Show the people whose names have the words that were typed."""
        self.model.set_source(count, fetch)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down leads from the field into the list; Enter takes the first who is found, and then merges."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Down and self.model.rowCount():
                self.list.setFocus(Qt.FocusReason.TabFocusReason)
                self.list.setCurrentIndex(self.model.index(0))
                return True
            words = self.field.text().strip()
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and words and words != self._used:
                self._take(0)
                return True
        return False

    def _take(self, row: int) -> None:
        person = self.model.person(row)
        if person is None:
            return
        if person.name not in self.chosen:
            self.chosen.append(person.name)
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self._used = self.field.text().strip()
            self.field.selectAll()  # the others with such a name are still offered, and typing begins anew
            self._show_chosen()

    def _drop(self, name: str) -> None:
        self.chosen.remove(name)
        self._show_chosen()

    def _show_chosen(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.source_requested.emit(self.field.text().strip())  # those who are chosen are not offered again
        for name in self.chosen:
            chip = QToolButton(self._chips)
            chip.setProperty("role", "chip")
            chip.setText(f"{excerpt(name, limit=36)}  ×".replace("&", "&&"))
            chip.setAccessibleName(self.tr("Leave {} out").format(one_line(name)))
            chip.setToolTip(chip.accessibleName())
            chip.clicked.connect(lambda _=False, name=name: self._drop(name))
            self._flow.addWidget(chip)
            chip.show()
        self._chips.updateGeometry()
        fullest = max(self.chosen, key=lambda each: (len(each.split()), len(each)), default="")
        if self.name.text() in ("", self._proposed):
            self.name.setText(one_line(fullest))
        self._proposed = one_line(fullest)
        self._show_state()

    def _show_state(self) -> None:
        name = self.name.text().strip()
        # One alone with another name is called so from then on.
        enough = len(self.chosen) > 1 or (len(self.chosen) == 1 and name != self.chosen[0])
        self.accept_button.setEnabled(bool(name) and enough)
        self.accept_button.setText(self.tr("Merge") if len(self.chosen) > 1 else self.tr("Rename"))

    def _on_accepted(self) -> None:
        typed = self.name.text().strip()
        name = next((each for each in self.chosen if one_line(each) == typed), typed)
        self.merge_requested.emit(list(self.chosen), name)
        self.accept()


class PartDialog(_Dialog):
    """In which articles somebody is another person, and what that one is called."""

    part_requested = Signal(str, list)  # name, document ids

    def __init__(
        self,
        person: str,
        appearances: Sequence[Appearance],
        propose: Callable[[list[int]], str],
        parent: QWidget,
    ) -> None:
        super().__init__(
            QObject().tr("Another person"),
            QObject()
            .tr("In the articles that you tick, “{}” is somebody else, who gets a name of their own.")
            .format(one_line(person)),
            QObject().tr("Part them"),
            parent,
        )
        self._person, self._propose = person, propose
        self._proposed = ""
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Articles"))
        self.list.setObjectName("ticks")
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for each in appearances:
            item = QListWidgetItem(f"{heading(each.date, each.title)}\n{counts_of(each)}")
            item.setFlags(
                Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            )
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setData(Qt.ItemDataRole.UserRole, each.document_id)
            self.list.addItem(item)
        self.name = QLineEdit(self)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setAccessibleName(self.tr("The name of the other person"))
        label = QLabel(self.tr("Call the other person"), self)
        label.setProperty("role", "faint")
        for widget in (self.list, label, self.name, self.buttons):
            self.column.addWidget(widget)
        self.resize(520, 520)
        self.list.itemChanged.connect(lambda _: self._on_ticked())
        # Not where it is activated: Enter, which parts them, would first take back the last tick.
        self.list.itemDoubleClicked.connect(self._turn)
        self.name.textChanged.connect(lambda _: self._show_state())
        self.buttons.accepted.connect(self._on_accepted)
        if self.list.count():
            self.list.setCurrentRow(0)
        self._on_ticked()

    def ticked(self) -> list[int]:
        """Return the articles in which it is somebody else."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return [
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        ]

    @staticmethod
    def _turn(item: QListWidgetItem) -> None:
        ticked = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)

    def _on_ticked(self) -> None:
        proposed = self._propose(self.ticked())
        if self.name.text() in ("", self._proposed):
            self.name.setText(proposed)
        self._proposed = proposed
        self._show_state()

    def _show_state(self) -> None:
        name = self.name.text().strip()
        self.accept_button.setEnabled(bool(self.ticked()) and bool(name) and name != self._person)

    def _on_accepted(self) -> None:
        self.part_requested.emit(self.name.text().strip(), self.ticked())
        self.accept()
