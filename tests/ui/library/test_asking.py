"""What the window asks the library beside itself; given up in the middle, nothing has changed."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from reader.document import Block, Document, Metadata, Span
from reader.errors import QueryError
from reader.library import Library
from reader.paths import Paths, paths_in
from ui.library.asking import ask, ask_further, find_every_form, finds_every_form, places
from ui.tasks import Cancelled, Task


class Doing:
    """A task that is cancelled after some steps."""

    def __init__(self, steps: int) -> None:
        self.left = steps
        self.told: list[float | None] = []

    def check(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled

    def report(self, words: str, fraction: float | None = None) -> None:
        assert words == "Indexing"
        self.told.append(fraction)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = paths_in(tmp_path)
    library = Library.open(paths.library, backups=paths.backups)
    library.add_documents(
        Document(text, (Block(Span(0, len(text))),), Metadata(title=f"T{n}"), source=f"/{n}.txt")
        for n, text in enumerate(f"The pier closed on day {n}." for n in range(1000))
    )
    library.close()
    return paths


def test_all_that_match_are_counted_and_the_first_are_fetched(paths: Paths) -> None:
    answer = ask(paths, "pier", limit=30)
    assert (len(answer.found), answer.total) == (30, 1000)
    further = ask_further(paths, "pier", offset=30, limit=30)
    assert not {each.document_id for each in further} & {each.document_id for each in answer.found}
    few = ask(paths, "17", limit=30)
    assert (len(few.found), few.total) == (1, 1)
    assert places(paths, "closed", 1) == (Span(9, 15),)
    with pytest.raises(QueryError):
        ask(paths, "(", limit=30)


@pytest.mark.parametrize("steps", [0, 1, 3])
def test_given_up_in_the_middle_words_are_found_as_before(paths: Paths, steps: int) -> None:
    with pytest.raises(Cancelled):
        find_every_form(cast(Task, Doing(steps)), paths, True, words="Indexing")
    assert not finds_every_form(paths)
    assert ask(paths, "closing", limit=5).total == 0
    whole = Doing(99)
    find_every_form(cast(Task, whole), paths, True, words="Indexing")
    assert finds_every_form(paths)
    assert ask(paths, "closing", limit=5).total == 1000
    assert whole.told[-1] == 1.0
