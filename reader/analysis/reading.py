"""From marked paragraphs to findings: names with their full names, quotations with their speakers.

Two passes over whatever paragraphs are given, both linear: learn every name, then read in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reader.analysis.agreement import Agreement, Knowledge
from reader.analysis.attribution import voice
from reader.analysis.entities import label_of, regular
from reader.analysis.joins import Parts, Weights
from reader.analysis.names import Directory, Name
from reader.analysis.pipeline import Tagged
from reader.analysis.quotes import Attribution, across, attributions
from reader.analysis.words import sentences
from reader.model import Block, BlockKind, Entity, Mention, Quote, Span

_SILENT = frozenset({BlockKind.CODE, BlockKind.RULE})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What is found in one paragraph by itself; `breaks` are where its sentences begin."""

    span: Span
    names: tuple[Name, ...] = ()
    said: tuple[Attribution, ...] = ()
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """The mentions and quotes that begin in one paragraph."""

    mentions: tuple[Mention, ...] = ()
    quotes: tuple[Quote, ...] = ()


def readable(block: Block) -> bool:
    """Tell whether a block is prose in which names and quotations are looked for."""
    return block.kind not in _SILENT and len(block.span) > 0


def paragraph(text: str, span: Span, tagged: Tagged, weights: Weights) -> Paragraph:
    """Return what one paragraph holds by itself, in the document's offsets."""
    names = []
    for place, label in tagged.names:
        here = place.shifted(span.start)
        ours = label_of(label, here.of(text))
        if ours is not None and any(char.isalnum() for char in here.of(text)):
            names.append(Name(here, ours, " ".join(here.of(text).split())))
    taken = [name.span for name in names]
    names += [
        Name(found, label, found.of(text))
        for found, label in regular(text, start=span.start, end=span.end, taken=taken)
    ]
    parts = Parts(
        *(
            tuple(sorted(part.shifted(span.start) for part in spans))
            for spans in (tagged.parts.content, tagged.parts.cue, tagged.parts.source)
        )
    )
    return Paragraph(
        span,
        tuple(sorted(names, key=lambda name: name.span)),
        tuple(attributions(text, span, parts, weights)),
        tuple(sentence.start for sentence in sentences(text, start=span.start, end=span.end)),
    )


class Reading:
    """Reads paragraphs in order, keeping who is known; one reading belongs to one document."""

    def __init__(self, text: str, *, knowledge: Knowledge) -> None:
        self._text = text
        self._agreement = Agreement(knowledge)
        self._directory = Directory(lexicon=knowledge.lexicon)

    def learn(self, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
        """Take in the names of `paragraphs`; return these with the types that the document gives the names.

        To be called before any of them is read.
        """
        text = self._text
        for one in paragraphs:
            self._agreement.look(text, start=one.span.start, end=one.span.end)
        votes = [
            self._agreement.vote(text, one.names, start=one.span.start, end=one.span.end)
            for one in paragraphs
        ]
        settled = []
        for one, own in zip(paragraphs, votes, strict=True):
            names = self._agreement.settle(text, one.names, own, start=one.span.start, end=one.span.end)
            self._directory.learn(text, names, start=one.span.start, end=one.span.end)
            settled.append(replace(one, names=names))
        return settled

    def read(self, paragraphs: Sequence[Paragraph]) -> Iterator[Findings]:
        """Yield the findings of each of the paragraphs, which follow one another in the document."""
        speaker, spoke = None, -2
        breaks: list[int] = []
        said = across([one.said for one in paragraphs], [one.span for one in paragraphs])
        for number, one in enumerate(paragraphs):
            breaks = [*breaks[-40:], *one.breaks]
            mentions = self._mentions(one)
            quotes = []
            for each in said[number]:
                says = voice(
                    self._text, each, mentions=mentions, directory=self._directory, breaks=breaks,
                    last=speaker, near=number - spoke <= 1,
                )  # fmt: skip
                if says.speaker:
                    speaker, spoke = says.speaker, number
                quotes.append(
                    Quote(
                        each.kind, each.content, each.quoted, each.cue, each.source, says.speaker, says.reason
                    )
                )
            yield Findings(tuple(mentions), tuple(quotes))

    def entities(self) -> tuple[Entity, ...]:
        """Return every entity that was met, in the order of the text."""
        return self._directory.entities()

    def _mentions(self, one: Paragraph) -> list[Mention]:
        mentions = []
        firsts = set()
        for name in one.names:
            sentence = max((at for at in one.breaks if at <= name.span.start), default=one.span.start)
            owner = self._text[name.span.end : name.span.end + 2] in ("'s", "’s")
            label, full = self._directory.ask(name, first=sentence not in firsts, owner=owner)
            firsts.add(sentence)
            mentions.append(Mention(name.span, label, full))
        return mentions
