"""What belongs to the page but not to the text: title and byline, cards of notes, in margin or folded."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextLayout

from reader.document import Document, Span
from reader.text import reading_minutes
from ui.dates import date_in_words
from ui.page.lines import SetBlock
from ui.page.margin import NoteCard, set_text, speaker_font, stack
from ui.page.marks import Layers, Marked
from ui.page.surface import Surface
from ui.panels.rows import draw_pills, place_pills
from ui.theme import interface_font

TOP = 38.0
CARD_GAP = 8.0
PILL_GAP = 9.0
REACH = 12  # a card may hang into view from at most so many blocks above


def _tr(words: str) -> str:
    return QCoreApplication.translate("Furnishing", words)


class Furnishing:
    """Measures, paints and finds again the furniture of one page."""

    def __init__(self, page: Surface) -> None:
        self._page = page
        self._cards: dict[str, NoteCard] = {}
        self._described: tuple[Document | None, str] = (None, "")
        self.shown: list[tuple[QRectF, Marked]] = []
        self._tags: tuple[str, ...] = ()
        self._state = ""
        self._filed: list[QRectF] = []  # where the tags of the article were drawn

    # ------------------------------------------------------------ title and byline

    def _title(self) -> tuple[QTextLayout, float] | None:
        page = self._page
        if page.sheet.titled or not page.document.metadata.title:
            return None  # it stands in the text, or there is none but the first words themselves
        return set_text(page.document.metadata.title, page.typography.title_font, page.column.width, lines=4)

    def _byline(self) -> str:
        document = self._page.document
        if self._described[0] is not document:
            self._described = (document, self._describe(document))
        return self._described[1]

    def _describe(self, document: Document) -> str:
        known = document.metadata
        parts = [
            _tr("By {}").format(known.writer) if known.byline else "",
            known.site,
            date_in_words(known.date, full=True),
            _tr("{} min").format(reading_minutes(document.text)),
            self._state,
        ]
        return " · ".join(part for part in parts if part)

    def show_filed(self, tags: tuple[str, ...], state: str) -> bool:
        """Show the article's tags and, in words, what its reader says of it; tell whether that is new."""
        if (tags, state) == (self._tags, self._state):
            return False
        self._tags, self._state = tags, state
        self._described = (None, "")
        return True

    def _pills(self) -> list[tuple[str, QRectF]]:
        names = [" / ".join(tag.split("/")) for tag in self._tags]
        return place_pills(names, interface_font(-1.5), self._page.column.width) if names else []

    def room(self, index: int) -> tuple[float, float]:
        """Return the pixels that furniture needs above and below the lines of a block."""
        page, above, below = self._page, 0.0, 0.0
        if index == 0:
            above += TOP
            if (title := self._title()) is not None:
                above += title[1] + page.typography.size * 0.4 + self._byline_height()
            elif page.sheet.titled:
                below += self._byline_height()
            else:
                above += self._byline_height()
        span = page.sheet.blocks[index].span
        if page.column.speakers is None and page.marks.shown & Layers.QUOTES:
            named = (piece for piece in page.marks.pieces(span) if piece.first and piece.quote.speaker)
            if any(named):
                above += QFontMetricsF(speaker_font()).height() + 2
        if page.column.notes is None:
            below += sum(CARD_GAP + self._card(mark).height for mark in self._noted(span))
        return above, below

    def _set_byline(self) -> tuple[QTextLayout, float]:
        return set_text(self._byline(), interface_font(), self._page.column.width, lines=2)

    def _byline_height(self) -> float:
        pills = self._pills()
        beside = pills[-1][1].bottom() + PILL_GAP if pills else 0.0
        return self._set_byline()[1] + beside + self._page.typography.size * 1.3

    def paint(self, painter: QPainter, held: SetBlock, top: float) -> None:
        """Draw title and byline with the first block, and folded notes below any."""
        page = self._page
        left = page.column.left
        if held.index == 0:
            y = top + TOP
            if (title := self._title()) is not None:
                painter.setPen(page.theme.colour("ink"))
                title[0].draw(painter, QPointF(left, y))
                y += title[1] + page.typography.size * 0.4
            elif page.sheet.titled:
                y = top + held.text_top + held.text_height + page.typography.size * 0.4
            painter.setPen(page.theme.colour("soft"))
            byline, height = self._set_byline()
            byline.draw(painter, QPointF(left, y))
            at = QPointF(left, y + height + PILL_GAP)
            pills = self._pills()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            draw_pills(painter, pills, interface_font(-1.5), at, page.theme)
            self._filed = [box.translated(at) for _, box in pills]

    # ------------------------------------------------------------ notes

    def forget_cards(self) -> None:
        """Measure every card anew when next needed."""
        self._cards.clear()

    def _noted(self, span: Span) -> list[Marked]:
        """Return the highlights with words or tags that end in `span`, in reading order."""
        page = self._page
        if not page.marks.shown & Layers.HIGHLIGHTS:
            return []
        return [
            mark
            for mark in page.marks.highlights.within(span)
            if (mark.highlight.note or mark.highlight.tags) and span.start < mark.span.end <= span.end
        ]

    def _card(self, mark: Marked) -> NoteCard:
        width = self._page.column.notes_width
        card = self._cards.get(mark.highlight.id)
        if card is None or card.highlight is not mark.highlight or card.width != width:
            card = self._cards[mark.highlight.id] = NoteCard(mark.highlight, width)
        return card

    def paint_notes(self, painter: QPainter) -> None:
        """Draw the cards that are in view, and remember where, for clicks."""
        page = self._page
        self.shown = self._beside() if page.column.notes is not None else self._folded()
        current = page.marks.current
        for rect, mark in self.shown:
            self._card(mark).paint(painter, rect.topLeft(), page.theme, current=current == mark.span)

    def _beside(self) -> list[tuple[QRectF, Marked]]:
        page = self._page
        seen = page.visible_blocks()
        first = page.sheet.blocks[max(0, seen.start - REACH)].span.start
        last = page.sheet.blocks[seen[-1]].span.end
        marks, tops = [], []
        for mark in page.marks.highlights.within(Span(first, last)):
            if not page.marks.shown & Layers.HIGHLIGHTS or not (mark.highlight.note or mark.highlight.tags):
                continue
            index = page.sheet.index_at(max(mark.span.start, first))
            rects = page.sheet.block(index).rects(mark.span)
            if rects:
                marks.append(mark)
                tops.append(page.sheet.top(index) + rects[0].top() - 6 - page.scroll_top)
        heights = [self._card(mark).height for mark in marks]
        left, width = page.column.notes or 0.0, page.column.notes_width
        bottom = page.viewport().height()
        return [
            (QRectF(left, top, width, height), mark)
            for mark, top, height in zip(marks, stack(tops, heights, gap=CARD_GAP), heights, strict=True)
            if top < bottom and top + height > 0
        ]

    def _folded(self) -> list[tuple[QRectF, Marked]]:
        page = self._page
        found = []
        for index in page.visible_blocks():
            held = page.sheet.block(index)
            y = page.sheet.top(index) - page.scroll_top + held.text_top + held.text_height
            y += self._byline_height() if index == 0 and page.sheet.titled else 0
            for mark in self._noted(held.block.span):
                height = self._card(mark).height
                found.append((QRectF(page.column.left, y + CARD_GAP, page.column.notes_width, height), mark))
                y += CARD_GAP + height
        return found

    def is_filed_at(self, at: QPointF) -> bool:
        """Tell whether a tag of the article is at a point of the viewport."""
        seen = self._page.visible_blocks()
        return bool(seen) and seen.start == 0 and any(box.contains(at) for box in self._filed)

    def note_at(self, at: QPointF) -> Marked | None:
        """Return the note whose card is at a point of the viewport."""
        return next((mark for rect, mark in self.shown if rect.contains(at)), None)
