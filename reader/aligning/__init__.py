"""Which words of an old text stand where in a new one: the two held against each other. Guesses nothing."""

from __future__ import annotations

from reader.aligning.alignment import Alignment

__all__ = ["Alignment"]
