"""What can still be read of a zip archive that is cut off or damaged, member by member. Writes no file."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

from reader.errors import DamagedFile
from reader.formats.archive import LARGEST_MEMBER, MOST_MEMBERS, Archive, is_inside

_HEADER = struct.Struct("<4s5H3L2H")
_MAGIC = b"PK\x03\x04"
_NEXT = (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06")
# All members together: less than of a sound archive, for they are held in memory twice.
_LARGEST_WHOLE = 128 << 20
_CHUNK = 1 << 14
_STORED, _DEFLATED = 0, 8


@dataclass(frozen=True, slots=True)
class Salvage:
    """An archive of what could be read, and which part of a member's content that is, from 0 to 1."""

    archive: Archive
    shares: dict[str, float]


def salvage(data: bytes, *, name: str) -> Salvage | None:
    """Return what can be read of a broken archive; None where nothing can."""
    out = io.BytesIO()
    shares: dict[str, float] = {}
    size = 0
    at = data.find(_MAGIC)
    with zipfile.ZipFile(out, "w") as archive:
        while at >= 0 and len(shares) < MOST_MEMBERS and size < _LARGEST_WHOLE:
            member, content, share, end = _member(data, at)
            if member.isprintable() and is_inside(member) and member not in shares:
                archive.writestr(member, content)
                shares[member] = share
                size += len(content)
            at = data.find(_MAGIC, max(end, at + 4))
    if not shares:
        return None
    return Salvage(Archive(out.getvalue(), name=name), shares)


def _member(data: bytes, at: int) -> tuple[str, bytes, float, int]:
    """Return the name, the content, the share of it that is there, and the end of the member at a place."""
    if at + _HEADER.size > len(data):
        return "", b"", 0.0, len(data)
    fields = _HEADER.unpack_from(data, at)
    flags, method, packed, unpacked, of_name, of_extra = fields[2], fields[3], *fields[7:11]
    start = at + _HEADER.size + of_name + of_extra
    member = data[at + _HEADER.size : at + _HEADER.size + of_name].decode("utf-8", "replace")
    if flags & 1 or method not in (_STORED, _DEFLATED) or not member or member.endswith("/"):
        return "", b"", 0.0, start
    if method == _STORED:
        end = start + packed if packed else _end_of_stored(data, start)
        content = data[start:end][:LARGEST_MEMBER]
        return member, content, len(content) / max(1, packed or len(content)), end
    content, end, whole = _inflated(data, start)
    if whole or not unpacked:
        return member, content, 1.0 if whole else 0.0, end
    return member, content, min(1.0, len(content) / unpacked), end


def _end_of_stored(data: bytes, start: int) -> int:
    ends = [place for magic in _NEXT if (place := data.find(magic, start)) >= 0]
    return min(ends, default=len(data))


def _inflated(data: bytes, start: int) -> tuple[bytes, int, bool]:
    """Return what unpacks, the place where that ends, and whether it is the whole."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    parts: list[bytes] = []
    size = 0
    at = start
    while at < len(data) and not stream.eof and size < LARGEST_MEMBER:
        try:
            parts.append(stream.decompress(data[at : at + _CHUNK], LARGEST_MEMBER - size))
        except zlib.error:
            return b"".join(parts), at, False  # damaged from here on; what came before is kept
        size += len(parts[-1])
        at += _CHUNK
    if stream.unconsumed_tail:
        raise DamagedFile(
            "A part of the file unpacks to more than any document needs, so it was not unpacked.",
            "It may be made to do harm; try another copy of it.",
        )
    end = min(at, len(data)) - len(stream.unused_data)
    return b"".join(parts), end, stream.eof
