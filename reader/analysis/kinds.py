"""What kind of name a name is, told by the whole document: a small linear model beside the network.

The network sees a few words around one mention. This one sees the name, what stands beside it here, and
what stands beside the same word everywhere else in the document; the two vote together.
"""

from __future__ import annotations

import gzip
import json
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from reader.analysis.lexicon import Lexicon
from reader.analysis.words import words
from reader.document import Span

# Of a word that stands everywhere, this many places are looked at.
_PLACES = 24
# The least logarithm of a chance that the network tells of a kind, and that counts.
LEAST = -5.0
# The classes of a word that were worth a feature here; the longer lists only helped the network.
_CLASSES = 255


class Surroundings:
    """What stands beside each capitalised word of a document."""

    def __init__(self) -> None:
        self._beside: dict[str, list[tuple[str, str]]] = defaultdict(list)

    def learn(self, text: str, *, start: int, end: int) -> None:
        """Take in the paragraph ``text[start:end]``."""
        told = ["^", *(word.of(text) for word in words(text, start=start, end=end)), "$"]
        for before, word, after in zip(told, told[1:], told[2:], strict=False):
            if word[0].isupper():
                places = self._beside[word]
                if len(places) < _PLACES:
                    places.append((before, after))

    def of(self, word: str) -> Sequence[tuple[str, str]]:
        """Return the words before and after `word`, where it stands."""
        return self._beside.get(word, ())


class Kinds:
    """The weights of each feature for each kind."""

    def __init__(
        self, kinds: Sequence[str] = (), weights: Mapping[str, Sequence[float]] | None = None
    ) -> None:
        self.kinds = tuple(kinds)
        self._weights = dict(weights or {})

    def __bool__(self) -> bool:
        return bool(self._weights)

    def logs(self, features: Iterator[str]) -> dict[str, float]:
        """Return the logarithm of the chance of each kind."""
        totals = [0.0] * len(self.kinds)
        for feature in features:
            row = self._weights.get(feature)
            if row is not None:
                for number, weight in enumerate(row):
                    totals[number] += weight
        top = max(totals)
        whole = top + math.log(sum(math.exp(total - top) for total in totals))
        return {kind: total - whole for kind, total in zip(self.kinds, totals, strict=True)}

    def save(self, path: Path) -> None:
        """Write the weights as gzipped JSON lines, sorted, so that the file repeats."""
        lines = [json.dumps(self.kinds)]
        lines += [json.dumps([name, *row], ensure_ascii=False) for name, row in sorted(self._weights.items())]
        path.write_bytes(gzip.compress("\n".join(lines).encode("utf-8"), mtime=0))

    @classmethod
    def load(cls, path: Path) -> Kinds:
        """Read what `save` wrote."""
        head, *lines = gzip.decompress(path.read_bytes()).decode("utf-8").split("\n")
        return cls(json.loads(head), {name: row for name, *row in map(json.loads, lines)})


def features(
    text: str, name: Span, *, start: int, end: int, lexicon: Lexicon, around: Surroundings
) -> Iterator[str]:
    """Yield the features of the name in its paragraph ``text[start:end]``."""
    told = [word.of(text) for word in words(text, start=name.start, end=name.end)]
    if not told:
        return
    yield "bias"
    yield "n=" + " ".join(told)
    yield from _own(told, lexicon)
    before = [word.of(text) for word in words(text, start=max(start, name.start - 60), end=name.start)][-3:]
    after = [word.of(text) for word in words(text, start=name.end, end=min(end, name.end + 60))][:3]
    left, right = ["^", "^", "^", *before][-3:], [*after, "$", "$", "$"][:3]
    yield "l1=" + left[-1].lower()
    yield "l2=" + left[-2].lower()
    yield "l12=" + " ".join(left[-2:]).lower()
    yield "r1=" + right[0].lower()
    yield "r2=" + right[1].lower()
    yield "r12=" + " ".join(right[:2]).lower()
    yield f"l1~{_shape(left[-1])}"
    yield f"r1~{_shape(right[0])}"
    yield f"l1+k={left[-1].lower()}+{len(told)}"
    yield from _elsewhere(told, around, lexicon)


def _own(told: Sequence[str], lexicon: Lexicon) -> Iterator[str]:
    yield f"k={min(4, len(told))}"
    yield f"lex={lexicon.of(' '.join(told)) & _CLASSES}"
    yield "shape=" + " ".join(_shape(word) for word in told[:4])
    for word in told:
        yield "w=" + word.lower()
        yield f"wlex={lexicon.of(word) & _CLASSES}"
    first, last = told[0], told[-1]
    yield "f=" + first.lower()
    yield "t=" + last.lower()
    yield f"flex={lexicon.of(first) & _CLASSES}+{min(3, len(told))}"
    for size in (2, 3, 4):
        yield f"s{size}=" + last[-size:].lower()
        yield f"p{size}=" + first[:size].lower()


def _elsewhere(told: Sequence[str], around: Surroundings, lexicon: Lexicon) -> Iterator[str]:
    """Yield each thing that stands beside the first or last word anywhere, once."""
    found = set()
    key = "1" if len(told) == 1 else "+"
    for before, _ in around.of(told[0]):
        found.add(f"dl{key}={before.lower()}")
        if before[0].isupper():
            found.add(f"dllex{key}={lexicon.of(before) & _CLASSES}")
    for _, after in around.of(told[-1]):
        found.add(f"dr{key}={after.lower()}")
        if len(told) == 1 and after[0].isupper():
            found.add("drcap")
    yield from sorted(found)


def _shape(word: str) -> str:
    if word.isupper():
        return "AA" if len(word) > 1 else "A"
    if word[0].isupper():
        return "Aa" if word[1:].islower() else "AaA"
    return "0" if word[0].isdigit() else ("a" if word[0].isalpha() else word[0])
