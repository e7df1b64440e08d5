"""Paints one set block with its marks: tints and markers first, then the words, then the underlines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from reader.document import Span
from reader.model import QuoteKind
from ui.page.column import Column
from ui.page.figures import paint_words
from ui.page.gallery import Gallery
from ui.page.lines import SetBlock
from ui.page.margin import Label, set_text, speaker_font, words_of
from ui.page.marks import Layers, Marks, QuotePiece
from ui.page.pictures import paint_picture
from ui.theme import Theme, interface_font, label_role

UNDERLINE_DROP = 5.0


@dataclass(slots=True)
class Bar:
    """The bar beside a quotation, in the block's own pixels."""

    top: float
    bottom: float
    reported: bool


class BlockPainter:
    """Paints blocks in one theme; what it measures is kept with the block until its marks change."""

    def __init__(self, theme: Theme, marks: Marks, role_of: Callable[[str], str]) -> None:
        self.theme = theme
        self.marks = marks
        self._role_of = role_of

    def paint(self, painter: QPainter, held: SetBlock, top: float, gallery: Gallery) -> None:
        """Draw `held` with its top at `top`; the painter's origin is the column's left edge."""
        shown = self.marks.shown
        painter.translate(0, top)
        if shown & Layers.QUOTES:
            self._fill(painter, self._quote_rects(held), self.theme.colour("quote_fill"), 2)
        if shown & Layers.HIGHLIGHTS:
            for role, rects in self._highlight_rects(held):
                self._fill(painter, rects, self.theme.colour(role), 3)
        self._paint_found(painter, held)
        if held.frame is not None:
            paint_picture(painter, held, gallery, self.theme)
            if shown & Layers.HIGHLIGHTS:
                self._edge(painter, held)
        self._paint_selected(painter, held)
        if held.frame is None:
            paint_words(painter, held, self.theme, current=self.marks.current)
        if shown & Layers.NAMES:
            self._paint_names(painter, held)
        if self.marks.current is not None:
            self._ring(painter, held.rects(self.marks.current))
        painter.translate(0, -top)

    def paint_margin(self, painter: QPainter, held: SetBlock, top: float, column: Column, text: str) -> None:
        """Draw the bars and speakers beside `held`; the painter's origin is the viewport's."""
        if not self.marks.shown & Layers.QUOTES:
            return
        for bar in self.bars(held):
            self._bar(painter, bar, column.bar, top)
        left = column.speakers if column.speakers is not None else column.left
        for label in self.labels(held, column, text):
            label.paint(painter, left, top, self.theme, self._role_of(label.speaker))

    # ------------------------------------------------------------ measured once

    def _quote_rects(self, held: SetBlock) -> list[QRectF]:
        def make() -> list[QRectF]:
            return [
                rect
                for piece in self.marks.pieces(held.block.span)
                for span in tinted(piece)
                for rect in held.rects(span)
            ]

        return held.cached("quotes", self.marks.quotes.version, make)  # type: ignore[no-any-return]

    def _highlight_rects(self, held: SetBlock) -> list[tuple[str, list[QRectF]]]:
        def make() -> list[tuple[str, list[QRectF]]]:
            found = self.marks.highlights.within(held.block.span)
            return [(str(mark.colour), held.rects(mark.span)) for mark in found]

        return held.cached("highlights", self.marks.highlights.version, make)  # type: ignore[no-any-return]

    def _name_lines(self, held: SetBlock) -> list[tuple[str, list[QLineF]]]:
        def make() -> list[tuple[str, list[QLineF]]]:
            by_role: dict[str, list[QLineF]] = {}
            for mention in self.marks.names.within(held.block.span):
                lines = by_role.setdefault(label_role(mention.label), [])
                for rect in held.rects(mention.span):
                    y = held.baseline(rect) + UNDERLINE_DROP
                    lines.append(QLineF(rect.left(), y, rect.right(), y))
            return list(by_role.items())

        return held.cached("names", self.marks.names.version, make)  # type: ignore[no-any-return]

    def bars(self, held: SetBlock) -> list[Bar]:
        """Return the bars beside the block."""

        def make() -> list[Bar]:
            made = []
            for piece in self.marks.pieces(held.block.span):
                rects = held.rects(piece.span)
                if rects:
                    made.append(Bar(rects[0].top(), rects[-1].bottom(), piece.reported))
            return made

        return held.cached("bars", self.marks.quotes.version, make)  # type: ignore[no-any-return]

    def labels(self, held: SetBlock, column: Column, text: str) -> list[Label]:
        """Return the speakers to be named beside (or above) the block."""

        def make() -> list[Label]:
            pieces = [p for p in self.marks.pieces(held.block.span) if p.first and p.quote.speaker]
            if column.speakers is None:
                return self._label_above(held, pieces, column)
            return self._labels_beside(held, pieces, column, text)

        key = (self.marks.quotes.version, column)
        return held.cached("labels", key, make)  # type: ignore[no-any-return]

    def _labels_beside(
        self, held: SetBlock, pieces: Sequence[QuotePiece], column: Column, text: str
    ) -> list[Label]:
        made: list[Label] = []
        free, speaker = 0.0, ""
        for piece in pieces:
            rects = held.rects(piece.span)
            name = piece.quote.speaker or ""
            if not rects or name == speaker:
                continue
            words = "reported" if piece.reported else words_of(text, piece)
            top = rects[0].top() + 3
            if top < free:
                continue
            layout, height = set_text(name, speaker_font(), column.speakers_width, lines=2, right=True)
            remark, more = None, 0.0
            if words:
                remark, more = set_text(words, interface_font(-2), column.speakers_width, lines=1, right=True)
            made.append(Label(top, height + more, layout, remark, height, name))
            free, speaker = top + height + more + 2, name
        return made

    def _label_above(self, held: SetBlock, pieces: Sequence[QuotePiece], column: Column) -> list[Label]:
        names = list(dict.fromkeys(piece.quote.speaker or "" for piece in pieces))
        if not names or held.extra_above <= 0:
            return []
        layout, height = set_text(" · ".join(names), speaker_font(), column.width, lines=1)
        return [Label(held.text_top - height - 1, height, layout, None, height, names[0])]

    # ------------------------------------------------------------ drawn

    @staticmethod
    def _fill(painter: QPainter, rects: Sequence[QRectF], colour: QColor, radius: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for rect in rects:
            if radius:
                painter.drawRoundedRect(rect.adjusted(-1, 0, 1, 0), radius, radius)
            else:
                painter.fillRect(rect, colour)

    def _edge(self, painter: QPainter, held: SetBlock) -> None:
        """A picture hides what is behind it: a highlight goes around it."""
        for role, rects in self._highlight_rects(held):
            painter.setPen(QPen(self.theme.colour(f"{role}_edge"), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for rect in rects:
                painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)

    def _ring(self, painter: QPainter, rects: Sequence[QRectF]) -> None:
        painter.setPen(QPen(self.theme.colour("accent"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for rect in rects:
            painter.drawRoundedRect(rect.adjusted(-2.5, -0.5, 2.5, 0.5), 4, 4)

    def _paint_selected(self, painter: QPainter, held: SetBlock) -> None:
        if self.marks.selected is not None:
            chosen = QColor(self.theme.colour("accent"))
            chosen.setAlphaF(0.26)
            self._fill(painter, held.rects(self.marks.selected), chosen, 0)

    def _paint_found(self, painter: QPainter, held: SetBlock) -> None:
        for span in self.marks.found.within(held.block.span):
            self._fill(painter, held.rects(span), self.theme.colour("find"), 2)
        if self.marks.found_current is not None:
            self._ring(painter, held.rects(self.marks.found_current))

    def _paint_names(self, painter: QPainter, held: SetBlock) -> None:
        for role, lines in self._name_lines(held):
            colour = QColor(self.theme.colour(role))
            colour.setAlphaF(0.55)
            pen = QPen(colour, 2)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawLines(lines)

    def _bar(self, painter: QPainter, bar: Bar, x: float, top: float) -> None:
        colour = self.theme.colour("quote_bar")
        if not bar.reported:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(x, top + bar.top + 1, 3, bar.bottom - bar.top - 2), 1.5, 1.5)
            return
        pen = QPen(colour, 3)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([1.0, 4 / 3])
        painter.setPen(pen)
        painter.drawLine(QLineF(x + 1.5, top + bar.top + 1, x + 1.5, top + bar.bottom - 1))


def tinted(piece: QuotePiece) -> list[Span]:
    """Return what is tinted of a quotation in its block: direct speech whole, of mixed only the quoted."""
    if piece.reported:
        return []
    if piece.quote.kind is QuoteKind.MIXED and piece.quote.quoted:
        # The marks belong to the tint: it is one character wider on both sides.
        wide = [Span(max(0, s.start - 1), s.end + 1) for s in piece.quote.quoted]
        return [
            Span(max(s.start, piece.span.start - 1), min(s.end, piece.span.end + 1))
            for s in wide
            if s.start < piece.span.end and piece.span.start < s.end
        ]
    return [piece.span]
