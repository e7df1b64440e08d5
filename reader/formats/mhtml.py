"""Web pages saved as one file (MHTML): the page, and the pictures saved with it. Fetches nothing."""

from __future__ import annotations

from dataclasses import replace
from email.utils import parsedate_to_datetime
from urllib.parse import unquote, urljoin

from reader.document import Document
from reader.errors import DamagedFile
from reader.formats import mime, page
from reader.formats.images import PictureOf
from reader.formats.mime import Part
from reader.formats.request import Request

_PAGES = ("text/html", "application/xhtml+xml")
_CUT = "The end of this file is missing, so the page or some of its pictures may not be complete."


def load(data: bytes, request: Request | None = None) -> Document:
    """Read the bytes of a saved page."""
    request = request or Request()
    whole = mime.parse(data)
    main = _page(whole)
    if main is None:
        raise DamagedFile(
            f"There is no web page in {request.name or 'the file'}: it is damaged, or something else.",
            "Save the page again in your browser.",
        )
    content = main.content()
    source = page.decoded(content, request.encoding or _charset(main, content))
    warnings = (*source.warnings, _CUT) if whole.is_cut else source.warnings
    base = main.headers.get("content-location", "").strip()
    document = page.read(
        source.text, whole=request.read_as.whole, warnings=warnings, picture_of=pictures_of(whole, base)
    )
    address = whole.headers.get("snapshot-content-location", "").strip() or base
    metadata = document.metadata
    if not metadata.address and address.lower().startswith(("http://", "https://")):
        metadata = replace(metadata, address=address)
    if not metadata.date:
        metadata = replace(metadata, date=sent(whole))
    return replace(document, format="mhtml", metadata=metadata, encoding=source.encoding)


def _page(whole: Part) -> Part | None:
    """Return the part that is the page: the one named as the start, else the first."""
    pages = [part for part in whole.walk() if part.kind in _PAGES]
    start = whole.parameter("start").strip().strip("<>")
    return next((part for part in pages if start and part.identity == start), pages[0] if pages else None)


def _charset(part: Part, content: bytes) -> str | None:
    """Return the charset of the part's header where the page itself is not UTF-8."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        charset = part.parameter("charset").lower()
        return charset if mime.is_charset(charset) else None
    return None


def pictures_of(whole: Part, base: str) -> PictureOf:
    """Return what finds a picture among the parts, by its address or what it is called by (``cid:``)."""
    parts: dict[str, Part] = {}
    for part in whole.walk():
        if part.kind.startswith("image/") or part.kind == "application/octet-stream":
            place = part.headers.get("content-location", "").strip()
            for key in (place, _whole(base, place), f"cid:{part.identity}" if part.identity else ""):
                if key:
                    parts.setdefault(key, part)

    def picture_of(address: str) -> bytes | None:
        if address[:4].lower() == "cid:":
            address = "cid:" + unquote(address[4:])
        part = parts.get(address) or parts.get(_whole(base, address))
        return part.content() if part else None

    return picture_of


def _whole(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def sent(part: Part) -> str:
    """Return the day that the headers of a message tell, or ""."""
    try:
        return parsedate_to_datetime(part.headers.get("date", "")[:100]).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""  # a date that is written wrongly is none
