"""What is known of quotations without a tagger: words that report, and which marks quote nothing.

Used for the marks that the tagger passed over, and for models that have no tagger of quotations.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.analysis.joins import Parts
from reader.analysis.marks import Quoted, quoted
from reader.analysis.words import sentences, words
from reader.document import Span

_FEWEST = 6  # words between marks from which no reporting word is asked for
_REPORTS = re.compile(
    r"\b(?:said|says|say|told|tells|added|adds|asked|asks|answered|replied|announced|announces|argued|argues|claimed"
    r"|claims|confirmed|confirms|declared|declares|denied|denies|emphasi[sz]ed|explained|explains|insisted|insists"
    r"|noted|notes|observed|recalled|remarked|repeated|reported|reports|revealed|stated|states|stressed|stresses"
    r"|suggested|suggests|tweeted|urged|urges|warned|warns|wrote|writes|according to)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?:[Hh]e|[Ss]he|[Tt]hey|I|[Ww]e|[Tt]he [\w-]+(?: [\w-]+)?"
    r"|[Aa]n? [\w-]+ (?:source|official|spokes\w+))\b"
)
_NEAR = 40  # characters between a reporting word and who reports, at most


def is_quotation(text: str, stretch: Quoted) -> bool:
    """Tell whether marks that no reporting word is near quote somebody: no title, no single doubted word."""
    inner = stretch.inner
    told = [word.of(text) for word in words(text, start=inner.start, end=inner.end)]
    told = [word for word in told if word[0].isalnum()]
    return len(told) >= _FEWEST and not _is_title(told)


def _is_title(told: Sequence[str]) -> bool:
    long = [word for word in told if len(word) > 3]
    return bool(long) and all(word[0].isupper() or word[0].isdigit() for word in long)


def parts(text: str, paragraph: Span, names: Sequence[Span]) -> Parts:
    """Return the parts of the attributions in a paragraph; `names` are the people and bodies in it."""
    marked = quoted(text, start=paragraph.start, end=paragraph.end)
    contents: list[Span] = []
    cues: list[Span] = []
    sources: list[Span] = []
    for sentence in sentences(text, start=paragraph.start, end=paragraph.end):
        for match in _REPORTS.finditer(text, sentence.start, sentence.end):
            cue = Span(*match.span())
            if any(stretch.inner.overlaps(cue) for stretch in marked):
                continue
            source = _source(text, sentence, cue, names, marked)
            said = [stretch.outer for stretch in marked if _beside(stretch, sentence)]
            if not said and source is not None:
                said = _clause(text, sentence, cue, source)
            if said and source is not None:
                cues.append(cue)
                sources.append(source)
                contents += said
    return Parts(tuple(sorted(set(contents))), tuple(cues), tuple(sources))


def _beside(stretch: Quoted, sentence: Span) -> bool:
    """Tell whether the stretch stands in the sentence, or ends just before it (“…?” she asked)."""
    return stretch.outer.overlaps(sentence) or 0 <= sentence.start - stretch.outer.end <= 2


def _source(
    text: str, sentence: Span, cue: Span, names: Sequence[Span], marked: Sequence[Quoted]
) -> Span | None:
    """Return who reports: the nearest name, pronoun or "the …" before or just after the reporting word."""
    found = (Span(*match.span()) for match in _PERSON.finditer(text, sentence.start, sentence.end))
    cut = (_until(text, span, cue) for span in found)
    others = [span for span in cut if not any(span.overlaps(name) for name in names)]
    free = [
        span
        for span in (*names, *others)
        if sentence.covers(span)
        and not span.overlaps(cue)
        and not any(stretch.outer.overlaps(span) for stretch in marked)
    ]
    gaps = [
        (cue.start - span.end if span.end <= cue.start else span.start - cue.end, span not in names, span)
        for span in free
    ]
    return min((gap for gap in gaps if gap[0] <= _NEAR), default=(0, False, None))[2]


def _until(text: str, span: Span, cue: Span) -> Span:
    """Return `span` as far as it stands before `cue` ("the mayor said": "the mayor")."""
    if not span.start < cue.start < span.end:
        return span
    return Span(span.start, span.start + len(text[span.start : cue.start].rstrip()))


def _clause(text: str, sentence: Span, cue: Span, source: Span) -> list[Span]:
    """Return the reported clause of a sentence without marks."""
    end = sentence.end
    while end > cue.end and not text[end - 1].isalnum():
        end -= 1
    if cue.of(text).lower() == "according to":
        before = text[sentence.start : cue.start].rstrip(" ,")
        return [Span(sentence.start, sentence.start + len(before))] if before else []
    if source.start < cue.start and text[cue.end : cue.end + 1] == " " and cue.end + 1 < end:
        return [Span(cue.end + 1, end)]
    return []
