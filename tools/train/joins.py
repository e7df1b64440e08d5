"""Learn which cue goes with which content and which source with which cue, from the marked attributions.

A tagger misses parts, so parts are left out at random: what to do without them is learned too.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy

from reader.analysis.joins import CUE, DIRECT, SOURCE, Candidate, Measure, Parts
from reader.analysis.marks import quoted
from reader.analysis.pipeline import Pipeline
from reader.analysis.quotes import sources, whole
from reader.analysis.reading import speakers
from reader.document import Span
from tools.train.corpora import paragraphs, rows

# Of the attributions, so many are left out; of the others, so many of each part.
_MISSED, _PART_MISSED = 0.25, 0.08
# A feature that is seen in fewer pairs, or whose weight is less, is not kept.
_FEWEST, _LEAST = 8, 0.02
_DECAY, _STEPS = 5.0, 200
# A missing source costs as much as a wrong one: so much is taken off the weight of "none".
_RELUCTANCE = {SOURCE: 2.0, DIRECT: 1.0}
# Gives, for the paragraphs of a text, the people and bodies in each; spans count from its start.
Namer = Callable[[Sequence[str]], list[list[Span]]]


@dataclass(frozen=True, slots=True)
class Choice:
    """The features of each option of one choice, the first being none, and which of them are right."""

    options: list[list[str]]
    right: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Said:
    content: frozenset[int]
    cue: frozenset[int]
    source: frozenset[int]


def namer(pipeline: Pipeline) -> Namer:
    """Return what finds the people and bodies with a model."""

    def names_of(texts: Sequence[str]) -> list[list[Span]]:
        tagged = pipeline.tag(texts)
        return [speakers(text, Span(0, len(text)), each) for text, each in zip(texts, tagged, strict=True)]

    return names_of


def choices(path: Path, names_of: Namer) -> Iterator[Choice]:
    """Yield the choices that the attributions of a set of articles teach."""
    chance = random.Random(1)
    for row in rows(path):
        text, marked = row["text"], row["attributions"]
        said = [
            _Said(*(_letters(text, one[part]) for part in ("content", "cue", "source"))) for one in marked
        ]
        left = _seen(marked, chance)
        spans = list(paragraphs(text))
        for span, names in zip(spans, names_of([span.of(text) for span in spans]), strict=True):
            parts = Parts(*(tuple(sorted(one for one in each if span.covers(one))) for each in left))
            yield from _of_paragraph(text, span, parts, [name.shifted(span.start) for name in names], said)


def _seen(marked: Sequence[dict[str, Any]], chance: random.Random) -> list[set[Span]]:
    """Return the contents, cues and sources that a tagger might have found."""
    gone: set[tuple[str, int, int]] = set()
    for one in marked:
        missed = chance.random() < _MISSED
        for part in ("content", "cue", "source"):
            if missed or chance.random() < _PART_MISSED:
                gone |= {(part, s, e) for s, e in one[part]}
    return [
        {Span(s, e) for one in marked for s, e in one[part] if (part, s, e) not in gone}
        for part in ("content", "cue", "source")
    ]


def _of_paragraph(
    text: str, span: Span, parts: Parts, names: Sequence[Span], said: Sequence[_Said]
) -> Iterator[Choice]:
    stretches = quoted(text, start=span.start, end=span.end)
    parts = whole(text, span, parts, stretches)
    measure = Measure(text, span, parts, stretches)
    cues, able = [Candidate(one) for one in parts.cue], sources(text, span, parts, names)
    for cue in parts.cue:
        letters = _letters(text, [cue])
        own = max(said, key=lambda one: len(one.cue & letters))
        yield from _choice(text, measure, SOURCE, cue, able, own.source)
    for content in parts.content:
        letters = _letters(text, [content])
        owners = [one for one in said if letters and 2 * len(one.content & letters) >= len(letters)]
        cued = frozenset[int]().union(*(one.cue for one in owners))
        if cues:
            found = list(_choice(text, measure, CUE, content, cues, cued, never=True))
            yield from found
        if any(_letters(text, [cue]) & cued for cue in parts.cue):
            continue
        named = frozenset[int]().union(*(one.source for one in owners))
        yield from _choice(text, measure, DIRECT, content, able, named & _letters(text, [span]))


def _choice(
    text: str,
    measure: Measure,
    kind: str,
    one: Span,
    candidates: Sequence[Candidate],
    wanted: frozenset[int],
    *,
    never: bool = False,
) -> Iterator[Choice]:
    """Yield the choice, unless the right one is not among the candidates; then it is none, or no lesson."""
    options = measure.options(kind, one, candidates)
    right = frozenset(
        number
        for number, (span, _) in enumerate(options)
        if span is not None and _letters(text, [span]) & wanted
    )
    if len(options) > 1 and (right or never or not wanted):
        yield Choice([features for _, features in options], right or frozenset((0,)))


def _letters(text: str, spans: Iterable[Any]) -> frozenset[int]:
    ranges = ((one.start, one.end) if isinstance(one, Span) else one for one in spans)
    return frozenset(at for start, end in ranges for at in range(start, end) if text[at].isalnum())


def learn(path: Path, names_of: Namer) -> dict[str, float]:
    """Return the weights of a log-linear model over the options of each choice."""
    seen = list(choices(path, names_of))
    weights = _fitted(seen)
    for kind, less in _RELUCTANCE.items():
        weights[f"{kind}0"] = weights.get(f"{kind}0", 0.0) - less
    return {name: round(weight, 2) for name, weight in weights.items() if abs(weight) >= _LEAST}


def _fitted(seen: Sequence[Choice]) -> dict[str, float]:
    """Return the weights: Adam over all choices at once, with a little decay; it draws no random numbers."""
    counts = Counter(name for choice in seen for option in choice.options for name in option)
    names = sorted(name for name, count in counts.items() if count >= _FEWEST)
    index = {name: number for number, name in enumerate(names)}
    options = [option for choice in seen for option in choice.options]
    kept = [[index[name] for name in option if name in index] for option in options]
    columns = numpy.array([number for option in kept for number in option])
    lines = numpy.repeat(numpy.arange(len(kept)), [len(option) for option in kept])
    sizes = [len(choice.options) for choice in seen]
    starts = numpy.cumsum([0, *sizes[:-1]])
    group = numpy.repeat(numpy.arange(len(seen)), sizes)
    right = numpy.array([number in choice.right for choice in seen for number in range(len(choice.options))])

    def shares(scores: Any) -> Any:
        powers = numpy.exp(scores - numpy.maximum.reduceat(scores, starts)[group])
        return powers / numpy.add.reduceat(powers, starts)[group]

    weights, mean, square = numpy.zeros((3, len(names)))
    for step in range(1, _STEPS + 1):
        scores = numpy.bincount(lines, weights[columns], minlength=len(kept))
        error = shares(numpy.where(right, scores, -1e9)) - shares(scores)
        gradient = numpy.bincount(columns, error[lines], minlength=len(names)) - _DECAY * weights
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        rate = 0.1 * (1 - 0.9 * step / _STEPS)
        weights += rate * (mean / (1 - 0.9**step)) / (numpy.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return {name: float(weight) for name, weight in zip(names, weights, strict=True)}


def save(weights: dict[str, float], path: Path) -> None:
    """Write the weights, sorted, so that the file repeats."""
    path.write_text(
        json.dumps(weights, indent=0, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8"
    )
