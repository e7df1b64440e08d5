"""Who says it: from the words that name a source to a full name, and why, in one phrase."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reader.analysis.names import Directory
from reader.analysis.quotes import Attribution
from reader.analysis.roles import is_someone, noun_of
from reader.analysis.words import after_link
from reader.document import Span
from reader.model import Label, Mention, QuoteKind
from reader.text import excerpt

_PRONOUN = re.compile(r"^(?:he|she|him|her|they|it)$", re.IGNORECASE)
_RELATIVE = re.compile(r"^(?:who|which|that|whom)$", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"^(?:i|we|me|us)$", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:of|for|from|by|at|in|with|to|about|against|near|like|on)\s+(?:[\w’'.-]+\s+){0,6}$")
_DEFINITE = re.compile(r"^(?:the|this|that|its|their|his|her)\s", re.IGNORECASE)
# What may follow a person's name that is the source; any other small word makes the name describe it.
_GOES_ON = re.compile(
    r"\s+(?!(?:and|or|of|at|in|on|from|for|with|who|whose|himself|herself|the|then|also|jr|sr|as|to|by"
    r"|later|now|recently|alone|via|during|when|while|after|before)\b)[a-z]\w*"
)
_SPEAKERS = (Label.PERSON, Label.ORG, Label.NORP, Label.GPE, Label.LOC, Label.PRODUCT, Label.MISC, Label.FAC)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says it (None when the text does not tell), and the reason in words for the reader."""

    speaker: str | None
    reason: str


def voice(
    text: str,
    said: Attribution,
    *,
    mentions: Sequence[Mention],
    directory: Directory,
    breaks: Sequence[int],
    last: str | None,
    near: bool,
) -> Voice:
    """Return who says `said`.

    `mentions` are those of its paragraph, `breaks` the starts of the sentences, `last` is who spoke last,
    `near` tells that this was in the same paragraph or the one before.
    """
    if not said.source:
        if last and near and not said.cue and said.kind is QuoteKind.DIRECT:
            return Voice(last, f"no speaker is named; {last} spoke just before")
        return Voice(None, _because(_cue_phrase(text, said), "the text names no speaker"))
    source = said.source[0]
    words = " ".join(source.of(text).split())
    lead = _cue_phrase(text, said)
    named = _named(text, source, mentions) or _labelled(source, words, directory)
    if named is not None:
        full = named.name
        short = " ".join(named.span.of(text).split())
        return Voice(full, _because(lead, full if short == full else f"{short} = {full}"))
    if _PRONOUN.match(words):
        known = directory.pronoun(words, source.start, speaker=last, breaks=breaks)
        if known is None:
            return Voice(None, _because(lead, f"whom “{words}” means is not told"))
        if not known.name:
            return Voice(None, _because(lead, f"{words} = {known.description}, who is not named"))
        why = "who spoke last" if known.name == last else "named shortly before"
        return Voice(known.name, _because(lead, f"{words} = {known.name}, {why}"))
    if _RELATIVE.match(words):
        meant = _antecedent(text, source, mentions, people=words.lower() in ("who", "whom"))
        if meant is not None:
            return Voice(meant.name, _because(lead, f"{words} = {meant.name}, named just before"))
        return Voice(None, _because(lead, f"whom “{words}” means is not told"))
    described = _described(words, source, directory, last=last if near else None, breaks=breaks)
    if described is not None:
        full, why = described
        return Voice(full, _because(lead, f"{words} = {full}, {why}"))
    if is_someone(words):
        directory.unnamed(words, source.start)
    if _FIRST_PERSON.match(words):
        return Voice(None, _because(lead, f"“{words}”: the writer or the one who is asked"))
    return Voice(None, _because(lead, f"“{excerpt(words, limit=60)}” is not named"))


def _labelled(source: Span, words: str, directory: Directory) -> Mention | None:
    """Return as a mention the source that is a person's name where none was marked ("OKELLO: ...")."""
    known = directory.called(words)
    return None if known is None else Mention(source, known.label, known.name)


def _described(
    words: str, source: Span, directory: Directory, *, last: str | None, breaks: Sequence[int]
) -> tuple[str, str] | None:
    """Return whom a role or a word for a body means ("the mayor", "the court"), and why; None if not told.

    `last` is who spoke just before: "the official" after what an official said is the same one.
    """
    if not _DEFINITE.match(words):
        return None
    if noun_of(words):
        known = directory.role(words, source.start, speaker=last)
        if known is not None:
            why = known.description or next(iter(known.roles), "who spoke last")
            return known.name, excerpt(why, limit=60)
    known = directory.body(words, source.start, speaker=last, breaks=breaks)
    return None if known is None else (known.name, "the last body of that kind")


def _named(text: str, source: Span, mentions: Sequence[Mention]) -> Mention | None:
    """Return the mention that is the source, not one that only describes it ("a spokesman for Mr Kato")."""
    inside = [m for m in mentions if source.covers(m.span) and m.label in _SPEAKERS]
    people = [m for m in inside if m.label is Label.PERSON]
    for mention in people or inside:
        before = text[source.start : mention.span.start]
        after = text[mention.span.end : source.end]
        if _ABOUT.search(before) or (
            re.match(r"['’]s?\s+\w|[\s-]+[a-z]\w+", after) and mention.label is not Label.PERSON
        ):
            continue
        if mention.label is Label.PERSON and (
            re.match(r"['’]s\s+\w|['’]\s+\w", after) or _GOES_ON.match(after)
        ):
            continue
        if mention.label in (Label.NORP, Label.MISC) and mention.span.end < source.end:
            continue
        return mention
    return None


def _antecedent(text: str, source: Span, mentions: Sequence[Mention], *, people: bool) -> Mention | None:
    """Return the name that a relative pronoun stands for: right before it, or before an aside in commas.

    "villagers near Abuja who said" and "Annan met villagers who said" name nobody.
    """
    for mention in reversed(mentions):
        between = text[mention.span.end : source.start].strip()
        if mention.span.end > source.start or mention.label not in _SPEAKERS:
            continue
        if len(between) > 120 or re.search(r"[.!?;:“”\"]", between):
            return None
        aside = between[:1] == "," and between[-1:] == "," and len(between) > 1
        if people and mention.label is Label.PERSON and (aside or between in ("", ",")):
            return mention
        speaks = not people or not (_is_place(mention) or after_link(text, mention.span.start))
        if mention.label is not Label.PERSON and between in ("", ",") and speaks:
            return mention
    return None


def _is_place(mention: Mention) -> bool:
    return mention.label in (Label.GPE, Label.LOC, Label.FAC)


def _cue_phrase(text: str, said: Attribution) -> str:
    first = said.content[0].start
    if not said.cue:
        where = "after" if said.source and said.source[0].start > first else "before"
        return f"{where} it, no reporting word found" if said.source else ""
    cue = " ".join(said.cue[0].of(text).split())
    where = "follows" if said.cue[0].start > first else "stands before"
    if any(char.isalnum() for char in cue):
        return f"‘{excerpt(cue.rstrip(',:'), limit=40)}’ {where}"
    return f"“{cue}” {where} it" if cue else ""


def _because(lead: str, rest: str) -> str:
    return f"{lead}; {rest}" if lead else rest
