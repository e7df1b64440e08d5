"""Zip archives as formats use them: members by name, refused before they are read when they are not sane."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from urllib.parse import unquote

from reader.errors import DamagedFile, TornFile

# A member larger than this, or larger than 1 MB and packed more than 200 to 1, is a bomb and not a text.
LARGEST_MEMBER = 64 << 20
_SMALL, _DENSEST = 1 << 20, 200
# All members together, and their number.
LARGEST_WHOLE, MOST_MEMBERS = 512 << 20, 20_000
_DRIVE = re.compile(r"[A-Za-z]:")


class Archive:
    """A zip file in memory. `name` is the file's name, as sentences about it show it.

    Every refusal is a `DamagedFile`; a member that is not there is None.
    """

    def __init__(self, data: bytes, *, name: str = "The file") -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError) as error:
            raise TornFile(
                f"{name} is cut off or damaged: its parts can't be found.", "Try another copy of it."
            ) from error
        members = self._zip.infolist()
        if len(members) > MOST_MEMBERS or sum(each.file_size for each in members) > LARGEST_WHOLE:
            raise DamagedFile(
                f"{name} unpacks to more than any document needs, so it was not unpacked.",
                "It may be made to do harm. If you trust it, unpack it yourself and open the files inside.",
            )
        # A hostile archive has members without a name.
        named = (each for each in members if each.filename)
        self._members = {each.filename: each for each in named if not each.is_dir()}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the members whose place is inside the archive, in its order."""
        return tuple(name for name in self._members if is_inside(name))

    def __len__(self) -> int:
        """Return how many members there are, wherever they say that they lie."""
        return len(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def require_unlocked(self) -> None:
        """Refuse an archive of which a part is locked with a password."""
        for member in self._members.values():
            self._require_unlocked(member)

    def _require_unlocked(self, member: zipfile.ZipInfo) -> None:
        if member.flag_bits & 1:
            raise DamagedFile(
                f"{self.name} is locked with a password.",
                "Unlock it in the program it comes from, and save a copy.",
            )

    def read(self, name: str) -> bytes | None:
        """Return the content of a member, or None when there is no such member."""
        member = self._members.get(name)
        if member is None or not is_inside(name):
            return None
        self._require_unlocked(member)
        dense = member.file_size > _SMALL and member.file_size > _DENSEST * max(1, member.compress_size)
        if member.file_size > LARGEST_MEMBER or dense:
            raise DamagedFile(
                f"A part of {self.name} unpacks to {member.file_size >> 20:,} MB, so it was not unpacked.",
                "It may be made to do harm; try another copy of it.",
            )
        try:
            # What the archive says of the size is a claim: no more than that is taken.
            with self._zip.open(member) as file:
                data = file.read(member.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise TornFile(
                f"A part of {self.name} is damaged (“{name[-60:]}”).", "Try another copy of it."
            ) from error
        if len(data) > member.file_size:
            raise DamagedFile(
                f"A part of {self.name} is larger than the file says.", "Try another copy of it."
            )
        return data


def is_inside(name: str) -> bool:
    """Tell whether a member's name is a place inside the archive."""
    parts = name.replace("\\", "/").split("/")
    return bool(name) and not name.startswith(("/", "\\")) and ".." not in parts and not _DRIVE.match(name)


def joined(base: str, address: str) -> str | None:
    """Return the member that `address` (an URL reference) means in the member `base`; None outside."""
    path = unquote(address.split("#")[0].split("?")[0])
    if "://" in path or path.startswith(("data:", "mailto:")):
        return None
    if not path:
        return base
    whole = path[1:] if path.startswith("/") else posixpath.join(posixpath.dirname(base), path)
    member = posixpath.normpath(whole)
    return member if is_inside(member) else None
