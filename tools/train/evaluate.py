"""Score the analysis: ``python -m tools.train.evaluate names|quotations GOLD.jsonl.gz [--model DIR]``.

``python -m tools.train.evaluate who CORPORA`` scores who is who on the documents marked for it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from reader.analysis import Pipeline, analyse
from reader.document import Block, Document
from reader.model import Analysis
from tools.train import who
from tools.train.corpora import paragraphs, rows


def main() -> int:
    """Write predictions beside the work files and let the scorer of the corpora judge them."""
    parser = argparse.ArgumentParser(prog="python -m tools.train.evaluate", description=__doc__)
    parser.add_argument("what", choices=("names", "quotations", "who"))
    parser.add_argument("gold", type=Path)
    parser.add_argument("--model", type=Path, default=None)
    parser.add_argument("--scorer", type=Path, default=Path("../shared/evaluation/score.py"))
    parser.add_argument("--work", type=Path, default=Path("training"))
    arguments = parser.parse_args()
    pipeline = Pipeline.load(arguments.model)
    if arguments.what == "who":
        for line in who.evaluate(arguments.gold, lambda text: analysed(text, pipeline)):
            print(line)
        return 0
    arguments.work.mkdir(exist_ok=True)
    found = arguments.work / f"predicted-{arguments.gold.name.split('.')[0]}.jsonl"
    with found.open("w", encoding="utf-8") as lines:
        for row in rows(arguments.gold):
            lines.write(json.dumps(predicted(row["id"], row["text"], pipeline)) + "\n")
    task = "ner" if arguments.what == "names" else "quotes"
    return subprocess.run(
        [sys.executable, str(arguments.scorer), task, str(arguments.gold), str(found)], check=False
    ).returncode


def analysed(text: str, pipeline: Pipeline) -> Analysis:
    """Return the analysis of a text whose paragraphs are parted by blank lines."""
    return analyse(Document(text, tuple(Block(span) for span in paragraphs(text))), pipeline=pipeline)


def predicted(key: str, text: str, pipeline: Pipeline) -> dict[str, object]:
    """Return the row that the scorer reads for one text."""
    analysis = analysed(text, pipeline)
    return {
        "id": key,
        "entities": [
            {"start": m.span.start, "end": m.span.end, "label": m.label.value, "name": m.name}
            for m in analysis.mentions
        ],
        "quotes": [
            {
                "kind": quote.kind.value,
                "speaker": quote.speaker,
                "reason": quote.reason,
                **{
                    part: [[span.start, span.end] for span in getattr(quote, part)]
                    for part in ("content", "quoted", "cue", "source")
                },
            }
            for quote in analysis.quotes
        ],
    }


if __name__ == "__main__":
    sys.exit(main())
