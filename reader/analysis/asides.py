"""What stands in commas between a source and what it says ("According to Keller, who was there, …").

The tagger reads such an aside as the beginning of what is said, or loses the sentence over it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from reader.analysis.joins import Parts
from reader.analysis.marks import quoted
from reader.analysis.roles import noun_of
from reader.analysis.words import sentences
from reader.document import Span

_CUE = re.compile(r"[\W_]{0,2}(According to)\s", re.IGNORECASE)
_COMMA = re.compile(r",\s+(?=\S)")
_RELATIVE = re.compile(r"(?:who|whom|whose|which|where)\b")
_TELLS_MORE = re.compile(
    rf"{_RELATIVE.pattern}|\d{{1,3}}\Z|(?:and|or|as well as)\s|(?:first |recently |also |jointly )?"
    r"(?:published|released|issued|posted|compiled|conducted|commissioned|obtained|seen|reviewed|cited|quoted"
    r"|shared|dated|carried out|speaking|writing|citing|quoting)\b"
)
# "a spokeswoman for the ministry", "head of the union"; "the driver" may be whom it is about.
_ROLE = re.compile(
    r"(?:an?\s|(?!the\s|his\s|her\s|its\s|their\s|this\s|that\s)[a-z]|the\s[^,]{2,40}\s(?:of|for|at)\s)"
)
_LONGEST, _MOST = 120, 3  # characters of an aside, asides in a row


def parted(text: str, paragraph: Span, parts: Parts, names: Sequence[Span]) -> Parts:
    """Return the parts with what is said beginning after the asides, which belong to the source.

    `names` are the people and bodies of the paragraph.
    """
    if _CUE.search(text, paragraph.start, paragraph.end) is None:
        return parts
    marks = [stretch.outer for stretch in quoted(text, start=paragraph.start, end=paragraph.end)]
    for sentence in sentences(text, start=paragraph.start, end=paragraph.end):
        cue = _CUE.match(text, sentence.start, sentence.end)
        if cue is None or any(mark.start < cue.end() < mark.end for mark in marks):
            continue
        commas = [
            Span(*match.span())
            for match in _COMMA.finditer(text, cue.end(), sentence.end)
            if not any(mark.start < match.start() < mark.end - 1 for mark in marks)
        ]
        asides = _asides(text, commas, names)
        if asides:
            parts = _moved(text, sentence, parts, Span(*cue.span(1)), asides)
    return parts


def _asides(text: str, commas: Sequence[Span], names: Sequence[Span]) -> list[Span]:
    """Return what stands between the first commas of a sentence and tells more of the source, in order."""
    found: list[Span] = []
    for before, after in pairwise(commas[: _MOST + 1]):
        aside = Span(before.end, after.start)
        words = aside.of(text)
        named = any(name.end == commas[0].start for name in names)
        # A person and two commas may be whom it is about: "the driver, who was 34, fled".
        role = named and _ROLE.match(words) and noun_of(words) and not _RELATIVE.match(text, after.end)
        if len(words) > _LONGEST or not (_TELLS_MORE.match(words) or role):
            break
        found.append(aside)
    return found


def _moved(text: str, sentence: Span, parts: Parts, cue: Span, asides: Sequence[Span]) -> Parts:
    """Return the parts of one sentence, in which what is said begins after the last of the asides."""
    start = _after(text, asides[-1].end)
    here = [span for span in parts.content if span.overlaps(sentence)]
    misread = bool(here) and asides[0].start <= here[0].start < start < here[0].end
    if here and not misread:
        return parts
    source, end = Span(cue.end + 1, asides[-1].end), here[0].end if here else _end(text, sentence)
    if end <= start:
        return parts
    said = Span(start, end)
    return Parts(
        tuple(sorted([*(span for span in parts.content if span not in here[:1]), said])),
        tuple(sorted([*(span for span in parts.cue if not span.overlaps(cue)), cue])),
        tuple(sorted([*(span for span in parts.source if not span.overlaps(source)), source])),
    )


def _after(text: str, comma: int) -> int:
    match = _COMMA.match(text, comma)
    return match.end() if match else comma


def _end(text: str, sentence: Span) -> int:
    """Return where a sentence ends without the marks behind its last word."""
    return sentence.start + len(sentence.of(text).rstrip(" \n\t.!?…"))
