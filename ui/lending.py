"""A connection to the library for work in a thread, closed when the work ends. No widgets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reader.paths import Paths

if TYPE_CHECKING:
    from reader.library import Library


@contextmanager
def lent(
    paths: Paths, *, patience: float = 2.0, read_only: bool = False, may_make: bool = False
) -> Iterator[Library]:
    """Lend a connection to the library; `patience` and `read_only` are as in `Library.open`.

    Only who opens it first `may_make` it: one that is taken away meanwhile must not find another in its place
    when it comes back.
    """
    from reader.library import Library

    library = Library.open(
        paths.library,
        backups=paths.backups,
        patience=patience,
        read_only=read_only,
        must_exist=paths.is_chosen or not may_make,
    )
    try:
        yield library
    finally:
        library.close()
