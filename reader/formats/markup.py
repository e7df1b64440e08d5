"""The source of a page made a tree of elements, and what its tags mean. Fetches nothing, runs nothing."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html

Element = Any
"""An lxml element; lxml has no types of its own."""


def names(words: str) -> tuple[str, ...]:
    """Return the words of a table of tags or keys."""
    return tuple(words.split())


# What is never text to read.
DROPPED = frozenset(
    names(
        "script style noscript template head title meta link iframe object embed applet svg canvas audio "
        "video button input select textarea option datalist dialog map area annotation annotation-xml"
    )
)
BREAKING = frozenset(
    names(
        "html body p div section article main header footer aside nav ul ol menu li dl dt dd "
        "blockquote pre figure figcaption table caption thead tbody tfoot tr td th h1 h2 h3 h4 h5 h6 "
        "hr address details summary fieldset legend center form hgroup search"
    )
)
# The ends are optional: what a hostile page leaves open would otherwise be searched for again and again.
_INVISIBLE = re.compile(r"<(script|style|template|title)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.I | re.S)
_TAG = re.compile(r"</?([a-zA-Z][\w:-]{0,40})[^<>]*>?")
# The parser lets these through, but no tree takes them back when its parts are moved.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# The parser drops all that follows these, while browsers take them for nothing.
_ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)


def parse(text: str) -> Element | None:
    """Return the root of a page, comments left out, or None when there is no element in it.

    Raises `TooDeep` for a page whose elements lie so deep in each other that the parser stops.
    """
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    try:
        text = _ENDS.sub("", _NO_XML.sub("", text))
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = None
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise TooDeep
    return root


class TooDeep(Exception):
    """The elements of a page lie deeper in each other than the parser goes (2,048 levels)."""


def flattened(text: str) -> str:
    """Return the source of a page with nothing but paragraphs in it, so that no text is out of reach."""
    text = _INVISIBLE.sub(" ", text)
    return _TAG.sub(lambda tag: "<p>" if tag[1].lower() in BREAKING or tag[1].lower() == "br" else "", text)


def is_hidden(element: Element) -> bool:
    """Tell whether a browser would not show the element."""
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style
