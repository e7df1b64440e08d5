"""Making a page ready for the search: what is not worth weighing goes, loose text becomes paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from reader.formats.article_measures import EMBEDS, GONE, drop
from reader.formats.markup import DROPPED, Element, is_hidden, names

_UNLIKELY = re.compile(
    r"-ad-|ai2html|banner|breadcrumb|combx|comment|community|cover-wrap|disqus|extra|footer|gdpr|header|legends|"
    r"menu|pager|pagination|popup|related|remark|replies|rss|shoutbox|sidebar|"
    r"skyscraper|social|sponsor|supplemental|yom-remote|ad-break|agegate",
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
_FURNITURE_ROLES = names("menu menubar complementary navigation alert alertdialog dialog")
_VIDEO = re.compile(r"video|player|embed|youtu|vimeo|twitch|dailymotion", re.IGNORECASE)
_RUNNING = frozenset(
    names(
        "abbr audio b bdi bdo big br button cite code data datalist dfn em embed font i img input kbd label "
        "mark math meter nobr noscript object output progress q ruby s samp script select small span strike "
        "strong sub sup textarea time tt u var wbr"
    )
)
_BLOCKS = frozenset(names("blockquote dl div img ol p pre table ul"))
_SHARING = re.compile(r"(?:\b|_)(?:share|sharedaddy)(?:\b|_)", re.IGNORECASE)
BYLINE = re.compile(r"byline|author|dateline|writtenby|p-author", re.IGNORECASE)
LONGEST_BYLINE = 100
_LONGEST_TITLE = 400
_LONGEST_SHARING = 500
_ALIKE = 0.75
_LEAST_OF_TITLE = 0.4
_WORD = re.compile(r"[^\W_]+")
# What may go although it has no attributes.
_SUSPECTS = frozenset((*DROPPED, *EMBEDS, "h1", "h2"))


@dataclass(frozen=True, slots=True)
class Care:
    """How suspicious an attempt is; each attempt that finds too little drops one suspicion."""

    strip_unlikely: bool = True
    weigh_names: bool = True
    clean: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """What is shown above the article: headings and bylines in it that only say this again are left out."""

    title: str = ""
    byline: str = ""


def names_of(element: Element) -> str:
    """Return the class and the id of an element, in which pages say what it is."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def ancestors(element: Element, limit: int) -> Iterator[Element]:
    """Yield what holds the element, the nearest first, at most `limit` and never the page itself."""
    for number, parent in enumerate(element.iterancestors()):
        if number == limit or parent.tag == "html":
            return
        yield parent


def weight_of(element: Element, care: Care) -> float:
    """Return points for the words in an element's class and id."""
    if not care.weigh_names:
        return 0.0
    weight = 0.0
    for name in (element.get("class"), element.get("id")):
        if name:
            weight -= 25 if _BAD.search(name) else 0
            weight += 25 if _GOOD.search(name) else 0
    return weight


def names_author(element: Element) -> bool:
    """Tell whether an element says of itself that it holds a byline."""
    if element.get("rel") == "author" or "author" in (element.get("itemprop") or ""):
        return True
    names = names_of(element)
    return len(names) > 1 and BYLINE.search(names) is not None


def strip(body: Element, care: Care, known: Known) -> list[Element]:
    """Drop what is not worth weighing, and make paragraphs of loose text.

    Returns the boxes that hold a single paragraph and no other text.
    """
    _break_paragraphs(body)
    kept: list[Element] = []
    for element in _Stripping(care, known).dropped(body, kept):
        drop(element)
    alone = []
    for box in kept:
        _wrap_loose_text(box)
        inner = [child for child in box if child.tag != GONE]
        if len(inner) == 1 and inner[0].tag == "p":
            alone.append(box)
        elif next(box.iterdescendants(*_BLOCKS), None) is None:
            box.tag = "p"
    return alone


class _Stripping:
    """Says in one walk which parts of a page are hidden, furniture, or said above the article already."""

    def __init__(self, care: Care, known: Known) -> None:
        self._care = care
        self._known = known
        self._people = [word for word in _WORD.findall(known.byline.casefold()) if len(word) > 2]
        self._title_seen = False
        self._byline_seen = False

    def dropped(self, body: Element, boxes: list[Element]) -> list[Element]:
        """Return what to drop, and append the `div` elements that stay to `boxes`."""
        found = []
        walk = etree.iterwalk(body, events=("start",))
        for _, element in walk:
            if element is body:
                continue
            tag = element.tag
            if not isinstance(tag, str):
                found.append(element)
            elif tag not in _SUSPECTS and not element.keys():
                if tag == "div":
                    boxes.append(element)
            elif tag in EMBEDS:
                _empty(element)
            elif self._goes(element, tag):
                found.append(element)
                walk.skip_subtree()
            elif tag == "div":
                boxes.append(element)
        return found

    def _goes(self, element: Element, tag: str) -> bool:
        return (
            (tag in DROPPED and tag != "input")
            or is_hidden(element)
            or (self._care.strip_unlikely and element.get("aria-hidden") == "true")
            or self._is_said_above(element, tag)
            or self._is_unlikely(element, tag)
        )

    def _is_said_above(self, element: Element, tag: str) -> bool:
        if not self._title_seen and tag in ("h1", "h2") and self._known.title:
            heading = short_text(element, _LONGEST_TITLE) or ""
            # One word of the title may well be the heading of a section.
            is_title = tag == "h1" or len(heading) >= _LEAST_OF_TITLE * len(self._known.title)
            self._title_seen = is_title and is_alike(self._known.title, heading)
            return self._title_seen
        if not self._byline_seen and self._known.byline and names_author(element):
            text = short_text(element, LONGEST_BYLINE) or ""
            self._byline_seen = any(name in text.casefold() for name in self._people)
            return self._byline_seen
        return False

    def _is_unlikely(self, element: Element, tag: str) -> bool:
        if element.get("aria-modal") == "true" and element.get("role") == "dialog":
            return True
        if not self._care.strip_unlikely or tag in ("body", "a", "html"):
            return False
        if element.get("role") in _FURNITURE_ROLES:
            return True
        names = names_of(element)
        if len(names) == 1:
            return False
        if _SHARING.search(names) and short_text(element, _LONGEST_SHARING) is not None:
            return True
        if not _UNLIKELY.search(names) or _MAYBE.search(names):
            return False
        return not any(parent.tag in ("table", "code") for parent in ancestors(element, 3))


def short_text(element: Element, longest: int) -> str | None:
    """Return the text of an element, white space collapsed; None when it is not shorter than `longest`."""
    parts: list[str] = []
    length = 0
    for number, (event, inner) in enumerate(etree.iterwalk(element, events=("start", "end"))):
        part = inner.text if event == "start" else inner.tail if inner is not element else None
        if part:
            parts.append(part)
            length += len(part.strip())
        # Many elements without text are no short text either: they would be walked again and again.
        if length >= longest or number >= longest:
            return None
    text = " ".join("".join(parts).split())
    return text if len(text) < longest else None


def is_alike(title: str, heading: str) -> bool:
    """Tell whether a heading says little that is not in the title."""
    known = set(_WORD.findall(title.casefold()))
    words = _WORD.findall(heading.casefold())
    if not words:
        return False
    new = [word for word in words if word not in known]
    return 1 - len(" ".join(new)) / len(" ".join(words)) > _ALIKE


def _empty(embed: Element) -> None:
    """Leave of an embedded thing only whether it is a video."""
    is_video = any(_VIDEO.search(value) for value in embed.values())
    embed.clear(keep_tail=True)
    if is_video:
        embed.tag = "video"


# ---------------------------------------------------------------- paragraphs


def _is_running(element: Element) -> bool:
    """Tell whether an element stands within a line of text."""
    tag = element.tag
    if tag in _RUNNING or tag == GONE:
        return True
    return tag in ("a", "del", "ins") and not any(child.tag in _NOT_RUNNING for child in element.iter())


_NOT_RUNNING = _BLOCKS - {"img"} | frozenset(names("h1 h2 h3 h4 h5 h6 section article figure li tr td"))


def _is_blank(text: str | None) -> bool:
    return not text or text.isspace()


def _next_is_break(element: Element) -> bool:
    following = element.getnext()
    return _is_blank(element.tail) and following is not None and following.tag == "br"


def _break_paragraphs(body: Element) -> None:
    """Make paragraphs of text that is parted by two line breaks or more."""
    for first in list(body.iter("br")):
        parent = first.getparent()
        if parent is None or not _next_is_break(first):
            continue
        while _next_is_break(first):
            following = first.getnext()
            first.tail = following.tail
            following.tail = None
            parent.remove(following)
        paragraph = etree.Element("p")
        paragraph.text, first.tail = first.tail, None
        parent.replace(first, paragraph)
        while (inside := paragraph.getnext()) is not None:
            if (inside.tag == "br" and _next_is_break(inside)) or not _is_running(inside):
                break
            paragraph.append(inside)
        if parent.tag == "p":
            parent.tag = "div"


def _wrap_loose_text(box: Element) -> None:
    """Make a paragraph of each run of text that lies in a box beside other things."""
    run = None
    if not _is_blank(box.text):
        run = etree.Element("p")
        run.text, box.text = box.text, None
        box.insert(0, run)
    for child in list(box):
        if child is run:
            continue
        if _is_running(child):
            if run is None and child.tag not in ("br", GONE):
                run = etree.Element("p")
                child.addprevious(run)
            if run is not None:
                run.append(child)
            elif not _is_blank(child.tail):
                run = etree.Element("p")
                run.text, child.tail = child.tail, None
                child.addnext(run)
            continue
        run = None
        if not _is_blank(child.tail):
            run = etree.Element("p")
            run.text, child.tail = child.tail, None
            child.addnext(run)
