"""Writing a report of the open document: asks what to include, writes beside the interface."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from reader.model import Report
from reader.text import excerpt
from ui.dialogs.bar import MessageBar
from ui.dialogs.export import ExportDialog, ExportOptions
from ui.session import Session
from ui.tasks import Tasks

UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def file_name(title: str) -> str:
    """Make a file name, without a suffix, of a title."""
    return " ".join(UNSAFE.sub(" ", excerpt(title, limit=80)).split()).strip(" .…") or "report"


def chosen(report: Report, options: ExportOptions) -> Report:
    """Leave out of a report what is not wanted."""
    if not options.highlights:
        report = replace(report, highlights=(), lost=(), notes=())
    if not options.quotations:
        report = replace(report, quotes=())
    if not options.names:
        report = replace(report, names=())
    return report


class Exporter(QObject):
    """Asks, writes, and tells where the report is."""

    def __init__(
        self, session: Session, *, tasks: Tasks, messages: MessageBar, window: QWidget, folder: Path
    ) -> None:
        super().__init__(window)
        self._session = session
        self._tasks = tasks
        self._messages = messages
        self._window = window
        self._folder = folder
        self.dialog: ExportDialog | None = None

    def ask(self) -> None:
        """Show the dialog."""
        from reader.reports import WRITERS

        document = self._session.document
        if document is None:
            self._messages.show_message(self.tr("Open an article first, then export a report of it."))
            return
        if self._session.previewing:
            self._messages.show_message(
                self.tr("This article is still being read. You can export a report of it in a moment.")
            )
            return
        dialog = ExportDialog(WRITERS, str(self._folder / file_name(document.title)), self._window)
        dialog.export_requested.connect(self.write)
        dialog.finished.connect(self._forget_dialog)
        self.dialog = dialog
        dialog.open()

    def _forget_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def write(self, path: str, options: ExportOptions) -> None:
        """Write the report."""
        from reader.anchoring import describe
        from reader.reports import build, write

        session = self._session
        document = session.document
        if document is None:
            return
        self._folder = Path(path).parent
        report = build(
            document,
            analysis=session.analysis(),
            highlights=[
                replace(mark.highlight, anchor=describe(document, mark.span)) for mark in session.marked
            ],
            notes=session.notes,
            lost=session.lost,
            tags=session.tags(),
        )
        wanted = chosen(report, options)
        self._tasks.run(
            lambda task: write(wanted, Path(path)),
            done=lambda _: self._messages.show_message(
                self.tr("The report is written: {}.").format(path),
                action_text=self.tr("Open it"),
                action=lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(path)),
            ),
            failed=lambda error: self._messages.show_message(
                error.what,
                error.next,
                kind="error",
                action_text=self.tr("Export again"),
                action=self.ask,
            ),
        )
