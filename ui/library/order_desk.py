"""Work done beside the interface for keeping the library in order. No widgets.

Each function runs in a task's thread with a connection of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reader.document import file_of
from reader.lists import Asked, Listed, Overview
from reader.paths import Paths
from ui.lending import lent


def list_documents(paths: Paths, asked: Asked) -> Listed:
    """Return the ids of a list of documents."""
    with lent(paths) as library:
        return library.listed(asked)


def look_over(paths: Paths) -> Overview:
    """Return what there is to choose from: collections, tags, types, and how many documents."""
    with lent(paths) as library:
        return library.overview()


def files_gone(sources: Sequence[str]) -> set[str]:
    """Return those sources whose file is not there (any more); what can't be looked at is taken to be."""
    return {source for source in sources if source and _is_gone(source)}


def _is_gone(source: str) -> bool:
    try:
        return not (Path(source).exists() or Path(file_of(source)).exists())
    except (OSError, ValueError):
        return False


def delete_for_good(paths: Paths, ids: Sequence[int]) -> int:
    """Delete documents that were put away, after a copy of the library; return how many."""
    with lent(paths) as library:
        library.delete_for_good(ids, backups=paths.backups)
    return len(ids)
