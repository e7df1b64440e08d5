"""Opening: a megabyte of each format to the first paint against plain text, 10 MB of text, a long book."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from reader.document import Document
from reader.formats.opener import Opener
from tools.bench.table import Row
from tools.samples import SAMPLES, article
from tools.samples.packed import epub
from ui.page.area import PageArea
from ui.start import start_qt
from ui.theme import THEMES, apply_theme

_ROUNDS = 3
_CHAPTERS = 500


class _Shown:
    """A window's page that shows documents and tells when they are painted."""

    def __init__(self) -> None:
        app = start_qt()
        apply_theme(app, THEMES["light"])
        self._area = PageArea()
        self._area.page.set_theme(THEMES["light"])
        self._area.resize(1000, 800)
        self._area.show()
        app.processEvents()

    def show(self, document: Document) -> None:
        self._area.page.show_document(document)
        self._area.page.viewport().repaint()

    def close(self) -> None:
        self._area.close()


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _open(opener: Opener, path: Path, shown: _Shown) -> None:
    shown.show(opener.open(path))


def run(*, large: bool = False) -> list[Row]:
    """Measure with one warm opening process, as the window has it."""
    shown, opener = _Shown(), Opener()
    told = article(1_000_000)
    rows = []
    try:
        with tempfile.TemporaryDirectory() as folder:
            plain = 0.0
            for suffix, made in SAMPLES.items():
                path = Path(folder, f"article{suffix}")
                path.write_bytes(made(told))
                spent = min(_seconds(partial(_open, opener, path, shown)) for _ in range(_ROUNDS))
                plain = plain or spent
                rows.append(Row(f"opening: 1 MB of {suffix}, to its first paint", spent * 1000, "ms"))
                rows.append(Row(f"opening: 1 MB of {suffix}, against plain text", spent / plain, "×"))
            path = Path(folder, "long.txt")
            path.write_bytes(SAMPLES[".txt"](article(10_000_000)))
            spent = min(_seconds(partial(_open, opener, path, shown)) for _ in range(_ROUNDS))
            rows.append(Row("opening: 10 MB of plain text, to its first paint", spent, "s", 0.5))
            rows += _book(Path(folder, "book.epub"), opener, shown)
    finally:
        opener.close()
        shown.close()
    return rows


def _book(path: Path, opener: Opener, shown: _Shown) -> list[Row]:
    """Measure a book of 500 chapters of 10 kB: its first chapter, and all of it."""
    path.write_bytes(epub(article(_CHAPTERS * 10_000), chapters=_CHAPTERS))
    first: list[float] = []
    start = time.perf_counter()

    def on_preview(document: Document) -> None:
        shown.show(document)
        first.append(time.perf_counter() - start)

    opener.open(path, on_preview=on_preview)
    whole = time.perf_counter() - start
    return [
        Row(f"opening: a book of {_CHAPTERS} chapters, the first shown", min(first, default=whole), "s", 1),
        Row(f"opening: a book of {_CHAPTERS} chapters, all read", whole, "s"),
    ]
