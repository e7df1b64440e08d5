"""The reading surface at 1 and 10 MB: first paint, adding a mark, toggling a layer, scrolling."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable
from functools import partial

from reader.document import Block, Document, Span
from reader.model import Anchor, Highlight, Label, Mention, Quote, QuoteKind
from tools.bench.table import Row, percentile
from ui.page.area import PageArea
from ui.page.marks import Layers, Marked
from ui.start import start_qt
from ui.theme import THEMES, apply_theme

WORDS = [
    "the",
    "council",
    "of",
    "the",
    "harbour",
    "town",
    "said",
    "that",
    "it",
    "would",
    "vote",
    "on",
    "the",
    "plan",
    "for",
    "a",
    "new",
    "wall",
    "before",
    "summer",
    "and",
    "that",
    "the",
    "money",
    "had",
    "been",
    "found",
    "in",
    "the",
    "budget",
    "of",
    "the",
    "ministry",
    "for",
    "works",
    "Lindqvist",
    "Reyl",
]


def make_document(size: int, seed: int = 7) -> Document:
    """Make a text of about `size` characters in paragraphs of 200 to 900."""
    rng = random.Random(seed)
    parts: list[str] = []
    blocks: list[Block] = []
    length = 0
    while length < size:
        words = rng.choices(WORDS, k=rng.randint(40, 180))
        paragraph = " ".join(words).capitalize() + "."
        blocks.append(Block(Span(length, length + len(paragraph))))
        parts.append(paragraph)
        length += len(paragraph) + 2
    return Document("\n\n".join(parts), tuple(blocks))


def make_marks(document: Document, count: int) -> tuple[list[Mention], list[Quote], list[Marked]]:
    """Spread `count` marks over the text: nine names of ten, then quotations and highlights."""
    rng = random.Random(11)
    labels = list(Label)
    mentions: list[Mention] = []
    quotes: list[Quote] = []
    marked: list[Marked] = []
    reach = len(document.text) - 400
    for number in range(count):
        start = rng.randrange(reach)
        if number % 10:
            mentions.append(Mention(Span(start, start + 12), rng.choice(labels), f"Name {number % 500}"))
        elif number % 20:
            quotes.append(Quote(QuoteKind.DIRECT, (Span(start, start + 150),), speaker=f"Name {number % 50}"))
        else:
            span = Span(start, start + 80)
            marked.append(Marked(span, Highlight(1, Anchor(span, span.of(document.text)))))
    # An analysis is in reading order.
    mentions.sort(key=lambda mention: mention.span)
    quotes.sort(key=lambda quote: quote.span)
    return mentions, quotes, marked


def _timed(*steps: Callable[[], object]) -> float:
    start = time.perf_counter()
    for step in steps:
        step()
    return (time.perf_counter() - start) * 1000


def measure(size: int, marks: int) -> list[Row]:
    """Measure one size; the targets are those for 10 MB with 100,000 marks."""
    app = start_qt()
    theme = THEMES["light"]
    apply_theme(app, theme)
    document = make_document(size)
    mentions, quotes, marked = make_marks(document, marks)
    area = PageArea()
    page = area.page
    page.set_theme(theme)
    area.resize(1000, 800)
    area.show()
    app.processEvents()
    paint = page.viewport().repaint
    gc.collect()
    gc.freeze()

    def first() -> None:
        page.show_document(document)
        page.show_findings(Span(0, len(document.text) + 1), mentions, quotes)
        page.show_highlights(marked)
        paint()

    first_paint = _timed(first)
    middle = document.blocks[len(document.blocks) // 2].span
    page.go_to(middle, always=True)
    paint()
    gc.collect()
    gc.freeze()

    adds = []
    for number in range(40):
        span = Span(middle.start + number * 40, middle.start + number * 40 + 30)
        marked = sorted([*marked, Marked(span, Highlight(1, Anchor(span, "")))], key=lambda m: m.span)
        adds.append(_timed(partial(page.show_highlights, marked), paint))
    toggles = []
    for number in range(40):
        shown = Layers.ALL if number % 2 else Layers.ALL & ~Layers.NAMES
        toggles.append(_timed(partial(page.show_layers, shown), paint))
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum() // 3)
    frames = [_timed(partial(page.scroll_by, 90), paint) for _ in range(600)]
    name = f"{size // 1_000_000} MB, {marks // 1000}k marks"
    area.close()
    gc.unfreeze()
    return [
        Row(f"{name}: first paint", first_paint, "ms", 150),
        Row(f"{name}: add one highlight, p50", percentile(adds, 0.5), "ms", 3),
        Row(f"{name}: toggle a layer, p50", percentile(toggles, 0.5), "ms", 3),
        Row(f"{name}: scroll, p95", percentile(frames, 0.95), "ms", 8),
        Row(f"{name}: scroll, worst frame", max(frames), "ms", 16.7),
    ]


def run(*, large: bool = False) -> list[Row]:
    """Measure both sizes."""
    return measure(1_000_000, 10_000) + measure(10_000_000, 100_000)
