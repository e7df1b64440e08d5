"""What is known of an article, to be put right: title, author, date and the like. Shows and asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.analysis.languages import NAMES
from reader.document import Metadata
from reader.formats.dates import iso_date
from ui.numbers import figures

_ISO_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
_OF_ONE = ("title", "address")  # no two articles share them
_LETTERS = 46  # the width of a field, in average letters


def date_of(words: str) -> str | None:
    """Return a date as ISO 8601 as exact as it is written; None for what is no date."""
    found = iso_date(words)
    exact = bool(_ISO_DATE.fullmatch(words)) or any(letter.isalpha() for letter in words)
    return found if found and exact else None


def language_of(words: str) -> str | None:
    """Return the code of a language written as its code or by its English name; None for what is neither."""
    code = next((code for code, name in NAMES.items() if name.casefold() == words.casefold()), "")
    return code or (words if _LANGUAGE.fullmatch(words) else None)


class DetailsDialog(QDialog):
    """A field for each detail: what the source says stands in it faintly, what a person says in ink."""

    save_requested = Signal(dict)  # what the person says, by the field's name in Metadata

    def __init__(
        self,
        given: Metadata,
        said: Mapping[str, str],
        parent: QWidget | None = None,
        *,
        several: int = 0,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Details"))
        self.fields: dict[str, QLineEdit] = {}
        self.resets: dict[str, QPushButton] = {}
        self._usual: dict[str, Callable[[str], str | None]] = {"date": date_of, "language": language_of}
        names = {
            "title": self.tr("Title"),
            "byline": self.tr("Author"),
            "date": self.tr("Date"),
            "site": self.tr("Published in"),
            "language": self.tr("Language"),
            "address": self.tr("Address"),
        }
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self.error = QLabel(self)
        self.error.setProperty("role", "error")
        self.error.setWordWrap(True)
        self.error.setTextFormat(Qt.TextFormat.PlainText)
        self.save = QPushButton(self.tr("Save"), self)
        self.save.setDefault(True)
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.cancel.setAutoDefault(False)
        self._several = several
        for row, name in enumerate(each.name for each in fields(Metadata)):
            if not several or name not in _OF_ONE:
                self._add(row, name, names[name], getattr(given, name), said.get(name, ""))
        self._lay_out()
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.reject)
        self._check()
        next(iter(self.fields.values())).setFocus()

    def _add(self, row: int, name: str, words: str, given: str, said: str) -> None:
        field = QLineEdit(said, self)
        nothing = self.tr("The file does not say")
        if not self._several:
            field.setPlaceholderText(given or nothing)
            field.setToolTip(self.tr("The file says: {}").format(given) if given else nothing)
        field.setMinimumWidth(self.fontMetrics().averageCharWidth() * _LETTERS)
        field.setCursorPosition(0)
        label = QLabel(words, self)
        label.setProperty("role", "quiet")
        label.setBuddy(field)
        field.setAccessibleName(words)
        reset = QPushButton(self.tr("Reset"), self)
        reset.setProperty("role", "link")
        reset.setAutoDefault(False)
        reset.setAccessibleName(self.tr("Reset: {}").format(words))
        reset.setToolTip(self.tr("Take what the file says"))
        policy = reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        reset.setSizePolicy(policy)
        reset.clicked.connect(field.setFocus)
        reset.clicked.connect(field.clear)
        field.textChanged.connect(self._check)
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(field, row, 1)
        self._grid.addWidget(reset, row, 2)
        self.fields[name], self.resets[name] = field, reset

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Details of this article"), self)
        if self._several:
            title.setText(self.tr("Details of {} articles").format(figures(self._several)))
        title.setProperty("role", "heading")
        remark = QLabel(self.tr("What you write here is yours. The file itself is never changed."), self)
        if self._several:
            remark.setText(self.tr("What you write is said of all of them; an empty field changes nothing."))
        remark.setProperty("role", "quiet")
        ends = QHBoxLayout()
        ends.setSpacing(10)
        ends.addWidget(self.error, 1)
        ends.addWidget(self.cancel)
        ends.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 18, 18)
        column.setSpacing(4)
        column.addWidget(title)
        column.addWidget(remark)
        column.addSpacing(12)
        column.addLayout(self._grid)
        column.addSpacing(14)
        column.addLayout(ends)

    # ------------------------------------------------------------ what is written

    def _words(self, name: str) -> str:
        return " ".join(self.fields[name].text().split())

    def said(self) -> dict[str, str]:
        """Return what the person says, dates and languages in their usual form."""
        found = {name: self._words(name) for name in self.fields if self._words(name)}
        return {
            name: (self._usual[name](words) if name in self._usual else None) or words
            for name, words in found.items()
        }

    def _check(self) -> None:
        """Say what can't be saved as it is written."""
        for name, reset in self.resets.items():
            reset.setVisible(bool(self.fields[name].text()))
        written = {name: self._words(name) for name in self._usual}
        wrong = [name for name, usual in self._usual.items() if written[name] and not usual(written[name])]
        told = {
            "date": self.tr("Write a date like 2021, 2021-03 or 2021-03-14."),
            "language": self.tr("Write a language by its name or its code, like German or de."),
        }
        self.show_error(told[wrong[0]] if wrong else "")
        self.save.setEnabled(not wrong)

    def show_error(self, sentence: str) -> None:
        """Say why this can't be kept; what is written stays."""
        self.error.setText(sentence)

    def _save(self) -> None:
        self.show_error("")
        self.save_requested.emit(self.said())
