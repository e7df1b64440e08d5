"""The journal of changes, read back: how each record was left by the last change of it. Changes nothing."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, fields, replace
from typing import Any

from reader.document import Span
from reader.library.store import Store
from reader.model import (
    Anchor,
    Collection,
    Colour,
    Correction,
    Details,
    Distinction,
    Highlight,
    Identity,
    Label,
    Membership,
    Note,
    ReadingState,
    Record,
    Remark,
    SavedSearch,
    Scope,
    Tag,
)

KINDS: dict[str, type[Record]] = {
    "highlight": Highlight,
    "note": Note,
    "tag": Tag,
    "details": Details,
    "collection": Collection,
    "membership": Membership,
    "saved_search": SavedSearch,
    "identity": Identity,
    "distinction": Distinction,
    "correction": Correction,
}
_ODD = re.compile(r"\\ufffd|\\u00[01]")  # in JSON: a damaged character, control characters
_WORDS: dict[str, Any] = {
    "colour": Colour,
    "state": ReadingState,
    "label": Label,
    "remark": Remark,
    "scope": Scope,
}


def last_states(store: Store) -> dict[str, Record | None]:
    """Return the records by id as they were left; None for one that was deleted.

    A line that makes no sense is passed over.
    """
    found: dict[str, Record | None] = {}
    for before, after in store.rows("select before, after from change order by id"):
        try:
            gone = [each["id"] for each in json.loads(before)]
            left = [record_in(each) for each in json.loads(after)]
        except (ValueError, TypeError, KeyError, AttributeError):
            continue
        found.update(dict.fromkeys(gone))
        found.update({each.id: each for each in left})
    return found


def record_in(written: dict[str, Any]) -> Record:
    """Return the record that an entry tells of. Raises KeyError, TypeError or ValueError for none."""
    kind = KINDS[written["kind"]]
    known = {each.name for each in fields(kind)}
    return kind(**{name: _value(name, value) for name, value in written.items() if name in known})


def kind_of(record: Record) -> str:
    """Return the table that a record is kept in."""
    return next(table for table, kind in KINDS.items() if isinstance(record, kind))


def looks_damaged(record: Record) -> bool:
    """Tell whether there are characters in a record that nobody writes."""
    return bool(_ODD.search(json.dumps(asdict(record))))


def with_tags_of(present: Record, record: Record) -> Record:
    """Return the record with the tags that it has at present: they may have been given other names since."""
    if isinstance(record, Highlight | Note | Details) and isinstance(present, Highlight | Note | Details):
        return replace(record, tags=present.tags)
    return record


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _WORDS:
        return _WORDS[name](value)
    if name == "tags":
        return tuple(value)
    if name == "anchor":
        return Anchor(**{**value, "span": Span(**value["span"])})
    return value
