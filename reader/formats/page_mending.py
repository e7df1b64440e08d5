"""Mending pages that are broken or empty before their scripts run. Works on a tree; runs no script."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from html import escape

from reader.formats import markup
from reader.formats.markup import Element, is_hidden

_TAGS = re.compile(r"</p>|<br\b", re.IGNORECASE)
_NOTHING = 30
_LONGEST_NOFRAMES = 5_000_000
_DESCRIBED = (
    "This page shows next to nothing without its scripts, so the text that it gives to search engines is "
    "shown. Headings, links and pictures are not in it."
)
_HIDDEN = (
    "This page hides its text until its scripts run, which never happens here, so all that it hides is shown."
)


def mend(root: Element) -> None:
    """Bring all of a page's text into its one body, where a browser would show it."""
    for element in list(root.iter("noframes")):
        # The parser takes the part for browsers without frames for plain text.
        if element.text and "<" in element.text and len(element.text) <= _LONGEST_NOFRAMES:
            inner = _parsed(element.text)
            if inner is not None:
                element.text = None
                inner.tag = "div"
                element.append(inner)
    bodies = list(root.iter("body"))
    if not bodies:
        return
    first = bodies[0]
    for each in (root, first):
        # Pages hide themselves so until their scripts have run.
        for name in ("style", "hidden"):
            if is_hidden(each) and name in each.attrib:
                del each.attrib[name]
    if first.getparent() is root:
        for stray in list(first.itersiblings()):
            if stray.tag != "head":
                first.append(stray)
    for other in bodies[1:]:
        other.tag = "div"


def spare_texts(root: Element, described: str, shown: int) -> Iterator[tuple[Element, str]]:
    """Yield other trees to read where a page shows next to nothing, each with a sentence for the reader.

    `shown` is how many characters it shows; what is hidden on purpose stays so where there are some.
    """
    if next(root.iter("noscript"), None) is not None:
        page = copy.deepcopy(root)
        for element in page.iter("noscript"):
            element.tag = "div"
        yield page, ""
    if described.strip() and (page := _described(described)) is not None:
        yield page, _DESCRIBED
    if shown > _NOTHING:
        return
    page = copy.deepcopy(root)
    for element in page.iter():
        if element.tag == "template":
            element.tag = "div"
        for name in ("style", "hidden", "aria-hidden"):
            if name in element.attrib:
                del element.attrib[name]
    yield page, _HIDDEN


def _described(text: str) -> Element | None:
    if not _TAGS.search(text):
        text = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines())
    return _parsed(text)


def _parsed(source: str) -> Element | None:
    try:
        root = markup.parse(source)
    except markup.TooDeep:
        root = markup.parse(markup.flattened(source))
    if root is None:
        return None
    body = root.find(".//body")
    return root if body is None else body
