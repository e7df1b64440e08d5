"""A picture on the page: its place, the words said of it, and how both are painted."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTextLayout

from reader.document import Block, BlockKind, Document
from reader.text import excerpt
from ui.offsets import Utf16Map
from ui.page.gallery import Gallery, fitted
from ui.page.lines import SetBlock
from ui.page.margin import set_text
from ui.page.setting import Typography
from ui.theme import THEMES, Theme

RADIUS = 8.0
INSET = 12.0  # of the words that stand for a picture, in their frame
ABOVE_WORDS = 8.0
MOST_LINES = 6
DIMMED = 0.9  # a bright picture dazzles on dark paper


def said_of(block: Block) -> str:
    """Return a picture in words, for those who don't see it."""
    words = excerpt(block.alt, limit=600)
    if not words:
        return QCoreApplication.translate("Pictures", "Picture")
    return QCoreApplication.translate("Pictures", "Picture: {}").format(words)


def set_picture(
    index: int, block: Block, document: Document, typography: Typography, *, width: float, captioned: bool
) -> SetBlock:
    """Give a picture its place, `width` pixels wide at most; nothing is decoded for that.

    Its alternative text stands below where it has no caption of its own, or in its place.
    """
    face = typography.face(BlockKind.IMAGE, 0)
    char = QTextLayout(block.span.of(document.text), face.font)
    char.beginLayout()
    char.createLine()
    char.endLayout()
    units = Utf16Map(block.span.of(document.text))
    words: QTextLayout | None = None
    if block.picture is not None and block.picture < len(document.pictures):
        size = fitted(document.pictures[block.picture], width, typography.scale)
        height = size.height()
        said = excerpt(block.alt, limit=600)
        if said and not captioned:
            words, tall = set_text(said, face.font, width, lines=MOST_LINES)
            words.setPosition(QPointF(0, height + ABOVE_WORDS))
            height += ABOVE_WORDS + tall
    else:
        words, tall = set_text(said_of(block), face.font, width - 2 * INSET, lines=MOST_LINES)
        words.setPosition(QPointF(INSET, INSET * 0.75))
        height = tall + 1.5 * INSET
        size = QSizeF(width, height)
    made = SetBlock(index, block, face, char, units, 0.0, height)
    made.frame, made.words = QRectF(QPointF(0, 0), size), words
    return made


def paint_picture(painter: QPainter, held: SetBlock, gallery: Gallery, theme: Theme) -> None:
    """Draw a set picture with its frame and its words; the painter's origin is the block's top left."""
    if held.frame is None:
        return
    frame = held.frame.translated(0, held.text_top)
    number = held.block.picture
    image = None
    if number is not None and len(gallery) > number:
        image = gallery.image(number, frame.size(), painter.device().devicePixelRatio())
    shape = QPainterPath()
    shape.addRoundedRect(frame, RADIUS, RADIUS)
    if image is None or image.isNull():
        painter.fillPath(shape, theme.colour("chrome"))
    else:
        painter.save()
        painter.setClipPath(shape)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if image.hasAlphaChannel():  # black on nothing would not be seen on dark paper
            painter.fillRect(frame, THEMES["light"].colour("card"))
        painter.drawImage(frame, image)
        if theme.dark:
            shade = QColor(theme.colour("paper"))
            shade.setAlphaF(1 - DIMMED)
            painter.fillRect(frame, shade)
        painter.restore()
    painter.setPen(QPen(theme.colour("hairline"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    if held.words is not None:
        painter.setPen(theme.colour("soft"))
        held.words.draw(painter, QPointF(0, held.text_top))
