"""Files that hold several documents: archives of articles, and rows of JSON with a text each. Writes nothing.

A document in such a file is called by the file's path, "::" and its name there: the path of an archive's
member, or the number of a row, from 1.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from reader.document import JOINT, Document, Metadata
from reader.errors import DamagedFile, EmptyFile, FormatError, MissingFile
from reader.formats import files, plain
from reader.formats.archive import Archive, joined
from reader.formats.blocks import clean
from reader.formats.dates import iso_date
from reader.formats.encoding import Decoded, decode
from reader.text import one_line, unify_line_ends

ROWS, ARCHIVES = (".json", ".jsonl", ".ndjson"), (".zip",)
SUFFIXES = (*ROWS, *ARCHIVES)
_ZIP = b"PK\x03\x04"
_MOST = 20_000  # documents in one file
# What rows call what is known of a text.
_KEYS = {
    "title": ("title", "headline", "name"),
    "byline": ("byline", "author", "authors", "creator"),
    "date": ("date", "published", "date_published", "datePublished"),
    "site": ("site", "source", "publisher", "publication"),
    "language": ("language", "lang"),
    "address": ("url", "address", "link"),
}
_TELLS = "A row is read when it is an object with a “text”."


def parted(path: str | Path) -> tuple[Path, str]:
    """Return a file and the name of the document in it, "" where the path names a file alone."""
    whole = str(path)
    place, mark, member = whole.partition(JOINT)
    while mark and not os.path.lexists(whole):
        if os.path.isfile(place):  # noqa: PTH113  a name too long for the system is no file
            return Path(place), member
        # The mark may belong to the name of the file.
        more, mark, member = member.partition(JOINT)
        place += JOINT + more
    return Path(whole), ""


def members(
    path: str | Path, *, is_openable: Callable[[Path], bool]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what the documents of such a file are called, in order, and warnings.

    Only the names are looked at; an archive's members of other kinds are passed over, and counted.
    """
    place = Path(path)
    name = files.shown(place)
    warnings: tuple[str, ...] = ()
    if place.suffix.lower() in ROWS:
        rows = _rows(place, _stamp(place))
        found = [str(number) for number, row in enumerate(rows.rows, 1) if row is not None]
        bad = [number for number, row in enumerate(rows.rows, 1) if row is None]
        warnings = (*rows.warnings, *((_of_rows(name, bad),) if bad else ()))
        if not found:
            raise EmptyFile(f"There is no text in the rows of {name}.", _TELLS)
    else:
        archive = _archive(place, _stamp(place))
        found, passed = _articles(archive, is_openable)
        warnings = (_passed_over(name, passed),) if passed else ()
        if not found:
            raise EmptyFile(
                f"There is no article in {name}.", "Unpack it, and look whether it holds what you expect."
            )
    if len(found) > _MOST:
        cut = f"{name} holds {len(found):,} documents; only the first {_MOST:,} of them were taken."
        warnings = (*warnings, cut)
    return tuple(f"{path}{JOINT}{each}" for each in found[:_MOST]), warnings


def _articles(archive: Archive, is_openable: Callable[[Path], bool]) -> tuple[list[str], int]:
    """Return the members to open, in natural order, and how many are passed over."""
    seen = [each for each in archive.names if not _is_hidden(each)]
    found = [each for each in seen if is_openable(Path(each)) and not each.lower().endswith(SUFFIXES)]
    # Called by what a path makes of its name, so that it is found again when paths are made of it.
    called = dict.fromkeys(str(PurePosixPath(each)) for each in sorted(found, key=files.natural))
    return list(called), len(archive) - len(archive.names) + len(seen) - len(found)


def _is_hidden(member: str) -> bool:
    return any((part.startswith(".") and part != ".") or part == "__MACOSX" for part in member.split("/"))


def _of_rows(name: str, bad: list[int]) -> str:
    some = ", ".join(f"{number:,}" for number in bad[:5]) + (" and more" if len(bad) > 5 else "")
    what = f"Row {some} of {name} holds" if len(bad) == 1 else f"{len(bad):,} rows of {name} ({some}) hold"
    return f"{what} no text and {'was' if len(bad) == 1 else 'were'} passed over."


def _passed_over(name: str, count: int) -> str:
    what = "One file" if count == 1 else f"{count:,} files"
    return f"{what} in {name} can't be read as an article, and {'was' if count == 1 else 'were'} passed over."


# ---------------------------------------------------------------- one of them


def member_of(path: Path, member: str) -> tuple[bytes, Callable[[str], bytes | None]]:
    """Return the bytes of an archive's member, and what reads the files that lie beside it there."""
    archive = _archive(path, _stamp(path))
    member = member.replace("\\", "/")
    inside = member if member in archive else _spelled(archive, member)
    data = archive.read(inside)
    if data is None:
        raise MissingFile(
            f"There is no “{member[-80:]}” in {files.shown(path)}.",
            "Drop the archive on the window to see what is.",
        )

    def beside(address: str) -> bytes | None:
        neighbour = joined(inside, address)
        try:
            return archive.read(neighbour) if neighbour else None
        except DamagedFile:
            return None  # a picture that can't be read is told by its words

    return data, beside


def _spelled(archive: Archive, member: str) -> str:
    """Return how an archive spells a name that is called by what a path makes of it."""
    return next((each for each in archive.names if str(PurePosixPath(each)) == member), member)


def row_of(path: Path, member: str) -> Document:
    """Return the document of a row."""
    found = _rows(path, _stamp(path))
    rows = found.rows
    number = int(member) if member.isascii() and member.isdigit() and len(member) < 10 else 0
    row = rows[number - 1] if 0 < number <= len(rows) else None
    if row is None:
        raise MissingFile(f"There is no text in row {member[:20]} of {files.shown(path)}.", _TELLS)
    document = plain.read(unify_line_ends(row["text"]), warnings=found.warnings)
    told = Metadata(**{field: _value(row, keys) for field, keys in _KEYS.items()})
    known = document.metadata
    metadata = replace(told, title=told.title or known.title, date=iso_date(told.date) or known.date or "")
    return replace(document, metadata=metadata, format="row")


def _value(row: dict[str, Any], keys: Iterable[str]) -> str:
    for key in keys:
        value = row.get(key)
        if isinstance(value, list):
            value = ", ".join(str(each) for each in value[:20] if isinstance(each, str | int))
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return one_line(clean(str(value)))[:1000]
    return ""


# ---------------------------------------------------------------- reading, each file once


def _stamp(path: Path) -> tuple[int, int]:
    """Return what changes when a file does; one that can't be looked at is told when it is read."""
    try:
        kind = path.stat()
    except OSError:
        return (0, 0)
    return (kind.st_mtime_ns, kind.st_size)


@lru_cache(maxsize=1)
def _archive(path: Path, stamp: tuple[int, int]) -> Archive:
    return Archive(files.read_bytes(path), name=files.shown(path))


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a file, None for one without a text; and what must be told of how it was read."""

    rows: list[dict[str, Any] | None]
    warnings: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def _rows(path: Path, stamp: tuple[int, int]) -> _Rows:
    decoded = _decoded(files.read_bytes(path))
    rows: list[Any] | None = None
    if path.suffix.lower() == ".json" or decoded.text.lstrip().startswith("["):
        rows = _listed(decoded.text)
    if rows is None:
        rows = list(_lines(decoded.text, files.shown(path)))
    return _Rows([_checked(row) for row in rows], decoded.warnings)


def _decoded(data: bytes) -> Decoded:
    """Return the text of JSON; its line ends are left alone, for some may stand within a string."""
    try:
        return Decoded(data.decode("utf-8-sig"), "utf-8")
    except UnicodeDecodeError:
        return decode(data)


def _listed(text: str) -> list[Any] | None:
    """Return the rows of a whole of JSON: a list, an object with a text, or one that holds the list alone."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        return None  # rows may still stand one on each line
    if isinstance(whole, dict) and "text" not in whole:
        lists = [each for each in whole.values() if isinstance(each, list)]
        whole = lists[0] if len(lists) == 1 else [whole]
    return whole if isinstance(whole, list) else [whole]


def _lines(text: str, name: str) -> Iterator[Any]:
    seen = read = 0
    for line in text.split("\n"):
        if not line.strip():
            continue
        seen += 1
        try:
            row = json.loads(line)
            read += 1
        except (ValueError, RecursionError):
            row = None  # told by its number
        yield row
    if seen and not read:
        raise FormatError(
            f"{name} is not JSON that can be read.", "Check the file in the program it comes from."
        )


def _checked(row: Any) -> dict[str, Any] | None:
    is_text = isinstance(row, dict) and isinstance(row.get("text"), str) and row["text"].strip()
    return row if is_text else None
