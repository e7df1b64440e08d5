"""What is being typed on the open article, on disk within a second. Knows no editor and no page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

from reader.drafts import Drafts
from reader.errors import ReaderError
from reader.model import Highlight, Note

DRAFT_MS = 1000  # the words being typed are on disk at the latest after so long

T = TypeVar("T", bound=Highlight | Note)


class DraftKeeper(Generic[T]):
    """The drafts of one kind on the open article: those on disk, and those that the disk refused so far.

    `says_more` tells whether a draft holds words that are not in the library; one that does not is dropped.
    `refused` hears why a draft can't be kept; it is held here then, and tried again with the next one.
    """

    def __init__(
        self,
        drafts: Drafts,
        *,
        says_more: Callable[[T], bool],
        refused: Callable[[ReaderError], object],
        parent: QObject,
    ) -> None:
        self._disk, self._says_more, self._refused = drafts, says_more, refused
        self._held: dict[str, T] = {}  # of the open article; the one written on last is the last
        self._waiting: dict[str, T] = {}  # of any article, not on disk yet
        self._later = QTimer(parent, singleShot=True, interval=DRAFT_MS)
        self._later.timeout.connect(self.keep)

    def load(self, document_id: int | None, drafts: Iterable[T]) -> bool:
        """Take the drafts of an article that is shown now, and tell whether there are any."""
        self.keep()
        own = [draft for draft in self._waiting.values() if draft.document_id == document_id]
        self._held = {draft.id: draft for draft in (*drafts, *own)}
        for draft in self.all:
            if not self._says_more(draft):
                self.drop(draft.id)
        return bool(self._held)

    @property
    def all(self) -> list[T]:
        """The drafts on the open article, the one written on last at the end."""
        return list(self._held.values())

    def get(self, id: str) -> T | None:
        """Return the draft with this id, or None."""
        return self._held.get(id)

    def write(self, draft: T) -> None:
        """Take what was typed just now; it is put on disk soon."""
        for drafts in (self._held, self._waiting):
            drafts.pop(draft.id, None)  # so that it becomes the last
            drafts[draft.id] = draft
        if not self._later.isActive():
            self._later.start()

    def keep(self) -> None:
        """Put on disk what is not there yet."""
        self._later.stop()
        for draft in list(self._waiting.values()):
            if not self._says_more(draft):
                self.drop(draft.id)
                continue
            try:
                self._disk.keep(draft)
            except ReaderError as error:
                self._refused(error)
                return  # what is wrong with the folder is told once, not for each
            self._waiting.pop(draft.id)

    def drop(self, id: str) -> None:
        """Forget a draft: its words are saved, or nobody wants them."""
        self._held.pop(id, None)
        self._waiting.pop(id, None)
        try:
            self._disk.drop(id)
        except ReaderError as error:
            self._refused(error)
