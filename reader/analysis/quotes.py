"""What is said in a paragraph: the marked parts and the quotation marks, joined into attributions.

The tagger finds what is said, the marks give exact ends; who the speaker is, is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reader.analysis.joins import Measure, Parts, Weights, chance
from reader.analysis.marks import Quoted, quoted
from reader.analysis.rules import is_quotation
from reader.model import QuoteKind, Span

# A pair whose chance is less is no pair (chosen on polnear_dev; 0.1 to 0.5 differ by less than 0.3).
_LEAST = 0.2


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


def attributions(text: str, paragraph: Span, parts: Parts, weights: Weights) -> list[Attribution]:
    """Return the attributions of one paragraph, in order. `parts` are in the document's offsets."""
    marked = quoted(text, start=paragraph.start, end=paragraph.end)
    contents = _whole(text, parts.content, marked)
    joined = Parts(contents, parts.cue, parts.source)
    measure = Measure(text, paragraph, joined)
    groups: dict[Span | int, list[Span]] = {}
    for number, content in enumerate(contents):
        cue = _best(measure, "cue", content, joined.cue, weights)
        groups.setdefault(number if cue is None else cue, []).append(content)
    found = []
    for key, pieces in groups.items():
        cues = (key,) if isinstance(key, Span) else ()
        source = _best(measure, "source", cues[0], joined.source, weights) if cues else None
        sources = () if source is None else (source,)
        found.append(classified(text, Attribution(tuple(pieces), cue=cues, source=sources), marked))
    return sorted(found, key=lambda one: one.content)


def _best(measure: Measure, kind: str, one: Span, others: Sequence[Span], weights: Weights) -> Span | None:
    """Return the likeliest partner of `one`, None when none is likely."""
    near = [other for other in others if not other.overlaps(one)]
    rated = [(chance(weights, measure.features(kind, one, other)), other) for other in near]
    best = max(rated, default=(0.0, None), key=lambda pair: pair[0])
    return best[1] if best[0] >= _LEAST else None


def _whole(text: str, contents: Sequence[Span], marked: Sequence[Quoted]) -> tuple[Span, ...]:
    """Let each content end where its quotation marks end, and add quotations that no content touches."""
    spans = list(contents)
    for stretch in marked:
        touching = [span for span in spans if span.overlaps(stretch.outer)]
        inside = sum(_letters(text, _shared(span, stretch.outer)) for span in touching)
        if not touching:
            if is_quotation(text, stretch):
                spans.append(stretch.outer)
            continue
        if 2 * inside < _letters(text, stretch.inner):
            continue
        low = min(stretch.outer.start, *(span.start for span in touching))
        high = max(stretch.outer.end, *(span.end for span in touching))
        spans = [span for span in spans if span not in touching]
        spans.append(Span(low, high))
    return tuple(sorted(spans))


def _shared(one: Span, other: Span) -> Span:
    return Span(max(one.start, other.start), min(one.end, other.end))


def _letters(text: str, span: Span) -> int:
    return sum(char.isalnum() for char in span.of(text))


def classified(text: str, found: Attribution, marked: Sequence[Quoted]) -> Attribution:
    """Return `found` with its quoted pieces and its kind."""
    inner, inside, last = [], 0, True
    for stretch in marked:
        if any(span.overlaps(stretch.inner) for span in found.content):
            inner.append(stretch.inner)
            inside += sum(
                _letters(text, _shared(span, stretch.inner))
                for span in found.content
                if span.overlaps(stretch.inner)
            )
            last = stretch.closed
    total = sum(_letters(text, span) for span in found.content)
    kind = QuoteKind.INDIRECT
    if inner:
        kind = QuoteKind.DIRECT if inside >= total else QuoteKind.MIXED
    return replace(found, quoted=tuple(inner), kind=kind, open=not last)


def across(said: Sequence[Sequence[Attribution]], paragraphs: Sequence[Span]) -> list[list[Attribution]]:
    """Join quotations that run over several paragraphs: each opens with a mark, only the last closes.

    Returns the attributions by the paragraph in which they begin.
    """
    joined = [list(ones) for ones in said]
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
