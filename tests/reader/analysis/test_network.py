"""The network that reading runs, against the same sums done one token at a time."""

from __future__ import annotations

import math
from itertools import pairwise, product
from pathlib import Path

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.network import Network, Packed, Tokens, follows, places, tag_set

LABELS = ("A", "B")
WIDTH, ROWS, VECTORS, CLUES, HIDDEN = 3, 7, 4, 2, 5


def network(seed: int) -> Network:
    """A small network with random weights: one table, two layers."""
    random = numpy.random.default_rng(seed)
    tags = len(tag_set(LABELS))

    def some(*shape: int) -> numpy.ndarray:
        return random.normal(0, 0.8, shape).astype(numpy.float32)

    sizes = (2 + 2 + CLUES, 2 * WIDTH)
    weights = {"table0": some(ROWS, 2), "vectors": some(VECTORS, 2)}
    for number, size in enumerate(sizes):
        weights[f"input{number}"] = some(2, size, 4 * WIDTH)
        weights[f"again{number}"] = some(2, WIDTH, 4 * WIDTH)
        weights[f"bias{number}"] = some(2, 4 * WIDTH)
    weights |= {"hidden": some(2 * WIDTH, HIDDEN), "hidden_bias": some(HIDDEN)}
    weights |= {"output": some(HIDDEN, tags), "output_bias": some(tags)}
    weights |= {"steps": some(tags, tags), "first": some(tags), "last": some(tags)}
    return Network(weights, LABELS)


def tokens(count: int, seed: int) -> Tokens:
    random = numpy.random.default_rng(seed)
    return Tokens(
        random.integers(0, 2**63, (count, 1)).astype(numpy.uint64),
        random.normal(0, 1, (count, VECTORS)).astype(numpy.float32),
        random.integers(0, 2, (count, CLUES)).astype(numpy.float32),
    )


def one_by_one(net: Network, given_tokens: Tokens) -> numpy.ndarray:
    """The scores of one stretch, by the book."""
    table = net.weights["table0"]
    one, other = places(given_tokens.identities[:, 0], ROWS, 1)
    rows = [
        numpy.concatenate([table[one[n]] + table[other[n]], vector @ net.weights["vectors"], clue])
        for n, (vector, clue) in enumerate(zip(given_tokens.vectors, given_tokens.clues, strict=True))
    ]
    for layer in range(2):
        ways = []
        for way in (0, 1):
            state, cell = numpy.zeros(WIDTH), numpy.zeros(WIDTH)
            states = []
            for row in rows if way == 0 else rows[::-1]:
                gates = (
                    row @ net.weights[f"input{layer}"][way]
                    + state @ net.weights[f"again{layer}"][way]
                    + net.weights[f"bias{layer}"][way]
                )
                entered, forgot, out = (
                    1 / (1 + numpy.exp(-2 * part)) for part in numpy.split(gates[: 3 * WIDTH], 3)
                )
                cell = forgot * cell + entered * numpy.tanh(gates[3 * WIDTH :])
                state = out * numpy.tanh(cell)
                states.append(state)
            ways.append(states if way == 0 else states[::-1])
        rows = [numpy.concatenate(pair) for pair in zip(*ways, strict=True)]
    hidden = numpy.array(rows) @ net.weights["hidden"] + net.weights["hidden_bias"]
    hidden = 0.5 * hidden * (1 + numpy.tanh(math.sqrt(2 / math.pi) * (hidden + 0.044715 * hidden**3)))
    return hidden @ net.weights["output"] + net.weights["output_bias"]


def best_of_all(net: Network, scores: numpy.ndarray) -> tuple[str, ...]:
    """The best allowed path, every path tried."""

    def total(path: tuple[int, ...]) -> float:
        told = [net.tags[tag] for tag in path]
        if told[0][0] not in "OBS" or told[-1][0] not in "OES":
            return -math.inf
        if not all(follows(a, b) for a, b in pairwise(told)):
            return -math.inf
        sums = net.weights["first"][path[0]] + net.weights["last"][path[-1]]
        sums += sum(scores[n, tag] for n, tag in enumerate(path))
        return float(sums + sum(net.weights["steps"][a, b] for a, b in pairwise(path)))

    best = max(product(range(len(net.tags)), repeat=len(scores)), key=total)
    return tuple(net.tags[tag] for tag in best)


def spans(path: tuple[str, ...]) -> list[tuple[int, int, str]]:
    found, start = [], 0
    for number, tag in enumerate(path):
        start = number if tag[0] in "BS" else start
        if tag[0] in "ES":
            found.append((start, number + 1, tag[2:]))
    return found


@pytest.mark.parametrize("seed", range(3))
def test_the_scores_are_those_of_the_book(seed: int) -> None:
    net, stretches = network(seed), [tokens(5, 1), tokens(1, 2), tokens(3, 3)]
    together = Tokens(
        *(numpy.concatenate([getattr(t, f) for t in stretches]) for f in ("identities", "vectors", "clues"))
    )
    found = net.emissions(together, Packed([5, 1, 3]))
    wanted = numpy.concatenate([one_by_one(net, each) for each in stretches])
    numpy.testing.assert_allclose(found, wanted, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("seed", range(5))
def test_the_best_path_is_found(seed: int) -> None:
    net, stretch = network(seed), tokens(4, seed + 10)
    [found] = net.mark([stretch])
    assert [(m.start, m.end, m.label) for m in found] == spans(best_of_all(net, one_by_one(net, stretch)))


def all_marked(net: Network, scores: numpy.ndarray) -> dict[tuple[int, int, str], float]:
    """The chance of each stretch to be marked, every allowed path counted."""
    chances: dict[tuple[int, int, str], float] = {}
    whole = 0.0
    for path in product(range(len(net.tags)), repeat=len(scores)):
        told = tuple(net.tags[tag] for tag in path)
        if told[0][0] not in "OBS" or told[-1][0] not in "OES":
            continue
        if not all(follows(a, b) for a, b in pairwise(told)):
            continue
        total = float(net.weights["first"][path[0]] + net.weights["last"][path[-1]])
        total += sum(float(scores[n, tag]) for n, tag in enumerate(path))
        total += sum(float(net.weights["steps"][a, b]) for a, b in pairwise(path))
        whole += math.exp(total)
        for span in spans(told):
            chances[span] = chances.get(span, 0.0) + math.exp(total)
    return {span: chance / whole for span, chance in chances.items()}


@pytest.mark.parametrize("seed", range(8))
def test_what_most_readings_mark_is_marked(seed: int) -> None:
    net, stretch = network(seed), tokens(4, seed + 10)
    chances = all_marked(net, one_by_one(net, stretch))
    wanted = {}
    for start, end in {(start, end) for start, end, _ in chances}:
        own = {label: chances.get((start, end, label), 0.0) for label in LABELS}
        if sum(own.values()) > (0.7 if own["A"] > own["B"] else 0.5):
            wanted[start, end] = own
    [found] = net.mark([stretch], sure={"A": 0.7})
    assert {(mark.start, mark.end) for mark in found} == set(wanted)
    for mark in found:
        own = wanted[mark.start, mark.end]
        assert mark.label == max(own, key=lambda label: own[label])
        for label, log in mark.chances.items():
            assert math.exp(log) == pytest.approx(own[label] / sum(own.values()), abs=0.02)


@given(st.lists(st.integers(0, 9), max_size=6), st.integers(0, 50), st.sampled_from((None, {}, {"A": 0.7})))
def test_what_is_marked_does_not_depend_on_what_else_is_read(
    lengths: list[int], seed: int, sure: dict[str, float] | None
) -> None:
    stretches = [tokens(length, seed + n) for n, length in enumerate(lengths)]
    net = network(1)
    together = net.mark(stretches, sure=sure)
    assert len(together) == len(stretches)
    for stretch, found in zip(stretches, together, strict=True):
        [alone] = net.mark([stretch], sure=sure)
        assert [(m.start, m.end, m.label) for m in alone] == [(m.start, m.end, m.label) for m in found]
        ends = [0, *(end for m in found for end in (m.start, m.end)), len(stretch)]
        assert ends == sorted(ends)
        for mark in found:
            assert mark.end > mark.start
            if sure is not None:
                assert sum(math.exp(chance) for chance in mark.chances.values()) == pytest.approx(1, abs=1e-4)


def test_a_network_is_the_same_after_it_was_kept(tmp_path: Path) -> None:
    net, stretch = network(4), tokens(30, 5)
    net.save(tmp_path / "0.npz")
    again = Network.load(tmp_path / "0.npz")
    assert again.labels == LABELS
    packed = Packed([30])
    numpy.testing.assert_allclose(again.emissions(stretch, packed), net.emissions(stretch, packed), atol=0.05)
    again.save(tmp_path / "1.npz")
    assert (tmp_path / "0.npz").read_bytes() == (tmp_path / "1.npz").read_bytes()
