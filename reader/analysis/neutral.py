"""Names in a language that no model is installed for: capitals, lists and titles. Rather misses than errs.

A name is a run of capitalised words that something else speaks for: a title before it, a first name at its
head, a state of that name, a word by which bodies are known, a word that reports beside it.
"""

from __future__ import annotations

import gzip
import importlib.util
import re
import runpy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reader.analysis.languages import NAMES
from reader.analysis.lexicon import CITY, COUNTRY, FIRST_NAME, LANGUAGE, PEOPLE, REGION, TOWN, Lexicon
from reader.analysis.tongues import Tongue, tongue_of
from reader.analysis.words import word_set
from reader.document import Span
from reader.model import Label

TERRITORIES = Path(__file__).resolve().parents[2] / "resources" / "languages" / "territories.gz"
# Scripts without capitals tell nothing here.
CASED = frozenset(NAMES) - word_set(
    "am ar bn fa gu he hi ja ka km kn ko lo ml mr my ne pa ps si ta te th ur zh"
)
_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*[^\W_])?\.?")
# "L'Université", "dell'Italia": what is before the apostrophe is no part of the name.
_ELIDING = frozenset({"ca", "fr", "it"})
_ELISION = re.compile(
    r"\b(?:[LJCSN]|[ldjcsnmt]|[Qq]u|[Dd]ell|[Nn]ell|[Aa]ll|[Dd]all|[Ss]ull|[Uu]n)['’](?=[^\W\d_a-zà-ÿ])"
)
_ARTICLES = word_set("den der des die das")
_PARTICLES = word_set(
    """
    de del della delle dei di da das do dos du des la le van von vom der den ter ten zu zur af av al el
    bin ibn
    """
)
_BODIES = word_set(
    """
    EU UE ЕС ЄС NATO OTAN НАТО UN UNO ONU ООН WHO OMS ВОЗ ВООЗ UNESCO UNICEF FIFA UEFA OPEC IMF FMI МВФ
    OECD OCDE OSCE CIA FBI NASA ESA BBC CNN WTO OMC ASEAN ONZ OSN
    """
)
# Words of clubs, papers and stations that report as people do, in any language.
_NO_PEOPLE = word_set(
    """
    United City FC AC SC Real Club West East North South Football News Times Post Daily Web Media TV
    Radio Press Bank Group Union Air San Santa Saint New Sport Sports Street House Inc Ltd Corp Team Liga
    League Google
    """
)
_INITIAL = re.compile(r"[^\W\d_]\.$")
_PATRONYMIC = re.compile(r"(?:ович|евич|йович|овна|евна|івна|ївна)$")
_SENTENCE = ".!?…:;–—―-\n"
_MARKS_BEFORE = " \t\u00a0\"'“”„«»‘’(["
# German writes every noun with a capital: a place needs one of these before it.
_TO_PLACES = word_set("in aus nach bei stadt raum hauptstadt region")
_LONGEST_NAME = 4
_SHORT_TITLE = 4
_NOT_PEOPLE = COUNTRY | CITY | REGION | TOWN | PEOPLE | LANGUAGE


@dataclass(frozen=True, slots=True)
class _Run:
    """Capitalised words in a row, small particles between them; `begins` a sentence or not."""

    words: tuple[Span, ...]
    told: tuple[str, ...]
    begins: bool
    before: str
    after: str


@dataclass(frozen=True)
class _Rules:
    """What a language and the lists say of words."""

    tongue: Tongue
    lexicon: Lexicon
    territories: frozenset[str]
    stops: frozenset[str]


def names_in(text: str, *, language: str, lexicon: Lexicon) -> list[tuple[Span, Label]]:
    """Return the names in a paragraph, in order, none over another; spans count from its start."""
    if language not in CASED:
        return []
    rules = _Rules(tongue_of(language), lexicon, _territories().get(language, frozenset()), _stops(language))
    if language in _ELIDING:
        text = _ELISION.sub(lambda match: " " * len(match.group()), text)
    found: list[tuple[Span, Label]] = []
    for run in _runs(text, rules):
        found += _names(text, run, rules)
    return found


def _names(text: str, run: _Run, rules: _Rules) -> Iterator[tuple[Span, Label]]:
    """Yield the names of one run: its states and bodies, then who the rest is."""
    if not run.words:
        return
    place = _state(run, rules)
    if place is not None:
        low, high = place
        yield from _names(text, _part(run, 0, low), rules) if low else ()
        yield _over(run, low, high), Label.GPE
        if high < len(run.words):
            yield from _names(text, _part(run, high, len(run.words)), rules)
        return
    body = _body(run, rules)
    if body is not None:
        yield from _names(text, _part(run, 0, body[0]), rules) if body[0] else ()
        yield _over(run, *body), Label.ORG
        return
    person = _person(run, rules)
    if person is not None:
        low, high = person
        yield _over(run, low, _before_origin(run, low, high) if rules.tongue.nouns else high), Label.PERSON
    elif _is_city(run, rules):
        yield _over(run, 0, len(run.words)), Label.GPE


# ---------------------------------------------------------------- runs


def _runs(text: str, rules: _Rules) -> Iterator[_Run]:
    row: list[re.Match[str]] = []
    small: list[re.Match[str]] = []
    before = ""
    lead = ""
    for match in _WORD.finditer(text):
        word = match.group().rstrip(".")
        joined = bool(row) and text[(small or row)[-1].end() : match.start()] in (" ", "\u00a0", "")
        if joined and (small or row)[-1].group().endswith("."):
            joined = _is_short((small or row)[-1].group(), rules)
        if word[0].isupper() and (joined or not row):
            lead = before if not row else lead
            row += [*small, match]
        elif joined and len(small) < 3 and _links(word, small, rules):
            small.append(match)
            before = word
            continue
        else:
            if row:
                yield _run(text, row, lead, rules, after=word if joined or not small else "")
            row, lead = ([match], before) if word[0].isupper() else ([], "")
        small = []
        before = match.group() if text[match.end() : match.end() + 1] in (" ", "\u00a0") else ""
    if row:
        yield _run(text, row, lead, rules, after="")


def _links(word: str, small: Sequence[object], rules: _Rules) -> bool:
    """Tell whether a small word may stand inside a name; a German article only after another ("von der")."""
    return word in _PARTICLES and (not rules.tongue.nouns or bool(small) or word not in _ARTICLES)


def _is_short(word: str, rules: _Rules) -> bool:
    """Tell whether a full stop belongs to the word: an initial, or a title like "Dr."."""
    return bool(_INITIAL.match(word)) or word.lower() in rules.tongue.before_names


def _run(text: str, row: Sequence[re.Match[str]], before: str, rules: _Rules, *, after: str) -> _Run:
    spans = []
    for match in row:
        end = match.end()
        if match.group().endswith(".") and not _is_short(match.group(), rules):
            end -= 1
        spans.append(Span(match.start(), end))
    at = spans[0].start
    while at > 0 and text[at - 1] in _MARKS_BEFORE:
        at -= 1
    begins = at == 0 or text[at - 1] in _SENTENCE
    run = _Run(tuple(spans), tuple(span.of(text) for span in spans), begins, "" if begins else before, after)
    # "Der", "La", "W" at the head of a sentence have their capital from there.
    if begins and len(spans) > 1 and run.told[0].lower() in rules.stops:
        return _part(run, 1, len(spans))
    return run


def _part(run: _Run, low: int, high: int) -> _Run:
    """Return some words of a run; particles at its ends fall away."""
    while low < high and run.told[low] in _PARTICLES:
        low += 1
    while high > low and run.told[high - 1] in _PARTICLES:
        high -= 1
    return _Run(
        run.words[low:high],
        run.told[low:high],
        run.begins and low == 0,
        run.told[low - 1] if low else run.before,
        run.told[high] if high < len(run.told) else run.after,
    )


def _over(run: _Run, low: int, high: int) -> Span:
    return Span(run.words[low].start, run.words[high - 1].end)


# ---------------------------------------------------------------- what a run is


def _state(run: _Run, rules: _Rules) -> tuple[int, int] | None:
    for low in range(len(run.told)):
        for high in range(min(len(run.told), low + 6), low, -1):
            phrase = " ".join(run.told[low:high])
            own = phrase.removesuffix("s") if rules.tongue.nouns else phrase
            if phrase in rules.territories or own in rules.territories:
                return low, high
    return None


def _person(run: _Run, rules: _Rules) -> tuple[int, int] | None:
    """Return the words of a run that name a person, when something says so."""
    told = run.told
    titled = run.before.lower() in rules.tongue.before_names
    first = 0
    for number, word in enumerate(told):
        # "General Motors" is no general; "Mme Martin" and "M. Dupont" are addressed so.
        alone = rules.tongue.nouns or len(word) <= _SHORT_TITLE
        if word.lower() in rules.tongue.before_names and (alone or len(told) - number > 2):
            first, titled = number + 1, True
    # "die Bürgermeisterin von Brenholm" is not called so; "Herr von Thal" is.
    if first and first < len(told) and told[first] in _PARTICLES and len(told[first - 1]) > _SHORT_TITLE:
        return None
    rest = told[first:]
    if not rest or len(rest) > _LONGEST_NAME or all(word.isupper() and len(word) > 2 for word in rest):
        return None
    if titled and not (len(rest) == 1 and (len(rest[0]) < 3 or rules.lexicon.of(rest[0]) & _NOT_PEOPLE)):
        return first, len(told)
    if any(word in _NO_PEOPLE for word in rest):
        return None
    return _by_its_words(run, first, rules) or _beside_a_cue(run, first, rules)


def _before_origin(run: _Run, low: int, high: int) -> int:
    """Return where a name ends that "von" or "vom" with something else follows ("Eva Thal vom Amt")."""
    small = [at for at in range(low + 2, high) if run.told[at] in _PARTICLES]
    return small[0] if small else high


def _by_its_words(run: _Run, first: int, rules: _Rules) -> tuple[int, int] | None:
    told = run.told
    last = len(told) - 1
    latest = last if rules.tongue.nouns else first + run.begins
    for number in range(first, min(last, latest + 1)):
        word = told[number]
        known = rules.lexicon.of(word)
        if known & FIRST_NAME and not known & (_NOT_PEOPLE & ~TOWN) and word.lower() not in rules.stops:
            return number, len(told)
    for number in range(first, min(last, first + run.begins + 1)):
        if _INITIAL.match(told[number]) and len(told[last]) > 2:
            return number, len(told)
    if last > first and any(_PATRONYMIC.search(word) for word in told[first + 1 :]):
        return first, len(told)
    return None


def _beside_a_cue(run: _Run, first: int, rules: _Rules) -> tuple[int, int] | None:
    """Return a run of two or three words right beside a word that reports."""
    cue = rules.tongue.cue
    rest = [word for word in run.told[first:] if word not in _PARTICLES]
    if cue is None or rules.tongue.nouns or len(rest) not in (2, 3):
        return None
    reports = any(cue.fullmatch(word) for word in (run.before, run.after) if word)
    plain = all(word[1:].islower() or "-" in word for word in rest)
    strange = any(rules.lexicon.of(word) & (COUNTRY | CITY | PEOPLE | LANGUAGE) for word in rest)
    return (first, len(run.told)) if reports and plain and not strange else None


def _body(run: _Run, rules: _Rules) -> tuple[int, int] | None:
    told = run.told
    for number, word in enumerate(told):
        if word in _BODIES:
            return number, number + 1
    for number, word in enumerate(told):
        if word in rules.tongue.heads and len(told) > 1:
            small = max((at + 1 for at in range(number) if told[at] in _PARTICLES), default=0)
            low = small if number == len(told) - 1 else number
            return (low, len(told)) if len(told) - low > 1 else None
    return None


def _is_city(run: _Run, rules: _Rules) -> bool:
    phrase = " ".join(run.told)
    known = rules.lexicon.of(phrase)
    if not known & CITY or known & FIRST_NAME or run.begins or len(phrase) < 4:
        return False
    return not rules.tongue.nouns or run.before.lower() in _TO_PLACES


# ---------------------------------------------------------------- lists


@cache
def _territories() -> dict[str, frozenset[str]]:
    lines = gzip.decompress(TERRITORIES.read_bytes()).decode("utf-8").splitlines()
    return {code: frozenset(names.split("|")) for code, _, names in (line.partition("\t") for line in lines)}


@cache
def _stops(language: str) -> frozenset[str]:
    """Return the words of a language that say little; spaCy lists them for most."""
    spec = importlib.util.find_spec("spacy")
    file = Path(spec.origin or "").parent / "lang" / language / "stop_words.py" if spec else None
    if file is None or not file.is_file():
        return frozenset()
    # The list alone: the package around it takes seconds to import for some languages.
    words: frozenset[str] = frozenset(runpy.run_path(str(file))["STOP_WORDS"])
    return words
