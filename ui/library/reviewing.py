"""The corrections of the whole library: listed, opened where they were made, taken back, and their reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QDateTime, QLocale, QObject, Qt
from PySide6.QtWidgets import QWidget

from reader.errors import ReaderError
from reader.model import Change, Correction, Scope
from reader.reviewing import Reviewed
from ui.article.navigating import Navigator
from ui.changes import when_changed
from ui.desk import gather_corrections
from ui.frame import Frame
from ui.renewing import Renewal
from ui.session import Session
from ui.tasks import Tasks
from ui.undoing import UndoBar
from ui.viewing import Viewer
from ui.views.corrections import CorrectionRow, CorrectionsView

CORRECTIONS = "corrections"


class Reviewer(QObject):
    """Joins the view of corrections with the session."""

    def __init__(
        self, session: Session, frame: Frame, navigator: Navigator, viewer: Viewer, *, tasks: Tasks
    ) -> None:
        super().__init__(frame)
        self._session, self._frame, self._navigator = session, frame, navigator
        self._reviewed: dict[str, Reviewed] = {}
        self._renewal = Renewal(
            lambda: gather_corrections(session.paths),
            done=self._on_gathered,
            failed=lambda error: session.problem.emit(error, "warning"),
            tasks=tasks,
            parent=self,
        )
        self._bar = UndoBar(session.history, frame.messages, parent=self)
        viewer.add(CORRECTIONS, self._make, link=self.tr("Corrections"))
        when_changed(session, self.follow, Correction)

    def _make(self) -> QWidget:
        view = CorrectionsView(self._frame.middle)
        view.refresh_requested.connect(self._renewal.ask)
        view.open_requested.connect(self._open)
        view.take_back_requested.connect(self._take_back)
        view.reach_requested.connect(self._reach)
        view.closed.connect(self._frame.middle.show_page)
        return view

    # ------------------------------------------------------------ shown

    def follow(self) -> None:
        """Count the corrections that there are now, whoever has written."""
        library = self._session.library
        try:
            number = library.count_corrections() if library is not None else 0
        except ReaderError:
            return  # told by what else lists the library
        links = self._frame.library.links
        links.show_link(CORRECTIONS, bool(number) or self._frame.middle.shown == CORRECTIONS)
        links.show_count(CORRECTIONS, number)

    def _on_gathered(self, reviewed: Sequence[Reviewed]) -> None:
        from reader.correcting import saying

        self._reviewed = {each.correction.id: each for each in reviewed}
        view = self._frame.middle.view(CORRECTIONS)
        assert isinstance(view, CorrectionsView)
        view.show_corrections(
            [
                CorrectionRow(
                    each.correction,
                    f"{saying(each.correction)}.",
                    each.title,
                    _when(each.correction.created),
                    each.lost,
                )
                for each in reviewed
            ]
        )
        self.follow()

    # ------------------------------------------------------------ asked for

    def _open(self, correction: Correction) -> None:
        reviewed = self._reviewed.get(correction.id)
        self._navigator.open(correction.document_id, at=reviewed.span if reviewed is not None else None)

    def _take_back(self, several: tuple[Correction, ...]) -> None:
        if not self._session.do(Change(self.tr("take back corrections"), before=several)):
            return
        told = (
            self.tr("The correction is taken back.")
            if len(several) == 1
            else self.tr("{} corrections are taken back.").format(len(several))
        )
        self._bar.tell(told)

    def _reach(self, several: tuple[Correction, ...], scope: Scope) -> None:
        from reader.correcting import sentence

        before = tuple(one for one in several if one.scope is not scope)
        after = tuple(replace(one, scope=scope) for one in before)
        if not after or not self._session.do(
            Change(self.tr("change how far a correction reaches"), before=before, after=after)
        ):
            return
        told = self.tr("{} corrections reach as far as you chose.").format(len(after))
        self._bar.tell(sentence(after[0]) if len(after) == 1 else told)


def _when(created: str) -> str:
    """Return a time of ours (ISO 8601, UTC) as a day in the reader's language and zone."""
    moment = QDateTime.fromString(created, Qt.DateFormat.ISODateWithMs).toLocalTime()
    if not moment.isValid():
        return created
    return QLocale().toString(moment.date(), "d MMM yyyy")
