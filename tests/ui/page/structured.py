"""A document with everything that a source can hold: tables, pictures, footnotes, links, printed pages."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage

from reader.document import Block, BlockKind, Document, Page, Picture, Span, Style, StyleKind

BLUE = "#204080"


def picture(width: int, height: int, colour: str = BLUE) -> Picture:
    """Make a picture of one colour."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return Picture(bytes(data.data()), width, height)


class Maker:
    """Puts blocks together; `link` makes a style over words of the last one."""

    def __init__(self) -> None:
        self.text = ""
        self.blocks: list[Block] = []

    def add(self, words: str, kind: BlockKind = BlockKind.PARAGRAPH, **facts: object) -> Maker:
        """Append a block."""
        self.text += "\n\n" if self.blocks else ""
        span = Span(len(self.text), len(self.text) + len(words))
        self.text += words
        self.blocks.append(Block(span, kind, **facts))  # type: ignore[arg-type]
        return self

    def link(self, words: str, target: str, *, raised: bool = False) -> Maker:
        """Make words of the last block a link."""
        last = self.blocks.pop()
        start = self.text.index(words, last.span.start)
        kinds = [StyleKind.LINK, StyleKind.RAISED] if raised else [StyleKind.LINK]
        made = [
            Style(Span(start, start + len(words)), k, target if k is StyleKind.LINK else "") for k in kinds
        ]
        self.blocks.append(
            Block(last.span, last.kind, last.level, (*last.styles, *made), last.marker, last.name)
        )
        return self

    def rows(self, *rows: str) -> Maker:
        """Append rows of cells that are parted by a bar."""
        for row in rows:
            self.add(row.replace("|", "\t"), BlockKind.TABLE_ROW)
        return self

    def document(self, *pictures: Picture, pages: tuple[Page, ...] = ()) -> Document:
        """Return the document."""
        return Document(self.text, tuple(self.blocks), pictures=pictures, pages=pages)
