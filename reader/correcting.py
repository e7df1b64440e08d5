"""Corrections as the interface and the commands make, store, choose and tell them. Combines the rooms; no Qt.

A correction is made where the reader points: at a mention, a quotation, a stretch of text or an entity.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from reader.analysis.corrections import source_key, words_key
from reader.analysis.identity import key_of, spelling
from reader.anchoring import describe, locate
from reader.document import Document, Span
from reader.model import (
    Anchor,
    Correction,
    Entity,
    Held,
    Label,
    Located,
    Mention,
    Place,
    Quote,
    Remark,
    Scope,
)
from reader.text import excerpt, one_line

if TYPE_CHECKING:
    from reader.library import Library

_KINDS = {
    Label.PERSON: "a person",
    Label.NORP: "a nationality or group",
    Label.FAC: "a building or site",
    Label.ORG: "an organisation",
    Label.GPE: "a country or city",
    Label.LOC: "a place",
    Label.PRODUCT: "a product",
    Label.EVENT: "an event",
    Label.WORK_OF_ART: "a work",
    Label.LAW: "a law",
    Label.LANGUAGE: "a language",
    Label.DATE: "a date",
    Label.TIME: "a time",
    Label.PERCENT: "a percentage",
    Label.MONEY: "a sum of money",
    Label.QUANTITY: "a quantity",
    Label.ORDINAL: "an ordinal number",
    Label.CARDINAL: "a number",
    Label.MISC: "a name",
}
_REACH = {Scope.HERE: "here", Scope.DOCUMENT: "in this article", Scope.EVERYWHERE: "everywhere"}
_FAMILIES = (
    (Remark.IS_A, Remark.NOT_A_NAME),
    (Remark.ONE_WITH,),
    (Remark.APART,),
    (Remark.SAID_BY, Remark.NOT_SAID),
)
_QUOTATIONS = (Remark.SAID_BY, Remark.NOT_SAID)
_WORD = re.compile(r"\w+")


# ---------------------------------------------------------------- making


def is_a(document: Document, span: Span, label: Label, scope: Scope, *, document_id: int = 0) -> Correction:
    """Say that the words of `span`, a mention's or selected ones, are a name of the type `label`.

    Blanks around them are left out; without words, ValueError.
    """
    words = span.of(document.text)
    start = span.start + len(words) - len(words.lstrip())
    span = Span(start, start + len(words.strip()))
    return _named(document, span, Remark.IS_A, scope, document_id, label=label)


def not_a_name(document: Document, span: Span, scope: Scope, *, document_id: int = 0) -> Correction:
    """Say that the words of `span` are no name."""
    return _named(document, span, Remark.NOT_A_NAME, scope, document_id)


def one_with(
    document: Document, mention: Mention, other: Entity, scope: Scope, *, document_id: int = 0
) -> Correction:
    """Say that the words of `mention` mean `other`: here, or wherever they stand."""
    return _named(
        document, mention.span, Remark.ONE_WITH, scope, document_id, other=other.name, label=other.label
    )


def apart(document: Document, mention: Mention, scope: Scope, *, document_id: int = 0) -> Correction:
    """Say that the words of `mention` do not mean the one whom the analysis takes them for."""
    return _named(document, mention.span, Remark.APART, scope, document_id, other=mention.name)


def joined(entity: Entity, other: Entity, scope: Scope, *, document_id: int = 0) -> Correction:
    """Say that all of `entity` is `other`, under whose name they then go. Not for HERE: ValueError."""
    return Correction(
        Remark.ONE_WITH,
        scope,
        entity.name,
        other=other.name,
        label=other.label,
        document_id=document_id,
    )


def parted(alias: str, entity: Entity, scope: Scope, *, document_id: int = 0) -> Correction:
    """Say that a name that `entity` goes by means somebody else. Not for HERE: ValueError."""
    return Correction(Remark.APART, scope, alias, other=entity.name, document_id=document_id)


def said_by(
    document: Document, quote: Quote, speaker: str | None, scope: Scope, *, document_id: int = 0
) -> Correction:
    """Say who says `quote`, or with None that nobody is known to.

    Beyond its place it holds for whatever comes from a source named in the same words; where no source is
    named, or only by a pronoun, for the same words quoted again.
    """
    words = " ".join(one_line(span.of(document.text)) for span in quote.source)
    source = words if source_key(words) else ""
    return _quoted(document, quote, Remark.SAID_BY, scope, document_id, other=speaker or "", source=source)


def not_said(document: Document, quote: Quote, scope: Scope, *, document_id: int = 0) -> Correction:
    """Say that `quote` is no quotation; beyond its place, nor are the same words quoted again."""
    return _quoted(document, quote, Remark.NOT_SAID, scope, document_id)


def _named(
    document: Document,
    span: Span,
    remark: Remark,
    scope: Scope,
    document_id: int,
    *,
    label: Label | None = None,
    other: str = "",
) -> Correction:
    return Correction(
        remark,
        scope,
        one_line(span.of(document.text)),
        label=label,
        other=other,
        anchor=describe(document, span),
        document_id=document_id,
    )


def _quoted(
    document: Document,
    quote: Quote,
    remark: Remark,
    scope: Scope,
    document_id: int,
    *,
    other: str = "",
    source: str = "",
) -> Correction:
    return Correction(
        remark,
        scope,
        " ".join(one_line(span.of(document.text)) for span in quote.content),
        other=other,
        source=source,
        anchor=describe(document, quote.span),
        document_id=document_id,
    )


# ---------------------------------------------------------------- choosing


def holding(corrections: Iterable[Correction], document_id: int) -> tuple[Correction, ...]:
    """Return those that hold for a document of the library, the one that counts most last.

    What was said in the document itself counts more than what was said in another one, then the later.
    """
    ours = (one for one in corrections if one.document_id == document_id or one.scope is Scope.EVERYWHERE)
    return tuple(sorted(ours, key=lambda one: (one.document_id == document_id, one.created, one.id)))


def placed(
    document: Document,
    corrections: Iterable[Correction],
    *,
    find: Callable[[Anchor], Located] | None = None,
) -> tuple[tuple[Correction, ...], tuple[Correction, ...]]:
    """Return the corrections with their places in this text, and those of one place that are lost in it.

    `find` finds an anchor again by the text it was made in (`reader.intake.Finder.locate`); without it
    nothing is taken for the place but its very words. A name whose words were altered is lost too.
    """
    found: list[Correction] = []
    lost: list[Correction] = []
    for one in corrections:
        if one.scope is not Scope.HERE or one.anchor is None:
            found.append(one)
            continue
        located = find(one.anchor) if find else _very_words(document, one.anchor)
        altered = located.place is Place.CHANGED and one.remark not in _QUOTATIONS
        if located.span is None or altered:
            lost.append(one)
        else:
            found.append(replace(one, anchor=describe(document, located.span)))
    return tuple(found), tuple(lost)


def _very_words(document: Document, anchor: Anchor) -> Located:
    located = locate(document, anchor)
    return Located(Place.LOST) if located.place is Place.CHANGED else located


def replaced(corrections: Iterable[Correction], new: Correction) -> tuple[Correction, ...]:
    """Return those that say something of the very same thing, and so are worth nothing beside `new`."""
    family = next(family for family in _FAMILIES if new.remark in family)

    def thing(one: Correction) -> tuple[object, ...]:
        if one.scope is Scope.HERE and one.anchor is not None:
            return one.anchor.span, one.anchor.text_hash, one.other if one.remark is Remark.APART else ""
        key = words_key if one.remark in _QUOTATIONS else spelling
        return key(one.text), source_key(one.source), one.other if one.remark is Remark.APART else ""

    return tuple(
        one
        for one in corrections
        if one.remark in family
        and (one.scope, one.document_id) == (new.scope, new.document_id)
        and thing(one) == thing(new)
    )


# ---------------------------------------------------------------- those of a document in the library


def held(library: Library, document_id: int, document: Document) -> Held:
    """Return what holds for a document of the library, whose newest text is at hand.

    What was said in other documents counts only if it may speak of words of this one. Takes time that is
    linear in the text, and more where places are to be found again: not for the interface's thread.
    """
    from reader.intake import Finder

    said = holding(library.corrections(document_id), document_id)
    said = speaking_of(document.text, said, document_id)
    here, lost = placed(document, said, find=Finder(library, document).locate)
    return Held(here, lost, digest(said))


def digest(corrections: Sequence[Correction]) -> str:
    """Return what names these corrections in their order by what they say; "" for none."""
    if not corrections:
        return ""
    said = []
    for one in corrections:
        anchor = one.anchor if one.scope is Scope.HERE else None
        where = anchor and (anchor.span.start, anchor.span.end, anchor.exact, anchor.text_hash)
        said.append((one.remark, one.scope, one.text, one.label, one.other, one.source, where))
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def speaking_of(text: str, corrections: Sequence[Correction], document_id: int) -> tuple[Correction, ...]:
    """Return the corrections without those from other documents that can't speak of words in `text`.

    The names that a correction gives may themselves be what another one speaks of.
    """
    if all(one.document_id == document_id for one in corrections):
        return tuple(corrections)
    known = text.casefold()
    kept: set[str] = set()
    before = -1
    while before != len(kept):
        before = len(kept)
        for one in corrections:
            if one.id not in kept and (one.document_id == document_id or _speaks_of(one, known)):
                kept.add(one.id)
                known += "\n" + one.other.casefold()
    return tuple(one for one in corrections if one.id in kept)


def _speaks_of(one: Correction, known: str) -> bool:
    """Tell whether every word of what the correction is about is somewhere in `known`, which is folded."""
    return any(all(word in known for word in words) for words in _about(one))


@lru_cache(maxsize=4096)
def _about(one: Correction) -> list[list[str]]:
    """Return the words of what the correction is about, or of either; asked for each text of a library."""
    if one.remark in _QUOTATIONS:
        keys = [source_key(one.source) or words_key(one.text)]
    else:
        keys = [key_of(one.text), key_of(one.other)] if one.other else [key_of(one.text)]
    return [_WORD.findall(key) for key in keys]


# ---------------------------------------------------------------- telling


def sentence(correction: Correction) -> str:
    """Return what the correction says and how far it reaches."""
    return f"{saying(correction)}, {_REACH[correction.scope]}."


def saying(correction: Correction) -> str:
    """Return what the correction says, without its reach and without a full stop."""
    by_source = bool(correction.source) and correction.scope is not Scope.HERE
    words = excerpt(correction.source if by_source else correction.text, limit=60)
    inside = words.strip('"“”„«»')
    quoted = f"“{inside if inside.strip() else words}”"
    speaker = correction.other or "somebody unknown"
    told = {
        Remark.IS_A: f"is {_KINDS[correction.label or Label.MISC]}",
        Remark.NOT_A_NAME: "is not a name",
        Remark.ONE_WITH: f"means {correction.other}",
        Remark.APART: f"does not mean {correction.other}",
        Remark.SAID_BY: f"speaks for {speaker}" if by_source else f"is said by {speaker}",
        Remark.NOT_SAID: "is not a quotation",
    }[correction.remark]
    return f"{quoted} {told}"


# ---------------------------------------------------------------- storing


def as_row(correction: Correction) -> dict[str, Any]:
    """Return the correction as an object of plain values, for JSON; `from_row` reads it."""
    anchor = correction.anchor
    return {
        "remark": correction.remark.value,
        "scope": correction.scope.value,
        "text": correction.text,
        "label": correction.label.value if correction.label else None,
        "other": correction.other,
        "source": correction.source,
        "anchor": anchor
        and {
            "start": anchor.span.start,
            "end": anchor.span.end,
            "exact": anchor.exact,
            "prefix": anchor.prefix,
            "suffix": anchor.suffix,
            "text_hash": anchor.text_hash,
        },
        "document_id": correction.document_id,
        "id": correction.id,
        "created": correction.created,
    }


def from_row(row: Mapping[str, Any]) -> Correction:
    """Return the correction of an object that `as_row` made; only "remark", "scope" and "text" are needed.

    Raises ValueError with half a sentence on what is wrong.
    """
    strings = {key: row[key] for key in ("text", "other", "source", "id", "created") if key in row}
    if not all(isinstance(value, str) for value in strings.values()):
        raise ValueError("its words are not strings")
    try:
        label = row.get("label")
        return Correction(
            Remark(row["remark"]),
            Scope(row["scope"]),
            label=None if label is None else Label(label),
            anchor=_anchor(row.get("anchor")),
            document_id=int(row.get("document_id", 0)),
            **strings,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"it is not a correction ({one_line(str(error))})") from error


def _anchor(row: object) -> Anchor | None:
    if row is None:
        return None
    if not isinstance(row, Mapping):
        raise TypeError("its anchor is no object")
    words = [str(row.get(key, "")) for key in ("prefix", "suffix", "text_hash")]
    return Anchor(Span(int(row["start"]), int(row["end"])), str(row["exact"]), *words)
