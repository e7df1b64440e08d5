"""The styles of a Word document, resolved: what a paragraph is and how characters look. Counts nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from reader.document import BlockKind, StyleKind
from reader.formats.blocks import Mark
from reader.formats.office.common import attribute, child, whole_number
from reader.formats.web.markup import names
from reader.formats.xml import Element, local

_NO = frozenset({"0", "false", "off", "none"})
_BETWEEN = re.compile(r"[\s_-]+")
_HEADING = re.compile(r"heading([1-9])")
_KINDS = {
    "title": BlockKind.TITLE,
    # Based on the title, and none.
    "subtitle": BlockKind.PARAGRAPH,
    "author": BlockKind.PARAGRAPH,
    "date": BlockKind.PARAGRAPH,
    "quote": BlockKind.QUOTE,
    "intensequote": BlockKind.QUOTE,
    "blocktext": BlockKind.QUOTE,
    "blockquote": BlockKind.QUOTE,
    "blockquotation": BlockKind.QUOTE,
    "quotations": BlockKind.QUOTE,
    "caption": BlockKind.CAPTION,
    "imagecaption": BlockKind.CAPTION,
    "tablecaption": BlockKind.CAPTION,
    "htmlpreformatted": BlockKind.CODE,
    "preformattedtext": BlockKind.CODE,
    "sourcecode": BlockKind.CODE,
    "code": BlockKind.CODE,
    "macro": BlockKind.CODE,
    "macrotext": BlockKind.CODE,
}
_CODE_NAMES = frozenset(
    names(
        "htmlcode htmltypewriter htmlkeyboard htmlsample verbatimchar sourcetext code codechar inlinecode "
        "sourcecodechar"
    )
)
_DEEPEST_CHAIN = 30
# Levels of a list, as many as Word has.
LEVELS = 9


def is_on(element: Element | None) -> bool | None:
    """Return what a switch says, or None where there is no switch."""
    if element is None:
        return None
    return attribute(element, "val").lower() not in _NO


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands in a list: which numbering, at which level from 0; "0" is none."""

    number: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """What the styles say of a paragraph or of characters; None where they say nothing."""

    kind: BlockKind | None = None
    level: int = 0
    place: Place = Place()
    bold: bool | None = None
    italic: bool | None = None
    raised: bool | None = None
    code: bool | None = None
    hidden: bool | None = None

    def marks(self) -> tuple[Mark, ...]:
        """Return the inline styles of characters that look like this."""
        kinds = (
            (self.bold, StyleKind.STRONG),
            (self.italic, StyleKind.EMPHASIS),
            (self.code, StyleKind.CODE),
            (self.raised, StyleKind.RAISED),
        )
        return tuple((kind, "") for is_so, kind in kinds if is_so)

    def under(self, own: Look) -> Look:
        """Return this look with what `own` says put over it."""
        said = {
            name: value
            for name in ("kind", "bold", "italic", "raised", "code", "hidden")
            if (value := getattr(own, name)) is not None
        }
        place = Place(own.place.number or self.place.number, own.place.level or self.place.level)
        return replace(self, **said, level=own.level or self.level, place=place)


def characters(properties: Element | None) -> Look:
    """Return what the properties of a run say."""
    if properties is None:
        return Look()
    said: dict[str, Any] = {}
    for each in properties:
        name = local(each)
        if name == "b":
            said["bold"] = is_on(each)
        elif name == "i":
            said["italic"] = is_on(each)
        elif name in ("vanish", "specVanish"):
            said["hidden"] = is_on(each)
        elif name == "vertAlign":
            said["raised"] = attribute(each, "val") == "superscript"
    return Look(**said)


def place_in_list(properties: Element | None) -> Place:
    """Return where the properties of a paragraph put it in a list."""
    numbering = child(properties, "numPr")
    if numbering is None:
        return Place()
    level = whole_number(attribute(child(numbering, "ilvl"), "val"))
    return Place(attribute(child(numbering, "numId"), "val"), min(max(level, 0), LEVELS - 1))


def outline(properties: Element | None) -> int:
    """Return the level of a heading that the properties of a paragraph give it, or 0."""
    level = whole_number(attribute(child(properties, "outlineLvl"), "val"), otherwise=LEVELS)
    return min(level + 1, 6) if 0 <= level < LEVELS else 0


def plain(name: str) -> str:
    """Return the name of a style for comparing: small, without blanks and dashes."""
    return _BETWEEN.sub("", name.lower())


def named(name: str, identity: str) -> tuple[BlockKind | None, int]:
    """Return what the names of a style make a paragraph, and its level; None where they say nothing."""
    for each in (plain(name), plain(identity)):
        heading = _HEADING.fullmatch(each)
        if heading:
            return BlockKind.HEADING, min(int(heading[1]), 6)
        if each in _KINDS:
            return _KINDS[each], 0
    return None, 0


class Styles:
    """The styles by their ids, those that they are based on taken into account."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._found: dict[str, Look] = {"": Look()}
        for style in root if root is not None else ():
            if local(style) == "style":
                self._elements.setdefault(attribute(style, "styleId"), style)

    def look(self, style: str) -> Look:
        """Return how paragraphs or characters of a style look."""
        if style not in self._found:
            chain: list[str] = []
            at = style
            while at and at not in chain and len(chain) < _DEEPEST_CHAIN:
                chain.append(at)
                at = attribute(child(self._elements.get(at), "basedOn"), "val")
            look = Look()
            for each in reversed(chain):
                look = look.under(self._own(each))
            self._found[style] = look
        return self._found[style]

    def list_of(self, style: str) -> str:
        """Return the numbering that a list style stands for."""
        return place_in_list(child(self._elements.get(style), "pPr")).number

    def _own(self, style: str) -> Look:
        element = self._elements.get(style)
        properties = child(element, "pPr")
        name = attribute(child(element, "name"), "val")
        look = characters(child(element, "rPr"))
        kind, level = named(name, style)
        if kind is None or (kind is BlockKind.PARAGRAPH and outline(properties)):
            level = outline(properties)
            kind = BlockKind.HEADING if level else kind
        name, identity = plain(name), plain(style)
        place = place_in_list(properties)
        if not place.number and name.startswith("listbullet"):
            place = Place("bullet", whole_number(name[-1:], otherwise=1) - 1)
        if name in _CODE_NAMES or identity in _CODE_NAMES:
            look = replace(look, code=True)
        return replace(look, kind=kind, level=level, place=place)
