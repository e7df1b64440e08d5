"""Look for highlights in changed texts full of look-alikes: ``python -m tools.lookalikes [--trials N]``.

Every text says many things twice or nearly twice: sentences and paragraphs come again, whole or with a word
changed. A passage that comes again is marked, the text is changed in one of seven ways, and the passage is
looked for with the old text at hand (`reader.aligning`) and, for comparison, without (`reader.anchoring`).
What is right is known by the identity of each word, not by its letters. Found: of the passages whose words
are still there, those that were put where they are. Wrong: put anywhere else, or though they were
deleted.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from reader.aligning import Alignment
from reader.anchoring import describe, locate
from reader.document import Document, Span
from reader.model import Located, Place

_COMMON = re.findall(
    r"\w+",
    "the of and a to in that it was for on with as had not but at by this from or have an they were which "
    "her all she there would their we him been has when who will no more if out so said what up its about",
)
_SYLLABLES = re.findall(
    r"\w+", "ba ker lo min tra sel vor den ka ti ro nas pel gri hum fo ster wen dal ju mo ran bis cor"
)
KINDS = ("words", "sentences", "moved", "deleted", "copied", "noise", "all of it")
LENGTHS = (1, 2, 3, 5, 8, 13, 25, 60)

# A word with a number of its own; one that comes anew has none.
Word = tuple[int, str]
Sentence = list[Word]
Paragraph = list[Sentence]


@dataclass(slots=True)
class Trial:
    """A text with a marked passage, the text after the change, and where the passage is then.

    `truth` is None when its words are not there any more; `rest` covers those that are left of it.
    """

    kind: str
    length: int
    old: str
    span: Span
    new: str
    truth: Span | None
    rest: Span | None


def _word(rng: random.Random) -> str:
    if rng.random() < 0.45:
        return str(rng.choice(_COMMON))
    return "".join(str(rng.choice(_SYLLABLES)) for _ in range(rng.randint(2, 3)))


class _Writer:
    """Writes texts; each word that it writes has a number of its own."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self._count = 0

    def numbered(self, words: Sequence[str]) -> Sentence:
        """Return words as new ones."""
        self._count += len(words)
        return list(zip(range(self._count - len(words), self._count), words, strict=True))

    def sentence(self) -> Sentence:
        """Return a new sentence."""
        return self.numbered([_word(self.rng) for _ in range(self.rng.randint(4, 18))] + ["."])

    def copy(self, sentence: Sentence, *, nearly: bool) -> Sentence:
        """Return a sentence of the same words, or nearly."""
        words = [word for _, word in sentence]
        if nearly:
            words[self.rng.randrange(len(words))] = _word(self.rng)
        return self.numbered(words)

    def text(self) -> list[Paragraph]:
        """Return a text of which a good third was said before."""
        rng = self.rng
        text = [[self.sentence() for _ in range(rng.randint(2, 6))] for _ in range(rng.randint(5, 14))]
        for _ in range(rng.randint(2, 5)):
            again = [self.copy(each, nearly=rng.random() < 0.4) for each in rng.choice(text)]
            text.insert(rng.randrange(len(text) + 1), again)
        for _ in range(rng.randint(4, 10)):
            again_one = self.copy(rng.choice(rng.choice(text)), nearly=rng.random() < 0.5)
            paragraph = rng.choice(text)
            paragraph.insert(rng.randrange(len(paragraph) + 1), again_one)
        return text


def _written(text: list[Paragraph]) -> tuple[str, dict[int, Span]]:
    """Return the characters of a text, and where its numbered words stand."""
    places: dict[int, Span] = {}
    out: list[str] = []
    at = 0
    for paragraph in text:
        for word in (word for sentence in paragraph for word in sentence):
            glue = "" if not out or word[1] == "." or out[-1].endswith("\n") else " "
            out.append(glue + word[1])
            at += len(glue)
            places[word[0]] = Span(at, at + len(word[1]))
            at += len(word[1])
        out.append("\n\n")
        at += 2
    return "".join(out), places


class _Editor:
    """Changes a text by so much (0 to 0.3)."""

    def __init__(self, writer: _Writer, rate: float) -> None:
        self._writer, self._rng, self._rate = writer, writer.rng, rate

    def words(self, text: list[Paragraph]) -> None:
        """Take out, replace, and put in words."""
        for paragraph in text:
            paragraph[:] = [self._reworded(sentence) for sentence in paragraph]

    def _reworded(self, sentence: Sentence) -> Sentence:
        out: Sentence = []
        for word in sentence:
            if self._rng.random() >= self._rate:
                out.append(word)
            elif (deed := self._rng.randrange(3)) == 1:
                other = _word(self._rng)
                out += self._writer.numbered([other if other != word[1] else f"{other}s"])
            elif deed == 2:
                out += [word, *self._writer.numbered([_word(self._rng)])]
        return out

    def sentences(self, text: list[Paragraph]) -> None:
        """Take out, replace, and put in sentences."""
        for paragraph in text:
            out: Paragraph = []
            for sentence in paragraph:
                if self._rng.random() >= self._rate:
                    out.append(sentence)
                elif (deed := self._rng.randrange(3)) == 1:
                    out.append(self._writer.sentence())
                elif deed == 2:
                    out += [sentence, self._writer.sentence()]
            paragraph[:] = out

    def moved(self, text: list[Paragraph]) -> None:
        """Move paragraphs, and change some words."""
        for _ in range(max(1, round(self._rate * len(text)))):
            paragraph = text.pop(self._rng.randrange(len(text)))
            text.insert(self._rng.randrange(len(text) + 1), paragraph)
        _Editor(self._writer, self._rate / 4).words(text)

    def noise(self, text: list[Paragraph]) -> None:
        """Misread letters, part words and join them."""
        for paragraph in text:
            for sentence in paragraph:
                sentence[:] = [
                    self._writer.numbered([self._misread(word[1])])[0]
                    if self._rng.random() < self._rate
                    else word
                    for word in sentence
                ]

    def _misread(self, word: str) -> str:
        if word == ".":
            return self._rng.choice(",:'")
        at = self._rng.randrange(len(word))
        deed = self._rng.randrange(4)
        if deed == 0:
            return word[:at] + self._rng.choice("I1yz0") + word[at + 1 :]
        if deed == 1 and at:
            return f"{word[:at]} {word[at:]}"
        return (
            word[:at] + self._rng.choice("ilrt") + word[at:]
            if deed == 2
            else word[:at] + word[at + 1 :] + "x"
        )


def _take_out(text: list[Paragraph], kept: set[int], rng: random.Random) -> None:
    """Delete the passage: its words alone, its sentence, or its paragraph."""
    deed = rng.randrange(3)
    for paragraph in list(text):
        if not any(word[0] in kept for sentence in paragraph for word in sentence):
            continue
        if deed == 2:
            text.remove(paragraph)
            continue
        for sentence in list(paragraph):
            if any(word[0] in kept for word in sentence):
                if deed == 1:
                    paragraph.remove(sentence)
                else:
                    sentence[:] = [word for word in sentence if word[0] not in kept]


def _copy_around(text: list[Paragraph], writer: _Writer, number: int) -> None:
    """Before the change: let the paragraph of the passage come again, one word of it another."""
    rng = writer.rng
    paragraph = text[number]
    again = [writer.copy(each, nearly=False) for each in paragraph]
    sentence = rng.choice(again)
    sentence[rng.randrange(len(sentence))] = writer.numbered([_word(rng)])[0]
    text.insert(rng.randrange(len(text) + 1), again)


def trial(seed: int, *, kind: str = "", length: int = 0) -> Trial:
    """Return a trial; the same for the same seed."""
    rng = random.Random(seed)
    kind, length = kind or KINDS[seed % len(KINDS)], length or LENGTHS[seed // len(KINDS) % len(LENGTHS)]
    writer = _Writer(rng)
    text = writer.text()
    marked = _marked(text, rng, length)
    numbers = [word[0] for word in marked]
    if kind in ("deleted", "copied"):
        inside = next(i for i, p in enumerate(text) if any(w[0] == numbers[0] for s in p for w in s))
        _copy_around(text, writer, inside)
    old, places = _written(text)
    span = Span(places[numbers[0]].start, places[numbers[-1]].end)
    text = [[list(sentence) for sentence in paragraph] for paragraph in text]
    rate = rng.uniform(0, 0.3)
    editor = _Editor(writer, rate)
    if kind in ("words", "all of it", "copied"):
        editor.words(text)
    if kind in ("sentences", "all of it"):
        editor.sentences(text)
    if kind in ("moved", "all of it"):
        editor.moved(text)
    if kind == "noise":
        editor.noise(text)
    if kind == "deleted":
        _take_out(text, set(numbers), rng)
        _Editor(writer, rate / 2).words(text)
    new, now = _written(text)
    left = [now[number] for number in numbers if number in now]
    truth = None
    if len(left) == len(numbers):
        whole = Span(left[0].start, left[-1].end)
        truth = whole if whole.start < whole.end and whole.of(new).split() == span.of(old).split() else None
    rest = Span(min(each.start for each in left), max(each.end for each in left)) if left else None
    return Trial(kind, length, old, span, new, truth, rest)


def _marked(text: list[Paragraph], rng: random.Random, length: int) -> Sentence:
    """Return a passage of so many words inside a paragraph, most often one that is said elsewhere, too."""
    counts = Counter(_key(sentence) for paragraph in text for sentence in paragraph)
    for number in range(200):
        paragraph = rng.choice(text)
        words = [word for sentence in paragraph for word in sentence]
        if len(words) < length:
            if number > 150:
                return words
            continue
        twice = [each for each in paragraph if counts[_key(each)] > 1]
        if not twice and number < 100:
            continue
        begin = words.index(rng.choice(rng.choice(twice or paragraph)))
        begin = min(begin, len(words) - length)
        if words[begin][1] != "." or length > 1:
            return words[begin : begin + length]
    return [text[0][0][0]]


def _key(sentence: Sentence) -> tuple[str, ...]:
    return tuple(word for _, word in sentence[:4])


@dataclass(slots=True)
class Score:
    """How many there were, survived, were found, were put elsewhere; `changed` were told to be altered."""

    trials: int = 0
    survived: int = 0
    found: int = 0
    wrong: int = 0
    changed: int = 0
    wrongs: list[int] = field(default_factory=list)

    def count(self, one: Trial, located: Located, seed: int) -> None:
        """Add the outcome of one trial."""
        self.trials += 1
        self.survived += one.truth is not None
        if located.span is None:
            return
        self.changed += located.place is Place.CHANGED
        right = one.rest is not None and located.span.overlaps(one.rest)
        if located.place is not Place.CHANGED and one.truth is not None:
            right = located.span == one.truth
        self.found += one.truth is not None and located.span == one.truth
        if not right:
            self.wrong += 1
            self.wrongs.append(seed)


def with_old_text(one: Trial) -> Located:
    """Look for the passage of a trial with the old text at hand."""
    return Alignment(one.old, one.new).locate(one.span)


def without(one: Trial) -> Located:
    """Look for it by what the anchor holds."""
    return locate(Document(one.new, ()), describe(Document(one.old, ()), one.span))


def score(seeds: Sequence[int], look: Callable[[Trial], Located]) -> dict[str, Score]:
    """Return the scores by kind of change ("words") and by length ("3 words"), and of "all"."""
    scores: dict[str, Score] = {}
    for seed in seeds:
        one = trial(seed)
        located = look(one)
        for key in ("all", one.kind, f"{one.length} words"):
            scores.setdefault(key, Score()).count(one, located, seed)
    return scores


def main() -> None:
    """Print two tables."""
    parser = argparse.ArgumentParser(prog="python -m tools.lookalikes", description=__doc__)
    parser.add_argument("--trials", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--aligned", action="store_true", help="with the old text alone")
    options = parser.parse_args()
    seeds = range(options.seed, options.seed + options.trials)
    ways = [("with the old text", with_old_text), ("by words and surroundings alone", without)]
    for title, look in ways[: 1 if options.aligned else 2]:
        start = time.perf_counter()
        scores = score(seeds, look)
        took = (time.perf_counter() - start) / len(seeds) * 1000
        print(f"{title} ({took:.1f} ms each, making it included)")
        print(f"{'':12}{'trials':>8}{'survive':>9}{'found':>8}{'':>8}{'wrong':>7}{'changed':>9}")
        keys = ["all", *KINDS, *(f"{length} words" for length in LENGTHS)]
        for key in keys:
            s = scores.get(key, Score())
            share = f"{100 * s.found / s.survived:.1f} %" if s.survived else ""
            print(f"{key:12}{s.trials:8}{s.survived:9}{s.found:8}{share:>8}{s.wrong:7}{s.changed:9}", end="")
            print(f"   {s.wrongs[:8]}" if key == "all" and s.wrongs else "")
        print()


if __name__ == "__main__":
    main()
