"""The words that name a role ("minister", "spokeswoman"), and the role that a text gives to a person.

Also the words that name a body ("court", "group") and what a role tells of its holder.
"""

from __future__ import annotations

import re

from reader.analysis.lexicon import FEMALE, MALE
from reader.analysis.words import word_set, words
from reader.document import Span

NOUNS = word_set(
    """
    president premier chancellor minister secretary undersecretary secretary-general governor mayor
    senator congressman congresswoman representative lawmaker deputy legislator councillor councilor
    councilman councilwoman commissioner ambassador envoy diplomat consul king queen prince princess
    emir sultan sheikh pope cardinal archbishop bishop priest imam rabbi pastor reverend ayatollah
    general colonel major captain lieutenant sergeant admiral marshal commander chief officer inspector
    constable judge justice magistrate prosecutor attorney lawyer solicitor barrister advocate counsel
    sheriff detective director manager chairman chairwoman chairperson chair chairwoman co-chair head
    leader founder co-founder owner executive ceo boss president-elect vice-president vice-chancellor
    rector dean principal professor lecturer teacher student scientist researcher economist analyst
    expert historian author writer novelist poet journalist reporter editor columnist correspondent
    anchor host producer actor actress singer musician artist painter director filmmaker player
    footballer striker midfielder goalkeeper defender coach captain manager champion athlete doctor
    physician surgeon nurse engineer architect activist campaigner organiser organizer adviser advisor
    strategist consultant aide spokesman spokeswoman spokesperson official candidate nominee incumbent
    politician mp tsar czar speaker treasurer clerk coordinator administrator superintendent banker
    investor businessman businesswoman entrepreneur billionaire farmer trader driver worker resident
    villager neighbour neighbor witness victim survivor husband wife father mother son daughter brother
    sister widow pollster ex-wife ex-husband congressperson governor-general attorney-general
    director-general vice-chair co-chairman co-chairwoman commander-in-chief
    undersecretary-general auditor ombudsman curator critic comedian presenter broadcaster
    academic historian philosopher psychologist sociologist biologist physicist chemist geologist
    climatologist meteorologist epidemiologist virologist archaeologist anthropologist astronomer
    mathematician statistician developer designer chef restaurateur blogger
    publisher anchorman anchorwoman columnist parliamentarian mla mep assemblyman assemblywoman
    alderman vice-premier frontrunner contender challenger
    defendant plaintiff suspect complainant accused offender attacker gunman shooter driver
    veteran soldier policeman policewoman firefighter paramedic pilot captain astronaut
    monk nun evangelist preacher missionary theologian cleric mufti rapper guitarist
    drummer vocalist bassist frontman playwright screenwriter illustrator photographer sculptor dancer
    choreographer conductor composer cinematographer wrestler boxer sprinter swimmer golfer cyclist
    batsman bowler pitcher quarterback skipper goalkeeper winger defenseman
    grandfather grandmother uncle aunt niece nephew cousin fiance fiancee girlfriend boyfriend lady
    mogul tycoon magnate hotelier industrialist shareholder trustee regent provost registrar
    """
)
TITLES = word_set(
    """
    mr mrs ms miss mx dr prof professor sir dame lord lady rev fr hon gen lt col maj capt sgt cpl cmdr
    adm rep sen gov pres st sheikh sheik imam haji hajj alhaji ustaz sri shri smt pandit president
    minister senator governor general colonel king queen prince princess pope datuk dato dato' datin
    seri tun justice judge mayor ambassador secretary chancellor premier republican democrat
    congressman congresswoman representative vice-president
    """
)
_PARTIES = {"gop": "republican", "democrat": "democratic", "tory": "conservative", "socialists": "socialist"}
# Short titles that are roles, written out; the others ("Mr", "Dr") describe nobody.
_WRITTEN_OUT = {
    "gov": "governor",
    "sen": "senator",
    "rep": "representative",
    "pres": "president",
    "gen": "general",
    "prof": "professor",
    "col": "colonel",
    "maj": "major",
    "capt": "captain",
    "lt": "lieutenant",
    "sgt": "sergeant",
    "adm": "admiral",
    "cmdr": "commander",
    "rev": "reverend",
}
_HONOURS = (TITLES - NOUNS) | {"sheikh", "sheik"}
KIN = word_set(
    """
    husband wife father mother son daughter brother sister widow ex-wife ex-husband grandfather
    grandmother uncle aunt niece nephew cousin fiance fiancee girlfriend boyfriend partner
    """
)
_WOMEN = word_set(
    """
    mrs ms miss dame lady queen princess madam datin congresswoman councilwoman chairwoman spokeswoman
    businesswoman actress wife mother daughter sister widow ex-wife anchorwoman assemblywoman
    policewoman nun grandmother aunt niece fiancee girlfriend woman girl
    """
)
_MEN = word_set(
    """
    mr sir lord king prince sheikh sheik imam congressman councilman chairman spokesman businessman
    husband father son brother ex-husband assemblyman policeman monk grandfather uncle nephew man boy
    boyfriend pope cardinal archbishop bishop
    """
)
_SAME = (
    word_set("judge justice magistrate"),
    word_set("lawyer attorney counsel advocate barrister solicitor"),
    word_set("nominee candidate contender frontrunner"),
    word_set("doctor physician surgeon"),
    word_set("ceo executive boss chief"),
    word_set("author writer novelist historian"),
    word_set("chairman chairwoman chair chairperson head"),
    word_set("spokesman spokeswoman spokesperson"),
    word_set("singer musician rapper"),
    word_set("mogul tycoon businessman businesswoman entrepreneur billionaire developer magnate"),
)
_LAWMAKERS = word_set(
    "senator representative congressman congresswoman deputy legislator parliamentarian mp mla mep lawmaker"
)
_OFFICIALS = word_set(
    """
    minister secretary undersecretary commissioner director chief officer inspector spokesman spokeswoman
    spokesperson superintendent commander administrator deputy envoy ambassador official
    """
)
_WIDER = {
    **{noun: group for group in _SAME for noun in group},
    "lawmaker": _LAWMAKERS,
    "legislator": _LAWMAKERS,
    "official": _OFFICIALS,
    "diplomat": word_set("diplomat ambassador envoy consul"),
    "academic": word_set("academic professor lecturer researcher scientist"),
    "politician": _LAWMAKERS | word_set("minister mayor governor councillor leader politician"),
    "officer": word_set(
        "officer inspector sergeant constable lieutenant captain colonel major general commander"
    ),
    "general": word_set("general commander"),
    "leader": word_set("leader president chairman chairwoman premier chancellor minister head founder"),
    "premier": word_set("premier minister"),
}
# Words for a body of any kind, which its name need not hold.
GENERIC = word_set(
    """
    group organisation organization company agency firm body association party union outlet charity
    institution network alliance coalition newspaper paper website site publication team club
    """
)
_BODIES = GENERIC | word_set(
    """
    court police ministry commission committee council department bureau office university college
    institute bank board authority army navy force federation foundation fund centre center society
    trust league senate parliament assembly congress campaign movement front hospital school church
    embassy exchange panel tribunal chamber government regulator corporation service airline carrier
    """
)
_MODIFIERS = word_set(
    """
    former ex- deputy vice acting interim prime foreign interior finance defence defense chief senior
    junior executive managing general police army opposition party campaign press national presidential
    assistant associate outgoing incoming veteran longtime then newly-elected elected attorney federal
    district state health education justice trade energy information home external internal permanent
    co-
    """
)
_AFTER = re.compile(
    r"(?:\s*\([A-Z]{1,3}[^\w()\n][^()\n]{1,20}\))?,\s+((?:\d{1,3},\s+)?"
    r"(?:the |a |an |his |her |its |their |who is |who was )?[^,.;:()“”\"\n]{0,60}?\b(?:"
    + "|".join(sorted(NOUNS, key=len, reverse=True))
    + r")s?\b[^,.;:()“”\"\n]{0,60})(?=[,.;:()]|$)",
    re.IGNORECASE,
)
_APART = re.compile(
    r"(?:(?<=[Tt]he )|(?<=[.!?“\"\n] )|(?<=[“\"\n])|^)((?:[\w’'-]+ ){0,4}?(?:"
    + "|".join(sorted(NOUNS, key=len, reverse=True))
    + r") (?:for|of|at) [^,.;:()“”\"\n]{2,50}), $",
    re.IGNORECASE,
)
_SOMEONE = re.compile(r"(?:an?|one|another|the|this|that|my|our|his|her|their)\s", re.IGNORECASE)
# Ranks that are left out as often as not: "the chief executive" may be "the executive".
_RANKS = word_set(
    "chief senior junior general national party army police press campaign presidential federal"
)
_TELLING = (_MODIFIERS - _RANKS) | word_set(
    "republican democratic libertarian green conservative labour liberal socialist communist nationalist"
)
_STARTS = word_set(
    "like as when but and with on in at by for from after before while said says then if so or"
)
_MORE = re.compile(r"\s+(?:who|whom|whose|which)\b.*")
_LEAD = re.compile(r"^(?:now\s+)?(?:who (?:is|was)\s+)?(?:(?:the|a|an|his|her|its|their)\s+)?", re.IGNORECASE)


def noun_of(phrase: str) -> str | None:
    """Return the last role noun of a phrase in small letters ("the Kenyan foreign minister": "minister")."""
    before_links = re.split(r"\b(?:of|for|at|in|from|to|with|who|whose|said)\b|,", phrase, maxsplit=1)[0]
    found = [word for word in re.findall(r"[\w-]+", before_links.casefold()) if word in NOUNS]
    return found[-1] if found else None


def nouns_like(noun: str) -> frozenset[str]:
    """Return the nouns of the roles whose holder may be called by `noun`: itself and what it means."""
    return _WIDER.get(noun, frozenset()) | {noun}


def body_noun(phrase: str) -> str:
    """Return the noun of a phrase that means a body ("the appeals court": "court"), or ""."""
    found = re.fullmatch(
        r"(?:the|this|that)\s+(?:[\w-]+\s+){0,3}?([\w-]+)(?:\s+on\b.*|\s+itself)?", phrase.casefold()
    )
    return found.group(1) if found and found.group(1) in _BODIES else ""


def telling(role: str) -> frozenset[str]:
    """Return the words of a role that tell holders of the same office apart ("foreign", "former")."""
    plain = re.split(r"\b(?:of|for|at|in|who)\b|,", role.casefold(), maxsplit=1)[0]
    told = (_PARTIES.get(word, word) for word in re.findall(r"[\w-]+", plain))
    return frozenset(word for word in told if word in _TELLING)


def is_someone(phrase: str) -> bool:
    """Tell whether a phrase means one person whom it does not name ("a woman", "my father", "the clerk")."""
    return bool(_SOMEONE.match(phrase)) and bool(noun_of(phrase) or sex_of(phrase))


def sex_of(title: str) -> int:
    """Return MALE or FEMALE where the words before a name, or a role, tell; else 0."""
    found = [word.rstrip(".") for word in title.casefold().split()]
    women, men = any(word in _WOMEN for word in found), any(word in _MEN for word in found)
    return 0 if women == men else FEMALE if women else MALE


def role_beside(text: str, name: Span, *, start: int, end: int) -> str:
    """Return the role that stands before or after a name in its paragraph ``text[start:end]``, or "".

    Short titles are written out: "Kessian Gov." is "Kessian governor".
    """
    role = _before(text, name, start) or _after(text, name, end) or _apart(text, name, start)
    return _MORE.sub("", _LEAD.sub("", role))


def titles_before(text: str, name: Span, *, start: int) -> str:
    """Return the words right before a name and in it that are titles ("Mrs", "President"), in one string."""
    near = text[max(start, name.start - 14) : name.start].split() + name.of(text).split()[:-1]
    return " ".join(word for word in near if word.casefold().rstrip(".") in TITLES)


def is_kin(role: str) -> bool:
    """Tell whether a role only tells whose relative someone is."""
    return noun_of(role) in KIN


def _before(text: str, name: Span, start: int) -> str:
    inside = _leading_titles(name.of(text))
    near = words(text, start=max(start, name.start - 90), end=name.start + inside)
    first, noun = name.start + inside, ""
    for word in reversed(near):
        told = word.of(text)
        plain = told.casefold().rstrip(".")
        if told == "." and _is_short_title(text, word.start):
            continue
        if (
            plain in _STARTS
            or text[word.end : word.end + 1] not in (" ", "-", ".", "\u00a0")
            or not told[0].isalpha()
        ):
            break
        if plain in NOUNS or plain in _WRITTEN_OUT:
            noun = noun or plain
        elif not (plain in _MODIFIERS or plain in TITLES or (noun and told[0].isupper())):
            break
        first = word.start
    return _told(text[first : name.start + inside]) if noun else ""


def _leading_titles(name: str) -> int:
    """Return how many characters of a name are titles before it."""
    length = 0
    for match in re.finditer(r"(\S+)\s+", name):
        if match.start() != length or match.group(1).casefold().rstrip(".") not in TITLES:
            break
        length = match.end()
    return length


def _is_short_title(text: str, dot: int) -> bool:
    match = re.search(r"\w+$", text[max(0, dot - 6) : dot])
    return match is not None and match.group().casefold() in TITLES


def _told(words_before: str) -> str:
    """Return a role with its short titles written out, and without those that describe nobody."""
    told = words_before.split()
    while told and told[-1].casefold().rstrip(".") in _HONOURS and not _written(told[-1]):
        told.pop()
    if told and _written(told[-1]):
        rest = " ".join(told[:-1])
        told = told[:-1] if noun_of(rest) else [*told[:-1], _written(told[-1])]
    role = " ".join(told)
    return role if noun_of(role) else ""


def _written(title: str) -> str:
    return _WRITTEN_OUT.get(title.casefold().rstrip("."), "") if title[:1].isupper() else ""


def _after(text: str, name: Span, end: int) -> str:
    match = _AFTER.match(text, name.end, min(end, name.end + 160))
    if match is None:
        return ""
    role = _MORE.sub("", _LEAD.sub("", re.sub(r"^\d{1,3},\s+", "", match.group(1).strip())))
    said = re.search(r"\b(?:said|says|told|added|has|was|were|had|have|is|are|that|will|would)\b", role)
    return "" if said or noun_of(role) is None else role


def _apart(text: str, name: Span, start: int) -> str:
    """Return the role that stands before the name and a comma ("the mayor of Brenholm, Ada Lindqvist")."""
    match = _APART.search(text, max(start, name.start - 90), name.start)
    return match.group(1) if match and match.end() == name.start else ""
