"""The styles and lists of an OpenDocument text: what a paragraph is, how it looks, what it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from reader.document import BlockKind, StyleKind
from reader.formats.blocks import Mark
from reader.formats.office.common import attribute, bullet, child, whole_number
from reader.formats.office.counting import letters, roman
from reader.formats.web.markup import names
from reader.formats.xml import Element, local

_KINDS = {
    "title": BlockKind.TITLE,
    "subtitle": BlockKind.PARAGRAPH,
    "quotations": BlockKind.QUOTE,
    "quote": BlockKind.QUOTE,
    "intense quote": BlockKind.QUOTE,
    "preformatted text": BlockKind.CODE,
    "source code": BlockKind.CODE,
    "caption": BlockKind.CAPTION,
    "illustration": BlockKind.CAPTION,
    "figure": BlockKind.CAPTION,
    "table": BlockKind.CAPTION,
    "drawing": BlockKind.CAPTION,
}
_CODE_NAMES = frozenset(names("source_text teletype user_entry verbatim example"))
_HEADING = re.compile(r"heading ([1-9]|10)")
_ESCAPED = re.compile(r"_([0-9a-f]{2,4})_")
_DEEPEST_CHAIN = 30
_BOLD = 600
LEVELS = 10


@dataclass(frozen=True, slots=True)
class Look:
    """What styles say of a paragraph or of characters; `marks` are those that were set by hand."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    marks: tuple[Mark, ...] = ()
    hidden: bool = False
    list_style: str = ""


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How one level of a list counts; `format` is "" for no number and "•" for a bullet."""

    format: str = ""
    before: str = ""
    after: str = ""
    start: int = 1
    shown: int = 1


@dataclass(slots=True)
class Counting:
    """The numbers of a list that goes on."""

    counters: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


def readable(name: str) -> str:
    """Return the name of a style as a person reads it: "Heading_20_1" is "Heading 1"."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), name)


class Styles:
    """The styles of a document, common ones and those that stand for formatting by hand."""

    def __init__(self, roots: list[Element]) -> None:
        self._elements: dict[tuple[str, str], tuple[Element, bool]] = {}
        self._lists: dict[str, dict[int, ListLevel]] = {}
        self._found: dict[tuple[str, str], Look] = {}
        self.outline: dict[int, ListLevel] = {}
        for root in roots:
            for group in root:
                by_hand = local(group) == "automatic-styles"
                if by_hand or local(group) == "styles":
                    self._gather(group, by_hand)

    def look(self, family: str, name: str) -> Look:
        """Return how the paragraphs ("paragraph") or characters ("text") of a style look."""
        key = family, name
        if key not in self._found:
            self._found[key] = self._looked(family, name)
        return self._found[key]

    def level(self, name: str, depth: int) -> ListLevel:
        """Return how a level (from 1) of a list style counts; a style that is not there has bullets."""
        return self._lists.get(name, {}).get(depth, ListLevel("•"))

    def _gather(self, group: Element, by_hand: bool) -> None:
        for style in group:
            kind, name = local(style), attribute(style, "name")
            if kind == "style":
                self._elements[attribute(style, "family"), name] = style, by_hand
            elif kind == "list-style":
                self._lists[name] = _levels(style)
            elif kind == "outline-style":
                self.outline = _levels(style)

    def _looked(self, family: str, name: str) -> Look:
        chain: list[tuple[str, Element, bool]] = []
        seen: set[str] = set()
        while name and name not in seen and len(seen) < _DEEPEST_CHAIN:
            seen.add(name)
            element, by_hand = self._elements.get((family, name), (None, False))
            chain.append((name, element, by_hand))
            name = attribute(element, "parent-style-name")
        look = Look()
        said: dict[StyleKind, bool] = {}
        for each, element, by_hand in reversed(chain):
            look = _named(look, family, each, element)
            own = child(element, "text-properties")
            if own is not None:
                look = replace(
                    look, hidden=(attribute(own, "display") or str(look.hidden)) in ("none", "True")
                )
                if by_hand or family == "text":
                    said.update(_formatted(own))
            code = readable(each).lower().replace(" ", "_") in _CODE_NAMES
            if code and family == "text":
                said[StyleKind.CODE] = True
        return replace(look, marks=tuple((kind, "") for kind, is_so in said.items() if is_so))


def _named(look: Look, family: str, name: str, element: Element | None) -> Look:
    if family != "paragraph":
        return look
    shown = readable(name).lower()
    heading = _HEADING.fullmatch(shown)
    level = int(heading[1]) if heading else whole_number(attribute(element, "default-outline-level"))
    if shown in _KINDS:
        look = replace(look, kind=_KINDS[shown], level=0)
    elif level > 0:
        look = replace(look, kind=BlockKind.HEADING, level=min(level, 6))
    listed = attribute(element, "list-style-name")
    return replace(look, list_style=listed) if listed else look


def _formatted(properties: Element) -> dict[StyleKind, bool]:
    said: dict[StyleKind, bool] = {}
    weight = attribute(properties, "font-weight")
    if weight:
        said[StyleKind.STRONG] = weight == "bold" or whole_number(weight) >= _BOLD
    slant = attribute(properties, "font-style")
    if slant:
        said[StyleKind.EMPHASIS] = slant in ("italic", "oblique")
    place = attribute(properties, "text-position").split()
    if place:
        said[StyleKind.RAISED] = place[0] == "super" or whole_number(place[0].rstrip("%")) > 0
    return said


def _levels(style: Element) -> dict[int, ListLevel]:
    found: dict[int, ListLevel] = {}
    for each in style:
        depth = whole_number(attribute(each, "level"))
        if not 1 <= depth <= LEVELS:
            continue
        kind = local(each)
        if kind in ("list-level-style-number", "outline-level-style"):
            found[depth] = ListLevel(
                attribute(each, "num-format"),
                attribute(each, "num-prefix")[:20],
                attribute(each, "num-suffix")[:20],
                whole_number(attribute(each, "start-value"), otherwise=1),
                whole_number(attribute(each, "display-levels"), otherwise=1),
            )
        elif kind.startswith("list-level-style"):
            found[depth] = ListLevel("•")
    return found


def marker(counting: Counting, depth: int, level_of: dict[int, ListLevel], start: int | None = None) -> str:
    """Count one more item at a depth from 1; return what stands before it."""
    counters = counting.counters
    level = level_of.get(depth) or ListLevel()
    before = counters[depth - 1]
    counters[depth - 1] = start if start is not None else level.start if before is None else before + 1
    for index in range(depth, LEVELS):
        counters[index] = None
    if level.format == "•":
        return bullet(depth)
    if not level.format:
        return ""
    numbers = []
    for each in range(max(1, depth - level.shown + 1), depth + 1):
        of = level_of.get(each) or ListLevel("1")
        value = counters[each - 1]
        if of.format and of.format != "•":
            numbers.append(numeral(of.start if value is None else value, of.format))
    return f"{level.before}{'.'.join(numbers)}{level.after}".strip()


def numeral(number: int, format: str) -> str:
    """Return a number as a list of LibreOffice writes it; what is not known is written in digits."""
    written = {"i": roman, "a": letters}.get(format.lower(), str)(number)
    return written.upper() if format.isupper() else written
