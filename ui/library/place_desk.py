"""Work on where the library is kept, done in the thread of a task. No widgets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reader.paths import Paths

if TYPE_CHECKING:
    from reader.placing import Found
    from ui.tasks import Task


def look_at(paths: Paths, folder: Path) -> Found:
    """Look whether the library can be kept in a folder."""
    from reader import placing

    return placing.look_at(paths, folder)


def carry(task: Task, paths: Paths, there: Paths, *, words: str) -> None:
    """Copy the library to another folder and remember that, unless the task is cancelled before."""
    from reader import placing

    def tell(fraction: float) -> None:
        task.check()
        task.report(words, fraction)

    placing.carry(paths, there, tell=tell)


def use(there: Paths) -> None:
    """Remember where the library is kept from now on."""
    from reader import placing

    placing.use(there)
