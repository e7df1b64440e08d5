"""A process that does random things to a library and tells each on a pipe when it is done; to be killed.

``python worker.py LIBRARY BACKUPS SEED STEPS``. A line is JSON: what will be done, or that it is done.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from reader.document import Block, Document, Span
from reader.errors import Conflict, LibraryLocked
from reader.intake import take_in
from reader.library import Library, backup
from reader.model import Anchor, Change, Highlight, Note, Record

TAGS = ("claim", "method", "money/budget", "Ünsicher")
TEXT = "The pier will stand, said Ada Quill, and nobody else was asked. " * 5


def article(number: int, version: int = 0) -> Document:
    text = f"Article {number}, version {version}. {TEXT}"
    return Document(text, (Block(Span(0, len(text))),), source=f"/nowhere/{number}.txt")


class Worker:
    """Chooses and does one action after another, each one change or one document."""

    def __init__(self, library: Library, place: Path, backups: Path, rng: random.Random) -> None:
        self.library, self._place, self._backups, self._rng = library, place, backups, rng
        self._done: list[Change] = []
        self._undone: list[Change] = []

    def steps(self, number: int) -> Iterator[tuple[str, dict[str, Any]]]:
        """Do so many things; yield "will" with each before it is done, and "did" after."""
        for _ in range(number):
            deed = self._rng.choice(("add", "add", "edit", "edit", "tag", "delete", "undo", "redo", "import"))
            if self._rng.random() < 0.03:
                yield "will", {"deed": "backup"}
                backup.make(self._place, self._backups)
                backup.thin(self._place, self._backups)
                yield "did", {"deed": "backup"}
            elif deed == "import":
                document = article(self._rng.randrange(6), self._rng.randrange(3))
                yield "will", {"deed": deed, "hash": document.text_hash}
                take_in(self.library, document)
                yield "did", {"deed": deed, "hash": document.text_hash}
            else:
                change = self._change(deed)
                if change is not None:
                    yield "will", told(change)
                    self._do(deed, change)
                    yield "did", told(change)

    def _do(self, deed: str, change: Change) -> None:
        self.library.apply(change)
        if deed == "undo":
            self._undone.append(self._done.pop())
        elif deed == "redo":
            self._done.append(self._undone.pop())
        else:
            self._done.append(change)
            self._undone.clear()

    def _change(self, deed: str) -> Change | None:
        rng = self._rng
        if deed == "undo":
            return self._as_stored(self._done[-1].inverse) if self._done else None
        if deed == "redo":
            return self._as_stored(self._undone[-1]) if self._undone else None
        documents = [entry.id for entry in self.library.entries()]
        if not documents:
            return None
        id = rng.choice(documents)
        tags = tuple(rng.sample(TAGS, rng.randrange(3)))
        if deed == "add":
            start = rng.randrange(100)
            anchor = Anchor(Span(start, start + 8), "x" * 8, text_hash="of nothing")
            note = f"note {rng.random()} " * rng.choice((1, 1, 400))
            new: Record = (
                Highlight(id, anchor, note=note, tags=tags) if rng.random() < 0.7 else Note(id, note, tags)
            )
            return Change("add", after=(new,))
        records: list[Highlight | Note] = [*self.library.highlights(id), *self.library.notes(id)]
        if not records:
            return None
        old = rng.choice(records)
        if deed == "delete":
            return Change("delete", before=(old,))
        if deed == "tag":
            return Change("tag", before=(old,), after=(replace(old, tags=tags),))
        words = f"edited {rng.random()}"
        edited = replace(old, note=words) if isinstance(old, Highlight) else replace(old, body=words)
        return Change("edit", before=(old,), after=(edited,))

    def _as_stored(self, change: Change) -> Change | None:
        """Return an undo or a redo unless another process has overtaken it."""
        stored: dict[str, Highlight | Note] = {}
        for record in change.before:
            assert isinstance(record, Highlight | Note)
            for each in (
                *self.library.highlights(record.document_id),
                *self.library.notes(record.document_id),
            ):
                stored[each.id] = each
        return change if all(stored.get(each.id) == each for each in change.before) else None


def told(change: Change) -> dict[str, Any]:
    """Return what a change leaves behind: the records by id, None for one that is gone."""
    left: dict[str, Any] = {each.id: None for each in change.before}
    left |= {each.id: written(each) for each in change.after}
    return {"deed": change.action, "left": left}


def written(record: Record) -> list[Any]:
    """Return what a person wrote in a record."""
    assert isinstance(record, Highlight | Note)
    return [record.note if isinstance(record, Highlight) else record.body, sorted(record.tags)]


def tell(line: list[Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Work until killed."""
    place, backups = Path(sys.argv[1]), Path(sys.argv[2])
    library = Library.open(place, backups=backups, patience=30)
    worker = Worker(library, place, backups, random.Random(sys.argv[3]))
    tell(["ready", {}])
    steps = worker.steps(int(sys.argv[4]))
    while True:
        try:
            word, what = next(steps)
        except StopIteration:
            break
        except (Conflict, LibraryLocked):  # another process was first: a sentence, and nothing done
            tell(["refused", {}])
            steps = worker.steps(int(sys.argv[4]) // 2)
            continue
        tell([word, what])
    library.close()


if __name__ == "__main__":
    main()
