"""What has come into watched folders: new or changed files, once nobody writes them any more. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

# Size in bytes, and the time of the last change in nanoseconds: while they differ, somebody writes the file.
Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sight:
    """What is in watched folders: articles with their stamps, the folders they are in, and what is gone."""

    files: Mapping[str, Stamp]
    folders: tuple[str, ...]
    gone: tuple[str, ...]


def look_into(folders: Iterable[str]) -> Sight:
    """Return what is in folders and below them; what can't be read there is passed over."""
    from reader.errors import FormatError
    from reader.formats import collect

    files: dict[str, Stamp] = {}
    seen: dict[str, None] = {}
    gone: list[str] = []
    for folder in folders:
        if not Path(folder).is_dir():
            gone.append(folder)
            continue
        seen[folder] = None
        try:
            found = collect([folder], tell=lambda error: None)
        except FormatError:
            gone.append(folder)
            continue
        for path in found:
            try:
                state = path.stat()
            except OSError:
                continue  # it has gone while it was looked at
            files[str(path)] = (state.st_size, state.st_mtime_ns)
            seen[str(path.parent)] = None
    return Sight(files, tuple(seen), tuple(gone))


class Arrivals:
    """Tells in each look which files are to be taken in. Used from one thread at a time.

    What the library has read before is not read again unless it has changed since.
    """

    def __init__(self) -> None:
        self._before: dict[str, Stamp] = {}  # in the last look
        self._dealt_with: dict[str, Stamp] = {}

    def take(
        self, sight: Sight, unread: Callable[[Mapping[str, float]], list[str]]
    ) -> tuple[list[str], bool]:
        """Return the files that have settled, and whether there are others that have yet to.

        A file has settled when it is as it was in the look before. `unread` tells which files the library
        has not read since they changed (seconds since 1970).
        """
        fresh = {
            name: stamp
            for name, stamp in sight.files.items()
            if name not in self._before and name not in self._dealt_with
        }
        strange = set(unread({name: when / 1e9 for name, (_, when) in fresh.items()})) if fresh else set()
        self._dealt_with |= {name: stamp for name, stamp in fresh.items() if name not in strange}
        settled: list[str] = []
        is_waiting = False
        for name, stamp in sight.files.items():
            if self._dealt_with.get(name) == stamp:
                continue
            if self._before.get(name) != stamp:
                is_waiting = True
                continue
            self._dealt_with[name] = stamp
            if stamp[0]:  # an empty one may be filled later: it then has another stamp
                settled.append(name)
        self._before = dict(sight.files)
        for name in self._dealt_with.keys() - sight.files.keys():
            del self._dealt_with[name]
        return settled, is_waiting
