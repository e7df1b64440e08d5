"""A reader of files that waits, or takes another file away, when a test's file is named so."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from reader.document import Document, ReadAs
from reader.formats import open_document


def unfenced(memory: int) -> None:
    """Let the reader below write the files that tell of it."""


def slow_reader(
    path: str | Path, *, read_as: ReadAs = ReadAs(), preview: Callable[[Document], None] | None = None
) -> Document:
    """Read a file; at one named "slow…" say so and wait until there is a file "go" beside it."""
    file = Path(path)
    if file.name.startswith("slow"):
        file.with_name("begun").touch()
        while not file.with_name("go").exists():
            time.sleep(0.01)  # in a process of its own, where nothing tells of a new file
    if file.name.startswith("thief"):
        for other in file.parent.glob("victim*"):
            other.unlink()
    return open_document(path, read_as=read_as, preview=preview)
