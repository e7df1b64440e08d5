"""The command that rescues a damaged library: what can be read goes into a new one. Prints; no Qt."""

from __future__ import annotations

import sys
from pathlib import Path

from reader.reports.wording import clean


def rescue(damaged: Path, output: Path | None, *, replace: bool) -> bool:
    """Rescue into `output` (None: a name beside the damaged file); return whether nothing is missing.

    With `replace` the rescued library takes the damaged file's place, which stays under another name.
    Raises LibraryError.
    """
    from reader.library import backup
    from reader.library.rescue import name_beside
    from reader.library.rescue import rescue as read_what_can_be

    rescued = read_what_can_be(damaged, output or name_beside(damaged))
    _say(
        f"Rescued: {rescued.articles:,} of {rescued.of_articles:,} articles,"
        f" {rescued.notes:,} of {rescued.of_notes:,} highlights and notes."
    )
    if replace:
        kept = backup.restore(rescued.path, damaged)
        if output is None:
            rescued.path.unlink()
        _say(f"They are in the library “{damaged}” now; the damaged file is kept as “{kept}”.")
    else:
        _say(f"They are in the library “{rescued.path}”; the damaged file is as it was.")
    if rescued.articles < rescued.of_articles:
        print("Open the file of an article to have its lost text again.", file=sys.stderr)
    return rescued.articles == rescued.of_articles and rescued.notes == rescued.of_notes


def _say(sentence: str) -> None:
    print(clean(sentence), flush=True)
