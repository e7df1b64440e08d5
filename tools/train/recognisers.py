"""Train the networks that mark names and the parts of attributions, side by side.

That of names reads each article twice a round: as it is, and with other names in the places of its own.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from thinc.api import Config

from reader.analysis.layers import NETWORK, Clues
from reader.analysis.network import Marked, Network, tag_set
from tools.train import corpora as data_sets
from tools.train.augment import Others
from tools.train.corpora import Stretch
from tools.train.network import OPEN, Example, Settings, fit

HERE = Path(__file__).parent
PARTS = ("names", "quotations")
_SETS = {"names": "ner/worldwide_{}.jsonl.gz", "quotations": "quotes/polnear_{}.jsonl.gz"}
# What the shipped networks learn from. Names have a test part, so once the development part has chosen the
# settings it is learned from too; quotations have none, so theirs stays out.
TAUGHT = {"names": ("train", "dev"), "quotations": ("train",)}


def settings(part: str) -> Settings:
    """Return what the config of this part says."""
    config = Config().from_disk(HERE / f"{part}.cfg")
    told = {**config["network"], **config["training"]}
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in told.items()
    }
    return Settings(**values)


def train(corpora: Path, work: Path, *, choosing: bool = False) -> None:
    """Train both networks, each in a process and a thread of its own; `choosing` leaves all dev parts out."""
    with multiprocessing.get_context("spawn").Pool(len(PARTS)) as pool:
        taught = {part: ("train",) if choosing else TAUGHT[part] for part in PARTS}
        pool.starmap(_train, [(part, taught[part], corpora, work) for part in PARTS], chunksize=1)


def _train(part: str, taught: Sequence[str], corpora: Path, work: Path) -> None:
    start = time.monotonic()
    nlp, clues = tools(work)
    chosen = settings(part)
    articles = [one for which in taught for one in stretches(part, which, nlp, corpora)]
    fixed, others = [*articles], Others(articles, seed=1) if part == "names" else None
    if part == "names":
        for name, mapping in data_sets.OTHERS.items():
            fixed += data_sets.other_names(nlp, corpora / f"ner/{name}.jsonl.gz", mapping)
    dev = list(stretches(part, "dev", nlp, corpora)) if "dev" not in taught else []

    def tell(epoch: int, loss: float, network: Network) -> None:
        right = f", F {score(dev, mark(network, dev, clues)):.2f}" if dev else ""
        print(f"{part}: epoch {epoch}, {time.monotonic() - start:.0f} s, loss {loss:.3f}{right}", flush=True)

    def learned(these: Iterable[Stretch]) -> list[Example]:
        return [example(one, chosen, clues) for one in these]

    def more() -> list[Example]:
        return learned(others.articles(nlp, articles)) if others is not None else []

    network = fit(learned(fixed), chosen, more=more, tell=tell)
    (work / part).mkdir(exist_ok=True)
    network.save(work / part / NETWORK)


def tools(work: Path) -> tuple[Language, Clues]:
    """Return the tokenizer with its vectors, and what gives the clues."""
    nlp = spacy.load(work / "vectors")
    clues = Clues(nlp.vocab)
    clues.from_disk(work / "clues")
    return nlp, clues


def stretches(part: str, which: str, nlp: Language, corpora: Path) -> Iterator[Stretch]:
    """Yield the paragraphs of the set ``which`` ("train", "dev") of this part."""
    read = data_sets.names if part == "names" else data_sets.attributions
    return read(nlp, corpora / _SETS[part].format(which))


def example(one: Stretch, chosen: Settings, clues: Clues) -> Example:
    """Return what the network learns from a paragraph."""
    number = {tag: number for number, tag in enumerate(tag_set(chosen.labels))}
    tags = [OPEN if token.ent_iob_ == "" else 0 for token in one.doc]
    for ent in one.doc.ents:
        places = "S" if len(ent) == 1 else "B" + "I" * (len(ent) - 2) + "E"
        for token, place in zip(ent, places, strict=True):
            tags[token.i] = number[f"{place}-{ent.label_}"]
    return Example(clues(one.doc)._.tokens, tags)


def mark(network: Network, these: Sequence[Stretch], clues: Clues) -> list[list[Marked]]:
    """Return what the network marks in each paragraph."""
    found: list[list[Marked]] = []
    for at in range(0, len(these), 64):
        found += network.mark([clues(one.doc)._.tokens for one in these[at : at + 64]])
    return found


def score(these: Sequence[Stretch], found: Sequence[Sequence[Marked]]) -> float:
    """Return the F of whole stretches, in percent."""
    right = predicted = gold = 0
    for one, marks in zip(these, found, strict=True):
        wanted = {(ent.start, ent.end, ent.label_) for ent in one.doc.ents}
        got = {(mark.start, mark.end, mark.label) for mark in marks}
        right, predicted, gold = right + len(wanted & got), predicted + len(got), gold + len(wanted)
    return 200 * right / max(1, predicted + gold)
