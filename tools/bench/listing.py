"""Listing a large library: orders, filters, groups, a page of lines, and what there is to choose from."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

from reader import ordering
from reader.document import Block, Document, Metadata, Span
from reader.library import Library
from reader.lists import Asked, Filter, Grouped, Sorted
from reader.model import ReadingState
from tools.bench.table import Row

ROUNDS = 5
FIRST_PAGE, FURTHER_PAGE = 100, 16.7  # milliseconds
WORDS = ("harbour", "wall", "pier", "stone", "minister", "council", "money", "river", "bridge", "report")


def run(*, large: bool = False) -> list[Row]:
    """Measure twenty thousand documents, or a hundred thousand."""
    count = 100_000 if large else 20_000
    with tempfile.TemporaryDirectory() as folder:
        library = Library.open(Path(folder, "library.sqlite"), backups=Path(folder, "backups"))
        ids = [each.id for each in library.add_documents(_articles(count))]
        _put_in_order(library, ids)
        rows = list(_measured(library, f"listing {count:,}"))
        library.close()
    return rows


def _articles(count: int) -> Iterator[Document]:
    chance = random.Random(3)
    for number in range(count):
        title = " ".join(chance.choices(WORDS, k=6)).capitalize()
        text = f"{title}\n{number}"
        date = f"{chance.randint(1990, 2026)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        site = f"{chance.choice(WORDS).title()} Post"
        known = Metadata(title=title, byline=chance.choice(WORDS).title(), site=site, date=date)
        yield Document(text, (Block(Span(0, len(text))),), known, source=f"/articles/{number}.txt")


def _put_in_order(library: Library, ids: list[int]) -> None:
    """Put a fifth into collections, and tag a tenth."""
    for number, name in enumerate(("Harbour", "Harbour/Wall", "Essay", "Essay/One")):
        change = ordering.put_into(library, ids[number::20], name, action="collect")
        if change is not None:
            library.apply(change)
    for number, name in enumerate(("claim", "money", "money/budget", "evidence")):
        change = ordering.tag(library, ids[number::40], add=(name,), action="tag")
        if change is not None:
            library.apply(change)


def _measured(library: Library, name: str) -> Iterator[Row]:
    for by in Sorted:
        yield Row(f"{name}: by {by}", _timed(partial(library.listed, Asked(by=by))), "ms", FIRST_PAGE)
    for group in Grouped:
        yield Row(f"{name}: in groups by {group}", _timed(partial(library.listed, Asked(group=group))), "ms")
    for words, wanted in (
        ("two words", Filter(words="harbour wall")),
        ("a collection", Filter(collection="essay")),
        ("a tag", Filter(tag="money")),
        ("unread", Filter(state=ReadingState.UNREAD)),
    ):
        listed = _timed(partial(library.listed, Asked(wanted)))
        yield Row(f"{name}: {words}", listed, "ms", FIRST_PAGE)
    ids = list(library.listed(Asked(by=Sorted.TITLE)).ids)
    far = len(ids) * 2 // 3
    yield Row(
        f"{name}: a page of lines", _timed(partial(library.lines, ids[far : far + 100])), "ms", FURTHER_PAGE
    )
    yield Row(f"{name}: what there is to choose from", _timed(library.overview), "ms")


def _timed(work: Callable[[], object]) -> float:
    """Return the median of some rounds in milliseconds of the processor, whatever else it does."""
    taken = []
    for _ in range(ROUNDS):
        start = time.thread_time()
        work()
        taken.append((time.thread_time() - start) * 1000)
    return median(taken)
