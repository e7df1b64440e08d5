"""What is known of quotations without a model: words that report, and which marks quote nothing."""

from __future__ import annotations

from reader.analysis.marks import Quoted
from reader.analysis.words import words


def is_quotation(text: str, stretch: Quoted) -> bool:
    """Tell whether marks that no reporting words are near quote somebody: no titles, no words in doubt."""
    inner = stretch.inner
    count = sum(text[word.start].isalnum() for word in words(text, start=inner.start, end=inner.end))
    return count >= 6
