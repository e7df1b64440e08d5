"""Work done beside the interface: files taken into the library, documents fetched from it. No widgets.

Each function runs in a task's thread with a connection of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from reader.document import Document, Metadata, ReadAs
from reader.errors import LibraryError, ReaderError
from reader.model import Analysis, Held, Highlight, Located, Note, ReadingPlace
from reader.paths import Paths
from ui.lending import lent

if TYPE_CHECKING:
    from reader.analysing import Expectations
    from reader.arrivals import Arrivals
    from reader.formats.opener import Opener
    from reader.importing import Result
    from reader.library import Library, State
    from reader.library.backup import Backup
    from reader.library.rescue import Rescued
    from reader.reviewing import Reviewed
    from reader.unsettled import Unsettled
    from ui.tasks import Task


@dataclass(frozen=True, slots=True)
class Written:
    """What a person wrote on a document, where each highlight stands in the text, and what holds of it."""

    highlights: tuple[tuple[Highlight, Located], ...]
    notes: tuple[Note, ...]
    metadata: Metadata
    held: Held


@dataclass(frozen=True, slots=True)
class Opened:
    """A document with all that the window shows of it."""

    id: int
    document: Document
    place: ReadingPlace
    written: Written
    analysis: Analysis | None


@dataclass(slots=True)
class TakenIn:
    """What became of a number of files: (document, "new" | "known" | "changed"), in their order.

    `total` is how many there were; `warnings` are sentences on what was passed over; `stopped` is why the
    library took no more; `broken` are bugs of ours.
    """

    total: int = 0
    taken: list[tuple[int, str]] = field(default_factory=list)
    refused: list[tuple[str, ReaderError]] = field(default_factory=list)
    broken: list[Exception] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    lost: int = 0
    cancelled: bool = False
    stopped: ReaderError | None = None

    def note(self, result: Result) -> None:
        """Count one document."""
        error = result.error
        if isinstance(error, ReaderError):
            self.refused.append((result.source, error))
        elif error is not None:
            self.broken.append(error)
        else:
            self.taken.append((result.document_id, result.outcome))
            self.lost += result.lost

    def count(self, outcome: str) -> int:
        """Return how many files had this outcome."""
        return sum(each == outcome for _, each in self.taken)


FileId = tuple[int, int]  # what tells a file from every other: its disk and its number on that


def prepare(paths: Paths, *, may_make: bool = True) -> None:
    """Load what the library needs, and make or convert its file, so that it is opened in no time after."""
    with lent(paths, may_make=may_make):
        return


def file_of_library(paths: Paths) -> FileId | None:
    """Tell the library's file from every other; None where there is none."""
    from reader.library.mounts import file_id

    return file_id(paths.library)


def look_whether_readable(paths: Paths) -> FileId | None:
    """Read a little of the library, or raise why that can't be; return which file it was."""
    with lent(paths) as library:
        library.entries(limit=1)
    return file_of_library(paths)


def copy_daily(paths: Paths) -> None:
    """Copy the library if the newest copy is older than a day."""
    from reader.library import backup

    backup.make_daily(paths.library, paths.backups)


def make_copy(paths: Paths) -> Backup:
    """Copy the library now, and check the copy."""
    from reader.library import backup

    return backup.make(paths.library, paths.backups)


def size_of(paths: Paths) -> int:
    """Return how many bytes the library takes, with what is on its way into it."""
    parts = (paths.library, paths.library.with_name(paths.library.name + "-wal"))
    return sum(part.stat().st_size for part in parts if part.exists())


def is_on_network(paths: Paths) -> bool:
    """Tell whether the library lies on another computer."""
    from reader.library.mounts import is_remote

    return is_remote(paths.library)


def list_copies(paths: Paths) -> list[Backup]:
    """Return the copies of the library, the newest first."""
    from reader.library import backup

    return backup.listed(paths.library, paths.backups)


def newest_good_copy(paths: Paths) -> Backup | None:
    """Return the newest copy of the library that is whole, or None."""
    from reader.library import backup

    return backup.newest_good(paths.library, paths.backups)


def put_back(paths: Paths, copy: Backup) -> Path | None:
    """Put a copy in the place of the library; return where the file from before is kept."""
    from reader.library import backup

    return backup.restore(copy.path, paths.library)


def rescue(task: Task, paths: Paths) -> tuple[Rescued, Path | None]:
    """Put what can be read of the damaged library in its place; return that, and where the file is kept."""
    from reader.library import backup
    from reader.library.rescue import name_beside
    from reader.library.rescue import rescue as read_what_can_be

    beside = name_beside(paths.library)
    try:
        rescued = read_what_can_be(paths.library, beside, between=task.check)
        return rescued, backup.restore(beside, paths.library)
    finally:
        beside.unlink(missing_ok=True)


def fetch(paths: Paths, document_id: int, *, model: str, shown: Document | None = None) -> Opened | None:
    """Fetch a document from the library; None when it is not there.

    `shown` is the same document as it is shown now: its place is found again in another text. What was found
    in it comes along if it would be found the same with `model` chosen ("": the shipped one) and with the
    corrections that hold now.
    """
    from reader.analysis.plans import is_current
    from reader.intake import place_in

    with lent(paths) as library:
        document = library.document(document_id)
        if document is None:
            return None
        written = _written(library, document_id, document)
        known = library.analysis(document_id, text_hash=document.text_hash, corrected=written.held.digest)
        place = library.place(document_id)
        return Opened(
            document_id,
            document,
            place_in(document, place, before=shown) if shown is not None else place,
            written,
            known if known is not None and is_current(known.model, model) else None,
        )


def fetch_written(paths: Paths, document_id: int, document: Document) -> Written:
    """Fetch what a person wrote on a document whose text is at hand."""
    with lent(paths) as library:
        return _written(library, document_id, document)


def _written(library: Library, document_id: int, document: Document) -> Written:
    from reader.correcting import held
    from reader.intake import Finder

    finder = Finder(library, document)
    return Written(
        tuple((each, finder.locate(each.anchor)) for each in library.highlights(document_id)),
        tuple(library.notes(document_id)),
        library.metadata(document_id) or document.metadata,
        held(library, document_id, document),
    )


def gather_unsettled(paths: Paths) -> list[Unsettled]:
    """Return every highlight that a person has to decide on."""
    from reader.unsettled import gather

    with lent(paths) as library:
        return list(gather(library))


def count_unsettled(paths: Paths) -> int:
    """Return how many highlights were made in a text that is not the present one."""
    with lent(paths) as library:
        return sum(library.unsettled().values())


def gather_corrections(paths: Paths) -> list[Reviewed]:
    """Return every correction in the library, the newest first."""
    from reader.reviewing import gather

    with lent(paths) as library:
        return gather(library)


def fetch_held(paths: Paths, document_id: int, document: Document) -> Held:
    """Fetch the corrections that hold for a document whose text is at hand."""
    from reader.correcting import held

    with lent(paths) as library:
        return held(library, document_id, document)


@dataclass(frozen=True, slots=True)
class Arrived:
    """What was seen in watched folders: files to take in, whether others are being written, and folders."""

    files: tuple[str, ...]
    is_waiting: bool
    folders: tuple[str, ...]
    gone: tuple[str, ...]


def look_for_arrivals(paths: Paths, folders: Iterable[str], arrivals: Arrivals) -> Arrived:
    """Look what has come into folders since the last look."""
    from reader.arrivals import look_into

    sight = look_into(folders)
    with lent(paths) as library:
        files, is_waiting = arrivals.take(sight, library.unread_files)
    return Arrived(tuple(files), is_waiting, sight.folders, sight.gone)


def take_in_arrived(
    task: Task, paths: Paths, files: Iterable[str], *, words: Callable[[str, int, int], str]
) -> TakenIn:
    """Put files that have come into the library, in a process of their own that ends with it."""
    from reader.formats.opener import Opener

    opener = Opener()
    try:
        return take_in_files(task, paths, opener, files, words=words)
    finally:
        opener.close()


def list_wanting(paths: Paths, *, model: str, expectations: Expectations) -> list[State]:
    """Return the documents that are yet to be analysed with `model` chosen, the last opened first."""
    from reader.analysing import wanting

    with lent(paths) as library:
        return wanting(library, model, expectations)


def fetch_behind(paths: Paths, document_id: int, *, model: str) -> tuple[Document, Held] | None:
    """Fetch a document that is to be analysed; None when it is gone or is analysed by now."""
    from reader.analysis.plans import is_current
    from reader.correcting import held

    with lent(paths) as library:
        document = library.document(document_id)
        if document is None:
            return None
        here = held(library, document_id, document)
        known = library.analysis(document_id, text_hash=document.text_hash, corrected=here.digest)
        return None if known is not None and is_current(known.model, model) else (document, here)


def save_analysis(
    paths: Paths, document_id: int, analysis: Analysis, *, text_hash: str, corrected: str
) -> None:
    """Put the machine's findings into the library, with the digest of the corrections in them."""
    with lent(paths) as library:
        library.save_analysis(document_id, analysis, text_hash=text_hash, corrected=corrected)


def take_in_files(
    task: Task,
    paths: Paths,
    opener: Opener,
    files: Iterable[str],
    *,
    words: Callable[[str, int, int], str],
    first_in: Callable[[int], None] | None = None,
    read_as: ReadAs | None = None,
    preview: Callable[[Document], None] | None = None,
) -> TakenIn:
    """Open files and folders and put each into the library; call `first_in` with the first one's id.

    Without `first_in` none of them is to be shown, and what is known is not read again.
    They are read as was chosen for each before, unless `read_as` is given. `preview` is called with the
    beginning of the first one while the rest of it is read. What is in when the task is cancelled, or when
    the library can't be written any more, stays in. A file that can't be opened is told, and the rest done.
    """
    from reader.importing import Importer, find_documents
    from reader.reading_ahead import cancel, several

    outcome = TakenIn()
    task.when_cancelled(opener.cancel)
    try:
        found = find_documents(files, opener)
        outcome.warnings += found.warnings
        for refusal in found.refused:
            outcome.note(refusal)
        total = outcome.total = len(found.paths)

        def tell(path: Path, number: int) -> None:
            # Of one file nobody knows how far it is.
            task.report(words(path.name, number, total), (number - 1) / total if total > 1 else None)

        with several(opener, total) as openers, lent(paths) as library:
            task.when_cancelled(lambda: cancel(openers))
            importer = Importer(
                library,
                openers,
                read_as=read_as,
                preview=preview,
                shows_first=first_in is not None,
                reading=tell,
                stopped=lambda: task.cancelled,
            )
            try:
                for result in importer.results(found.paths):
                    before = len(outcome.taken)
                    outcome.note(result)
                    if first_in is not None and not before and outcome.taken:
                        first_in(result.document_id)
            except LibraryError as error:
                outcome.stopped = error
    finally:
        task.when_cancelled(None)
    outcome.cancelled = task.cancelled
    return outcome
