"""What an EPUB says of itself: metadata, order of chapters, table of contents. Reads no chapter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from reader.document import Metadata
from reader.errors import DamagedFile
from reader.formats import xml
from reader.formats.archive import Archive, joined
from reader.formats.blocks import clean
from reader.formats.dates import iso_date
from reader.formats.encoding import decode
from reader.formats.files import natural
from reader.formats.web import markup
from reader.text import excerpt, one_line

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
# Fonts are scrambled by these, which hides no text.
_FONTS_ALONE = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_CHAPTER = re.compile(r"\.(?:xhtml|html?)\Z", re.IGNORECASE)
_NCX = "application/x-dtbncx+xml"
_LONGEST_TITLE, _MOST_ENTRIES = 200, 20_000
_NO_ORDER = "The list of this book's chapters is damaged, so they are shown in the order of their file names."
_NO_CONTENTS = "The table of contents of this book is damaged; its headings are listed instead."


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the table of contents; `member` is "" where it leads nowhere by itself."""

    title: str
    member: str
    fragment: str
    level: int


@dataclass(frozen=True, slots=True)
class Package:
    """What is known of a book before a chapter is read; members are names in its archive, in order."""

    metadata: Metadata
    chapters: tuple[str, ...]
    contents: tuple[Entry, ...] = ()
    navigation: str = ""
    covers: frozenset[str] = frozenset()
    locked: frozenset[str] = frozenset()
    warnings: tuple[str, ...] = ()


def read(archive: Archive) -> Package:
    """Return what a book says about itself; where that is damaged, its chapters by name, with a warning."""
    locked = _locked(archive)
    try:
        place = _package_place(archive)
        data = archive.read(place)
        root = xml.parse(data, name=archive.name, doctype=True) if data else None
    except DamagedFile:
        place, root = "", None  # the chapters are found without it, and the warning tells
    package = _Reader(archive, place, root).read(locked) if root is not None else None
    if package is None or not package.chapters:
        found = sorted((name for name in archive.names if _CHAPTER.search(name)), key=natural)
        if not found:
            raise DamagedFile(
                f"{archive.name} names no chapters: it is damaged, or no EPUB book.",
                "Try another copy of it.",
            )
        metadata = package.metadata if package else Metadata()
        return Package(metadata, tuple(found), locked=locked, warnings=(_NO_ORDER,))
    return package


def _package_place(archive: Archive) -> str:
    data = archive.read(_CONTAINER)
    for element in _named(xml.parse(data, name=archive.name), "rootfile") if data else ():
        place = joined("", element.get("full-path") or "")
        if place and place in archive:
            return place
    return next((name for name in archive.names if name.lower().endswith(".opf")), "")


def _locked(archive: Archive) -> frozenset[str]:
    """Return the members that are encrypted, fonts aside."""
    data = archive.read(_ENCRYPTION)
    if data is None:
        return frozenset()
    found: set[str] = set()
    for part in _named(xml.parse(data, name=archive.name), "EncryptedData"):
        method = next(_named(part, "EncryptionMethod"), None)
        if method is not None and method.get("Algorithm") in _FONTS_ALONE:
            continue
        found.update(unquote(each.get("URI") or "").lstrip("/") for each in _named(part, "CipherReference"))
    return frozenset(found)


class _Reader:
    """Reads one package document."""

    def __init__(self, archive: Archive, place: str, root: xml.Element) -> None:
        self._archive = archive
        self._place = place
        self._root = root
        self._items = {each.get("id") or "": each for each in _named(root, "item")}

    def read(self, locked: frozenset[str]) -> Package:
        navigation = self._navigation()
        warnings: tuple[str, ...] = ()
        try:
            contents = self._contents(navigation)
        except DamagedFile:
            contents, warnings = (), (_NO_CONTENTS,)
        return Package(
            self._metadata(), self._chapters(), contents, navigation, self._covers(), locked, warnings
        )

    def _member(self, item: xml.Element | None) -> str:
        return (joined(self._place, item.get("href") or "") or "") if item is not None else ""

    def _chapters(self) -> tuple[str, ...]:
        """Return the chapters in order; those that stand beside the text (linear="no") at its end."""
        first: list[str] = []
        last: list[str] = []
        for reference in _named(self._root, "itemref"):
            item = self._items.get(reference.get("idref") or "")
            member = self._member(item) or reference.get("idref") or "?"
            (last if (reference.get("linear") or "").lower() == "no" else first).append(member)
        return tuple(dict.fromkeys([*first, *last]))

    def _covers(self) -> frozenset[str]:
        found = {
            joined(self._place, each.get("href") or "")
            for each in _named(self._root, "reference")
            if (each.get("type") or "").lower() == "cover"
        }
        named = (self._member(item) for key, item in self._items.items() if "cover" in key.lower())
        return frozenset(filter(None, (*found, *named)))

    def _navigation(self) -> str:
        return next(
            (
                self._member(item)
                for item in self._items.values()
                if "nav" in (item.get("properties") or "").split()
            ),
            "",
        )

    def _contents(self, navigation: str) -> tuple[Entry, ...]:
        data = self._archive.read(navigation) if navigation else None
        if data:
            entries = tuple(_from_navigation(data, navigation))
            if entries:
                return entries
        spine = next(_named(self._root, "spine"), None)
        item = self._items.get(spine.get("toc") or "") if spine is not None else None
        if item is None:
            item = next((each for each in self._items.values() if each.get("media-type") == _NCX), None)
        member = self._member(item)
        data = self._archive.read(member) if member else None
        if not data:
            return ()
        return tuple(_from_ncx(xml.parse(data, name=self._archive.name, doctype=True), member))

    def _metadata(self) -> Metadata:
        holder = next(_named(self._root, "metadata"), None)
        fields: dict[str, list[xml.Element]] = {}
        for element in holder.iterdescendants() if holder is not None else ():
            if xml.local(element) and (text := _text(element)):
                fields.setdefault(xml.local(element), []).append(element)
                del text
        dates = sorted(fields.get("date", ()), key=lambda each: _attribute(each, "event") != "publication")
        links = (_text(each) for name in ("source", "identifier") for each in fields.get(name, ()))
        return Metadata(
            title=next((_text(each) for each in fields.get("title", ())), ""),
            byline=", ".join(
                dict.fromkeys(_text(each) for each in fields.get("creator", ()) if _wrote(each))
            ),
            date=next((when for each in dates if (when := iso_date(_text(each)))), ""),
            site=next((_text(each) for each in fields.get("publisher", ())), ""),
            language=next((_text(each) for each in fields.get("language", ())), ""),
            address=next((link for link in links if re.match(r"https?://\S+\Z", link)), ""),
        )


def _wrote(creator: xml.Element) -> bool:
    return _attribute(creator, "role") in ("", "aut") and _text(creator).casefold() not in ("unknown", "n/a")


def _attribute(element: xml.Element, name: str) -> str:
    found = (value for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name)
    return str(next(found, "")).lower()


def _named(root: xml.Element, name: str) -> Iterator[xml.Element]:
    """Yield the elements of a name below `root`, whatever its namespace."""
    yield from root.iterdescendants(f"{{*}}{name}")


def _text(element: xml.Element) -> str:
    return excerpt(clean("".join(element.itertext())), limit=500)


# ---------------------------------------------------------------- the table of contents


def _from_navigation(data: bytes, member: str) -> Iterator[Entry]:
    """Yield the entries of an EPUB 3 navigation document, which is a page with nested lists."""
    try:
        root = markup.parse(decode(data).text)
    except markup.TooDeep:
        root = None
    lists = list(root.iter("nav")) if root is not None else []
    chosen = next((each for each in lists if "toc" in (each.get("epub:type") or "").split()), None)
    if chosen is None:
        chosen = lists[0] if lists else None
    level = count = 0
    walk = etree.iterwalk(chosen, events=("start", "end")) if chosen is not None else ()
    for event, element in walk:
        if element.tag == "ol":
            level += 1 if event == "start" else -1
        elif event == "start" and level and element.tag in ("a", "span") and element.getparent().tag == "li":
            count += 1
            if count > _MOST_ENTRIES:
                return
            yield from _entry(element, element.get("href") or "", member, level)


def _from_ncx(root: xml.Element, member: str) -> Iterator[Entry]:
    """Yield the entries of an EPUB 2 table of contents."""
    chosen = next(_named(root, "navMap"), None)
    level = count = 0
    for event, element in etree.iterwalk(chosen, events=("start", "end")) if chosen is not None else ():
        if xml.local(element) != "navPoint":
            continue
        level += 1 if event == "start" else -1
        if event == "start":
            count += 1
            if count > _MOST_ENTRIES:
                return
            label = next(element.iterchildren("{*}navLabel"), None)
            content = next(element.iterchildren("{*}content"), None)
            address = content.get("src") or "" if content is not None else ""
            if label is not None:
                yield from _entry(label, address, member, level)


def _entry(label: xml.Element, address: str, member: str, level: int) -> Iterator[Entry]:
    title = excerpt(one_line(clean("".join(label.itertext()))), limit=_LONGEST_TITLE)
    place, _, fragment = address.partition("#")
    if title:
        yield Entry(title, (joined(member, place) or "") if address else "", unquote(fragment), level)
