"""Lists of documents: filtered, sorted, grouped, and the lines that are shown of them. Writes nothing.

A list is the ids of its documents, which even for a hundred thousand are fetched at once from indexes; the
lines are fetched by their ids when they are looked at. So a line costs the same wherever it stands, and
what a list has in it does not move under the reader's eyes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reader.library.store import Row, Store, text
from reader.lists import Asked, Filter, Group, Grouped, Listed, Sorted
from reader.model import ReadingState

DONE = 0.98  # of a text: who has come so far has read it

_STATE = (
    f"case when details.state is not null then details.state when progress >= {DONE} then 'read'"
    " when opened is null then 'unread' else 'reading' end"
)

# Columns that are empty where there is nothing to sort by.
_KEYS = {
    Sorted.TITLE: "title_key",
    Sorted.AUTHOR: "author_key",
    Sorted.SOURCE: "site_key",
    Sorted.DATE: "date_key",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the library: all but the text.

    `progress` runs from 0 to 1. `notes` counts those on the document and those on highlights; `opened`
    is "" for one that was never shown. `state` is what a person says, and else what was read tells;
    `tags` are those of the document as a whole; `removed` is when it was put away, or "".
    """

    id: int
    title: str
    byline: str
    site: str
    date: str
    format: str
    source: str
    added: str
    opened: str
    progress: float
    highlights: int
    notes: int
    words: int
    state: ReadingState = ReadingState.UNREAD
    removed: str = ""
    tags: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()


# ---------------------------------------------------------------- which, and in which order


def put_away(store: Store) -> set[int]:
    """Return the documents that were put away: they are seen, found and counted in no other list."""
    return _ids(store, "select id from document where removed > ''")


def listed(store: Store, asked: Asked, found: Iterable[int] | None = None) -> Listed:
    """Return a list; `found` are those that match what the filter asks of the search."""
    among = _among(store, asked.filter, found)
    ordered = _ordered(store, asked)
    away = put_away(store) if among is None else frozenset()
    if among is not None:
        ordered = [id for id in ordered if id in among]
    elif away:
        ordered = [id for id in ordered if id not in away]
    return _grouped(store, ordered, asked) if asked.group else Listed(ordered)


def first(store: Store, order: str, *, offset: int, limit: int | None) -> list[int]:
    """Return a part of all documents that were not put away: those "added" or "opened" last come first.

    For a few of them this is quicker than the whole list. One that was never opened stands where it came.
    """
    by = {"added": "added desc, id", "opened": "coalesce(opened, added) desc, id desc"}[order]
    sql = f"select id from document where removed = '' order by {by} limit ? offset ?"
    return _column(store, sql, [-1 if limit is None else limit, offset])


def count(store: Store, wanted: Filter, found: Iterable[int] | None = None) -> int:
    """Return how many documents a filter lets through."""
    if wanted == Filter():
        row = store.row("select count(*) from document where removed = ''")
        return row[0] if row else 0
    return len(_among(store, wanted, found) or ())


def _column(store: Store, sql: str, parameters: Sequence[object] = ()) -> list[int]:
    """Return a column of ids: as one value, which takes half the time of as many rows."""
    row = store.row(f"select json_group_array(id) from ({sql})", parameters)
    return list(json.loads(row[0])) if row else []


def _ids(store: Store, sql: str, parameters: Sequence[object] = ()) -> set[int]:
    return set(_column(store, sql, parameters))


def _ordered(store: Store, asked: Asked) -> list[int]:
    """Return every document in order; what has no value stands at the end in both directions."""
    way = "desc" if asked.descending else "asc"
    if asked.by in _KEYS:
        key = _KEYS[asked.by]
        parts = [
            f"select id from document where {key} > '' order by {key} {way}, id {way}",
            f"select id from document where {key} = '' order by id desc",
        ]
    elif asked.by is Sorted.OPENED:
        parts = [
            f"select id from document where opened > '' order by opened {way}, id {way}",
            "select id from document where opened is null order by id desc",
        ]
    elif asked.by is Sorted.ADDED:
        # Those that came together stay in their order.
        order = f"order by added {way}, id {'asc' if asked.descending else 'desc'}"
        parts = [f"select id from document where removed {which} '' {order}" for which in ("=", ">")]
    elif asked.by is Sorted.HIGHLIGHTS:
        marked = _column(
            store,
            "select document_id as id from highlight group by document_id"
            f" order by count(*) {way}, document_id desc",
        )
        rest = set(marked)
        return marked + [
            id for id in _column(store, "select id from document order by id desc") if id not in rest
        ]
    elif asked.by is Sorted.PROGRESS:
        parts = [
            f"select id from document where removed = '' order by progress {way}, opened {way}",
            "select id from document where removed > ''",
        ]
    else:
        parts = [f"select id from document order by words {way}, id {way}"]
    return [id for part in parts for id in _column(store, part)]


def _among(store: Store, wanted: Filter, found: Iterable[int] | None) -> set[int] | None:
    """Return the documents that a filter lets through, or None for all that were not put away."""
    if wanted.put_away:
        away = put_away(store)
        return away & _with_words(store, wanted.words) if wanted.words.split() else away
    sets: list[set[int]] = [] if found is None else [set(found)]
    if wanted.words.split():
        sets.append(_with_words(store, wanted.words))
    if wanted.collection:
        sets.append(having(store, "collection", wanted.collection.casefold()))
    if wanted.tag:
        sets.append(having(store, "tag", wanted.tag.casefold()))
    if wanted.state is not None:
        sets.append(_in_state(store, wanted.state))
    if wanted.format:
        sets.append(having(store, "type", wanted.format))
    return set.intersection(*sets) - put_away(store) if sets else None


def having(store: Store, what: str, value: str) -> set[int]:
    """Return the documents with a tag or in a collection (folded names), of a type, or in a state.

    Those too that were put away, where they can't be told apart at no cost.
    """
    if what == "state":
        return _in_state(store, ReadingState(value))
    return _ids(store, {"tag": _TAGGED, "collection": _COLLECTED, "type": _OF_TYPE}[what], [value])


def within(column: str) -> str:
    """Return the condition that a folded name is the one called ?1, or under it."""
    return f"({column} = ?1 or substr({column}, 1, length(?1) + 1) = ?1 || '/')"


_COLLECTED = (
    "select document_id as id from collection join membership on collection_id = collection.id"
    f" where {within('collection.folded')}"
)
_TAGGED = " union ".join(
    f"select document_id as id from tag join {kind}_tag on tag_id = tag.id"
    f" join {kind} on {kind}.id = {kind}_id where {within('tag.folded')}"
    for kind in ("highlight", "note", "details")
)


_OF_TYPE = "select id from document where removed = '' and format = ?"


def _with_words(store: Store, match: str) -> set[int]:
    words = match.casefold().split()
    # A folded text with half a surrogate pair is stored as bytes, in which instr finds no text.
    clauses = " and ".join(["instr(cast(folded as text), cast(? as text)) > 0"] * len(words))
    return _ids(store, f"select id from document where {clauses}", words)


def _in_state(store: Store, state: ReadingState) -> set[int]:
    """Return the documents in a state: what was read tells it of the many, a person of some."""
    read = {
        ReadingState.READ: f"progress >= {DONE}",
        ReadingState.UNREAD: f"progress < {DONE} and opened is null",
        ReadingState.READING: f"progress < {DONE} and opened is not null",
    }
    found = _ids(store, f"select id from document where removed = '' and {read[state]}")
    said = store.rows("select document_id, state from details where state is not null")
    found.difference_update(id for id, other in said if other != state)
    found.update(id for id, other in said if other == state)
    return found


# ---------------------------------------------------------------- groups


def _grouped(store: Store, ordered: list[int], asked: Asked) -> Listed:
    """Put documents together, each group in their order; the group of those without comes last."""
    groups: dict[str, list[int]] = {}
    if asked.group is Grouped.COLLECTION:
        collected = _collected(store)
        for id in ordered:
            for name in collected.get(id, ("",)):
                groups.setdefault(name, []).append(id)
    else:
        named = _names(store, asked.group)
        for id in ordered:
            groups.setdefault(named.get(id, ""), []).append(id)
    newest_first = asked.group in (Grouped.YEAR, Grouped.MONTH) and (
        asked.descending or asked.by is not Sorted.DATE
    )
    keys = sorted((key for key in groups if key), key=str.casefold, reverse=newest_first)
    keys += [""] * ("" in groups)
    shown = (
        _sites(store, {key: groups[key][0] for key in keys if key}) if asked.group is Grouped.SOURCE else {}
    )
    ids: list[int] = []
    found: list[Group] = []
    for key in keys:
        found.append(Group(shown.get(key, key), len(ids), len(ids) + len(groups[key])))
        ids += groups[key]
    return Listed(ids, tuple(found))


def _collected(store: Store) -> dict[int, list[str]]:
    """Return the names of the collections that each document is in."""
    names: dict[int, list[str]] = {}
    for id, name in store.rows(
        "select document_id, name from membership join collection on collection.id = collection_id"
        " order by folded"
    ):
        names.setdefault(id, []).append(text(name))
    return names


def _names(store: Store, group: Grouped | None) -> dict[int, str]:
    """Return the name of the group that each document is in; that of a source is its key."""
    key = {
        Grouped.SOURCE: "site_key",
        Grouped.YEAR: "substr(date_key, 1, 4)",
        Grouped.MONTH: "substr(date_key, 1, 7)",
    }[group or Grouped.SOURCE]
    column = "site_key" if group is Grouped.SOURCE else "date_key"
    row = store.row(f"select json_group_array(id), json_group_array({key}) from document where {column} > ''")
    return dict(zip(json.loads(row[0]), json.loads(row[1]), strict=True)) if row else {}


def _sites(store: Store, firsts: dict[str, int]) -> dict[str, str]:
    """Return how sources are written, by their keys, from a document of each."""
    rows = store.rows(
        "select site_key, coalesce(details.site, document.site) from document"
        " left join details on details.document_id = document.id"
        " where document.id in (select value from json_each(?))",
        [json.dumps(list(firsts.values()))],
    )
    return {key: text(site) for key, site in rows}


# ---------------------------------------------------------------- the lines

_ENTRY = f"""
select document.id, coalesce(nullif(details.title, ''), document.title),
    coalesce(details.byline, document.byline), coalesce(details.site, document.site),
    coalesce(details.date, document.date), format, source_path, added, coalesce(opened, ''), progress,
    (select count(*) from highlight where document_id = document.id),
    (select count(*) from note where document_id = document.id)
        + (select count(*) from highlight where document_id = document.id and note <> ''),
    words, {_STATE}, document.removed
from document left join details on details.document_id = document.id
where document.id in (select value from json_each(?))
"""
_TAGS = """
select document_id, tag.name from details join details_tag on details_id = details.id
join tag on tag.id = tag_id where document_id in (select value from json_each(?)) order by position
"""
_COLLECTIONS = """
select document_id, collection.name from membership join collection on collection.id = collection_id
where document_id in (select value from json_each(?)) order by folded
"""


def entries(store: Store, ids: Iterable[int]) -> list[Entry]:
    """Return the lines of documents, in the order of the ids; one that is not there is left out."""
    wanted = list(ids)
    packed = [json.dumps(wanted)]
    tags, collections = (_named(store, sql, packed) for sql in (_TAGS, _COLLECTIONS))
    found = {row[0]: _entry(row, tags, collections) for row in store.rows(_ENTRY, packed)}
    return [found[id] for id in wanted if id in found]


def _named(store: Store, sql: str, packed: list[str]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for id, name in store.rows(sql, packed):
        found[id] = (*found.get(id, ()), text(name))
    return found


def _entry(row: Row, tags: dict[int, tuple[str, ...]], collections: dict[int, tuple[str, ...]]) -> Entry:
    title, byline, site, date, format, source, added, opened = (text(each) for each in row[1:9])
    progress, highlights, notes, words, state, removed = row[9:15]
    return Entry(
        row[0],
        title,
        byline,
        site,
        date,
        format,
        source,
        added,
        opened,
        progress,
        highlights,
        notes,
        words,
        ReadingState(state),
        removed,
        tags.get(row[0], ()),
        collections.get(row[0], ()),
    )


def formats(store: Store) -> list[tuple[str, int]]:
    """Return the types of the documents with how many there are, the most frequent first."""
    rows = store.rows(
        "select format, count(*) as number from document where removed = ''"
        " group by format order by number desc, format"
    )
    return [(text(format), number) for format, number in rows]


def sources(store: Store, ids: Iterable[int]) -> dict[int, str]:
    """Return from which place each document was read."""
    rows = store.rows(
        "select id, source_path from document where id in (select value from json_each(?))",
        [json.dumps(list(ids))],
    )
    return {id: text(source) for id, source in rows}
