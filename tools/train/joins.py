"""Learn which cue goes with which content and which source with which cue, from the marked attributions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy

from reader.analysis.joins import Measure, Parts
from reader.model import Span
from tools.train.corpora import paragraphs, rows


def examples(path: Path) -> Iterator[tuple[str, list[str], bool, int]]:
    """Yield (kind, features, right, group) for each pair; those of a group share their first member."""
    group = 0
    for row in rows(path):
        text = row["text"]
        marked = [
            {k: [Span(*x) for x in a[k]] for k in ("content", "cue", "source")} for a in row["attributions"]
        ]
        for part in paragraphs(text):
            here = [a for a in marked if a["content"] and any(part.covers(s) for s in a["content"])]
            parts = Parts(
                *(
                    tuple(sorted({s for a in here for s in a[k] if part.covers(s)}))
                    for k in ("content", "cue", "source")
                )
            )
            measure = Measure(text, part, parts)
            for kind, ones, others in (("cue", "content", "cue"), ("source", "cue", "source")):
                for one in getattr(parts, ones):
                    group += 1
                    own = {s for a in here if one in a[ones] for s in a[others]}
                    for other in getattr(parts, others):
                        if not other.overlaps(one):
                            yield kind, list(measure.features(kind, one, other)), other in own, group


def learn(path: Path) -> dict[str, float]:
    """Return the weights: logistic regression, full gradient with momentum, a little decay."""
    seen = list(examples(path))
    names = sorted({name for _, found, _, _ in seen for name in found})
    index = {name: i for i, name in enumerate(names)}
    columns = numpy.array([index[name] for _, found, _, _ in seen for name in found])
    lines = numpy.repeat(numpy.arange(len(seen)), [len(found) for _, found, _, _ in seen])
    right = numpy.array([float(is_right) for _, _, is_right, _ in seen])
    weights, speed = numpy.zeros(len(names)), numpy.zeros(len(names))
    for _ in range(600):
        total = numpy.bincount(lines, weights[columns], minlength=len(seen))
        error = right - 1 / (1 + numpy.exp(-total))
        gradient = numpy.bincount(columns, error[lines], minlength=len(names)) - 1.0 * weights
        speed = 0.9 * speed + gradient * (20 / len(seen))
        weights += speed
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def save(weights: dict[str, float], path: Path) -> None:
    """Write the weights, sorted, so that the file repeats."""
    path.write_text(json.dumps(weights, indent=0, sort_keys=True) + "\n", encoding="utf-8")
