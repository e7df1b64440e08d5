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

from reader.analysis.kinds import LEAST
from reader.analysis.lexicon import SHOWN, STEPS, Lexicon
from reader.analysis.marks import quoted
from reader.analysis.network import Floats, Marked, Network, Tokens

# Where quotation marks put a token.
_OUTSIDE, _INSIDE, _MARK, _OPEN = 0, 1, 2, 3
_PLACES = 4

# What a token looks like to the networks, each in a table of its own.
_IDENTITIES = (LOWER, PREFIX, SUFFIX, SHAPE)
# Spans of the tagger of quotations, in `doc.spans`.
QUOTATION_SPANS = "quotations"
# Words whose vectors are kept between paragraphs: those of floret are put together anew for each word.
_KEPT = 50_000

if not Doc.has_extension("tokens"):
    Doc.set_extension("tokens", default=None)
if not Span.has_extension("chances"):
    Span.set_extension("chances", default=None)


class Vectors:
    """Vectors of words, each looked up once."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab
        self._rows: dict[int, int] = {}
        # Room for more rows than there are; the vectors are loaded after the components are made.
        self._table: Floats = numpy.zeros((0, 0), dtype=numpy.float32)

    def of(self, doc: Doc) -> Floats:
        """Return the vectors of the tokens, (n, width)."""
        if not len(doc):
            return numpy.zeros((0, self._vocab.vectors_length), dtype=numpy.float32)
        keys = [token.orth for token in doc]
        new = sorted({key for key in keys if key not in self._rows})
        if len(self._rows) + len(new) > _KEPT:
            self._rows = {}
            new = sorted(set(keys))
        if new:
            self._keep(new)
        return self._table[[self._rows[key] for key in keys]]

    def _keep(self, keys: Sequence[int]) -> None:
        found = self._vocab.vectors.get_batch(keys)
        first, end = len(self._rows), len(self._rows) + len(keys)
        if end > len(self._table):
            wider = numpy.zeros((2 * end, found.shape[1]), dtype=numpy.float32)
            if first:
                wider[:first] = self._table[:first]
            self._table = wider
        self._table[first:end] = found
        self._rows.update(zip(keys, range(first, end), strict=True))


@Language.factory("clues", assigns=["doc._.tokens"], requires=["token.vector"])
def make_clues(nlp: Language, name: str) -> Clues:
    """Build the component that looks words up and follows quotation marks."""
    return Clues(nlp.vocab)


class Clues:
    """Gather once what all networks read of each token, in ``doc._.tokens``.

    Its clues are what is known of the word (the classes of the lexicon), how common that is, and where
    quotation marks put it.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.lexicon = Lexicon()
        self.common = Lexicon()
        self._vectors = Vectors(vocab)

    def __call__(self, doc: Doc) -> Doc:
        words = [token.text for token in doc]
        steps = numpy.array(self.common.each([word.lower() for word in words]), dtype=numpy.int64)
        clues = numpy.concatenate(
            [_classes(self.lexicon.classes(words)), _one_of(steps, STEPS), _one_of(_places(doc), _PLACES)],
            axis=1,
        )
        looks = doc.to_array(list(_IDENTITIES)).astype(numpy.uint64).reshape(len(doc), len(_IDENTITIES))
        doc._.tokens = Tokens(looks, self._vectors.of(doc), clues)
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


# The file of a recogniser's network in its folder.
NETWORK = "0.npz"


class Recogniser:
    """Marks stretches with its network; a subclass says where they are written."""

    # The chance above which a stretch of a label is marked, over all readings, where that is more than a
    # half; None for what the best reading marks.
    sure: Mapping[str, float] | None = None

    def __init__(self) -> None:
        self.network: Network | None = None

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Mark documents, `batch_size` at once."""
        for docs in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            assert self.network is not None, "the network is loaded before the first text"
            marked = self.network.mark([doc._.tokens for doc in docs], sure=self.sure)
            for doc, found in zip(docs, marked, strict=True):
                self.write(doc, found)
                yield doc

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that are marked."""
        return self.network.labels if self.network is not None else ()

    def write(self, doc: Doc, found: Sequence[Marked]) -> None:
        """Write the findings into the document."""
        raise NotImplementedError

    def to_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> None:
        """Save the network in the folder `path`."""
        assert self.network is not None, "there is a network to be saved"
        Path(path).mkdir(parents=True, exist_ok=True)
        self.network.save(Path(path) / NETWORK)

    def from_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> Recogniser:
        """Load the network from the folder `path`."""
        self.network = Network.load(Path(path) / NETWORK)
        return self


@lru_cache(maxsize=1 << 14)
def _shared(chances: tuple[tuple[str, float], ...]) -> Mapping[str, float]:
    """Return one mapping for all names with the same chances: a long text has a quarter of a million."""
    return dict(chances)


class Names(Recogniser):
    """Marks names in `doc.ents`; ``ent._.chances`` are the logarithms of the chances of the likely labels."""

    # Measured on worldwide_dev: the network is too sure of bodies that it has never seen.
    sure: Mapping[str, float] | None = {"ORG": 0.6}

    def write(self, doc: Doc, found: Sequence[Marked]) -> None:
        """Write the names."""
        ents = [Span(doc, mark.start, mark.end, mark.label) for mark in found]
        for ent, mark in zip(ents, found, strict=True):
            likely = ((label, round(chance, 1)) for label, chance in mark.chances.items() if chance > LEAST)
            ent._.chances = _shared(tuple(likely))
        doc.set_ents(ents)


class Quotations(Recogniser):
    """Marks SOURCE, CUE and CONTENT in `doc.spans`."""

    def write(self, doc: Doc, found: Sequence[Marked]) -> None:
        """Write the parts of attributions."""
        doc.spans[QUOTATION_SPANS] = [Span(doc, mark.start, mark.end, mark.label) for mark in found]


@Language.factory("names", assigns=["doc.ents"], requires=["doc._.tokens"])
def make_names(nlp: Language, name: str) -> Names:
    """Build the recogniser of names."""
    return Names()


@Language.factory("quotations", assigns=["doc.spans"], requires=["doc._.tokens"])
def make_quotations(nlp: Language, name: str) -> Quotations:
    """Build the tagger of quotations."""
    return Quotations()
