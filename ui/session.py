"""What is open: the library, the document, what was found in it and what the reader wrote about it.

Emits past facts; the widgets draw themselves anew from its properties. Never shows anything itself.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reader.document import Document, Metadata, Span
from reader.errors import Conflict, LibraryError, LibraryLocked, ReaderError
from reader.model import (
    Analysis,
    Change,
    Colour,
    Correction,
    Details,
    Entity,
    Held,
    Highlight,
    Mention,
    Note,
    Place,
    Quote,
    ReadingPlace,
    Scope,
    Tag,
    now,
)
from reader.paths import Paths
from ui.analyst import Analyst
from ui.commands import History
from ui.desk import Opened, Written, fetch, fetch_held, fetch_written
from ui.machine import Machine
from ui.page.marks import Marked
from ui.page.selection import trimmed
from ui.tasks import Tasks

if TYPE_CHECKING:
    from reader.library import Library


class Session(QObject):
    """The one open document and its two layers: the machine's and the person's."""

    document_opened = Signal(object)  # ReadingPlace
    findings_changed = Signal(object, object, object)  # Span of where, mentions, quotes
    read_by = Signal(str)  # the name of the model or the rules; `reader.analysis.plans.used` tells of it
    analysis_progressed = Signal(object)  # fraction 0..1, or None when there is none under way
    highlights_changed = Signal()
    details_changed = Signal(object)  # Metadata as they were
    library_changed = Signal(object)  # the kinds of records that were written; None: anything may have been
    problem = Signal(object, str)  # ReaderError, kind: "warning" | "error"
    changed_elsewhere = Signal(int, str)  # an undone or repeated change was in this document, of this title

    def __init__(
        self, paths: Paths, *, tasks: Tasks, analyst: Analyst, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.paths = paths
        self.library: Library | None = None
        self.history = History(self._repeat, parent=self)
        self.machine = Machine(paths, tasks=tasks, analyst=analyst, parent=self)
        self._tasks = tasks
        self._asked_for: int | None = None
        self._earlier: int | None = None  # what was shown before the beginning of something
        self.is_held = False  # a thread is writing much: what can wait is not written meanwhile
        self.is_away = False  # the library, which can't be read now; `ui.library.reach` finds it out
        self._writings = 0  # what was written here; an older look at the library is out of date
        self.document_id: int | None = None
        self.document: Document | None = None
        self.marked: list[Marked] = []
        self.lost: list[Highlight] = []
        self.notes: list[Note] = []
        self.machine.found.connect(self.findings_changed)
        self.machine.read_by.connect(self.read_by)
        self.machine.progressed.connect(self.analysis_progressed)
        self.machine.problem.connect(self.problem)
        self.history.failed.connect(self._on_refused)

    # ------------------------------------------------------------ opening

    def use_library(self, library: Library) -> None:
        """Take the opened library; `library_changed` tells that there is one now."""
        self.library = library
        self.library_changed.emit(None)

    def close(self) -> None:
        """Let the library go; what is still on its way comes to nobody."""
        self._asked_for = None
        if self.library is not None:
            self.library.close()
            self.library = None

    def open(self, document_id: int) -> None:
        """Fetch a document and show it; the present one stays until it has come."""
        self._asked_for = document_id
        shown, writings = self.document if document_id == self.document_id else None, self._writings
        self._tasks.run(
            lambda task: fetch(self.paths, document_id, model=self.machine.model, shown=shown),
            done=lambda opened: self._on_fetched(document_id, opened, writings),
            failed=lambda error: self.problem.emit(error, "error"),
        )

    def _on_fetched(self, document_id: int, opened: Opened | None, writings: int) -> None:
        if document_id != self._asked_for:
            return
        if opened is None:
            gone = self.tr("This article is no longer in the library.")
            self.problem.emit(LibraryError(gone, self.tr("Open its file again to read it.")), "warning")
            self.library_changed.emit(None)
            return
        self._hold(opened.id, opened.document)
        self._take_written(opened.written)
        if self.library is not None:
            try:
                self.library.opened(opened.id)
            except ReaderError as error:
                self.problem.emit(error, "warning")
        self.document_opened.emit(opened.place)
        self.highlights_changed.emit()
        self.library_changed.emit(None)
        self.machine.begin(opened)
        if writings != self._writings:  # what was written on the way is not in what has come
            self.look_again()

    def _hold(self, document_id: int | None, document: Document | None) -> None:
        """Have this document open, with nothing known of it yet."""
        self.machine.hold(document_id, document)
        self.document_id, self.document = document_id, document
        self.marked, self.lost, self.notes = [], [], []

    def leave(self) -> None:
        """Have nothing open: what was is no longer in the library."""
        self._asked_for = None
        self._hold(None, None)
        self.document_opened.emit(ReadingPlace())
        self.highlights_changed.emit()

    @property
    def previewing(self) -> bool:
        """Tell whether what is shown is still being read, and so not in the library yet."""
        return self.document is not None and self.document_id is None

    def show_preview(self, document: Document) -> None:
        """Show the beginning of a document that is still being read; nothing can be written on it yet."""
        if not self.previewing:
            self._earlier = self.document_id
        self._asked_for = None
        self._hold(None, document)
        self.document_opened.emit(ReadingPlace())
        self.highlights_changed.emit()
        self.analysis_progressed.emit(0.0)

    def end_preview(self) -> None:
        """Show what was shown before, or nothing: the document whose beginning is shown has not come."""
        if not self.previewing or self._asked_for is not None:
            return
        if self._earlier is not None:
            self.open(self._earlier)
            return
        self._hold(None, None)
        self.document_opened.emit(ReadingPlace())
        self.highlights_changed.emit()
        self.analysis_progressed.emit(None)

    def look_again(self) -> None:
        """Show the highlights and notes as they are stored: another window may have changed them."""
        document_id, document, writings = self.document_id, self.document, self._writings
        if document_id is None or document is None:
            return

        def take(written: Written) -> None:
            if self.document is None or document.text is not self.document.text:
                return
            if writings != self._writings:
                self.look_again()
                return
            shown = self.marked, self.lost, self.notes
            self._take_written(written)
            self._take_metadata(written.metadata)
            self.machine.correct(written.held)
            if shown != (self.marked, self.lost, self.notes):
                self.highlights_changed.emit()

        self._tasks.run(
            lambda task: fetch_written(self.paths, document_id, document),
            done=take,
            failed=lambda error: self.problem.emit(error, "warning"),
        )

    def _take_written(self, written: Written) -> None:
        self.marked = [
            Marked(located.span, highlight)
            for highlight, located in written.highlights
            if located.span is not None
        ]
        self.marked.sort(key=_reading_order)
        self.lost = [highlight for highlight, located in written.highlights if located.place is Place.LOST]
        self.notes = list(written.notes)

    def _take_metadata(self, metadata: Metadata | None) -> None:
        if self.document is None or metadata is None or metadata == self.document.metadata:
            return
        before = self.document.metadata
        self.document = replace(self.document, metadata=metadata)
        self.machine.take_metadata(self.document)
        self.details_changed.emit(before)

    # ------------------------------------------------------------ the machine's layer

    @property
    def mentions(self) -> list[Mention]:
        """The names found so far, in reading order."""
        return self.machine.mentions

    @property
    def quotes(self) -> list[Quote]:
        """The quotations found so far, in reading order."""
        return self.machine.quotes

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Who and what is named; known when all is read."""
        return self.machine.entities

    def analysis(self) -> Analysis:
        """Return what has been found so far."""
        return self.machine.analysis()

    def analyse_anew(self, offset: int) -> None:
        """Look for names and quotations once more, beginning where the reader is."""
        self.machine.analyse_anew(offset)

    def look_at(self, block: int) -> None:
        """Analyse what the reader looks at first."""
        self.machine.look_at(block)

    def _correct(self) -> None:
        """Let the corrections count that hold now."""
        document_id, document, writings = self.document_id, self.document, self._writings
        if document_id is None or document is None:
            return

        def take(held: Held) -> None:
            if document_id != self.document_id:
                return
            if writings != self._writings:  # something was changed meanwhile, perhaps taken back
                self._correct()
                return
            self.machine.correct(held)

        self._tasks.run(
            lambda task: fetch_held(self.paths, document_id, document),
            done=take,
            failed=lambda error: self.problem.emit(error, "warning"),
        )

    # ------------------------------------------------------------ the person's layer

    def do(self, change: Change) -> bool:
        """Put a new action on disk, then on the screen; return False, and tell why, when it can't be kept."""
        try:
            change = self._apply(change)
        except ReaderError as error:
            self._on_refused(error)
            return False
        self.history.push(change)
        return True

    def writable(self) -> Library:
        """Return the library to be written to, or raise why nothing can be written now."""
        if self.library is None:
            raise LibraryError(
                self.tr("The library is not open, so nothing can be kept."),
                self.tr("Open it with “Try again”, or start Scholion anew."),
            )
        if self.is_held:
            raise LibraryLocked(
                self.tr("Many articles are being changed at this moment."),
                self.tr("Wait until that is done, then try again."),
            )
        return self.library

    def _apply(self, change: Change) -> Change:
        library = self.writable()
        try:
            change = library.apply(change)
        except Conflict:
            from reader.intake import as_it_stands

            change = library.apply(as_it_stands(library, change))
        self.follow(change)
        return change

    def _repeat(self, change: Change) -> None:
        """Undo or redo: what is in another article is done there, and told."""
        self._apply(change)
        elsewhere = {
            record.document_id
            for record in (*change.before, *change.after)
            if isinstance(record, Highlight | Note | Details)
            or (isinstance(record, Correction) and record.scope is not Scope.EVERYWHERE)
        }
        if len(elsewhere) > 1:
            return  # what was done with several at once is seen where it was done
        for document_id in elsewhere - {self.document_id}:
            entry = self.library.entry(document_id) if self.library is not None else None
            if entry is not None:
                self.changed_elsewhere.emit(document_id, entry.title)

    def _on_refused(self, error: ReaderError) -> None:
        self.problem.emit(error, "error")
        if isinstance(error, Conflict):
            self.look_again()

    def follow(self, change: Change) -> None:
        """Bring what is shown in line with a change that is on disk."""
        self._writings += 1
        before = {record.id for record in change.before}
        self.marked = [mark for mark in self.marked if mark.highlight.id not in before]
        self.lost = [highlight for highlight in self.lost if highlight.id not in before]
        self.notes = [note for note in self.notes if note.id not in before]
        for record in change.after:
            if isinstance(record, Highlight) and record.document_id == self.document_id:
                self._place(record)
            elif isinstance(record, Note) and record.document_id == self.document_id:
                self.notes.append(record)
        self.marked.sort(key=_reading_order)
        changed = (each for each in (*change.before, *change.after) if isinstance(each, Details))
        if self.library is not None and any(each.document_id == self.document_id for each in changed):
            self._take_metadata(self.library.metadata(self.document_id or 0))
        if any(isinstance(each, Correction) for each in (*change.before, *change.after)):
            self._correct()
        self.highlights_changed.emit()
        self.library_changed.emit(change.kinds)
        if any(isinstance(each, Tag) for each in (*change.before, *change.after)):
            self.look_again()  # what has a tag has it under another name now, or not at all

    def _place(self, highlight: Highlight) -> None:
        from reader.anchoring import locate
        from reader.intake import Finder

        if self.document is None:
            located = None
        elif self.library is None or highlight.anchor.text_hash == self.document.text_hash:
            located = locate(self.document, highlight.anchor)
        else:
            located = Finder(self.library, self.document).locate(highlight.anchor)
        if located is not None and located.span is not None:
            self.marked.append(Marked(located.span, highlight))
        else:
            self.lost.append(highlight)

    def highlight(self, highlight_id: str) -> Highlight | None:
        """Return a highlight of this document."""
        found = (mark.highlight for mark in self.marked if mark.highlight.id == highlight_id)
        return next(found, None) or next((h for h in self.lost if h.id == highlight_id), None)

    def tags(self) -> tuple[str, ...]:
        """Return the tags of the document as a whole; none where they can't be read."""
        if self.library is None or self.document_id is None:
            return ()
        try:
            details = self.library.details(self.document_id)
        except ReaderError as error:
            self.problem.emit(error, "warning")
            return ()
        return details.tags if details is not None else ()

    def span_of(self, highlight_id: str) -> Span | None:
        """Return where a highlight stands, or None when it is lost."""
        return next((mark.span for mark in self.marked if mark.highlight.id == highlight_id), None)

    def highlight_over(self, span: Span) -> Highlight | None:
        """Return the highlight that covers exactly `span`."""
        return next((mark.highlight for mark in self.marked if mark.span == span), None)

    def drafted(self, span: Span, colour: Colour) -> Highlight | None:
        """Make a highlight over `span` that is not kept yet; white space at its ends is left out."""
        from reader.anchoring import describe

        if self.document is None or self.document_id is None:
            return None
        within = trimmed(self.document.text, Span(span.start, min(span.end, len(self.document.text))))
        if within is None:
            return None
        return Highlight(self.document_id, describe(self.document, within), colour)

    def add(self, highlight: Highlight) -> bool:
        """Keep a new highlight."""
        action = self.tr("add a note") if highlight.note else self.tr("add a highlight")
        return self.do(Change(action, after=(highlight,)))

    def edit(
        self,
        highlight: Highlight,
        *,
        colour: Colour | None = None,
        note: str | None = None,
        tags: tuple[str, ...] | None = None,
    ) -> bool:
        """Keep a highlight with another colour, note or tags."""
        wanted = replace(
            highlight,
            colour=highlight.colour if colour is None else colour,
            note=highlight.note if note is None else note,
            tags=highlight.tags if tags is None else tags,
        )
        if wanted == highlight:
            return True
        action = (
            self.tr("change a colour") if colour not in (None, highlight.colour) else self.tr("edit a note")
        )
        return self.do(Change(action, before=(highlight,), after=(replace(wanted, updated=now()),)))

    def remove(self, highlight: Highlight) -> bool:
        """Take a highlight, with its note, away."""
        return self.do(Change(self.tr("remove a highlight"), before=(highlight,)))

    # ------------------------------------------------------------ reading

    def keep_place(self, place: ReadingPlace) -> None:
        """Remember where the reader is."""
        if self.library is None or self.document_id is None or self.is_held or self.is_away:
            return
        try:
            self.library.set_place(self.document_id, place)
        except ReaderError as error:
            self.problem.emit(error, "warning")


def _reading_order(mark: Marked) -> tuple[int, int]:
    return mark.span.start, mark.span.end
