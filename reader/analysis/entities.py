"""The types of names: how models' labels map to ours. Knows no document."""

from __future__ import annotations

import re

from reader.analysis.words import word_set, words
from reader.model import Label, Span

_OTHER_NAMES = {"PER": Label.PERSON, "PERSON": Label.PERSON, "LOCATION": Label.LOC, "ORGANIZATION": Label.ORG}
_LAND = re.compile(
    r"\b(?:Seas?|Oceans?|Lakes?|Rivers?|Gulf|Bay|Straits?|Channel|Canal|Mountains?|Mount|Mt\.?|Hills?|Valley|Delta"
    r"|Deserts?|Peninsula|Plateau|Basin|Forest|Coast|Cape|Horn|Cone|Hemisphere|Equator|Continent|Himalayas?|Alps|Andes"
    r"|Sahara|Sahel|Balkans|Caucasus|Levant|Maghreb|Middle East|Far East|Near East|South Asia|Southeast Asia"
    r"|East Asia|Central Asia|Latin America|Central America|South America|North America|Caribbean|Scandinavia"
    r"|Africa|Europe|Asia|Antarctica|Arctic|Oceania|Eurasia|Earth|Moon|Mars|Atlantic|Pacific|Mediterranean|Nile"
    r"|Ganges|Mekong|Danube|Amazon|Everest|Sub-Saharan Africa|Islands?)\b"
)
_STATES = {
    "South Africa",
    "Central African Republic",
    "Cayman Islands",
    "Solomon Islands",
    "Marshall Islands",
}
_EVENT = re.compile(
    r"\b(?:Wars?|World Cup|Cup|Games|Olympics?|Championships?|League|Festival|Revolution|Uprising|Spring"
    r"|Summit|Conference|Congress|Election|Intifada|Holocaust|Genocide|Crisis|Day|Eid|Ramadan|Christmas|Easter"
    r"|Diwali|Awards?|Prize|Tournament|Open|Grand Prix|Expo|Battle|Operation)\b"
)
_LAW = re.compile(
    r"\b(?:Act|Law|Bill|Constitution|Treaty|Convention|Agreement|Accords?|Protocol|Resolution|Amendment|Code|Charter"
    r"|Declaration|Article|Section|Directive|Ordinance|Decree|Statute)\b"
)
_LANGUAGES = word_set(
    """
    Arabic English French Spanish Portuguese Russian Mandarin Cantonese Hindi Urdu Bengali Punjabi Tamil
    Swahili Hausa Amharic Farsi Persian Pashto Dari Turkish Hebrew German Italian Japanese Korean Malay
    Latin Greek Yiddish
    """
)


def label_of(label: str, text: str) -> Label | None:
    """Map a model's label for `text` to ours; None for a label that is not known."""
    found = _OTHER_NAMES.get(label.upper()) or (Label(label) if label in Label.__members__ else None)
    if found in (Label.GPE, Label.LOC) and label != "LOC":
        return Label.LOC if _LAND.search(text) and text.removeprefix("the ") not in _STATES else Label.GPE
    if found is Label.MISC:
        return _special(text)
    return found


def _special(text: str) -> Label:
    if text in _LANGUAGES:
        return Label.LANGUAGE
    if _LAW.search(text):
        return Label.LAW
    if _EVENT.search(text):
        return Label.EVENT
    return Label.MISC


_SHORT_FORM = re.compile(r"\s?\(([A-Z]{2,8})\)")
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "de", "du", "la", "&"})


def spelled_out(text: str, name: Span, *, start: int) -> Span:
    """Return the name, begun further left where the letters in brackets behind it ask for more words.

    "Basin Commission" before "(LCBC)" becomes "Lake Chad Basin Commission". Not before `start`.
    """
    match = _SHORT_FORM.match(text, name.end)
    if match is None:
        return name
    wanted = match.group(1)
    letters = ""
    for word in reversed(words(text, start=max(start, name.end - 120), end=name.end)):
        told = word.of(text)
        if told[0].isupper():
            letters = told[0] + letters
            if letters == wanted:
                return Span(min(word.start, name.start), name.end)
        elif told not in _SMALL or not wanted.endswith(letters):
            return name
    return name
