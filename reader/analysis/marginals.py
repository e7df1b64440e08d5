"""How likely each stretch is to be marked, over all paths of the CRF, and which of them are likely enough.

The best path says of each word what goes best with all the others, also where several paths are nearly as
good. A stretch that is marked in most readings of the text is right more often. Knows numbers only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy
from numpy.typing import NDArray

Floats = NDArray[numpy.float32]
Numbers = NDArray[numpy.int64]
# The chance of one label from which on it is told.
_LEAST = 0.01
_TINY = 1e-30


class Chart(NamedTuple):
    """The sums over all paths, a row for each token, a column for each tag.

    `before` (n, tags) is the chance of a tag given the tokens up to this one, `after` what the tokens behind
    it make of that: their product is the chance of the tag. `steps` (tags, tags) and `scores` (n, tags) are
    the factors of a step and a tag, the latter so scaled that each row of `before` sums up to 1.
    """

    before: Floats
    after: Floats
    scores: Floats
    steps: Floats


class Sure(NamedTuple):
    """A stretch of tokens ``[start, end)`` and the chance of each label that it may have; they sum up to
    the chance that it is marked at all."""

    start: int
    end: int
    chances: dict[str, float]


def chart(
    scores: Floats, active: Sequence[int], order: Numbers, steps: Floats, first: Floats, last: Floats
) -> Chart:
    """Return the sums for all stretches at once.

    `scores` (n, tags) in the order of the text; `order` (n) are its rows step by step, of which `active`
    tells how many stretches go on at each; `steps`, `first` and `last` are the logarithms of the CRF.
    """
    ways, begin, finish = numpy.exp(steps), numpy.exp(first), numpy.exp(last)
    told = numpy.exp(scores - scores.max(axis=1, keepdims=True))[order]
    before, after = numpy.empty_like(told), numpy.empty_like(told)
    ends = numpy.concatenate([[0], numpy.cumsum(active)])
    for step, count in enumerate(active):
        here = slice(ends[step], ends[step] + count)
        came = before[ends[step - 1] : ends[step - 1] + count] @ ways if step else begin
        sums = came * told[here]
        whole = numpy.maximum(sums.sum(axis=1, keepdims=True), _TINY)
        before[here] = sums / whole
        told[here] /= whole
    for step in range(len(active) - 1, -1, -1):
        here = slice(ends[step], ends[step + 1])
        going = active[step + 1] if step + 1 < len(active) else 0
        after[here] = finish
        if going:
            behind = slice(ends[step + 1], ends[step + 1] + going)
            after[ends[step] : ends[step] + going] = (told[behind] * after[behind]) @ ways.T
        after[here] /= numpy.maximum((before[here] * after[here]).sum(axis=1, keepdims=True), _TINY)
    back = numpy.argsort(order)
    return Chart(before[back], after[back], told[back], ways)


def stretches(found: Chart, labels: Sequence[str], sure: Sequence[float]) -> list[Sure]:
    """Return, in order, the stretches that are marked with a chance above what `sure` asks for their label.

    That is a half at least, so none of them overlaps another. Tags are outside, then begin, inside, end and
    single of each label.
    """
    assert min(sure) >= 0.5, "two stretches that overlap are never both marked"
    asked = dict(zip(labels, sure, strict=True))
    chances: dict[tuple[int, int], dict[str, float]] = {}
    likely = found.before * found.after
    for number, label in enumerate(labels):
        begin, single = 1 + 4 * number, 4 + 4 * number
        for at in numpy.nonzero(likely[:, single] > _LEAST)[0].tolist():
            chances.setdefault((at, at + 1), {})[label] = float(likely[at, single])
        for at in numpy.nonzero(likely[:, begin] > _LEAST)[0].tolist():
            for end, chance in _ends(found, at, begin):
                chances.setdefault((at, end), {})[label] = chance
    return [
        Sure(*place, told)
        for place, told in sorted(chances.items())
        if sum(told.values()) > asked[max(told, key=lambda label: told[label])]
    ]


def _ends(found: Chart, at: int, begin: int) -> list[tuple[int, float]]:
    """Return where a stretch of the label whose begin is the tag `begin` may end, and the chance of each."""
    inside, end = begin + 1, begin + 2
    ends = []
    whole, last = float(found.before[at, begin]), begin
    # Behind the last token of a text nothing can be inside, so that this ends there.
    for token in range(at + 1, len(found.before)):
        chance = whole * float(found.steps[last, end] * found.scores[token, end] * found.after[token, end])
        if chance > _LEAST:
            ends.append((token + 1, chance))
        whole *= float(found.steps[last, inside] * found.scores[token, inside])
        last = inside
        if whole * float(found.after[token, inside]) < _LEAST:
            break
    return ends
