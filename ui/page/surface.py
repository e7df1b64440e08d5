"""What the parts of the page may ask of the page, so that none of them needs to know the widget itself."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt, SignalInstance
from PySide6.QtWidgets import QScrollBar, QWidget

from reader.document import Document, Span, Style
from reader.model import Quote
from ui.page.column import Column
from ui.page.marks import Marks
from ui.page.selection import Selection
from ui.page.setting import Typography
from ui.page.sheet import Sheet
from ui.theme import Theme


class Surface(Protocol):
    """The page as its pointer, keys, furniture and mirror see it. Points are those of the viewport."""

    sheet: Sheet
    column: Column
    marks: Marks
    typography: Typography
    theme: Theme
    selection: Selection
    caret_shown: bool

    @property
    def document(self) -> Document:
        """The document on the page."""

    @property
    def scroll_top(self) -> float:
        """Where the viewport's top is on the sheet."""

    @property
    def selection_changed(self) -> SignalInstance:
        """Told when the selection is another one, or a drag has ended."""

    @property
    def mention_clicked(self) -> SignalInstance:
        """Told with the Mention."""

    @property
    def quote_clicked(self) -> SignalInstance:
        """Told with the Quote."""

    @property
    def highlight_clicked(self) -> SignalInstance:
        """Told with the highlight's id."""

    @property
    def note_clicked(self) -> SignalInstance:
        """Told with the highlight's id."""

    @property
    def filed_clicked(self) -> SignalInstance:
        """Told when a tag of the article is clicked."""

    @property
    def context_requested(self) -> SignalInstance:
        """Told with a QPoint of the screen."""

    def viewport(self) -> QWidget:
        """Return the widget that is painted on."""

    def verticalScrollBar(self) -> QScrollBar:
        """Return the scroll bar."""

    def setFocus(self, reason: Qt.FocusReason, /) -> None:
        """Take the keyboard."""

    def visible_blocks(self) -> range:
        """Return the numbers of the blocks in view."""

    def scroll_by(self, pixels: float) -> None:
        """Move the page up."""

    @property
    def link_clicked(self) -> SignalInstance:
        """Told with the Span of the place that a link leads to."""

    def link_at(self, offset: int) -> Style | None:
        """Return the link over the character at `offset`."""

    def link_here(self) -> Style | None:
        """Return the link in the selection or at the caret."""

    def follow(self, link: Style) -> bool:
        """Ask to go where a link leads; False where it leads out of the document."""

    def select(self, selection: Selection, *, caret: bool = False) -> None:
        """Select; with `caret`, show the caret and keep it in view."""

    def caret_rect(self) -> QRectF:
        """Return where the caret is."""

    def offset_at(self, at: QPointF) -> int:
        """Return the offset nearest to a point."""

    def rects_of(self, span: Span) -> list[QRectF]:
        """Return where the part of `span` in view is, one rectangle a line."""

    def labels_of(self, index: int) -> list[tuple[QRectF, Quote]]:
        """Return where the bars of a block's quotations are."""
