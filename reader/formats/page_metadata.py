"""What a web page says about itself: title, byline, date, site, language, address. Reads only the tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import islice
from urllib.parse import urljoin, urlsplit

from reader.document import Metadata
from reader.formats.article_parts import LONGEST_BYLINE, is_alike, names_author, short_text
from reader.formats.blocks import clean
from reader.formats.byline import tidy
from reader.formats.dates import iso_date
from reader.formats.markup import Element, is_hidden, names
from reader.formats.page_description import Description, description
from reader.text import one_line

_TITLE_KEYS = names(
    "dc:title dcterm:title dcterms:title og:title weibo:article:title weibo:webpage:title title "
    "twitter:title parsely-title sailthru:title citation_title"
)
_BYLINE_KEYS = names(
    "dc:creator dcterm:creator dcterms:creator author article:author og:article:author parsely-author "
    "sailthru:author citation_author byl creator"
)
_DATE_KEYS = names(
    "article:published_time og:article:published_time parsely-pub-date datepublished dc:date dcterms:date "
    "dc:date:issued dc:date:created dcterms:created dcterms:issued citation_publication_date citation_date "
    "article:published pubdate publishdate publish-date publish_date date sailthru:date"
)
_CHANGED_KEYS = names("article:modified_time og:updated_time dc:date:modified dcterms:modified")
_SITE_KEYS = names("og:site_name dc:publisher dcterms:publisher citation_journal_title application-name")
_ADDRESS_KEYS = names("og:url twitter:url parsely-link dc:identifier")
_DOTTED = ("dc.", "dcterm.", "dcterms.", "og.", "twitter.", "parsely.", "sailthru.")
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s<>\"]{1,2000})",
    re.I,
)
_SEPARATOR = re.compile(r"\s+[|\-–—\\/>»]\s+")
_LONGEST_TITLE = 500
_LONGEST_DATE = 100
_MOST_PEOPLE = 20
_LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(?:-[a-zA-Z0-9]{1,8}){0,4}")
_NO_BYLINE = names("html head body meta link script style template noscript nav")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says about itself: its metadata, and its text where it describes that too."""

    metadata: Metadata
    body: str = ""


def page_facts(root: Element, source: str = "") -> PageFacts:
    """Collect what the page says: JSON-LD before meta tags before what the page shows.

    `source` is the text of the page, for what the tree has lost: the comment of a browser that says
    from where it was saved.
    """
    meta = _meta_tags(root)
    data = description(root)
    site = _first(data.publisher, *(_one(meta, key) for key in _SITE_KEYS))
    title = _first(_described_title(root, data), *(_one(meta, key) for key in _TITLE_KEYS))
    metadata = Metadata(
        title=title or _shown_title(root) or _first(data.page_name),
        byline=_byline(root, data, meta, site),
        date=_date(root, data, meta),
        site=site,
        language=_language(root, data, meta),
        address=_address(root, data, meta, source),
    )
    return PageFacts(metadata, data.body)


def saved_from(source: str) -> str:
    """Return the address that a browser wrote into the head of a page when it saved it, or ""."""
    found = _SAVED_FROM.search(source[:4096])
    return found[1] if found and _is_web(found[1]) else ""


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
    return next((line for value in values if value and (line := _line(value))), "")


def _line(value: str) -> str:
    # Pages often escape twice what they say of themselves.
    return one_line(clean(unescape(value) if "&" in value else value))


def _meta_tags(root: Element) -> dict[str, list[str]]:
    """Return the contents of the meta tags by their lower-case names, in order."""
    found: dict[str, list[str]] = {}
    for tag in root.iter("meta"):
        content = tag.get("content")
        if not content or not content.strip():
            continue
        keys = {
            key for name in ("property", "name", "itemprop") for key in (tag.get(name) or "").lower().split()
        }
        for key in keys:
            name = key.replace(".", ":") if key.startswith(_DOTTED) else key
            found.setdefault(name, []).append(content)
        if (tag.get("http-equiv") or "").lower() == "content-language":
            found.setdefault("content-language", []).append(content)
    return found


def _one(meta: dict[str, list[str]], key: str) -> str | None:
    return meta[key][0] if key in meta else None


# ---------------------------------------------------------------- one field each


def _described_title(root: Element, data: Description) -> str:
    """Return the described headline, or the name where that is more like the page's own <title>."""
    if len(data.names) < 2:
        return _first(*data.names)
    element = root.find(".//title")
    shown = element.text if element is not None and element.text else ""
    alike = [name for name in data.names if is_alike(shown[:_LONGEST_TITLE], _line(name))]
    return _first(*alike, *data.names)


def _byline(root: Element, data: Description, meta: dict[str, list[str]], site: str) -> str:
    """Return who wrote the article; several people as one line, parted by commas."""
    for key in ("", *_BYLINE_KEYS):
        told = meta.get(key, []) if key else [data.author]
        people = [tidy(line, site) for value in told if (line := _line(value)) and not _is_web(line)]
        byline = ", ".join(dict.fromkeys(person for person in people[:_MOST_PEOPLE] if person))
        if byline:
            return byline
    return next(filter(None, (tidy(text, site) for text in islice(_shown_bylines(root), _MOST_PEOPLE))), "")


def _language(root: Element, data: Description, meta: dict[str, list[str]]) -> str:
    told = _first(
        root.get("lang"),
        root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        *(_one(meta, key) for key in ("content-language", "og:locale", "dc:language", "dcterms:language")),
        data.language,
    )
    language = told.split(",")[0].strip().replace("_", "-")
    return language if _LANGUAGE.fullmatch(language) else ""


def _address(root: Element, data: Description, meta: dict[str, list[str]], source: str) -> str:
    """Return the page's address; one that names only the site counts less than one of a page."""
    saved = saved_from(source)
    base = saved or _first(*(_one(meta, key) for key in _ADDRESS_KEYS))
    told = [_canonical(root, base), *(_one(meta, key) for key in _ADDRESS_KEYS), data.address, saved]
    whole = [address for value in told if value and _is_web(address := _line(value))]
    pages = [address for address in whole if urlsplit(address).path.strip("/") or urlsplit(address).query]
    return _first(*pages, *whole)


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


def _shown_bylines(root: Element) -> Iterator[str]:
    """Yield the texts of the elements that say of themselves that they hold a byline."""
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in _NO_BYLINE or not names_author(element):
            continue
        text = short_text(element, LONGEST_BYLINE)
        # Several links are a menu about accounts, not the name of a writer.
        if text and not is_hidden(element) and len(element.findall(".//a")) < 4:
            named = element.find(".//*[@itemprop='name']")
            yield clean(short_text(named, LONGEST_BYLINE) or text if named is not None else text)


def _text(element: Element) -> str:
    return one_line("".join(element.itertext()))


def _date(root: Element, data: Description, meta: dict[str, list[str]]) -> str:
    """Return the day of publication, else that of the last change."""
    for value in (
        data.published,
        *(_one(meta, key) for key in _DATE_KEYS),
        *_marked_dates(root),
        data.modified,
        *(_one(meta, key) for key in _CHANGED_KEYS),
    ):
        when = iso_date(value.strip()) if value else ""
        if when:
            return when
    return ""


def _marked_dates(root: Element) -> Iterator[str]:
    """Yield the dates that the page shows: those said to be of publication first."""
    for element in root.iterfind(".//*[@itemprop='datePublished']"):
        yield element.get("content") or element.get("datetime") or short_text(element, _LONGEST_DATE) or ""
    times = list(root.iter("time"))
    for time in sorted(times, key=lambda time: not _is_published(time)):
        yield time.get("datetime") or short_text(time, _LONGEST_DATE) or ""


def _is_published(time: Element) -> bool:
    return time.get("pubdate") is not None or "publish" in (time.get("class") or "").lower()


def _canonical(root: Element, base: str) -> str | None:
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            return _joined(base, link.get("href"))
    return None
