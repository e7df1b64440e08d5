"""Numbers as the reader's language writes them."""

from __future__ import annotations

from PySide6.QtCore import QLocale


def figures(number: int) -> str:
    """Return a whole number in figures, its thousands set off as is usual there."""
    return QLocale().toString(number)
