"""The reading surface: shows the part of the sheet that fits the window, and scrolls it.

Only what is visible is set and painted. The place is kept as (block, pixels into it), so that a
height that turns out otherwise than estimated never moves the words under the reader's eyes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from reader.document import Document, Span, Style
from reader.model import Mention, Quote, ReadingPlace
from reader.text import without_pictures
from ui.page import folios
from ui.page.column import Column, arrange
from ui.page.furniture import Furnishing
from ui.page.links import link_over
from ui.page.marks import Layers, Marked, Marks, QuotePiece
from ui.page.mirror import Mirror
from ui.page.painting import BlockPainter
from ui.page.pointer import Pointer
from ui.page.selection import Selection
from ui.page.setting import Typography
from ui.page.sheet import Sheet
from ui.theme import THEMES, Theme

EMPTY = Document("", ())


class PageView(QAbstractScrollArea):
    """The page of one document with its marks."""

    selection_changed = Signal()
    place_changed = Signal()
    mention_clicked = Signal(object)  # Mention
    quote_clicked = Signal(object)  # Quote
    highlight_clicked = Signal(str)  # the highlight's id
    note_clicked = Signal(str)  # the highlight's id
    filed_clicked = Signal()  # a tag of the article itself
    context_requested = Signal(object)  # QPoint on the screen
    link_clicked = Signal(object)  # Span of the place in this document that the link leads to

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.tr("The article"))
        self.theme: Theme = THEMES["light"]
        self.typography = Typography(scale=1.0, measure=68)
        self.marks = Marks()
        self._roles: dict[str, str] = {}
        self.column: Column = arrange(800, wanted=self.typography.width)
        self._shows_document = False
        self._painter = BlockPainter(self.theme, self.marks, self._role_of)
        self.furniture = Furnishing(self)
        self.sheet = Sheet(EMPTY, self.typography, self.column, self.furniture.room)
        self._block, self._into = 0, 0.0
        self._top = 0, 0.0  # the character at the top of the page, and the pixels from its line to there
        self._stood: tuple[int, float] | None = None  # where the page was when these were kept
        self._settling = False
        self.selection = Selection()
        self.caret_shown = False
        self.pointer = Pointer(self, self.furniture)
        self.viewport().installEventFilter(self.pointer)
        self.mirror = Mirror(self)
        self.place_changed.connect(self.mirror.follow)
        self.setFocusProxy(self.mirror)

    # ------------------------------------------------------------ what is shown

    @property
    def document(self) -> Document:
        """The document on the page."""
        return self.sheet.document

    def show_document(self, document: Document, place: ReadingPlace | None = None) -> None:
        """Show another document, without any marks, at `place`."""
        self.marks.clear()
        self.selection, self.caret_shown = Selection(), False
        self._shows_document = document is not EMPTY
        self._lay_out(document)
        self.go_to_place(place or ReadingPlace())
        self.selection_changed.emit()

    def show_metadata(self, document: Document) -> None:
        """Show another title and byline above the same text; marks and place stay."""
        self.sheet.document = document
        self._refurnish(range(1))
        self.viewport().update()

    def show_filed(self, tags: Sequence[str], state: str) -> None:
        """Show under the byline the tags of the article, and what its reader says of it."""
        if self.furniture.show_filed(tuple(tags), state) and self._shows_document:
            self._refurnish(range(1))
            self.viewport().update()

    def show_findings(self, where: Span, mentions: Iterable[Mention], quotes: Iterable[Quote]) -> None:
        """Show what the machine found in place of what it had found to start within `where`."""
        quotes = list(quotes)
        self.marks.names.replace(where, mentions)
        self.marks.quotes.replace(where, quotes)
        # A quotation belongs to where it starts; it may reach beyond `where`.
        reach = max([where.end, *(quote.span.end for quote in quotes)])
        touched = self.sheet.blocks_of(Span(where.start, max(where.start, reach)))
        if self.column.speakers is None:
            self._refurnish(touched)
        seen = self.visible_blocks()
        if touched.start < seen.stop and seen.start < touched.stop:
            self.viewport().update()

    def show_roles(self, roles: dict[str, str]) -> None:
        """Say in which colour role each speaker is to be named."""
        before, self._roles = self._roles, roles
        seen = {piece.quote.speaker or "" for index in self.visible_blocks() for piece in self._pieces(index)}
        if any(before.get(name) != roles.get(name) for name in seen):
            self.viewport().update()

    def show_highlights(self, marked: Sequence[Marked]) -> None:
        """Show these highlights and their notes in place of all shown before."""
        before = self.marks.highlights.marks
        self.marks.highlights.replace_all(marked)
        if self.column.notes is None:
            for mark in {*before} ^ {*marked}:  # folded notes need room below their paragraphs
                self._refurnish(self.sheet.blocks_of(mark.span))
        self.viewport().update()

    def show_layers(self, shown: Layers) -> None:
        """Show these layers and hide the others."""
        changed = self.marks.shown ^ shown
        self.marks.shown = shown
        if (changed & Layers.HIGHLIGHTS and self.column.notes is None) or (
            changed & Layers.QUOTES and self.column.speakers is None
        ):
            self._lay_out(self.document)
        self.viewport().update()

    def show_current(self, span: Span | None) -> None:
        """Ring one mention or quotation as the current one."""
        self.marks.current = span
        self.viewport().update()

    def show_found(self, spans: Sequence[Span], current: Span | None) -> None:
        """Show what was found by searching the page."""
        self.marks.found.replace_all(spans)
        self.marks.found_current = current
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self.theme = theme
        self._painter = BlockPainter(theme, self.marks, self._role_of)
        self.furniture.forget_cards()
        self.sheet.link_colour = theme.colour("accent")
        self.sheet.forget_all()
        self.viewport().update()

    def set_type(self, *, scale: float, measure: int) -> None:
        """Set the text larger or smaller, or the column wider or narrower; keeps the place."""
        self.typography = Typography(scale=scale, measure=measure)
        self.furniture.forget_cards()
        place = self.place()
        self._lay_out(self.document)
        self.go_to_place(place)

    def _pieces(self, index: int) -> list[QuotePiece]:
        return self.marks.pieces(self.sheet.blocks[index].span)

    def _role_of(self, speaker: str) -> str:
        return self._roles.get(speaker, "quote_bar")

    # ------------------------------------------------------------ place

    def place(self) -> ReadingPlace:
        """Return the character at the top of the page and how much of the text is above its foot."""
        held = self.sheet.block(self._block)
        offset = (
            held.offset_at(0, max(0.0, self._into)) if self._into > held.text_top else held.block.span.start
        )
        if self._block == 0 and self._into <= held.text_top:
            offset = 0
        reach = max(1.0, self.sheet.height - self.viewport().height())
        return ReadingPlace(offset, max(0.0, min(1.0, self.scroll_top / reach)))

    def go_to_place(self, place: ReadingPlace) -> None:
        """Scroll so that the place's character is at the top."""
        self._stand_at(*self._where(place.offset))

    def _where(self, offset: int) -> tuple[int, float]:
        """Return the block of a character, and how many pixels into it its line begins."""
        index = self.sheet.index_at(offset)
        held = self.sheet.block(index)
        within = offset > held.block.span.start
        return index, held.caret(min(offset, held.block.span.end)).top() if within else 0.0

    def go_to(self, span: Span, *, always: bool = False) -> None:
        """Bring `span` into view, a third down the page, unless it is well in view already."""
        index = self.sheet.index_at(span.start)
        held = self.sheet.block(index)
        caret = held.caret(max(held.block.span.start, min(span.start, held.block.span.end)))
        top = self.sheet.top(index) + caret.top() - self.scroll_top
        height = self.viewport().height()
        if always or not height * 0.08 <= top <= height * 0.8:
            self._stand_at(index, caret.top() - height / 3)
        self.viewport().update()

    @property
    def scroll_top(self) -> float:
        """Where the window's top is on the sheet."""
        return self.sheet.top(self._block) + self._into

    def scroll_by(self, pixels: float) -> None:
        """Move the page up by `pixels`."""
        self._stand_at(self._block, self._into + pixels)

    def visible_blocks(self) -> range:
        """Return the numbers of the blocks in view."""
        top, index = -self._into, self._block
        height = self.viewport().height()
        while index < len(self.sheet) and top < height:
            top += self.sheet.block(index).height
            index += 1
        return range(self._block, max(self._block + 1, index))

    def _stand_at(self, block: int, into: float) -> None:
        """Put the window's top `into` pixels below the top of `block`, within the sheet."""
        while into < 0 and block > 0:
            block -= 1
            into += self.sheet.block(block).height
        while block < len(self.sheet) - 1 and into >= (height := self.sheet.block(block).height):
            into -= height
            block += 1
        self._block, self._into = block, max(0.0, into)
        self._keep_foot()
        self._settle()
        self.place_changed.emit()
        self.viewport().update()

    def _keep_foot(self) -> None:
        """Never scroll past the white at the sheet's foot."""
        last = self.visible_blocks()[-1]
        if last < len(self.sheet) - 1:
            return
        spare = self.scroll_top + self.viewport().height() - self.sheet.height
        if spare > 0:
            self._into -= spare
            while self._into < 0 and self._block > 0:
                self._block -= 1
                self._into += self.sheet.block(self._block).height
            self._into = max(0.0, self._into)

    def _settle(self) -> None:
        """Give the scroll bar the sheet's present height, without moving the page."""
        self._settling = True
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, round(self.sheet.height - height)))
        bar.setEnabled(bar.maximum() > 0)  # where all is seen there is no thumb
        bar.setPageStep(height)
        bar.setSingleStep(round(self.typography.size * 3))
        bar.setValue(round(self.scroll_top))
        self._settling = False

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Follow the scroll bar: near by from where we stand, far away to the estimated place."""
        if self._settling:
            return
        wanted = self.verticalScrollBar().value()
        moved = wanted - self.scroll_top
        if abs(moved) < 3 * self.viewport().height():
            self._stand_at(self._block, self._into + moved)
        else:
            index = self.sheet.heights.at(wanted)
            self._stand_at(index, wanted - self.sheet.top(index))

    # ------------------------------------------------------------ layout

    def _lay_out(self, document: Document) -> None:
        scale = self.typography.size / 17.5
        self.column = arrange(
            self.viewport().width() - 6,
            wanted=self.typography.width,
            scale=scale,
            beside=folios.ROOM * scale if document.pages else 0.0,
        )
        same = document is self.sheet.document
        if not same:
            self._stood = None
        elif self._stood != (self._block, self._into):
            offset = self.place().offset
            self._top = offset, self._into - self._where(offset)[1]
        self.sheet = Sheet(document, self.typography, self.column, self.furniture.room)
        self.sheet.link_colour = self.theme.colour("accent")
        self._block, self._into = 0, 0.0
        if same:
            self._stand_at_top()

    def _stand_at_top(self) -> None:
        """Have the words at the top that the reader had there before the lines broke anew.

        They are kept until the page is moved: taken from the new lines they would creep upwards each time.
        """
        offset, further = self._top
        index, into = self._where(offset)
        self._stand_at(index, into + further)
        self._stood = self._block, self._into

    def _refurnish(self, blocks: range) -> None:
        """Make room anew above and below some blocks, keeping the page where it is."""
        self.sheet.forget(blocks.start, blocks.stop - 1)
        for index in blocks:
            if abs(index - self._block) < 50:
                self.sheet.block(index)
        self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width; keep the first visible words at the top."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.furniture.forget_cards()
            self._lay_out(self.document)
        still = self._stood == (self._block, self._into)
        self._stand_at(self._block, self._into)
        if still:
            self._stood = self._block, self._into  # with less room at the foot it may be elsewhere

    # ------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the visible blocks, what stands beside them, and the caret."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        exposed: QRect = event.rect()
        painter.fillRect(exposed, self.theme.colour("paper"))
        if not self._shows_document:
            return
        left, text = self.column.left, self.document.text
        top = -self._into
        for index in self.visible_blocks():
            held = self.sheet.block(index)
            if top <= exposed.bottom() and top + held.height >= exposed.top():
                painter.translate(left, 0)
                self._painter.paint(painter, held, top, self.sheet.gallery)
                painter.translate(-left, 0)
                self._painter.paint_margin(painter, held, top, self.column, text)
                self.furniture.paint(painter, held, top)
                folios.paint_folios(painter, self, held, top)
            top += held.height
        self.furniture.paint_notes(painter)
        if self.caret_shown and self.hasFocus():
            painter.fillRect(self.caret_rect(), self.theme.colour("accent"))

    def caret_rect(self) -> QRectF:
        """Return where the caret is in the viewport."""
        return self.sheet.caret(self.selection.caret).translated(self.column.left, -self.scroll_top)

    def labels_of(self, index: int) -> list[tuple[QRectF, Quote]]:
        """Return where the quotations' bars of a visible block can be clicked, in the viewport."""
        held = self.sheet.block(index)
        top = self.sheet.top(index) - self.scroll_top
        found = []
        for piece in self._pieces(index):
            rects = held.rects(piece.span)
            if rects:
                left = self.column.speakers if self.column.speakers is not None else self.column.bar - 4
                right = self.column.left - 2
                area = QRectF(left, top + rects[0].top(), right - left, rects[-1].bottom() - rects[0].top())
                found.append((area, piece.quote))
        return found

    # ------------------------------------------------------------ selection

    def select(self, selection: Selection, *, caret: bool = False) -> None:
        """Select; `caret` shows the caret and keeps it in view."""
        self.selection = selection
        self.marks.selected = selection.span
        if caret:
            self.caret_shown = True
            rect = self.caret_rect()
            height = self.viewport().height()
            if rect.top() < 8:
                self.scroll_by(rect.top() - 8)
            elif rect.bottom() > height - 8:
                self.scroll_by(rect.bottom() - height + 8)
        self.viewport().update()
        self.selection_changed.emit()

    def selected_text(self) -> str:
        """Return the selected words."""
        span = self.selection.span
        return without_pictures(span.of(self.document.text)) if span else ""

    def link_at(self, offset: int) -> Style | None:
        """Return the link over the character at `offset`."""
        return link_over(self.sheet.blocks[self.sheet.index_at(offset)], Span(offset, offset + 1))

    def link_here(self) -> Style | None:
        """Return the link in the selection, or at the caret, on either side of it."""
        span = self.selection.span
        if span is None:
            caret = self.selection.caret
            return self.link_at(caret) or (self.link_at(caret - 1) if caret else None)
        return link_over(self.sheet.blocks[self.sheet.index_at(span.start)], span)

    def follow(self, link: Style) -> bool:
        """Ask to go where a link leads; return False for one that leads out of the document."""
        block = self.sheet.places.block(link.target)
        if block is not None:
            self.link_clicked.emit(Span(block.span.start, block.span.start))
        return block is not None

    def offset_at(self, at: QPointF) -> int:
        """Return the offset nearest to a point of the viewport."""
        return self.sheet.offset_at(at.x() - self.column.left, at.y() + self.scroll_top)

    def rects_of(self, span: Span) -> list[QRectF]:
        """Return where `span` is in the viewport, one rectangle a line; only its part in view."""
        text = self.visible_blocks()
        first = self.sheet.blocks[text.start].span.start
        last = self.sheet.blocks[text[-1]].span.end
        if span.end <= first or span.start >= last:
            return []
        seen = Span(max(span.start, first), min(span.end, last))
        return [rect.translated(self.column.left, -self.scroll_top) for rect in self.sheet.rects(seen)]

    def select_all(self) -> None:
        """Select the whole text."""
        self.select(Selection(0, len(self.document.text)))
