"""The document laid out as one long sheet: which block is where, set only when it is needed.

Pixels from the sheet's top; knows nothing of scrolling, painting or events.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from reader.document import Block, BlockKind, Document, Span
from ui.page.column import Column
from ui.page.gallery import Gallery
from ui.page.heights import Heights
from ui.page.lines import SetBlock, set_block
from ui.page.links import Places
from ui.page.pictures import set_picture
from ui.page.setting import Typography
from ui.page.tables import Tables

KEPT_BLOCKS = 400
FOOT = 120.0
# After the last line of a group, in sizes of the text.
GROUP_GAPS = {BlockKind.LIST_ITEM: 0.65, BlockKind.TABLE_ROW: 0.95, BlockKind.CODE: 0.65}
CAPTION_GAP = 0.5  # after a picture without a caption, more than with one
NOTES_GAP = 1.4  # above the first footnote, with the hairline in the middle

Furniture = Callable[[int], tuple[float, float]]
"""Tells, for a block, the room in pixels that things beside the text need above and below its lines."""


class Sheet:
    """Blocks set in lines on demand; heights estimated until then, and corrected when set."""

    def __init__(
        self, document: Document, typography: Typography, column: Column, furniture: Furniture
    ) -> None:
        self.document = document
        self.typography = typography
        self.column = column
        self._furniture = furniture
        # An empty text still has a line to stand on.
        self.blocks = document.blocks or (Block(Span(0, 0)),)
        self.starts = [block.span.start for block in self.blocks]
        self.link_colour: QColor | None = None
        self.gallery = Gallery(document.pictures)
        self.places = Places(document)
        self._tables = Tables(document.text, self.blocks, typography, column.width)
        self._set: OrderedDict[int, SetBlock] = OrderedDict()
        self.heights = Heights(typography.estimates(self.blocks, column.width, document.pictures))

    def __len__(self) -> int:
        return len(self.blocks)

    @property
    def titled(self) -> bool:
        """Tell whether the text begins with its own title."""
        return self.blocks[0].kind is BlockKind.TITLE

    @property
    def height(self) -> float:
        """The height of the whole sheet with the white at its foot, as far as known."""
        return self.heights.total + FOOT

    def top(self, index: int) -> float:
        """Return where block `index` begins."""
        return self.heights.top(index)

    def block(self, index: int) -> SetBlock:
        """Return block `index`, set; corrects its height."""
        held = self._set.get(index)
        if held is not None:
            self._set.move_to_end(index)
            return held
        made = self._made(index)
        self.heights.set(index, made.height)
        self._set[index] = made
        if len(self._set) > KEPT_BLOCKS:
            self._set.popitem(last=False)
        return made

    def _made(self, index: int) -> SetBlock:
        block, size = self.blocks[index], self.typography.size
        above, below = self._furniture(index)
        kind = block.kind
        following = self._kind(index + 1)
        opens_notes = kind is BlockKind.FOOTNOTE and self._kind(index - 1) is not kind
        if following is not kind:
            below += size * GROUP_GAPS.get(kind, 0.0)
        if kind is BlockKind.IMAGE and following is not BlockKind.CAPTION:
            below += size * CAPTION_GAP
        if opens_notes:
            above += size * NOTES_GAP
        if kind is BlockKind.IMAGE:
            captioned = following is BlockKind.CAPTION
            made = set_picture(
                index, block, self.document, self.typography, width=self.column.width, captioned=captioned
            )
            made.extra_above = above
        else:
            made = set_block(
                index,
                block,
                self.document.text,
                self.typography.face(kind, block.level),
                width=self.column.width,
                extra_above=above,
                link=self.link_colour,
                leads=self.places.leads,
                table=self._tables.of(index) if kind is BlockKind.TABLE_ROW else None,
            )
        made.extra_below, made.opens_notes = below, opens_notes
        return made

    def _kind(self, index: int) -> BlockKind | None:
        return self.blocks[index].kind if 0 <= index < len(self.blocks) else None

    def forget_all(self) -> None:
        """Set every block anew when next needed."""
        self._set.clear()

    def forget(self, first: int, last: int) -> None:
        """Set the blocks ``first..last`` anew when next needed: their furniture has changed."""
        if last - first > len(self._set):
            stale = [index for index in self._set if first <= index <= last]
        else:
            stale = [index for index in range(first, last + 1) if index in self._set]
        for index in stale:
            del self._set[index]

    def index_at(self, offset: int) -> int:
        """Return the block that holds the character at `offset` (or the one before, between blocks)."""
        return max(0, min(bisect_right(self.starts, offset) - 1, len(self.blocks) - 1))

    def blocks_of(self, span: Span) -> range:
        """Return the numbers of the blocks that `span` touches."""
        return range(self.index_at(span.start), self.index_at(max(span.start, span.end - 1)) + 1)

    def rects(self, span: Span) -> list[QRectF]:
        """Return one rectangle a line for `span`, on the sheet, from the column's left edge."""
        found = []
        for index in self.blocks_of(span):
            held = self.block(index)
            top = self.top(index)
            found += [rect.translated(0, top) for rect in held.rects(span)]
        return found

    def offset_at(self, x: float, y: float) -> int:
        """Return the document's offset nearest to a point of the sheet."""
        index = self.heights.at(y)
        return self.block(index).offset_at(x, y - self.top(index))

    def caret(self, offset: int) -> QRectF:
        """Return the caret before the character at `offset`, on the sheet."""
        index = self.index_at(offset)
        held = self.block(index)
        within = max(held.block.span.start, min(offset, held.block.span.end))
        return held.caret(within).translated(0, self.top(index))

    def step(self, offset: int, *, forward: bool) -> int:
        """Return the next place for a caret: a whole character as a reader sees it, or the next block."""
        index = self.index_at(offset)
        held = self.block(index)
        span = held.block.span
        if forward and offset >= span.end:
            return self.blocks[index + 1].span.start if index + 1 < len(self.blocks) else offset
        if not forward and offset <= span.start:
            return self.blocks[index - 1].span.end if index else offset
        unit = held.units.to_units(offset - span.start)
        layout = held.layout
        moved = layout.nextCursorPosition(unit) if forward else layout.previousCursorPosition(unit)
        return span.start + held.units.to_points(moved)
