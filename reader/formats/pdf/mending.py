"""What is left of a PDF that was cut off: its objects, found one by one, under a new root."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_OBJECT = re.compile(rb"(?<!\d)(\d{1,7})\s+\d{1,5}\s+obj\b")
_HEAD = 2_000
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_CATALOG = re.compile(rb"/Type\s*/Catalog\b")
_PACKED = re.compile(rb"/Type\s*/ObjStm\b")
_NUMBER_OF = re.compile(rb"/N\s+(\d{1,6})\b")
_FIRST = re.compile(rb"/First\s+(\d{1,7})\b")
_STREAM = re.compile(rb"stream\r?\n")
_PARENT = re.compile(rb"/Parent\s+(\d{1,7})\s+\d{1,5}\s+R")
_PAGES = re.compile(rb"/Pages\s+(\d{1,7})\s+\d{1,5}\s+R")
_COUNT = re.compile(rb"/Count\s+(\d{1,6})\b")
# What packed objects may unpack to, all together.
_MOST_UNPACKED = 64 << 20
_MOST_PAGES = 20_000


def mended(data: bytes) -> bytes | None:
    """Return the PDF with its objects under a root that leads to its pages, or None where none is left."""
    if b"/Encrypt" in data:
        return None  # the key is in the part that is lost
    data = data[: data.rfind(b"endobj") + 6]
    heads = {int(found[1]): data[found.end() : found.end() + _HEAD] for found in _OBJECT.finditer(data)}
    heads = {number: head.partition(b"endobj")[0] for number, head in heads.items()}
    added = bytearray(b"\n")
    for number, body in _unpacked(data):
        if number not in heads:
            heads[number] = body[:_HEAD]
            added += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    pages = [number for number, head in heads.items() if _PAGE.search(head)][:_MOST_PAGES]
    catalog = next((number for number, head in heads.items() if _CATALOG.search(head)), None)
    if catalog is None or not _leads_on(heads, catalog):
        if not pages:
            return None
        catalog = _add_root(added, heads, pages)
    added += b"trailer <</Root %d 0 R/Size %d>>\nstartxref\n0\n%%%%EOF\n" % (catalog, max(heads) + 9)
    return data + bytes(added)


def told_count(data: bytes) -> int:
    """Return how many pages the file says that it has, or 0."""
    return max((int(found[1]) for found in _COUNT.finditer(data[: 64 << 20])), default=0)


def _leads_on(heads: dict[int, bytes], catalog: int) -> bool:
    found = _PAGES.search(heads[catalog])
    return found is not None and int(found[1]) in heads


def _add_root(added: bytearray, heads: dict[int, bytes], pages: list[int]) -> int:
    """Append a catalog over the pages; they keep what they inherit where the node above them is lost."""
    parent = _PARENT.search(heads[pages[0]])
    node = int(parent[1]) if parent and int(parent[1]) not in heads else max(heads) + 1
    root = max(*heads, node) + 1
    kids = b" ".join(b"%d 0 R" % number for number in pages)
    added += b"%d 0 obj\n<</Type/Pages/Count %d/Kids[%s]>>\nendobj\n" % (node, len(pages), kids)
    added += b"%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\n" % (root, node)
    return root


def _unpacked(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the objects that are packed into streams, with their numbers."""
    room = _MOST_UNPACKED
    for found in _OBJECT.finditer(data):
        head = data[found.end() : found.end() + _HEAD].partition(b"endobj")[0]
        stream = _STREAM.search(head)
        count, first = _NUMBER_OF.search(head), _FIRST.search(head)
        if not (stream and count and first and _PACKED.search(head[: stream.start()])):
            continue
        try:
            begin = found.end() + stream.end()
            body = zlib.decompressobj().decompress(data[begin : begin + _MOST_UNPACKED], max(room, 1))
        except zlib.error:
            continue  # packed in another way, or cut off: its objects are lost
        room -= len(body)
        if room <= 0:
            return
        yield from _parted(body, int(first[1]), int(count[1]))


def _parted(body: bytes, first: int, count: int) -> Iterator[tuple[int, bytes]]:
    numbers = [int(each) for each in body[:first].split()[: 2 * count] if each.isdigit()]
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    ends = [at for _, at in pairs[1:]] + [len(body)]
    for (number, at), end in zip(pairs, ends, strict=True):
        if number < 10_000_000 and at < end:
            yield number, body[first + at : first + end]
