"""Whom a search means: the words of a name stand for a person, by whichever name they go. Writes nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence

from reader.library.search.query import Said
from reader.library.store import Store

# The people of whom a name matches ?1: one in an article, or the one under which a person put them together.
_MEANT = """(
    select called.person from known_as_index cross join known_as on known_as.id = known_as_index.rowid
    cross join called on called.name = known_as.name
    where known_as_index match ?1 and known_as.alias = known_as.name
    union select known_as.name from known_as_index
    cross join known_as on known_as.id = known_as_index.rowid
    where known_as_index match ?1 and known_as.alias = known_as.name
) as meant cross join called on called.person = meant.person"""
NAMED = f"""
select distinct 'person', appearance.document_id from {_MEANT}
    cross join appearance on appearance.called_id = called.id where is_person
"""
# The plus keeps the index of names out: a mention is looked for in its article.
FIRST_NAMED = f"""
select appearance.document_id, called.person, min(start_offset), end_offset from {_MEANT}
    cross join appearance on appearance.called_id = called.id and is_person
    left join mention on mention.analysis_id = appearance.analysis_id and +mention.name = called.name
    where appearance.document_id in (select value from json_each(?2))
    group by appearance.document_id, called.person
"""
_SPOKEN = f"""
select quotation.id, appearance.document_id from {_MEANT}
    cross join quotation on quotation.speaker = called.name
    cross join appearance on appearance.analysis_id = quotation.analysis_id and called_id = called.id
"""


def spoken(store: Store, asked: Said, *, document_ids: Sequence[int] | None = None) -> list[tuple[int, int]]:
    """Return the quotations (id, document) by whom `asked.speaker` means, with its words if it has some."""
    parameters: list[object] = [asked.speaker]
    where = []
    if asked.words:
        where.append("quotation.id in (select rowid from quotation_index where quotation_index match ?)")
        parameters.append(f"{{words}} : ({asked.words})")
    if document_ids is not None:
        where.append("appearance.document_id in (select value from json_each(?))")
        parameters.append(json.dumps(list(document_ids)))
    chosen = f"where {' and '.join(where)}" if where else ""
    return list(dict.fromkeys(store.rows(_SPOKEN + chosen, parameters)))
