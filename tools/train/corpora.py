"""The corpora, a paragraph at a time. Reads gzipped rows; decides how labels are mapped."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from reader.document import Span

WORLDWIDE = {
    "Person": "PERSON",
    "Organization": "ORG",
    "Location": "GPE",
    "Facility": "FAC",
    "NORP": "NORP",
    "Date": "DATE",
    "Money": "MONEY",
    "Product": "PRODUCT",
    "Misc": "MISC",
}
# The other sets: what is not mapped is left open (neither a name nor none), because they mark less.
OTHERS = {
    "wikigold": {"PER": "PERSON", "LOC": "GPE", "ORG": "ORG"},
    "uner_ewt": {"PER": "PERSON", "LOC": "GPE", "ORG": "ORG"},
}
_BREAK = re.compile(r"\n[ \t]*\n\s*")


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def paragraphs(text: str) -> Iterator[Span]:
    """Yield the stretches between blank lines, white space at the ends left out."""
    start = 0
    for gap in [*_BREAK.finditer(text), None]:
        end = gap.start() if gap else len(text)
        piece = text[start:end]
        lead = len(piece) - len(piece.lstrip())
        if piece.strip():
            yield Span(start + lead, start + lead + len(piece.strip()))
        start = gap.end() if gap else end


class Stretch(NamedTuple):
    """A paragraph: its article's number, and what is marked in it, as entities."""

    article: int
    doc: Doc


def names(nlp: Language, path: Path) -> Iterator[Stretch]:
    """Yield the paragraphs of a Worldwide set with its names."""
    for number, row in enumerate(rows(path)):
        for part in paragraphs(row["text"]):
            doc = nlp.make_doc(part.of(row["text"]))
            spans = [
                doc.char_span(s - part.start, e - part.start, WORLDWIDE[label], alignment_mode="expand")
                for s, e, label in row["ents"]
                if part.start <= s and e <= part.end
            ]
            doc.set_ents(filter_spans([span for span in spans if span is not None]))
            yield Stretch(number, doc)


def other_names(nlp: Language, path: Path, mapping: dict[str, str]) -> Iterator[Stretch]:
    """Yield the sentences of another set, put together as written; types that it lacks are left open."""
    for number, row in enumerate(rows(path)):
        yield Stretch(number, _sentence(nlp, row, mapping))


def _sentence(nlp: Language, row: dict[str, Any], mapping: dict[str, str]) -> Doc:
    tokens = row["text"].split(" ")
    text, starts = joined(tokens)
    doc = nlp.make_doc(text)
    marked: list[Any] = []
    unsure: list[Any] = []
    index: dict[int, int] = {}
    at = 0
    for number, token in enumerate(tokens):
        index[at] = number
        index[at + len(token)] = number
        at += len(token) + 1
    for s, e, label in row["ents"]:
        if s not in index or e not in index:
            continue
        start, end = starts[index[s]], starts[index[e]] + len(tokens[index[e]])
        span = doc.char_span(start, end, mapping.get(label, "MISC"), alignment_mode="expand")
        if span is not None:
            (marked if label in mapping else unsure).append(span)
    marked = filter_spans(marked)
    taken = {token.i for span in marked for token in span}
    open_tokens = [
        doc[t.i : t.i + 1]
        for t in doc
        if t.i not in taken and ((not t.is_lower and not t.is_punct) or t.like_num)
    ]
    unsure = [doc[t.i : t.i + 1] for span in unsure for t in span if t.i not in taken]
    doc.set_ents(marked, missing=filter_spans(open_tokens + unsure), default="outside")
    return doc


_NO_BLANK_BEFORE = re.compile(r"^([.,;:!?%)\]}]|'s|'S|n't|'re|'ve|'ll|'d|'m|''|’s)$")


def joined(tokens: list[str]) -> tuple[str, list[int]]:
    """Put tokens together as an English text is written; return it and where each token begins."""
    text, starts, glue = "", [], True
    for token in tokens:
        if not glue and not _NO_BLANK_BEFORE.match(token):
            text += " "
        starts.append(len(text))
        text += token
        glue = token in ("(", "[", "{", "$", "``", "-LRB-")
    return text, starts


def attributions(nlp: Language, path: Path) -> Iterator[Stretch]:
    """Yield the paragraphs of a PolNeAR set, its SOURCE, CUE and CONTENT spans as entities."""
    for number, row in enumerate(rows(path)):
        marked = sorted(
            {
                (s, e, part.upper())
                for attribution in row["attributions"]
                for part in ("content", "source", "cue")
                for s, e in attribution[part]
            }
        )
        for part in paragraphs(row["text"]):
            doc = nlp.make_doc(part.of(row["text"]))
            spans = [
                doc.char_span(
                    max(s, part.start) - part.start,
                    min(e, part.end) - part.start,
                    label,
                    alignment_mode="contract",
                )
                for s, e, label in marked
                if s < part.end and part.start < e
            ]
            doc.set_ents(filter_spans([span for span in spans if span is not None and len(span)]))
            yield Stretch(number, doc)


def words(nlp: Language, corpora: Path) -> Iterator[list[str]]:
    """Yield the words of every training text, a paragraph at a time."""
    for name in ("ner/worldwide_train", "quotes/polnear_train"):
        for row in rows(corpora / f"{name}.jsonl.gz"):
            for part in paragraphs(row["text"]):
                yield [token.text for token in nlp.make_doc(part.of(row["text"])) if not token.is_space]
    for name in ("wikigold", "uner_ewt", "re3d"):
        for row in rows(corpora / f"ner/{name}.jsonl.gz"):
            yield row["text"].split()
    yield from _treebank(corpora / "syntax/ewt_gum_train.conllu.gz")


def _treebank(path: Path) -> Iterator[list[str]]:
    sentence: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = line.split("\t")
            if len(fields) > 1 and fields[0].isdigit():
                sentence.append(fields[1])
            elif not line.strip() and sentence:
                yield sentence
                sentence = []
