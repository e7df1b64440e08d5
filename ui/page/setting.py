"""The faces of a page: which type, size and spacing every kind of block has, and how tall it may become.

Works in pixels of the column; knows nothing of scrolling, colours or marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from reader.document import Block, BlockKind, Picture
from ui.page.gallery import fitted
from ui.theme import INTERFACE_SIZE, READING_SIZE, interface_pixels, page_font

LINE_HEIGHT = 1.62
HEADING_SIZES = {1: 1.46, 2: 1.26, 3: 1.12}
TITLE_SIZE = 1.72
RUNNING_TEXT = (
    "it was a long winter, and the people of the town had little to say to those who came in on the train; "
)


@dataclass(frozen=True, slots=True)
class Face:
    """The type of one kind of block, in pixels: size, line height, space above and below, indent."""

    font: QFont
    size: float
    line_height: float
    above: float
    below: float
    indent: float = 0.0


class Typography:
    """The faces of every kind of block at one scale, and the estimates made from them."""

    def __init__(self, *, scale: float, measure: int) -> None:
        self.scale = scale
        body = page_font(scale)
        self.body = body
        metrics = QFontMetricsF(body)
        # A measure counts average letters of running text; "averageCharWidth" leaves out the blanks.
        self.letter = metrics.horizontalAdvance(RUNNING_TEXT) / len(RUNNING_TEXT)
        self.size = READING_SIZE * scale * interface_pixels() / INTERFACE_SIZE
        self.width = round(self.letter * measure)
        self.face = lru_cache(maxsize=64)(self._face)

    @property
    def title_font(self) -> QFont:
        """The face of a title."""
        return self.face(BlockKind.TITLE, 0).font

    def _face(self, kind: BlockKind, level: int) -> Face:
        size = self.size
        below = size * 0.97
        match kind:
            case BlockKind.TITLE:
                return self._made(TITLE_SIZE, QFont.Weight.DemiBold, 1.22, 0, size * 0.5)
            case BlockKind.HEADING:
                times = HEADING_SIZES.get(level, 1.0)
                return self._made(times, QFont.Weight.DemiBold, 1.3, size * 0.9, size * 0.45)
            case BlockKind.CODE:
                mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
                mono.setPointSizeF(self.body.pointSizeF() * 0.84)
                return Face(mono, size * 0.84, size * 1.35, 0, 0, size)
            case BlockKind.TABLE_ROW:
                return self._made(0.86, QFont.Weight.Normal, 1.5, size * 0.3, size * 0.3)
            case BlockKind.CAPTION:
                return self._made(0.84, QFont.Weight.Normal, 1.5, 0, below * 1.2)
            case BlockKind.FOOTNOTE:
                return self._made(0.84, QFont.Weight.Normal, 1.5, 0, size * 0.4, size * 1.6)
            case BlockKind.IMAGE:
                return self._made(0.84, QFont.Weight.Normal, 1.5, size * 0.2, size * 0.46)
            case BlockKind.LIST_ITEM:
                return self._made(
                    1, QFont.Weight.Normal, LINE_HEIGHT, 0, size * 0.35, size * 1.6 * max(1, level)
                )
            case BlockKind.QUOTE:
                return self._made(1, QFont.Weight.Normal, LINE_HEIGHT, 0, below, size * 1.4 * max(1, level))
            case BlockKind.RULE:
                return self._made(1, QFont.Weight.Normal, 1, 0, below)
        return self._made(1, QFont.Weight.Normal, LINE_HEIGHT, 0, below)

    def _made(
        self,
        times: float,
        weight: QFont.Weight,
        leading: float,
        above: float,
        below: float,
        indent: float = 0.0,
    ) -> Face:
        font = QFont(self.body)
        font.setPointSizeF(self.body.pointSizeF() * times)
        font.setWeight(weight)
        return Face(font, self.size * times, self.size * times * leading, above, below, indent)

    def estimates(
        self, blocks: Iterable[Block], width: float, pictures: Sequence[Picture] = ()
    ) -> Iterator[float]:
        """Guess the heights of blocks that are not set yet."""
        known: dict[tuple[BlockKind, int], tuple[int, float, float]] = {}
        for block in blocks:
            kind = (block.kind, block.level)
            if kind not in known:
                face = self.face(*kind)
                letters = max(1, int((width - face.indent) / (self.letter * face.size / self.size)))
                known[kind] = (letters, face.line_height, face.above + face.below)
            letters, line_height, around = known[kind]
            span = block.span
            if block.picture is not None and block.picture < len(pictures):
                yield fitted(pictures[block.picture], width, self.scale).height() + around
            else:
                yield ((span.end - span.start + letters - 1) // letters or 1) * line_height + around
