"""Whether English words are found in all their forms: the indexes are made anew with another tokenizer.

The choice is the index's own and nowhere else, so a library and its copies always search as they were made.
Names of people are never cut to their stems.
"""

from __future__ import annotations

from collections.abc import Callable

from reader.library.store import Store

_STEMS = 'tokenize="porter '
_EVERY_FORM = 'tokenize="'
_INDEXES = ("title_index", "searchable_index", "quotation_index", "text_index")
_AT_ONCE = 500  # texts between two words on how far it is
_OTHERS = 0.1  # of the time goes into what is no text


def is_on(store: Store) -> bool:
    """Tell whether "closing" finds "closed" and "close" too."""
    row = store.row("select sql from sqlite_master where name = 'text_index'")
    return row is not None and _STEMS in row[0]


def turn(store: Store, *, on: bool, progress: Callable[[float], None] | None = None) -> None:
    """Make the indexes anew so that English words are, or are not, found in all their forms.

    All or nothing: what `progress` raises, as anything else that ends it, leaves the old indexes. It is
    called now and then with how far that is, 0 to 1. Takes seconds in a large library, in which nothing
    else is written meanwhile; searching goes on.
    """
    if is_on(store) == on:
        return
    tell = progress or (lambda fraction: None)
    tell(0.0)
    with store.transaction():
        for index in _INDEXES:
            row = store.row("select sql from sqlite_master where name = ?", [index])
            assert row is not None, "the migrations made it"
            made = row[0].replace(_STEMS, _EVERY_FORM)
            store.run(f"drop table {index}")
            store.run(made.replace(_EVERY_FORM, _STEMS) if on else made)
            if index == "text_index":
                tell(_OTHERS)
                _fill_texts(store, tell)
            elif index == "title_index":
                store.run(
                    "insert into title_index (rowid, title, byline, site)"
                    " select document_id, title, byline, site from title_to_search"
                )
            else:
                store.run(f"insert into {index} ({index}) values ('rebuild')")
    tell(1.0)


def _fill_texts(store: Store, tell: Callable[[float], None]) -> None:
    row = store.row("select max(id) from document")
    last = (row[0] if row else 0) or 0
    for first in range(1, last + 1, _AT_ONCE):
        store.run(
            "insert into text_index (rowid, text) select document_id, text from text_to_search"
            " where document_id between ? and ?",
            [first, first + _AT_ONCE - 1],
        )
        tell(_OTHERS + (1 - _OTHERS) * min(last, first + _AT_ONCE - 1) / (last + 1))
