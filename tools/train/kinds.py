"""Learn what kind of name a name is, from the names of the Worldwide set alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy

from reader.analysis.kinds import Kinds, Surroundings, features
from reader.analysis.lexicon import Lexicon
from reader.document import Span
from tools.train.corpora import WORLDWIDE, paragraphs, rows

_ROUNDS, _RATE, _DECAY, _RARE = 12, 0.15, 2e-6, 2


def examples(paths: Sequence[Path], lexicon: Lexicon) -> Iterator[tuple[list[str], str]]:
    """Yield the features and the label of each marked name."""
    for row in chain.from_iterable(map(rows, paths)):
        text = row["text"]
        parts = list(paragraphs(text))
        around = Surroundings()
        for part in parts:
            around.learn(text, start=part.start, end=part.end)
        for start, end, label in row["ents"]:
            name = Span(start, end)
            for part in (part for part in parts if part.covers(name)):
                found = features(text, name, start=part.start, end=part.end, lexicon=lexicon, around=around)
                yield list(found), WORLDWIDE[label]


def learn(paths: Sequence[Path], lexicon: Lexicon) -> Kinds:
    """Return the weights: multinomial logistic regression by AdaGrad, features dropped at random."""
    seen = list(examples(paths, lexicon))
    counts = Counter(feature for found, _ in seen for feature in set(found))
    index = {name: number for number, name in enumerate(sorted(n for n, c in counts.items() if c >= _RARE))}
    kinds = sorted(set(WORLDWIDE.values()))
    weights = numpy.zeros((len(index), len(kinds)))
    squares = numpy.full_like(weights, 1e-3)
    random = numpy.random.default_rng(1)
    data = [
        (numpy.array([index[f] for f in found if f in index]), kinds.index(label)) for found, label in seen
    ]
    for _ in range(_ROUNDS):
        for number in random.permutation(len(data)):
            columns, right = data[number]
            columns = columns[random.random(len(columns)) > 0.3]
            totals = weights[columns].sum(axis=0) / 0.7
            chances = numpy.exp(totals - totals.max())
            gradient = chances / chances.sum()
            gradient[right] -= 1
            step = gradient + _DECAY * weights[columns]
            squares[columns] += step**2
            weights[columns] -= _RATE * step / numpy.sqrt(squares[columns])
    table = {
        name: [round(float(weight), 2) for weight in weights[number]]
        for name, number in index.items()
        if numpy.abs(weights[number]).max() >= 0.1
    }
    return Kinds(kinds, table)
