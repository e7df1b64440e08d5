"""Which documents a query matches, and in which order. Makes no snippets and parses nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from reader.library.listing import having, put_away, within
from reader.library.search.meaning import NAMED, spoken
from reader.library.search.query import All, Any, Dated, Field, Leaf, Node, Not, Said, Words, as_fts, leaves
from reader.library.store import Store, text

# A query that more texts match than this has words that say little: its order is the newest first, which
# costs nothing, where bm25 would have to weigh them all (17 ms for 10,000 texts of 3 kB, 4 ms for 1,700).
MOST_WEIGHED = 1000
MOST_PHRASES = 300
# To weigh a phrase, all of its places are gone through twice: among more texts than this (2 ms for 10,000,
# 15 to 30 ms for 100,000) only when it is known that they are few.
MOST_GONE_THROUGH = 20_000
# What is kept with a document is few words, so one of them says more than one in its text.
_TIERS = {"title": 3, "note": 2, "tag": 2, "person": 1, "site": 1, "passage": 1}
_KINDS = {
    "title": ("title", "site"),
    "note": ("note", "passage"),
    "tag": ("tag",),
    "person": ("person",),
}
_BESIDE = f"""
select 'title', rowid from title_index where title_index match '{{title}} : (' || ?1 || ')'
union all
select 'site', rowid from title_index where title_index match '{{byline site}} : (' || ?1 || ')'
union all
select searchable.kind, searchable.document_id from searchable_index
    join searchable on searchable.id = searchable_index.rowid
    where searchable_index match ?1 and searchable.kind <> 'tag'
union all
select 'tag', highlight.document_id from searchable_index
    join searchable on searchable.id = searchable_index.rowid
    join highlight_tag on tag_id = record_id join highlight on highlight.id = highlight_id
    where searchable_index match ?1 and searchable.kind = 'tag'
union all
select 'tag', note.document_id from searchable_index join searchable on searchable.id = searchable_index.rowid
    join note_tag on tag_id = record_id join note on note.id = note_id
    where searchable_index match ?1 and searchable.kind = 'tag'
union all
select 'tag', details.document_id from searchable_index
    join searchable on searchable.id = searchable_index.rowid
    join details_tag on tag_id = record_id join details on details.id = details_id
    where searchable_index match ?1 and searchable.kind = 'tag'
union all
{NAMED}"""
TAGGED = within("tag.folded")
_SAID = """
select document.id from quotation_index join quotation on quotation.id = quotation_index.rowid
    join analysis on analysis.id = analysis_id join document on current_text_id = text_id
    where quotation_index match ?
"""
# Few dates are on many documents, so it is the dates that are looked at, and their documents found by them.
_DATES = "select distinct date_key from document"
_DATED = "select id from document where date_key in (select value from json_each(?))"


def quotation_match(words: str) -> str:
    """Return words that are to be in a quotation as an expression of FTS5."""
    return f"{{words}} : ({words})"


def named_match(asked: Field) -> str:
    """Return what is asked of the byline or the site as an expression of FTS5."""
    return f"{{{'byline' if asked.name == 'by' else 'site'}}} : ({asked.value})"


@dataclass(slots=True)
class Matches:
    """What matches: documents that are known one by one, and texts that are looked for when needed.

    `known` gives documents their tier. `texts` is an expression of FTS5 that further documents match;
    those in `without` are decided already. `weighing` is what bm25 is asked for.
    """

    known: dict[int, int]
    texts: str = ""
    without: set[int] = field(default_factory=set)
    weighing: str = ""

    def beside(self, ids: Iterable[int]) -> list[int]:
        """Return those that have some of the words elsewhere than in their text."""
        return [id for id in ids if self.known.get(id)]

    def count(self, store: Store) -> int:
        """Return how many documents match."""
        if not self.texts:
            return len(self.known)
        row = store.row("select count(*) from text_index where text_index match ?", [self.texts])
        return len(self.known) + (row[0] if row else 0) - len(_in_texts(store, self.texts, self.without))

    def page(self, store: Store, *, offset: int, limit: int | None) -> list[int]:
        """Return some documents in the order of rank."""
        end = None if limit is None else offset + limit
        needed = -1 if end is None else end + len(self.without)
        newest, weights = self._weights(store, needed)
        tiers: dict[int, list[int]] = {}
        for id, tier in self.known.items():
            tiers.setdefault(tier, []).append(id)
        if self.texts:
            if weights is None:
                further = _first(store, self.texts, needed) if newest is None else newest
            elif self.texts == self.weighing:
                further = list(weights)
            else:
                further = _first(store, self.texts, -1)
            tiers.setdefault(0, []).extend(id for id in further if id not in self.without)
        ordered: list[int] = []
        for tier in sorted(tiers, reverse=True):
            ids = sorted(tiers[tier], reverse=True)
            ordered += sorted(ids, key=lambda id: weights.get(id, 0.0)) if weights else ids
            if end is not None and len(ordered) >= end:
                break
        return ordered[offset:end]

    def _weights(self, store: Store, needed: int) -> tuple[list[int] | None, dict[int, float] | None]:
        """Return bm25 of each text that matches what is weighed, or None when they are too many.

        Where `needed` of the newest texts had to be looked for on the way, they come first.
        """
        if not self.weighing:
            return None, {}
        words = re.findall('"([^"]*)"', self.weighing)
        has_phrase = "NEAR(" in self.weighing or any(" " in each.strip() for each in words)
        most = MOST_PHRASES if has_phrase else MOST_WEIGHED
        if (has_phrase and not _are_few(store)) or len(words) == 1:
            is_all = self.texts == self.weighing
            newest = _first(store, self.weighing, max(most + 1, needed if is_all else 0))
            if len(newest) > most:
                return (newest if is_all and needed >= 0 else None), None
        found = store.rows(
            "select rowid, rank from text_index where text_index match ? limit ?",
            [self.weighing, most + 1],
        )
        return None, (dict(found) if len(found) <= most else None)


def _are_few(store: Store) -> bool:
    """Tell whether there are so few texts that going through them costs little."""
    row = store.row("select max(id) from document")
    return row is None or (row[0] or 0) <= MOST_GONE_THROUGH


def matches(store: Store, node: Node) -> Matches:
    """Return what matches a query; what was put away does not."""
    away = put_away(store)
    wanted = list(dict.fromkeys(leaf for leaf in leaves(node, wanted=True) if isinstance(leaf, Words)))
    everywhere = [each.fts for each in wanted if not each.kinds or "text" in each.kinds]
    weighing = " OR ".join(everywhere)
    if _is_plain(node):
        texts = as_fts(node)
        if texts is not None:
            found = _beside(store, node)
            plain = _Plain(store, found)
            known = plain.tiers(node, plain.holding(node) - away)
            return Matches(known, texts, plain.decided | away, texts)
    ids = _ids(store, node) - away
    tiers = dict.fromkeys(ids, 0)
    for leaf in wanted:
        for id, tier in _tiers(store, leaf).items():
            if id in tiers:
                tiers[id] = max(tier, tiers[id])
    return Matches(tiers, weighing=weighing)


def _first(store: Store, expression: str, limit: int) -> list[int]:
    """Return the newest documents whose text matches."""
    rows = store.rows(
        "select rowid from text_index where text_index match ? order by rowid desc limit ?",
        [expression, limit],
    )
    return [id for (id,) in rows]


# ---------------------------------------------------------------- words alone


def _is_plain(node: Node) -> bool:
    return all(isinstance(leaf, Words) and not leaf.kinds for leaf in leaves(node))


def _beside(store: Store, node: Node) -> dict[Words, dict[int, int]]:
    """Return for each of the words the documents that have them beside their text, with the tier."""
    return {leaf: _tiers(store, leaf) for leaf in leaves(node) if isinstance(leaf, Words)}


def _tiers(store: Store, leaf: Words) -> dict[int, int]:
    kinds = {kind for each in leaf.kinds for kind in _KINDS.get(each, ())} if leaf.kinds else set(_TIERS)
    found: dict[int, int] = {}
    if kinds:
        for kind, id in store.rows(_BESIDE, [leaf.fts]):
            if kind in kinds and _TIERS[kind] > found.get(id, 0):
                found[id] = _TIERS[kind]
    return found


class _Plain:
    """Decides for the few documents that have some of the words beside their text."""

    def __init__(self, store: Store, beside: dict[Words, dict[int, int]]) -> None:
        self.decided = {id for found in beside.values() for id in found}
        self._beside = beside
        self._store = store
        self._texts: dict[Words, set[int]] = {}

    def holding(self, node: Node) -> set[int]:
        """Return those of the documents that match."""
        if isinstance(node, Not):
            return self.decided - self.holding(node.part)
        if isinstance(node, All):
            return set.intersection(*(self.holding(part) for part in node.parts))
        if isinstance(node, Any):
            return set.union(*(self.holding(part) for part in node.parts))
        assert isinstance(node, Words)
        beside = self._beside[node]
        if node not in self._texts:
            self._texts[node] = _in_texts(self._store, node.fts, self.decided - beside.keys())
        return self._texts[node].union(beside)

    def tiers(self, node: Node, ids: set[int]) -> dict[int, int]:
        """Return how much what is beside the text counts, for some of the documents."""
        found = dict.fromkeys(ids, 0)
        for leaf in leaves(node, wanted=True):
            assert isinstance(leaf, Words)
            for id, tier in self._beside[leaf].items():
                if tier > found.get(id, tier):
                    found[id] = tier
        return found


def _in_texts(store: Store, expression: str, ids: Iterable[int]) -> set[int]:
    among = list(ids)
    if not among:
        return set()
    # With a plus the rowids are not looked up one by one: each would open the index anew, 0.2 ms.
    rows = store.rows(
        "select rowid from text_index where text_index match ? and rowid between ? and ?"
        " and +rowid in (select value from json_each(?))",
        [expression, min(among), max(among), packed(among)],
    )
    return {id for (id,) in rows}


# ---------------------------------------------------------------- all else


def _ids(store: Store, node: Node, among: set[int] | None = None) -> set[int]:
    """Return the documents that match, one set from others; with `among` it may be those of these alone."""
    if _is_plain(node) and (texts := as_fts(node)) is not None:
        plain = _Plain(store, _beside(store, node))
        found = set(_first(store, texts, -1)) if among is None else _in_texts(store, texts, among)
        return (found - plain.decided) | plain.holding(node)
    if isinstance(node, Not):
        return _everything(store) - _ids(store, node.part)
    if isinstance(node, Any):
        return set().union(*(_ids(store, part) for part in node.parts))
    if isinstance(node, All):
        return _of_all(store, node)
    return _of_leaf(store, node)


def _of_all(store: Store, node: All) -> set[int]:
    without = [part for part in node.parts if isinstance(part, Not)]
    words = tuple(part for part in node.parts if part not in without and _is_plain(part))
    others = [part for part in node.parts if part not in without and part not in words]
    sets = [_ids(store, part) for part in others]
    among = set.intersection(*sets) if sets else None
    if words:
        found = _ids(store, words[0] if len(words) == 1 else All(words), among)
        found = found if among is None else found & among
    else:
        found = among if among is not None else _everything(store)
    for part in without:
        found = found - _ids(store, part.part)
    return found


def _everything(store: Store) -> set[int]:
    return {id for (id,) in store.rows("select id from document")}


def _of_leaf(store: Store, leaf: Leaf) -> set[int]:
    if isinstance(leaf, Words):
        found = set(_tiers(store, leaf))
        if not leaf.kinds or "text" in leaf.kinds:
            found.update(_first(store, leaf.fts, -1))
        if "quote" in leaf.kinds:
            found |= _of_leaf(store, Said(words=leaf.fts))
        return found
    if isinstance(leaf, Dated):
        dates = [text(date) for (date,) in store.rows(_DATES)]
        return {
            id for (id,) in store.rows(_DATED, [packed([date for date in dates if leaf.range.holds(date)])])
        }
    if isinstance(leaf, Said) and leaf.speaker:
        return {id for _, id in spoken(store, leaf)}
    if isinstance(leaf, Said):
        return {id for (id,) in store.rows(_SAID, [quotation_match(leaf.words)])}
    if leaf.name not in ("by", "site"):
        return having(store, leaf.name, leaf.value)
    titles = "select rowid from title_index where title_index match ?"
    return {id for (id,) in store.rows(titles, [named_match(leaf)])}


def packed(ids: Iterable[int | str]) -> str:
    """Return ids or words for `json_each`, however many there are."""
    return json.dumps(list(ids))
