"""The stages of training, each from files to files in the work folder."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.vectors import Mode, Vectors

from reader.analysis import Pipeline
from tools.train import corpora as data_sets
from tools.train import joins, kinds, recognisers
from tools.train import lexicon as lexicons

DIMENSIONS, BUCKETS = 128, 50_000
META = {
    "name": "scholion",
    "version": "0.3.2",
    "description": "Names and quotations in English news",
    "spacy_version": ">=3.8.0,<3.9.0",
    "license": "Apache-2.0; see README.md for the data",
}


def vectors(corpora: Path, work: Path, output: Path, *, choosing: bool) -> None:
    """Train floret vectors on the words of all training texts and keep them as a spaCy pipeline."""
    import floret

    work.mkdir(parents=True, exist_ok=True)
    nlp = spacy.blank("en")
    text = work / "words.txt"
    with text.open("w", encoding="utf-8") as lines:
        for words in data_sets.words(nlp, corpora):
            lines.write(" ".join("".join(word.split()) for word in words) + "\n")
    model = floret.train_unsupervised(
        str(text),
        model="cbow",
        mode="floret",
        hashCount=2,
        bucket=BUCKETS,
        minn=4,
        maxn=5,
        minCount=3,
        dim=DIMENSIONS,
        epoch=25,
        lr=0.05,
        ws=6,
        neg=10,
        thread=1,
        verbose=0,
    )
    model.save_floret_vectors(str(work / "vectors.floret"))
    nlp.vocab.vectors = _floret(nlp, work / "vectors.floret")
    nlp.to_disk(work / "vectors")


def _floret(nlp: Language, path: Path) -> Vectors:
    import numpy

    with path.open(encoding="utf-8") as lines:
        head: Any = lines.readline().split()
        buckets, dimensions, low, high, hashes, seed = (int(number) for number in head[:6])
        table = numpy.zeros((buckets, dimensions), dtype="float32")
        for line in lines:
            fields = line.rstrip("\n").split(" ")
            table[int(fields[0])] = [float(number) for number in fields[1 : dimensions + 1]]
    return Vectors(
        data=table,
        mode=Mode.floret,
        strings=nlp.vocab.strings,
        minn=low,
        maxn=high,
        hash_count=hashes,
        hash_seed=seed,
        bow=head[6],
        eow=head[7],
    )


def lexicon(corpora: Path, work: Path, output: Path, *, choosing: bool) -> None:
    """Build the lists of what is known of the world."""
    (work / "clues").mkdir(parents=True, exist_ok=True)
    lexicons.build(spacy.blank("en"), corpora).save(work / "clues" / "lexicon.bin")
    lexicons.common().save(work / "clues" / "common.bin")


def networks(corpora: Path, work: Path, output: Path, *, choosing: bool) -> None:
    """Train the networks of names and of quotations."""
    recognisers.train(corpora, work, choosing=choosing)


def assemble(corpora: Path, work: Path, output: Path, *, choosing: bool) -> None:
    """Put the networks over one table of vectors, with the weights of kinds and joins, into `output`."""
    nlp, clues = recognisers.tools(work)
    for name in ("clues", *recognisers.PARTS):
        nlp.add_pipe(name)
    for name in nlp.pipe_names:
        component: Any = nlp.get_pipe(name)
        component.from_disk(work / name)
    nlp.meta.update(META)
    for part in ("vocab", *nlp.pipe_names):
        shutil.rmtree(output / part, ignore_errors=True)
    nlp.to_disk(output)
    # The words of the training texts are not needed, and do not belong in the program.
    (output / "vocab" / "strings.json").write_text("[]\n", encoding="utf-8")
    taught = ("train",) if choosing else recognisers.TAUGHT["names"]
    known = kinds.learn([corpora / f"ner/worldwide_{which}.jsonl.gz" for which in taught], clues.lexicon)
    known.save(output / "kinds.gz")
    weights = joins.learn(corpora / "quotes/polnear_train.jsonl.gz", joins.namer(Pipeline.load(output)))
    joins.save(weights, output / "joins.json")
