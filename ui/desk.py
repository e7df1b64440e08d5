"""Work done beside the interface: files taken into the library, documents fetched from it. No widgets.

Each function runs in a task's thread with a connection of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import FormatError, MissingFile, ReaderError
from reader.model import Analysis, Document, Highlight, Located, Note, ReadingPlace, now
from reader.paths import Paths

if TYPE_CHECKING:
    from reader.formats.opener import Opener
    from ui.tasks import Task


@dataclass(frozen=True, slots=True)
class Opened:
    """A document with all that the window shows of it."""

    id: int
    document: Document
    place: ReadingPlace
    highlights: tuple[tuple[Highlight, Located], ...]
    notes: tuple[Note, ...]
    analysis: Analysis | None


@dataclass(slots=True)
class TakenIn:
    """What became of a number of files: (document, "new" | "known" | "changed"), in their order."""

    taken: list[tuple[int, str]] = field(default_factory=list)
    refused: list[tuple[str, ReaderError]] = field(default_factory=list)
    lost: int = 0

    def count(self, outcome: str) -> int:
        """Return how many files had this outcome."""
        return sum(each == outcome for _, each in self.taken)


def fetch(paths: Paths, document_id: int, *, model: str) -> Opened | None:
    """Fetch a document from the library; None when it is not there."""
    from reader.anchoring import locate
    from reader.library import Library

    library = Library.open(paths.library, backups=paths.backups)
    try:
        document = library.document(document_id)
        if document is None:
            return None
        highlights = library.highlights(document_id)
        return Opened(
            document_id,
            document,
            library.place(document_id),
            tuple((highlight, locate(document, highlight.anchor)) for highlight in highlights),
            tuple(library.notes(document_id)),
            library.analysis(document_id, text_hash=document.text_hash, model=model),
        )
    finally:
        library.close()


def save_analysis(paths: Paths, document_id: int, analysis: Analysis, *, text_hash: str) -> None:
    """Put the machine's findings into the library."""
    from reader.library import Library

    library = Library.open(paths.library, backups=paths.backups)
    try:
        library.save_analysis(document_id, analysis, text_hash=text_hash)
    finally:
        library.close()


def take_in_files(
    task: Task,
    paths: Paths,
    opener: Opener,
    files: Iterable[str],
    *,
    first_in: Callable[[int], None],
    words: Callable[[str, int, int], str],
) -> TakenIn:
    """Open files and folders and put each into the library; call `first_in` with the first one's id.

    What is in when the task is cancelled stays in. A file that can't be opened is told, and the rest done.
    """
    from reader.formats import collect
    from reader.intake import take_in
    from reader.library import Library

    outcome = TakenIn()
    together = now()
    found: list[Path] = []
    for name in files:
        try:
            found += collect([name])
        except FormatError as error:
            outcome.refused.append((name, error))
    library = Library.open(paths.library, backups=paths.backups)
    task.when_cancelled(opener.cancel)
    try:
        for number, path in enumerate(found, 1):
            if task.cancelled:
                break
            task.report(words(path.name, number, len(found)), (number - 1) / len(found))
            try:
                taken = take_in(library, opener.open(path), added=together)
            except FormatError as error:
                if not task.cancelled:
                    outcome.refused.append((str(path), error))
                continue
            outcome.taken.append((taken.document_id, taken.outcome))
            outcome.lost += len(taken.lost)
            if len(outcome.taken) == 1:
                first_in(taken.document_id)
    finally:
        task.when_cancelled(None)
        library.close()
    if not found and not outcome.refused:
        raise MissingFile(
            "There is no article in that folder.", "Choose a folder with text, Markdown or HTML files."
        )
    return outcome
