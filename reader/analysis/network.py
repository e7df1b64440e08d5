"""The network that marks stretches of text, run with numpy: LSTM in both directions, then a CRF.

It is trained by `tools.train.network`, which has the same shape in PyTorch; here is only what reading needs.
Knows numbers and nothing of documents: tokens come as rows of identities, vectors and clues.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy
from numpy.typing import NDArray

from reader.analysis import marginals

Floats = NDArray[numpy.float32]
Numbers = NDArray[numpy.int64]
Hashes = NDArray[numpy.uint64]

# A transition that must not be: far below what training reaches, and still a number that can be added up.
FORBIDDEN = -1e4


@dataclass(frozen=True)
class Tokens:
    """The tokens of one stretch of text.

    `identities` (n, columns): 64-bit hashes of what a token looks like; `vectors` (n, width): its vectors;
    `clues` (n, features): 0 or 1 each.
    """

    identities: Hashes
    vectors: Floats
    clues: Floats

    def __len__(self) -> int:
        return len(self.identities)


def tag_set(labels: Sequence[str]) -> tuple[str, ...]:
    """Return the tags of these labels: outside, and each label's begin, inside, end and single."""
    return ("O", *(f"{place}-{label}" for label in labels for place in "BIES"))


def follows(first: str, second: str) -> bool:
    """Tell whether the tag `second` may stand behind `first`."""
    if first[0] in "BI":
        return second[0] in "IE" and second[2:] == first[2:]
    return second[0] in "OBS"


def places(hashes: Hashes, rows: int, salt: int) -> tuple[Numbers, Numbers]:
    """Return two rows of a table of `rows` for each hash; two tokens seldom share both."""
    mixed = hashes ^ numpy.uint64(salt * 0x9E3779B97F4A7C15 % 2**64)
    mixed = (mixed ^ (mixed >> numpy.uint64(31))) * numpy.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> numpy.uint64(29)
    count = numpy.uint64(rows)
    return (mixed % count).astype(numpy.int64), ((mixed >> numpy.uint64(32)) % count).astype(numpy.int64)


class Packed:
    """Stretches laid out step by step, the longest first, so that each step is one matrix."""

    def __init__(self, lengths: Sequence[int]) -> None:
        sizes = numpy.array(lengths, dtype=numpy.int64)
        order = numpy.argsort(-sizes, kind="stable")
        longest = int(sizes.max(initial=0))
        # How many stretches are still going on at each step.
        self.active = [int(n) for n in (sizes[None, :] > numpy.arange(longest)[:, None]).sum(axis=1)]
        starts = numpy.concatenate([[0], numpy.cumsum(sizes)[:-1]])[order]
        sizes = sizes[order]
        steps = [numpy.arange(n) for n in self.active]
        empty = [numpy.zeros(0, dtype=numpy.int64)]
        self.forward: Numbers = numpy.concatenate(empty + [starts[s] + t for t, s in enumerate(steps)])
        self.backward: Numbers = numpy.concatenate(
            empty + [starts[s] + sizes[s] - 1 - t for t, s in enumerate(steps)]
        )
        self.starts, self.sizes = starts, sizes


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of tokens ``[start, end)`` with its label.

    `chances` holds the logarithm of the chance of each likely label, given that the stretch is marked, if
    asked for.
    """

    start: int
    end: int
    label: str
    chances: Mapping[str, float] = field(default_factory=dict)


class Network:
    """The weights, by the names that training gives them, and what is done with them."""

    def __init__(self, weights: Mapping[str, NDArray[Any]], labels: Sequence[str]) -> None:
        self.weights = {name: numpy.asarray(each, dtype=numpy.float32) for name, each in weights.items()}
        self.labels = tuple(labels)
        self.tags = tag_set(labels)
        self._tables = sum(name.startswith("table") for name in self.weights)
        self._layers = sum(name.startswith("input") for name in self.weights)

    @cached_property
    def steps(self) -> Floats:
        """The scores of one tag behind another, (tags, tags)."""
        allowed = [[follows(first, second) for second in self.tags] for first in self.tags]
        return numpy.where(allowed, self.weights["steps"], numpy.float32(FORBIDDEN))

    @cached_property
    def first(self) -> Floats:
        """The scores of a tag at the start."""
        allowed = [tag[0] in "OBS" for tag in self.tags]
        return numpy.where(allowed, self.weights["first"], numpy.float32(FORBIDDEN))

    @cached_property
    def last(self) -> Floats:
        """The scores of a tag at the end."""
        allowed = [tag[0] in "OES" for tag in self.tags]
        return numpy.where(allowed, self.weights["last"], numpy.float32(FORBIDDEN))

    def emissions(self, tokens: Tokens, packed: Packed) -> Floats:
        """Return the score of each tag for each token, (n, tags). `tokens` are those of all stretches."""
        rows = self._embedded(tokens)
        for number in range(self._layers):
            rows = self._layer(rows, packed, number)
        hidden = _gelu(rows @ self.weights["hidden"] + self.weights["hidden_bias"])
        scores: Floats = hidden @ self.weights["output"] + self.weights["output_bias"]
        return scores

    def _embedded(self, tokens: Tokens) -> Floats:
        parts = []
        for number in range(self._tables):
            table = self.weights[f"table{number}"]
            one, other = places(tokens.identities[:, number], len(table), number + 1)
            parts.append(table[one] + table[other])
        return numpy.concatenate([*parts, tokens.vectors @ self.weights["vectors"], tokens.clues], axis=1)

    def _layer(self, rows: Floats, packed: Packed, number: int) -> Floats:
        """Run one layer in both directions at once; return (n, 2 × width)."""
        into, bias = self.weights[f"input{number}"], self.weights[f"bias{number}"]
        again = self.weights[f"again{number}"]  # (2, width, 4 × width): in, forget, out, new
        width = again.shape[1]
        gates = numpy.stack(
            [rows[packed.forward] @ into[0] + bias[0], rows[packed.backward] @ into[1] + bias[1]]
        )
        states = numpy.empty((2, len(rows), width), dtype=numpy.float32)
        state = numpy.zeros((2, len(packed.sizes), width), dtype=numpy.float32)
        cell = numpy.zeros_like(state)
        at = 0
        for active in packed.active:
            state, cell = state[:, :active], cell[:, :active]
            gate = gates[:, at : at + active]
            gate += state @ again
            numpy.tanh(gate, out=gate)
            opened = gate[..., : 3 * width]
            opened *= 0.5
            opened += 0.5
            cell = gate[..., width : 2 * width] * cell + gate[..., :width] * gate[..., 3 * width :]
            state = gate[..., 2 * width : 3 * width] * numpy.tanh(cell)
            states[:, at : at + active] = state
            at += active
        out = numpy.empty((len(rows), 2 * width), dtype=numpy.float32)
        out[packed.forward, :width] = states[0]
        out[packed.backward, width:] = states[1]
        return out

    def mark(
        self, stretches: Sequence[Tokens], *, sure: Mapping[str, float] | None = None
    ) -> list[list[Marked]]:
        """Return what is marked in each stretch, in order, none overlapping.

        That of the best path; or, with `sure`, what is marked over all paths with a greater chance than that
        has for its label (a half where it has none, nor less), with its `chances`.
        """
        found: list[list[Marked]] = [[] for _ in stretches]
        if not any(map(len, stretches)):
            return found
        tokens = Tokens(
            numpy.concatenate([each.identities for each in stretches]),
            numpy.concatenate([each.vectors for each in stretches]),
            numpy.concatenate([each.clues for each in stretches]),
        )
        packed = Packed([len(each) for each in stretches])
        scores = self.emissions(tokens, packed)
        whole = (
            self._likely(scores, packed, sure) if sure is not None else self._read(self._best(scores, packed))
        )
        starts = numpy.cumsum([0, *(len(each) for each in stretches)])
        for one in whole:
            number = int(numpy.searchsorted(starts, one.start, side="right")) - 1
            at = int(starts[number])
            found[number].append(replace(one, start=one.start - at, end=one.end - at))
        return found

    def _likely(self, scores: Floats, packed: Packed, sure: Mapping[str, float]) -> list[Marked]:
        """Return what is marked with a chance above what `sure` asks, in places of all tokens."""
        chart = marginals.chart(scores, packed.active, packed.forward, self.steps, self.first, self.last)
        found = []
        asked = [sure.get(label, 0.5) for label in self.labels]
        for start, end, chances in marginals.stretches(chart, self.labels, asked):
            whole = sum(chances.values())
            logs = {label: math.log(chance / whole) for label, chance in chances.items()}
            found.append(Marked(start, end, max(logs, key=lambda label: logs[label]), logs))
        return found

    def _read(self, path: Sequence[int]) -> list[Marked]:
        """Return what a path marks, in places of all tokens."""
        found = []
        start = 0
        for number, tag in enumerate(self.tags[each] for each in path):
            if tag[0] in "BS":
                start = number
            if tag[0] in "ES":
                found.append(Marked(start, number + 1, tag[2:]))
        return found

    def _best(self, scores: Floats, packed: Packed) -> list[int]:
        """Return the best path's tag of each token (Viterbi over all stretches at once)."""
        ordered = scores[packed.forward]
        came = numpy.zeros(ordered.shape, dtype=numpy.int16)
        best = numpy.zeros((len(packed.sizes), scores.shape[1]), dtype=numpy.float32)
        at = 0
        for step, active in enumerate(packed.active):
            here = ordered[at : at + active]
            if step == 0:
                best[:active] = self.first + here
            else:
                ways = best[:active, :, None] + self.steps
                came[at : at + active] = ways.argmax(axis=1)
                best[:active] = ways.max(axis=1) + here
            at += active
        offsets = numpy.concatenate([[0], numpy.cumsum(packed.active)])
        tags = numpy.zeros(len(ordered), dtype=numpy.int64)
        now = (best + self.last).argmax(axis=1)
        for step in range(len(packed.active) - 1, -1, -1):
            active, at = packed.active[step], offsets[step]
            tags[at : at + active] = now[:active]
            now[:active] = came[at + numpy.arange(active), now[:active]]
        out = numpy.zeros(len(ordered), dtype=numpy.int64)
        out[packed.forward] = tags
        return [int(tag) for tag in out]

    def save(self, path: Path) -> None:
        """Write the weights in half precision, and the labels."""
        halves: dict[str, Any] = {
            name: each.astype(numpy.float16) for name, each in sorted(self.weights.items())
        }
        with path.open("wb") as file:
            numpy.savez(file, labels=numpy.array(self.labels), **halves)

    @classmethod
    def load(cls, path: Path) -> Network:
        """Read what `save` wrote."""
        with numpy.load(path, allow_pickle=False) as stored:
            return cls(
                {name: stored[name] for name in stored.files if name != "labels"},
                [str(label) for label in stored["labels"]],
            )


def _gelu(rows: Floats) -> Floats:
    """The curve that training uses, by its approximation with tanh."""
    curve: Floats = 0.5 * rows * (1 + numpy.tanh(0.7978845608 * (rows + 0.044715 * rows * rows * rows)))
    return curve
