"""EPUB books: chapters in order, contents, notes, pictures. Runs nothing; a locked book stays locked."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import unquote

from reader.document import Block, BlockKind, Document, Section
from reader.errors import DamagedFile, Unreadable
from reader.formats.archive import Archive, joined
from reader.formats.blocks import TextBuilder
from reader.formats.office.common import open_archive
from reader.formats.request import Request
from reader.formats.web import epub_package, markup, page, rendering
from reader.formats.web.epub_package import Entry, Package
from reader.formats.web.markup import Element

_LINK = re.compile(rb"href\s*=\s*[\"']([^\"']{1,2000})[\"']", re.IGNORECASE)
_TORN = "The book is cut off or damaged; what can still be found of it is shown, and the rest is missing."
_WEB = ("http://", "https://", "mailto:")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp)\Z", re.IGNORECASE)
# A book of more is shown as soon as this much of its text is read.
_MANY_CHAPTERS, _LARGE = 20, 1 << 20
_FIRST_SIGHT, _FIRST_BLOCKS = 2000, 6


def load(data: bytes, request: Request | None = None) -> Document:
    """Read the bytes of a book; where chapters are missing or locked, the others, with a warning."""
    request = request or Request()
    archive, shares = open_archive(data, request.name or "The file")
    package = epub_package.read(archive)
    if shares is not None:
        package = replace(package, warnings=(*package.warnings, _TORN))
    if package.locked.issuperset(package.chapters):
        raise Unreadable(
            f"{archive.name} is locked by its seller (DRM), so its text can't be read here.",
            "Read it in the program it was bought for, or ask the seller for a copy without the lock.",
        )
    early = request.preview if len(package.chapters) > _MANY_CHAPTERS or len(data) > _LARGE else None
    return _Book(archive, package).read(early)


class _Book:
    """Reads the chapters of one book into one text."""

    def __init__(self, archive: Archive, package: Package) -> None:
        self._archive = archive
        self._package = package
        self._number = {member: number for number, member in enumerate(package.chapters)}
        self._builder = TextBuilder()
        self._whole = rendering.Whole()
        self._left_out: list[tuple[str, Element]] = []
        self._missing: list[str] = []
        self._characters = 0
        self._is_flat = False
        self._wanted = self._linked()

    def read(self, preview: Callable[[Document], None] | None) -> Document:
        for member in self._package.chapters:
            self._chapter(member)
            if preview and self._characters >= _FIRST_SIGHT and len(self._builder) >= _FIRST_BLOCKS:
                preview(self._document())
                preview = None
        if not len(self._builder):
            for member, root in self._left_out:
                self._render(member, root)
        if not len(self._builder) and self._missing:
            self._archive.require_unlocked()
            raise DamagedFile(
                f"None of the {len(self._package.chapters):,} chapters of {self._archive.name} can be read.",
                "Try another copy of it.",
            )
        self._whole.finish(self._builder)
        return self._document()

    def _document(self) -> Document:
        text, blocks, title = self._builder.build(title=self._package.metadata.title)
        return Document(
            text,
            blocks,
            replace(self._package.metadata, title=title),
            format="epub",
            warnings=(*self._package.warnings, *self._warnings()),
            pictures=self._whole.pictures.take(),
            contents=self._contents(text, blocks),
        )

    # ------------------------------------------------------------ chapters

    def _chapter(self, member: str) -> None:
        try:
            data = None if member in self._package.locked else self._archive.read(member)
        except DamagedFile:
            data = None  # the others are read, and the warning tells how many are not
        if not data:
            self._missing.append(member)
            return
        if _PICTURE.search(member):
            self._picture(member, data)
            return
        root = self._tree(data)
        if root is None:
            self._missing.append(member)
        elif member == self._package.navigation or self._is_cover(member, root):
            self._left_out.append((member, root))
        else:
            self._render(member, root)

    def _tree(self, data: bytes) -> Element | None:
        text = page.decoded(data).text
        try:
            return markup.parse(text)
        except markup.TooDeep:
            self._is_flat = True
            return markup.parse(markup.flattened(text))

    def _is_cover(self, member: str, root: Element) -> bool:
        """Tell whether a chapter is a picture alone that stands first or is called the cover."""
        if member not in self._package.covers and self._number[member]:
            return False
        body = root.find(".//body")
        return not "".join((root if body is None else body).itertext()).strip()

    def _render(self, member: str, root: Element) -> None:
        number = self._number[member]
        chapter = TextBuilder()
        if str(number) in self._wanted:
            self._whole.waiting.append(str(number))
        rendering.render_part(
            root,
            chapter,
            self._whole,
            resolve=lambda address: self._target(member, address),
            name_of=lambda key: f"{number}.{key}",
            wanted=self._wanted,
            picture_of=lambda address: self._bytes(member, address),
        )
        entry = self._entry(member)
        self._characters += chapter.characters
        self._builder.extend(
            chapter, heading=entry.title if entry else "", level=min(entry.level, 6) if entry else 1
        )

    def _entry(self, member: str) -> Entry | None:
        """Return the entry of the contents that is the title of a whole chapter."""
        entries = self._entries.get(member, [])
        return entries[0] if entries and (len(entries) == 1 or not entries[0].fragment) else None

    def _picture(self, member: str, data: bytes) -> None:
        number = self._whole.pictures.add(data)
        if number is not None:
            self._builder.add_picture(alt="", picture=number)

    def _bytes(self, member: str, address: str) -> bytes | None:
        place = joined(member, address)
        if not place or place in self._package.locked:
            return None
        try:
            return self._archive.read(place)
        except DamagedFile:
            return None  # the words of the picture stand for it

    # ------------------------------------------------------------ links and contents

    def _linked(self) -> frozenset[str]:
        """Return the names of the places that links and the contents lead to, before a chapter is made."""
        self._entries: dict[str, list[Entry]] = {}
        found: set[str] = set()
        for entry in self._package.contents:
            self._entries.setdefault(entry.member, []).append(entry)
            found.add(self._name(entry.member, entry.fragment))
        for member in self._package.chapters:
            try:
                data = None if member in self._package.locked else self._archive.read(member)
            except DamagedFile:
                continue  # told when it is its turn
            for address in set(_LINK.findall(data or b"")):
                place, _, fragment = html.unescape(address.decode("utf-8", "replace")).partition("#")
                found.add(self._name(joined(member, place) if place else member, unquote(fragment)))
        found.discard("")
        return frozenset(found)

    def _name(self, member: str | None, fragment: str) -> str:
        """Return what a place in a chapter is called; "" outside the book."""
        number = self._number.get(member or "")
        if number is None:
            return ""
        return f"{number}.{fragment}" if fragment else str(number)

    def _target(self, member: str, address: str) -> str:
        address = address.strip()
        if address.lower().startswith(_WEB):
            return address
        place, _, fragment = address.partition("#")
        if not address or ":" in place:
            return ""
        name = self._name(joined(member, place) if place else member, unquote(fragment))
        return f"#{name}" if name in self._wanted else ""

    def _contents(self, text: str, blocks: tuple[Block, ...]) -> tuple[Section, ...]:
        starts = {block.name: block.span.start for block in blocks if block.name}
        found: list[Section] = []
        after: int | None = None
        # An entry without a place of its own begins where the next one does.
        for entry in reversed(self._package.contents):
            name = self._name(entry.member, entry.fragment)
            start = starts.get(self._whole.block_name(name))
            if start is None and entry.fragment:
                start = starts.get(self._whole.block_name(self._name(entry.member, "")))
            after = after if start is None else start
            if after is not None and (start is not None or not entry.member):
                found.append(Section(entry.title, after, entry.level))
        if found:
            return tuple(reversed(found))
        return tuple(
            Section(block.span.of(text), block.span.start, block.level)
            for block in blocks
            if block.kind is BlockKind.HEADING and block.level <= 2
        )

    def _warnings(self) -> tuple[str, ...]:
        found = []
        count, locked = len(self._missing), len(self._package.locked.intersection(self._missing))
        whole = f"of the {len(self._package.chapters):,} chapters of this book"
        if locked:
            found.append(f"{locked:,} {whole} are locked by its seller (DRM), and are not shown.")
        if count - locked == 1:
            found.append(f"1 {whole} is missing or damaged in the file, and is not shown.")
        elif count > locked:
            found.append(f"{count - locked:,} {whole} are missing or damaged in the file, and are not shown.")
        if self._is_flat:
            found.append(
                "The parts of a chapter lie too deep in each other, so it is shown as plain paragraphs."
            )
        return tuple(found)
