"""Adding a highlight with a note and tags to the library, against one bare SQLite transaction."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from pathlib import Path
from statistics import median

from reader.anchoring import describe
from reader.document import Span
from reader.library import Library
from reader.model import Change, Highlight
from tools.bench import searching
from tools.bench.page import make_document
from tools.bench.table import Row

ROUNDS = 300


def run(*, large: bool = False) -> list[Row]:
    """Write by turns with both, each row a transaction of its own."""
    document = make_document(1_000_000)
    with tempfile.TemporaryDirectory() as folder:
        library = Library.open(Path(folder, "library.sqlite"), backups=Path(folder, "backups"))
        document_id = library.add_document(document).id
        bare = sqlite3.connect(Path(folder, "bare.sqlite"), isolation_level=None)
        bare.execute("PRAGMA journal_mode=WAL")
        bare.execute("PRAGMA synchronous=FULL")
        bare.execute(
            "CREATE TABLE highlight(id TEXT PRIMARY KEY, document INT, start INT, stop INT, words TEXT)"
        )
        ours: list[float] = []
        theirs: list[float] = []
        for number in range(ROUNDS):
            span = Span(number * 100, number * 100 + 40)
            anchor = describe(document, span)
            made = Highlight(document_id, anchor, note="A note.", tags=("claim", "method"))
            start = time.perf_counter()
            library.apply(Change("add a highlight", after=(made,)))
            middle = time.perf_counter()
            bare.execute("BEGIN IMMEDIATE")
            bare.execute(
                "INSERT INTO highlight VALUES (?,?,?,?,?)",
                (made.id, document_id, span.start, span.end, anchor.exact),
            )
            bare.execute("COMMIT")
            end = time.perf_counter()
            ours.append((middle - start) * 1000)
            theirs.append((end - middle) * 1000)
        bare.close()
        library.close()
    return [
        *searching.run(large=large),
        Row("library: a bare transaction", median(theirs), "ms"),
        Row("library: a highlight with note and two tags", median(ours), "ms"),
        Row("library: ours against bare", median(ours) / median(theirs), "×", 3),
    ]
