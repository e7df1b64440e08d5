"""The machine's layer: what was found in one text, replaced as a whole. Nothing that a person made."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from reader.document import Span
from reader.errors import Conflict
from reader.library.people.gathering import gather
from reader.library.store import Store, text
from reader.model import Analysis, Entity, Label, Mention, Quote, QuoteKind, now


@dataclass(frozen=True, slots=True)
class State:
    """By what the findings in the text of a document were made, and with which corrections; "" for none."""

    document_id: int
    text_hash: str
    model: str
    corrected: str


def save(store: Store, document_id: int, analysis: Analysis, *, text_hash: str, corrected: str = "") -> None:
    """Keep what was found in one of a document's texts instead of what was found in it before."""
    with store.transaction():
        row = store.run(
            "select id, text from document_text where document_id = ? and text_hash = ?",
            [document_id, text_hash],
        ).fetchone()
        if row is None:
            raise Conflict(
                "The text that was analysed is no longer in the library.", "Open the article again."
            )
        store.run("delete from analysis where text_id = ?", [row[0]])
        id = store.run(
            "insert into analysis (text_id, model, made, corrected) values (?, ?, ?, ?)",
            [row[0], analysis.model, now(), corrected],
        ).lastrowid
        store.run_many(
            "insert into entity (analysis_id, name, label, aliases, description) values (?, ?, ?, ?, ?)",
            (
                (id, each.name, each.label, json.dumps(each.aliases), each.description)
                for each in analysis.entities
            ),
        )
        store.run_many(
            "insert into mention (analysis_id, start_offset, end_offset, label, name, value)"
            " values (?, ?, ?, ?, ?, ?)",
            (
                (id, each.span.start, each.span.end, each.label, each.name, each.value)
                for each in analysis.mentions
            ),
        )
        whole = text(row[1])
        store.run_many(
            "insert into quotation (analysis_id, kind, content, quoted, cue, source, speaker, reason,"
            " words, start_offset, end_offset) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    id,
                    each.kind,
                    *map(_packed, (each.content, each.quoted, each.cue, each.source)),
                    each.speaker,
                    each.reason,
                    " … ".join(piece.of(whole) for piece in each.content),
                    each.content[0].start if each.content else 0,
                    each.content[-1].end if each.content else 0,
                )
                for each in analysis.quotes
            ),
        )
        gather(store, id or 0)


def fetch(
    store: Store, document_id: int, *, text_hash: str, model: str | None, corrected: str | None
) -> Analysis | None:
    """Return what was found in a text, by `model` and with the corrections `corrected` if named.

    None when it has yet to be analysed so.
    """
    row = store.row(
        "select analysis.id, model from analysis join document_text on document_text.id = text_id"
        " where document_id = ? and text_hash = ? and model = coalesce(?, model)"
        " and corrected = coalesce(?, corrected)",
        [document_id, text_hash, model, corrected],
    )
    if row is None:
        return None
    id = row[0]
    mentions = store.rows(
        "select start_offset, end_offset, label, name, value from mention where analysis_id = ? order by id",
        [id],
    )
    quotes = store.rows(
        "select kind, content, quoted, cue, source, speaker, reason from quotation"
        " where analysis_id = ? order by id",
        [id],
    )
    entities = store.rows(
        "select name, label, aliases, description from entity where analysis_id = ? order by id", [id]
    )
    return Analysis(
        tuple(
            Mention(Span(start, end), Label(label), text(name), text(value))
            for start, end, label, name, value in mentions
        ),
        tuple(
            Quote(
                QuoteKind(kind),
                _unpacked(content),
                _unpacked(quoted),
                _unpacked(cue),
                _unpacked(source),
                None if speaker is None else text(speaker),
                text(reason),
            )
            for kind, content, quoted, cue, source, speaker, reason in quotes
        ),
        tuple(
            Entity(text(name), Label(label), tuple(json.loads(aliases)), text(description))
            for name, label, aliases, description in entities
        ),
        model=text(row[1]),
    )


def states(store: Store) -> list[State]:
    """Return how far the machine is with each document, the last opened first."""
    rows = store.rows(
        "select document.id, text_hash, coalesce(model, ''), coalesce(corrected, '') from document"
        " join document_text on document_text.id = current_text_id"
        " left join analysis on text_id = current_text_id where removed = ''"
        " order by coalesce(opened, document.added) desc, document.id desc"
    )
    return [State(id, *map(text, rest)) for id, *rest in rows]


def _packed(spans: Iterable[Span]) -> str:
    return json.dumps([[span.start, span.end] for span in spans])


def _unpacked(pieces: str) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in json.loads(pieces))
