"""The lists of a Word document, which count as their paragraphs pass by. Writes no text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from reader.formats.office.common import attribute, bullet, child, whole_number
from reader.formats.office.counting import letters, ordinal, roman
from reader.formats.office.word_styles import LEVELS, Place, Styles, is_on
from reader.formats.xml import Element, local


@dataclass(slots=True)
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1
    restarts: bool = True
    legal: bool = False


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    counters: list[int | None] = field(default_factory=lambda: [None] * LEVELS)
    styles: dict[str, int] = field(default_factory=dict)
    link: str = ""


class Numbering:
    """The lists of a document, which count as their paragraphs pass by."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._lists: dict[str, _List] = {}
        self._numbers: dict[str, Element] = {}
        self._styles = styles
        self._begun: set[str] = set()
        self._own: dict[str, tuple[_List, dict[int, _Level]]] = {}
        for element in root if root is not None else ():
            if local(element) == "abstractNum":
                self._lists.setdefault(attribute(element, "abstractNumId"), _list(element))
            elif local(element) == "num":
                self._numbers.setdefault(attribute(element, "numId"), element)

    def level_of(self, place: Place, style: str) -> int:
        """Return the level in a list that is tied to a style, else the level of the place."""
        found = self._of(place.number)
        return found[0].styles.get(style, place.level) if found else place.level

    def marker(self, place: Place) -> str | None:
        """Count one more paragraph; return what stands before it, None where it is in no list."""
        if place.number == "bullet":
            return bullet(place.level + 1)
        found = self._of(place.number)
        if found is None:
            return None
        counted, levels = found
        level = levels.get(place.level) or _Level("none")
        counters = counted.counters
        if place.number not in self._begun:
            self._begun.add(place.number)
            for index in _restarted(self._numbers[place.number]):
                counters[index] = None
        now = counters[place.level]
        counters[place.level] = level.start if now is None else now + 1
        for index in range(place.level + 1, LEVELS):
            if index not in levels or levels[index].restarts:
                counters[index] = None
        return _written(level, levels, counters, place.level)

    def _of(self, number: str) -> tuple[_List, dict[int, _Level]] | None:
        """Return the list of a numbering, and its levels with the numbering's own put over them."""
        element = self._numbers.get(number)
        if element is None or number == "0":
            return None
        if number not in self._own:
            found = self._lists.get(attribute(child(element, "abstractNumId"), "val")) or _List()
            if found.link:
                linked = self._numbers.get(self._styles.list_of(found.link))
                found = self._lists.get(attribute(child(linked, "abstractNumId"), "val")) or found
            levels = dict(found.levels)
            for over in element:
                index = whole_number(attribute(over, "ilvl"), otherwise=-1)
                if local(over) != "lvlOverride" or not 0 <= index < LEVELS:
                    continue
                own = child(over, "lvl")
                if own is not None:
                    levels[index] = _level(own)
                start = attribute(child(over, "startOverride"), "val")
                if start:
                    levels[index] = replace(levels.get(index) or _Level(), start=whole_number(start))
            self._own[number] = found, levels
        return self._own[number]


def _list(element: Element) -> _List:
    found = _List(link=attribute(child(element, "numStyleLink"), "val"))
    for each in element:
        index = whole_number(attribute(each, "ilvl"), otherwise=-1)
        if local(each) == "lvl" and 0 <= index < LEVELS:
            found.levels[index] = _level(each)
            style = attribute(child(each, "pStyle"), "val")
            if style:
                found.styles[style] = index
    return found


def _level(element: Element) -> _Level:
    start = whole_number(attribute(child(element, "start"), "val"), otherwise=1)
    return _Level(
        attribute(child(element, "numFmt"), "val") or "decimal",
        attribute(child(element, "lvlText"), "val")[:40],
        start,
        attribute(child(element, "lvlRestart"), "val") != "0",
        is_on(child(element, "isLgl")) or False,
    )


def _restarted(number: Element) -> list[int]:
    return [
        index
        for over in number
        if local(over) == "lvlOverride"
        and child(over, "startOverride") is not None
        and 0 <= (index := whole_number(attribute(over, "ilvl"), otherwise=-1)) < LEVELS
    ]


def _written(level: _Level, levels: dict[int, _Level], counters: list[int | None], depth: int) -> str:
    if level.format == "bullet":
        drawn = level.text.strip()
        return drawn if drawn in ("-", "–", "—", "*", "→", "►", "✓", "·") else bullet(depth + 1)
    if level.format == "none":
        return re.sub(r"%[1-9]", "", level.text).strip()

    def number(found: re.Match[str]) -> str:
        index = int(found[1]) - 1
        of = levels.get(index) or _Level()
        value = counters[index]
        if value is None:
            value = counters[index] = of.start
        return numeral(value, "decimal" if level.legal else of.format)

    return re.sub(r"%([1-9])", number, level.text).strip()


def numeral(number: int, format: str) -> str:
    """Return a number as a list of Word writes it; what is not known is written in digits."""
    match format:
        case "lowerLetter":
            return letters(number)
        case "upperLetter":
            return letters(number).upper()
        case "lowerRoman":
            return roman(number)
        case "upperRoman":
            return roman(number).upper()
        case "ordinal":
            return ordinal(number)
        case "decimalZero":
            return f"{number:02}"
        case "none":
            return ""
        case _:
            return str(number)
