"""Each paragraph costs what a paragraph costs, however long the text before it is."""

from __future__ import annotations

from typing import SupportsIndex

import pytest

from reader.analysis import Pipeline, analyse
from reader.document import Block, Document, Span

# One of everything that rules look at: short titles, dates, labels, letters in brackets, dashes, pronouns.
PARAGRAPHS = (
    "Kessian Gov. Ada Lindqvist met Mr. Tomas Okello, the mayor of Brenholm, on Monday, 3 May 2021.",
    "“We stay here. Nobody asked us,” Lindqvist told the Northern Water Council (NWC) in Brenholm.",
    "OKELLO: “They came at 9:30 p.m. and took $3 million.” She denied it. According to him, it rose by 4%.",
    "— The harbour is closed, said Okello, who left. “It is late”: so the spokesman for the Harbour Union.",
)


class Watched(str):
    """A text that remembers the longest stretch that was copied out of it."""

    __slots__ = ("longest",)

    def __getitem__(self, place: SupportsIndex | slice) -> str:
        found = super().__getitem__(place)
        self.longest = max(getattr(self, "longest", 0), len(found))
        return found


def longest_copied(times: int, pipeline: Pipeline) -> int:
    blocks, at = [], 0
    for part in PARAGRAPHS * times:
        blocks.append(Block(Span(at, at + len(part))))
        at += len(part) + 2
    text = Watched("\n\n".join(PARAGRAPHS * times))
    analyse(Document(text, tuple(blocks)), pipeline=pipeline)
    return text.longest


def test_no_rule_copies_the_text_before_it(made_up: Pipeline) -> None:
    assert longest_copied(60, made_up) == longest_copied(30, made_up) < 3_000


@pytest.mark.model
def test_the_shipped_model_does_not_either() -> None:
    assert longest_copied(30, Pipeline.load()) < 3_000
