"""What the mouse does on the page: selects, scrolls at the edges, points at names, quotations and notes."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip

from reader.document import Span, StyleKind
from reader.model import Quote
from reader.text import excerpt
from ui.page.furniture import Furnishing
from ui.page.marks import Layers
from ui.page.moments import in_words
from ui.page.selection import Grain, Selection, word_at
from ui.page.surface import Surface

AUTOSCROLL_MS = 30
TIP = 220  # letters of a footnote or an address in a tip


class Pointer(QObject):
    """Turns mouse events of the viewport into selections and requests."""

    def __init__(self, page: Surface, furniture: Furnishing) -> None:
        super().__init__(page.viewport())
        self._page = page
        self._furniture = furniture
        self._grain = Grain.CHARACTER
        self._dragging = False
        self._pressed_at = QPointF()
        self._moved = False
        self._start = Span(0, 0)
        self._last_double = (QPointF(-100, -100), 0)
        self._autoscroll = QTimer(self)
        self._autoscroll.setInterval(AUTOSCROLL_MS)
        self._autoscroll.timeout.connect(self._scroll_at_edge)
        self._at = QPointF()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Handle one event of the viewport; return whether it was ours."""
        match event.type():
            case QEvent.Type.MouseButtonPress:
                return self._press(cast(QMouseEvent, event))
            case QEvent.Type.MouseButtonDblClick:
                return self._double(cast(QMouseEvent, event))
            case QEvent.Type.MouseMove:
                return self._move(cast(QMouseEvent, event))
            case QEvent.Type.MouseButtonRelease:
                return self._release(cast(QMouseEvent, event))
            case QEvent.Type.ContextMenu:
                return self._ask_menu(cast(QContextMenuEvent, event))
            case QEvent.Type.ToolTip:
                asked_help = cast(QHelpEvent, event)
                QToolTip.showText(asked_help.globalPos(), self._tip(QPointF(asked_help.pos())))
                return True
        return False

    @property
    def dragging(self) -> bool:
        """Tell whether a selection is being dragged."""
        return self._dragging

    # ------------------------------------------------------------ pressing and dragging

    def _press(self, event: QMouseEvent) -> bool:
        page = self._page
        page.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() is not Qt.MouseButton.LeftButton:
            return False
        at = event.position()
        self._moved, self._pressed_at, self._at = False, at, at
        page.caret_shown = False
        if self._clicked_card(at):
            return True
        offset = page.offset_at(at)
        near, when = self._last_double
        quick = event.timestamp() - when < QApplication.doubleClickInterval()
        if quick and (near - at).manhattanLength() < QApplication.startDragDistance():
            self._grain = Grain.PARAGRAPH
            self._start = page.sheet.blocks[page.sheet.index_at(offset)].span
            page.select(Selection(self._start.start, self._start.end))
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._grain = Grain.CHARACTER
            self._start = Span(page.selection.origin, page.selection.origin)
            page.select(page.selection.to(offset))
        else:
            self._grain = Grain.CHARACTER
            self._start = Span(offset, offset)
            page.select(Selection(offset, offset))
        self._dragging = True
        return True

    def _double(self, event: QMouseEvent) -> bool:
        if event.button() is not Qt.MouseButton.LeftButton:
            return False
        page, at = self._page, event.position()
        self._last_double = (at, event.timestamp())
        self._grain = Grain.WORD
        self._start = self._unit_at(page.offset_at(at))
        page.select(Selection(self._start.start, self._start.end))
        self._dragging, self._moved = True, True
        return True

    def _unit_at(self, offset: int) -> Span:
        page = self._page
        block = page.sheet.blocks[page.sheet.index_at(offset)].span
        if self._grain is Grain.PARAGRAPH:
            return block
        if self._grain is Grain.WORD:
            return word_at(page.document.text, min(max(offset, block.start), block.end), block)
        return Span(offset, offset)

    def _extend(self, at: QPointF) -> None:
        page = self._page
        offset = page.offset_at(at)
        if self._grain is Grain.CHARACTER:
            page.select(Selection(self._start.start, offset))
        else:
            page.select(page.selection.around(self._start, self._unit_at(offset)))

    def _move(self, event: QMouseEvent) -> bool:
        at = event.position()
        self._at = at
        if not self._dragging:
            self._point(at)
            return False
        if (at - self._pressed_at).manhattanLength() >= 4:
            self._moved = True
        if self._moved:
            self._extend(at)
        outside = at.y() < 0 or at.y() > self._page.viewport().height()
        if outside and not self._autoscroll.isActive():
            self._autoscroll.start()
        elif not outside:
            self._autoscroll.stop()
        return True

    def _scroll_at_edge(self) -> None:
        height = self._page.viewport().height()
        beyond = self._at.y() if self._at.y() < 0 else max(0.0, self._at.y() - height)
        if not self._dragging or not beyond:
            self._autoscroll.stop()
            return
        self._page.scroll_by(max(-60.0, min(60.0, beyond * 0.5)))
        self._extend(self._at)

    def _release(self, event: QMouseEvent) -> bool:
        if event.button() is not Qt.MouseButton.LeftButton or not self._dragging:
            return False
        self._dragging = False
        self._autoscroll.stop()
        self._page.selection_changed.emit()
        if not self._moved and self._page.selection.span is None:
            self._clicked(event.position())
        return True

    # ------------------------------------------------------------ clicking

    def _clicked_card(self, at: QPointF) -> bool:
        if self._furniture.is_filed_at(at):
            self._page.filed_clicked.emit()
            return True
        marked = self._furniture.note_at(at)
        if marked is not None:
            self._page.note_clicked.emit(marked.highlight.id)
        return marked is not None

    def _ask_menu(self, asked: QContextMenuEvent) -> bool:
        page = self._page
        by_mouse = asked.reason() is not QContextMenuEvent.Reason.Keyboard
        if by_mouse and page.selection.span is None:  # what the menu offers is about what was pointed at
            offset = page.offset_at(QPointF(asked.pos()))
            page.select(Selection(offset, offset))
        page.context_requested.emit(asked.globalPos())
        return True

    def _clicked(self, at: QPointF) -> None:
        page, shown = self._page, self._page.marks.shown
        if shown & Layers.QUOTES and (quote := self._quote_beside(at)) is not None:
            page.quote_clicked.emit(quote)
            return
        offset = self._over(at)
        if offset is None:
            return
        link = page.link_at(offset)
        if link is not None and page.follow(link):
            return
        if shown & Layers.HIGHLIGHTS and (marked := page.marks.highlights.at(offset)) is not None:
            page.highlight_clicked.emit(marked.highlight.id)
        elif shown & Layers.NAMES and (mention := page.marks.names.at(offset)) is not None:
            page.mention_clicked.emit(mention)
        elif shown & Layers.QUOTES and (quote := page.marks.quote_at(offset)) is not None:
            page.quote_clicked.emit(quote)

    def _quote_beside(self, at: QPointF) -> Quote | None:
        if at.x() >= self._page.column.left - 2:
            return None
        for index in self._page.visible_blocks():
            for area, quote in self._page.labels_of(index):
                if area.contains(at):
                    return quote
        return None

    def _over(self, at: QPointF) -> int | None:
        """Return the offset of the character under a point, or None beside the text."""
        page = self._page
        offset = page.offset_at(at)
        for start in (offset, offset - 1):
            if start >= 0 and any(r.contains(at) for r in page.rects_of(Span(start, start + 1))):
                return start
        return None

    # ------------------------------------------------------------ pointing

    def _point(self, at: QPointF) -> None:
        page = self._page
        if self._furniture.is_filed_at(at) or self._furniture.note_at(at) is not None or self._leads(at):
            shape = Qt.CursorShape.PointingHandCursor
        elif page.column.left - 4 <= at.x() <= page.column.left + page.column.width + 4:
            shape = Qt.CursorShape.IBeamCursor
        elif self._quote_beside(at) is not None:
            shape = Qt.CursorShape.PointingHandCursor
        else:
            shape = Qt.CursorShape.ArrowCursor
        if page.viewport().cursor().shape() is not shape:
            page.viewport().setCursor(shape)

    def _leads(self, at: QPointF) -> bool:
        """Tell whether a link to a place in this document is under a point."""
        page = self._page
        block = page.sheet.blocks[page.sheet.index_at(page.offset_at(at))]
        if not any(style.kind is StyleKind.LINK for style in block.styles):
            return False
        offset = self._over(at)
        link = page.link_at(offset) if offset is not None else None
        return link is not None and page.sheet.places.leads(link.target)

    def _tip(self, at: QPointF) -> str:
        offset = self._over(at)
        tips = [self._tip_of_link(offset) if offset is not None else "", self._tip_of_mark(at, offset)]
        return "\n".join(filter(None, tips))

    def _tip_of_link(self, offset: int) -> str:
        """Return the words of the footnote that a link leads to, or its address, which is never followed."""
        page = self._page
        link = page.link_at(offset)
        if link is None:
            return ""
        block = page.sheet.places.block(link.target)
        return excerpt(link.target if block is None else block.span.of(page.document.text), limit=TIP)

    def _tip_of_mark(self, at: QPointF, offset: int | None) -> str:
        page, shown = self._page, self._page.marks.shown
        quote = self._quote_beside(at)
        if quote is None and offset is not None:
            if shown & Layers.NAMES and (mention := page.marks.names.at(offset)) is not None:
                kind = mention.label.replace("_", " ").lower()
                return f"{mention.name} · {in_words(mention.value) or kind}"
            quote = page.marks.quote_at(offset) if shown & Layers.QUOTES else None
        if quote is None:
            return ""
        speaker = quote.speaker or self.tr("Speaker unknown")
        return f"{speaker} · {quote.kind}\n{quote.reason}".strip()
