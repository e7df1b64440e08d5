"""Highlights without a sure place: listed, put where a person says they belong, or deleted."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from reader.errors import ReaderError
from reader.model import Change, Details, Highlight
from reader.unsettled import Unsettled, placed
from ui.article.navigating import Navigator
from ui.changes import when_changed
from ui.desk import count_unsettled, gather_unsettled
from ui.frame import Frame
from ui.page.selection import trimmed
from ui.renewing import Renewal
from ui.session import Session
from ui.tasks import Tasks
from ui.undoing import UndoBar
from ui.viewing import Viewer
from ui.views.lost import LostView

LOST = "lost"


class Settler(QObject):
    """Joins the view of lost highlights with the session."""

    def __init__(
        self, session: Session, frame: Frame, navigator: Navigator, viewer: Viewer, *, tasks: Tasks
    ) -> None:
        super().__init__(frame)
        self._session, self._frame, self._navigator = session, frame, navigator
        self._messages = frame.messages
        self._undo = UndoBar(session.history, frame.messages, parent=self)
        self._renewal = Renewal(
            lambda: gather_unsettled(session.paths),
            done=self._on_gathered,
            failed=lambda error: session.problem.emit(error, "warning"),
            tasks=tasks,
            parent=self,
        )
        self._counting = Renewal(
            lambda: count_unsettled(session.paths),
            done=self._on_counted,
            failed=lambda error: None,  # told by what else lists the library
            tasks=tasks,
            parent=self,
        )
        self._awaited: Highlight | None = None  # what is to be placed when its article is open
        viewer.add(LOST, self._make, link=self.tr("Lost highlights"))
        when_changed(session, self.follow, Highlight, Details)
        session.document_opened.connect(self._on_opened)
        frame.findings.notes.place_requested.connect(self._on_place_in_article)

    def _make(self) -> QWidget:
        view = LostView(self._frame.middle)
        view.refresh_requested.connect(self._renewal.ask)
        view.keep_requested.connect(self._keep)
        view.place_requested.connect(lambda what: self._place(what.highlight))
        view.open_requested.connect(self._open)
        view.delete_requested.connect(self._delete)
        view.closed.connect(self._frame.middle.show_page)
        return view

    # ------------------------------------------------------------ shown

    def follow(self) -> None:
        """Count the lost highlights that there are now, whoever has written."""
        self._counting.ask()

    def _on_counted(self, number: int) -> None:
        self._frame.library.links.show_link(LOST, bool(number) or self._frame.middle.shown == LOST)
        self._frame.library.links.show_count(LOST, number)

    def _on_gathered(self, several: list[Unsettled]) -> None:
        view = self._frame.middle.view(LOST)
        assert isinstance(view, LostView)
        view.show_unsettled(several)
        self._counting.ask()

    # ------------------------------------------------------------ decided

    def _open(self, what: Unsettled) -> None:
        self._navigator.open(what.highlight.document_id, at=what.span)

    def _keep(self, what: Unsettled) -> None:
        library = self._session.library
        try:
            document = library.document(what.highlight.document_id) if library is not None else None
        except ReaderError as error:
            self._session.problem.emit(error, "warning")
            return
        if document is not None and what.span is not None:
            self._do(placed(what.highlight, document, what.span), self.tr("The highlight is placed."))

    def _delete(self, what: Unsettled) -> None:
        action = self.tr("remove a highlight")
        self._do(Change(action, before=(what.highlight,)), self.tr("The highlight is deleted."))

    def _do(self, change: Change, told: str) -> None:
        if self._session.do(change):
            self._undo.tell(told)

    # ------------------------------------------------------------ placed by hand

    def _on_place_in_article(self, highlight_id: str) -> None:
        highlight = self._session.highlight(highlight_id)
        if highlight is not None:
            self._place(highlight)

    def _place(self, highlight: Highlight) -> None:
        """Open the article, and ask for the words."""
        self._awaited = highlight
        self._navigator.open(highlight.document_id)
        if self._session.document_id == highlight.document_id:
            self._ask(highlight)

    def _on_opened(self) -> None:
        awaited, self._awaited = self._awaited, None
        if awaited is not None and awaited.document_id == self._session.document_id:
            self._ask(awaited)

    def _ask(self, highlight: Highlight) -> None:
        self._awaited = None
        words = " ".join(highlight.anchor.exact.split())
        shown = words if len(words) <= 60 else words[:59].rstrip() + "…"
        self._messages.show_message(
            self.tr("Select the words to which “{}” belongs now.").format(shown),
            kind="warning",
            action_text=self.tr("Put it there"),
            action=partial(self._put, highlight),
        )

    def _put(self, highlight: Highlight) -> None:
        session, page = self._session, self._frame.page
        document = session.document
        if document is None or session.document_id != highlight.document_id:
            self._place(highlight)
            return
        chosen = page.selection.span
        span = trimmed(document.text, chosen) if chosen is not None else None
        if span is None:
            self._ask(highlight)
            return
        present = session.highlight(highlight.id) or highlight
        self._do(placed(present, document, span), self.tr("The highlight is placed."))
