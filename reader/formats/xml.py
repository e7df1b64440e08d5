"""XML parts of documents: no document type, no entities, no network; a broken part is told."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from reader.errors import DamagedFile, TornFile

Element = Any
"""An lxml element; lxml has no types of its own."""

_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]{1,12})|([0-9]{1,12}));")
_ENTITIES = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)


def parse(data: bytes, *, name: str = "The file", doctype: bool = False, broken: bool = False) -> Element:
    """Return the root of an XML part of the file `name`. Raises DamagedFile.

    With `doctype` a document type is passed over (XHTML has one), entities of its own still refused. With
    `broken` what can be read of a damaged part is returned; what lies too deep is refused all the same.
    """
    forbidden = _ENTITIES if doctype else _DOCTYPE
    wide = data[:4] in (b"\xff\xfe<\x00", b"\xfe\xff\x00<") or b"\x00<" in data[:8] or b"<\x00" in data[:8]
    if forbidden.search(data.replace(b"\x00", b"") if wide else data):
        raise DamagedFile(
            f"{name} defines words of its own (entities), which no document needs, so it was not read.",
            "It may be made to do harm; try another copy of it.",
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=broken,
    )
    try:
        root = etree.fromstring(_cleaned(data, wide) if broken else data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if "xcessive depth" in str(error):
            raise _too_deep(name) from error
        raise TornFile(f"{name} is damaged inside: {_short(error)}.", "Try another copy of it.") from error
    if any("xcessive depth" in each.message for each in parser.error_log):
        raise _too_deep(name)
    if root is None:
        raise TornFile(f"{name} is damaged inside: a part of it is empty.", "Try another copy of it.")
    return root


def _cleaned(data: bytes, wide: bool) -> bytes:
    """Return a damaged part without what the parser would let through and then not give back."""
    text = _DECLARATION.sub("", data.decode("utf-16" if wide else "utf-8", "replace"), count=1)
    return _REFERENCE.sub(_allowed, text).encode("utf-8", "replace")


def _allowed(reference: re.Match[str]) -> str:
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    is_text = number in (9, 10, 13) or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE
    return reference[0] if is_text or 0x10000 <= number < 0x110000 else ""


def _too_deep(name: str) -> DamagedFile:
    return DamagedFile(
        f"The parts of {name} lie too deep in each other to be read.",
        "It may be made to do harm; try to save it again in the program it comes from.",
    )


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120].rstrip(".")


def local(element: Element) -> str:
    """Return the name of an element without its namespace; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
