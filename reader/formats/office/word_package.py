"""The parts of a Word document and how they lead to one another, by relationships. Fetches nothing."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from reader.document import Metadata
from reader.errors import DamagedFile
from reader.formats.archive import Archive, joined
from reader.formats.office.common import attribute, child, properties
from reader.formats.xml import Element, local, parse

# Of what leads outside, these are links that a person may follow; nothing is fetched.
_ADDRESSES = ("http:", "https:", "mailto:", "ftp:")
_MAIN = "word/document.xml"


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part leads to: `member` inside the archive, or `address` outside; its kind is a word."""

    kind: str
    member: str = ""
    address: str = ""


class Package:
    """A Word document as an archive of parts."""

    def __init__(self, archive: Archive, *, is_torn: bool = False) -> None:
        self.archive = archive
        self._relations: dict[str, dict[str, Relation]] = {}
        roots = self.relations("")
        found = (each.member for each in roots.values() if each.kind == "officeDocument")
        members = [name for name in (*found, _MAIN) if name in archive]
        others = (n for n in archive.names if n.startswith("word/document") and n.endswith(".xml"))
        self.main = members[0] if members else next(others, "")
        if not self.main:
            what = "is cut off before its text begins" if is_torn else "is a Word document without its text"
            raise DamagedFile(f"{archive.name} {what}.", "Try another copy of it.")

    def relations(self, part: str) -> dict[str, Relation]:
        """Return what a part leads to, by id; nothing where its table is missing or broken."""
        if part not in self._relations:
            folder, base = posixpath.split(part)
            self._relations[part] = self._read_relations(f"{folder}/_rels/{base}.rels".lstrip("/"), part)
        return self._relations[part]

    def related(self, kind: str) -> str:
        """Return the member that the main part leads to as its styles, numbering, notes; "" for none."""
        found = (each.member for each in self.relations(self.main).values() if each.kind == kind)
        named = posixpath.join(posixpath.dirname(self.main), f"{kind}.xml")
        return next((name for name in (*found, named) if name in self.archive), "")

    def optional(self, name: str) -> Element | None:
        """Return the root of a part that the text can be read without, or None."""
        try:
            data = self.archive.read(name) if name else None
            return None if data is None else parse(data, name=self.archive.name)
        except DamagedFile:
            return None  # the text is there without it; styles, lists or properties are not

    def picture(self, name: str) -> bytes | None:
        """Return the content of a picture; None where it is missing or damaged."""
        try:
            return self.archive.read(name)
        except DamagedFile:
            return None  # its words stand for it

    def metadata(self) -> Metadata:
        """Return the core properties."""
        found = (r.member for r in self.relations("").values() if r.kind.endswith("core-properties"))
        root = self.optional(next(found, "docProps/core.xml"))

        def text(name: str) -> str:
            element = child(root, name)
            return "" if element is None else element.text or ""

        return properties(
            title=text("title"),
            byline=text("creator"),
            created=text("created"),
            changed=text("modified"),
            language=text("language"),
        )

    def _read_relations(self, table: str, part: str) -> dict[str, Relation]:
        root = self.optional(table)
        found: dict[str, Relation] = {}
        for each in root if root is not None else ():
            if local(each) != "Relationship":
                continue
            target = attribute(each, "Target").strip()
            kind = attribute(each, "Type").rpartition("/")[2]
            if attribute(each, "TargetMode").lower() == "external":
                followed = target.lower().startswith(_ADDRESSES)
                relation = Relation(kind, address=target if followed else "")
            else:
                relation = Relation(kind, member=joined(part, target) or "")
            found.setdefault(attribute(each, "Id"), relation)
        return found
