"""A small made-up model: a ruler of names, and whatever parts a test asks for. Loads no files."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy

from reader.analysis.pipeline import Pipeline

PATTERNS = [
    {"label": label, "pattern": name}
    for label, names in {
        "PERSON": (
            "Ada Lindqvist",
            "Lindqvist",
            "Tomas Okello",
            "Okello",
            "Mary Okello",
            "Mr Okello",
            "Mrs Okello",
        ),
        "ORG": ("Northern Water Council", "NWC", "Harbour Union"),
        "GPE": ("Brenholm", "Kessin"),
        "NORP": ("Kessian",),
        "DATE": ("Monday",),
    }.items()
    for name in names
]


@pytest.fixture(scope="session")
def made_up() -> Pipeline:
    """A pipeline that knows a handful of names and has no tagger of quotations."""
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(PATTERNS)  # type: ignore[attr-defined]
    return Pipeline(nlp, name="made-up 1")


@pytest.fixture
def spans_of() -> Callable[[str, str], tuple[int, int]]:
    """Return a function that finds a piece of a text, which must be there once."""

    def find(text: str, piece: str) -> tuple[int, int]:
        assert text.count(piece) == 1, piece
        return text.index(piece), text.index(piece) + len(piece)

    return find
