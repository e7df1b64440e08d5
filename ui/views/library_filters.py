"""What narrows the library's table: words, and a small menu each for collection, tag, state and type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from html import escape

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QMenu, QSizePolicy, QToolButton, QWidget

from reader.lists import Filter, Overview
from reader.model import ReadingState
from reader.text import excerpt, one_line
from ui.kinds import type_in_words
from ui.numbers import figures
from ui.panels.filter_field import FilterField
from ui.panels.flow import FlowLayout

TYPING_MS = 120  # after so long without typing the words are looked for
LONGEST = 24
ROOM_FOR_ROW = 780  # narrower, the choices stand below the field
Choice = tuple[str, str, int | None]  # the value, its words, and how many documents have it


class FilterBar(QFrame):
    """Holds a filter, and tells when the reader changes it."""

    changed = Signal(object)  # Filter

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.filter = Filter()
        self._overview = Overview()
        self.words = FilterField(self)
        self.words.setPlaceholderText(self.tr("Words of the title, the author or the source"))
        self.words.setAccessibleName(self.words.placeholderText())
        self.words.setClearButtonEnabled(True)
        self.words.setMaximumWidth(420)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._titles = {
            "collection": self.tr("Collection"),
            "tag": self.tr("Tag"),
            "state": self.tr("State"),
            "format": self.tr("Type"),
        }
        self.buttons = {key: self._button(key, title) for key, title in self._titles.items()}
        self.found = QToolButton(self)
        self.found.setProperty("role", "chip")
        self.found.setCheckable(True)
        self.clear = QToolButton(self)
        self.clear.setObjectName("quietButton")
        self.clear.setText(self.tr("Show all"))
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self.clear.setFixedHeight(self.found.sizeHint().height())
        chips = QWidget(self)
        chips.setContentsMargins(0, 3, 0, 0)  # beside the field, which is higher
        flow = FlowLayout(chips, spacing=6)
        for button in (self.found, *self.buttons.values(), self.clear):
            flow.addWidget(button)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(28, 2, 18, 8)
        self._row.setSpacing(6)
        self._row.addWidget(self.words, 3)
        self._row.addWidget(chips, 4)
        self.words.textEdited.connect(lambda _: self._typing.start())
        self.words.textChanged.connect(lambda text: None if text else self._typing.start(0))
        self._typing.timeout.connect(self._take_words)
        self.found.clicked.connect(lambda: self._change(replace(self.filter, found="")))
        self.clear.clicked.connect(lambda: self._change(Filter()))
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in two rows where there is little room."""
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if self.width() < ROOM_FOR_ROW else ways.LeftToRight)

    def _button(self, key: str, title: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("role", "chip")
        button.setCheckable(True)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setAccessibleName(self.tr("Narrow by: {}").format(title))
        menu = QMenu(button)
        menu.aboutToShow.connect(partial(self._fill, key, menu))
        menu.aboutToHide.connect(self._show)
        button.setMenu(menu)
        return button

    # ------------------------------------------------------------ shown

    def offer(self, overview: Overview) -> None:
        """Offer these collections, tags and types."""
        self._overview = overview

    def set_filter(self, wanted: Filter) -> None:
        """Show a filter, without telling."""
        self.filter = wanted
        if self.words.text().split() != wanted.words.split():
            self.words.blockSignals(True)
            self.words.setText(wanted.words)
            self.words.blockSignals(False)
        self._show()

    def _show(self) -> None:
        chosen = {
            "collection": self.filter.collection,
            "tag": " / ".join(self.filter.tag.split("/")),
            "state": self.state_words(),
            "format": type_in_words(self.filter.format),
        }
        for key, button in self.buttons.items():
            words = excerpt(chosen[key], limit=LONGEST).replace("&", "&&")
            button.setText(f"{words or self._titles[key]} ▾")
            button.setChecked(bool(chosen[key]))
        self._show_found()
        self.clear.setVisible(self.filter != Filter())

    def _show_found(self) -> None:
        asked = one_line(self.filter.found)
        self.found.setVisible(bool(asked))
        self.found.setChecked(True)
        self.found.setText(self.tr("“{}” ×").format(excerpt(asked, limit=LONGEST)).replace("&", "&&"))
        told = self.tr("Found with “{}”. Press to see the others too.").format(asked)
        self.found.setAccessibleName(told)
        self.found.setToolTip(f"<qt>{escape(told)}</qt>")

    def state_words(self) -> str:
        """Return the state that is asked for, in words."""
        if self.filter.put_away:
            return self.tr("Put away")
        return self._states().get(self.filter.state, "") if self.filter.state else ""

    def _states(self) -> dict[ReadingState, str]:
        return {
            ReadingState.UNREAD: self.tr("Unread"),
            ReadingState.READING: self.tr("Reading"),
            ReadingState.READ: self.tr("Read"),
        }

    # ------------------------------------------------------------ chosen

    def _choices(self, key: str) -> Sequence[Choice]:
        known = self._overview
        made: dict[str, Callable[[], list[Choice]]] = {
            "collection": lambda: [(each.name, each.name, number) for each, number in known.collections],
            "tag": lambda: [
                (each.tag.name, " / ".join(each.tag.name.split("/")), each.articles)
                for each in sorted(known.tags, key=lambda each: -each.articles)
                if each.articles
            ],
            "state": lambda: [(state, words, None) for state, words in self._states().items()],
            "format": lambda: [(name, type_in_words(name), number) for name, number in known.formats],
        }
        return made[key]()

    def _fill(self, key: str, menu: QMenu) -> None:
        menu.clear()
        present = str(getattr(self.filter, key) or "").casefold()
        menu.setToolTipsVisible(True)
        for value, words, number in self._choices(key):
            count = "" if number is None else f"\t{figures(number)}"
            action = menu.addAction(excerpt(words, limit=48).replace("&", "&&") + count)
            action.setCheckable(True)
            action.setChecked(value.casefold() == present)
            action.triggered.connect(partial(self._choose, key, value))
        if not menu.actions():
            menu.addAction(self.tr("There is none yet")).setEnabled(False)
        if key == "state":
            menu.addSeparator()
            action = menu.addAction(self.tr("Put away"))
            action.setCheckable(True)
            action.setChecked(self.filter.put_away)
            action.triggered.connect(lambda on: self._change(Filter(put_away=on)))
        if present:
            menu.addSeparator()
            menu.addAction(self.tr("No matter which")).triggered.connect(
                partial(self._choose, key, "", False)
            )

    def _choose(self, key: str, value: str, on: bool) -> None:
        wanted: object = value if on else ""
        if key == "state":
            wanted = ReadingState(value) if on else None
        self._change(replace(self.filter, put_away=False, **{key: wanted}))  # type: ignore[arg-type]

    def _take_words(self) -> None:
        self._typing.stop()
        self._change(replace(self.filter, words=" ".join(self.words.text().split())))

    def _change(self, wanted: Filter) -> None:
        if wanted != self.filter:
            self.set_filter(wanted)
            self.changed.emit(wanted)
