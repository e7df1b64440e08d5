"""A process that does random things to a library and tells each on a pipe when it is done; to be killed.

``python worker.py LIBRARY BACKUPS SEED STEPS [remote]``, as on a network drive with the last. A line is
JSON: what will be done, or that it is done.
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
from reader.library import Library, backup, schema
from reader.model import Anchor, Change, Details, Highlight, Note, Record

DEEDS = (
    *("add", "add", "add", "edit", "edit", "describe", "tag", "delete", "undo", "undo", "redo"),
    *("import", "import several", "search"),
)
QUERIES = ("pier", "note OR edited", "in:note edited", "tag:claim", 'in:title "renamed"', "quill NOT edited")
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
            deed = self._rng.choice(DEEDS)
            if self._rng.random() < 0.03:
                yield "will", {"deed": "backup"}
                backup.make(self._place, self._backups)
                backup.thin(self._place, self._backups)
                yield "did", {"deed": "backup"}
            elif deed == "import":
                # A known one, or a new text of it: its highlights are looked for.
                document = article(self._rng.randrange(6), self._rng.randrange(3))
                yield "will", {"deed": deed, "hashes": [document.text_hash]}
                take_in(self.library, document)
                yield "did", {"deed": deed, "hashes": [document.text_hash]}
            elif deed == "import several":
                several = [article(self._rng.randrange(6, 60)) for _ in range(4)]
                hashes = [each.text_hash for each in several]
                yield "will", {"deed": deed, "hashes": hashes}
                self.library.add_documents(several)
                yield "did", {"deed": deed, "hashes": hashes}
            elif deed == "search":
                yield "will", {"deed": deed}
                query = self._rng.choice(QUERIES)
                found = self.library.search(query, limit=None)
                assert len({each.document_id for each in found}) == len(found)
                yield "did", {"deed": deed, "found": len(found)}
            else:
                change = self._change(deed)
                if change is not None:
                    yield "will", told(deed, change)
                    self._do(deed, change)
                    yield "did", told(deed, change)

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
        if deed == "describe":
            held = self.library.details(id)
            said = replace(held or Details(id), title=f"renamed {rng.random()}", tags=tags)
            return Change("describe", before=(held,) if held else (), after=(said,))
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
        stored: dict[str, Record] = {}
        for record in change.before:
            assert isinstance(record, Highlight | Note | Details)
            stored |= {each.id: each for each in records_of(self.library, record.document_id)}
        return change if all(stored.get(each.id) == each for each in change.before) else None


def told(deed: str, change: Change) -> dict[str, Any]:
    """Return what a change leaves behind: the records by id, None for one that is gone."""
    left: dict[str, Any] = {each.id: None for each in change.before}
    left |= {each.id: written(each) for each in change.after}
    return {"deed": deed, "left": left}


def records_of(library: Library, document_id: int) -> list[Record]:
    """Return what a person made on a document."""
    details = library.details(document_id)
    found: list[Record] = [*library.highlights(document_id), *library.notes(document_id)]
    return [*found, details] if details else found


def written(record: Record) -> list[Any]:
    """Return what a person wrote in a record."""
    assert isinstance(record, Highlight | Note | Details)
    words = {Highlight: "note", Note: "body", Details: "title"}[type(record)]
    return [getattr(record, words), sorted(record.tags)]


def tell(line: list[Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Work until killed."""
    if sys.argv[5:] == ["remote"]:
        schema.is_remote = lambda path: True
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
