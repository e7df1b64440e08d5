"""What the machine finds in the open document, with the corrections that hold. Nothing else of a person's."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from reader.document import Document, Span
from reader.errors import AnalysisError
from reader.model import Analysis, Entity, Held, Mention, Quote
from reader.paths import Paths
from ui.analyst import Analyst
from ui.desk import Opened, save_analysis
from ui.ordered import replace_within
from ui.tasks import Tasks

if TYPE_CHECKING:
    from reader.analysis.worker import Findings, Finished

# Reading everything anew for a correction shows nothing of what it finds on the way, unless it takes so long.
QUIET_MS = 1000


class Machine(QObject):
    """Has the open document read, keeps what was found, and has it corrected."""

    found = Signal(object, object, object)  # Span of where, mentions, quotes
    read_by = Signal(str)  # the name of the model or the rules; `reader.analysis.plans.used` tells of it
    progressed = Signal(object)  # fraction 0..1, or None when nothing is under way
    problem = Signal(object, str)  # ReaderError, kind

    def __init__(self, paths: Paths, *, tasks: Tasks, analyst: Analyst, parent: QObject) -> None:
        super().__init__(parent)
        self._paths, self._tasks, self._analyst = paths, tasks, analyst
        self._document_id: int | None = None
        self._document: Document | None = None
        self._jobs = 0
        self._done_blocks = 0
        self._seen = 0  # the block that the reader looks at
        self._kept_back: list[Findings] | None = None
        self._show_now = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._show_now.timeout.connect(self._on_slow)
        self.held = Held()
        self.mentions: list[Mention] = []
        self.quotes: list[Quote] = []
        self.entities: tuple[Entity, ...] = ()
        analyst.begun.connect(lambda begun: self.read_by.emit(begun.model))
        analyst.findings.connect(self._on_findings)
        analyst.finished.connect(self._on_finished)
        analyst.failed.connect(self._on_failed)
        analyst.restarted.connect(self._on_restarted)

    @property
    def model(self) -> str:
        """The model that is chosen, "" for the shipped one."""
        return self._analyst.model

    def analysis(self) -> Analysis:
        """Return what has been found so far."""
        return Analysis(tuple(self.mentions), tuple(self.quotes), self.entities)

    # ------------------------------------------------------------ reading

    def hold(self, document_id: int | None, document: Document | None) -> None:
        """Another document is open, of which nothing is known yet; None for none, or without an id."""
        self._analyst.drop()
        self._forget()
        self.held = Held()
        self._document_id, self._document = document_id, document

    def _forget(self) -> None:
        self.mentions, self.quotes, self.entities = [], [], ()
        self._kept_back = None
        self._show_now.stop()

    def begin(self, opened: Opened) -> None:
        """Take what was found before, or else look for it, beginning where the reader is."""
        self.held = opened.written.held
        self._seen = self._block_at(opened.place.offset)
        known = opened.analysis
        if known is None:
            self._analyse()
            return
        self.mentions, self.quotes = list(known.mentions), list(known.quotes)
        self.entities = known.entities
        self.found.emit(Span(0, len(opened.document.text) + 1), self.mentions, self.quotes)
        self.read_by.emit(known.model)
        self.progressed.emit(None)

    def take_metadata(self, document: Document) -> None:
        """The same text is open, with another date or language."""
        self._document = document

    def analyse_anew(self, offset: int) -> None:
        """Look for names and quotations once more, beginning where the reader is."""
        if self._document is None or self._document_id is None:
            return
        self._analyst.drop()
        self._forget()
        self.found.emit(Span(0, len(self._document.text) + 1), (), ())
        self._seen = self._block_at(offset)
        self._analyse()

    def correct(self, held: Held) -> None:
        """From now on these corrections hold: find what differs."""
        before, self.held = self.held, held
        if before.corrections == held.corrections or self._document_id is None:
            return
        if not self._analyst.correct(held.corrections):
            # What was found another day stays in sight until all is read anew.
            self._kept_back = []
            self._show_now.start()
            self._analyse()

    def look_at(self, block: int) -> None:
        """Analyse what the reader looks at first."""
        self._seen = block
        self._analyst.look_at(block)

    def _analyse(self) -> None:
        from reader.analysis.worker import Job

        document = self._document
        if document is None:
            return
        self._jobs += 1
        self._done_blocks = 0
        self._progress(0.0)
        self._analyst.analyse(
            Job(
                self._jobs,
                document.text,
                document.blocks,
                date=document.metadata.date,
                first=self._seen,
                corrections=self.held.corrections,
                language=document.metadata.language,
            )
        )

    def _block_at(self, offset: int) -> int:
        blocks = self._document.blocks if self._document else ()
        starts = [block.span.start for block in blocks]
        return max(0, bisect_left(starts, offset + 1) - 1)

    # ------------------------------------------------------------ what comes

    def _on_findings(self, findings: Findings) -> None:
        if self._kept_back is not None:
            self._kept_back.append(findings)
        else:
            self._take(findings)

    def _take(self, findings: Findings) -> None:
        if self._document is None:
            return
        text, blocks = self._document.text, self._document.blocks
        start = blocks[findings.start].span.start
        end = blocks[findings.end].span.start if findings.end < len(blocks) else len(text) + 1
        replace_within(self.mentions, start, end, findings.mentions)
        replace_within(self.quotes, start, end, findings.quotes)
        self.found.emit(Span(start, end), findings.mentions, findings.quotes)
        if not findings.final:
            self._done_blocks += findings.end - findings.start
            self._progress(min(0.99, self._done_blocks / max(1, len(blocks))))

    def _progress(self, fraction: float | None) -> None:
        if self._kept_back is None:
            self.progressed.emit(fraction)

    def _on_slow(self) -> None:
        """Show what was kept back, and from now on all as it comes."""
        kept, self._kept_back = self._kept_back, None
        for findings in kept or ():
            self._take(findings)

    def _on_finished(self, finished: Finished) -> None:
        document, document_id = self._document, self._document_id
        if document is None or document_id is None:
            return
        self._show_now.stop()
        self._on_slow()
        self.entities = finished.entities
        analysis = Analysis(tuple(self.mentions), tuple(self.quotes), self.entities, finished.model)
        digest = self.held.digest
        self.progressed.emit(None)
        self.found.emit(Span(len(document.text), len(document.text) + 1), (), ())
        self._tasks.run(
            lambda task: save_analysis(
                self._paths, document_id, analysis, text_hash=document.text_hash, corrected=digest
            ),
            failed=lambda error: self.problem.emit(error, "warning"),
        )

    def _on_restarted(self) -> None:
        self._done_blocks = 0
        self._progress(0.0)

    def _on_failed(self, error: AnalysisError) -> None:
        self._show_now.stop()
        self._kept_back = None
        self.progressed.emit(None)
        self.problem.emit(error, "warning")
