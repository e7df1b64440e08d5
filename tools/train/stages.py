"""The stages of training, each from files to files in the work folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import DocBin
from spacy.vectors import Mode, Vectors
from thinc.api import Config

import reader.analysis.layers  # noqa: F401  (registers what the configs name)
from reader.analysis import Pipeline
from tools.train import augment
from tools.train import corpora as data_sets
from tools.train import lexicon as lexicons

HERE = Path(__file__).parent
DIMENSIONS, BUCKETS = 128, 50_000
META = {
    "name": "scholion",
    "version": "0.1.0",
    "description": "Names and quotations in English news",
    "spacy_version": ">=3.8.0,<3.9.0",
    "license": "Apache-2.0; see README.md for the data",
}


def vectors(corpora: Path, work: Path, output: Path) -> None:
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


def data(corpora: Path, work: Path, output: Path) -> None:
    """Convert the corpora, and build the lexicon."""
    nlp = spacy.blank("en")
    work.mkdir(parents=True, exist_ok=True)
    lexicon = lexicons.build(nlp, corpora)
    lexicon.save(work / "lexicon.txt")
    data_sets.names(nlp, corpora / "ner/worldwide_dev.jsonl.gz").to_disk(work / "names_dev.spacy")
    train = data_sets.names(nlp, corpora / "ner/worldwide_train.jsonl.gz")
    for name, mapping in data_sets.OTHERS.items():
        train.merge(data_sets.other_names(nlp, corpora / f"ner/{name}.jsonl.gz", mapping))
    train.to_disk(work / "names_train.spacy")
    augment.pool(nlp, train, lexicon, work / "pool.json")
    for part in ("train", "dev"):
        found: DocBin = data_sets.attributions(nlp, corpora / f"quotes/polnear_{part}.jsonl.gz")
        found.to_disk(work / f"quotations_{part}.spacy")


def names(corpora: Path, work: Path, output: Path) -> None:
    """Train the recogniser of names."""
    _train(work, "names", pool="pool.json")


def quotations(corpora: Path, work: Path, output: Path) -> None:
    """Train the tagger of quotations."""
    _train(work, "quotations")


def _train(work: Path, name: str, **files: str) -> None:
    from spacy.cli.train import train

    train(
        HERE / f"{name}.cfg",
        work / name,
        overrides={
            "paths.train": str(work / f"{name}_train.spacy"),
            "paths.dev": str(work / f"{name}_dev.spacy"),
            "paths.vectors": str(work / "vectors"),
            "paths.lexicon": str(work / "lexicon.txt"),
            **{f"paths.{key}": str(work / file) for key, file in files.items()},
        },
    )


def assemble(corpora: Path, work: Path, output: Path) -> None:
    """Put the two taggers over one table of vectors, with the weights of the joins, into `output`."""
    import shutil

    from tools.train import joins, kinds

    nlp = spacy.load(work / "names" / "model-best")
    source = spacy.load(work / "quotations" / "model-best")
    nlp.add_pipe("quotations", source=source, before="ner")
    clues: Any = nlp.get_pipe("clues")
    clues.initialize(nlp=nlp, lexicon=str(work / "lexicon.txt"))
    nlp.meta.update(META)
    nlp.meta["performance"] = {}
    for part in ("vocab", "clues", "ner", "quotations"):
        shutil.rmtree(output / part, ignore_errors=True)
    nlp.to_disk(output)
    # Where it was trained is of no use to who loads it.
    config = Config().from_disk(output / "config.cfg", interpolate=False)
    config["paths"] = dict.fromkeys(config["paths"])
    config.to_disk(output / "config.cfg")
    # The words of the training texts are not needed, and do not belong in the program.
    (output / "vocab" / "strings.json").write_text("[]\n", encoding="utf-8")
    known = kinds.learn(corpora / "ner/worldwide_train.jsonl.gz", clues.lexicon)
    known.save(output / "kinds.gz")
    weights = joins.learn(corpora / "quotes/polnear_train.jsonl.gz", joins.namer(Pipeline.load(output)))
    joins.save(weights, output / "joins.json")
