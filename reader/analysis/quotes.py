"""What is said in a paragraph: the marked parts and the quotation marks, joined into attributions.

The tagger finds what is said, the marks give exact ends; who the speaker is, is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reader.analysis.joins import (
    CUE,
    DIRECT,
    NAME,
    PRONOUN,
    SOURCE,
    Candidate,
    Measure,
    Parts,
    Weights,
    choose,
)
from reader.analysis.marks import MARKS, Quoted, quoted
from reader.analysis.rules import is_quotation
from reader.analysis.words import sentences
from reader.document import Span
from reader.model import QuoteKind

_PRONOUN = re.compile(r"\b(?:he|she|they|who|we|He|She|They|We|I)\b")
# "Q:", "MODERATOR:", "Ada Lindqvist:" before what is said, as in interviews and transcripts.
_LABEL = re.compile(r"[\W_]{0,3}([A-Z](?:[\w.’'()-]|[ \t](?=[\w(])){0,40}):[ \t]+(?=\S)")
_SMALL = re.compile(r"\b[a-z]")
_TRAILING = re.compile(r"[\s,]+(?:and|or|but|as|while|which|who)\Z")
# In titles, words longer than this are written with a capital, and those without are the small ones.
_LEAST_OF_TITLE = 4
_STOPS, _ENDS = tuple(".!?…"), tuple(".!?…,;")
_SIGNED = re.compile(r"\s*([―—–-]{1,2})[ \t]*([A-Z][\w’'.-]+(?: [\w’'.-]+){0,5}?)[ \t]*(?=[,(]|\n|$)")


@dataclass(frozen=True, slots=True)
class Attribution:
    """What is said, in pieces, and the words that say who says so, all in one document's offsets.

    `quoted` are the pieces between marks; `open` tells that the last of them lacks its closing mark and
    may go on in the next paragraph.
    """

    content: tuple[Span, ...]
    quoted: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    kind: QuoteKind = QuoteKind.INDIRECT
    open: bool = False


def attributions(
    text: str, paragraph: Span, parts: Parts, weights: Weights, *, names: Sequence[Span] = ()
) -> list[Attribution]:
    """Return the attributions of one paragraph, in order. All spans are in the document's offsets.

    `names` are the people and bodies in it: one of them is the source where the tagger marked none.
    """
    marked = quoted(text, start=paragraph.start, end=paragraph.end)
    spoken = _transcript(text, paragraph, parts, marked, names)
    if spoken is not None:
        return [spoken]
    joined = whole(text, paragraph, parts, marked)
    measure = Measure(text, paragraph, joined, marked)
    cues = [Candidate(span) for span in joined.cue]
    able = sources(text, paragraph, joined, names)
    found = []
    groups: dict[Span, list[Span]] = {}
    for content in joined.content:
        cue = choose(measure, CUE, content, cues, weights)
        if cue is not None:
            groups.setdefault(cue, []).append(content)
            continue
        alone = _signed(text, paragraph, classified(text, Attribution((content,)), marked))
        if not alone.source:
            alone = replace(alone, source=_maybe(choose(measure, DIRECT, content, able, weights)))
        found.append(alone)
    for cue, pieces in groups.items():
        source = choose(measure, SOURCE, cue, able, weights)
        said = Attribution(tuple(pieces), cue=(cue,), source=_maybe(source))
        found.append(classified(text, said, marked))
    return sorted((one for one in found if not _is_title(text, one)), key=lambda one: one.content)


def _is_title(text: str, said: Attribution) -> bool:
    """Tell whether nothing but the title of a work stands between the marks (praised “The Glass Harbour”)."""
    if said.kind is not QuoteKind.DIRECT or len(said.quoted) != 1:
        return False
    words = said.quoted[0].of(text).split()
    long = [word for word in words if len(word) > _LEAST_OF_TITLE and word[0].isalpha()]
    return len(words) > 1 and words[-1][-1].isalnum() and bool(long) and all(w[0].isupper() for w in long)


def _maybe(span: Span | None) -> tuple[Span, ...]:
    return () if span is None else (span,)


def _signed(text: str, paragraph: Span, said: Attribution) -> Attribution:
    """Return `said` with the name that a dash puts under it (“…” — Ada Lindqvist)."""
    match = _SIGNED.match(text, said.content[-1].end, paragraph.end)
    if match is None or said.kind is QuoteKind.INDIRECT:
        return said
    return replace(said, cue=(Span(*match.span(1)),), source=(Span(*match.span(2)),))


def sources(text: str, paragraph: Span, parts: Parts, names: Sequence[Span]) -> list[Candidate]:
    """Return, in order, what may be a source: what the tagger marked, and names and pronouns beside it."""
    found = [Candidate(span) for span in parts.source]
    taken = [*parts.content, *parts.cue, *parts.source]
    pronouns = [Span(*match.span()) for match in _PRONOUN.finditer(text, paragraph.start, paragraph.end)]
    for origin, spans in ((NAME, names), (PRONOUN, pronouns)):
        free = [span for span in spans if not any(span.overlaps(other) for other in taken)]
        found += [Candidate(span, origin) for span in free]
        taken += free
    return sorted(found, key=lambda candidate: candidate.span)


def _transcript(
    text: str, paragraph: Span, parts: Parts, marked: Sequence[Quoted], names: Sequence[Span]
) -> Attribution | None:
    """Return the speech of a paragraph that begins with its speaker and a colon, and holds nothing else."""
    label = _LABEL.match(text, paragraph.start, paragraph.end)
    if label is None:
        return None
    source = Span(label.start(1), label.end(1))
    if any(cue.start < label.end() for cue in parts.cue):
        return None
    name = source.of(text)
    known = any(source.covers(span) for span in names) and not _SMALL.search(name)
    if not (name.isupper() or known):
        return None
    said = Attribution(
        (Span(label.end(), paragraph.end),), cue=(Span(source.end, source.end + 1),), source=(source,)
    )
    return classified(text, said, marked)


def whole(text: str, paragraph: Span, parts: Parts, marked: Sequence[Quoted]) -> Parts:
    """Let each part end where the quotation marks say, and add quotations that no content touches."""
    spans = [_bare(text, span) for span in parts.content]
    for stretch in marked:
        touching = [span for span in spans if span.overlaps(stretch.outer)]
        inside = sum(_letters(text, _shared(span, stretch.outer)) for span in touching)
        if not touching:
            if (
                is_quotation(text, stretch)
                or _is_sentence(text, paragraph, stretch)
                or _goes_on(text, parts, stretch)
            ):
                spans.append(stretch.outer)
            continue
        if 2 * inside < _letters(text, stretch.inner):
            continue
        low = min(stretch.outer.start, *(span.start for span in touching))
        high = max(stretch.outer.end, *(span.end for span in touching))
        if low == stretch.outer.start and _SIGNED.match(text, stretch.outer.end, paragraph.end):
            high = stretch.outer.end
        spans = [span for span in spans if span not in touching]
        spans.append(Span(low, high))
    return Parts(
        tuple(sorted(spans)),
        tuple(_before_marks(text, span, marked) for span in parts.cue),
        tuple(_before_marks(text, span, marked) for span in parts.source),
    )


def _bare(text: str, content: Span) -> Span:
    """Return `content` without a conjunction that stands at its end and joins what comes after."""
    match = _TRAILING.search(text, max(content.start + 1, content.end - 12), content.end)
    return content if match is None else Span(content.start, match.start())


def _before_marks(text: str, span: Span, marked: Sequence[Quoted]) -> Span:
    """Return a source or cue as far as the quotation that it runs into."""
    for stretch in marked:
        if span.start < stretch.outer.start < span.end <= stretch.outer.end + 1:
            return Span(span.start, span.start + len(text[span.start : stretch.outer.start].rstrip()))
    return span


def _is_sentence(text: str, paragraph: Span, stretch: Quoted) -> bool:
    """Tell whether what stands between the marks is a whole sentence, begun where one may begin."""
    before = text[paragraph.start : stretch.outer.start].rstrip()[-1:]
    begins = not before or before in _STOPS or before in MARKS
    return begins and stretch.opened and _ends(text, stretch)


def _goes_on(text: str, parts: Parts, stretch: Quoted) -> bool:
    """Tell whether a source or cue leads to what stands between the marks (“…,” said Okello, “…”)."""
    at = stretch.outer.start
    leads = any(part.start < at <= part.end + 2 for part in (*parts.cue, *parts.source))
    return leads and text[max(0, at - 3) : at].rstrip()[-1:] in (",", ":") and _ends(text, stretch)


def _ends(text: str, stretch: Quoted) -> bool:
    return text[stretch.inner.end - 1 : stretch.inner.end] in _ENDS


def _shared(one: Span, other: Span) -> Span:
    return Span(max(one.start, other.start), min(one.end, other.end))


def _letters(text: str, span: Span) -> int:
    return sum(char.isalnum() for char in span.of(text))


def classified(text: str, found: Attribution, marked: Sequence[Quoted]) -> Attribution:
    """Return `found` with its quoted pieces, which lie in its content, and its kind."""
    inner, last = [], True
    for stretch in marked:
        pieces = [_shared(span, stretch.inner) for span in found.content if span.overlaps(stretch.inner)]
        inner += pieces
        last = stretch.closed if pieces else last
    inside = sum(_letters(text, span) for span in inner)
    total = sum(_letters(text, span) for span in found.content)
    kind = QuoteKind.INDIRECT
    if inner:
        kind = QuoteKind.DIRECT if inside >= total else QuoteKind.MIXED
    return replace(found, quoted=tuple(inner), kind=kind, open=not last)


def across(
    text: str,
    said: Sequence[Sequence[Attribution]],
    paragraphs: Sequence[Span],
    names: Sequence[Sequence[Span]],
) -> list[list[Attribution]]:
    """Join what runs over several paragraphs, and return the attributions by the paragraph they begin in.

    Each paragraph of a long quotation opens with a mark, and only the last closes. A paragraph that ends
    with a colon names the speaker of the next. `names` are the people and bodies of each paragraph.
    """
    joined = [list(ones) for ones in said]
    for number in range(1, len(joined)):
        if joined[number]:
            joined[number][0] = _led_in(
                text, joined[number][0], paragraphs[number], paragraphs[number - 1], names[number - 1]
            )
    for number in range(len(joined) - 2, -1, -1):
        here, after = joined[number], joined[number + 1]
        if (
            not here
            or not after
            or not here[-1].open
            or after[0].content[0].start != paragraphs[number + 1].start
        ):
            continue
        first, second = here[-1], after[0]
        if second.kind is QuoteKind.INDIRECT or (first.source and second.source):
            continue
        here[-1] = replace(
            first,
            content=first.content + second.content,
            quoted=first.quoted + second.quoted,
            cue=first.cue or second.cue,
            source=first.source or second.source,
            kind=first.kind if first.kind is second.kind else QuoteKind.MIXED,
            open=second.open,
        )
        joined[number + 1] = after[1:]
    return joined


def _led_in(text: str, said: Attribution, here: Span, before: Span, names: Sequence[Span]) -> Attribution:
    """Return `said` with its source in the paragraph before, if that one ends with a colon, the cue."""
    first = said.content[0].start <= here.start + 1 and said.kind is QuoteKind.DIRECT
    if said.source or said.cue or not first or text[before.end - 1] != ":":
        return said
    last = sentences(text, start=before.start, end=before.end)[-1]
    pronouns = [Span(*match.span()) for match in _PRONOUN.finditer(text, last.start, last.end)]
    speakers = sorted([name for name in names if last.covers(name)] + pronouns)
    colon = Span(before.end - 1, before.end)
    return replace(said, cue=(colon,), source=tuple(speakers[:1])) if speakers else said
