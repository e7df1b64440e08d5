"""Finding the article in a web page, by the weight of its paragraphs. Works on a tree; reads no files.

The method is that of reader views: paragraphs give points to what holds them, the best holder and its
like-minded neighbours are the article, and what looks like furniture inside it is taken out. Where that
leaves too little, it is tried again with less suspicion. Every attempt walks the page a fixed number of
times.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator

from lxml import etree

from reader.formats.article_furniture import clean
from reader.formats.article_measures import GONE, Measures
from reader.formats.article_parts import Care, Known, ancestors, strip, weight_of
from reader.formats.markup import Element, names

_SCORED = frozenset(names("section h2 h3 h4 h5 h6 p td pre"))
_STARTING_POINTS = {
    **dict.fromkeys(("div",), 5.0),
    **dict.fromkeys(("pre", "td", "blockquote"), 3.0),
    **dict.fromkeys(("address", "ol", "ul", "dl", "dd", "dt", "li", "form"), -3.0),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "th"), -5.0),
}
_KEPT_AS_THEY_ARE = names("div article section p table ul ol pre blockquote")
_SHORTEST_PARAGRAPH = 25
_ENOUGH_TEXT = 500
_SHARED_CANDIDATES = 3
_FULL_STOP = re.compile(r"\.( |$)")

_ATTEMPTS = (
    Care(),
    Care(strip_unlikely=False),
    Care(strip_unlikely=False, weigh_names=False),
    Care(strip_unlikely=False, weigh_names=False, clean=False),
)


def find_article(root: Element, known: Known | None = None) -> Element:
    """Return a new element that holds the article of the page; the page itself when there is none.

    `known` is what is shown above the article anyway, and so need not be repeated in it.
    """
    known = known or Known()
    best, longest = None, 0
    for care in _ATTEMPTS:
        page = copy.deepcopy(root)
        body = page if page.tag == "body" else page.find(".//body")
        article, length = _Attempt(care, known).extract(page if body is None else body)
        if length >= _ENOUGH_TEXT:
            return article
        if length > longest:
            best, longest = article, length
    return best if best is not None else root


class _Attempt:
    """One reading of a page with one degree of suspicion; spends the tree it is given."""

    def __init__(self, care: Care, known: Known) -> None:
        self._care = care
        self._known = known
        self._scores: dict[Element, float] = {}

    def extract(self, body: Element) -> tuple[Element, int]:
        """Return the article, and how long it is."""
        alone = strip(body, self._care, self._known)
        measures = self._measures = Measures(body)
        for holder in alone:
            self._unwrap(holder)
        self._score(body)
        top = self._top(body)
        parts = self._with_neighbours(top) if top is not body else [body]
        article = self._joined(parts)
        clean(article, measures, self._care)
        length = measures.of(article).length
        self._scores.clear()
        measures.release()
        return article, length

    def _unwrap(self, holder: Element) -> None:
        """Let a paragraph stand for the box that holds nothing else; its name says nothing then."""
        inner = [child for child in holder if child.tag != GONE]
        if len(inner) != 1 or inner[0].tag != "p" or (holder.text and holder.text.strip()):
            return
        if self._measures.of(holder).link_density >= 0.25 or holder.getparent() is None:
            return
        if inner[0].tail and inner[0].tail.strip():
            return
        inner[0].tail = holder.tail
        holder.getparent().replace(holder, inner[0])

    # ------------------------------------------------------------ weighing

    def _score(self, body: Element) -> None:
        for paragraph in body.iter(*_SCORED):
            counts = self._measures.of(paragraph)
            if counts.length < _SHORTEST_PARAGRAPH:
                continue
            points = 2 + counts.commas + min(counts.length // 100, 3)
            for level, holder in enumerate(ancestors(paragraph, 5)):
                if holder not in self._scores:
                    start = _STARTING_POINTS.get(holder.tag, 0.0)
                    self._scores[holder] = start + weight_of(holder, self._care)
                self._scores[holder] += points / (1 if level == 0 else 2 if level == 1 else level * 3)
        for holder in self._scores:
            if holder in self._measures.counts:
                self._scores[holder] *= 1 - self._measures.of(holder).link_density

    def _top(self, body: Element) -> Element:
        """Return the element that holds the article: the heaviest, or what it shares with its rivals."""
        ranked = sorted(self._scores, key=lambda element: -self._scores[element])[:5]
        if not ranked or ranked[0] is body or body not in set(ranked[0].iterancestors()):
            return body
        top = ranked[0]
        rivals = [e for e in ranked[1:] if self._scores[e] >= 0.75 * self._scores[top]]
        if len(rivals) >= _SHARED_CANDIDATES:
            above = [set(rival.iterancestors()) for rival in rivals]
            for holder in _up_to(body, top):
                if sum(holder in holders for holders in above) >= _SHARED_CANDIDATES:
                    top = holder
                    break
        top = self._climbed(top, body)
        parent = top.getparent()
        while parent is not body and _is_alone(top, parent):
            top, parent = parent, parent.getparent()
        return top

    def _climbed(self, top: Element, body: Element) -> Element:
        """Go up while the holders weigh more: an article in several parts."""
        last = self._scores.get(top, 0.0)
        least = last / 3
        for holder in _up_to(body, top):
            score = self._scores.get(holder)
            if score is None:
                continue
            if score < least:
                break
            if score > last:
                return holder
            last = score
        return top

    def _with_neighbours(self, top: Element) -> list[Element]:
        """Return the best element and the neighbours that read like parts of the same article."""
        best = self._scores.get(top, 0.0)
        least = max(10.0, 0.2 * best)
        kept = []
        for sibling in top.getparent():
            bonus = 0.2 * best if sibling.get("class") and sibling.get("class") == top.get("class") else 0.0
            heavy = sibling in self._scores and self._scores[sibling] + bonus >= least
            if sibling is top or heavy or (sibling.tag == "p" and self._reads_as_prose(sibling)):
                kept.append(sibling)
        return kept

    def _reads_as_prose(self, element: Element) -> bool:
        counts = self._measures.of(element)
        if counts.length > 80:
            return counts.link_density < 0.25
        if not counts.chars or counts.linked:
            return False
        return _FULL_STOP.search("".join(element.itertext()).strip()) is not None

    def _joined(self, parts: list[Element]) -> Element:
        article = etree.Element("div")
        for part in parts:
            part.tail = None
            if part.tag not in _KEPT_AS_THEY_ARE:
                part.tag = "div"
            article.append(part)
        self._measures.join(article, parts)
        return article


def _up_to(body: Element, element: Element) -> Iterator[Element]:
    """Yield what holds the element, up to the body and without it."""
    for holder in element.iterancestors():
        if holder is body:
            return
        yield holder


def _is_alone(element: Element, holder: Element) -> bool:
    return not any(child is not element and child.tag != GONE for child in holder)
