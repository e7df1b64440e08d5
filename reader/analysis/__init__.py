"""Analysis: who is named in a text and who said what. Never touches the user's files, the library or Qt.

Importing this package is cheap: spaCy is imported when a `Pipeline` is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reader.analysis.models import Models, Tagger
from reader.analysis.pipeline import Pipeline, shipped_version
from reader.analysis.reading import Reading, paragraph, readable
from reader.document import Document
from reader.model import Analysis, Correction

__all__ = ["Models", "Pipeline", "analyse", "model_version"]

# Paragraphs fed to the model at once: enough to fill its batches, few enough to tell progress often.
_BATCH = 64


def analyse(
    document: Document,
    *,
    pipeline: Tagger,
    corrections: Sequence[Correction] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Analysis:
    """Return the names, the quotations and the entities of the document, in reading order.

    `corrections` are those that hold for this document, the one that counts most last; one of a single
    place is left out where its words do not stand (`reader.correcting.placed` finds them again).
    `progress` is told how many paragraphs of how many have been read. Raises nothing of its own.
    """
    text = document.text
    blocks = [block for block in document.blocks if readable(block)]
    found = []
    for start in range(0, len(blocks), _BATCH):
        batch = blocks[start : start + _BATCH]
        tagged = pipeline.tag([block.span.of(text) for block in batch])
        found += [
            paragraph(text, block.span, each, pipeline.weights)
            for block, each in zip(batch, tagged, strict=True)
        ]
        if progress is not None:
            progress(min(start + _BATCH, len(blocks)), len(blocks))
    reading = Reading(
        text,
        knowledge=pipeline.knowledge,
        date=document.metadata.date,
        weights=pipeline.weights,
        corrections=corrections,
    )
    findings = list(reading.read(reading.learn(found)))
    return Analysis(
        mentions=tuple(mention for each in findings for mention in each.mentions),
        quotes=tuple(quote for each in findings for quote in each.quotes),
        entities=reading.entities(),
        model=pipeline.name,
    )


def model_version() -> str:
    """Return the name and version of the shipped model without importing spaCy; "" when there is none."""
    return shipped_version()
