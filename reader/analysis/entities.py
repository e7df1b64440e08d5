"""The types of names: how models' labels map to ours. Knows no document."""

from __future__ import annotations

import re

from reader.analysis.lexicon import CITY, COUNTRY, LANGUAGE, REGION, TOWN, Lexicon
from reader.analysis.words import words
from reader.document import Span
from reader.model import Label

# What pipelines of other languages and other makers call the same: Dutch and Norwegian, Korean, Polish,
# Romanian, Swedish, Japanese. What is not here and no label of ours is left out.
_OTHER_NAMES = {
    **dict.fromkeys(("PER", "PERSON", "PS", "PRS", "PERSNAME"), Label.PERSON),
    **dict.fromkeys(("ORGANIZATION", "ORGANISATION", "OG", "ORGNAME"), Label.ORG),
    **dict.fromkeys(("GPE_LOC", "GPE_ORG", "PLACENAME"), Label.GPE),
    **dict.fromkeys(("LOCATION", "LC", "GEOGNAME"), Label.LOC),
    **dict.fromkeys(("FACILITY",), Label.FAC),
    **dict.fromkeys(("NAT_REL_POL", "DRV"), Label.NORP),
    **dict.fromkeys(("EVN", "EVT"), Label.EVENT),
    **dict.fromkeys(("WRK",), Label.WORK_OF_ART),
    **dict.fromkeys(("PROD", "OBJ"), Label.PRODUCT),
    **dict.fromkeys(("DT", "DATETIME", "PERIOD"), Label.DATE),
    **dict.fromkeys(("TI", "TME"), Label.TIME),
    **dict.fromkeys(("QT", "MSR"), Label.QUANTITY),
    **dict.fromkeys(("NUMERIC_VALUE",), Label.CARDINAL),
}
_LAND = re.compile(
    r"\b(?:Seas?|Oceans?|Rivers?|Lakes?|Gulf|Bay|Straits?|Channel|Coast|Cape|Horn|Mountains?|Mount|Mt\.?|Hills?"
    r"|Valley|Delta|Deserts?|Peninsula|Plateau|Basin|Forest|Islands?|Hemisphere|Equator|Continent|Himalayas?"
    r"|Alps|Andes|Sahara|Sahel|Balkans|Caucasus|Levant|Maghreb|(?:Middle|Far|Near) East|Caribbean|Scandinavia"
    r"|Africa|Europe|Asia|Americas|(?:Latin|Central|South|North) America|Antarctica|Arctic|Oceania|Eurasia"
    r"|Earth|Moon|Mars|Atlantic|Pacific|Mediterranean|Nile|Ganges|Mekong|Danube|Amazon|Everest)\b"
)
# The last word of what people built. Words after which more is named than is built ("Park") are left out.
_BUILT = re.compile(
    r"\b(?:airport|airfield|stadium|arena|bridge|dam|reservoir|mine|prison|jail|museum|zoo|refinery|plant|tunnel"
    r"|power station|cemetery|lighthouse|observatory|cathedral|barracks|highway|motorway|canal|pipeline)\Z",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b(?:Wars?|World Cup|Cup|Games|Olympics?|Championships?|League|Festival|Revolution|Uprising|Spring|Expo"
    r"|Operation|Summit|Conference|Congress|Elections?|Intifada|Holocaust|Genocide|Crisis|Day|Eid|Ramadan|Easter"
    r"|Christmas|Diwali|Hajj?|Umrah|Awards?|Prize|Tournament|Open|Grand Prix|Marathon|Battle|COP ?\d\d)\b"
)
_LAW = re.compile(
    r"\b(?:Act|Law|Bill|Constitution|Treaty|Convention|Agreement|Accords?|Protocol|Resolution|Amendment|Code|Charter"
    r"|Declaration|Article|Section|Directive|Ordinance|Decree|Statute|Regulations?|Covenant|Memorandum|Pact)\b"
)
_WORK = re.compile(
    r"\b(?:films?|movies?|novels?|books?|songs?|albums?|series|drama|plays?|musical|opera|painting|memoir|sitcom|single"
    r"|documentary|poems?|podcast|titled|entitled|called|hit)[,:]? (?:the )?[\"“‘'«]?\Z",
    re.IGNORECASE,
)
_OPENING, _CLOSING = "\"“‘'«", "\"”’'»"


_VESSELS = (
    "ferry|ship|steamship|warship|steamer|vessel|yacht|trawler|tanker|freighter|liner|barge|schooner|frigate|"
    "submarine|lifeboat|icebreaker|spacecraft|locomotive"
)
_VESSEL_BEFORE = re.compile(
    rf"\b(?:the|The|a|A|an|An|its|their|our)\s(?:[\w-]+\s){{0,3}}(?:{_VESSELS})\s[“\"‘']?\Z"
)
# Behind the name the noun must stand alone: "Ada Lindqvist, a ferry captain" is no ferry.
_VESSEL_BEHIND = re.compile(
    rf"[”\"’']?,\s(?:the|an?)\s(?:[\w-]+\s){{0,3}}(?:{_VESSELS})"
    r"(?=[,.;:)]|\s(?:built|which|that|from|of|in|with|carrying|owned|bound|and)\b|\Z)"
)


def label_of(label: str, text: str) -> Label | None:
    """Map a model's label for `text` to ours; None for a label that is not known."""
    told = label.upper()
    found = _OTHER_NAMES.get(told) or (Label(told) if told in Label.__members__ else None)
    if found is Label.GPE and _LAND.search(text):
        return Label.LOC
    return _special(text) if found is Label.MISC else found


def _special(text: str) -> Label:
    if _LAW.search(text):
        return Label.LAW
    return Label.EVENT if _EVENT.search(text) else Label.MISC


def refined(text: str, span: Span, label: Label, *, lexicon: Lexicon) -> Label:
    """Return the type of the name ``text[span]``, split as far as the lexicon and the words beside it tell.

    Countries and towns are GPE, land and water LOC, what people built FAC; languages and works are told
    from the rest. Where nothing tells, `label` stays.
    """
    name = " ".join(span.of(text).split())
    if label in (Label.GPE, Label.LOC, Label.FAC, Label.ORG):
        return _place(name, label, lexicon)
    if label is Label.MISC:
        if lexicon.of(name) & LANGUAGE:
            return Label.LANGUAGE
        if _is_work(text, span, name):
            return Label.WORK_OF_ART
    return label


def _place(name: str, label: Label, lexicon: Lexicon) -> Label:
    if " " in name and _BUILT.search(name):
        return Label.FAC
    bits = lexicon.of(name.removeprefix("the ").removeprefix("The "))
    if label not in (Label.GPE, Label.LOC) or not bits & (COUNTRY | CITY | TOWN | REGION):
        return label
    if bits & REGION:
        return Label.LOC
    # A small town is called like anything: it counts where its name says nothing else.
    return Label.GPE if bits & (COUNTRY | CITY) or not _LAND.search(name) else label


def is_vessel(text: str, name: Span) -> bool:
    """Tell whether the words beside a name say that it is a ship's or the like ("the ferry Long Night")."""
    before, behind = text[max(0, name.start - 60) : name.start], text[name.end : name.end + 40]
    return bool(_VESSEL_BEFORE.search(before) or _VESSEL_BEHIND.match(behind))


def _is_work(text: str, span: Span, name: str) -> bool:
    """Tell whether a name is a title: of several words in quotation marks, or behind the word for a work."""
    before, behind = text[max(0, span.start - 24) : span.start], text[span.end : span.end + 2]
    marked = before[-1:] in tuple(_OPENING) and any(mark in behind for mark in _CLOSING)
    return (marked and " " in name) or bool(_WORK.search(before))


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
