"""The commands that ask the library: search, and who said what. Prints; knows no arguments and no Qt."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from reader.commands.terminal import as_line, say
from reader.errors import LibraryError
from reader.paths import Paths
from reader.reports.wording import counted

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
                    print(f"{as_line(found.title)}{dated}\n  {as_line(found.path)}")
                for hit in found.hits:
                    if as_json:
                        # Who reads the lines knows a marked passage as what its note is.
                        kind = "note" if hit.kind == "highlight" else hit.kind
                        row = {"document": found.path, "title": found.title, "kind": kind}
                        print(json.dumps({**row, "snippet": hit.snippet, "start": hit.start, "end": hit.end}))
                    else:
                        times = f" ({hit.count} times)" if hit.count > 1 else ""
                        print(f"  {hit.kind}{times}: {as_line(hit.snippet)}")
            sys.stdout.flush()
            offset += len(page)
            if len(page) < wanted:
                break
        if not offset:
            say("Nothing in the library matches.")


def set_stemming(on: bool, *, paths: Paths) -> None:
    """Let the library find English words in all their forms, or not; says so."""
    from reader.library import Library

    _must_be_there(paths.library)
    library = Library.open(paths.library, backups=paths.backups, must_exist=True)
    try:
        library.set_stemming(on)
    finally:
        library.close()
    if on:
        say("English words are found in all their forms from now on.")
    else:
        say("Words are found as they are written from now on.")


def quotes(name: str, *, about: str, library: Path, as_json: bool) -> None:
    """Print the quotations of a person in the order of time."""
    with _opened(library) as asked:
        speakers = asked.speakers(name)
        if len(speakers) > 1:
            say(f"“{as_line(name)}” is the name of: {'; '.join(as_line(each) for each in speakers)}.")
        said = asked.sayings(speakers, about=about)
        for each in said:
            if as_json:
                row = {"document": each.path, "title": each.title, "date": each.date, "speaker": each.speaker}
                row |= {"kind": each.kind, "content": each.content}
                print(json.dumps({**row, "start": each.start, "end": each.end}))
            else:
                dated = each.date or "undated"
                print(f"{dated}  {as_line(each.speaker)}: {as_line(each.content)}")
                called = f", as “{as_line(each.called)}”" if each.called != each.speaker else ""
                print(f"    {each.kind}{called}, in “{as_line(each.title)}”, {as_line(each.path)}")
        if not as_json and said:
            print(f"\n{counted(len(said), 'quotation')}.")
        if not said:
            say(f"No quotation by “{as_line(name)}” is in the library.")


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
