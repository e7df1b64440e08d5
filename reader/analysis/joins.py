"""Which cue belongs to which content, and which source to which cue: a small learned scorer.

The features are counted in words of one paragraph; the weights come from `tools.train` and are read from
a file by the caller. Without weights, the nearest is taken.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from reader.analysis.marks import MARKS
from reader.analysis.words import sentences, words
from reader.model import Span

Weights = Mapping[str, float]
_STEPS = (0, 1, 2, 4, 7, 12, 25)
# For models that bring no weights: each step further away counts less, and so does what lies between.
NEAREST: Weights = MappingProxyType(
    {f"{kind}{way}gap{step}": 2.5 - step for kind in ("cue", "source") for way in "<>" for step in range(8)}
    | {f"{kind}{way}sentences2": -4.0 for kind in ("cue", "source") for way in "<>"}
    | {f"cue{way}content{count}": -1.5 * count for way in "<>" for count in (1, 2, 3)}
    | {f"source{way}cue{count}": -1.5 * count for way in "<>" for count in (1, 2, 3)}
)


@dataclass(frozen=True)
class Parts:
    """The parts of attributions that stand in one paragraph, each kind in order."""

    content: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()


class Measure:
    """Distances in one paragraph, in words, sentences and parts."""

    def __init__(self, text: str, paragraph: Span, parts: Parts) -> None:
        self._text = text
        self._parts = parts
        self._words = [word.start for word in words(text, start=paragraph.start, end=paragraph.end)]
        ends = sentences(text, start=paragraph.start, end=paragraph.end)
        self._sentences = [sentence.end for sentence in ends]

    def features(self, kind: str, one: Span, other: Span) -> Iterator[str]:
        """Yield the names of the features that hold between `one` and the `other`, a candidate for it."""
        before = other.start < one.start
        first, last = (other, one) if before else (one, other)
        way = f"{kind}{'<' if before else '>'}"
        low, high = first.end, max(first.end, last.start)
        gap = self._count(self._words, low, high)
        step = bisect_left(_STEPS, gap)
        yield way
        yield f"{way}gap{step}"
        crossed = min(2, self._count(self._sentences, low, high + 1))
        yield f"{way}sentences{crossed}"
        for name, spans in (
            ("content", self._parts.content),
            ("cue", self._parts.cue),
            ("source", self._parts.source),
        ):
            yield f"{way}{name}{min(3, _between(spans, low, high))}"
        between = self._text[low:high]
        if any(char in MARKS for char in between):
            yield f"{way}mark"
        if "that" in between.split():
            yield f"{way}that"
        if " by" in between:
            yield f"{way}by"
        if ":" in between:
            yield f"{way}colon"
        if "," in between:
            yield f"{way}comma"
        if not any(char.isalnum() for char in between):
            yield f"{way}bare"
        yield from self._around(way, one, other)

    def _around(self, way: str, one: Span, other: Span) -> Iterator[str]:
        """Yield what stands beside the two."""
        parts = self._parts
        for role, span in (("one", one), ("other", other)):
            left = self._beside(span.start, -1, parts)
            right = self._beside(span.end, 1, parts)
            yield f"{way}{role}left-{left}"
            yield f"{way}{role}right-{right}"
        if self._text[one.start] in MARKS:
            yield f"{way}marked"

    def _beside(self, at: int, way: int, parts: Parts) -> str:
        """Return the kind of part that stands at most two words before or after `at`."""
        best, kind = 3, "none"
        for name, spans in (("content", parts.content), ("cue", parts.cue), ("source", parts.source)):
            for span in spans:
                low, high = (span.end, at) if way < 0 else (at, span.start)
                if low <= high and high - low < 30:
                    gap = self._count(self._words, low, high)
                    if gap < best:
                        best, kind = gap, name
        return kind

    def _count(self, starts: Sequence[int], low: int, high: int) -> int:
        return bisect_left(starts, high) - bisect_left(starts, low)


def _between(spans: Sequence[Span], low: int, high: int) -> int:
    return sum(low <= span.start and span.end <= high for span in spans)


def chance(weights: Weights, features: Iterator[str]) -> float:
    """Return how likely the pair belongs together, 0..1; without weights, the nearer the likelier."""
    weights = weights or NEAREST
    total = weights.get("bias", 0.0) + sum(weights.get(name, 0.0) for name in features)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
