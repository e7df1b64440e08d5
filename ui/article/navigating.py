"""Going places: back and forward, from mention to mention, quotation to quotation, article to article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from reader.document import Span
from reader.model import Label, Mention, ReadingPlace
from ui.middle import Middle
from ui.page.selection import Selection
from ui.page.view import PageView
from ui.session import Session

MOST_JUMPS = 200


@dataclass(frozen=True, slots=True)
class Stop:
    """A place that was jumped from: in an article, or a view of the library, which keeps its own place."""

    document_id: int | None
    offset: int
    view: str = ""


class Navigator(QObject):
    """Moves the page, and remembers from where; whoever goes elsewhere in an article is shown it."""

    history_changed = Signal()
    mention_shown = Signal(object)  # Mention

    def __init__(self, session: Session, page: PageView, middle: Middle, *, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._page, self._middle = session, page, middle
        self._back: list[Stop] = []
        self._forward: list[Stop] = []
        self._arriving: Stop | None = None
        self._passage: tuple[int, Span] | None = None  # what is to be shown of a document on its way
        self._name: tuple[Label, str] | None = None
        self._stepping = False
        middle.leaving.connect(self._on_leaving)

    # ------------------------------------------------------------ history

    @property
    def can_go_back(self) -> bool:
        """Tell whether there is a place to go back to."""
        return bool(self._back)

    @property
    def can_go_forward(self) -> bool:
        """Tell whether there is a place to go forward to."""
        return bool(self._forward)

    def _here(self) -> Stop | None:
        if self._middle.shown:
            return Stop(None, 0, self._middle.shown)
        if self._session.document_id is None:
            return None
        return Stop(self._session.document_id, self._page.place().offset)

    def remember(self) -> None:
        """Keep the present place, before a jump away from it."""
        here = self._here()
        if here is not None and (not self._back or self._back[-1] != here):
            self._back = [*self._back[-MOST_JUMPS:], here]
            self._forward.clear()
            self.history_changed.emit()

    def _on_leaving(self) -> None:
        if not self._stepping:
            self.remember()

    def back(self) -> None:
        """Go where the last jump began."""
        self._step(self._back, self._forward)

    def forward(self) -> None:
        """Go where `back` came from."""
        self._step(self._forward, self._back)

    def _step(self, leave: list[Stop], keep: list[Stop]) -> None:
        here = self._here()
        while leave and leave[-1] == here:  # a view that was closed again leads nowhere else
            leave.pop()
        if leave:
            stop = leave.pop()
            if here is not None:
                keep.append(here)
            self._go_to_stop(stop)
        self.history_changed.emit()

    def _go_to_stop(self, stop: Stop) -> None:
        if stop.view:
            self._stepping = True
            self._middle.return_to(stop.view)
            self._stepping = False
        elif stop.document_id == self._session.document_id:
            self._middle.show_page()
            self._page.go_to(Span(stop.offset, stop.offset), always=True)
        elif stop.document_id is not None:
            self._arriving = stop
            self._session.open(stop.document_id)

    def on_document_opened(self) -> None:
        """Go on to where a step back or forward leads, or to the passage that was asked for."""
        stop, self._arriving = self._arriving, None
        passage, self._passage = self._passage, None
        self._name = None
        if stop is not None and stop.document_id == self._session.document_id:
            self._page.go_to(Span(stop.offset, stop.offset), always=True)
        elif passage is not None and passage[0] == self._session.document_id:
            self._show(passage[1])

    def open(self, document_id: int, *, at: Span | None = None) -> None:
        """Open another document, at a passage of it that is ringed; or show that of the open one."""
        self._passage = (document_id, at) if at is not None else None
        if document_id != self._session.document_id:
            self.remember()
            self._session.open(document_id)
        elif at is not None:
            self.go(at)
        elif self._middle.shown:
            self.remember()
            self._show_page()

    # ------------------------------------------------------------ in the document

    def go(self, span: Span, *, ring: Span | None = None) -> None:
        """Jump to a passage and ring it."""
        self.remember()
        self._show(span, ring=ring)

    def _show_page(self) -> None:
        if self._middle.shown:
            self._middle.show_page()

    def _show(self, span: Span, *, ring: Span | None = None) -> None:
        self._show_page()
        self._page.show_current(ring or span)
        self._page.go_to(span)

    def go_to_section(self, offset: int) -> None:
        """Jump to where a part of the text begins, and have it at the page's top."""
        self.remember()
        self._show_page()
        self._page.go_to_place(ReadingPlace(offset))

    def follow(self, place: Span) -> None:
        """Go where a link leads, and take the caret along where there is one."""
        self.remember()
        self._page.show_current(place)
        self._page.select(Selection(place.start, place.start), caret=self._page.caret_shown)
        self._page.go_to(place)

    def choose_name(self, mention: Mention) -> None:
        """Take the name whose mentions the keys go through."""
        self._name = (mention.label, mention.name)
        self._page.show_current(mention.span)

    def go_to_mention(self, span: Span) -> None:
        """Jump to a mention, and make its name the chosen one."""
        for mention in self._page.marks.names.within(span):
            if mention.span == span:
                self._name = (mention.label, mention.name)
        self.go(span)

    @property
    def chosen_name(self) -> str | None:
        """The name whose mentions the keys go through."""
        return self._name[1] if self._name is not None else None

    def mentions_of_chosen(self) -> tuple[Span, ...]:
        """Return where the chosen name stands."""
        if self._name is None:
            return ()
        found = (m.span for m in self._session.mentions if (m.label, m.name) == self._name)
        return tuple(found)

    def step_mention(self, way: int) -> bool:
        """Go to the next (1) or previous (-1) mention of the chosen name; False when none is chosen."""
        spans = self.mentions_of_chosen()
        return bool(spans) and self._step_through(spans, way)

    def step_quote(self, way: int) -> bool:
        """Go to the next or previous quotation; False when there is none."""
        return self._step_through([quote.span for quote in self._session.quotes], way)

    def step_highlight(self, way: int, choose: Callable[[str], None]) -> bool:
        """Go to the next or previous highlight and choose it; False when there is none."""
        marked = self._session.marked
        if not self._step_through([mark.span for mark in marked], way):
            return False
        current = self._page.marks.current
        found = next((mark for mark in marked if mark.span == current), None)
        if found is not None:
            choose(found.highlight.id)
        return True

    def _step_through(self, spans: Sequence[Span], way: int) -> bool:
        if not spans:
            return False
        current = self._page.marks.current
        if current is not None and current in spans:
            index = (list(spans).index(current) + way) % len(spans)
        else:
            at = self._page.place().offset
            later = [i for i, span in enumerate(spans) if span.start >= at]
            index = (later[0] if way > 0 else later[0] - 1) if later else (0 if way > 0 else -1)
        self.go(spans[index])
        return True
