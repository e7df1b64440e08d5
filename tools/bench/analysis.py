"""The whole analysis: against bare spaCy of the same width, its growth, its memory, the first screen."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil

from reader.analysis import Pipeline, analyse
from reader.analysis.words import word_set
from reader.analysis.worker import Failed, Findings, Finished, Job, Ready, Worker
from reader.document import Block, Document, Span
from reader.errors import AnalysisError
from tools.bench.table import Row

WIDTH = 128  # of an LSTM in one direction, and of the bare tok2vec
SIZES = (10_000, 100_000, 1_000_000)
LARGE = 10_000_000  # takes over five minutes
_FIRSTS = sorted(
    word_set("Amina Tomas Ruth Kofi Leila Jorge Mei Ivan Priya Samuel Ingrid Farid Chidi Elena Tariq Joyce")
)
_LASTS = sorted(
    word_set("Oduya Marek Hollis Mensah Haddad Silva Chen Petrov Nair Okello Berg Aziz Eze Rossi Khan Banda")
)
_PLACES = sorted(
    word_set("Kisumu Gdansk Lagos Porto Lahore Arusha Izmir Bergen Quito Hanoi Kumasi Tartu Davao Cuenca")
)
_BODIES = (
    "the Ministry of Water",
    "Lakeside University",
    "the Farmers' Union",
    "Northern Rail",
    "the Harbour Board",
)
_SENTENCES = (
    "{first} {last}, who leads {body}, said on {day} that the harvest in {place} would fall by {n} percent.",
    "“We have waited {n} years for this road,” {last} told reporters in {place}.",
    "According to {body}, the new line between {place} and {other} will cost ${n} million.",
    "“Nobody asked us,” said {first} {last}. “The water came at night, and by morning the school was gone.”",
    "The meeting, the third since March, ended without a decision, and the crowd went home in the rain.",
    "{last} denied the report, adding that the money had been paid in {day}'s first hours.",
    "A spokesman for {body} warned that prices may double before the end of the year.",
    "Teachers in {other} have asked for better pay since 2014; they will meet {last} again next week.",
)
_DAYS = sorted(word_set("Monday Tuesday Wednesday Thursday Friday"))


def make_article(size: int, seed: int = 5) -> Document:
    """Make a text of about `size` characters that reads like news, a new person every few paragraphs."""
    chosen = random.Random(seed)
    parts: list[str] = []
    blocks: list[Block] = []
    length = 0
    while length < size:
        told = {
            "first": chosen.choice(_FIRSTS),
            "last": chosen.choice(_LASTS) + chosen.choice(("", "", "son", "-" + chosen.choice(_LASTS))),
            "body": chosen.choice(_BODIES),
            "place": chosen.choice(_PLACES),
            "other": chosen.choice(_PLACES),
            "day": chosen.choice(_DAYS),
        }
        paragraph = " ".join(
            sentence.format(**told, n=chosen.randint(2, 90))
            for sentence in chosen.sample(_SENTENCES, chosen.randint(2, 4))
        )
        blocks.append(Block(Span(length, length + len(paragraph))))
        parts.append(paragraph)
        length += len(paragraph) + 2
    return Document("\n\n".join(parts), tuple(blocks))


def run(*, large: bool = False) -> list[Row]:
    """Measure in this process against spaCy, then in the worker, as the window uses it."""
    document = make_article(300_000)
    texts = [block.span.of(document.text) for block in document.blocks]
    pipeline = Pipeline.load()
    bare = _bare(texts[:20])
    analyse(make_article(20_000), pipeline=pipeline)
    ours, theirs = [], []
    for _ in range(3):
        ours.append(_seconds(lambda: analyse(document, pipeline=pipeline)))
        theirs.append(_seconds(lambda: [None for _ in bare.pipe(texts, batch_size=64)]))
    words = sum(len(text.split()) for text in texts)
    rows = [
        Row("analysis: words a second, bare spaCy tok2vec and ner", words / min(theirs), "1/s"),
        Row("analysis: words a second, names and quotations", words / min(ours), "1/s"),
        Row("analysis: time against bare spaCy", min(ours) / min(theirs), "×", 2),
    ]
    return rows + _worker((*SIZES, LARGE) if large else SIZES)


def _bare(texts: Sequence[str]) -> Any:
    """Return spaCy's own recogniser of names with random weights: the time does not depend on them."""
    import spacy
    from spacy.training import Example

    nlp = spacy.blank("en")
    tok2vec: dict[str, Any] = {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "width": WIDTH,
        "depth": 4,
        "embed_size": 2000,
        "window_size": 1,
        "maxout_pieces": 3,
        "subword_features": True,
        "pretrained_vectors": None,
    }
    model: dict[str, Any] = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": tok2vec,
    }
    nlp.add_pipe("ner", config={"model": model})
    docs = [nlp.make_doc(text) for text in texts]
    examples = [
        Example.from_dict(doc, {"entities": [(doc[0].idx, doc[0].idx + len(doc[0]), "PERSON")]})
        for doc in docs
    ]
    nlp.initialize(lambda: examples)
    return nlp


def _seconds(work: Any) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _worker(sizes: Sequence[int]) -> list[Row]:
    worker = Worker()
    worker.start()
    rows = []
    try:
        ready = worker.receive()
        if not isinstance(ready, Ready):
            raise AnalysisError("The analysis process did not start.", "Look at what it printed.")
        _answered(worker, 0, make_article(20_000))
        process = max(psutil.Process().children(), key=lambda each: each.memory_info().rss)
        each, busy = {}, {}
        for number, size in enumerate(sizes, 1):
            document = make_article(size)
            worked = _worked(process)
            first, whole = _answered(worker, number, document)
            each[size] = whole / (len(document.text) / 1000) * 1000
            busy[size] = (_worked(process) - worked) / len(document.text)
            if size == 100_000:
                rows.append(Row("analysis: first screen of a warm worker", first, "s", 0.5))
            rows.append(Row(f"analysis: a text of {size // 1000:,} kB, each kB", each[size], "ms"))
        most = f"{sizes[-1] // 1_000_000} MB"
        rows.append(
            Row(f"analysis: each kB, {most} against 100 kB", each[sizes[-1]] / each[100_000], "×", 1.3)
        )
        # The same without what other programs take of the machine meanwhile.
        rows.append(
            Row(
                f"analysis: each kB, {most} against 100 kB, processor time",
                busy[sizes[-1]] / busy[100_000],
                "×",
                1.3,
            )
        )
        rows.append(Row(f"analysis: memory of the worker after {most}", _memory(process), "MB", 600))
    finally:
        worker.stop()
    return rows


def _answered(worker: Worker, number: int, document: Document) -> tuple[float, float]:
    """Return the seconds to the first findings and to the end."""
    start = time.perf_counter()
    worker.send(Job(number, document.text, document.blocks))
    first = 0.0
    while True:
        answer = worker.receive()
        if isinstance(answer, Failed):
            raise AnalysisError(answer.error_what, answer.error_next)
        if isinstance(answer, Findings) and not first:
            first = time.perf_counter() - start
        if isinstance(answer, Finished) and answer.job == number:
            return first, time.perf_counter() - start


def _worked(process: psutil.Process) -> float:
    """Return the processor time of the process so far, in seconds."""
    times = process.cpu_times()
    return float(times.user + times.system)


def _memory(process: psutil.Process) -> float:
    """Return the most memory that the process has held, where the system tells it, else what it holds."""
    info = process.memory_info()
    most = getattr(info, "peak_wset", 0)
    status = f"/proc/{process.pid}/status"
    try:
        with Path(status).open(encoding="ascii") as lines:
            most = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
    except OSError:
        most = most or info.rss
    return float(most) / 1e6
