"""Between page and panels: what is asked for in one is shown in the other, or it is told why not."""

from __future__ import annotations

from PySide6.QtCore import QObject

from reader.document import Span
from reader.model import Mention, Quote
from ui.article.annotating import Annotator
from ui.article.navigating import Navigator
from ui.article.remarking import Remarker
from ui.frame import Frame
from ui.session import Session


class Guide(QObject):
    """Leads from a card to its words, from a mark to its card, and from one mark to the next."""

    def __init__(
        self,
        session: Session,
        frame: Frame,
        *,
        navigator: Navigator,
        annotator: Annotator,
        remarker: Remarker,
    ) -> None:
        super().__init__(frame)
        self._session, self._frame, self._navigator = session, frame, navigator
        self._annotator, self._remarker = annotator, remarker
        page, findings = frame.page, frame.findings
        findings.names.mention_requested.connect(self._on_mention_requested)
        findings.quotes.quote_requested.connect(self._on_quote_requested)
        findings.notes.highlight_requested.connect(self._on_highlight_requested)
        findings.notes.edit_requested.connect(lambda id: self._writer(id).edit(id))
        findings.notes.delete_requested.connect(lambda id: self._writer(id).delete(id))
        page.mention_clicked.connect(self._on_mention_clicked)
        page.quote_clicked.connect(self._on_quote_clicked)
        remarker.kept.connect(self._on_article_note)

    def _on_mention_requested(self, span: Span) -> None:
        self._navigator.go_to_mention(span)
        self._frame.area.minimap.show_name(self._navigator.mentions_of_chosen())

    def _on_mention_clicked(self, mention: Mention) -> None:
        self._navigator.choose_name(mention)
        self._frame.findings.names.select(mention.label, mention.name)
        self._frame.area.minimap.show_name(self._navigator.mentions_of_chosen())

    def _on_quote_requested(self, index: int) -> None:
        self._navigator.go(self._session.quotes[index].span)

    def _on_quote_clicked(self, quote: Quote) -> None:
        self._frame.page.show_current(quote.span)
        if quote in self._session.quotes:
            self._frame.findings.quotes.select(self._session.quotes.index(quote))
            self._frame.findings.show_tab(1)

    def _on_highlight_requested(self, highlight_id: str) -> None:
        span = self._session.span_of(highlight_id)
        if span is None:
            self._frame.findings.notes.place_requested.emit(highlight_id)
            return
        self._navigator.go(span)
        self._annotator.choose(highlight_id)

    def _writer(self, record_id: str) -> Annotator | Remarker:
        return self._remarker if self._remarker.holds(record_id) else self._annotator

    def note_on_article(self) -> None:
        """Write a note on the article as a whole."""
        self._annotator.close()
        self._remarker.write()

    def _on_article_note(self, note_id: str) -> None:
        findings = self._frame.findings
        findings.show_tab("notes")
        findings.notes.select(note_id)
        if not findings.isVisible():
            self._frame.messages.show_message(self.tr("The note is kept; Alt+3 shows it."))

    def step_mention(self, way: int) -> None:
        """Go to the next (1) or previous (-1) mention of the chosen name, or say why not."""
        if not self._navigator.step_mention(way):
            self._frame.messages.show_message(self.tr("Click a name first, on the page or among the names."))

    def step_quote(self, way: int) -> None:
        """Go to the next or previous quotation, or say why not."""
        if not self._navigator.step_quote(way):
            self._frame.messages.show_message(self.tr("No quotation has been found in this article."))

    def step_highlight(self, way: int) -> None:
        """Go to the next or previous highlight, or say why not."""
        if not self._navigator.step_highlight(way, self._annotator.choose):
            self._frame.messages.show_message(self.tr("There is no highlight yet: select words and press H."))
