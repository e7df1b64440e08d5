"""Shows the session in the panels, on the page and in the foot; many small changes make one redrawing."""

from __future__ import annotations

import time
from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer

from reader.document import Document, Span
from reader.model import Label, Mention, Quote, ReadingPlace
from reader.text import reading_minutes
from ui.article.names_index import NameIndex
from ui.frame import Frame
from ui.main_window import MainWindow
from ui.numbers import figures
from ui.page.view import EMPTY
from ui.session import Session
from ui.theme import label_role

# The page shows findings at once. The panels and the map follow after a tenth of the time that the document
# has been open: nobody can follow them faster in a long text, and each time costs the interface a moment.
SOONEST_MS, LATEST_MS = 150, 3000
SHARE = 10
# A page on which every "one" and every "first" is underlined is not calm; `analyze` tells them all.
BARE_NUMBERS = frozenset({Label.ORDINAL, Label.CARDINAL})


class Presenter(QObject):
    """From the session's facts to what the widgets show."""

    def __init__(self, session: Session, window: MainWindow, frame: Frame) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._frame = frame
        self._names = NameIndex()
        self._minutes = 0
        self._progress: float | None = None
        self._previewed = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.show_findings)
        self._opened = self._shown = 0.0
        session.document_opened.connect(self._on_document)
        session.findings_changed.connect(self._on_findings)
        session.analysis_progressed.connect(self._on_progress)
        session.highlights_changed.connect(self._on_highlights)
        session.details_changed.connect(self._on_details)
        frame.page.place_changed.connect(self.show_place)

    # ------------------------------------------------------------ the document

    def _on_document(self, place: ReadingPlace) -> None:
        session, frame = self._session, self._frame
        document = session.document or EMPTY
        before = frame.page.document
        if self._previewed and before.source == document.source and frame.page.place().offset:
            place = frame.page.place()  # the reader has gone on in the beginning, which is the same
        self._previewed = session.previewing
        self._names.clear()
        self._opened, self._progress = time.monotonic(), None
        self._minutes = reading_minutes(document.text)
        frame.area.page.show_document(document, place)
        frame.area.forget_text()
        frame.area.say_nothing_is_open(
            self.tr("No article is open. Drop an article or a folder here, or press Ctrl+O.")
            if session.document is None
            else ""
        )
        frame.area.minimap.show_name(())
        self._show_title(document)
        if session.document_id is not None:
            frame.library.select(session.document_id)
        self.show_findings()
        self.show_place()
        frame.page.setFocus()

    def _show_title(self, document: Document) -> None:
        self._frame.top_bar.show_title(document.title, document.metadata.site)
        self._window.setWindowTitle(f"{document.title} — Scholion" if document.title else "Scholion")

    def _on_details(self) -> None:
        document = self._session.document
        if document is not None:
            self._frame.page.show_metadata(document)
            self._show_title(document)

    # ------------------------------------------------------------ the machine's layer

    def _on_findings(self, where: Span, mentions: Iterable[Mention], quotes: Iterable[Quote]) -> None:
        mentions = [mention for mention in mentions if mention.label not in BARE_NUMBERS]
        self._names.replace(where, mentions)
        self._frame.page.show_findings(where, mentions, quotes)
        self._show_in_time()

    def _show_in_time(self) -> None:
        """Bring the panels up to date now, if that is due, or when it will be."""
        now = time.monotonic()
        pace = min(LATEST_MS, max(SOONEST_MS, (now - self._opened) * 1000 / SHARE))
        wait = pace - (now - self._shown) * 1000
        if wait <= 0:
            self.show_findings()
        elif not self._later.isActive():
            self._later.start(round(wait))

    def show_findings(self) -> None:
        """Bring panels, map and foot in line with what has been found."""
        self._later.stop()
        self._shown = time.monotonic()
        session, frame = self._session, self._frame
        frame.findings.show_progress(self._progress)
        labels = self._names.labels()
        frame.page.show_roles({name: label_role(label) for name, label in labels.items()})
        frame.findings.names.set_names(self._names.rows(session.entities))
        frame.findings.quotes.set_quotes((session.document or EMPTY).text, session.quotes, labels)
        frame.area.minimap.refresh_now()
        self._show_counts()

    def _on_progress(self, fraction: float | None) -> None:
        begins_or_ends = (fraction is None) != (self._progress is None)
        self._progress = fraction
        if begins_or_ends:
            self.show_findings()

    # ------------------------------------------------------------ the person's layer

    def _on_highlights(self) -> None:
        session, frame = self._session, self._frame
        frame.page.show_highlights(session.marked)
        frame.findings.notes.set_notes([m.highlight for m in session.marked], session.notes, session.lost)
        frame.area.minimap.refresh()
        self._show_counts()

    # ------------------------------------------------------------ the foot

    def _show_counts(self) -> None:
        session, foot = self._session, self._frame.foot
        names, quotes = len(self._names), len(session.quotes)
        noted = sum(1 for mark in session.marked if mark.highlight.note) + len(session.notes)
        self._frame.findings.set_counts(
            names, quotes, len(session.marked) + len(session.notes) + len(session.lost)
        )
        foot.found.setText(
            self._counted(names, self.tr("name"), self.tr("names"))
            + " · "
            + self._counted(quotes, self.tr("quotation"), self.tr("quotations"))
        )
        foot.noted.setText(
            self._counted(len(session.marked), self.tr("highlight"), self.tr("highlights"))
            + ", "
            + self._counted(noted, self.tr("note"), self.tr("notes"))
        )

    @staticmethod
    def _counted(number: int, one: str, more: str) -> str:
        return f"{figures(number)} {one if number == 1 else more}"

    def show_place(self) -> None:
        """Say how far the reader is."""
        if self._session.document is None:
            self._frame.foot.place.setText("")
            return
        progress = self._frame.page.place().progress
        left = round(self._minutes * (1 - progress))
        shown = self.tr("{} % · {} minutes left") if left != 1 else self.tr("{} % · {} minute left")
        if left == 0:
            shown = self.tr("{} %")
        self._frame.foot.place.setText(shown.format(round(progress * 100), left))
