"""Who said what, across the library: quotations of a person in the order of time. Writes nothing.

Who a name means is what the person said of it (`Identity`), and else whoever is called so.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from reader.errors import QueryError
from reader.library.search.query import Words, as_fts, leaves, parse
from reader.library.store import Row, Store, storable, text


@dataclass(frozen=True, slots=True)
class Saying:
    """One quotation: `content` are its words, and the text has it from `start` to `end`, 0 without a place.

    `called` is the speaker's name as the document has it.
    """

    document_id: int
    path: str
    title: str
    date: str
    speaker: str
    kind: str
    content: str
    start: int
    end: int
    reason: str
    called: str


_SAYINGS = """
select document.id, source_path, document.address, coalesce(nullif(details.title, ''), document.title),
    coalesce(details.date, document.date), called.person, kind, quotation.words, start_offset,
    end_offset, reason, speaker
from called cross join quotation on quotation.speaker = called.name
cross join appearance on appearance.analysis_id = quotation.analysis_id and called_id = called.id
cross join document on document.id = appearance.document_id
left join details on details.document_id = document.id
where called.person = ?
"""


def folded(name: str) -> str:
    """Return a name without regard to case, accents and marks between its parts."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def names(store: Store, name: str) -> list[str]:
    """Return the people who are quoted and go by a name: by their own, by a full name, an alias, a surname.

    Who is called exactly so comes alone; a full name counts before an alias, and that before a surname.
    """
    asked = folded(name)
    if not asked:
        return []
    # A spelling that the index cuts otherwise than we do is still found by its longest part.
    longest = max(asked.split(), key=len)
    rows = store.rows(
        "select distinct cast(person.name as blob), cast(called.name as blob),"
        " cast(known_as.alias as blob) from known_as_index"
        " cross join known_as on known_as.id = known_as_index.rowid"
        " cross join called on called.name = known_as.name or called.person = known_as.name"
        " cross join person on person.name = called.person"
        " where known_as_index match ? and person.quotations > 0",
        [f'"{longest}"'],
    )
    known = [(text(person), folded(text(full)), folded(text(alias))) for person, full, alias in rows]
    exact = {person for person, _, _ in known if folded(person) == asked}
    full = {person for person, name, _ in known if name == asked}
    other = {person for person, _, alias in known if alias == asked or alias.endswith(" " + asked)}
    return sorted(exact or full or other)


def sayings(store: Store, speakers: Sequence[str], *, about: str = "") -> list[Saying]:
    """Return what these people said in the order of time, the undated first; `about` are words in it."""
    chosen, parameters = about_clause(about)
    rows = []
    for speaker in speakers:
        rows += store.rows(_SAYINGS + chosen, [storable(speaker), *parameters])
    return sorted(map(as_saying, rows), key=lambda each: (each.date, each.document_id, each.start))


def as_saying(row: Row) -> Saying:
    """Return the saying of a row with the columns of `_SAYINGS`."""
    id, path, address, title, date, speaker, kind, words, start, end, reason, called = row
    return Saying(
        id,
        text(path or address),
        text(title),
        text(date),
        text(speaker),
        kind,
        text(words),
        start,
        end,
        text(reason),
        text(called),
    )


def about_clause(about: str) -> tuple[str, list[object]]:
    """Return what chooses the quotations with these words. Raises QueryError for more than words."""
    if not about.strip():
        return "", []
    node = parse(about)
    expression = as_fts(node)
    if expression is None or any(not isinstance(leaf, Words) or leaf.kinds for leaf in leaves(node)):
        raise QueryError(
            "What the quotations are to be about may hold only words and phrases.",
            "Leave out by:, in: and the like.",
        )
    matching = "select rowid from quotation_index where quotation_index match ?"
    return f" and quotation.id in ({matching})", [f"{{words}} : ({expression})"]
