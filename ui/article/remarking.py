"""Notes on an article as a whole: written at the head of the page, kept, edited, deleted. No highlights."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal

from reader.drafts import Drafts
from reader.model import Change, Note, now
from ui.article.drafting import DraftKeeper
from ui.article.proposing import known_tags
from ui.dialogs.note_editor import NoteEditor
from ui.page.view import PageView
from ui.session import Session
from ui.theme import Theme

TOP = 18


class Remarker(QObject):
    """Turns what the reader writes on an article as a whole into changes of the session."""

    told = Signal(str)  # a quiet sentence for the reader
    problem = Signal(object, str)  # ReaderError, kind
    kept = Signal(str)  # the id of the note that is on disk now

    def __init__(self, session: Session, page: PageView, drafts: Drafts, *, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._page, self._disk = session, page, drafts
        self._editing: Note | None = None  # as it was when the editor was opened
        self._drafts = DraftKeeper[Note](
            drafts,
            says_more=self._says_more,
            refused=lambda error: self.problem.emit(error, "warning"),
            parent=self,
        )
        self.editor = NoteEditor(page.viewport())
        self.editor.hide()
        page.viewport().installEventFilter(self)
        session.document_opened.connect(self._forget)
        self.editor.saved.connect(self._on_saved)
        self.editor.cancelled.connect(self._on_cancelled)
        self.editor.draft_changed.connect(self._on_draft)
        self.editor.delete_requested.connect(self._on_delete)
        self.editor.installEventFilter(self)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.editor.set_theme(theme)

    def close(self) -> None:
        """Keep what is being written."""
        self._close_editor()

    def holds(self, note_id: str) -> bool:
        """Tell whether this is a note on the whole of the open article."""
        return self._note(note_id) is not None

    def _note(self, note_id: str) -> Note | None:
        return next((note for note in self._session.notes if note.id == note_id), None)

    # ------------------------------------------------------------ writing

    def write(self) -> None:
        """Begin a note on the open article, or go on with one that was not saved."""
        session = self._session
        if session.previewing:
            self.told.emit(self.tr("This article is still being read. You can write on it in a moment."))
        elif session.document_id is None:
            self.told.emit(self.tr("Open an article first, then write a note on it."))
        elif not self.editor.isVisible():
            drafts = self._drafts.all
            fresh = drafts[-1] if drafts else Note(session.document_id, "")
            self._open(self._note(fresh.id) or fresh, fresh)

    def edit(self, note_id: str) -> None:
        """Edit the note with this id."""
        note = self._note(note_id)
        if note is not None:
            self._open(note, self._drafts.get(note_id) or note)

    def delete(self, note_id: str) -> None:
        """Delete the note with this id."""
        note = self._note(note_id)
        if note is not None and self._session.do(Change(self.tr("delete a note"), before=(note,))):
            self.told.emit(self.tr("The note is deleted; Ctrl+Z brings it back."))

    def _open(self, note: Note, draft: Note) -> None:
        self._close_editor()
        self._editing = note
        self.editor.edit_whole(
            self.tr("On the whole article"),
            note=draft.body,
            tags=draft.tags,
            known_tags=known_tags(self._session),
            existing=self.holds(note.id),
        )
        self.editor.show()
        self._place()
        self.editor.raise_()

    def _place(self) -> None:
        """Stand at the head of the page, in the notes' margin where there is one."""
        room, column = self._page.viewport().rect(), self._page.column
        self.editor.adjustSize()
        x = round(column.left + column.width) - self.editor.width()
        if column.notes is not None:
            x = round(column.notes - 8)
        self.editor.move(QPoint(max(8, min(x, room.width() - self.editor.width() - 8)), TOP))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the editor inside the page when the size of one of them changes."""
        if event.type() is QEvent.Type.Resize and self.editor.isVisible():
            self._place()
        return False

    # ------------------------------------------------------------ keeping

    def _says_more(self, draft: Note) -> bool:
        """Tell whether a draft holds words that are not in the library."""
        held = self._note(draft.id)
        saved = (held.body, held.tags) if held is not None else ("", ())
        return (draft.body, draft.tags) != saved

    def _on_draft(self, note: str, tags: tuple[str, ...]) -> None:
        if self._editing is not None:
            self._drafts.write(replace(self._editing, body=note, tags=tuple(tags)))

    def _on_saved(self, body: str, tags: tuple[str, ...], _colour: object) -> None:
        editing = self._editing
        if editing is None:
            return
        wanted = replace(editing, body=body, tags=tuple(tags), updated=now())
        known = self.holds(editing.id)
        if not (body or tags):
            self._on_delete()
            return
        action = self.tr("edit a note") if known else self.tr("add a note")
        same = known and (body, tuple(tags)) == (editing.body, editing.tags)
        if not same and not self._session.do(
            Change(action, before=(editing,) if known else (), after=(wanted,))
        ):
            self._drafts.keep()
            self._editing = self._note(editing.id) or editing  # the next time counts against what is stored
            self.editor.show_error(
                self.tr(
                    "The note is not on disk yet. Your words are kept here; save again after reading why."
                )
            )
            return
        self._drafts.drop(editing.id)
        self._close_editor()
        self._page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.kept.emit(editing.id)

    def _on_cancelled(self) -> None:
        editing = self._editing
        self._close_editor()
        self._page.setFocus(Qt.FocusReason.OtherFocusReason)
        if editing is not None and self._drafts.get(editing.id) is not None:
            self.told.emit(
                self.tr("The note is not saved; its words are kept until you write on this article again.")
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

    def _forget(self) -> None:
        """Another document is shown; a note on it that was not saved is offered."""
        self._close_editor()
        document_id = self._session.document_id
        if self._drafts.load(
            document_id, self._disk.notes_of(document_id) if document_id is not None else ()
        ):
            self.told.emit(self.tr("Your unsaved note on this article is kept: press Shift+N to go on."))
