"""Where the links within a page lead: places with a name, footnotes, and references to them. Sets nothing."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

Element = Any
"""An lxml element; lxml has no types of its own."""

_REFERENCE = frozenset(("doc-noteref", "noteref", "footnote-ref", "footnoteref", "footnote-reference"))
_NOTE = frozenset(("doc-footnote", "doc-endnote", "footnote", "endnote", "rearnote"))
_NOTES = frozenset(
    (
        "doc-endnotes", "footnotes", "endnotes", "rearnotes", "references", "reflist",
        "footnote-list", "footnotes-list", "notes",
    )
)  # fmt: skip
_BACK = frozenset(("doc-backlink", "backlink", "footnote-back", "footnote-backref", "reversefootnote"))
# What a note can be; a link into a heading or a table leads to no note.
_HOLDERS = ("p", "li", "aside", "div", "dd", "section")
_INLINE = ("a", "span", "sup", "b", "i", "em", "strong", "small")
_UP = 4  # how many elements up something that belongs to an element is looked for
_LONGEST_NOTE, _LONGEST_MARKER = 6000, 6


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: the name that links call it by, its marker, the name of its reference's place.

    `apart` is true for one that stands in the middle of the text that it belongs to.
    """

    name: str
    marker: str
    back: str
    apart: bool = False


@dataclass(slots=True)
class Places:
    """What is known of one tree, by element, once `survey` has looked at it."""

    names: dict[Element, str] = field(default_factory=dict)
    notes: dict[Element, Note] = field(default_factory=dict)
    references: dict[Element, str] = field(default_factory=dict)
    """The links that refer to a note, and the name of the place where each stands."""
    no_notes: set[str] = field(default_factory=set)
    """Names that links refer to like notes, and that are none."""


def kinds(element: Element) -> frozenset[str]:
    """Return the words that say what an element is for: its role, its type in a book, its classes."""
    words = f"{element.get('role') or ''} {element.get('epub:type') or ''} {element.get('class') or ''}"
    return frozenset(words.lower().split()) if len(words) > 2 else frozenset()


def is_back_link(link: Element) -> bool:
    """Tell whether a link leads from a note back to the text: it says so, or is a number or an arrow."""
    return bool(kinds(link) & _BACK) or len(_text(link, 12).strip()) <= _LONGEST_MARKER


def survey(
    root: Element,
    *,
    name_of: Callable[[str], str],
    wanted: Container[str],
    resolve: Callable[[str], str],
    noted: dict[str, Note],
) -> Places:
    """Find the places of a tree that links lead to, and the notes among them.

    `name_of` makes a name of an element's id; `resolve` makes "#" and a name of a link within the document.
    `noted` holds the notes referred to so far, by name, those of earlier trees too, and is added to.
    """
    places = Places()
    taken: dict[str, Element] = {}
    for element in root.xpath("descendant-or-self::*[@id] | descendant-or-self::a[@name]"):
        for key in (element.get("id"), element.get("name") if element.tag == "a" else None):
            name = name_of(key) if key else ""
            if name and name in wanted and name not in taken:
                taken[name] = element
                places.names.setdefault(element, name)
    for name, element in taken.items():
        if name in noted:
            _add_note(places, element, noted[name], None)
    for link in root.iter("a"):
        target = resolve(link.get("href") or "") if _refers(link) else ""
        if not target.startswith("#") or target[1:] in places.no_notes:
            continue
        if not _is_inside_note(link, places, noted):
            _refer(places, link, target[1:], taken, noted)
    return places


def _refer(
    places: Places, link: Element, name: str, taken: dict[str, Element], noted: dict[str, Note]
) -> None:
    """Note that `link` refers to the note called `name`, where that is one or lies in another tree."""
    own = next((places.names[e] for e in _upwards(link) if e in places.names), "")
    back = own or f"to {name}"
    note = noted.get(name) or Note(name, _marker(link), back)
    element = taken.get(name)
    if element is not None and name not in noted and not _add_note(places, element, note, link):
        places.no_notes.add(name)
        return
    noted.setdefault(name, note)
    places.references[link] = back


def _add_note(places: Places, element: Element, note: Note, link: Element | None) -> bool:
    """Remember the note that `element` is or begins; tell whether it is one."""
    holder = _holder(element)
    if holder is None or (link is not None and holder in set(islice(link.iterancestors(), 40))):
        return False
    said = kinds(holder)
    listed = any(kinds(parent) & _NOTES for parent in islice(holder.iterancestors(), _UP))
    if not said & _NOTE and not listed and len(_text(holder, _LONGEST_NOTE)) >= _LONGEST_NOTE:
        return False
    apart = not listed and holder.tag != "li" and (holder.tag == "aside" or "doc-footnote" in said)
    places.notes.setdefault(holder, Note(note.name, note.marker, note.back, apart))
    places.names.pop(element, None)
    return True


def _holder(element: Element) -> Element | None:
    """Return the element that is the note which `element` is, or stands at the beginning of."""
    for candidate in _upwards(element):
        if candidate.tag in _HOLDERS:
            return candidate
        if candidate.tag not in _INLINE:
            return None
    return None


def _refers(link: Element) -> bool:
    if "#" not in (link.get("href") or ""):
        return False
    said = kinds(link)
    if said & _BACK:
        return False
    # A link around a raised number, or a raised link.
    return (
        bool(said & _REFERENCE)
        or any(element.tag == "sup" for element in _upwards(link))
        or (len(link) == 1 and link[0].tag == "sup" and not (link.text or "").strip())
    )


def _is_inside_note(link: Element, places: Places, noted: dict[str, Note]) -> bool:
    return any(
        element in places.notes or places.names.get(element, "") in noted for element in _upwards(link, 6)
    )


def _upwards(element: Element, up: int = _UP) -> list[Element]:
    return [element, *islice(element.iterancestors(), up)]


def _marker(link: Element) -> str:
    text = _text(link, 40).strip().strip("[](){} ")
    return text if len(text) <= _LONGEST_MARKER else ""


def _text(element: Element, limit: int) -> str:
    """Return about the first `limit` characters of an element's text."""
    found, length = [], 0
    for text in islice(element.itertext(), limit):
        found.append(text)
        length += len(text)
        if length >= limit:
            break
    return "".join(found)
