"""What a person says of the open article against its file: asked for, and kept as one step. No widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from reader.document import Metadata
from reader.errors import ReaderError
from reader.model import Change, Details, now
from ui.frame import Frame
from ui.session import Session

if TYPE_CHECKING:
    from ui.dialogs.details import DetailsDialog


class Detailer(QObject):
    """Shows the details, and turns what is written there into a change of the session."""

    def __init__(self, session: Session, frame: Frame, *, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._frame, self._window = session, frame, window
        self.dialog: DetailsDialog | None = None
        session.details_changed.connect(self._on_changed)

    def ask(self, of: int | None = None) -> None:
        """Show the details of an article of the library, or of the open one."""
        from ui.dialogs.details import DetailsDialog

        session = self._session
        document_id, library = of or session.document_id, session.library
        if session.previewing and of is None:
            self._tell(self.tr("This article is still being read. You can edit its details in a moment."))
            return
        if document_id is None or library is None:
            self._tell(self.tr("Open an article first, then edit its details."))
            return
        try:
            given, details = library.given(document_id), library.details(document_id)
        except ReaderError as error:
            session.problem.emit(error, "warning")
            return
        held = details or Details(document_id)
        dialog = DetailsDialog(given or Metadata(), held.said, self._window)
        dialog.save_requested.connect(lambda said: self._save(held, said, is_new=details is None))
        dialog.finished.connect(self._forget_dialog)
        self.dialog = dialog
        dialog.open()

    def _tell(self, sentence: str) -> None:
        self._frame.messages.show_message(sentence)

    def _forget_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
        if not self._frame.middle.shown:
            self._frame.page.setFocus()

    def _save(self, held: Details, said: dict[str, str], *, is_new: bool) -> None:
        """Keep what a person says; where that is nothing any more, the file is right again."""
        kept_beside = {"state": held.state, "tags": held.tags, "removed": held.removed, "id": held.id}
        wanted = Details(held.document_id, **said, **kept_beside, updated=now())  # type: ignore[arg-type]
        kept = said == held.said or self._session.do(
            Change(
                self.tr("edit the details"),
                before=() if is_new else (held,),
                after=() if wanted.says_nothing else (wanted,),
            )
        )
        if self.dialog is None:
            return
        if kept:
            self.dialog.accept()
        else:
            self.dialog.show_error(self.tr("This is not kept yet. Save again, or cancel and read why."))

    def _on_changed(self, before: Metadata) -> None:
        """Find everything anew where that depends on the date and the language."""
        document = self._session.document
        if document is None:
            return
        known = document.metadata
        if (before.date, before.language) != (known.date, known.language):
            self._session.analyse_anew(self._frame.page.place().offset)
