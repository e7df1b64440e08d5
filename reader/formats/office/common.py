"""What readers of word processors share: parts of XML by name, and sane properties. Reads no file."""

from __future__ import annotations

import re

from reader.document import Metadata
from reader.errors import TornFile
from reader.formats.archive import Archive
from reader.formats.dates import iso_date
from reader.formats.salvage import salvage
from reader.formats.web.markup import names
from reader.formats.xml import Element, local, parse

_BULLETS = "•◦▪"
_TORN = "The file is damaged inside: where its text is torn, some of it may be missing."
# What programs write of themselves where a person wrote nothing.
_NO_TITLE = re.compile(
    r"(?:microsoft word\s*-.*|untitled|untitled document|document\s*\d*|title|no title|word document"
    r"|unbenannt\s*\d*|.*\.(?:docx?|odt|rtf|dotx?))",
    re.IGNORECASE | re.DOTALL,
)
_NO_AUTHOR = frozenset(
    names(
        "unknown user admin administrator author anonymous windows-user owner python-docx "
        "microsoft-office-user apache-poi test root"
    )
)
# Days on which clocks begin to count: no one wrote anything then.
_NO_DATES = frozenset({"1601-01-01", "1899-12-30", "1899-12-31", "1900-01-01", "1970-01-01", "1980-01-01"})
# The day of a template that a library puts under every document.
_TEMPLATE_DAY = "2013-12-23"


def bullet(depth: int) -> str:
    """Return the bullet of a list at a depth from 1."""
    return _BULLETS[min(max(depth, 1), len(_BULLETS)) - 1]


class Names(dict[object, str]):
    """The names of elements without their namespaces, each found once; what is no element has none."""

    def __missing__(self, tag: object) -> str:
        found = self[tag] = tag.rpartition("}")[2] if isinstance(tag, str) else ""
        return found


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child of that name, in whatever namespace."""
    if element is None:
        return None
    return next((each for each in element if local(each) == name), None)


def attribute(element: Element | None, name: str) -> str:
    """Return the attribute of that name, in whatever namespace; "" when there is none."""
    if element is None:
        return ""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def whole_number(text: str, *, otherwise: int = 0) -> int:
    """Return a number of a file as it is, if it is one of a sane size."""
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else otherwise


def properties(
    *, title: str = "", byline: str = "", created: str = "", changed: str = "", language: str = ""
) -> Metadata:
    """Return what a file says of itself, without what programs fill in when nobody says anything."""
    title, byline = " ".join(title.split())[:400], " ".join(byline.split())[:200]
    if _NO_TITLE.fullmatch(title):
        title = ""
    authors = [name.strip() for name in byline.split(";")]
    byline = ", ".join(name for name in authors if name and name.lower().replace(" ", "-") not in _NO_AUTHOR)
    dates = [iso_date(each.strip()) for each in (created, changed)]
    known = [each for each in dates if each and each not in _NO_DATES and each != _TEMPLATE_DAY]
    language = (
        language.strip() if re.fullmatch(r"\s*[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\s*", language) else ""
    )
    return Metadata(title=title, byline=byline, date=known[0] if known else "", language=language)


def open_archive(data: bytes, name: str) -> tuple[Archive, dict[str, float] | None]:
    """Return a document's archive; of a broken one what can be read, and which share of each part that is."""
    try:
        return Archive(data, name=name), None
    except TornFile:
        saved = salvage(data, name=name)
        if saved is None:
            raise
        return saved.archive, saved.shares


def main_part(
    data: bytes, archive: Archive, part: str, shares: dict[str, float] | None
) -> tuple[Element, tuple[str, ...]]:
    """Return the root of the part that holds the text, and what to tell of what is missing in it."""
    try:
        content = archive.read(part)
    except TornFile:
        saved = salvage(data, name=archive.name)
        content = saved.archive.read(part) if saved else None
        if saved is None or not content:
            raise
        shares = saved.shares
    share = 1.0 if shares is None else shares.get(part, 0.0)
    try:
        return parse(content or b"", name=archive.name), () if shares is None else (_told(share),)
    except TornFile:
        root = parse(content or b"", name=archive.name, broken=True)
        return root, (_TORN if share == 1.0 else _told(share),)


def _told(share: float) -> str:
    if share == 1.0:
        return "The file is damaged, but its text is whole; pictures or notes may be missing."
    if not share:
        return "The file is cut off or damaged: what comes after the end of this text could not be read."
    missing = max(1, round(100 * (1 - share)))
    return f"The file is cut off or damaged: about {missing} % of its text, at the end, could not be read."
