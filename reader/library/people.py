"""Who said what, across the library: quotations of a person in the order of time. Writes nothing."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from reader.document import Span
from reader.errors import QueryError
from reader.library.query import Words, as_fts, leaves, parse
from reader.library.store import Store, storable, text


@dataclass(frozen=True, slots=True)
class Saying:
    """One quotation, and where it stands: `content` are its words, `pieces` their places in the text."""

    document_id: int
    path: str
    title: str
    date: str
    speaker: str
    kind: str
    content: str
    pieces: tuple[Span, ...]
    reason: str

    @property
    def start(self) -> int:
        """The first character of it, 0 where it has no place."""
        return self.pieces[0].start if self.pieces else 0

    @property
    def end(self) -> int:
        """The first character after it."""
        return self.pieces[-1].end if self.pieces else 0


_SAYINGS = """
select document.id, source_path, document.address, coalesce(nullif(details.title, ''), document.title),
    coalesce(details.date, document.date) as told, speaker, kind, quotation.words, content, reason
from quotation join analysis on analysis.id = analysis_id
join document on current_text_id = text_id left join details on details.document_id = document.id
where speaker = ?
"""


def folded(name: str) -> str:
    """Return a name without regard to case, accents and marks between its parts."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def names(store: Store, name: str) -> list[str]:
    """Return the full names of those who are quoted and go by a name: in full, by an alias, by surname.

    Who is called exactly so comes alone; the surname counts where nobody is.
    """
    asked = folded(name)
    if not asked:
        return []
    # A spelling that the index cuts otherwise than we do is still found by its longest part.
    longest = max(asked.split(), key=len)
    rows = store.rows(
        "select distinct cast(name as blob), cast(known_as.alias as blob) from known_as_index"
        " join known_as on known_as.id = known_as_index.rowid where known_as_index match ?"
        " and exists (select 1 from quotation where speaker = name)",
        [f'"{longest}"'],
    )
    pairs = [(text(full), folded(text(alias))) for full, alias in rows]
    exact = {full for full, _ in pairs if folded(full) == asked}
    other = {full for full, alias in pairs if alias == asked or alias.endswith(" " + asked)}
    return sorted(exact or other)


def sayings(store: Store, speakers: Sequence[str], *, about: str = "") -> list[Saying]:
    """Return what these people said in the order of time, the undated first; `about` are words in it."""
    chosen = ""
    parameters: list[object] = []
    if about.strip():
        chosen = " and quotation.id in (select rowid from quotation_index where quotation_index match ?)"
        parameters.append(f"{{words}} : ({_words(about)})")
    rows = []
    for speaker in speakers:
        rows += store.rows(_SAYINGS + chosen, [storable(speaker), *parameters])
    found = [
        Saying(
            row[0],
            text(row[1]) or text(row[2]),
            text(row[3]),
            text(row[4]),
            text(row[5]),
            row[6],
            text(row[7]),
            tuple(Span(start, end) for start, end in json.loads(row[8])),
            text(row[9]),
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: (each.date, each.document_id, each.start))


def _words(about: str) -> str:
    node = parse(about)
    expression = as_fts(node)
    if expression is None or any(not isinstance(leaf, Words) or leaf.kinds for leaf in leaves(node)):
        raise QueryError(
            "What the quotations are to be about may hold only words and phrases.",
            "Leave out by:, in: and the like.",
        )
    return expression
