"""What a web page says about itself in JSON-LD, as plain strings. Knows the vocabulary, runs no scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reader.formats.markup import Element, names

_ARTICLE = re.compile(
    r"(?:https?://schema\.org/)?(?:\w*Article|BlogPosting|LiveBlogPosting|DiscussionForumPosting|Report|"
    r"ReportageNewsArticle|SocialMediaPosting|Review|CreativeWork|\w+NewsArticle)$"
)
_PAGE = re.compile(r"(?:https?://schema\.org/)?(?:\w*WebPage|ItemPage)$")
_SITE = re.compile(r"(?:https?://schema\.org/)?(?:WebSite|NewsMediaOrganization|Organization)$")
_INSIDE = names("@graph mainEntity mainEntityOfPage itemListElement item hasPart")
_DEEPEST = 12
_MOST_THINGS = 2000
_WRAPPING = re.compile(
    r"^\s*(?:(?://|/\*)?\s*<!\[CDATA\[(?:\*/)?|<!--)|(?:(?://|/\*)?\s*\]\]>(?:\*/)?|-->)\s*$"
)


@dataclass(frozen=True, slots=True)
class Description:
    """What a page says of its article; "" for what it does not say. `names` are possible titles."""

    names: tuple[str, ...] = ()
    author: str = ""
    publisher: str = ""
    published: str = ""
    modified: str = ""
    language: str = ""
    address: str = ""
    body: str = ""
    page_name: str = ""


def description(root: Element) -> Description:
    """Return what the page's JSON-LD says: of its first article, else of the page itself."""
    things: list[dict[str, Any]] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            things.extend(_things(_WRAPPING.sub("", script.text or ""), _MOST_THINGS - len(things)))
    by_name = {
        thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str) and "name" in thing
    }
    site = next((_plain(thing.get("name"), by_name) for thing in things if _is(thing, _SITE)), "")
    page = next((thing for thing in things if _is(thing, _PAGE)), {})
    article = next((thing for thing in things if _is(thing, _ARTICLE)), page)
    own = article is not page

    def said(*keys: str) -> str:
        values = (thing.get(key) for thing in (article, page) for key in keys)
        return next((text for value in values if (text := _plain(value, by_name))), "")

    headlines = (_plain(article.get(key), by_name) for key in ("headline", "name", "alternativeHeadline"))
    return Description(
        names=tuple(filter(None, headlines)) if own else (),
        author=said("author") or said("creator"),
        publisher=_plain(article.get("publisher"), by_name) or site,
        published=said("datePublished", "dateCreated"),
        modified=said("dateModified"),
        language=said("inLanguage"),
        address=said("url", "mainEntityOfPage", "@id"),
        body=_plain(article.get("articleBody"), by_name),
        page_name=_plain(page.get("headline"), by_name) or _plain(page.get("name"), by_name),
    )


def _is(thing: dict[str, Any], kinds: re.Pattern[str]) -> bool:
    kind = thing.get("@type")
    named = kind if isinstance(kind, list) else [kind]
    return any(isinstance(name, str) and kinds.match(name) is not None for name in named)


def _things(source: str, most: int) -> list[dict[str, Any]]:
    try:
        tree = json.loads(source, strict=False)
    except (ValueError, RecursionError):
        return []  # A page whose own description is broken still has its meta tags.
    found: list[dict[str, Any]] = []
    for thing in _inside(tree, _DEEPEST):
        if len(found) >= most:
            break
        found.append(thing)
    return found


def _inside(tree: object, depth: int) -> Iterator[dict[str, Any]]:
    if not depth:
        return
    if isinstance(tree, dict):
        yield tree
        for key in _INSIDE:
            yield from _inside(tree.get(key), depth - 1)
    elif isinstance(tree, list):
        for item in tree:
            yield from _inside(item, depth - 1)


def _plain(value: object, by_name: dict[str, dict[str, Any]]) -> str:
    """Return a JSON-LD value as text: a string, the name of a thing, or several joined by commas."""
    if isinstance(value, list):
        texts = (_plain(item, by_name) for item in value if not isinstance(item, list))
        return ", ".join(dict.fromkeys(filter(None, texts)))
    if isinstance(value, dict):
        name = value.get("name", value.get("@value"))
        if name is None and isinstance(value.get("@id"), str):
            # Said elsewhere on the page, or by its address alone.
            name = by_name.get(value["@id"], {}).get("name", value["@id"])
        if isinstance(name, list):
            name = next(iter(name), None)
        value = name
    return value if isinstance(value, str) else ""
