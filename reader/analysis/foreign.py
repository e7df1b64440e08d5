"""Who said what in another language, by its marks and the words that it reports with. Knows no model.

What stands between marks is exact; who said it is the nearest name to the word that reports. Where the
rules are not sure they say nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.analysis.marks import MARKS, Quoted, quoted
from reader.analysis.quotes import Attribution, classified
from reader.analysis.rules import is_quotation
from reader.analysis.tongues import Tongue, tongue_of
from reader.analysis.words import sentences
from reader.document import Span
from reader.model import QuoteKind

# Characters between a quotation and its reporting word, between that word and who reports, and of a source.
_AFTER, _BEFORE, _NEAR, _BESIDE = 60, 120, 40, 2
_STOP = re.compile(r"[.!?;…。！？；](?=\s|$|[^\w\s])|[。！？；]|\n")
_STOPS = frozenset(".!?…。！？")
_DASH = re.compile(r"[–—―]|(?<=\s)-(?=\s)")
_OPENS = re.compile(r"(?:[–—―]|- )\s*(?=[^\s–—―])")
_CAPITAL = r"(?!\d)[^\W_a-zß-ÿа-я][\w’'-]+"
_CAPITALS = re.compile(rf"{_CAPITAL}(?: {_CAPITAL}){{0,3}}")
_CAPITALS_BEFORE = re.compile(rf"(?<!\w)({_CAPITAL}(?: {_CAPITAL}){{0,3}})[ \u00a0]\Z")
_DENSE_LEAST = 8  # characters of a script without blanks that are more than a title or a doubted word
_DENSE_SOURCE = re.compile(r"[^\s，。、；：！？,.;:!?「」『』“”‘’（）()《》]{1,24}$")
# Japanese and Korean mark who speaks; "と" parts a quotation from it; the rest are small words of Chinese.
_PARTICLES = re.compile(r"(?:は|が|も|은|는|이|가|对此|則|则|就|还|還|也|并|並)$")
_FEW = 3  # words between marks with a reporting word right behind them that are speech


@dataclass(frozen=True, slots=True)
class _Scene:
    """A paragraph with what is known of it before anything is joined."""

    text: str
    span: Span
    tongue: Tongue
    marked: Sequence[Quoted]
    names: Sequence[Span]
    sentences: Sequence[Span]

    def free(self, span: Span) -> bool:
        """Tell whether `span` stands outside all quotation marks."""
        at = bisect_left(self.marked, span.end, key=lambda one: one.outer.start)
        return at == 0 or not self.marked[at - 1].outer.overlaps(span)

    def sentence_of(self, at: int) -> Span:
        """Return the sentence that the character `at` is in."""
        place = bisect_right(self.sentences, at, key=lambda one: one.end)
        return self.sentences[place] if place < len(self.sentences) else self.span


def attributions(
    text: str, paragraph: Span, *, language: str, names: Sequence[Span] = ()
) -> list[Attribution]:
    """Return the attributions of one paragraph, in order, in the document's offsets.

    `names` are the people and bodies in it.
    """
    scene = _Scene(
        text,
        paragraph,
        tongue_of(language),
        quoted(text, start=paragraph.start, end=paragraph.end),
        names,
        sentences(text, start=paragraph.start, end=paragraph.end),
    )
    cues = _cues(scene)
    spoken = _dialogue(scene, cues)
    if spoken is not None:
        return [spoken]
    found = _marked(scene, cues)
    used = {cue for one in found for cue in one.cue}
    for cue in cues:
        if cue not in used:
            found += _reported(scene, cue, found)
    found += _according(scene, found)
    return sorted(found, key=lambda one: one.content)


def _cues(scene: _Scene) -> list[Span]:
    if scene.tongue.cue is None:
        return []
    matches = scene.tongue.cue.finditer(scene.text, scene.span.start, scene.span.end)
    return [span for span in (Span(*match.span()) for match in matches) if scene.free(span)]


# ---------------------------------------------------------------- between marks


def _marked(scene: _Scene, cues: Sequence[Span]) -> list[Attribution]:
    """Return what stands between marks and is said, the pieces around one reporting word together."""
    groups: dict[Span, list[Span]] = {}
    told = False
    for stretch in scene.marked:
        cue = _cue_of(scene, stretch, cues)
        if cue is None and not _says_much(scene, stretch) and not (told and _is_sentence(scene, stretch)):
            continue
        told = True
        content = stretch.outer if cue is None else _with_clause(scene, cue, stretch.outer)
        pieces = groups.setdefault(cue or stretch.outer, [])
        if not any(piece.overlaps(content) for piece in pieces):
            pieces.append(content)
    found = []
    for key, pieces in groups.items():
        cue = None if key in pieces else key
        source = _source(scene, cue, pieces) if cue else None
        said = Attribution(
            tuple(sorted(pieces)), cue=(cue,) if cue else (), source=(source,) if source else ()
        )
        found.append(classified(scene.text, said, scene.marked))
    return found


def _says_much(scene: _Scene, stretch: Quoted) -> bool:
    if scene.tongue.spaced:
        return is_quotation(scene.text, stretch)
    return len(stretch.inner) >= _DENSE_LEAST and stretch.outer == scene.span


def _is_sentence(scene: _Scene, stretch: Quoted) -> bool:
    """Tell whether a stretch is a whole sentence, as the rest of a speech is ("…“, sagte sie. „Bald.“)."""
    begins = scene.sentence_of(stretch.outer.start).start == stretch.outer.start
    last = scene.text[stretch.inner.end - 1 : stretch.inner.end]
    behind = scene.text[stretch.outer.end : min(stretch.outer.end + 1, scene.span.end)]
    return begins and any(char in _STOPS for char in (last, behind) if char)


def _cue_of(scene: _Scene, stretch: Quoted, cues: Sequence[Span]) -> Span | None:
    """Return the reporting word that a stretch belongs to: right after it, or before it in the sentence."""
    text = scene.text
    aside = _aside(scene, stretch)
    if aside is not None:
        return aside
    rated = []
    first = bisect_left(cues, stretch.outer.start - _BEFORE - _NEAR, key=lambda cue: cue.start)
    last = bisect_right(cues, stretch.outer.end + _AFTER, key=lambda cue: cue.start)
    for cue in cues[first:last]:
        if cue.start >= stretch.outer.end:
            between = text[stretch.outer.end : cue.start]
            near = len(between) <= _AFTER and not _STOP.search(between) and ":" not in between
            if near and _alone(scene, stretch, len(between)) and not _holds_marks(between):
                rated.append((len(between), cue))
        elif cue.end <= stretch.outer.start:
            between = text[cue.end : stretch.outer.start]
            led = between.rstrip().endswith((":", "：", ",", "，")) or scene.tongue.clause is not None
            near = len(between) <= (_BEFORE if led else _NEAR) and not _STOP.search(between)
            if near and (_says_much(scene, stretch) or _led(scene, between) or not scene.tongue.spaced):
                rated.append((0 if between.rstrip().endswith((":", "：")) else len(between), cue))
    return min(rated, default=(0, None))[1]


def _aside(scene: _Scene, stretch: Quoted) -> Span | None:
    """Return the "so", "selon" or "według" that follows a quotation with a name behind it."""
    pattern = scene.tongue.aside
    gap = re.compile(r"\s?[,–—-]?\s?").match(scene.text, stretch.outer.end, scene.span.end)
    match = (
        pattern.match(scene.text, gap.end() if gap else stretch.outer.end, scene.span.end)
        if pattern
        else None
    )
    if match is None:
        return None
    behind = Span(match.end(), min(scene.span.end, match.end() + _NEAR))
    return (
        Span(*match.span()) if any(behind.covers(Span(n.start, n.start + 1)) for n in scene.names) else None
    )


def _alone(scene: _Scene, stretch: Quoted, gap: int) -> bool:
    """Tell whether a stretch before a reporting word is speech: long, or a sentence's beginning, or ended."""
    if _says_much(scene, stretch) or not scene.tongue.spaced:
        return True
    if gap <= _BESIDE and len(stretch.inner.of(scene.text).split()) >= _FEW:
        return True
    begins = scene.sentence_of(stretch.outer.start).start == stretch.outer.start
    return begins or scene.text[stretch.inner.end - 1 : stretch.inner.end] in tuple(".,!?…")


def _led(scene: _Scene, between: str) -> bool:
    """Tell whether what stands between a reporting word and a short stretch leads to it."""
    if between.rstrip().endswith((":", "：", ",", "，")):
        return True
    return scene.tongue.clause is not None and bool(scene.tongue.clause.search(between))


def _holds_marks(between: str) -> bool:
    return any(char in MARKS and char not in "'’`" for char in between)


def _with_clause(scene: _Scene, cue: Span, content: Span) -> Span:
    """Return the reported clause around a stretch ("… sagte, dass der Plan „tot“ sei"), or the stretch."""
    clause = scene.tongue.clause
    if clause is None or cue.end > content.start:
        return content
    match = clause.search(scene.text, cue.end, content.start)
    if match is None:
        return content
    end = _without_stop(scene.text, match.start(), scene.sentence_of(content.start).end)
    return Span(match.start(), max(content.end, end))


def _without_stop(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in ".!?…:;, \n":
        end -= 1
    return end


# ---------------------------------------------------------------- who reports


def _source(scene: _Scene, cue: Span, pieces: Sequence[Span]) -> Span | None:
    """Return who reports: the nearest name or "die Ministerin" on either side, in the same sentence."""
    if not scene.tongue.spaced:
        return _dense_source(scene, cue)
    low = max([scene.span.start, cue.start - _NEAR, *(p.end for p in pieces if p.end <= cue.start)])
    high = min([scene.span.end, cue.end + _NEAR + 60, *(p.start for p in pieces if p.start >= cue.end)])
    low = max([low, *(m.end() for m in _STOP.finditer(scene.text, low, cue.start))])
    stop = _STOP.search(scene.text, cue.end, high)
    room = Span(low, stop.start() if stop else high)
    rated = []
    for span in (*_candidates(scene, room), *_capitals(scene, cue)):
        gap = cue.start - span.end if span.end <= cue.start else span.start - cue.end
        if 0 <= gap <= _NEAR:
            rated.append((gap, span))
    return min(rated, default=(0, None))[1] or _before_all(scene, cue, pieces)


def _before_all(scene: _Scene, cue: Span, pieces: Sequence[Span]) -> Span | None:
    """Return the name right before a quotation whose verb comes last (Ayşe Yılmaz, “…” dedi)."""
    if not pieces or cue.start < pieces[0].end:
        return None
    near = (name for name in scene.names if 0 <= pieces[0].start - name.end <= _BESIDE)
    return next(near, None)


def _candidates(scene: _Scene, room: Span) -> Iterator[Span]:
    """Yield the names in `room`, and the pronouns and nouns beside a reporting word, each with its name."""
    names = [name for name in scene.names if room.covers(name) and scene.free(name)]
    yield from names
    person = scene.tongue.person
    if person is None:
        return
    for match in person.finditer(scene.text, room.start, room.end):
        span = Span(*match.span())
        touching = [n for n in names if n.overlaps(span)]
        if touching:
            yield Span(min(span.start, touching[0].start), touching[-1].end)
            continue
        behind = next((name for name in names if 0 <= name.start - span.end <= _BESIDE), None)
        yield span if behind is None else Span(span.start, behind.end)


def _capitals(scene: _Scene, cue: Span) -> Iterator[Span]:
    """Yield the capitalised words right beside a reporting word: a surname that only the document knows.

    Before the word that is any noun where nouns have capitals, so there it must stand behind.
    """
    behind = _CAPITALS.match(scene.text, cue.end + 1, scene.span.end)
    if behind is not None and scene.text[cue.end] in " \u00a0" and behind.group()[0].isupper():
        yield Span(*behind.span())
    if not scene.tongue.nouns:
        begin = max(scene.span.start, cue.start - _NEAR)
        before = _CAPITALS_BEFORE.search(scene.text, begin, cue.start)
        if before is not None and before.group(1)[0].isupper():
            yield Span(*before.span(1))


def _dense_source(scene: _Scene, cue: Span) -> Span | None:
    """Return the words before a reporting word in a script without blanks ("市长说")."""
    at = cue.start
    near = bisect_right(scene.marked, cue.start, key=lambda one: one.outer.end)
    for stretch in scene.marked[max(0, near - 1) : near]:  # 市長は「…」と述べた: before the marks
        if 0 <= cue.start - stretch.outer.end <= _BESIDE + 1 and stretch.outer.start != scene.span.start:
            at = stretch.outer.start
    begin = max(scene.span.start, at - 60)
    match = _DENSE_SOURCE.search(scene.text[begin:at].rstrip("、，, "))
    if match is None:
        return None
    start = begin + match.start() + match.group().startswith("と")
    words = _PARTICLES.sub("", scene.text[start : begin + match.end()])
    return Span(start, start + len(words)) if words else None


# ---------------------------------------------------------------- without marks


def _reported(scene: _Scene, cue: Span, taken: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield the clause that a reporting word and its "that" lead in, where somebody is named who says it."""
    clause = scene.tongue.clause
    if clause is None:
        return
    sentence = scene.sentence_of(cue.start)
    source = _source(scene, cue, ())
    if source is None:
        return
    begin = source.end if source.start > cue.end else cue.end
    match = clause.search(scene.text, begin, min(sentence.end, begin + _NEAR))
    between = scene.text[begin : match.start()] if match else ""
    if match is None or not sentence.covers(cue) or between.count(" ") > 3 or _STOP.search(between):
        return
    content = Span(match.start(), max(match.end(), _without_stop(scene.text, match.start(), sentence.end)))
    if (
        not source.overlaps(content)
        and not _is_taken(content, taken)
        and len(content) > match.end() - match.start()
    ):
        yield Attribution((content,), cue=(cue,), source=(source,))


def _according(scene: _Scene, taken: Sequence[Attribution]) -> list[Attribution]:
    """Return what is told after "laut", "selon", "według": the rest of the sentence."""
    pattern = scene.tongue.source
    found: list[Attribution] = []
    if pattern is None:
        return found
    for match in pattern.finditer(scene.text, scene.span.start, scene.span.end):
        cue = Span(*match.span())
        sentence = scene.sentence_of(cue.start)
        near = Span(cue.end, max(cue.end, min(sentence.end, cue.end + _NEAR)))
        known = (name for name in scene.names if near.covers(Span(name.start, name.start)))
        source = next(known, None) or (None if scene.tongue.nouns else next(_capitals(scene, cue), None))
        if source is None or not scene.free(cue) or not sentence.covers(source) or not scene.free(source):
            continue
        content = _rest(scene.text, sentence, cue, source)
        if content is not None and not _is_taken(content, [*taken, *found]):
            found.append(
                classified(scene.text, Attribution((content,), cue=(cue,), source=(source,)), scene.marked)
            )
    return found


def _rest(text: str, sentence: Span, cue: Span, source: Span) -> Span | None:
    """Return the sentence without "laut …", when that stands at one of its ends."""
    end = _without_stop(text, source.end, sentence.end)
    start = source.end
    while start < end and text[start] in ", ":
        start += 1
    if cue.start - sentence.start <= 1:
        return Span(start, end) if end - start > 10 else None
    before = _without_stop(text, sentence.start, cue.start)
    return Span(sentence.start, before) if start >= end and before - sentence.start > 10 else None


def _is_taken(content: Span, taken: Sequence[Attribution]) -> bool:
    return any(content.overlaps(span) for one in taken for span in (*one.content, *one.cue, *one.source))


# ---------------------------------------------------------------- after a dash


def _dialogue(scene: _Scene, cues: Sequence[Span]) -> Attribution | None:
    """Return the speech of a paragraph that begins with a dash ("— Ya voy —dijo Juan—. Espera.")."""
    text, span = scene.text, scene.span
    opener = _OPENS.match(text, span.start, span.end)
    if not scene.tongue.dashes or opener is None:
        return None
    pieces: list[Span] = []
    cue: Span | None = None
    for segment in _segments(text, Span(opener.end(), span.end)):
        own = next((one for one in cues if segment.covers(one)), None)
        if own is not None and pieces and text[segment.start : own.start].count(" ") <= 1:
            cue = cue or own
            continue
        piece = segment
        if own is not None and cue is None:
            comma = text.rfind(",", segment.start, own.start)
            if comma > 0 and text[comma + 1 : own.start].count(" ") <= 4:
                cue, piece = own, Span(segment.start, comma)
        trimmed = _trimmed(text, piece)
        if trimmed is not None:
            pieces.append(trimmed)
    ended = text[span.end - 1] in '.!?…»”"'
    much = sum(piece.of(text).count(" ") for piece in pieces) >= 5
    if not pieces or (cue is None and not (ended and much)):
        return None
    source = _source(scene, cue, pieces) if cue else None
    return Attribution(
        tuple(pieces),
        quoted=tuple(pieces),
        cue=(cue,) if cue else (),
        source=(source,) if source else (),
        kind=QuoteKind.DIRECT,
    )


def _segments(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for match in _DASH.finditer(text, span.start, span.end):
        before, after = text[match.start() - 1], text[match.end() : match.end() + 1]
        if match.start() > start and (before.isspace() or not after.isalnum()):
            yield Span(start, match.start())
            start = match.end()
    if start < span.end:
        yield Span(start, span.end)


def _trimmed(text: str, span: Span) -> Span | None:
    start, end = span.start, span.end
    while start < end and (text[start].isspace() or text[start] in ".,;:"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return Span(start, end) if any(char.isalnum() for char in text[start:end]) else None
