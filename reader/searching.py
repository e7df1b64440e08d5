"""The commands that ask the library: search, and who said what. Prints; knows no arguments and no Qt."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import LibraryError
from reader.paths import Paths
from reader.reports.wording import clean, counted
from reader.text import one_line

if TYPE_CHECKING:
    from reader.library import Library

_AT_ONCE = 200


def search(query: str, *, library: Path, as_json: bool, limit: int | None) -> None:
    """Print what matches, best first. `limit` counts documents."""
    with _opened(library) as asked:
        offset = 0
        while limit is None or offset < limit:
            wanted = _AT_ONCE if limit is None else min(_AT_ONCE, limit - offset)
            page = asked.search(query, offset=offset, limit=wanted)
            for found in page:
                if not as_json:
                    dated = f" ({found.date})" if found.date else ""
                    print(f"{_line(found.title)}{dated}\n  {_line(found.path)}")
                for hit in found.hits:
                    if as_json:
                        row = {"document": found.path, "title": found.title, "kind": hit.kind}
                        print(json.dumps({**row, "snippet": hit.snippet, "start": hit.start, "end": hit.end}))
                    else:
                        times = f" ({hit.count} times)" if hit.count > 1 else ""
                        print(f"  {hit.kind}{times}: {_line(hit.snippet)}")
            sys.stdout.flush()
            offset += len(page)
            if len(page) < wanted:
                break
        if not offset:
            _say("Nothing in the library matches.")


def set_stemming(on: bool, *, paths: Paths) -> None:
    """Let the library find English words in all their forms, or not; says so."""
    from reader.library import Library

    _must_be_there(paths.library)
    library = Library.open(paths.library, backups=paths.backups)
    try:
        library.set_stemming(on)
    finally:
        library.close()
    if on:
        _say("English words are found in all their forms from now on.")
    else:
        _say("Words are found as they are written from now on.")


def quotes(name: str, *, about: str, library: Path, as_json: bool) -> None:
    """Print the quotations of a person in the order of time."""
    with _opened(library) as asked:
        speakers = asked.speakers(name)
        if len(speakers) > 1:
            _say(f"“{_line(name)}” is the name of: {'; '.join(_line(each) for each in speakers)}.")
        said = asked.sayings(speakers, about=about)
        for each in said:
            if as_json:
                row = {"document": each.path, "title": each.title, "date": each.date, "speaker": each.speaker}
                row |= {"kind": each.kind, "content": each.content}
                print(json.dumps({**row, "start": each.start, "end": each.end}))
            else:
                dated = each.date or "undated"
                print(f"{dated}  {_line(each.speaker)}: {_line(each.content)}")
                print(f"    {each.kind}, in “{_line(each.title)}”, {_line(each.path)}")
        if not as_json and said:
            print(f"\n{counted(len(said), 'quotation')}.")
        if not said:
            _say(f"No quotation by “{_line(name)}” is in the library.")


@contextmanager
def _opened(path: Path) -> Iterator[Library]:
    """Lend the library to be read; nothing is made where there is none."""
    from reader.library import Library

    _must_be_there(path)
    library = Library.open(path, backups=path.parent, read_only=True)
    try:
        yield library
    finally:
        library.close()


def _must_be_there(path: Path) -> None:
    if not path.exists():
        raise LibraryError(f"There is no library “{path}” yet.", "Open an article in the window first.")


def _line(text: str) -> str:
    return one_line(clean(text))


def _say(sentence: str) -> None:
    print(clean(sentence), file=sys.stderr, flush=True)
