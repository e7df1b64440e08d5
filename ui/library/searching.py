"""Searching all of the library: asked in a task while one types, shown beside the page, opened there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from reader.document import Span
from reader.errors import QueryError, ReaderError
from reader.model import Correction, Identity
from ui.article.navigating import Navigator
from ui.changes import OF_ARTICLES, when_changed
from ui.frame import Frame
from ui.kinds import type_in_words
from ui.library.asking import Answer, ask, ask_further, facets, places
from ui.panels.filters import Choice
from ui.panels.query_help import QueryHelp
from ui.panels.results import Row
from ui.session import Session
from ui.tasks import Tasks

if TYPE_CHECKING:
    from reader.library import Found
    from reader.library.search.facets import Facets

PAUSE_MS = 160  # without typing, before the library is asked
SETTLE_MS = 600  # after something was written, before what is shown is asked for anew
PAGE = 20  # documents that are fetched at once: more than a window shows, with what was found in them
FIELDS = ("type", "date", "tag", "person", "collection", "in")


class Searcher(QObject):
    """Joins the field, what was found and its filters with the library and the page."""

    side_requested = Signal()  # the left side is away, and wanted

    def __init__(self, session: Session, frame: Frame, navigator: Navigator, *, tasks: Tasks) -> None:
        super().__init__(frame)
        self._session, self._frame, self._navigator = session, frame, navigator
        self._tasks, self._paths = tasks, session.paths
        self._panel, self._found = frame.library, frame.library.found
        self._asked = 0  # the last question; answers to others are dropped
        self._query = ""  # that what is shown answers
        self._shown: Answer | None = None
        self._places: tuple[Span, ...] | None = ()  # in the open document; None while they are looked for
        self._step_later = 0
        self._enter_later = False
        self._folded_in = False
        self._knows_facets = False
        self._later = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._later.timeout.connect(self._ask)
        self._anew = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._anew.timeout.connect(partial(self._ask, anew=True))
        self.help: QueryHelp | None = None
        self._join()

    def _join(self) -> None:
        panel, found = self._panel, self._found
        panel.search_changed.connect(self._on_typed)
        panel.search.left_down.connect(self._on_left_down)
        panel.search.help_requested.connect(self.show_help)
        found.row_requested.connect(self._open)
        found.more_wanted.connect(self._ask_further)
        found.filters.chosen.connect(self._narrow)
        found.filters.dropped.connect(self._widen)
        when_changed(self._session, self.follow, *OF_ARTICLES, Identity, Correction)
        self._session.document_opened.connect(self._look_for_places)

    # ------------------------------------------------------------ asking

    def focus(self) -> None:
        """Put the cursor into the field, and have the left side seen."""
        side = self._frame.side
        if not side.isVisible():
            self._folded_in = not self._frame.has_room_for_side()
            self.side_requested.emit()
        side.show_tab("library")
        self._panel.focus_search()

    def run(self, query: str) -> None:
        """Search for this now."""
        self._replace(query)
        self.focus()

    def _replace(self, query: str) -> None:
        self._panel.search.setText(query)
        self._ask()

    def show_help(self) -> None:
        """Show what can be typed."""
        if self.help is None:
            self.help = QueryHelp(self._panel)
            self.help.example_chosen.connect(self.run)
        if not self._frame.side.isVisible():
            self.focus()
        self.help.open_at(self._panel.search)

    def _on_typed(self, query: str) -> None:
        self._enter_later = False
        if query:
            self._later.start()
            return
        for timer in (self._later, self._anew):
            timer.stop()
        self._asked += 1
        self._query, self._shown, self._places = "", None, ()
        self._found.forget()
        self._frame.area.show_matches(())

    def _ask(self, *, anew: bool = False) -> None:
        """Ask the library; `anew` is the same question as before, since something was written."""
        for timer in (self._later, self._anew):
            timer.stop()
        query = self._panel.search_text()
        if not query or self._session.library is None:
            return
        anew = anew and query == self._query
        limit = max(PAGE, self._found.model.documents) if anew else PAGE
        self._asked += 1
        self._tasks.run(
            lambda task: ask(self._paths, query, limit=limit),
            done=partial(self._on_answer, self._asked, query, anew),
            failed=partial(self._on_failed, self._asked),
        )
        if not self._knows_facets:
            self._knows_facets = True
            self._tasks.run(lambda task: facets(self._paths), done=self._offer, failed=self._on_problem)

    def ask_anew(self) -> None:
        """The library answers otherwise now: ask it the same once more."""
        self._ask(anew=True)

    def _on_answer(self, asked: int, query: str, anew: bool, answer: Answer) -> None:
        if asked != self._asked:
            return
        is_new = query != self._query
        self._query = query
        if not (anew and answer == self._shown):
            self._found.show_answer(answer.found, answer.total, anew=anew, of_nothing=not answer.has_articles)
        self._found.explain("")
        self._shown = answer
        self._show_asked()
        if is_new:
            self._look_for_places()
        if self._enter_later:
            self._enter_later = False
            self._found.enter()

    def _on_failed(self, asked: int, error: ReaderError) -> None:
        if asked != self._asked:
            return
        if isinstance(error, QueryError):
            self._found.explain(f"{error.what} {error.next}")
        else:
            self._on_problem(error)

    def _on_problem(self, error: ReaderError) -> None:
        self._session.problem.emit(error, "warning")

    def _ask_further(self, offset: int) -> None:
        asked, query = self._asked, self._query
        self._tasks.run(
            lambda task: ask_further(self._paths, query, offset=offset, limit=PAGE),
            done=partial(self._on_further, asked),
            failed=self._on_problem,
        )

    def _on_further(self, asked: int, found: tuple[Found, ...]) -> None:
        if asked == self._asked:
            self._found.model.show_further(found)
            self._go_on()

    def follow(self) -> None:
        """Something was written, here or by another window: what is shown may be otherwise."""
        self._knows_facets = False
        if self._panel.search_text():
            self._anew.start()

    def _on_left_down(self) -> None:
        """Into the results; where they have not come yet, as soon as they do."""
        query = self._panel.search_text()
        if query and query == self._query:
            self._found.enter()
        elif query:
            self._enter_later = True
            if self._later.isActive():
                self._ask()

    # ------------------------------------------------------------ filters

    def _offer(self, known: Facets) -> None:
        parts = (
            Choice("note", self.tr("Notes")),
            Choice("quote", self.tr("Quotations")),
            Choice("title", self.tr("Titles")),
        )
        self._found.filters.offer(
            {
                "type": [Choice(name, type_in_words(name), count) for name, count in known.types],
                "date": [Choice(year, year, count) for year, count in known.years],
                "tag": [Choice(name, name, count) for name, count in known.tags],
                "person": [Choice(name, name, count) for name, count in known.people],
                "collection": [Choice(name, name, count) for name, count in known.collections],
                "in": parts if known.types else (),
            }
        )

    def _show_asked(self) -> None:
        from reader.library.search.rewriting import values

        self._found.filters.show_asked({field: values(self._query, field) for field in FIELDS})

    def _narrow(self, field: str, value: str) -> None:
        from reader.library.search.rewriting import with_field

        try:
            self._replace(with_field(self._panel.search_text(), field, value))
        except QueryError as error:
            self._found.explain(f"{error.what} {error.next}")

    def _widen(self, field: str) -> None:
        from reader.library.search.rewriting import without_field

        try:
            self._replace(without_field(self._panel.search_text(), field))
        except QueryError as error:
            self._found.explain(f"{error.what} {error.next}")

    # ------------------------------------------------------------ going there

    def _open(self, row: Row) -> None:
        """Open an article at a place, which is ringed."""
        is_open = row.document_id == self._session.document_id
        self._navigator.open(row.document_id, at=row.place)
        if is_open:
            self._frame.page.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._folded_in:
            self._folded_in = False
            self._frame.let_go(self._frame.side)

    def _look_for_places(self) -> None:
        """Set off on the page what matches in the open article."""
        document_id, query = self._session.document_id, self._query
        if not query or document_id is None:
            self._places = ()
            return
        self._places = None
        self._tasks.run(
            lambda task: places(self._paths, query, document_id),
            done=partial(self._on_places, query, document_id),
            failed=self._on_problem,
        )

    def _on_places(self, query: str, document_id: int, found: tuple[Span, ...]) -> None:
        if (query, document_id) == (self._query, self._session.document_id):
            document = self._session.document
            self._places = _runs(found, document.text) if document is not None else found
            self._frame.area.show_matches(found)
            self._go_on()

    def _go_on(self) -> None:
        """Take a step that had to wait."""
        way, self._step_later = self._step_later, 0
        if way:
            self.step(way)

    def step(self, way: int) -> None:
        """Go to the next (1) or the previous (-1) place, in this article or the one after it."""
        if not self._query:
            self._frame.messages.show_message(self.tr("Search the library first: Ctrl+Shift+F."))
            return
        if self._places is None:
            self._step_later = way
            return
        model, document_id = self._found.model, self._session.document_id or 0
        following = self._place_beside(way) if model.head_of(document_id) is not None else None
        if following is not None:
            self._navigator.go(following)
            return
        number = model.beside(document_id, way)
        row = model.row(number) if number is not None else None
        if number is not None and row is not None:
            self._found.show_row(number)
            self._open(row)
        elif way > 0 and model.canFetchMore(self._found.list.rootIndex()):
            self._step_later = way
            model.fetchMore(self._found.list.rootIndex())
        else:
            told = self.tr("That was the last place.") if way > 0 else self.tr("That was the first place.")
            self._frame.messages.show_message(told)

    def _place_beside(self, way: int) -> Span | None:
        page = self._frame.page
        current = page.marks.current
        at = current.start if current is not None else page.place().offset
        if way > 0:
            return next((span for span in self._places or () if span.start > at), None)
        return next((span for span in reversed(self._places or ()) if span.start < at), None)


def _runs(places: Sequence[Span], text: str) -> tuple[Span, ...]:
    """Return places in a text with those that blanks alone part made one: they are gone to in one step."""
    runs: list[Span] = []
    for each in places:
        if runs and not text[runs[-1].end : each.start].strip():
            runs[-1] = Span(runs[-1].start, each.end)
        else:
            runs.append(each)
    return tuple(runs)
