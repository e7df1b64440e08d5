"""What a web page says about itself: title, byline, date, site, language, address. Reads only the tree."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from reader.document import Metadata
from reader.formats.blocks import clean
from reader.formats.dates import iso_date
from reader.formats.markup import Element, is_hidden, names
from reader.text import one_line

_TITLE_KEYS = names(
    "dc:title dcterm:title dcterms:title og:title weibo:article:title weibo:webpage:title title "
    "twitter:title parsely-title"
)
_BYLINE_KEYS = names("dc:creator dcterm:creator dcterms:creator author article:author parsely-author")
_DATE_KEYS = names(
    "article:published_time parsely-pub-date datepublished dc:date dcterms:date dc.date.issued "
    "pubdate publishdate publish-date date sailthru.date article:modified_time"
)
_SITE_KEYS = names("og:site_name application-name")
_ADDRESS_KEYS = ["og:url", "twitter:url"]
_ARTICLE_TYPE = re.compile(
    r"(?:\w*Article|BlogPosting|Report|ReportageNewsArticle|SocialMediaPosting|Review|WebPage)$"
)
_SEPARATOR = re.compile(r"\s+[|\-–—\\/>»]\s+")
_BYLINE_NAME = re.compile(r"byline|author|dateline|writtenby|p-author", re.IGNORECASE)
_LONGEST_BYLINE = 100
_NO_BYLINE = names("html head body meta link script style template noscript nav")
_DEEPEST_JSON = 12


def page_metadata(root: Element) -> Metadata:
    """Collect the page's metadata: JSON-LD before meta tags before what the page shows."""
    meta = _meta_tags(root)
    data = _json_ld(root)
    title = _first(data.get("headline"), data.get("name"), *(meta.get(key) for key in _TITLE_KEYS))
    byline = _first(data.get("author"), *(_person(meta.get(key)) for key in _BYLINE_KEYS))
    address = _first(_canonical(root), *(meta.get(key) for key in _ADDRESS_KEYS), data.get("url"))
    return Metadata(
        title=title or _shown_title(root),
        byline=byline or _shown_byline(root),
        date=_date(root, data, meta),
        site=_first(*(meta.get(key) for key in _SITE_KEYS), data.get("publisher")),
        language=_first(root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang")),
        address=address if _is_web(address) else "",
    )


def resolver(root: Element, address: str) -> Callable[[str], str]:
    """Return a function that makes a link's target whole; targets that are no web or mail address are ""."""
    base = root.find(".//base[@href]")
    start = address
    if base is not None:
        start = _joined(address, base.get("href"))

    def resolve(target: str) -> str:
        whole = _joined(start, clean(target.strip()))
        return whole if whole.lower().startswith(("http://", "https://", "mailto:")) else ""

    return resolve


def _joined(base: str, target: str) -> str:
    try:
        return urljoin(base, target)
    except ValueError:
        return ""


def _is_web(address: str) -> bool:
    """Tell whether `address` is a web address."""
    try:
        return urlsplit(address).scheme in ("http", "https")
    except ValueError:
        return False


def _first(*values: str | None) -> str:
    """Return the first value with something in it, on one line."""
    return next((line for value in values if value and (line := one_line(clean(value)))), "")


def _person(value: str | None) -> str | None:
    """Return the value unless it is the address of a profile instead of a name."""
    return None if value and _is_web(value.strip()) else value


def _meta_tags(root: Element) -> dict[str, str]:
    """Return the content of the meta tags by their lower-case names; the first of a name counts."""
    found: dict[str, str] = {}
    for tag in root.iter("meta"):
        content = tag.get("content")
        if not content or not content.strip():
            continue
        for attribute in ("property", "name", "itemprop"):
            for key in (tag.get(attribute) or "").lower().split():
                found.setdefault(re.sub(r"^(dc|dcterms?)\.", r"\1:", key), content)
    return found


# ---------------------------------------------------------------- JSON-LD


def _json_ld(root: Element) -> dict[str, str]:
    """Return what the first article described in the page's JSON-LD says, as plain strings."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        source = re.sub(r"^\s*(?:<!\[CDATA\[|<!--)|(?:\]\]>|-->)\s*$", "", script.text or "")
        try:
            tree = json.loads(source)
        except (ValueError, RecursionError):
            continue  # A page whose own description is broken still has its meta tags.
        for thing in _things(tree, _DEEPEST_JSON):
            kinds = thing.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(name, str) and _ARTICLE_TYPE.match(name) for name in names):
                fields = {
                    "headline": thing.get("headline"),
                    "name": thing.get("name"),
                    "author": thing.get("author"),
                    "publisher": thing.get("publisher"),
                    "date": thing.get("datePublished") or thing.get("dateModified"),
                    "url": thing.get("url"),
                }
                return {key: text for key, value in fields.items() if (text := _plain(value))}
    return {}


def _things(tree: object, depth: int) -> Iterator[dict[str, Any]]:
    if not depth:
        return
    if isinstance(tree, dict):
        yield tree
        yield from _things(tree.get("@graph"), depth - 1)
    elif isinstance(tree, list):
        for item in tree:
            yield from _things(item, depth - 1)


def _plain(value: object) -> str:
    """Return a JSON-LD value as text: a string, the name of a thing, or several joined by commas."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        name = value.get("name")
        return name if isinstance(name, str) else ""
    if isinstance(value, list):
        return ", ".join(filter(None, (_plain(item) for item in value if not isinstance(item, list))))
    return ""


# ---------------------------------------------------------------- what the page shows


def _shown_title(root: Element) -> str:
    """Return the page's <title> without the name of the site, or its only h1."""
    element = root.find(".//title")
    whole = one_line(element.text or "") if element is not None else ""
    headings = [text for h1 in root.iter("h1") if not is_hidden(h1) and (text := _text(h1))]
    title = _without_site(whole, {*headings, *map(_text, root.iter("h2"))})
    odd = not 15 <= len(whole) <= 150
    if not whole or (title == whole and odd and len(headings) == 1 and len(headings[0].split()) > 4):
        title = headings[0] if headings else ""
    return clean(title)


def _without_site(whole: str, headings: set[str]) -> str:
    """Return a page's <title> without the site's name before or after it."""
    separators = list(_SEPARATOR.finditer(whole))
    title = whole
    if separators:
        title = whole[: separators[-1].start()]
        if len(title.split()) < 3:
            title = whole[separators[0].end() :]
    elif ": " in whole and whole not in headings and len(whole.split(":")[0].split()) <= 5:
        title = whole.rpartition(":")[2].strip()
        if len(title.split()) < 3:
            title = whole.partition(":")[2].strip()
    # So few words are no headline: the separator belonged to it.
    return title if separators or len(title.split()) > 4 else whole


def _shown_byline(root: Element) -> str:
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in _NO_BYLINE or not _names_author(element):
            continue
        named = element.find(".//*[@itemprop='name']")
        text = _text(named if named is not None else element)
        # Several links are a menu about accounts, not the name of a writer.
        if 0 < len(text) < _LONGEST_BYLINE and not is_hidden(element) and len(element.findall(".//a")) < 4:
            return clean(text)
    return ""


def _names_author(element: Element) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return (
        element.get("rel") == "author"
        or "author" in (element.get("itemprop") or "")
        or _BYLINE_NAME.search(names) is not None
    )


def _text(element: Element) -> str:
    return one_line("".join(element.itertext()))


def _date(root: Element, data: dict[str, str], meta: dict[str, str]) -> str:
    times = (time.get("datetime") or _text(time) for time in root.iter("time"))
    marked = (
        element.get("content") or element.get("datetime") or _text(element)
        for element in root.iterfind(".//*[@itemprop='datePublished']")
    )
    for value in (data.get("date"), *(meta.get(key) for key in _DATE_KEYS), *marked, *times):
        when = iso_date(value.strip()) if value else ""
        if when:
            return when
    return ""


def _canonical(root: Element) -> str | None:
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and _is_web(link.get("href") or ""):
            return str(link.get("href"))
    return None
