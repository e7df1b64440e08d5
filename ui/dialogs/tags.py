"""A field of tags: pills that are made with Enter or a comma and taken back with Backspace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from reader.text import excerpt, one_line
from ui.panels.flow import FlowLayout

LONGEST_TAG = 100
MOST_ROWS = 6  # of pills that are seen at once


class TagField(QWidget):
    """Holds tags in the order in which they were given, each once without regard to case."""

    changed = Signal()
    arranged = Signal()  # there are other pills

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tags: list[str] = []
        self._pills: list[QToolButton] = []
        self._flow = FlowLayout(self, spacing=5)
        self.field = QLineEdit(self)
        self.field.setProperty("role", "bare")
        self.field.setPlaceholderText(self.tr("Add a tag"))
        self.field.setAccessibleName(self.tr("Add a tag"))
        self.field.setMaxLength(LONGEST_TAG)
        self.field.setMinimumWidth(self.fontMetrics().averageCharWidth() * 12)
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._known = QStringListModel(self)
        completer = QCompleter(self._known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.field.setCompleter(completer)
        self._flow.addWidget(self.field)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusProxy(self.field)
        self.field.installEventFilter(self)
        self.field.textEdited.connect(self._on_edited)
        # The field writes the completion into itself after this signal: take it when it has.
        completer.activated.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def tags(self) -> tuple[str, ...]:
        """Return the tags, and what stands in the field as the last of them."""
        return tuple(self._with(self._tags, self.field.text().split(",")))

    def set_tags(self, tags: Iterable[str], known: Sequence[str] = ()) -> None:
        """Show these tags; `known` are offered while typing."""
        self._tags = self._with([], tags)
        self._known.setStringList(list(known))
        self.field.clear()
        self._show()

    @staticmethod
    def _with(present: Sequence[str], words: Iterable[str]) -> list[str]:
        tags = {tag.casefold(): tag for tag in present}
        for word in words:
            tag = one_line(word).lstrip("#").strip()
            if tag:
                tags.setdefault(tag.casefold(), tag)
        return list(tags.values())

    def _on_edited(self, text: str) -> None:
        if "," in text:
            self._take()
        else:
            self.changed.emit()

    def _take(self) -> None:
        """Make a pill of what stands in the field."""
        self._tags = list(self.tags())
        self.field.clear()
        self._show()
        self.changed.emit()

    def _remove(self, tag: str) -> None:
        self._tags = [each for each in self._tags if each != tag]
        self._show()
        self.field.setFocus()
        self.changed.emit()

    def _show(self) -> None:
        for pill in self._pills:
            self._flow.removeWidget(pill)
            pill.hide()
            pill.deleteLater()
        self._pills = []
        for place, tag in enumerate(self._tags):
            pill = QToolButton(self)
            pill.setText(excerpt(tag, limit=32).replace("&", "&&") + "  ×")
            pill.setProperty("role", "chip")
            pill.setToolTip(self.tr("Remove the tag “{}”").format(tag))
            pill.setAccessibleName(pill.toolTip())
            pill.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            pill.clicked.connect(lambda _=False, tag=tag: self._remove(tag))
            self._flow.insert(place, pill)
            pill.show()
            self._pills.append(pill)
        self.updateGeometry()
        self.arranged.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter makes a pill; Backspace in the empty field takes the last one back."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and self.field.text().strip():
                self._take()
                return True
            if event.key() == Qt.Key.Key_Backspace and not self.field.text() and self._tags:
                self._remove(self._tags[-1])
                return True
        return super().eventFilter(watched, event)


class TagRoom(QScrollArea):
    """Gives a field of tags the height that its rows need; where they are many, it scrolls to the last."""

    def __init__(self, tags: TagField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tags = tags
        self.setObjectName("tagRoom")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(tags)
        tags.setAutoFillBackground(False)  # the ground is that of the card
        self.viewport().setAutoFillBackground(False)
        tags.arranged.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower is higher."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed = self._tags.heightForWidth(self.viewport().width())
        most = round(MOST_ROWS * (self._tags.field.sizeHint().height() + 5))
        self.setFixedHeight(min(needed, most))
        if needed > most:
            self._tags.resize(self.viewport().width(), needed)
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())  # the field is the last
