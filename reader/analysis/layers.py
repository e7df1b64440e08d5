"""The components of the shipped pipeline: clues, names and quotations. Knows spaCy's documents, and no rules.

Importing this module registers the components which the model's config names, so it is imported before a
model is loaded or trained.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy
from numpy.typing import NDArray
from spacy.attrs import LOWER, PREFIX, SHAPE, SUFFIX
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import minibatch
from spacy.vocab import Vocab

from reader.analysis.lexicon import SHOWN, STEPS, Lexicon
from reader.analysis.marks import quoted
from reader.analysis.network import Committee, Floats, Marked, Network, Tokens

# Where quotation marks put a token.
_OUTSIDE, _INSIDE, _MARK, _OPEN = 0, 1, 2, 3
_PLACES = 4

if not Doc.has_extension("clues"):
    Doc.set_extension("clues", default=None)


@Language.factory("clues", assigns=["doc._.clues"])
def make_clues(nlp: Language, name: str) -> Clues:
    """Build the component that looks words up and follows quotation marks."""
    return Clues()


class Clues:
    """Write to each token what is known of its word, how common that is, and where quotation marks put it.

    ``doc._.clues`` has a row a token, 0 or 1 each: the classes of the lexicon, the step of commonness, the
    place.
    """

    def __init__(self) -> None:
        self.lexicon = Lexicon()
        self.common = Lexicon()

    def __call__(self, doc: Doc) -> Doc:
        words = [token.text for token in doc]
        steps = numpy.array(self.common.each([word.lower() for word in words]), dtype=numpy.int64)
        doc._.clues = numpy.concatenate(
            [_classes(self.lexicon.classes(words)), _one_of(steps, STEPS), _one_of(_places(doc), _PLACES)],
            axis=1,
        )
        return doc

    def to_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> None:
        """Save what is known in the folder `path`."""
        Path(path).mkdir(parents=True, exist_ok=True)
        self.lexicon.save(Path(path) / "lexicon.bin")
        self.common.save(Path(path) / "common.bin")

    def from_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> Clues:
        """Load what is known from the folder `path`."""
        self.lexicon = Lexicon.load(Path(path) / "lexicon.bin")
        self.common = Lexicon.load(Path(path) / "common.bin")
        return self


def _classes(classes: Sequence[int]) -> Floats:
    bits = numpy.array(classes, dtype=numpy.int64).reshape(-1, 1)
    known: Floats = (bits & numpy.array(SHOWN) > 0).astype(numpy.float32)
    return known


def _places(doc: Doc) -> NDArray[numpy.int64]:
    places = numpy.full(len(doc), _OUTSIDE, dtype=numpy.int64)
    starts = numpy.array([token.idx for token in doc], dtype=numpy.int64)
    for span in quoted(doc.text):
        first, last = numpy.searchsorted(starts, [span.outer.start, span.outer.end])
        places[first:last] = _INSIDE if span.closed else _OPEN
        inner = numpy.searchsorted(starts, [span.inner.start, span.inner.end])
        places[first : inner[0]] = _MARK
        places[inner[1] : last] = _MARK
    return places


def _one_of(numbers: NDArray[Any], count: int) -> Floats:
    row: Floats = (numbers[:, None] == numpy.arange(count)).astype(numpy.float32)
    return row


# What a token looks like to the networks, each in a table of its own.
IDENTITIES = (LOWER, PREFIX, SUFFIX, SHAPE)
# Spans of the tagger of quotations, in `doc.spans`.
QUOTATION_SPANS = "quotations"
# Words whose vectors are kept between paragraphs: those of floret are put together anew for each word.
_KEPT = 50_000

if not Span.has_extension("chances"):
    Span.set_extension("chances", default=None)


class Words:
    """Vectors of words, each looked up once."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab
        self._rows: dict[int, int] = {}
        # The vectors are loaded after the components are made.
        self._table: Floats | None = None

    def of(self, doc: Doc) -> Floats:
        """Return the vectors of the tokens, (n, width)."""
        keys = [token.orth for token in doc]
        new = sorted({key for key in keys if key not in self._rows})
        if new:
            if len(self._rows) + len(new) > _KEPT:
                self._rows, self._table = {}, None
                new = sorted(set(keys))
            self._rows.update(zip(new, range(len(self._rows), len(self._rows) + len(new)), strict=True))
            found = numpy.asarray(self._vocab.vectors.get_batch(new), dtype=numpy.float32)
            self._table = found if self._table is None else numpy.concatenate([self._table, found])
        if self._table is None:
            return numpy.zeros((0, self._vocab.vectors_length), dtype=numpy.float32)
        return self._table[[self._rows[key] for key in keys]]


def tokens_of(doc: Doc, words: Words) -> Tokens:
    """Return what a network reads of a document with clues."""
    looks = doc.to_array(list(IDENTITIES)).astype(numpy.uint64).reshape(len(doc), len(IDENTITIES))
    return Tokens(looks, words.of(doc), doc._.clues)


class Recogniser:
    """Marks stretches with its networks; a subclass says where they are written."""

    def __init__(self, vocab: Vocab) -> None:
        self.committee = Committee()
        self._words = Words(vocab)

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Mark documents, `batch_size` at once."""
        for docs in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            marked = self.committee.mark([tokens_of(doc, self._words) for doc in docs])
            for doc, found in zip(docs, marked, strict=True):
                self.write(doc, found)
                yield doc

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that are marked."""
        return self.committee.networks[0].labels if self.committee.networks else ()

    def write(self, doc: Doc, found: Sequence[Marked]) -> None:
        """Write the findings into the document."""
        raise NotImplementedError

    def to_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> None:
        """Save the networks in the folder `path`."""
        Path(path).mkdir(parents=True, exist_ok=True)
        for number, network in enumerate(self.committee.networks):
            network.save(Path(path) / f"{number}.npz")

    def from_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> Recogniser:
        """Load the networks from the folder `path`."""
        self.committee = Committee(tuple(Network.load(file) for file in sorted(Path(path).glob("*.npz"))))
        return self


# Below this logarithm a label is not told.
_LIKELY = -5.0


@lru_cache(maxsize=1 << 14)
def _shared(chances: tuple[tuple[str, float], ...]) -> Mapping[str, float]:
    """Return one mapping for all names with the same chances: a long text has a quarter of a million."""
    return dict(chances)


class Names(Recogniser):
    """Marks names in `doc.ents`; ``ent._.chances`` are the logarithms of the chances of the likely labels."""

    def write(self, doc: Doc, found: Sequence[Marked]) -> None:
        """Write the names."""
        ents = [Span(doc, mark.start, mark.end, mark.label) for mark in found]
        for ent, mark in zip(ents, found, strict=True):
            likely = ((label, round(chance, 1)) for label, chance in mark.chances.items() if chance > _LIKELY)
            ent._.chances = _shared(tuple(likely))
        doc.set_ents(ents)


class Quotations(Recogniser):
    """Marks SOURCE, CUE and CONTENT in `doc.spans`."""

    def write(self, doc: Doc, found: Sequence[Marked]) -> None:
        """Write the parts of attributions."""
        doc.spans[QUOTATION_SPANS] = [Span(doc, mark.start, mark.end, mark.label) for mark in found]


@Language.factory("names", assigns=["doc.ents"], requires=["doc._.clues", "token.vector"])
def make_names(nlp: Language, name: str) -> Names:
    """Build the recogniser of names."""
    return Names(nlp.vocab)


@Language.factory("quotations", assigns=["doc.spans"], requires=["doc._.clues", "token.vector"])
def make_quotations(nlp: Language, name: str) -> Quotations:
    """Build the tagger of quotations."""
    return Quotations(nlp.vocab)
