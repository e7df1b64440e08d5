"""Who appears in which document, counted: tables that follow what is found and what a person says of names.

The migration that makes them; nothing is stored here that is not elsewhere too. A document counts with what
was found in its newest text, unless it was put away.
"""

from __future__ import annotations

from reader.library.store import Store

# Whom a name means where nobody says more of it, and in one document.
_IN_GENERAL = """coalesce((select person from identity where identity.name = {name}
    and coalesce(identity.document_id, 0) = 0), {name})"""


def _found(analysis: str) -> str:
    """Return the names in an analysis (an expression; "" for all), a row for each sign of one.

    People, bodies, and whoever else is quoted.
    """
    of_it = f"and analysis_id = {analysis}" if analysis else ""
    signs = ", 0 as mentions, 0 as quotations"
    return f"""
        select analysis_id, name, label = 'PERSON' as is_person{signs} from entity
        where label in ('PERSON', 'ORG') {of_it}
        union all select analysis_id, name, label = 'PERSON', 1, 0 from mention
        where label in ('PERSON', 'ORG') {of_it}
        union all select analysis_id, speaker, 0, 0, 1 from quotation where speaker is not null {of_it}
    """


def _gathered(analysis: str) -> tuple[str, str]:
    """Return the statements that write down who appears in an analysis."""
    names = f"""
        insert or ignore into called (name, document_id, person)
        select distinct name, 0, {_IN_GENERAL.format(name="found.name")} from ({_found(analysis)}) as found
    """
    # The order of the tables is given: each analysis is looked up once.
    appearances = f"""
        insert into appearance (analysis_id, document_id, called_id, is_person, mentions, quotations)
        select seen.analysis_id, document.id, coalesce(
                (select id from called where called.name = seen.name and document_id = document.id),
                (select id from called where called.name = seen.name and document_id = 0)),
            is_person, mentions, quotations
        from (select analysis_id, name, max(is_person) as is_person, sum(mentions) as mentions,
                sum(quotations) as quotations from ({_found(analysis)}) group by analysis_id, name) as seen
        cross join analysis on analysis.id = seen.analysis_id
        cross join document on document.current_text_id = analysis.text_id and document.removed = ''
    """
    return names, appearances


def gather(store: Store, analysis_id: int) -> None:
    """Write down who appears in an analysis that was stored just now; within its transaction."""
    for statement in _gathered("?1"):
        store.run(statement, [analysis_id])


def refill(store: Store) -> None:
    """Write down anew who appears where, from what is stored; within a transaction."""
    for table in ("appearance", "called", "person"):
        store.run(f"delete from {table}")
    for statement in (_SPECIAL, *_gathered(""), _KNOWN):
        store.run(statement)


_SPECIAL = """insert into called (name, document_id, person) select name, document_id, person from identity
    where document_id is not null"""
_KNOWN = "insert or ignore into known_as (name, alias) select person, person from identity"
# `person` may have an appearance in the document of a row beside that row: it is one document all the same.
_BESIDE = """exists (select 1 from appearance as other cross join called on called.id = other.called_id
    where other.document_id = {row}.document_id and other.id <> {row}.id and called.person = person.name)"""
_COUNTS = (
    "person set mentions = mentions {sign} {row}.mentions, quotations = quotations {sign} {row}.quotations"
)
_COUNTED = f"""update {_COUNTS}, persons = persons {{sign}} {{row}}.is_person,
    documents = documents {{sign}} (not {_BESIDE})
    where name = (select person from called where called.id = {{row}}.called_id)"""
_ADDED = (
    "insert or ignore into person (name) select person from called where called.id = new.called_id",
    _COUNTED.format(sign="+", row="new"),
)
_TAKEN = (
    _COUNTED.format(sign="-", row="old"),
    "delete from person where documents = 0 and name = (select person from called where id = old.called_id)",
)
_SUMMED = """select count(distinct appearance.document_id), sum(mentions), sum(quotations), sum(is_person)
    from called cross join appearance on called_id = called.id where called.person = person.name"""
_MOVED = (
    "insert or ignore into person (name) select new.person where exists"
    " (select 1 from appearance where called_id = new.id)",
    f"update person set (documents, mentions, quotations, persons) = ({_SUMMED})"
    " where name in (old.person, new.person)"
    " and exists (select 1 from called cross join appearance on called_id = called.id"
    " where called.person = person.name)",
    "delete from person where name = old.person and not exists (select 1 from called"
    " cross join appearance on called_id = called.id where called.person = person.name)",
)
_NEWEST = "(select id from analysis where text_id = new.current_text_id)"


def _said(row: str) -> tuple[str, ...]:
    """Return the statements that let an identity hold."""
    here = f"{row}.document_id is not null"
    general = f"(select id from called where name = {row}.name and document_id = 0)"
    special = f"(select id from called where name = {row}.name and document_id = {row}.document_id)"
    return (
        f"insert or ignore into known_as (name, alias) values ({row}.person, {row}.person)",
        f"update called set person = {row}.person where name = {row}.name"
        f" and document_id = coalesce({row}.document_id, 0)",
        "insert or ignore into called (name, document_id, person)"
        f" select {row}.name, {row}.document_id, {row}.person where {here}",
        f"update appearance set called_id = {special}"
        f" where {here} and document_id = {row}.document_id and called_id = {general}",
    )


def _unsaid(row: str) -> tuple[str, ...]:
    """Return the statements that let an identity hold no longer."""
    here = f"{row}.document_id is not null"
    special = f"(select id from called where name = {row}.name and document_id = {row}.document_id)"
    in_general = _IN_GENERAL.format(name=f"{row}.name")
    return (
        f"update called set person = {row}.name"
        f" where {row}.document_id is null and name = {row}.name and document_id = 0",
        "insert or ignore into called (name, document_id, person)"
        f" select {row}.name, 0, {in_general} where {here}",
        "update appearance set called_id ="
        f" (select id from called where name = {row}.name and document_id = 0)"
        f" where {here} and document_id = {row}.document_id and called_id = {special}",
        f"delete from called where {here} and name = {row}.name and document_id = {row}.document_id",
    )


def _trigger(name: str, when: str, *statements: str) -> str:
    """Return a trigger in one line, for a script is cut where a line ends with a semicolon."""
    body = "; ".join(" ".join(each.split()) for each in statements)
    return f"create trigger {name} {when} begin {body}; end;\n"


_FILLED = ";\n".join(_gathered(""))
PEOPLE = f"""
create table called (
    id integer primary key,
    name text not null,               -- as an article has it
    document_id integer not null,     -- where it means that person, 0 where nothing else is said
    person text not null,             -- whom it means
    unique (name, document_id)
);
create index called_by_person on called(person);
create table appearance (
    id integer primary key,
    analysis_id integer not null references analysis(id) on delete cascade,
    document_id integer not null,
    called_id integer not null references called(id),
    is_person integer not null,       -- 0 where the text has it for a body, or for something else
    mentions integer not null,
    quotations integer not null
);
create index appearance_by_analysis on appearance(analysis_id, called_id);
create index appearance_by_document on appearance(document_id, called_id);
create index appearance_by_called on appearance(called_id, document_id, mentions, quotations, is_person);
create table person (
    id integer primary key,
    name text not null unique,
    documents integer not null default 0,
    mentions integer not null default 0,
    quotations integer not null default 0,
    persons integer not null default 0 -- appearances as a person
);
create table distinction (
    id text primary key,
    name text not null,               -- of the two names, the first in the order of characters
    other text not null,
    created text not null,
    unique (name, other)
);
{_SPECIAL};
{_FILLED};
{_KNOWN};
insert into person (name, documents, mentions, quotations, persons)
    select person, count(distinct appearance.document_id), sum(mentions), sum(quotations), sum(is_person)
    from called join appearance on called_id = called.id group by person;
create index person_by_quotations on person(quotations desc, documents desc, name collate nocase)
    where persons > 0 or quotations > 0;
create index person_by_documents on person(documents desc, quotations desc, name collate nocase)
    where persons > 0 or quotations > 0;
create index person_by_name on person(name collate nocase) where persons > 0 or quotations > 0;
""" + "".join(
    (
        _trigger("appearance_added", "after insert on appearance", *_ADDED),
        _trigger("appearance_deleted", "after delete on appearance", *_TAKEN),
        _trigger(
            "appearance_moved",
            "after update of called_id on appearance when new.called_id <> old.called_id",
            *_TAKEN,
            *_ADDED,
        ),
        _trigger("called_moved", "after update of person on called when new.person <> old.person", *_MOVED),
        _trigger("identity_added", "after insert on identity", *_said("new")),
        _trigger(
            "identity_changed",
            "after update on identity when old.name = new.name and old.document_id is new.document_id",
            *_said("new")[:2],
        ),
        _trigger(
            "identity_replaced",
            "after update on identity when old.name <> new.name or old.document_id is not new.document_id",
            *_unsaid("old"),
            *_said("new"),
        ),
        _trigger("identity_deleted", "after delete on identity", *_unsaid("old")),
        _trigger(
            "document_gathered",
            "after update of current_text_id, removed on document"
            " when new.current_text_id is not old.current_text_id or new.removed <> old.removed",
            "delete from appearance where document_id = new.id",
            *_gathered(_NEWEST),
        ),
    )
)
