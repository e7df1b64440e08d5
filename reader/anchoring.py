"""Naming a passage so that it can be found again in a changed text, and finding it. Guesses nothing.

The stored position counts only in the very text it was made for. In any other text a passage is the
one whose words *and* surroundings are alike enough, and clearly more alike than those of every other
passage; where two places contend, or none convinces, the anchor is lost, and a person places it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from reader.document import Document, Span
from reader.model import Anchor, Located, Place
from reader.text import is_cluster_edge, one_line

CONTEXT = 32

# Of an altered passage so much of the wording must be left; of a short one, all.
_LEAST_ALIKE = ((24, 1.0), (60, 0.85), (200, 0.75), (1 << 60, 0.65))
# Both surroundings must be there, the better one well. Beside other passages they are alike by 0.3 to 0.45.
_CONTEXT_LEAST, _CONTEXT_BETTER = 0.5, 0.62
# The same for a short or an altered passage; and for the better side where the other one is gone.
_CONTEXT_DOUBTFUL, _CONTEXT_STRONG = 0.58, 0.75
# Between surroundings that are the same, more of the words may have been altered.
_CONTEXT_SURE, _ALLOWANCE = 0.9, 0.15
# A few characters, as at the end of a text, are alike by chance.
_TELLING = 12
_SHORT_QUOTE = 24
# How much more alike the passage must be than the runner-up; and than one that lies nearer to the old
# place, or when its own words were altered.
_LEAD, _LEAD_DOUBTFUL = 0.08, 0.2
# Text may have been put in between a passage and its surroundings: so far they are looked for.
_REACH = 160
_SEED, _SHORT_SEED = 12, 8
_MOST_SEEDS = 80
_MOST_HITS = 200
_MOST_PLACES = 400
_MOST_ALTERED = 12
_BUCKET = 32
# Comparing costs the square of the length: a longer passage is found by its very words or not at all.
_LONGEST_ALTERED = 5000


def describe(document: Document, span: Span) -> Anchor:
    """Return the anchor of `span`: its words, and up to 32 characters on each side in whole clusters."""
    text = document.text
    start = max(span.start - CONTEXT, 0)
    while start < span.start and not is_cluster_edge(text, start):
        start += 1
    end = min(span.end + CONTEXT, len(text))
    while end > span.end and not is_cluster_edge(text, end):
        end -= 1
    return Anchor(span, span.of(text), text[start : span.start], text[span.end : end], document.text_hash)


def locate(document: Document, anchor: Anchor) -> Located:
    """Find the passage again.

    EXACT in the same text; MOVED when the same words are found in another text; CHANGED when some of
    the words were altered but it is surely the same passage; otherwise LOST.
    """
    if not anchor.exact:
        return Located(Place.LOST)
    if anchor.text_hash in ("", document.text_hash) and anchor.span.of(document.text) == anchor.exact:
        return Located(Place.EXACT, anchor.span)
    search = _Search(_even(document.text), _evened(anchor))
    found = search.best()
    if found is None:
        return Located(Place.LOST)
    if one_line(found.span.of(document.text)) != one_line(anchor.exact):
        return Located(Place.CHANGED, found.span)
    return Located(Place.MOVED, found.span)


def _even(text: str) -> str:
    """Return the text with every white space a blank, each in its place: another line end is no change."""
    for space in "\n\t\xa0":
        text = text.replace(space, " ")
    return text


def _evened(anchor: Anchor) -> Anchor:
    return replace(
        anchor, exact=_even(anchor.exact), prefix=_even(anchor.prefix), suffix=_even(anchor.suffix)
    )


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A place and how alike it is to the anchor, each 0..1."""

    span: Span
    quote: float
    before: float
    after: float

    @property
    def context(self) -> float:
        return (self.before + self.after) / 2

    @property
    def score(self) -> float:
        return 0.5 * self.quote + 0.5 * self.context

    @property
    def is_perfect(self) -> bool:
        return self.quote == self.before == self.after == 1.0


class _Search:
    """All candidates of one anchor in one text."""

    def __init__(self, text: str, anchor: Anchor) -> None:
        self._text = text
        self._anchor = anchor

    def best(self) -> _Candidate | None:
        """Return the one candidate that convinces, or None."""
        spans = list(self._same_words())
        if len(spans) > _MOST_PLACES:
            spans = self._same_surroundings(spans)
        candidates = [self._judged(span, 1.0) for span in spans]
        candidates += self._altered(spans)
        ranked = sorted(candidates, key=lambda each: -each.score)
        if not ranked or not self._convinces(ranked[0]):
            return None
        first = ranked[0]
        if any(self._contends(each, first) for each in ranked[1:]):
            return None
        if any(self._empties(each, first) for each in self._emptied()):
            return None
        return first

    def _contends(self, rival: _Candidate, first: _Candidate) -> bool:
        """Tell whether a rival may be the passage as well; sooner if it is nearer to the old place."""
        if rival.span.overlaps(first.span):
            return False
        if rival.is_perfect:
            return True
        nearer = self._is_nearer(rival, first)
        if first.is_perfect and not nearer:
            return False
        lead = _LEAD_DOUBTFUL if nearer or first.quote < 1 else _LEAD
        return first.score - rival.score < lead

    def _empties(self, hole: _Candidate, first: _Candidate) -> bool:
        """Tell whether the passage seems to have been taken out of a place, so that the first is a copy."""
        beside = Span(max(first.span.start - 2 * CONTEXT, 0), first.span.end + 2 * CONTEXT)
        if beside.covers(hole.span) or hole.span.overlaps(beside):
            return False
        lead = _LEAD_DOUBTFUL if self._is_nearer(hole, first) else 0.0
        return first.context - hole.context < lead

    def _is_nearer(self, rival: _Candidate, first: _Candidate) -> bool:
        old = self._anchor.span.start
        return abs(rival.span.start - old) <= abs(first.span.start - old)

    def _convinces(self, candidate: _Candidate) -> bool:
        length = len(self._anchor.exact)
        weaker = min(candidate.before, candidate.after)
        telling = [
            alike
            for alike, context in (
                (candidate.before, self._anchor.prefix),
                (candidate.after, self._anchor.suffix),
            )
            if len(context) >= _TELLING
        ]
        if not telling:
            return candidate.is_perfect
        least_quote = next(least for limit, least in _LEAST_ALIKE if length < limit)
        if weaker >= _CONTEXT_SURE and length >= _SHORT_QUOTE:
            least_quote -= _ALLOWANCE
        if candidate.quote < least_quote or max(telling) < _CONTEXT_BETTER:
            return False
        if length < _SHORT_QUOTE or candidate.quote < 1:
            return weaker >= _CONTEXT_DOUBTFUL
        return weaker >= _CONTEXT_LEAST or (
            max(telling) >= _CONTEXT_STRONG and not self._stands_elsewhere(candidate)
        )

    def _stands_elsewhere(self, candidate: _Candidate) -> bool:
        """Tell whether the side that is missing beside the candidate is found in another place.

        Then the candidate is a copy of a passage that was taken out there; otherwise that side was altered.
        """
        is_before = candidate.before < candidate.after
        context = self._anchor.prefix if is_before else self._anchor.suffix
        pattern = _Pattern(context)
        for offset in range(0, len(context) - _SHORT_SEED + 1, 2):
            for hit in self._hits(context[offset : offset + _SHORT_SEED]):
                low = max(hit - offset - _SHORT_SEED, 0)
                high = min(hit - offset + len(context) + _SHORT_SEED, len(self._text))
                _, errors = pattern.best_in(self._text, low, high)
                if errors <= (1 - _CONTEXT_BETTER) * len(context):
                    return True
        return False

    # ------------------------------------------------------------ where to look

    def _same_words(self) -> Iterator[Span]:
        exact = self._anchor.exact
        at = self._text.find(exact)
        while at >= 0:
            yield Span(at, at + len(exact))
            at = self._text.find(exact, at + 1)

    def _same_surroundings(self, spans: list[Span]) -> list[Span]:
        """Of very many places keep those with some of the stored characters right beside them."""
        before, after = self._anchor.prefix[-8:], self._anchor.suffix[:8]
        kept = [
            span
            for span in spans
            if (before and self._text.endswith(before, 0, span.start))
            or (after and self._text.startswith(after, span.end))
        ]
        return kept[: _MOST_PLACES * 10]

    def _altered(self, same: list[Span]) -> list[_Candidate]:
        """Return the places where the passage may stand with other words, found by pieces of it."""
        exact = self._anchor.exact
        if not _SHORT_QUOTE <= len(exact) <= _LONGEST_ALTERED:
            return []
        found = []
        pattern = _Pattern(exact)
        slack = len(exact) // 3 + 8
        for start in self._likely_starts:
            low = max(start - slack, 0)
            high = min(start + len(exact) + slack, len(self._text))
            span, errors = pattern.best_in(self._text, low, high)
            if not span or any(span.overlaps(each) for each in same):
                continue
            found.append(self._judged(span, max(0.0, 1 - errors / len(exact))))
        return list({each.span: each for each in found}.values())

    def _emptied(self) -> Iterator[_Candidate]:
        """Yield the places where the surroundings stand, but not the words: they may have been deleted."""
        if not self._anchor.prefix or not self._anchor.suffix:
            return
        before, after = _Pattern(self._anchor.prefix), _Pattern(self._anchor.suffix)
        length = len(self._anchor.exact)
        for place in self._likely_starts:
            low = max(place - 3 * CONTEXT, 0)
            left, _ = before.best_in(self._text, low, min(place + 2 * CONTEXT, len(self._text)))
            if left is None:
                continue
            right, _ = after.best_in(
                self._text, left.end, min(left.end + length + 3 * CONTEXT, len(self._text))
            )
            if right is not None:
                yield self._judged(Span(left.end, right.start), 0.0)

    @cached_property
    def _likely_starts(self) -> list[int]:
        """Return where the passage would begin by the votes of its pieces, the likeliest first."""
        prefix, exact = self._anchor.prefix, self._anchor.exact
        whole = prefix + exact + self._anchor.suffix
        step = max(_SEED // 2, len(whole) // _MOST_SEEDS)
        width = max(len(exact) // 4, _BUCKET)
        votes: Counter[int] = Counter()
        for offset in range(0, len(whole) - _SEED + 1, step):
            for hit in self._hits(whole[offset : offset + _SEED]):
                votes[(hit - offset + len(prefix)) // width] += 1
        # A place near the edge of a bucket shares its votes with the neighbour.
        joint = {bucket: count + votes[bucket + 1] for bucket, count in list(votes.items())}
        likely = sorted(joint, key=lambda bucket: -joint[bucket])[:_MOST_ALTERED]
        return [(bucket + 1) * width for bucket in likely]

    def _hits(self, seed: str) -> list[int]:
        hits: list[int] = []
        at = self._text.find(seed)
        while at >= 0 and len(hits) <= _MOST_HITS:
            hits.append(at)
            at = self._text.find(seed, at + 1)
        return hits if len(hits) <= _MOST_HITS else []

    # ------------------------------------------------------------ how alike

    def _judged(self, span: Span, quote: float) -> _Candidate:
        before = self._text[max(span.start - _REACH, 0) : span.start]
        after = self._text[span.end : span.end + _REACH]
        return _Candidate(span, quote, self._prefix.alike(before[::-1]), self._suffix.alike(after))

    @cached_property
    def _prefix(self) -> _Pattern:
        return _Pattern(self._anchor.prefix[::-1])

    @cached_property
    def _suffix(self) -> _Pattern:
        return _Pattern(self._anchor.suffix)


class _Pattern:
    """Approximate matching of one string by edit distance: Myers's bit-parallel method (1999).

    A column of the distance matrix is one integer, so a pattern of any length costs a few operations
    on integers for each character of the text.
    """

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._masks: dict[str, int] = {}
        for index, character in enumerate(pattern):
            self._masks[character] = self._masks.get(character, 0) | 1 << index

    def alike(self, text: str) -> float:
        """Tell how much `text` begins like the pattern, 0..1; a little less when that comes further on."""
        length = len(self._pattern)
        if not length:
            return 0.0 if text else 1.0
        near = min(self._distances(text[: length * 3 // 2], anchored=True), default=length)
        if not near:
            return 1.0
        if length < _TELLING:
            return max(1 - near / length, 0.0)
        far = min(self._distances(text, anchored=False), default=length)
        return max(1 - near / length, 0.9 * (1 - far / length), 0.0)

    def best_in(self, text: str, low: int, high: int) -> tuple[Span | None, int]:
        """Return the stretch of ``text[low:high]`` nearest to the pattern, and the edits between them."""
        ends = list(self._distances(text[low:high], anchored=False))
        if not ends:
            return None, len(self._pattern)
        errors = min(ends)
        end = low + ends.index(errors) + 1
        backwards = _Pattern(self._pattern[::-1])
        starts = list(backwards._distances(text[low:end][::-1], anchored=True))
        start = end - starts.index(min(starts)) - 1
        return _whole_words(text, start, end), errors

    def _distances(self, text: str, *, anchored: bool) -> Iterator[int]:
        """Yield, for each character, the edits between the pattern and the best stretch that ends there.

        `anchored` stretches begin at the first character of the text, others anywhere.
        """
        length = len(self._pattern)
        top, full = 1 << (length - 1), (1 << length) - 1
        plus, minus, distance = full, 0, length
        for character in text:
            equal = self._masks.get(character, 0)
            vertical = equal | minus
            horizontal = (((equal & plus) + plus) ^ plus) | equal
            up = minus | ~(horizontal | plus)
            down = plus & horizontal
            distance += bool(up & top) - bool(down & top)
            up = up << 1 | anchored
            down <<= 1
            plus = (down | ~(vertical | up)) & full
            minus = up & vertical & full
            yield distance


def _whole_words(text: str, start: int, end: int) -> Span:
    """Return the span, widened where an end lies inside a word: half a word was never marked."""
    while 0 < start < end and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while start < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(start, end)
