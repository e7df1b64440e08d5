"""What a loader of a format is told besides the bytes. Reads no files itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reader.document import Document, ReadAs


def _nothing(address: str) -> bytes | None:
    return None


def _ignore(document: Document) -> None:
    return


@dataclass(frozen=True, slots=True)
class Request:
    """How to read a file, and what lies around it.

    `beside` returns the bytes of a file that lies with the source (a picture of a saved web page) by its
    relative address, or None; it never leaves the folder. `preview` may be called with the beginning of a
    long document while the rest is read: its text and blocks begin those of the whole. Those of a PDF nearly
    do: what the later pages show of it (a running head, the usual size of its type) may change a block.
    """

    read_as: ReadAs = ReadAs()
    name: str = ""
    beside: Callable[[str], bytes | None] = _nothing
    preview: Callable[[Document], None] = _ignore

    @property
    def encoding(self) -> str | None:
        """The encoding that a person chose, or None."""
        return self.read_as.encoding or None
