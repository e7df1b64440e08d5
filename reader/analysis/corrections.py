"""What a person says against the machine, looked up while one text is read. Changes no text.

What reaches beyond its place holds for the same words: a name that is spelled alike, or stands unmarked
in just these letters; a quotation from a source named in the same words, or of the same words. In its
place a correction holds for what stands there. Of what is said of the same thing the later word counts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.analysis.attribution import Voice
from reader.analysis.identity import Identities, key_of, spelling, untitled
from reader.analysis.names import Name
from reader.analysis.quotes import Attribution
from reader.analysis.words import word_set
from reader.document import Span
from reader.model import Correction, Label, Remark, Scope

_NAMING = (Remark.IS_A, Remark.NOT_A_NAME)
_MEANING = (Remark.ONE_WITH, Remark.APART)
_WORD = re.compile(r"\w+")
_MARKS = re.compile(r"[\"“”„«»‹›‘’‚'「」『』]+")
_EDGES = " .,;:!?…-–—"
_PRONOUNS = word_set("he she they it i we you who which that whom him her them us me this these those one")
# How much of all that two stretches cover both must cover, to be the same quotation.
_SAME = 0.5


def words_key(words: str) -> str:
    """Return what the same words share wherever they are quoted: no marks, no capitals, no last stop."""
    return " ".join(_MARKS.sub("", words.casefold()).split()).strip(_EDGES)


def source_key(words: str) -> str:
    """Return what the same source shares wherever it is named; "" for a pronoun, which means many."""
    key = re.sub(r"^(?:the|an?) ", "", words_key(words))
    return "" if key in _PRONOUNS else key


class Corrections:
    """The corrections of one text, in the order in which they count: the last one most.

    Those of one place hold where their anchor's words stand in this very text; others are left out, so
    they are to be looked for in a changed text before (`reader.correcting.placed`).
    """

    def __init__(self, text: str, corrections: Sequence[Correction] = ()) -> None:
        ours = [one for one in corrections if _stands(text, one)]
        self.identities = Identities([one for one in ours if one.remark in _MEANING])
        self._text = text
        self._names = _Names([one for one in ours if one.remark in _NAMING])
        self._quotes = _Quotes([one for one in ours if one.remark not in (*_NAMING, *_MEANING)])

    def names(self, names: Sequence[Name], span: Span, *, places: bool = True) -> tuple[Name, ...]:
        """Return the names of the paragraph at `span` as they are corrected, in order, none overlapping.

        Without `places`, only by what reaches beyond its place. Doing it twice is doing it once.
        """
        if not self._names:
            return tuple(names)
        return self._names.corrected(self._text, names, span, places=places)

    def verdicts(self, said: Sequence[Attribution]) -> list[Correction | None]:
        """Return what is said of each attribution of a paragraph: NOT_SAID, SAID_BY or nothing."""
        if not self._quotes:
            return [None] * len(said)
        return self._quotes.verdicts(self._text, said)

    def voice(self, told: Correction, said: Attribution) -> Voice:
        """Return who says `said` by the correction SAID_BY, and that it is one."""
        if not told.other.strip():
            return Voice(None, "your correction: the speaker is not known")
        same = self.identities.told(told.other)
        speaker = same.name if same else " ".join(told.other.split())
        if told.scope is Scope.HERE or not told.source:
            return Voice(speaker, "your correction")
        return Voice(speaker, f"“{_source(self._text, said)}” = {speaker}, your correction")


def _stands(text: str, one: Correction) -> bool:
    anchor = one.anchor
    return one.scope is not Scope.HERE or (anchor is not None and anchor.span.of(text) == anchor.exact)


# ---------------------------------------------------------------- names


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words that are a name wherever they stand; `lead` are the characters before their first word."""

    pattern: re.Pattern[str]
    label: Label
    lead: int


class _Names:
    """What is said of names: that they are of a type, or none."""

    def __init__(self, corrections: Sequence[Correction]) -> None:
        self._general: dict[str, tuple[int, Correction]] = {}
        self._people: dict[str, tuple[int, Correction]] = {}
        self._here: dict[Span, Correction] = {}
        self._spans: list[Span] = []
        for order, one in enumerate(corrections):
            if one.scope is not Scope.HERE:
                self._general[spelling(one.text)] = order, one
                if one.label is Label.PERSON:
                    self._people[key_of(one.text)] = order, one
        self._take_places(corrections)
        self._phrases = self._all_phrases()

    def __bool__(self) -> bool:
        return bool(self._general or self._here)

    def _take_places(self, corrections: Sequence[Correction]) -> None:
        """Keep of the places those of which nothing is said later, from the last to the first."""
        for order, one in reversed(list(enumerate(corrections))):
            if one.scope is not Scope.HERE or one.anchor is None:
                continue
            span = one.anchor.span
            later = self._verdict(one.text)
            if (later is None or later[0] < order) and not _touched(self._spans, span):
                insort(self._spans, span)
                self._here[span] = one

    def _verdict(self, words: str) -> tuple[int, Correction] | None:
        """Return the last word on a name spelled so, with its number; titles matter for people alone."""
        found = (self._general.get(spelling(words)), self._people.get(key_of(words)))
        return max((one for one in found if one), key=lambda one: one[0], default=None)

    def _all_phrases(self) -> dict[str, list[_Phrase]]:
        """Return the names that are found unmarked, by their first word, the longest first."""
        phrases: dict[str, dict[str, _Phrase]] = {}
        for _, one in self._general.values():
            words = " ".join(one.text.split())
            forms = {words, untitled(words)} if one.label is Label.PERSON else {words}
            for form in forms:
                verdict, first = self._verdict(form), _WORD.search(form)
                if verdict is None or verdict[1].label is None or first is None:
                    continue
                body = r"\s+".join(re.escape(part) for part in form.split(" "))
                pattern = re.compile(rf"(?<!\w){body}(?!\w)")
                found = _Phrase(pattern, verdict[1].label, first.start())
                phrases.setdefault(first.group(), {})[form] = found
        return {
            first: [forms[form] for form in sorted(forms, key=lambda form: (-len(form), form))]
            for first, forms in phrases.items()
        }

    def corrected(self, text: str, names: Sequence[Name], span: Span, *, places: bool) -> tuple[Name, ...]:
        here = self._inside(span) if places else []
        free = [name for name in names if not _touched(here, name.span)]
        kept = [each for name in free if (each := self._relabelled(name)) is not None]
        found = [name for name in self._found(text, span) if not _touched(here, name.span)]
        kept = _merged(kept, found)
        for place in here:
            label = self._here[place].label
            if label is not None:
                kept.append(Name(place, label, " ".join(place.of(text).split())))
        return tuple(sorted(kept, key=lambda name: name.span))

    def _inside(self, span: Span) -> list[Span]:
        first = bisect_left(self._spans, Span(span.start, span.start))
        last = bisect_left(self._spans, Span(span.end, span.end))
        return [place for place in self._spans[first:last] if span.covers(place)]

    def _relabelled(self, name: Name) -> Name | None:
        verdict = self._verdict(name.text)
        if verdict is None:
            return name
        label = verdict[1].label
        return None if label is None else Name(name.span, label, name.text)

    def _found(self, text: str, span: Span) -> Iterator[Name]:
        """Yield the phrases that stand in the paragraph, from left to right, the longest of each place."""
        if not self._phrases:
            return
        at = span.start
        for match in _WORD.finditer(text, span.start, span.end):
            for phrase in self._phrases.get(match.group(), ()):
                start = match.start() - phrase.lead
                found = phrase.pattern.match(text, start, span.end) if start >= at else None
                if found is not None:
                    at = found.end()
                    yield Name(Span(*found.span()), phrase.label, " ".join(found.group().split()))
                    break


def _merged(names: Sequence[Name], found: Sequence[Name]) -> list[Name]:
    """Return the names and those found by their words, which yield to longer names around them only."""
    if not found:
        return list(names)
    spans = [name.span for name in found]
    kept = [
        name
        for name in names
        if not (hit := _touching(spans, name.span)) or all(name.span.covers(other) for other in hit)
    ]
    own = [name.span for name in kept]
    return kept + [name for name in found if not _touched(own, name.span)]


def _touching(spans: Sequence[Span], span: Span) -> Sequence[Span]:
    """Return those of the sorted spans, which don't overlap one another, that overlap `span`."""
    first = max(0, bisect_right(spans, Span(span.start, span.start)) - 1)
    last = bisect_left(spans, Span(span.end, span.end))
    return [one for one in spans[first:last] if one.overlaps(span)]


def _touched(spans: Sequence[Span], span: Span) -> bool:
    return bool(_touching(spans, span))


# ---------------------------------------------------------------- quotations


class _Quotes:
    """What is said of quotations: that they are none, or who says them."""

    def __init__(self, corrections: Sequence[Correction]) -> None:
        self._by_words: dict[str, tuple[int, Correction]] = {}
        self._by_source: dict[str, tuple[int, Correction]] = {}
        here: list[tuple[Span, int, Correction]] = []
        for order, one in enumerate(corrections):
            source = source_key(one.source) if one.remark is Remark.SAID_BY else ""
            if one.scope is Scope.HERE and one.anchor is not None:
                here.append((one.anchor.span, order, one))
            elif source:
                self._by_source[source] = order, one
            else:
                self._by_words[words_key(one.text)] = order, one
        self._here = sorted(here, key=lambda each: each[:2])

    def __bool__(self) -> bool:
        return bool(self._here or self._by_words or self._by_source)

    def verdicts(self, text: str, said: Sequence[Attribution]) -> list[Correction | None]:
        placed = self._placed([_extent(one) for one in said])
        found: list[Correction | None] = []
        for number, one in enumerate(said):
            words = " ".join(span.of(text) for span in one.content) if self._by_words else ""
            own = _last(placed.get(number), self._by_words.get(words_key(words)))
            if own is not None and own[1].remark is Remark.NOT_SAID:
                found.append(own[1])
                continue
            source = source_key(_source(text, one)) if self._by_source else ""
            last = _last(own, self._by_source.get(source))
            found.append(last[1] if last else None)
        return found

    def _placed(self, extents: Sequence[Span]) -> dict[int, tuple[int, Correction]]:
        """Return the last word on the quotation in its place, by the number of the quotation.

        A place means the one quotation that is most alike to what stood there.
        """
        best: dict[int, tuple[float, int, Correction]] = {}
        for number, extent in enumerate(extents):
            # What shares half of all that both cover begins at most a length before.
            low = bisect_left(self._here, extent.start - len(extent), key=lambda each: each[0].start)
            high = bisect_left(self._here, extent.end, key=lambda each: each[0].start)
            for span, order, one in self._here[low:high]:
                alike = _alike(span, extent)
                if alike >= _SAME and (order not in best or alike > best[order][0]):
                    best[order] = alike, number, one
        placed: dict[int, tuple[int, Correction]] = {}
        for order in sorted(best):
            _, number, one = best[order]
            placed[number] = order, one
        return placed


def _last(*found: tuple[int, Correction] | None) -> tuple[int, Correction] | None:
    return max((one for one in found if one), key=lambda one: one[0], default=None)


def _extent(said: Attribution) -> Span:
    return Span(said.content[0].start, said.content[-1].end)


def _alike(one: Span, other: Span) -> float:
    """Tell how much of all that two stretches cover both cover, 0..1."""
    shared = max(0, min(one.end, other.end) - max(one.start, other.start))
    return shared / max(1, max(one.end, other.end) - min(one.start, other.start))


def _source(text: str, said: Attribution) -> str:
    return " ".join(" ".join(span.of(text).split()) for span in said.source)
