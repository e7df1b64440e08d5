"""Highlighting, noting and tagging: the selection toolbar, the note editor and the keys for them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication

from reader.document import Span
from reader.drafts import Drafts
from reader.model import Colour, Highlight
from reader.reports.citation import cite
from reader.text import excerpt
from ui.article.drafting import DraftKeeper
from ui.article.proposing import known_tags
from ui.dialogs.note_editor import NoteEditor
from ui.page.selection import Selection
from ui.page.toolbar import SelectionToolbar
from ui.page.view import PageView
from ui.session import Session
from ui.theme import Theme

EDGE = 8


class Annotator(QObject):
    """Turns what the reader does to a passage into changes of the session."""

    told = Signal(str)  # a quiet sentence for the reader
    problem = Signal(object, str)  # ReaderError, kind
    colour_chosen = Signal(object)  # Colour

    def __init__(
        self, session: Session, page: PageView, drafts: Drafts, *, colour: Colour, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._page = page
        self.colour = colour
        self._current: str | None = None  # the id of the highlight that keys refer to
        self._editing: Highlight | None = None  # as it was when the editor was opened
        self._refused = False  # saving failed; the next time counts against what is stored then
        self._disk = drafts
        self._drafts = DraftKeeper[Highlight](
            drafts,
            says_more=self._says_more,
            refused=lambda error: self.problem.emit(error, "warning"),
            parent=self,
        )
        self.toolbar = SelectionToolbar(page.viewport())
        self.editor = NoteEditor(page.viewport())
        self.editor.hide()
        page.viewport().installEventFilter(self)
        page.selection_changed.connect(self._on_selection)
        page.place_changed.connect(self._follow_page)
        page.highlight_clicked.connect(self.choose)
        page.note_clicked.connect(self.edit)
        self.toolbar.colour_requested.connect(self.highlight)
        self.toolbar.note_requested.connect(self.note)
        self.toolbar.tag_requested.connect(self.tag)
        self.toolbar.copy_requested.connect(self.copy_citation)
        self.toolbar.remove_requested.connect(self.remove)
        self.editor.saved.connect(self._on_saved)
        self.editor.cancelled.connect(self._on_cancelled)
        self.editor.draft_changed.connect(self._on_draft)
        self.editor.delete_requested.connect(self._on_delete)
        self.editor.installEventFilter(self)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.toolbar.set_theme(theme)
        self.editor.set_theme(theme)

    def forget(self) -> None:
        """Another document is shown: nothing is chosen in it yet; drafts on it are offered."""
        self._current = None
        self.toolbar.hide()
        self._close_editor()
        document_id = self._session.document_id
        if self._drafts.load(document_id, self._disk.of(document_id) if document_id is not None else ()):
            self.told.emit(self.tr("Your unsaved note is kept: press N to go on."))

    def close(self) -> None:
        """Keep what is being written."""
        self._close_editor()

    # ------------------------------------------------------------ choosing

    @property
    def _chosen(self) -> Highlight | None:
        return self._session.highlight(self._current) if self._current else None

    def choose(self, highlight_id: str) -> None:
        """Make a highlight the one that keys and toolbar refer to."""
        self._current = highlight_id
        self._page.show_current(self._session.span_of(highlight_id))
        self._show_toolbar()

    def _on_selection(self) -> None:
        if self._page.selection.span is not None:
            self._current = None
            self._page.show_current(None)
        if self._page.pointer.dragging:
            self.toolbar.hide()
        else:
            self._show_toolbar()

    def _passage(self) -> Span | None:
        """Return what the toolbar stands beside: the selection, or else the chosen highlight."""
        if self._page.selection.span is not None:
            return self._page.selection.span
        return self._session.span_of(self._current) if self._current else None

    def _show_toolbar(self) -> None:
        passage = self._passage()
        if passage is None or self.editor.isVisible():
            self.toolbar.hide()
            return
        chosen = self._chosen
        self.toolbar.show_at(self._page.rects_of(passage), present=chosen.colour if chosen else None)

    def _follow_page(self) -> None:
        if self.toolbar.isVisible():
            self._show_toolbar()
        if self.editor.isVisible():
            self._place_editor()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep toolbar and editor inside the page when its size changes, or that of the editor."""
        if event.type() is QEvent.Type.Resize:
            self._follow_page()
        return False

    # ------------------------------------------------------------ highlighting

    def highlight(self, colour: Colour | None = None) -> None:
        """Mark the selection, or give the chosen highlight another colour."""
        if self._tells_to_wait():
            return
        wanted = colour or self.colour
        if colour is not None and colour != self.colour:
            self.colour = colour
            self.colour_chosen.emit(colour)
        span = self._page.selection.span
        held = self._session.highlight_over(span) if span else self._chosen
        if held is not None:
            self._session.edit(held, colour=wanted)
            self._settle_on(held.id)
            return
        draft = self._session.drafted(span, wanted) if span else None
        if draft is None:
            self.told.emit(
                self.tr("Select the words first: drag over them, or hold Shift and press an arrow key.")
            )
        elif self._session.add(draft):
            self._settle_on(draft.id)

    def _settle_on(self, highlight_id: str) -> None:
        caret = self._page.selection.caret
        self._current = highlight_id
        self._page.select(Selection(caret, caret))
        self._current = highlight_id
        self.toolbar.hide()

    def remove(self) -> None:
        """Remove the chosen highlight."""
        chosen = self._chosen
        if chosen is None and self._page.selection.span is not None:
            chosen = self._session.highlight_over(self._page.selection.span)
        if chosen is None:
            self.told.emit(self.tr("Click a highlight first, then remove it."))
            return
        self._remove(chosen)

    def delete(self, highlight_id: str) -> None:
        """Remove the highlight with this id."""
        held = self._session.highlight(highlight_id)
        if held is not None:
            self._remove(held)

    def _remove(self, highlight: Highlight) -> None:
        if self._session.remove(highlight):
            self._current = None
            self._page.show_current(None)
            self.toolbar.hide()
            self.told.emit(self.tr("The highlight is removed; Ctrl+Z brings it back."))

    # ------------------------------------------------------------ noting

    def note(self) -> None:
        """Write a note on the chosen highlight, or on the selected words."""
        self._open_editor(tags=False)

    def tag(self) -> None:
        """Add a tag to the chosen highlight, or to the selected words."""
        self._open_editor(tags=True)

    def edit(self, highlight_id: str) -> None:
        """Edit the note of the highlight with this id."""
        self._page.select(Selection(self._page.selection.caret, self._page.selection.caret))
        self._current = highlight_id
        self._page.show_current(self._session.span_of(highlight_id))
        self._open_editor(tags=False)

    def _tells_to_wait(self) -> bool:
        """Tell that a document which is still being read can't be written on yet, if it is one."""
        if self._session.previewing:
            self.told.emit(
                self.tr("This article is still being read. You can mark it and write on it in a moment.")
            )
        return self._session.previewing

    def _open_editor(self, *, tags: bool) -> None:
        if self._tells_to_wait():
            return
        span = self._page.selection.span
        wanted = self._session.highlight_over(span) if span else self._chosen
        if wanted is None:
            fresh = self._session.drafted(span, self.colour) if span else None
            wanted = self._draft_at(fresh.anchor.span if fresh else None) or fresh
        if wanted is None:
            self.told.emit(self.tr("Select the words that the note is about, or click a highlight."))
            return
        if self._editing is not None and self._editing.id != wanted.id:
            self._close_editor()
        self._editing, self._refused = wanted, False
        draft = self._drafts.get(wanted.id) or wanted
        self.editor.edit(
            excerpt(wanted.anchor.exact) or self.tr("A picture"),
            colour=draft.colour,
            note=draft.note,
            tags=draft.tags,
            known_tags=known_tags(self._session),
            existing=self._session.highlight(wanted.id) is not None,
            focus_tags=tags,
        )
        self.toolbar.hide()
        self.editor.show()
        self._place_editor()
        self.editor.raise_()

    def _place_editor(self) -> None:
        """Stand in the notes' margin beside the passage, or else below or above it: never over its words."""
        if self._editing is None:
            return
        span = self._session.span_of(self._editing.id) or self._editing.anchor.span
        rects = self._page.rects_of(span)
        room, column = self._page.viewport().rect(), self._page.column
        self.editor.adjustSize()
        width, height = self.editor.width(), self.editor.height()
        x = round(column.left)
        if column.notes is not None:
            x = round(min(column.notes - 8, room.width() - width - EDGE))
        y = round(rects[0].top()) - 8 if rects else EDGE
        if rects and x < max(rect.right() for rect in rects):
            y = round(rects[-1].bottom()) + EDGE
            if y + height > room.height():
                y = round(rects[0].top()) - height - EDGE
        self.editor.move(
            QPoint(
                max(EDGE, min(x, room.width() - width - EDGE)),
                max(EDGE, min(y, room.height() - height - EDGE)),
            )
        )

    def _draft_at(self, passage: Span | None) -> Highlight | None:
        """Return what a draft is about: the one on these words, or the last one when none are selected."""
        drafts = [each for each in self._drafts.all if passage in (None, each.anchor.span)]
        if not drafts:
            return None
        return self._session.highlight(drafts[-1].id) or drafts[-1]

    def _says_more(self, draft: Highlight) -> bool:
        """Tell whether a draft holds words that are not in the library."""
        held = self._session.highlight(draft.id)
        saved = (held.note, held.tags) if held is not None else ("", ())
        return (draft.note, draft.tags) != saved

    def _on_draft(self, note: str, tags: tuple[str, ...]) -> None:
        if self._editing is None:
            return
        self._drafts.write(replace(self._editing, colour=self.editor.colour(), note=note, tags=tuple(tags)))

    def _on_saved(self, note: str, tags: tuple[str, ...], colour: Colour) -> None:
        editing = self._editing
        if editing is None:
            return
        held = self._session.highlight(editing.id)
        if held is not None:
            # The first time, what another window wrote meanwhile is a conflict that is told.
            base = held if self._refused else editing
            kept = self._session.edit(base, colour=colour, note=note, tags=tuple(tags))
        else:
            kept = self._session.add(replace(editing, colour=colour, note=note, tags=tuple(tags)))
        if not kept:
            self._refused = True
            self._drafts.keep()
            self.editor.show_error(
                self.tr(
                    "The note is not on disk yet. Your words are kept here; save again after reading why."
                )
            )
            return
        self._drafts.drop(editing.id)
        self._close_editor()
        self._settle_on(editing.id)
        self._page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_cancelled(self) -> None:
        editing = self._editing
        self._close_editor()
        self._page.setFocus(Qt.FocusReason.OtherFocusReason)
        if editing is not None and self._drafts.get(editing.id) is not None:
            self.told.emit(
                self.tr("The note is not saved; its words are kept until you write on that passage again.")
            )

    def _on_delete(self) -> None:
        editing = self._editing
        self._close_editor()
        self._page.setFocus(Qt.FocusReason.OtherFocusReason)
        if editing is not None:
            self._drafts.drop(editing.id)
            self.delete(editing.id)

    def _close_editor(self) -> None:
        self._drafts.keep()
        self._editing = None
        self.editor.hide()

    # ------------------------------------------------------------ copying

    def copy(self) -> None:
        """Put the selected words on the clipboard."""
        words = self._page.selected_text()
        if words:
            QGuiApplication.clipboard().setText(words)

    def copy_citation(self) -> None:
        """Put the passage with its origin on the clipboard."""
        passage, document = self._passage(), self._session.document
        if passage is None or document is None:
            self.told.emit(self.tr("Select the words that you want to cite."))
            return
        QGuiApplication.clipboard().setText(cite(document, passage, quotes=tuple(self._session.quotes)))
        self.told.emit(self.tr("The words and where they come from are on the clipboard."))
