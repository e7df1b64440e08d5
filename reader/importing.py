"""Bringing many files into the library: found, read beside, put in a batch at a time. Prints nothing; no Qt.

What is known is passed over without being read. Whatever ends the work, what was put in stays, and the same
work begun again does the rest.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reader.document import Document, ReadAs
from reader.errors import FormatError, MissingFile, ReaderError
from reader.model import now
from reader.reading_ahead import ReadingAhead, Wanted

if TYPE_CHECKING:
    from reader.formats.opener import Opener
    from reader.library import Kept, Library

# What is put in at once: enough for the indexes to be written in few goes, and no more than a moment's work
# or than the memory holds easily. Weights are characters of texts and bytes of pictures.
_DOCUMENTS, _WEIGHT, _SECONDS = 250, 8_000_000, 2.0


@dataclass(slots=True)
class Found:
    """What there is to read, in order; why some of it is not to be had, and what was passed over."""

    paths: list[Path] = field(default_factory=list)
    refused: list[Result] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one document: "new", "known", "changed", "refused", or "broken" by a bug of ours.

    `error` says why it was refused, or is the bug. `lost` counts highlights without a place in its new text.
    """

    source: str
    outcome: str
    document_id: int = 0
    title: str = ""
    lost: int = 0
    error: Exception | None = None


def find_documents(files: Iterable[str], opener: Opener) -> Found:
    """Return what to read of files, folders and files that hold several documents, each once."""
    from reader.formats import collect
    from reader.formats.files import shown

    found: dict[Path, None] = {}
    outcome = Found()

    def refuse(source: str | Path, error: Exception) -> None:
        outcome.refused.append(_refusal(source, error))

    for name in files:
        try:
            inside = collect([name], tell=partial(refuse, name))
            if not inside:
                raise MissingFile(
                    f"There is no article in the folder {shown(name)}.",
                    "Choose a folder with articles in it.",
                )
        except FormatError as error:
            refuse(name, error)
            continue
        for path in inside:
            try:
                sources, warnings = _parts(path, opener)
            except Exception as error:  # noqa: BLE001  a bug is handed on; the other files are good
                refuse(path, error)
                continue
            outcome.warnings += warnings
            found.update(dict.fromkeys(map(Path, sources)))
    outcome.paths = list(found)
    return outcome


def _parts(path: Path, opener: Opener) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the documents of a file that may hold several, or the file itself, and warnings."""
    from reader.formats import may_hold_several

    return opener.members(path) if may_hold_several(path) else ((str(path),), ())


def _refusal(source: str | Path, error: Exception) -> Result:
    return Result(str(source), "refused" if isinstance(error, ReaderError) else "broken", error=error)


class Importer:
    """Reads documents and puts them into the library, each as was chosen for it before unless `read_as` says.

    With `shows_first` the first is put in at once, though it be known: it is read to be shown, and `preview`
    is called with its beginning. `reading` is told of each whose turn it is, and its number from 1;
    `stopped` is asked whether to go on. A library that takes no more raises its `LibraryError`.
    """

    def __init__(
        self,
        library: Library,
        openers: Sequence[Opener],
        *,
        read_as: ReadAs | None = None,
        preview: Callable[[Document], None] | None = None,
        shows_first: bool = False,
        reading: Callable[[Path, int], None] = lambda path, number: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self._library, self._openers = library, openers
        self._read_as, self._preview, self._shows_first = read_as, preview, shows_first
        self._reading, self._stopped = reading, stopped
        self._together = now()
        self._kept: dict[Path, Kept] = {}  # what is known of those that are being read
        self._waiting: list[Document | Result] = []
        self._documents = self._weight = 0  # of what is waiting
        self._since = time.monotonic()

    def results(self, paths: Iterable[Path]) -> Iterator[Result]:
        """Yield what became of each document, in their order, once that is on disk."""
        readers = ReadingAhead(self._openers)
        try:
            coming = readers.each(map(self._wanted, paths), ahead=lambda: not self._shows_first)
            for number, (wanted, fetch) in enumerate(coming, 1):
                if self._stopped():
                    break
                self._reading(wanted.path, number)
                try:
                    self._wait_with(self._read(wanted, fetch))
                except FormatError as error:
                    if self._stopped():
                        break  # which is why it was not read to its end
                    self._wait_with(_refusal(wanted.path, error))
                except ReaderError:
                    raise
                except Exception as error:  # noqa: BLE001  our bug, handed on; the other files are good
                    self._wait_with(_refusal(wanted.path, error))
                if self._is_due():
                    yield from self._put_in()
            yield from self._put_in()
        finally:
            readers.close()

    def _wanted(self, path: Path) -> Wanted:
        if self._read_as is not None:
            return Wanted(path, self._read_as)
        kept = self._library.kept_from(str(path.absolute()))
        read_as = kept.read_as if kept is not None else ReadAs()
        if kept is not None:
            self._kept[path] = kept
        if self._shows_first:
            return Wanted(path, read_as, preview=self._preview)
        return Wanted(path, read_as, known=kept.file_hash if kept is not None else "")

    def _read(self, wanted: Wanted, fetch: Callable[[], Document | None]) -> Document | Result:
        document = fetch()
        kept = self._kept.pop(wanted.path, None)
        if document is None:
            assert kept is not None
            return self._known(wanted.path, kept)
        if self._read_as is None and kept is None:
            # Only its bytes tell that a file was moved.
            remembered = self._library.read_as(str(wanted.path.absolute()), document.file_hash)
            if remembered != wanted.read_as:
                return self._openers[0].open(wanted.path, read_as=remembered)
        return document

    def _known(self, path: Path, kept: Kept) -> Result:
        """Return what became of a file whose bytes are those that its document was read from."""
        lost = 0
        # Whoever put its text in may have been ended before the highlights were found again.
        if any(each.anchor.text_hash != kept.text_hash for each in self._library.highlights(kept.id)):
            from reader.intake import find_again

            document = self._library.document(kept.id)
            lost = len(find_again(self._library, kept.id, document)) if document is not None else 0
        return Result(str(path), "known", kept.id, lost=lost)

    def _wait_with(self, read: Document | Result) -> None:
        self._waiting.append(read)
        if isinstance(read, Document):
            self._documents += 1
            self._weight += len(read.text) + sum(len(each.data) for each in read.pictures)

    def _is_due(self) -> bool:
        return (
            (self._shows_first and self._documents > 0)
            or self._documents >= _DOCUMENTS
            or self._weight >= _WEIGHT
            or time.monotonic() - self._since >= _SECONDS
        )

    def _put_in(self) -> list[Result]:
        """Put in what was read, and return what became of all that waited."""
        waiting, self._waiting = self._waiting, []
        documents = [each for each in waiting if isinstance(each, Document)]
        self._shows_first = self._shows_first and not documents
        taken = iter(self._taken(documents))
        self._documents = self._weight = 0
        self._since = time.monotonic()
        return [next(taken) if isinstance(each, Document) else each for each in waiting]

    def _taken(self, documents: list[Document]) -> list[Result]:
        from reader.intake import take_in_all

        if not documents:
            return []
        try:
            taken = take_in_all(self._library, documents, added=self._together)
        except ReaderError:
            raise
        except Exception as error:  # noqa: BLE001  our bug, handed on
            if len(documents) == 1:
                return [_refusal(documents[0].source, error)]
            # What one of them shows keeps no other out.
            return [each for one in documents for each in self._taken([one])]
        return [
            Result(each.document.source, each.outcome, each.document_id, each.document.title, len(each.lost))
            for each in taken
        ]
