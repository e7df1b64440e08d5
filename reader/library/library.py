"""The library as the rest of the program sees it: one class, whose work the other modules of this room do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from reader.document import Document, Metadata, ReadAs, Span
from reader.errors import LibraryMissing, LibraryReadOnly
from reader.library import details, documents, findings, listing, order, records, tagging
from reader.library.documents import Added, Kept
from reader.library.findings import State
from reader.library.listing import Entry
from reader.library.people import sayings
from reader.library.people.register import Register
from reader.library.people.sayings import Saying
from reader.library.schema import prepare
from reader.library.search import searching, stemming
from reader.library.search.facets import Facets, facets
from reader.library.search.searching import Found
from reader.library.store import Store
from reader.lists import Asked, Filter, Listed, Overview, Sorted
from reader.model import (
    Analysis,
    Change,
    Collection,
    Correction,
    Details,
    Distinction,
    Highlight,
    Identity,
    Membership,
    Note,
    ReadingPlace,
    ReadingState,
    SavedSearch,
    Tag,
    now,
)


class Library:
    """An open library. Used from the thread that opened it; other threads and processes open their own.

    Every method that writes is one transaction, on disk when it returns. Each may raise a `LibraryError`.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.people = Register(store)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        backups: Path,
        patience: float = 2.0,
        read_only: bool = False,
        must_exist: bool = False,
    ) -> Library:
        """Open a library, making or converting it if need be; a copy goes into `backups` before.

        `patience` is how many seconds a write waits for another program's. With `read_only` nothing is
        made or changed, with `must_exist` a library that is not there is a `LibraryMissing` and not made.
        """
        if must_exist and not path.exists():
            raise LibraryMissing(
                f"Your library is not there: “{path}”.",
                "Connect the disk that it is on, or put the file back, then try again.",
            )
        if not (read_only or must_exist):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise LibraryReadOnly(
                    f"The folder “{path.parent}” for the library can't be made.",
                    "Check its permissions, or choose another one with --data-dir.",
                ) from error
        store = Store(path, patience=patience, read_only=read_only, must_exist=must_exist)
        try:
            prepare(store, backups=None if read_only else backups)
        except BaseException:
            store.close()
            raise
        return cls(store)

    def close(self) -> None:
        """End the connection; nothing is waiting to be written."""
        self._store.close()

    def data_version(self) -> int:
        """Return a number that differs from the last one when another connection has written since."""
        row = self._store.row("pragma data_version")
        return row[0] if row else 0

    # ------------------------------------------------------------ documents

    def add_document(self, document: Document, *, added: str = "") -> Added:
        """Put a document in, or recognise it by its text or its file; an older text of it is kept.

        What a person said of it stays, and how it was read this time is remembered.

        Documents that came together share the time `added` (else: now), and so stay in their order.
        """
        return documents.add(self._store, document, added=added or now())

    def add_documents(self, several: Iterable[Document], *, added: str = "") -> list[Added]:
        """Put several documents in as one transaction, which is much quicker than one by one."""
        return documents.add_all(self._store, several, added=added or now())

    def find(self, document: Document) -> int | None:
        """Return the id of the document with this text, or else of the one from the same file."""
        return documents.find(self._store, document)

    def kept_from(self, source: str) -> Kept | None:
        """Return what is known of the document that was read from this place, or None."""
        return documents.kept_from(self._store, source)

    def unread_files(self, changed: Mapping[str, float]) -> list[str]:
        """Return those of the files (absolute paths) not read since they changed, in seconds since 1970."""
        return documents.unread_files(self._store, changed)

    def read_as(self, source: str, file_hash: str = "") -> ReadAs:
        """Return how a person wants the file at `source`, or else one of the same bytes, to be read."""
        return documents.read_as(self._store, source, file_hash)

    def document(self, id: int) -> Document | None:
        """Return a document with its newest text; its metadata are those that hold (see `metadata`)."""
        return documents.fetch(self._store, id)

    def text_of(self, text_hash: str) -> str | None:
        """Return a text by its hash, be it what a highlight was made in long ago, or None."""
        return documents.text_of(self._store, text_hash)

    def text_hashes(self, ids: Sequence[int]) -> dict[int, str]:
        """Return the hash of the newest text of each of these documents, as far as they are there."""
        return documents.text_hashes(self._store, ids)

    def metadata(self, id: int) -> Metadata | None:
        """Return what holds of a document: what a person says of it, and else what its source gives."""
        return documents.metadata(self._store, id)

    def given(self, id: int) -> Metadata | None:
        """Return what the source of a document says of it."""
        return details.given(self._store, id)

    def entry(self, id: int) -> Entry | None:
        """Return what the library shows of one document."""
        return documents.entry(self._store, id)

    def entries(
        self, *, match: str = "", order: str = "opened", offset: int = 0, limit: int | None = None
    ) -> list[Entry]:
        """Return a page of the library; every word of `match` is in the title, the byline or the site.

        `order` is "opened" or "added" (the newest first), "date" (likewise) or "title".
        """
        if order in ("added", "opened") and not match.split():
            return self.lines(listing.first(self._store, order, offset=offset, limit=limit))
        asked = Asked(Filter(words=match), Sorted(order), descending=order != "title")
        ids = listing.listed(self._store, asked).ids
        return self.lines(ids[offset:] if limit is None else ids[offset : offset + limit])

    def ids(self, *, order: str) -> list[int]:
        """Return the documents that were not put away: those "added" or "opened" last come first."""
        return listing.first(self._store, order, offset=0, limit=None)

    def count(self, wanted: Filter | None = None, *, match: str = "") -> int:
        """Return how many documents a filter lets through, or have the words of `match`."""
        asked = wanted or Filter(words=match)
        return listing.count(self._store, asked, self._found(asked))

    def listed(self, asked: Asked) -> Listed:
        """Return the ids of a list; `lines` are what is shown of them. Raises QueryError for `found`."""
        return listing.listed(self._store, asked, self._found(asked.filter))

    def _found(self, wanted: Filter) -> list[int] | None:
        return searching.every(self._store, wanted.found) if wanted.found else None

    def lines(self, ids: Iterable[int]) -> list[Entry]:
        """Return what the library shows of documents, in this order; what is not there is left out."""
        return listing.entries(self._store, ids)

    def overview(self) -> Overview:
        """Return what there is to choose from; what was put away counts nowhere else."""
        store = self._store
        return Overview(
            listing.count(store, Filter()),
            listing.count(store, Filter(state=ReadingState.UNREAD)),
            listing.count(store, Filter(put_away=True)),
            tuple(order.contents(store)),
            tuple(tagging.used(store)),
            tuple(listing.formats(store)),
        )

    def delete_for_good(self, ids: Sequence[int], *, backups: Path) -> None:
        """Delete documents that were put away, with everything of them; a copy is made in `backups` before.

        That can't be undone. Raises Conflict, nothing being deleted, when one is not put away (any more).
        """
        documents.delete_for_good(self._store, ids, backups=backups)

    def opened(self, id: int) -> None:
        """Remember that a document is shown now."""
        documents.set_opened(self._store, id)

    def place(self, id: int) -> ReadingPlace:
        """Return where the reader was in a document."""
        return documents.place(self._store, id)

    def set_place(self, id: int, place: ReadingPlace) -> None:
        """Remember where the reader is in a document."""
        documents.set_place(self._store, id, place)

    # ------------------------------------------------------------ the person's layer

    def apply(self, change: Change) -> Change:
        """Do a change and journal it; raise Conflict when the records are not as `change.before` says.

        Return it with the tags that it brought about, so that its inverse takes them away again.
        """
        return records.apply(self._store, change)

    def highlights(self, document_id: int) -> list[Highlight]:
        """Return a document's highlights in reading order."""
        return records.highlights(self._store, document_id)

    def unsettled(self) -> dict[int, int]:
        """Return the documents with highlights made in another text of theirs, each with their number."""
        return records.unsettled(self._store)

    def notes(self, document_id: int) -> list[Note]:
        """Return the notes on a document as a whole, the oldest first."""
        return records.notes(self._store, document_id)

    def details(self, document_id: int) -> Details | None:
        """Return what a person says of a document against its source, or None."""
        return details.of_document(self._store, document_id)

    def details_of(self, document_ids: Sequence[int]) -> dict[int, Details]:
        """Return what a person says of documents; nothing of those of whom they say nothing."""
        return details.of_documents(self._store, document_ids)

    def carriers(self, tags: Iterable[Tag]) -> list[Highlight | Note | Details]:
        """Return everything that has one of these tags, in documents that were put away too."""
        return records.carriers(self._store, [each.id for each in tags])

    def tags(self) -> list[tuple[Tag, int]]:
        """Return every tag with the number of its uses, the most used first."""
        return tagging.counted(self._store)

    def collections(self) -> list[tuple[Collection, int]]:
        """Return every collection with the number of its documents, in the order of their names."""
        return order.collections(self._store)

    def memberships(self, document_ids: Sequence[int]) -> list[Membership]:
        """Return in which collections these documents are."""
        return order.memberships(self._store, document_ids)

    def holding(self, document_ids: Sequence[int]) -> dict[str, int]:
        """Return how many of these documents each collection holds, by its id."""
        return order.holding(self._store, document_ids)

    def named(self) -> tuple[list[Tag], list[Collection]]:
        """Return every tag and every collection, uncounted, in the order of their names."""
        return tagging.named(self._store), order.named(self._store)

    def inside(self, collections: Iterable[Collection]) -> list[Membership]:
        """Return what is in collections."""
        return order.inside(self._store, [each.id for each in collections])

    def saved_searches(self) -> list[SavedSearch]:
        """Return the questions that are kept, in the order of their names."""
        return order.saved_searches(self._store)

    def identities(self) -> list[Identity]:
        """Return what was said of who is who, the oldest first."""
        return order.identities(self._store)

    def corrections(self, document_id: int | None = None) -> list[Correction]:
        """Return every correction, or those made in a document or said of all, the oldest first."""
        return order.corrections(self._store, document_id)

    def count_corrections(self) -> int:
        """Return how many corrections there are."""
        return order.count_corrections(self._store)

    def distinctions(self) -> list[Distinction]:
        """Return which names were said not to mean the same person."""
        return order.distinctions(self._store)

    # ------------------------------------------------------------ the machine's layer

    def save_analysis(
        self, document_id: int, analysis: Analysis, *, text_hash: str, corrected: str = ""
    ) -> None:
        """Replace what the machine found in one text; nothing of the person's is touched.

        `corrected` is the digest of the corrections that the analysis has in it (`correcting.digest`).
        """
        findings.save(self._store, document_id, analysis, text_hash=text_hash, corrected=corrected)

    def analysis(
        self, document_id: int, *, text_hash: str, model: str | None = None, corrected: str | None = None
    ) -> Analysis | None:
        """Return what the machine found in a text, by `model` and with just these corrections if named."""
        return findings.fetch(self._store, document_id, text_hash=text_hash, model=model, corrected=corrected)

    def states(self) -> list[State]:
        """Return by what each document was analysed, and with which corrections, the last opened first."""
        return findings.states(self._store)

    # ------------------------------------------------------------ searching

    def search(self, query: str, *, offset: int = 0, limit: int | None = 20) -> list[Found]:
        """Return a page of what matches (see `query`), ranked. Raises QueryError for what makes no sense."""
        return searching.search(self._store, query, offset=offset, limit=limit)

    def count_matches(self, query: str) -> int:
        """Return how many documents match. Raises QueryError."""
        return searching.count(self._store, query)

    def places(self, query: str, document_id: int) -> tuple[Span, ...]:
        """Return where the text of one document matches, in reading order. Raises QueryError."""
        return searching.places(self._store, query, document_id)

    def facets(self) -> Facets:
        """Return by what the documents can be told apart."""
        return facets(self._store)

    @property
    def stemming(self) -> bool:
        """Whether English words are found in all their forms."""
        return stemming.is_on(self._store)

    def set_stemming(self, on: bool, *, progress: Callable[[float], None] | None = None) -> None:
        """Make the indexes anew so that English words are, or are not, found in all their forms."""
        stemming.turn(self._store, on=on, progress=progress)

    def speakers(self, name: str) -> list[str]:
        """Return the people quoted who go by a name, without regard to case and accents."""
        return sayings.names(self._store, name)

    def sayings(self, speakers: Sequence[str], *, about: str = "") -> list[Saying]:
        """Return what people said, by the names of `speakers`, in the order of time. Raises QueryError."""
        return sayings.sayings(self._store, speakers, about=about)
