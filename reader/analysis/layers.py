"""The shape of the shipped networks: token features, wide windows and their use. Never reads a file.

Importing this module registers the architectures and components which the model's config names, so it
is imported before a model is loaded or trained.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy
from spacy.language import Language
from spacy.ml.featureextractor import FeatureExtractor
from spacy.ml.staticvectors import StaticVectors
from spacy.pipeline.ner import EntityRecognizer
from spacy.tokens import Doc, Span
from spacy.util import registry
from thinc.api import (
    HashEmbed,
    Maxout,
    Model,
    chain,
    concatenate,
    list2ragged,
    ragged2list,
    residual,
    with_array,
)
from thinc.types import Floats2d, Ints2d

from reader.analysis.lexicon import Lexicon
from reader.analysis.marks import quoted

# What a token of `Doc._.clues` tells: the word classes of the lexicon, and where quotation marks put it.
COLUMNS = 2
_OUTSIDE, _INSIDE, _MARK, _OPEN = 0, 1, 2, 3

if not Doc.has_extension("clues"):
    Doc.set_extension("clues", default=None)


@Language.factory("clues", assigns=["doc._.clues"])
def make_clues(nlp: Language, name: str) -> Clues:
    """Build the component that looks words up and follows quotation marks."""
    return Clues()


class Clues:
    """Write to each token what a list of names and the quotation marks around it know of it."""

    def __init__(self) -> None:
        self.lexicon = Lexicon()

    def __call__(self, doc: Doc) -> Doc:
        words = [token.text for token in doc]
        table = numpy.zeros((len(words), COLUMNS), dtype="uint64")
        table[:, 0] = self.lexicon.classes(words)
        starts = numpy.array([token.idx for token in doc], dtype="int64")
        for span in quoted(doc.text):
            first, last = numpy.searchsorted(starts, [span.outer.start, span.outer.end])
            table[first:last, 1] = _INSIDE if span.closed else _OPEN
            inner = numpy.searchsorted(starts, [span.inner.start, span.inner.end])
            table[first : inner[0], 1] = _MARK
            table[inner[1] : last, 1] = _MARK
        doc._.clues = table
        return doc

    def to_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> None:
        """Save the lexicon in the folder `path`."""
        Path(path).mkdir(parents=True, exist_ok=True)
        self.lexicon.save(Path(path) / "lexicon.txt")

    def from_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> Clues:
        """Load the lexicon from the folder `path`."""
        self.lexicon = Lexicon.load(Path(path) / "lexicon.txt")
        return self

    def initialize(self, get_examples: object = None, *, nlp: Language, lexicon: str | None = None) -> None:
        """Take the lexicon from the file `lexicon`, when a model is trained."""
        if lexicon is not None:
            self.lexicon = Lexicon.load(Path(lexicon))


@Language.factory(
    "quotations",
    assigns=["doc.spans"],
    requires=["doc._.clues"],
    default_config={"moves": None, "update_with_oracle_cut_size": 100},
    default_score_weights={"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0},
)
def make_quotations(
    nlp: Language, name: str, model: Model[Any, Any], moves: Any, update_with_oracle_cut_size: int
) -> Quotations:
    """Build the tagger of SOURCE, CUE and CONTENT. In training, they stand in `doc.ents`."""
    return Quotations(
        nlp.vocab,
        model,
        name,
        moves=moves,
        update_with_oracle_cut_size=update_with_oracle_cut_size,
        scorer=_score_quotations,
    )


QUOTATION_SPANS = "quotations"


class Quotations(EntityRecognizer):  # type: ignore[misc]
    """An entity recogniser whose findings go to `doc.spans`; stands before the one that finds names.

    Both work on `doc.ents`, and a recogniser builds upon the entities that it finds set: so this one
    leaves them unset.
    """

    def set_annotations(self, docs: list[Doc], states: list[Any]) -> None:
        """Move what the transitions found into `doc.spans`."""
        super().set_annotations(docs, states)
        for doc in docs:
            doc.spans[QUOTATION_SPANS] = [Span(doc, ent.start, ent.end, ent.label_) for ent in doc.ents]
            doc.set_ents([], default="missing")


def _score_quotations(examples: Sequence[Any], **_: Any) -> dict[str, Any]:
    right = predicted = gold = 0
    for example in examples:
        wanted = {(e.start_char, e.end_char, e.label_) for e in example.reference.ents}
        found = {
            (s.start_char, s.end_char, s.label_) for s in example.predicted.spans.get(QUOTATION_SPANS, ())
        }
        right, predicted, gold = right + len(wanted & found), predicted + len(found), gold + len(wanted)
    p, r = right / max(1, predicted), right / max(1, gold)
    return {"ents_p": p, "ents_r": r, "ents_f": 2 * p * r / (p + r) if p + r else 0.0}


@registry.architectures("scholion.Tok2Vec.v1")  # type: ignore[untyped-decorator]
def build_tok2vec(
    width: int, attrs: list[str], rows: list[int], clue_columns: list[int], dilations: list[int], pieces: int
) -> Model[list[Doc], list[Floats2d]]:
    """Hash embeddings, static vectors and clues, then residual windows that reach `dilations` tokens out."""
    embeds: list[Model[Any, Any]] = [
        HashEmbed(width, count, column=i, seed=8 + i) for i, count in enumerate(rows)
    ]
    clues: list[Model[Any, Any]] = [
        HashEmbed(width // 2, 500, column=column, seed=40 + column) for column in clue_columns
    ]
    inputs: list[Model[Any, Any]] = [
        chain(FeatureExtractor(attrs), list2ragged(), with_array(concatenate(*embeds))),
        StaticVectors(width),
        chain(_clue_extractor(), list2ragged(), with_array(concatenate(*clues))),
    ]
    total = width * (len(embeds) + 1) + (width // 2) * len(clues)
    embed: Model[Any, Any] = chain(
        concatenate(*inputs),
        with_array(Maxout(width, total, nP=3, normalize=True, dropout=0.0)),
        ragged2list(),
    )
    layers = [
        residual(
            chain(dilated_window(reach), Maxout(width, width * 3, nP=pieces, normalize=True, dropout=0.0))
        )
        for reach in dilations
    ]
    encode: Model[Any, Any] = with_array(chain(*layers), pad=sum(dilations))
    model: Model[list[Doc], list[Floats2d]] = chain(embed, encode)
    model.set_dim("nO", width)
    return model


def _clue_extractor() -> Model[list[Doc], list[Ints2d]]:
    return Model("clues", _extract_clues)


def _extract_clues(
    model: Model[list[Doc], list[Ints2d]], docs: list[Doc], is_train: bool
) -> tuple[list[Ints2d], Callable[[Any], list[Any]]]:
    tables: list[Any] = [
        doc._.clues if doc._.clues is not None else numpy.zeros((len(doc), COLUMNS), dtype="uint64")
        for doc in docs
    ]
    return [model.ops.asarray2i(table, dtype="uint64") for table in tables], lambda _: []


def dilated_window(reach: int) -> Model[Floats2d, Floats2d]:
    """Put each row beside the rows `reach` before and after it; zeros beyond the ends."""
    return Model("dilated_window", _dilate, attrs={"reach": reach})


def _dilate(
    model: Model[Floats2d, Floats2d], rows: Floats2d, is_train: bool
) -> tuple[Floats2d, Callable[[Floats2d], Floats2d]]:
    reach, (count, width) = model.attrs["reach"], rows.shape
    wide = model.ops.alloc2f(count, width * 3)
    wide[reach:, :width] = rows[: max(0, count - reach)]
    wide[:, width : 2 * width] = rows
    wide[: max(0, count - reach), 2 * width :] = rows[reach:]

    def backprop(gradient: Floats2d) -> Floats2d:
        out = model.ops.alloc2f(count, width)
        out += gradient[:, width : 2 * width]
        out[: max(0, count - reach)] += gradient[reach:, :width]
        out[reach:] += gradient[: max(0, count - reach), 2 * width :]
        return out

    return wide, backprop
