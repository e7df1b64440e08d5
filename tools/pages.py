"""Measure how well the article inside a saved page is found, on pages that say what a reader should keep.

Each page is a folder with ``source.html``, ``expected.html`` (what a reader view keeps) and
``expected-metadata.json`` (``title``, ``byline``). Run it as::

    python -m tools.pages FOLDER_OF_PAGES

The score of a page is the F1 of words: both texts are taken apart into runs of ``\\w`` (Unicode letters,
digits and ``_``), casefolded, and counted as multisets; precision is the share of our words that are among
the expected ones, recall the share of the expected ones that we kept. It is printed twice: for
`Document.text` as a user gets it, which begins with the title, and for the same text without the title
block, since a reader view often leaves the title out. Two empty texts count as 1. The text of
``expected.html`` is that of all its elements, with a blank wherever an element other than one of running
text (``a``, ``b``, ``span`` ...) begins or ends.

A title or byline is right when it is the expected one after Unicode NFC and with every run of white space
made one blank; the case of letters counts. Where the expected value is null or missing the field is not
counted, since a page without a byline may well be given one that the reader view overlooked.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from lxml import etree, html

from reader.document import BlockKind, Document
from reader.formats import page
from reader.formats.markup import names

_RUNNING = frozenset(
    names(
        "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby "
        "s samp small span strike strong sub sup time tt u var wbr"
    )
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Score:
    """How one page went; `title` and `byline` are None where nothing is expected."""

    name: str
    whole: float
    untitled: float
    title: bool | None
    byline: bool | None


def words(text: str) -> Counter[str]:
    """Return the words of a text, casefolded, with how often each stands in it."""
    return Counter(_WORD.findall(text.casefold()))


def word_f1(kept: str, expected: str) -> float:
    """Return the F1 of the words of two texts as multisets."""
    ours, theirs = words(kept), words(expected)
    if not ours and not theirs:
        return 1.0
    return 2 * (ours & theirs).total() / (ours.total() + theirs.total())


def text_of(source: str) -> str:
    """Return all text of a piece of HTML, with blanks where a block begins or ends."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=True)
    root = html.document_fromstring(source.encode("utf-8"), parser=parser)
    parts: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag not in _RUNNING:
            parts.append(" ")
        parts.append((element.text if event == "start" else element.tail) or "")
    return "".join(parts)


def without_title(document: Document) -> str:
    """Return the text after the title block."""
    blocks = document.blocks
    if blocks and blocks[0].kind is BlockKind.TITLE:
        return document.text[blocks[0].span.end :]
    return document.text


def is_same(ours: str, expected: object) -> bool | None:
    """Tell whether a field is right; None where nothing is expected."""
    if not isinstance(expected, str) or not expected.strip():
        return None
    one, other = (" ".join(unicodedata.normalize("NFC", text).split()) for text in (ours, expected))
    return one == other


def score(folder: Path) -> Score:
    """Read the page in `folder` and compare it with what is expected."""
    document = page.load((folder / "source.html").read_bytes())
    expected = text_of((folder / "expected.html").read_text(encoding="utf-8"))
    told = json.loads((folder / "expected-metadata.json").read_text(encoding="utf-8"))
    return Score(
        folder.name,
        word_f1(document.text, expected),
        word_f1(without_title(document), expected),
        is_same(document.metadata.title, told.get("title")),
        is_same(document.metadata.byline, told.get("byline")),
    )


def _summary(name: str, values: list[float]) -> str:
    return (
        f"{name:<42} median {statistics.median(values):.4f}  mean {statistics.fmean(values):.4f}  "
        f"worst {min(values):.4f}  below 0.5: {sum(value < 0.5 for value in values)}"
    )


def _right(name: str, values: list[bool | None]) -> str:
    counted = [value for value in values if value is not None]
    share = sum(counted) / len(counted) if counted else 1.0
    return f"{name} right {sum(counted)} of {len(counted)} ({share:.1%})"


def main(arguments: list[str]) -> int:
    """Print a line for each page, then the summary."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    scores = [score(source.parent) for source in sorted(Path(arguments[0]).glob("*/source.html"))]
    if not scores:
        print(f"There are no pages in {arguments[0]}.", file=sys.stderr)
        return 1
    said = {None: "-", True: "right", False: "wrong"}
    for one in scores:
        print(
            f"{one.name:<42} {one.whole:.4f}  without title {one.untitled:.4f}  "
            f"title {said[one.title]:<5}  byline {said[one.byline]}"
        )
    print(_summary("text", [one.whole for one in scores]))
    print(_summary("text without the title", [one.untitled for one in scores]))
    print(_right("title", [one.title for one in scores]))
    print(_right("byline", [one.byline for one in scores]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
