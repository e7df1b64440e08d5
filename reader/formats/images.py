"""The images of a page: what they say in words, and their bytes where these lie at hand. Fetches nothing."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from reader.formats.pictures import Pictures, is_tiny
from reader.text import one_line

Element = Any
"""An lxml element; lxml has no types of its own."""

PictureOf = Callable[[str], bytes | None]
"""The bytes of the picture at an address as a page writes it, or None; never from a network."""

_SOURCES = ("src", "data-src", "data-original", "data-lazy-src")
_LARGEST_DATA = 16 << 20
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
# Wider or higher pictures are shown; smaller ones are bullets, spacers and letters drawn as pictures.
_SMALLEST = 24
_LONGEST_ALT = 1000


def nothing(address: str) -> bytes | None:
    """There are no pictures at hand."""
    return None


def beside(read: PictureOf) -> PictureOf:
    """Return the pictures that lie in files beside a saved page; `read` reads one by its relative path."""

    def picture_of(address: str) -> bytes | None:
        path = unquote(address.split("#")[0].split("?")[0]).strip()
        if not path or _SCHEME.match(path) or path.startswith(("/", "\\")):
            return None
        return read(path)

    return picture_of


class Images:
    """Looks at the images of one document and keeps those that can be shown."""

    def __init__(self, pictures: Pictures, picture_of: PictureOf = nothing) -> None:
        self._pictures = pictures
        self._picture_of = picture_of

    def shown(self, element: Element) -> tuple[str, int | None] | None:
        """Return the words of an image and its number among the pictures; None where it shows nothing."""
        alt = alt_of(element)
        data = None if self._is_small(element) else self._data(element)
        if data and is_tiny(data):
            return None
        number = self._pictures.add(data)
        return (alt, number) if alt or number is not None else None

    def is_letter(self, element: Element, *, inside: bool) -> bool:
        """Tell whether an image stands for letters of the text, `inside` which it may lie."""
        alt = alt_of(element)
        kind = (element.get("class") or "").lower()
        drawn = self._is_small(element) or "math" in kind or "emoji" in kind
        return bool(alt) and (drawn or (inside and len(alt) <= 2))

    @staticmethod
    def _is_small(element: Element) -> bool:
        sides = [element.get(side) or "" for side in ("width", "height")]
        return all(side.isdecimal() and len(side) < 5 and int(side) < _SMALLEST for side in sides)

    def _data(self, element: Element) -> bytes | None:
        """Return the first bytes that show something, else what stands in until a page is scrolled."""
        stand_in = None
        for name in _SOURCES:
            address = (element.get(name) or "").strip()
            if not address:
                continue
            data = from_address(address) if address[:5].lower() == "data:" else self._picture_of(address)
            if data and not is_tiny(data):
                return data
            stand_in = stand_in or data
        return stand_in


def alt_of(element: Element) -> str:
    """Return what an image shows, in the words of the page."""
    return one_line((element.get("alt") or element.get("aria-label") or "")[:_LONGEST_ALT])


def from_address(address: str) -> bytes | None:
    """Return the bytes that a ``data:`` address holds, or None for what is broken or too large."""
    head, comma, body = address[5:].partition(",")
    if not comma or len(body) > _LARGEST_DATA:
        return None
    if ";base64" not in head.lower():
        return unquote_to_bytes(body)
    try:
        return base64.b64decode(unquote(body))
    except (binascii.Error, ValueError):
        return None  # the words of the image stand for it
