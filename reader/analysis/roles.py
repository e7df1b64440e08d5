"""The words that name a role ("minister", "spokeswoman"), and the role that a text gives to a person."""

from __future__ import annotations

import re

from reader.analysis.words import word_set, words
from reader.model import Span

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
    sister widow pollster
    """
)
TITLES = word_set(
    """
    mr mrs ms miss mx dr prof professor sir dame lord lady rev fr hon gen lt col maj capt sgt cpl cmdr
    adm rep sen gov pres st sheikh sheik imam haji hajj alhaji ustaz sri shri smt pandit president
    minister senator governor general colonel king queen prince princess pope
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
    r",\s+((?:the |a |an |his |her |its |their |who is |who was )?[^,.;:()“”\"\n]{0,60}?\b(?:"
    + "|".join(sorted(NOUNS, key=len, reverse=True))
    + r")s?\b[^,.;:()“”\"\n]{0,60})(?=[,.;:()]|$)",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?:who (?:is|was)\s+)?(?:(?:the|a|an|his|her|its|their)\s+)?", re.IGNORECASE)


def noun_of(phrase: str) -> str | None:
    """Return the last role noun of a phrase in small letters ("the Kenyan foreign minister": "minister")."""
    before_links = re.split(r"\b(?:of|for|at|in|from|to|with|who|whose|said)\b|,", phrase, maxsplit=1)[0]
    found = [word for word in re.findall(r"[\w-]+", before_links.casefold()) if word in NOUNS]
    return found[-1] if found else None


def role_beside(text: str, name: Span, *, start: int, end: int) -> str:
    """Return the role that stands before or after a name in its paragraph ``text[start:end]``, or ""."""
    return _before(text, name, start) or _after(text, name, end)


def _before(text: str, name: Span, start: int) -> str:
    near = words(text, start=max(start, name.start - 90), end=name.start)
    first, has_noun = name.start, False
    for word in reversed(near):
        told = word.of(text)
        plain = told.casefold().rstrip(".")
        if text[word.end : word.end + 1] not in (" ", "-", "\u00a0") or not told[0].isalpha():
            break
        if plain in NOUNS:
            has_noun = True
        elif not (plain in _MODIFIERS or plain in TITLES or (has_noun and told[0].isupper())):
            break
        first = word.start
    role = text[first : name.start].strip()
    return role if has_noun and noun_of(role) else ""


def _after(text: str, name: Span, end: int) -> str:
    match = _AFTER.match(text, name.end, min(end, name.end + 140))
    if match is None:
        return ""
    role = _LEAD.sub("", match.group(1).strip())
    said = re.search(r"\b(?:said|says|told|added|has|was|were|had|have)\b", role)
    return "" if said else role
