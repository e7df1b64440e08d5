"""Notes being written that are not in the library yet, each in a small file. Never touches the library.

A file and not a table: the words must be kept just when the library is locked, full or read-only.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from reader.atomic import write_whole
from reader.document import Span
from reader.errors import ReaderError
from reader.model import Anchor, Colour, Highlight, Note


class Drafts:
    """The drafts of one library, in a folder of their own, one file a highlight or a note.

    A draft is a `Highlight` or a `Note` with the words and the tags as they were typed last. Each file is
    replaced whole, so that a kill leaves the older or the newer words. They are not forced to the platter:
    that would cost a frame while someone types.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, draft: Highlight | Note) -> None:
        """Keep the words of a note; raise ReaderError when they can't be kept."""
        data = json.dumps(asdict(draft)).encode()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(self._place(draft.id), data, surely=False)
        except OSError as error:
            raise ReaderError(
                f"The words of your note can't be kept in “{self._folder}” while you type.",
                "Save the note soon, and make room or allow writing there.",
            ) from error

    def drop(self, id: str) -> None:
        """Forget a draft: its words are saved, or nobody wants them."""
        try:
            self._place(id).unlink(missing_ok=True)
        except OSError as error:
            raise ReaderError(
                f"A draft in “{self._folder}” can't be deleted.", "Allow writing to that folder."
            ) from error

    def of(self, document_id: int) -> list[Highlight]:
        """Return the drafts on its passages, the oldest first; a file that is none is passed over."""
        return [each for each in self._all(document_id) if isinstance(each, Highlight)]

    def notes_of(self, document_id: int) -> list[Note]:
        """Return the drafts on a document as a whole, likewise."""
        return [each for each in self._all(document_id) if isinstance(each, Note)]

    def _all(self, document_id: int) -> list[Highlight | Note]:
        try:
            files = sorted(self._folder.glob("*.json"), key=lambda file: file.stat().st_mtime_ns)
        except OSError:
            return []  # no folder, no drafts
        found = (_read(file) for file in files)
        return [each for each in found if each is not None and each.document_id == document_id]

    def _place(self, id: str) -> Path:
        # An id may have come from elsewhere; its hash is always a good file name.
        return self._folder / f"{hashlib.sha256(id.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.json"


def _read(file: Path) -> Highlight | Note | None:
    try:
        kept: dict[str, Any] = json.loads(file.read_bytes())
        if "body" in kept:
            words = (str(kept[name]) for name in ("id", "created", "updated"))
            tags = tuple(str(tag) for tag in kept["tags"])
            return Note(int(kept["document_id"]), str(kept["body"]), tags, *words)
        anchor = kept["anchor"]
        span = Span(int(anchor["span"]["start"]), int(anchor["span"]["end"]))
        return Highlight(
            int(kept["document_id"]),
            Anchor(span, *(str(anchor[name]) for name in ("exact", "prefix", "suffix", "text_hash"))),
            Colour(kept["colour"]),
            str(kept["note"]),
            tuple(str(tag) for tag in kept["tags"]),
            *(str(kept[name]) for name in ("id", "created", "updated")),
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
