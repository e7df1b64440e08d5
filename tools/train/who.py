"""How well the analysis tells who is who: names gathered by what they mean, and what "he" stands for.

The marks lie in ``tests/reader/analysis/who_is_who.json``, as offsets into documents of the corpora:

``id``, ``set``
    which document of which set, "worldwide_dev" or "polnear_dev"
``part``
    "develop" for the documents that the rules were made with, "confirm" for those kept aside
``kinds``
    one letter a cluster: p(erson), o(rganisation), l(ocation)
``names``
    [start, end, cluster], in order, none overlapping another
``sources``
    [start, end, cluster] of the pronouns and role nouns that say something; -1 where no marked name is meant
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from reader.document import Span
from reader.model import Analysis
from tools.train.corpora import rows

MARKS = Path(__file__).resolve().parents[2] / "tests/reader/analysis/who_is_who.json"
_FOLDERS = {"worldwide_dev": "ner", "polnear_dev": "quotes"}


@dataclass(slots=True)
class Tally:
    """Sums over mentions and sources; two tallies can be added."""

    marked: int = 0
    found: int = 0
    pure: float = 0.0
    whole: float = 0.0
    whole_found: float = 0.0
    sources: int = 0
    heard: int = 0
    right: int = 0

    def add(self, other: Tally) -> None:
        """Add the sums of `other`."""
        for name, value in zip(self.__slots__, astuple(other), strict=True):
            setattr(self, name, getattr(self, name) + value)

    def __str__(self) -> str:
        precision = self.pure / max(1, self.found)
        recall, linked = self.whole / max(1, self.marked), self.whole_found / max(1, self.found)
        return (
            f"names {self.marked:4} found {100 * self.found / max(1, self.marked):5.1f}   "
            f"B³ P {100 * precision:5.1f} R {100 * recall:5.1f} F {100 * _f(precision, recall):5.1f}   "
            f"of those found: R {100 * linked:5.1f} F {100 * _f(precision, linked):5.1f}   "
            f"sources {self.sources:3} found {self.heard:3} "
            f"right {100 * self.right / max(1, self.heard):5.1f} of found, "
            f"{100 * self.right / max(1, self.sources):5.1f} of all"
        )


def _f(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def marks() -> list[dict[str, Any]]:
    """Return the marked documents, in the order of the file."""
    found: list[dict[str, Any]] = json.loads(MARKS.read_text(encoding="utf-8"))
    return found


def evaluate(corpora: Path, analysis_of: Callable[[str], Analysis]) -> Iterator[str]:
    """Yield a line for each part of each set and for all, with `analysis_of` giving what a text holds."""
    documents = marks()
    texts = {
        row["id"]: row["text"]
        for name in sorted({document["set"] for document in documents})
        for row in rows(corpora / _FOLDERS[name] / f"{name}.jsonl.gz")
    }
    tallies: dict[tuple[str, str], Tally] = {}
    for document in documents:
        tally = score(document, analysis_of(texts[document["id"]]))
        for key in (
            (document["set"], document["part"]),
            ("all", document["part"]),
            ("all", "both"),
        ):
            tallies.setdefault(key, Tally()).add(tally)
    for (name, part), tally in sorted(tallies.items(), reverse=True):
        yield f"{name:13} {part:8} {tally}"


def score(document: dict[str, Any], analysis: Analysis) -> Tally:
    """Compare what the analysis says of one document with its marks.

    B³ over the mentions: how much of what the analysis calls by the same name is the same (of the marked
    mentions that it found), and how much of what is the same it calls by the same name (of all that are
    marked). A source's speaker is right where the name that the analysis gives is the one that it gives
    mostly to mentions of what is meant.
    """
    meant = {Span(start, end): cluster for start, end, cluster in document["names"]}
    called = {m.span: (m.label, m.name) for m in analysis.mentions if m.span in meant}
    together = Counter((called[span], meant[span]) for span in called)
    calls, clusters = Counter(called.values()), Counter(meant.values())
    found = Counter(meant[span] for span in called)
    tally = Tally(marked=len(meant), found=len(called))
    for span, call in called.items():
        shared = together[call, meant[span]]
        tally.pure += shared / calls[call]
        tally.whole += shared / clusters[meant[span]]
        tally.whole_found += shared / found[meant[span]]
    owners = _owners((name, meant[span]) for span, (_, name) in called.items())
    for start, end, cluster in document["sources"]:
        tally.sources += 1
        quote = _quote_of(analysis, Span(start, end))
        if quote is not None:
            tally.heard += 1
            tally.right += (None if cluster < 0 else cluster) == owners.get(quote, -1 if quote else None)
    return tally


def _owners(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return for each name the cluster that it stands for most often."""
    counts: dict[str, Counter[int]] = {}
    for name, cluster in pairs:
        counts.setdefault(name, Counter())[cluster] += 1
    return {name: count.most_common(1)[0][0] for name, count in counts.items()}


def _quote_of(analysis: Analysis, source: Span) -> str | None:
    """Return the speaker of the quotation with this source: "" for nobody, None where there is none."""
    heard = [quote for quote in analysis.quotes if any(span.overlaps(source) for span in quote.source)]
    if not heard:
        return None
    best = max(heard, key=lambda quote: source in quote.source)
    return best.speaker or ""
