"""Loading a model and running it over paragraphs. Knows spaCy; knows nothing of who is who."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.analysis.agreement import Knowledge
from reader.analysis.joins import Parts
from reader.analysis.kinds import Kinds
from reader.analysis.lexicon import Lexicon
from reader.document import Span
from reader.errors import AnalysisError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "model"
# A paragraph is fed in pieces of at most this many characters, and a run without a blank in pieces of
# the other: the tokenizer's expressions are slow on long runs, and the memory grows with the piece.
_PIECE, _RUN = 2000, 400
# What standard pipelines have besides names, and takes most of their time.
_UNUSED = (
    "parser",
    "tagger",
    "morphologizer",
    "lemmatizer",
    "trainable_lemmatizer",
    "attribute_ruler",
    "senter",
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_CELL = re.compile(r"[^\t]+")  # tabs part the cells of a row, and no name reaches from one into the next


@dataclass(frozen=True, slots=True)
class Tagged:
    """What the model marked in one paragraph: names as (span, label of the model), and attribution parts.

    `parts` is None for a model that has no tagger of quotations; the rules of `language` then find them.
    `chances` are the logarithms of the chance of each label for a name, from a model that tells them.
    """

    names: tuple[tuple[Span, str], ...] = ()
    parts: Parts | None = None
    language: str = "en"
    chances: Mapping[Span, Mapping[str, float]] = field(default_factory=dict)


class Pipeline:
    """A loaded model. Used from one thread at a time."""

    def __init__(
        self,
        nlp: Language,
        *,
        name: str,
        weights: Mapping[str, float] | None = None,
        knowledge: Knowledge | None = None,
    ) -> None:
        self.name = name
        self.weights: Mapping[str, float] = weights or {}
        self.knowledge = knowledge or Knowledge()
        self.finds_quotations = "quotations" in nlp.pipe_names
        self._nlp = nlp
        # Most languages' pipelines have one label for all places, which English ones use for land and sea.
        labels = {label for each in nlp.pipe_labels.values() for label in each}
        self._others = {} if "GPE" in labels else {"LOC": "GPE"}

    @classmethod
    def load(cls, model: str | Path | None = None) -> Pipeline:
        """Load the shipped model, or a spaCy pipeline by its folder or by the name it is installed under.

        Raises AnalysisError, which names the command to type, when there is none or it does not load.
        """
        import spacy

        import reader.analysis.layers  # noqa: F401  (registers the shipped model's components)

        place = SHIPPED if model is None else model
        try:
            nlp = spacy.load(place, exclude=_UNUSED)
            folder = Path(place)
            return cls(
                nlp, name=_name_of(nlp.meta), weights=_weights(folder), knowledge=_knowledge(nlp, folder)
            )
        except OSError as error:
            raise AnalysisError(*_missing(model)) from error
        except Exception as error:
            raise AnalysisError(
                f"The language model “{place}” could not be loaded: {error}.",
                "Choose another model in the settings, or install it again.",
            ) from error

    def tag(self, paragraphs: Sequence[str], *, names: bool = True) -> list[Tagged]:
        """Return what the model finds in each paragraph; spans count from that paragraph's start.

        Without `names` only the parts of attributions are looked for, in half the time.
        """
        pieces = [
            (number, start, piece) for number, text in enumerate(paragraphs) for start, piece in _pieces(text)
        ]
        named: list[list[tuple[Span, str]]] = [[] for _ in paragraphs]
        parts: list[dict[str, list[Span]]] = [{} for _ in paragraphs]
        chances: list[dict[Span, Mapping[str, float]]] = [{} for _ in paragraphs]
        unused = () if names else ("names", "ner")
        docs = self._nlp.pipe((piece for _, _, piece in pieces), batch_size=32, disable=unused)
        for (number, start, _), doc in zip(pieces, docs, strict=True):
            for span, label, told in _names(doc, start):
                named[number].append((span, self._others.get(label, label)))
                if told is not None:
                    chances[number][span] = told
            for label, span in _parts(doc, start):
                parts[number].setdefault(label, []).append(span)
        return [
            Tagged(tuple(found), _as_parts(each) if self.finds_quotations else None, chances=told)
            for found, each, told in zip(named, parts, chances, strict=True)
        ]


def _as_parts(found: Mapping[str, Sequence[Span]]) -> Parts:
    return Parts(*(tuple(found.get(label, ())) for label in ("CONTENT", "CUE", "SOURCE")))


def shipped_version() -> str:
    """Return the name and version of the shipped model, from its meta file alone; "" without one."""
    try:
        meta: dict[str, Any] = json.loads((SHIPPED / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return _name_of(meta)


def _weights(folder: Path) -> Mapping[str, float]:
    file = folder / "joins.json"
    table: dict[str, float] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return table


def _knowledge(nlp: Language, folder: Path) -> Knowledge:
    file = folder / "kinds.gz"
    clues: Any = nlp.get_pipe("clues") if "clues" in nlp.pipe_names else None
    return Knowledge(
        lexicon=clues.lexicon if clues is not None else Lexicon(),
        kinds=Kinds.load(file) if file.is_file() else Kinds(),
    )


def _name_of(meta: Mapping[str, Any]) -> str:
    return f"{meta['name']}-{meta['lang']} {meta['version']}"


def _missing(model: str | Path | None) -> tuple[str, str]:
    if model is None:
        return (
            "The language model that comes with Scholion is not in its place.",
            "Install Scholion again, or choose an installed model in the settings.",
        )
    if isinstance(model, Path) or "/" in str(model) or "\\" in str(model):
        return f"There is no language model in “{model}”.", "Give the folder of a spaCy pipeline."
    error = not_installed(str(model))
    return error.what, error.next


def not_installed(name: str) -> AnalysisError:
    """Return the error for a pipeline that is not there, with the command that brings it."""
    return AnalysisError(
        f"The language model “{name}” is not installed.",
        f"Type “{command(name)}” in a terminal, then choose it again.",
    )


def command(name: str) -> str:
    """Return what to type in a terminal to install a pipeline where this program finds it."""
    parts = [sys.executable or "python", "-m", "spacy", "download", name]
    return subprocess.list2cmdline(parts) if sys.platform == "win32" else shlex.join(parts)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Cut a row into its cells, and a monstrous paragraph at blanks; every piece keeps its place."""
    clean = _SURROGATE.sub("\ufffd", text)
    for cell in _CELL.finditer(clean):
        start = cell.start()
        while start < cell.end():
            end = min(_cut(clean, start), cell.end())
            if not clean[start:end].isspace():
                yield start, clean[start:end]
            start = end


def _cut(text: str, start: int) -> int:
    end = min(len(text), start + _PIECE)
    run = start
    for match in re.finditer(r"\S+", text[start:end]):
        if match.end() - match.start() > _RUN:
            run = start + match.start()
            return run if run > start else start + _RUN
    if end == len(text):
        return end
    for mark in (". ", " "):
        at = text.rfind(mark, start + _PIECE // 2, end)
        if at > start:
            return at + len(mark)
    return end


def _names(doc: Doc, start: int) -> Iterator[tuple[Span, str, Mapping[str, float] | None]]:
    for ent in doc.ents:
        if ent.text.strip():
            told = ent._.chances if ent.has_extension("chances") else None
            yield Span(start + ent.start_char, start + ent.end_char), ent.label_, told


def _parts(doc: Doc, start: int) -> Iterator[tuple[str, Span]]:
    for span in doc.spans.get("quotations", ()):
        yield span.label_, Span(start + span.start_char, start + span.end_char)
