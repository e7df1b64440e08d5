"""From marked paragraphs to findings: names with their full names, quotations with their speakers.

Two passes over whatever paragraphs are given, both linear: learn every name, then read in order.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reader.analysis import almanac, asides, dates, foreign, rules
from reader.analysis.agreement import Agreement, Knowledge, Votes
from reader.analysis.attribution import voice
from reader.analysis.corrections import Corrections
from reader.analysis.entities import label_of, spelled_out
from reader.analysis.joins import Parts, Weights
from reader.analysis.languages import ENGLISH
from reader.analysis.names import Directory, Name
from reader.analysis.pipeline import Tagged
from reader.analysis.quotes import Attribution, across, attributions
from reader.analysis.regular import completed
from reader.analysis.roles import noun_of
from reader.analysis.words import after_link, sentences
from reader.document import Block, BlockKind, Span
from reader.model import Correction, Entity, Label, Mention, Quote, Remark

_SPEAKERS = frozenset({Label.PERSON, Label.ORG, Label.NORP, Label.GPE})
_LEADING = frozenset({Label.PERSON, Label.ORG})
# The regular kinds that are written alike in most languages.
_SIGNS = frozenset({Label.PERCENT, Label.MONEY, Label.CARDINAL})
# Characters of a paragraph in which every part is compared with every other.
_LONGEST = 12_000
_SILENT = frozenset({BlockKind.CODE, BlockKind.RULE, BlockKind.IMAGE})


# The network now and then takes these for something else than what they are.
_WEEKDAYS = frozenset(almanac.WEEKDAYS)
_UNMARKED = Tagged()

# The votes on each name of a paragraph.
Ballots = list[Votes]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What is found in one paragraph by itself; `breaks` are where its sentences begin.

    `marked` is what the tagger of quotations marked there: what is said is read from it again when a
    correction changes who can speak.
    """

    span: Span
    names: tuple[Name, ...] = ()
    said: tuple[Attribution, ...] = ()
    breaks: tuple[int, ...] = ()
    marked: Tagged = _UNMARKED


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
    names = _names(text, span, tagged)
    return Paragraph(
        span,
        _completed(text, span, names, tagged.language),
        _said(text, span, names, tagged, weights),
        tuple(sentence.start for sentence in sentences(text, start=span.start, end=span.end)),
        replace(tagged, names=(), chances={}),
    )


def _completed(text: str, span: Span, names: Sequence[Name], language: str) -> tuple[Name, ...]:
    """Return the names and the regular kinds; of those, in other languages, what digits and signs tell."""
    found = completed(text, names, start=span.start, end=span.end)
    if language == ENGLISH:
        return found
    return tuple(
        each for each in found if each in names or (each.label in _SIGNS and any(map(str.isdigit, each.text)))
    )


def _said(
    text: str, span: Span, names: Sequence[Name], tagged: Tagged, weights: Weights
) -> tuple[Attribution, ...]:
    """Return what is said in one paragraph in which these are the names."""
    able = _speakers(text, names)
    said: list[Attribution] = []
    for piece in _pieces(text, span):
        speakers = [one for one in able if piece.covers(one)]
        if tagged.language != ENGLISH:
            said += foreign.attributions(text, piece, language=tagged.language, names=speakers)
            continue
        if tagged.parts is None:
            parts = rules.parts(text, piece, speakers)
        else:
            parts = asides.parted(text, piece, _inside(tagged.parts, span.start, piece), speakers)
        said += attributions(text, piece, parts, weights, names=speakers)
    return tuple(said)


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """Cut a monstrous paragraph at blanks, so that what is compared in pairs stays small."""
    start = span.start
    while span.end - start > _LONGEST:
        blank = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        end = blank + 1 if blank >= 0 else start + _LONGEST
        yield Span(start, end)
        start = end
    yield Span(start, span.end)


def _inside(parts: Parts, by: int, piece: Span) -> Parts:
    """Return the parts that lie in `piece`, moved by `by` into the document's offsets."""
    moved = (
        sorted(one for one in (span.shifted(by) for span in spans) if piece.covers(one))
        for spans in (parts.content, parts.cue, parts.source)
    )
    return Parts(*(tuple(spans) for spans in moved))


def _names(text: str, span: Span, tagged: Tagged) -> list[Name]:
    """Return the names that the model marked, with our labels; none overlaps another."""
    found: list[Name] = []
    for place, label in tagged.names:
        here = place.shifted(span.start)
        ours = label_of(label, here.of(text))
        if ours is None or not any(char.isalnum() for char in here.of(text)):
            continue
        if here.of(text) in _WEEKDAYS:
            ours = Label.DATE
        if ours is Label.ORG:
            here = spelled_out(text, here, start=span.start)
        while found and found[-1].span.overlaps(here):
            found.pop()
        found.append(Name(here, ours, " ".join(here.of(text).split()), tagged.chances.get(place)))
    return found


def speakers(text: str, span: Span, tagged: Tagged) -> list[Span]:
    """Return the people and bodies marked in one paragraph that may be a source, in order."""
    return _speakers(text, _names(text, span, tagged))


def _speakers(text: str, names: Sequence[Name]) -> list[Span]:
    """Return the names that can speak: not the owner of a thing, not the first part of a person's role."""
    found = []
    for number, name in enumerate(names):
        after = names[number + 1].span.start if number + 1 < len(names) else len(text)
        role = after - name.span.end < 40 and noun_of(text[name.span.end : after])
        owner = _is_owner(text, name.span)
        if name.label is Label.PERSON or (name.label in _SPEAKERS and not owner and not role):
            found.append(name.span)
    return found


def _is_owner(text: str, name: Span) -> bool:
    """Tell whether a name stands before the ending of one who owns something."""
    return text[name.end : name.end + 2] in ("'s", "’s")


def _near(said: Attribution, mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Return the mentions in the source and shortly before it."""
    if not said.source:
        return ()
    source = said.source[0]
    first = bisect_left(mentions, source.start - 200, key=lambda mention: mention.span.start)
    last = bisect_left(mentions, source.end, key=lambda mention: mention.span.start)
    return mentions[first:last]


class Reading:
    """Reads paragraphs in order, keeping who is known; one reading belongs to one document.

    `date` is the document's, ISO 8601 or "": what "on Thursday" is counted from. `corrections` are those
    that hold for the document, the one that counts most last; `weights` those of the paragraphs.
    """

    def __init__(
        self,
        text: str,
        *,
        knowledge: Knowledge,
        date: str = "",
        weights: Weights | None = None,
        corrections: Sequence[Correction] = (),
    ) -> None:
        self._text = text
        self._weights = weights or {}
        self._corrections = Corrections(text, corrections)
        self._day = dates.day_of(date, text)
        self._agreement = Agreement(knowledge)
        self._directory = Directory(lexicon=knowledge.lexicon, identities=self._corrections.identities)

    def learn(self, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
        """Take in the names of `paragraphs`; return these with the types that the document gives the names.

        To be called before any of them is read. The same as `look`, `vote` and `settle` over all of them.
        """
        corrected = self.look(paragraphs)
        return self.settle(corrected, self.vote(corrected))

    def look(self, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
        """Return the paragraphs with corrected names, and see what stands beside what.

        To be done for all paragraphs before the first vote.
        """
        for one in paragraphs:
            self._agreement.look(self._text, start=one.span.start, end=one.span.end)
        return [self._corrected(one) for one in paragraphs]

    def _corrected(self, one: Paragraph) -> Paragraph:
        """Return the paragraph with what the corrections make of its names, and of who can speak.

        What is said of one place has no vote in another, so the names are corrected there when settled.
        """
        here = self._corrections.names(one.names, one.span)
        if here == one.names:
            return one
        said = _said(self._text, one.span, here, one.marked, self._weights)
        return replace(one, names=self._corrections.names(one.names, one.span, places=False), said=said)

    def vote(self, paragraphs: Sequence[Paragraph]) -> list[Ballots]:
        """Return the votes on each paragraph's names; to be done for all before the first is settled."""
        return [
            self._agreement.vote(self._text, one.names, start=one.span.start, end=one.span.end)
            for one in paragraphs
        ]

    def settle(self, paragraphs: Sequence[Paragraph], ballots: Sequence[Ballots]) -> list[Paragraph]:
        """Return the paragraphs with settled names, and take these in."""
        text = self._text
        settled = []
        for one, own in zip(paragraphs, ballots, strict=True):
            names = self._agreement.settle(text, one.names, own, start=one.span.start, end=one.span.end)
            names = self._corrections.names(names, one.span)
            self._directory.learn(text, names, start=one.span.start, end=one.span.end)
            settled.append(replace(one, names=names))
        return settled

    def read(self, paragraphs: Sequence[Paragraph]) -> Iterator[Findings]:
        """Yield the findings of each of the paragraphs, which follow one another in the document."""
        speaker, spoke = None, -2
        breaks: list[int] = []
        said = across(
            self._text,
            [one.said for one in paragraphs],
            [one.span for one in paragraphs],
            [_speakers(self._text, one.names) for one in paragraphs],
        )
        before: list[Mention] = []
        for number, one in enumerate(paragraphs):
            breaks = [*breaks[-40:], *one.breaks]
            mentions = self._mentions(one)
            quotes = []
            for each, told in zip(said[number], self._corrections.verdicts(said[number]), strict=True):
                if told is not None and told.remark is Remark.NOT_SAID:
                    continue
                says = told and self._corrections.voice(told, each)
                if says and says.speaker:
                    self._directory.spoke(says.speaker, (each.source or each.content)[0].start)
                says = says or voice(
                    self._text,
                    each,
                    mentions=_near(each, [*before, *mentions] if before else mentions)
                    or self._ahead(paragraphs, number, each),
                    directory=self._directory,
                    breaks=breaks,
                    last=speaker,
                    near=number - spoke <= 1,
                )
                if says.speaker:
                    speaker, spoke = says.speaker, number
                quotes.append(
                    Quote(
                        each.kind, each.content, each.quoted, each.cue, each.source, says.speaker, says.reason
                    )
                )
            before = mentions[-20:]
            yield Findings(tuple(mentions), tuple(quotes))

    def _ahead(self, paragraphs: Sequence[Paragraph], number: int, said: Attribution) -> list[Mention]:
        """Return the mentions of the later paragraph in which the source of a long quotation stands."""
        if not said.source or said.source[0].start < paragraphs[number].span.end:
            return []
        later = next(one for one in paragraphs[number:] if one.span.covers(said.source[0]))
        return self._mentions(later)

    def entities(self) -> tuple[Entity, ...]:
        """Return every entity that was met, in the order of the text."""
        return self._directory.entities()

    def _mentions(self, one: Paragraph) -> list[Mention]:
        mentions = []
        firsts = set()
        quoted = sorted(piece for said in one.said for piece in said.quoted)
        for name in one.names:
            sentence = bisect_right(one.breaks, name.span.start)
            owner = _is_owner(self._text, name.span)
            leads = name.label in _LEADING and not after_link(self._text, name.span.start)
            piece = quoted[max(0, bisect_right(quoted, name.span) - 1)] if quoted else None
            label, full = self._directory.ask(
                name,
                first=leads and sentence not in firsts,
                owner=owner,
                quoted=piece is not None and piece.covers(name.span),
            )
            if leads:
                firsts.add(sentence)
            start = one.breaks[sentence - 1] if sentence else one.span.start
            mentions.append(Mention(name.span, label, full, self._value(name, start)))
        return mentions

    def _value(self, name: Name, sentence: int) -> str:
        """Return the value of a date or a time in the sentence that begins at `sentence`."""
        if name.label is Label.DATE:
            return dates.value(self._text, name.span, today=self._day, start=sentence)
        return dates.clock(name.text) if name.label is Label.TIME else ""
