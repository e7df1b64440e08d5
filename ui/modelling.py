"""Which model reads: the line in the foot that says so, the choice of another one, and what is missing."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from reader.errors import AnalysisError
from ui.analyst import Analyst
from ui.frame import Frame
from ui.preferences import Preferences
from ui.session import Session


class ModelChooser(QObject):
    """Tells who reads the open article, where that is not the usual model, and lets another one be chosen."""

    def __init__(
        self, session: Session, analyst: Analyst, frame: Frame, *, preferences: Preferences, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._analyst, self._frame = session, analyst, frame
        self._preferences, self._window = preferences, window
        self._language = ""
        session.document_opened.connect(self._forget)
        session.read_by.connect(self._on_read_by)
        analyst.unused.connect(self._on_unused)
        frame.foot.reader.clicked.connect(self.ask)

    # ------------------------------------------------------------ the line

    def _forget(self) -> None:
        self._language = ""
        self._frame.foot.reader.hide()

    def _on_read_by(self, name: str) -> None:
        from reader.analysis.languages import ENGLISH, NAMES
        from reader.analysis.plans import used

        known = used(name)
        line = self._frame.foot.reader
        self._language = known.language
        language = NAMES[known.language]
        if known.names:
            line.setText(f"{language} · {known.names}")
            line.setToolTip(self.tr("The names were found by this language model. Click to choose another."))
        else:
            line.setText(self.tr("{} · general rules").format(language))
            line.setToolTip(self._how_to_do_better(known.language))
        line.setAccessibleName(f"{line.text()}. {line.toolTip()}")
        line.setVisible(bool(known.names) or known.language != ENGLISH)

    def _how_to_do_better(self, language: str) -> str:
        from reader.analysis.languages import NAMES
        from reader.analysis.pipeline import command
        from reader.analysis.plans import suggestion

        rules = self.tr("Names and quotations are found by general rules.")
        better = suggestion(language)
        if not better:
            return rules
        more = self.tr("To find more names in {} articles, type in a terminal:").format(NAMES[language])
        return f"{rules} {more}\n{command(better)}"

    # ------------------------------------------------------------ the choice

    def ask(self) -> None:
        """Show the models that can be chosen."""
        from reader.analysis.pipeline import command
        from reader.analysis.plans import installed, suggestion
        from ui.dialogs.models import ModelDialog

        missing = self._missing()
        better = missing if missing.isidentifier() else suggestion(self._language)
        dialog = ModelDialog(
            installed(),
            chosen=self._analyst.model,
            missing=bool(missing),
            command=command(better or "NAME"),
            parent=self._window,
        )
        dialog.chosen.connect(self.choose)
        dialog.copied.connect(lambda words: QGuiApplication.clipboard().setText(words))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _missing(self) -> str:
        """Return the name of the chosen pipeline if it is not installed."""
        from reader.analysis.plans import wanted

        try:
            wanted(self._analyst.model)
        except AnalysisError:
            return self._analyst.model
        return ""

    def choose(self, model: str) -> None:
        """Take another model, keep the choice, and look through the open article once more."""
        if model == self._analyst.model:
            return
        self._preferences.change(model=model)
        self._analyst.use(model)
        if self._session.document is not None:
            self._session.analyse_anew(self._frame.page.place().offset)

    def _on_unused(self, error: AnalysisError) -> None:
        self._frame.messages.show_message(
            error.what,
            f"{error.next} " + self.tr("Until then the model that comes with Scholion reads."),
            kind="warning",
            action_text=self.tr("Languages and models…"),
            action=self.ask,
        )
