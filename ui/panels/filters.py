"""A row of small filters, each a menu; a choice is a request to ask the library otherwise. Knows no query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QMenu, QToolButton, QWidget

from ui.numbers import figures
from ui.panels.flow import FlowLayout

LONGEST = 40  # characters of a choice


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow: the value that is asked for, its words, and how many documents have it."""

    value: str
    words: str
    count: int | None = None


class Filters(QFrame):
    """One button a field; those that narrow are marked, and offer to do so no longer."""

    chosen = Signal(str, str)  # field, value
    dropped = Signal(str)  # field

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        titles = {
            "type": self.tr("Type"),
            "date": self.tr("Date"),
            "tag": self.tr("Tag"),
            "person": self.tr("Person"),
            "collection": self.tr("Collection"),
            "in": self.tr("Only in"),
        }
        self._titles = titles
        self._asked: dict[str, tuple[str, ...]] = {}
        self._choices: Mapping[str, Sequence[Choice]] = {}
        self.buttons: dict[str, QToolButton] = {}
        row = FlowLayout(self, spacing=3)
        for field, title in titles.items():
            button = QToolButton(self)
            button.setProperty("role", "chip")
            button.setObjectName("filter")
            button.setCheckable(True)
            button.setText(title)
            button.setAccessibleName(self.tr("Narrow by: {}").format(title))
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            menu = QMenu(button)
            menu.aboutToShow.connect(partial(self._fill, field, menu))
            button.setMenu(menu)
            self.buttons[field] = button
            row.addWidget(button)
        self._show()

    def offer(self, choices: Mapping[str, Sequence[Choice]]) -> None:
        """Offer these; a field without any is not shown."""
        self._choices = choices
        self._show()

    def show_asked(self, asked: Mapping[str, tuple[str, ...]]) -> None:
        """Mark the fields that the query asks for."""
        self._asked = dict(asked)
        self._show()

    def _show(self) -> None:
        for field, button in self.buttons.items():
            asked = self._asked.get(field, ())
            button.setVisible(bool(self._choices.get(field)) or bool(asked))
            button.setChecked(bool(asked))
            words = next((each.words for each in self._choices.get(field, ()) if self._is(each, field)), "")
            shown = words or ", ".join(asked) or self._titles[field]
            button.setText(shown if len(shown) <= 18 else shown[:17] + "…")
            button.setToolTip(self._titles[field] if asked else "")

    def _is(self, choice: Choice, field: str) -> bool:
        return choice.value.casefold() in (each.casefold() for each in self._asked.get(field, ()))

    def _fill(self, field: str, menu: QMenu) -> None:
        menu.clear()
        for choice in self._choices.get(field, ()):
            words = choice.words if len(choice.words) <= LONGEST else choice.words[: LONGEST - 1] + "…"
            number = "" if choice.count is None else f"\t{figures(choice.count)}"
            action = menu.addAction(words.replace("&", "&&") + number)
            action.setCheckable(True)
            action.setChecked(self._is(choice, field))
            action.triggered.connect(
                lambda checked, value=choice.value: self._on_chosen(field, value, checked=checked)
            )
        if self._asked.get(field):
            menu.addSeparator()
            action = menu.addAction(self.tr("No matter which"))
            action.triggered.connect(lambda _=False: self.dropped.emit(field))

    def _on_chosen(self, field: str, value: str, *, checked: bool) -> None:
        if checked:
            self.chosen.emit(field, value)
        else:
            self.dropped.emit(field)
