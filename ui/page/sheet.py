"""The document laid out as one long sheet: which block is where, set only when it is needed.

Pixels from the sheet's top; knows nothing of scrolling, painting or events.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QRectF

from reader.document import Block, BlockKind, Document, Span
from ui.page.column import Column
from ui.page.heights import Heights
from ui.page.setting import SetBlock, Typography, set_block

KEPT_BLOCKS = 400
FOOT = 120.0
GROUPED = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW, BlockKind.CODE)
GROUP_GAP = 0.65  # after the last line of a group, in sizes of the text

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
        self._set: OrderedDict[int, SetBlock] = OrderedDict()
        self.heights = Heights(typography.estimates(self.blocks, column.width))

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
        above, below = self._furniture(index)
        if self._ends_group(index):
            below += self.typography.size * GROUP_GAP
        made = set_block(
            index,
            self.blocks[index],
            self.document.text,
            self.typography,
            width=self.column.width,
            extra_above=above,
        )
        made.extra_below = below
        self.heights.set(index, made.height)
        self._set[index] = made
        if len(self._set) > KEPT_BLOCKS:
            self._set.popitem(last=False)
        return made

    def _ends_group(self, index: int) -> bool:
        """Tell whether a list, a table or a piece of code ends with this block."""
        kind = self.blocks[index].kind
        return kind in GROUPED and (index + 1 == len(self.blocks) or self.blocks[index + 1].kind is not kind)

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
