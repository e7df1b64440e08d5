"""The people of the library: a list of them, and all that the documents have of one. Writes nothing.

A person is known by the name under which they go since the person's own word on who is who (`Identity`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from reader.document import Span
from reader.library.people.sayings import Saying, about_clause, as_saying
from reader.library.search.query import MARKS
from reader.library.store import Row, Store, storable, text
from reader.text import one_line

ORDERS = {
    "quoted": "quotations desc, documents desc, name collate nocase",
    "documents": "documents desc, quotations desc, name collate nocase",
    "name": "sort_key(name), name collate nocase",
}
_LISTED = "(persons > 0 or quotations > 0)"
_AROUND = 90  # characters on each side of a mention
_MATCHING = """id in (
    select person.id from known_as_index cross join known_as on known_as.id = known_as_index.rowid
    cross join called on called.name = known_as.name cross join person on person.name = called.person
    where known_as_index match ?1
    union select person.id from known_as_index cross join known_as on known_as.id = known_as_index.rowid
    cross join person on person.name = known_as.name where known_as_index match ?1)"""
# Where somebody appears. The order of the tables is given here and below: SQLite knows no better one, and
# a worse one takes seconds.
_OF = "from called cross join appearance on appearance.called_id = called.id"
_DATED = """cross join document on document.id = appearance.document_id
    left join details on details.document_id = document.id"""
_SIGNS = """from called cross join {table} on {table}.{name} = called.name
    cross join appearance on appearance.analysis_id = {table}.analysis_id and called_id = called.id"""
_DATE = "coalesce(details.date, document.date)"
_TITLE = "coalesce(nullif(details.title, ''), document.title)"


@dataclass(frozen=True, slots=True)
class Person:
    """One line of the list: a person, or a body that is quoted."""

    name: str
    documents: int
    quotations: int
    mentions: int
    is_body: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A quotation or a mention by its number, and where and when it is."""

    id: int
    document_id: int
    date: str


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A mention with the words around it: `line` from `start` to `end` is the name."""

    document_id: int
    title: str
    date: str
    span: Span
    line: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Appearance:
    """A document in which somebody appears, and how often they are named and quoted in it."""

    document_id: int
    title: str
    site: str
    date: str
    mentions: int
    quotations: int


@dataclass(frozen=True, slots=True)
class Company:
    """Somebody who appears with a person in so many documents; `quotations` are theirs in these."""

    name: str
    documents: int
    quotations: int
    is_body: bool = False


@dataclass(frozen=True, slots=True)
class Called:
    """A name that means a person: in one document, or (None) wherever nothing else is said."""

    name: str
    document_id: int | None = None


class Register:
    """Asks the library about people."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # ------------------------------------------------------------ the list

    def count(self, match: str = "") -> int:
        """Return how many people there are; each word of `match` begins a word of a name of theirs."""
        chosen, parameters = _chosen(match)
        row = self._store.row(f"select count(*) from person where {_LISTED}{chosen}", parameters)
        return row[0] if row else 0

    def page(
        self, match: str = "", *, order: str = "quoted", offset: int = 0, limit: int = 100
    ) -> list[Person]:
        """Return some of them; `order` is "quoted", "documents" (the most first) or "name".

        By name all are put in order each time: `matching` does so once.
        """
        chosen, parameters = _chosen(match)
        rows = self._store.rows(
            "select name, documents, quotations, mentions, persons * 2 < documents from person"
            f" where {_LISTED}{chosen} order by {ORDERS[order]} limit {int(limit)} offset {int(offset)}",
            parameters,
        )
        return [_person(row) for row in rows]

    def matching(self, match: str, *, order: str = "quoted") -> list[int]:
        """Return all who match, by number: looked for once, where pages of them are asked for again."""
        chosen, parameters = _chosen(match)
        sql = f"select id from person where {_LISTED}{chosen} order by {ORDERS[order]}"
        return [id for (id,) in self._store.rows(sql, parameters)]

    def those(self, ids: Sequence[int]) -> list[Person]:
        """Return people by number, in that order; who is gone is left out."""
        rows = self._store.rows(
            "select name, documents, quotations, mentions, persons * 2 < documents, id from person"
            " where id in (select value from json_each(?))",
            [json.dumps(list(ids))],
        )
        found = {row[5]: _person(row) for row in rows}
        return [found[id] for id in ids if id in found]

    def numbers(self, names: Sequence[str]) -> list[int]:
        """Return the numbers of the people of these names, as `matching` gives them."""
        rows = self._store.rows(
            "select id from person where name in (select value from json_each(?))",
            [json.dumps([storable(name) for name in names])],
        )
        return [id for (id,) in rows]

    def person(self, name: str) -> Person | None:
        """Return the person of this name, or None when nobody goes by it (any more)."""
        row = self._store.row(
            "select name, documents, quotations, mentions, persons * 2 < documents from person"
            " where name = ?",
            [storable(name)],
        )
        return _person(row) if row else None

    def meant(self, name: str, document_id: int | None = None) -> str:
        """Return whom a name means, in a document or in general."""
        row = self._store.row(
            "select person from identity where name = ?1 and coalesce(document_id, 0) in (0, ?2)"
            " order by document_id is null limit 1",
            [storable(name), document_id or 0],
        )
        return text(row[0]) if row else name

    # ------------------------------------------------------------ one of them

    def called(self, name: str) -> list[Called]:
        """Return the names that mean a person."""
        rows = self._store.rows(
            "select name, document_id from called where person = ? order by document_id, name",
            [storable(name)],
        )
        return [Called(text(row[0]), row[1] or None) for row in rows]

    def aliases(self, name: str) -> list[tuple[str, int]]:
        """Return what a person is called in the documents, each with how many do, the most common first."""
        rows = self._store.rows(
            f"select called.name, entity.aliases, count(*) {_SIGNS.format(table='entity', name='name')}"
            " where called.person = ? group by called.name, entity.aliases",
            [storable(name)],
        )
        counts: dict[str, int] = {}
        for called, aliases, count in rows:
            for each in dict.fromkeys((text(called), *(json.loads(aliases) if aliases else ()))):
                counts[each] = counts.get(each, 0) + count
        return sorted(counts.items(), key=lambda each: (-each[1], each[0]))

    def roles(self, name: str, *, document_ids: Sequence[int] | None = None) -> list[tuple[str, int]]:
        """Return what (these) documents say a person is, each with how many do, the most common first."""
        within = (
            "" if document_ids is None else "and appearance.document_id in (select value from json_each(?2))"
        )
        further = [] if document_ids is None else [json.dumps(list(document_ids))]
        rows = self._store.rows(
            f"select description, count(*) as times {_SIGNS.format(table='entity', name='name')}"
            f" where called.person = ?1 and description <> '' {within}"
            " group by description order by times desc, 1",
            [storable(name), *further],
        )
        return [(text(words), count) for words, count in rows]

    def appearances(self, name: str) -> list[Appearance]:
        """Return the documents in which a person appears in the order of time, the undated first."""
        rows = self._store.rows(
            f"select document.id, {_TITLE}, coalesce(details.site, document.site), {_DATE} as date,"
            f" sum(mentions), sum(quotations) {_OF} {_DATED}"
            " where called.person = ? group by document.id order by date, document.id",
            [storable(name)],
        )
        return [Appearance(row[0], text(row[1]), text(row[2]), text(row[3]), *row[4:]) for row in rows]

    def quotations(self, name: str, *, about: str = "") -> list[Spot]:
        """Return where a person is quoted in the order of time. Raises QueryError for odd words."""
        chosen, parameters = about_clause(about)
        rows = self._store.rows(
            f"select quotation.id, appearance.document_id, {_DATE} as date"
            f" {_SIGNS.format(table='quotation', name='speaker')} {_DATED} where called.person = ?{chosen}"
            " order by date, document.id, start_offset, quotation.id",
            [storable(name), *parameters],
        )
        return [Spot(id, document_id, text(date)) for id, document_id, date in rows]

    def sayings(self, ids: Sequence[int]) -> dict[int, Saying]:
        """Return quotations by their numbers; one that is gone is left out."""
        rows = self._store.rows(
            "select quotation.id, document.id, source_path, document.address,"
            f" {_TITLE}, {_DATE}, called.person, kind, quotation.words, start_offset, end_offset,"
            " reason, speaker"
            " from json_each(?) as wanted cross join quotation on quotation.id = wanted.value"
            " cross join appearance on appearance.analysis_id = quotation.analysis_id"
            f" cross join called on called.id = called_id and called.name = speaker {_DATED}",
            [json.dumps(list(ids))],
        )
        return {row[0]: as_saying(row[1:]) for row in rows}

    def mentions(self, name: str) -> list[Spot]:
        """Return where a person is named in the order of time."""
        rows = self._store.rows(
            f"select mention.id, appearance.document_id, {_DATE} as date"
            f" {_SIGNS.format(table='mention', name='name')} {_DATED}"
            " where called.person = ? and label in ('PERSON', 'ORG')"
            " order by date, document.id, start_offset",
            [storable(name)],
        )
        return [Spot(id, document_id, text(date)) for id, document_id, date in rows]

    def mentioned(self, ids: Sequence[int]) -> dict[int, Mentioned]:
        """Return mentions by their numbers with the words around them; one that is gone is left out."""
        rows = self._store.rows(
            f"select mention.id, document.id, {_TITLE}, {_DATE}, start_offset, end_offset, text_id"
            " from json_each(?) as wanted cross join mention on mention.id = wanted.value"
            " cross join analysis on analysis.id = analysis_id"
            " cross join document on document.current_text_id = text_id"
            " left join details on details.document_id = document.id",
            [json.dumps(list(ids))],
        )
        numbers = json.dumps(sorted({row[6] for row in rows}))
        # Whole texts, for `substr` counts from the beginning each time, and halves of a pair are bytes.
        wholes = {
            id: text(whole)
            for id, whole in self._store.rows(
                "select id, text from document_text where id in (select value from json_each(?))", [numbers]
            )
        }
        return {row[0]: _mentioned(row, wholes[row[6]]) for row in rows}

    # ------------------------------------------------------------ who is with them

    def together(self, name: str, *, limit: int = 60) -> list[Company]:
        """Return who appears in the same documents, the most often first."""
        return self._company(name, "", "documents desc, quoted desc, person.name", limit)

    def beside(self, name: str, *, limit: int = 60) -> list[Company]:
        """Return who is quoted in the same documents, the most quoted first."""
        rest = "and other.quotations > 0"
        return self._company(name, rest, "quoted desc, documents desc, person.name", limit)

    def _company(self, name: str, rest: str, order: str, limit: int) -> list[Company]:
        rows = self._store.rows(
            "select person.name, count(distinct other.document_id) as documents,"
            " sum(other.quotations) as quoted, person.persons * 2 < person.documents"
            f" from (select distinct appearance.document_id {_OF} where called.person = ?1) as here"
            " cross join appearance as other on other.document_id = here.document_id"
            " cross join called as theirs on theirs.id = other.called_id"
            " cross join person on person.name = theirs.person"
            " where theirs.person <> ?1 and (person.persons > 0 or person.quotations > 0)"
            f" {rest} group by person.id order by {order} limit {int(limit)}",
            [storable(name)],
        )
        return [Company(text(row[0]), row[1], row[2], bool(row[3])) for row in rows]

    def speaking_of(self, name: str, *, limit: int = 60) -> list[Company]:
        """Return who names a person in a quotation; `quotations` are those in which they do."""
        rows = self._store.rows(
            "select theirs.person, count(distinct appearance.document_id),"
            " count(distinct quotation.id) as times, min(other.is_person) = 0"
            f" {_OF} cross join mention on mention.analysis_id = appearance.analysis_id"
            " and mention.name = called.name cross join quotation"
            " on quotation.analysis_id = appearance.analysis_id"
            " and quotation.start_offset <= mention.start_offset"
            " and quotation.end_offset >= mention.end_offset"
            " cross join appearance as other on other.analysis_id = quotation.analysis_id"
            " cross join called as theirs on theirs.id = other.called_id and theirs.name = speaker"
            " where called.person = ?1 and theirs.person <> ?1"
            f" group by theirs.person order by times desc, theirs.person limit {int(limit)}",
            [storable(name)],
        )
        return [Company(text(row[0]), row[1], row[2], bool(row[3])) for row in rows]

    # ------------------------------------------------------------ who may be the same

    def alike(self, words: Sequence[str], *, limit: int = 200) -> list[Person]:
        """Return people with one of these words in a name that they go by, the most quoted first."""
        wanted = " OR ".join(f'"{each}"' for each in map(_plain, words) if each)
        if not wanted:
            return []
        rows = self._store.rows(
            "select name, documents, quotations, mentions, persons * 2 < documents from person"
            f" where {_LISTED} and {_MATCHING} order by {ORDERS['documents']} limit {int(limit)}",
            [wanted],
        )
        return [_person(row) for row in rows]

    def known_by(self, alias: str) -> list[tuple[str, int]]:
        """Return who goes by a name that is not their full one, and in how many documents."""
        rows = self._store.rows(
            "select called.person, count(distinct appearance.document_id) as times"
            " from known_as cross join called on called.name = known_as.name"
            " cross join appearance on called_id = called.id cross join entity"
            " on entity.analysis_id = appearance.analysis_id and entity.name = called.name"
            " where known_as.alias = ?1 and known_as.name <> ?1"
            " and exists (select 1 from json_each(entity.aliases) where value = ?1)"
            " group by called.person order by times desc, called.person",
            [storable(alias)],
        )
        return [(text(name), count) for name, count in rows]

    def kept_apart(self, name: str, others: Sequence[str]) -> set[str]:
        """Return which of the others a document names beside a person, as somebody else."""
        rows = self._store.rows(
            f"select distinct theirs.person from (select distinct appearance.document_id {_OF}"
            " where called.person = ?1) as here"
            " cross join appearance as other on other.document_id = here.document_id"
            " cross join called as theirs on theirs.id = other.called_id"
            " where theirs.person in (select value from json_each(?2))",
            [storable(name), json.dumps(list(others))],
        )
        return {text(each) for (each,) in rows}


def _chosen(match: str) -> tuple[str, list[str]]:
    """Return what chooses the people whose names have words that begin so."""
    words = [each for each in map(_plain, match.split()) if each]
    if not words:
        # Signs alone are in no name.
        return (" and 0", []) if match.strip() else ("", [])
    return f" and {_MATCHING}", [" AND ".join(f'"{each}" *' for each in words)]


def _plain(word: str) -> str:
    """Return a word that can't disturb an expression of FTS5, "" where nothing of it can be looked for."""
    word = MARKS.sub(" ", word).replace('"', " ").strip()
    return word if any(character.isalnum() for character in word) else ""


def _person(row: Row) -> Person:
    return Person(text(row[0]), row[1], row[2], row[3], bool(row[4]))


def _mentioned(row: Row, whole: str) -> Mentioned:
    start, end = row[4], row[5]
    first, last = max(0, start - _AROUND), min(len(whole), end + _AROUND)
    if first and (blank := whole.find(" ", first, start)) >= 0:
        first = blank + 1
    if last < len(whole) and (blank := whole.rfind(" ", end, last)) >= 0:
        last = blank
    before, name, after = whole[first:start], one_line(whole[start:end]), whole[end:last]
    # White space at the seams counts as one blank.
    head = ("…" if first else "") + one_line(before) + (" " if before[-1:].isspace() else "")
    tail = (" " if after[:1].isspace() else "") + one_line(after) + ("…" if last < len(whole) else "")
    return Mentioned(
        row[1],
        text(row[2]),
        text(row[3]),
        Span(start, end),
        head + name + tail,
        len(head),
        len(head) + len(name),
    )
