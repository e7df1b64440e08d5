"""Taking furniture out of an article: forms, sharing, advertisements, lists of links. Reads no files."""

from __future__ import annotations

import re

from reader.formats.article_measures import Counts, Measures
from reader.formats.article_parts import Care, ancestors, short_text, weight_of
from reader.formats.markup import Element, names

_NEVER = frozenset(names("footer aside nav link"))
# A box with nothing but one of these is the place of an advertisement, or of something yet to come.
_EMPTY_WORDS = re.compile(
    r"(?:ad|ads|advert|advertising|advertisement|sponsored|anzeige|werbung|pub|publicité|pubblicità|publicidad|"
    r"anuncio|publicidade|advertentie|annons|annonse|reklama|реклама|广告|広告|"
    r"loading|wird geladen|chargement|cargando|caricamento|загрузка|正在加载)\W*",
    re.IGNORECASE,
)
_BOXES = frozenset(names("p div section"))
_TEASER = re.compile(
    r"\W*(?:read more|read also|also read|read next|more on this|more from|related|don.t miss|recommended|"
    r"lesen sie auch|mehr zum thema|lire aussi|à lire aussi|lea también|leer más|leggi anche|leia também|"
    r"lees ook|läs också|les også|læs også|czytaj także|читайте также)\b",
    re.IGNORECASE,
)
_LONGEST_TEASER = 250
_LEAST_LINKED = 0.6
_LONGEST_EMPTY_WORDS = 24
_SHORT = 25


def clean(article: Element, measures: Measures, care: Care) -> None:
    """Drop the furniture inside an article that has been found; `care` says how suspiciously."""
    work = _Cleaning(article, measures, care)
    work.mark_tables()
    work.drop_doubtful("form", "fieldset")
    work.drop_furniture()
    for tag in ("table", "ul", "div"):
        work.drop_doubtful(tag)


class _Cleaning:
    def __init__(self, article: Element, measures: Measures, care: Care) -> None:
        self._article = article
        self._measures = measures
        self._care = care
        self._tables: set[Element] = set()
        self._in_tables: set[Element] = set()

    def mark_tables(self) -> None:
        """Find the tables of figures; nothing in them is furniture."""
        counts = self._measures.counts
        if not counts[self._article].tables:
            return
        holders: dict[Element, int] = {}
        elements = list(self._article.iter())
        for element in reversed(elements):
            inside = holders.pop(element, 0)
            if inside:
                counts[element].data_tables = inside
                counts[element].rare = True
            if element.tag == "table" and _is_data_table(element, counts[element]):
                self._tables.add(element)
                inside += 1
            if inside and element is not self._article:
                holder = element.getparent()
                holders[holder] = holders.get(holder, 0) + inside
        for element in elements if self._tables else ():
            holder = element.getparent()
            if holder in self._tables or holder in self._in_tables:
                self._in_tables.add(element)

    def drop_furniture(self) -> None:
        """Drop what is never a part of an article, or says so itself."""
        for element in self._measures.backwards(self._article):
            tag = element.tag
            if (
                tag in _NEVER
                or (tag in ("h1", "h2") and weight_of(element, self._care) < 0)
                or (tag in _BOXES and (self._is_empty_words(element) or self._is_teaser(element)))
            ):
                self._measures.drop(element)

    def _is_empty_words(self, element: Element) -> bool:
        counts = self._measures.of(element)
        if not counts.chars or counts.length > _LONGEST_EMPTY_WORDS or counts.images:
            return False
        return _EMPTY_WORDS.fullmatch(short_text(element, _LONGEST_EMPTY_WORDS + 1) or "") is not None

    def _is_teaser(self, element: Element) -> bool:
        """Tell whether a paragraph within the text only leads to another article."""
        counts = self._measures.of(element)
        if not counts.linked or counts.length > _LONGEST_TEASER or counts.link_density < _LEAST_LINKED:
            return False
        return _TEASER.match(short_text(element, _LONGEST_TEASER + 1) or "") is not None

    def drop_doubtful(self, *tags: str) -> None:
        """Drop the elements of these tags that look more like furniture than like text."""
        if not self._care.clean or next(self._article.iterdescendants(*tags), None) is None:
            return
        for element in self._measures.backwards(self._article):
            if element.tag in tags and not self._is_safe(element) and self._is_doubtful(element):
                self._measures.drop(element)

    def _is_safe(self, element: Element) -> bool:
        if element in self._tables or element in self._in_tables:
            return True
        if self._measures.of(element).data_tables:
            return True
        return any(holder.tag in ("code", "pre") for holder in ancestors(element, 3))

    def _is_doubtful(self, element: Element) -> bool:
        weight = weight_of(element, self._care)
        if weight < 0:
            return True
        counts = self._measures.of(element)
        if counts.commas >= 10:
            return False
        is_list = element.tag in ("ul", "ol") or counts.share(counts.lists) > 0.9
        in_figure = any(holder.tag == "figure" for holder in ancestors(element, 3))
        doubtful = (
            (not in_figure and counts.images > 1 and counts.paragraphs / counts.images < 0.5)
            or (not is_list and counts.items - 100 > counts.paragraphs)
            or counts.inputs > counts.paragraphs // 3
            or (not is_list and not in_figure and _is_link_heading(counts))
            or (not is_list and weight < 25 and counts.link_density > 0.2)
            or (weight >= 25 and counts.link_density > 0.5)
            or (counts.embeds == 1 and counts.length < 75)
            or counts.embeds > 1
            or (not counts.images and not counts.textish)
        )
        if doubtful and is_list and counts.images == counts.items:
            # A gallery: pictures, one an item, and nothing else beside them.
            return any(len(child) > 1 for child in element)
        return doubtful


def _is_link_heading(counts: Counts) -> bool:
    return (
        counts.share(counts.headings) < 0.9
        and counts.length < _SHORT
        and (counts.images == 0 or counts.images > 2)
        and counts.linked > 0
    )


def _is_data_table(table: Element, counts: Counts) -> bool:
    """Tell a table of figures from one that lays out the page."""
    if table.get("role") == "presentation" or table.get("datatable") == "0":
        return False
    if table.get("summary") or counts.heads:
        return True
    if counts.tables > 1:
        return False
    rows = list(table.iter("tr"))
    columns = max((sum(1 for cell in row if cell.tag == "td") for row in rows), default=0)
    if columns <= 1 or len(rows) <= 1:
        return False
    return len(rows) >= 10 or columns > 4 or len(rows) * columns > 10
