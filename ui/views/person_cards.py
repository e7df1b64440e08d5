"""The lists on a person's page: quotations, mentions, articles, company. A row is fetched when it is seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QCoreApplication, QLocale, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from reader.errors import ReaderError
from reader.model import QuoteKind
from reader.text import one_line
from ui.dates import date_in_words
from ui.panels.cards import INSET_X, INSET_Y, CardDelegate, Face, Measured, Piece
from ui.panels.quotes import CONTENT_LINES, CURRENT_LINES, kind_name
from ui.panels.rows import LONGEST, ROW, GrowingModel, Index, RowDelegate, draw_lines, in_lines, line_step
from ui.theme import interface_font, page_font

if TYPE_CHECKING:
    from reader.library.people.register import Appearance, Company, Mentioned
    from reader.library.people.sayings import Saying

AT_ONCE = 50  # rows that are fetched together


class Spot(Protocol):
    """A quotation or a mention by its number."""

    @property
    def id(self) -> int: ...
    @property
    def date(self) -> str: ...


class SpotModel(GrowingModel):
    """Rows known by number; what they show is fetched with their neighbours when one of them is seen."""

    def __init__(
        self,
        parent: QWidget,
        fetch: Callable[[Sequence[int]], Mapping[int, Any]],
        failed: Callable[[ReaderError], object],
    ) -> None:
        super().__init__(parent)
        self._fetch, self._failed = fetch, failed
        self._places: dict[int, int] = {}
        self._known: dict[int, Any] = {}

    def replace(self, rows: Sequence[Spot]) -> None:
        """Take other rows; what was fetched of them before may have changed."""
        self._places = {spot.id: place for place, spot in enumerate(rows)}
        self._known.clear()
        super().replace(rows)

    def value(self, row: Spot) -> Any:
        """Return what a row shows; None where it is gone or can't be fetched."""
        if row.id not in self._known:
            start = self._places[row.id] // AT_ONCE * AT_ONCE
            ids = [spot.id for spot in self._rows[start : start + AT_ONCE]]
            self._known.update(dict.fromkeys(ids))
            try:
                self._known.update(self._fetch(ids))
            except ReaderError as error:
                self._failed(error)
        return self._known[row.id]

    def words(self, row: Any) -> str:
        """Return a row in words."""
        return "" if row is None else ". ".join((heading(row.date, row.title), said(row)))


def heading(date: str, title: str) -> str:
    """Return where something is from: the date and the title."""
    return " · ".join(filter(None, (date_in_words(date), one_line(title[:LONGEST]))))


def said(row: Saying | Mentioned) -> str:
    """Return the words of a quotation, or those around a mention."""
    return one_line(row.content[:LONGEST]) if hasattr(row, "content") else row.line


class SayingDelegate(CardDelegate):
    """When and where, the words, how they are given; on the current card how the speaker is known."""

    def face(self, row: Saying, *, current: bool) -> Face:
        """Return what the card of a quotation shows."""
        pieces = [
            Piece(heading(row.date, row.title), interface_font(-1), "soft", 2, leading=1.4),
            Piece(
                row.content,
                page_font(15 / 17.5),
                "ink",
                CURRENT_LINES if current else CONTENT_LINES,
                leading=1.5,
                above=4,
            ),
        ]
        called = (
            QCoreApplication.translate("PersonPage", "Called “{}” there").format(one_line(row.called))
            if row.called != row.speaker
            else ""
        )
        below = ". ".join(filter(None, (called, row.reason if current else "")))
        if below:
            pieces.append(Piece(below, interface_font(-1.5), "faint", 4, above=4))
        return Face(tuple(pieces), aside=kind_name(QuoteKind(row.kind)))


@dataclass(frozen=True, slots=True)
class _Named(Face):
    """The face of a mention, with where the name is in its words."""

    name: tuple[int, int] = (0, 0)


class MentionDelegate(CardDelegate):
    """When and where, and the words around the name, which is underlined as it is on the page."""

    role = "person"

    def face(self, row: Mentioned, *, current: bool) -> Face:
        """Return what the card of a mention shows."""
        return _Named(
            (
                Piece(heading(row.date, row.title), interface_font(-1), "soft", 2, leading=1.4),
                Piece(row.line, page_font(15 / 17.5), "ink", 5, leading=1.5, above=4),
            ),
            name=(row.start, row.end),
        )

    def _paint_face(self, painter: QPainter, frame: QRectF, face: Face, measured: Measured) -> None:
        super()._paint_face(painter, frame, face, measured)
        if not isinstance(face, _Named):
            return
        (title, words), metrics = face.pieces, QFontMetricsF(face.pieces[1].font)
        step = line_step(words.font, words.leading)
        top = frame.top() + INSET_Y - 1 + len(measured.lines[0]) * line_step(title.font, title.leading)
        baseline = top + words.above + (step - metrics.height()) / 2 + metrics.ascent()
        at = 0
        for number, line in enumerate(measured.lines[1]):
            at = max(at, words.words.find(line[:12], at))
            first, last = max(face.name[0] - at, 0), min(face.name[1] - at, len(line))
            if first < last:
                left = frame.left() + INSET_X + metrics.horizontalAdvance(line[:first])
                wide = metrics.horizontalAdvance(line[first:last])
                under = QRectF(left, round(baseline + number * step + 2.5), wide, 1.5)
                painter.fillRect(under, self.theme.colour(self.role))
            at += len(line)


class ArticleModel(GrowingModel):
    """The articles in which a person appears."""

    def words(self, row: Appearance) -> str:
        """The title, when it is from, and the counts."""
        return ". ".join(filter(None, (one_line(row.title), date_in_words(row.date), counts_of(row))))


class ArticleDelegate(CardDelegate):
    """The title, its origin, and how often the person is quoted and named in it."""

    def face(self, row: Appearance, *, current: bool) -> Face:
        """Return what the card of an article shows."""
        origin = " · ".join(filter(None, (one_line(row.site), date_in_words(row.date), counts_of(row))))
        return Face(
            (
                Piece(row.title, interface_font(0, QFont.Weight.DemiBold), "ink", 2, leading=1.4),
                Piece(origin, interface_font(-1), "soft", 2, leading=1.4, above=2),
            )
        )


def counts_of(row: Appearance) -> str:
    """Return how often somebody is quoted and named in an article."""
    number, tr = QLocale().toString, QCoreApplication.translate
    quoted = tr("PersonPage", "{} quotation") if row.quotations == 1 else tr("PersonPage", "{} quotations")
    named = tr("PersonPage", "{} mention") if row.mentions == 1 else tr("PersonPage", "{} mentions")
    shown = [quoted.format(number(row.quotations))] if row.quotations else []
    return ", ".join([*shown, named.format(number(row.mentions))])


@dataclass(frozen=True, slots=True)
class Group:
    """The title of some of the company."""

    words: str


class CompanyModel(GrowingModel):
    """Titles, and who is named or quoted with a person."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A title can't be chosen."""
        if index.isValid() and isinstance(index.data(ROW), Group):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def words(self, row: tuple[Company, str] | Group) -> str:
        """The name and how often."""
        return row.words if isinstance(row, Group) else f"{one_line(row[0].name)}, {row[1]}"


class CompanyDelegate(RowDelegate):
    """A title in small capitals; a name with a mark in its colour, and how often at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line, with more room above a title."""
        if isinstance(index.data(ROW), Group):
            return QSize(80, round(line_step(interface_font(-2), 1.4) + 22))
        return QSize(80, round(line_step(interface_font(), 1.4) + 9))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a title or somebody."""
        row = index.data(ROW)
        room = self.view.row_frame(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Group):
            font = interface_font(-2, QFont.Weight.DemiBold)
            font.setCapitalization(QFont.Capitalization.AllUppercase)
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 104)
            painter.setPen(self.theme.colour("faint"))
            at = QPointF(room.left() + 8, room.top() + 14)
            draw_lines(painter, [row.words], font, at, room.width(), leading=1.4)
        elif row is not None:
            self._paint_company(painter, room, row, *self.state(option))
        painter.restore()

    def _paint_company(
        self,
        painter: QPainter,
        room: QRectF,
        row: tuple[Company, str],
        selected: bool,
        hovered: bool,
        focused: bool,
    ) -> None:
        (company, often), theme = row, self.theme
        if selected or hovered:
            painter.setPen(theme.colour("accent") if focused and selected else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selection" if selected else "hover"))
            painter.drawRoundedRect(room.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        font, small = interface_font(), interface_font(-1.5)
        step = line_step(font, 1.4)
        line = QRectF(room.left() + 8, room.top() + 4, room.width() - 16, step)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("organisation" if company.is_body else "person"))
        painter.drawRoundedRect(
            QRectF(line.left(), line.center().y() - step * 0.32, 3, step * 0.64), 1.5, 1.5
        )
        taken = QFontMetricsF(small).horizontalAdvance(often) + 12
        painter.setFont(small)
        painter.setPen(theme.colour("soft" if selected else "faint"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, often)
        painter.setPen(theme.colour("ink"))
        wide = line.width() - 12 - taken
        at = QPointF(line.left() + 12, line.top())
        draw_lines(painter, in_lines(company.name, font, wide, lines=1), font, at, wide, leading=1.4)
