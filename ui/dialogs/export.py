"""Asks what a report is to hold, in which format, and where it goes. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

Writer = tuple[str, tuple[str, ...], Any]  # its name, its suffixes with the point, and what writes it
AskPath = Callable[[QWidget, str, str, str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What the report is to hold besides what is known of the article."""

    highlights: bool = True
    quotations: bool = True
    names: bool = True


class ExportDialog(QDialog):
    """One small sheet: format, contents, then the system's dialog for the place."""

    export_requested = Signal(str, object)  # path, ExportOptions

    def __init__(
        self,
        writers: Sequence[Writer],
        path: str,
        parent: QWidget | None = None,
        *,
        ask_path: AskPath = QFileDialog.getSaveFileName,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export a report"))
        self._writers, self._path, self._ask_path = list(writers), path, ask_path
        self.formats: list[QRadioButton] = []
        self._group = QButtonGroup(self)
        for number, (name, *_) in enumerate(self._writers):
            radio = QRadioButton(name, self)
            radio.setChecked(number == 0)
            self._group.addButton(radio, number)
            self.formats.append(radio)
        self.highlights = QCheckBox(self.tr("My highlights and notes"), self)
        self.quotations = QCheckBox(self.tr("Quotations, by speaker"), self)
        self.names = QCheckBox(self.tr("Names, by type"), self)
        for box in (self.highlights, self.quotations, self.names):
            box.setChecked(True)
            box.toggled.connect(self._check)
        self.export = QPushButton(self.tr("Export…"), self)
        self.export.setDefault(True)
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self._lay_out()
        self.export.clicked.connect(self._ask)
        self.cancel.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(6)
        title = QLabel(self.tr("Export a report"), self)
        title.setProperty("role", "heading")
        column.addWidget(title)
        for heading, boxes in (
            (self.tr("Format"), self.formats),
            (self.tr("What it holds"), [self.highlights, self.quotations, self.names]),
        ):
            label = QLabel(heading, self)
            label.setProperty("role", "quiet")
            column.addSpacing(10)
            column.addWidget(label)
            for box in boxes:
                column.addWidget(box)
        column.addSpacing(16)
        ends = QHBoxLayout()
        ends.addStretch(1)
        ends.addWidget(self.cancel)
        ends.addWidget(self.export)
        column.addLayout(ends)

    def options(self) -> ExportOptions:
        """Return what is ticked."""
        return ExportOptions(self.highlights.isChecked(), self.quotations.isChecked(), self.names.isChecked())

    def _check(self) -> None:
        self.export.setEnabled(self.options() != ExportOptions(False, False, False))

    def _ask(self) -> None:
        name, suffixes, *_ = self._writers[self._group.checkedId()]
        patterns = " ".join(f"*{suffix}" for suffix in suffixes)
        suggested = f"{self._path}{suffixes[0]}"
        while True:
            title = self.tr("Export a report")
            path, _filter = self._ask_path(self, title, suggested, f"{name} ({patterns})")
            if not path:
                return
            if Path(path).suffix.lower() in suffixes:
                break
            suggested = path = path + suffixes[0]
            if not Path(path).exists():
                break
            # The system asked about the name without the suffix: it is asked again about the file meant.
        self.accept()
        self.export_requested.emit(path, self.options())
