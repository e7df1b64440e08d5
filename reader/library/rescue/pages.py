"""A database file as bytes: pages, trees, rows, also where SQLite refuses to read it. Writes nothing.

The format is SQLite's (sqlite.org/fileformat2.html). What makes no sense is passed over, and the rest read; a
text in which single characters are damaged comes with a mark (U+FFFD) in their place.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

_MAGIC = b"SQLite format 3\x00"
_USUAL_SIZE = 4096
_INDEX_NODE, _TABLE_NODE, _INDEX_LEAF, _TABLE_LEAF = 2, 5, 10, 13
_WIDTHS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}  # bytes of an integer by its type


class Broken(Exception):
    """What is stored here makes no sense; no more than a part of the file is meant."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its number and its stored values, of which the last may be missing."""

    rowid: int
    values: tuple[Any, ...]


@dataclass(slots=True)
class Walk:
    """What became of a walk through a tree: the pages that were seen, and whether all of it could be read."""

    seen: set[int] = field(default_factory=set)
    is_whole: bool = True


class Pages:
    """The pages of a file as its last completed transaction left them: `log` is the file "-wal" beside it."""

    def __init__(self, file: BinaryIO, log: bytes = b"") -> None:
        self._file = file
        self._newer = _completed(log)
        head = self._newer.get(1, b"") or self._read(0, 100)
        self.size = _size_in(head) or (len(next(iter(self._newer.values()))) if self._newer else _USUAL_SIZE)
        self._usable = self.size - (head[20] if _size_in(head) else 0)
        file.seek(0, 2)
        self.count = max([-(-file.tell() // self.size), *self._newer])
        self._head = head

    def _read(self, at: int, length: int) -> bytes:
        try:
            self._file.seek(at)
            return self._file.read(length)
        except OSError:  # a place that the disk does not give back
            return b""

    def page(self, number: int) -> bytes:
        """Return a page by its number, from 1; raise Broken where there is none."""
        if not 0 < number <= self.count:
            raise Broken
        page = self._newer.get(number) or self._read((number - 1) * self.size, self.size)
        if len(page) < self.size:
            raise Broken
        return page

    def free(self) -> set[int]:
        """Return the pages that are in no use: what stands on them was deleted. They may not be known."""
        found: set[int] = set()
        trunk = int.from_bytes(self._head[32:36]) if _size_in(self._head) else 0
        try:
            while trunk and trunk not in found:
                page = self.page(trunk)
                found.add(trunk)
                number = min(int.from_bytes(page[4:8]), self._usable // 4 - 2)
                found.update(struct.unpack(f">{number}I", page[8 : 8 + 4 * number]))
                trunk = int.from_bytes(page[:4])
        except Broken:
            pass  # what follows in this list is taken for a part of what is kept
        return found

    # ------------------------------------------------------------ trees

    def rows(self, root: int, walk: Walk) -> Iterator[Row]:
        """Return the rows of the table whose tree begins at a page, as far as they can be read."""
        for page, offset in self._leaves(root, _TABLE_LEAF, _TABLE_NODE, walk):
            for at in _cells(page, offset, self._usable, walk):
                try:
                    yield self._row(page, at)
                except Broken:
                    walk.is_whole = False

    def keys(self, root: int, walk: Walk) -> Iterator[tuple[Any, ...]]:
        """Return the entries of the index whose tree begins at a page; the last value is the row's number."""
        most = (self._usable - 12) * 64 // 255 - 23
        for page, offset in self._leaves(root, _INDEX_LEAF, _INDEX_NODE, walk):
            for at in _cells(page, offset, self._usable, walk):
                try:
                    length, start = _varint(page, at + (4 if page[offset] == _INDEX_NODE else 0))
                    yield _values(self._payload(page, start, length, most))
                except Broken:
                    walk.is_whole = False

    def stray_rows(self, known: set[int]) -> Iterator[Row]:
        """Return the rows of all other pages of tables that can be read as a whole: their tree is broken."""
        for number in range(2, self.count + 1):
            if number in known:
                continue
            try:
                page = self.page(number)
                if page[0] != _TABLE_LEAF:
                    continue
                walk = Walk()
                rows = [self._row(page, at) for at in _cells(page, 0, self._usable, walk)]
            except Broken:
                continue
            if walk.is_whole:
                yield from rows

    def tree(self, root: int) -> set[int]:
        """Return the pages of a tree, of a table or an index, without looking at what is in them."""
        walk = Walk()
        for leaf, node in ((_TABLE_LEAF, _TABLE_NODE), (_INDEX_LEAF, _INDEX_NODE)):
            for _ in self._leaves(root, leaf, node, walk):
                pass
        return walk.seen

    def _leaves(self, root: int, leaf: int, node: int, walk: Walk) -> Iterator[tuple[bytes, int]]:
        """Return the leaves of a tree in their order, and of an index its nodes too, which hold entries."""
        waiting = [root]
        while waiting:
            number = waiting.pop()
            try:
                page = self.page(number)
                offset = 100 if number == 1 else 0
                if number in walk.seen or page[offset] not in (leaf, node):
                    raise Broken
            except Broken:
                walk.is_whole = False
                continue
            walk.seen.add(number)
            if page[offset] == node:
                inner = [int.from_bytes(page[at : at + 4]) for at in _cells(page, offset, self._usable, walk)]
                waiting += reversed([*inner, int.from_bytes(page[offset + 8 : offset + 12])])
            if page[offset] == leaf or leaf == _INDEX_LEAF:
                yield page, offset

    # ------------------------------------------------------------ rows

    def _row(self, page: bytes, at: int) -> Row:
        length, at = _varint(page, at)
        rowid, at = _varint(page, at)
        values = _values(self._payload(page, at, length, self._usable - 35))
        return Row(rowid - (1 << 64) if rowid >> 63 else rowid, values)

    def _payload(self, page: bytes, at: int, length: int, most: int) -> bytes:
        """Return the bytes of a row: what is on its page, and what runs over onto pages of its own."""
        here = length
        if length > most:
            least = (self._usable - 12) * 32 // 255 - 23
            here = least + (length - least) % (self._usable - 4)
            here = here if here <= most else least
        if at + here > self._usable or length > self.count * self.size:
            raise Broken
        parts = [page[at : at + here]]
        following, missing, seen = int.from_bytes(page[at + here : at + here + 4]), length - here, set[int]()
        while missing > 0:
            if following in seen:
                raise Broken
            seen.add(following)
            more = self.page(following)
            parts.append(more[4 : 4 + min(missing, self._usable - 4)])
            missing -= len(parts[-1])
            following = int.from_bytes(more[:4])
        return b"".join(parts)


def _size_in(head: bytes) -> int:
    """Return the size of a page as the head of the file gives it, 0 where that can't be."""
    if len(head) < 100 or head[:16] != _MAGIC:
        return 0
    size = int.from_bytes(head[16:18])
    size = 65536 if size == 1 else size
    return size if 512 <= size <= 65536 and size & (size - 1) == 0 and size - head[20] >= 480 else 0


def _completed(log: bytes) -> dict[int, bytes]:
    """Return the newest state of each page in a log of changes, without what was never completed."""
    found: dict[int, bytes] = {}
    if len(log) < 32 or log[:4] not in (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83"):
        return found
    order = "big" if log[3] & 1 else "little"
    size = int.from_bytes(log[8:12])
    if not 512 <= size <= 65536:
        return found
    sums = _summed(log[:24], (0, 0), order)
    under_way: dict[int, bytes] = {}
    for at in range(32, len(log) - size - 23, size + 24):
        head, page = log[at : at + 24], log[at + 24 : at + 24 + size]
        sums = _summed(page, _summed(head[:8], sums, order), order)
        if head[8:16] != log[16:24] or struct.unpack(">II", head[16:24]) != sums:
            break
        under_way[int.from_bytes(head[:4])] = page
        if int.from_bytes(head[4:8]):  # the last of a transaction
            found |= under_way
            under_way = {}
    return found


def _summed(data: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    one, two = sums
    words = struct.unpack(f"{'>' if order == 'big' else '<'}{len(data) // 4}I", data)
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return one, two


def _cells(page: bytes, offset: int, usable: int, walk: Walk) -> Iterator[int]:
    """Return where the cells of a page begin; one that can't be there is left out."""
    start = offset + (8 if page[offset] in (_INDEX_LEAF, _TABLE_LEAF) else 12)
    number = int.from_bytes(page[offset + 3 : offset + 5])
    if start + 2 * number > usable:
        walk.is_whole, number = False, (usable - start) // 2
    for at in struct.unpack(f">{number}H", page[start : start + 2 * number]):
        if start + 2 * number <= at < usable:
            yield at
        else:
            walk.is_whole = False


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(9):
        if at >= len(data):
            raise Broken
        byte = data[at]
        at += 1
        if place == 8:
            return value << 8 | byte, at
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return value, at


def _values(payload: bytes) -> tuple[Any, ...]:
    """Return the values of a row; raise Broken unless they fill its bytes."""
    size, at = _varint(payload, 0)
    if size > len(payload):
        raise Broken
    body, found = size, []
    while at < size:
        kind, at = _varint(payload, at)
        width = (kind - 12) // 2 if kind >= 12 else _WIDTHS.get(kind, 8 if kind == 7 else 0)
        if kind in (10, 11) or body + width > len(payload):
            raise Broken
        found.append(_value(kind, payload[body : body + width]))
        body += width
    if at != size or body != len(payload):
        raise Broken
    return tuple(found)


def _value(kind: int, data: bytes) -> Any:
    if kind in _WIDTHS:
        return int.from_bytes(data, signed=True)
    if kind == 7:
        return struct.unpack(">d", data)[0]
    if kind >= 12:
        return data.decode("utf-8", "replace") if kind % 2 else data
    return {0: None, 8: 0, 9: 1}[kind]
