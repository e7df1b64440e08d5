"""Train a network of `reader.analysis.network`: the same shape in PyTorch, and the likelihood of its CRF.

One thread and fixed seeds, so that the same machine repeats the same weights.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy
import torch
from torch import Tensor, nn
from torch.nn import functional

from reader.analysis.network import FORBIDDEN, Network, Tokens, follows, places, tag_set

# The tag of a token of which the corpus does not tell.
OPEN = -1
_LONGEST = 400  # tokens of a stretch that are trained on


@dataclass(frozen=True)
class Example:
    """One stretch of text and the number of the right tag of each token, `OPEN` where it is not known."""

    tokens: Tokens
    tags: Sequence[int]


@dataclass(frozen=True)
class Settings:
    """What a training run is told; from the sections of a config."""

    labels: tuple[str, ...]
    rows: tuple[int, ...]  # of the tables of what a token looks like
    widths: tuple[int, ...]  # of these tables
    vectors: int  # width to which the vectors are brought
    width: int  # of an LSTM in one direction
    layers: int
    hidden: int
    epochs: int
    rate: float
    dropout: float
    blind: float  # the part of the words whose own row is hidden, so that their shape and place count
    batch: int  # tokens
    average: float  # of the weights over the steps
    seed: int


class Shape(nn.Module):
    """The network while it is trained."""

    def __init__(self, settings: Settings, *, vectors: int, clues: int) -> None:
        super().__init__()
        self.settings = settings
        self.tags = tag_set(settings.labels)
        self.tables = nn.ModuleList(
            nn.Embedding(rows, width) for rows, width in zip(settings.rows, settings.widths, strict=True)
        )
        self.vectors = nn.Linear(vectors, settings.vectors, bias=False)
        total = sum(settings.widths) + settings.vectors + clues
        self.layers = nn.ModuleList(
            nn.LSTM(size, settings.width, bidirectional=True, batch_first=True)
            for size in (total, *[2 * settings.width] * (settings.layers - 1))
        )
        self.hidden = nn.Linear(2 * settings.width, settings.hidden)
        self.output = nn.Linear(settings.hidden, len(self.tags))
        self.steps = nn.Parameter(torch.zeros(len(self.tags), len(self.tags)))
        self.first = nn.Parameter(torch.zeros(len(self.tags)))
        self.last = nn.Parameter(torch.zeros(len(self.tags)))
        self._allowed = torch.tensor([[follows(one, two) for two in self.tags] for one in self.tags])
        self._begin = torch.tensor([tag[0] in "OBS" for tag in self.tags])
        self._end = torch.tensor([tag[0] in "OES" for tag in self.tags])
        self._begin_weights()

    def _begin_weights(self) -> None:
        width = self.settings.width
        for table in self.tables:
            nn.init.normal_(table.weight, 0, 0.1)
        for layer in self.layers:
            for name, weight in layer.named_parameters():
                if "weight_hh" in name:
                    for gate in range(4):
                        nn.init.orthogonal_(weight.data[gate * width : (gate + 1) * width])
                elif "weight" in name:
                    nn.init.xavier_uniform_(weight.data)
                else:
                    weight.data.zero_()
                    weight.data[width : 2 * width] = 0.5  # at first, little is forgotten

    def forward(self, rows: Tensor, vectors: Tensor, clues: Tensor) -> Tensor:
        """Return the scores of the tags, (stretches, tokens, tags); `rows` are two of each table."""
        parts = [table(rows[..., 2 * n]) + table(rows[..., 2 * n + 1]) for n, table in enumerate(self.tables)]
        if self.training:
            seen = torch.rand(rows.shape[:2]) > self.settings.blind
            parts[0] = parts[0] * seen.float().unsqueeze(-1)
        states = self._dropped(torch.cat([*parts, self.vectors(vectors), clues], -1))
        for layer in self.layers:
            states = self._dropped(layer(states)[0])
        scores: Tensor = self.output(functional.gelu(self.hidden(states), approximate="tanh"))
        return scores

    def _dropped(self, states: Tensor) -> Tensor:
        """Drop the same features all along a stretch."""
        if not self.training:
            return states
        kept = 1 - self.settings.dropout
        return states * torch.bernoulli(torch.full((len(states), 1, states.shape[2]), kept)) / kept

    def loss(self, scores: Tensor, tags: Tensor) -> Tensor:
        """Return how unlikely the tags are, summed over the stretches; any tag will do where it is open."""
        steps = self.steps.masked_fill(~self._allowed, FORBIDDEN)
        first = self.first.masked_fill(~self._begin, FORBIDDEN)
        last = self.last.masked_fill(~self._end, FORBIDDEN)
        every = _total(scores, steps, first, last)
        known = tags != OPEN
        if known.all():
            right = scores.gather(2, tags.unsqueeze(2)).squeeze(2).sum(1) + first[tags[:, 0]]
            right = right + last[tags[:, -1]] + steps[tags[:, :-1], tags[:, 1:]].sum(1)
        else:
            possible = torch.ones(scores.shape, dtype=torch.bool)
            possible[known] = functional.one_hot(tags[known], len(self.tags)).bool()
            right = _total(scores.masked_fill(~possible, FORBIDDEN), steps, first, last)
        return (every - right).sum()


def _total(scores: Tensor, steps: Tensor, first: Tensor, last: Tensor) -> Tensor:
    """Return the logarithm of the sum over all paths of each stretch."""
    sums = first + scores[:, 0]
    for number in range(1, scores.shape[1]):
        sums = torch.logsumexp(sums.unsqueeze(2) + steps, 1) + scores[:, number]
    return torch.logsumexp(sums + last, 1)


class _Corpus:
    """The examples as tensors, in batches of stretches of equal length, so that nothing is padded."""

    def __init__(self, examples: Sequence[Example], settings: Settings) -> None:
        self._starts = numpy.concatenate([[0], numpy.cumsum([len(one.tags) for one in examples])])
        identities = numpy.concatenate([one.tokens.identities for one in examples])
        rows = [
            row for n, count in enumerate(settings.rows) for row in places(identities[:, n], count, n + 1)
        ]
        self.rows = torch.tensor(numpy.stack(rows, axis=1))
        vectors = [one.tokens.vectors.astype(numpy.float16) for one in examples]
        self._vectors = torch.tensor(numpy.concatenate(vectors))
        self.clues = torch.tensor(numpy.concatenate([one.tokens.clues for one in examples]))
        self.tags = torch.tensor(numpy.concatenate([one.tags for one in examples]).astype(numpy.int64))
        self._batch = settings.batch
        self._by_length: dict[int, list[int]] = {}
        for number, one in enumerate(examples):
            self._by_length.setdefault(min(len(one.tags), _LONGEST), []).append(number)

    def batches(self, random: numpy.random.Generator) -> list[tuple[int, list[int]]]:
        """Return the batches of an epoch in random order: the length of its stretches, and which."""
        found: list[tuple[int, list[int]]] = []
        for length, numbers in self._by_length.items():
            order = [numbers[number] for number in random.permutation(len(numbers))]
            size = max(1, self._batch // length)
            found += [(length, order[at : at + size]) for at in range(0, len(order), size)]
        return [found[number] for number in random.permutation(len(found))]

    def get(self, length: int, numbers: Sequence[int]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return rows, vectors, clues and tags of these stretches."""
        at = numpy.stack([numpy.arange(self._starts[n], self._starts[n] + length) for n in numbers])
        where = torch.tensor(at)
        return self.rows[where], self._vectors[where].float(), self.clues[where], self.tags[where]


def fit(
    examples: Sequence[Example],
    settings: Settings,
    *,
    more: Callable[[], Sequence[Example]] | None = None,
    tell: Callable[[int, float, Network], None] | None = None,
) -> Network:
    """Return the network, its weights averaged over the steps.

    `more` gives examples that are seen in one epoch only; `tell` hears of each epoch's loss.
    """
    torch.set_num_threads(1)
    torch.manual_seed(settings.seed)
    random = numpy.random.default_rng(settings.seed)
    first = examples[0].tokens
    shape = Shape(settings, vectors=first.vectors.shape[1], clues=first.clues.shape[1])
    optimizer = torch.optim.AdamW(shape.parameters(), lr=settings.rate, betas=(0.9, 0.99), weight_decay=0.01)
    average = {name: weight.clone() for name, weight in shape.state_dict().items()}
    step = 0
    for epoch in range(1, settings.epochs + 1):
        shape.train()
        losses = 0.0
        corpus = _Corpus([*examples, *(more() if more is not None else ())], settings)
        batches = corpus.batches(random)
        for length, numbers in batches:
            rows, vectors, clues, tags = corpus.get(length, numbers)
            loss = shape.loss(shape(rows, vectors, clues), tags) * 8 / settings.batch
            rest = 1 - step / (len(batches) * settings.epochs)
            for group in optimizer.param_groups:
                group["lr"] = settings.rate * min(1, (step + 1) / 200) * max(0.02, rest)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(shape.parameters(), 5.0)
            optimizer.step()
            step += 1
            losses += float(loss.detach())
            part = min(settings.average, (1 + step) / (10 + step))
            for name, weight in shape.state_dict().items():
                average[name].mul_(part).add_(weight, alpha=1 - part)
        if tell is not None:
            tell(epoch, losses / len(batches), exported(average, settings))
    return exported(average, settings)


def exported(weights: dict[str, Tensor], settings: Settings) -> Network:
    """Return the weights as reading uses them: gates in the order in, forget, out, new.

    The first three are halved: their curve is that of tanh over half the number, so one tanh serves all.
    """
    width = settings.width
    order = numpy.r_[0 : 2 * width, 3 * width : 4 * width, 2 * width : 3 * width]
    halves = numpy.r_[numpy.full(3 * width, 0.5), numpy.ones(width)].astype(numpy.float32)
    numbers: dict[str, Any] = {name: weight.numpy() for name, weight in weights.items()}
    found = {f"table{n}": numbers[f"tables.{n}.weight"] for n in range(len(settings.rows))}
    for layer in range(settings.layers):

        def both(name: str, layer: int = layer) -> list[Any]:
            ways = [numbers[f"layers.{layer}.{name}_l0{way}"] for way in ("", "_reverse")]
            return [(way[order].T * halves).T for way in ways]

        found[f"input{layer}"] = numpy.stack([way.T for way in both("weight_ih")])
        found[f"again{layer}"] = numpy.stack([way.T for way in both("weight_hh")])
        found[f"bias{layer}"] = numpy.sum([both("bias_ih"), both("bias_hh")], axis=0)
    found["vectors"] = numbers["vectors.weight"].T
    for name in ("hidden", "output"):
        found[name], found[f"{name}_bias"] = numbers[f"{name}.weight"].T, numbers[f"{name}.bias"]
    found |= {name: numbers[name] for name in ("steps", "first", "last")}
    return Network({name: weight.copy() for name, weight in found.items()}, settings.labels)
