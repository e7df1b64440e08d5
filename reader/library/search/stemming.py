"""Whether English words are found in all their forms: the indexes are made anew with another tokenizer.

The choice is the index's own and nowhere else, so a library and its copies always search as they were made.
Names of people are never cut to their stems.
"""

from __future__ import annotations

from collections.abc import Callable

from reader.library.store import Store

_STEMS = 'tokenize="porter '
_EVERY_FORM = 'tokenize="'
_OTHERS = ("title_index", "searchable_index", "quotation_index")
_NEW = "text_index_anew"
_AT_ONCE = 300  # texts in one transaction: others who write wait for a tenth of a second at most
_FILL = f"""
insert into {_NEW} (rowid, text) select document.id, text from document
    join document_text on document_text.id = current_text_id where document.id between ? and ?
"""


def is_on(store: Store) -> bool:
    """Tell whether "closing" finds "closed" and "close" too."""
    row = store.row("select sql from sqlite_master where name = 'text_index'")
    return row is not None and _STEMS in row[0]


def turn(store: Store, *, on: bool, progress: Callable[[float], None] | None = None) -> None:
    """Make the indexes anew so that English words are, or are not, found in all their forms.

    What takes long, the index of the texts, is made beside the old one, some texts at a time, so that
    others can write meanwhile; it takes its place, and the small ones are made, in one transaction. What
    `progress` raises, as anything else that ends it before, leaves the old indexes as they are. It is called
    with how far that is, 0 to 1.
    """
    if is_on(store) == on:
        return
    tell = progress or (lambda fraction: None)
    tell(0.0)
    with store.transaction():
        store.run(f"drop table if exists {_NEW}")
        store.run(_as_made(store, "text_index", on=on).replace("text_index", _NEW, 1))
    known: dict[int, int] = {}
    row = store.row("select max(id) from document")
    last = (row[0] if row else 0) or 0
    for first in range(1, last + 1, _AT_ONCE):
        until = first + _AT_ONCE - 1
        with store.transaction():
            known.update(_texts(store, "where id between ? and ?", first, until))
            store.run(_FILL, [first, until])
        tell(0.95 * min(last, until) / last)
    with store.transaction():
        if is_on(store) != on:  # another window may have done the same meanwhile
            _catch_up(store, known)
            _put_in_place(store, on=on)
    tell(1.0)


def _texts(store: Store, where: str = "", *parameters: int) -> dict[int, int]:
    """Return the present text of each document by the document's id."""
    rows = store.rows(f"select id, current_text_id from document {where}", parameters)
    return {id: text_id for id, text_id in rows if text_id is not None}


def _catch_up(store: Store, known: dict[int, int]) -> None:
    """Bring the new index in line with what was written since its texts were read."""
    present = _texts(store)
    for id in known.keys() | present.keys():
        before, after = known.get(id), present.get(id)
        if before == after:
            continue
        if before is not None:
            store.run(
                f"insert into {_NEW} ({_NEW}, rowid, text)"
                " select 'delete', ?, text from document_text where id = ?",
                [id, before],
            )
        store.run(_FILL, [id, id])


def _put_in_place(store: Store, *, on: bool) -> None:
    """Let the new index of texts be the one, and make the small ones anew; within a transaction."""
    triggers = store.rows("select name, sql from sqlite_master where type = 'trigger'")
    following = [(name, sql) for name, sql in triggers if "text_index" in sql]
    for name, _ in following:
        store.run(f"drop trigger {name}")  # while they follow what is not there, nothing can be renamed
    store.run("drop table text_index")
    store.run(f"alter table {_NEW} rename to text_index")
    for index in _OTHERS:
        made = _as_made(store, index, on=on)
        store.run(f"drop table {index}")
        store.run(made)
        if index == "title_index":
            store.run(
                "insert into title_index (rowid, title, byline, site)"
                " select document_id, title, byline, site from title_to_search"
            )
        else:
            store.run(f"insert into {index} ({index}) values ('rebuild')")
    for _, sql in following:
        store.run(sql)


def _as_made(store: Store, index: str, *, on: bool) -> str:
    """Return the statement that makes an index, with the tokenizer that is wanted."""
    row = store.row("select sql from sqlite_master where name = ?", [index])
    assert row is not None, "the migrations made it"
    plain: str = row[0].replace(_STEMS, _EVERY_FORM)
    return plain.replace(_EVERY_FORM, _STEMS, 1) if on else plain
