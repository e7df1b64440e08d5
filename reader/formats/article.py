"""Finding the article in a web page, by the weight of its paragraphs. Works on a tree; reads no files.

The method is that of reader views: paragraphs give points to what holds them, the best holder and its
like-minded neighbours are the article, and what looks like furniture inside it is taken out. Where that
leaves too little, it is tried again with less suspicion.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import html

from reader.formats.markup import DROPPED, Element, is_hidden, names

_UNLIKELY = re.compile(
    r"-ad-|ai2html|banner|breadcrumb|combx|comment|community|cover-wrap|disqus|extra|footer|gdpr|legends|"
    r"menu|newsletter|pager|pagination|popup|promo|related|remark|replies|rss|share|shoutbox|sidebar|"
    r"skyscraper|social|sponsor|subscribe|supplemental|toolbar|yom-remote|ad-break|agegate",
    re.IGNORECASE,
)
_MAYBE = re.compile(r"and|article|body|column|content|main|mathjax|shadow", re.IGNORECASE)
_GOOD = re.compile(
    r"article|body|content|entry|hentry|h-entry|main|page|post|text|blog|story|paragraph", re.IGNORECASE
)
_BAD = re.compile(
    r"-ad-|hidden|^hid$| hid$| hid |^hid |banner|combx|comment|com-|contact|footer|gdpr|masthead|media|meta|"
    r"outbrain|promo|related|scroll|share|shoutbox|sidebar|skyscraper|sponsor|shopping|tags|widget",
    re.IGNORECASE,
)
_SHARING = re.compile(r"(?:\b|_)(?:share|sharedaddy)(?:\b|_)", re.IGNORECASE)
_FURNITURE_ROLES = names("menu menubar complementary navigation alert alertdialog dialog")
_COMMA = re.compile("[,،﹐﹑⹁⸴⸲，、]")
_SCORED = names("section h2 h3 h4 h5 h6 p td pre")
_BLOCKS = names("blockquote dl div img ol p pre table ul section article figure")
_NEVER = names("footer aside nav object embed link")
_STARTING_POINTS = {
    **dict.fromkeys(("div",), 5.0),
    **dict.fromkeys(("pre", "td", "blockquote"), 3.0),
    **dict.fromkeys(("address", "ol", "ul", "dl", "dd", "dt", "li", "form"), -3.0),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "th"), -5.0),
}
_SHORTEST_PARAGRAPH = 25
_ENOUGH_TEXT = 500
_SHARED_CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class _Care:
    """How suspicious an attempt is; each attempt that finds too little drops one suspicion."""

    strip_unlikely: bool = True
    spare_the_good: bool = False
    weigh_names: bool = True
    clean: bool = True


_ATTEMPTS = (
    _Care(),
    _Care(spare_the_good=True),
    _Care(strip_unlikely=False),
    _Care(strip_unlikely=False, weigh_names=False),
    _Care(strip_unlikely=False, weigh_names=False, clean=False),
)


def find_article(root: Element) -> Element:
    """Return a new element that holds the article of the page; the whole body when there is none."""
    best, longest = None, 0
    for care in _ATTEMPTS:
        page = copy.deepcopy(root)
        body = page if page.tag == "body" else page.find(".//body")
        if body is None:
            body = page
        article = _Attempt(care).extract(body)
        length = len(_text(article))
        if length >= _ENOUGH_TEXT:
            return article
        if length > longest:
            best, longest = article, length
    return best if best is not None else root


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _link_density(element: Element) -> float:
    """The share of the characters that stand in links; links within the page count little."""
    length = len(_text(element))
    if not length:
        return 0.0
    linked = 0.0
    for link in element.iter("a"):
        here = (link.get("href") or "").startswith("#")
        linked += len(_text(link)) * (0.3 if here else 1.0)
    return linked / length


def _names(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _drop(element: Element) -> None:
    """Take an element out of its tree, and leave what follows it."""
    if element.getparent() is not None:
        element.drop_tree()


def _ancestors(element: Element, limit: int) -> Iterator[Element]:
    for number, parent in enumerate(element.iterancestors()):
        if number == limit or parent.tag == "html":
            return
        yield parent


def _has_ancestor(element: Element, tag: str, limit: int = 3) -> bool:
    return any(parent.tag == tag for parent in _ancestors(element, limit))


class _Attempt:
    """One reading of a page with one degree of suspicion; spends the tree it is given."""

    def __init__(self, care: _Care) -> None:
        self._care = care
        self._scores: dict[Element, float] = {}

    def extract(self, body: Element) -> Element:
        self._strip(body)
        self._score(body)
        top = self._top(body)
        article = self._with_neighbours(top) if top is not body else self._wrapped([body])
        self._clean(article)
        return article

    # ------------------------------------------------------------ before: what is not worth weighing

    def _strip(self, body: Element) -> None:
        for element in list(body.iter()):
            if element is body or not isinstance(element.tag, str):
                continue
            if (
                (element.tag in DROPPED and element.tag != "input")
                or is_hidden(element)
                or self._is_unlikely(element)
            ):
                _drop(element)
            elif element.tag == "div" and not _holds_block(element):
                element.tag = "p"

    def _is_unlikely(self, element: Element) -> bool:
        if element.get("aria-modal") == "true" and element.get("role") == "dialog":
            return True
        if not self._care.strip_unlikely or element.tag in ("body", "a", "html"):
            return False
        if element.get("role") in _FURNITURE_ROLES:
            return True
        names = _names(element)
        if not _UNLIKELY.search(names) or _MAYBE.search(names):
            return False
        if self._care.spare_the_good and _GOOD.search(names):
            return False
        return not any(parent.tag in ("table", "code") for parent in _ancestors(element, 20))

    # ------------------------------------------------------------ weighing

    def _score(self, body: Element) -> None:
        for paragraph in list(body.iter()):
            if paragraph.tag not in _SCORED and not (paragraph.tag == "div" and _has_own_text(paragraph)):
                continue
            text = _text(paragraph)
            if len(text) < _SHORTEST_PARAGRAPH:
                continue
            points = 1 + len(_COMMA.findall(text)) + 1 + min(len(text) // 100, 3)
            for level, holder in enumerate(_ancestors(paragraph, 5)):
                if holder not in self._scores:
                    self._scores[holder] = _STARTING_POINTS.get(holder.tag, 0.0) + self._weight(holder)
                self._scores[holder] += points / (1 if level == 0 else 2 if level == 1 else level * 3)
        for holder in self._scores:
            self._scores[holder] *= 1 - _link_density(holder)

    def _weight(self, element: Element) -> float:
        """Points for the words in an element's class and id."""
        if not self._care.weigh_names:
            return 0.0
        weight = 0.0
        for name in (element.get("class"), element.get("id")):
            if name:
                weight -= 25 if _BAD.search(name) else 0
                weight += 25 if _GOOD.search(name) else 0
        return weight

    def _top(self, body: Element) -> Element:
        """Return the element that holds the article: the heaviest, or what it shares with its rivals."""
        ranked = sorted(self._scores, key=lambda element: -self._scores[element])[:5]
        if not ranked or ranked[0] is body:
            return body
        top = ranked[0]
        rivals = [e for e in ranked[1:] if self._scores[e] >= 0.75 * self._scores[top]]
        if len(rivals) >= _SHARED_CANDIDATES:
            for holder in _ancestors(top, 50):
                if holder is body:
                    break
                if sum(holder in set(rival.iterancestors()) for rival in rivals) >= _SHARED_CANDIDATES:
                    top = holder
                    break
        top = self._climbed(top, body)
        parent = top.getparent()
        while parent is not None and parent is not body and len(parent) == 1:
            top, parent = parent, parent.getparent()
        return top

    def _climbed(self, top: Element, body: Element) -> Element:
        """Go up while the holders weigh more: an article in several parts."""
        last = self._scores.get(top, 0.0)
        least = last / 3
        for holder in _ancestors(top, 50):
            if holder is body:
                break
            score = self._scores.get(holder)
            if score is None:
                continue
            if score < least:
                break
            if score > last:
                return holder
            last = score
        return top

    def _with_neighbours(self, top: Element) -> Element:
        """Join the best element with the neighbours that read like parts of the same article."""
        best = self._scores.get(top, 0.0)
        least = max(10.0, 0.2 * best)
        kept = []
        for sibling in top.getparent():
            if not isinstance(sibling.tag, str):
                continue
            bonus = 0.2 * best if sibling.get("class") and sibling.get("class") == top.get("class") else 0.0
            heavy = sibling in self._scores and self._scores[sibling] + bonus >= least
            if sibling is top or heavy or (sibling.tag == "p" and _reads_as_prose(sibling)):
                kept.append(sibling)
        return self._wrapped(kept)

    def _wrapped(self, elements: list[Element]) -> Element:
        article = html.Element("div")
        for element in elements:
            element.tail = None
            if element.tag not in (
                "div",
                "article",
                "section",
                "p",
                "table",
                "ul",
                "ol",
                "pre",
                "blockquote",
            ):
                element.tag = "div"
            article.append(element)
        return article

    # ------------------------------------------------------------ after: furniture inside the article

    def _clean(self, article: Element) -> None:
        data_tables = {table for table in article.iter("table") if _is_data_table(table)}
        self._drop_doubtful(article, ("form", "fieldset"), data_tables)
        for element in list(article.iter()):
            if element is not article and element.tag in _NEVER:
                _drop(element)
        for holder in article:
            for element in list(holder.iterdescendants()):
                if _SHARING.search(_names(element)) and len(_text(element)) < _ENOUGH_TEXT:
                    _drop(element)
        for element in list(article.iter("h1", "h2")):
            if self._weight(element) < 0:
                _drop(element)
        self._drop_doubtful(article, ("table",), data_tables)
        self._drop_doubtful(article, ("ul", "ol"), data_tables)
        self._drop_doubtful(article, ("div",), data_tables)

    def _drop_doubtful(self, article: Element, tags: tuple[str, ...], tables: set[Element]) -> None:
        if not self._care.clean:
            return
        for element in reversed(list(article.iter(*tags))):
            if element is article or element in tables:
                continue
            if any(parent in tables or parent.tag in ("code", "pre") for parent in element.iterancestors()):
                continue
            if any(inner in tables for inner in element.iter("table")):
                continue
            if self._is_doubtful(element):
                _drop(element)

    def _is_doubtful(self, element: Element) -> bool:
        weight = self._weight(element)
        if weight < 0:
            return True
        text = _text(element)
        if len(_COMMA.findall(text)) >= 10:
            return False
        count = {tag: sum(1 for _ in element.iter(tag)) for tag in ("p", "img", "li", "input")}
        items = count["li"] - 100
        is_list = element.tag in ("ul", "ol") or _list_share(element, text) > 0.9
        headings = _share(element, text, ("h1", "h2", "h3", "h4", "h5", "h6"))
        density = _link_density(element)
        in_figure = _has_ancestor(element, "figure")
        if is_list and count["img"] and count["img"] == count["li"]:
            return False
        return bool(
            (not in_figure and count["img"] > 1 and count["p"] / count["img"] < 0.5)
            or (not is_list and items > count["p"])
            or count["input"] > count["p"] // 3
            or (
                not is_list
                and not in_figure
                and headings < 0.9
                and len(text) < _SHORTEST_PARAGRAPH
                and (count["img"] == 0 or count["img"] > 2)
                and density > 0
            )
            or (not is_list and weight < 25 and density > 0.2)
            or (weight >= 25 and density > 0.5)
        )


def _share(element: Element, text: str, tags: tuple[str, ...]) -> float:
    """The share of an element's text that stands in elements of the given tags."""
    return sum(len(_text(inner)) for inner in element.iter(*tags)) / len(text) if text else 0.0


def _list_share(element: Element, text: str) -> float:
    return _share(element, text, ("ul", "ol"))


def _holds_block(element: Element) -> bool:
    return next(element.iterdescendants(*_BLOCKS), None) is not None


def _has_own_text(element: Element) -> bool:
    """Tell whether a holder of blocks has running text of its own beside them (parted by line breaks)."""
    own = (element.text or "") + "".join(child.tail or "" for child in element)
    return len(own.strip()) >= 80


def _reads_as_prose(element: Element) -> bool:
    text = _text(element)
    density = _link_density(element)
    if len(text) > 80:
        return density < 0.25
    return bool(text) and density == 0 and re.search(r"\.( |$)", text) is not None


def _is_data_table(table: Element) -> bool:
    """Tell a table of figures from one that lays out the page."""
    if table.get("role") == "presentation" or table.get("datatable") == "0":
        return False
    if (
        table.get("summary")
        or next(table.iter("caption", "col", "colgroup", "tfoot", "thead", "th"), None) is not None
    ):
        return True
    if next((inner for inner in table.iterdescendants("table")), None) is not None:
        return False
    rows = list(table.iter("tr"))
    columns = max((sum(1 for _ in row.iter("td")) for row in rows), default=0)
    if columns <= 1 or len(rows) <= 1:
        return False
    return len(rows) >= 10 or columns > 4 or len(rows) * columns > 10
