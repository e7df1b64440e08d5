"""Bringing files into the library as the import does, against reading them and inserting them with FTS5."""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

from reader.document import Document
from reader.formats.opener import Opener
from reader.importing import Importer, find_documents
from reader.library import Library
from reader.reading_ahead import several
from tools.bench.searching import AT_ONCE, Words, bare_library, insert
from tools.bench.table import Row

SMALL, LARGE = 2_000, 20_000
PARAGRAPHS = 5


def run(*, large: bool = False) -> list[Row]:
    """Measure articles of 3 kB in files of plain text, without their analysis."""
    count = LARGE if large else SMALL
    words = Words()
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "articles")
        source.mkdir()
        for number in range(count):
            paragraphs = (words.text(chance.randint(60, 120)) for _ in range(PARAGRAPHS))
            text = "\n\n".join((f"{words.text(6)} {number}", *paragraphs))
            (source / f"{number}.txt").write_text(text, encoding="utf-8")
        theirs = _theirs(source, Path(folder, "bare.sqlite"))
        first, again = _ours(source, Path(folder))
    name = f"import of {count:,} files"
    return [
        Row(f"{name}: bare, read and inserted with FTS5", theirs / count * 1000, "ms"),
        Row(f"{name}: read in processes and taken in", first / count * 1000, "ms"),
        Row(f"{name}: ours against bare", first / theirs, "×"),
        Row(f"{name}: known ones passed over", again / count * 1000, "ms"),
    ]


def _theirs(source: Path, place: Path) -> float:
    """Read the files and put them in as they are."""
    bare = bare_library(place)
    files = sorted(source.iterdir())
    start = time.perf_counter()
    for first in range(0, len(files), AT_ONCE):
        batch = files[first : first + AT_ONCE]
        insert(bare, [Document(each.read_text("utf-8"), (), source=str(each)) for each in batch])
    took = time.perf_counter() - start
    bare.close()
    return took


def _ours(source: Path, folder: Path) -> tuple[float, float]:
    """Import the folder, and import it again; the processes are warm as they are in a long import."""
    library = Library.open(folder / "library.sqlite", backups=folder / "backups")
    opener = Opener()
    took: list[float] = []
    found = find_documents([str(source)], opener).paths
    with several(opener, len(found)) as openers:
        for each in openers:
            each.open(found[0])
        for _ in range(2):
            start = time.perf_counter()
            for _ in Importer(library, openers).results(found):
                continue
            took.append(time.perf_counter() - start)
    opener.close()
    library.close()
    return took[0], took[1]


if __name__ == "__main__":
    from tools.bench.table import print_table

    print_table(run())
