"""Which cue belongs to a content, and which source to a cue: a small learned chooser.

Among the candidates near a part, and "none of them", the likeliest is taken. The features are words and
distances of one paragraph; the weights come from `tools.train` and are read from a file by the caller.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from reader.analysis.marks import MARKS, Quoted
from reader.analysis.words import sentences, word_set, words
from reader.document import Span

Weights = Mapping[str, float]
# What is looked for: the cue of a content, the source of a cue, the source of a content without a cue.
CUE, SOURCE, DIRECT = "cue", "source", "direct"
# Where a candidate comes from: the tagger, the names, or the pronouns.
TAGGED, NAME, PRONOUN = "tagged", "name", "pronoun"
# Candidates on either side of a part.
_MOST = 6
# Words of distance at which another step begins, and words of length.
_STEPS, _LENGTHS = (0, 1, 2, 4, 7, 12, 25), (1, 2, 4, 8)
_LINKS = word_set(
    """
    that which who whom by to of , ; : — - and but or with as for from because while when if after before
    said ( )
    """
)
# For models that bring no weights: each step further away counts less, and so does what lies between; a
# content without a cue has no source.
NEAREST: Weights = MappingProxyType(
    {f"{kind}{way}gap{step}": 2.5 - step for kind in (CUE, SOURCE) for way in "<>" for step in range(8)}
    | {f"{kind}{way}sentences2": -4.0 for kind in (CUE, SOURCE) for way in "<>"}
    | {f"{CUE}{way}content{count}": -1.5 * count for way in "<>" for count in (1, 2, 3)}
    | {f"{SOURCE}{way}cue{count}": -1.5 * count for way in "<>" for count in (1, 2, 3)}
    | {f"{SOURCE}{way}{origin}": -2.5 for way in "<>" for origin in (NAME, PRONOUN)}
    | {f"{CUE}0": -2.0, f"{SOURCE}0": -2.0, f"{DIRECT}0": 99.0}
)


@dataclass(frozen=True)
class Parts:
    """The parts of attributions that stand in one paragraph, each kind in order."""

    content: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A part that may belong to another; `origin` is TAGGED, NAME or PRONOUN."""

    span: Span
    origin: str = TAGGED


class Measure:
    """The words, sentences, parts and quotation marks of one paragraph, by place."""

    def __init__(self, text: str, paragraph: Span, parts: Parts, marked: Sequence[Quoted]) -> None:
        self._text = text
        found = words(text, start=paragraph.start, end=paragraph.end)
        self._starts = [word.start for word in found]
        self._words = [word.of(text).lower() for word in found]
        ranges = sentences(text, start=paragraph.start, end=paragraph.end)
        self._sentence_ends = [sentence.end for sentence in ranges]
        self._sentence_starts = frozenset(sentence.start for sentence in ranges)
        self._parts: list[tuple[str, list[int], list[int]]] = []
        self._part_of: dict[int, str] = {}
        for name, spans in (("content", parts.content), ("cue", parts.cue), ("source", parts.source)):
            ordered = sorted(spans)
            self._parts.append((name, [one.start for one in ordered], [one.end for one in ordered]))
            for one in ordered:
                for index in range(self._index(one.start), self._index(one.end)):
                    self._part_of[index] = name
        self._quoted = {
            index
            for stretch in marked
            for index in range(self._index(stretch.outer.start), self._index(stretch.outer.end))
        }

    def options(
        self, kind: str, one: Span, candidates: Sequence[Candidate]
    ) -> list[tuple[Span | None, list[str]]]:
        """Return what may be chosen for `one`, each with the features that hold; the first is none.

        `candidates` are in the order of the text. The nearest on either side are taken.
        """
        before = [each for each in candidates if each.span.end <= one.start][-_MOST:]
        after = [each for each in candidates if each.span.start >= one.end][:_MOST]
        chosen: list[tuple[Span | None, list[str]]] = [(None, list(self._none(kind, one)))]
        for rank, each in enumerate(reversed(before)):
            chosen.append((each.span, list(self._pair(f"{kind}<", one, each, rank))))
        for rank, each in enumerate(after):
            chosen.append((each.span, list(self._pair(f"{kind}>", one, each, rank))))
        return chosen

    def _none(self, kind: str, one: Span) -> Iterator[str]:
        first, last = self._index(one.start), self._index(one.end)
        way = f"{kind}0"
        yield way
        yield f"{way}first={self._word(first)}"
        yield f"{way}last={self._word(last - 1)}"
        yield f"{way}left={self._word(first - 1)}"
        yield f"{way}right={self._word(last)}"
        yield f"{way}left-{self._part(first - 1)}"
        yield f"{way}right-{self._part(last)}"
        yield f"{way}quoted{first in self._quoted:d}"

    def _pair(self, way: str, one: Span, candidate: Candidate, rank: int) -> Iterator[str]:
        other, origin = candidate.span, candidate.origin
        low, high = min(one.end, other.end), max(one.start, other.start)
        first, last = self._index(low), self._index(high)
        step = bisect_left(_STEPS, last - first)
        yield way
        yield f"{way}gap{step}"
        yield f"{way}{origin}"
        yield f"{way}{origin}gap{step}"
        yield f"{way}{origin}rank{min(3, rank)}"
        crossed = bisect_left(self._sentence_ends, high + 1) - bisect_left(self._sentence_ends, low)
        yield f"{way}sentences{min(2, crossed)}"
        for name, starts, ends in self._parts:
            between = bisect_right(ends, high) - bisect_left(starts, low)
            yield f"{way}{name}{min(3, max(0, between))}"
        yield from self._gap(way, first, last, self._text[low:high])
        yield from self._around(way, "one", one)
        yield from self._around(way, "other", other)
        start = self._index(other.start)
        yield f"{way}quoted{self._index(one.start) in self._quoted:d}{start in self._quoted:d}"
        if other.start in self._sentence_starts:
            yield f"{way}opens"
        if one.start in self._sentence_starts:
            yield f"{way}one-opens"
        yield f"{way}{origin}length{bisect_left(_LENGTHS, self._index(other.end) - start)}"

    def _gap(self, way: str, first: int, last: int, between: str) -> Iterator[str]:
        """Yield what stands between the two."""
        for word in sorted(_LINKS.intersection(self._words[first:last])):
            yield f"{way}between={word}"
        if not MARKS.isdisjoint(between):
            yield f"{way}mark"
        if not any(char.isalnum() for char in between):
            yield f"{way}bare"

    def _around(self, way: str, role: str, span: Span) -> Iterator[str]:
        """Yield the words and parts at the ends of one of the two, and beside it."""
        first, last = self._index(span.start), self._index(span.end)
        for reach in (1, 2):
            yield f"{way}{role}left{reach}-{self._part(first - reach)}"
            yield f"{way}{role}right{reach}-{self._part(last + reach - 1)}"
        yield f"{way}{role}left={self._word(first - 1)}"
        yield f"{way}{role}right={self._word(last)}"
        yield f"{way}{role}first={self._word(first)}"
        yield f"{way}{role}last={self._word(last - 1)}"

    def _index(self, at: int) -> int:
        return bisect_left(self._starts, at)

    def _word(self, index: int) -> str:
        return self._words[index] if 0 <= index < len(self._words) else ""

    def _part(self, index: int) -> str:
        return self._part_of.get(index, "none")


def choose(
    measure: Measure, kind: str, one: Span, candidates: Sequence[Candidate], weights: Weights
) -> Span | None:
    """Return the candidate that belongs to `one`, or None; without weights, the nearest."""
    weights = weights or NEAREST
    best: tuple[float, Span | None] = (0.0, None)
    for number, (span, features) in enumerate(measure.options(kind, one, candidates)):
        score = sum(weights.get(name, 0.0) for name in features)
        if number == 0 or score > best[0]:
            best = (score, span)
    return best[1]
